"""A rule set for land productivity in words, made of the rule set itself: its formulas, and what a method page shows."""

from __future__ import annotations

import math

from duheng.appraise.land_rules import SIZES, LandRules, LandTerm
from duheng.appraise.method import MethodPart
from duheng.appraise.score_sheet import circumstance, column_name
from duheng.catalog import LandTermEntry


def land_method(rules: LandRules) -> tuple[MethodPart, ...]:
    """A rule set in words, made of the rule set itself: what a method page shows."""
    entry, grading = rules.entry, rules.grading
    sentences = [formula(rules, size) for size in SIZES]
    notes = ((entry.note_zh, entry.note_en),) if entry.note_zh else ()
    told = ("已核实", "verified") if entry.verified else ("未核实", "not verified")
    cut = ("等次比例已核实", "the cuts are verified") if grading.verified else ("等次比例未核实", "the cuts are not verified")
    who = "、".join(each.zh for each in rules.exemptions.values()), ", ".join(each.en for each in rules.exemptions.values())
    exempt = (
        f"参加评价、不定等级、按 {entry.exempt_grade} 类管理：{who[0]}。",
        f"Take part without a grade and are treated as {entry.exempt_grade}: {who[1]}.",
    )
    return (
        MethodPart(
            title=("计算公式", "Formula"),
            says=(
                *((each["zh"], each["en"]) for each in sentences),
                (f"依据：{entry.source}（{told[0]}）", f"Source: {entry.source} ({told[1]})"),
                *notes,
            ),
            heads=_METHOD_HEADS,
            rows=tuple(_method_row(term, size) for size in SIZES for term in rules.terms[size]),
        ),
        MethodPart(
            title=("定等", "Grades"),
            says=(
                (grading.said_zh, grading.said_en),
                (f"依据：{grading.source}（{cut[0]}）", f"Source: {grading.source} ({cut[1]})"),
                *((exempt,) if rules.exemptions else ()),
                *(circumstance(each) for each in rules.adjustments.values()),
            ),
        ),
    )


_METHOD_HEADS = (
    ("规模", "size"), ("指标", "item"), ("算法", "how"), ("基准值", "baseline"), ("权重", "weight"), ("得分上下限", "bounds"),
    ("缺数据", "no data"),
)  # fmt: skip
_SIZES = {"above": ("规上", "above scale"), "below": ("规下", "below scale")}
_MISSING = {
    "refuse": ("不予计算，先补数据", "refused until filled in"),
    "zero": ("计 0 分", "0 points"),
    "mean": ("取同组平均得分", "mean points of the group"),
}


def _method_row(term: LandTerm, size: str) -> tuple[tuple[str, str], ...]:
    metric = term.metric
    above, below = column_name(metric.numerator), column_name(metric.denominator)
    least, most = term.bounds
    low, high = "" if least == -math.inf else f"{least:g}", "" if most == math.inf else f"{most:g}"
    return (
        _SIZES[size],
        (metric.zh, metric.en),
        (f"{above[0]} ÷ {below[0]}", f"{above[1]} ÷ {below[1]}"),
        _against(term.entry),
        (f"{term.weight:g}", f"{term.weight:g}"),
        (f"{low}—{high}", f"{low}–{high}"),
        _MISSING[term.entry.missing],
    )


def formula(rules: LandRules, size: str) -> dict[str, str]:
    """The formula of a size as a sentence, in Chinese and English."""
    said = [(term.metric.zh, term.metric.en, _against(term.entry), term.weight) for term in rules.terms[size]]
    zh = " + ".join(f"{name} ÷ {against[0]} × {weight:g}" for name, _, against, weight in said)
    en = " + ".join(f"{name} ÷ {against[1]} × {weight:g}" for _, name, against, weight in said)
    more_zh, more_en = (" + 加分 − 减分", " + bonus − penalty") if rules.entry.adjusts else ("", "")
    who = {"above": ("规上企业得分", "score above scale"), "below": ("规下企业得分", "score below scale")}[size]
    return {"zh": f"{who[0]} = {zh}{more_zh}", "en": f"{who[1]} = {en}{more_en}"}


def _against(entry: LandTermEntry) -> tuple[str, str]:
    """What an item is held against, in words."""
    words = {
        "mean": ("同组均值", "group mean"),
        "total": ("同组总体水平", "group total"),
        "last_year": ("上年均值", "last year's mean"),
    }
    return words.get(entry.baseline_of, (str(entry.baseline), str(entry.baseline)))
