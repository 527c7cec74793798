"""What must hold of every completion and every board."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duheng import catalog
from duheng.appraise import Outturn, OutturnOrigin, Promised, board, completion
from duheng.plan import AtLeast, Nature, Polarity

RULES = tuple(catalog.load("grade_rules").values())
values = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.none() | st.integers(0, 12).map(Decimal), max_size=12)


def made(results):
    promised = [
        Promised(key=str(n), name=str(n), unit="%", nature=Nature.EXPECTED, target=AtLeast(value=Decimal(5), unit="%"))
        for n in range(len(results))
    ]
    outturns = {
        str(n): [Outturn(value=value, unit="%", origin=OutturnOrigin.REPORT)]
        for n, value in enumerate(results)
        if value is not None
    }
    return completion(promised, outturns, year=2025, as_of=date(2026, 2, 1))


@given(st.lists(st.none() | st.integers(0, 10).map(Decimal), min_size=1, max_size=20))
def test_another_target_that_is_met_never_lowers_completion(results):
    before, after = made(results).tally(), made([*results, Decimal(9)]).tally()
    assert after.rate >= before.rate
    assert after.bounds[0] == before.bounds[0] + 1


@given(st.lists(st.none() | st.integers(0, 10).map(Decimal), min_size=1, max_size=20))
def test_every_target_ends_somewhere_and_the_bounds_hold_what_will_be(results):
    count = made(results).tally()
    assert count.total == len(results)
    settled = [Decimal(0) if value is None else value for value in results]
    low, high = count.bounds
    assert low <= sum(value >= 5 for value in settled) <= high


@given(values, st.sampled_from((Polarity.HIGHER, Polarity.LOWER)))
def test_equal_values_share_a_rank_and_a_rank_counts_those_that_are_better(found, better):
    rows = {row.code: row for row in board(found, better=better).rows}
    known = {code: value for code, value in found.items() if value is not None}
    for code, value in known.items():
        ahead = sum(other > value if better is Polarity.HIGHER else other < value for other in known.values())
        assert rows[code].rank == ahead + 1
        assert rows[code].tied == (sum(other == value for other in known.values()) > 1)


@given(values, st.sampled_from(RULES))
def test_a_better_value_never_has_a_worse_grade_and_the_distance_leads_to_the_next(found, rule):
    made = board(found, rule=rule)
    letters = [rule.grades.index(row.grade.letter) for row in made.rows if row.grade]
    assert letters == sorted(letters)
    for row in made.rows:
        if row.grade and row.grade.distance is not None:
            lifted = board({**found, row.code: row.value + row.grade.distance}, rule=rule).of(row.code)
            assert rule.grades.index(lifted.grade.letter) <= rule.grades.index(row.grade.better)


@given(values)
def test_the_order_given_changes_no_rank(found):
    forth = {row.code: row.rank for row in board(found).rows}
    back = {row.code: row.rank for row in board(dict(reversed(found.items()))).rows}
    assert forth == back
