"""From published reports to a living plan: indicators, projects, tasks, what the report states, and what a person must decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from duheng import catalog
from duheng.catalog import IndicatorEntry
from duheng.plan.indicators import indicators, results_beside
from duheng.plan.naming import Naming
from duheng.plan.paper import Paper, place_of, title_of, year_of
from duheng.plan.plan import Mention, Plan, ReviewItem
from duheng.plan.projects import projects
from duheng.plan.stated import stated
from duheng.plan.tasks import tasks
from duheng.read import Claim, Document, fold, folded, is_annex


def from_reports(
    documents: Document | Sequence[Document],
    claims: Sequence[Claim] | Sequence[Sequence[Claim]],
    *,
    entries: Mapping[str, IndicatorEntry] | None = None,
) -> Plan:
    """The plan that one or several reports of one place and year, and their annexes of tables, state.

    An indicator's target is the report's own table's, else the first annex's that has it, else the text's; what disagrees with it
    becomes a review item, and nothing is overwritten.

    `claims` are the claims of the one document, or one sequence for each; `entries` the catalog's indicators (the shipped ones
    unless a workspace overlays them). A report without goals gives an empty plan with a review item that says so.
    """
    papers = _papers(documents, claims, entries=catalog.load("indicators") if entries is None else entries)
    first = min(papers, key=lambda paper: is_annex(paper.document))
    found, review = indicators(papers, naming=first.naming, year=first.year)
    built, doubtful = projects(papers, place=first.naming.place)
    if not found:
        review = [*review, _without_goals(first)]
    return Plan(
        title=title_of(first.document),
        area=first.naming.place.area,
        year=first.year,
        documents=tuple(paper.document.name for paper in papers),
        indicators=tuple(found),
        projects=tuple(built),
        tasks=tuple(tasks(papers)),
        stated=tuple(stated(papers, indicators=found, projects=built)),
        review=(*review, *doubtful),
        results=tuple(results_beside(found, papers)),
    )


def _papers(
    documents: Document | Sequence[Document],
    claims: Sequence[Claim] | Sequence[Sequence[Claim]],
    *,
    entries: Mapping[str, IndicatorEntry],
) -> list[Paper]:
    many = [folded(each) for each in ([documents] if isinstance(documents, Document) else documents)]
    given = [each for each in claims if not isinstance(each, Claim)]
    per_document = [tuple(each) for each in given] or [tuple(each for each in claims if isinstance(each, Claim))]
    per_document = [tuple(_folded(claim) for claim in each) for each in per_document]
    year = year_of(many)
    naming = Naming(entries=entries, place=place_of(many))
    return [
        Paper(index=i, document=document, claims=found, year=year, naming=naming)
        for i, (document, found) in enumerate(zip(many, per_document, strict=True))
    ]


def _folded(claim: Claim) -> Claim:
    """The claim in the words of its document with digits at half width."""
    sentence, span = fold(claim.sentence), fold(claim.span)
    return claim if (sentence, span) == (claim.sentence, claim.span) else replace(claim, sentence=sentence, span=span)


def _without_goals(paper: Paper) -> ReviewItem:
    start = next(iter(paper.passages), None)
    mention = paper.mention(start.offset, start.end) if start else Mention(document=paper.index, offset=0, end=0, sentence="")
    return ReviewItem(
        kind="empty",
        item=paper.document.name,
        reason=(
            "这份报告里没有找到指标表，也没有找到“主要预期目标”一类的句子。请核对是否传错文件，或手工录入指标。",
            "No table of indicators and no sentence of goals was found in this report. Check that it is the right file, or type the "
            "indicators in.",
        ),
        mention=mention,
    )
