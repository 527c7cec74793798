"""A problem of allocation as a linear programme: one choice for each project and start, one payment for each project, fund and year.

Money is scaled so that the largest amount is about ten thousand: a solver reckons in binary fractions, and its tolerance is
absolute. The answer is made exact afterwards (`payments`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from duheng.allocate.fund import Fund
from duheng.allocate.problem import Problem
from duheng.allocate.programme import Programme
from duheng.allocate.project import Project

_LARGEST = 10**4
Start = tuple[str, int]  # project, year
Way = tuple[str, str, int]  # project, fund, year
Pair = tuple[str, str]  # project, fund
Year = tuple[str, int]  # fund, year


@dataclass(frozen=True, slots=True, kw_only=True)
class Ease:
    """What may be eased so that more can be in: whether money may be added to funds, and whose ceilings may be passed."""

    money: bool = False
    ceilings: frozenset[str] = frozenset()


_AS_IT_IS = Ease()


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The programme of a problem, and which of its variables mean what. `unit` is the fen in one of its units of money.

    `more` is money added to a fund in a year, and `over` what a fund pays beyond a ceiling, where that was asked for.
    """

    problem: Problem
    programme: Programme
    starts: Mapping[Start, int]
    pays: Mapping[Way, int]
    unit: int
    more: Mapping[Year, int] = field(default_factory=dict)
    over: Mapping[Pair, int] = field(default_factory=dict)

    def included(self, project: str) -> dict[int, float]:
        """The choices of which one is taken if the project is in."""
        return dict.fromkeys((self.starts[project, year] for year in self.problem.years if (project, year) in self.starts), 1.0)


def build(problem: Problem, ease: Ease = _AS_IT_IS) -> Model:
    """The programme whose solutions are what the problem permits, eased where asked; it aims at nothing yet."""
    programme = Programme()
    starts = {
        (project.code, year): programme.choice()
        for project in problem.projects
        for year in (problem.starts(project) if project.code in ease.ceilings else possible_starts(problem, project))
    }
    open_to = {project.code: {year for year in problem.years if (project.code, year) in starts} for project in problem.projects}
    pays = {way: programme.variable() for project in problem.projects for way in _ways(problem, project, open_to[project.code])}
    years = [(fund.code, year) for fund in problem.funds for year in problem.years] if ease.money else []
    pairs = dict.fromkeys((code, fund) for code, fund, _ in pays if code in ease.ceilings)
    model = Model(
        problem=problem,
        programme=programme,
        starts=starts,
        pays=pays,
        unit=_unit(problem),
        more={key: programme.variable() for key in years},
        over={key: programme.variable() for key in pairs},
    )
    for project in problem.projects:
        _choose(model, project)
        _pay(model, project)
        _pins(model, project)
    for fund in problem.funds:
        _spend(model, fund)
    return model


def possible_starts(problem: Problem, project: Project) -> tuple[int, ...]:
    """The starts at which the ceilings of all funds together suffice for what must be paid."""
    most = sum(project.ceiling(fund) for fund in project.ceilings)
    return tuple(year for year in problem.starts(project) if sum(problem.payable(project, year).values()) <= most)


