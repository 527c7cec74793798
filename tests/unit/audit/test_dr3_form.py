"""References, numbering, style, repeats and the shape of tables."""

import pytest
from tests.unit.audit.checked import told

HEADS = "一、上年回顾\n（一）指标\n经济向好。\n（二）项目\n进展顺利。\n（三）任务\n完成较好。\n（四）问题\n还有不足。\n二、今年安排\n（一）目标\n增长6%。\n"
CAPTIONS = "总说。\n专栏1：甲\n\t甲项目；乙项目；丙项目。\n\n专栏2：乙\n\t丁项目；戊项目；己项目。\n\n专栏3：丙\n\t庚项目；辛项目；壬项目。\n\n"
ROWS = "".join(f"\t{n}\n\t指标{name}增速\n\t（%）\n\t预期性\n\t{n}.5\n\n" for n, name in enumerate("甲乙丙丁戊己", start=1))
TABLE = f"表1：预期目标\n\t序号\n\t指标名称\n\t单位\n\t指标属性\n\t2025年目标\n\n{ROWS}\n以上。\n"


@pytest.mark.parametrize(
    ("rule", "text"), [("dr302_numbering", HEADS), ("dr303_style", HEADS), ("dr302_numbering", CAPTIONS), ("dr305_table", TABLE)]
)
def test_a_report_in_order_raises_nothing(rule: str, text: str):
    assert told(rule, text) == []


def test_a_table_that_is_cited_and_not_there_is_an_error():
    (found,) = told("dr301_cited", f"指标详见表2。\n{TABLE}")
    assert found.startswith("error 正文引用了“表2”，但全文只有表1。")


@pytest.mark.parametrize("text", [f"指标详见表1。\n{TABLE}", f"报表2张、代表3人、图表4份。\n{TABLE}"])
def test_a_table_that_is_there_and_words_that_end_in_the_same_character_are_no_finding(text: str):
    assert told("dr301_cited", text) == []


def test_an_annex_of_another_file_is_a_note():
    (found,) = told("dr301_cited", "任务分解见附件2。\n一、总则\n要抓好落实。\n")
    assert found.startswith("note ")


def test_one_box_that_nobody_cites_among_others_is_a_note():
    assert [each.split("没有")[0] for each in told("dr301_cited", f"（见专栏1、专栏2）。\n{CAPTIONS}")] == ["note 专栏3"]


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("（三）任务", "（四）任务", "error 编号“（四）”应为“（三）”"),
        ("（三）任务", "（七）任务", "error 编号“（七）”应为“（三）”"),
        ("（四）问题", "（五）问题", "warning 编号在“（三）”之后就是“（五）”，缺“（四）”"),
        ("（四）问题", "（三）问题", "error 编号“（三）”重复，此处应为“（四）”"),
        ("（三）任务\n完成较好。\n", "", "warning 编号在“（二）”之后就是“（四）”"),
        ("二、今年", "三、今年", "warning 编号在“一、”之后就是“三、”"),
    ],
)
def test_a_heading_out_of_turn(was: str, now: str, expected: str):
    (found,) = told("dr302_numbering", HEADS.replace(was, now))
    assert found.startswith(expected)


def test_work_items_may_run_on_through_the_parts():
    parts = "一、今年工作\n（一）甲\n1.增效。\n2.提质。\n（二）乙\n3.开放。\n4.创新。\n（三）丙\n5.惠民。\n"
    assert told("dr302_numbering", parts) == []
    (found,) = told("dr302_numbering", parts.replace("3.开放", "2.开放"))
    assert "应为“3.”" in found


@pytest.mark.parametrize(
    "wrong", ["一是甲；二是乙；四是丙；四是丁。", "一是甲；二是乙；三是丙；五是丁。", "一是甲；一是乙；三是丙；四是丁。"]
)
def test_items_of_a_paragraph_out_of_turn(wrong: str):
    assert told("dr302_numbering", f"一、问题\n主要有：{wrong}\n") != []
    assert told("dr302_numbering", "一、问题\n主要有：一是甲；二是乙；三是丙；四是丁。\n居全国第一，成为第二大市场。\n") == []


def test_the_number_of_a_box_used_twice():
    (found,) = told("dr302_numbering", CAPTIONS.replace("专栏2", "专栏3"))
    assert found.startswith("error 编号“专栏3”应为“专栏2”")


def test_a_lone_heading_in_another_form_is_a_matter_of_style_and_not_a_gap():
    text = HEADS.replace("（一）指标", "（1）指标")
    (found,) = told("dr303_style", text)
    assert found.startswith("warning 同级标题编号写法不一：此处写作“（1）”，其后同级写作“（二）”")
    assert told("dr302_numbering", text) == []


def test_half_width_brackets_among_full_width_ones_are_a_note():
    assert [each[:4] for each in told("dr303_style", HEADS.replace("（三）任务", "(三)任务"))] == ["note"]


@pytest.mark.parametrize(
    "text",
    [
        CAPTIONS.replace("乙项目；丙项目", "甲项目名；甲项目名"),
        "要建设数字大厅、智慧中心、数字大厅等平台。",
        "全力推进重大项目建设，不断增强经济社会发展的后劲和韧性。全力推进重大项目建设，不断增强经济社会发展的后劲和韧性。",
        TABLE.replace("指标丙增速", "指标乙增速"),
    ],
)
def test_what_stands_twice(text: str):
    (found,) = told("dr304_twice", text)
    assert found.startswith("warning 同一")


@pytest.mark.parametrize(
    "text", [CAPTIONS, TABLE, "批发、零售、住宿分别增长10%、15%、15%、15%。", "其中：甲类项目、乙类项目、丙类项目。"]
)
def test_what_only_looks_alike_stands_once(text: str):
    assert told("dr304_twice", text) == []


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("\t4\n\t指标丁", "\t5\n\t指标丁", "error 表中序号“5”不连续，此处应为“4”"),
        ("\t指标丁增速\n\t（%）\n", "\t指标丁增速\n", "warning 这一行有4格，其他各行有5格"),
        (
            "\t指标丁增速\n\t（%）\n\t预期性\n\t4.5\n",
            "\t指标丁增速\n\t预期性\n\t4.5\n\t（%）\n",
            "warning 这一行的内容与各列不符",
        ),
    ],
)
def test_a_table_out_of_shape(was: str, now: str, expected: str):
    (found, *_) = told("dr305_table", TABLE.replace(was, now))
    assert found.startswith(expected)
