"""Series and their figures as pages show them: latest value and vintage, first release, what was known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When

from duheng import collect
from duheng.collect import STATUSES, Figures, Status
from duheng.measure import OWN, SeriesMeasure
from duheng.site.access import Role
from duheng.site.queries import figures as stored
from duheng.site.queries import known, visible
from duheng.site.records import models as records

MEASURES: Mapping[str, tuple[str, str]] = {measure.value: measure.words for measure in SeriesMeasure}
BASES: Mapping[str, tuple[str, str]] = {
    "none": ("", ""),
    "nominal": ("现价", "nominal"),
    "comparable_price": ("可比价", "comparable price"),
    "comparable_scope": ("同口径", "comparable scope"),
}
STATUS_WORDS: Mapping[str, tuple[str, str]] = {
    "estimate": ("预计", "estimate"),
    "simulated": ("模拟", "simulated"),
    "flash": ("快报", "flash"),
    "preliminary": ("初步", "preliminary"),
    "final": ("最终", "final"),
    "revised": ("修订", "revised"),
}
PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series with its newest figure."""

    pk: int
    name: tuple[str, str]  # (zh, en)
    code: str
    area: str
    own: bool
    measure: str
    basis: str
    unit: str
    value: str = ""
    period: str = ""
    vintage: date | None = None
    status: str = ""
    count: int = 0
    revised: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One figure of a series as its page shows it; `first` is what was published first, `moved` the difference since."""

    period: str
    value: str
    status: str
    vintage: date
    released: bool
    printed: str
    place: str
    load_id: int
    load: str
    first: str
    moved: float | None


def found(words: str, *, area: str, measure: str, role: Role) -> QuerySet[records.Series]:
    """The series that answer to a search: by any name of the indicator, its code, or the area's name."""
    rows = visible.series(role)
    rows = rows.filter(area__code=area) if area else rows
    rows = rows.filter(measure=measure) if measure else rows
    for word in words.split():
        codes = [code for code, entry in known.indicators().items() if _named(word.casefold(), entry)]
        meant = Q(name__icontains=word) | Q(indicator__icontains=word) | Q(area__zh__icontains=word)
        rows = rows.filter(meant | Q(indicator__in=codes[:400]))
    own = Case(When(area__code=OWN, then=0), default=1, output_field=IntegerField())
    return rows.annotate(away=own).order_by("away", "area__zh", "indicator", "measure", "id")


def lines(rows: Sequence[records.Series], *, role: Role) -> list[Line]:
    """Each series with its newest figure."""
    figures = visible.figures(stored.of_series(rows), role)
    latest = figures.latest()
    counts = [0] * len(rows)
    newest: dict[int, int] = {}
    for place, number in enumerate(latest.number.tolist()):
        counts[number] += 1
        newest[number] = place  # latest is in the order of time
    revisions = [0] * len(rows)
    for each in collect.reliability(figures):
        revisions[figures.series.index(each.series)] = each.revisions
    return [_line(row, latest, newest.get(number), counts[number], revisions[number]) for number, row in enumerate(rows)]


def names(row: records.Series) -> tuple[str, str]:
    """What a series' indicator is called, in both languages."""
    entry = known.entry(row.indicator)
    return (entry.zh, entry.en) if entry else (row.name or row.indicator, row.name or row.indicator)


def shown(row: records.Series, *, kind: str, day: date, role: Role) -> list[Shown]:
    """The figures of a series, the newest period first: the latest, those first released, or those known on a day."""
    figures = visible.figures(stored.of_series([row]), role)
    picked = _picked(figures, kind, day)
    return _shown(figures, picked)


def in_view(rows: Iterable[records.Series], *, role: Role, kind: str = "latest", day: date | None = None) -> Figures:
    """The figures of some series that a role may see: the latest, those first released, or those known on a day."""
    return _picked(visible.figures(stored.of_series(list(rows)), role), kind, day)


def _picked(figures: Figures, kind: str, day: date | None) -> Figures:
    if kind == "first":
        return figures.first_release()
    return figures.as_of(day) if kind == "asof" and day else figures.latest()


def estimates(row: records.Series, *, role: Role) -> list[Shown]:
    """What an office expected, beside what was observed."""
    figures = visible.figures(stored.of_series([row]), role)
    return _shown(figures, figures.latest(estimates=True))


def reliability(row: records.Series, *, role: Role) -> collect.Reliability | None:
    """How far the first releases of a series were off."""
    return next(iter(collect.reliability(visible.figures(stored.of_series([row]), role))), None)


def _line(row: records.Series, latest: Figures, place: int | None, count: int, revised: int) -> Line:
    common: dict[str, Any] = {
        "pk": row.pk,
        "name": names(row),
        "code": row.indicator if row.indicator in known.indicators() else "",
        "area": row.area.zh,
        "own": row.area.code == OWN,
        "measure": row.measure,
        "basis": row.basis,
        "unit": row.unit,
    }
    if place is None:
        return Line(**common)
    figure = latest.figure(place)
    return Line(
        **common,
        value=f"{figure.value:,f}",
        period=figure.period.label,
        vintage=figure.vintage,
        status=figure.status.value,
        count=count,
        revised=revised,
    )


def _shown(figures: Figures, picked: Figures) -> list[Shown]:
    first = figures.first_release()
    firsts = {
        (start, end): place for place, (start, end) in enumerate(zip(first.start.tolist(), first.end.tolist(), strict=True))
    }
    sources = {one.pk: one for one in records.Figure.objects.filter(pk__in=picked.row[-_MOST:].tolist()).select_related("load")}
    told = []
    for place in reversed(range(max(0, len(picked) - _MOST), len(picked))):
        figure, source = picked.figure(place), sources[int(picked.row[place])]
        before = firsts.get((int(picked.start[place]), int(picked.end[place])))
        moved = float(picked.value[place] - first.value[before]) if before is not None else 0.0
        told.append(
            Shown(
                period=figure.period.label,
                value=f"{figure.value:,f}",
                status=figure.status.value,
                vintage=figure.vintage,
                released=figure.released,
                printed=source.printed,
                place=source.place,
                load_id=source.load_id,
                load=source.load.name,
                first=f"{first.figure(before).value:,f}" if before is not None and moved else "",
                moved=moved if moved and figure.status is not Status.ESTIMATE else None,
            )
        )
    return told


def _named(word: str, entry: object) -> bool:
    told = (getattr(entry, "zh", ""), getattr(entry, "en", "").casefold(), *getattr(entry, "aliases", ()))
    return any(word in name.casefold() for name in told)


_MOST = 400
assert set(STATUS_WORDS) == {status.value for status in STATUSES}
