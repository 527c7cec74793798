"""The three amounts of a project's month held against each other, and told in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duheng.plan.pool import MonthReport, PoolProject
from duheng.watch.projects.progress import Amount, amounts, reports

_NEAR = 0.01  # two amounts nearer than one per cent of the larger, or than a 万元, are the same
_LEAST = 1_000_000  # fen


class Apart(StrEnum):
    """How two amounts of a month lie apart where they should not."""

    NOT_COUNTED = "not_counted"  # works that statistics do not count
    OVERCOUNTED = "overcounted"  # more counted than done
    PAID_AHEAD = "paid_ahead"  # more paid than done
    UNPAID = "unpaid"  # done and not yet paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two amounts of the newest month that tells both, `by` fen apart, in (zh, en)."""

    kind: Apart
    year: int
    month: int
    by: int
    words: tuple[str, str]


def differences(project: PoolProject, *, year: int, as_of: date) -> list[Difference]:
    """Where works, what is counted and what was paid lie apart, each pair in the newest month that tells both."""
    told = reports(project, year, as_of=as_of)
    found = [_pair(told, year, Amount.COUNTED, _counted), _pair(told, year, Amount.PAID, _paid)]
    return [each for each in found if each is not None]


_Words = Callable[[int, int, int], tuple[Apart, tuple[str, str]]]


def _pair(told: Mapping[int, MonthReport], year: int, other: Amount, words: _Words) -> Difference | None:
    works, beside = amounts(told, Amount.WORKS), amounts(told, other)
    both = [month for month in works if month in beside]
    if not both:
        return None
    month = max(both)
    gap = works[month] - beside[month]
    if abs(gap) <= max(_LEAST, _NEAR * max(works[month], beside[month])):
        return None
    kind, said = words(month, works[month], beside[month])
    return Difference(kind=kind, year=year, month=month, by=abs(gap), words=said)


def _counted(month: int, works: int, counted: int) -> tuple[Apart, tuple[str, str]]:
    gap = abs(works - counted)
    if works > counted:
        return Apart.NOT_COUNTED, (
            f"至{month}月形象进度{wan(works)}，入统{wan(counted)}：{wan(gap)}未入统",
            f"to month {month} works of {wan_en(works)} and {wan_en(counted)} counted: {wan_en(gap)} are not counted",
        )
    return Apart.OVERCOUNTED, (
        f"至{month}月入统{wan(counted)}，大于形象进度{wan(works)}：多{wan(gap)}，需核实",
        f"to month {month} {wan_en(counted)} counted, above works of {wan_en(works)}: {wan_en(gap)} too much, to be verified",
    )


def _paid(month: int, works: int, paid: int) -> tuple[Apart, tuple[str, str]]:
    gap = abs(works - paid)
    if paid > works:
        return Apart.PAID_AHEAD, (
            f"至{month}月资金支付{wan(paid)}，超前于形象进度{wan(works)}：多{wan(gap)}",
            f"to month {month} {wan_en(paid)} paid, ahead of works of {wan_en(works)}: {wan_en(gap)} more",
        )
    return Apart.UNPAID, (
        f"至{month}月形象进度{wan(works)}，已支付{wan(paid)}：{wan(gap)}未支付",
        f"to month {month} works of {wan_en(works)} and {wan_en(paid)} paid: {wan_en(gap)} are unpaid",
    )


def wan(fen: int) -> str:
    """Money in 万元, without a fraction that says nothing."""
    return f"{fen / _LEAST:,.2f}".rstrip("0").rstrip(".") + "万元"


def wan_en(fen: int) -> str:
    """Money in 万元 for English sentences."""
    return f"{fen / _LEAST:,.2f}".rstrip("0").rstrip(".") + " 万元"
