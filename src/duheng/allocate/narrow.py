"""A part of a problem: some of its projects with all that they require, and what of it must hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from duheng.allocate.pin import Pin
from duheng.allocate.problem import Problem


def closure(problem: Problem, codes: Iterable[str]) -> set[str]:
    """These projects and all that they require, directly or not."""
    found: set[str] = set()
    ahead = list(codes)
    while ahead:
        code = ahead.pop()
        if code not in found:
            found.add(code)
            ahead.extend(problem.by_code[code].requires)
    return found


def narrowed(problem: Problem, codes: Collection[str], *, pins: Collection[Pin]) -> Problem:
    """The problem of these projects, all of which must be in, and of what they require; of the pins only these hold.

    Whatever else there is may be left out, so it is.
    """
    kept = closure(problem, codes)
    return replace(
        problem,
        projects=tuple(
            replace(
                project,
                mandatory=project.code in codes,
                committed=False,
                excludes=tuple(code for code in project.excludes if code in kept),
            )
            for project in problem.projects
            if project.code in kept
        ),
        pins=tuple(pin for pin in pins if pin.project in kept),
        notes=(),
    )
