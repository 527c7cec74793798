"""DR302 Numbering · 编号断档、重号、错序

Tests: headings (一、 （一） 1. （1）), items inside paragraphs (一是…二是…, 第一，…), and the captions of tables, boxes and annexes:
each row of siblings counts on from 1 without gap, repeat or exchange. 1. to 21. may run on through （一） to （六）.

Fails: （一）（二）（四）（四）; 一是…二是…四是…四是; 专栏1、专栏2、专栏4、专栏4、专栏5.
Passes: 一、（一）（二）二、（一）; a number that stands in another form, which DR303 reports.
May be wrong: where a heading was lost in conversion; gaps are therefore warnings, numbers that their neighbours refute are errors.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.numbered import ITEM_FORMS, Mark, Row, captions, headings, items
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.audit.sequence import Fault, Slip, slips

_MANY = 3  # slips of one row from which it is told once: the row itself is something else, or lost its beginning
_FEW = 3  # numbers of a row that must stand beside a gap to make it one


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a number of a heading, item or caption is out of turn."""
    counted = headings(draft.document)
    lone = [row[0] for row in counted if len(row) == 1]
    for row in counted:
        yield from _in_row(draft, row, lone=lone)
    for row in (*items(draft.document), *captions(draft.document).values()):
        yield from _in_row(draft, row, lone=[])


def _in_row(draft: Draft, row: Row, *, lone: list[Mark]) -> Iterator[Finding]:
    if len(row) < 2:
        return
    found = slips([mark.value for mark in row])
    for slip in found[:1] if len(found) > _MANY else found:
        before = row[slip.index - 1] if slip.index else None
        mark = row[slip.index]
        if slip.fault is Fault.GAP and _is_there(draft, slip, before, mark, lone):
            continue
        yield _finding(draft, row, slip)


def _is_there(draft: Draft, slip: Slip, before: Mark | None, mark: Mark, lone: list[Mark]) -> bool:
    """Whether the number that seems to be missing stands between its neighbours in another form, or unnoticed."""
    start = before.end if before else max(0, mark.offset - 4000)
    if any(start <= each.offset < mark.offset and each.value == slip.expected for each in lone):
        return True
    label = re.escape(mark.like(slip.expected).rstrip(".，、"))
    # An item may follow any word; a heading or caption must open a line.
    form = label if mark.form in ITEM_FORMS else rf"(?:^|\n)\s*{label}\s*(?:[.．、：:（(]|$)"
    return bool(re.search(form, draft.document.text[start : mark.offset]))


def _finding(draft: Draft, row: Row, slip: Slip) -> Finding:
    mark = row[slip.index]
    around = [each for each in (row[slip.index - 1] if slip.index else None, *row[slip.index + 1 : slip.index + 2]) if each]
    sure = slip.fault is not Fault.GAP and (len(row) >= _FEW or slip.fault is Fault.REPEAT)
    return pointed(
        draft,
        RULE,
        _message(row, slip),
        [(mark.offset, mark.end), *((each.offset, each.end) for each in around)],
        Severity.ERROR if sure else Severity.WARNING,
    )


def _message(row: Row, slip: Slip) -> tuple[str, str]:
    mark, run = row[slip.index], " ".join(each.label for each in row[max(0, slip.index - 3) : slip.index + 3])
    found, wanted = mark.label, mark.like(slip.expected)
    if slip.fault is Fault.GAP:
        start = f"在“{row[slip.index - 1].label}”之后" if slip.index else "一开始"
        return (
            f"编号{start}就是“{found}”，缺“{wanted}”（这一组依次是：{run}）。请看是漏了一项，还是编号有误。",
            f"Numbering: “{found}” comes where “{wanted}” is due (in order: {run}). Is an item missing, or the number wrong?",
        )
    if slip.fault is Fault.REPEAT:
        return (
            f"编号“{found}”重复，此处应为“{wanted}”（这一组依次是：{run}）。请更正编号。",
            f"The number “{found}” is used twice; “{wanted}” is due here (in order: {run}). Correct the number.",
        )
    if slip.fault is Fault.SWAPPED:
        return (
            f"编号“{found}”排在“{wanted}”前面（这一组依次是：{run}）。请核对先后次序。",
            f"“{found}” comes before “{wanted}” (in order: {run}). Check the order.",
        )
    return (
        f"编号“{found}”应为“{wanted}”（这一组依次是：{run}）。请更正编号。",
        f"The number “{found}” should be “{wanted}” (in order: {run}). Correct the number.",
    )


RULE = Rule(code="DR302", name=("编号次序", "Numbering"), severity=Severity.ERROR, check=check, page=__doc__)
