"""What came of a file of figures, in the words of the reader's language."""

import pytest

from duheng.cli import load_text

TAKEN = {
    "file": "表.csv",
    "again": False,
    "asks": False,
    "refused": False,
    "stored": True,
    "new": 1,
    "revised": 0,
    "confirmed": 0,
    "unchanged": 0,
    "missing": 0,
    "doubts": [],
}


def column(letter, measure, percent=""):
    return {
        "head": letter,
        "letter": letter,
        "indicator": "cpi",
        "measure": measure,
        "percent": percent,
        "confidence": 1.0,
        "why": ("", ""),
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["当期", "同比", "环比", "累计指数 以小数表示"]),
        ("en", ["level", "growth", "over the period before", "index to date as a fraction"]),
    ],
)
def test_measures_are_told_in_words(language, words, monkeypatch):
    monkeypatch.setenv("DUHENG_LANG", language)
    columns = [column("A", "level"), column("B", "growth"), column("C", "sequential"), column("D", "ytd_index", "fraction")]
    sheet = {"sheet": "表", "period": "", "area": "全国", "keys": [], "columns": columns}
    told = list(load_text.lines({**TAKEN, "sheets": [sheet]}))
    assert any("全国" in line for line in told)
    assert [line.partition("→ cpi ")[2] for line in told[2:]] == words
