"""Appraisal sheets as pages ask for them: the newest of a kind that counts, its items, targets and classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings

from duheng import appraise, catalog
from duheng.appraise import Grade, GradedItem, ItemsPeriod, Midterm
from duheng.catalog import GradeRuleEntry
from duheng.site.queries import boards
from duheng.site.records.models import Appraisal

KINDS: Mapping[str, tuple[str, str]] = {
    "land": ("亩均企业表", "enterprises"),
    "items": ("定等事项", "graded items"),
    "midterm": ("规划目标", "five-year targets"),
    "score": ("综合评价", "composite score"),
}
FACTORS: Mapping[str, tuple[str, str]] = {
    "imputation": ("缺值插补", "imputation"),
    "treatment": ("异常值处理", "outliers"),
    "normalisation": ("归一化", "normalisation"),
    "aggregation": ("汇总方法", "aggregation"),
    "weights": ("权重", "weights"),
    "leave_out": ("去掉一项指标", "an indicator left out"),
}
STAGES: Mapping[str, tuple[str, str]] = {
    "raw": ("原始值", "as given"),
    "denominated": ("除以分母", "divided"),
    "imputed": ("插补后", "imputed"),
    "treated": ("处理异常值后", "treated"),
    "normalised": ("归一化后", "normalised"),
}
FLAGS: Mapping[str, tuple[str, str]] = {
    "imputed": ("插补", "imputed"),
    "low": ("向上收缩", "drawn up"),
    "high": ("向下收缩", "drawn down"),
    "log": ("取对数", "logarithm"),
}
STATES: Mapping[str, tuple[str, str]] = {"done": ("有效", "in force"), "undone": ("已撤销", "taken back")}
_RULE = "eight_reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One graded item: its newest grade as given or by the rule, what parts it from the better one, and its earlier grades."""

    item: GradedItem
    letter: str
    computed: Grade | None
    past: tuple[tuple[str, str], ...]  # (period, grade), the oldest first
    moved: int  # grades better (above 0) or worse than the period before

    @property
    def differs(self) -> bool:
        """Whether the grade given is not the one that the rule makes of its rank or score."""
        return bool(self.item.given and self.computed and self.computed.letter != self.item.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The graded items in force, by the newest period, and the history of the counts."""

    rule: GradeRuleEntry
    periods: tuple[ItemsPeriod, ...]
    lines: tuple[ItemLine, ...]
    simulated: bool

    @property
    def newest(self) -> ItemsPeriod:
        """The newest period."""
        return self.periods[-1]

    @property
    def best(self) -> tuple[str, int]:
        """The best grade and how many have it."""
        letter = self.rule.grades[0]
        return letter, self.newest.count.get(letter, 0)


def same(digest: str) -> Appraisal | None:
    """The sheet in force that was made of the very same."""
    return Appraisal.objects.filter(digest=digest, state="done").first()


def newest(kind: str) -> Appraisal | None:
    """The sheet of a kind that counts: the last one taken in."""
    return Appraisal.objects.filter(kind=kind, state="done").first()


def sheets(kind: str = "") -> list[Appraisal]:
    """The sheets taken in, the newest first, those taken back included."""
    found = Appraisal.objects.defer("result")
    return list(found.filter(kind=kind) if kind else found)


def items(rule: str = "") -> Items | None:
    """The graded items: of all sheets in force, a later one's row for the same item and period instead of an earlier one's."""
    rules = boards.grade_rules()
    chosen = rules.get(rule) or rules[_RULE]
    held: dict[tuple[str, str, str], GradedItem] = {}
    simulated = False
    for sheet in reversed(Appraisal.objects.filter(kind="items", state="done")):
        simulated = simulated or sheet.simulated
        for each in sheet.result["items"]:
            item = appraise.item_from_dict(each)
            held[item.report, item.item, item.period] = item
    if not held:
        return None
    periods = appraise.items_by_period(held.values(), chosen)
    return Items(
        rule=chosen, periods=periods, lines=tuple(_lines(held.values(), chosen, periods[-1].period)), simulated=simulated
    )


def _lines(held: Iterable[GradedItem], rule: GradeRuleEntry, period: str) -> list[ItemLine]:
    by_item: dict[tuple[str, str], list[GradedItem]] = defaultdict(list)
    for each in held:
        by_item[each.report, each.item].append(each)
    order = {letter: place for place, letter in enumerate(rule.grades)}
    found = []
    for told in by_item.values():
        past = sorted(told, key=lambda one: one.period)
        now = past[-1]
        if now.period != period:
            continue
        letters = [(one.period, one.letter(rule)) for one in past]
        places = [order.get(letter) for _, letter in letters[-2:]]
        moved = places[0] - places[1] if len(places) == 2 and places[0] is not None and places[1] is not None else 0
        found.append(ItemLine(item=now, letter=letters[-1][1], computed=now.by(rule), past=tuple(letters), moved=moved))
    return found


def midterm(sheet: Appraisal, *, by: int) -> list[Midterm]:
    """The five-year targets of a sheet at the end of a year."""
    rule = catalog.load("midterm_rules", overlay=settings.WORKSPACE.catalog)["usual"]
    return [appraise.midterm(appraise.long_target_from_dict(each), by=by, rule=rule) for each in sheet.result["targets"]]


def midterm_rule() -> catalog.MidtermRuleEntry:
    """By how many points progress must lead or trail."""
    return catalog.load("midterm_rules", overlay=settings.WORKSPACE.catalog)["usual"]
