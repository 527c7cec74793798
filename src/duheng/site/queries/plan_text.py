"""The plan as lines of text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from duheng.plan import Plan, PlannedIndicator, PlannedProject, PlannedTask
from duheng.site.queries import known, wording


def lines(plan: Plan, *, language: str) -> Iterator[str]:
    """Indicators, projects, tasks, what is stated and what is to review, each under a heading."""
    zh = language == "zh"
    yield plan.title
    yield from _part("指标" if zh else "Indicators", [_indicator(item, language) for item in plan.indicators])
    yield from _part("项目" if zh else "Projects", [_project(item, language) for item in plan.projects])
    yield from _part("任务" if zh else "Tasks", [line for item in plan.tasks for line in _task(item, language)])
    stated = [
        f"{item.subject} {wording.quantity(item.value, item.unit, language=language)} ({item.period})" for item in plan.stated
    ]
    yield from _part("报告自述" if zh else "Stated by the report", stated)
    review = [f"{item.item}: {item.reason[0 if zh else 1]}" for item in plan.review]
    yield from _part("待复核" if zh else "To review", review)


def _part(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield ""
        yield f"{title} ({len(items)})"
        yield from (f"  {item}" for item in items)


def _indicator(item: PlannedIndicator, language: str) -> str:
    row = f"{item.row:>3}" if item.row else "  -"
    nature = wording.of(wording.NATURES, item.nature.value, language=language)
    entry = known.entry(item.code)
    name = entry.en if entry and language == "en" else item.name
    aim = wording.target(item.target, unit=item.unit, language=language)
    start = ""
    if item.actual:
        shown = wording.quantity(item.actual.value, item.actual.unit, language=language)
        start = f"  [{item.actual.period}{'：' if language == 'zh' else ': '}{shown}]"
    return f"{row}  {name}  {aim}  ({nature}){start}"


def _project(item: PlannedProject, language: str) -> str:
    stage = wording.of(wording.STAGES, item.stage.value, language=language)
    also = f"  = {'；'.join(item.aliases)}" if item.aliases else ""
    return f"{item.code}  {item.name}  ({stage}){also}"


def _task(item: PlannedTask, language: str) -> Iterator[str]:
    yield f"{item.number}  {item.title}"
    for promise in item.commitments:
        mark = wording.COMPARATORS.get(promise.comparator, "")
        shown = wording.quantity(promise.value, promise.unit, language=language, value2=promise.value2)
        yield f"      {promise.subject} {mark}{shown}"
