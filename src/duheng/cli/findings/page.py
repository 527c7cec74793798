"""A report as one page of HTML with its findings in the margin and a list of them on top; it stands alone and prints well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from duheng.audit import Finding, excerpts, place_of
from duheng.cli.findings.audited import SEVERITIES, Audited, counts, names_of_rules
from duheng.cli.findings.style import STYLE
from duheng.cli.findings.text import printed
from duheng.read import Block, BlockKind, Table

_WORDS = {
    "zh": {"title": "审核", "expected": "应为", "found": "实为", "explained": "说明", "in": "见"},
    "en": {"title": "Audit", "expected": "expected", "found": "found", "explained": "explained", "in": "in"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """What the page of one report is made from: its findings by number, and the words of the language."""

    report: Audited
    numbered: Mapping[int, Finding]
    language: str
    names: Mapping[str, tuple[str, str]]

    @property
    def chosen(self) -> int:
        return 0 if self.language == "zh" else 1

    @property
    def words(self) -> Mapping[str, str]:
        return _WORDS[self.language]


def as_page(reports: Sequence[Audited], *, language: str) -> str:
    """The reports, one below the other, as a page without scripts."""
    sheets = list(_sheets(reports, language))
    title = " · ".join([_WORDS[language]["title"], *(report.document.name for report in reports)])
    return (
        f'<!doctype html><html lang="{"zh-Hans" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{''.join(map(_sheet, sheets))}</body></html>"
    )


def _sheets(reports: Sequence[Audited], language: str) -> Iterator[_Sheet]:
    number = 1
    for report in reports:
        numbered = dict(enumerate(report.findings, number))
        number += len(numbered)
        yield _Sheet(report=report, numbered=numbered, language=language, names=names_of_rules())


def _sheet(sheet: _Sheet) -> str:
    told = counts([sheet.report], language=sheet.language)
    head = f"<header><h1>{escape(sheet.report.document.name)}</h1><p>{escape(told)}</p>{_list(sheet)}</header>"
    return f"{head}<main>{''.join(_parts(sheet))}</main>"


def _list(sheet: _Sheet) -> str:
    items = "".join(
        f'<li value="{number}"><a href="#n{number}">{_label(finding, sheet)}</a> {escape(finding.message[sheet.chosen])}</li>'
        for number, finding in sheet.numbered.items()
    )
    return f"<ol>{items}</ol>" if items else ""


def _label(finding: Finding, sheet: _Sheet) -> str:
    severity = finding.severity.value if finding.counts else "explained"
    word = SEVERITIES[finding.severity.value][sheet.chosen] if finding.counts else sheet.words["explained"]
    return f'<b class="{severity}">{word}</b> <code>{escape(finding.rule)}</code>'


def _parts(sheet: _Sheet) -> Iterator[str]:
    """Paragraphs, boxes and tables in reading order, each with its notes beside it."""
    elsewhere = [number for number, finding in sheet.numbered.items() if not sheet.report.here(finding)]
    if elsewhere:
        yield f"<section><div></div><aside>{''.join(_note(number, sheet) for number in elsewhere)}</aside></section>"
    document = sheet.report.document
    for (table, box), group in groupby(document.blocks, key=lambda block: (block.table, block.box)):
        blocks = list(group)
        if table is not None:
            yield _beside(_table(document.tables[table], sheet), blocks, sheet)
        else:
            kind = ' class="box"' if box is not None else ""
            yield from (_beside(f"<div{kind}>{_paragraph(block, sheet)}</div>", [block], sheet) for block in blocks)


def _beside(body: str, blocks: Sequence[Block], sheet: _Sheet) -> str:
    first, last = blocks[0].offset, blocks[-1].end
    notes = [
        _note(number, sheet)
        for number, finding in sheet.numbered.items()
        if (here := sheet.report.here(finding)) and first <= here[0].offset < last
    ]
    return f"<section>{body}<aside>{''.join(notes)}</aside></section>"


def _note(number: int, sheet: _Sheet) -> str:
    finding, words = sheet.numbered[number], sheet.words
    name = sheet.names.get(finding.rule, ("", ""))[sheet.chosen]
    lines = [f"<strong>{number}. {_label(finding, sheet)} {escape(name)}</strong>", escape(finding.message[sheet.chosen])]
    if finding.corrects:
        expected, found = finding.expected[sheet.chosen], finding.found[sheet.chosen]
        lines.append(f"<small>{words['expected']} {escape(expected)} · {words['found']} {escape(found)}</small>")
    if finding.explanation is not None:
        lines.append(f"<small>{escape(finding.explanation[sheet.chosen])}</small>")
    lines += [f"<small>{line}</small>" for line in (*_printed(finding, sheet), *_elsewhere(finding, sheet))]
    kind = finding.severity.value if finding.counts else "explained"
    return f'<article id="n{number}" class="{kind}">{"<br>".join(lines)}</article>'


def _printed(finding: Finding, sheet: _Sheet) -> Iterator[str]:
    """The page, or the sheet and cell, where the finding stands."""
    here = sheet.report.here(finding)
    told = printed(place_of(sheet.report.document, here[0].offset), language=sheet.language) if here else ""
    if told:
        yield escape(told)


def _elsewhere(finding: Finding, sheet: _Sheet) -> Iterator[str]:
    """The sentences in other documents that a finding points to."""
    for name, spots in groupby(finding.spots, key=lambda spot: spot.document):
        if name in ("", sheet.report.document.name) or name not in sheet.report.others:
            continue
        for excerpt in excerpts(sheet.report.others[name], [(spot.offset, spot.end) for spot in spots]):
            said = "".join(f"<mark>{escape(p.text)}</mark>" if p.marked else escape(p.text) for p in excerpt.pieces)
            yield f"{sheet.words['in']} {escape(name)}: {said}"


def _table(table: Table, sheet: _Sheet) -> str:
    rows = []
    for row in table.rows:
        cells = [(next(group), 1 + sum(1 for _ in group)) for _, group in groupby(row, key=id)]
        rows.append("".join(f"<td{_span(width)}>{_marked(cell, sheet)}</td>" for cell, width in cells))
    return f"<div><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></div>"


def _span(width: int) -> str:
    return f' colspan="{width}"' if width > 1 else ""


def _paragraph(block: Block, sheet: _Sheet) -> str:
    if block.style and block.style.startswith("Heading"):
        return f"<h2>{_marked(block, sheet)}</h2>"
    kind = ' class="footnote"' if block.kind is BlockKind.FOOTNOTE else ""
    return f"<p{kind}>{_marked(block, sheet)}</p>"


def _marked(block: Block, sheet: _Sheet) -> str:
    """The text of a block with each place marked, and the numbers of its findings behind it."""
    places = [
        (max(spot.offset, block.offset), min(spot.end, block.end), number, finding)
        for number, finding in sheet.numbered.items()
        for spot in sheet.report.here(finding)
        if spot.offset < block.end and block.offset < spot.end
    ]
    cuts = sorted({block.offset, block.end, *(cut for place in places for cut in place[:2])})
    pieces = []
    for start, end in pairwise(cuts):
        text = escape(block.text[start - block.offset : end - block.offset]).replace("\n", "<br>")
        over = [finding for first, last, _, finding in places if first <= start < last]
        ends = dict.fromkeys(number for first, last, number, _ in places if first < end == last)
        calls = "".join(f'<sup><a href="#n{number}">{number}</a></sup>' for number in ends)
        pieces.append(f'<mark class="{_gravest(over)}">{text}</mark>{calls}' if over else text)
    return "".join(pieces)


def _gravest(findings: Sequence[Finding]) -> str:
    counted = [finding.severity for finding in findings if finding.counts]
    return min(counted, key=lambda severity: severity.rank).value if counted else "explained"
