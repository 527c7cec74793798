"""A pool of money through the years: what was carried, granted, is free, and what ends when."""

from datetime import date
from decimal import Decimal

import pytest

from duheng.allocate import Deadline, FundApplication, FundPool, Move, Step, balances, pool_fund, windows

WAN = 1_000_000


def granted(amount: int, year: int, fund: str = "bonds", *, arrived: date | None = None, spent: int = 0, project: str = "a"):
    moves = [Move(step=Step.ALLOTTED, on=date(year, 1, 1), amount=amount)]
    if arrived:
        moves.append(Move(step=Step.ARRIVED, on=arrived, amount=amount))
    if spent:
        moves.append(Move(step=Step.SPENT, on=arrived or date(year, 2, 1), amount=spent))
    return FundApplication(project=project, fund=fund, year=year, moves=tuple(moves))


def pool(**given) -> FundPool:
    return FundPool(**{"code": "bonds", "name": "专项债", "kind": "special_bond", "amounts": {2025: 100, 2026: 60}, **given})


def test_what_a_year_did_not_grant_is_added_to_the_next_where_the_pool_carries_over():
    years = balances(pool(carry_over=True), [granted(70, 2025)])
    assert [(each.available, each.granted, each.free) for each in years] == [(100, 70, 30), (90, 0, 90)]


def test_without_carry_over_it_is_gone():
    assert [each.available for each in balances(pool(), [granted(70, 2025)])] == [100, 60]


def test_more_granted_than_there_is_shows_as_a_free_amount_below_nought():
    assert balances(pool(), [granted(130, 2025)])[0].free == -30


def test_applications_to_other_pools_do_not_count():
    assert balances(pool(), [granted(70, 2025, fund="loans")])[0].granted == 0


def test_a_year_without_an_amount_between_two_is_carried_through():
    years = balances(pool(amounts={2024: 10, 2026: 5}, carry_over=True), [])
    assert [(each.year, each.available) for each in years] == [(2024, 10), (2025, 10), (2026, 15)]


def test_money_that_arrived_must_be_spent_within_the_months_of_its_kind():
    found = windows(pool(spend_months=6), [granted(40, 2026, arrived=date(2026, 8, 31), spent=15)], as_of=date(2026, 12, 1))
    assert [(each.kind, each.closes, each.amount, each.days(date(2026, 12, 1))) for each in found] == [
        (Deadline.SPEND, date(2027, 2, 28), 25, 89)
    ]


def test_money_without_such_months_goes_back_with_the_year_unless_it_carries_over():
    arrived = [granted(40, 2026, arrived=date(2026, 8, 1))]
    assert windows(pool(), arrived, as_of=date(2026, 12, 1))[0].kind is Deadline.RETURN
    assert windows(pool(carry_over=True), arrived, as_of=date(2026, 12, 1)) == ()


def test_all_spent_leaves_no_window():
    assert windows(pool(spend_months=6), [granted(40, 2026, arrived=date(2026, 8, 1), spent=40)], as_of=date(2026, 9, 1)) == ()


def test_the_nearest_window_comes_first_and_those_past_come_last():
    arrived = [granted(4, 2026, arrived=date(2026, month, 1), project=str(month)) for month in (1, 6, 4)]
    found = windows(pool(spend_months=6, closes=date(2026, 9, 1)), arrived, as_of=date(2026, 8, 1))
    assert [each.closes for each in found] == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 12, 1), date(2026, 7, 1)]


@pytest.mark.parametrize(
    ("carry", "before", "now", "left"), [(True, 70, 0, 90), (True, 70, 80, 10), (False, 70, 0, 60), (False, 70, 80, 0)]
)
def test_what_is_left_to_allocate_in_the_first_year(carry, before, now, left):
    given = [granted(before, 2025), *([granted(now, 2026)] if now else [])]
    assert pool_fund(pool(carry_over=carry), given, years=(2026, 2027)).amounts == {2026: left, 2027: 0}


def test_later_years_are_counted_at_their_likelihood_and_the_first_whole():
    later = pool(amounts={2026: 100, 2027: 100}, likelihood=Decimal("0.8"))
    counted = pool_fund(later, [], years=(2026, 2027))
    assert [counted.counted(year) for year in (2026, 2027)] == [100, 80]
    assert [pool_fund(later, [], years=(2026, 2027), sure=True).counted(year) for year in (2026, 2027)] == [100, 100]


def test_a_window_for_applications_puts_at_stake_the_free_money_of_one_year_alone():
    def at_stake(**given):
        found = windows(pool(closes=date(2026, 12, 18), **given), [granted(60, 2026)], as_of=date(2026, 11, 28))
        return [(each.kind, each.amount, each.year) for each in found]

    later = {2027: 180, 2028: 180, 2029: 160}
    assert at_stake(amounts={2026: 108, **later}) == [(Deadline.APPLY, 48, 2026)]
    assert at_stake(amounts={2026: 50, **later}) == [(Deadline.APPLY, 0, 2026)]  # granted beyond what there is
    assert at_stake(amounts=later) == [(Deadline.APPLY, 180, 2027)]  # applied for ahead
    assert at_stake(amounts={2025: 10}) == [(Deadline.APPLY, 0, 2026)]
