"""Problems, answers and pins come back from JSON as they were."""

import json
from decimal import Decimal

import pytest

from duheng.allocate import Fund, Pin, Problem, Project, kept, solve
from duheng.errors import ProblemUnusable

PROBLEM = Problem(
    years=(2026, 2027),
    funds=(
        Fund(code="f", name="专项债", amounts={2026: 100, 2027: 10**15 + 1}, carry_over=True, likelihood={2027: Decimal("0.80")}),
    ),
    projects=(
        Project(code="a", priority=Decimal("1.5"), earliest=2026, latest=2027, yearly=(60, 70), ceilings={"f": Decimal(1)}),
        Project(code="b", mandatory=True, committed=True, earliest=2026, latest=2026, yearly=(30,), ceilings={"f": Decimal(1)},
                spent={"f": 3}, requires=("a",)),
        Project(code="c", earliest=2026, latest=2026, yearly=(10**17,), ceilings={"f": Decimal("0.333333333333")}),
    ),
    pins=(Pin(project="a", fund="f", amount=5), Pin(project="c", included=False)),
    name="试",
)  # fmt: skip


def test_a_problem_comes_back_as_it_was():
    assert kept.problem_of(json.loads(json.dumps(kept.keep(PROBLEM)))) == PROBLEM


def test_an_answer_comes_back_as_it_was():
    answer = solve(PROBLEM, seconds=5)
    assert answer.unfunded
    assert answer.commitments or answer.payments
    assert kept.answer_of(json.loads(json.dumps(kept.keep(answer)))) == answer


def test_what_cannot_be_comes_back_with_its_conflict():
    impossible = Problem(
        years=(2026,),
        funds=(Fund(code="f", amounts={2026: 1}),),
        projects=(Project(code="a", mandatory=True, earliest=2026, latest=2026, yearly=(5,), ceilings={"f": Decimal(1)}),),
    )
    answer = solve(impossible, seconds=5)
    assert answer.conflict
    assert kept.answer_of(json.loads(json.dumps(kept.keep(answer)))) == answer


def test_what_is_no_problem_is_refused():
    broken = kept.keep(PROBLEM) | {"years": [2026, 2028]}
    with pytest.raises(ProblemUnusable):
        kept.problem_of(broken)
