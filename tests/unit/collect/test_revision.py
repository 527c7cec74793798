"""Revisions: what a file changes of what was known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from duheng.collect import Figure, Figures, Status, reliability, weigh
from duheng.measure import Period, Series

GDP = Series(indicator="gdp.level", unit="亿元")


def figure(value: str, vintage: str, status: Status = Status.PRELIMINARY, period: str = "2024") -> Figure:
    return Figure(
        series=GDP, period=Period.parse(period), value=Decimal(value), vintage=date.fromisoformat(vintage), status=status
    )


KNOWN = Figures.of([figure("480.9", "2025-01-20"), figure("490", "2024-11-30", Status.ESTIMATE)])


@pytest.mark.parametrize(
    ("coming", "dated", "outcome"),
    [
        (figure("480.9", "2025-02-20"), False, "unchanged"),
        (figure("480.90", "2025-02-20"), False, "unchanged"),
        (figure("480.9", "2025-02-20"), True, "confirmed"),
        (figure("480.9", "2025-12-20", Status.FINAL), False, "confirmed"),
        (figure("478.2", "2025-12-20", Status.FINAL), False, "revised"),
        (figure("490", "2024-12-10", Status.ESTIMATE), False, "unchanged"),
        (figure("485", "2024-12-10", Status.ESTIMATE), False, "revised"),
        (figure("481", "2025-01-10"), True, "new"),  # a release before the one that is known
        (figure("120", "2025-04-20", period="2025-Q1"), False, "new"),
    ],
)
def test_a_figure_is_held_against_what_was_known_on_its_day(coming, dated, outcome):
    weighing = weigh(KNOWN, Figures.of([coming]), dated=dated)
    told = [name for name in ("new", "revised", "confirmed") if getattr(weighing, name)[0]] or ["unchanged"]
    assert told == [outcome]
    assert weighing.unchanged == (outcome == "unchanged")


def test_a_figure_given_again_as_released_is_released_and_is_never_taken_back_by_an_internal_one():
    internal, released = figure("480.9", "2025-01-20"), replace(figure("480.9", "2025-01-20"), released=True)
    assert weigh(Figures.of([internal]), Figures.of([released]), dated=False).confirmed.all()
    assert weigh(Figures.of([released]), Figures.of([internal]), dated=False).unchanged == 1
    assert weigh(Figures.of([released]), Figures.of([released]), dated=False).unchanged == 1


def test_a_revision_remembers_what_stood_before():
    weighing = weigh(KNOWN, Figures.of([figure("478.2", "2025-12-20", Status.FINAL)]), dated=False)
    assert weighing.before.tolist() == [480.9]


def test_two_values_for_one_day_in_one_file_clash():
    weighing = weigh(
        KNOWN, Figures.of([figure("1", "2025-03-01"), figure("2", "2025-03-01"), figure("3", "2025-03-02")]), dated=True
    )
    assert weighing.clashing.tolist() == [1]


def test_the_same_row_twice_counts_once():
    weighing = weigh(Figures.of([]), Figures.of([figure("1", "2025-03-01")] * 2), dated=True)
    assert (weighing.new.tolist(), weighing.unchanged, len(weighing.clashing)) == ([True, False], 1, 0)


def test_how_reliable_first_releases_are_is_told_by_series():
    rows = [("100", "2024-02-01", "2024-01"), ("102", "2024-06-01", "2024-01"), ("102", "2024-07-01", "2024-01")]
    rows += [("50", "2024-03-01", "2024-02"), ("49", "2024-09-01", "2024-02"), ("7", "2024-04-01", "2024-03")]
    (told,) = reliability(Figures.of([figure(value, day, period=period) for value, day, period in rows]))
    assert (told.periods, told.revisions, told.mean, told.mean_absolute, told.largest) == (2, 2, 0.5, 1.5, 2)


def test_nothing_revised_nothing_told():
    assert reliability(Figures.of([])) == ()
    assert reliability(KNOWN) == ()
    assert np.isnan(weigh(Figures.of([]), KNOWN, dated=False).before).all()
