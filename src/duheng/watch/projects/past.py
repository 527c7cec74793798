"""The past years of a pool's projects: which share of the year's plan each had done by the end of each month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from duheng.plan.pool import PoolProject
from duheng.watch.panel import Numbers
from duheng.watch.projects.progress import amounts, main_amount, reports, time_share

MONTHS = 12
DONE = 0.9995  # a year's plan is completed where its share shows as 100.0 %
_MOST = 2.0  # a year beyond twice its plan says no more than twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """One past year of one project: fen by month as it was known in the end, and the share that its time wanted by each month."""

    project: str
    kind: str
    year: int
    planned: int
    done: Mapping[int, int]
    wanted: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Past:
    """Past years as arrays, one row for each whose December is known; shares of the year's plan. One is the same as itself only.

    `share` and `wanted` are (years, 13): nothing at the beginning, then by the end of each month.
    """

    share: Numbers
    wanted: Numbers
    project: tuple[str, ...]
    kind: tuple[str, ...]
    year: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.project)

    @property
    def final(self) -> Numbers:
        """What each year came to."""
        return self.share[:, -1]

    @property
    def finished(self) -> NDArray[np.bool_]:
        """Whether each year's plan was completed."""
        return self.final >= DONE

    @classmethod
    def of(cls, lived: Iterable[Lived]) -> Past:
        """Past years as arrays; those without a plan, or whose December is not known, tell nothing of an ending."""
        kept = [each for each in lived if each.planned > 0 and MONTHS in each.done]
        return cls(
            share=np.array([shares(each.done, each.planned, MONTHS) for each in kept]).reshape(len(kept), MONTHS + 1),
            wanted=np.array([[0.0, *each.wanted] for each in kept]).reshape(len(kept), MONTHS + 1),
            project=tuple(each.project for each in kept),
            kind=tuple(each.kind for each in kept),
            year=np.array([each.year for each in kept], dtype=np.int64),
        )


def shares(done: Mapping[int, int], planned: int, through: int) -> Numbers:
    """The share of the plan by the end of each month, (13,); straight between the months that are told, and held after the last."""
    known = sorted(month for month in done if month <= through)
    at = np.interp(np.arange(MONTHS + 1), [0, *known], [0.0, *(done[month] / planned for month in known)])
    return np.clip(at, 0.0, _MOST)


def kind_of(project: PoolProject) -> str:
    """What a project is compared with: others of its sector, or of its group where no sector is told."""
    return project.sector or project.group


def lived(projects: Iterable[PoolProject], *, before: int) -> list[Lived]:
    """All years of some projects before a year, by what is known of them in the end."""
    found = []
    for project in projects:
        for year in sorted({plan.year for plan in project.years if plan.year < before}):
            plan, told = project.plan(year), reports(project, year, as_of=date.max)
            by = main_amount(told)
            if plan and plan.planned and by:
                found.append(
                    Lived(
                        project=project.code,
                        kind=kind_of(project),
                        year=year,
                        planned=plan.planned,
                        done=amounts(told, by),
                        wanted=[time_share(project, year, month)[0] for month in range(1, MONTHS + 1)],
                    )
                )
    return found
