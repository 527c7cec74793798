"""An application's life: in order, dated, never growing in silence; and what of it is granted, arrived, spent, likely."""

from datetime import date
from decimal import Decimal

import pytest

from duheng.allocate import FundApplication, Move, Step
from duheng.errors import StepRefused

WAN = 1_000_000


def move(step: Step, day: int, amount: int, words: str = "", month: int = 3) -> Move:
    return Move(step=step, on=date(2026, month, day), amount=amount * WAN, words=words)


def application(*moves: Move, likelihood: str = "1") -> FundApplication:
    return FundApplication(project="a", fund="f", year=2026, moves=moves, likelihood=Decimal(likelihood))


APPLIED = move(Step.APPLIED, 1, 5000)
REVIEWED = move(Step.REVIEWED, 10, 4000)
ALLOTTED = move(Step.ALLOTTED, 20, 3000)


def test_applied_for_is_not_granted():
    asked = application(APPLIED, REVIEWED)
    assert (asked.granted, asked.arrived, asked.spent) == (0, 0, 0)
    assert asked.pending == 4000 * WAN


def test_what_is_pending_counts_at_its_likelihood_rounded_down_to_the_fen():
    asked = FundApplication(
        project="a",
        fund="f",
        year=2026,
        moves=(Move(step=Step.APPLIED, on=date(2026, 1, 1), amount=101),),
        likelihood=Decimal("0.5"),
    )
    assert asked.likely == 50


def test_once_allotted_nothing_is_pending():
    given = application(APPLIED, REVIEWED, ALLOTTED)
    assert (given.pending, given.likely, given.granted) == (0, 0, 3000 * WAN)


def test_what_arrives_and_is_spent_comes_in_parts_of_which_the_last_counts():
    given = application(
        ALLOTTED,
        move(Step.ARRIVED, 1, 1000, month=4),
        move(Step.ARRIVED, 1, 2500, month=5),
        move(Step.SPENT, 2, 400, month=5),
        move(Step.SPENT, 2, 900, month=6),
    )
    assert (given.granted, given.arrived, given.spent) == (3000 * WAN, 2500 * WAN, 900 * WAN)
    assert given.day(Step.ARRIVED) == date(2026, 4, 1)


def test_more_may_arrive_after_a_first_part_was_spent():
    given = application(ALLOTTED, move(Step.ARRIVED, 21, 1000), move(Step.SPENT, 22, 900), move(Step.ARRIVED, 23, 2000))
    assert (given.arrived, given.spent) == (2000 * WAN, 900 * WAN)


def test_a_refused_application_brings_nothing_and_ends():
    refused = application(APPLIED, move(Step.REFUSED, 5, 0))
    assert (refused.pending, refused.granted, refused.following) == (0, 0, ())


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ((APPLIED, move(Step.REVIEWED, 10, 6000)), "6,000万元 is more than the 5,000万元 applied"),
        ((APPLIED, REVIEWED, move(Step.ALLOTTED, 20, 4001)), "more than the 4,000万元 reviewed"),
        ((ALLOTTED, move(Step.ARRIVED, 21, 3001)), "more than the 3,000万元 allotted"),
        ((ALLOTTED, move(Step.ARRIVED, 21, 2000), move(Step.SPENT, 22, 2001)), "more than the 2,000万元 arrived"),
        ((APPLIED, move(Step.REVIEWED, 1, 100, month=2)), "before the last step"),
        ((ALLOTTED, move(Step.REVIEWED, 21, 10)), "cannot follow “allotted”"),
        ((APPLIED, move(Step.REFUSED, 5, 0), move(Step.ALLOTTED, 20, 10)), "cannot follow “refused”"),
        ((move(Step.SPENT, 1, 1),), "cannot follow nothing"),
        ((move(Step.APPLIED, 1, -1),), "negative"),
        ((Move(step=Step.APPLIED, on=date(2026, 1, 1), amount=10**18),), "check its unit"),
        ((ALLOTTED, move(Step.ARRIVED, 21, 2000), move(Step.ARRIVED, 22, 1000)), "less than the 2,000万元"),
    ],
)
def test_a_step_that_cannot_be_is_refused_with_the_reason(moves, said):
    with pytest.raises(StepRefused) as refused:
        application(*moves)
    assert said in refused.value.message("en")
    assert refused.value.message("zh") != refused.value.message("en")


def test_an_amount_may_grow_where_somebody_says_why():
    assert application(APPLIED, move(Step.REVIEWED, 10, 6000, words="新增二标段")).pending == 6000 * WAN


def test_steps_that_nobody_recorded_may_be_left_out_and_none_may_be_gone_back_to():
    assert application(APPLIED).following == (Step.REVIEWED, Step.ALLOTTED, Step.ARRIVED, Step.SPENT, Step.REFUSED)
    assert application(ALLOTTED).following == (Step.ARRIVED, Step.SPENT)
