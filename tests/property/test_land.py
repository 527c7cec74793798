"""What holds of every evaluation of land productivity."""

from hypothesis import given, settings
from hypothesis import strategies as st

from duheng.appraise import score_sheet
from tests.unit.appraise.firms import above, scored

AMOUNT = st.integers(1, 5000)
FIRMS = st.lists(
    st.fixed_dictionaries({"land": AMOUNT, "tax": st.integers(-100, 5000), "value_added": AMOUNT, "staff": AMOUNT}),
    min_size=2,
    max_size=12,
)
BETTER = st.sampled_from([("tax", 1), ("value_added", 1), ("staff", -1), ("land", -1)])


def _rows(firms):
    return [above(f"E{place:02}", **firm) for place, firm in enumerate(firms)]


@settings(deadline=None)
@given(FIRMS, BETTER, st.integers(1, 1000), st.data())
def test_a_better_value_never_lowers_a_score(firms, better, by, data):
    place = data.draw(st.integers(0, len(firms) - 1))
    column, sign = better
    changed = [dict(firm) for firm in firms]
    changed[place][column] = (
        max(1, changed[place][column] + sign * by) if sign < 0 or column != "tax" else changed[place][column] + by
    )
    before, after = scored(*_rows(firms)), scored(*_rows(changed))
    assert after.score[place] >= before.score[place] - 1e-9


@settings(deadline=None)
@given(FIRMS)
def test_every_score_is_the_sum_of_its_sheet(firms):
    found = scored(*_rows(firms))
    for code in found.enterprises.codes:
        sheet = score_sheet(found, code)
        by_hand = sum(max(0.0, line.numerator / line.denominator / line.baseline * line.weight) for line in sheet.lines)
        assert abs(sheet.score - by_hand) <= 1e-9 * max(1.0, by_hand)


@settings(deadline=None)
@given(FIRMS)
def test_the_same_numbers_share_rank_and_grade_and_a_higher_score_has_no_worse_one(firms):
    found = scored(*_rows([*firms, firms[0]]))
    assert found.rank[0] == found.rank[-1]
    assert found.grade[0] == found.grade[-1]
    order = sorted(range(len(found.score)), key=lambda place: -found.score[place])
    assert [found.rank[place] for place in order] == sorted(found.rank.tolist())
    assert [found.grade[place] for place in order] == sorted(found.grade)
