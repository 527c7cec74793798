"""A whole district's figures in a workspace, and how long its outlook takes to be worked out anew: writes a part of docs/scale.md.

    make bench            or    .venv/bin/python benchmarks/refresh.py [--keep FOLDER]

4,940 indicators (567 KPIs and 4,373 vitals) of nine areas, 120 months each, are made by chance (simulated, the seed is printed) and
stored in a workspace on SQLite, and 500 of the indicators get a target. Then, through the site's own actions: everything anew, and
what one new figure changes. Each is a process of its own, so that memory is told of each.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import page

_SEED = 20260120
_KPIS, _VITALS, _AREAS, _MONTHS, _TARGETS = 567, 4373, 9, 120, 500
_INDICATORS = _KPIS + _VITALS
_FIRST = 2016 * 12 + 9  # October 2016
_AS_OF = datetime(2026, 10, 20, 4, tzinfo=UTC)
_SERIES_AT_ONCE = 2000
_COLUMNS = ("series_id", "start", "end", "vintage", "status", "released", "value", "digits", "printed", "load_id", "place")


def main() -> None:
    """Make the workspace where it is not there, and measure."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--keep", type=Path, help="a folder to keep the workspace in, for another time")
    asked.add_argument("--part", choices=_PARTS)
    told = asked.parse_args()
    if told.part:
        _PARTS[told.part](told.keep)
        return
    with tempfile.TemporaryDirectory() as folder:
        place = (told.keep or Path(folder)) / "district"
        rows = [_row(name, place) for name in (_PARTS if not place.exists() else list(_PARTS)[1:])]
    load = os.getloadavg()[0]
    page.write("scale", "refresh", _HEAD.format(load=load) + "\n".join(rows))


_HEAD = f"""{_INDICATORS * _AREAS * _MONTHS:,} simulated figures (seed {_SEED}): {_INDICATORS:,} indicators × {_AREAS} areas ×
{_MONTHS} months, in a workspace on SQLite; {_TARGETS} targets. Each line is a process of its own; load of the machine
meanwhile: {{load:.1f}} on two cores.

| through the site's actions | seconds | of them processor | memory, MB |
|---|--:|--:|--:|
"""


