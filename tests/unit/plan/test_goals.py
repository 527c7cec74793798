"""The sentence of goals in a report without a table, clause by clause."""

from duheng import plan, read

HEAD = "2025年甲省政府工作报告\n一、2024年工作回顾\n过去一年很好。\n二、2025年工作安排\n"


def goals(sentence):
    document = read.open_document(data=(HEAD + sentence).encode(), name="报告.txt")
    return plan.from_reports(document, read.claims(document))


def told(sentence):
    return [(each.name, each.target.kind) for each in goals(f"今年发展主要预期目标是：{sentence}").indicators]


def test_each_clause_is_a_goal_with_or_without_a_number():
    assert told("地区生产总值增长5%左右，居民收入增长与经济增长同步，单位地区生产总值能耗完成国家下达任务。") == [
        ("地区生产总值增长", "around"),
        ("居民收入增长", "in_step_with"),
        ("单位地区生产总值能耗", "assigned"),
    ]


def test_the_reference_of_an_in_step_target_is_bound():
    only = goals("今年主要预期目标是：居民收入增长与经济增长同步。").indicators[0]
    assert [each.code for each in only.target.references] == ["gdp.growth"]


def test_respectively_gives_each_number_its_own_name():
    assert told("城乡居民人均可支配收入分别增长5%、6%。") == [
        ("城镇居民人均可支配收入增长", "at_least"),
        ("农村居民人均可支配收入增长", "at_least"),
    ]


def test_a_list_mark_parts_complete_goals_only():
    assert told("城镇新增就业47万人左右、城镇调查失业率5.5%左右。") == [("城镇新增就业", "around"), ("城镇调查失业率", "around")]
    assert told("长江、黄河干流断面水质稳定保持在Ⅱ类及以上。") == [("长江、黄河干流断面水质", "at_most")]


def test_a_wish_belongs_to_the_goal_before_it():
    only = goals("今年主要预期目标是：地区生产总值增长5%左右，在实际工作中努力争取更好结果。").indicators
    assert [(each.target.kind, each.target.ambition) for each in only] == [("around", "在实际工作中努力争取更好结果")]


def test_a_fall_is_aimed_at_by_its_size():
    only = goals("今年主要预期目标是：单位地区生产总值能耗下降2.5%。").indicators[0]
    assert (only.name, only.target.kind, str(only.target.value)) == ("单位地区生产总值能耗下降", "at_least", "2.5")


def test_the_name_is_found_inside_an_assignment():
    assert told("完成国家下达的单位地区生产总值二氧化碳排放降低任务。") == [("单位地区生产总值二氧化碳排放降低", "assigned")]


def test_a_list_of_goals_that_share_their_words():
    assert told("单位地区生产总值能耗、单位地区生产总值二氧化碳排放进一步下降。") == [
        ("单位地区生产总值能耗下降", "positive"),
        ("单位地区生产总值二氧化碳排放下降", "positive"),
    ]


def test_a_wording_nobody_knows_is_asked_about():
    found = goals("今年主要预期目标是：地区生产总值增长5%，环境空气质量保持全国前列。")
    assert [each.item for each in found.review if each.kind == "target"] == ["环境空气质量"]


def test_the_goals_of_a_five_year_plan_are_not_the_years():
    assert goals("“十五五”时期经济社会发展的主要目标是：地区生产总值年均增长5%左右。").indicators == ()


def test_a_report_without_goals_is_an_empty_plan_that_says_so():
    empty = goals("做好各项工作。")
    assert empty.indicators == ()
    assert [each.kind for each in empty.review] == ["empty"]
    assert plan.from_dict(plan.to_dict(empty)) == empty
