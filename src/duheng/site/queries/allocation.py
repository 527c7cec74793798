"""The workspace as a problem of allocation: what projects still lack, what pools still have, who may pay whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.conf import settings

from duheng.allocate import Eligibility, Fitness, Fund, FundApplication, Pin, Problem, Project, gap, kept, pool_fund
from duheng.site.queries import eligible, funds
from duheng.site.queries.funds import Known, Pool
from duheng.site.records.models import FundFacts, PoolBank, PoolLight, PoolProject

_STAGE_PRIORITY: Mapping[str, int] = {"under_construction": 60, "started": 50, "reserve": 20}
_PLANNED, _IN_BANK = 10, 5  # more where the year's plan has it, where a bank of projects has it
_LIGHT: Mapping[str, int] = {"red": -10, "yellow": -5}  # a project that does not get on cannot use the money
_UNDER_WAY = ("started", "under_construction")
_PLACES = Decimal("0.000000000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked: over which years, how surely money is counted, whether what is not known yet counts as eligible."""

    years: tuple[int, ...]
    sure: bool = False  # later years whole instead of at their likelihood
    unknown: bool = False  # where only facts are lacking, a pool may pay all the same
    seconds: int = 30
    pins: tuple[Pin, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        plain = {"years": list(self.years), "sure": self.sure, "unknown": self.unknown, "seconds": self.seconds}
        return plain | {"pins": [kept.keep(pin) for pin in self.pins]}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Ask:
        """From JSON."""
        return cls(
            years=tuple(plain["years"]),
            sure=bool(plain.get("sure")),
            unknown=bool(plain.get("unknown")),
            seconds=int(plain.get("seconds", 30)),
            pins=tuple(kept.pin_of(pin) for pin in plain.get("pins", ())),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A problem made of the workspace, and how many projects are not in it, by why."""

    problem: Problem
    left_out: Mapping[str, int] = field(default_factory=dict)
    simulated: bool = False


LEFT_OUT: Mapping[str, tuple[str, str]] = {
    "completed": ("已完工", "completed"),
    "covered": ("规划年份内没有缺口", "lack nothing in these years"),
    "later": ("规划年份之后才开工", "start after these years"),
    "no_needs": ("没有年度计划也没有总投资和起止年限", "have neither yearly plans nor a total with its years"),
}


def build(ask: Ask, *, as_of: date, name: str = "") -> Built:
    """The problem that the workspace poses. Raises `ProblemUnusable` where there is nothing to decide, or it contradicts itself."""
    return _Building(ask, as_of).built(name)


class _Building:
    """Everything of the workspace that the problem is made of, fetched once."""

    def __init__(self, ask: Ask, as_of: date) -> None:
        self.ask = ask
        asked = funds.applications()
        self.values = [each.value for each in asked]
        self.pools = funds.pools(asked)
        self.projects = funds.projects()
        self.asked: Mapping[str, list[FundApplication]] = defaultdict(list)
        for value in self.values:
            self.asked[value.project].append(value)
        keys = [key for key, each in self.projects.items() if each.stage != "completed"]
        rows = PoolProject.objects.filter(pk__in=keys)
        judged = eligible.judged(rows, self.pools, year=ask.years[0], as_of=as_of)
        self.cells = {each.pk: each.cells for each in judged}
        self.facts = {each.project_id: each for each in FundFacts.objects.filter(project__in=keys)}
        self.banked = set(PoolBank.objects.filter(withdrawn=False, until__isnull=True).values_list("project_id", flat=True))
        lights = PoolLight.objects.filter(standing__year=as_of.year, rule=settings.WORKSPACE.project_rule)
        self.lights = dict(lights.values_list("standing__project_id", "colour"))
        self.left_out: Counter[str] = Counter()

    def built(self, name: str) -> Built:
        made = [project for each in self.projects.values() if (project := self.project(each)) is not None]
        codes = {project.code for project in made}
        projects = tuple(self._linked(project, codes) for project in made)
        known = {fund.code for fund in (one.value for one in self.pools)}
        pins = tuple(pin for pin in self.ask.pins if pin.project in codes and (pin.fund is None or pin.fund in known))
        problem = Problem(years=self.ask.years, funds=self.funds(), projects=projects, pins=pins, name=name)
        simulated = any(each.simulated for each in self.projects.values()) or any(one.simulated for one in self.pools)
        return Built(problem=problem, left_out=dict(self.left_out), simulated=simulated)

    def funds(self) -> tuple[Fund, ...]:
        return tuple(pool_fund(one.value, self.values, years=self.ask.years, sure=self.ask.sure) for one in self.pools)

    def project(self, each: Known) -> Project | None:
        """A project with what it still lacks; nothing where it is not to be decided."""
        if each.stage == "completed":
            return self._left("completed")
        needs = gap.needs(each.value)
        if not needs:
            return self._left("no_needs")
        facts = self.facts.get(each.pk) or FundFacts()
        under_way = each.stage in _UNDER_WAY
        first, last = self.ask.years[0], self.ask.years[-1]
        begins = first if under_way else max(facts.earliest or min(needs), first)
        if begins > last:
            return self._left("later")
        yearly = self._lacking(each, needs, from_year=first if under_way else min(min(needs), begins))
        if not any(yearly[: last - begins + 1]):
            return self._left("covered")
        granted = self._granted(each)
        return Project(
            code=each.code,
            name=each.name,
            priority=Decimal(self._priority(each, facts, planned=bool(needs.get(first)))),
            mandatory=facts.mandatory,
            committed=under_way,
            earliest=begins,
            latest=begins if under_way else max(begins, facts.latest or last),
            yearly=yearly,
            requires=tuple(facts.requires),
            excludes=tuple(facts.excludes),
            ceilings=self._ceilings(each, sum(yearly) + sum(granted.values())),
            spent=granted,
        )

    def _priority(self, each: Known, facts: FundFacts, *, planned: bool) -> int:
        """What somebody said, else by its stage: more where the year's plan or a bank has it, less where it does not get on."""
        if facts.priority is not None:
            return facts.priority
        usual = _STAGE_PRIORITY.get(each.stage, 10) + (_PLANNED if planned else 0) + (_IN_BANK if each.pk in self.banked else 0)
        return max(1, usual + _LIGHT.get(self.lights.get(each.pk, ""), 0))

    def _left(self, why: str) -> Project | None:
        self.left_out[why] += 1
        return None

    def _lacking(self, each: Known, needs: Mapping[int, int], *, from_year: int) -> tuple[int, ...]:
        """What it lacks in each year from `from_year` to the last it needs: the gap without what is only likely."""
        asked = self.asked.get(each.code, [])
        lacking = []
        for year in range(from_year, max(max(needs), from_year) + 1):
            found = gap.line(each.value, asked, year=year).sum
            owed = found.brought if year == self.ask.years[0] else 0
            lacking.append(max(0, found.planned + owed - found.spent - found.granted))
        while len(lacking) > 1 and not lacking[-1]:
            lacking.pop()
        return tuple(lacking)

    def _granted(self, each: Known) -> dict[str, int]:
        """What each pool that may pay it has granted it already, in any year: it counts against ceilings."""
        granted: Counter[str] = Counter()
        for value in self.asked.get(each.code, []):
            granted[value.fund] += value.granted
        return {fund: amount for fund, amount in granted.items() if amount}

    def _ceilings(self, each: Known, total: int) -> dict[str, Decimal]:
        """The share of what the problem knows as its total that each pool may pay: the ceiling is of the total cost."""
        whole = max(each.value.total or 0, total)
        return {
            pool.value.code: min(Decimal(1), (cell.ceiling * whole / total).quantize(_PLACES, rounding=ROUND_FLOOR))
            for pool, cell in self._may_pay(each)
            if total
        }

    def _may_pay(self, each: Known) -> Iterator[tuple[Pool, Eligibility]]:
        accepted = {Fitness.ELIGIBLE, Fitness.UNKNOWN} if self.ask.unknown else {Fitness.ELIGIBLE}
        for pool, cell in zip(self.pools, self.cells[each.pk], strict=True):
            if cell.verdict in accepted:
                yield pool, cell

    def _linked(self, project: Project, codes: set[str]) -> Project:
        """Links to projects that are not to be decided are dropped: what is done or covered is as good as in."""
        return replace(
            project,
            requires=tuple(code for code in project.requires if code in codes),
            excludes=tuple(code for code in project.excludes if code in codes),
        )


def years(first: int, count: int) -> tuple[int, ...]:
    """Consecutive years."""
    return tuple(range(first, first + count))


def names(problem: Problem) -> tuple[dict[str, str], dict[str, str]]:
    """The titles of a problem's projects and funds by code."""
    return {each.code: each.title for each in problem.projects}, {each.code: each.title for each in problem.funds}


def left_out_words(left_out: Mapping[str, int]) -> Sequence[tuple[tuple[str, str], int]]:
    """Why projects are not to be decided, in words, with how many."""
    return [(LEFT_OUT[why], left_out[why]) for why in LEFT_OUT if left_out.get(why)]
