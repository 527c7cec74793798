"""The whole plan: of the sample, as JSON and text, and of reports that hold nothing."""

import json
from dataclasses import replace

import pytest
from tests.unit.plan.report import COMING, PAST, planned, text

from duheng import plan, read, sample
from duheng.errors import PlanError


@pytest.fixture(scope="module")
def chenglan():
    document = read.open_document(sample.report_path())
    return plan.from_reports(document, read.claims(document))


@pytest.fixture(scope="module")
def truth():
    return sample.truth("plan")


def test_the_head_of_the_sample(chenglan, truth):
    assert (chenglan.title, chenglan.area, chenglan.year) == (truth["title"], truth["area"], truth["year"])


def test_every_row_of_the_sample(chenglan, truth):
    form = plan.to_dict(chenglan)
    rows = [each for each in form["indicators"] if each["row"] is not None]
    assert len(rows) == len(truth["indicators"])
    for row, true in zip(rows, truth["indicators"], strict=True):
        assert {name: row[name] for name in ("row", "name", "unit", "nature")} == {
            name: true[name] for name in ("row", "name", "unit", "nature")
        }
        assert {name: row["target"][name] for name in true["target"]} == true["target"]


def test_no_result_of_the_sample_is_wrong(chenglan, truth):
    found = {each.row: each.actual for each in chenglan.indicators if each.row is not None and each.actual}
    true = {each["row"]: each["actual"] for each in truth["indicators"]}
    for row, actual in found.items():
        assert (float(actual.value), actual.unit, actual.period) == (true[row]["value"], true[row]["unit"], true[row]["period"])
    assert len(found) >= sum(each is not None for each in true.values()) - 3


def test_every_listed_project_of_the_sample_is_there(chenglan, truth):
    names = {name for each in chenglan.projects for name in (each.name, *each.aliases)}
    assert {each["name"] for each in truth["projects"]} <= names


def test_the_work_items_of_the_sample(chenglan, truth):
    assert [(each.number, each.title) for each in chenglan.tasks] == [(each["number"], each["title"]) for each in truth["tasks"]]


def test_what_the_sample_states_of_itself(chenglan, truth):
    found = {(each.kind, each.period): float(each.value) for each in chenglan.stated}
    for each in truth["stated"]:
        assert found[each["kind"], each["period"]] == each["value"]


def test_every_mention_opens_to_its_place(chenglan):
    document = read.open_document(sample.report_path())
    for project in chenglan.projects:
        for mention in project.mentions:
            assert document.text[mention.offset : mention.end].strip()
            assert 0 <= mention.offset < mention.end <= len(document.text)


def test_a_plan_survives_json_and_text(chenglan):
    form = plan.to_dict(chenglan)
    assert plan.to_dict(plan.from_dict(json.loads(json.dumps(form)))) == form
    for language in ("zh", "en"):
        assert chenglan.title in plan.to_text(chenglan, language)


def test_reading_twice_gives_the_same_plan(chenglan):
    document = read.open_document(sample.report_path())
    assert plan.from_reports(document, read.claims(document)) == chenglan


def test_a_broken_form_is_refused():
    with pytest.raises(PlanError):
        plan.from_dict({"title": "x"})


def test_two_reports_make_one_plan():
    first = text(PAST, "全年地区生产总值增长5.8%。", COMING, "今年主要预期目标是：地区生产总值增长6%左右。")
    second = replace(text(COMING, "今年主要预期目标是：地区生产总值增长6%左右，城镇调查失业率控制在5%以内。"), name="二.txt")
    both = plan.from_reports([first, second], [read.claims(first), read.claims(second)])
    assert [(each.code, len(each.mentions)) for each in both.indicators] == [
        ("gdp.growth", 2),
        ("employment.unemployment_surveyed", 1),
    ]
    assert both.documents == ("报告.txt", "二.txt")


def test_tasks_are_the_numbered_work_items_of_the_plan():
    head = ("二、2025年主要目标", "好。", "三、2025年重点工作", "（一）做强产业")
    items = ["1.做强工业。推动规上工业增加值增长9%。", "2.做优服务业。好。", "3.做大农业。好。"]
    tasks = planned(text(PAST, "1.去年工作一。", "2.去年工作二。", "3.去年工作三。", *head, *items)).tasks
    assert [(each.number, each.title, each.group) for each in tasks] == [
        ("1", "做强工业", "做强产业"),
        ("2", "做优服务业", "做强产业"),
        ("3", "做大农业", "做强产业"),
    ]
    (commitment,) = tasks[0].commitments
    assert (commitment.indicator, str(commitment.value)) == ("industry.above_scale.value_added.growth", "9")


def test_the_reports_own_count_leaves_a_question():
    sentence = "2024年计划报告33项指标，共完成25项，完成率76%，其中约束性指标8项，全部完成；预期性指标25项，完成17项。"
    told = {each.kind: each for each in planned(text(PAST, sentence)).stated}
    assert "8项" in told["indicators_met"].open_question[0]
    assert "the 8" in told["indicators_met"].open_question[1]
    assert float(told["completion_rate"].computed) == 75.8
    assert told["completion_rate"].open_question == ("", "")
    assert {kind: int(each.value) for kind, each in told.items() if kind.endswith("total")} == {
        "indicators_total": 33,
        "binding_total": 8,
        "expected_total": 25,
    }


def test_a_rate_that_does_not_follow_is_a_question():
    sentence = "2024年计划报告33项指标，共完成25项，完成率86%。"
    told = {each.kind: each for each in planned(text(PAST, sentence)).stated}
    assert "75.8" in told["completion_rate"].open_question[0]


def test_a_report_of_nothing_is_an_empty_plan_that_says_so():
    document = read.open_document(data="会议纪要\n大家辛苦了。".encode(), name="纪要.txt")
    empty = plan.from_reports(document, ())
    assert (empty.indicators, empty.projects, empty.tasks) == ((), (), ())
    assert [each.kind for each in empty.review] == ["empty"]
    assert plan.to_text(empty)


def test_a_report_whose_chapters_are_numbered_in_brackets_alone_has_its_aims_and_its_work():
    made = planned(
        text(
            "（一）2024年计划执行情况",
            "全年地区生产总值增长5.8%。",
            "（二）2025年主要预期目标",
            "地区生产总值增长6%以上，城镇新增就业1万人以上。",
            "（三）全力扩大内需",
            "完成固定资产投资100亿元。",
            "（四）加快产业升级",
            "新增规上企业20家。",
            "（五）保障改善民生",
            "新建养老床位200张。",
        )
    )
    assert [task.title for task in made.tasks] == ["全力扩大内需", "加快产业升级", "保障改善民生"]
    assert [len(task.commitments) for task in made.tasks] == [1, 1, 1]
    assert len(made.indicators) >= 2


def test_brackets_below_chapters_stay_parts_of_them():
    made = planned(
        text(
            PAST,
            "（一）经济平稳增长",
            "增长5.8%。",
            COMING,
            "（一）扩大内需",
            "投资100亿元。",
            "（二）产业升级",
            "新增20家。",
            "（三）民生",
            "200张。",
        )
    )
    assert [task.title for task in made.tasks] == ["扩大内需", "产业升级", "民生"]
