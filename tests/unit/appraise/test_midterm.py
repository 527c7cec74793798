"""Mid-term classes, by hand."""

import math
from decimal import Decimal

import pytest

from duheng import catalog
from duheng.appraise import LongKind, LongTarget, MidtermClass, midterm, read_long_targets
from duheng.errors import AppraiseError

RULE = catalog.load("midterm_rules")["usual"]


def aim(kind, target, values, *, base=None, start=2020, end=2025):
    years = {start + place: Decimal(str(value)) for place, value in enumerate(values, start=1) if value is not None}
    return LongTarget(
        name="x",
        unit="",
        kind=kind,
        base_year=start,
        end_year=end,
        target=Decimal(str(target)),
        base=Decimal(str(base)) if base is not None else None,
        values=years,
    )


def at(target, by=2023):
    return midterm(target, by=by, rule=RULE)


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (70, MidtermClass.ACHIEVED_EARLY),
        (66.6, MidtermClass.AHEAD),
        (66.5, MidtermClass.IN_LINE),
        (65.5, MidtermClass.IN_LINE),
        (65.4, MidtermClass.BEHIND),
    ],
)
def test_a_level_is_held_against_the_time_that_is_gone(value, result):
    found = at(aim(LongKind.LEVEL, 70, [None, None, value], base=60))
    assert found.result is result
    assert found.elapsed == pytest.approx(0.6)
    assert found.progress == pytest.approx((value - 60) / 10)


def test_a_level_that_falls_goes_the_same_way():
    found = at(aim(LongKind.LEVEL, 30, [None, None, 34], base=40))
    assert (found.progress, found.result) == (pytest.approx(0.6), MidtermClass.IN_LINE)
    assert found.needed == pytest.approx(-2)


def test_amounts_add_up():
    found = at(aim(LongKind.CUMULATIVE, 1000, [200, 250, 300]))
    assert (found.progress, found.lag, found.needed) == (pytest.approx(0.75), pytest.approx(15), pytest.approx(125))
    assert found.result is MidtermClass.AHEAD


def test_average_growth_tells_what_the_rest_must_grow_by():
    found = at(aim(LongKind.AVERAGE_GROWTH, 6, [8, 3, 5]))
    needed = (1.06**5 / (1.08 * 1.03 * 1.05)) ** (1 / 2) - 1
    assert found.needed == pytest.approx(needed * 100)
    assert found.progress == pytest.approx(math.log(1.08 * 1.03 * 1.05) / (5 * math.log(1.06)))
    assert found.result is MidtermClass.BEHIND or found.lag > -5


def test_falls_multiply():
    found = at(aim(LongKind.REDUCTION, 14.5, [3, 3, 3]))
    assert found.progress == pytest.approx(3 * math.log(0.97) / math.log(0.855))
    assert found.needed == pytest.approx((1 - (0.855 / 0.97**3) ** 0.5) * 100)
    assert at(aim(LongKind.REDUCTION, 14.5, [6, 6, 6])).result is MidtermClass.ACHIEVED_EARLY


def test_a_ceiling_has_headroom_and_no_progress():
    found = at(aim(LongKind.CEILING, 5.5, [5.2, 5.4, 5.0]))
    assert (found.result, found.headroom, found.progress) == (MidtermClass.IN_LINE, Decimal("0.5"), None)
    assert at(aim(LongKind.CEILING, 5.5, [5.2, 5.4, 5.6])).result is MidtermClass.BEHIND
    assert at(aim(LongKind.FLOOR, 95, [96, 96, 94])).headroom == -1


def test_a_level_that_starts_where_it_ends_only_has_to_stay():
    assert at(aim(LongKind.LEVEL, 100, [100, 100, 100], base=100)).result is MidtermClass.IN_LINE


def test_at_the_end_it_is_there_or_it_is_not():
    assert at(aim(LongKind.LEVEL, 70, [None] * 4 + [70], base=60), by=2025).result is MidtermClass.IN_LINE
    assert at(aim(LongKind.LEVEL, 70, [None] * 4 + [69.9], base=60), by=2025).result is MidtermClass.BEHIND


def test_what_is_not_known_is_said():
    assert at(aim(LongKind.CUMULATIVE, 10, [])).result is MidtermClass.NOT_YET_KNOWN
    gap = at(aim(LongKind.CUMULATIVE, 10, [1, None, 3]))
    assert gap.result is MidtermClass.NOT_YET_KNOWN
    assert "2022" in gap.why[0]
    assert at(aim(LongKind.LEVEL, 70, [None, None, 69], base=60), by=2022).year is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: aim(LongKind.LEVEL, 70, [61]),
        lambda: aim(LongKind.LEVEL, 70, [61], base=60, end=2020),
        lambda: aim(LongKind.REDUCTION, 114, [3]),
        lambda: aim(LongKind.AVERAGE_GROWTH, 5, [-100]),
    ],
)
def test_a_target_that_cannot_be_is_refused(wrong):
    with pytest.raises(AppraiseError):
        wrong()


HEADS = "指标,单位,类型,基年,目标年,基期值,目标值,2021,2022年,2023\n"


def test_a_sheet_has_a_target_a_row_and_a_year_a_column():
    text = HEADS + "常住人口城镇化率,%,水平,2020,2025,60,70,61.5,63,69\n固定资产投资,亿元,累计,2020,2025,,1000,200,250,300\n"
    targets, problems = read_long_targets(text.encode(), name="x.csv")
    assert not problems
    assert targets[0].values == {2021: Decimal("61.5"), 2022: Decimal(63), 2023: Decimal(69)}
    assert [at(each).result for each in targets] == [MidtermClass.AHEAD, MidtermClass.AHEAD]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("甲,%,随便,2020,2025,60,70,61,,", "没有“随便”这种类型"),
        ("甲,%,水平,2020,2025,,70,61,,", "基期值"),
        ("甲,%,水平,2020,2025,60,七十,61,,", "不是数"),
        ("甲,%,水平,2020,2025,60,70,六十一,,", "2021"),
        ("甲,%,水平,2025,2020,60,70,61,,", "晚于基年"),
    ],
)
def test_what_is_wrong_is_told_by_row(line, words):
    targets, problems = read_long_targets((HEADS + line + "\n").encode(), name="x.csv")
    assert (targets, len(problems), problems[0].row) == ((), 1, 2)
    assert words in problems[0].message[0]
