"""An answer as it is handed on: as JSON whose amounts are exact, and as tables for a workbook or a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from duheng.allocate import money
from duheng.allocate.answer import Answer, AnswerStatus, Reason
from duheng.allocate.problem import Problem

_STATUS: Mapping[AnswerStatus, tuple[str, str]] = {
    AnswerStatus.OPTIMAL: ("已证明最优", "proved to be the best"),
    AnswerStatus.FEASIBLE: ("可行，未证明最优", "good, not proved to be the best"),
    AnswerStatus.INFEASIBLE: ("无可行方案", "impossible"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under heads, with a name; amounts are decimals of the problem's unit, which the heads name."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def to_json(problem: Problem, answer: Answer, *, language: str = "zh") -> str:
    """The answer as JSON, in the problem's unit of money: numbers have all their digits, so that sums hold to the fen."""
    return _lines(to_values(problem, answer, language=language)) + "\n"


def to_values(problem: Problem, answer: Answer, *, language: str = "zh") -> dict[str, Any]:
    """The answer as plain values, as the JSON has them; amounts are decimals of the problem's unit."""
    said = 0 if language == "zh" else 1
    unit = problem.unit
    values: dict[str, Any] = {
        "status": str(answer.status),
        "objective": answer.objective,
        "gap": answer.gap,
        "unit": unit,
        "selected": [{"project": each.project, "start": each.start} for each in answer.selected],
        "payments": [
            {"project": each.project, "fund": each.fund, "year": each.year, "amount": money.amount(each.amount, unit)}
            for each in answer.payments
        ],
        "unfunded": [{"project": each.project, **_reasons(each.reasons, said)} for each in answer.unfunded],
        "funds": [
            {
                "fund": each.fund,
                "year": each.year,
                "available": money.amount(each.available, unit),
                "used": money.amount(each.used, unit),
                "expired": money.amount(each.expired, unit),
            }
            for each in answer.funds
        ],
        "commitments": [
            {"project": each.project, "year": each.year, "amount": money.amount(each.amount, unit)} for each in answer.commitments
        ],
        "warnings": [fault.line[said] for fault in answer.warnings],
    }
    if answer.conflict:
        values["conflict"] = {"projects": list(answer.conflict.projects), **_reasons(answer.conflict.reasons, said)}
    return values


def _reasons(reasons: Sequence[Reason], said: int) -> dict[str, list[str]]:
    return {"reasons": [each.words[said] for each in reasons], "codes": [each.code for each in reasons]}


def _lines(values: Mapping[str, Any]) -> str:
    """An object with each key on a line, and each entry of a list on a line of its own."""
    parts = []
    for key, value in values.items():
        if isinstance(value, list) and value:
            inner = ",\n".join(f"    {_exact(each)}" for each in value)
            parts.append(f"  {json.dumps(key)}: [\n{inner}\n  ]")
        else:
            parts.append(f"  {json.dumps(key)}: {_exact(value)}")
    return "{\n" + ",\n".join(parts) + "\n}"


