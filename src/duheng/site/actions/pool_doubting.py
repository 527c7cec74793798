"""What a list says that does not go with what was told before: months that fall, amounts that slipped, codes under another name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from duheng.collect import Doubt, Severity
from duheng.collect.projects import ABSURD, ListedProject, beyond
from duheng.plan.pool import MonthReport
from duheng.site.records.models import PoolMonth, PoolProject, PoolYear

_SLIP = (3.5, 4.5)  # powers of ten: 万元 written where 亿元 is meant
_MOST = 200  # doubts of one kind that are told one by one
_AMOUNTS = (("works", "完成投资", "works done"), ("counted", "入统投资", "counted"), ("paid", "资金支付", "paid"))
_Months = Mapping[tuple[Any, ...], PoolMonth]
_Years = Mapping[tuple[Any, ...], PoolYear]


def doubts(rows: Iterable[tuple[ListedProject, PoolProject | None]], years: _Years, months: _Months) -> tuple[Doubt, ...]:
    """Everything that looks wrong in rows whose projects are known, beside the `years` and `months` that stand."""
    earlier: dict[int, list[PoolMonth]] = {}
    for (project, *_), month in months.items():
        earlier.setdefault(project, []).append(month)
    kinds: dict[str, list[Doubt]] = {}
    for listed, row in rows:
        if row is not None and not row.withdrawn:
            for doubt in (*_of(listed, row, earlier.get(row.pk, [])), *_absurd(listed, row, years, months)):
                kinds.setdefault(doubt.rule, []).append(doubt)
    return tuple(doubt for found in kinds.values() for doubt in (*found[:_MOST], *_more(found)))


def _of(listed: ListedProject, row: PoolProject, earlier: list[PoolMonth]) -> Iterator[Doubt]:
    if listed.approval_code and listed.approval_code == row.approval_code and listed.name not in (row.name, *row.aliases):
        zh, en = f"这个项目代码以前用于“{row.name}”。", f"its code was known as “{row.name}” until now."
        yield _doubt("renamed", listed, zh, en)
    if listed.total and row.total and _SLIP[0] <= abs(math.log10(listed.total / row.total)) <= _SLIP[1]:
        zh = "总投资与以前相差约一万倍，可能是万元与亿元弄错。"
        yield _doubt("slip", listed, zh, "its total is some ten thousand times off what it was: is it 万元 or 亿元?")
    for month in listed.months:
        before = [each for each in earlier if each.year == month.year and each.month < month.month]
        for name, zh, en in _AMOUNTS:
            yield from _fallen(listed, month, before, (name, zh, en))


def _absurd(listed: ListedProject, row: PoolProject, years: _Years, months: _Months) -> Iterator[Doubt]:
    """A month a thousand times the total or the year's plan that stand, where the list itself tells none, or what it was told as."""
    own = {year.year: year.planned for year in listed.years}
    for month in listed.months:
        year, stood = years.get((row.pk, month.year)), months.get((row.pk, month.year, month.month))
        planned = None if own.get(month.year) or year is None else year.planned
        yield from beyond(listed, month, total=None if listed.total else row.total, planned=planned)
        for name, zh, en in _AMOUNTS:
            value, before = getattr(month, name), getattr(stood, name, None)
            if value and before and not before < value * ABSURD < before * ABSURD**2:
                told = f"{month.year}年{month.month}月的累计{zh}与以前所报相差一千倍以上，疑似单位弄错。请核对单位。"
                other = f"{en} to {month.year}-{month.month:02} is a thousand times off what was told before: is its unit right?"
                yield _doubt("slip", listed, told, other)


def _fallen(listed: ListedProject, month: MonthReport, before: list[PoolMonth], amount: tuple[str, str, str]) -> Iterator[Doubt]:
    """An amount since January below that of an earlier month of the year."""
    name, zh, en = amount
    value = getattr(month, name)
    highest = max(
        (each for each in before if getattr(each, name) is not None), key=lambda each: getattr(each, name), default=None
    )
    if value is not None and highest is not None and value < getattr(highest, name):
        told = f"{month.year}年{month.month}月的累计{zh}低于已报的{highest.month}月。"
        yield _doubt(
            "falls", listed, told, f"{en} to {month.year}-{month.month:02} is less than was reported for {highest.month:02}."
        )


def _doubt(rule: str, listed: ListedProject, zh: str, en: str) -> Doubt:
    named = f"“{listed.name[:40]}”"
    message = (f"{named}：{zh}", f"{named}: {en}")
    return Doubt(rule=rule, severity=Severity.WARNING, message=message, place=listed.place_in_file)


def _more(found: list[Doubt]) -> Iterator[Doubt]:
    if len(found) > _MOST:
        count = len(found) - _MOST
        message = (f"另有 {count} 个项目有同样的问题。", f"{count} more projects have the same problem.")
        yield Doubt(rule=found[0].rule, severity=Severity.WARNING, message=message)
