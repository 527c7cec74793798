"""What the report says of itself (33项指标完成25项), kept apart from what can be counted here, and what the difference leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from duheng import pattern as re
from duheng.plan.paper import Paper
from duheng.plan.passage import Passage, Side
from duheng.plan.plan import Nature, PlannedIndicator, PlannedProject, Statement
from duheng.plan.scale import plain

_OF_INDICATORS = re.compile(
    r"约束性|预期性|计划指标|指标体系|计划.{0,8}\d++项指标|(?<!\d)\d++项(?:(?:主要|计划)指标|指标.{0,6}完成)|未(?:能)?完成.{0,4}\d++项"
)
_OF_PROJECTS = re.compile(r"(?:计划|拟|安排|实施|推进).{0,12}项目.{0,6}\d++个|(?<!\d)\d++个.{0,8}(?:重点|建设)项目|项目\d++个")

_N = r"(\d+(?:\.\d+)?)"
# kind, what it counts, unit, pattern. The first match of a kind in a sentence counts.
_PATTERNS: tuple[tuple[str, str, str, re.Pattern[str]], ...] = tuple(
    (kind, subject, unit, re.compile(pattern))
    for kind, subject, unit, pattern in (
        (
            "indicators_total",
            "指标",
            "项",
            rf"{_N}项(?:主要|计划|核心|经济社会发展|国民经济和社会发展)*指标|[^性]指标(?:共计?|总数)?{_N}项",
        ),
        ("indicators_met", "完成的指标", "项", rf"(?:共|已|实际|可|预计)*完成(?:目标)?{_N}项"),
        ("completion_rate", "指标完成率", "%", rf"^(?:(?!预期性).)*?完成率(?:为|达到?|约)*{_N}[%％]"),
        ("expected_completion_rate", "预期性指标完成率", "%", rf"预期性指标[^；。]*?完成率(?:为|达到?|约)*{_N}[%％]"),
        ("indicators_missed", "未完成的指标", "项", rf"未(?:能)?完成(?:目标|的)*{_N}项|{_N}项(?:指标)?未(?:能)?(?:完成|达到)"),
        ("binding_total", "约束性指标", "项", rf"约束性指标(?:共|有)?{_N}项|{_N}项约束性"),
        ("binding_met", "完成的约束性指标", "项", rf"约束性指标[^；。]*?(?:完成|实现|达到){_N}项"),
        ("expected_total", "预期性指标", "项", rf"预期性指标(?:共|有)?{_N}项|{_N}项(?:为|是)?预期性"),
        ("expected_met", "完成的预期性指标", "项", rf"预期性指标[^；。]*?(?:完成|实现|达到){_N}项"),
    )
)
_PROJECTS: tuple[tuple[str, str, str, re.Pattern[str]], ...] = tuple(
    (kind, subject, unit, re.compile(pattern))
    for kind, subject, unit, pattern in (
        ("projects_planned", "计划实施的项目", "个", rf"(?:计划|拟|安排)(?:建设|实施|推进|安排)*(?:建设|重点|重大)*项目{_N}个"),
        ("projects_new", "新开工项目", "个", rf"新开工(?:项目)?{_N}个"),
        ("projects_continued", "续建项目", "个", rf"续建(?:项目)?{_N}个"),
        ("projects_advanced", "推进建设的项目", "个", rf"推进(?:建设|实施)(?:项目)?{_N}个"),
        ("projects_key", "重点项目", "个", rf"[区市县省州]级重点(?:建设)?项目{_N}个|{_N}个[区市县省州]级重点(?:建设)?项目"),
        ("projects_on_schedule", "按计划推进的重点项目", "个", rf"有{_N}个按(?:计划|序时)"),
    )
)
_INVESTMENTS: tuple[tuple[str, str, str, re.Pattern[str]], ...] = tuple(
    (kind, subject, unit, re.compile(pattern))
    for kind, subject, unit, pattern in (
        ("investment_total", "总投资", "亿元", rf"^[^其]*?总投资(?:约)?{_N}亿元"),
        ("investment_year", "年度计划投资", "亿元", rf"^[^其]*?年度(?:计划)?投资(?:约)?{_N}亿元"),
    )
)
_ALL_MET = re.compile(r"约束性指标\D{0,4}(\d+)项?，?(?:均|已)?(?:全部|均)(?:\D{0,4})(?:完成|实现|达到)")
_UNMET_NAMED = re.compile(r"未(?:能)?(?:完成|达到|达标|实现)[^。]{0,12}(?:是|有|为|包括|分别)")
_YEAR = re.compile(r"(20\d\d)年(?!指标体系)")


def stated(
    papers: Sequence[Paper], *, indicators: Sequence[PlannedIndicator], projects: Sequence[PlannedProject]
) -> list[Statement]:
    """The report's own counts of its indicators and projects, each beside what can be counted here."""
    found: dict[tuple[str, str], Statement] = {}
    for paper in papers:
        for statement in _statements(paper):
            found.setdefault((statement.kind, statement.period), statement)
    told = list(found.values())
    planned = [each for each in projects if any(papers[m.document].side_at(m.offset) is Side.PLAN for m in each.mentions)]
    named = any(_UNMET_NAMED.search(passage.text) for paper in papers for passage in paper.passages)
    desk = _Desk(indicators=indicators, planned=len(planned), year=str(papers[0].year), unmet_named=named, told=found)
    return [_beside(each, desk) for each in told]


