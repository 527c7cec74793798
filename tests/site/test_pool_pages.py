"""The project pool beside its table: the four batches and moving between them, the year's summary, the public opportunities."""

import csv
import io
import random
import re
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.site import pool_world
from tests.site.cast import AT, EDITOR, VIEWER

from duheng.plan.pool import MonthReport
from duheng.site.actions import pool_life, pool_standing
from duheng.site.queries import filtering, pool_summary, pool_values
from duheng.site.queries import pool as queries
from duheng.site.records.models import Event, Load, PoolMonth, PoolProject, PoolStage, PoolStanding, PoolYear
from duheng.watch import projects as watched

LATE = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture
def pool(plan):
    """Six projects of the pool, worked out."""
    return pool_world.pool()


@LANGUAGES
def test_the_board_puts_each_project_into_its_batch(pool, sign_in, language):
    context = sign_in(language=language).get(f"{reverse('pool-board')}?rule=wuhan").context
    told = {batch.stage: [row.project.name for row in batch.rows] for batch in context["batches"]}
    assert told == {
        "reserve": ["滨江公园提升", "智能制造基地"],
        "started": ["南坪小学新建", "西山水厂扩建"],  # the worse light first
        "under_construction": ["东湖大桥工程"],
        "completed": ["北碚产业园一期"],
    }
    assert context["batches"][2].planned == pool_world.fen(4)


def test_the_board_narrows_as_the_table_does_and_tells_what_it_leaves_out(plan, sign_in):
    made = PoolProject.objects.bulk_create(PoolProject(position=n, code=f"Y{n}", name=f"项目{n:02}") for n in range(20))
    PoolStage.objects.bulk_create(
        PoolStage(project=project, stage="reserve", on=date(2026, 1, 5), at=AT, by="周编") for project in made[:-1]
    )
    pool_standing.changed(at=AT, as_of=pool_world.AS_OF, keys=[project.pk for project in made])
    context = sign_in().get(reverse("pool-board"), HTTP_HX_REQUEST="true").context
    assert (context["batches"][0].count, context["batches"][0].more, context["unknown"]) == (19, 7, 1)
    assert sign_in().get(f"{reverse('pool-board')}?q=项目03").context["batches"][0].count == 1


def move(client, project, **data):
    gates = ["approval", "planning", "land", "environment", "funds", "permit", "start_date"]
    told = {"stage": "started", "on": "2026-02-03", "paper": "开工令〔2026〕3号", "despite": gates, **data}
    return client.post(reverse("pool-move", args=[project.pk]), told)


@LANGUAGES
def test_a_project_is_moved_by_a_form_with_its_day_and_paper(pool, sign_in, language):
    client, park = sign_in(language=language), pool["滨江公园提升"]
    form = client.get(f"{reverse('pool-move', args=[park.pk])}?to=started&back=/projects/pool/board").content.decode()
    assert re.search(r'value="started" selected', form)
    answer = move(client, park, back="/projects/pool/board")
    assert answer.headers["Location"] == "/projects/pool/board"
    change = PoolStage.objects.get(project=park, stage="started")
    assert (change.on, change.paper, change.by) == (date(2026, 2, 3), "开工令〔2026〕3号", EDITOR.name)
    park.refresh_from_db()
    assert (park.stage, park.stage_since) == ("started", date(2026, 2, 3))
    assert PoolStanding.objects.filter(project=park).latest("year").stage == "started"
    event = Event.objects.get(kind="pool.stage")
    assert (event.before["stage"], event.after["stage"], event.after["paper"]) == ("reserve", "started", "开工令〔2026〕3号")


@LANGUAGES
def test_gates_that_are_not_met_are_named_and_must_be_ticked(pool, sign_in, language):
    client, park = sign_in(language=language), pool["滨江公园提升"]
    answer = move(client, park, despite=["land"])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert {"zh-hans": "施工许可", "en": "building permit"}[language] in page
    assert 'value="permit"' in page
    assert 'value="land"' not in page
    assert not PoolStage.objects.filter(project=park, stage="started").exists()


def test_what_an_action_changes_is_worked_out_at_once(pool):
    school = pool["南坪小学新建"]
    report = MonthReport(year=2026, month=9, works=pool_world.fen(0.45))
    pool_life.enter_month(by=EDITOR, at=LATE, project_id=school.pk, report=report)
    standing = PoolStanding.objects.get(project=school, year=2026)
    assert standing.share == pytest.approx(0.9)
    assert standing.lights.get(rule="wuhan").colour == "green"


