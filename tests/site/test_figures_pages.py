"""The pages of figures: found, opened as of a day, loaded, answered for, undone, entered by hand."""

import csv
import io
import re
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.site.cast import AT, EDITOR, VIEWER

from duheng.collect import Given
from duheng.sample import simulate
from duheng.site.actions import import_jobs, intake
from duheng.site.jobs.imports import work
from duheng.site.queries import loads
from duheng.site.records.models import Figure, ImportJob, Load, Series

HEADS = "indicator,area,period,measure,value,unit\n"


def take(text: str, known: str = "2025-01-20", name: str = "表.csv", *, released: bool = False) -> int:
    given = Given(vintage=date.fromisoformat(known), released=released)
    sent = intake.Sent(name=name, data=text.encode())
    load = intake.take_file(by=EDITOR, at=AT, sent=sent, request=intake.Request(given=given)).load
    assert load
    return load


@pytest.fixture
def revised(db) -> Series:
    take(f"{HEADS}gdp.level,,2024,level,480.9,亿元\n")
    take(f"{HEADS}gdp.level,,2024,level,478.2,亿元\ngdp.level,,2025,level,506,亿元\n", "2025-12-20", "核实.csv")
    return Series.objects.get()


def page(client, name: str, *arguments: object, **query: str) -> str:
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", ("数据", "地区生产总值", "亿元")), ("en", ("Figures", "Gross regional product", "100 million yuan"))],
)
def test_the_list_shows_each_series_with_its_newest_figure(sign_in, revised, language, words):
    shown = page(sign_in(language=language), "figures")
    assert all(word in shown for word in (*words, "506", "2025-12-20"))


def test_without_figures_the_page_says_how_they_come_in(sign_in):
    assert "还没有数据" in page(sign_in(), "figures")
    assert "还没有载入过" in page(sign_in(), "loads")
    assert "还没有数据被修订过" in page(sign_in(), "revisions")


def test_series_are_found_by_any_name_by_area_and_by_measure(sign_in, revised):
    take(f"{HEADS}retail.total.growth,东街,2024,growth,5,%\n")
    client = sign_in()
    assert "东街" in page(client, "figures", q="社零 东街")
    assert "没有符合条件" in page(client, "figures", q="no such thing")
    assert "东街" not in page(client, "figures", area="own").partition('id="rows"')[2]
    assert "地区生产总值" not in page(client, "figures", measure="growth").partition('id="rows"')[2]


def test_a_series_is_shown_as_it_is_as_first_released_and_as_of_a_day(sign_in, revised):
    client = sign_in()
    now = page(client, "series", revised.pk)
    assert "478.2" in now
    assert "480.9" in now  # beside it, what was released first
    first = page(client, "series", revised.pk, show="first").partition("<tbody>")[2]
    assert "480.9" in first
    assert "478.2" not in first
    then = page(client, "series", revised.pk, show="asof", day="2025-06-30").partition("<tbody>")[2]
    assert "480.9" in then
    assert "506" not in then
    assert "当日还没有数据" in page(client, "series", revised.pk, show="asof", day="2020-01-01")
    assert client.get(reverse("series-export", args=[revised.pk]), {"show": "first"}).status_code == 200


def test_a_load_shows_what_it_changed_and_is_undone(sign_in, revised):
    load = Load.objects.get(name="核实.csv")
    client = sign_in()
    shown = page(client, "load", load.pk)
    assert all(word in shown for word in ("480.9", "478.2", "2.7", "撤销本次载入"))
    assert client.post(reverse("load-undo", args=[load.pk]), {"reason": "口径有误"}).status_code == 302
    assert "478.2" not in page(client, "series", revised.pk)
    assert "不再计入" in page(client, "load", load.pk)


def test_a_viewer_sees_and_changes_nothing(sign_in, revised):
    client = sign_in(VIEWER)
    assert "录入一个数" not in page(client, "figures")
    assert client.get(reverse("figure-new")).status_code == 403
    assert client.post(reverse("load-undo", args=[Load.objects.first().pk])).status_code == 403
    assert client.post(reverse("loads"), {"file": SimpleUploadedFile("a.csv", b"x")}).status_code == 403


