"""An independent model of allocation: every choice of starts is tried, and each is paid by a simplex method of our own.

It shares nothing with the program: it reads the JSON's own values, enumerates where the program branches and bounds, and knows no
solver library. Small problems only.
"""

import random
from itertools import product

import numpy as np

TINY = 1e-7


def generate(seed: int, *, projects: int = 5, funds: int = 2, years: int = 3, musts: float = 0.1) -> dict:
    """A small problem of allocation, tight enough that something is usually left out."""
    chance = random.Random(seed)
    span = list(range(2025, 2025 + years))
    sources = [f"F{number}" for number in range(funds)]
    made = []
    for number in range(projects):
        earliest = chance.choice(span)
        eligible = [code for code in sources if chance.random() < 0.8]
        before = [each["code"] for each in made]
        made.append(
            {
                "code": f"P{number}",
                "priority": chance.choice([1, 2, 3, 5, 8, 2.5, 0.75, 13, 7.25]),
                "mandatory": chance.random() < musts,
                "committed": chance.random() < 0.15,
                "earliest": earliest,
                "latest": chance.choice([year for year in span if year >= earliest]),
                "yearly": [chance.randint(0, 20) * 12 for _ in range(chance.randint(1, 4))],
                "requires": [code for code in before if chance.random() < 0.12],
                "excludes": [code for code in before if chance.random() < 0.08],
                "ceilings": {code: chance.choice([0.25, 0.5, 0.75, 1]) for code in eligible},
            }
        )
    pools = [
        {
            "code": code,
            "amounts": {str(year): chance.randint(0, 25) * 12 for year in span if chance.random() < 0.9},
            "carry_over": chance.random() < 0.5,
        }
        for code in sources
    ]
    return {"years": span, "funds": pools, "projects": made}


def best(problem: dict) -> tuple[float, float, float, float] | None:
    """The most committed projects, priority, earliness (negative years waited) and expiring money used; nothing where impossible."""
    ranked = sorted(_choices(problem), key=lambda each: each[0], reverse=True)
    found = None
    for rank, starts in ranked:
        if found is not None and rank != found[:3]:
            break
        expiring = paid(problem, starts)
        if expiring is not None and (found is None or expiring > found[3] + TINY):
            found = (*rank, expiring)
    return found


def _choices(problem: dict):
    """Every choice of starts that holds to what is said of projects themselves, with its rank before money is asked."""
    first = problem["years"][0]
    for chosen in product(*(_options(each, problem["years"]) for each in problem["projects"])):
        starts = {each["code"]: start for each, start in zip(problem["projects"], chosen, strict=True) if start is not None}
        inside = [each for each in problem["projects"] if each["code"] in starts]
        if all(_holds(each, starts) for each in inside):
            committed = sum(each.get("committed", False) and not each.get("mandatory", False) for each in inside)
            yield (committed, sum(each["priority"] for each in inside), -sum(starts.values()) + first * len(starts)), starts


def _options(project: dict, years: list[int]) -> list[int | None]:
    starts = [year for year in years if project["earliest"] <= year <= project["latest"]]
    return starts if project.get("mandatory") else [None, *starts]


def _holds(project: dict, starts: dict[str, int]) -> bool:
    required = all(starts.get(code, 9999) <= starts[project["code"]] for code in project.get("requires", ()))
    return required and not any(code in starts for code in project.get("excludes", ()))


def paid(problem: dict, starts: dict[str, int]) -> float | None:
    """The most expiring money that can pay for these starts; nothing where they cannot be paid at all."""
    years, funds = problem["years"], {each["code"]: each for each in problem["funds"]}
    projects = {each["code"]: each for each in problem["projects"]}
    due = {
        (code, start + place): need
        for code, start in starts.items()
        for place, need in enumerate(projects[code]["yearly"])
        if need and start + place in years
    }
    ways = [(code, fund, year) for code, year in due for fund in projects[code]["ceilings"]]
    place = {way: number for number, way in enumerate(ways)}
    equal, most = [], []
    for (code, year), need in due.items():
        equal.append(([place[way] for way in ways if (way[0], way[2]) == (code, year)], need))
    for code, fund in {(code, fund) for code, fund, _ in ways}:
        ceiling = projects[code]["ceilings"][fund] * sum(projects[code]["yearly"])
        most.append(([place[way] for way in ways if way[:2] == (code, fund)], ceiling))
    for code, fund in funds.items():
        for number, year in enumerate(years):
            counted = years[: number + 1] if fund["carry_over"] else [year]
            amount = sum(fund["amounts"].get(str(each), 0) for each in counted)
            most.append(([place[way] for way in ways if way[1] == code and way[2] in counted], amount))
    gain = np.array([0.0 if funds[fund]["carry_over"] else 1.0 for _, fund, _ in ways])
    return simplex(gain, equal, most)


def simplex(gain: np.ndarray, equal: list, most: list) -> float | None:
    """The greatest gain·x with x ≥ 0, the sums of `equal` reached and those of `most` not passed; nothing where there is no such x.

    Two phases on a dense tableau, by Bland's rule, which ends.
    """
    rows, count = len(equal) + len(most), len(gain)
    table = np.zeros((rows, count + len(most) + len(equal) + 1))
    for row, (places, amount) in enumerate([*equal, *most]):
        table[row, places] = 1.0
        table[row, -1] = amount
    for number in range(len(most)):
        table[len(equal) + number, count + number] = 1.0
    for number in range(len(equal)):
        table[number, count + len(most) + number] = 1.0
    basis = [count + len(most) + number for number in range(len(equal))] + [count + number for number in range(len(most))]
    artificial = np.zeros(table.shape[1] - 1)
    artificial[count + len(most) :] = -1.0
    if _climb(table, basis, artificial) < -TINY:
        return None
    table[:, count + len(most) : -1] = 0.0  # what was put in to begin with may not come back
    wanted = np.zeros(table.shape[1] - 1)
    wanted[:count] = gain
    return _climb(table, basis, wanted)


def _climb(table: np.ndarray, basis: list[int], wanted: np.ndarray) -> float:
    while True:
        offered = wanted - wanted[basis] @ table[:, :-1]
        offered[basis] = 0.0
        entering = np.flatnonzero(offered > TINY)
        if not len(entering):
            return float(wanted[basis] @ table[:, -1])
        column = entering[0]
        positive = np.flatnonzero(table[:, column] > TINY)
        ratios = table[positive, -1] / table[positive, column]
        tied = positive[ratios <= ratios.min() + 1e-12]
        row = min(tied, key=lambda each: basis[each])
        table[row] /= table[row, column]
        for other in np.flatnonzero(np.abs(table[:, column]) > 1e-12):
            if other != row:
                table[other] -= table[other, column] * table[row]
        basis[row] = column
