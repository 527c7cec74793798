"""Rule sets for land productivity (亩均论英雄) as nouns: formulas for enterprises above and below scale, grades, exemptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from duheng import catalog
from duheng.appraise.board import check_rule
from duheng.catalog import GradeRuleEntry, LandCircumstanceEntry, LandMetricEntry, LandRuleEntry, LandTermEntry
from duheng.errors import AppraiseError, CatalogError

SIZES = ("above", "below")
FULL = Decimal(100)
"""What the weights of a formula add up to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LandTerm:
    """One item of a formula, with what it measures."""

    entry: LandTermEntry
    metric: LandMetricEntry

    @property
    def weight(self) -> float:
        """The points of an enterprise that is just at the baseline."""
        return float(self.entry.weight)

    @property
    def bounds(self) -> tuple[float, float]:
        """The fewest and the most points that the item can bring."""
        least = 0.0 if self.entry.floor is None else float(self.entry.floor)
        most = float("inf") if self.entry.cap is None else float(self.entry.cap)
        return -float("inf") if self.entry.negative else least, most


@dataclass(frozen=True, slots=True, kw_only=True)
class LandRules:
    """A rule set: its formula for each size of enterprise, the rule by which grades are cut, and who takes part without one."""

    entry: LandRuleEntry
    terms: Mapping[str, tuple[LandTerm, ...]]
    grading: GradeRuleEntry
    exemptions: Mapping[str, LandCircumstanceEntry]
    adjustments: Mapping[str, LandCircumstanceEntry]

    @property
    def metrics(self) -> tuple[LandMetricEntry, ...]:
        """All that is measured, in the order of the formulas."""
        found = {term.metric.code: term.metric for size in SIZES for term in self.terms[size]}
        return tuple(found.values())

    def needs(self, size: str) -> tuple[str, ...]:
        """The columns that the formula of a size looks at."""
        return tuple(
            dict.fromkeys(column for term in self.terms[size] for column in (term.metric.numerator, term.metric.denominator))
        )


def land_rules(code: str, *, grading: str = "", overlay: Path | None = None, on: date | None = None) -> LandRules:
    """The rule set of that code (`huangyan-2022` and `huangyan_2022` are one), graded by another rule where one is named.

    Raises `AppraiseError` for a code that is not known, `CatalogError` for a rule set that makes no sense.
    """
    known = catalog.load("land_rules", on=on, overlay=overlay)
    entry = known.get(_plain(code)) or next((each for each in known.values() if code.strip() in (each.zh, each.en)), None)
    if entry is None:
        _unknown("rule set", "规则", code, [each.replace("_", "-") for each in known])
    grades = catalog.load("grade_rules", on=on, overlay=overlay)
    grade = grades.get(_plain(grading or entry.grading))
    if grade is None:
        _unknown("rule for grades", "定等规则", grading or entry.grading, [each.replace("_", "-") for each in grades])
    check_rule(grade)
    every = catalog.load("land_circumstances", on=on, overlay=overlay)
    for kind in (*entry.exempt, *entry.adjust):
        _check_circumstance(entry, kind, every.get(kind), grade)
    return LandRules(
        entry=entry,
        terms=_terms(entry, overlay, on),
        grading=grade,
        exemptions={kind: every[kind] for kind in entry.exempt},
        adjustments={kind: every[kind] for kind in entry.adjust},
    )


def known_rules(*, overlay: Path | None = None, on: date | None = None) -> Mapping[str, LandRuleEntry]:
    """All rule sets by code."""
    return catalog.load("land_rules", on=on, overlay=overlay)


def _plain(code: str) -> str:
    return code.strip().casefold().replace("-", "_")


def _terms(entry: LandRuleEntry, overlay: Path | None, on: date | None) -> Mapping[str, tuple[LandTerm, ...]]:
    metrics = catalog.load("land_metrics", on=on, overlay=overlay)
    found: dict[str, list[LandTerm]] = {size: [] for size in SIZES}
    for term in catalog.load("land_terms", on=on, overlay=overlay).values():
        if term.rule == entry.code:
            if term.metric not in metrics:
                _wrong(term.code, f"there is no metric “{term.metric}”; add it.", f"land_metrics 中没有“{term.metric}”，请补上。")
            if term.cap is not None and term.floor is not None and term.floor >= term.cap:
                _wrong(term.code, "its floor is not below its cap.", "floor 应小于 cap。")
            if (term.baseline is None) == (term.baseline_of == "fixed"):
                _wrong(
                    term.code,
                    "give either a baseline, or baseline_of: mean, total or last_year.",
                    "应给出 baseline，或写明 baseline_of: mean、total 或 last_year。",
                )
            found[term.size].append(LandTerm(entry=term, metric=metrics[term.metric]))
    for size, terms in found.items():
        total = sum((term.entry.weight for term in terms), Decimal(0))
        if total != FULL:
            _wrong(
                entry.code,
                f"the weights of its items for enterprises {size} scale add up to {total}, not to {FULL}.",
                f"{_SIZE_ZH[size]}企业各项权重合计 {total}，不是 {FULL}。",
            )
        twice = {term.metric.code for term in terms if [each.metric.code for each in terms].count(term.metric.code) > 1}
        if twice:
            _wrong(entry.code, f"“{min(twice)}” is measured twice for one size.", f"同一规模的企业重复计算“{min(twice)}”。")
    return {size: tuple(terms) for size, terms in found.items()}


def _check_circumstance(entry: LandRuleEntry, kind: str, found: LandCircumstanceEntry | None, grade: GradeRuleEntry) -> None:
    if found is None:
        _wrong(entry.code, f"there is no circumstance “{kind}”; add it.", f"land_circumstances 中没有“{kind}”，请补上。")
    if (kind in entry.exempt) != (found.effect == "no_grade"):
        _wrong(
            kind,
            "exempt lists those whose effect is no_grade, adjust the others.",
            "exempt 只列 no_grade 的情形，其余列入 adjust。",
        )
    if (found.effect == "points") != (found.points is not None):
        _wrong(kind, "points belong to the effect points.", "effect 为 points 时应给出 points，其余不应给。")
    if found.effect == "at_most" and found.grade not in grade.grades:
        told = ", ".join(grade.grades)
        _wrong(kind, f"“{found.grade}” is no grade; use one of {told}.", f"没有“{found.grade}”这一等，可用：{told}。")


_SIZE_ZH = {"above": "规上", "below": "规下"}


def _wrong(code: str, en: str, zh: str) -> NoReturn:
    raise CatalogError(file="land.yml", reason=f"{code}: {en}", reason_zh=f"{code}：{zh}")


def _unknown(what: str, what_zh: str, code: str, known: list[str]) -> NoReturn:
    raise AppraiseError(
        reason=f"There is no {what} “{code}”; use one of {', '.join(known)}.",
        reason_zh=f"没有“{code}”这套{what_zh}，可用：{'、'.join(known)}。",
    )