@pytest.fixture
def upload(worked, django_capture_on_commit_callbacks):
    """Uploads a file as somebody, whose job is then done, and gives the job's page."""

    def uploaded(client, name: str, text: str, **said: str):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("loads"), {"file": SimpleUploadedFile(name, text.encode()), **said})

    return uploaded


REVENUE = "月份,财政收入（亿元）\n2025年8月,3\n2025年9月,4\n"


def test_a_file_is_uploaded_as_a_job_and_what_is_wrong_is_said_there(sign_in, upload):
    client = sign_in()
    done = upload(client, "月报.csv", REVENUE, known="2025-10-20", status="flash")
    assert done.status_code == 302
    shown = client.get(done.url).content.decode()
    assert "2 个新数据" in shown
    assert re.search(r'<a href="/figures"[^>]* aria-current="page"', shown)
    assert reverse("load", args=[Load.objects.get().pk]) in client.get(done.url).content.decode()
    assert {figure.vintage for figure in Figure.objects.all()} == {date(2025, 10, 20)}
    again = upload(client, "月报.csv", REVENUE, known="2025-10-20", status="flash")
    assert "没有变化" in client.get(again.url).content.decode()
    assert Figure.objects.count() == 2

    assert upload(client, "报告.docx", "x").status_code == 422
    refused = client.get(upload(client, "空.csv", "只有字\n").url).content.decode()
    assert "没有数据表" in refused
    assert reverse("loads") in refused
    assert client.post(reverse("loads"), {}).status_code == 422
    assert ImportJob.objects.filter(state="failed").count() == 1


def test_a_job_that_waits_is_left_found_again_and_cancelled(sign_in, worked):
    client = sign_in()
    page_of = client.post(reverse("loads"), {"file": SimpleUploadedFile("月报.csv", REVENUE.encode())}).url
    assert "排队" in client.get(page_of).content.decode()
    assert page_of in client.get(reverse("loads")).content.decode()
    assert page_of not in client.get(reverse("import")).content.decode()
    job = ImportJob.objects.get()
    kept = settings.WORKSPACE.file(job.files[0]["digest"], job.files[0]["suffix"])
    assert kept.exists()
    assert sign_in(VIEWER).post(f"{page_of}/cancel").status_code == 403
    client.post(f"{page_of}/cancel")
    work(str(job.pk))
    job.refresh_from_db()
    assert (job.state, Load.objects.count()) == ("cancelled", 0)
    assert page_of not in client.get(reverse("loads")).content.decode()


def test_cancelling_while_it_is_read_stores_nothing(sign_in, worked, monkeypatch):
    client = sign_in()
    client.post(reverse("loads"), {"file": SimpleUploadedFile("月报.csv", REVENUE.encode())})
    job = ImportJob.objects.get()
    read = intake.read_file

    def cancelled_meanwhile(**told):
        found = read(**told)
        import_jobs.cancel(by=EDITOR, at=AT, job_id=str(job.pk))
        return found

    monkeypatch.setattr(intake, "read_file", cancelled_meanwhile)
    work(str(job.pk))
    job.refresh_from_db()
    assert (job.state, Load.objects.count(), Figure.objects.count()) == ("cancelled", 0, 0)


def test_a_fault_of_ours_stores_nothing_and_is_told_without_its_traceback(sign_in, upload, monkeypatch):
    monkeypatch.setattr("duheng.site.actions.collecting.collect.weigh", lambda *_, **__: 1 / 0)
    client = sign_in()
    text = client.get(upload(client, "月报.csv", REVENUE).url).content.decode()
    assert "程序出错" in text
    assert "ZeroDivision" not in text
    assert Figure.objects.count() == 0


