"""Watch on the site: what figures make of the targets, what turned, under which rule, and who sees the number."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.urls import reverse
from tests.site.cast import EDITOR, VIEWER

from duheng.collect import Given, Status
from duheng.errors import NotAllowed
from duheng.plan import AtLeast, AtMost, Reading
from duheng.report import book
from duheng.sample import simulate
from duheng.site.actions import collecting, intake, watching
from duheng.site.queries import events, pacing
from duheng.site.queries import watching as board
from duheng.site.records.models import Event, Indicator, Light, LightChange, Load, Plan, Standing, StandingPoint

LATE = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
AS_OF = date(2026, 10, 20)
MINE = ("all", "office")


@pytest.fixture
def watched(plan):
    """The sample's simulated figures taken in, which works its targets out."""
    given = Given(vintage=date(2026, 10, 15), status=Status.SIMULATED)
    sent = intake.Sent(name="simulated.csv", data=simulate.figures().encode())
    assert intake.take_file(by=EDITOR, at=LATE, sent=sent, request=intake.Request(given=given)).load
    return plan


def hand(code, value, *, known, period="2026-10", measure="ytd_growth", unit="%"):
    """One more figure, as a file of one row."""
    text = f"indicator,area,period,measure,value,unit\n{code},own,{period},{measure},{value},{unit}\n"
    sent = intake.Sent(name=f"{code}-{period}.csv", data=text.encode())
    given = Given(vintage=known.date(), status=Status.PRELIMINARY)
    return intake.take_file(by=EDITOR, at=known, sent=sent, request=intake.Request(given=given))


def test_taking_figures_in_works_every_target_out(watched):
    states = Standing.objects.filter(audience__in=MINE, indicator__plan=watched)
    assert states.count() == watched.indicators.count()
    product = states.get(indicator__code="gdp.growth")
    assert (product.known_to, product.method, product.simulated) == ("2026-09", "paths", True)
    assert product.low80 < product.median < product.high80
    assert 0 < product.p < 1
    assert product.path["known"] == 3
    assert Event.objects.filter(kind="watch.refresh").exists()


def test_what_offices_expect_stands_beside_the_outlook_with_how_far_they_were_off(watched):
    states = Standing.objects.filter(audience__in=MINE, indicator__plan=watched, office_estimate__isnull=False)
    assert states.count() > 20
    state = states.get(indicator__code="gdp.growth")
    assert abs(state.office_estimate - state.median) < 3
    assert state.office_years == 2
    assert 0 < state.office_off < 2


def test_each_months_end_is_kept_by_what_was_known_then(watched):
    points = list(StandingPoint.objects.filter(audience__in=MINE, indicator__code="retail.total.growth", indicator__plan=watched))
    assert [point.as_of.month for point in points][:9] == list(range(1, 10))
    assert points[-1].as_of == AS_OF
    known = [point.known_to for point in points]
    assert known == sorted(known)
    assert len(set(known)) > 6


def test_lights_that_turned_are_told_once_with_their_reason(watched):
    changes = LightChange.objects.filter(audience__in=MINE, indicator__plan=watched)
    assert changes.exists()
    assert all(change.before != change.after and change.reason_zh and change.reason_en for change in changes)
    told = changes.count()
    watching.refresh(by=EDITOR, at=LATE, plan_id=watched.pk, as_of=AS_OF)
    assert LightChange.objects.filter(audience__in=MINE, indicator__plan=watched).count() == told


def test_one_new_figure_moves_what_rests_on_it_and_nothing_else(watched):
    before = {
        state.indicator.code: state for state in Standing.objects.select_related("indicator").filter(indicator__plan=watched)
    }
    later = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
    assert hand("retail.total.growth", "1.0", known=later).load
    after = {
        state.indicator.code: state for state in Standing.objects.select_related("indicator").filter(indicator__plan=watched)
    }
    assert {code for code in after if after[code].as_of != before[code].as_of} == {"retail.total.growth"}
    assert after["retail.total.growth"].p < before["retail.total.growth"].p
    assert (
        Light.objects.get(audience__in=MINE, indicator__plan=watched, indicator__code="retail.total.growth", rule="chance").colour
        == "red"
    )


