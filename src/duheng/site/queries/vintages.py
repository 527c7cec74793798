"""The years of an indicator as they are known now and as they were first released, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from duheng.collect import Figures
from duheng.site.access import Role
from duheng.site.queries import known, outlook, visible
from duheng.site.records.models import Indicator, Series
from duheng.watch import Course, Courses, Watched

_YEARS = 5
Years = Mapping[int, Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What each year had come to by each of its `steps`, in the target's unit; `first` as first released."""

    series: Series
    steps: int
    sums: bool
    latest: Years
    first: Years

    @property
    def revised(self) -> bool:
        """Whether anything was changed after its first release."""
        return any(not np.allclose(self.first.get(year, ()), line) for year, line in self.latest.items() if year in self.first)


def past(indicator: Indicator, *, role: Role) -> Past | None:
    """The years of an indicator up to its plan's, as far as a role may see; None where no figures tell."""
    (asked,) = outlook.watched([indicator])
    if not asked.code:
        return None
    held = visible.figures(outlook.fetch([asked]), role)
    latest = _years(held.latest(), asked, indicator.plan.year)
    if latest is None:
        return None
    course, years = latest
    first = _years(held.first_release(), asked, indicator.plan.year)
    series = Series.objects.select_related("area").get(key=course.series.key)
    return Past(
        series=series,
        steps=course.track.steps,
        sums=course.track.accumulation.value == "sum",
        latest=years,
        first=first[1] if first and first[0].track.steps == course.track.steps else {},
    )


def _years(figures: Figures, asked: Watched, year: int) -> tuple[Course, dict[int, list[float]]] | None:
    none = figures.take(np.zeros(0, dtype=np.int64))
    course = Courses(figures, estimates=none, entries=known.indicators()).of(asked.code or "", unit=asked.target.unit, year=year)
    if course is None:
        return None
    known_steps = {each: course.track.known(each) for each in range(year - _YEARS + 1, year + 1)}
    return course, {
        each: course.track.so_far(steps).tolist()
        for each, steps in known_steps.items()
        if len(steps) == course.track.steps or (len(steps) and each == year)
    }