def test_a_question_is_asked_and_answered_on_the_page(sign_in, upload, django_capture_on_commit_callbacks):
    client = sign_in()
    asked = upload(client, "街道.csv", "地区,数值\n东街,3\n西街,4\n")
    load = Load.objects.get()
    assert load.state == "asked"
    assert "须先说明" in client.get(asked.url).content.decode()
    assert "看不出" in client.get(reverse("load", args=[load.pk])).content.decode()
    assert "1 个文件待确认" in page(client, "figures") or page(client, "loads")
    wrong = client.post(reverse("load-answer", args=[load.pk]), {"s0-indicator": "民营经营主体", "s0-period": "某时"})
    assert wrong.status_code == 422
    answer = {"s0-indicator": "民营经营主体", "s0-period": "2025-08", "s0-c0-unit": "户"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("load-answer", args=[load.pk]), answer).status_code == 302
    load.refresh_from_db()
    assert (load.state, load.new) == ("done", 2)
    assert {series.indicator for series in Series.objects.all()} == {"entities.private.level"}


@pytest.mark.parametrize("at_once", [True, False])
def test_a_table_that_names_no_year_asks_for_it(sign_in, upload, django_capture_on_commit_callbacks, at_once):
    client = sign_in()
    upload(client, "月报.csv", "月份,财政收入（亿元）\n8月,3\n9月,4\n", year="2025" if at_once else "")
    load = Load.objects.get()
    if not at_once:
        assert load.state == "asked"
        shown = client.get(reverse("load", args=[load.pk])).content.decode()
        assert "没有年份" in shown
        assert 'name="year"' in shown
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("load-answer", args=[load.pk]), {"year": "2025"})
        load.refresh_from_db()
    assert (load.state, load.new) == ("done", 2)
    assert load.given["year"] == 2025


def told(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_figures_are_taken_along_as_sdmx_and_taken_in_again(revised, sign_in, upload):
    client = sign_in()
    rows = told(client.get(reverse("series-sdmx", args=[revised.pk])))
    assert [(row["TIME_PERIOD"], row["OBS_VALUE"]) for row in rows] == [("2024", "478.2"), ("2025", "506")]
    first = told(client.get(reverse("series-sdmx", args=[revised.pk]), {"show": "first"}))
    assert first[0]["OBS_VALUE"] == "480.9"
    known = told(client.get(reverse("series-sdmx", args=[revised.pk]), {"show": "asof", "day": "2025-02-01"}))
    assert [row["OBS_VALUE"] for row in known] == ["480.9"]
    everything = client.get(reverse("figures-sdmx"))
    assert "figures.csv" in everything.headers["Content-Disposition"]
    text = b"".join(everything.streaming_content).decode()
    assert told(sign_in(VIEWER).get(reverse("figures-sdmx"))) == []
    assert told(client.get(reverse("figures-sdmx"), {"q": "没有这个"})) == []
    count = Figure.objects.count()
    upload(client, "sdmx.csv", text)
    again = Load.objects.get(name="sdmx.csv")
    assert (again.new, again.revised, again.unchanged) == (0, 0, 2)
    assert Figure.objects.count() == count


def test_what_was_doubted_is_counted_by_rule_and_told_to_those_who_load(sign_in):
    rows = "".join(f"x,own,2025-{month % 12 + 1:02d},rank,{0 if month else 1},\n" for month in range(3))
    many = "".join(f"y{place},own,2024,share,{100 + place},%\n" for place in range(1, 261))
    intake.take_file(
        by=EDITOR, at=AT, sent=intake.Sent(name="a.csv", data=f"{HEADS}{rows}{many}".encode()),
        request=intake.Request(given=Given(vintage=date(2025, 1, 20))),
    )  # fmt: skip
    load = Load.objects.get()
    ranks, shares = loads.doubts(load, role=EDITOR.role)
    assert (ranks.rule[0], ranks.severity, ranks.count) == ("位次从1起", "error", 2)
    assert (shares.rule[0], shares.severity, shares.count, len(shares.rows)) == ("比重在0到100之间", "warning", 260, 200)
    text = sign_in().get(reverse("load", args=[load.pk])).content.decode()
    assert "位次从1起" in text
    assert "260" in text
    assert "存疑事项只对" in sign_in(VIEWER).get(reverse("load", args=[load.pk])).content.decode()


ENTRY = {
    "indicator": "地区生产总值", "area": "", "measure": "level", "period": "2024", "value": "480.9", "unit": "亿元", "known": "2025-01-20",
    "status": "preliminary", "source": "统计局来函", "reason": "年度公报",
}  # fmt: skip


def test_one_figure_is_entered_by_hand_with_its_source_and_reason(sign_in):
    client = sign_in()
    stored = client.post(reverse("figure-new"), ENTRY)
    assert stored.status_code == 302
    load = Load.objects.get()
    assert (load.kind, load.name, load.reason, load.by) == ("hand", "统计局来函", "年度公报", EDITOR.name)
    assert client.post(reverse("figure-new"), ENTRY).status_code == 302
    assert Load.objects.count() == 1
    assert client.post(reverse("figure-new"), ENTRY | {"value": "478.2", "known": "2025-12-20"}).status_code == 302
    assert "478.2" in page(client, "series", Series.objects.get().pk)
    assert page(client, "figure-new", series=str(Series.objects.get().pk)).count("gdp.level") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "约480"},
        {"period": "去年底"},
        {"source": ""},
        {"reason": ""},
        {"known": "soon"},
        {"measure": "weekly"},
        {"indicator": " "},
    ],
)
def test_an_entry_that_cannot_be_is_refused_at_its_field_and_nothing_is_lost(sign_in, wrong):
    answer = sign_in().post(reverse("figure-new"), ENTRY | wrong)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'class="wrong"' in shown
    assert "统计局来函" in shown or "source" in wrong
    assert not Load.objects.exists()


