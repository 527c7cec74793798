"""Appraisal on the site: completion with stated and computed apart, boards of areas and of offices."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.urls import reverse
from tests.site.cast import EDITOR, VIEWER

from duheng.collect import Given, Status
from duheng.errors import AppraiseError
from duheng.plan import Assigned, AtLeast, Nature, Outcome, target_to_dict
from duheng.sample import simulate
from duheng.site.access import Role
from duheng.site.actions import confirming, intake
from duheng.site.actions import plan as plan_actions
from duheng.site.queries import boards, completion
from duheng.site.records.models import Event, Plan

LATE = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
AS_OF = date(2026, 10, 20)


@pytest.fixture
def figured(plan):
    """The sample's simulated figures taken in."""
    given = Given(vintage=date(2026, 10, 15), status=Status.SIMULATED)
    sent = intake.Sent(name="simulated.csv", data=simulate.figures().encode())
    assert intake.take_file(by=EDITOR, at=LATE, sent=sent, request=intake.Request(given=given)).load
    return plan


def loaded(text, *, released, known=date(2026, 10, 15)):
    given = Given(vintage=known, status=Status.FINAL, released=released)
    sent = intake.Sent(name=f"{hash(text)}.csv", data=text.encode())
    return intake.take_file(by=EDITOR, at=LATE, sent=sent, request=intake.Request(given=given))


def of(plan, year, as_of=AS_OF, role=Role.EDITOR):
    return completion.of(plan, year=year, as_of=as_of, role=role)


def test_the_year_that_runs_is_open_and_says_how_far_it_is(figured):
    made = of(figured, 2026).made
    assert made.tally().open == made.tally().total > 20
    product = next(each for each in made.items if each.promised.code == "gdp.growth")
    assert (product.so_far.known_to, product.so_far.simulated) == ("2026-09", True)
    assert "全年尚未结束" in product.verdict.why[0]


def test_stated_counts_stand_beside_what_is_counted(plan):
    held = {each.statement.kind: each for each in of(plan, 2026).made.stated}
    assert held["indicators_total"].agrees is True
    assert held["indicators_total"].statement.value == held["indicators_total"].low


def test_when_the_year_is_over_its_figures_judge(figured):
    text = "indicator,period,measure,value,unit\ngdp.growth,2026-01..12,ytd_growth,5.9,%\nretail.total.growth,2026-01..12,ytd_growth,4.1,%\n"
    assert loaded(text, released=True, known=date(2027, 1, 25)).load
    made = of(figured, 2026, as_of=date(2027, 2, 1)).made
    by_code = {each.promised.code: each for each in made.items}
    assert by_code["gdp.growth"].outcome is Outcome.MET
    assert by_code["retail.total.growth"].outcome is Outcome.MISSED
    assert made.tally(Nature.EXPECTED).missed >= 1
    assert "公布" in by_code["rd.intensity"].verdict.why[0]


def test_a_viewer_is_not_judged_to_by_internal_figures(figured):
    text = "indicator,period,measure,value,unit\ngdp.growth,2026-01..12,ytd_growth,5.9,%\n"
    assert loaded(text, released=False, known=date(2027, 1, 25)).load
    late = date(2027, 2, 1)

    def product(role):
        return next(each for each in of(figured, 2026, as_of=late, role=role).made.items if each.promised.code == "gdp.growth")

    assert product(Role.EDITOR).outcome is Outcome.MET
    assert product(Role.VIEWER).outcome is Outcome.NOT_YET_KNOWN


def test_a_revised_target_is_judged_as_it_stood_on_the_day(figured):
    text = "indicator,period,measure,value,unit\ngdp.growth,2026-01..12,ytd_growth,5.5,%\n"
    assert loaded(text, released=True, known=date(2027, 1, 25)).load
    row = figured.indicators.get(code="gdp.growth")
    lower = AtLeast(value=Decimal(5), unit="%", text="5%")
    plan_actions.retarget(by=EDITOR, at=datetime(2026, 9, 1, tzinfo=UTC), indicator_id=row.pk, target=lower, reason="年中调整")
    each = next(one for one in of(figured, 2026, as_of=date(2027, 2, 1)).made.items if one.promised.code == "gdp.growth")
    assert (each.outcome, each.at_first.outcome) == (Outcome.MET, Outcome.MISSED)
    early = next(one for one in of(figured, 2026, as_of=date(2026, 8, 1)).made.items if one.promised.code == "gdp.growth")
    assert early.promised.target.value == Decimal(6)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("by", [VIEWER, EDITOR])
