"""What the targets of one year's reports came to by the next year's: writes the part of docs/accuracy.md on several years.

    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/pairs.py

Every headline target (of the sentence of goals) of the provincial reports is listed with the result found and the verdict, to be
read by eye beside the texts; what was read, and whether it was right, stands below the generated part.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import page

from duheng import plan, read
from duheng.plan import HistoryYear, Plan
from duheng.plan.scale import plain

_HEAD = """| place | target of the year | aimed at | result stated a year later | verdict |
|---|---|---|---|---|
"""
_GOALS = re.compile(r"目标(?:任务)?(?:建议)?[是为：:]")
_VERDICTS = {"met": "met", "basically_met": "basically met", "missed": "missed", "not_yet_known": "–"}


def main() -> None:
    """Pair the reports by place and write the table."""
    folder = os.environ.get("DUHENG_TRUTH")
    if not folder:
        page.write("accuracy", "pairs", "DUHENG_TRUTH was not set: no reports of two years to compare.")
        return
    years, plans = compared(Path(folder))
    found = sum(year.result is not None for _, _, year in years)
    told = f"{len(years)} headline targets of {len(plans) // 2} places; for {found} a result is stated and found.\n\n"
    page.write("accuracy", "pairs", told + _HEAD + "\n".join(_row(*each) for each in years))


def compared(folder: Path) -> tuple[list[tuple[str, str, HistoryYear]], list[Plan]]:
    """Every headline target with its place, its name and what became of it; and all the plans."""
    plans = [_plan(path) for path in sorted(folder.glob("reports/prov*/*"))]
    return [row for earlier, later in _pairs(plans) for row in _years(earlier, later)], plans


def _plan(path: Path) -> Plan:
    document = read.open_document(path)
    return plan.from_reports(document, read.claims(document))


def _pairs(plans: list[Plan]) -> Iterator[tuple[Plan, Plan]]:
    later = {each.area: each for each in plans if each.year == max(each.year for each in plans)}
    yield from ((each, later[each.area]) for each in plans if each.area in later and each is not later[each.area])


def _years(earlier: Plan, later: Plan) -> Iterator[tuple[str, str, HistoryYear]]:
    for each in plan.history([earlier, later]):
        year = next((year for year in each.years if year.year == earlier.year), None)
        if year and year.target_at and _GOALS.search(year.target_at.mention.sentence):
            yield earlier.area, each.name, year


def _row(area: str, name: str, year: HistoryYear) -> str:
    aim = plan.target_text(year.target) if year.target else "–"
    result = f"{plain(year.result.value)}{year.result.unit}" if year.result else "–"
    return f"| {area} | {name} | {aim} | {result} | {_verdict(year)} |"


def _verdict(year: HistoryYear) -> str:
    return _VERDICTS[year.verdict.outcome.value] if year.verdict else "–"


if __name__ == "__main__":
    main()
