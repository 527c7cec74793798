"""Findings for a reader at a terminal: one a block, with its place, its sentence with the words pointed to, and the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from duheng.audit import Finding, Spot, Where, excerpts, place_of
from duheng.cli.findings.audited import SEVERITIES, Audited, counts, names_of_rules

_COLOURS = {"error": "31", "warning": "33", "note": "36"}
_MANY, _FIRST = 8, 3  # of more places than so many only the first are shown: nobody reads one sentence at thirty cells
_LONGEST = 28  # characters of a heading in a path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """How words are set off: by the terminal's own means, or by marks where there are none."""

    colour: bool

    def strong(self, text: str, code: str) -> str:
        return f"\x1b[1;{code}m{text}\x1b[0m" if self.colour else text

    def faint(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text

    def under(self, text: str, code: str) -> str:
        return f"\x1b[4;{code}m{text}\x1b[0m" if self.colour else f"«{text}»"


def as_text(reports: Sequence[Audited], *, language: str, colour: bool = False, hidden: int = 0) -> str:
    """All findings, and a line that counts them; `hidden` are those that an explanation would be shown for."""
    pen, names = _Pen(colour=colour), names_of_rules()
    lines = [line for report in reports for line in _report(report, pen, names, language)]
    return "\n".join([*lines, _summary(reports, hidden, language)])


def _report(report: Audited, pen: _Pen, names: Mapping[str, tuple[str, str]], language: str) -> Iterator[str]:
    chosen = 0 if language == "zh" else 1
    if report.findings:
        yield pen.strong(report.document.name, "39")
        yield ""
    for finding in report.findings:
        severity = finding.severity.value
        name = names.get(finding.rule, ("", ""))[chosen]
        yield f"{pen.strong(SEVERITIES[severity][chosen], _COLOURS[severity])} {finding.rule}@{finding.offset} {name}"
        yield from (f"  {line}" for line in _finding(report, finding, pen, language))
        yield ""


def _finding(report: Audited, finding: Finding, pen: _Pen, language: str) -> Iterator[str]:
    chosen = 0 if language == "zh" else 1
    code = _COLOURS[finding.severity.value]
    for name, spots in groupby(finding.spots, key=lambda spot: spot.document):
        yield from _places(report, list(spots), pen, (name, code, language))
    yield finding.message[chosen]
    if finding.corrects:
        expected, found = finding.expected[chosen], finding.found[chosen]
        yield f"应为：{expected}；实为：{found}" if chosen == 0 else f"expected: {expected}; found: {found}"
    if finding.explanation is not None:
        yield pen.faint(f"{('说明：', 'explained: ')[chosen]}{finding.explanation[chosen]}")


def _places(report: Audited, spots: Sequence[Spot], pen: _Pen, about: tuple[str, str, str]) -> Iterator[str]:
    name, code, language = about
    document = report.document_of(spots[0])
    last = ""
    found = list(excerpts(document, [(spot.offset, spot.end) for spot in spots]))
    shown = found if len(found) <= _MANY else found[:_FIRST]
    for excerpt in shown:
        told = place(place_of(document, excerpt.offset), language=language, counts_blocks=document.format == "docx")
        if told != last:
            yield pen.faint(f"{name + ' · ' if name else ''}{told}")
            last = told
        yield "".join(pen.under(piece.text, code) if piece.marked else piece.text for piece in excerpt.pieces)
    if rest := len(found) - len(shown):
        yield pen.faint(f"……另有 {rest} 处相同" if language == "zh" else f"… and {rest} more places like these")


def place(at: Where, *, language: str, counts_blocks: bool = False) -> str:
    """A place in words: the headings above it, and its paragraph or row."""
    path = " > ".join(title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…" for title in at.section)
    if language == "zh":
        own = f"第 {at.paragraph} 段" if at.table is None else f"表格 {at.table} 第 {at.row} 行第 {at.column} 列"
        own += f"（块 {at.block}）" if counts_blocks else ""
    else:
        own = f"paragraph {at.paragraph}" if at.table is None else f"table {at.table}, row {at.row}, column {at.column}"
        own += f" (block {at.block})" if counts_blocks else ""
    own = " · ".join(filter(None, [printed(at, language=language), "" if at.sheet else own]))
    return f"{path} · {own}" if path else own


def printed(at: Where, *, language: str) -> str:
    """Where something is found in the file itself: its page, or its sheet and cell; "" where files have neither.

    >>> printed(Where(section=(), block=1, page=3), language="zh")
    '第 3 页'
    >>> printed(Where(section=(), block=1, sheet="指标", address="C5"), language="zh")
    '表“指标” C5'
    >>> printed(Where(section=(), block=1, sheet="指标"), language="zh")
    '表“指标”'
    """
    if at.sheet:
        return " ".join(filter(None, [f"表“{at.sheet}”" if language == "zh" else f"sheet “{at.sheet}”", at.address]))
    if at.page:
        return f"第 {at.page} 页" if language == "zh" else f"page {at.page}"
    return ""


def _summary(reports: Sequence[Audited], hidden: int, language: str) -> str:
    told = counts(reports, language=language)
    if language == "zh":
        return f"{told}。" + (f"另有 {hidden} 处看似不符、已有说明或已接受（--explain 可列出）。" if hidden else "")
    return f"{told}." + (f" {hidden} more are explained or accepted (--explain lists them)." if hidden else "")
