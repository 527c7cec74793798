"""The project pool under twenty people who click: writes a part of docs/scale.md.

    make bench            or    .venv/bin/python benchmarks/projects_site.py

5,000 projects are made by chance (invented, the seed is printed), with a plan and twelve months for each of two years, stages, gates and
problems; they are stored by the actions' own tables, worked out once, and served by `duheng serve`. Twenty clients walk from page to
page: some with a pause between two clicks, as people have, and once without any.
"""

from __future__ import annotations

import http.client
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import page

_SEED = 20260120
_PROJECTS, _CLIENTS, _SECONDS = 5_000, 20, 45.0
_PAUSE = 2.0  # seconds between two clicks, on average
_AT = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
_AS_OF = date(2026, 10, 20)
_GROUPS = ("产业升级类", "城乡建设类", "社会民生类", "生态环保类", "数字安全类", "综合交通类")
_SECTORS = ("电子信息", "装备制造", "交通", "水利", "教育", "医疗", "市政", "能源", "物流", "文旅")
_STAGES = ("reserve", "started", "under_construction", "completed")
_WAN = 1_000_000

_PAGES: dict[str, list[str]] = {
    "table": ["/projects/pool", "/projects/pool?page=7", "/projects/pool?page=31"],
    "filtered": [
        "/projects/pool?group=城乡建设类", "/projects/pool?stage=started&light=red", "/projects/pool?office=第07局&problem=yes",
        "/projects/pool?q=工程+12", "/projects/pool?bank=市级重点项目库",
    ],
    "sorted": ["/projects/pool?sort=-planned", "/projects/pool?sort=share&page=3", "/projects/pool?sort=light"],
    "another rule": ["/projects/pool?rule=wuhan", "/projects/pool?rule=yinchuan_2025&turned=yes"],
    "board": ["/projects/pool/board", "/projects/pool/board?group=社会民生类"],
    "summary": ["/projects/pool/summary", "/projects/pool/summary?by=office&quarter=3"],
    "one project": [f"/projects/pool/{number}" for number in range(1, _PROJECTS, 97)],
    "opportunities": ["/opportunities"],
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Walk:
    """What the clients saw: milliseconds by kind of page, and what did not come."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    busy: float = 0.0  # processor seconds of the server
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    """Make the pool, work it out, serve it, let the clients walk, write the figures."""
    with tempfile.TemporaryDirectory() as folder:
        made = _make(Path(folder))
        rows = []
        for workers in (1, 2):
            with _served(Path(folder), workers) as server:
                _walk(server, clients=2, seconds=6.0, pause=0.0)  # every page once before the clock counts
                rows += _rows(_walk(server, clients=_CLIENTS, seconds=_SECONDS, pause=_PAUSE), workers, f"{_PAUSE:.0f} s")
                rows += _rows(_walk(server, clients=_CLIENTS, seconds=_SECONDS / 2, pause=0.0), workers, "none", whole=True)
    load = os.getloadavg()[0]
    page.write("scale", "projects", _HEAD.format(load=load, **made) + "\n".join(rows))


_HEAD = f"""{_PROJECTS:,} invented projects (seed {_SEED}) of two years and 24 months each, with stages, gates and problems, in SQLite. All
standings and lights are worked out in {{everything:.1f}} s; one project, as an action does after a new month, in {{one:.0f}} ms (median).
{_CLIENTS} clients walk through {sum(map(len, _PAGES.values()))} addresses on `duheng serve`: whole pages, in milliseconds. The clients
ran on the same two cores as the server, and so did other work: the machine's load was {{load:.1f}} at the end (2.0 is all of it).

| `--workers` | pause between clicks | page | answers | a second | processor, ms an answer | median | p95 |
|--:|---|---|--:|--:|--:|--:|--:|
"""


def _make(folder: Path) -> dict[str, float]:
    from duheng.site import settings
    from duheng.site import workspace as workspaces

    settings.prepare(workspaces.make(folder, office="基准", sign_in=False))
    from duheng.plan.pool import MonthReport
    from duheng.site.access import By, Role
    from duheng.site.actions import pool_life, pool_standing
    from duheng.site.records.models import PoolProject

    by = By(name="基准", role=Role.EDITOR)
    _store(random.Random(_SEED))  # noqa: S311 -- invented projects
    begun = time.perf_counter()
    pool_standing.refresh(by=by, at=_AT, as_of=_AS_OF)
    everything = time.perf_counter() - begun
    single = []
    for project in PoolProject.objects.filter(stage="under_construction")[:15]:
        begun = time.perf_counter()
        report = MonthReport(year=2026, month=10, works=project.total // 3)
        pool_life.enter_month(by=by, at=_AT, project_id=project.pk, report=report)
        single.append(time.perf_counter() - begun)
    return {"everything": everything, "one": statistics.median(single) * 1000}


def _store(chance: random.Random) -> None:
    """The rows as lists and actions leave them, many at once."""
    from duheng.site.records import models as records

    fact: dict[str, Any] = {"at": _AT, "by": "基准"}
    projects = records.PoolProject.objects.bulk_create([_project(records, number, chance) for number in range(_PROJECTS)])
    found: dict[Any, list[Any]] = defaultdict(list)
    for project in projects:
        for place, stage in enumerate(_STAGES[: _STAGES.index(project.stage) + 1]):
            day = date(2024 + place // 2 + (place == 3), chance.randint(1, 9), chance.randint(1, 28))
            found[records.PoolStage].append(records.PoolStage(project=project, stage=stage, on=day, paper="批文", **fact))
        for kind in ("approval", "land", "permit"):
            met = date(2024, chance.randint(1, 12), 5)
            found[records.PoolGate].append(records.PoolGate(project=project, kind=kind, met=met, **fact))
        for year in (2025, 2026):
            _year(records, project, year, chance, found, fact)
        if chance.random() < 0.15:
            told = {"what": "用地、管线等待协调", "whose": "规划资源局", "raised": date(2026, 5, 8), "due": date(2026, 9, 30)}
            found[records.PoolProblem].append(records.PoolProblem(project=project, **told, **fact))
        if chance.random() < 0.2:
            found[records.PoolBank].append(
                records.PoolBank(project=project, bank="市级重点项目库", since=date(2025, 3, 1), **fact)
            )
    for noun, rows in found.items():
        noun.objects.bulk_create(rows, batch_size=2000)


def _project(records: Any, number: int, chance: random.Random) -> Any:
    return records.PoolProject(
        position=number,
        code=f"P{number:05}",
        approval_code=f"2401-500000-04-01-{number:06}",
        name=f"{chance.choice(_SECTORS)}{chance.choice(('工程', '基地', '中心', '改造', '扩建'))}{number}",
        aliases=[f"{number}号项目"],
        group=chance.choice(_GROUPS),
        sector=chance.choice(_SECTORS),
        place=f"{chance.randint(1, 12)}号街镇",
        office=f"第{chance.randint(1, 30):02}局",
        owner=f"{chance.choice(_SECTORS)}建设公司",
        total=chance.randint(2_000, 300_000) * _WAN,
        stage=chance.choices(_STAGES, (3, 2, 4, 1))[0],
        begins=date(2024, 6, 1),
        ends=date(2027, 12, 31),
        public=chance.random() < 0.02,
        simulated=True,
    )


def _year(
    records: Any, project: Any, year: int, chance: random.Random, found: dict[Any, list[Any]], fact: dict[str, Any]
) -> None:
    planned = max(_WAN, project.total // chance.randint(3, 6))
    onset = chance.choice(("new", "continued", "continued"))
    found[records.PoolYear].append(records.PoolYear(project=project, year=year, planned=planned, onset=onset, **fact))
    pace = chance.uniform(0.4, 1.15)
    for month in range(1, 13):
        if (year, month) > (2026, 9):
            works = counted = paid = None
        else:
            works = round(planned * pace * month / 12)
            counted, paid = round(works * 0.9), round(works * 0.7)
        found[records.PoolMonth].append(
            records.PoolMonth(
                project=project, year=year, month=month, works=works, counted=counted, paid=paid,
                in_library=chance.random() < 0.9, known=min(_AS_OF, date(year + month // 12, month % 12 + 1, 8)), **fact,
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running site: where, and its process."""

    address: str
    pid: int

    def busy(self) -> float:
        """Processor seconds of all its processes so far."""
        ticks = 0
        for place in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                told = place.read_text().rpartition(")")[2].split()
                if self.pid in (int(place.parent.name), int(told[1])):
                    ticks += int(told[11]) + int(told[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def _served(folder: Path, workers: int) -> Iterator[Server]:
    """The site as `duheng serve` starts it."""
    command = [sys.executable, "-m", "duheng.cli.main", "serve", "--workspace", str(folder), "--port", "8790"]
    with subprocess.Popen([*command, "--workers", str(workers)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield Server(address=server.stdout.readline().strip(), pid=server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _walk(server: Server, *, clients: int, seconds: float, pause: float) -> Walk:
    walk, before = Walk(), server.busy()
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=_client, args=(server.address, number, until, pause, walk)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    walk.busy = server.busy() - before
    if walk.wrong:
        raise SystemExit(f"{len(walk.wrong)} pages did not come, the first: {walk.wrong[0]}")
    return walk


def _client(address: str, number: int, until: float, pause: float, walk: Walk) -> None:
    """One person: a page, a pause, another page; each its own connection that is kept."""
    chance = random.Random(_SEED + number)  # noqa: S311 -- which page is next
    where = urlparse(address)
    line = http.client.HTTPConnection(where.hostname or "", where.port)
    time.sleep(chance.uniform(0, pause))
    while time.monotonic() < until:
        kind = chance.choice(list(_PAGES))
        path = _quoted(chance.choice(_PAGES[kind]))
        begun = time.perf_counter()
        line.request("GET", path, headers={"Accept-Language": chance.choice(("zh-CN", "en"))})
        answer = line.getresponse()
        answer.read()
        took = (time.perf_counter() - begun) * 1000
        with walk.lock:
            walk.times[kind].append(took)
            if answer.status != 200:
                walk.wrong.append(f"{answer.status} {path}")
        time.sleep(chance.expovariate(1 / pause) if pause else 0)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/?&=+-_")


def _rows(walk: Walk, workers: int, pause: str, *, whole: bool = False) -> list[str]:
    told = {"all": [each for times in walk.times.values() for each in times]}
    count, seconds = len(told["all"]), _SECONDS / 2 if whole else _SECONDS
    shared = f"{count / seconds:.1f} | {walk.busy / count * 1000:.0f}"
    told |= {} if whole else {kind: walk.times[kind] for kind in _PAGES}
    return [
        f"| {workers} | {pause} | {kind} | {len(times):,} | {shared if kind == 'all' else ' | '} "
        f"| {statistics.median(times):.0f} | {_p95(times):.0f} |"
        for kind, times in told.items()
    ]


_p95: Callable[[list[float]], float] = lambda times: statistics.quantiles(times, n=20)[-1]  # noqa: E731


if __name__ == "__main__":
    main()
