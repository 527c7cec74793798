"""Sets the sample report as report.docx, the same bytes each time: `python -m duheng.sample.build`.

The file is written as WordprocessingML by hand, so that it holds what real reports hold and a library would smooth away:
headings counted by the word processor, a footnote, a text box in both its modern and its legacy form, a tracked change,
one-cell tables and a merged row. What never changes (styles, numbering, relationships) lies ready under `parts/`.
"""

from __future__ import annotations

import io
import re
import zipfile
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from duheng.sample.source import Box, Grid, Line, Manuscript, parse

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Zip entries carry a time, and deflated bytes differ between zlib versions: the earliest time the format knows and entries
# that are only stored keep the file the same on every machine.
TIMESTAMP = (1980, 1, 1, 0, 0, 0)
RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
TRACKED = 'w:author="综合科" w:date="2026-01-05T09:00:00Z"'
# Widths in twentieths of a point: number, name, unit, nature, target.
COLUMNS = (800, 3700, 1500, 1300, 1700)
INLINE = re.compile(r"\[\^(?P<note>\d+)\]|\[-(?P<gone>.*?)-\]|\[\+(?P<new>.*?)\+\]")
# Numbering definitions of parts/word/numbering.xml, by the role of the line they count.
COUNTED = {"h2auto": 1, "item": 2}
STYLES = {"title": "Title", "center": "Centre", "caption": "Caption", "boxtitle": "BoxTitle"}
BOLD = {"h1", "h2", "h2auto", "boxtitle", "caption"}


def build() -> bytes:
    """The sample report as the bytes of a .docx file."""
    here = files("duheng.sample")
    manuscript = parse(here.joinpath("report.txt").read_text(encoding="utf-8"))
    parts = dict(_ready_parts(here.joinpath("parts"), ""))
    parts["word/document.xml"] = document_xml(manuscript)
    parts["word/footnotes.xml"] = footnotes_xml(manuscript)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        # The list of content types comes first, as word processors write it.
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, TIMESTAMP)
            entry.create_system = 0
            package.writestr(entry, parts[name])
    return out.getvalue()


def document_xml(manuscript: Manuscript) -> str:
    """The body of the report."""
    body: list[str] = []
    for piece in manuscript.pieces:
        if isinstance(piece, Box):
            body.append(_box(piece) + _paragraph(Line(role="body", text="")))
        elif isinstance(piece, Grid):
            body.append(_table(piece))
        elif piece.role == "textbox":
            # A text box hangs in a run of the paragraph it stands beside.
            body[-1] = body[-1].removesuffix("</w:p>") + _text_box(piece.text) + "</w:p>"
        else:
            body.append(_paragraph(piece))
    margins = '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588"/>'
    page = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{margins}</w:sectPr>'
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(body)}{page}</w:body></w:document>"


def footnotes_xml(manuscript: Manuscript) -> str:
    """The footnotes, after the two separators every word processor expects."""
    notes = [
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>',
    ]
    for number, text in enumerate(manuscript.footnotes, 1):
        mark = f"<w:r>{RAISED}<w:footnoteRef/></w:r>"
        notes.append(f'<w:footnote w:id="{number}"><w:p>{mark}{_run(text)}</w:p></w:footnote>')
    return f"{DECLARATION}<w:footnotes {NAMESPACES}>{''.join(notes)}</w:footnotes>"


def _ready_parts(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _ready_parts(entry, f"{prefix}{entry.name}/")
        else:
            # Kept under plain names ("rels.xml", "content_types.xml"): dot files and brackets do not travel well.
            name = {"content_types.xml": "[Content_Types].xml", "rels.xml": "_rels/.rels"}.get(entry.name, entry.name)
            if entry.name == "document.rels.xml":
                name = "_rels/document.xml.rels"
            found.append((prefix + name, entry.read_text(encoding="utf-8")))
    return found


def _paragraph(line: Line) -> str:
    properties = ""
    if line.role in STYLES:
        properties += f'<w:pStyle w:val="{STYLES[line.role]}"/>'
    if line.role in COUNTED:
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{COUNTED[line.role]}"/></w:numPr>'
    if line.role in {"body", "h1", "h2", "h2auto", "item"} and line.text:
        properties += '<w:ind w:firstLine="640"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{_inline(line.text, bold=line.role in BOLD)}</w:p>"


def _inline(text: str, *, bold: bool = False) -> str:
    """Runs of text, with footnote marks and tracked changes where the manuscript has them."""
    out, last = [], 0
    for number, mark in enumerate(INLINE.finditer(text), 1):
        out.append(_run(text[last : mark.start()], bold=bold))
        last = mark.end()
        if mark["note"]:
            out.append(f'<w:r>{RAISED}<w:footnoteReference w:id="{mark["note"]}"/></w:r>')
        elif mark["gone"] is not None:
            gone = f'<w:r><w:delText xml:space="preserve">{escape(mark["gone"])}</w:delText></w:r>'
            out.append(f'<w:del w:id="{100 + number}" {TRACKED}>{gone}</w:del>')
        else:
            out.append(f'<w:ins w:id="{100 + number}" {TRACKED}>{_run(mark["new"])}</w:ins>')
    return "".join(out) + _run(text[last:], bold=bold)


def _run(text: str, *, bold: bool = False) -> str:
    if not text:
        return ""
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _table(grid: Grid) -> str:
    rows = []
    for number, row in enumerate(grid.rows):
        cells = "".join(_cell(text, width=width, bold=number == 0) for text, width in zip(row, COLUMNS, strict=True))
        heading = "<w:trPr><w:tblHeader/></w:trPr>" if number == 0 else ""
        rows.append(f"<w:tr>{heading}{cells}</w:tr>")
    if grid.note:
        rows.append(f"<w:tr>{_cell(grid.note, width=sum(COLUMNS), span=len(COLUMNS))}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in COLUMNS)
    return f"<w:tbl>{_table_properties()}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _box(box: Box) -> str:
    width = sum(COLUMNS)
    inside = "".join(_paragraph(line) for line in box.lines)
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'
    return f'<w:tbl>{_table_properties()}<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>'


def _table_properties() -> str:
    return f'<w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{sum(COLUMNS)}" w:type="dxa"/></w:tblPr>'


def _cell(text: str, *, width: int, span: int = 1, bold: bool = False) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr><w:p>{_run(text, bold=bold)}</w:p></w:tc>'


def _text_box(text: str) -> str:
    """A text box the way word processors store it: the same content twice, modern and for old readers."""
    template = files("duheng.sample").joinpath("text_box.xml").read_text(encoding="utf-8")
    # Unlike a saved file, the template is laid out for the eye; Word would show the spaces between its tags.
    return Template(re.sub(r">\s+<", "><", template.strip())).substitute(content=f"<w:p>{_run(text)}</w:p>")


if __name__ == "__main__":
    Path(__file__).with_name("report.docx").write_bytes(build())
