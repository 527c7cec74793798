"""A finding tells a difference: what was expected is never what was found."""

import json
from dataclasses import replace

import pytest
from tests.unit.audit.saying import findings, raised
from tests.unit.audit.test_dt2_text_table import table

from duheng import audit, read, sample
from duheng.audit import Draft, Finding, Severity, Spot
from duheng.audit.rule import rules

FIRMS = ("高新技术企业数", "家", "预期性", "95")


def raw(text: str) -> list[Finding]:
    """What the rules say of a text, before the audit looks at it."""
    draft = Draft.of(read.open_document(data=text.encode(), name="report.txt"))
    return [found for rule in rules() for found in rule.check(draft)]


def same(found: list[Finding]) -> list[Finding]:
    return [each for each in found if not each.says_a_difference]


@pytest.mark.parametrize("said", ["高新技术企业达95家。", "高新技术企业达95户。", "高新技术企业数达到95家以上。"])
def test_a_count_that_the_table_has_too_is_no_finding(said):
    assert raised("DT205", plan=said + "\n" + table(FIRMS)) == []
    assert raised("DT201", said, "高新技术企业总数达95家。") == []


def test_a_count_that_the_table_has_not_is_one():
    assert len(raised("DT205", plan="高新技术企业达96家。\n" + table(FIRMS))) == 1
    assert len(raised("DT201", "高新技术企业达96家。", "高新技术企业总数达95家。")) == 1


def test_a_result_in_a_column_of_the_table_is_held_against_the_text():
    rows = "指标\t单位\t2024年完成\t2025年目标\n高新技术企业数\t家\t86\t95\n"
    assert raised("DT205", "高新技术企业达86家。", plan=rows) == []
    assert len(raised("DT205", "高新技术企业达68家。", plan=rows)) == 1


def test_a_rise_and_a_fall_of_the_same_size_are_told_apart():
    (found,) = findings("DT201", "全年固定资产投资增长5%。", "全年固定资产投资下降5%。")
    assert (found.expected, found.found) == (("增长5%", "up 5%"), ("下降5%", "down 5%"))
    assert "下降5%" in found.message[0]


def test_what_says_no_difference_is_not_shown(monkeypatch):
    draft = Draft.of(read.open_document(data="全年投资增长5%。".encode(), name="report.txt"))
    told = Finding(
        rule=rules()[0].code,
        severity=Severity.ERROR,
        message=("应为86家", "expected 86"),
        spots=(Spot(offset=0, end=2),),
        sentence="全年投资增长5%。",
        expected=("1,086 家", "1,086 家"),
        found=("１０８６家", "１０８６家"),
    )
    given = [told, replace(told, found=("87家", "87家")), replace(told, expected=("", ""), found=("", ""))]
    monkeypatch.setattr(audit, "rules", lambda: (replace(rules()[0], check=lambda _: iter(given)),))
    assert audit.audit(draft) == tuple(given[1:])


@pytest.mark.slow
def test_no_rule_says_that_of_the_sample_or_its_corruptions():
    text = read.open_document(sample.report_path()).text
    changed = (text.replace(each["find"], each["replace"]) for each in sample.truth("mutants"))
    assert [found for each in (text, *changed) for found in same(raw(each))] == []


@pytest.mark.long
def test_no_rule_says_that_of_real_reports_or_their_corruptions(truth):
    for gold in truth.glob("gold/*/mutants.jsonl"):
        text = (truth / "reports" / f"{gold.parent.name}.txt").read_text("utf-8")
        for line in gold.read_text("utf-8").splitlines():
            if line.strip():
                mutant = json.loads(line)
                assert same(raw(text.replace(mutant["find"], mutant["replace"]))) == []
