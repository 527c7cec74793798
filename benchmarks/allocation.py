"""How long 500 projects × 12 funds × 3 years take, and whether small problems are solved as an independent model solves them.

    make bench            or    .venv/bin/python benchmarks/allocation.py

Writes a part of docs/scale.md and one of docs/accuracy.md. Every problem is made by chance (simulated, the seeds are printed).
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.unit.allocate import oracle

from duheng import allocate

_SEEDS = (1, 2, 3)
_WAN = 1_000_000
_SMALL = 1000
_HUGE = 50_000  # 万元; what is mandatory is not as large as a fund


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How problems of one kind are made: what the funds cover of all needs, which ceilings and links there are."""

    name: str
    projects: int = 500
    years: int = 3
    cover: float = 0.5
    ceilings: tuple[int, ...] = (20, 30, 50, 60, 80, 100)
    links: float = 0.1
    musts: float = 0.0
    by_cost: float | None = None  # priorities follow costs, within this noise


_KINDS = (
    Kind(name="ordinary: funds cover half of all needs"),
    Kind(name="scarce: a quarter", cover=0.25),
    Kind(name="tight ceilings, scarce", cover=0.25, ceilings=(20, 25, 30, 35, 40)),
    Kind(name="six in ten require another, three in ten exclude one", links=0.6),
    Kind(name="one in ten mandatory, if it can be paid at all", musts=0.1),
    Kind(name="priority follows cost within 15 %, a quarter", cover=0.25, by_cost=0.3),
    Kind(name="priority is cost, a tenth", cover=0.1, by_cost=0.0),
    Kind(name="2,000 projects", projects=2000),
)


def make(kind: Kind, seed: int, funds: int = 12) -> allocate.Problem:
    """A problem of that kind: sizes as in real lists (log-normal), each project eligible for two to five funds."""
    chance = random.Random(seed)  # noqa: S311 -- made-up problems, the same ones every time
    years = tuple(range(2026, 2026 + kind.years))
    codes = [f"F{number}" for number in range(funds)]
    made = [_project(kind, number, chance, years, codes) for number in range(kind.projects)]
    weights = [chance.random() + 0.3 for _ in codes]
    whole = sum(sum(project.yearly) for project in made) * kind.cover
    pools = tuple(
        allocate.Fund(
            code=code,
            amounts={year: int(whole * weight / sum(weights) / len(years) / _WAN) * _WAN for year in years},
            carry_over=chance.random() < 0.5,
        )
        for code, weight in zip(codes, weights, strict=True)
    )
    return allocate.Problem(years=years, funds=pools, projects=tuple(made))


def _project(kind: Kind, number: int, chance: random.Random, years: tuple[int, ...], funds: list[str]) -> allocate.Project:
    total, lasts = chance.lognormvariate(8.5, 1.1), chance.choice([1, 2, 2, 3, 3, 4])
    parts = [chance.random() + 0.2 for _ in range(lasts)]
    earliest = chance.choice(years)
    priority = Decimal(chance.randint(1, 100))
    if kind.by_cost is not None:
        priority = round(Decimal(total * (1 + kind.by_cost * (chance.random() - 0.5)) / 1000), 3)
    linked = [
        f"P{chance.randrange(number)}" if number and chance.random() < share else "" for share in (kind.links, kind.links / 2)
    ]
    eligible = chance.sample(funds, chance.choice([2, 3, 3, 4, 5]))
    ceilings = {fund: Decimal(chance.choice(kind.ceilings)) / 100 for fund in eligible}
    return allocate.Project(
        code=f"P{number}",
        priority=priority,
        mandatory=chance.random() < kind.musts and sum(ceilings.values()) >= 1 and total < _HUGE and not linked[0],
        earliest=earliest,
        latest=chance.choice([year for year in years if year >= earliest]),
        yearly=tuple(int(total * part / sum(parts)) * _WAN for part in parts),
        requires=tuple(code for code in linked[:1] if code),
        excludes=tuple(code for code in linked[1:] if code and code != linked[0]),
        ceilings=ceilings,
    )


def main() -> None:
    """Time the large ones, then hold the small ones against the independent model."""
    rows = "\n".join(_row(kind) for kind in _KINDS)
    page.write("scale", "allocation", _LARGE.format(load=f"{os.getloadavg()[0]:.1f}", seeds=", ".join(map(str, _SEEDS))) + rows)
    page.write("accuracy", "allocation", _SMALL_ONES + "\n".join(_agreement()))


_LARGE = """Simulated problems of 500 projects × 12 funds × 3 years unless it says otherwise, three of each kind (seeds {seeds}), to a gap
of 0.1 %: the slowest of the three, from the values of the problem to the checked and explained answer with its later aims. The
processor's seconds are what the machine at rest would take; load when the last was done: {load}, on two cores.

| kind | seconds | of them computing | gap proved, the widest | in, of all | memory, MB |
|---|--:|--:|--:|--:|--:|
"""

_SMALL_ONES = """Simulated problems of 4–6 projects × 1–3 funds × 2–3 years, every aim in turn (projects under way, priority, earlier
starts, expiring money first) against a model that tries every choice of starts and pays each by a simplex method of its own
(`tests/unit/allocate/oracle.py`).

| problems | have an answer | have none | told apart rightly | every aim equal | greatest difference in money, fen |
|--:|--:|--:|--:|--:|--:|
"""


def _row(kind: Kind) -> str:
    wall = used = 0.0
    gap, inside = Decimal(0), 0
    for seed in _SEEDS:
        problem = make(kind, seed)
        begun, began = time.perf_counter(), time.process_time()
        answer = allocate.solve(problem)
        took, computed = time.perf_counter() - begun, time.process_time() - began
        wall, used, gap, inside = max(wall, took), max(used, computed), max(gap, answer.gap), inside + len(answer.selected)
        print(kind.name, seed, f"{took:.2f} s, {computed:.2f} computing", answer.status, answer.gap, file=sys.stderr, flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    share = f"{inside / len(_SEEDS) / kind.projects:.0%}"
    return f"| {kind.name} | {wall:.1f} | {used:.1f} | {gap * 100:.3f} % | {share} | {memory:.0f} |"


def _agreement() -> Iterator[str]:
    have, apart, equal, off = 0, 0, 0, 0.0
    for seed in range(_SMALL):
        given = oracle.generate(seed, projects=4 + seed % 3, funds=1 + seed % 3, years=2 + seed % 2)
        problem, expected = allocate.read_problem(json.dumps(given)), oracle.best(given)
        answer = allocate.solve(problem)
        solved = answer.status is allocate.AnswerStatus.OPTIMAL
        apart += solved == (expected is not None)
        if expected is not None and solved:
            have += 1
            found = _reached(problem, answer)
            equal += found[:3] == expected[:3] and abs(found[3] - expected[3]) < 1e-6
            off = max(off, abs(found[3] - expected[3]) * _WAN)
    yield f"| {_SMALL:,} | {have} | {_SMALL - have} | {apart} | {equal} | {off:.0f} |"


def _reached(problem: allocate.Problem, answer: allocate.Answer) -> tuple[float, float, float, float]:
    """What an answer comes to by the four aims, money in 万元."""
    inside = [problem.by_code[code] for code in answer.starts]
    expiring = {fund.code for fund in problem.funds if not fund.carry_over}
    return (
        sum(each.committed and not each.mandatory for each in inside),
        float(answer.objective),
        -sum(start - problem.years[0] for start in answer.starts.values()),
        sum(each.amount for each in answer.payments if each.fund in expiring) / _WAN,
    )


if __name__ == "__main__":
    main()
