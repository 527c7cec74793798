"""Imports are all or nothing, repeatable and reversible; on the site they are jobs that tell how far they are."""

import shutil
from importlib import resources

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.site.cast import ADMINISTRATOR, AT, EDITOR, VIEWER

from duheng import plan as library
from duheng.errors import YearUnknown
from duheng.site.actions import import_jobs, importing, reading
from duheng.site.actions import plan as actions
from duheng.site.jobs.imports import work
from duheng.site.queries import living_plan
from duheng.site.records import models

REPORT = """关于甲市乙区2025年国民经济和社会发展计划执行情况及2026年计划草案的报告

一、2025年计划执行情况
全年地区生产总值增长5.8%，城镇新增就业1.2万人。

二、2026年主要预期目标
2026年主要预期目标：地区生产总值增长6%以上，城镇新增就业1万人以上。
"""


def counted() -> dict[str, int]:
    nouns = [models.Plan, models.Document, models.Claim, models.Indicator, models.Project, models.Mention]
    return {noun.__name__: noun.objects.count() for noun in nouns}


def upload(client: Client, name: str, content: bytes) -> str:
    answer = client.post("/import", {"reports": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_the_same_reports_again_change_nothing(plan, sample_reading):
    before = counted()
    again, new = importing.store(by=ADMINISTRATOR, at=AT, reading=sample_reading)
    assert (again, new) == (plan.pk, False)
    assert counted() == before


def test_what_is_stored_is_what_was_read(plan, sample_reading):
    assert library.to_dict(living_plan.load(plan)) == library.to_dict(sample_reading.plan)


def test_a_storing_that_fails_leaves_nothing(plan, sample_reading, monkeypatch):
    actions.withdraw(by=ADMINISTRATOR, at=AT, plan_id=plan.pk)
    assert set(counted().values()) == {0}

    def broken(*_args, **_kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(models.Mention.objects, "bulk_create", broken)
    with pytest.raises(OSError, match="disk full"):
        importing.store(by=ADMINISTRATOR, at=AT, reading=sample_reading)
    assert set(counted().values()) == {0}


def test_a_withdrawn_plan_can_be_imported_again_and_history_stays(plan, sample_reading):
    before, lines = counted(), models.Event.objects.count()
    actions.withdraw(by=ADMINISTRATOR, at=AT, plan_id=plan.pk)
    importing.store(by=ADMINISTRATOR, at=AT, reading=sample_reading)
    assert counted() == before
    assert models.Event.objects.count() == lines + 2


def test_an_upload_becomes_a_plan(plan, sign_in, worked, django_capture_on_commit_callbacks):
    client = sign_in(EDITOR)
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(client, "报告.txt", REPORT.encode())
    text = client.get(page).content.decode()
    assert "报告已导入" in text
    made = models.Plan.objects.exclude(pk=plan.pk).get()
    assert made.indicators.count() >= 2
    assert made.imported_by == "周编"
    assert [event.kind for event in models.Event.objects.all()[:2]] == ["plan.import", "import.ask"]
    original = client.get(f"/documents/{made.sources.get().document_id}/original")
    assert b"".join(original.streaming_content) == REPORT.encode()


def test_reports_of_two_years_make_plans_that_are_all_told_and_each_opens(
    plan, sign_in, worked, django_capture_on_commit_callbacks
):
    client = sign_in(EDITOR)
    older = REPORT.replace("2026", "2024").replace("2025年", "2023年")
    files = [SimpleUploadedFile(f"{year}.txt", text.encode()) for year, text in (("2026", REPORT), ("2024", older))]
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/import", {"reports": files}).headers["Location"]
    text = client.get(page).content.decode()
    made = models.Plan.objects.exclude(pk=plan.pk)
    assert made.count() == 2
    assert "已导入2个计划" in text
    for each in made:
        assert f"{each.area} {each.year}" in text
        assert f"指标 {each.indicators.count()}" in text
        shown = client.post("/look", {"plan": each.pk, "next": "/"}, follow=True)
        assert shown.context["shown_plan"] == each


def test_an_upload_of_the_same_report_says_that_nothing_changed(sign_in, worked, django_capture_on_commit_callbacks):
    client = sign_in(EDITOR)
    content = (resources.files("duheng.sample") / "report.docx").read_bytes()
    before = counted()
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(client, "再传一次.docx", content)
    assert "没有变化" in client.get(page).content.decode()
    assert counted() == before


@pytest.mark.parametrize(("name", "content", "word"), [("坏.docx", b"PK\x03\x04broken", "另存"), ("空.txt", b" \n", "没有文字")])
def test_a_file_that_cannot_be_read_is_told_with_the_remedy(
    sign_in, worked, django_capture_on_commit_callbacks, name, content, word
):
    client, before = sign_in(EDITOR), counted()
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(client, name, content)
    text = client.get(page).content.decode()
    assert "没有导入" in text
    assert word in text
    assert counted() == before


def test_a_fault_of_ours_is_told_without_its_traceback(sign_in, worked, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(reading.plan, "from_reports", lambda *_: 1 / 0)
    client = sign_in(EDITOR)
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(client, "报告.txt", REPORT.encode())
    text = client.get(page).content.decode()
    assert "程序出错" in text
    assert "ZeroDivision" not in text


def test_a_waiting_job_can_be_left_watched_and_cancelled(sign_in, worked):
    client = sign_in(EDITOR)
    page = upload(client, "报告.txt", REPORT.encode())
    assert "排队" in client.get(page).content.decode()
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" in part
    assert "<html" not in part
    client.post(f"{page}/cancel")
    assert "已取消" in client.get(page).content.decode()
    work(page.rsplit("/", 1)[1])
    assert models.ImportJob.objects.get().state == "cancelled"


def test_a_job_that_was_running_when_the_server_stopped_says_so(sign_in, worked):
    client = sign_in(EDITOR)
    page = upload(client, "报告.txt", REPORT.encode())
    models.ImportJob.objects.update(state="reading")
    import_jobs.abandon(at=AT)
    assert "服务停止了" in client.get(page).content.decode()
    assert models.Event.objects.filter(kind="import.ask").first().name == "报告.txt"


@pytest.mark.parametrize(("name", "word"), [("片.pptx", "另存为"), (None, "请先选择")])
def test_what_cannot_be_imported_is_refused_before_a_job_begins(sign_in, name, word):
    files = {"reports": SimpleUploadedFile(name, b"x")} if name else {}
    answer = sign_in(EDITOR).post("/import", files)
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not models.ImportJob.objects.exists()


def test_a_name_with_a_path_in_it_stays_a_name(sign_in, worked):
    client = sign_in(EDITOR)
    upload(client, "../../etc/report.txt", REPORT.encode())
    job = models.ImportJob.objects.get()
    assert job.files[0]["name"] == "report.txt"
    assert settings.WORKSPACE.file(job.files[0]["digest"], ".txt").is_file()


def test_originals_are_kept_once_by_their_content(tmp_path):
    from duheng.site import workspace

    made = workspace.make(tmp_path / "w")
    assert made.keep(b"one", suffix=".TXT") == made.keep(b"one", suffix=".txt")
    assert len([path for path in (made.folder / "files").rglob("*") if path.is_file()]) == 1
    shutil.rmtree(made.folder)


def test_a_report_that_names_no_year_is_refused_with_what_to_do(db, tmp_path):
    path = tmp_path / "无年份.txt"
    path.write_text("青禾区国民经济计划报告\n主要预期目标是：地区生产总值增长6%以上。\n", encoding="utf-8")
    with pytest.raises(YearUnknown) as refused:
        reading.read_reports([reading.Report(path=path, name=path.name)], progress=lambda *_: None)
    assert "写明年份" in refused.value.message("zh")
    assert "Write the year" in refused.value.message("en")


def test_an_annex_that_comes_later_by_itself_joins_its_report_when_asked(
    plan, sign_in, worked, django_capture_on_commit_callbacks
):
    client = sign_in(EDITOR)
    annex = (resources.files("duheng.sample") / "annex.xlsx").read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(client, "附表.xlsx", annex)
    alone = models.Plan.objects.exclude(pk=plan.pk).get()
    address = f"/plans/{alone.pk}/join/{plan.pk}"
    assert address in client.get(page).content.decode()
    assert address not in sign_in(VIEWER).get(page).content.decode()
    assert sign_in(VIEWER).post(address).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        joined = client.post(address)
    assert joined.status_code == 302
    both = models.Plan.objects.exclude(pk__in=[plan.pk, alone.pk]).get()
    assert {source.document.name for source in both.sources.all()} == {"report.docx", "附表.xlsx"}
    assert both.indicators.filter(targets__extra__has_key="parts").exists()
    assert "一起导入" not in client.get(joined.headers["Location"]).content.decode()
    assert client.post(address).status_code == 404  # they are joined already


def test_plans_of_other_years_or_places_are_not_offered_to_be_joined(plan, sign_in, worked, django_capture_on_commit_callbacks):
    client = sign_in(EDITOR)
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(client, "报告.txt", REPORT.encode())
    assert "/join/" not in client.get(page).content.decode()
    other = models.Plan.objects.exclude(pk=plan.pk).get()
    assert client.post(f"/plans/{other.pk}/join/{plan.pk}").status_code == 404