@pytest.fixture
def partly_released(db) -> Series:
    take(f"{HEADS}gdp.level,,2024,level,480.9,亿元\n")
    take(f"{HEADS}gdp.level,,2023,level,455.5,亿元\n", name="b.csv", released=True)
    return Series.objects.get()


def test_a_viewer_sees_only_what_was_released(sign_in, partly_released):
    client = sign_in(VIEWER)
    shown = page(client, "series", partly_released.pk)
    assert "455.5" in shown
    assert "480.9" not in shown
    assert "480.9" not in page(client, "figures")


def test_who_may_load_figures_sees_internal_ones_signed_in_or_not(client, sign_in, partly_released, settings):
    from dataclasses import replace

    assert "480.9" in page(sign_in(), "series", partly_released.pk)
    settings.WORKSPACE = replace(settings.WORKSPACE, sign_in=False)
    assert "480.9" in page(client, "series", partly_released.pk)
    assert "480.9" in page(client, "figures")


def test_a_figure_entered_by_hand_is_shown_and_entered_again_as_released_is_public(sign_in):
    client = sign_in()
    shown = client.post(reverse("figure-new"), ENTRY, follow=True).content.decode()
    assert "480.9" in shown.partition("<tbody>")[2]
    series = Series.objects.get()
    assert "480.9" not in page(sign_in(VIEWER), "series", series.pk)
    client = sign_in()
    assert client.post(reverse("figure-new"), ENTRY | {"released": "yes"}).status_code == 302
    assert [load.confirmed for load in Load.objects.order_by("pk")] == [0, 1]
    assert list(Figure.objects.order_by("pk").values_list("released", flat=True)) == [False, True]
    for again in (ENTRY, ENTRY | {"released": "yes"}):
        assert client.post(reverse("figure-new"), again).status_code == 302
    assert Load.objects.count() == 2
    assert "480.9" in page(sign_in(VIEWER), "series", series.pk)


def test_simulated_figures_are_marked(sign_in):
    take(simulate.figures(), name="simulated.csv")
    client = sign_in()
    shown = page(client, "figures", area="own").partition('id="rows"')[2]
    assert shown.count("模拟") == shown.partition("<tbody>")[2].count("<tr>")
    assert "模拟" in page(client, "series", Series.objects.filter(indicator="gdp.growth").first().pk)
    assert "指标动态率" in page(client, "figures")
    assert page(client, "revisions").count("<tr>") > 3
