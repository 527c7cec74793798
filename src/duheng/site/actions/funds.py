"""Pools of money, and what funds ask of a project that its list does not say: changed by hand, each change undone exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from duheng.allocate import money
from duheng.allocate.circle import circle
from duheng.errors import FundRefused
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.actions.journal import Journal
from duheng.site.queries import known
from duheng.site.records.models import Decision, FundAmount, FundFacts, FundPool, PoolProject

_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFacts:
    """What is to hold of a pool. `amounts` are fen by year; years left out have nothing."""

    code: str
    name: str
    kind: str
    amounts: Mapping[int, int] = field(default_factory=dict)
    carry_over: bool = False
    opens: date | None = None
    closes: date | None = None
    spend_months: int | None = None
    likelihood: int = 100
    paper: str = ""
    note: str = ""
    simulated: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the pool's row."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "amounts"}


@transaction.atomic
def put_pool(
    *, by: By, at: datetime, facts: PoolFacts, pool_id: int | None = None, reason: str = ""
) -> tuple[int, Decision | None]:
    """Make a pool, or change one; its key, and the decision where anything changed. Raises FundRefused."""
    access.require(by, "funds.edit")
    _check(facts, pool_id)
    row = FundPool.objects.select_for_update().get(pk=pool_id) if pool_id is not None else None
    journal = Journal(by=by, at=at, kind="funds", name=facts.name, plan=None)
    before = _told(row) if row is not None else None
    if row is None:
        last = FundPool.objects.aggregate(last=Max("position"))["last"]
        row = journal.create(FundPool, position=(last or 0) + 1, **facts.columns)
    else:
        journal.change(row, **facts.columns)
    _put_amounts(journal, row, facts.amounts)
    if not journal.changes:
        journal.decision.delete()
        return row.pk, None
    kind = "fundpool.change" if before is not None else "fundpool.add"
    made = event.record(by=by, at=at, kind=kind, on=row, before=before, after=_told(row), reason=reason)
    return row.pk, journal.close(made)


@transaction.atomic
def remove_pool(*, by: By, at: datetime, pool_id: int) -> Decision:
    """Take a pool out that nobody has applied to; raises FundRefused where somebody has."""
    access.require(by, "funds.edit")
    row = FundPool.objects.select_for_update().get(pk=pool_id)
    if row.applications.exists():
        raise FundRefused(
            name=row.name,
            reason="projects have applied to it; take those applications back first, or leave it with no amounts.",
            reason_zh="已有项目申报，请先撤销这些申报，或保留而不列金额。",
        )
    journal = Journal(by=by, at=at, kind="funds", name=row.name, plan=None)
    before = _told(row)
    made = event.record(by=by, at=at, kind="fundpool.remove", on=row, before=before)
    for amount in list(row.amounts.all()):
        journal.remove(amount)
    journal.remove(row)
    return journal.close(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """What the studio and the rules ask of a project; `cover` is thousandths, None is what nobody has said."""

    priority: int | None = None
    mandatory: bool = False
    earliest: int | None = None
    latest: int | None = None
    cover: int | None = None
    revenue: bool | None = None
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row."""
        lists = {"requires": list(self.requires), "excludes": list(self.excludes)}
        return {name: getattr(self, name) for name in self.__slots__ if name not in lists} | lists


@transaction.atomic
def put_facts(*, by: By, at: datetime, project_id: int, facts: ProjectFacts, reason: str = "") -> Decision | None:
    """What is to hold of a project; None where nothing changed. Raises FundRefused where codes are unknown or go in a circle."""
    access.require(by, "funds.edit")
    project = PoolProject.objects.get(pk=project_id)
    _check_links(project, facts)
    return _put(by=by, at=at, project=project, columns=facts.columns, kind="fund.facts", reason=reason)


@transaction.atomic
def waive(*, by: By, at: datetime, project_id: int, rule: str, paper: str) -> Decision | None:
    """Set a rule of a fund aside for a project, by a paper; without one the rule holds again."""
    access.require(by, "funds.edit")
    project = PoolProject.objects.get(pk=project_id)
    entry = next((each for each in known.rulebook().rules if each.code == rule), None)
    if entry is None:
        raise FundRefused(
            name=rule, reason="there is no such rule; choose one that is shown.", reason_zh="没有这条规则，请选页面上列出的。"
        )
    row = FundFacts.objects.filter(project=project).first()
    waived = dict(row.waived) if row else {}
    if paper:
        waived[rule] = paper
    else:
        waived.pop(rule, None)
    told = {"waived": waived}
    return _put(by=by, at=at, project=project, columns=told, kind="fund.waive", reason=f"{entry.zh}：{paper or '—'}")


