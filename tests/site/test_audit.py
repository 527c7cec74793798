"""The audit on the site: found at import, one click from the sentence, accepted with a reason, compared with the earlier draft."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from tests.site.cast import ADMINISTRATOR, AT, EDITOR, VIEWER

from duheng import audit, read
from duheng.audit import Finding, Severity, Spot
from duheng.errors import NotAllowed, WorkspaceError
from duheng.site.actions import auditing
from duheng.site.actions import plan as plans
from duheng.site.queries import drafts, findings, remarks
from duheng.site.records import models

REPORT = """关于甲市乙区2025年国民经济和社会发展计划执行情况及2026年计划草案的报告

一、2025年计划执行情况
全年地区生产总值增长5.8%，城镇新增就业1.2万人。帮助企业获得知识价值信用贷款1200亿元。

二、2026年主要预期目标
2026年主要预期目标：地区生产总值增长6%以上，城镇新增就业1万人以上。具体指标见表2。
表1 2026年主要指标
知识价值信用贷款放款金额不少于1000万元。
"""


@pytest.fixture
def document(plan):
    """The sample report."""
    return plan.sources.get().document


@pytest.fixture
def made(document, sample_reading):
    """The sample report with one finding of each severity, made by hand, and one that is explained."""
    text = document.text
    spans = [(claim.offset, claim.offset + len(claim.span)) for claim in document.claims.all()[:4]]
    found = [
        _finding("DA101", Severity.ERROR, "甲", spans[0], text),
        _finding("DR301", Severity.WARNING, "乙", (text.index("各位代表"), text.index("各位代表") + 4), text),
        _finding("DT203", Severity.NOTE, "丙", spans[2], text),
        _finding("DA102", Severity.NOTE, "丁", spans[3], text, explanation=("四舍五入", "rounding")),
    ]
    auditing.store(document, sample_reading.sources[0].document, found, at=AT)
    return [document.findings.get(message_zh=name) for name in "甲乙丙丁"]


def _finding(rule, severity, message, span, text, *, explanation=None) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=(message, f"{message} (en)"),
        spots=(Spot(offset=span[0], end=span[1]),),
        sentence=text[span[0] : span[1]],
        explanation=explanation,
    )


@pytest.fixture
def worked(monkeypatch):
    """Jobs are run at once, by the worker's own code."""

    class AtOnce:
        def enqueue(self, job_id: str) -> None:
            from duheng.site.jobs.imports import work

            work(job_id)

    monkeypatch.setattr("duheng.site.jobs.imports.run", AtOnce())


@pytest.fixture
def uploaded(sign_in, worked, django_capture_on_commit_callbacks):
    """Uploads a report as an editor does; the page of its job, and its document."""
    client = sign_in(EDITOR)

    def upload(name: str, text: str):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post("/import", {"reports": SimpleUploadedFile(name, text.encode())})
        return client.get(answer.headers["Location"]).content.decode(), models.Document.objects.latest("pk")

    return upload


def test_an_import_is_audited(document, sample_reading):
    found = audit.audit(sample_reading.sources[0].document)
    stored = document.findings.all()
    assert document.audited_at == AT
    assert sorted((row.rule, row.offset) for row in stored) == sorted((each.rule, each.offset) for each in found)
    for row in stored:
        marked = "".join(text for text, is_marked in row.places[0]["pieces"] if is_marked)
        assert document.text[row.spots[0][0] : row.spots[0][1]] in marked


def test_the_first_screen_after_an_upload_says_the_most_telling_things(uploaded, sign_in):
    page, document = uploaded("报告.txt", REPORT)
    rows = [row for row in findings.rows(document) if row.state == "open" and row.severity != "note"]
    assert any("表2" in row.message[0] for row in rows)
    assert 2 <= len(findings.answer(document).telling) <= 3
    telling = page[page.index('class="telling"') :]
    assert "1200亿元" in telling
    for row in findings.answer(document).telling:
        assert row.message[0] in telling
        assert f"/documents/{document.pk}#{row.home.anchor}" in telling
    paper = sign_in().get(reverse("document", args=[document.pk])).content.decode()
    assert set(re.findall(rf"/documents/{document.pk}#([cf]\d+)", telling)) <= set(re.findall(r'id="([cf]\d+)"', paper))


def test_every_place_of_a_finding_is_in_the_paper_and_leads_back(document, made, sign_in):
    page = sign_in().get(reverse("audit", args=[document.pk])).content.decode()
    paper = sign_in().get(reverse("document", args=[document.pk])).content.decode()
    wanted = set(re.findall(rf"/documents/{document.pk}#([cf]\d+)", page))
    assert len(wanted) == 3
    assert wanted <= set(re.findall(r'id="([cf]\d+)"', paper))
    for row in made[:3]:
        assert f"{reverse('audit', args=[document.pk])}#n{row.pk}" in paper
    assert f"#n{made[3].pk}" not in paper


