"""Projects as a table shows them."""

from __future__ import annotations

from dataclasses import dataclass

from duheng.site.queries import owners, places
from duheng.site.queries.owners import Owner
from duheng.site.queries.places import Place
from duheng.site.records.models import Plan, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One project with all its names and the sentences that speak of it."""

    pk: int
    position: int
    code: str
    name: str
    aliases: tuple[str, ...]
    stage: str
    aim: str | None
    group: str
    places: tuple[Place, ...]
    owner: Owner

    @property
    def place(self) -> Place | None:
        """Where it is first named."""
        return self.places[0] if self.places else None


def rows(plan: Plan) -> list[Row]:
    """All projects of the plan, in the order of the report."""
    found = list(plan.projects.all())
    said = places.of("project", [row.pk for row in found])
    held = owners.of("project", found, plan=plan)
    return [_row(project, said.get(project.pk, []), held[project.pk]) for project in found]


def row(project: Project) -> Row:
    """One project."""
    held = owners.of("project", [project], plan=project.plan)
    return _row(project, places.of("project", [project.pk]).get(project.pk, []), held[project.pk])


def _row(project: Project, said: list[Place], owner: Owner) -> Row:
    return Row(
        pk=project.pk,
        position=project.position,
        code=project.code,
        name=project.name,
        aliases=tuple(project.aliases),
        stage=project.stage,
        aim=project.aim,
        group=project.group,
        places=tuple(said),
        owner=owner,
    )
