"""DN604 Marks of the wrong width · 全角半角混用

Tests: half-width , ; : ? ! between two Chinese characters, and full-width digits in a report that otherwise writes half-width ones.

Fails: 全区经济稳中有进,质效提升.
Passes: 1,200; 3:2; marks inside foreign words.
May be wrong: never gravely; all places of one kind come in one note.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.pointing import Span, pointed
from duheng.audit.rule import Rule

_NARROW = re.compile(r"(?<=[一-鿿”）])[,;:?!](?=[一-鿿“（])")
_WIDE = re.compile(r"[０-９]+")
_SHOWN = 8  # places named; the count says how many there are


def check(draft: Draft) -> Iterator[Finding]:
    """One note for each kind of mark or digit of the wrong width."""
    for pattern, zh, en in (
        (
            _NARROW,
            "汉字之间用了半角标点，共{n}处。建议改为全角。",
            "Half-width marks between Chinese characters: {n}. Use full-width ones.",
        ),
        (_WIDE, "数字写成了全角，共{n}处。建议改为半角。", "Full-width digits: {n}. Use half-width ones."),
    ):
        spans = list(_found(draft, pattern))
        if spans:
            yield pointed(draft, RULE, (zh.format(n=len(spans)), en.format(n=len(spans))), spans[:_SHOWN])


def _found(draft: Draft, pattern: re.Pattern[str]) -> Iterator[Span]:
    for block in draft.document.blocks:
        for found in pattern.finditer(block.text):
            yield block.offset + found.start(), block.offset + found.end()


RULE = Rule(code="DN604", name=("全角半角", "Marks of the wrong width"), severity=Severity.NOTE, check=check, page=__doc__)