def _unit(problem: Problem) -> int:
    amounts = [fund.counted(year) for fund in problem.funds for year in problem.years]
    largest = max([*amounts, *(project.total for project in problem.projects), 1])
    return max(1, -(-largest // _LARGEST))


def _ways(problem: Problem, project: Project, starts: Iterable[int]) -> Iterator[Way]:
    years = sorted({year for start in starts for year in problem.payable(project, start)})
    return ((project.code, fund, year) for fund in project.ceilings if project.ceiling(fund) for year in years)


def _choose(model: Model, project: Project) -> None:
    """In at most once; what it requires is in and starts no later; what it excludes is out."""
    row, problem = model.programme.row, model.problem
    included = model.included(project.code)
    pinned = {pin.included for pin in problem.pins if pin.project == project.code}
    least = 1.0 if project.mandatory or True in pinned else 0.0
    row(included, lower=least, upper=0.0 if False in pinned else 1.0)
    for other in project.requires:
        for year in problem.years:
            terms: dict[int, float] = {}
            for code, sign in ((project.code, 1.0), (other, -1.0)):
                terms |= {model.starts[code, at]: sign for at in problem.years if at <= year and (code, at) in model.starts}
            if any(sign > 0 for sign in terms.values()):
                row(terms, upper=0.0)
    for other in project.excludes:
        row(included | model.included(other), upper=1.0)


def _pay(model: Model, project: Project) -> None:
    """What falls due within the plan is paid in full, by each fund up to its ceiling."""
    problem, unit = model.problem, model.unit
    due: dict[int, dict[int, float]] = defaultdict(dict)
    for start in problem.years:
        if (project.code, start) in model.starts:
            for year, need in problem.payable(project, start).items():
                due[year][model.starts[project.code, start]] = -need / unit
    for year, terms in due.items():
        paid = {
            model.pays[project.code, fund, year]: 1.0 for fund in project.ceilings if (project.code, fund, year) in model.pays
        }
        model.programme.row(paid | terms, lower=0.0, upper=0.0)
    for fund in project.ceilings:
        paid = _of(model, project.code, fund)
        if paid:
            ceiling = dict.fromkeys(model.included(project.code), -project.ceiling(fund) / unit)
            over = {model.over[project.code, fund]: -1.0} if (project.code, fund) in model.over else {}
            model.programme.row(paid | ceiling | over, upper=0.0)


def _of(model: Model, project: str, fund: str) -> dict[int, float]:
    """All that a fund pays a project."""
    return {model.pays[project, fund, year]: 1.0 for year in model.problem.years if (project, fund, year) in model.pays}


def _pins(model: Model, project: Project) -> None:
    """A pinned fund pays what is pinned, if the project is in."""
    problem = model.problem
    for pin in problem.pins:
        if pin.project != project.code or pin.fund is None:
            continue
        terms = _of(model, project.code, pin.fund)
        for start in problem.years:
            if (project.code, start) in model.starts:
                terms[model.starts[project.code, start]] = -pinned(problem, project, start, pin.fund, pin.amount) / model.unit
        model.programme.row(terms, lower=0.0)


def pinned(problem: Problem, project: Project, start: int, fund: str, amount: int | None) -> int:
    """The fen that a pinned fund must pay a project starting in `start`: the amount, else all that ceiling and needs allow."""
    return min(project.ceiling(fund), sum(problem.payable(project, start).values())) if amount is None else amount


def _spend(model: Model, fund: Fund) -> None:
    """No year spends more than the fund has; what is left over is there in the next where it may be carried over."""
    had, spent = 0, dict[int, float]()
    for year in model.problem.years:
        amount = fund.counted(year)
        had, spent = (had + amount, dict(spent)) if fund.carry_over else (amount, {})
        spent |= {
            model.pays[project.code, fund.code, year]: 1.0
            for project in model.problem.projects
            if (project.code, fund.code, year) in model.pays
        }
        if (fund.code, year) in model.more:
            spent[model.more[fund.code, year]] = -1.0
        if spent:
            model.programme.row(spent, upper=had / model.unit)


def whole_priorities(problem: Problem) -> tuple[dict[str, int], int]:
    """Priorities as whole numbers, and how many of them one is: sums of them are exact and can be told apart.

    >>> from decimal import Decimal
    >>> from duheng.allocate import Fund, Project
    >>> a = Project(code="a", priority=Decimal("1.5"), earliest=2025, latest=2025, yearly=(0,))
    >>> whole_priorities(Problem(years=(2025,), funds=(Fund(code="f"),), projects=(a,)))
    ({'a': 15}, 10)
    """
    exponents = [project.priority.normalize().as_tuple().exponent for project in problem.projects if project.priority]
    scale = 10 ** max([0, *(-exponent for exponent in exponents if isinstance(exponent, int))])
    return {project.code: int(project.priority * scale) for project in problem.projects}, scale
