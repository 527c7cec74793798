"""Items to decide, and everything a decision may change, as values that can be compared."""

from typing import Any

from duheng.site.actions.journal import TABLES, image, rows
from duheng.site.records.models import Indicator, Mention, Plan, Project, ReviewItem

_KEPT = ("indicator", "targetversion", "project", "mention", "reviewitem", "remembered")


def state() -> dict[str, list[dict[str, Any]]]:
    """Every row that decisions may change."""
    return {table: [image(row) for row in rows(TABLES[table]).order_by("pk")] for table in _KEPT}


def item(plan: Plan, *, kind: str, name: str, refers: list[str] | None = None, reason: str = "甲") -> ReviewItem:
    """An open item with the sentence of the plan's first project."""
    position = plan.review.order_by("-position").first().position + 1
    row = ReviewItem.objects.create(
        plan=plan, position=position, kind=kind, item=name, reason_zh=reason, reason_en="a", refers_to=refers or []
    )
    said = Mention.objects.filter(project__plan=plan).order_by("pk").first()
    said.pk, said.project, said.review_item = None, None, row
    said.save(force_insert=True)
    return row


def pair(plan: Plan, left: int, right: int) -> ReviewItem:
    """An item that asks whether the projects at these places are one."""
    projects = list(plan.projects.all())
    one, two = projects[left], projects[right]
    return item(plan, kind="same_project", name=f"{one.name} / {two.name}", refers=[one.code, two.code])


def unnamed(plan: Plan) -> tuple[Indicator, ReviewItem]:
    """An indicator that no code is bound to, and the item that says so."""
    indicator = plan.indicators.exclude(code=None).first()
    Indicator.objects.filter(pk=indicator.pk).update(code=None)
    indicator.refresh_from_db()
    return indicator, item(plan, kind="indicator_name", name=indicator.name, refers=["gdp.growth"])


def project(plan: Plan, place: int) -> Project:
    """The project at this place."""
    return plan.projects.all()[place]
