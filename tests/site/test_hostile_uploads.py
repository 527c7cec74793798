"""Uploads that are broken, strangely named, doubled or stopped: the page says what to do, and nothing is half stored."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.hostile.mutation import mutants
from tests.hostile.originals import originals
from tests.site.cast import AT, EDITOR

from duheng.site.access import By, Role
from duheng.site.actions import import_jobs
from duheng.site.jobs.imports import work
from duheng.site.pages.sheet import sheet
from duheng.site.records import models

SEED = 20261128
FEW, MANY = 10, 100
BY = By(name=EDITOR.name, role=Role.EDITOR)


@pytest.fixture
def stored():
    """Counts what stands in the database and the files kept."""

    def count() -> dict[str, int]:
        nouns = [models.Plan, models.Document, models.Claim, models.Indicator, models.Project, models.Mention, models.Finding]
        found = {noun.__name__: noun.objects.count() for noun in nouns}
        return found | {"files": sum(path.is_file() for path in Path(settings.WORKSPACE.folder, "files").rglob("*"))}

    return count


def imported(name: str, content: bytes, capture) -> models.ImportJob:
    """What becomes of a job for one file, as the worker does it."""
    with capture(execute=True):
        job = models.ImportJob.objects.create(
            files=[import_jobs._keep(name, content)], by=BY.name, role=BY.role.value, started_at=AT, steps=3
        )
        work(str(job.pk))
    job.refresh_from_db()
    return job


def broken_files_through_the_job(count: int, stored, capture) -> None:
    for name, content in mutants(originals(), seed=SEED, count=count):
        before = stored()
        job = imported(name, content, capture)
        assert job.state in ("done", "failed"), name
        if job.state == "failed":
            assert stored() == before, name
            assert name in job.error_zh, name
            assert name in job.error_en, name
            assert "程序出错" not in job.error_zh, name


def test_a_few_broken_files_leave_nothing_behind(plan, stored, django_capture_on_commit_callbacks):
    broken_files_through_the_job(FEW, stored, django_capture_on_commit_callbacks)


@pytest.mark.long
def test_a_hundred_broken_files_leave_nothing_behind(plan, stored, django_capture_on_commit_callbacks):
    broken_files_through_the_job(MANY, stored, django_capture_on_commit_callbacks)


@pytest.mark.parametrize("call", [1, 2, 3, 20, 40, -2, -1])
def test_a_job_is_cancelled_wherever_it_is_and_leaves_nothing(
    plan, stored, monkeypatch, django_capture_on_commit_callbacks, call
):
    content, seen = originals()["报告.txt"], []
    advance = import_jobs.advance
    monkeypatch.setattr(import_jobs, "advance", lambda *at: (seen.append(at), advance(*at)))
    imported("全程.txt", content + "其一。".encode(), django_capture_on_commit_callbacks)
    at, before = (call if call > 0 else len(seen) + 1 + call), stored()

    def cancelled_at(job_id, *where):
        seen.append(where)
        if len(seen) == at:
            import_jobs.cancel(by=BY, at=AT, job_id=job_id)
        advance(job_id, *where)

    seen.clear()
    monkeypatch.setattr(import_jobs, "advance", cancelled_at)
    job = imported("取消.txt", content + "其二。".encode(), django_capture_on_commit_callbacks)
    assert len(seen) == at
    assert job.state == "cancelled"
    assert stored() == before


def test_a_job_is_asked_often_whether_it_is_cancelled(plan, monkeypatch, django_capture_on_commit_callbacks):
    seen = []
    monkeypatch.setattr(import_jobs, "advance", lambda *at: seen.append(at[1:]))
    imported("报告.txt", originals()["报告.txt"], django_capture_on_commit_callbacks)
    assert len(seen) > 40  # before each rule of the audit
    assert [doing for *_, doing in dict.fromkeys(seen)] == ["报告.txt", "plan", "store"]


def test_what_is_stored_is_past_cancelling(plan, django_capture_on_commit_callbacks):
    job = imported("报告.txt", originals()["报告.txt"], django_capture_on_commit_callbacks)
    import_jobs.cancel(by=BY, at=AT, job_id=str(job.pk))
    job.refresh_from_db()
    assert (job.state, bool(job.plan_id)) == ("done", True)


def test_a_file_that_somebody_else_is_importing_is_not_taken_away(plan, django_capture_on_commit_callbacks):
    content = b"PK\x03\x04broken"
    other = models.ImportJob.objects.create(
        files=[import_jobs._keep("坏.docx", content)], by="乙", role="editor", started_at=AT, steps=3
    )
    imported("坏.docx", content, django_capture_on_commit_callbacks)
    assert settings.WORKSPACE.file(other.files[0]["digest"], ".docx").is_file()
    import_jobs.fail(str(other.pk), at=AT, zh="", en="")


NAMES = [
    "😀报告.txt",
    "a" * 300 + ".txt",
    "报\x07告\u202e.txt",
    "C:\\报告\\终稿.txt",
    "con.txt",
    "<b>.txt",
    "'; drop table--.txt",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_strange_name_is_kept_as_a_name_or_refused_in_words(plan, sign_in, name, language):
    client: Client = sign_in(EDITOR)
    client.cookies["language"] = language
    answer = client.post("/import", {"reports": SimpleUploadedFile(name, originals()["报告.txt"])})
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        page = client.get(answer.headers["Location"])
        assert page.status_code == 200
        assert b"<b>.txt" not in page.content
        (job,) = models.ImportJob.objects.all()
        assert "/" not in job.files[0]["name"]
        assert "\\" not in job.files[0]["name"]
        assert len(job.files[0]["name"]) <= 255


def test_the_same_file_twice_in_one_upload_is_one_document(plan, django_capture_on_commit_callbacks):
    content = originals()["报告.txt"]
    with django_capture_on_commit_callbacks(execute=True):
        kept = [import_jobs._keep(name, content) for name in ("一.txt", "二.txt")]
        job = models.ImportJob.objects.create(files=kept, by=BY.name, role=BY.role.value, started_at=AT, steps=4)
        work(str(job.pk))
    job.refresh_from_db()
    assert job.state == "done", job.error_en
    assert models.Document.objects.filter(digest=kept[0]["digest"]).count() == 1


def test_what_looks_like_a_formula_is_a_text_in_every_cell_of_a_sheet():
    bad = ["=cmd|'/c calc'!A1", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "http://a.example", "{=1}", '=HYPERLINK("x")']
    answer = sheet(name="=表", note="=1+1", heads=bad, rows=[bad, bad])
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) == 3 * len(bad) + 1
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))


def test_more_files_than_are_taken_at_once_are_refused_in_words(plan, sign_in):
    many = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(101)]
    answer = sign_in().post("/import", {"files": many})
    assert answer.status_code == 400
    assert "减少一次上传的文件数" in answer.content.decode()
