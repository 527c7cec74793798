"""Ranks through the periods as a chart: the best on top, one line for each, named at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duheng.appraise import Placed
from duheng.measure import OWN
from duheng.site.pages.chart import Chart, Drawn, Tick, chart

_LABELS = 6  # along the chart
_LINES = 8


def rank_chart(
    history: Mapping[str, Sequence[tuple[str, Placed]]], *, names: Mapping[str, str], periods: Sequence[str]
) -> Chart | None:
    """The chart of ranks by area; None where there are fewer than two periods, or too many lines to tell apart."""
    ranked = {
        code: [(float(periods.index(period) + 1), -float(row.rank)) for period, row in told if row.rank and period in periods]
        for code, told in history.items()
        if code in names
    }
    lines = {code: points for code, points in ranked.items() if len(points) > 1}
    if len(periods) < 2 or not lines or len(lines) > _LINES:
        return None
    last = max(len(names), *(-int(value) for points in lines.values() for _, value in points))
    drawn = [Drawn(points=points, kind="now" if code == OWN else "before", name=names[code]) for code, points in lines.items()]
    made = chart(drawn, steps=_labels(periods), low=-float(last), high=-1.0)
    marks = {tick.text.replace("−", ""): tick for tick in made.up}
    up = [Tick(at=_at(made, place, last), text=str(place)) for place in range(1, last + 1)] if marks else []
    return Chart(shapes=made.shapes, labels=made.labels, across=made.across, up=tuple(up), zero=None)


def _at(made: Chart, place: int, last: int) -> float:
    """Where a rank lies: the axis of the chart may reach beyond the ranks."""
    first, final = made.up[-1], made.up[0]
    top, bottom = (float(tick.text.replace("−", "-").replace(",", "")) for tick in (first, final))
    share = (-place - bottom) / (top - bottom) if top != bottom else 0.0
    return round(final.at + (first.at - final.at) * share, 1)


def _labels(periods: Sequence[str]) -> list[str]:
    """What stands below the chart: the newest period always, the others as there is room."""
    every = -(-len(periods) // _LABELS)
    return [short(period) if (len(periods) - place) % every == 0 else "" for place, period in enumerate(periods, start=1)]


def short(period: str) -> str:
    """A period in few letters: 2026-01..09 is 2026-09.

    >>> [short(each) for each in ("2026-01..09", "2026-H1", "2026")]
    ['2026-09', '2026-06', '2026']
    """
    if ".." in period:
        return f"{period[:4]}-{period[-2:]}"
    return period.replace("-H1", "-06")
