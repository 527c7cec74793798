"""Land productivity by published rules, on enterprises whose points can be worked out by hand."""

import numpy as np
import pytest
from tests.unit.appraise.firms import HEAD, above, below, scored, table

from duheng import appraise
from duheng.appraise import DataTable, Enterprises, land_rules, score_sheet, steadiness
from duheng.errors import AppraiseError, CatalogError, DuhengError

MANY = [above(f"E{place:02}", tax=100 + 10 * place) for place in range(20)]


def test_the_published_formula_above_scale():
    found = scored("E1,甲,above,50,1200,6800,30000,31000,2500,1.5,300,900,800")
    wanted = {
        "tax_per_mu": 1200 / 50 / 24.097 * 30,
        "value_added_per_mu": 6800 / 50 / 136.16 * 20,
        "value_added_per_energy": 6800 / 2500 / 2.694 * 20,
        "value_added_per_emission": 6800 / 1.5 / 4929.81 * 10,
        "labour_productivity": 6800 / 300 / 18.14 * 10,
        "rd_share": 900 / 30000 / 0.0302 * 10,
    }
    assert {code: column[0] for code, column in found.points.items() if not np.isnan(column[0])} == pytest.approx(
        wanted, rel=1e-12
    )
    assert found.score[0] == pytest.approx(sum(wanted.values()), rel=1e-12)


def test_the_published_formula_below_scale():
    found = scored("E1,乙,below,5,60,,,,,,,,40")
    assert found.score[0] == pytest.approx(60 / 5 / 11.5932 * 50 + 60 / 40 / 0.2352 * 50, rel=1e-12)


def test_who_is_just_at_every_baseline_has_a_hundred_points():
    assert scored(above("E1")).score[0] == pytest.approx(100, abs=0.01)
    assert scored(below("E1")).score[0] == pytest.approx(100, abs=0.01)


def test_without_emission_data_the_item_is_the_mean_of_those_above_scale():
    found = scored(
        above("E1", emissions=0.1), above("E2", emissions=0.4), above("E3", emissions=""), above("E4", emissions=0), below("E5")
    )
    points = found.points["value_added_per_emission"]
    assert points[2] == points[3] == pytest.approx((1361.6 / 0.1 + 1361.6 / 0.4) / 2 / 4929.81 * 10, rel=1e-12)
    assert found.how["value_added_per_emission"].tolist()[:4] == ["", "", "mean", "mean"]
    assert np.isnan(points[4])


def test_a_negative_item_counts_nothing():
    found = scored(above("E1", tax=-50), above("E2"))
    assert found.points["tax_per_mu"][0] == 0
    assert found.how["tax_per_mu"][0] == "negative"


def test_the_sizes_are_ranked_apart_and_ties_share():
    found = scored(above("E1"), above("E2", tax=300), above("E3"), below("E4"), below("E5", tax=1))
    assert found.rank.tolist() == [2, 1, 2, 1, 2]


def test_grades_are_cut_at_25_70_and_95_percent_each_included():
    found = scored(*MANY)
    by_rank = [grade for _, grade in sorted(zip(found.rank.tolist(), found.grade, strict=True))]
    assert by_rank == ["A"] * 5 + ["B"] * 9 + ["C"] * 5 + ["D"]


def test_another_rule_cuts_grades_otherwise():
    found = scored(*MANY, grading="land-tongling-2021")
    assert sorted(found.grade).count("A") == 4
    assert sorted(found.grade).count("B") == 9


def test_who_is_exempt_takes_part_without_a_grade_and_is_treated_as_b():
    head = HEAD + ",exempt"
    rows = [f"{row}," for row in MANY] + [f"{above('E99', tax=9999, staff=0)},公用事业"]
    found = scored(*rows, head=head)
    assert found.grade[-1] == "B"
    assert found.rank[-1] == 0
    assert sum(grade == "A" for grade in found.grade) == 5  # of twenty, not of twenty-one
    assert score_sheet(found, "E99").exempt == ("公用事业", "utility")


def test_bonus_and_penalty_count_where_the_rules_know_them():
    head = HEAD + ",bonus,penalty"
    rows = [f"{above('E1')},5,2", f"{above('E2')},,"]
    found = scored(*rows, head=head, rules="prefecture")
    assert found.score[0] - found.score[1] == pytest.approx(3)
    assert scored(*rows, head=head).score[0] == scored(*rows, head=head).score[1]


