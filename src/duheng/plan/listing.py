"""A plan as a readable listing, in either language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from duheng.plan.plan import Nature, Plan, PlannedIndicator, PlannedProject, Stage
from duheng.plan.scale import plain
from duheng.plan.target import (
    Around,
    Assigned,
    AtLeast,
    AtMost,
    Exactly,
    FloorWithStretch,
    InStepWith,
    Positive,
    Range,
    Target,
)

_NATURES = {
    Nature.BINDING: ("约束性", "binding"),
    Nature.EXPECTED: ("预期性", "expected"),
    Nature.UNSTATED: ("文中", "in the text"),
}
_STAGES = {
    Stage.RESERVE: ("储备", "reserve"),
    Stage.STARTED: ("开工", "started"),
    Stage.UNDER_CONSTRUCTION: ("在建", "under construction"),
    Stage.COMPLETED: ("完工", "completed"),
    Stage.UNKNOWN: ("未说明", "not said"),
}


def to_text(plan: Plan, language: str = "zh") -> str:
    """The whole plan as lines of text in `language` ("zh" or "en"), names as the report prints them."""
    zh = language.startswith("zh")
    parts = [
        _head(plan, zh),
        *_indicators(plan, zh),
        *_projects(plan, zh),
        *_tasks(plan, zh),
        *_stated(plan, zh),
        *_review(plan, zh),
    ]
    return "\n".join(parts) + "\n"


def target_text(target: Target, language: str = "zh") -> str:
    """A target in words.

    >>> from decimal import Decimal
    >>> target_text(AtLeast(value=Decimal("6"), unit="%"), "en")
    'at least 6%'
    """
    zh, en = _worded(target)
    words = zh if language.startswith("zh") else en
    return f"{words}（{target.note}）" if target.note else words


def _worded(target: Target) -> tuple[str, str]:
    have = target.shown()
    upper = target.shown(target.value2)
    match target:
        case AtLeast(exclusive=True):
            return f"超过{have}", f"above {have}"
        case AtLeast():
            return f"不低于{have}", f"at least {have}"
        case AtMost(exclusive=True):
            return f"低于{have}", f"below {have}"
        case AtMost():
            return f"不超过{have}", f"at most {have}"
        case Around():
            return f"{have}左右", f"about {have}"
        case Range():
            return f"{have}—{upper}", f"{have} to {upper}"
        case FloorWithStretch():
            return f"{have}，力争{upper}", f"{have}, striving for {upper}"
        case Exactly():
            return have, have
        case _:
            return _unnumbered(target)


def _unnumbered(target: Target) -> tuple[str, str]:
    match target:
        case Positive():
            return "正增长", "growth above zero"
        case Assigned():
            return target.text or "完成下达任务", "as assigned from above"
        case InStepWith(references=references, exclusive=exclusive):
            names = "、".join(each.text for each in references)
            return (f"高于{names}", f"above {names}") if exclusive else (f"与{names}同步", f"in step with {names}")
        case _:
            return target.text, target.text


def _head(plan: Plan, zh: bool) -> str:
    return plan.title or (f"{plan.area}{plan.year}年计划" if zh else f"Plan of {plan.area} for {plan.year}")


def _title(zh: bool, chinese: str, english: str, count: int) -> str:
    return f"\n{chinese}（{count}）" if zh else f"\n{english} ({count})"


def _indicators(plan: Plan, zh: bool) -> Iterator[str]:
    yield _title(zh, "指标", "Indicators", len(plan.indicators))
    for each in plan.indicators:
        yield _indicator(each, zh)


def _indicator(each: PlannedIndicator, zh: bool) -> str:
    number = f"{each.row:>3}" if each.row is not None else "  –"
    nature = _NATURES[each.nature][0 if zh else 1]
    target = target_text(each.target, "zh" if zh else "en")
    before = ""
    if each.actual:
        shown = f"{plain(each.actual.value)}{each.actual.unit}"
        before = f"，{each.actual.period}年 {shown}" if zh else f"; {each.actual.period}: {shown}"
    return f"{number}  {each.name}  [{nature}]  {target}{before}"


def _projects(plan: Plan, zh: bool) -> Iterator[str]:
    yield _title(zh, "项目", "Projects", len(plan.projects))
    counts = Counter(each.stage for each in plan.projects)
    yield "  " + "  ".join(f"{_STAGES[stage][0 if zh else 1]} {counts[stage]}" for stage in Stage if counts[stage])
    for each in plan.projects:
        yield _project(each, zh)


def _project(each: PlannedProject, zh: bool) -> str:
    stage = _STAGES[each.stage][0 if zh else 1]
    aim = f" → {_STAGES[each.aim][0 if zh else 1]}" if each.aim else ""
    also = ("；又称" if zh else "; also ") + "、".join(each.aliases) if each.aliases else ""
    return f"{each.code}  {each.name}  [{stage}{aim}]{also}"


def _tasks(plan: Plan, zh: bool) -> Iterator[str]:
    yield _title(zh, "任务", "Tasks", len(plan.tasks))
    for each in plan.tasks:
        yield f"{each.number:>3}. {each.title}"
        yield from _indented(dict.fromkeys(commitment.text for commitment in each.commitments))


def _stated(plan: Plan, zh: bool) -> Iterator[str]:
    yield _title(zh, "报告自述", "Stated by the report", len(plan.stated))
    for each in plan.stated:
        counted = ""
        if each.computed is not None:
            counted = f"，此处数得 {plain(each.computed)}" if zh else f"; counted here: {plain(each.computed)}"
        question = each.open_question[0 if zh else 1]
        yield f"  {each.period}  {each.subject} {plain(each.value)}{each.unit}{counted}{'  ? ' + question if question else ''}"


def _review(plan: Plan, zh: bool) -> Iterator[str]:
    yield _title(zh, "待确认", "To decide", len(plan.review))
    for each in plan.review:
        yield f"  {each.item}{'：' if zh else ': '}{each.reason[0 if zh else 1]}"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"       {line}"
