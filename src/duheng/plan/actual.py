"""Last year's result of an indicator, where the report gives it: the same measure in the same kind of unit, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from duheng import pattern as re
from duheng.plan.naming import Naming
from duheng.plan.paper import Paper
from duheng.plan.passage import Side
from duheng.plan.plan import Mention, Result, ReviewItem
from duheng.plan.scale import in_unit, plain
from duheng.read import Block, Claim, IndicatorRow
from duheng.read.heading import ESTIMATE

_FROM = re.compile(r"(?:由|从)[^，。；\d]{0,6}$")  # 由11.6亿元提高到14.6亿元: what it was before
_SINCE = re.compile(r"[较比](?:20\d\d年|十[三四]五)")  # 较2020年下降12.9%: no year's own result
_LATE = 180  # days of publication lag from which a January report can only have the result of the year before last
_NEW = re.compile(r"(?:新增|净增|新设|新建|增加|累计新)[^，。]{0,5}$")
_YEARS = re.compile(r"[五5]年来|过去[五5]年|这[五5]年|累计|年均|十[三四]五|20\d\d年的")
_MEAN = re.compile(r"年均(?!浓度|气温|降水)[^，。；]{0,6}$")  # 年均增长5.7%: of several years
_CELL = re.compile(r"(?P<before>[≥≤><约]*)(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<after>.{0,4})")


Printed = tuple[IndicatorRow, Paper]  # a row of a table, and the paper it stands in


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    result: Result
    rank: tuple[bool, bool, int]  # told in the plan part, told beside years before; then its offset


def actual_of(
    rows: Sequence[Printed], results: Sequence[Printed], *, papers: Sequence[Paper], code: str | None
) -> tuple[Result | None, tuple[ReviewItem, ...]]:
    """The result of the year before for the indicator of `rows`, one or several tables' of it; what differs is asked about.

    Tables come before sentences, and among tables the report's own before an annex's: a row names one indicator, a sentence
    may speak of several.
    """
    naming, year = papers[0].naming, papers[0].year - 1
    row = rows[0][0]
    found = [each for paper in papers for each in _in_text(row, paper, code=code, year=year)]
    entry = naming.entries.get(code) if code else None
    if not found and entry is not None and entry.lag >= _LATE:
        found = [each for paper in papers for each in _in_text(row, paper, code=code, year=year - 1)]
    printed = _in_tables(rows, results, naming=naming, year=year, code=code)
    ordered = [*printed, *(each.result for each in sorted(found, key=lambda each: each.rank))]
    if not ordered:
        return None, ()
    best = ordered[0]
    others = [each for each in ordered[1:] if not _equal(each, best)]
    late = () if best.period.startswith(str(year)) else (_published_late(row.name, best),)
    return best, (*late, *(_differ(row.name, best, other) for other in others[:1]))


def _in_tables(
    rows: Sequence[Printed], results: Sequence[Printed], *, naming: Naming, year: int, code: str | None
) -> list[Result]:
    """Results printed beside the target, or in a table of their own."""
    same = [*rows, *(other for other in results if _same_row(rows[0][0], other[0], code=code, naming=naming))]
    cells = [(row, paper, cell) for row, paper in same for when, cell in row.results if when in (year, 0)]
    return [found for row, paper, cell in cells if (found := _of_cell(cell, row, paper=paper, year=year))]


def _same_row(row: IndicatorRow, other: IndicatorRow, *, code: str | None, naming: Naming) -> bool:
    if code is not None:
        return naming.bind(other.name, unit=other.unit) == code
    return naming.name(other.name) == naming.name(row.name)


def _of_cell(cell: Block, row: IndicatorRow, *, paper: Paper, year: int) -> Result | None:
    found = _CELL.search(cell.text.replace("％", "%"))
    if not found:
        return None
    return Result(
        value=Decimal(found["number"].replace(",", "")),
        unit=row.unit,
        comparator="≈" if "左右" in found["after"] or "约" in found["before"] else "=",
        period=str(year),
        text=cell.text.strip(),
        mention=Mention(document=paper.index, offset=cell.offset, end=cell.end, sentence=row.printed),
        estimate=any(each.block is cell and each.said.role == ESTIMATE for each in row.cells),
    )


def _in_text(row: IndicatorRow, paper: Paper, *, code: str | None, year: int) -> list[_Found]:
    naming, found = paper.naming, []
    for claim in paper.results.of(row.name, code=code):
        if not _is_of_year(claim, year) or _is_other(claim, paper, name=row.name):
            continue
        if in_unit(claim.value, unit=claim.unit, wanted=row.unit) is None or (claim.unit == "") != (row.unit == ""):
            continue
        rank = (paper.side_at(claim.offset) is Side.PLAN, bool(_YEARS.search(claim.sentence)), claim.offset)
        found.append(_Found(result=_result(claim, paper, fall=_is_fall(code, claim, naming)), rank=rank))
    return found


def _is_fall(code: str | None, claim: Claim, naming: Naming) -> bool:
    entry = naming.entries.get(code) if code else None
    return bool(entry and entry.fall and claim.value < 0)


def _result(claim: Claim, paper: Paper, *, fall: bool) -> Result:
    """A fall that the plan counts by its size is told by its size."""
    return Result(
        value=abs(claim.value) if fall else claim.value,
        unit=claim.unit,
        comparator=claim.comparator,
        period=claim.period,
        text=claim.span,
        mention=Mention(document=paper.index, offset=claim.offset, end=claim.end, sentence=claim.sentence),
    )


def _is_other(claim: Claim, paper: Paper, *, name: str) -> bool:
    """“新增6223户” tells what was added, not the stock; “由11.6亿元提高到14.6亿元” begins with the year before."""
    before = paper.document.text[max(claim.sentence_offset, claim.offset - 10) : claim.offset]
    return bool(_FROM.search(before) or _SINCE.search(before) or _MEAN.search(before)) or (
        bool(_NEW.search(before)) and not _NEW.search(name)
    )


def _is_of_year(claim: Claim, year: int) -> bool:
    return claim.period in (str(year), f"{year}-end")


def _equal(left: Result, right: Result) -> bool:
    return in_unit(left.value, unit=left.unit, wanted=right.unit) == right.value


def _published_late(name: str, best: Result) -> ReviewItem:
    return ReviewItem(
        kind="actual",
        item=name,
        reason=(
            f"该指标公布较晚，报告给出的是{best.period[:4]}年的结果，请核实是否作为起点。",
            f"This indicator is published late: the report gives the result of {best.period[:4]}. Check whether to start from it.",
        ),
        mention=best.mention,
    )


def _differ(name: str, best: Result, other: Result) -> ReviewItem:
    return ReviewItem(
        kind="actual",
        item=name,
        reason=(
            f"上年结果一处为{plain(best.value)}{best.unit}，另一处为{plain(other.value)}{other.unit}，已取前者，请核实。",
            f"One place gives {plain(best.value)}{best.unit} for last year, another {plain(other.value)}{other.unit}; "
            "the first was taken, please check.",
        ),
        mention=other.mention,
    )
