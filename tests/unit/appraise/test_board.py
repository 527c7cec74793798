"""Boards: ranks, grades and distances by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from duheng import catalog
from duheng.appraise import board, check_rule, grade_history, graded, items_by_period, per_head, read_items
from duheng.errors import AppraiseError
from duheng.plan import Polarity

SHARES = catalog.load("grade_rules")["eight_reports"]
SCORES = catalog.load("grade_rules")["four_marks"]
PLACES = catalog.load("grade_rules")["first_three"]


def numbers(**values):
    return {code: None if value is None else Decimal(str(value)) for code, value in values.items()}


def test_ties_share_their_rank_and_the_next_leaves_places_out():
    made = board(numbers(a=9, b=7, c=7, d=5, e=None))
    assert [(row.code, row.rank, row.tied) for row in made.rows] == [
        ("a", 1, False), ("b", 2, True), ("c", 2, True), ("d", 4, False), ("e", None, False),
    ]  # fmt: skip
    assert made.ranked == 4


def test_where_lower_is_better_the_lowest_is_first():
    assert [row.code for row in board(numbers(a=3, b=1, c=2), better=Polarity.LOWER).rows] == ["b", "c", "a"]


def test_what_moved_since_the_period_before():
    made = board(numbers(a=9, b=8, c=7), before=numbers(a=5, b=6, d=9))
    a, c = made.of("a"), made.of("c")
    assert (a.rank, a.rank_before, a.rise, a.change) == (1, 3, 2, 4)
    assert (c.rise, c.change) == (None, None)


def test_shares_grade_by_rank_and_tell_how_far_the_better_grade_is():
    made = board(numbers(a=90, b=80, c=70, d=60, e=50, f=40), rule=SHARES)
    assert [row.grade.letter for row in made.rows] == ["A", "A", "B", "B", "C", "C"]
    assert made.of("c").grade.distance == Decimal(80) - Decimal(70)


def test_a_third_of_six_is_two_where_the_cut_says_so():
    rule = replace(SHARES, cuts=(Decimal("0.34"), Decimal("0.67")))
    assert board(numbers(a=90, b=80, c=70, d=60, e=50, f=40), rule=replace(SHARES, cuts=(Decimal("0.33"), Decimal("0.67")))).grades == {
        "A": 1, "B": 3, "C": 2,
    }  # fmt: skip
    made = board(numbers(a=90, b=80, c=70, d=60, e=50, f=40), rule=rule)
    assert made.grades == {"A": 2, "B": 2, "C": 2}
    assert (made.of("c").grade.better, made.of("c").grade.distance) == ("A", 10)
    assert made.of("a").grade.distance is None
    low = board(numbers(a=1, b=2, c=3, d=4, e=5, f=6), rule=rule, better=Polarity.LOWER)
    assert low.of("c").grade.distance == 1


def test_those_tied_take_the_better_grade_and_a_grade_that_nobody_can_have_is_passed_over():
    made = board(numbers(a=9, b=7, c=7, d=5), rule=replace(PLACES, cuts=(Decimal(2), Decimal(3))))
    assert [row.grade.letter for row in made.rows] == ["A", "A", "A", "C"]
    two = board(numbers(a=9, b=7), rule=replace(SHARES, cuts=(Decimal("0.1"), Decimal("0.2"))))
    assert [(row.grade.letter, row.grade.distance) for row in two.rows] == [("C", None), ("C", None)]


def test_scores_grade_by_themselves():
    made = board(numbers(a=90, b=Decimal("89.9"), c=59), rule=SCORES)
    assert [row.grade.letter for row in made.rows] == ["优", "良", "差"]
    assert made.of("b").grade.distance == Decimal("0.1")
    assert graded(Decimal(61), SCORES).letter == "中"
    assert graded(Decimal(3), PLACES).letter == "A"
    with pytest.raises(AppraiseError, match="share"):
        graded(Decimal(1), SHARES)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cuts": (Decimal("0.5"), Decimal("0.4"))}, "overlap"),
        ({"cuts": (Decimal("0.5"), Decimal("0.5"))}, "overlap"),
        ({"cuts": (Decimal("0.5"),)}, "2 cuts"),
        ({"grades": ("A", "A", "B")}, "twice"),
        ({"cuts": (Decimal("0.5"), Decimal("1.5"))}, "between 0 and 1"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_remedy(change, words):
    with pytest.raises(AppraiseError, match=words) as wrong:
        check_rule(replace(SHARES, **change))
    assert "grades.yml" in str(wrong.value)


def test_what_cannot_be_ranked_is_refused():
    with pytest.raises(AppraiseError, match="direction"):
        board(numbers(a=1), better=Polarity.NEUTRAL)
    with pytest.raises(AppraiseError, match="not a number"):
        board({"a": Decimal("NaN")})
    assert board({}).rows == ()
    assert [row.rank for row in board(numbers(a=1, b=1, c=1)).rows] == [1, 1, 1]


def test_per_head():
    assert per_head(numbers(a=100, b=None, c=3), numbers(a=8, b=2)) == {"a": Decimal("12.50"), "b": None, "c": None}
    with pytest.raises(AppraiseError, match="divide"):
        per_head(numbers(a=1), numbers(a=0))


def test_the_history_of_a_grade():
    told = grade_history([("2025", board(numbers(a=1, b=2), rule=PLACES)), ("2026", board(numbers(a=3, b=2), rule=PLACES))])
    assert [(period, row.rank) for period, row in told["a"]] == [("2025", 2), ("2026", 1)]


SHEET = """报表,事项,时期,等次,得分,位次,参评数,牵头单位
经济,招商引资,2026-Q1,B,,,,商务局
经济,招商引资,2026-Q2,A,,,,商务局
生态,空气质量,2026-Q1,A,,,,生态环境局
生态,空气质量,2026-Q2,,,5,12,生态环境局
"""


def test_items_are_graded_as_given_else_by_the_rule_and_their_history_is_told():
    items, problems = read_items(SHEET.encode(), name="x.csv")
    assert not problems
    assert items[3].by(SHARES).letter == "B"
    assert items[3].by(SHARES).distance == 1
    first, second = items_by_period(items, SHARES)
    assert (first.count, second.count) == ({"A": 1, "B": 1, "C": 0}, {"A": 1, "B": 1, "C": 0})
    assert (second.better, second.worse) == (("招商引资",), ("空气质量",))


@pytest.mark.parametrize(
    ("line", "row", "words"),
    [
        ("经济,招商引资,2026-Q1,A,,,,", 6, "只留一行"),
        ("经济,外贸,2026-Q1,,,,,", 6, "至少填一项"),
        ("经济,外贸,,A,,,,", 6, "时期"),
        ("经济,外贸,2026-Q1,,八十,,,", 6, "不是数"),
    ],
)
def test_a_row_that_is_wrong_is_told_with_its_row(line, row, words):
    _, problems = read_items((SHEET + line + "\n").encode(), name="x.csv")
    assert [(each.row, words in each.message[0]) for each in problems] == [(row, True)]


def test_a_sheet_of_something_else_is_refused_with_what_is_missing():
    with pytest.raises(AppraiseError, match="事项"):
        read_items("报表,时期\n经济,2026\n".encode(), name="x.csv")
