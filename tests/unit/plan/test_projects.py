"""Projects: one for each real thing, found in boxes and lists, with the stage the text says."""

import pytest
from tests.unit.plan.report import COMING, PAST, planned, text, word

from duheng.plan import Place
from duheng.plan.kinship import Kin
from duheng.plan.passage import Side
from duheng.plan.stage import progress

PLACE = Place(area="甲市乙区")
OTHERS = ["城东片区雨污水管网整治工程", "城西片区雨污水管网整治工程", "口袋公园", "滨河污水处理厂扩建工程", "区实验小学"]


def likeness(left, right):
    return Kin([left, right, *OTHERS], place=PLACE).compare(left, right).likeness.value


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("明月科技园", "明月科技园项目"),
        ("“四方”文化广场建设工程", "四方文化广场"),
        ("区第一医院新建工程", "乙区第一医院"),
        ("青山路网（二期）", "青山路网二期"),
        ("青山路网2期", "青山路网二期工程"),
        ("云岭总部基地（甲市冷链物流中心）", "云岭总部基地"),
        ("红枫小学（南校区）扩建项目", "红枫小学南校区扩建"),
        ("丰源甲市面制品生产项目", "丰源面制品生产项目"),
        ("大地新型节能幕墙智能装配基地", "新型节能幕墙智能装配基地"),
        ("柳林镇石桥村美丽庭院建设", "石桥村2025年度市级美丽庭院建设项目"),
        ("省道101线改线工程", "S101改线工程"),
        ("星河材料生产线二期", "星河材料二期项目"),
    ],
)
def test_one_thing_under_two_names(left, right):
    assert likeness(left, right) == "same"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("金湖体育公园（一期）", "金湖体育公园建设工程"),
        ("红枫剧院修缮", "红枫剧院剧场修缮利用"),
        ("云杉健身中心", "云杉健身中心提档升级项目"),
        ("垃圾资源化利用项目", "垃圾资源化利用中心"),
    ],
)
def test_what_is_likely_one_thing_is_left_to_a_person(left, right):
    assert likeness(left, right) == "likely_same"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("飞鸟摩托车制造项目一期", "飞鸟摩托车制造项目二期"),
        ("云岭总部基地", "云岭总部基地10千伏配电工程"),
        ("长湖路连接道", "长湖路连接道给水管道工程"),
        ("城东片区雨污水管网整治工程", "城西片区雨污水管网整治工程"),
        ("区第一医院", "区第二医院"),
        ("三江大道与四江大道连接道", "四江大道连接道"),
    ],
)
def test_phases_components_and_neighbours_are_kept_apart(left, right):
    assert likeness(left, right) in ("related", "different")


def test_the_reason_is_given_in_both_languages():
    zh, en = Kin(["金湖公园一期", "金湖公园"], place=PLACE).compare("金湖公园一期", "金湖公园").reason
    assert "一期" in zh
    assert "phase" in en


@pytest.mark.parametrize(
    ("words", "side", "stage", "aim"),
    [
        ("科技园主体完工", Side.PAST, "under_construction", None),
        ("科技园建成投用", Side.PAST, "completed", None),
        ("科技园加快建设", Side.PAST, "under_construction", None),
        ("科技园开工建设", Side.PAST, "started", None),
        ("科技园前期工作", Side.PAST, "reserve", None),
        ("建成投用科技园", Side.PLAN, "unknown", "completed"),
        ("力争科技园年内开工", Side.PLAN, "unknown", "started"),
        ("加快科技园建设", Side.PLAN, "unknown", "under_construction"),
        ("续建科技园", Side.PLAN, "under_construction", None),
        ("推进科技园", Side.PLAN, "unknown", None),
    ],
)
def test_the_stage_is_what_the_words_say(words, side, stage, aim):
    told = progress(words, side=side)
    assert (told.stage.value, told.aim and told.aim.value) == (stage, aim)


