"""The plan rolled on, answers compared, what more money buys, and what it takes to let a project in."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from duheng import allocate
from duheng.allocate import AnswerStatus, Pin
from duheng.errors import AllocateError

WAN = 1_000_000


def project(code: str, priority: float, yearly: list[float], **more) -> dict:
    return {"code": code, "priority": priority, "yearly": yearly, "ceilings": {"F": 1}} | more


def problem(
    *projects: dict, amounts: tuple[float, ...] = (100, 100, 100), carry_over: bool = True, also: tuple[dict, ...] = (), **more
) -> allocate.Problem:
    funds = [{"code": "F", "amounts": {str(2025 + n): each for n, each in enumerate(amounts)}, "carry_over": carry_over}]
    return allocate.read_problem(
        json.dumps({"years": [2025, 2026, 2027], "funds": [*funds, *also], "projects": list(projects)} | more)
    )


def reasons(answer: allocate.Answer, code: str) -> dict[str, tuple[str, str]]:
    (found,) = [each for each in answer.unfunded if each.project == code]
    return {each.code.partition(".")[2]: each.words for each in found.reasons}


# What is decided


def test_earlier_starts_come_before_later_ones_of_the_same_worth():
    assert allocate.solve(problem(project("A", 1, [60]), project("B", 1, [60]))).starts in (
        {"A": 2025, "B": 2026},
        {"A": 2026, "B": 2025},
    )
    assert allocate.solve(problem(project("A", 1, [60]))).starts == {"A": 2025}


def test_money_that_expires_is_spent_before_money_that_is_carried_over():
    given = problem(project("A", 1, [60], latest=2025, ceilings={"F": 1, "G": 1}), also=({"code": "G", "amounts": {"2025": 50}},))
    assert {(each.fund, each.amount // WAN) for each in allocate.solve(given).payments} == {("G", 50), ("F", 10)}


def test_money_is_carried_over_where_it_may_be():
    late = project("A", 1, [250], earliest=2027)
    assert allocate.solve(problem(late)).starts == {"A": 2027}
    answer = allocate.solve(problem(late, carry_over=False))
    assert "alone" in reasons(answer, "A")
    assert [each.expired // WAN for each in answer.funds] == [100, 100, 100]


def test_what_falls_due_after_the_plan_is_told_and_not_paid():
    answer = allocate.solve(problem(project("A", 1, [10, 20, 30, 40], earliest=2026)))
    assert [(each.year, each.amount // WAN) for each in answer.commitments] == [(2028, 30), (2029, 40)]
    assert sum(each.amount for each in answer.payments) == 30 * WAN


def test_projects_under_way_come_before_whatever_is_new():
    new, old = project("N", 50, [90], latest=2025), project("O", 1, [90], latest=2025, committed=True)
    answer = allocate.solve(problem(new, old, amounts=(100, 0, 0)))
    assert answer.starts == {"O": 2025}
    assert answer.objective == 1


def test_money_counts_at_its_likelihood():
    given = problem(project("A", 1, [60]), project("B", 1, [60]), amounts=(120, 0, 0))
    assert len(allocate.solve(given).selected) == 2
    doubtful = replace(given, funds=(replace(given.funds[0], likelihood={2025: Decimal("0.7")}),))
    answer = allocate.solve(doubtful)
    assert len(answer.selected) == 1
    assert answer.funds[0].available == 84 * WAN


# Pins


def test_pins_are_kept():
    given = problem(
        project("A", 5, [60]),
        project("B", 1, [60]),
        project("C", 3, [10], ceilings={"F": 1, "G": 0.5}),
        amounts=(70, 0, 0),
        also=({"code": "G", "amounts": {"2025": 50, "2026": 20}, "carry_over": True},),
    )
    pins = (Pin(project="A", included=False), Pin(project="C", start=2026, fund="G"))
    answer = allocate.solve(replace(given, pins=pins))
    assert answer.starts == {"B": 2025, "C": 2026}
    assert {(each.fund, each.amount // WAN) for each in answer.payments if each.project == "C"} == {("F", 5), ("G", 5)}
    assert "pinned" in reasons(answer, "A")
    exact = (Pin(project="C", included=True, fund="G", amount=2 * WAN),)
    paid = [each for each in allocate.solve(replace(given, pins=exact)).payments if (each.project, each.fund) == ("C", "G")]
    assert sum(each.amount for each in paid) >= 2 * WAN


def test_pins_that_cannot_be_kept_are_a_conflict():
    given = problem(project("A", 5, [60], requires=["B"]), project("B", 1, [60]))
    answer = allocate.solve(replace(given, pins=(Pin(project="A", included=True), Pin(project="B", included=False))))
    assert answer.status is AnswerStatus.INFEASIBLE
    assert set(answer.conflict.projects) == {"A", "B"}
    assert any("已指定不纳入" in each.words[0] and "pinned out" in each.words[1] for each in answer.conflict.reasons)


# Why what is out is out


def test_every_kind_of_reason_is_said_in_words_with_its_amounts():
    given = problem(
        project("IN", 9, [100], latest=2025),
        project("OUT", 1, [30], latest=2025),
        project("NONE", 5, [10], ceilings={}),
        project("CEILING", 5, [10, 10], ceilings={"F": 0.4}),
        project("BIG", 5, [400]),
        project("NEEDS", 5, [10], requires=["BIG"]),
        project("RIVAL", 1, [10], excludes=["IN"]),
        project("EARLY", 5, [1], latest=2025, requires=["LATE"]),
        project("LATE", 5, [1], earliest=2026),
        project("WORTHLESS", 0, [1], earliest=2026),
        amounts=(100, 50, 0),
    )
    answer = allocate.solve(given)
    assert set(answer.starts) - {"WORTHLESS"} == {"IN", "LATE"}
    zh, en = reasons(answer, "OUT")["money"]
    assert "2025 年需 30万元，可用资金只余 0万元" in zh
    assert "in 2025 it needs 30万元, and its funds have 0万元 left" in en
    assert "ineligible" in reasons(answer, "NONE")
    assert "最多只能付 8万元，差 2万元" in reasons(answer, "CEILING")["ceilings"][0]
    assert "需 400万元" in reasons(answer, "BIG")["alone"][0]
    assert reasons(answer, "NEEDS")["requires"][0] == "以BIG为前提，而后者未纳入。"
    assert "与已纳入的IN互斥" in reasons(answer, "RIVAL")["excludes"][0]
    assert "LATE为前提，后者 2026 年才开工" in reasons(answer, "EARLY")["requires"][0]


def test_what_is_out_for_its_years_and_ceilings_together_is_told_so():
    """Each year and each ceiling alone would do, and not both."""
    given = {
        "years": [2025, 2026],
        "funds": [{"code": "F", "amounts": {"2025": 10, "2026": 10}}, {"code": "G", "amounts": {"2025": 10}}],
        "projects": [{"code": "A", "priority": 1, "latest": 2025, "yearly": [10, 10], "ceilings": {"F": 0.4, "G": 0.6}}],
    }
    answer = allocate.solve(allocate.read_problem(json.dumps(given)))
    assert "alone" in reasons(answer, "A")


# Rolling


def rolled(answer_of: allocate.Problem, **more) -> tuple[allocate.Answer, allocate.Rolled]:
    answer = allocate.solve(answer_of)
    return answer, allocate.roll(answer_of, answer, **more)


def test_a_plan_rolls_on_with_what_began_under_way_and_what_was_paid_spent():
    given = problem(
        project("A", 9, [40, 30, 20], ceilings={"F": 0.8, "G": 0.5}),
        project("B", 5, [20], latest=2025),
        project("C", 4, [30], earliest=2026, requires=["A", "B"]),
        project("D", 3, [10], earliest=2026, excludes=["B"]),
        project("E", 0.5, [500], latest=2025),
        pins=[{"project": "A", "fund": "G", "amount": 20}, {"project": "C", "start": 2026}],
        also=({"code": "G", "amounts": {"2025": 15, "2026": 9}},),
    )
    answer, turned = rolled(given, added={"F": 70 * WAN})
    after = turned.problem
    assert (turned.completed, [code for code, _ in turned.dropped]) == (("B",), ["D", "E"])
    assert after.years == (2026, 2027, 2028)
    a = after.by_code["A"]
    paid = {each.fund: each.amount for each in answer.payments if (each.project, each.year) == ("A", 2025)}
    assert (a.yearly, a.mandatory, a.committed, a.earliest, a.latest) == ((30 * WAN, 20 * WAN), True, True, 2026, 2026)
    assert a.spent == paid
    assert a.total == 90 * WAN
    assert a.ceiling("G") == 45 * WAN - paid.get("G", 0)
    assert after.by_code["C"].requires == ("A",)
    left = next(each for each in answer.funds if (each.fund, each.year) == ("F", 2025))
    assert after.funds[0].counted(2026) == 100 * WAN + left.available - left.used
    assert after.funds[0].amounts[2028] == 70 * WAN
    assert after.funds[1].amounts == {2026: 9 * WAN}
    assert {(pin.project, pin.start, pin.amount) for pin in after.pins} == {
        ("A", None, max(0, 20 * WAN - paid.get("G", 0))),
        ("C", 2026, None),
    }
    assert allocate.solve(after).status is AnswerStatus.OPTIMAL


def test_starts_are_kept_on_wish_and_otherwise_decided_anew():
    given = problem(project("A", 1, [80]), project("B", 1, [80]), project("C", 1, [80]))
    answer, free = rolled(given)
    _, kept = rolled(given, keep_starts=True)
    later = {code: start for code, start in answer.starts.items() if start > 2025}
    assert len(later) == 2
    assert not free.problem.pins
    assert {pin.project: pin.start for pin in kept.problem.pins} == later
    assert allocate.solve(kept.problem).starts == later


def test_a_commitment_that_no_fund_can_pay_is_a_conflict_of_the_next_plan():
    given = problem(project("A", 1, [10, 10, 10, 90]))
    _, turned = rolled(given, added={})
    answer = allocate.solve(replace(turned.problem, funds=(replace(turned.problem.funds[0], amounts={2026: 20 * WAN}),)))
    assert answer.status is AnswerStatus.INFEASIBLE
    short = [each.words[0] for each in answer.conflict.reasons if each.code == "allocate.short"]
    assert short == ["F 2028 年至少差 90万元。"]


def test_what_cannot_be_rolled_on_is_told():
    impossible = problem(project("A", 1, [1000], mandatory=True))
    with pytest.raises(AllocateError, match="settle its conflict"):
        allocate.roll(impossible, allocate.solve(impossible))
    done = problem(project("A", 1, [10], latest=2025))
    with pytest.raises(AllocateError, match="nothing is left"):
        allocate.roll(done, allocate.solve(done))


# Comparing, and what if


def test_two_answers_are_compared():
    given = problem(project("A", 5, [100], latest=2025), project("B", 4, [100]), amounts=(100, 100, 0))
    other = replace(given, pins=(Pin(project="A", included=False), Pin(project="B", start=2025)))
    found = allocate.compare(allocate.solve(given), allocate.solve(other))
    assert (found.entered, found.left, found.gain) == ((), ("A",), Decimal(-5))
    assert [(each.project, each.before, each.after) for each in found.moved] == [("B", 2026, 2025)]
    changes = {(each.project, each.year): (each.before // WAN, each.after // WAN) for each in found.amounts}
    assert changes == {("A", 2025): (100, 0), ("B", 2025): (0, 100), ("B", 2026): (100, 0)}
    assert allocate.compare(allocate.solve(given), allocate.solve(given)).same


def test_more_money_buys_the_marginal_projects():
    given = problem(
        project("A", 9, [100], latest=2025),
        project("B", 4, [30], latest=2025),
        project("C", 3, [30], latest=2025),
        amounts=(100, 0, 0),
    )
    answer = allocate.solve(given)
    assert allocate.more(given, answer, fund="F", year=2025, amount=29 * WAN).comparison.same
    bought = allocate.more(given, answer, fund="F", year=2025, amount=30 * WAN)
    assert (bought.comparison.entered, bought.comparison.gain) == (("B",), Decimal(4))
    assert set(allocate.more(given, answer, fund="F", year=2025).comparison.entered) == {"B", "C"}


def test_what_lets_a_project_in_is_the_least_that_does():
    given = problem(project("A", 9, [100], latest=2025), project("B", 4, [30, 20], latest=2025), amounts=(110, 5, 0))
    answer = allocate.solve(given)
    found = allocate.remedy(given, answer, project="B")
    assert (found.along, found.obstacles) == ((), ())
    assert found.shortage.total == 35 * WAN
    assert allocate.solve(with_all(given, found.shortage.money)).starts.keys() == {"A", "B"}
    spared = {key: fen - WAN for key, fen in found.shortage.money.items()}
    assert allocate.solve(with_all(given, spared)).starts.keys() != {"A", "B"}


def with_all(given: allocate.Problem, added: dict) -> allocate.Problem:
    fund = given.funds[0]
    amounts = {year: fund.counted(year) + added.get(("F", year), 0) for year in given.years}
    return replace(given, funds=(replace(fund, amounts=amounts),))


def test_where_no_money_helps_the_ceiling_is_named():
    given = problem(project("A", 9, [100], ceilings={"F": 0.6}))
    found = allocate.remedy(given, allocate.solve(given), project="A")
    assert found.shortage.ceilings == {("A", "F"): 40 * WAN}
    assert not found.shortage.money


def test_what_is_required_comes_along_and_what_excludes_is_an_obstacle():
    given = problem(
        project("A", 1, [90], requires=["B"], latest=2025),
        project("B", 1, [30], latest=2025),
        project("IN", 9, [80], latest=2025),
        project("X", 1, [1], excludes=["IN"]),
        project("NONE", 1, [1], ceilings={}),
        amounts=(100, 0, 0),
    )
    answer = allocate.solve(given)
    assert set(answer.starts) == {"IN"}
    found = allocate.remedy(given, answer, project="A")
    assert (found.along, found.shortage.total) == (("B",), 100 * WAN)
    obstacle = allocate.remedy(given, answer, project="X").obstacles[0]
    assert obstacle.words[0] == "X 与 IN 互斥，须先移出 IN。"
    assert allocate.remedy(given, answer, project="NONE").obstacles[0].code == "allocate.together"
    out = replace(given, pins=(Pin(project="B", included=False),))
    assert "取消指定" in allocate.remedy(out, allocate.solve(out), project="B").obstacles[0].words[0]


def test_what_gives_way_for_a_project_is_told():
    given = problem(project("A", 9, [100], latest=2025), project("B", 4, [30], latest=2025), amounts=(100, 0, 0))
    swap = allocate.instead(given, allocate.solve(given), project="B")
    assert (swap.comparison.entered, swap.comparison.left, swap.comparison.gain) == (("B",), ("A",), Decimal(-5))


# What cannot be together, in words


def clash(*projects: dict, **more) -> list[tuple[str, str]]:
    """The reasons of a conflict in (zh, en), less what was demanded."""
    answer = allocate.solve(problem(*projects, **more))
    assert answer.status is AnswerStatus.INFEASIBLE
    return [each.words for each in answer.conflict.reasons if each.code != "allocate.demand"]


def must(code: str, yearly: list[float], **more) -> dict:
    return project(code, 1, yearly, mandatory=True, **more)


def test_a_conflict_says_what_it_is_about():
    assert clash(must("A", [1], excludes=["B"]), must("B", [1])) == [("A 与 B 互斥。", "A and B exclude each other.")]
    ((zh, en),) = clash(
        must("A", [1], requires=["B"], latest=2025), project("B", 1, [1], requires=["C"]), project("C", 1, [1], earliest=2027)
    )
    assert zh == "A 最迟 2025 年开工，而其前提 C 最早 2027 年才能开工（A → B → C）。"
    assert "in 2027 at the earliest (A → B → C)" in en
    ((zh, en),) = clash(must("A", [10], ceilings={"F": 0.75}))
    assert zh == "A 规划期内至少要付 10万元，各项资金按比例上限最多付 7.5万元，差 2.5万元。"
    assert "2.5万元 are lacking" in en
    ((zh, en),) = clash(must("A", [90], latest=2025), must("B", [35], latest=2025), must("C", [1]))
    assert (zh, en) == ("F 2025 年至少差 25万元。", "F is short of 25万元 in 2025 at least.")


def test_money_is_lacking_in_the_year_in_which_the_funds_have_none():
    """All ceilings and all years together would do; the second year has no money at all."""
    reasons = clash(
        must("A", [10, 10], latest=2025, ceilings={"F": 0.4, "G": 0.6}),
        also=({"code": "G", "amounts": {"2025": 100}},),
        amounts=(100, 0, 0),
        carry_over=False,
    )
    found = [re.fullmatch(r"[FG] 2026 年至少差 ([\d.]+)万元。", zh) for zh, _ in reasons]
    assert sum(Decimal(each[1]) for each in found) == 10
