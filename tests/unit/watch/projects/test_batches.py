"""The four batches: who could have moved and who did, how long a stage takes, and what a year comes to."""

from datetime import date

from duheng.plan.plan import Stage
from duheng.plan.pool import MonthReport, Onset, PoolProject, StageChange, YearPlan
from duheng.watch.projects import Stated, conversions, groups, stay, summary, survival_median, whole

R, S, U, C = Stage.RESERVE, Stage.STARTED, Stage.UNDER_CONSTRUCTION, Stage.COMPLETED
YI = 10**10
YEAR = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}


def project(code, *stages, sector="路", years=(), months=(), group=""):
    """A project whose stages are told as (stage, month, day), of 2024 where the month is below 0."""
    changes = tuple(StageChange(stage=at, on=date(2025 if month > 0 else 2024, abs(month), day)) for at, month, day in stages)
    return PoolProject(code=code, name=code, sector=sector, stages=changes, years=years, months=months, group=group)


POOL = [
    project("held in reserve", (R, -3, 1)),
    project("started this year", (R, -3, 1), (S, 4, 1)),
    project("came and started", (R, 2, 1), (S, 6, 1)),
    project("came in", (R, 9, 1)),
    project("started last year", (R, -3, 1), (S, -9, 1), (U, 3, 1)),
    project("started and completed within the year", (R, -3, 1), (S, 2, 1), (U, 5, 1), (C, 11, 1)),
    project("skips a stage", (S, -10, 1), (C, 7, 1)),
    project("put back", (U, -5, 1), (S, 3, 1)),
    project("long done", (U, -5, 1), (C, -8, 1)),
]


def test_conversion_counts_who_could_have_moved():
    reserve, started, under = conversions(POOL, **YEAR)
    # in reserve on 1 January: held, started this year, within the year; came in: two more; three of them went on
    assert (reserve.held, reserve.entered, reserve.moved) == (3, 2, 3)
    # started on 1 January: last year's, the one that skips; came in: this year's, came and started, within the year, put back
    assert (started.held, started.entered, started.moved) == (2, 4, 3)
    # under construction: put back held and did not move on; last year's and within the year came in, one was completed
    assert (under.held, under.entered, under.moved) == (1, 2, 1)
    assert reserve.rate == 0.6


def test_a_quarter_sees_only_its_own_moves():
    reserve, *_ = conversions(POOL, start=date(2025, 4, 1), end=date(2025, 6, 30))
    assert (reserve.held, reserve.entered, reserve.moved) == (3, 0, 2)
    nobody = conversions([], **YEAR)
    assert [each.rate for each in nobody] == [None, None, None]


def test_time_in_a_stage_stands_beside_the_median_of_its_kind():
    kin = [project(f"k{days}", (R, 1, 1), (S, 1, 1 + days)) for days in (10, 12, 14, 16, 18)]
    own = project("own", (R, 3, 1))
    found = stay(own, [*kin, own], as_of=date(2025, 3, 21))
    assert (found.days, found.median, found.of, found.longer) == (20, 14, 5, True)
    few = stay(own, kin[:4], as_of=date(2025, 3, 21))
    assert (few.median, few.longer) == (None, False)
    others = [project(f"o{n}", (R, 1, 1), (S, 1, 31), sector="水") for n in range(6)]
    assert stay(own, others, as_of=date(2025, 3, 21)).median == 30  # its kind has none: of all
    assert stay(POOL[-1], kin, as_of=date(2025, 3, 21)) is None


def test_those_still_in_the_stage_make_its_median_longer():
    assert survival_median([(10, True), (20, True), (30, True), (40, True)]) == 20
    # three quarters are left after 10; one is out of sight from 15 on; at 20 one of two goes: three eighths
    assert survival_median([(10, True), (15, False), (20, True), (40, True)]) == 20
    assert survival_median([(10, True), (50, False), (60, False)]) is None


def year(planned, onset):
    return (YearPlan(year=2025, planned=round(planned * YI), onset=onset),)


def works(amount):
    return (
        MonthReport(year=2025, month=3, works=round(amount * YI / 2)),
        MonthReport(year=2025, month=6, works=round(amount * YI)),
    )


NEW, ON, PRE = Onset.NEW, Onset.CONTINUED, Onset.PRELIMINARY
PLANNED = [
    project("a", (R, -3, 1), (S, 4, 1), years=year(1, NEW), months=works(0.4), group="交通"),
    project("b", (R, -3, 1), years=year(2, NEW), group="交通"),
    project("c", (U, -3, 1), years=year(3, ON), months=works(1), group="民生"),
    project("d", (U, -3, 1), years=year(1, ON), group="民生"),
    project("e", (S, 2, 1), (C, 6, 20), years=year(0.5, NEW), months=works(0.5), group="民生"),
    project("f", (R, -3, 1), years=year(0, PRE)),
    project("g", (U, -3, 1)),
    project("h", (U, -3, 1), years=year(0.25, None), months=works(0.1), group="民生"),
]


def test_a_year_is_planned_new_continued_and_pushed():
    found = summary(PLANNED, year=2025, as_of=date(2025, 7, 10))
    assert (found.planned, found.new, found.continued, found.other, found.preliminary) == (6, 3, 2, 1, 1)
    assert (found.started, found.worked, found.pushed, found.completed) == (2, 1, 4, 1)
    assert found.rate == 4 / 6
    assert (found.money, found.done) == (7.75 * YI, 2 * YI)


def test_a_quarter_is_told_by_what_had_happened_by_its_end():
    found = summary(PLANNED, year=2025, through=3, as_of=date(2025, 7, 10))
    assert (found.started, found.worked, found.pushed, found.completed) == (1, 1, 3, 0)
    assert found.done == 1 * YI


def test_group_totals_stand_beside_the_stated_ones():
    stated = [
        Stated(name="交通", count=2, money=3 * YI),
        Stated(name="民生", count=5, money=round(4.74 * YI)),
        Stated(name="水利", count=1),
    ]
    traffic, people, water = groups(PLANNED, year=2025, stated=stated)
    assert (traffic.count, traffic.money, traffic.agrees) == (2, 3 * YI, True)
    assert (people.count_off, people.money_off, people.agrees) == (-1, 0.01 * YI, False)
    assert (water.count, water.count_off, water.money_off) == (0, -1, None)
    all_of_it = whole([traffic, people, water], stated=Stated(name="合计", count=6, money=round(7.754 * YI)))
    assert (all_of_it.count, all_of_it.money_off, all_of_it.agrees) == (6, 0, True)  # 7.75 printed for 7.754 is rounding
    (alone,) = groups(PLANNED[:2], year=2025)
    assert alone.agrees is None
