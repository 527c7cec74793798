"""The invented district's monthly figures, made anew from a seed: `python -m duheng.sample.simulate > figures.csv`.

`series.csv` gives each series its results of 2024 and 2025 as the sample report states them, and what 2026 would come to; the
months between are drawn, so that December is exactly the year's result. 2026 ends with September. In October of each year the
district's offices say what they expect the year to come to, for themselves. Everything is simulated and says so: the status of
every figure is `simulated`, and an office's estimate belongs to a series of simulated figures.
"""

from __future__ import annotations

import calendar
import csv
import io
import math
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from duheng import catalog
from duheng.measure import OWN

YEARS = (2024, 2025, 2026)
LAST = (2026, 9)  # the last month of which there are figures
HEADS = ("indicator", "area", "period", "measure", "value", "unit", "vintage", "status", "released")
# How a year's total is spread over its months, and a real year's total over its quarters: industry's and shops' year.
_MONTHS = (7.2, 6.6, 8.4, 8.0, 8.3, 8.9, 8.0, 8.1, 8.7, 8.6, 9.0, 10.2)
_QUARTERS = (23.0, 24.6, 25.0, 27.4)
_FESTIVAL = (0.35, 0.02)  # what one month of the Spring Festival takes from or gives to the other, in points of growth
_EXPECTED = (10, 15)  # the day of October on which offices say what they expect
_HOPE, _OFF = (0.15, 0.3), (0.004, 0.008)  # how far above, and how far off: in points of growth, and as a share of an amount
_UNEXPECTED = ("rest_quarter", "events", "year")
_BEFORE_VERIFIED, _VERIFIED = 1.005, "2025-12-26"

