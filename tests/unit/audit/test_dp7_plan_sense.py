"""Plan sense: targets beside last year's results, counts that leave a question open."""

from tests.unit.audit.saying import HEAD, PAST, PLAN, explained, findings, raised
from tests.unit.audit.test_dt2_text_table import table

INVESTMENT = ("固定资产投资增速", "%", "预期性", "4")
AIR = ("环境空气质量优良天数", "天", "约束性", "≥300")
FINANCE = ("金融业增加值增速", "%", "预期性", "3")


def notes(rule, *lines, plan=""):
    return [each.message[0] for each in findings(rule, *lines, plan=plan) if not each.explanation]


def test_a_target_below_last_years_result_is_a_note():
    assert len(notes("DP701", "固定资产投资增长4.4%。", plan=table(INVESTMENT))) == 1
    assert notes("DP701", "固定资产投资增长3.8%。", plan=table(INVESTMENT)) == []


def test_a_floor_below_last_years_result_is_explained():
    assert explained("DP701", "空气质量优良天数达313天。", plan=table(AIR))
    assert notes("DP701", "空气质量优良天数达313天。", plan=table(AIR)) == []


def test_work_done_anew_each_year_is_not_held_against_last_years():
    assert findings("DP701", "新增城市道路9.3公里。", plan="新增城市道路8公里。") == ()


def test_bare_numbers_beside_bounded_ones_are_one_note():
    found = findings("DP702", plan=table(INVESTMENT, FINANCE, AIR))
    assert len(found) == 1
    assert len(found[0].spots) == 2
    assert findings("DP702", plan=table(INVESTMENT, FINANCE)) == ()


def test_only_the_plans_own_year_is_asked_about():
    head = "指标\t单位\t2024年计划\t2024年完成\t2025年目标\n"
    settled = "高新技术企业数\t家\t90\t86\t95以上\n城镇新增就业\t人\t8000\t8100\t8000左右\n"
    assert findings("DP702", plan=head + settled) == ()
    (asked,) = findings("DP702", plan=head + settled + "固定资产投资增速\t%\t5\t4.4\t4\n")
    assert len(asked.spots) == 1
    assert "3个数值目标有1个没有限定词（固定资产投资增速）" in asked.message[0]


def test_a_note_is_printed_in_its_own_words(tmp_path, audit):
    (note,) = findings("DP701", "固定资产投资增长4.4%。", plan=table(INVESTMENT))
    assert (note.expected[0], note.found[0]) == ("4.4%", "4%")
    assert not note.corrects
    report = tmp_path / "报告.txt"
    report.write_text(HEAD + PAST + "固定资产投资增长4.4%。\n" + PLAN + table(INVESTMENT), "utf-8")
    for form in ("text", "html"):
        printed = audit(str(report), "--select", "DP701", "--format", form).out
        assert "DP701" in printed
        assert "应为" not in printed
        assert "expected" not in printed


def test_those_not_met_must_be_named():
    told = "区人大批准的2024年计划报告33项指标，共完成25项，完成率76%。"
    assert len(notes("DP703", told)) == 1
    assert notes("DP703", told + "未完成的8项指标为固定资产投资增速、金融业增加值增速等。") == []


def test_indicators_of_which_nothing_is_told_are_one_note():
    found = findings("DP704", "固定资产投资增长3.8%。", plan=table(INVESTMENT, FINANCE))
    assert len(found) == 1
    assert "金融业增加值增速" in found[0].message[0]
    assert "固定资产投资增速" not in found[0].message[0]


def test_fewer_aimed_at_than_there_are_is_found():
    reached = "新增科技型企业249家，累计达785家。"
    assert len(raised("DP705", reached, plan="科技型企业达100家。")) == 1
    assert raised("DP705", reached, plan="科技型企业达1000家。") == []
    assert raised("DP705", reached, plan="新增科技型企业100家。") == []
    assert len(raised("DP705", "有效期高企数量达173家。", plan="高新技术企业达20家。")) == 1


def test_less_than_half_of_what_was_reached_is_found():
    reached = "技术合同交易额达20亿元。"
    assert len(raised("DP705", reached, plan="技术合同认定登记金额达到2.2亿元。")) == 1
    assert raised("DP705", reached, plan="技术合同认定登记金额达到18亿元。") == []
    assert raised("DP705", "生产安全事故死亡人数达14人。", plan="生产安全事故死亡人数控制在3人以内。") == []
