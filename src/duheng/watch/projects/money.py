"""The three amounts of a project's month held against each other, and told in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duheng.plan.pool import MonthReport, PoolProject
from duheng.watch.projects.progress import Amount, amounts, reports

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NEAR = 0.01  # two amounts nearer than one per cent of the larger, or than a 万元, are the same
_LEAST = 1_000_000  # fen in a 万元
_YI = 10**10  # fen in an 亿元


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
            f"至{month}月形象进度{money_zh(works)}，入统{money_zh(counted)}：{money_zh(gap)}未入统",
            f"works of {money_en(works)} by the end of {MONTHS[month - 1]}, and {money_en(counted)} counted: "
            f"{money_en(gap)} are not counted",
        )
    return Apart.OVERCOUNTED, (
        f"至{month}月入统{money_zh(counted)}，大于形象进度{money_zh(works)}：多{money_zh(gap)}，需核实",
        f"{money_en(counted)} counted by the end of {MONTHS[month - 1]}, above works of {money_en(works)}: "
        f"{money_en(gap)} too much, to be verified",
    )


def _paid(month: int, works: int, paid: int) -> tuple[Apart, tuple[str, str]]:
    gap = abs(works - paid)
    if paid > works:
        return Apart.PAID_AHEAD, (
            f"至{month}月资金支付{money_zh(paid)}，超前于形象进度{money_zh(works)}：多{money_zh(gap)}",
            f"{money_en(paid)} paid by the end of {MONTHS[month - 1]}, ahead of works of {money_en(works)}: {money_en(gap)} more",
        )
    return Apart.UNPAID, (
        f"至{month}月形象进度{money_zh(works)}，已支付{money_zh(paid)}：{money_zh(gap)}未支付",
        f"works of {money_en(works)} by the end of {MONTHS[month - 1]}, and {money_en(paid)} paid: {money_en(gap)} are unpaid",
    )


def money_zh(fen: int) -> str:
    """Money as it is said: 500万元, from one hundred million on 1.25亿元; at most two digits behind the point."""
    return f"{_short(fen, _YI)}亿元" if abs(fen) >= _YI else f"{_short(fen, _LEAST)}万元"


def money_en(fen: int) -> str:
    """Money as it is said in English: 5 million yuan, 1.25 billion yuan."""
    for size, name in ((10**11, " billion"), (10**8, " million")):
        if abs(fen) >= size:
            return f"{_short(fen, size)}{name} yuan"
    return f"{_short(fen, 100)} yuan"


def _short(fen: int, size: int) -> str:
    return f"{fen / size:,.2f}".rstrip("0").rstrip(".")
