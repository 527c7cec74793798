"""What the projects of a list are held to, each by itself and beside the others."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from duheng.collect.doubt import Doubt, Severity
from duheng.collect.projects.value import ListedProject
from duheng.plan.pool import MonthReport

_SLIP = (3.5, 4.5)  # powers of ten: 万元 written where 亿元 is meant
ABSURD = 1_000  # times what is planned from which an amount done is taken for a slip of its unit: 元 under a head of 万元
AMOUNTS = (("works", "累计完成投资", "works done"), ("counted", "累计入统投资", "counted"), ("paid", "累计支付", "paid"))
_WAN = 1_000_000  # fen in a 万元
_ENOUGH = 8  # amounts of a column from which its middle can be told
_MOST = 200


def check(projects: Sequence[ListedProject]) -> tuple[Doubt, ...]:
    """Everything that is wrong, or looks wrong, with projects beside each other."""
    found = [*_twice(projects), *_over(projects), *_absurd(projects), *_falling(projects), *_slips(projects)]
    return tuple(found[: _MOST * 4])


def _twice(projects: Sequence[ListedProject]) -> Iterator[Doubt]:
    for name, zh in (("approval_code", "项目代码"), ("code", "编号")):
        seen: dict[str, ListedProject] = {}
        for project in projects:
            code = getattr(project, name)
            if code and code in seen:
                first = seen[code].place_in_file
                yield _doubt(
                    "twice",
                    Severity.ERROR,
                    project,
                    (
                        f"{zh} {code} 与 {first} 的“{seen[code].name}”相同。一个代码只能有一行：请合并或改正。",
                        f"The code {code} is also that of “{seen[code].name}” ({first}). A code has one row: join the two, or correct one.",
                    ),
                    code,
                )
            seen.setdefault(code, project)


def _over(projects: Sequence[ListedProject]) -> Iterator[Doubt]:
    """Plans of a year above the whole, and what was done above it."""
    for project in projects:
        if not project.total:
            continue
        for year in project.years:
            if year.planned is not None and year.planned > project.total:
                yield _doubt(
                    "over",
                    Severity.ERROR,
                    project,
                    (
                        f"{year.year}年计划投资大于总投资。请核对这两个数和单位。",
                        f"The plan for {year.year} is more than the total investment. Check both, and their units.",
                    ),
                )
        before = {year.year: year.before or 0 for year in project.years}
        for month in project.months:
            done = before.get(month.year, 0) + (month.works or 0)
            if month.works is not None and project.total < done < project.total * ABSURD:
                yield _doubt(
                    "done_over",
                    Severity.WARNING,
                    project,
                    (
                        f"累计完成投资大于总投资（{month.year}年{month.month}月）。",
                        f"What was done is more than the total investment ({month.year}-{month.month:02}).",
                    ),
                )


def _absurd(projects: Sequence[ListedProject]) -> Iterator[Doubt]:
    """Amounts done that are a thousand times what the row itself plans, or more."""
    for project in projects:
        plans = {year.year: year.planned for year in project.years}
        for month in project.months:
            yield from beyond(project, month, total=project.total, planned=plans.get(month.year))


def beyond(project: ListedProject, month: MonthReport, *, total: int | None, planned: int | None) -> Iterator[Doubt]:
    """What of a month is `ABSURD` times the project's total investment (an error: it cannot be) or the plan of its year (a warning).

    Money is fen; each amount is told once, beside the total where both are passed.
    """
    for name, zh, en in AMOUNTS:
        value = getattr(month, name)
        for severity, whole, zh_whole, en_whole in (
            (Severity.ERROR, total, "总投资", "total investment"),
            (Severity.WARNING, planned, f"{month.year}年计划投资", f"plan for {month.year}"),
        ):
            if value and whole and value >= whole * ABSURD:
                yield _doubt(
                    "absurd",
                    severity,
                    project,
                    (
                        f"{month.year}年{month.month}月{zh}是{zh_whole}的{value // whole:,}倍。疑似单位弄错（如在“万元”栏填了元）："
                        "请核对这两个数，改好单位后重新载入。",
                        f"{en} to {month.year}-{month.month:02} is {value // whole:,} times the {en_whole}. The unit is likely wrong "
                        "(yuan written under a head of 万元): check both amounts, correct the unit and load the list again.",
                    ),
                    f"{value / _WAN:,.0f}万元",
                )
                break


def _falling(projects: Sequence[ListedProject]) -> Iterator[Doubt]:
    """Amounts cumulative since January that fall within a year."""
    for project in projects:
        for sooner, later in zip(project.months, project.months[1:], strict=False):
            for name, zh, en in (("works", "完成投资", "works done"), ("counted", "入统", "counted"), ("paid", "支付", "paid")):
                a, b = getattr(sooner, name), getattr(later, name)
                if sooner.year == later.year and a is not None and b is not None and b < a:
                    yield _doubt(
                        "falls",
                        Severity.WARNING,
                        project,
                        (
                            f"{later.year}年{later.month}月的累计{zh}低于{sooner.month}月。",
                            f"{en} to {later.year}-{later.month:02} is less than to {sooner.year}-{sooner.month:02}.",
                        ),
                    )


def _slips(projects: Sequence[ListedProject]) -> Iterator[Doubt]:
    """Amounts about ten thousand times larger or smaller than those beside them: 万 and 亿 mistaken."""
    columns: tuple[tuple[str, str, Callable[[ListedProject], int | None]], ...] = (
        ("总投资", "total investment", lambda project: project.total),
        ("年度计划投资", "plan for the year", lambda project: project.years[-1].planned if project.years else None),
    )
    for zh, en, of in columns:
        sizes = [(project, math.log10(value)) for project in projects if (value := of(project))]
        if len(sizes) < _ENOUGH:
            continue
        middle = median(size for _, size in sizes)
        for project, size in sizes:
            if _SLIP[0] <= abs(size - middle) <= _SLIP[1]:
                larger = size > middle
                yield _doubt(
                    "slip",
                    Severity.WARNING,
                    project,
                    (
                        f"{zh}约为其他项目的{'一万倍' if larger else '万分之一'}，可能是万元与亿元弄错。请核对。",
                        f"Its {en} is some ten thousand times {'larger' if larger else 'smaller'} than the others': is it 万元 or 亿元?",
                    ),
                )


def _doubt(rule: str, severity: Severity, project: ListedProject, said: tuple[str, str], value: str = "") -> Doubt:
    named = f"“{project.name[:40]}”"
    return Doubt(
        rule=rule,
        severity=severity,
        message=(f"{named}：{said[0]}", f"{named}: {said[1]}"),
        place=project.place_in_file,
        value=value[:40],
    )