def _statements(paper: Paper) -> Iterator[Statement]:
    for passage in paper.passages:
        if passage.side is Side.UNKNOWN:
            continue
        if _OF_INDICATORS.search(passage.text):
            yield from _matches(passage, paper, _PATTERNS)
            yield from _all_met(passage, paper)
        if _OF_PROJECTS.search(passage.text):
            yield from _matches(passage, paper, _PROJECTS)
            if _PROJECTS[0][3].search(passage.text):
                yield from _matches(passage, paper, _INVESTMENTS)


def _matches(passage: Passage, paper: Paper, patterns: Sequence[tuple[str, str, str, re.Pattern[str]]]) -> Iterator[Statement]:
    for kind, subject, unit, pattern in patterns:
        if found := pattern.search(passage.text):
            group = next(i for i, text in enumerate(found.groups(), start=1) if text)
            yield _statement(passage, paper, kind=(kind, subject, unit), span=found.span(group))


def _all_met(passage: Passage, paper: Paper) -> Iterator[Statement]:
    if found := _ALL_MET.search(passage.text):
        yield _statement(passage, paper, kind=("binding_met", "完成的约束性指标", "项"), span=found.span(1))


def _statement(passage: Passage, paper: Paper, *, kind: tuple[str, str, str], span: tuple[int, int]) -> Statement:
    start, end = passage.offset + span[0], passage.offset + span[1] + len(kind[2])
    return Statement(
        kind=kind[0],
        subject=kind[1],
        value=Decimal(passage.text[slice(*span)]),
        unit=kind[2],
        period=_period(passage, paper, before=span[0]),
        mention=paper.mention(start, end),
    )


def _period(passage: Passage, paper: Paper, *, before: int) -> str:
    """The year named last before the number, else the side's."""
    years = _YEAR.findall(passage.text[:before])
    if years:
        return str(years[-1])
    return str(paper.year if passage.side is Side.PLAN else paper.year - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What the report's own counts are held against."""

    indicators: Sequence[PlannedIndicator]
    planned: int  # projects that the plan part names
    year: str
    unmet_named: bool
    told: Mapping[tuple[str, str], Statement]


def _beside(statement: Statement, desk: _Desk) -> Statement:
    """The statement with what can be counted here, and the question that remains."""
    rows = list({each.row: each for each in reversed(desk.indicators) if each.row is not None}.values())
    counted = {
        "indicators_total": len(rows),
        "binding_total": sum(each.nature is Nature.BINDING for each in rows),
        "expected_total": sum(each.nature is Nature.EXPECTED for each in rows),
    }
    if statement.period == desk.year and statement.kind in counted and rows:
        return _counted(statement, Decimal(counted[statement.kind]))
    if statement.kind == "projects_planned" and statement.period == desk.year:
        return _listed(statement, desk.planned)
    if statement.kind == "completion_rate":
        return _rate(statement, desk.told)
    if statement.kind == "indicators_met" and not desk.unmet_named:
        return _unmet(statement, desk.told.get(("indicators_total", statement.period)))
    return statement


def _counted(statement: Statement, computed: Decimal) -> Statement:
    if computed == statement.value:
        return replace(statement, computed=computed)
    said = plain(statement.value)
    return replace(
        statement,
        computed=computed,
        open_question=(
            f"报告称{statement.subject}{said}项，表中数得{plain(computed)}项，差在哪里？",
            f"The report says {said}, the table has {plain(computed)}: where does the difference lie?",
        ),
    )


def _listed(statement: Statement, count: int) -> Statement:
    said = plain(statement.value)
    if count >= statement.value:
        return replace(statement, computed=Decimal(count))
    return replace(
        statement,
        computed=Decimal(count),
        open_question=(
            f"报告称拟实施项目{said}个，文中点名的只有{count}个，其余是哪些？",
            f"The report plans {said} projects and names {count} of them: which are the others?",
        ),
    )


def _rate(statement: Statement, told: Mapping[tuple[str, str], Statement]) -> Statement:
    total, met = (told.get((kind, statement.period)) for kind in ("indicators_total", "indicators_met"))
    if not total or not met or not total.value:
        return statement
    computed = round(met.value / total.value * 100, 1)
    digits = max(0, -int(statement.value.as_tuple().exponent))
    if round(computed, digits) == statement.value:
        return replace(statement, computed=computed)
    return replace(
        statement,
        computed=computed,
        open_question=(
            f"{plain(met.value)}/{plain(total.value)}应为{plain(computed)}%，报告称{plain(statement.value)}%，以哪个为准？",
            f"{plain(met.value)} of {plain(total.value)} is {plain(computed)} %, the report says {plain(statement.value)} %: which holds?",
        ),
    )


def _unmet(statement: Statement, total: Statement | None) -> Statement:
    if total is None or total.value <= statement.value:
        return statement
    all_, met, short = plain(total.value), plain(statement.value), plain(total.value - statement.value)
    return replace(
        statement,
        open_question=(
            f"报告称{all_}项完成{met}项，但没有列出未完成的{short}项是哪些。",
            f"The report says {met} of {all_} were met, but does not list the {short} that were not.",
        ),
    )
