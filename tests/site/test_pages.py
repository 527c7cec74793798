"""Every page answers in both languages, and every number opens to its sentence."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.cast import ADMINISTRATOR

from duheng.site.records.models import Document

ROOMS = ["overview", "plan", "projects", "tasks", "documents", "review", "history", "import", "people"]
HAN = re.compile(r"[\u4e00-\u9fff]")


def pages(plan) -> list[str]:
    document = plan.sources.get().document_id
    things = [("indicator", plan.indicators), ("project", plan.projects), ("task", plan.tasks)]
    own = [reverse(name, args=[rows.first().pk]) for name, rows in things if rows.exists()]
    return [*map(reverse, ROOMS), *own, *(reverse(name, args=[document]) for name in ("document", "audit"))]


@pytest.mark.parametrize(("language", "tag", "room"), [("zh-hans", "zh-Hans", "总览"), ("en", "en", "Overview")])
def test_every_page_answers_in_the_reader_s_language(plan, sign_in, language, tag, room):
    client = sign_in(ADMINISTRATOR, language)
    for address in pages(plan):
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert f'<html lang="{tag}"' in text, address
        assert f">{room}<" in text, address


def test_no_page_holds_a_script_or_style_of_its_own_or_another_host_s(plan, sign_in):
    client = sign_in(ADMINISTRATOR)
    for address in pages(plan):
        answer = client.get(address)
        text = answer.content.decode()
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", text), address
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text), address
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_every_link_to_a_place_in_a_report_leads_to_one(plan, sign_in):
    client = sign_in()
    document = plan.sources.get().document
    paper = client.get(reverse("document", args=[document.pk])).content.decode()
    anchors = re.findall(r'id="([cfs]\d+)"', paper)
    assert len(anchors) == len(set(anchors))
    wanted = set()
    for address in pages(plan):
        if address != reverse("people"):
            wanted |= set(re.findall(rf'/documents/{document.pk}#([cf]\d+)"', client.get(address).content.decode()))
    assert len(wanted) > 20
    assert wanted <= set(anchors)


def test_every_number_of_the_report_is_marked_and_explained(plan, sign_in):
    document = plan.sources.get().document
    paper = sign_in().get(reverse("document", args=[document.pk])).content.decode()
    for claim in document.claims.all():
        assert f'id="c{claim.offset}"' in paper
        assert f'id="k{claim.offset}"' in paper


def test_a_marked_number_leads_back_to_the_indicator_it_is_the_target_of(plan, indicator, sign_in):
    place = indicator.mentions.filter(purpose="said").first()
    paper = sign_in().get(reverse("document", args=[place.document_id])).content.decode()
    at = paper.index(f'id="c{place.offset}"')
    assert reverse("indicator", args=[indicator.pk]) in paper[at : at + 2500]


def test_what_a_report_says_cannot_become_markup(plan, sign_in):
    document = Document.objects.get()
    document.text = document.text.replace("各位代表", "<b>&代表")
    document.save()
    paper = sign_in().get(reverse("document", args=[document.pk])).content.decode()
    assert "&lt;b&gt;&amp;" in paper


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("nature=binding", lambda row: row.nature == "binding"),
        ("kind=assigned", lambda row: row.aim.kind == "assigned"),
        ("start=yes", lambda row: row.start is not None),
        ("table=no", lambda row: row.row is None),
        ("q=增速", lambda row: "增速" in row.name),
    ],
)
def test_a_filter_shows_what_answers_to_it(plan, sign_in, query, holds):
    rows = sign_in().get(f"/plan?{query}").context["rows"]
    assert rows
    assert all(holds(row) for row in rows)
    assert len(rows) < plan.indicators.count()


def test_a_sort_puts_what_cannot_be_sorted_last(plan, sign_in):
    gaps = [row.start.gap if row.start else None for row in sign_in().get("/plan?sort=-gap").context["rows"]]
    able = [gap for gap in gaps if gap is not None]
    assert able == sorted(able, reverse=True)
    assert gaps[: len(able)] == able


def test_htmx_gets_the_table_alone_and_going_back_the_whole_page(plan, sign_in):
    client = sign_in()
    assert "<html" not in client.get("/plan?q=a", headers={"HX-Request": "true"}).content.decode()
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/plan?q=a", headers=back).content.decode()


def test_a_theme_and_a_language_are_kept(plan, sign_in):
    client = sign_in()
    answer = client.post("/look", {"language": "en", "theme": "dark", "next": "/plan?nature=binding"})
    assert answer.headers["Location"] == "/plan?nature=binding"
    for address in pages(plan):
        if address != reverse("people"):
            assert '<html lang="en" data-bs-theme="dark">' in client.get(address).content.decode(), address


def test_going_back_never_leads_to_another_site(db, sign_in):
    assert sign_in().post("/look", {"theme": "dark", "next": "https://elsewhere.example/"}).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_missing_page_says_so_in_both_languages(db, sign_in, language):
    answer = sign_in(language=language).get("/plan/999999")
    assert answer.status_code == 404
    assert ("没有找到" if language == "zh-hans" else "Nothing here") in answer.content.decode()


def test_a_fault_is_a_page_too(db, sign_in, monkeypatch):
    monkeypatch.setattr("duheng.site.pages.history.events.lines", lambda **_: 1 / 0)
    client = sign_in()
    client.raise_request_exception = False
    answer = client.get("/history")
    assert answer.status_code == 500
    assert "程序出错" in answer.content.decode()


def test_without_a_plan_the_pages_teach(plan, sign_in):
    from tests.site.cast import AT

    from duheng.site.actions.plan import withdraw

    withdraw(by=ADMINISTRATOR, at=AT, plan_id=plan.pk)
    client = sign_in()
    for address in ("/", "/plan", "/projects", "/tasks", "/review"):
        text = client.get(address).content.decode()
        assert reverse("import") in text
        assert "还没有计划" in text


def test_an_unsigned_visitor_is_sent_to_sign_in_and_back(db):
    answer = Client().get("/plan?nature=binding")
    assert answer.headers["Location"] == "/sign-in?next=/plan%3Fnature%3Dbinding"


def test_signing_in_with_a_wrong_password_is_refused_and_with_the_right_one_leads_on(db):
    from tests.site.cast import EDITOR, PASSWORD

    client = Client()
    assert client.post("/sign-in", {"name": EDITOR.name, "password": "no"}).status_code == 403
    answer = client.post("/sign-in", {"name": EDITOR.name, "password": PASSWORD, "next": "/tasks"})
    assert answer.headers["Location"] == "/tasks"
    assert client.post("/sign-out").headers["Location"] == "/sign-in"


def test_the_english_plan_names_indicators_in_english_with_the_chinese_beneath(plan, sign_in):
    rows = [row for row in sign_in(language="en").get("/plan").context["rows"] if row.english]
    text = sign_in(language="en").get("/plan").content.decode()
    assert rows
    assert rows[0].english in text
    assert rows[0].name in text
    assert not HAN.search(rows[0].english)
