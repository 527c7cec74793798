"""Names one character apart, marks in pairs, doubled words, widths."""

import pytest
from tests.unit.audit.checked import told
from tests.unit.audit.saying import raised

BOXED = "专栏1：重点项目\n\t项目：城北万吨商旅融合总部基地；城南公园；城西水厂。\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "迭代升级“十项行动”“四张清单”。\n闭环落实“十项行动”“四重清单”。\n",
        "做优“义渡就业列车”品牌。\n扩大“义度就业列车”影响力。\n",
        f"提速建设城北万吨商族融合总部基地。\n{BOXED}",
        "推进滨江生态修复治理示范段。\n推进滨江生态修复治理示范段。\n抓好滨江生态修覆治理示范段。\n",
    ],
)
def test_one_thing_under_two_names(text: str):
    (found,) = told("dn601_drift", text)
    assert found.startswith("warning 名称一字之差")


@pytest.mark.parametrize(
    "text",
    [
        "迭代升级“十项行动”“四张清单”。\n闭环落实“十项行动”“四张清单”。\n",
        "打造川渝“氢走廊”“电走廊”“智行走廊”。\n“氢走廊”“智行走廊”投用。\n",
        "新建和改造供水管网。\n新建和改造排水管网。\n新建和改造排水管网。\n",
        "全国民族团结进步示范区。\n民族团结进步示范县。\n全国民族团结进步模范集体。\n",
        f"提速建设城北万吨商旅融合总部基地。\n{BOXED}",
    ],
)
def test_two_things_under_two_names(text: str):
    assert told("dn601_drift", text) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "以“885机制为引领。",
        "以885”机制为引领。",
        "公园（二期建成。",
        "公园二期）建成。",
        "印发《方案，抓好落实。",
        '出台"方案，抓落实。',
    ],
)
def test_a_mark_without_its_partner(wrong: str):
    (found,) = told("dn602_pairs", f"一、总则\n{wrong}\n要抓好落实。\n")
    assert "配对" in found


@pytest.mark.parametrize(
    "right",
    [
        "“一件事”（见《方案（试行）》）。",
        "要点：1）稳增长；2）促改革。",
        "（二)混用宽度。",
        "开头有“引文\n到下一段结束”为止。",
        '1.5"管。',
    ],
)
def test_marks_that_have_their_partner(right: str):
    assert told("dn602_pairs", f"一、总则\n{right}\n要抓好落实。\n") == []


def test_scraps_of_a_web_page_around_the_report_are_no_findings():
    assert told("dn602_pairs", "【字号：\n大\n中\n小\n】\n一、总则\n要抓好落实。\n》》点击进入专题《《\n") == []


@pytest.mark.parametrize(
    "wrong",
    ["加强加强统筹。", "贯彻贯彻落实。", "稳中有进，，质效提升。", "迈出步伐。。", "全区的的重点。", "质量提升、，效益提高。"],
)
def test_what_is_doubled(wrong: str):
    (found,) = told("dn603_doubled", wrong)
    assert found.startswith("warning 重复的字词或标点")


@pytest.mark.parametrize(
    "right",
    [
        "实实在在、扎扎实实、干干净净。",
        "一校一校解决，连战连胜、连战连捷。",
        "中国国际大会，两院院士。",
        "目的的实现，以及及时报告。",
        "等等……——",
        "可可盖，区区结对。",
    ],
)
def test_what_is_rightly_doubled(right: str):
    assert told("dn603_doubled", right) == []


def test_widths_come_in_one_note_for_each_kind():
    assert told("dn604_width", "稳中有进,质效提升!加力推进。总投资１２亿元。") == [
        "note 汉字之间用了半角标点，共2处。建议改为全角。",
        "note 数字写成了全角，共1处。建议改为半角。",
    ]
    assert told("dn604_width", "投资1,200亿元，比例3:2。") == []


def test_a_short_name_that_is_usually_written_otherwise_is_found():
    usual = ["深化“亩均论英雄”改革。", "“亩均论英雄”改革成效明显。"]
    (message,) = raised("DN601", *usual, plan="持续深化“亩均业英雄”改革。")
    assert "此处为“亩均业英雄”" in message
    assert raised("DN601", *usual[:1], plan="持续深化“亩均业英雄”改革。") == []  # which is the usual one nobody can tell
    assert raised("DN601", "“一网通办”提速，“一网通办”升级。", plan="“一网统办”试点，“一网统办”推广。") == []
    assert raised("DN601", "“三个一批”“三个一批”", plan="“四个一批”项目。") == []