def test_a_group_mean_is_the_baseline_where_the_rules_say_so():
    found = scored(above("E1", tax=100), above("E2", tax=300), rules="prefecture")
    assert found.baselines["above", "tax_per_mu"] == 20
    assert found.points["tax_per_mu"].tolist() == [22.5, 67.5]


def test_land_used_is_own_and_leased_in_less_leased_out():
    head = HEAD.replace("land_mu", "land_own,land_leased_in,land_leased_out")
    rows = ["E1,甲,below,10,3,,120,,,,,,,,50", "E2,乙,below,20,,7,120,,,,,,,,50"]
    found = scored(*rows, head=head)
    assert found.enterprises.values["land_mu"].tolist() == [13, 13]
    assert found.score[0] == found.score[1]


def test_chinese_heads_with_units_are_understood():
    head = "企业代码,企业名称,规模,用地面积（亩）,评价税收（万元）,用电量（万千瓦时）"
    found = scored("E1,甲,规下,5,60,40", head=head)
    assert found.score[0] == scored("E1,乙,below,5,60,,,,,,,,40").score[0]


@pytest.mark.parametrize("row", range(20))
def test_a_sheet_can_be_recomputed_by_hand(row):
    found = scored(*MANY)
    sheet = score_sheet(found, f"E{row:02}")
    for line in sheet.lines:
        assert line.points == pytest.approx(line.numerator / line.denominator / line.baseline * line.weight, rel=1e-12)
    assert sheet.score == pytest.approx(sum(line.points for line in sheet.lines) + sheet.bonus - sheet.penalty, rel=1e-12)


def test_what_would_lift_an_enterprise_lifts_it():
    """Put into the table, the least that is said to do does, and a little less does not."""
    sheet = score_sheet(scored(*MANY), "E10")
    assert (sheet.grade, sheet.better) == ("B", "A")
    lifts = {lift.column: lift for lift in sheet.lifts}
    tax = lifts["tax"].needed
    assert tax == pytest.approx(250)  # that of the fifth of twenty
    for value, grade in ((tax + 0.001, "A"), (tax - 0.001, "B")):
        rows = [*MANY[:10], above("E10", tax=value), *MANY[11:]]
        assert scored(*rows).grade[10] == grade
    staff = lifts["staff"].needed
    assert scored(*MANY[:10], above("E10", tax=200, staff=staff * 0.999), *MANY[11:]).grade[10] == "A"
    assert scored(*MANY[:10], above("E10", tax=200, staff=staff * 1.001), *MANY[11:]).grade[10] == "B"


def test_at_the_top_there_is_nothing_to_lift():
    sheet = score_sheet(scored(*MANY), "E19")
    assert (sheet.grade, sheet.better, sheet.distance, sheet.lifts) == ("A", "", None, ())


def test_a_sheet_says_its_arithmetic_in_words():
    line = score_sheet(scored("E1,甲,below,5,60,,,,,,,,40"), "E1").lines[0]
    assert line.sentence[0] == "亩均税收 = 税收 ÷ 用地面积 = 60 ÷ 5 = 12 万元/亩；12 ÷ 11.5932 × 50 = 51.75 分"
    assert line.sentence[1] == "tax per mu = tax ÷ land used = 60 ÷ 5 = 12; 12 ÷ 11.5932 × 50 = 51.75 points"


def test_grades_that_only_weights_part_are_told_as_unsteady():
    rows = [below("E0", tax=300), below("E1", tax=290), below("E2", tax=1), below("E3", tax=1, land=20)]
    found = scored(*rows)
    steady = steadiness(found, draws=200, seed=1)
    assert steady.kept.tolist() == [1.0, 1.0, 1.0, 1.0]  # better in both items in every draw
    pair = (below("E0", tax=120, land=8, power=600), below("E1", tax=120, land=12, power=400))
    mixed = scored(*pair, below("E2", tax=1), below("E3", tax=1))
    unsteady = steadiness(mixed, draws=500, seed=1, move=0.5)
    assert 0.2 < unsteady.kept[0] < 1
    assert unsteady.shares.sum(axis=1).tolist() == pytest.approx([1, 1, 1, 1])
    again = steadiness(mixed, draws=500, seed=1, move=0.5)
    assert np.array_equal(again.shares, unsteady.shares)


