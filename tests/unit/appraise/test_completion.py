"""Completion: what a year's targets came to, by hand."""

from datetime import date
from decimal import Decimal

import pytest

from duheng.appraise import Completion, Outturn, OutturnOrigin, Promised, completion
from duheng.plan import (
    Assigned,
    AtLeast,
    AtMost,
    InStepWith,
    Mention,
    Nature,
    Outcome,
    Reference,
    Rule,
    Statement,
)

OVER = date(2026, 1, 20)
REPORT, FIGURES = OutturnOrigin.REPORT, OutturnOrigin.FIGURES


def promise(key="gdp", target=None, *, nature=Nature.EXPECTED, **more):
    return Promised(
        key=key, name=key, unit="%", nature=nature, target=target or AtLeast(value=Decimal(6), unit="%"), code=key, **more
    )


def came(value, *, origin=REPORT, **more):
    return Outturn(value=Decimal(value), unit="%", origin=origin, **more)


def judged(promised, *outturns, as_of=OVER, **more):
    made = completion([promised], {promised.key: outturns}, year=2025, as_of=as_of, **more)
    return made.items[0]


def stated(kind, value, unit="项"):
    return Statement(
        kind=kind,
        subject="",
        value=Decimal(value),
        unit=unit,
        period="2025",
        mention=Mention(document=0, offset=0, end=1, sentence="x"),
    )


def many(met=0, missed=0, unknown=0, *, nature=Nature.EXPECTED, statements=()) -> Completion:
    values = ["7"] * met + ["5"] * missed + [None] * unknown
    promised = [promise(f"i{place}", nature=nature) for place in range(len(values))]
    outturns = {f"i{place}": [came(value)] for place, value in enumerate(values) if value}
    return completion(promised, outturns, year=2025, as_of=OVER, stated=statements)


def test_a_result_that_meets_its_target_has_its_margin():
    each = judged(promise(), came("6.3"))
    assert (each.outcome, each.verdict.margin) == (Outcome.MET, Decimal("0.3"))


def test_binding_and_expected_are_counted_apart_and_together():
    promised = [promise("a", nature=Nature.BINDING), promise("b"), promise("c"), promise("d")]
    outturns = {"a": [came("6")], "b": [came("6.1")], "c": [came("5.9")]}
    made = completion(promised, outturns, year=2025, as_of=OVER)
    assert (made.tally(Nature.BINDING).met, made.tally(Nature.BINDING).total) == (1, 1)
    expected, every = made.tally(Nature.EXPECTED), made.tally()
    assert (expected.met, expected.missed, expected.open, expected.total) == (1, 1, 1, 3)
    assert (every.met, every.settled, every.total, every.rate) == (2, 3, 4, Decimal("50.0"))
    assert [each.promised.key for each in made.those(Outcome.MISSED)] == ["c"]


def test_a_target_that_only_the_text_has_is_judged_and_not_counted():
    made = completion([promise("a"), promise("b", listed=False)], {"a": [came("7")], "b": [came("1")]}, year=2025, as_of=OVER)
    assert made.items[1].outcome is Outcome.MISSED
    assert (made.tally().total, made.tally().missed) == (1, 0)


def test_basically_met_is_a_class_of_its_own_where_the_rule_has_it():
    each = judged(promise(), came("5.9"), rule=Rule(basically=Decimal("0.05")))
    assert each.outcome is Outcome.BASICALLY_MET
    made = completion([promise()], {"gdp": [came("5.9")]}, year=2025, as_of=OVER, rule=Rule(basically=Decimal("0.05")))
    assert made.tally().bounds == (0, 1)


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        (date(2025, 10, 20), "全年尚未结束"),
        (date(2026, 1, 20), "约在2026-02-01前后公布"),
        (date(2026, 3, 1), "应已公布，还没有录入"),
    ],
)
def test_what_is_not_known_says_why(as_of, words):
    each = judged(promise(lag=32), as_of=as_of)
    assert each.outcome is Outcome.NOT_YET_KNOWN
    assert words in each.verdict.why[0]
    assert each.due == date(2026, 2, 1)


def test_before_the_year_is_over_its_number_so_far_is_told_and_judges_nothing():
    so_far = came("6.9", origin=FIGURES, whole=False, known_to="2025-09")
    each = judged(promise(), so_far, as_of=date(2025, 10, 20))
    assert (each.outcome, each.so_far) == (Outcome.NOT_YET_KNOWN, so_far)
    assert "2025-09" in each.verdict.why[1]
    assert "6.9%" in each.verdict.why[1]


