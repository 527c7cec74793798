"""Which project may draw on which pool, and if not, why not and what would change that. The rules are rows of the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duheng.allocate.pool import FundPool
from duheng.catalog import FundRuleEntry, SectorEntry

Words = tuple[str, str]  # (zh, en)
_WHOLE = Decimal(1)


class Fitness(StrEnum):
    """Whether a project may draw on a pool."""

    ELIGIBLE = "eligible"
    UNKNOWN = "unknown"  # nothing speaks against it, and something that must be known is not
    LATER = "later"  # not yet: what is missing can be brought about
    INELIGIBLE = "ineligible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the rules look at in a project. None, or a name that is not there, is what nobody has said.

    `sectors` are codes of the catalog's. `gates` says when a condition was met, None where it is open; `banks` since when the
    project is in which bank of projects. `cover` is yearly income over yearly debt service. `waived` are codes of rules that
    somebody has set aside for this project, by a paper.
    """

    code: str
    words: str = ""  # name, kind of works and content, in which the negative list is looked for
    sectors: frozenset[str] = frozenset()
    region: str = ""
    gates: Mapping[str, date | None] = field(default_factory=dict)
    banks: Mapping[str, date | None] = field(default_factory=dict)
    cover: Decimal | None = None
    revenue: bool | None = None
    waived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A rule that a project does not meet: why, and what would make it meet it, each in (zh, en)."""

    rule: FundRuleEntry
    verdict: Fitness
    why: Words
    remedy: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """One project and one pool. `ceiling` is the share of its total cost that the pool may pay, by the rule `ceiling_rule`."""

    project: str
    fund: str
    ceiling: Decimal
    ceiling_rule: FundRuleEntry | None
    obstacles: tuple[Obstacle, ...] = ()
    waived: tuple[FundRuleEntry, ...] = ()

    @property
    def verdict(self) -> Fitness:
        """The worst of what stands against it."""
        worst = (Fitness.INELIGIBLE, Fitness.LATER, Fitness.UNKNOWN)
        return next((each for each in worst if any(one.verdict is each for one in self.obstacles)), Fitness.ELIGIBLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The rules of all kinds of funds, and the words by which sectors are known."""

    rules: Sequence[FundRuleEntry]
    sectors: Mapping[str, SectorEntry]

    def sectors_of(self, printed: str) -> frozenset[str]:
        """The sectors that printed words mean: all whose name or alias stands in them."""
        return frozenset(
            code for code, entry in self.sectors.items() if any(word in printed for word in (entry.zh, *entry.aliases) if word)
        )

    def judge(self, candidate: Candidate, pool: FundPool, *, year: int, as_of: date) -> Eligibility:
        """Whether `candidate` may draw on `pool` for `year`, by what is known on `as_of`."""
        rules = [rule for rule in self.rules if rule.fund == pool.kind]
        found: list[Obstacle] = []
        waived: list[FundRuleEntry] = []
        for rule in rules:
            if rule.asks == "ceiling" or not _concerns(rule, candidate):
                continue
            obstacle = _JUDGES[rule.asks](_Case(rule=rule, candidate=candidate, book=self, year=year, as_of=as_of))
            if obstacle is not None and rule.code in candidate.waived:
                waived.append(rule)
            elif obstacle is not None:
                found.append(obstacle)
        ceiling = _ceiling(rules, candidate)
        return Eligibility(
            project=candidate.code,
            fund=pool.code,
            ceiling=_WHOLE if ceiling is None or ceiling.ceiling is None else ceiling.ceiling,
            ceiling_rule=ceiling,
            obstacles=tuple(found),
            waived=tuple(waived),
        )

    def named(self, codes: Iterable[str]) -> Words:
        """Sectors by their names."""
        entries = [self.sectors[code] for code in codes if code in self.sectors]
        return "、".join(entry.zh for entry in entries), ", ".join(entry.en for entry in entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One rule at one project."""

    rule: FundRuleEntry
    candidate: Candidate
    book: Rulebook
    year: int
    as_of: date

    def obstacle(self, verdict: Fitness, *, why: Words, remedy: Words) -> Obstacle:
        return Obstacle(rule=self.rule, verdict=verdict, why=why, remedy=remedy)


def _concerns(rule: FundRuleEntry, candidate: Candidate) -> bool:
    """A rule other than of sectors or regions concerns only the sectors that it names, or all."""
    return rule.asks in ("sector_in", "sector_out", "region") or not rule.sectors or bool(candidate.sectors & {*rule.sectors})


def _ceiling(rules: Sequence[FundRuleEntry], candidate: Candidate) -> FundRuleEntry | None:
    """The ceiling that fits the project most closely: by its sector and region, by sector, by region, by nothing."""

    def fits(rule: FundRuleEntry) -> bool:
        return (not rule.sectors or bool(candidate.sectors & {*rule.sectors})) and (
            not rule.regions or candidate.region in rule.regions
        )

    fitting = [rule for rule in rules if rule.asks == "ceiling" and fits(rule)]
    return max(fitting, key=lambda rule: (bool(rule.sectors), bool(rule.regions)), default=None)


def _sector_in(case: _Case) -> Obstacle | None:
    allowed = case.book.named(case.rule.sectors)
    if not case.candidate.sectors:
        return case.obstacle(
            Fitness.UNKNOWN,
            why=("项目所属领域未填，或目录不认识", "the sector of the project is not stated, or not known to the catalog"),
            remedy=(f"填写领域；本资金支持：{allowed[0]}", f"state its sector; this fund is for {allowed[1]}"),
        )
    if case.candidate.sectors & {*case.rule.sectors}:
        return None
    own = case.book.named(sorted(case.candidate.sectors))
    return case.obstacle(
        Fitness.INELIGIBLE,
        why=(f"领域“{own[0]}”不在支持范围", f"its sector ({own[1]}) is not among those supported"),
        remedy=(f"本资金只支持：{allowed[0]}", f"this fund is for {allowed[1]} only"),
    )


def _sector_out(case: _Case) -> Obstacle | None:
    wrong = case.book.named(sorted(case.candidate.sectors & {*case.rule.sectors}))
    if not wrong[0]:
        return None
    return case.obstacle(
        Fitness.INELIGIBLE,
        why=(f"领域“{wrong[0]}”被排除", f"its sector ({wrong[1]}) is ruled out"),
        remedy=("改用其他资金来源", "use another source"),
    )


def _negative(case: _Case) -> Obstacle | None:
    word = next((word for word in case.rule.words if word in case.candidate.words), None)
    if word is None:
        return None
    return case.obstacle(
        Fitness.INELIGIBLE,
        why=(
            f"名称或建设内容含“{word}”，属负面清单“{case.rule.zh}”",
            f"its name or content says “{word}”, which is on the negative list ({case.rule.en})",
        ),
        remedy=(
            "如并非此类，凭文件不适用本条；否则改用其他资金来源",
            "if it is not of that kind, set the rule aside by a paper; else use another source",
        ),
    )


def _gate(case: _Case) -> Obstacle | None:
    gates = case.candidate.gates
    if case.rule.gate not in gates:
        return case.obstacle(
            Fitness.UNKNOWN,
            why=(f"未说明{case.rule.zh}", f"nothing is recorded of: {case.rule.en}"),
            remedy=("在项目页登记办理情况", "record on the project's page when it is due or was met"),
        )
    met = gates[case.rule.gate]
    if met is not None and met <= case.as_of:
        return None
    return case.obstacle(
        Fitness.LATER,
        why=(f"{case.rule.zh}尚未满足", f"not met yet: {case.rule.en}"),
        remedy=("办理后在项目页登记日期和文件", "once it is met, record the day and the paper on the project's page"),
    )


def _revenue(case: _Case) -> Obstacle | None:
    if case.candidate.revenue is None:
        return case.obstacle(
            Fitness.UNKNOWN,
            why=("未说明项目有无收益", "whether the project earns anything is not stated"),
            remedy=("在项目资金信息中填写", "state it in the project's funding facts"),
        )
    if case.candidate.revenue:
        return None
    return case.obstacle(
        Fitness.INELIGIBLE,
        why=("没有收益的项目不得使用", "projects without revenue are ruled out"),
        remedy=("改用预算资金等其他来源，或落实项目收益", "use budget money or another source, or secure revenue"),
    )


def _cover(case: _Case) -> Obstacle | None:
    least = case.rule.cut
    if case.candidate.revenue is False:
        return None  # without revenue there is nothing to cover with, and another rule says so
    if case.candidate.cover is None:
        return case.obstacle(
            Fitness.UNKNOWN,
            why=("未填本息覆盖倍数", "its debt-service cover is not stated"),
            remedy=(f"填写覆盖倍数，应不低于 {least}", f"state it; at least {least} is wanted"),
        )
    if case.candidate.cover >= least:
        return None
    return case.obstacle(
        Fitness.LATER,
        why=(
            f"本息覆盖倍数 {case.candidate.cover}，低于 {least}",
            f"debt-service cover is {case.candidate.cover}, below {least}",
        ),
        remedy=("增加收益、减少融资或延长期限", "raise revenue, borrow less, or borrow for longer"),
    )


def _library(case: _Case) -> Obstacle | None:
    month, day = (int(part) for part in case.rule.deadline.split("-"))
    latest = date(case.year - 1, month, day)
    since = case.candidate.banks.get(case.rule.bank)
    if case.rule.bank not in case.candidate.banks:
        return case.obstacle(
            Fitness.LATER,
            why=(f"未纳入{case.rule.zh}", f"not in the {case.rule.en}"),
            remedy=(
                f"{case.year}年度的项目须在 {latest} 前入库；已入库的请在项目页登记",
                f"for {case.year} it must be there by {latest}; if it is, record it on the project's page",
            ),
        )
    if since is None or since <= latest:
        return None
    return case.obstacle(
        Fitness.LATER,
        why=(f"{since} 才入库，晚于 {latest}", f"in the {case.rule.en} since {since} only, after {latest}"),
        remedy=(f"可申报{since.year + 1}年度以后的资金", f"it can apply for {since.year + 1} or later"),
    )


def _region(case: _Case) -> Obstacle | None:
    if not case.candidate.region:
        return case.obstacle(
            Fitness.UNKNOWN,
            why=("未设置所在地区类别", "the region tier of this place is not set"),
            remedy=("在工作区设置中填写 region", "set region in the workspace's settings"),
        )
    if case.candidate.region in case.rule.regions:
        return None
    return case.obstacle(
        Fitness.INELIGIBLE,
        why=(f"所在地区不在支持范围（{case.rule.zh}）", f"this region is not supported ({case.rule.en})"),
        remedy=("改用其他资金来源", "use another source"),
    )


_JUDGES: Mapping[str, Callable[[_Case], Obstacle | None]] = {
    "sector_in": _sector_in,
    "sector_out": _sector_out,
    "negative": _negative,
    "gate": _gate,
    "revenue": _revenue,
    "cover": _cover,
    "library": _library,
    "region": _region,
}
