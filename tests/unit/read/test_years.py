"""Which years a number of a review speaks of: the past one, or the five that end with it."""

from duheng import read

HEAD = "2026年甲省政府工作报告\n一、“十四五”时期和2025年工作回顾\n"


def periods(text):
    document = read.open_document(data=(HEAD + text).encode(), name="报告.txt")
    return {claim.span: (claim.period, claim.role.value) for claim in read.claims(document)}


def test_what_five_years_added_up_to_is_not_the_past_years():
    found = periods(
        "五年来，我们坚持高质量发展。地区生产总值年均增长5.1%，城镇新增就业300万人。\n人均可支配收入年均增长6%。\n"
        "刚刚过去的2025年，地区生产总值增长4.9%，城镇新增就业61万人。"
    )
    assert found["5.1%"][0] == found["300万人"][0] == found["6%"][0] == "2021/2025"
    assert found["4.9%"] == found["61万人"] == ("2025", "actual")


def test_a_level_reached_in_five_years_is_that_of_their_end():
    found = periods("过去五年，全省经济总量突破3万亿元，粮食产量稳定在200亿斤。")
    assert {period for period, _ in found.values()} == {"2025"}


def test_the_turn_may_come_inside_a_paragraph():
    found = periods("2025年地区生产总值增长5%。2025年目标如期完成，标志着“十四五”收官。过去的五年，研发投入年均增长10.5%。")
    assert (found["5%"][0], found["10.5%"][0]) == ("2025", "2021/2025")


def test_the_five_years_ahead_are_not_the_years_target():
    found = periods(
        "2025年增长5%。\n二、重点任务\n“十五五”时期，地区生产总值年均增长4.5%左右。\n今年是开局之年。粮食产量达到210亿斤。"
    )
    assert (found["4.5%左右"], found["210亿斤"]) == (("2026/2030", "target"), ("2026", "target"))


def test_a_yearly_mean_is_no_result_of_the_year():
    from duheng import plan

    text = (
        "2026年甲省政府工作报告\n一、2025年工作回顾\n全省居民人均可支配收入年均增长6.2%。居民人均可支配收入增长5.3%。\n"
        "二、2026年工作安排\n今年主要预期目标是：居民人均可支配收入增长5%。"
    )
    document = read.open_document(data=text.encode(), name="报告.txt")
    only = plan.from_reports(document, read.claims(document)).indicators[0]
    assert str(only.actual.value) == "5.3"
