"""Whatever is told of projects, in whatever order, they stand somewhere: no error, chances within 0 and 1, a reason for every light."""

import math
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from duheng import catalog
from duheng.plan.plan import Stage
from duheng.plan.pool import Delay, Gate, Milestone, MonthReport, Onset, PoolProject, Problem, StageChange, YearPlan
from duheng.watch.projects import BondMoney, ProjectRules, conversions, groups, standings, stay, summary

RULES = ProjectRules(
    lights=catalog.load("light_rules"), criteria=catalog.load("light_criteria"), rates=catalog.load("base_rates")
)
YI = 10**10
days = st.dates(date(2022, 1, 1), date(2027, 12, 31))
maybe = st.none() | days
money = st.integers(0, 3 * YI)
months = st.builds(
    MonthReport,
    year=st.integers(2023, 2026), month=st.integers(1, 12), works=st.none() | money, counted=st.none() | money,
    paid=st.none() | money, in_library=st.none() | st.booleans(), known=maybe,
)  # fmt: skip
years = st.builds(
    YearPlan,
    year=st.integers(2023, 2026), planned=st.none() | money, onset=st.none() | st.sampled_from(Onset),
    sources=st.none() | st.dictionaries(st.sampled_from(["special_bond", "own_budget"]), money),
    monthly=st.none() | st.lists(money, min_size=12, max_size=12).map(lambda told: tuple(sorted(told))),
)  # fmt: skip
projects = st.builds(
    PoolProject,
    code=st.sampled_from("ABCDEFGH"), name=st.just("项目"), sector=st.sampled_from(["", "交通", "水利"]), total=st.none() | money,
    begins=maybe, ends=maybe,
    stages=st.lists(st.builds(StageChange, stage=st.sampled_from(Stage), on=days), max_size=5).map(tuple),
    gates=st.lists(st.builds(Gate, kind=st.sampled_from(["start_date", "land"]), due=maybe, met=maybe), max_size=3).map(tuple),
    milestones=st.lists(
        st.builds(Milestone, name=st.sampled_from(["开工", "封顶"]), planned=maybe, actual=maybe), max_size=3
    ).map(tuple),
    years=st.lists(years, max_size=4).map(tuple),
    months=st.lists(months, max_size=30).map(tuple),
    problems=st.lists(st.builds(Problem, what=st.just("问题"), due=maybe, settled=maybe), max_size=2).map(tuple),
    delays=st.lists(st.builds(Delay, reason=st.just("land"), since=maybe), max_size=1).map(tuple),
)  # fmt: skip
bonds = st.lists(st.builds(BondMoney, amount=money, arrived=days, spent=money), max_size=2)


@settings(max_examples=150, deadline=None)
@given(pool=st.lists(projects, max_size=6), year=st.integers(2022, 2027), as_of=days, issued=bonds)
def test_whatever_is_told_of_them_projects_stand_somewhere(pool, year, as_of, issued):
    found = standings(pool, year=year, as_of=as_of, rules=RULES, seed=1, bonds={"A": issued})
    assert [each.code for each in found] == [each.code for each in pool]
    for each in found:
        assert each.chance.p is None or 0 <= each.chance.p <= 1
        assert all(each.chance.why)
        assert set(each.lights) == set(RULES.lights)
        assert all(light.reason[0] and light.reason[1] for light in each.lights.values())
        if each.ending.fan is not None:
            assert all(math.isfinite(value) and value >= 0 for value in each.ending.fan.ravel())
        if each.progress:
            assert each.progress.planned > 0
            assert 0 <= each.progress.time <= 1


@settings(max_examples=100, deadline=None)
@given(pool=st.lists(projects, max_size=8), start=days, end=days, through=st.integers(1, 12))
def test_counts_of_a_pool_add_up(pool, start, end, through):
    for each in conversions(pool, start=min(start, end), end=max(start, end)):
        assert 0 <= each.moved <= each.could
    told = summary(pool, year=2025, through=through, as_of=end)
    assert told.new + told.continued + told.other == told.planned
    assert told.started + told.worked <= told.pushed <= told.planned
    parts = groups(pool, year=2025)
    assert sum(part.count for part in parts) <= told.planned + told.preliminary
    for project in pool:
        found = stay(project, pool, as_of=end)
        assert found is None or (found.days >= 0 and (found.median is None or found.median >= 0))
