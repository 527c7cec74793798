"""Figures into the workspace: all or nothing, once, with their revisions, and back out again."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from tests.site.cast import AT, EDITOR, VIEWER

from duheng import collect
from duheng.collect import Given
from duheng.errors import NotAllowed
from duheng.sample import simulate
from duheng.site.actions import collecting, intake
from duheng.site.queries import figures as stored
from duheng.site.records.models import Area, Event, Figure, Load, Series

HEADS = "indicator,area,period,measure,value,unit\n"
FIRST = f"{HEADS}gdp.level,,2024,level,480.9,亿元\nretail.level,东街,2024-01,level,12,亿元\n"


def take(text: str | bytes, *, known: str = "2025-01-20", by=EDITOR, name: str = "a.csv", **more) -> collecting.Taken:
    given = Given(vintage=date.fromisoformat(known))
    data = text if isinstance(text, bytes) else text.encode()
    request = intake.Request(given=given, **more)
    return intake.take_file(by=by, at=AT, sent=intake.Sent(name=name, data=data), request=request)


def known(day: str) -> dict[str, float]:
    figures = stored.all_figures().as_of(date.fromisoformat(day))
    return {f"{each.series.indicator} {each.period.label}": float(each.value) for each in figures}


@pytest.mark.django_db
def test_a_file_is_taken_in_and_the_same_file_again_changes_nothing():
    taken = take(FIRST)
    assert (taken.new, taken.revised, taken.unchanged, taken.refused) == (2, 0, 0, False)
    again = take(FIRST)
    assert (again.load, again.again, again.new) == (None, taken.load, 0)
    assert take(FIRST + "\n", name="b.csv").unchanged == 2
    assert (Figure.objects.count(), Load.objects.count()) == (2, 2)
    event = Event.objects.filter(kind="figures.load").last()
    assert (event.by, event.at, event.after) == ("周编", AT, {"new": 2, "revised": 0, "confirmed": 0})


@pytest.mark.django_db
def test_a_later_file_makes_a_revision_and_what_was_known_can_be_asked_again():
    take(FIRST)
    taken = take(
        f"{HEADS}gdp.level,,2024,level,478.2,亿元\nretail.level,东街,2024-01,level,12,亿元\n", known="2025-12-20", name="b.csv"
    )
    assert (taken.new, taken.revised, taken.unchanged) == (0, 1, 1)
    assert known("2025-06-01")["gdp.level 2024"] == 480.9
    assert known("2026-01-01") == {"gdp.level 2024": 478.2, "retail.level 2024-01": 12}


@pytest.mark.django_db
def test_a_load_that_is_undone_counts_for_nothing_and_can_come_again():
    first = take(FIRST)
    second = take(f"{HEADS}gdp.level,,2024,level,478.2,亿元\n", known="2025-12-20")
    collecting.undo(by=EDITOR, at=AT, load_id=second.load, reason="口径有误")
    assert known("2026-01-01")["gdp.level 2024"] == 480.9
    assert Figure.objects.count() == 3
    assert Event.objects.get(kind="figures.undo").reason == "口径有误"
    collecting.undo(by=EDITOR, at=AT, load_id=second.load)
    assert Event.objects.filter(kind="figures.undo").count() == 1
    collecting.undo(by=EDITOR, at=AT, load_id=first.load)
    assert known("2026-01-01") == {}
    assert take(FIRST).new == 2


@pytest.mark.django_db
def test_one_wrong_row_keeps_the_whole_file_out_and_says_why():
    taken = take(f"{FIRST}gdp.level,,2025-13,level,1,亿元\n")
    assert taken.refused
    load = Load.objects.get()
    assert (load.state, load.new, Figure.objects.count(), Series.objects.count()) == ("refused", 0, 0, 0)
    assert [(doubt.rule, doubt.place) for doubt in load.doubts.all()] == [("period", "a.csv:4")]
    assert not Event.objects.filter(kind="figures.load").exists()


@pytest.mark.django_db
def test_two_values_for_one_figure_in_one_file_are_an_error():
    taken = take(f"{HEADS}gdp.level,,2024,level,1,亿元\ngdp.level,,2024,level,2,亿元\n")
    assert taken.refused
    assert [doubt.rule for doubt in taken.doubts] == ["twice"]


@pytest.mark.django_db
def test_on_trial_nothing_is_stored():
    assert take(FIRST, trial=True).new == 2
    assert (Load.objects.count(), Figure.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_who_may_only_look_takes_nothing_in():
    with pytest.raises(NotAllowed):
        take(FIRST, by=VIEWER)
    load = take(FIRST).load
    with pytest.raises(NotAllowed):
        collecting.undo(by=VIEWER, at=AT, load_id=load)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"start": 9, "end": 8}, {"status": 9}])
def test_the_database_itself_refuses_a_figure_that_cannot_be(change):
    take(FIRST)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Figure.objects.filter(pk=Figure.objects.first().pk).update(**change)


@pytest.mark.django_db
def test_areas_know_what_they_lie_in():
    take(f"{HEADS}gdp.growth,云川市/东湖区,2024,growth,5,%\ngdp.growth,全区,2024,growth,6,%\n")
    areas = {area.code: (area.zh, area.parent and area.parent.code) for area in Area.objects.all()}
    assert areas == {"own": ("澄岚区", "云川市"), "东湖区": ("东湖区", "云川市"), "云川市": ("云川市", None)}


@pytest.mark.django_db
def test_the_sample_districts_figures_load_without_a_doubt():
    taken = intake.take_file(
        by=EDITOR,
        at=AT,
        sent=intake.Sent(name="simulated.csv", data=simulate.figures().encode()),
        request=intake.Request(given=Given(vintage=date(2026, 10, 1))),
    )
    assert (taken.doubts, taken.missing, taken.unchanged) == ((), 0, 0)
    figures = stored.all_figures()
    assert set(figures.latest().status.tolist()) == {collect.STATUSES.index(collect.Status.SIMULATED)}
    assert not figures.latest(estimates=True).released.any()
    product = figures.where(indicator="gdp.level", area="own").as_of(date(2026, 10, 31))
    assert {figure.period.label: float(figure.value) for figure in product}["2025"] == 562.4


@pytest.mark.django_db
def test_figures_are_fetched_by_series_and_by_indicator():
    take(FIRST)
    assert len(stored.of_indicators(["gdp.level"])) == 1
    assert len(stored.of_indicators(["gdp.level", "retail.level"], area="东街")) == 1
    assert len(stored.of_series([])) == 0
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.django_db
def test_a_broken_rule_is_kept_with_the_row_and_only_an_error_stops_the_file():
    jan = f"{HEADS}retail.total.level,,2025-01..08,ytd,110,亿元\n"
    assert not take(jan).refused
    fallen = take(f"{HEADS}retail.total.level,,2025-01..09,ytd,100,亿元\n")
    assert fallen.refused
    (doubt,) = Load.objects.get(pk=fallen.load).doubts.all()
    assert (doubt.rule, doubt.severity, doubt.period, doubt.value) == ("to_date_never_falls", "error", "2025-01..09", "100")
    odd = take(f"{HEADS}insurance.pension_rate,,2025,share,104,%\n")
    assert [str(doubt.severity) for doubt in odd.doubts] == ["warning"]
    assert not odd.refused
    assert Load.objects.get(pk=odd.load).doubts.count() == 1


@pytest.mark.django_db
def test_a_file_whose_columns_are_not_understood_waits_and_its_answer_is_remembered():
    text = "地区,数值\n东街,3\n西街,4\n"
    asked = take(text)
    assert asked.asks
    assert Load.objects.get().state == "asked"
    said = collect.SheetMapping.of({"indicator": "entities.private.level", "period": "2025-08", "unit": "户"}, where="x")
    done = take(text, said=(said,), asked=asked.load)
    assert (done.load, done.new, Load.objects.get().state) == (asked.load, 2, "done")
    later = take("地区,数值\n东街,5\n西街,6\n", known="2025-10-01")
    assert later.asks  # of which period is not remembered
    again = take(
        "地区,数值\n东街,5\n西街,6\n", said=(collect.SheetMapping.of({"period": "2025-09"}, where="x"),), asked=later.load
    )
    assert (again.new, again.refused) == (2, False)
    assert {series.indicator for series in Series.objects.all()} == {"entities.private.level"}


@pytest.mark.django_db
def test_what_formulas_make_of_a_load_comes_and_goes_with_it():
    gdp = take(f"{HEADS}gdp.level,,2025,level,562.4,亿元\ngdp.secondary.level,,2025,level,237.9,亿元\n", known="2026-01-20")
    assert known("2026-02-01")["gdp.secondary.share 2025"] == 42.3
    assert Load.objects.filter(kind="formula").count() == 1
    take(f"{HEADS}gdp.secondary.level,,2025,level,240,亿元\n", known="2026-03-01", name="b.csv")
    assert known("2026-04-01")["gdp.secondary.share 2025"] == 42.67
    assert known("2026-02-01")["gdp.secondary.share 2025"] == 42.3
    collecting.undo(by=EDITOR, at=AT, load_id=Load.objects.get(name="b.csv", kind="file").pk)
    assert known("2026-04-01")["gdp.secondary.share 2025"] == 42.3
    collecting.undo(by=EDITOR, at=AT, load_id=gdp.load)
    assert known("2026-04-01") == {}


@pytest.mark.django_db
def test_a_published_share_is_not_stood_beside_by_a_computed_one():
    take(f"{HEADS}gdp.secondary.share,,2025,share,42.5,%\n", known="2026-01-20")
    take(
        f"{HEADS}gdp.level,,2025,level,562.4,亿元\ngdp.secondary.level,,2025,level,237.9,亿元\n", known="2026-01-21", name="b.csv"
    )
    assert known("2026-02-01")["gdp.secondary.share 2025"] == 42.5
    assert not Load.objects.filter(kind="formula").exists()


@pytest.mark.django_db
def test_the_same_file_known_on_a_later_day_changes_nothing_and_on_an_earlier_one_it_does():
    take(FIRST, known="2025-01-20")
    assert take(FIRST, known="2025-03-01").again
    assert take(FIRST, known="2024-12-01").new == 2
    assert known("2024-12-31") == {"gdp.level 2024": 480.9, "retail.level 2024-01": 12}