def test_an_estimate_judges_for_the_time_being_and_a_result_replaces_it():
    estimate, result = came("6.1", estimate=True), came("5.8", origin=FIGURES)
    first = judged(promise(), estimate)
    assert (first.outcome, first.provisional) == (Outcome.MET, True)
    then = judged(promise(), estimate, result)
    assert (then.outcome, then.provisional, then.otherwise) == (Outcome.MISSED, False, None)


def test_two_sources_that_judge_differently_are_both_shown():
    report, figures = came("6.0"), came("5.9", origin=FIGURES)
    each = judged(promise(), report, figures)
    assert (each.outturn, each.outcome, each.otherwise) == (report, Outcome.MET, figures)
    assert judged(promise(), report, came("6.1", origin=FIGURES)).otherwise is None


def test_a_revised_target_keeps_what_it_was_first():
    first, now = AtLeast(value=Decimal(8), unit="%"), AtLeast(value=Decimal(6), unit="%")
    each = judged(promise(target=now, first=first), came("7"))
    assert (each.outcome, each.at_first.outcome) == (Outcome.MET, Outcome.MISSED)
    assert judged(promise(), came("7")).at_first is None


def test_an_assigned_target_waits_for_its_superior_and_not_for_a_number():
    waiting = judged(promise(target=Assigned()), came("3"))
    assert (waiting.outcome, waiting.due) == (Outcome.NOT_YET_KNOWN, None)
    assert judged(promise(target=Assigned(confirmed=True))).outcome is Outcome.MET


def test_a_bound_settles_only_what_it_can():
    assert judged(promise(), came("6", comparator=">", text="超6%")).outcome is Outcome.MET
    assert judged(promise(), came("5", comparator=">", text="超5%")).outcome is Outcome.NOT_YET_KNOWN


def test_a_target_in_step_is_held_beside_the_same_years_result_or_last_years():
    step = promise("income", InStepWith(references=(Reference(text="gdp", code="gdp"),), unit="%"))
    made = completion([promise(), step], {"gdp": [came("6")], "income": [came("5.9")]}, year=2025, as_of=OVER)
    assert made.items[1].outcome is Outcome.MISSED
    last = promise("rate", InStepWith(references=(Reference(text="上年水平"),), unit="%"))
    made = completion([last], {"rate": [came("61")]}, year=2025, as_of=OVER, before={"rate": came("60")})
    assert made.items[0].outcome is Outcome.MET
    assert completion([last], {"rate": [came("61")]}, year=2025, as_of=OVER).items[0].outcome is Outcome.NOT_YET_KNOWN


def test_a_ceiling_is_met_from_below():
    assert judged(promise(target=AtMost(value=Decimal(32), unit="%")), came("31.4")).verdict.margin == Decimal("0.6")


@pytest.mark.parametrize(
    ("kind", "value", "unit", "counts", "bounds", "agrees"),
    [
        ("indicators_met", "25", "项", (25, 8, 0), (25, 25), True),
        ("indicators_met", "25", "项", (12, 3, 18), (12, 30), None),
        ("indicators_met", "25", "项", (12, 12, 9), (12, 21), False),
        ("indicators_missed", "8", "项", (12, 3, 18), (3, 21), None),
        ("completion_rate", "75.8", "%", (25, 8, 0), (Decimal("75.8"), Decimal("75.8")), True),
        ("completion_rate", "76", "%", (25, 8, 0), (76, 76), True),
        ("completion_rate", "77", "%", (25, 8, 0), (76, 76), False),
        ("expected_met", "25", "项", (25, 8, 0), (25, 25), True),
        ("indicators_total", "33", "项", (25, 8, 0), (33, 33), True),
        ("expected_completion_rate", "75.8", "%", (25, 8, 0), (Decimal("75.8"), Decimal("75.8")), True),
    ],
)
def test_what_the_report_states_stands_beside_what_can_be_counted(kind, value, unit, counts, bounds, agrees):
    held = many(*counts, statements=[stated(kind, value, unit)]).stated[0]
    assert ((held.low, held.high), held.agrees) == (bounds, agrees)


def test_a_statement_that_counts_no_targets_is_left_aside():
    told = [stated("projects_planned", "300"), stated("binding_met", "8")]
    assert many(1, statements=told).stated == ()


def test_without_any_target_a_stated_count_stands_alone():
    made = completion([], {}, year=2025, as_of=OVER, stated=[stated("indicators_met", "25"), stated("projects_planned", "300")])
    assert [(held.low, held.high, held.agrees) for held in made.stated] == [(None, None, None)]
    assert made.tally().total == 0
    assert made.tally().rate is None