def test_what_if_says_who_moves():
    """The prefecture's rule looks at tax per mu only; Huangyan's at tax per unit of electricity too."""
    rows = [
        below("E0", tax=100, power=10_000),
        below("E1", tax=90, power=90),
        below("E2", tax=50, power=100),
        below("E3", tax=10, power=100),
    ]
    ours, theirs = (scored(*rows, rules=rules) for rules in ("huangyan-2022", "prefecture"))
    told = {each.code: (each.grade, each.other_grade) for each in appraise.moved(ours, theirs)}
    assert told == {"E0": ("C", "A"), "E1": ("A", "B"), "E2": ("B", "C")}


def test_the_printed_table_has_exactly_the_columns_asked_for():
    rows = list(appraise.land_rows(scored(above("E1"), below("E2"))))
    assert rows[0][:4] == ["code", "score", "grade", "rank"]
    assert rows[0][4:] == [
        "tax_per_mu", "value_added_per_mu", "value_added_per_energy", "value_added_per_emission", "labour_productivity", "rd_share", "tax_per_power",
    ]  # fmt: skip
    assert float(rows[1][1]) == sum(float(cell) for cell in rows[1][4:] if cell)
    assert rows[2][5:10] == [""] * 5


def test_last_years_means_are_baselines_where_the_rules_say_so(tmp_path):
    overlay = _overlay(tmp_path, "baseline_of: last_year")
    rule = land_rules("ours", overlay=overlay)
    now = Enterprises.of(table(below("E1", tax=60, land=5)), rule)
    then = Enterprises.of(table(below("E1", tax=60, land=10), below("E2", tax=20, land=10)), rule)
    assert appraise.land(now, rule, last_year=then).score[0] == 300  # 12 against 4
    with pytest.raises(AppraiseError, match="Give last year's table"):
        appraise.land(now, rule)


def test_a_cap_holds_an_item(tmp_path):
    rule = land_rules("ours", overlay=_overlay(tmp_path, 'baseline: "10", cap: "120"'))
    found = appraise.land(Enterprises.of(table(below("E1", tax=500)), rule), rule)
    assert found.score[0] == 120
    assert found.how["tax_per_mu"][0] == "capped"


def _overlay(folder, held, *, weight="100", cuts='["0.25", "0.7", "0.95"]'):
    """A workspace's catalog with one rule set that looks at tax per mu only."""
    head = 'version: "1"\ndate: "2026-01-01"\nsource: trial\n'
    rule = "land_rules:\n  - {code: ours, zh: 我区, en: ours, grading: our_grades, source: trial}\n"
    terms = "land_terms:\n" + "".join(
        f'  - {{code: ours.{size}, rule: ours, size: {size}, metric: tax_per_mu, weight: "{weight}", {held}}}\n'
        for size in ("above", "below")
    )
    grades = f"grade_rules:\n  - {{code: our_grades, zh: 我区, en: ours, graded_by: share, grades: [A, B, C, D], cuts: {cuts}, said_zh: 试, said_en: trial, source: trial}}\n"
    (folder / "land.yml").write_text(head + rule + terms, encoding="utf-8")
    (folder / "grades.yml").write_text(head + grades, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cuts": '["0.25", "0.2", "0.95"]'}, "the cuts overlap, or are out of order"),
        ({"cuts": '["0.25", "0.95"]'}, "4 grades need 3 cuts"),
        ({"weight": "90"}, "add up to 90, not to 100"),
        ({"held": "missing: mean"}, "give either a baseline, or baseline_of"),
    ],
)
def test_a_rule_set_that_makes_no_sense_is_told(tmp_path, change, says):
    overlay = _overlay(tmp_path, **{"held": 'baseline: "10"', **change})
    with pytest.raises((AppraiseError, CatalogError), match=says):
        land_rules("ours", overlay=overlay)


