"""What a workbook's sheets are called is a place, and no part of what is audited."""

import io

import openpyxl
import pytest

from duheng import audit, read
from duheng.audit import Draft, place_of
from duheng.cli.findings.text import printed

HEAD = ["指标名称", "单位", "2025年完成", "2026年目标"]
ROWS = [["地区生产总值增速", "%", 5.8, 6], ["高新技术企业数", "家", 86, 95]]


def workbook(*sheets: tuple[str, list[list[str]]]) -> read.Document:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, above in sheets:
        sheet = book.create_sheet(name)
        for row in [*above, HEAD, *ROWS]:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return read.open_document(data=stream.getvalue(), name="附件.xlsx")


def test_a_sheet_called_as_its_annex_is_not_numbered_twice() -> None:
    one = workbook(("附件1", [["附件1 青禾区2026年主要指标表"]]))
    two = workbook(("附件1", [["附件1"], ["青禾区2026年主要指标表"]]), ("附件2", [["附件2"], ["青禾区2026年分季目标"]]))
    assert audit.audit(one, select=["DR302"]) == audit.audit(two, select=["DR302"]) == ()


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("主要指标", [["青禾区2026年国民经济和社会发展主要指标"]]),
        ("主要指标", [["附件1"], ["青禾区2026年主要指标表"]]),
        ("附件1", [["附件1 青禾区2026年主要指标表"]]),
        ("青禾区2026年", [["单位：见表"]]),
    ],
)
def test_a_sheets_name_is_no_part_of_the_places(name, above) -> None:
    draft = Draft.of(workbook((name, above)))
    assert draft.naming.place.area == ("青禾区" if "青禾区" in str(above) else "")
    assert draft.plan.area == draft.naming.place.area


def test_a_place_without_a_cell_is_the_sheet_alone() -> None:
    at = place_of(workbook(("主要指标", [])), 0)
    assert at.address is None
    assert (printed(at, language="zh"), printed(at, language="en")) == ("表“主要指标”", "sheet “主要指标”")
