"""Whatever the problem: answers pass their check, sums hold to the fen, and more is never worth less."""

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from duheng import allocate
from duheng.allocate import AnswerStatus
from duheng.errors import AllocateError

YEARS = (2025, 2026, 2027)
FUNDS = ("F", "G")
FEN = st.integers(0, 10**9) | st.integers(0, 7)


@st.composite
def projects(draw, code: str, before: list[str]) -> allocate.Project:
    earliest = draw(st.sampled_from(YEARS))
    link = st.lists(st.sampled_from(before), max_size=1) if before else st.just([])
    shares = st.decimals(0, 1, places=3)
    return allocate.Project(
        code=code,
        priority=draw(st.decimals(-1, 50, places=2)),
        committed=draw(st.booleans()),
        earliest=earliest,
        latest=draw(st.sampled_from([year for year in YEARS if year >= earliest])),
        yearly=tuple(draw(st.lists(FEN, min_size=1, max_size=4))),
        requires=tuple(draw(link)),
        excludes=tuple(draw(link)),
        ceilings=draw(st.dictionaries(st.sampled_from(FUNDS), shares, max_size=2)),
    )


@st.composite
def problems(draw) -> allocate.Problem:
    made: list[allocate.Project] = []
    for number in range(draw(st.integers(1, 5))):
        made.append(draw(projects(f"P{number}", [each.code for each in made])))
    funds = tuple(
        allocate.Fund(
            code=code,
            amounts=draw(st.dictionaries(st.sampled_from(YEARS), FEN, max_size=3)),
            carry_over=draw(st.booleans()),
            likelihood=draw(st.dictionaries(st.sampled_from(YEARS), st.decimals(0, 1, places=2), max_size=1)),
        )
        for code in FUNDS
    )
    return allocate.Problem(years=YEARS, funds=funds, projects=tuple(made), unit="元")


@settings(max_examples=60, deadline=None)
@given(problems())
def test_every_answer_passes_and_sums_hold_to_the_fen_in_the_json_too(problem: allocate.Problem):
    answer = allocate.solve(problem)
    assert answer.status is AnswerStatus.OPTIMAL
    assert list(allocate.breaches(problem, answer)) == []
    told = json.loads(allocate.to_json(problem, answer), parse_float=Decimal, parse_int=Decimal)
    paid: Counter[tuple[str, int]] = Counter()
    for each in told["payments"]:
        paid[each["project"], int(each["year"])] += each["amount"]
    for each in told["selected"]:
        project = problem.by_code[each["project"]]
        for number, need in enumerate(project.yearly):
            year = int(each["start"]) + number
            if year in YEARS:
                assert paid[project.code, year] * 100 == need
    for each in told["funds"]:
        used = sum(
            (paid["amount"] for paid in told["payments"] if (paid["fund"], paid["year"]) == (each["fund"], each["year"])),
            Decimal(0),
        )
        assert used == each["used"] <= each["available"]


@settings(max_examples=30, deadline=None)
@given(problems(), st.sampled_from(FUNDS), st.sampled_from(YEARS), FEN)
def test_more_money_is_never_worth_less(problem: allocate.Problem, fund: str, year: int, amount: int):
    before = allocate.solve(problem)
    bought = allocate.more(problem, before, fund=fund, year=year, amount=amount)
    committed = {project.code for project in problem.projects if project.committed}
    kept = [len(committed & set(answer.starts)) for answer in (before, bought.answer)]
    assert kept[1] > kept[0] or (kept[1] == kept[0] and bought.comparison.gain >= 0)


@settings(max_examples=30, deadline=None)
@given(problems(), st.data())
def test_less_to_ask_for_is_never_worth_less(problem: allocate.Problem, data):
    """A project that asks for less in each year, from the same funds up to the same fen, can be paid wherever it could before."""
    plain = replace(problem, projects=tuple(replace(project, committed=False) for project in problem.projects))
    before = allocate.solve(plain)
    code = data.draw(st.sampled_from([project.code for project in plain.projects]))
    free = replace(plain.by_code[code], yearly=(0,))
    eased = replace(plain, projects=tuple(free if project.code == code else project for project in plain.projects))
    assert allocate.solve(eased).objective >= before.objective


@settings(max_examples=30, deadline=None)
@given(problems())
def test_a_plan_rolled_on_can_keep_what_was_decided(problem: allocate.Problem):
    answer = allocate.solve(problem)
    try:
        rolled = allocate.roll(problem, answer, keep_starts=True)
    except AllocateError:
        assert all(start == YEARS[0] for start in answer.starts.values())
        return
    after = allocate.solve(rolled.problem)
    assert after.status is AnswerStatus.OPTIMAL or problem_grew(problem, answer)
    gone = {*rolled.completed, *(code for code, _ in rolled.dropped)}
    assert gone | set(rolled.problem.by_code) == set(problem.by_code)


def problem_grew(problem: allocate.Problem, answer: allocate.Answer) -> bool:
    """Whether the year that came into sight asks for money that no fund has: commitments of that year."""
    return any(each.year == YEARS[-1] + 1 for each in answer.commitments)
