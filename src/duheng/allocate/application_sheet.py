"""A sheet of applications as offices keep it: a row for each project, amounts and days of its steps side by side.

The head is found by its words, in one to three rows, in any order. What a row says is told in the sheet's own words: which project
and which pool they mean is for the site to find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from duheng import pattern as re
from duheng.allocate.application import Move, Step
from duheng.collect.number import is_missing
from duheng.collect.projects import MoneyUnit, amount, money_unit, span
from duheng.collect.sheets import sheets_of
from duheng.errors import CollectError
from duheng.read.sheet import Sheet, address

Words = tuple[str, str]  # (zh, en)
_STEPS: Mapping[Step, str] = {
    Step.SPENT: r"支出|支付|已使用|spent",
    Step.ARRIVED: r"到位|拨付|到账|arrived",
    Step.ALLOTTED: r"下达|批复|安排|分配|发行|allotted",
    Step.REVIEWED: r"审核|评审|审定|通过|reviewed",
    Step.APPLIED: r"申报|申请|需求|applied",
}
_FACTS: Mapping[str, str] = {
    "project_code": r"项目(?:统一)?(?:编码|代码|编号)|project code",
    "project": r"项目名称|工程名称|项目|project",
    "pool_code": r"资金池编码|pool code",
    "pool": r"资金池(?:名称)?|资金名称|资金类[型别]|资金渠道|资金来源|pool",
    "year": r"(?:申报|资金|预算)?年[度份]|year",
    "paper": r"文号|下达文件|文件|依据|paper",
}
_DAY = re.compile(r"日期|时间|\bday\b", re.IGNORECASE)
_UNIT = re.compile(r"[（(,，:：]\s*(?:单位[:：])?\s*([^（()）,，:：]{1,12}?)\s*[）)]?\s*$")
_TITLE_UNIT = re.compile(r"单位[:：]\s*(\S{1,8})")
_ENGLISH = {"10,000 yuan": "万元", "100 million yuan": "亿元"}
_DAYS = re.compile(r"(?:19|20)\d\d[-./年]\d")
_YEAR = re.compile(r"((?:19|20)\d\d)")
_TOTAL = re.compile(r"^\s*(?:合\s*计|总\s*计|小\s*计|total)")
_HEAD_ROWS, _LOOKED_AT, _MOST = 3, 15, 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFault:
    """What is wrong with a cell or a row, where, in (zh, en)."""

    place: str
    message: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetApplication:
    """One row: a project and a pool in the sheet's words, the year, the steps."""

    place: str
    project_code: str
    project: str
    pool_code: str
    pool: str
    year: int | None
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSheet:
    """What a sheet says, and every fault of it; with a fault nothing of it should be taken."""

    rows: tuple[SheetApplication, ...]
    faults: tuple[SheetFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """What a column holds: a fact, or the amount or the day of a step."""

    place: int
    fact: str = ""
    step: Step | None = None
    is_day: bool = False
    unit: MoneyUnit | None = None
    year: int | None = None


def read_applications(data: bytes, *, name: str, known: date, unit: str = "万元") -> ApplicationSheet:
    """The applications that a workbook or a text in columns lists; `known` is the day of steps without one, `unit` where none is said.

    Raises CollectError where no sheet has a head with a project and an amount of a step, and ReadError for a file that cannot be read.
    """
    for sheet in sheets_of(data, name=name):
        found = _head(sheet, unit)
        if found is not None:
            columns, first = found
            reading = _Reading(sheet, columns, known)
            rows = tuple(reading.rows(first))
            return ApplicationSheet(rows=rows, faults=tuple(reading.faults))
    raise CollectError(
        reason=f"{name}: no head was found that names a project and an amount applied for, reviewed, allotted, arrived or spent. "
        "Name the columns so, such as 项目名称 and 申报金额（万元）.",
        reason_zh=f"{name}：没有找到含“项目名称”和申报、审核、下达、到位或支出金额的表头。请按此命名各列，如“申报金额（万元）”。",
    )


def _head(sheet: Sheet, unit: str) -> tuple[list[_Column], int] | None:
    """The columns and the first row below the head."""
    rows = max((row for row, _ in sheet.cells), default=-1) + 1
    width = max((column for _, column in sheet.cells), default=-1) + 1
    said = next((found[1] for text in sheet.cells.values() if (found := _TITLE_UNIT.search(text))), unit)
    usual = money_unit(said) or money_unit(unit)
    for first in range(min(rows, _LOOKED_AT)):
        if sum(row == first for row, _ in sheet.cells) < 2:
            continue  # a title, or the unit above the table
        for height in range(_HEAD_ROWS, 0, -1):
            texts = [_joined(sheet, range(first, first + height), column) for column in range(width)]
            columns = [column for place, text in enumerate(texts) if (column := _column(place, text, usual)) is not None]
            if _is_head(columns) and not _holds_amounts(sheet, columns, range(first, first + height)):
                return columns, first + height
    return None


def _is_head(columns: list[_Column]) -> bool:
    facts = {each.fact for each in columns}
    return bool(facts & {"project", "project_code"}) and any(each.step and not each.is_day for each in columns)


def _holds_amounts(sheet: Sheet, columns: list[_Column], rows: range) -> bool:
    """Whether one of these rows is no part of the head: a number stands where amounts do, or a day where days do."""
    texts = [sheet.cells.get((row, each.place), "") for row in rows for each in columns if each.step]
    return any((text[:1].isdigit() and not _YEAR.match(text)) or (span(text) is not None and _DAYS.match(text)) for text in texts)


def _joined(sheet: Sheet, rows: range, column: int) -> str:
    """A column's head with what stands merged above it."""
    texts: list[str] = []
    for row in rows:
        text = sheet.cells.get((row, column), "") or next(
            (sheet.cells[span[:2]] for span in sheet.spans() if span[0] <= row <= span[2] and span[1] <= column <= span[3]), ""
        )
        if text and text not in texts:
            texts.append(text)
    return " ".join(" ".join(texts).split())


def _column(place: int, text: str, usual: MoneyUnit | None) -> _Column | None:
    if not text or len(text) > 60:
        return None
    for fact in ("project_code", "pool_code"):
        if re.search(_FACTS[fact], text, re.IGNORECASE):
            return _Column(place=place, fact=fact)
    year = _YEAR.search(text)
    step = next((step for step, words in _STEPS.items() if re.search(words, text, re.IGNORECASE)), None)
    if (
        step is not None
        and not re.fullmatch(rf"(?:{_FACTS['year']})", text, re.IGNORECASE)
        and not re.search(r"文号|文件|单位|环节", text)
    ):
        unit = _unit_of(text) or usual
        return _Column(place=place, step=step, is_day=bool(_DAY.search(text)), unit=unit, year=int(year[1]) if year else None)
    for fact in ("project", "pool", "year", "paper"):
        if re.fullmatch(rf"(?:{_FACTS[fact]})", text, re.IGNORECASE):
            return _Column(place=place, fact=fact)
    return None


def _unit_of(head: str) -> MoneyUnit | None:
    """The unit that a head names: 申报金额（万元）, or as our own sheets have it in English: applied amount, 10,000 yuan."""
    english = next((symbol for words, symbol in _ENGLISH.items() if head.endswith(words)), "")
    found = _UNIT.search(head)
    return money_unit(english or (found[1] if found else "")) if english or found else None


class _Reading:
    """One sheet row by row; faults are gathered."""

    def __init__(self, sheet: Sheet, columns: list[_Column], known: date) -> None:
        self.sheet, self.columns, self.known = sheet, columns, known
        self.faults: list[SheetFault] = []

    def rows(self, first: int) -> Iterator[SheetApplication]:
        last = max((row for row, _ in self.sheet.cells), default=-1)
        if last - first > _MOST:
            self._fault(first, 0, f"超过 {_MOST} 行，请分开导入。", f"there are more than {_MOST} rows; load them in parts.")
            return
        for row in range(first, last + 1):
            facts = {each.fact: self._text(row, each) for each in self.columns if each.fact}
            name = facts.get("project", "") or facts.get("project_code", "")
            if not name or _TOTAL.match(name) or any(_TOTAL.match(self.sheet.cells.get((row, place), "")) for place in (0, 1)):
                continue
            moves, year = self._moves(row)
            if not moves:
                continue
            told = _YEAR.search(facts.get("year", ""))
            yield SheetApplication(
                place=self._place(row),
                project_code=facts.get("project_code", ""),
                project=facts.get("project", ""),
                pool_code=facts.get("pool_code", ""),
                pool=facts.get("pool", ""),
                year=int(told[1]) if told else year,
                moves=self._with_paper(moves, facts.get("paper", "")),
            )

    def _moves(self, row: int) -> tuple[list[Move], int | None]:
        """The steps of a row in their order; a step without a day is of the next one's, the last of the day the sheet is known."""
        amounts: dict[Step, int] = {}
        days: dict[Step, date] = {}
        year = None
        for each in self.columns:
            text = self._text(row, each)
            if each.step is None or is_missing(text):
                continue
            if each.is_day:
                found = span(text)
                if found is None or found.first is None:
                    self._fault(row, each.place, f"“{text}”不是日期。", f"“{text}” is no date.")
                else:
                    days[each.step] = found.first
            elif (value := self._amount(row, each, text)) is not None:
                amounts[each.step] = value
                year = each.year or year
        moves: list[Move] = []
        day = self.known
        for step in (Step.SPENT, Step.ARRIVED, Step.ALLOTTED, Step.REVIEWED, Step.APPLIED):
            if step in amounts:
                day = days.get(step, day)
                moves.insert(0, Move(step=step, on=day, amount=amounts[step]))
        return moves, year

    def _amount(self, row: int, column: _Column, text: str) -> int | None:
        assert column.unit is not None
        found = amount(text, column.unit)
        if found.wrong:
            self._fault(row, column.place, f"“{text}”不是金额，请只写数字。", f"“{text}” is no amount; write digits only.")
        elif found.value is not None and found.value < 0:
            self._fault(row, column.place, f"“{text}”为负，请写零或正数。", f"“{text}” is negative; write nought or more.")
        else:
            return found.value or None
        return None

    def _with_paper(self, moves: list[Move], paper: str) -> tuple[Move, ...]:
        """The paper belongs to the furthest step that is a decision: the allotment where there is one."""
        if not paper:
            return tuple(moves)
        of = next((place for place, move in enumerate(moves) if move.step is Step.ALLOTTED), len(moves) - 1)
        made = Move(step=moves[of].step, on=moves[of].on, amount=moves[of].amount, paper=paper)
        return tuple(made if place == of else move for place, move in enumerate(moves))

    def _text(self, row: int, column: _Column) -> str:
        return " ".join(self.sheet.cells.get((row, column.place), "").split())

    def _place(self, row: int) -> str:
        return f"{self.sheet.name} {row + 1}"

    def _fault(self, row: int, column: int, zh: str, en: str) -> None:
        self.faults.append(SheetFault(place=f"{self.sheet.name} {address(row, column)}", message=(zh, en)))
