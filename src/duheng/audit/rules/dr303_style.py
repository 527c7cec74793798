"""DR303 Siblings numbered in one style · 同级编号写法不一

Tests: the headings of one level, which should all be written alike. A lone heading in another form that carries just the number
its neighbours miss is one of them.

Fails: （1）主要指标完成情况 before （二）重点项目完成情况 and （三）重点任务完成情况.
Passes: （1） to （3） below （一）, a level of their own.
May be wrong: hardly; it is a matter of form, hence a warning, and a note where only the width of the brackets differs.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.numbered import Mark, Row, headings
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.audit.sequence import Fault, slips


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where one of several sibling headings is numbered in another form."""
    counted = headings(draft.document)
    lone = [row[0] for row in counted if len(row) == 1]
    for row in counted:
        for slip in slips([mark.value for mark in row]):
            if slip.fault is Fault.GAP and (stray := _stray(row, slip.index, slip.expected, lone)):
                yield _finding(draft, stray, row[slip.index])
        yield from _width(draft, row)


def _stray(row: Row, index: int, expected: int, lone: list[Mark]) -> Mark | None:
    """The heading of another form that fills the gap in front of `row[index]`."""
    mark, start = row[index], row[index - 1].end if index else 0
    for each in reversed(lone):
        if start <= each.offset < mark.offset and each.value == expected and each.form != mark.form:
            return each
    return None


def _finding(draft: Draft, stray: Mark, sibling: Mark) -> Finding:
    wanted = sibling.like(stray.value)
    return pointed(
        draft,
        RULE,
        (
            f"同级标题编号写法不一：此处写作“{stray.label}”，其后同级写作“{sibling.label}”。建议改为“{wanted}”。",
            f"Headings of one level are numbered in two styles: “{stray.label}” here, “{sibling.label}” next. Write “{wanted}”.",
        ),
        [(stray.offset, stray.end), (sibling.offset, sibling.end)],
    )


def _width(draft: Draft, row: Row) -> Iterator[Finding]:
    """A heading whose brackets are half as wide as those of its siblings."""
    text = draft.document.text
    narrow = [mark for mark in row if text[mark.offset] == "("]
    wide = [mark for mark in row if text[mark.offset] == "（"]
    few, many = sorted((narrow, wide), key=len)
    if few and len(many) > 2 * len(few):
        yield pointed(
            draft,
            RULE,
            (
                f"同级标题的括号有全角也有半角：{'、'.join(text[mark.offset : mark.end] for mark in few[:3])}。建议统一为全角。",
                "Headings of one level mix full-width and half-width brackets. Use full-width ones throughout.",
            ),
            [(mark.offset, mark.end) for mark in few],
            Severity.NOTE,
        )


RULE = Rule(code="DR303", name=("同级编号写法", "One style among siblings"), severity=Severity.WARNING, check=check, page=__doc__)