def test_every_page_answers_everybody(figured, sign_in, language, by):
    client = sign_in(by, language)
    for name in ("appraise", "appraise-areas", "appraise-offices"):
        assert client.get(reverse(name)).status_code == 200


def test_the_page_filters_and_exports_what_is_on_screen(figured, sign_in):
    client = sign_in()
    asked = {"year": "2026", "nature": "binding"}
    page = client.get(reverse("appraise"), asked).content.decode()
    count = of(figured, 2026, as_of=date.today()).made.tally(Nature.BINDING).total  # noqa: DTZ011
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(reverse("appraise-xlsx"), asked).content)).active
    rows = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[2] == "约束性"]
    assert len(rows) == count
    assert page.count("<tr>") > count
    paper = docx.Document(io.BytesIO(client.get(reverse("appraise-docx"), asked).content))
    assert len(paper.tables[0].rows) == count + 1
    assert "本系统判定" in paper.paragraphs[-1].text


@pytest.mark.parametrize(
    "asked", [{"year": "9999"}, {"as_of": "nonsense"}, {"year": "x", "as_of": "2026-02-30"}, {"verdict": "?"}]
)
def test_an_address_that_makes_no_sense_shows_the_page(plan, sign_in, asked):
    assert sign_in().get(reverse("appraise"), asked).status_code == 200


def test_before_any_target_was_known_the_page_teaches(plan, sign_in):
    page = sign_in().get(reverse("appraise"), {"as_of": "1999-01-01"}).content.decode()
    assert "这一天还没有任何目标" in page


def test_areas_that_lie_beside_each_other_are_ranked_and_the_one_above_is_not(figured):
    subject = next(each for each in boards.subjects(Role.EDITOR) if each.code == "gdp.growth")
    found = boards.of(subject, period="2026-01..09", heads=False, rule=None, role=Role.EDITOR, as_of=AS_OF)
    assert {row.code for row in found.made.rows} == {"own", "东湖区", "石桥区", "平川县"}
    values = [row.value for row in found.made.rows]
    assert values == sorted(values, reverse=True)
    assert found.above[0].zh == "云川市"
    assert (found.before, found.simulated) == ("2026-H1", True)


AREAS = """indicator,area,period,measure,value,unit
{code},,2025,level,{own},{unit}
{code},丁市/甲区,2025,level,{a},{unit}
{code},丁市/乙区,2025,level,{b},{unit}
"""


def test_totals_can_be_divided_by_heads_and_ties_share(plan, sign_in):
    assert loaded(AREAS.format(code="fiscal.revenue.level", own=30, a=40, b=30, unit="亿元"), released=True).load
    assert loaded(AREAS.format(code="population.resident.level", own=10, a=20, b=10, unit="万人"), released=True).load
    subject = next(each for each in boards.subjects(Role.EDITOR) if "revenue" in each.code)
    total = boards.of(subject, period="", heads=False, rule=None, role=Role.EDITOR, as_of=AS_OF)
    assert [(row.code, row.rank) for row in total.made.rows] == [("甲区", 1), ("own", 2), ("乙区", 2)]
    per = boards.of(subject, period="", heads=True, rule=None, role=Role.EDITOR, as_of=AS_OF)
    assert {row.code: row.value for row in per.made.rows} == {"own": 3, "乙区": 3, "甲区": 2}
    page = sign_in().get(reverse("appraise-areas"), {"by": subject.key, "per": "head", "rule": "first_three"}).content.decode()
    assert "人均" in page
    assert "前三名" in page
    assert "预设，未核实" in page


def test_internal_figures_stand_on_no_board_that_a_viewer_sees(plan, sign_in):
    assert loaded(AREAS.format(code="fiscal.revenue.level", own=30, a=40, b=30, unit="亿元"), released=False).load
    assert boards.subjects(Role.VIEWER) == []
    assert "请载入相邻地区的数据" in sign_in(VIEWER).get(reverse("appraise-areas")).content.decode()
    assert len(boards.subjects(Role.EDITOR)) == 1