@pytest.mark.parametrize(
    "wrong", [{"paper": ""}, {"on": ""}, {"on": "2126-01-01"}, {"on": "明天"}, {"stage": "nowhere"}, {"stage": ""}]
)
def test_a_move_without_its_day_or_paper_is_refused_at_the_field_and_nothing_is_lost(pool, sign_in, wrong):
    park = pool["滨江公园提升"]
    answer = move(sign_in(), park, **wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert ("开工令〔2026〕3号" in answer.content.decode()) == ("paper" not in wrong)
    assert PoolStage.objects.filter(project=park).count() == 1


@LANGUAGES
@pytest.mark.parametrize("day", ["1999-01-01", "2024-05-05"])
def test_a_stage_cannot_be_reached_before_those_that_come_first(pool, sign_in, language, day):
    park = pool["滨江公园提升"]
    PoolStage.objects.filter(project=park).update(on=date(2024, 5, 6))
    answer = move(sign_in(language=language), park, on=day)
    said = {
        ("zh-hans", "1999-01-01"): "距今超过20年",
        ("zh-hans", "2024-05-05"): "请填 2024-05-06 或以后的日期",
        ("en", "1999-01-01"): "more than 20 years ago",
        ("en", "2024-05-05"): "reached “in reserve” on 2024-05-06",
    }
    assert answer.status_code == 422
    assert said[language, day] in answer.context["form"].errors["on"][0]
    assert said[language, day] in answer.content.decode()
    assert not PoolStage.objects.filter(project=park, stage="started").exists()
    assert move(sign_in(language=language), park, on="2024-05-06").status_code == 302


def test_a_change_of_stage_told_late_does_not_put_a_project_back(pool, sign_in):
    bridge = pool["东湖大桥工程"]  # under construction since June 2025
    move(sign_in(), bridge, stage="started", on="2025-01-15")
    bridge.refresh_from_db()
    assert bridge.stage == "under_construction"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_after_a_move_one_stays_here(pool, sign_in, elsewhere):
    assert move(sign_in(), pool["滨江公园提升"], back=elsewhere).headers["Location"] == reverse("pool")


def test_a_viewer_sees_no_buttons_and_may_not_move(pool, sign_in):
    client = sign_in(VIEWER)
    for name in ("pool", "pool-board"):
        assert "/move?" not in client.get(reverse(name)).content.decode()
        assert "/move?" in sign_in().get(reverse(name)).content.decode()
    assert client.get(reverse("pool-move", args=[pool["滨江公园提升"].pk])).status_code == 403


@LANGUAGES
def test_the_summary_says_planned_new_continued_and_pushed(pool, sign_in, language):
    context = sign_in(language=language).get(f"{reverse('pool-summary')}?year=2026&quarter=3").context
    year = context["year"]
    assert (year.planned, year.new, year.continued, year.preliminary) == (4, 2, 2, 1)
    assert (year.started, year.worked, year.pushed, year.completed) == (2, 2, 4, 1)
    assert (year.money, year.done) == (pool_world.fen(7.5), pool_world.fen(6.7))
    parts = {part.name: part.summary.money for part in context["parts"]}
    assert sum(parts.values()) == year.money
    assert parts["交通"] == pool_world.fen(4)
    assert context["starts"][1] == (2, 2, 0)
    assert context["starts"][2] == (3, 0, 1)
    rates = {each.before.value: (each.could, each.moved) for each in context["moved"]}
    assert rates == {"reserve": (4, 2), "started": (2, 0), "under_construction": (2, 1)}


@LANGUAGES
def test_what_was_completed_in_an_earlier_year_without_money_in_this_one_is_not_planned(pool, sign_in, language):
    """The bridge was completed in 2025 and the list of 2026 still calls it continued, without money: 3 planned, 3 pushed."""
    bridge = pool["东湖大桥工程"]
    PoolStage.objects.create(project=bridge, stage="completed", on=date(2025, 12, 20), at=AT, by="周编")
    PoolStage.objects.filter(project=bridge).exclude(stage="completed").update(on=date(2024, 5, 6))
    PoolYear.objects.filter(project=bridge).update(planned=0)
    PoolYear.objects.filter(project=pool["滨江公园提升"]).update(planned=pool_world.fen(0.2))
    controls = [{"group": "交通", "what": "count", "stated": 1, "found": 1, "holds": True}]
    Load.objects.create(name="清单.xlsx", kind="projects", state="done", mapping={"controls": controls}, at=AT, by="周编")
    pool_standing.changed(at=AT, as_of=pool_world.AS_OF, keys=[row.pk for row in pool.values()])
    answer = sign_in(language=language).get(f"{reverse('pool-summary')}?year=2026&quarter=3")
    year = answer.context["year"]
    assert (year.planned, year.new, year.continued, year.preliminary, year.past) == (3, 2, 1, 1, 1)
    assert (year.pushed, year.rate, year.money) == (3, 1, pool_world.fen(3.5))
    (roads,) = [part for part in answer.context["parts"] if part.name == "交通"]
    assert (roads.summary.planned, roads.against.agrees) == (0, True)  # the list counts it, so it is counted beside the list
    assert answer.context["apart"] == pool_world.fen(0.2)
    said = {"zh-hans": "另有<strong>1</strong>个往年已完工", "en": "without <strong>1</strong> completed in earlier years"}
    assert said[language] in answer.content.decode()


@pytest.mark.parametrize("seed", range(6))
def test_the_database_adds_a_year_up_as_the_library_does(plan, seed):
    """Random projects: what the tables sum to is what `watch.projects.summary` says of the same projects."""
    chance = random.Random(seed)
    rows = PoolProject.objects.bulk_create(
        PoolProject(position=n, code=f"R{n}", name=f"随机{n}", group=chance.choice(["甲", "乙", ""])) for n in range(60)
    )
    for row in rows:
        _random_facts(row, chance)
    pool_standing.changed(at=AT, as_of=pool_world.AS_OF, keys=[row.pk for row in rows])
    values = pool_values.of(rows)
    found = queries.rows(queries.View(year=2026, rule="wuhan", usual="wuhan"), filtering.Asked())
    for quarter in (1, 2, 3, 4):
        told = watched.summary(values.values(), year=2026, through=3 * quarter, as_of=pool_world.AS_OF)
        assert pool_summary.year(found, of=2026, quarter=quarter) == told
        for part in pool_summary.parts(found, of=2026, quarter=quarter, by="group"):
            alike = [value for value in values.values() if value.group == part.name]
            assert part.summary == watched.summary(alike, year=2026, through=3 * quarter, as_of=pool_world.AS_OF)


def _random_facts(row, chance):
    fact = {"project": row, "at": AT, "by": "周编"}
    for stage in ["reserve", "started", "under_construction", "completed"][: chance.randint(0, 4)]:
        PoolStage.objects.create(stage=stage, on=date(chance.choice([2025, 2026]), chance.randint(1, 12), 3), **fact)
    if chance.random() < 0.8:
        onset = chance.choice(["new", "continued", "preliminary", ""])
        PoolYear.objects.create(year=2026, planned=chance.choice([None, 0, 5 * pool_world.YI]), onset=onset, **fact)
    for month in sorted(chance.sample(range(1, 10), chance.randint(0, 4))):
        amounts = {name: chance.choice([None, month * 10**9]) for name in ("works", "counted", "paid")}
        PoolMonth.objects.create(year=2026, month=month, known=date(2026, month, 28), **amounts, **fact)


@LANGUAGES
def test_groups_stand_beside_what_the_list_states_of_them(pool, sign_in, language):
    controls = [
        {"group": "交通", "what": "count", "stated": 1, "found": 1, "holds": True},
        {"group": "交通", "what": "2026年计划投资", "stated": pool_world.fen(4), "found": 0, "holds": True},
        {"group": "交通", "what": "其中：2026年计划投资银行贷款", "stated": 7, "found": 0, "holds": True},
        {"group": "民生", "what": "count", "stated": 2, "found": 2, "holds": True},
        {"group": "民生", "what": "2026年计划投资", "stated": pool_world.fen(0.8), "found": 0, "holds": True},
    ]
    Load.objects.create(name="清单.xlsx", kind="projects", state="done", mapping={"controls": controls}, at=AT, by="周编")
    answer = sign_in(language=language).get(f"{reverse('pool-summary')}?year=2026")
    against = {part.name: part.against for part in answer.context["parts"]}
    assert against["交通"].agrees
    assert (against["民生"].count_off, against["民生"].money_off) == (0, -pool_world.fen(0.3))
    assert against["水利"].agrees is None
    assert answer.context["groups_stated"] == {"groups": 2, "count": 3, "money": pool_world.fen(4.8)}
    assert {"zh-hans": "−0.30亿元", "en": "−30 million yuan"}[language] in answer.content.decode()


@LANGUAGES
def test_the_summary_is_a_workbook_with_a_sheet_for_each_table(pool, sign_in, language):
    answer = sign_in(language=language).get(f"{reverse('pool-summary-export')}?year=2026&quarter=3&by=sector")
    workbook = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(workbook.worksheets) == 4
    first = workbook.worksheets[0]
    money = sum(row[7].value for row in first.iter_rows(min_row=2) if isinstance(row[7].value, int | float))
    assert money == pytest.approx(2 * 7.5)  # the parts, and their total
    heads, *rows = [[cell.value for cell in row] for row in first.iter_rows()]
    assert heads[0] == {"zh-hans": "行业", "en": "Sector"}[language]
    total = next(row for row in rows if row[0] in ("合计", "Total"))
    assert total[1:7] == [4, 2, 2, 1, 4, 1]
    assert sum(total[10:]) == 4  # lights of the four that are planned
    assert workbook.worksheets[1]["A2"].value == {"zh-hans": "2026年1季度末", "en": "to the end of quarter 1 of 2026"}[language]
    assert workbook.worksheets[2]["E2"].value == 50  # two of the four in reserve


@LANGUAGES
@pytest.mark.parametrize("name", ["pool-board", "pool-summary"])
def test_an_empty_pool_teaches_on_each_page(plan, sign_in, language, name):
    assert "duheng load --projects" in sign_in(language=language).get(reverse(name)).content.decode()


SECRETS = {
    "code": "SECRET-CODE", "approval_code": "2412-SECRET", "aliases": ["内部名称"], "nature": "内部性质", "owner": "内部业主",
    "group": "内部分组",
}  # fmt: skip


@pytest.fixture
def public(pool):
    """One project that is public, with something in every field that is not."""
    park = pool["滨江公园提升"]
    PoolProject.objects.exclude(pk=park.pk).update(public=False)
    PoolProject.objects.filter(pk=park.pk).update(**SECRETS, content="绿道三公里", latitude=29.123, longitude=106.456)
    fact = {"project": park, "at": AT, "by": "内部录入人", "year": 2026}
    PoolYear.objects.create(planned=987654321, **fact)
    PoolMonth.objects.create(month=9, works=123456789, counted=1, paid=1, words="内部进展", known=pool_world.AS_OF, **fact)
    return park


@pytest.mark.parametrize("form", ["opportunities", "opportunities-csv", "opportunities-xlsx"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_anybody_sees_what_is_public_of_public_projects_and_nothing_else(public, form, language):
    client = Client()
    client.cookies["django_language"] = language
    answer = client.get(reverse(form))
    assert answer.status_code == 200
    text = _text(answer, form)
    for seen in ("滨江公园提升", "市政", "东湖街道", "绿道三公里", "区城管局"):
        assert seen in text
    hidden = [str(value) for value in SECRETS.values() if isinstance(value, str)]
    others = [row[0] for row in pool_world.ROWS if row[0] != "滨江公园提升"]
    for secret in [*hidden, "内部名称", "29.123", "106.456", "987654321", "9.88", "123456789", "内部进展", "内部录入人", *others]:
        assert secret not in text, secret


def _text(answer, form):
    if not form.endswith("xlsx"):
        return answer.content.decode()
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_what_was_withdrawn_or_merged_is_no_opportunity(public):
    PoolProject.every.filter(pk=public.pk).update(withdrawn=True)
    assert "滨江公园提升" not in Client().get(reverse("opportunities")).content.decode()


def test_what_is_completed_is_no_opportunity(public):
    PoolProject.objects.filter(pk=public.pk).update(stage="completed")
    for form in ("opportunities", "opportunities-csv", "opportunities-xlsx"):
        assert "滨江公园提升" not in _text(Client().get(reverse(form)), form)


def test_without_signing_in_the_opportunities_alone_are_open(public):
    for name in ("pool", "pool-board", "pool-summary", "pool-export", "pool-summary-export", "projects"):
        assert Client().get(reverse(name)).headers["Location"].startswith("/sign-in")
    assert Client().get(reverse("pool-move", args=[public.pk])).status_code == 302
    page = Client().get(reverse("opportunities")).content.decode()
    assert reverse("pool") not in page
    assert 'class="menu"' not in page


def test_the_opportunities_narrow_and_leave_as_a_sheet_and_as_csv(pool):
    client = Client()
    assert "智能制造基地" not in client.get(f"{reverse('opportunities')}?sector=市政").content.decode()
    text = client.get(f"{reverse('opportunities-csv')}?q=智能").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows[1:]] == ["智能制造基地"]
    assert rows[1][4] == "20"


def test_a_csv_holds_no_formula(public):
    PoolProject.objects.filter(pk=public.pk).update(name="=cmd|' /C calc'!A0")
    rows = list(csv.reader(io.StringIO(Client().get(reverse("opportunities-csv")).content.decode("utf-8-sig"))))
    assert rows[1][0] == "'=cmd|' /C calc'!A0"
