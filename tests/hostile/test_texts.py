"""Texts made to be slow go through reading, claims, plan and audit in seconds: nothing grows with the square of their length."""

from __future__ import annotations

from pathlib import Path

import pytest

from duheng import audit, read
from duheng.errors import DocumentTooLong
from duheng.read.paragraph import LONGEST
from tests.hostile.texts import texts
from tests.hostile.trial import Trial

SEED = 20261129
FEW, MANY = 3_000, 30_000  # characters
SECONDS = 20  # of work for all four stages of the longer ones


def test_short_ones_are_read_at_once(tmp_path: Path) -> None:
    with Trial(tmp_path) as trial:
        found = list(trial.all_of((f"{name}.txt", text.encode()) for name, text in list(texts(FEW, seed=SEED).items())[::6]))
    assert [outcome for outcome in found if outcome.bad] == []


@pytest.mark.long
def test_long_ones_are_read_in_seconds(tmp_path: Path) -> None:
    with Trial(tmp_path, seconds=SECONDS) as trial:
        found = list(
            trial.all_of((f"{number}.txt", text.encode()) for number, text in enumerate(texts(MANY, seed=SEED).values()))
        )
    print(f"seed {SEED}: longest {max(outcome.seconds for outcome in found)} s")
    assert [outcome for outcome in found if outcome.bad] == []


def test_more_text_than_a_report_has_is_refused_with_the_bound() -> None:
    with pytest.raises(DocumentTooLong) as caught:
        read.open_document(data=b"1" * 10_000_000, name="长.txt")
    assert "1000000" in caught.value.message("zh")
    assert "10000000 characters; at most 1000000" in caught.value.message("en")


def test_a_report_printed_on_one_line_is_cut_behind_its_sentences_and_loses_nothing() -> None:
    text = "全年地区生产总值增长5.8%，新增就业1.2万人。" * 1000
    document = read.open_document(data=text.encode(), name="一行.txt")
    assert len(document.blocks) > 5
    assert all(len(block.text) <= LONGEST and block.text.endswith("。") for block in document.blocks)
    assert "".join(block.text for block in document.blocks) == text
    assert len(read.claims(document)) == 2000


def test_what_one_rule_finds_ends_somewhere_and_says_so() -> None:
    document = read.open_document(data=("，，甲。\n" * 3000).encode(), name="多.txt")
    found = audit.audit(document, select=["DN603"])
    assert len(found) == audit.MOST
    assert "only the first 1000" in found[-1].message[1]
