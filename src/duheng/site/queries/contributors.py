"""What stands behind an indicator's number: areas within, the parts it is the sum of, the inputs of its formula, each with its change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from duheng.collect import STATUSES, Status
from duheng.measure import OWN, Period, SeriesMeasure
from duheng.plan import Target
from duheng.site.access import Role
from duheng.site.queries import figures as stored
from duheng.site.queries import known, series_table, visible
from duheng.site.records.models import Series

_ADDING = (SeriesMeasure.YTD, SeriesMeasure.LEVEL)
_ORDER = (
    SeriesMeasure.YTD, SeriesMeasure.LEVEL, SeriesMeasure.YTD_GROWTH, SeriesMeasure.GROWTH, SeriesMeasure.SHARE, SeriesMeasure.RATIO
)  # fmt: skip
_SLACK = 0.005  # of the whole: what rounding and a statistical discrepancy may leave between it and its parts
_SIMULATED = STATUSES.index(Status.SIMULATED)
_YEAR = 12
_Span = tuple[int, int]  # first and last month


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """One part of a number: its newest value, by how much it changed on a year before, and what share of the whole's change that is."""

    series_id: int
    name: tuple[str, str]
    measure: str
    unit: str
    value: float
    period: str
    change: float | None
    share: float | None = None  # in percent
    aim: Target | None = None  # what the plan asks of this part


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Parts of one kind, the largest change first; `kind` is areas, parts or inputs; `whole` where they add up to it."""

    kind: str
    rows: tuple[Contributor, ...]
    whole: Contributor | None
    simulated: bool

    @property
    def asked(self) -> bool:
        """Whether the plan asks something of any of them."""
        return any(one.aim for one in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    row: Series
    values: Mapping[_Span, float]
    simulated: bool


def contributors(code: str | None, *, aim: Target, role: Role) -> list[Group]:
    """What is behind the number of an indicator, as far as a role may see; nothing where no figures tell."""
    if not code:
        return []
    own = [code, *_twin(code)]
    inputs = [each for formula in known.formulas() if formula.code == code for each, _ in sorted(formula.inputs)]
    sums = [rule.parts for rule in known.checks().values() if rule.check == "sum" and rule.whole in own]
    held = _held({*own, *inputs, *(part for parts in sums for part in parts)}, own, role)
    found = [_group("areas", _pick(held, each, OWN), _within(held, each)) for each in own]
    found += [_group("parts", _whole_of(held, own), _each(held, parts)) for parts in sums]
    found.append(_group("inputs", None, _each(held, inputs)))
    asked = {part.name: part.target for part in aim.parts}
    return [_with_aims(group, asked) for group in found if group]


def _with_aims(group: Group, asked: Mapping[str, Target]) -> Group:
    if group.kind != "areas":
        return group
    return replace(group, rows=tuple(replace(one, aim=asked.get(one.name[0])) for one in group.rows))


def _twin(code: str) -> list[str]:
    """The level that a growth is of: what its change is made of."""
    stem, dot, kind = code.rpartition(".")
    return [f"{stem}{dot}level"] if kind == "growth" else []


def _held(codes: Collection[str], within: Collection[str], role: Role) -> list[_Held]:
    """The series of some indicators here, and of those in `within` for the areas that lie in this one."""
    here = Q(indicator__in=list(codes), area__code=OWN) | Q(indicator__in=list(within), area__parent__code=OWN)
    rows = list(visible.series(role).filter(here))
    figures = visible.figures(stored.of_series(rows), role).latest()
    values: list[dict[_Span, float]] = [{} for _ in rows]
    simulated = [False] * len(rows)
    columns = (
        figures.number.tolist(),
        figures.start.tolist(),
        figures.end.tolist(),
        figures.value.tolist(),
        figures.status.tolist(),
    )
    for number, start, end, value, status in zip(*columns, strict=True):
        values[number][start, end] = value
        simulated[number] = simulated[number] or status == _SIMULATED
    told = zip(rows, values, simulated, strict=True)
    return [_Held(row=row, values=points, simulated=invented) for row, points, invented in told if points]


def _pick(held: Iterable[_Held], code: str, area: str) -> _Held | None:
    """The series of an indicator and area that is asked first."""
    mine = [each for each in held if each.row.indicator == code and each.row.area.code == area and each.row.measure in _ORDER]
    return min(mine, key=lambda each: _ORDER.index(SeriesMeasure(each.row.measure)), default=None)


def _within(held: Sequence[_Held], code: str) -> list[_Held]:
    areas = dict.fromkeys(each.row.area.code for each in held if each.row.area.code != OWN)
    return [found for area in areas if (found := _pick(held, code, area))]


def _each(held: Sequence[_Held], codes: Iterable[str]) -> list[_Held]:
    return [found for code in codes if (found := _pick(held, code, OWN))]


def _whole_of(held: Sequence[_Held], codes: Sequence[str]) -> _Held | None:
    return next((found for code in reversed(codes) if (found := _pick(held, code, OWN))), None)


def _group(kind: str, whole: _Held | None, parts: Sequence[_Held]) -> Group | None:
    if not parts:
        return None
    same = whole is not None and all((one.row.measure, one.row.unit) == (whole.row.measure, whole.row.unit) for one in parts)
    spans = _spans(whole, parts) if same else None
    told = [_told(one, kind, spans) for one in parts]
    total = _told(whole, kind, spans) if whole and spans else None
    if total is None or not _add_up(whole, parts, spans):
        total = None
    rows = [_with_share(one, total) for one in told]
    return Group(
        kind=kind,
        rows=tuple(sorted(rows, key=lambda one: -abs(one.change or 0))),
        whole=total,
        simulated=any(one.simulated for one in parts),
    )


def _spans(whole: _Held | None, parts: Sequence[_Held]) -> _Span | None:
    """The newest period that the whole and all its parts have."""
    if whole is None:
        return None
    shared = set(whole.values).intersection(*(one.values for one in parts))
    return max(shared, key=lambda span: (span[1], -span[0]), default=None)


def _told(one: _Held, kind: str, span: _Span | None) -> Contributor:
    span = span or max(one.values, key=lambda each: (each[1], -each[0]))
    before = one.values.get(_before(span))
    return Contributor(
        series_id=one.row.pk,
        name=(one.row.area.zh, one.row.area.en or one.row.area.zh) if kind == "areas" else series_table.names(one.row),
        measure=one.row.measure,
        unit=one.row.unit,
        value=one.values[span],
        period=Period.between(*span).label,
        change=None if before is None else one.values[span] - before,
    )


def _before(span: _Span) -> _Span:
    return span[0] - _YEAR, span[1] - _YEAR


def _add_up(whole: _Held | None, parts: Sequence[_Held], span: _Span | None) -> bool:
    """Whether the parts make the whole, now and a year before."""
    if whole is None or span is None or whole.row.measure not in _ADDING or len(parts) < 2:
        return False
    for each in (span, _before(span)):
        if each not in whole.values or any(each not in one.values for one in parts):
            return False
        off = abs(sum(one.values[each] for one in parts) - whole.values[each])
        if off > _SLACK * abs(whole.values[each]):
            return False
    return True


def _with_share(one: Contributor, whole: Contributor | None) -> Contributor:
    if whole is None or not whole.change or one.change is None:
        return one
    return replace(one, share=100 * one.change / whole.change)
