"""Digits at full width, as some input methods leave them, say what they say at half width."""

import re
from importlib import resources

import pytest

from duheng import plan, read

WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")


def widened(text):
    """Every digit, per cent sign and decimal point at full width."""
    return re.sub(r"(?<=[０-９])\.(?=[０-９])", "．", text.translate(WIDE))


@pytest.fixture(scope="module")
def reports():
    text = (resources.files("duheng.sample") / "report.txt").read_text("utf-8")
    return [read.open_document(data=each.encode(), name="报告.txt") for each in (text, widened(text))]


def test_the_claims_are_the_same_in_the_words_of_their_document(reports):
    half, wide = (read.claims(document) for document in reports)
    assert [(c.offset, c.subject, c.value, c.unit, c.period, c.role, c.measure) for c in wide] == [
        (c.offset, c.subject, c.value, c.unit, c.period, c.role, c.measure) for c in half
    ]
    assert all(reports[1].text[c.offset : c.offset + len(c.span)] == c.span for c in wide)
    assert all(c.sentence in reports[1].text or "|" in c.sentence for c in wide)


def test_the_plan_is_the_same_plan(reports):
    half, wide = (plan.to_dict(plan.from_reports(document, read.claims(document))) for document in reports)
    assert wide == half
    assert wide["year"] == 2026
    assert plan.by_plan(reports) == ((0, 1),)


def test_what_is_folded_stays_at_its_place():
    text = "２０２５年增长５．８％，达１２户．其中：Ａ区１，２３４户"
    assert read.fold(text) == "2025年增长5.8%，达12户．其中：Ａ区1，234户"
    assert len(read.fold(text)) == len(text)
