"""The checker knows nothing of what made an answer, and catches whatever is changed in one."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from duheng import allocate
from duheng.allocate import Answer, AnswerStatus, Commitment, Payment, Selected, Unfunded
from duheng.errors import AnswerUnsound

PROBLEM = allocate.read_problem(
    json.dumps(
        {
            "years": [2025, 2026],
            "funds": [
                {"code": "F", "amounts": {"2025": 50, "2026": 30}, "carry_over": True},
                {"code": "G", "amounts": {"2025": 10, "2026": 40}, "likelihood": {"2026": 0.5}},
            ],
            "projects": [
                {"code": "A", "priority": 5, "mandatory": True, "latest": 2025, "yearly": [30, 30, 8], "ceilings": {"F": 0.8, "G": 0.25}},
                {"code": "B", "priority": 3, "yearly": [20], "requires": ["A"], "ceilings": {"F": 1, "G": 1}},
                {"code": "C", "priority": 2, "yearly": [90], "excludes": ["B"], "ceilings": {"F": 1}},
            ],
            "pins": [{"project": "B", "included": True, "start": 2026, "fund": "G", "amount": 5}],
        }
    )
)  # fmt: skip
ANSWER = allocate.solve(PROBLEM)


def test_an_answer_passes():
    assert list(allocate.breaches(PROBLEM, ANSWER)) == []
    assert ANSWER.starts == {"A": 2025, "B": 2026}
    assert ANSWER.commitments == (Commitment(project="A", year=2027, amount=8_000_000),)


def more(place: int, **by: int) -> Answer:
    """The answer with one payment changed by so many fen or years."""
    payments = list(ANSWER.payments)
    (name, amount), paid = next(iter(by.items())), payments[place]
    payments[place] = replace(paid, **{name: getattr(paid, name) + amount})
    return replace(ANSWER, payments=tuple(payments))


def moved(code: str, start: int) -> Answer:
    return replace(
        ANSWER, selected=tuple(replace(each, start=start) if each.project == code else each for each in ANSWER.selected)
    )


def without(code: str) -> Answer:
    """The answer as if a project were out, its payments gone with it."""
    return replace(
        ANSWER,
        selected=tuple(each for each in ANSWER.selected if each.project != code),
        payments=tuple(each for each in ANSWER.payments if each.project != code),
        unfunded=(*ANSWER.unfunded, Unfunded(project=code, reasons=ANSWER.unfunded[0].reasons)),
        objective=ANSWER.objective - PROBLEM.by_code[code].priority,
    )


BROKEN = [
    ("a fen too much", more(0, amount=1), "is paid"),
    ("a fen too little", more(0, amount=-1), "is paid"),
    ("a payment in another year", more(0, year=1), "is paid"),
    ("half a fen", more(0, amount=0.5), "number of fen"),
    ("a payment by nobody", replace(ANSWER, payments=(*ANSWER.payments, Payment(project="A", fund="X", year=2025, amount=1))), "No such"),
    ("a payment for nobody", replace(ANSWER, payments=(*ANSWER.payments, Payment(project="X", fund="F", year=2025, amount=1))), "No such"),
    ("a payment twice", replace(ANSWER, payments=(*ANSWER.payments, ANSWER.payments[0])), "No such"),
    ("the mandatory is out", without("A"), "must be in"),
    ("what is required is out", without("A"), "requires A"),
    ("a pin is broken", without("B"), "pin of B"),
    ("a start outside its window", moved("A", 2026), "cannot start in 2026"),
    ("a start that is not the pinned", moved("B", 2025), "pinned to start in 2026"),
    ("both of two that exclude each other",
     replace(ANSWER, selected=(*ANSWER.selected, Selected(project="C", start=2025)), unfunded=()), "exclude each other"),
    ("a project forgotten", replace(ANSWER, unfunded=()), "listed 0 times"),
    ("a project in and out", replace(ANSWER, selected=(*ANSWER.selected, Selected(project="C", start=2025))), "listed 2 times"),
    ("no reason", replace(ANSWER, unfunded=(Unfunded(project="C", reasons=()),)), "without a reason"),
    ("another objective", replace(ANSWER, objective=Decimal("8.0000001")), "add up to 8"),
    ("a negative gap", replace(ANSWER, gap=Decimal("-0.1")), "gap"),
    ("a fund's year is wrong", replace(ANSWER, funds=(replace(ANSWER.funds[0], used=1), *ANSWER.funds[1:])), "listed wrongly"),
    ("a fund's year is missing", replace(ANSWER, funds=ANSWER.funds[1:]), "listed wrongly"),
    ("a fund's year is there twice", replace(ANSWER, funds=(*ANSWER.funds, ANSWER.funds[0])), "rows of funds"),
    ("a commitment is missing", replace(ANSWER, commitments=()), "commitments"),
    ("a commitment is wrong", replace(ANSWER, commitments=(Commitment(project="A", year=2027, amount=1),)), "commitments"),
    ("nothing is possible, and all the same", replace(ANSWER, status=AnswerStatus.INFEASIBLE), "There is no plan"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "said"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_what_is_changed_in_an_answer_is_caught(answer: Answer, said: str):
    found = [en for _, en in allocate.breaches(PROBLEM, answer)]
    assert any(said in each for each in found), found
    with pytest.raises(AnswerUnsound) as raised:
        allocate.check(PROBLEM, answer)
    assert "不予显示" in raised.value.message("zh")


def swapped(problem: allocate.Problem) -> list[str]:
    """What the answer breaks of another problem."""
    return [en for _, en in allocate.breaches(problem, ANSWER)]


def test_an_answer_is_held_against_the_funds_ceilings_and_likelihoods_of_its_problem():
    fund, other = PROBLEM.funds
    project, *rest = PROBLEM.projects
    assert any("overspends 2025" in each for each in swapped(replace(PROBLEM, funds=(replace(fund, amounts={2025: 1}), other))))
    assert any(
        "overspends" in each for each in swapped(replace(PROBLEM, funds=(fund, replace(other, likelihood={2026: Decimal(0)}))))
    )
    lower = replace(project, ceilings={"F": Decimal("0.1"), "G": Decimal("0.25")})
    assert any("more than its ceiling" in each for each in swapped(replace(PROBLEM, projects=(lower, *rest))))
    spent = replace(project, spent={"F": project.total * 4})
    assert any("more than its ceiling" in each for each in swapped(replace(PROBLEM, projects=(spent, *rest))))
    pinned = (replace(PROBLEM.pins[0], fund="F", amount=20_000_000),)
    assert any("less than is pinned" in each for each in swapped(replace(PROBLEM, pins=pinned)))


def test_no_answer_is_handed_out_that_does_not_pass(monkeypatch):
    import sys

    allocation = sys.modules["duheng.allocate.allocation"]
    monkeypatch.setattr(allocation, "pay", lambda problem, starts: {("A", "F", 2025): 1})
    with pytest.raises(AnswerUnsound):
        allocate.solve(PROBLEM)
