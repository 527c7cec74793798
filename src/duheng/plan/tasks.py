"""The numbered work items of a plan (1.–21.), each with the measurable promises inside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from duheng import pattern as re
from duheng.plan.paper import Paper
from duheng.plan.passage import Side
from duheng.plan.plan import Commitment, PlannedTask
from duheng.read import BlockKind, Claim, Role, Section

_NUMBER = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十百\d]+[）)]?\s*[、.．，]?|第[一二三四五六七八九十]+[，、]?|[一二三四五六七八九十]+是|—+)\s*"
)
_NOT_WORK = re.compile(r"(?:主要|预期|发展|奋斗)目标|总体要求|指导思想|面临.{0,6}(?:形势|环境)|项目安排|主要指标")
_LEVELS = (3, 2, 5, 6, 1)  # the numbering of work items, as reports prefer it
_ENOUGH = 3
_STOPS = "，；。！,;\n"


def tasks(papers: Sequence[Paper]) -> list[PlannedTask]:
    """The work items of the planned year in order, from each report's own numbering."""
    return [_task(section, paper) for paper in papers for section in _work_items(paper)]


def _work_items(paper: Paper) -> list[Section]:
    """The sections of the level that numbers the work: the deepest that covers at least half of what is planned."""
    planned = [section for section in paper.document.sections if _is_planned(section, paper)]
    whole = _covered([section for section in planned if section.level <= 1]) or _covered(planned)
    for level in _LEVELS:
        found = [section for section in planned if section.level == level]
        if len(found) >= _ENOUGH and _covered(found) * 2 >= whole:
            return found
    return []


def _is_planned(section: Section, paper: Paper) -> bool:
    # A chapter may hold the year's aims and its work together (总体要求和重点任务): only the parts inside it are told apart.
    titles = [each.title for each in paper.document.path_at(section.offset) if each.level == 2]
    return paper.side_at(section.offset) is Side.PLAN and not any(_NOT_WORK.search(title) for title in titles)


def _covered(sections: Sequence[Section]) -> int:
    return sum(section.end - section.offset for section in sections)


def _task(section: Section, paper: Paper) -> PlannedTask:
    parent = paper.document.sections[section.parent].title if section.parent is not None else ""
    end = min(section.end, section.offset + len(section.title))
    return PlannedTask(
        number=section.number,
        title=_bare(section.title),
        group=_bare(parent),
        mention=paper.mention(section.offset, end, sentence=section.title),
        commitments=tuple(_commitment(claim, paper) for claim in _promises(section, paper)),
    )


def _promises(section: Section, paper: Paper) -> list[Claim]:
    """The numbers aimed at inside the item; boxes and tables that stand between items belong to none."""
    found = []
    first, behind = (bisect_left(paper.claims, place, key=lambda claim: claim.offset) for place in (section.offset, section.end))
    for claim in paper.claims[first:behind]:
        block = paper.document.block_at(claim.offset) if claim.role is Role.TARGET else None
        if block is not None and block.kind is BlockKind.PARAGRAPH:
            found.append(claim)
    return found


def _commitment(claim: Claim, paper: Paper) -> Commitment:
    return Commitment(
        text=_clause(claim, paper.document.text),
        subject=claim.subject,
        value=claim.value,
        value2=claim.value2,
        unit=claim.unit,
        comparator=claim.comparator,
        indicator=paper.naming.bind(claim.subject, unit=claim.unit, measure=claim.measure),
        mention=paper.mention(claim.offset, claim.end, sentence=claim.sentence),
    )


def _clause(claim: Claim, text: str) -> str:
    start, end = claim.offset, claim.end
    while start > claim.sentence_offset and text[start - 1] not in _STOPS:
        start -= 1
    while end < len(text) and text[end] not in _STOPS:
        end += 1
    return text[start:end].strip()


def _bare(title: str) -> str:
    return _NUMBER.sub("", title, count=1).strip()