def test_a_rule_set_or_grading_that_is_not_there_is_told_with_those_that_are():
    for arguments in (("x",), ("huangyan-2022", "y")):
        with pytest.raises(AppraiseError, match="use one of") as told:
            land_rules(arguments[0], grading=arguments[1] if len(arguments) > 1 else "")
        assert "huangyan-2022" in told.value.message("zh") or "land-prefecture" in told.value.message("zh")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([above("E1"), above("E1")], "firms.csv, row 3, column “code”: “E1” was given in row 2 already"),
        ([above("E1", land=0)], "column “land_mu”, row 2 (E1): the land used"),
        ([above("E1", land=-3)], "must be above 0 mu"),
        ([above("E1", land="")], "must be above 0 mu"),
        ([above("E1", tax="很多")], "row 2, column “tax”: “很多” is not a number"),
        ([above("E1", rd="")], "column “rd”, row 2 (E1): R&D as a share of revenue needs it"),
        (
            [above("E1", staff=0), above("E2", staff=0)],
            "column “staff”, row 2 (E1), 3 (E2): it is 0, and labour productivity is divided by it",
        ),
        ([above("E1", staff=-1)], "it is below 0"),
        ([above("E1", emissions="")], "nobody has data for value added per unit of emissions"),
        ([above("E1").replace("above", "大")], "“大” is neither above nor below"),
        ([], "holds no enterprise"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_cell(rows, says):
    with pytest.raises(DuhengError) as told:
        scored(*rows)
    assert says in told.value.message("en")
    assert told.value.message("zh") != told.value.message("en")


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (HEAD.replace("tax", "taxx"), "the column “taxx” is unknown (did you mean “tax”?)"),
        (HEAD.replace("tax,", "用电量,"), "are one and the same column"),
        (HEAD.replace(",staff", ""), "the rules Huangyan 2022 need the columns staff"),
        (HEAD.replace("scale", "industry"), "need the columns scale"),
    ],
)
def test_what_is_wrong_with_the_heads_is_told(head, says):
    with pytest.raises(AppraiseError) as told:
        scored(above("E1"), head=head)
    assert says in told.value.message("en")


def test_a_column_that_means_nothing_may_be_left_out():
    rule = land_rules("huangyan-2022")
    rows = DataTable.of(f"{HEAD},备注\n{above('E1')},好\n".encode(), name="firms.csv")
    with pytest.raises(AppraiseError, match="“备注” is unknown"):
        Enterprises.of(rows, rule)
    assert len(Enterprises.of(rows, rule, ignore=["备注"])) == 1


def test_an_exemption_nobody_knows_is_told_with_those_that_are():
    with pytest.raises(AppraiseError, match="“优秀” is nothing that these rules have a word on; use one of utility"):
        scored(f"{above('E1')},优秀", head=HEAD + ",exempt")


@pytest.mark.parametrize("code", ["huangyan_2022", "huangyan_2021", "prefecture", "jiangjin_2022"])
def test_every_shipped_rule_set_says_where_it_is_from_and_what_is_not_verified(code):
    told = appraise.rules_plain(land_rules(code))
    assert told["source"]
    assert told["note"]["zh"]
    assert told["note"]["en"]
    assert told["formula"]["above"]["zh"].startswith("规上企业得分 = ")
    formulas, grades = appraise.land_method(land_rules(code))
    assert len(formulas.rows) == sum(len(terms) for terms in land_rules(code).terms.values())
    assert all(len(row) == len(formulas.heads) for row in formulas.rows)
    assert ("未核实" in formulas.says[2][0]) == (not told["verified"])
    assert "按 B 类管理" in grades.says[2][0]
    assert any("示例，未核实" in zh for zh, _ in grades.says) == (code == "prefecture")


def test_lines_of_title_above_the_heads_are_passed_over(tmp_path):
    rule = land_rules("huangyan-2022")
    path = tmp_path / "firms.csv"
    path.write_text(f"2025年度企业数据,,单位：万元\n\n{HEAD}\n{above('E1')}\n", encoding="utf-8")
    for found in (Enterprises.open(path, rule), Enterprises.of(DataTable.of(path.read_bytes(), name="firms.csv"), rule)):
        assert found.codes == ("E1",)
        assert found.table.lines == [4]


def test_a_floor_holds_an_item_and_a_negative_one_may_be_let_through(tmp_path):
    for held, score, how in (('baseline: "10", floor: "20"', 20, "floored"), ('baseline: "10", negative: "true"', -50, "")):
        rule = land_rules("ours", overlay=_overlay(tmp_path, held))
        found = appraise.land(Enterprises.of(table(below("E1", tax=-50)), rule), rule)
        assert (found.score[0], found.how["tax_per_mu"][0]) == (score, how)
    with pytest.raises(CatalogError, match="its floor is not below its cap"):
        land_rules("ours", overlay=_overlay(tmp_path, 'baseline: "10", floor: "20", cap: "20"'))


