"""What is lacking for some projects to be in together: the least money, in which fund and year, or the least excess of ceilings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from duheng.allocate.fund import Fund
from duheng.allocate.model import Ease, Model, Pair, Year, build
from duheng.allocate.payments import pay
from duheng.allocate.problem import Problem
from duheng.allocate.solve import Effort, run

_OVER = 1000.0  # a fen beyond a ceiling weighs like this many fen of added money: rules bend last
_EARLY = 1e-7  # of the like, money is named in the year in which it is needed rather than before
_SPARE = (0, 1, 100, 10_000)  # fen added on top of what a solver's tolerance lets pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """The fen that are lacking by fund and year, and the fen by which ceilings would be passed by project and fund.

    `starts` is when everything would start if both were granted.
    """

    money: Mapping[Year, int] = field(default_factory=dict)
    ceilings: Mapping[Pair, int] = field(default_factory=dict)
    starts: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All the money that is lacking, in fen."""
        return sum(self.money.values())


def shortage(problem: Problem, *, seconds: float, ease: frozenset[str] = frozenset()) -> Shortage | None:
    """The least that must be added so that everything mandatory is in; nothing where no money and no ceiling would help.

    `ease` are projects whose ceilings may be passed; as little as possible, and before that as little money as possible comes
    after it. What is told has been paid out in whole fen.
    """
    model = build(problem, Ease(money=True, ceilings=ease))
    last = problem.years[-1]
    cost = {at: 1.0 + _EARLY * (last - year) for (_, year), at in model.more.items()} | dict.fromkeys(model.over.values(), _OVER)
    model.programme.aim(cost)
    found = run(model.programme, Effort(seconds=seconds))
    if found.values is None:
        return None
    starts = {code: year for (code, year), at in model.starts.items() if found.values[at] > 0.5}
    for spare in _SPARE:
        told = _told(model, found.values, starts, spare)
        if pay(granted(problem, told), starts) is not None:
            return told
    return None


def _told(model: Model, values: object, starts: Mapping[str, int], spare: int) -> Shortage:
    def lacking(columns: Mapping[tuple[str, int], int] | Mapping[tuple[str, str], int]) -> dict[object, int]:
        assert isinstance(values, tuple)
        fen = {key: values[at] * model.unit for key, at in columns.items()}
        return {key: round(amount) + spare for key, amount in fen.items() if amount > 0.5}

    return Shortage(money=lacking(model.more), ceilings=lacking(model.over), starts=starts)  # type: ignore[arg-type]


def granted(problem: Problem, told: Shortage) -> Problem:
    """The problem with what was lacking added."""
    return replace(
        problem,
        funds=tuple(_richer(fund, problem, told) for fund in problem.funds),
        projects=tuple(
            replace(
                project,
                ceilings={
                    fund: _raised(part, told.ceilings.get((project.code, fund), 0), project.total)
                    for fund, part in project.ceilings.items()
                },
            )
            for project in problem.projects
        ),
    )


def _richer(fund: Fund, problem: Problem, told: Shortage) -> Fund:
    """The fund with more money, all of it counted on."""
    added = {year: told.money[fund.code, year] for year in problem.years if (fund.code, year) in told.money}
    if not added:
        return fund
    amounts = {year: fund.counted(year) + added.get(year, 0) for year in problem.years}
    return replace(fund, amounts=amounts, likelihood={})


def _raised(part: Decimal, fen: int, total: int) -> Decimal:
    """A ceiling by so many fen higher, and the whole at most."""
    return part if not fen else min(Decimal(1), part + Decimal(fen + 1) / total)
