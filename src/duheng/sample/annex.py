"""Sets the sample report's annex as annex.xlsx, the same bytes each time: `python -m duheng.sample.annex`.

Written as SpreadsheetML by hand, so that the library needs nothing to make it and no date or program is in it.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from duheng.read.sheet import address
from duheng.sample.build import DECLARATION, TIMESTAMP

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(slots=True)
class _Sheet:
    """One sheet of the manuscript: its title lines, then its table with "<" and "^" for merged cells."""

    name: str
    titles: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def annex() -> bytes:
    """The sample annex as the bytes of an .xlsx file."""
    sheets = _parse(files("duheng.sample").joinpath("annex.txt").read_text(encoding="utf-8"))
    parts = {"[Content_Types].xml": _types(len(sheets)), "_rels/.rels": _rels([("officeDocument", "xl/workbook.xml")])}
    parts["xl/workbook.xml"] = _workbook([sheet.name for sheet in sheets])
    parts["xl/_rels/workbook.xml.rels"] = _rels([("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(sheets))])
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, TIMESTAMP)
            entry.create_system = 0
            package.writestr(entry, text)
    return out.getvalue()


def _parse(text: str) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    in_table = False
    for line in text.splitlines():
        if line.startswith("#sheet "):
            sheets.append(_Sheet(line.removeprefix("#sheet ")))
            in_table = False
        elif line == "#table":
            in_table = True
        elif in_table:
            sheets[-1].rows.append(line.split("|"))
        else:
            sheets[-1].titles.append(line)
    return sheets


def _sheet(sheet: _Sheet) -> str:
    width = max(map(len, sheet.rows))
    grid = [[title, *["<"] * (width - 1)] for title in sheet.titles] + sheet.rows
    rows = []
    for i, row in enumerate(grid):
        cells = "".join(_cell(address(i, j), text) for j, text in enumerate(row) if text and text not in "<^")
        rows.append(f'<row r="{i + 1}">{cells}</row>')
    merged = [f'<mergeCell ref="{address(*first)}:{address(*last)}"/>' for first, last in _merged(grid)]
    spans = f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""
    return f"{DECLARATION}<worksheet {_MAIN}><sheetData>{''.join(rows)}</sheetData>{spans}</worksheet>"


def _cell(place: str, text: str) -> str:
    if text.replace(".", "", 1).isdigit():
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _merged(grid: list[list[str]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The merged ranges: to the right over "<", downwards over "^"."""
    found = []
    for i, row in enumerate(grid):
        for j, text in enumerate(row):
            right, down = j, i
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while down + 1 < len(grid) and j < len(grid[down + 1]) and grid[down + 1][j] == "^":
                down += 1
            if text not in ("<", "^") and (right, down) != (j, i):
                found.append(((i, j), (down, right)))
    return found


def _workbook(names: list[str]) -> str:
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, start=1))
    return f'{DECLARATION}<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>'


def _rels(targets: list[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{i}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main")] + [(f"/xl/worksheets/sheet{i + 1}.xml", "worksheet") for i in range(sheets)]
    overrides = "".join(f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in parts)
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'


if __name__ == "__main__":
    Path(__file__).with_name("annex.xlsx").write_bytes(annex())
