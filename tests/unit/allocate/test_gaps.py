"""The gap table against sums done by hand."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duheng.allocate import Deadline, FundApplication, FundPool, Move, Step, balances, gap, windows
from duheng.plan.pool import MonthReport, PoolProject, YearPlan

WAN = 1_000_000


def project(*, years=(), months=(), **more) -> PoolProject:
    given = {"code": "a", "name": "甲路", "sector": "交通", "owner": "城投", **more}
    return PoolProject(
        **given,
        years=tuple(YearPlan(year=year, planned=amount * WAN) for year, amount in years),
        months=tuple(
            MonthReport(
                year=year,
                month=month,
                works=None if works is None else works * WAN,
                paid=None if paid is None else paid * WAN,
            )
            for year, month, works, paid in months
        ),
    )


def asked(*moves: tuple[Step, int], year: int = 2026, likelihood: str = "1") -> FundApplication:
    steps = tuple(Move(step=step, on=date(2026, 1, 1), amount=amount * WAN) for step, amount in moves)
    return FundApplication(project="a", fund="f", year=year, moves=steps, likelihood=Decimal(likelihood))


def wan(found: gap.Sum) -> tuple[int, ...]:
    return tuple(value // WAN for value in (found.need, found.arrears, found.spent, found.granted, found.likely, found.gap))


def test_a_year_with_everything_in_it():
    # Planned 10000. Owed from 2025: 800 done, 500 paid: 300. Done in 2026 so far 6000, paid 4000.
    # Allotted 5000 (of which 4000 may have been paid out: 1000 not spent yet); applied for 3000 at one half.
    # Gap: 10300 − 4000 − 1000 − 1500 = 3800; owed by now: 300 + 6000 − 4000 = 2300.
    one = project(years=[(2026, 10_000)], months=[(2025, 12, 800, 500), (2026, 5, 5000, 3000), (2026, 6, 6000, 4000)])
    given = [asked((Step.APPLIED, 6000), (Step.ALLOTTED, 5000)), asked((Step.APPLIED, 3000), likelihood="0.5")]
    assert wan(gap.line(one, given, year=2026).sum) == (10_300, 2300, 4000, 1000, 1500, 3800)


def test_applied_for_and_refused_leave_the_whole_gap():
    one = project(years=[(2026, 100)])
    refused = asked((Step.APPLIED, 100), (Step.REFUSED, 0))
    assert gap.line(one, [refused], year=2026).sum.gap == 100 * WAN


def test_payments_come_out_of_granted_money_first_so_that_nothing_counts_twice():
    one = project(years=[(2026, 100)], months=[(2026, 6, 60, 60)])
    assert wan(gap.line(one, [asked((Step.ALLOTTED, 60))], year=2026).sum) == (100, 0, 60, 0, 0, 40)


def test_what_applications_spent_counts_where_no_month_tells_of_payments():
    given = [asked((Step.ALLOTTED, 60), (Step.SPENT, 20))]
    assert wan(gap.line(project(years=[(2026, 100)]), given, year=2026).sum) == (100, 0, 20, 40, 0, 40)


def test_more_than_is_needed_is_a_gap_below_nought():
    assert gap.line(project(years=[(2026, 100)]), [asked((Step.ALLOTTED, 130))], year=2026).sum.gap == -30 * WAN


def test_an_earlier_year_that_tells_works_without_payments_is_no_debt():
    one = project(years=[(2026, 100)], months=[(2025, 12, 80, None)])
    assert gap.line(one, [], year=2026).sum.brought == 0


def test_a_debt_of_one_year_paid_in_the_next_is_none():
    one = project(years=[(2026, 100)], months=[(2024, 12, 80, 50), (2025, 12, 10, 40)])
    assert gap.line(one, [], year=2026).sum.brought == 0


def test_other_years_and_projects_do_not_count():
    one = project(years=[(2026, 100), (2027, 5)])
    other = FundApplication(
        project="b", fund="f", year=2026, moves=(Move(step=Step.ALLOTTED, on=date(2026, 1, 1), amount=7 * WAN),)
    )
    assert gap.line(one, [asked((Step.ALLOTTED, 50), year=2027), other], year=2026).sum.gap == 100 * WAN


def test_a_project_without_yearly_plan_is_spread_over_its_years_to_the_fen_and_says_so():
    spread = PoolProject(code="a", name="甲", total=100, begins=date(2026, 1, 1), ends=date(2028, 12, 31))
    assert gap.needs(spread) == {2026: 33, 2027: 33, 2028: 34}
    assert gap.line(spread, [], year=2026).stated is False


def spread(*years: YearPlan, months=()) -> PoolProject:
    span = {"begins": date(2025, 1, 1), "ends": date(2028, 6, 30)}
    return PoolProject(code="a", name="甲", total=100, years=years, months=months, **span)


def test_what_its_plans_leave_of_the_total_is_spread_over_the_years_behind_them():
    # 10 before 2026, 30 in it: 60 remain for 2027 and 2028.
    one = spread(YearPlan(year=2026, planned=30, before=10))
    assert gap.needs(one) == {2026: 30, 2027: 30, 2028: 30}
    assert [gap.line(one, [], year=year).stated for year in (2026, 2027, 2029)] == [True, False, True]


def test_where_nobody_says_what_was_invested_before_the_works_done_count_else_the_earlier_plan():
    plans = (YearPlan(year=2025, planned=20), YearPlan(year=2026, planned=30))
    assert gap.needs(spread(*plans)) == {2025: 20, 2026: 30, 2027: 25, 2028: 25}
    done = (MonthReport(year=2025, month=12, works=10),)
    assert gap.needs(spread(*plans, months=done)) == {2025: 20, 2026: 30, 2027: 30, 2028: 30}


def test_what_is_planned_beyond_the_total_leaves_nothing_to_spread():
    assert gap.needs(spread(YearPlan(year=2026, planned=130))) == {2026: 130}


def test_a_project_of_which_no_year_is_known_needs_nothing_that_could_be_told():
    assert gap.needs(PoolProject(code="a", name="甲", total=100)) == {}


def test_totals_sum_the_gaps_and_tell_the_shortage_apart_from_what_others_have_to_spare():
    lines = [
        gap.line(project(code="a", sector="交通", years=[(2026, 100)]), [], year=2026),
        gap.line(project(code="b", sector="水利", years=[(2026, 50)]), [], year=2026),
        gap.line(project(code="c", sector="交通"), [_granted("c", 30)], year=2026),
    ]
    found = gap.totals(lines, by=lambda line: line.sector)
    assert [(one.name, one.lines, one.sum.gap // WAN, one.short // WAN) for one in found] == [
        ("交通", 2, 70, 100),
        ("水利", 1, 50, 50),
    ]


def _granted(code: str, amount: int) -> FundApplication:
    return FundApplication(
        project=code, fund="f", year=2026, moves=(Move(step=Step.ALLOTTED, on=date(2026, 1, 1), amount=amount * WAN),)
    )


def test_a_grant_whose_spending_is_told_keeps_what_is_left_of_it_whatever_else_was_paid():
    # The year paid 7794, of this grant only 2100: 7900 of it are still there.
    one = project(years=[(2026, 20_000)], months=[(2026, 9, 9000, 7794)])
    told = asked((Step.ALLOTTED, 10_000), (Step.ARRIVED, 10_000), (Step.SPENT, 2100))
    assert wan(gap.line(one, [told], year=2026).sum)[2:] == (7794, 7900, 0, 20_000 - 7794 - 7900)
    # Another grant, of which nobody told the spending, pays what else was paid: 7794 − 2100 = 5694 of its 6000.
    assert gap.line(one, [told, asked((Step.ALLOTTED, 6000))], year=2026).sum.granted == (7900 + 306) * WAN


_WHICH = [(code, year) for code in "abc" for year in (2026, 2027)]
_GRANTS = st.lists(st.tuples(st.sampled_from(_WHICH), st.integers(0, 10**9), st.integers(0, 9)), max_size=5)
_PAID = st.lists(st.integers(0, 10**10), min_size=len(_WHICH), max_size=len(_WHICH))


@given(_GRANTS, _PAID)
def test_the_gap_table_and_the_pool_tell_the_same_of_what_is_left_of_grants(grants, paid):
    day = date(2026, 1, 1)
    given_out = [
        FundApplication(
            project=code,
            fund="f",
            year=year,
            moves=tuple(
                Move(step=step, on=day, amount=fen)
                for step, fen in ((Step.ALLOTTED, amount), (Step.ARRIVED, amount), (Step.SPENT, amount * ninths // 9))
            ),
        )
        for (code, year), amount, ninths in grants
    ]
    projects = [
        PoolProject(
            code=code,
            name=code,
            months=tuple(
                MonthReport(year=year, month=9, paid=fen)
                for (whose, year), fen in zip(_WHICH, paid, strict=True)
                if whose == code
            ),
        )
        for code in "abc"
    ]
    pool = FundPool(code="f", name="f", kind="special_bond", spend_months=6)
    waiting = sum(each.amount for each in windows(pool, given_out, as_of=day) if each.kind is Deadline.SPEND)
    left = {balance.year: balance.granted - balance.spent for balance in balances(pool, given_out)}
    shown = {year: sum(gap.line(one, given_out, year=year).sum.granted for one in projects) for year in (2026, 2027)}
    assert shown == {2026: 0, 2027: 0} | left
    assert waiting == sum(shown.values())