def test_a_corrected_number_ranks_everybody_anew():
    found = scored(*MANY)
    assert found.grade[10] == "B"
    after = appraise.supposed(found, "E10", {"land_mu": 5.0})
    assert after.rank[10] == 1
    assert after.grade[10] == "A"
    assert after.grade[15] == "B"  # who was the fifth
    assert found.rank[10] == 10  # the first evaluation is as it was
    assert np.array_equal(after.score, scored(*MANY[:10], above("E10", tax=200, land=5), *MANY[11:]).score)
    for code, changes, says in (
        ("X", {}, "there is no enterprise “X”"),
        ("E10", {"output": 1.0}, "“output” is no number that these rules look at; use one of tax, land_mu"),
        ("E10", {"land_mu": 0.0}, "land_mu cannot be 0"),
    ):
        with pytest.raises(AppraiseError, match=says):
            appraise.supposed(found, code, changes)


def test_industries_stand_side_by_side_and_last_years_grades_against_this_years():
    head = HEAD + ",industry,last_grade"
    rows = [f"{row},{'食品' if place % 2 else '机械'},{'A' if place > 14 else 'C'}" for place, row in enumerate(MANY)]
    found = scored(*rows, head=head)
    food, machines = appraise.industries(found)
    assert (food.industry, food.size, food.count, machines.industry) == ("食品", "above", 10, "机械")
    assert food.mean > machines.mean
    assert food.grades["A"] + machines.grades["A"] == 5
    assert appraise.turned(found) == {"A": {"A": 5, "B": 0, "C": 0, "D": 0}, "C": {"A": 0, "B": 9, "C": 5, "D": 1}}


def test_a_rule_set_answers_to_its_name():
    assert land_rules("黄岩2022").entry.code == land_rules("Huangyan 2022").entry.code == land_rules("HUANGYAN-2022").entry.code


ADJUSTED = HEAD + ",调整事项"


def with_circumstances(**said):
    """Twenty below scale, the first the best, some in circumstances, by the prefecture's rules: A to 5, B to 14, C to 19, D 20."""
    rows = [f"{below(f'E{place:02}', tax=500 - place)},{said.get(f'E{place:02}', '')}" for place in range(1, 21)]
    return scored(*rows, head=ADJUSTED, rules="prefecture")


def test_circumstances_raise_lower_and_bound_grades_and_leave_ranks():
    found = with_circumstances(E01="安全事故", E02="环境违法", E06="上市", E10="listed", E20="上市；安全事故")
    grades = dict(zip(found.enterprises.codes, found.grade, strict=True))
    assert (grades["E01"], grades["E02"], grades["E03"]) == ("D", "C", "A")
    assert (grades["E06"], grades["E10"], grades["E20"]) == ("A", "A", "D")  # what bounds comes last
    assert found.rank.tolist() == list(range(1, 21))
    assert found.by_rank[0] == "A"
    sheet = score_sheet(found, "E01")
    assert (sheet.grade, sheet.by_rank, sheet.better, sheet.lifts) == ("D", "A", "", ())
    assert sheet.adjustments == (
        (
            "较大及以上生产安全事故：不高于 D 类（示例，未核实）",
            "grave accident at work: no grade better than D (an example, not verified)",
        ),
    )


def test_circumstances_bring_points_once():
    found = with_circumstances(E02="高企、高新技术企业")
    plain = with_circumstances()
    assert found.score[1] - plain.score[1] == pytest.approx(3)
    assert found.bonus.tolist() == [0, 3, *[0] * 18]


def test_rules_that_know_no_circumstances_do_not_look_at_them():
    assert scored(f"{below('E1')},什么都行", head=ADJUSTED).enterprises.adjusted == ((),)


def test_a_circumstance_nobody_knows_is_told():
    with pytest.raises(
        AppraiseError, match="column “调整事项”: “得奖” is nothing that these rules have a word on; use one of safety_accident"
    ):
        with_circumstances(E03="得奖")