def test_a_target_in_step_follows_the_one_it_is_held_beside(watched):
    later = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
    assert hand("gdp.growth", "0.5", known=later, period="2026-09", measure="ytd_growth").load
    moved = Standing.objects.filter(audience__in=MINE, indicator__plan=watched, as_of=later.date()).values_list(
        "indicator__code", flat=True
    )
    assert {"gdp.growth", "income.resident.growth"} <= set(moved)


def test_taking_a_load_back_takes_its_outlook_back(watched):
    later = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
    before = Standing.objects.get(audience__in=MINE, indicator__plan=watched, indicator__code="retail.total.growth").p
    taken = hand("retail.total.growth", "1.0", known=later)
    collecting.undo(by=EDITOR, at=later, load_id=taken.load)
    assert Standing.objects.get(
        audience__in=MINE, indicator__plan=watched, indicator__code="retail.total.growth"
    ).p == pytest.approx(before, abs=0.02)
    collecting.undo(by=EDITOR, at=later, load_id=Load.objects.get(name="simulated.csv", kind="file").pk)
    assert not Standing.objects.filter(audience__in=MINE, indicator__plan=watched).exclude(series="").exists()


def test_the_board_has_the_worst_first_and_counts_lights(watched, sign_in):
    page = sign_in().get(reverse("watch")).content.decode()
    lines = [line for line in board.board(watched, rule="chance", usual="chance", role=EDITOR.role) if not line.waits]
    order = [("red", "yellow", "none", "green").index(line.light.colour) for line in lines]
    assert order == sorted(order)
    assert f"<strong>{sum(line.light.colour == 'red' for line in lines)}</strong> 红灯" in page
    assert page.index("红灯") < page.index("绿灯")
    assert "模拟数据" in page


def test_another_rule_set_can_be_tried_and_what_differs_is_marked(watched, sign_in):
    page = sign_in().get(reverse("watch"), {"rule": "wuhan"}).content.decode()
    lines = board.board(watched, rule="wuhan", usual="chance", role=EDITOR.role)
    differing = sum(line.differs and not line.waits for line in lines)
    assert differing > 3
    assert f"<strong>{differing}</strong> 项的灯不同" in page
    only = sign_in().get(reverse("watch"), {"rule": "wuhan", "turned": "yes"}).content.decode()
    assert only.count('class="differs"') == differing
    assert sign_in().get(reverse("watch"), {"rule": "nonsense"}).status_code == 200


def test_a_viewer_sees_the_phrase_and_not_the_number(watched, sign_in):
    state = Standing.objects.get(audience__in=MINE, indicator__plan=watched, indicator__code="gdp.growth")
    address = reverse("indicator", args=[state.indicator_id])
    mine, theirs = (sign_in(by).get(address).content.decode() for by in (EDITOR, VIEWER))
    assert "预计可完成" in theirs
    assert "各月研判的完成概率" in mine
    assert "各月研判的完成概率" not in theirs
    number = f"{min(99, round(state.p * 100))}%"
    assert f"完成概率约{number}" in mine
    assert "完成概率约" not in theirs


def test_only_who_may_works_it_out_again(plan, sign_in):
    with pytest.raises(NotAllowed):
        watching.refresh(by=VIEWER, at=LATE, plan_id=plan.pk, as_of=AS_OF)
    assert "重新研判" not in sign_in(VIEWER).get(reverse("watch")).content.decode()
    assert "请先载入数据" in sign_in(EDITOR).get(reverse("watch")).content.decode()
    answer = sign_in(EDITOR).post(reverse("watch-refresh"), follow=True).content.decode()
    assert "已重新研判" in answer


