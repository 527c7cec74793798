"""One box over everything: by any name, by words of a sentence, by the initials of how a name sounds."""

import pytest
from django.urls import reverse
from tests.site.cast import AT, EDITOR, VIEWER
from tests.site.test_pool_merging import DISPATCH, PLAN
from tests.site.test_pool_merging import take as pool_list

from duheng.site.actions import plan as actions
from duheng.site.actions import pool, pool_merging, searching
from duheng.site.actions.owners import Assignment, assign
from duheng.site.actions.pronouncing import sounds
from duheng.site.actions.undoing import undo
from duheng.site.queries import search
from duheng.site.queries.folding import folded, marked
from duheng.site.records.models import PoolPair, Project, SearchEntry

pytestmark = pytest.mark.django_db


def found(query, plan, noun="", limit=10, language="zh"):
    answer = search.find(query, plan=plan, language=language, limit=limit, noun=noun)
    return {group.noun: group for group in answer.groups}


def names(query, plan, noun):
    group = found(query, plan).get(noun)
    return ["".join(text for text, _ in hit.pieces) for hit in group.hits] if group else []


@pytest.fixture
def named(plan):
    """A project with a name of its own, and another name."""
    project = plan.projects.first()
    changes = {"name": "Ａ区智慧农贸市场（一期）", "aliases": ["白马集市"]}
    actions.describe_project(by=EDITOR, at=AT, project_id=project.pk, changes=changes, reason="x")
    return Project.objects.get(pk=project.pk)


@pytest.mark.parametrize(
    "query",
    ["地区生产总值", "生产总值 地区", "dqsczz", "diqushengchan", "GDP", "ＧＤＰ", "gdp.growth", "Gross regional", " 地区  总值 "],
)
def test_an_indicator_is_found_by_any_of_its_names_and_by_their_sound(plan, query):
    assert any("地区生产总值" in name for name in names(query, plan, "indicator"))


@pytest.mark.parametrize("query", ["智慧农贸市场", "a区智慧", "白马集市", "bmjs", "zhnmsc", "一期 农贸", "P001", "（一期）"])
def test_a_project_is_found_by_its_new_names_at_once(plan, named, query):
    assert named.name in names(query, plan, "project")


def test_an_old_name_is_no_longer_found(plan):
    project = plan.projects.first()
    old = project.name
    actions.describe_project(by=EDITOR, at=AT, project_id=project.pk, changes={"name": "某新工程", "aliases": []}, reason="x")
    assert old not in names(old, plan, "project")


def test_a_merged_project_is_found_under_the_one_it_became_and_alone_again_when_undone(plan):
    kept, other = plan.projects.all()[:2]
    decision = actions.merge_projects(by=EDITOR, at=AT, keep_id=kept.pk, other_ids=[other.pk], reason="x")
    assert names(other.name, plan, "project")[0] == kept.name
    undo(by=EDITOR, at=AT, decision_id=decision.pk)
    assert names(other.name, plan, "project")[0] == other.name


def test_a_project_of_the_pool_is_found_while_it_stands_by_itself(plan, sign_in):
    load = pool_list(PLAN, "2026-01-20", "计划.csv")
    later = pool_list(DISPATCH, "2026-04-05", "调度.csv")
    assert names("岚江大道北延", plan, "poolproject") == ["岚江大道北延", "岚江大道北延伸段工程"]
    assert names("ljddby", plan, "poolproject") == ["岚江大道北延", "岚江大道北延伸段工程"]
    assert names("恒澜公司", plan, "poolproject") == ["恒澜智能液压件扩能项目"]
    pair = PoolPair.objects.get(right__name="岚江大道北延")
    decision = pool_merging.same(by=EDITOR, at=AT, pair_id=pair.pk)
    assert names("岚江大道北延", plan, "poolproject") == ["岚江大道北延伸段工程"]
    shown = sign_in().get("/search", {"q": "岚江大道北延"}).content.decode()
    assert reverse("pool-project", args=[pair.left_id]) in shown
    undo(by=EDITOR, at=AT, decision_id=decision.pk)
    assert len(names("岚江大道北延", plan, "poolproject")) == 2
    for each in (later, load):
        pool.undo(by=EDITOR, at=AT, load_id=each)
    assert names("岚江大道北延", plan, "poolproject") == []
    pool_list(PLAN, "2026-01-20", "计划.csv")
    SearchEntry.objects.filter(noun="poolproject").delete()
    searching.catch_up()
    assert names("恒澜公司", plan, "poolproject") == ["恒澜智能液压件扩能项目"]


def test_an_office_is_found_once_it_is_named(plan, indicator):
    assert names("区文联", plan, "office") == []
    assign(by=EDITOR, at=AT, given=Assignment(noun="indicator", pk=indicator.pk, lead=("区文联",)))
    assert names("qwl", plan, "office") == ["区文联"]


