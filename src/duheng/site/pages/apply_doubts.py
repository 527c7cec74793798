"""What a careful reader would ask before an application is stored: more than there is, more than it may be, not for this project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median

from django.utils.translation import gettext as _

from duheng.allocate import Eligibility, Fitness, money
from duheng.site.pages.frame import language
from duheng.site.queries import eligible, funds, known
from duheng.site.queries.funds import Applied
from duheng.site.records.models import FundPool, PoolProject

_SLIP = 1_000  # times its neighbours: an amount in another unit


def doubts(*, project: PoolProject, pool: FundPool, year: int, fen: int, as_of: date) -> list[tuple[str, str]]:
    """Each doubt with the field that it stands beside."""
    every = funds.applications()
    mine = [each for each in every if each.pool == pool.pk]
    one = funds.pool(pool, [each.value for each in mine], known.fund_kinds())
    cell = eligible.judged([project], [one], year=year, as_of=as_of)[0].cells[0]
    before = sum(_sum(each) for each in mine if each.project == project.pk)
    return [
        *_of_pool(one, year, fen),
        *_of_project(project, cell, before, fen),
        *_of_neighbours([_sum(each) for each in mine or every], fen),
        *_of_rules(cell),
    ]


def _sum(each: Applied) -> int:
    return each.value.granted or each.value.pending


def _of_pool(one: funds.Pool, year: int, fen: int) -> Iterator[tuple[str, str]]:
    there = one.of(year).available
    if one.value.amounts and fen > there:
        said = _("More than {pool} has in {year}: {there}.")
        yield "amount", said.format(pool=one.value.name, year=year, there=_shown(there))


def _of_project(project: PoolProject, cell: Eligibility, before: int, fen: int) -> Iterator[tuple[str, str]]:
    if not project.total:
        return
    if fen > project.total:
        yield "amount", _("More than the project costs in all: {total}.").format(total=_shown(project.total))
    most = money.share(project.total, cell.ceiling)
    if cell.ceiling < 1 and before + fen > most:
        said = _("With what it has of this pool already, more than the pool may pay of its total cost ({share} %): {most}.")
        yield "amount", said.format(share=f"{cell.ceiling * 100:.4g}", most=_shown(most))


def _of_neighbours(others: Sequence[int], fen: int) -> Iterator[tuple[str, str]]:
    told = [amount for amount in others if amount > 0]
    if told and fen >= _SLIP * median(told):
        said = _("A thousand times other applications or more, which are about {middle}: is the unit right?")
        yield "amount", said.format(middle=_shown(int(median(told))))


def _of_rules(cell: Eligibility) -> Iterator[tuple[str, str]]:
    side = 0 if language() == "zh" else 1
    barred = [each for each in cell.obstacles if each.verdict in (Fitness.INELIGIBLE, Fitness.LATER)]
    if barred:
        why = ("；" if side == 0 else "; ").join(each.why[side] for each in barred)
        yield "pool", _("By its rules this pool may not pay the project: {why}.").format(why=why)


def _shown(fen: int) -> str:
    return money.printed(fen, money.WAN)