def test_the_page_answers_in_a_sentence_and_says_what_it_does_not_do(document, made, sign_in):
    page = sign_in().get(reverse("audit", args=[document.pk])).content.decode()
    assert "发现 <strong>1 处错误、1 处警告、1 处提示</strong>；均未处理。" in page
    assert "不做政治性和敏感词校对" in page
    english = sign_in(language="en").get(reverse("audit", args=[document.pk])).content.decode()
    assert "Found: <strong>1 error, 1 warning, 1 note</strong>; all still open." in english
    assert "Political and sensitive-word proofreading is not part of it" in english


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "甲乙丙"),
        ("severity=error", "甲"),
        ("family=DR", "乙"),
        ("state=explained", "丁"),
        ("q=DT203", "丙"),
        ("state=accepted", ""),
    ],
)
def test_a_filter_is_kept_in_the_address(document, made, sign_in, query, shown):
    answer = sign_in().get(f"{reverse('audit', args=[document.pk])}?{query}")
    assert "".join(row.message[0] for row in answer.context["rows"]) == shown
    sheet = load_workbook(io.BytesIO(sign_in().get(f"{reverse('audit-export', args=[document.pk])}?{query}").content)).active
    assert [cell.value for cell in sheet["D"]][1 : len(shown) + 1] == list(shown)
    rows = sign_in().get(f"{reverse('audit-json', args=[document.pk])}?{query}").json()["findings"]
    assert "".join(row["message"] for row in rows) == shown


def test_an_editor_accepts_for_a_reason_and_may_take_it_back(document, made, sign_in):
    client, address = sign_in(EDITOR), reverse("finding", args=[made[0].pk])
    answer = client.post(f"{address}?severity=error", {"decision": "accept", "reason": "统计局已核"})
    assert answer.headers["Location"] == f"/documents/{document.pk}/audit?severity=error#n{made[0].pk}"
    made[0].refresh_from_db()
    assert (made[0].state, made[0].decided_by, made[0].reason) == ("accepted", "周编", "统计局已核")
    event = models.Event.objects.get(kind="audit.accept")
    assert (event.by, event.reason, event.noun_id) == ("周编", "统计局已核", str(made[0].pk))
    assert (event.before, event.after) == ({"accepted": False}, {"accepted": True})
    page = client.get(reverse("audit", args=[document.pk])).content.decode()
    assert "2</strong> 处未处理" in page
    assert "统计局已核" in page
    client.post(address, {"decision": "reopen"})
    made[0].refresh_from_db()
    assert (made[0].state, made[0].decided_by, made[0].decided_at, made[0].reason) == ("open", "", None, "")
    assert models.Event.objects.filter(kind="audit.reopen").count() == 1


def test_accepting_needs_a_reason(made, sign_in):
    answer = sign_in(EDITOR).post(reverse("finding", args=[made[0].pk]), {"decision": "accept", "reason": "  "})
    assert answer.status_code == 422
    assert "请写明接受的理由" in answer.content.decode()
    auditing.accept(by=EDITOR, at=AT, finding_id=made[3].pk, reason="x")  # there is nothing to accept in what is right
    assert not models.Event.objects.filter(kind="audit.accept").exists()


