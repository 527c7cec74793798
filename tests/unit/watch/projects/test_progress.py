"""Progress of a project's year: against its own months, its own dates, the calendar; by what was known on the day."""

from datetime import date

import pytest

from duheng.plan.pool import MonthReport, PoolProject, YearPlan
from duheng.watch.projects import Amount, TimeBy, progress, time_share

WAN = 1_000_000  # fen
FRONT = tuple(share * 10 * WAN for share in (5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100))


def project(*months, planned=1000 * WAN, monthly=None, **more):
    return PoolProject(
        code="P1", name="滨河路改造", years=(YearPlan(year=2025, planned=planned, monthly=monthly),), months=months, **more
    )


def month(number, works=None, *, counted=None, paid=None, known=None):
    return MonthReport(year=2025, month=number, works=works, counted=counted, paid=paid, known=known)


def test_a_plan_of_the_months_is_the_time_that_counts():
    found = progress(project(month(3, 110 * WAN), monthly=FRONT), year=2025, as_of=date(2025, 3, 31))
    assert (found.share, found.time, found.time_by) == (0.11, 0.20, TimeBy.PLAN)
    assert found.lag == -9
    assert found.ratio == pytest.approx(0.55)


def test_without_one_the_months_of_the_year_count():
    found = progress(project(month(3, 110 * WAN)), year=2025, as_of=date(2025, 4, 10))
    assert (found.through, found.time, found.time_by) == (3, 0.25, TimeBy.LINEAR)
    assert found.lag == -14


@pytest.mark.parametrize(
    ("begins", "ends", "number", "share", "by"),
    [
        (date(2025, 7, 1), None, 6, 0.0, TimeBy.SPAN),
        (date(2025, 7, 1), None, 9, 92 / 184, TimeBy.SPAN),  # July to September: 92 of the 184 days to the year's end
        (date(2023, 5, 1), date(2025, 6, 30), 3, 90 / 181, TimeBy.SPAN),  # 90 of the 181 days of the first half
        (date(2023, 5, 1), date(2025, 6, 30), 9, 1.0, TimeBy.SPAN),
        (date(2025, 1, 1), date(2026, 12, 31), 6, 0.5, TimeBy.LINEAR),
        (date(2024, 1, 1), date(2025, 1, 1), 6, 0.5, TimeBy.LINEAR),  # an end of which only the year is told
    ],
)
def test_a_start_or_an_end_within_the_year_gives_the_days_between(begins, ends, number, share, by):
    found, found_by = time_share(project(begins=begins, ends=ends), 2025, number)
    assert found == pytest.approx(share)
    assert found_by == by


def test_what_came_later_is_not_known_yet_and_the_newest_vintage_counts():
    told = (
        month(3, 100 * WAN, known=date(2025, 4, 5)),
        month(3, 150 * WAN, known=date(2025, 4, 20)),
        month(4, 300 * WAN, known=date(2025, 5, 8)),
    )
    assert progress(project(*told), year=2025, as_of=date(2025, 4, 10)).done == 100 * WAN
    assert progress(project(*told), year=2025, as_of=date(2025, 4, 25)).done == 150 * WAN
    assert progress(project(*told), year=2025, as_of=date(2025, 5, 10)).done == 300 * WAN
    assert progress(project(*told), year=2025, as_of=date(2025, 4, 1)) is None


def test_one_month_may_be_under_way_and_then_time_runs_on_without_a_report():
    told = project(month(3, 250 * WAN))
    assert progress(told, year=2025, as_of=date(2025, 5, 10)).through == 3  # April is being collected
    late = progress(told, year=2025, as_of=date(2025, 5, 31))
    assert (late.through, late.reported, late.silent) == (5, 3, 2)
    assert late.lag == pytest.approx(25 - 500 / 12, abs=1e-6)


def test_works_come_before_what_is_counted_and_that_before_what_is_paid():
    first = progress(project(month(3, None, counted=200 * WAN, paid=90 * WAN)), year=2025, as_of=date(2025, 3, 31))
    assert (first.by, first.done) == (Amount.COUNTED, 200 * WAN)
    second = progress(project(month(3, None, paid=90 * WAN)), year=2025, as_of=date(2025, 3, 31))
    assert (second.by, second.done) == (Amount.PAID, 90 * WAN)


@pytest.mark.parametrize("planned", [None, 0])
def test_a_year_without_a_plan_of_money_has_no_progress(planned):
    assert progress(project(month(3, 100 * WAN), planned=planned), year=2025, as_of=date(2025, 3, 31)) is None


def test_another_year_does_not_count():
    assert progress(project(month(3, 100 * WAN)), year=2026, as_of=date(2026, 3, 31)) is None
