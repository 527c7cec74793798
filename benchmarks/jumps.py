"""How loud the check for jumps is, and what slips it hears: writes a part of docs/accuracy.md.

    make bench            or    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/jumps.py

Real books and the monthly series of the M3 competition are held to the check as files that bring their whole history at once. Then
in every series of two years or more one figure, drawn by chance (seeded), is made a slip, and the newest figure alone comes to a
history that is known.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import forecast
import numpy as np
import page

from duheng import catalog
from duheng.collect import STATUSES, Coming, Figures, Given, Lexicon, Status, check, open_figures
from duheng.measure import Series

_SEED = 20260120
_RULES = {"jump": catalog.load("checks")["jump"]}
_BOOKS = ("data.xlsx", "housing_price.xlsx", "nbs_quarterly_gdp_current_prices.csv")
_LEAST = 24
_KNOWN = date(2026, 1, 20)
_SLIPS: dict[str, Callable[[float], float]] = {
    "× 10": lambda value: value * 10,
    "÷ 10": lambda value: value / 10,
    "sign": lambda value: -value,
}


def main() -> None:
    """Count and write; nothing without the files."""
    folder = os.environ.get("DUHENG_TRUTH")
    if not folder:
        print("DUHENG_TRUTH does not name a folder with the files; the part of docs/accuracy.md stays as it is.")
        return
    page.write("accuracy", "jumps", _HEAD + "\n".join(_row(name, figures) for name, figures in _material(Path(folder))))


_HEAD = f"""Doubts of a jump where nothing was changed, and how many of the slips put in (seed {_SEED}, one in each series of {_LEAST}
figures or more, in a history that comes at once) are told at their own figure. The last column: the newest figure of each series times ten,
against a history that is known.

| file | figures | doubts, unchanged | × 10 told | ÷ 10 told | sign turned told | newest × 10 told |
|---|--:|--:|--:|--:|--:|--:|
"""


def _material(folder: Path) -> Iterator[tuple[str, Figures]]:
    lexicon = Lexicon(entries=catalog.load("indicators"))
    for name in _BOOKS:
        data = (folder / "data" / "statistics" / name).read_bytes()
        batch = open_figures(data, name=name, lexicon=lexicon, given=Given(vintage=_KNOWN)).batch
        if batch:
            yield name, batch.figures
    history, _ = forecast.m3(folder)
    yield "M3, monthly", _columns(list(history.values()))


def _columns(rows: list[list[float]]) -> Figures:
    lengths = [len(row) for row in rows]
    months = np.concatenate([np.arange(length) for length in lengths]).astype(np.int32) + 24000
    count = sum(lengths)
    return Figures(
        series=tuple(Series(indicator=f"m{number}") for number in range(len(rows))),
        number=np.repeat(np.arange(len(rows)), lengths).astype(np.int32),
        start=months,
        end=months,
        vintage=np.full(count, np.datetime64(_KNOWN, "D")),
        status=np.full(count, STATUSES.index(Status.FINAL), dtype=np.int8),
        released=np.ones(count, dtype=np.bool_),
        value=np.concatenate(rows).astype(np.float64),
        digits=np.ones(count, dtype=np.int8),
        row=np.arange(count),
    )


def _row(name: str, figures: Figures) -> str:
    measured = np.array([each.measure in _RULES["jump"].measures for each in figures.series])[figures.number]
    none = figures.take(np.zeros(0, dtype=np.int64))
    unchanged = len(_told(none, figures))
    chance = random.Random(_SEED)  # noqa: S311 — where a slip stands
    places = {
        number: np.flatnonzero(measured & (figures.number == number) & (figures.value != 0))
        for number in range(len(figures.series))
    }
    drawn = [int(chance.choice(rows.tolist())) for rows in places.values() if len(rows) >= _LEAST]
    cells = [_heard(none, figures, drawn, slip) for slip in _SLIPS.values()]
    newest = [int(rows[figures.end[rows].argmax()]) for rows in places.values() if len(rows) >= _LEAST]
    old = np.setdiff1d(np.arange(len(figures)), newest)
    late = figures.take(np.array(newest, dtype=np.int64))
    told = len(_told(figures.take(old), replace(late, value=late.value * 10)))
    return f"| {name} | {int(measured.sum()):,} | {unchanged} | {' | '.join(cells)} | {told} of {len(newest)} |"


def _heard(none: Figures, figures: Figures, drawn: list[int], slip: Callable[[float], float]) -> str:
    value = figures.value.copy()
    value[drawn] = [slip(each) for each in value[drawn]]
    return f"{len(_told(none, replace(figures, value=value)) & set(drawn))} of {len(drawn)}"


def _told(known: Figures, figures: Figures) -> set[int]:
    """The places of the figures that are doubted; a check names no more than two hundred, so they come by fifty series."""
    found: set[int] = set()
    for first in range(0, len(figures.series), 50):
        rows = np.flatnonzero((figures.number >= first) & (figures.number < first + 50))
        names = [str(row) for row in rows.tolist()]
        doubts = check(Coming(known=known, figures=figures.take(rows), places=names, printed=names), _RULES)
        found |= {int(doubt.place) for doubt in doubts if doubt.place}
    return found


if __name__ == "__main__":
    main()
