"""Reports that are no Word files on the site: their pages, sheets and cells are shown."""

import openpyxl
import pytest
from tests.journey.test_formats import pdf
from tests.site.cast import ADMINISTRATOR, AT

pytestmark = pytest.mark.django_db


def stored(path):
    from duheng.site.actions import importing, reading
    from duheng.site.records.models import Document

    (made,) = reading.read_reports([reading.Report(path=path, name=path.name)], progress=lambda *_: None)
    importing.store(by=ADMINISTRATOR, at=AT, reading=made)
    return Document.objects.get(name=path.name)


@pytest.fixture
def printed(tmp_path):
    """A printed report, imported."""
    path = tmp_path / "报告.pdf"
    path.write_bytes(pdf())
    return stored(path)


def test_a_printed_report_shows_its_pages(printed, sign_in):
    assert 'id="page1">第 1 页' in sign_in().get(f"/documents/{printed.pk}").content.decode()
    assert 'id="page1">page 1' in sign_in(language="en").get(f"/documents/{printed.pk}").content.decode()


def test_a_document_stored_before_there_were_pages_is_still_shown(printed, sign_in):
    del printed.body["places"]
    printed.save()
    page = sign_in().get(f"/documents/{printed.pk}").content.decode()
    assert "地区生产总值" in page
    assert "paper-page" not in page


def test_a_finding_in_a_workbook_names_its_sheet_and_cell(tmp_path, sign_in):
    book = openpyxl.Workbook()
    book.active.title = "2026年指标"
    for row in (
        ["甲市乙区2026年国民经济和社会发展计划主要指标"],
        ["指标名称", "单位", "2025年完成", "2026年目标"],
        ["地区生产总值增速", "%", 6.1, 6],
        ["城镇新增就业", "万人", 1.2, 1.3],
    ):
        book.active.append(row)
    path = tmp_path / "指标.xlsx"
    book.save(path)
    document = stored(path)
    page = sign_in().get(f"/documents/{document.pk}/audit").content.decode()
    assert "表“2026年指标” D3" in page
    assert 'title="D3"' in sign_in().get(f"/documents/{document.pk}").content.decode()


def test_a_long_file_tells_its_pages_and_stops_when_the_job_is_cancelled(tmp_path):
    from duheng.site.actions import import_jobs, reading

    path = tmp_path / "报告.pdf"
    path.write_bytes(pdf())
    told = []

    def progress(step, steps, doing):
        told.append(doing)
        if "/" in doing:
            raise import_jobs.Cancelled

    with pytest.raises(import_jobs.Cancelled):
        reading.read_reports([reading.Report(path=path, name="报告.pdf")], progress=progress)
    assert told[-1] == "报告.pdf 1/1"
