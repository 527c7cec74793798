"""Lists of projects as offices keep them, each value looked up by hand in the fixture."""

from datetime import date

from tests.unit.collect.projects.lists import (
    ANNUAL,
    ANNUAL_MERGES,
    BOND,
    BOND_MERGES,
    DISPATCH,
    DISPATCH_MERGES,
    book,
    opened,
)

from duheng import catalog
from duheng.plan import Stage
from duheng.plan.pool import Onset

YI = 10**10  # fen in 1亿元
WAN = 10**6


def test_an_annual_plan_under_heads_in_three_rows():
    found = opened(book(ANNUAL, ANNUAL_MERGES))
    assert not found.asks
    assert [(each.name, each.group) for each in found.projects] == [
        ("甲材碳纤维生产线", "产业升级类 / 先进制造"),
        ("丙芯封装基地（一期）", "产业升级类 / 先进制造"),
        ("望江物流园", "产业升级类 / 现代服务"),
        ("滨江大道北延", "城建民生类"),
        ("第二人民医院迁建", "城建民生类"),
    ]
    first, second, third, fourth, fifth = found.projects
    assert (first.approval_code, first.owner, first.office, first.total) == (
        "2411-500199-04-01-123456",
        "甲材公司",
        "区经信委",
        85 * YI // 10,
    )
    assert first.content == "年产碳纤维2000万件"
    assert first.also == {"备注": "领导包联"}
    (plan,) = first.years
    assert (plan.year, plan.planned, plan.onset, plan.sources, plan.before) == (
        2025,
        3 * YI,
        Onset.NEW,
        {"enterprise": 3 * YI},
        None,
    )
    assert (second.total, second.begins, second.ends, second.stage) == (
        605 * YI // 100,
        date(2024, 3, 1),
        date(2026, 12, 31),
        Stage.UNDER_CONSTRUCTION,
    )
    assert (second.years[0].before, third.begins) == (16 * YI // 10, date(2023, 9, 1))
    assert fourth.content == "道路2.4公里；含跨线桥1座"
    assert fourth.years[0].sources == {"central_budget": YI // 5, "special_bond": 15 * YI // 10, "enterprise": 7 * YI // 10}
    assert (fifth.stage, fifth.begins, fifth.ends) == (Stage.RESERVE, date(2025, 10, 1), date(2028, 12, 31))


def test_groups_and_totals_of_an_annual_plan_are_held_against_their_projects():
    found = opened(book(ANNUAL, ANNUAL_MERGES))
    assert all(control.holds for control in found.controls)
    assert ("", "count", 5, 5) in [(each.group, each.what, each.stated, each.found) for each in found.controls]
    assert ("产业升级类", "总投资", 1705 * YI // 100) in [(each.group, each.what, each.stated) for each in found.controls]
    assert [(doubt.rule, doubt.place) for doubt in found.doubts] == [("one_day", "Sheet1!12")]  # 望江物流园 has its start only
    wrong = [[*row] for row in ANNUAL]
    wrong[6][7] = 18.05  # the first group's total
    (doubt,) = [each for each in opened(book(wrong, ANNUAL_MERGES)).doubts if each.rule != "one_day"]
    assert (doubt.rule, doubt.severity.value, doubt.place) == ("control", "warning", "Sheet1!7")
    assert "18.05" in doubt.message[0]
    assert "17.05" in doubt.message[0]


def test_a_monthly_dispatch_list_tells_three_amounts_of_its_month():
    found = opened(book(DISPATCH, DISPATCH_MERGES), known=date(2025, 9, 5))
    assert not found.asks
    assert len(found.projects) == 3
    first, second, third = found.projects
    (month,) = first.months
    assert (month.year, month.month, month.works, month.counted, month.paid) == (2025, 8, 18500 * WAN, 17200 * WAN, 12300 * WAN)
    assert (month.in_library, month.words, month.known) == (True, "主体结构施工", date(2025, 9, 5))
    assert (first.problem, first.also["完成率"], first.also["当月完成投资（万元）"]) == (None, "61.7%", "2400")
    assert second.problem is not None
    assert (second.problem.what, second.problem.whose, second.problem.due) == (
        "蒸汽管线迁改未完成",
        "区城管局",
        date(2025, 10, 31),
    )
    assert (third.months[0].counted, third.months[0].in_library, third.problem) == (None, False, None)
    assert all(control.holds for control in found.controls)
    assert len(found.controls) == 5


def test_an_application_for_special_bonds_keeps_what_was_applied_for_apart_from_what_is_paid():
    found = opened(book(BOND, BOND_MERGES), known=date(2025, 1, 10))
    assert not found.asks
    first, second = found.projects
    assert (first.name, first.owner, first.office, first.sector) == ("城东污水处理厂二期", "水务公司", "区住建委", "生态环保")
    assert (first.total, first.sources) == (36 * YI // 10, {"enterprise": 12 * YI // 10, "special_bond": 24 * YI // 10})
    assert first.years == ()
    assert first.also == {"2025年专项债券需求": "1.5"}
    assert (first.begins, first.ends) == (date(2024, 11, 1), date(2026, 12, 31))
    assert (second.begins, second.ends) == (date(2025, 4, 1), date(2027, 6, 30))


def test_a_list_s_sources_of_money_are_the_kinds_that_funds_have_by_the_same_names():
    listed = catalog.load("fund_sources")
    for code, kind in catalog.load("fund_kinds").items():
        assert (listed[code].zh, listed[code].en) == (kind.zh, kind.en)
