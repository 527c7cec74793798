"""The indicator's page: what is behind the number, its years as known now and as first released, its figures as a table."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests.site.cast import EDITOR, VIEWER

from duheng.collect import Given, Status
from duheng.sample import simulate
from duheng.site.actions import intake
from duheng.site.queries import indicators, vintages
from duheng.site.queries.contributors import contributors

LATE = datetime(2026, 10, 30, 1, 0, tzinfo=UTC)


def load(text, *, name="more.csv", known=date(2026, 10, 30), released=True):
    given = Given(vintage=known, status=Status.PRELIMINARY, released=released)
    sent = intake.Sent(name=name, data=text.encode())
    return intake.take_file(by=EDITOR, at=LATE, sent=sent, request=intake.Request(given=given))


@pytest.fixture
def watched(plan):
    load(simulate.figures(), name="simulated.csv")
    return plan


def groups(plan, code, *, by=EDITOR):
    row = plan.indicators.get(code=code)
    return {group.kind: group for group in contributors(code, aim=indicators.row(row).aim, role=by.role)}


def test_a_growth_is_explained_by_the_parts_of_its_level_which_add_up(watched):
    parts = groups(watched, "gdp.growth")["parts"]
    assert {one.name[0] for one in parts.rows} == {"第一产业增加值", "第二产业增加值", "第三产业增加值"}
    assert parts.whole.period == "2026-01..09"
    assert sum(one.value for one in parts.rows) == pytest.approx(parts.whole.value)
    assert sum(one.share for one in parts.rows) == pytest.approx(100, abs=0.2)
    largest = parts.rows[0]
    assert largest.share == pytest.approx(100 * largest.change / parts.whole.change)
    assert parts.simulated


def test_towns_stand_with_their_own_targets_and_their_share_of_the_change(watched):
    areas = groups(watched, "employment.urban.new.level")["areas"]
    assert {one.name[0] for one in areas.rows} == {"望澜街道", "松台街道", "竹屿街道", "柳溪镇"}
    assert sum(one.value for one in areas.rows) == areas.whole.value
    assert sum(one.share for one in areas.rows) == pytest.approx(100)
    changes = [abs(one.change) for one in areas.rows]
    assert changes == sorted(changes, reverse=True)


def test_parts_that_do_not_add_up_have_no_share(watched):
    load("indicator,area,period,measure,value,unit\nemployment.urban.new.level,own/柳溪镇,2026-01..09,ytd,5000,人\n")
    areas = groups(watched, "employment.urban.new.level")["areas"]
    assert areas.whole is None
    assert all(one.share is None for one in areas.rows)


def test_the_inputs_of_a_formula_stand_each_with_its_own_newest_period(watched):
    inputs = groups(watched, "gdp.per_capita.level").get("inputs")
    assert inputs
    assert inputs.whole is None
    assert "地区生产总值" in {one.name[0] for one in inputs.rows}


def test_what_is_internal_is_no_contribution_for_a_viewer(watched):
    load("indicator,area,period,measure,value,unit\ngdp.growth,own/柳溪镇,2026-01..09,ytd_growth,7.7,%\n", released=False)
    assert "areas" in groups(watched, "gdp.growth")
    assert "areas" not in groups(watched, "gdp.growth", by=VIEWER)


def test_an_indicator_without_a_code_or_figures_has_nothing_behind_it(plan):
    row = plan.indicators.filter(code=None).first() or plan.indicators.first()
    assert contributors(None, aim=indicators.row(row).aim, role=EDITOR.role) == []
    assert vintages.past(plan.indicators.first(), role=EDITOR.role) is None


def test_the_years_are_drawn_as_known_now_or_as_first_released(watched, sign_in):
    row = watched.indicators.get(code="retail.total.growth")
    before = vintages.past(row, role=EDITOR.role)
    assert not before.revised
    load("indicator,area,period,measure,value,unit\nretail.total.growth,own,2026-01..09,ytd_growth,1.1,%\n")
    past = vintages.past(row, role=EDITOR.role)
    assert past.revised
    assert past.latest[2026][-1] == pytest.approx(1.1)
    assert past.first[2026][-1] == pytest.approx(before.latest[2026][-1])
    assert past.latest[2025] == before.latest[2025]
    client, address = sign_in(EDITOR), reverse("indicator", args=[row.pk])
    now, first = (client.get(f"{address}?vintage={kind}").content.decode() for kind in ("latest", "first"))
    assert 'class="ghost"' in first
    assert 'class="ghost"' not in now
    assert f"{reverse('series-export', args=[past.series.pk])}?show=first" in first
    assert client.get(f"{address}?vintage=nonsense").status_code == 200