def _put(*, by: By, at: datetime, project: PoolProject, columns: Mapping[str, Any], kind: str, reason: str) -> Decision | None:
    journal = Journal(by=by, at=at, kind="funds", name=project.name, plan=None)
    row = FundFacts.objects.select_for_update().filter(project=project).first()
    blank = FundFacts(project=project)
    before = {name: getattr(row or blank, name) for name in columns}
    if before == dict(columns):
        journal.decision.delete()
        return None
    if row is None:
        journal.create(FundFacts, project=project, **columns)
    else:
        journal.change(row, **columns)
    made = event.record(by=by, at=at, kind=kind, on=project, before=_shown(before), after=_shown(columns), reason=reason)
    return journal.close(made)


def _shown(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as history tells them: a cover as a number, rules that were set aside by their codes."""
    told = dict(columns)
    if told.get("cover") is not None:
        told["cover"] = f"{told['cover'] / 1000:g}"
    if "waived" in told:
        told["waived"] = [f"{rule}（{paper}）" for rule, paper in told["waived"].items()]
    return told


def _put_amounts(journal: Journal, row: FundPool, amounts: Mapping[int, int]) -> None:
    there = {each.year: each for each in row.amounts.all()}
    for year, amount in amounts.items():
        if year in there:
            journal.change(there[year], amount=amount)
        else:
            journal.create(FundAmount, pool=row, year=year, amount=amount)
    for year, each in there.items():
        if year not in amounts:
            journal.remove(each)


def _told(row: FundPool) -> dict[str, Any]:
    """A pool as history tells of it."""
    amounts = [f"{each.year}：{money.printed(each.amount, money.WAN)}" for each in row.amounts.order_by("year")]
    days = {name: getattr(row, name).isoformat() if getattr(row, name) else "" for name in ("opens", "closes")}
    return {
        "name": row.name,
        "code": row.code,
        "fund_kind": row.kind,
        "amounts": amounts,
        "carry_over": row.carry_over,
        **days,
        "spend_months": row.spend_months,
        "likelihood": row.likelihood,
        "paper": row.paper,
    }


def _check(facts: PoolFacts, pool_id: int | None) -> None:
    def wrong(en: str, zh: str) -> FundRefused:
        return FundRefused(name=facts.name or facts.code, reason=en, reason_zh=zh)

    if not facts.code.strip() or not facts.name.strip():
        raise wrong("it needs a code and a name.", "请填写编码和名称。")
    if FundPool.objects.filter(code=facts.code).exclude(pk=pool_id or 0).exists():
        raise wrong(f"the code {facts.code} is taken; choose another.", f"编码 {facts.code} 已被使用，请换一个。")
    if facts.kind not in known.fund_kinds():
        raise wrong("its kind is not in the catalog; choose one of the list.", "资金类型不在目录中，请从列表中选择。")
    if facts.opens and facts.closes and facts.opens > facts.closes:
        raise wrong("applications close before they open; correct the days.", "申报截止早于开始，请改正日期。")
    for year, amount in facts.amounts.items():
        if year not in _YEARS:
            raise wrong(f"{year} is not a year; write four digits.", f"{year} 不是年份，请写四位数字。")
        if amount < 0:
            raise wrong(f"the amount of {year} is negative; write nought or more.", f"{year} 年金额为负，请写零或正数。")
        if amount > money.LARGEST:
            raise wrong(f"the amount of {year} is larger than any budget; check its unit.", f"{year} 年金额过大，请核对单位。")


def _check_links(project: PoolProject, facts: ProjectFacts) -> None:
    def wrong(en: str, zh: str) -> FundRefused:
        return FundRefused(name=project.name, reason=en, reason_zh=zh)

    named = {*facts.requires, *facts.excludes}
    there = set(PoolProject.objects.filter(code__in=named).values_list("code", flat=True))
    if unknown := sorted(named - there):
        codes = ", ".join(unknown)
        raise wrong(f"there is no project {codes}; use codes of the pool.", f"没有项目 {codes}，请用项目库中的编码。")
    if project.code in named:
        raise wrong("it names itself; take its own code out.", "引用了项目自身，请删去其编码。")
    if both := sorted({*facts.requires} & {*facts.excludes}):
        raise wrong(
            f"{', '.join(both)} is both required and excluded; keep one.", f"{'、'.join(both)} 同时列为前置和互斥，请只留一处。"
        )
    others = FundFacts.objects.exclude(project=project).exclude(requires=[]).select_related("project")
    links = {each.project.code: tuple(each.requires) for each in others} | {project.code: facts.requires}
    if found := circle(links):
        way = " → ".join(found)
        raise wrong(f"the requirements go in a circle: {way}. Take one out.", f"前置关系成环：{way}。请去掉其中一处。")
    if facts.earliest and facts.latest and facts.earliest > facts.latest:
        raise wrong("its latest start lies before its earliest; correct one.", "最迟开工早于最早开工，请改正。")