def test_a_viewer_reads_and_changes_nothing(document, made, sign_in):
    page = sign_in(VIEWER).get(reverse("audit", args=[document.pk])).content.decode()
    assert "甲" in page
    assert "核实无误" not in page
    assert "重新审核" not in page
    for refused in (
        lambda: auditing.accept(by=VIEWER, at=AT, finding_id=made[0].pk, reason="x"),
        lambda: auditing.reopen(by=VIEWER, at=AT, finding_id=made[0].pk),
        lambda: auditing.again(by=VIEWER, at=AT, document_id=document.pk),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_an_audit_again_keeps_what_was_accepted(document, sign_in):
    row = document.findings.filter(explanation_zh="").first()
    auditing.accept(by=EDITOR, at=AT, finding_id=row.pk, reason="已核")
    count = document.findings.count()
    answer = sign_in(EDITOR).post(reverse("audit-again", args=[document.pk]), follow=True)
    assert "没有变化" in answer.content.decode()
    assert document.findings.count() == count
    assert document.findings.get(rule=row.rule, mark=row.mark).reason == "已核"
    assert models.Event.objects.filter(kind="audit.run").count() == 1


def test_an_audit_again_says_what_is_new_and_what_is_gone(document, made, sign_in):
    answer = sign_in(EDITOR).post(reverse("audit-again", args=[document.pk]), follow=True)
    assert "消失 3 处" in answer.content.decode()


def test_a_document_whose_original_is_gone_says_so(document):
    document.digest = "0" * 64
    document.save()
    with pytest.raises(WorkspaceError, match="original"):
        auditing.again(by=EDITOR, at=AT, document_id=document.pk)


def test_a_later_draft_shows_what_is_fixed_new_and_remaining(uploaded, sign_in):
    _page, first = uploaded("一稿.txt", REPORT)
    loan = first.findings.get(rule="DU401")
    auditing.accept(by=EDITOR, at=AT, finding_id=loan.pk, reason="两者口径不同")
    better = REPORT.replace("见表2", "见表1").replace("就业1.2万人。", "就业1.2万人。项目总数33项，其中约束性12项、预期性20项。")
    page, second = uploaded("二稿.txt", better)
    since = drafts.since(second)
    assert since.earlier == first
    assert "DR301" in [row.rule for row in since.fixed]
    assert second.findings.get(rule="DU401").pk in since.remaining
    assert second.findings.get(rule="DU401").reason == "两者口径不同"
    assert "与 一稿.txt 相比" in page
    text = sign_in().get(reverse("audit", args=[second.pk])).content.decode()
    assert "与上一稿" in text
    shown = sign_in().get(f"{reverse('audit', args=[second.pk])}?since=new").context["rows"]
    assert {row.pk for row in shown} == {pk for pk in since.new if pk in {row.pk for row in findings.rows(second)}}
    assert drafts.since(first) is None


def test_a_finding_whose_sentence_was_edited_elsewhere_remains(document, made):
    moved = models.Finding(pk=999, rule="DA101", mark="other", message_zh="甲")
    assert drafts.matched([moved], made) == {999: made[0]}
    assert drafts.matched([models.Finding(pk=998, rule="DA101", mark="other", message_zh="戊")], made) == {}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_commented_word_file_opens_and_says_the_same(document, made, sign_in, language):
    answer = sign_in(language=language).get(reverse("audit-word", args=[document.pk]))
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        comments = package.read("word/comments.xml").decode()
    for name in "甲乙丙":
        assert (f"{name} (en)" if language == "en" else name) in comments
    assert "丁" not in comments
    assert comments.count("<w:comment ") == 3
    explained = sign_in().get(f"{reverse('audit-word', args=[document.pk])}?state=explained").content
    with zipfile.ZipFile(io.BytesIO(explained)) as package:
        assert "四舍五入" in package.read("word/comments.xml").decode()


def test_a_finding_of_a_whole_table_is_one_comment(document, made):
    row = next(row for row in findings.rows(document) if row.message[0] == "甲")
    blocks = [block[0] for block in document.body["blocks"] if block[1] > block[0]]
    few, many = (replace(row, spots=tuple((at, at + 1) for at in blocks[:number])) for number in (8, 20))
    assert len(remarks.remarks(document, [few], language="zh")) == 8
    (told,) = remarks.remarks(document, [many], language="zh")
    assert told.text[-1] == "（另有 19 处相同）"


def test_the_commented_word_file_reads_as_the_original(document, made, sign_in, tmp_path):
    place = tmp_path / "c.docx"
    place.write_bytes(sign_in().get(reverse("audit-word", args=[document.pk])).content)
    assert read.open_document(place, name="c.docx").text == document.text


def test_what_is_no_word_file_has_none_with_comments(uploaded, sign_in):
    _page, document = uploaded("报告.txt", REPORT)
    assert sign_in().get(reverse("audit-word", args=[document.pk])).status_code == 404


def test_a_fault_in_the_audit_does_not_stop_an_import(uploaded, sign_in, monkeypatch):
    monkeypatch.setattr(audit, "audit", lambda *_: 1 / 0)
    page, document = uploaded("报告.txt", REPORT)
    assert "报告已导入" in page
    assert document.audited_at is None
    assert "尚未审核" in sign_in().get(reverse("audit", args=[document.pk])).content.decode()
    with pytest.raises(WorkspaceError):
        auditing.again(by=EDITOR, at=AT, document_id=document.pk)


def test_withdrawing_a_plan_removes_its_findings(plan, made):
    plans.withdraw(by=ADMINISTRATOR, at=AT, plan_id=plan.pk)
    assert not models.Finding.objects.exists()


def test_what_waits_is_told_on_the_overview_and_in_the_list(document, made, sign_in):
    assert "审核发现 1 处错误、1 处警告、1 处提示" in sign_in().get("/").content.decode()
    listed = sign_in().get("/documents").content.decode()
    assert reverse("audit", args=[document.pk]) in listed