def test_the_monthly_table_prints_and_exports_what_the_board_says(watched, sign_in):
    client = sign_in()
    page = client.get(reverse("watch-monthly")).content.decode()
    assert "监测调度表" in page
    line = next(
        line
        for line in board.board(watched, rule="chance", usual="chance", role=EDITOR.role)
        if line.row.code == "investment.fixed.growth"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(reverse("watch-xlsx")).content)).active
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    numbers = book.Printed(pacing.number(line.state.pace["reached"])), book.Printed(pacing.moved(line.margin))
    assert (rows["固定资产投资增速"][3], rows["固定资产投资增速"][8]) == tuple(number.value for number in numbers)
    assert rows["固定资产投资增速"][9] == line.needed[0]
    paper = docx.Document(io.BytesIO(client.get(reverse("watch-docx")).content))
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert cells[0][0] == "指标"
    on_paper = next(row for row in cells if row[0] == "固定资产投资增速")
    assert on_paper[:3] == list(rows["固定资产投资增速"][:3])
    assert (on_paper[3], on_paper[8]) == numbers
    assert any("模拟" in paragraph.text for paragraph in paper.paragraphs)


def test_the_distance_has_one_sign_for_floors_ceilings_and_verdicts_alike(watched):
    lines = [line for line in board.board(watched, rule="chance", usual="chance", role=EDITOR.role) if line.state.pace]
    assert {line.row.aim.is_ceiling for line in lines} == {True, False}
    told = 0
    for line in lines:
        beyond = line.state.pace["reached"] - line.state.pace["goal"]
        assert line.margin == (-beyond if line.row.aim.is_ceiling else beyond)
        if isinstance(line.row.aim, AtLeast | AtMost):
            told += 1
            verdict = line.row.aim.met_by(Reading(value=Decimal(str(line.state.pace["reached"])), unit=line.row.aim.unit))
            assert float(verdict.margin) == pytest.approx(line.margin)
    assert told > 5


@pytest.mark.parametrize("names", [("watch-monthly", "watch-xlsx", "watch-docx"), ("appraise", "appraise-xlsx", "appraise-docx")])
@pytest.mark.parametrize(("language", "head"), [("zh-hans", "较目标（＋优，−差）"), ("en", "Against target (+ better, − short)")])
def test_both_tables_head_the_distance_with_the_meaning_of_its_sign(watched, sign_in, names, language, head):
    client = sign_in()
    client.cookies["django_language"] = language
    page, book_, paper = (client.get(reverse(name), {"year": "2026"}).content for name in names)
    assert head in page.decode()
    assert head in [cell.value for cell in openpyxl.load_workbook(io.BytesIO(book_)).active[1]]
    assert head in [cell.text for cell in docx.Document(io.BytesIO(paper)).tables[0].rows[0].cells]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_target_of_which_nothing_is_known_is_not_assessed(watched, sign_in, language):
    lines = board.board(watched, rule="chance", usual="chance", role=EDITOR.role)
    unknown = [line for line in lines if line.state.method == "base_rate"]
    assert unknown
    side = 0 if language == "zh-hans" else 1
    begins = ("还没有数据；按同类目标以往", "There are no figures yet: of ")[side]
    assert all(line.phrase is None and line.assessment[side].startswith(begins) for line in unknown)
    client = sign_in()
    client.cookies["django_language"] = language
    page = client.get(reverse("watch-monthly")).content.decode()
    assert page.count(f'<span class="quiet">{begins}') == len(unknown)
    known = [line.assessment[side] for line in lines if line.phrase]
    rows = openpyxl.load_workbook(io.BytesIO(client.get(reverse("watch-xlsx")).content)).active.iter_rows(values_only=True)
    written = [row[12] for row in rows if row[12]]
    assert sum(str(cell).startswith(begins) for cell in written) == len(unknown)
    assert all(written.count(phrase) == known.count(phrase) for phrase in set(known))
    told = client.get(reverse("indicator", args=[unknown[0].row.pk])).content.decode()
    assert ("尚无数据，无法判断", "no figures yet, cannot be told")[side] in told


@pytest.mark.parametrize(("value", "shown"), [(1.25, "+1.25"), (-1.25, "−1.25"), (0.001, "0"), (-0.001, "0"), (-0.0, "0")])
def test_a_difference_has_its_sign_and_nothing_has_none(value, shown):
    assert pacing.moved(value) == shown
    assert pacing.number(-0.04, 1) == "0"


