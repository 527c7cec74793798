"""Land productivity as tables of text and as plain data: for the command, for files, for pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from duheng import catalog
from duheng.appraise.land import LandScores
from duheng.appraise.land_method import formula
from duheng.appraise.land_rules import SIZES, LandRules
from duheng.appraise.land_summary import industries, turned
from duheng.appraise.printed import text
from duheng.appraise.score_sheet import circumstance, sheet_of
from duheng.appraise.steadiness import Moved, Steadiness


def land_rows(scores: LandScores, steady: Steadiness | None = None) -> Iterator[list[str]]:
    """Enterprises in the order of the table, the heads first: code, score, grade, rank, then a column for each item, unrounded.

    An item that the formula of an enterprise's size does not have is empty, and so is the rank of one without a grade.
    """
    adjusts = ["bonus", "penalty"] if scores.rules.entry.adjusts or scores.rules.adjustments else []
    shares = [f"share_{grade}" for grade in scores.rules.grading.grades] if steady else []
    yield ["code", "score", "grade", "rank", *scores.points, *adjusts, *(["grade_kept"] if steady else []), *shares]
    columns = [scores.score.tolist(), *(column.tolist() for column in scores.points.values())]
    for row, code in enumerate(scores.enterprises.codes):
        score, *points = (text(column[row]) for column in columns)
        bonus = [text(scores.bonus[row]), text(scores.penalty[row])] if adjusts else []
        share = [text(steady.kept[row]), *(text(each) for each in steady.shares[row])] if steady else []
        yield [code, score, scores.grade[row], str(scores.rank[row] or ""), *points, *bonus, *share]


def moved_rows(found: Iterator[Moved]) -> Iterator[list[str]]:
    """Those whose grade another rule set changes, the heads first."""
    yield ["code", "name", "grade", "rank", "other_grade", "other_rank"]
    for each in found:
        yield [each.code, each.name, each.grade, str(each.rank or ""), each.other_grade, str(each.other_rank or "")]


def land_plain(scores: LandScores, steady: Steadiness | None = None) -> dict[str, Any]:
    """All of it as plain data: the rules, and each enterprise's score sheet (without what would lift it)."""
    told = []
    for row in range(len(scores.enterprises)):
        sheet = sheet_of(scores, row, lifts=False).plain()
        if steady:
            sheet["grade_kept"] = _share(steady.kept[row])
            sheet["shares"] = {
                grade: _share(share) for grade, share in zip(scores.rules.grading.grades, steady.shares[row], strict=True)
            }
        told.append(sheet)
    return {
        "rules": rules_plain(scores.rules),
        "counts": counts(scores),
        "since_last_year": turned(scores),
        "industries": [each.plain() for each in industries(scores)],
        "enterprises": told,
    }


Page = tuple[str, list[str], list[list[object]], str]
"""A sheet of a workbook: its name, heads, rows, and a line below."""


def land_pages(scores: LandScores, steady: Steadiness | None = None, *, side: int = 0) -> list[Page]:
    """Results, every item of every enterprise, and the rules, as sheets of a workbook in Chinese (side 0) or English (1)."""
    entry, grading = scores.rules.entry, scores.rules.grading
    heads, *rows = land_rows(scores, steady)
    names = {metric.code: (metric.zh, metric.en)[side] for metric in scores.rules.metrics}
    words = {name: pair[side] for name, pair in _HEADS.items()}
    shown = [names.get(head) or words.get(head) or head for head in heads]
    words_at = [heads.index(name) for name in ("code", "grade")]
    results: list[list[object]] = [
        [cell if at in words_at or not cell else float(cell) for at, cell in enumerate(row)] for row in rows
    ]
    said = [formula(scores.rules, size)[("zh", "en")[side]] for size in SIZES]
    texts = [*said, (grading.said_zh, grading.said_en)[side], (entry.note_zh, entry.note_en)[side], entry.source]
    title = (entry.zh, entry.en)[side]
    return [
        (("得分与等级", "Scores and grades")[side], shown, results, title),
        (("各项明细", "Items")[side], [pair[side] for pair in _ITEM_HEADS], list(_items(scores, side)), title),
        (("评价规则", "Rules")[side], [title], [[each] for each in texts], ""),
    ]


def _items(scores: LandScores, side: int) -> Iterator[list[object]]:
    for row in range(len(scores.enterprises)):
        sheet = sheet_of(scores, row, lifts=False)
        for line in sheet.lines:
            numbers = (line.numerator, line.denominator, line.value, line.baseline, line.weight, line.points)
            yield [sheet.code, sheet.name, line.name[side], *numbers, line.sentence[side]]


_HEADS = {
    "code": ("代码", "code"),
    "score": ("总得分", "score"),
    "grade": ("等级", "grade"),
    "rank": ("位次", "rank"),
    "bonus": ("加分", "bonus"),
    "penalty": ("减分", "penalty"),
    "grade_kept": ("等级不变的比例", "grade kept"),
}
_ITEM_HEADS = (
    ("代码", "code"), ("名称", "name"), ("指标", "item"), ("分子", "numerator"), ("分母", "denominator"), ("指标值", "value"),
    ("基准值", "baseline"), ("权重", "weight"), ("得分", "points"), ("算式", "arithmetic"),
)  # fmt: skip


def rules_plain(rules: LandRules) -> dict[str, Any]:
    """A rule set as plain data: where it is from, what is verified, its formulas, cuts and exemptions."""
    entry, grading, dated = rules.entry, rules.grading, catalog.origin("land_rules")
    return {
        "code": entry.code,
        "name": {"zh": entry.zh, "en": entry.en},
        "source": entry.source,
        "catalog": {"version": dated.version, "date": dated.date.isoformat()},
        "verified": entry.verified,
        "note": {"zh": entry.note_zh, "en": entry.note_en},
        "formula": {size: formula(rules, size) for size in SIZES},
        "grading": {
            "code": grading.code,
            "grades": list(grading.grades),
            "cuts": [str(cut) for cut in grading.cuts],
            "text": {"zh": grading.said_zh, "en": grading.said_en},
            "source": grading.source,
            "verified": grading.verified,
        },
        "exempt": {kind: {"zh": each.zh, "en": each.en} for kind, each in rules.exemptions.items()},
        "exempt_grade": entry.exempt_grade,
        "adjust": {kind: dict(zip(("zh", "en"), circumstance(each), strict=True)) for kind, each in rules.adjustments.items()},
    }


def counts(scores: LandScores) -> dict[str, dict[str, int]]:
    """How many of each size have each grade; those without a grade of their own are counted as exempt."""
    found: dict[str, dict[str, int]] = {}
    for size in SIZES:
        rows = scores.enterprises.of_size(size)
        graded = scores.ranked(size)
        here = [grade for grade, ranked in zip(scores.grade, graded, strict=True) if ranked]
        found[size] = {grade: here.count(grade) for grade in scores.rules.grading.grades}
        found[size]["exempt"] = int((rows & ~graded).sum())
    return found


def _share(value: float) -> float | None:
    return None if value != value else float(value)