def _exact(value: object) -> str:
    """A value as JSON, a decimal with all its digits: passing through a binary fraction could lose the last of them."""
    match value:
        case Decimal():
            return f"{value.normalize():f}" if value else "0"
        case dict():
            return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_exact(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(_exact(each) for each in value) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def tables(problem: Problem, answer: Answer, *, language: str = "zh") -> tuple[Table, ...]:
    """The answer as tables: what is in, who pays, what is out and why, the funds, what will be due later; or the conflict."""
    zh = language == "zh"
    if answer.conflict:
        heads = ("冲突",) if zh else ("conflict",)
        rows = tuple((each.words[0 if zh else 1],) for each in answer.conflict.reasons)
        return (Table(name="冲突" if zh else "conflict", heads=heads, rows=rows),)
    make = _Tables(problem, answer, zh)
    return (make.selected(), make.payments(), make.unfunded(), make.funds(), make.commitments())


def standing(answer: Answer, *, language: str = "zh") -> str:
    """How good the answer is, in words."""
    words = _STATUS[answer.status][0 if language == "zh" else 1]
    if not answer.gap or answer.status is AnswerStatus.INFEASIBLE:
        return words
    share = f"{answer.gap * 100:.2f}%"
    if answer.status is AnswerStatus.OPTIMAL:
        return f"已证明与最优相差不超过 {share}" if language == "zh" else f"proved to be within {share} of the best"
    return f"{words}，最多还差 {share}" if language == "zh" else f"{words}; up to {share} better may be possible"


@dataclass(frozen=True, slots=True)
class _Tables:
    problem: Problem
    answer: Answer
    zh: bool

    def _money(self, fen: int) -> Decimal:
        return money.amount(fen, self.problem.unit)

    def _heads(self, *heads: tuple[str, str]) -> tuple[str, ...]:
        return tuple(zh if self.zh else en for zh, en in heads)

    def _in_unit(self, zh: str, en: str) -> tuple[str, str]:
        return (f"{zh}（{self.problem.unit}）", f"{en} ({self.problem.unit})")

    def selected(self) -> Table:
        """What is in: its start, what is paid in each year, and what is due after the plan."""
        years = self.problem.years
        heads = self._heads(
            ("编码", "code"), ("项目", "project"), ("优先级", "priority"), ("开工", "start"),
            *(self._in_unit(f"{year}年", str(year)) for year in years), self._in_unit("以后", "later"),
        )  # fmt: skip
        rows = tuple(self._chosen(each.project, each.start) for each in self.answer.selected)
        return Table(name="纳入项目" if self.zh else "selected", heads=heads, rows=rows)

    def _chosen(self, code: str, start: int) -> tuple[object, ...]:
        project = self.problem.by_code[code]
        needs = project.needs(start)
        later = sum(need for year, need in needs.items() if year > self.problem.years[-1])
        due = [self._money(needs.get(year, 0)) for year in self.problem.years]
        return (code, project.name, project.priority, str(start), *due, self._money(later))

    def payments(self) -> Table:
        """Who pays whom in which year."""
        heads = self._heads(
            ("编码", "code"), ("项目", "project"), ("资金", "fund"), ("资金名称", "fund's name"), ("年份", "year"),
            self._in_unit("金额", "amount"),
        )  # fmt: skip
        projects, funds = self.problem.by_code, self.problem.funds_by_code
        rows = tuple(
            (
                each.project,
                projects[each.project].name,
                each.fund,
                funds[each.fund].name,
                str(each.year),
                self._money(each.amount),
            )
            for each in self.answer.payments
        )
        return Table(name="资金安排" if self.zh else "payments", heads=heads, rows=rows)

    def unfunded(self) -> Table:
        """What is out, and why."""
        heads = self._heads(
            ("编码", "code"),
            ("项目", "project"),
            ("优先级", "priority"),
            self._in_unit("总需求", "total need"),
            ("理由", "reasons"),
        )
        return Table(name="未纳入项目" if self.zh else "unfunded", heads=heads, rows=tuple(self._left_out()))

    def _left_out(self) -> Iterator[tuple[object, ...]]:
        for each in self.answer.unfunded:
            project = self.problem.by_code[each.project]
            why = (
                "".join(reason.words[0] for reason in each.reasons)
                if self.zh
                else " ".join(reason.words[1] for reason in each.reasons)
            )
            yield (project.code, project.name, project.priority, self._money(project.total), why)

    def funds(self) -> Table:
        """What each fund could pay in a year, and pays."""
        heads = self._heads(
            ("资金", "fund"), ("资金名称", "fund's name"), ("年份", "year"), self._in_unit("可用", "available"),
            self._in_unit("安排", "used"), self._in_unit("结余", "left"), self._in_unit("其中失效", "of it lost"),
        )  # fmt: skip
        names = self.problem.funds_by_code
        rows = tuple(
            (
                each.fund, names[each.fund].name, str(each.year), self._money(each.available), self._money(each.used),
                self._money(each.available - each.used), self._money(each.expired),
            )
            for each in self.answer.funds
        )  # fmt: skip
        return Table(name="资金收支" if self.zh else "funds", heads=heads, rows=rows)

    def commitments(self) -> Table:
        """What will be due after the years of the plan."""
        heads = self._heads(("编码", "code"), ("项目", "project"), ("年份", "year"), self._in_unit("金额", "amount"))
        projects = self.problem.by_code
        rows = tuple(
            (each.project, projects[each.project].name, str(each.year), self._money(each.amount))
            for each in self.answer.commitments
        )
        return Table(name="后年支出" if self.zh else "commitments", heads=heads, rows=rows)