def test_what_is_still_to_come_is_said_in_english_units():
    pace = {"needed": 181.5, "needed_growth": 3.0, "estimate": False}
    assert pacing.needed(pace, unit="亿元", accumulation="sum") == (
        "后期需181.5亿元，同比增长3%",
        "18.15 billion yuan still to come: growth of 3 %",
    )
    beyond = {"lag": None, "ahead": None, "headroom": -3.0}
    assert pacing.progress(beyond, unit="人") == ("已超出目标3人", "beyond the target by 3 people")


@pytest.mark.parametrize("unit", ["%", "‰"])
def test_what_a_share_has_still_to_gain_is_points(unit):
    pace = {"needed": 0.6, "needed_growth": 1.2, "estimate": False}
    assert pacing.needed(pace, unit=unit, accumulation="last") == ("还需提高0.6个百分点", "0.6 points still to gain")
    assert pacing.needed(pace, unit="万人", accumulation="last") == (
        "还需提高0.6万人，同比增长1.2%",
        "6,000 people still to gain: growth of 1.2 %",
    )


def test_history_has_words_for_every_field(watched):
    named = {name for event in Event.objects.all() for name in [*(event.before or {}), *(event.after or {})]}
    assert {"as_of", "targets", "turned"} <= named
    shown = [change.field for line in events.lines(language="zh", role=EDITOR.role) for change in line.changes]
    assert not [name for name in shown if name.isascii()]
    assert {"依据日期", "目标", "变灯"} <= set(shown)


def test_the_indicators_page_draws_its_year_and_gives_the_same_as_a_table(watched, sign_in):
    state = Standing.objects.get(audience__in=MINE, indicator__plan=watched, indicator__code="investment.fixed.growth")
    page = sign_in().get(reverse("indicator", args=[state.indicator_id])).content.decode()
    assert '<svg class="chart"' in page
    assert 'class="fan80"' in page
    assert "以表格显示" in page
    assert pacing.number(state.median) in page
    assert page.count("light-") >= 4


def test_a_page_without_figures_teaches(plan, sign_in):
    page = sign_in().get(reverse("watch")).content.decode()
    assert "红黄绿灯" in page
    assert sign_in().get(reverse("watch-monthly")).status_code == 200


def test_figures_are_of_the_place_whose_plan_is_the_newest(watched, sign_in):
    other = Plan.objects.create(
        title="邻区计划", area="邻区", year=2026, fingerprint="x", imported_at=LATE.replace(year=2020), imported_by="x"
    )
    Plan.objects.filter(pk=other.pk).update(year=2025)
    row = watched.indicators.get(code="gdp.growth")
    Indicator.objects.create(plan=other, position=0, code=row.code, name=row.name, unit=row.unit, nature=row.nature)
    assert watching.refresh(by=EDITOR, at=LATE, plan_id=other.pk, as_of=AS_OF).targets == 0
    assert hand("gdp.growth", "5.9", known=datetime(2026, 11, 18, 1, 0, tzinfo=UTC), period="2026-09").load
    assert not Standing.objects.filter(audience__in=MINE, indicator__plan=other).exists()


def test_a_figure_entered_by_hand_moves_the_light_as_one_of_a_file_does(watched):
    state = Standing.objects.get(audience__in=MINE, indicator__plan=watched, indicator__code="gdp.growth")
    assert state.known_to == "2026-09"
    before = state.p
    entry = intake.Entry(
        indicator="地区生产总值", area="", measure="ytd_growth", period="2026年1-9月", value="1.5", unit="%", known=AS_OF,
        status="preliminary", released=False, source="统计局来函", reason="季度核算",
    )  # fmt: skip
    assert intake.enter(by=EDITOR, at=LATE, entry=entry).load
    state = Standing.objects.get(audience="office", indicator=state.indicator_id)
    assert state.p < before
    assert Light.objects.get(audience="office", indicator=state.indicator_id, rule="chance").colour == "red"