Row = tuple[str, str, str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """One line of `series.csv`: what a series came to, and would come to, in each year."""

    indicator: str
    area: str
    form: str
    years: Mapping[int, float]
    digits: int
    wobble: float
    lag: int
    unit: str


def figures(*, seed: int = 1) -> str:
    """The figures as a long table in CSV; the same for the same seed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(rows(seed=seed))
    return out.getvalue()


def rows(*, seed: int) -> Iterator[Row]:
    """The figures as rows under `HEADS`."""
    quarters: dict[tuple[str, int, int], float] = {}
    towns = _Towns()
    for plan in _plans():
        chance = random.Random(f"{seed} {plan.indicator} {plan.area}")  # noqa: S311 — invented figures, not secrets
        for year, aim in plan.years.items():
            for month, value in _FORMS[plan.form](plan, year, aim, chance):
                if (year, month) > LAST:
                    continue
                if plan.form in ("flow_quarter", "rest_quarter"):
                    value = _adding_up(plan, year, month, value, quarters)
                value = towns.value(plan, year, month, value)
                yield from _releases(plan, year, month, value)
        yield from _expected(plan, seed)


class _Towns:
    """Towns of which the last has what the others leave of the district's number."""

    def __init__(self) -> None:
        self._left: dict[tuple[str, int, int], float] = {}

    def value(self, plan: _Plan, year: int, month: int, value: float) -> float:
        """The value to print: the drawn one, or for the last town the rest."""
        key = (plan.indicator, year, month)
        if not plan.area:
            self._left[key] = round(value, plan.digits)
        elif plan.area.startswith(OWN):
            value = self._left[key] if plan.form == "rest" else round(value, plan.digits)
            self._left[key] -= value
        return value


def _expected(plan: _Plan, seed: int) -> Iterator[Row]:
    """What the office in charge expects each year to come to: a little too hopeful, and kept to itself."""
    if plan.area or plan.form in _UNEXPECTED:
        return
    chance = random.Random(f"{seed} {plan.indicator} expected")  # noqa: S311 — invented figures, not secrets
    for year, aim in plan.years.items():
        hope, off = _HOPE if plan.unit in ("%", "‰") else (abs(aim) * share for share in _OFF)
        indicator, area, _, measure, value, unit, *_ = _row(plan, year, 12, aim + chance.gauss(hope, off))
        yield indicator, area, str(year), measure, value, unit, date(year, *_EXPECTED).isoformat(), "estimate", "no"


def _adding_up(plan: _Plan, year: int, month: int, value: float, quarters: dict[tuple[str, int, int], float]) -> float:
    """A quarter's value, the last sector of the product being what the others leave."""
    if plan.form == "rest_quarter":
        whole, *parts = (quarters[name, year, month] for name in ("gdp.level", "gdp.primary.level", "gdp.secondary.level"))
        return whole - sum(parts)
    quarters[plan.indicator, year, month] = round(value, plan.digits)
    return value


def _releases(plan: _Plan, year: int, month: int, value: float) -> Iterator[Row]:
    """What was released of a figure: once, but for the product of 2024, which the yearly verification put lower."""
    if plan.form.endswith("_quarter") and plan.indicator.startswith("gdp.") and plan.digits == 2 and (year, month) == (2024, 12):
        yield _row(plan, year, month, value * _BEFORE_VERIFIED)
        yield (*_row(plan, year, month, value)[:6], _VERIFIED, "simulated", "yes")
    else:
        yield _row(plan, year, month, value)


def _row(plan: _Plan, year: int, month: int, value: float) -> Row:
    measure = _MEASURES[plan.form]
    to_date = measure in ("ytd", "ytd_growth")
    end = date(year, month, calendar.monthrange(year, month)[1])
    if plan.form == "year":
        period = str(year)
    elif to_date:
        period = f"{year}-01..{month:02d}" if month > 1 else f"{year}-01"
    elif plan.form == "stock_quarter":
        period = f"{year}-Q{month // 3}"
    else:
        period = f"{year}-{month:02d}"
    known = end + timedelta(days=plan.lag)
    text = f"{value:.{plan.digits}f}"
    return (
        plan.indicator,
        plan.area,
        period,
        measure,
        text.removeprefix("-") if float(text) == 0 else text,
        plan.unit,
        known.isoformat(),
        "simulated",
        "yes",
    )


def _plans() -> Iterator[_Plan]:
    known = catalog.load("indicators")
    text = files("duheng.sample").joinpath("series.csv").read_text(encoding="utf-8")
    for line in csv.DictReader(io.StringIO(text)):
        entry = known[line["indicator"]]
        yield _Plan(
            indicator=line["indicator"],
            area=line["area"],
            form=line["form"],
            years={year: float(line[str(year)]) for year in YEARS if line[str(year)]},
            digits=int(line["digits"]),
            wobble=float(line["wobble"]),
            lag=entry.lag,
            unit=entry.unit,
        )


_Values = Iterator[tuple[int, float]]  # month in which the period ends, value


def _growth(plan: _Plan, _: int, aim: float, chance: random.Random) -> _Values:
    """Growth of the year to date, from the first two months on: it settles as the year fills."""
    off = chance.gauss(0, plan.wobble)
    for month in range(2, 13):
        off = 0.8 * off + chance.gauss(0, plan.wobble * 0.45)
        yield month, aim + off * (1 - month / 12) ** 0.5


def _growth_quarter(plan: _Plan, year: int, aim: float, chance: random.Random) -> _Values:
    """Growth of the year to date by quarters."""
    return ((month, value) for month, value in _growth(plan, year, aim, chance) if month % 3 == 0)


def _growth_month(plan: _Plan, _: int, aim: float, chance: random.Random) -> _Values:
    """Growth over the same month a year before; the Spring Festival's months swing."""
    drawn = [chance.gauss(0, plan.wobble) + (_FESTIVAL[month] if month < 2 else 0) for month in range(12)]
    middle = sum(drawn) / 12
    return ((month + 1, aim + each - middle) for month, each in enumerate(drawn))


def _flow(plan: _Plan, _: int, aim: float, chance: random.Random) -> _Values:
    """An amount of the year to date; January and February are published as one."""
    shares = _drawn(_MONTHS, plan.wobble, chance)
    return ((month, aim * sum(shares[:month])) for month in range(2, 13))


def _flow_quarter(plan: _Plan, _: int, aim: float, chance: random.Random) -> _Values:
    """An amount of the year to date by quarters."""
    shares = _drawn(_QUARTERS, plan.wobble, chance)
    return ((quarter * 3, aim * sum(shares[:quarter])) for quarter in range(1, 5))


def _drawn(weights: Sequence[float], wobble: float, chance: random.Random) -> list[float]:
    drawn = [weight * math.exp(chance.gauss(0, wobble)) for weight in weights]
    return [each / sum(drawn) for each in drawn]


def _stock(plan: _Plan, year: int, aim: float, chance: random.Random) -> _Values:
    """What there is at the end of each month, on its way from last year's end."""
    before = plan.years.get(year - 1, aim / 1.03)
    for month in range(1, 13):
        drift = chance.gauss(0, plan.wobble) * aim if month < 12 else 0
        yield month, before + (aim - before) * month / 12 + drift


def _stock_quarter(plan: _Plan, year: int, aim: float, chance: random.Random) -> _Values:
    """What there is at the end of each quarter."""
    return ((month, value) for month, value in _stock(plan, year, aim, chance) if month % 3 == 0)


def _rate(plan: _Plan, year: int, aim: float, chance: random.Random) -> _Values:
    """A rate of each month around the year's."""
    for month in range(1, 13):
        yield month, aim + (chance.gauss(0, plan.wobble) if month < 12 else 0)


def _mean(plan: _Plan, _: int, aim: float, chance: random.Random) -> _Values:
    """The mean of the year to date: high in winter, low in summer."""
    months = [aim * (1 + 0.35 * math.cos(month * math.pi / 6)) * math.exp(chance.gauss(0, plan.wobble)) for month in range(12)]
    scale = aim * 12 / sum(months)
    return ((month, scale * sum(months[:month]) / month) for month in range(1, 13))


def _days(plan: _Plan, year: int, aim: float, chance: random.Random) -> _Values:
    """Good days of the year to date, never more than there were days."""
    lengths = [calendar.monthrange(year, month)[1] for month in range(1, 13)]
    bad = _drawn([4, 3, 3, 2.5, 2.5, 2.5, 3, 3, 2, 2, 3, 4], plan.wobble * 5, chance)
    missed = sum(lengths) - aim
    return ((month, sum(lengths[:month]) - missed * sum(bad[:month])) for month in range(1, 13))


def _events(_: _Plan, __: int, aim: float, chance: random.Random) -> _Values:
    """Counted events of the year to date."""
    when = [chance.randint(1, 12) for _ in range(int(aim))]
    return ((month, float(sum(each <= month for each in when))) for month in range(1, 13))


def _year(_: _Plan, __: int, aim: float, ___: random.Random) -> _Values:
    """A result of the whole year."""
    yield 12, aim


_FORMS: Mapping[str, Callable[[_Plan, int, float, random.Random], _Values]] = {
    "growth": _growth,
    "growth_quarter": _growth_quarter,
    "growth_month": _growth_month,
    "flow": _flow,
    "rest": _flow,
    "flow_quarter": _flow_quarter,
    "rest_quarter": _flow_quarter,
    "stock": _stock,
    "stock_quarter": _stock_quarter,
    "rate": _rate,
    "mean": _mean,
    "days": _days,
    "events": _events,
    "year": _year,
}
_MEASURES: Mapping[str, str] = {
    "growth": "ytd_growth",
    "growth_quarter": "ytd_growth",
    "growth_month": "growth",
    "flow": "ytd",
    "rest": "ytd",
    "flow_quarter": "ytd",
    "rest_quarter": "ytd",
    "stock": "level",
    "stock_quarter": "level",
    "rate": "",
    "mean": "ytd",
    "days": "ytd",
    "events": "ytd",
    "year": "",
}


if __name__ == "__main__":
    sys.stdout.write(figures())