def boxed(*lines):
    return text(PAST, "专栏1：2024年重点开竣工项目情况", "\t" + "\n".join(lines), "", COMING, "好。")


def test_every_entry_of_a_box_is_a_project():
    plan = planned(
        boxed("开工重点项目：明月科技园；风门窗、光伏边框复合材料项目；四方广场（含地下车库）。", "竣工重点项目：长湖路。")
    )
    assert [(each.name, each.stage.value, each.group) for each in plan.projects] == [
        ("明月科技园", "started", "开工重点项目"),
        ("风门窗、光伏边框复合材料项目", "started", "开工重点项目"),
        ("四方广场（含地下车库）", "started", "开工重点项目"),
        ("长湖路", "completed", "竣工重点项目"),
    ]


def test_a_box_of_prose_holds_no_projects():
    assert (
        planned(text(PAST, "专栏1：主要数据", "\t速览：人口46.2万人，增长0.5%；收入51868元，增长5%。", COMING, "好。")).projects
        == ()
    )


def test_lists_in_the_text_name_projects_and_what_is_wanted():
    plan = planned(text(COMING, "完工投用明月科技园，加快长湖大桥建设，力促红枫医院、青山隧道等5个项目开工。"))
    told = {each.name: (each.stage.value, each.aim and each.aim.value) for each in plan.projects}
    assert told == {
        "明月科技园": ("unknown", "completed"),
        "长湖大桥": ("unknown", "under_construction"),
        "红枫医院": ("unknown", "started"),
        "青山隧道": ("unknown", "started"),
    }


def test_policies_and_counts_are_no_projects():
    sentence = "推进营商环境改革，实施强基工程，完工9个老旧小区改造，打造先进制造业集群，加强基础设施建设。"
    assert planned(text(COMING, sentence)).projects == ()


def test_names_of_one_thing_are_merged_with_all_their_sentences():
    plan = planned(text(PAST, "明月科技园主体完工。", COMING, "完工投用明月科技园项目。"))
    (only,) = plan.projects
    assert (only.stage.value, only.aim.value, len(only.mentions)) == ("under_construction", "completed", 2)


def test_a_thing_done_and_still_wanted_is_asked_about():
    plan = planned(text(PAST, "明月科技园建成投用。", COMING, "建成投用明月科技园。"))
    assert [(each.kind, each.item) for each in plan.review if each.kind == "stage"] == [("stage", "明月科技园")]


def test_a_likely_pair_is_asked_about_once():
    plan = planned(text(PAST, "金湖体育公园（一期）开工建设。", COMING, "建成金湖体育公园。加快金湖体育公园（一期）建设。"))
    assert [each.refers_to for each in plan.review if each.kind == "same_project"] == [("P001", "P002")]


def test_a_table_of_projects_is_read_row_by_row():
    table = [
        ["序号", "项目名称", "建设性质", "总投资（亿元）", "2025年计划投资"],
        ["一、工业项目", "<", "<", "<", "<"],
        ["1", "明月科技园", "续建", "5", "2"],
        ["2", "长湖水厂扩建工程", "新开工", "3", "1"],
        ["合计", "<", "", "8", "3"],
    ]
    plan = planned(word(COMING, "附表：2025年重点项目计划表", table))
    assert plan.indicators == ()
    assert [(each.name, each.stage.value, each.aim and each.aim.value, each.group) for each in plan.projects] == [
        ("明月科技园", "under_construction", None, "工业项目"),
        ("长湖水厂扩建工程", "unknown", "started", "工业项目"),
    ]


@pytest.mark.parametrize("words", ["聚焦大凉山", "突破集成电路", "围绕新能源", "接续推进老城", "瞄准高端装备"])
def test_what_work_is_aimed_at_is_no_project(words):
    made = planned(
        text(COMING, f"推进明月科技园、{words}、滨河污水处理厂等项目建设。", "专栏1 重点项目：明月科技园；滨河污水处理厂")
    )
    assert words not in {project.name for project in made.projects}
