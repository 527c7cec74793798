"""The year of a target as a chart: last year, this one so far, the fan to its end, the target and the way to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from duheng.site import access
from duheng.site.access import Role
from duheng.site.pages.chart import Chart, Drawn, chart
from duheng.site.pages.frame import language
from duheng.site.queries import contributors, series_table, vintages, watching
from duheng.site.queries.indicators import Row
from duheng.site.queries.vintages import Past
from duheng.site.records.models import Indicator, Standing, StandingPoint

_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_ROWS = 36  # figures that the indicator's page lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the year as the table below the chart has it."""

    label: str
    before: float | None
    now: float | None
    median: float | None
    low80: float | None
    high80: float | None
    low95: float | None
    high95: float | None


def context(indicator: Indicator, row: Row, *, role: Role, first: bool) -> dict[str, Any]:
    """What the indicator's page shows of its outlook and figures; `first` draws the years as they were first released."""
    plan, past = indicator.plan, vintages.past(indicator, role=role)
    shown = _of_figures(past, role=role, first=first) | {
        "groups": contributors.contributors(indicator.code, aim=row.aim, role=role)
    }
    found = watching.line(plan, indicator.pk, rule=settings.WORKSPACE.rule, role=role)
    if found is None:
        return shown
    goal = float(row.aim.goal) if row.aim.goal is not None else None
    lines = (past.first if first else past.latest) if past else {}
    return shown | {
        "watch": found,
        "year_chart": year_chart(found.state, year=plan.year, goal=goal, first=lines if first else None),
        "year_table": _table(found.state, year=plan.year, first=lines if first else None),
        "before_year": plan.year - 1,
        "chance_chart": chance_chart(watching.points(indicator.pk, role=role)) if access.may(role, "watch.chance") else None,
        "lights": watching.signals(indicator.pk, role=role),
    }


def _of_figures(past: Past | None, *, role: Role, first: bool) -> dict[str, Any]:
    """The figures themselves: each year as a line, the newest figures as a table."""
    if past is None:
        return {}
    years = past.first if first else past.latest
    newest = max(years, default=0)
    drawn = [
        Drawn(
            points=[(float(step), value) for step, value in enumerate(line, start=1)],
            kind="now" if year == newest else "before",
            name=str(year),
        )
        for year, line in years.items()
    ]
    return {
        "past": past,
        "vintage": "first" if first else "latest",
        "past_chart": chart(drawn, steps=labels(past.steps), low=0.0 if past.sums else None)
        if drawn and past.steps > 1
        else None,
        "past_table": series_table.shown(past.series, kind="first" if first else "latest", day=date.max, role=role)[:_ROWS],
        "all_rows": _ROWS,
    }


def _with(path: Mapping[str, Any], first: vintages.Years | None, year: int) -> dict[str, Any]:
    """A path whose years are those first released, with what is known now beside them."""
    if first is None:
        return dict(path)
    told = {"now": list(first.get(year, path["now"])), "before": list(first.get(year - 1, path["before"]))}
    return {**path, **told, "known_now": path["now"], "known_before": path["before"]}


def _table(state: Standing, *, year: int, first: vintages.Years | None) -> list[Step]:
    if not state.path:
        return []
    path = _with(state.path, first, year)
    low95, low80, middle, high80, high95 = path["fan"]
    known = path["known"]

    def at(line: Sequence[float], place: int, *, ahead: bool = False) -> float | None:
        return line[place] if place < len(line) and (not ahead or place >= known) else None

    return [
        Step(
            label=label or str(place + 1),
            before=at(path["before"], place),
            now=at(path["now"], place),
            median=at(middle, place, ahead=True),
            low80=at(low80, place, ahead=True),
            high80=at(high80, place, ahead=True),
            low95=at(low95, place, ahead=True),
            high95=at(high95, place, ahead=True),
        )
        for place, label in enumerate(labels(path["steps"]))
    ]


def labels(steps: int) -> list[str]:
    """What stands below each step of a year."""
    if steps == 12:
        return [f"{month}月" for month in range(1, 13)] if language() == "zh" else list(_MONTHS_EN)
    if steps == 4:
        return ["一季度", "二季度", "三季度", "四季度"] if language() == "zh" else ["Q1", "Q2", "Q3", "Q4"]
    return [""] * steps


def year_chart(state: Standing, *, year: int, goal: float | None, first: vintages.Years | None = None) -> Chart | None:
    """The chart of a standing; None where there is no path to draw. `first` are the years as first released, to be drawn instead."""
    if not state.path or not (state.path["now"] or state.path["before"]):
        return None
    path = _with(state.path, first, year)
    sums = state.accumulation == "sum"
    drawn = [*_fan(path, goal is not None), *_years(path, year), *_goal(goal, path["steps"], sums=sums)]
    return chart(drawn, steps=labels(path["steps"]), low=0.0 if sums else None)


def _fan(path: Mapping[str, Any], named: bool) -> list[Drawn]:
    """The ranges of the steps to come, from the last known value on."""
    known, steps = path["known"], path["steps"]
    if known >= steps:
        return []
    low95, low80, middle, high80, high95 = [_from(path, line) for line in path["fan"]]
    return [
        Drawn(points=low95, under=high95, kind="fan95"),
        Drawn(points=low80, under=high80, kind="fan80"),
        Drawn(points=middle, kind="median", name=_("outlook") if named else ""),
    ]


def _from(path: Mapping[str, Any], line: Sequence[float]) -> list[tuple[float, float]]:
    """A line of the fan, begun at the last known value so that it hangs together."""
    known = path["known"]
    now = path.get("known_now", path["now"])
    start = [(float(known), now[-1])] if known and now else []
    return start + [(float(step), line[step - 1]) for step in range(known + 1, path["steps"] + 1)]


def _years(path: Mapping[str, Any], year: int) -> list[Drawn]:
    before = [(float(step), value) for step, value in enumerate(path["before"], start=1)]
    now = [(float(step), value) for step, value in enumerate(path["now"], start=1)]
    ghosts = [
        Drawn(points=[(float(step), value) for step, value in enumerate(path[name], start=1)], kind="ghost")
        for name in ("known_before", "known_now")
        if path.get(name)
    ]
    return [
        *ghosts,
        *([Drawn(points=before, kind="before", name=str(year - 1))] if before else []),
        *([Drawn(points=now, kind="now", name=str(year))] if now else []),
    ]


def _goal(goal: float | None, steps: int, *, sums: bool) -> list[Drawn]:
    """The target: a level to be at, and for a sum the straight way there, which is time progress."""
    if goal is None:
        return []
    across = Drawn(points=[(0.0, goal), (float(steps), goal)], kind="goal", name=_("target"))
    return [across, Drawn(points=[(0.0, 0.0), (float(steps), goal)], kind="way")] if sums else [across]


def chance_chart(points: Sequence[StandingPoint]) -> Chart | None:
    """The chance of being met, month by month; None where there are fewer than two."""
    told = [(point.as_of.month, point.p * 100) for point in points if point.p is not None]
    if len(told) < 2:
        return None
    line = [(float(month), share) for month, share in told]
    return chart([Drawn(points=line, kind="now")], steps=labels(12), low=0.0, high=100.0)
