"""Tables as one workbook (.xlsx), a sheet for each: numbers as numbers, and never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

from duheng import pattern as re

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60  # characters of a column
_NAME = 31  # characters of a sheet's name, at most; and these may not be in it
_BARRED = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: the name on its tab, the heads of its columns, its rows, and a line below that says where it is from.

    `digits` says of some columns, by their place, how many digits after the point a number shows; the number itself is exact.
    """

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]
    note: str = ""
    digits: Mapping[int, int] = field(default_factory=dict)


class Printed(str):
    """A number as a page prints it (`1,234.50`, `−0.1`, `+3`): text everywhere else, in a workbook a number that looks the same.

    What is no number (empty, a dash) stays text.
    """

    __slots__ = ()

    @property
    def value(self) -> float | None:
        """The number that is printed; None where there is none."""
        plain = self.replace(",", "").replace("−", "-").removeprefix("+").removeprefix("±")
        return float(plain) if _NUMBER.fullmatch(plain) else None

    @property
    def form(self) -> str:
        """How a workbook shows the number as it is printed here."""
        digits = len(self.partition(".")[2])
        form = f"#,##0.{'0' * digits}" if digits else "#,##0"
        return f"+{form};-{form};{form}" if self.startswith("+") else form


def guarded(text: str) -> bool:
    """Whether a text would be taken for a formula by a program that reads the sheet carelessly."""
    return text.startswith(_DANGEROUS)


def book(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with these sheets, in their order."""
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for sheet in sheets:
        _write(workbook, sheet)
    workbook.close()
    return buffer.getvalue()


def _write(workbook: Any, sheet: Sheet) -> None:
    page = workbook.add_worksheet(sheet.name.translate(_BARRED)[:_NAME])
    top = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    head, quoted_head = (workbook.add_format(top | {"quote_prefix": quoted}) for quoted in (False, True))
    plain, quoted_plain = (
        workbook.add_format({"valign": "top", "text_wrap": True, "quote_prefix": quoted}) for quoted in (False, True)
    )
    shown = {
        column: workbook.add_format({"valign": "top", "num_format": f"#,##0.{'0' * digits}" if digits else "#,##0"})
        for column, digits in sheet.digits.items()
    }
    forms: dict[str, Any] = {}
    widths = [len(title) * 2 for title in sheet.heads]
    for column, title in enumerate(sheet.heads):
        page.write_string(0, column, title, quoted_head if guarded(title) else head)
    number = 0
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, Printed) and value.value is not None:
                form = forms.setdefault(value.form, workbook.add_format({"valign": "top", "num_format": value.form}))
                page.write_number(number, column, value.value, form)
                continue
            if isinstance(value, Decimal | int | float):
                page.write_number(number, column, float(value), shown.get(column, plain))
                continue
            text = "" if value is None else str(value)
            page.write_string(number, column, text, quoted_plain if guarded(text) else plain)
            widths[column] = max(widths[column], min(_WIDEST, len(text.encode("gbk", "replace"))))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(_WIDEST, width + 2))
    page.freeze_panes(1, 0)
    page.write_string(number + 2, 0, sheet.note, workbook.add_format({"quote_prefix": guarded(sheet.note)}))