def test_an_office_the_catalog_suggests_is_found_by_any_of_its_names(plan):
    assert "统计局" in names("tjj", plan, "office")
    assert "统计局" in names("bureau of statistics", plan, "office")


def test_exact_comes_before_beginning_before_part_before_sound(plan):
    rows = list(plan.projects.all()[:5])
    for row, name in zip(rows, ["城南甲路工程", "甲路", "甲路工程", "旧名", "家鹿"], strict=True):
        aliases = ["甲路老街"] if name == "旧名" else []
        actions.describe_project(by=EDITOR, at=AT, project_id=row.pk, changes={"name": name, "aliases": aliases}, reason="x")
    assert names("甲路", plan, "project")[:4] == ["甲路", "甲路工程", "旧名", "城南甲路工程"]
    assert names("jl", plan, "project")[0] in ("甲路", "家鹿")


def test_a_sentence_is_found_with_its_words_marked_and_one_click_away(plan, sign_in):
    document = plan.sources.get().document
    group = found("增长 工业", plan)["sentence"]
    hit = group.hits[0]
    assert [text for text, said in hit.pieces if said]
    page = sign_in().get(reverse("document", args=[document.pk])).content.decode()
    assert all(f'id="t{hit.offset}"' in page for hit in group.hits)


def test_a_sentence_is_cut_before_the_words_and_not_through_them(plan):
    for hit in found("万元", plan)["sentence"].hits:
        assert any(said and text == "万元" for text, said in hit.pieces)


def test_the_marks_fall_on_the_words_as_they_are_printed():
    assert marked("ＧＤＰ增长 5.8％", ["gdp", "5.8%"]) == (("ＧＤＰ", True), ("增长 ", False), ("5.8％", True))
    assert marked("面积３㎡", ["m2"]) == (("面积３", False), ("㎡", True))
    assert "".join(text for text, _ in marked("一 二", ["一二"])) == "一 二"


def test_full_width_and_spaces_between_characters_make_no_difference():
    assert folded("Ｇ Ｄ Ｐ 增 长") == "g d p增长"
    assert folded("Gross  Regional\nProduct") == "gross regional product"


def test_words_that_sound_two_ways_are_heard_in_their_word():
    assert sounds(["重庆银行增长"]) == "\ncqyhzz\nchongqingyinhangzengzhang"
    assert sounds(["GDP"]) == ""
    assert sounds(["5G基站"]).splitlines()[1] == "5gjz"


@pytest.mark.parametrize(
    "query",
    [
        "%",
        "_",
        "%%%",
        "\\",
        "'",
        '"',
        "';drop table x;--",
        "🙂",
        "\0",
        "x" * 10_000,
        "地" * 10_000,
        " ".join("甲" * 500),
        "\u202e",
        "*?[a-z]",
    ],
)
def test_a_strange_query_is_answered_and_finds_nothing_it_does_not_say(plan, sign_in, query):
    answer = sign_in().get("/search", {"q": query})
    assert answer.status_code == 200
    for group in answer.context["found"].groups:
        for hit in group.hits if group.noun == "sentence" else ():
            assert any(said for _, said in hit.pieces)


def test_nothing_asked_is_answered_with_how_to_ask(plan, sign_in):
    assert "dqsczz" in sign_in().get("/search").content.decode()
    assert sign_in(language="en").get("/search?q=").context["found"].groups == ()


def test_while_typing_only_the_list_is_sent(plan, sign_in):
    answer = sign_in().get("/search", {"q": "增长"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert "/search?q=" in answer


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_results_answers_in_both_languages(plan, sign_in, language):
    page = sign_in(VIEWER, language).get("/search", {"q": "工程"})
    assert {group.noun for group in page.context["found"].groups} >= {"project", "sentence"}
    one = sign_in(language=language).get("/search", {"q": "工程", "noun": "project"})
    assert {group.noun for group in one.context["found"].groups} == {"project"}
    assert sign_in().get("/search", {"q": "工程", "noun": "nonsense"}).status_code == 200


def test_a_search_reads_no_more_for_more_that_is_found(plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        search.find("工", plan=plan, language="zh", limit=10)


def test_what_an_earlier_release_stored_is_entered_once(plan):
    before = SearchEntry.objects.count()
    SearchEntry.objects.all().delete()
    searching.catch_up()
    assert SearchEntry.objects.count() == before
    searching.catch_up()
    assert SearchEntry.objects.count() == before


def test_a_plan_withdrawn_is_no_longer_found(plan):
    from tests.site.cast import ADMINISTRATOR

    actions.withdraw(by=ADMINISTRATOR, at=AT, plan_id=plan.pk)
    assert set(SearchEntry.objects.values_list("noun", flat=True)) <= {"office"}
