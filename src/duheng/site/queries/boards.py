"""Boards of areas by any indicator that has figures of several, and of offices by what they lead."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.conf import settings

from duheng import appraise, catalog
from duheng.appraise import Board, Placed
from duheng.catalog import GradeRuleEntry
from duheng.collect import Figures
from duheng.measure import OWN, Period, SeriesMeasure
from duheng.plan import Polarity
from duheng.site.access import Role
from duheng.site.queries import figures as stored
from duheng.site.queries import known, series_table, visible, watching
from duheng.site.queries.owners import Named
from duheng.site.records import models as records

_LEAST = 2  # areas that make a board
_PEOPLE = "population.resident.level"
_TOTALS = (SeriesMeasure.LEVEL.value, SeriesMeasure.YTD.value)
_PERIODS = 24
_SHARES = ("%", "‰")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What areas can be ranked by: an indicator in one measure and unit, known of several areas that lie beside each other."""

    key: str
    code: str
    names: tuple[str, str]
    measure: str
    unit: str
    better: Polarity
    settled: bool  # whether the catalog says which way is better; else it is the reader's choice
    rows: tuple[records.Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaBoard:
    """Areas ranked by a subject in one period, beside the period before; `history` holds earlier ranks by area code."""

    subject: Subject
    made: Board
    period: str
    before: str
    periods: tuple[str, ...]
    areas: Mapping[str, records.Area]
    simulated: bool
    heads: bool
    can_heads: bool
    history: Mapping[str, Sequence[tuple[str, Placed]]]
    above: tuple[records.Area, Decimal | None] | None = None

    @property
    def own(self) -> Placed | None:
        """Where the workspace's own area stands."""
        return self.made.of(OWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLine:
    """One office on the board of offices, with the targets it leads by light."""

    office: Named
    placed: Placed
    lights: Mapping[str, int]
    targets: int


@lru_cache(maxsize=1)
def grade_rules() -> Mapping[str, GradeRuleEntry]:
    """The rules for grades by code, with the workspace's own laid over the catalog's."""
    return catalog.load("grade_rules", overlay=settings.WORKSPACE.catalog)


def subjects(role: Role) -> list[Subject]:
    """What areas can be ranked by, in the order of the catalog."""
    parents = set(records.Area.objects.filter(parent__isnull=False).values_list("parent_id", flat=True))
    grouped: dict[tuple[str, str, str, str], list[records.Series]] = defaultdict(list)
    for row in visible.series(role).exclude(measure=SeriesMeasure.RANK.value):
        if row.area_id not in parents or row.area.code == OWN:
            grouped[row.indicator, row.measure, row.unit, row.basis].append(row)
    order = {code: place for place, code in enumerate(known.indicators())}
    made = [_subject(key, rows) for key, rows in grouped.items() if len(rows) >= _LEAST]
    return sorted(made, key=lambda each: (order.get(each.code, len(order)), each.measure, each.unit))


def of(subject: Subject, *, period: str, heads: bool, rule: GradeRuleEntry | None, role: Role, as_of: date) -> AreaBoard | None:
    """The board of a subject; of its newest period that most areas have, unless one is asked for. None without figures."""
    values, simulated = _values(subject, role=role, as_of=as_of)
    periods = _periods(values)
    if not periods:
        return None
    asked = next((each for each in periods if each.label == period), None) or periods[0]
    people = _people(role=role, as_of=as_of) if subject.measure in _TOTALS and subject.unit not in _SHARES else {}
    divide = heads and bool(people)
    boards = {each: _board(subject, values[each], rule, people if divide else None) for each in periods}
    place = periods.index(asked)
    before = _before(subject, asked, periods[place + 1 :])
    made = appraise.board(
        {row.code: row.value for row in boards[asked].rows},
        better=subject.better,
        before={row.code: row.value for row in boards[before].rows} if before else None,
        rule=rule,
    )
    told = appraise.grade_history([(each.label, boards[each]) for each in reversed(periods[place:][:_PERIODS])])
    return AreaBoard(
        subject=subject,
        made=made,
        period=asked.label,
        before=before.label if before else "",
        periods=tuple(each.label for each in periods),
        areas={row.area.code: row.area for row in subject.rows},
        simulated=simulated,
        heads=divide,
        can_heads=bool(people),
        history=told,
        above=_above(subject, asked, role=role, as_of=as_of),
    )


def ranks(codes: Collection[str], *, year: int, role: Role, as_of: date) -> dict[str, tuple[int, int]]:
    """Of each indicator whose whole-year figures are known of several areas: the own area's rank, and among how many."""
    found: dict[str, tuple[int, int]] = {}
    for subject in subjects(role):
        if subject.code not in codes or subject.code in found or not subject.settled:
            continue
        values, _ = _values(subject, role=role, as_of=as_of)
        whole = next((each for each in values if each.end == Period.year(year).end), None)
        if whole is None or values[whole].get(OWN) is None:
            continue
        made = _board(subject, values[whole], None, None)
        own = made.of(OWN)
        if own is not None and own.rank is not None and made.ranked >= _LEAST:
            found[subject.code] = (own.rank, made.ranked)
    return found


def offices(plan: records.Plan, *, light_rule: str, rule: GradeRuleEntry | None, role: Role) -> list[OfficeLine]:
    """Offices ranked by the share of green lights among the targets they lead; only those that lead a target with a light."""
    lights: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, Named] = {}
    lines = watching.board(plan, rule=light_rule, usual=light_rule, role=role)
    for line in lines:
        for office in line.row.owner.shown:
            named.setdefault(office.key, office)
            lights[office.key][line.light.colour] += 1
    shares = {
        key: round(Decimal(count["green"]) / (count["green"] + count["yellow"] + count["red"]) * 100, 1)
        for key, count in lights.items()
        if count["green"] + count["yellow"] + count["red"]
    }
    made = appraise.board(shares, rule=rule)
    return [
        OfficeLine(
            office=named[row.code],
            placed=row,
            lights=lights[row.code],
            targets=sum(lights[row.code].values()),
        )
        for row in made.rows
    ]


def _subject(key: tuple[str, str, str, str], rows: list[records.Series]) -> Subject:
    code, measure, unit, basis = key
    entry = known.entry(code)
    better = Polarity(entry.polarity) if entry else Polarity.NEUTRAL
    return Subject(
        key="|".join((code, measure, unit, basis)),
        code=code,
        names=series_table.names(rows[0]),
        measure=measure,
        unit=unit,
        better=better if better is not Polarity.NEUTRAL else Polarity.HIGHER,
        settled=better is not Polarity.NEUTRAL,
        rows=tuple(rows),
    )


def _values(subject: Subject, *, role: Role, as_of: date) -> tuple[dict[Period, dict[str, Decimal | None]], bool]:
    """The values of a subject by period and area code, and whether any of them is simulated."""
    held = visible.figures(stored.of_series(subject.rows), role).as_of(as_of)
    found: dict[Period, dict[str, Decimal | None]] = defaultdict(dict)
    simulated = False
    for figure in _recent(held):
        found[figure.period][figure.series.area] = figure.value
        simulated = simulated or figure.status.value == "simulated"
    return found, simulated


def _recent(held: Figures) -> Figures:
    """The figures of the last three years: older ones stand on no board."""
    return held.take(held.end > held.end.max() - 36) if len(held) else held


def _periods(values: Mapping[Period, Mapping[str, Decimal | None]]) -> list[Period]:
    """The periods that most areas have, the newest first."""
    most = max((len(found) for found in values.values()), default=0)
    return sorted((each for each, found in values.items() if len(found) >= max(_LEAST, most - 1)), key=lambda each: -each.end)


def _before(subject: Subject, asked: Period, earlier: Sequence[Period]) -> Period | None:
    """The period that one is held against: for amounts to date the same months a year before, else the one before of its kind."""
    if subject.measure == SeriesMeasure.YTD.value:
        return next((each for each in earlier if (each.months, each.end) == (asked.months, asked.end - 12)), None)
    return next((each for each in earlier if each.months == asked.months or subject.measure.startswith("ytd")), None)


def _board(
    subject: Subject,
    values: Mapping[str, Decimal | None],
    rule: GradeRuleEntry | None,
    people: Mapping[str, Decimal | None] | None,
) -> Board:
    ranked = {row.area.code: values.get(row.area.code) for row in subject.rows}
    if people is not None:
        ranked = appraise.per_head(ranked, people)
    return appraise.board(ranked, better=subject.better, rule=rule)


def _people(*, role: Role, as_of: date) -> dict[str, Decimal | None]:
    """The newest resident population of each area; nothing where fewer than two areas have one."""
    rows = list(records.Series.objects.filter(indicator=_PEOPLE, measure="level").select_related("area"))
    held = visible.figures(stored.of_series(rows), role).as_of(as_of)
    found: dict[str, Decimal | None] = {}
    for figure in held:  # in the order of time
        if figure.value > 0:
            found[figure.series.area] = figure.value
    return found if len(found) >= _LEAST else {}


def _above(subject: Subject, period: Period, *, role: Role, as_of: date) -> tuple[records.Area, Decimal | None] | None:
    """The area above with its value in the period; it stands beside the board, never on it."""
    own = records.Area.objects.filter(code=OWN).select_related("parent").first()
    if own is None or own.parent is None:
        return None
    first = subject.rows[0]
    row = (
        records.Series.objects.filter(
            indicator=subject.code, measure=subject.measure, unit=subject.unit, basis=first.basis, area=own.parent
        )
        .select_related("area")
        .first()
    )
    if row is None:
        return None
    held = visible.figures(stored.of_series([row]), role).as_of(as_of)
    value = next((figure.value for figure in held if figure.period == period), None)
    return (own.parent, value) if value is not None else None
