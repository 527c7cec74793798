"""A small world of money: four projects, three pools, as actions make them."""

from datetime import UTC, date, datetime

import pytest
from tests.site.cast import AT, EDITOR

from duheng.allocate import Move, Step

WAN = 1_000_000
AS_OF = date(2026, 6, 30)
LATE = datetime(2026, 7, 1, tzinfo=UTC)
PROJECTS = (
    # code, name, sector, owner, stage, total, (year, planned) …, (year, works, paid)
    (
        "A",
        "甲路改造",
        "交通",
        "城投公司",
        "under_construction",
        20_000,
        ((2026, 10_000), (2027, 6_000)),
        ((2025, 800, 500), (2026, 6_000, 4_000)),
    ),
    ("B", "乙片区污水管网", "污水治理", "水务公司", "reserve", 9_000, ((2026, 3_000), (2027, 6_000)), ()),
    ("C", "丙镇办公楼", "公共建筑", "丙镇", "reserve", 2_000, ((2026, 2_000),), ()),
    ("D", "丁粮库", "粮食仓储", "粮储公司", "reserve", 4_000, ((2027, 4_000),), ()),
)
POOLS = (
    ("BOND", "专项债券（第一批）", "special_bond", {2026: 8_000, 2027: 5_000}, 100),
    ("OWN", "区级政府投资", "own_budget", {2026: 4_000, 2027: 4_000}, 100),
    ("CENTRAL", "中央预算内", "central_budget", {2026: 1_000, 2027: 3_000}, 80),
)


def move(step: Step, month: int, amount: int, *, words: str = "", year: int = 2026) -> Move:
    return Move(step=step, on=date(year, month, 1), amount=amount * WAN, words=words)


def make_projects() -> dict[str, int]:
    from duheng.site.actions import pool_standing
    from duheng.site.records.models import PoolGate, PoolMonth, PoolProject, PoolYear

    keys = {}
    told = {"at": AT, "by": EDITOR.name}
    for place, (code, name, sector, owner, stage, total, years, done) in enumerate(PROJECTS):
        row = PoolProject.objects.create(
            position=place, code=code, name=name, sector=sector, owner=owner, stage=stage, total=total * WAN
        )
        keys[code] = row.pk
        for year, planned in years:
            PoolYear.objects.create(project=row, year=year, planned=planned * WAN, **told)
        for year, works, paid in done:
            PoolMonth.objects.create(
                project=row, year=year, month=5, works=works * WAN, paid=paid * WAN, known=date(year, 6, 10), **told
            )
    for code in "AB":
        for kind in ("land", "approval"):
            PoolGate.objects.create(project_id=keys[code], kind=kind, met=date(2025, 5, 1), **told)
    pool_standing.refresh(by=EDITOR, at=AT, as_of=AS_OF)
    return keys


def make_pools() -> dict[str, int]:
    from duheng.site.actions import funds

    made = {}
    for code, name, kind, amounts, likelihood in POOLS:
        facts = funds.PoolFacts(
            code=code,
            name=name,
            kind=kind,
            amounts={year: amount * WAN for year, amount in amounts.items()},
            likelihood=likelihood,
            closes=date(2026, 9, 30) if code == "BOND" else None,
            carry_over=code == "OWN",
        )
        made[code], _ = funds.put_pool(by=EDITOR, at=AT, facts=facts)
    return made


@pytest.fixture
def projects(db) -> dict[str, int]:
    """Keys of the projects by code."""
    return make_projects()


@pytest.fixture
def pools(db) -> dict[str, int]:
    """Keys of the pools by code."""
    return make_pools()


@pytest.fixture
def asked(projects, pools) -> dict[str, int]:
    """Applications by project: A has 5000 of bonds allotted and in part arrived, B has applied for central money."""
    from duheng.site.actions import applying

    def ask(project: str, pool: str, *moves: Move) -> int:
        given = applying.Asked(project=projects[project], pool=pools[pool], year=2026, moves=moves)
        return applying.apply(by=EDITOR, at=LATE, asked=given)[0]

    return {
        "A": ask("A", "BOND", move(Step.APPLIED, 1, 6_000), move(Step.ALLOTTED, 3, 5_000), move(Step.ARRIVED, 4, 4_500)),
        "B": ask("B", "CENTRAL", move(Step.APPLIED, 2, 1_500)),
    }
