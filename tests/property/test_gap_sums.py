"""Gaps add up to the fen, by sector, by owner and in all; and no balance of a pool loses or makes money."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duheng.allocate import FundApplication, FundPool, Move, Step, balances, gap
from duheng.plan.pool import MonthReport, PoolProject, YearPlan

FEN = st.integers(min_value=0, max_value=10**15)
NAMES = st.sampled_from(["", "甲", "乙", "丙"])


@st.composite
def applications(draw, project: str):
    asked = draw(FEN)
    moves = [Move(step=Step.APPLIED, on=date(2026, 1, 1), amount=asked)]
    for step in draw(st.sampled_from([(), (Step.REVIEWED,), (Step.ALLOTTED,), (Step.ALLOTTED, Step.SPENT), (Step.REFUSED,)])):
        asked = draw(st.integers(min_value=0, max_value=asked))
        moves.append(Move(step=step, on=date(2026, 2, 1), amount=asked))
    share = Decimal(draw(st.integers(0, 100))) / 100
    fund, year = draw(st.sampled_from(["f", "g"])), draw(st.sampled_from([2025, 2026]))
    return FundApplication(project=project, fund=fund, year=year, moves=tuple(moves), likelihood=share)


@st.composite
def worlds(draw):
    projects, asked = [], []
    for number in range(draw(st.integers(0, 6))):
        code = f"p{number}"
        told = [
            MonthReport(year=year, month=6, works=draw(st.none() | FEN), paid=draw(st.none() | FEN))
            for year in draw(st.sets(st.sampled_from([2024, 2025, 2026])))
        ]
        years = tuple(YearPlan(year=year, planned=draw(st.none() | FEN)) for year in draw(st.sets(st.sampled_from([2025, 2026]))))
        projects.append(PoolProject(code=code, name=code, sector=draw(NAMES), owner=draw(NAMES), years=years, months=tuple(told)))
        asked += draw(st.lists(applications(code), max_size=3))
    return projects, asked


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_the_gap_by_sector_by_owner_and_in_all_is_one(world):
    projects, asked = world
    lines = [gap.line(project, asked, year=2026) for project in projects]
    whole = gap.total(lines)
    for by in (lambda line: line.sector, lambda line: line.owner):
        parts = gap.totals(lines, by=by)
        for name in ("need", "brought", "arrears", "spent", "granted", "likely", "gap"):
            assert sum(getattr(part.sum, name) for part in parts) == getattr(whole.sum, name)
        assert sum(part.short for part in parts) == whole.short
        assert sum(part.lines for part in parts) == whole.lines == len(lines)
    for line in lines:
        assert line.sum.gap == line.sum.need - line.sum.spent - line.sum.granted - line.sum.likely
        assert min(line.sum.brought, line.sum.arrears, line.sum.spent, line.sum.granted, line.sum.likely) >= 0


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.dictionaries(st.sampled_from([2024, 2025, 2026, 2027]), FEN, min_size=1), st.booleans())
def test_a_pool_gives_out_what_it_has_and_nothing_else(world, amounts, carry_over):
    asked = world[1]
    years = balances(FundPool(code="f", name="f", kind="own_budget", amounts=amounts, carry_over=carry_over), asked)
    assert sum(year.amount for year in years) == sum(amounts.values())
    assert sum(year.granted for year in years) == sum(each.granted for each in asked if each.fund == "f")
    for before, after in pairwise(years):
        assert after.carried == (max(0, before.free) if carry_over else 0)
