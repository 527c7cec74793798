"""What several documents say of the same thing: together, against earlier ones and those above, since an older draft."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.unit.audit.conftest import HEAD, PAST, PLAN

from duheng import audit, read, sample
from duheng.audit import Beside, Draft, Finding, Severity, Spot
from duheng.read import Document

LAST = HEAD.replace("2026", "〇").replace("2025", "2024").replace("〇", "2025")


def opened(text: str, name: str) -> Document:
    return read.open_document(data=text.encode(), name=name)


def draft(text: str, name: str = "甲.txt") -> Draft:
    return Draft.of(opened(text, name))


def found(beside: Beside, first: Draft, *others: Draft) -> list[Finding]:
    return list(audit.compare(first, others, beside=beside))


def words(finding: Finding, *drafts: Draft) -> list[str]:
    """What stands at the places of a finding."""
    texts = {each.document.name: each.document.text for each in drafts}

    def word(spot: Spot) -> str:
        return texts[spot.document or drafts[0].document.name][spot.offset : spot.end]

    return [word(spot) for spot in finding.spots]


# Together


def test_one_thing_with_two_numbers_is_an_error_with_both_places() -> None:
    work, plan = draft(HEAD + PAST + PLAN, "工作.txt"), draft(HEAD + PAST.replace("5.8%", "5.3%") + PLAN, "计划.txt")
    (finding,) = found(Beside.TOGETHER, work, plan)
    assert (finding.rule, finding.severity) == ("DC801", Severity.ERROR)
    assert words(finding, work, plan) == ["5.8%", "5.3%"]
    assert [spot.document for spot in finding.spots] == ["", "计划.txt"]
    assert all(name in finding.message[0] for name in ("工作.txt", "计划.txt", "地区生产总值", "2025年"))


def test_three_documents_that_differ_are_one_finding() -> None:
    three = [draft(HEAD + PAST.replace("5.8", number) + PLAN, f"{number}.txt") for number in ("5.8", "5.3", "5.8")]
    (finding,) = found(Beside.TOGETHER, three[0], *three[1:])
    assert len(finding.spots) == 3


def test_of_three_documents_two_that_differ_are_set_against_each_other() -> None:
    texts = ("地区生产总值达到526.4亿元。", "地区生产总值达到562.4亿元。", "地区生产总值达到526.4亿元。")
    drafts = [draft("2024年，" + text, name) for text, name in zip(texts, ("甲.txt", "乙.txt", "丙.txt"), strict=True)]
    (finding,) = found(Beside.TOGETHER, *drafts)
    assert (finding.expected[0], finding.found[0]) == ("526.4亿元", "562.4亿元")


def test_a_rise_in_one_document_and_a_fall_in_another_are_told_apart() -> None:
    (finding,) = found(Beside.TOGETHER, draft("2024年，固定资产投资增长5%。"), draft("2024年，固定资产投资下降5%。", "乙.txt"))
    assert (finding.expected, finding.found) == (("增长5%", "up 5%"), ("下降5%", "down 5%"))
    assert "乙.txt》下降5%" in finding.message[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("地区生产总值562.4亿元", "地区生产总值562亿元"),  # rounded
        ("地区生产总值562.4亿元", "地区生产总值突破560亿元"),
        ("城镇新增就业1.2万人", "城镇新增就业12000人"),
        ("地区生产总值增长5.8%", "全国地区生产总值增长5.0%"),  # of somewhere else
        ("地区生产总值增长5.8%", "一季度地区生产总值增长5.4%"),  # of another time
    ],
)
def test_what_may_be_one_number_is_no_finding(one: str, other: str) -> None:
    left, right = (f"{HEAD}一、2025年计划执行情况\n全年{each}。\n{PLAN}" for each in (one, other))
    assert found(Beside.TOGETHER, draft(left), draft(right, "乙.txt")) == []


def test_a_result_and_a_target_are_two_things_and_another_place_is_another_thing() -> None:
    plan = draft(HEAD + PAST + PLAN)
    elsewhere = draft((HEAD + PAST.replace("5.8%", "5.3%") + PLAN).replace("乙区", "丙区"), "丙.txt")
    assert found(Beside.TOGETHER, plan, elsewhere) == []
    assert found(Beside.TOGETHER, plan, plan) == []


def test_a_fall_printed_as_its_size_agrees_with_the_fall() -> None:
    said = draft(f"{HEAD}{PAST}二、2026年主要目标\n单位地区生产总值能耗下降2.5%。\n")
    printed = draft(f"{HEAD}{PAST}二、2026年主要目标\n单位地区生产总值能耗降低率2.5%。\n", "乙.txt")
    assert found(Beside.TOGETHER, said, printed) == []


# Against


def test_a_target_below_that_of_the_level_above_is_a_note() -> None:
    district = draft(HEAD + PAST + PLAN, "区.txt")
    city = draft((HEAD + PAST + PLAN).replace("甲市乙区", "甲市").replace("增长6%左右", "增长6.5%左右"), "市.txt")
    (finding,) = found(Beside.AGAINST, district, city)
    assert (finding.rule, finding.severity) == ("DC802", Severity.NOTE)
    assert words(finding, district, city) == ["6%左右", "6.5%左右"]
    assert found(Beside.AGAINST, city, district) == []


def test_a_promise_not_spoken_of_again_is_a_note_at_the_promise() -> None:
    promise = "二、2025年主要目标\n2025年主要预期目标：地区生产总值增长5%左右，居民消费价格涨幅2%左右。\n"
    earlier = draft(LAST + "一、2024年计划执行情况\n全年地区生产总值增长5%。\n" + promise, "去年.txt")
    (finding,) = found(Beside.AGAINST, draft(HEAD + PAST + PLAN), earlier)
    assert finding.rule == "DC803"
    assert [spot.document for spot in finding.spots] == ["去年.txt"]
    assert "居民消费价格涨幅" in finding.message[0]
    spoken = PAST.replace("全年", "居民消费价格涨幅0.2%。全年")
    assert found(Beside.AGAINST, draft(HEAD + spoken + PLAN), earlier) == []


def test_a_result_that_misses_last_years_target_is_a_note() -> None:
    aimed = "一、2024年计划执行情况\n全年地区生产总值增长5%。\n二、2025年主要目标\n2025年主要预期目标：地区生产总值增长{}。\n"
    missed, met = (draft(LAST + aimed.format(target), "去年.txt") for target in ("6%以上", "5.5%以上"))
    now = draft(HEAD + PAST + PLAN)
    (finding,) = found(Beside.AGAINST, now, missed)
    assert finding.rule == "DC804"
    assert words(finding, now, missed)[0] == "5.8%"
    assert found(Beside.AGAINST, now, met) == []
    assert found(Beside.AGAINST, missed, now) == []  # a later report is not an earlier one


# Since


def changes(new: str, old: str) -> Counter[str]:
    return Counter(finding.rule for finding in found(Beside.SINCE, draft(new, "新.txt"), draft(old, "旧.txt")))


def test_each_changed_number_is_told_with_both_places() -> None:
    old = draft(HEAD + PAST + PLAN, "旧.txt")
    new = draft((HEAD + PAST + PLAN).replace("5.8%", "5.9%").replace("1万人以上", "1.1万人以上"), "新.txt")
    findings = found(Beside.SINCE, new, old)
    assert [(finding.rule, words(finding, new, old)) for finding in findings] == [
        ("DC811", ["5.9%", "5.8%"]),
        ("DC811", ["1.1万人以上", "1万人以上"]),
    ]


def test_seventeen_changed_three_new_two_gone() -> None:
    old = "\n".join(f"第{n}项工作完成投资{n + 20}亿元，惠及群众{n}万户，全部按期建成。" for n in range(1, 20))
    new = "\n".join(f"第{n}项工作完成投资{n + 20 + (n < 18) * 50}亿元，惠及群众{n}万户，全部按期建成。" for n in range(1, 20))
    new = new.replace("惠及群众18万户，", "").replace("惠及群众19万户，", "") + "\n新建学校3所、公园4个、道路5条。"
    assert changes(new, old) == {"DC811": 17, "DC812": 3, "DC813": 2}


def test_a_sentence_that_moved_or_was_cut_or_reworded_is_no_change() -> None:
    one, two = "全年完成投资26亿元，增长8%。", "新增就业1.2万人，失业率4.9%。"
    assert not changes(f"{two}\n{one}", f"{one}\n{two}")
    assert not changes("全年完成投资26亿元。增长8%。", one)
    assert not changes("2025年全年累计完成投资26亿元，同比增长8%。", "2025年全年完成投资26亿元，增长8%。")


def test_rows_of_tables_are_compared_cell_by_cell() -> None:
    before = read.open_document(sample.report_path()).text
    after = before.replace("52000", "53000")
    new, old = draft(after, "新.txt"), draft(before, "旧.txt")
    (finding,) = found(Beside.SINCE, new, old)
    assert words(finding, new, old) == ["53000", "52000"]


def test_a_draft_against_itself_has_no_changes() -> None:
    document = read.open_document(sample.report_path())
    assert audit.compare(Draft.of(document), [Draft.of(document)], beside=Beside.SINCE) == ()


def test_select_and_ignore_hold_between_documents() -> None:
    old, new = draft(HEAD + PAST + PLAN, "旧.txt"), draft((HEAD + PAST + PLAN).replace("5.8%", "5.9%"), "新.txt")
    assert audit.compare(new, [old], beside=Beside.SINCE, ignore=["DC811"]) == ()
    assert audit.compare(new, [old], beside=Beside.SINCE, select=["DC812"]) == ()


# The ledger


def ledger(text: str) -> Draft:
    return Draft.of_plan(draft(text).plan, name="台账")


def test_a_target_that_is_not_the_ledgers_is_a_warning():
    kept = ledger(HEAD + PLAN + "今年主要预期目标是：固定资产投资增长6%。")
    (finding,) = found(Beside.LEDGER, draft(HEAD + PLAN + "确保固定资产投资增长5%。"), kept)
    assert (finding.rule, finding.severity, finding.expected[0], finding.found[0]) == ("DC805", Severity.WARNING, "6%", "5%")


@pytest.mark.parametrize("said", ["固定资产投资增长6%。", "固定资产投资增长6%以上。", "社会消费品零售总额增长5%。"])
def test_what_the_ledger_has_or_does_not_know_is_not_flagged(said):
    kept = ledger(HEAD + PLAN + "今年主要预期目标是：固定资产投资增长6%。")
    assert found(Beside.LEDGER, draft(HEAD + PLAN + said), kept) == []


def test_a_result_rounded_from_the_ledgers_is_the_same():
    kept = ledger(HEAD + PAST + "城镇新增就业11832人。\n" + PLAN + "今年主要预期目标是：城镇新增就业11000人。")
    assert found(Beside.LEDGER, draft(HEAD + PAST + "城镇新增就业1.18万人。"), kept) == []
    assert [each.found[0] for each in found(Beside.LEDGER, draft(HEAD + PAST + "城镇新增就业1.28万人。"), kept)] == ["1.28万人"]
