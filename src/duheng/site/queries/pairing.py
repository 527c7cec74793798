"""Projects side by side: their names, their sentences, and what speaks for and against their being one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from duheng import plan as library
from duheng.plan.evidence import Evidence, Told, evidence, shared_words
from duheng.plan.place import Place as Area
from duheng.site.queries import owners, places
from duheng.site.queries.places import Quote
from duheng.site.records.models import Plan, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the projects that may be one; `pk` is None for a name that is no project of its own."""

    pk: int | None
    code: str
    name: str
    pieces: tuple[tuple[str, bool], ...]  # the name, cut at what the others share
    others: tuple[str, ...]
    stage: str
    aim: str | None
    group: str
    quotes: tuple[Quote, ...]
    more: int  # sentences that are not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Projects beside each other, and the reasons."""

    sides: tuple[Side, ...]
    reasons: tuple[Evidence, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that may be kept."""
        return tuple(dict.fromkeys([*(side.name for side in self.sides), *(n for side in self.sides for n in side.others)]))


class Projects:
    """Some projects of a plan with their sentences, fetched once."""

    def __init__(self, plan: Plan, ids: Iterable[int], *, shown: int = 2) -> None:
        self.area, self.shown = Area(area=plan.area), shown
        self.rows: Mapping[int, Project] = {row.pk: row for row in Project.objects.filter(pk__in=list(ids))}
        self.said = places.of("project", self.rows)
        self.owners = owners.of("project", list(self.rows.values()), plan=plan)

    def match(self, ids: Sequence[int], *, loose: Sequence[tuple[str, Sequence[places.Place]]] = ()) -> Match:
        """These projects side by side; `loose` are names that are no project of their own, with where they stand."""
        rows = [self.rows[pk] for pk in ids if pk in self.rows]
        told = [self._told(row) for row in rows]
        taken = {(one.document, one.offset) for row in rows for one in self.said.get(row.pk, ())}
        told += [
            Told(names=(name,), sentences=tuple(one.sentence for one in said if (one.document, one.offset) not in taken))
            for name, said in loose
        ]
        names = [each.names[0] for each in told]
        sides = [self._side(row, names) for row in rows]
        sides += [self._loose(name, said, names) for name, said in loose]
        reasons = [each for left, right in combinations(told, 2) for each in evidence(left, right, place=self.area)]
        return Match(sides=tuple(sides), reasons=tuple(dict.fromkeys(reasons)))

    def _told(self, row: Project) -> Told:
        return Told(
            names=(row.name, *row.aliases),
            group=row.group,
            stage=library.Stage(row.stage),
            owner="、".join(office.name for office in self.owners[row.pk].lead),
            sentences=tuple(one.sentence for one in self.said.get(row.pk, ())),
        )

    def _side(self, row: Project, names: Sequence[str]) -> Side:
        quotes = places.quotes(self.said.get(row.pk, ()))
        return Side(
            pk=row.pk,
            code=row.code,
            name=row.name,
            pieces=self._pieces(row.name, names),
            others=tuple(row.aliases),
            stage=row.stage,
            aim=row.aim,
            group=row.group,
            quotes=tuple(quotes[: self.shown]),
            more=max(0, len(quotes) - self.shown),
        )

    def _loose(self, name: str, said: Sequence[places.Place], names: Sequence[str]) -> Side:
        return Side(
            pk=None,
            code="",
            name=name,
            pieces=self._pieces(name, names),
            others=(),
            stage="unknown",
            aim=None,
            group="",
            quotes=tuple(places.quotes(said)[: self.shown]),
            more=0,
        )

    def _pieces(self, name: str, names: Sequence[str]) -> tuple[tuple[str, bool], ...]:
        """The name cut at the runs it shares with the others."""
        shared = [word for other in names if other != name for word in shared_words(name, other, place=self.area)]
        pieces: list[tuple[str, bool]] = []
        rest = name
        for word in shared:
            before, found, after = rest.partition(word)
            if found:
                pieces += [(before, False), (word, True)]
                rest = after
        return tuple((text, marked) for text, marked in [*pieces, (rest, False)] if text)