def _row(part: str, place: Path) -> str:
    """One part in a process of its own; it prints what it did and how many seconds of it count."""
    command = [sys.executable, __file__, "--part", part, "--keep", str(place)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    row = done.stdout.strip().splitlines()[-1]
    print(row, file=sys.stderr)
    return row


def _timed(name: str, work: Callable[[], Any]) -> None:
    wall, used = time.perf_counter(), time.process_time()
    work()
    wall, used = time.perf_counter() - wall, time.process_time() - used
    print(f"| {name} | {wall:.2f} | {used:.2f} | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} |")


def _open(place: Path, *, make: bool = False) -> None:
    from duheng.site import settings
    from duheng.site import workspace as workspaces

    settings.prepare(workspaces.make(place, sign_in=False) if make else workspaces.find(place))


def _made(place: Path) -> None:
    """The workspace with its plan and its figures, written through the same bulk insert as every load."""
    _open(place, make=True)
    _catalog(place)
    _timed("storing the figures, by the insert of every load", lambda: _fill(place))


def _fill(place: Path) -> None:
    from django.db import transaction

    from duheng.measure import OWN
    from duheng.site.actions import bulk
    from duheng.site.records import models as records

    with transaction.atomic():
        own = records.Area.objects.get_or_create(code=OWN, defaults={"zh": "样例区"})[0]
        areas = [
            own,
            *(records.Area.objects.create(code=f"town{number}", zh=f"{number}号镇", parent=own) for number in range(1, _AREAS)),
        ]
        load = records.Load.objects.create(name="simulated", kind="file", state="done", at=_AS_OF, by="bench")
        rows = [
            records.Series(
                key=f"k{number}|{area.code}|level|nominal|亿元", indicator=f"k{number}", name=f"指标{number}", area=area,
                measure="level", basis="nominal", unit="亿元",
            )
            for number in range(_INDICATORS)
            for area in areas
        ]  # fmt: skip
        rows = records.Series.objects.bulk_create(rows, batch_size=1000)
        bulk.insert(records.Figure, _COLUMNS, _figures([row.pk for row in rows], load.pk))
        _plan()


def _figures(keys: list[int], load: int) -> Iterator[tuple[Any, ...]]:
    """A walk with a season for every series, published on the 20th of the month after."""
    import numpy as np

    chance = np.random.default_rng(_SEED)
    season = 10 * np.sin(2 * np.pi * np.arange(_MONTHS) / 12)
    months = list(range(_FIRST, _FIRST + _MONTHS))
    known = [date(month // 12 + (month % 12 == 11), (month + 1) % 12 + 1, 20).isoformat() for month in months]
    for at in range(0, len(keys), _SERIES_AT_ONCE):
        some = keys[at : at + _SERIES_AT_ONCE]
        values = (100 + chance.normal(0, 1, (len(some), _MONTHS)).cumsum(axis=1) + season).round(2)
        for key, line in zip(some, values.tolist(), strict=True):
            for month, day, value in zip(months, known, line, strict=True):
                yield key, month, month, day, 1, True, value, 2, f"{value:.2f}", load, ""


def _plan() -> None:
    """A plan of 2026 whose targets lie around what twelve months of the indicator come to."""
    from duheng.site.records import models as records

    plan = records.Plan.objects.create(
        title="样例区2026年计划", area="样例区", year=2026, fingerprint="bench", imported_at=_AS_OF, imported_by="bench"
    )
    rows = records.Indicator.objects.bulk_create(
        records.Indicator(plan=plan, position=number, code=f"k{number}", name=f"指标{number}", unit="亿元", nature="expected")
        for number in range(_TARGETS)
    )
    records.TargetVersion.objects.bulk_create(
        records.TargetVersion(indicator=row, number=1, kind="at_least", value=Decimal(1150 + number % 100), at=_AS_OF, by="bench")
        for number, row in enumerate(rows)
    )


def _catalog(place: Path) -> None:
    """The workspace's own indicators, as an overlay of the catalog."""
    from duheng import catalog

    offices = [office.zh for office in catalog.load("offices").values()][:40]
    lines = ['version: "1"', 'date: "2026-01-05"', "source: simulated", "indicators:"]
    for number in range(_INDICATORS):
        kind = "KPI" if number < _KPIS else "Vital sign"
        lines.append(
            f"  - {{code: k{number}, zh: 指标{number}, en: {kind} {number}, unit: 亿元, polarity: higher, frequency: month, "
            f"lag: 20, owner: {offices[number % 40]}, measure: level, basis: nominal, theme: economy}}"
        )
    (place / "catalog").mkdir(exist_ok=True)
    (place / "catalog" / "indicators.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _by() -> Any:
    from duheng.site.access import By, Role

    return By(name="bench", role=Role.EDITOR)


def _whole(place: Path) -> None:
    """Every target anew: as of today, and as it stood at each month's end of the year so far."""
    _open(place)
    from duheng.site.actions import watching
    from duheng.site.records.models import Light, Plan, Standing, StandingPoint

    plan = Plan.objects.get()
    _timed(
        f"pace, outlook, chance and lights of {_TARGETS} targets, today and at each month's end of the year",
        lambda: watching.refresh(by=_by(), at=_AS_OF, plan_id=plan.pk, as_of=_AS_OF.date(), rebuild=True),
    )
    assert (Standing.objects.count(), StandingPoint.objects.count()) == (_TARGETS, _TARGETS * 10)
    assert Light.objects.exclude(colour="none").count() > _TARGETS


def _fresh(place: Path) -> None:
    """How up to date the indicators of the place are."""
    _open(place)
    from duheng.site.queries import freshness

    found: list[Any] = []
    _timed(
        f"how up to date {_INDICATORS:,} indicators are, by owner",
        lambda: found.extend(freshness.owners(on=_AS_OF.date(), role=_by().role)),
    )
    assert sum(one.count for one in found) == _INDICATORS


def _forecasts(place: Path) -> None:
    """Where every series of every area is heading."""
    _open(place)
    from duheng import watch
    from duheng.collect import Grid
    from duheng.site.queries import figures

    def work() -> None:
        grid = Grid.of(figures.all_figures().as_of(_AS_OF.date()))
        watch.forecast(watch.Panel(names=tuple(str(series.key) for series in grid.series), values=grid.values), horizon=12)

    _timed(f"forecasts of all {_INDICATORS * _AREAS:,} series", work)


def _one(place: Path) -> None:
    """One more figure, taken in as a file of one row: read, checked, stored, and what rests on it worked out anew."""
    _open(place)
    from datetime import timedelta

    from duheng.collect import Given
    from duheng.site.actions import intake

    def take(number: int, at: datetime) -> None:
        text = f"indicator,area,period,measure,value,unit\nk{number},own,2026-10,level,{90 + at.second % 9}.5,亿元\n"
        sent = intake.Sent(name=f"k{number}.csv", data=text.encode())
        given = Given(vintage=at.date(), released=True)
        assert intake.take_file(by=_by(), at=at, sent=sent, request=intake.Request(given=given)).load

    later = datetime.now(UTC)  # another figure each time it is run
    take(7, later)  # the catalog and the modules are read once
    _timed(
        "one new figure, in a server at work: taken in, checked, stored, and what rests on it",
        lambda: take(8, later + timedelta(seconds=1)),
    )


_PARTS: dict[str, Callable[[Path], None]] = {
    "store": _made,
    "refresh": _whole,
    "fresh": _fresh,
    "forecasts": _forecasts,
    "one": _one,
}

if __name__ == "__main__":
    main()
