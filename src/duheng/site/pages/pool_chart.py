"""A project's year of money as a chart: the plan, what is done, and the fan to the year's end."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from duheng.site.pages import pool_columns
from duheng.site.pages.chart import Chart, Drawn, chart
from duheng.site.pages.outlook_chart import labels
from duheng.site.queries.pool_project import Month, Shown
from duheng.watch.projects import Amount

_FANS = (("low95", "high95", "fan95"), ("low80", "high80", "fan80"))


def year_chart(shown: Shown, money: str) -> Chart | None:
    """The chart of a project's year in the unit asked for; None where there is neither a plan nor a month to draw."""
    size = pool_columns.UNITS[money][1]
    done = _done(shown)
    planned = [(float(month.number), month.planned / size) for month in shown.months if month.planned is not None]
    if not planned and not any(amount for _number, amount in done):
        return None
    drawn: list[Drawn] = []
    if done:
        drawn += _ahead(shown.months, done[-1], size)
    if planned:
        whole = planned[-1][1]
        drawn.append(Drawn(points=[(0.0, whole), (12.0, whole)], kind="goal", name=_("year's plan")))
        drawn.append(Drawn(points=[(0.0, 0.0), *planned], kind="way", name="" if done else _("plan")))
    if done:
        points = [(0.0, 0.0), *((float(number), amount / size) for number, amount in done)]
        drawn.append(Drawn(points=points, kind="now", name=_("done")))
    return chart(drawn, steps=labels(12), low=0.0)


def _done(shown: Shown) -> list[tuple[int, int]]:
    """The amount by which progress is told, of each month that tells it."""
    at = shown.now.progress
    by = at.by if at else Amount.WORKS
    found = [(month.number, getattr(month, by.value)) for month in shown.months]
    return [(number, amount) for number, amount in found if amount is not None and (at is None or number <= at.reported)]


def _ahead(months: Sequence[Month], last: tuple[int, int], size: int) -> list[Drawn]:
    """The fan of the months to come, begun at the last known amount so that it hangs together."""
    to_come = [month for month in months if month.middle is not None and month.number > last[0]]
    if not to_come:
        return []

    def line(name: str) -> list[tuple[float, float]]:
        start = (float(last[0]), last[1] / size)
        return [start, *((float(month.number), getattr(month, name) / size) for month in to_come)]

    fans = [Drawn(points=line(low), under=line(high), kind=kind) for low, high, kind in _FANS]
    return [*fans, Drawn(points=line("middle"), kind="median", name=_("outlook"))]
