"""Land productivity on the site: the sheet in force, scores worked out of its file and the corrections, and what pages show of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from duheng import appraise, catalog
from duheng.appraise import DataTable, Enterprises, LandRules, LandScores, ScoreSheet
from duheng.catalog import AppealRuleEntry, LandRuleEntry
from duheng.errors import AppraiseError
from duheng.site.queries import appraisal
from duheng.site.records.models import Appeal, Appraisal, Firm

STATES: Mapping[str, tuple[str, str]] = {
    "filed": ("待答复", "waiting for an answer"),
    "upheld": ("申诉成立", "upheld"),
    "rejected": ("申诉不成立", "rejected"),
    "withdrawn": ("已撤回", "withdrawn"),
}
BASELINES: Mapping[str, tuple[str, str]] = {
    "fixed": ("规则所定", "fixed by the rule"),
    "mean": ("同组均值", "group mean"),
    "total": ("同组总体", "group total"),
    "last_year": ("上年均值", "last year's mean"),
}
SIZE_WORDS: Mapping[str, tuple[str, str]] = {"above": ("规上", "above scale"), "below": ("规下", "below scale")}


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The same enterprises under another rule set: their grades there by code, and how many would move up or down."""

    rules: LandRuleEntry
    grades: Mapping[str, tuple[str, int]]
    moved: int
    problem: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When appeals against the grades of a sheet may be filed: from the day they were published to `last`, both included."""

    rule: AppealRuleEntry
    published: date | None
    last: date | None

    def open_on(self, day: date) -> bool:
        """Whether one may be filed on a day."""
        return self.published is not None and self.last is not None and self.published <= day <= self.last


def rule_sets() -> Mapping[str, LandRuleEntry]:
    """The rule sets there are, by code."""
    return appraise.known_rules(overlay=settings.WORKSPACE.catalog)


def rules_of(code: str) -> LandRules:
    """One rule set. Raises AppraiseError for a code that is not known."""
    return appraise.land_rules(code, overlay=settings.WORKSPACE.catalog)


def appeal_rule() -> AppealRuleEntry:
    """The rule for appeals."""
    return catalog.load("appeal_rules", overlay=settings.WORKSPACE.catalog)["usual"]


def window(sheet: Appraisal) -> Window:
    """When appeals may be filed."""
    rule = appeal_rule()
    last = sheet.published + timedelta(days=rule.file_days) if sheet.published else None
    return Window(rule=rule, published=sheet.published, last=last)


def current() -> Appraisal | None:
    """The sheet of enterprises in force."""
    return appraisal.newest("land")


def firms(sheet: Appraisal) -> QuerySet[Firm]:
    """The enterprises of a sheet in its order."""
    return sheet.firms.all()


def counts(sheet: Appraisal) -> dict[str, dict[str, int]]:
    """How many of each size have each grade; who takes part without one is counted apart."""
    found: dict[str, Counter[str]] = {"above": Counter(), "below": Counter()}
    for size, grade, rank in sheet.firms.values_list("size", "grade", "rank"):
        found[size][grade if rank is not None else "exempt"] += 1
    return {size: dict(count) for size, count in found.items() if count}


def scores(sheet: Appraisal, *, rules: str = "") -> LandScores:
    """The scores of a sheet under its own rule set or another one, with the corrections in force."""
    changes = {code: changed for code, changed in sheet.firms.values_list("code", "changes") if changed}
    file = sheet.files[0]
    frozen = tuple(sorted((code, tuple(sorted(changed.items()))) for code, changed in changes.items()))
    return _scores(file["digest"], file["suffix"], file["name"], rules or sheet.given["rules"], frozen)


def worked_out(data: bytes, *, name: str, rules: LandRules, changes: Mapping[str, Mapping[str, str]]) -> LandScores:
    """The scores of the enterprises in a file, with some cells corrected. Raises AppraiseError, which names file, row and column."""
    table = corrected(DataTable.of(data, name=name), changes)
    return appraise.land(Enterprises.of(table, rules), rules)


def corrected(table: DataTable, changes: Mapping[str, Mapping[str, str]]) -> DataTable:
    """A table with the cells of some enterprises replaced; a column that the table does not have is put behind the others."""
    if not changes:
        return table
    known = {name.casefold(): column for column, names in appraise.HEADS.items() for name in (column, *names)}
    places = {known.get(_plain(head), head): place for place, head in enumerate(table.heads)}
    wanted = dict.fromkeys(column for changed in changes.values() for column in changed)
    heads = [*table.heads, *(column for column in wanted if column not in places)]
    places |= {column: len(table.heads) + number for number, column in enumerate(c for c in wanted if c not in places)}
    rows = []
    for row in table.rows:
        cells = [*row, *[""] * (len(heads) - len(row))]
        for column, value in changes.get(cells[places["code"]].strip(), {}).items():
            cells[places[column]] = value
        rows.append(cells)
    return replace(table, heads=tuple(heads), rows=rows)


def sheet_of(sheet: Appraisal, code: str) -> ScoreSheet:
    """The score sheet of one enterprise. Raises KeyError where there is none."""
    return appraise.score_sheet(scores(sheet), code)


def shares_of(sheet: Appraisal, code: str) -> list[tuple[str, float]]:
    """How often an enterprise gets each grade when weights move; nothing for one without a grade."""
    found = scores(sheet)
    row = found.enterprises.codes.index(code)
    if not found.rank[row]:
        return []
    steady = _steady(sheet.pk, _key(sheet))
    return list(zip(found.rules.grading.grades, steady.shares[row].tolist(), strict=True))


def what_if(sheet: Appraisal, rules: str) -> WhatIf | None:
    """The same enterprises under another rule set; what it lacks is told instead of a fault."""
    known = rule_sets()
    if rules not in known or rules == sheet.given["rules"]:
        return None
    try:
        there = scores(sheet, rules=rules)
    except AppraiseError as wrong:
        return WhatIf(rules=known[rules], grades={}, moved=0, problem=(wrong.message("zh"), wrong.message("en")))
    grades = {code: (there.grade[row], int(there.rank[row])) for row, code in enumerate(there.enterprises.codes)}
    moved = sum(grades[code][0] != grade for code, grade in sheet.firms.values_list("code", "grade"))
    return WhatIf(rules=known[rules], grades=grades, moved=moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """An enterprise if some of its numbers were others: score, rank and grade then; or why that cannot be told."""

    score: float = 0.0
    rank: int | None = None
    grade: str = ""
    problem: tuple[str, str] | None = None


def supposed(sheet: Appraisal, code: str, changes: Mapping[str, str]) -> Supposed:
    """What corrected numbers of one enterprise would change, everybody else as they are."""
    numbers = {column: float(number) for column, text in changes.items() if (number := appraise.decimal_of(text)) is not None}
    try:
        there = appraise.supposed(scores(sheet), code, numbers)
    except AppraiseError as wrong:
        return Supposed(problem=(wrong.message("zh"), wrong.message("en")))
    row = there.enterprises.codes.index(code)
    return Supposed(score=float(there.score[row]), rank=int(there.rank[row]) or None, grade=there.grade[row])


def appeals(sheet: Appraisal) -> list[Appeal]:
    """The appeals against the grades of a sheet, those that wait first, by their deadline."""
    found = list(Appeal.objects.filter(firm__appraisal=sheet).select_related("firm"))
    return sorted(found, key=lambda one: (one.state != "filed", one.due, -one.pk))


def columns() -> dict[str, tuple[str, str]]:
    """The columns that a correction may name, in both languages."""
    words = {
        "exempt": ("不定等级类别", "exemption"),
        "bonus": ("加分", "bonus"),
        "penalty": ("减分", "penalty"),
    }
    numbers = {column: (appraise.HEADS[column][0], english) for column, english in appraise.COLUMN_ENGLISH.items()}
    return numbers | words


def _plain(head: str) -> str:
    return head.partition("（")[0].partition("(")[0].strip().casefold()


def _key(sheet: Appraisal) -> Any:
    return tuple(sorted((code, tuple(sorted(c.items()))) for code, c in sheet.firms.values_list("code", "changes") if c))


@lru_cache(maxsize=6)
def _scores(digest: str, suffix: str, name: str, rules: str, changes: Sequence[tuple[str, Any]]) -> LandScores:
    """Kept in the process: a file by its hash and its corrections never changes."""
    data = Path(settings.WORKSPACE.file(digest, suffix)).read_bytes()
    return worked_out(data, name=name, rules=rules_of(rules), changes={code: dict(changed) for code, changed in changes})


@lru_cache(maxsize=2)
def _steady(pk: int, key: Any) -> appraise.Steadiness:
    sheet = Appraisal.objects.get(pk=pk)
    return appraise.steadiness(scores(sheet), draws=sheet.given.get("draws", 1_000), seed=sheet.given.get("seed", 1))
