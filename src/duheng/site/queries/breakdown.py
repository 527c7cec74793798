"""The target breakdown (目标分解表): every indicator, project and task of a plan with who answers for it, in the order of print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from duheng.site.queries import indicators, projects, tasks, wording
from duheng.site.queries.owners import Owner
from duheng.site.records.models import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the sheet."""

    name: str
    unit: str
    last: str
    target: str
    quarters: str
    owner: Owner
    sentence: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows under a heading; `noun` of the part that begins here, or a smaller heading inside it."""

    noun: str
    heading: str
    entries: tuple[Entry, ...]


def parts(plan: Plan, *, language: str, office: str = "") -> list[Part]:
    """The sheet's parts: of the whole plan, or of one office only."""
    found: list[Part] = []
    for noun, made in (("indicator", _indicators), ("project", _projects), ("task", _tasks)):
        mine = [(group, entry) for group, entry in made(plan, language) if not office or office in entry.owner.keys]
        for group, inside in groupby(mine, key=lambda pair: pair[0]):
            found.append(Part(noun=noun, heading=group, entries=tuple(entry for _, entry in inside)))
    return found


def _indicators(plan: Plan, language: str) -> Iterator[tuple[str, Entry]]:
    for row in indicators.rows(plan):
        last = ""
        if row.start:
            mark = wording.COMPARATORS.get(row.start.comparator, "")
            last = mark + wording.quantity(row.start.value, row.start.unit, language=language)
        yield (
            "",
            Entry(
                name=row.name,
                unit=row.unit,
                last=last,
                target=wording.target(row.aim, unit=row.unit, language=language),
                quarters=_quarters(row, language),
                owner=row.owner,
                sentence=row.place.sentence if row.place else "",
                code=str(row.row or ""),
            ),
        )


def _projects(plan: Plan, language: str) -> Iterator[tuple[str, Entry]]:
    for row in projects.rows(plan):
        yield (
            row.group,
            Entry(
                name=row.name,
                unit="",
                last="" if row.stage == "unknown" else wording.of(wording.STAGES, row.stage, language=language),
                target=wording.of(wording.STAGES, row.aim, language=language),
                quarters="",
                owner=row.owner,
                sentence=row.place.sentence if row.place else "",
                code=row.code,
            ),
        )


def _tasks(plan: Plan, language: str) -> Iterator[tuple[str, Entry]]:
    for row in tasks.rows(plan):
        promised = []
        for promise in row.promises:
            mark = wording.COMPARATORS.get(promise.comparator, "")
            amount = wording.quantity(promise.value, promise.unit, language=language, value2=promise.value2)
            promised.append(f"{promise.subject} {mark}{amount}".strip())
        yield (
            row.group,
            Entry(
                name=row.title,
                unit="",
                last="",
                quarters="",
                target=("；" if language == "zh" else "; ").join(promised),
                owner=row.owner,
                sentence=row.place.sentence if row.place else "",
                code=row.number,
            ),
        )


def _quarters(row: indicators.Row, language: str) -> str:
    """What is to be reached through the year, where the plan says it: the end of each period, and its target."""
    said = [
        f"{point.period}{'：' if language == 'zh' else ': '}{wording.target(point.target, unit=row.unit, language=language)}"
        for point in row.aim.checkpoints
    ]
    return "\n".join(said)
