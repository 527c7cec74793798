"""How well a report becomes a plan: writes the part of docs/accuracy.md on indicators and projects.

    make bench            or    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/plan_accuracy.py

Without DUHENG_TRUTH only the sample is scored, and the page says so.
"""

from __future__ import annotations

import csv
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import page

from duheng import plan, read, sample
from duheng.plan import Plan, PlannedIndicator

_HEAD = """A row is right when name, unit, nature, kind and number of the target are; a result when it is the hand-labelled one, or none
where there is none to compare with. A listed project is found under its printed name. A pair of names is merged rightly when people
call both one thing, wrongly when they call them related or different; what they call likely one thing counts as neither.

| report | rows | rows right | results right | listed projects found | pairs merged | of them wrong | pairs people merge | merged or asked |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
"""


def main() -> None:
    """Score what is there and write the table."""
    rows = list(_rows())
    note = "" if os.environ.get("DUHENG_TRUTH") else "\n\nDUHENG_TRUTH was not set: only the sample was scored."
    page.write("accuracy", "plan", _HEAD + "\n".join(rows) + note + "\n\n" + _speed())


def _rows() -> Iterator[str]:
    truth = sample.truth("plan")
    made = _plan(sample.report_path())
    groups = [
        _Group(said="same", lines={name: frozenset[str]() for name in (each["name"], *each["aliases"])})
        for each in truth["projects"]
    ]
    yield _row(
        "sample (invented district, .docx)", made, truth["indicators"], [each["name"] for each in truth["projects"]], groups
    )
    folder = os.environ.get("DUHENG_TRUTH")
    for gold in sorted(Path(folder).glob("gold/*/indicators_*.csv")) if folder else []:
        for suffix in (".txt", ".docx"):
            made = _plan(Path(folder or "") / "reports" / f"{gold.parent.name}{suffix}")
            indicators = [_indicator(each) for each in _table(gold)]
            projects = [each["name"] for each in _table(gold.parent / "projects.csv")]
            yield _row(f"{gold.parent.name} ({suffix})", made, indicators, projects, _groups(gold.parent))


def _plan(path: Path) -> Plan:
    document = read.open_document(path)
    return plan.from_reports(document, read.claims(document))


def _row(name: str, made: Plan, indicators: Sequence[dict[str, Any]], projects: Sequence[str], groups: Sequence[_Group]) -> str:
    rows = {each.row: each for each in made.indicators if each.row is not None}
    right = sum(_is_right(rows.get(each["row"]), each) for each in indicators)
    results = sum(_result_right(rows.get(each["row"]), each["actual"]) for each in indicators)
    owners = {alias: each.code for each in made.projects for alias in (each.name, *each.aliases)}
    found = sum(project in owners for project in projects)
    merged, wrong, wanted, met = _pairs(made, owners, groups)
    return f"| {name} | {len(indicators)} | {right} | {results} | {found} of {len(projects)} | {merged} | {wrong} | {wanted} | {met} |"


def _is_right(row: PlannedIndicator | None, true: dict[str, Any]) -> bool:
    if row is None:
        return False
    form = plan.target_to_dict(row.target)
    same = (row.name, row.unit, row.nature.value) == (true["name"], true["unit"], true["nature"])
    return same and all(form[key] == true["target"][key] for key in ("kind", "value", "value2", "note"))


def _result_right(row: PlannedIndicator | None, true: dict[str, Any] | None) -> bool:
    if row is None or row.actual is None:
        return row is not None and true is None
    return true is not None and float(row.actual.value) == true["value"] and row.actual.unit == true["unit"]


def _pairs(made: Plan, owners: dict[str, str], groups: Sequence[_Group]) -> tuple[int, int, int, int]:
    """(pairs merged, wrongly; pairs people merge, met by merging or asking) over the names both know."""
    asked = {frozenset(each.refers_to) for each in made.review if each.kind == "same_project"}
    merged = wrong = wanted = met = 0
    known = sorted(set(owners) & {name for group in groups for name in group.lines})
    for left, right in combinations(known, 2):
        relations = [group.relation(left, right) for group in groups if left in group.lines and right in group.lines]
        one = owners[left] == owners[right]
        merged += one
        wrong += one and (not relations or all(relation.startswith("related") for relation in relations))
        if "same" in relations:
            wanted += 1
            met += one or frozenset((owners[left], owners[right])) in asked
    return merged, wrong, wanted, met


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


_NATURES = {"约束性": "binding", "预期性": "expected"}
_KINDS = {"number": "at_least", "positive_growth": "positive", "assigned_by_superior": "assigned"}


def _indicator(row: dict[str, str]) -> dict[str, Any]:
    """A labelled row in the plan's own form; a bare number of the table means at least, unless the text strives for more."""
    stretch = "力争" in row["note"] or "力争" in row["agree"]
    kind = _KINDS.get(row["target_kind"], row["target_kind"].partition(":")[0])
    actual = None
    if row["actual_2024_comparable"] == "yes":
        actual = {"value": float(row["actual_2024_value"]), "unit": row["actual_2024_unit"]}
    value2 = float(row["sec3_target_value"].split("; ")[1].rstrip("%")) if stretch else None
    return {
        "row": int(row["no"]),
        "name": row["name"],
        "unit": row["unit"],
        "nature": _NATURES[row["attribute"]],
        "actual": actual,
        "target": {
            "kind": "floor_with_stretch" if stretch else kind,
            "value": float(row["value"]) if row["value"] else None,
            "value2": value2,
            "note": row["qualifier"] or None,
        },
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Names that people put together, with the lines they stand in."""

    said: str
    lines: Mapping[str, frozenset[str]]

    def relation(self, left: str, right: str) -> str:
        """How people relate two of the names: entries of one list are two things, whatever sentence sums them up."""
        return "related" if self.lines[left] & self.lines[right] else self.said


def _groups(folder: Path) -> list[_Group]:
    groups: dict[tuple[str, str], dict[str, frozenset[str]]] = defaultdict(dict)
    for row in _table(folder / "project_aliases.csv"):
        distinct = any(word in row["status_said"] for word in ("distinct", "component", "different"))
        names = groups[row["group"], "related" if distinct else row["relation"]]
        names[row["alias"]] = names.get(row["alias"], frozenset()) | {row["line"]}
    return [_Group(said=relation, lines=names) for (_, relation), names in groups.items()]


def _speed() -> str:
    """All real reports in one process, reading aside."""
    folder = os.environ.get("DUHENG_TRUTH")
    reports = sorted(Path(folder).glob("reports/prov*/*")) if folder else []
    if not reports:
        return ""
    read_before = [(document, read.claims(document)) for document in map(read.open_document, reports)]
    start = time.perf_counter()
    made = [plan.from_reports(document, claims) for document, claims in read_before]
    took = time.perf_counter() - start
    forms = [json.dumps(plan.to_dict(each)) for each in made]
    return (
        f"{len(reports)} provincial reports become plans in {took:.1f} s once they are read: "
        f"{sum(len(each.indicators) for each in made)} indicators, {sum(len(each.projects) for each in made)} projects, "
        f"{sum(len(each.tasks) for each in made)} work items, {sum(map(len, forms)) // 1000} kB of JSON."
    )


if __name__ == "__main__":
    main()