def test_offices_are_ranked_by_green_lights(figured, sign_in):
    lines = boards.offices(figured, light_rule="chance", rule=None, role=Role.EDITOR)
    shares = [line.placed.value for line in lines]
    assert shares == sorted(shares, reverse=True)
    for line in lines:
        lit = line.lights["green"] + line.lights["yellow"] + line.lights["red"]
        assert line.placed.value == round(Decimal(line.lights["green"]) / lit * 100, 1)
    sheet = openpyxl.load_workbook(io.BytesIO(sign_in().get(reverse("appraise-offices-export")).content)).active
    assert sheet.max_row >= len(lines)


def test_boards_without_figures_or_plan_teach(plan, sign_in, db):
    assert "请先明确各目标的牵头单位" in sign_in().get(reverse("appraise-offices")).content.decode()
    Plan.objects.all().delete()
    assert sign_in().get(reverse("appraise")).status_code == 200


def test_amounts_to_date_are_held_against_the_same_months_a_year_before(figured):
    subject = next(each for each in boards.subjects(Role.EDITOR) if each.code == "gdp.level")
    found = boards.of(subject, period="2026-01..09", heads=False, rule=None, role=Role.EDITOR, as_of=AS_OF)
    assert found.before == "2025-01..09"
    assert found.can_heads
    own = found.own
    assert own.change == own.value - own.value_before
    assert 0 < own.change < own.value * Decimal("0.2")


def test_the_superiors_word_closes_an_assigned_target_and_only_such(plan, sign_in):
    row = next(each for each in plan.indicators.all() if each.targets.first().kind == "assigned")
    address = reverse("appraise-confirm", args=[row.pk])
    said = {"year": str(plan.year), "said": "missed", "reason": "市发展改革委来函"}
    assert sign_in(VIEWER).post(address, said).status_code == 403
    sign_in().post(address, said)

    def now():
        made = of(plan, plan.year, as_of=date(2027, 3, 1)).made
        return next(each for each in made.items if each.promised.code == row.code)

    assert (now().outcome, now().at_first) == (Outcome.MISSED, None)
    sign_in().post(address, said | {"said": "met"})
    assert now().outcome is Outcome.MET
    sign_in().post(address, said | {"said": "open"})
    assert now().outcome is Outcome.NOT_YET_KNOWN
    sign_in().post(address, said | {"reason": " "})
    assert now().outcome is Outcome.NOT_YET_KNOWN
    number = plan.indicators.get(code="gdp.growth")
    page = sign_in().post(reverse("appraise-confirm", args=[number.pk]), said, follow=True).content.decode()
    assert "该目标由数据判定" in page
    assert sign_in().post(address, said | {"said": "perhaps"}).status_code == 404


def test_an_assigned_target_of_an_earlier_year_is_closed_where_the_next_table_prints_it(plan):
    row = plan.indicators.get(code="energy.intensity")
    aim = target_to_dict(Assigned(text="完成市级下达任务", unit="%"))
    row.earlier = [{"year": 2025, "target": aim, "document": 0, "offset": 0, "end": 1, "sentence": "x"}]
    row.save()
    confirming.confirm(by=EDITOR, at=LATE, indicator_id=row.pk, year=2025, met=True, reason="市级通报")
    each = next(one for one in of(plan, 2025).made.items if one.promised.code == row.code)
    assert each.outcome is Outcome.MET
    assert Event.objects.filter(kind="indicator.confirm", reason="市级通报").exists()
    with pytest.raises(AppraiseError):
        confirming.confirm(by=EDITOR, at=LATE, indicator_id=row.pk, year=2019, met=True, reason="x")


def test_a_year_that_only_a_report_speaks_of_shows_what_it_states_and_says_what_is_lacking(plan, sign_in):
    day = date(2026, 2, 1)
    assert completion.years_of(plan, as_of=day) == [2026, 2025]
    made = of(plan, 2025, as_of=day).made
    assert made.items == ()
    assert {held.statement.kind for held in made.stated} >= {"indicators_total", "indicators_met"}
    for language, words in (("zh-hans", "工作区中没有2025年的目标"), ("en", "import the report of that year")):
        page = sign_in(EDITOR, language).get(reverse("appraise"), {"year": "2025", "as_of": "2026-02-01"}).content.decode()
        assert words in page
        assert "26" in page
