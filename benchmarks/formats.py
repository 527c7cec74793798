"""How far a report reads the same in every format: writes the part of docs/accuracy.md on formats.

    make bench            or    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/formats.py

Each Word report is made a .pdf (by LibreOffice, and by Chromium from a page), a page, Markdown and a .doc; what is read of them is
held against what is read of the Word file. Without LibreOffice or Chromium their rows are left out, and the page says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

import page

from duheng import read, sample

STYLE = (
    'body{font:16px/1.8 "Noto Serif CJK SC"}p{text-indent:2em;margin:0;text-align:justify}'
    "table{border-collapse:collapse;width:100%}td{border:1px solid;padding:2px 4px}.box{border:1px solid;padding:4px}"
)
HEAD = """Claims are the same when subject, value and unit are (as often as they occur). *Same* is their share of the claims in the Word
file, *of these* their share of the claims read in the other format.

| report | format | claims | same | of these | tables | boxes | seconds |
|---|---|--:|--:|--:|--:|--:|--:|
"""
OFFICE = "soffice"


def main() -> None:
    """Make the formats of each report, read them, and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for name, report in _reports() for row in _rows(name, report, Path(folder))]
    lacking = [tool for tool in (OFFICE, "chromium") if shutil.which(tool) is None]
    note = f"\n\nNot installed, so not measured: {', '.join(lacking)}." if lacking else ""
    page.write("accuracy", "formats", HEAD + "\n".join(rows) + note)


def _reports() -> Iterator[tuple[str, Path]]:
    yield "sample", sample.report_path()
    folder = os.environ.get("DUHENG_TRUTH")
    if folder:
        reports = Path(folder) / "reports"
        own = sorted(reports.glob("*.docx"))
        yield from ((f"district {number}", path) for number, path in enumerate(own, 1))
        provinces = sorted((reports / "prov2025").glob("*.docx"))[:3]
        yield from ((f"province {number}", path) for number, path in enumerate(provinces, 1))


def _rows(name: str, report: Path, folder: Path) -> Iterator[str]:
    source = folder / "report.docx"
    shutil.copyfile(report, source)
    want = read.open_document(source)
    claims = _claims(want)
    for told, path in _made(want, source, folder):
        start = time.perf_counter()
        document = read.open_document(path)
        seconds = time.perf_counter() - start
        found = _claims(document)
        same = (claims & found).total()
        yield (
            f"| {name} | {told} | {found.total()} | {same / claims.total():.4f} | {same / max(1, found.total()):.4f} "
            f"| {len(document.tables)} of {len(want.tables)} | {len(document.boxes)} of {len(want.boxes)} | {seconds:.2f} |"
        )


def _made(want: read.Document, source: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The report in the other formats, each with what it was made by."""
    (folder / "report.html").write_text(as_page(want), encoding="utf-8")
    yield ".html", folder / "report.html"
    (folder / "report.md").write_text(as_markdown(want), encoding="utf-8")
    yield ".md", folder / "report.md"
    if shutil.which("chromium"):
        printed = folder / "printed.pdf"
        flags = ["--headless", "--no-sandbox", "--disable-background-networking", f"--print-to-pdf={printed}"]
        subprocess.run(["chromium", *flags, (folder / "report.html").as_uri()], check=True, capture_output=True, timeout=180)
        yield ".pdf (Chromium)", printed
    if shutil.which(OFFICE):
        for kind in ("pdf", "doc"):
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            convert = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", folder, source]
            subprocess.run(convert, check=True, capture_output=True, timeout=180)
            yield f".{kind} (LibreOffice)", folder / f"report.{kind}"


def _claims(document: read.Document) -> Counter[tuple[str, str, str]]:
    return Counter((claim.subject, str(claim.value), claim.unit) for claim in read.claims(document))


def _flow(document: read.Document) -> Iterator[tuple[int | None, int | None, list[read.Block]]]:
    for (table, box), group in groupby(document.blocks, key=lambda block: (block.table, block.box)):
        yield table, box, list(group)


def as_page(document: read.Document) -> str:
    """A document as a page that prints."""
    parts: list[str] = []
    for table, box, blocks in _flow(document):
        lines = "".join(f"<p>{escape(block.text)}</p>" for block in blocks)
        if table is not None:
            parts.append(f"<table>{''.join(_table_rows(document.tables[table]))}</table>")
        else:
            # A table of one cell is how a box is made on a page as in Word.
            parts.append(f'<table class="box"><tr><td>{lines}</td></tr></table>' if box is not None else lines)
    return f'<!doctype html><html><head><meta charset="utf-8"><style>{STYLE}</style></head><body>{"".join(parts)}</body></html>'


def _table_rows(table: read.Table) -> Iterator[str]:
    seen: set[int] = set()
    for number, row in enumerate(table.rows):
        cells = []
        for column, cell in enumerate(row):
            if id(cell) in seen:
                continue
            seen.add(id(cell))
            across = sum(other is cell for other in row[column:])
            down = sum(column < len(below) and below[column] is cell for below in table.rows[number:])
            cells.append(f'<td colspan="{across}" rowspan="{down}">{escape(cell.text).replace(chr(10), "<br>")}</td>')
        yield f"<tr>{''.join(cells)}</tr>"


def as_markdown(document: read.Document) -> str:
    """A document as Markdown, whose tables know no merged cells."""
    parts: list[str] = []
    for table, _, blocks in _flow(document):
        if table is None:
            parts += [block.text for block in blocks]
            continue
        rows = ["| " + " | ".join(cell.text.replace("\n", " ") for cell in row) + " |" for row in document.tables[table].rows]
        rows.insert(1, "|" + "---|" * len(document.tables[table].rows[0]))
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
