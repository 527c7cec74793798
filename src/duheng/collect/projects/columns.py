"""What the columns of a list are taken for: by what is said of them, else by their heads, held against what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from duheng import pattern as re
from duheng.collect.number import is_missing, number
from duheng.collect.projects.amounts import amount, money_unit
from duheng.collect.projects.days import span
from duheng.collect.projects.head import ProjectWords, read_heads
from duheng.collect.projects.mapping import ColumnSaid, ListMapping
from duheng.collect.projects.table import Table
from duheng.collect.projects.value import ListColumn, ListedSheet
from duheng.collect.projects.words import approval, flag, stage

OF_A_YEAR = ("planned", "before")
OF_A_MONTH = ("works", "counted", "paid")
_LOOKED_AT = 300  # rows of a column that are held against what it is taken for
_WRONG = 0.5  # share of values that do not fit, from which on the head is not believed
_ASKED = 0.5  # confidence below which a head is not taken at its word
_ANSWERS = frozenset("是否有无√×✓✗") | {"已", "未", "yes", "no"}
_OWN_OR_TO_DATE = (
    "是当月数还是年初以来累计数？累计数请在“内容”中选定该项（映射中写 role），当月数请选“按原样保留”（映射中写 keep）。",
    "is it the month's own amount, or that since January? If since January, choose what it holds (role in a mapping); "
    "if the month's own, “kept as printed” (keep).",
)
_RANGED = re.compile(r"1\s*月?\s*[-–—－~～至到]\s*\d{1,2}\s*月|截[至止]|累计")
_TITLE = 80  # characters of a title; a longer line is a note
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:年|\b)")
_MONTH = re.compile(r"(?:(?<!\d)(?:1[0-2]|0?[1-9])月?\s*[-–—－~～至到]\s*)?(?<!\d)(1[0-2]|0?[1-9])月")


def propose(table: Table, said: ListMapping, words: ProjectWords, *, file: str) -> ListedSheet:
    """A sheet with what each column was taken for, and what a person must say before its rows can be read."""
    year, month = _time(table, said, file)
    columns = [_column(table, place, said, words) for place in sorted(table.heads)]
    columns = _held(table, _whose(table, _siblings(columns)), words)
    whole = said.unit or table.unit
    year = year or _only({column.year for column in columns if column.role == "planned"})  # months of the year that is planned
    month = month or _only({column.month for column in columns if column.role in OF_A_MONTH})
    columns = _once(_own_months(columns, ranged=_ranged(table, file)), words)
    columns = [_timed(_in_unit(column, whole, words), year, month) for column in columns]
    columns = _once(columns, words)
    units = [found for column in columns if column.role and (found := money_unit(column.unit))]
    return ListedSheet(
        name=table.name,
        shape=table.shape,
        title=next((title for title in table.titles if len(title) > 4), ""),
        columns=tuple(columns),
        year=year,
        month=month,
        currency=units[0].currency if units else "CNY",
        asks=tuple(_asks(columns, words, currencies={unit.currency for unit in units})),
        rows=len(table.rows),
        said=said.plain(),
    )


def _time(table: Table, said: ListMapping, file: str) -> tuple[int | None, int | None]:
    """The year and month of the list: as said, else as its title, its sheet or its file is called."""
    told = [*(title for title in table.titles if len(title) < _TITLE), table.name, file]
    year = next((int(found[1]) for text in told if (found := _YEAR.search(text))), None)
    month = next((int(found[1]) for text in told if (found := _MONTH.search(text))), None)
    return said.year or year, said.month or month


def _ranged(table: Table, file: str) -> bool:
    """Whether the list says of itself that its amounts count from January on: 2025年1—8月, 截至8月底."""
    return any(_RANGED.search(text) for text in (*table.titles, table.name, file) if len(text) < _TITLE)


def _own_months(columns: Sequence[ListColumn], *, ranged: bool) -> list[ListColumn]:
    """A month's own amount (8月完成投资) beside the one to date is kept as printed; without any to date it is asked about.

    Several months of one kind stay: whether they add up or each counts from January is told by their values.
    """
    found = []
    for column in columns:
        if column.role in OF_A_MONTH and not column.to_date:
            alike = [each for each in columns if each.role == column.role and not each.source]
            if any(each.to_date for each in alike):
                why = ("当月数，另有累计数，按原样保留。", "a month's own amount beside the one to date; kept as printed")
                column = replace(column, role="", why=why)
            elif len({each.month for each in alike}) == 1 and not ranged:
                why = _OWN_OR_TO_DATE
                column = replace(column, why=why, confidence=min(column.confidence, 0.4))
        found.append(column)
    return found


def _only(found: set[int | None]) -> int | None:
    """The one that all say who say any."""
    told = found - {None}
    return told.pop() if len(told) == 1 else None


def _column(table: Table, place: int, said: ListMapping, words: ProjectWords) -> ListColumn:
    heads = table.heads[place]
    plain = ListColumn(place=place, letter=table.letter(place), head=table.path(place))
    told = said.column(heads, plain.letter)
    if told is not None and (told.skip or told.keep or told.role):
        return _as_said(plain, told)
    found = read_heads(heads, words)
    column = replace(
        plain,
        role=found.role,
        year=found.year,
        month=found.month,
        source=found.source,
        unit=found.unit,
        to_date=found.to_date or found.month is None,
        confidence=found.confidence,
    )
    if told is not None:
        column = replace(column, year=told.year or column.year, month=told.month or column.month, unit=told.unit or column.unit)
    if 0 < column.confidence < _ASKED:
        name = words.columns[column.role].zh, words.columns[column.role].en
        why = (f"表头近似“{name[0]}”，未按此读取。", f"the head is only like “{name[1]}”; kept as printed")
        column = replace(column, role="", source="", why=why)
    return column


def _as_said(plain: ListColumn, told: ColumnSaid) -> ListColumn:
    return replace(
        plain,
        role=told.role,
        year=told.year,
        month=told.month,
        source=told.source,
        unit=told.unit,
        confidence=1.0,
        skip=told.skip,
    )


def _siblings(columns: Sequence[ListColumn]) -> list[ListColumn]:
    """A source of money that stands right of an amount of a year, with no head above it, is a part of that amount."""
    found: list[ListColumn] = []
    whole: ListColumn | None = None
    for column in columns:
        beside = " / " not in column.head and column.source and column.year in (None, getattr(whole, "year", None))
        if column.role == "source" and whole is not None and beside:
            column = replace(column, role=whole.role, year=whole.year, unit=column.unit or whole.unit)
        elif column.role in ("planned", "total") and not column.source:
            whole = column
        elif column.role not in ("planned", "total"):
            whole = None
        found.append(column)
    return found


def _whose(table: Table, columns: Sequence[ListColumn]) -> list[ListColumn]:
    """Sources of money under a head of their own are parts of whatever amount they add up to: the total, or a year's plan."""
    sources = [column for column in columns if column.role == "source" and column.source]
    wholes = [column for column in columns if column.role == "planned" and not column.source and column.month is None]
    if not sources or not wholes:
        return list(columns)
    total = next((column for column in columns if column.role == "total" and not column.source), None)
    agreeing = {whole.place: _agreeing(table, whole, sources) for whole in (*wholes, *([total] if total else []))}
    best = max(wholes, key=lambda whole: agreeing[whole.place])
    if agreeing[best.place] <= (agreeing[total.place] if total else 0):
        return list(columns)
    return [
        replace(column, role="planned", year=best.year, unit=column.unit or best.unit) if column in sources else column
        for column in columns
    ]


def _agreeing(table: Table, whole: ListColumn, parts: Sequence[ListColumn]) -> int:
    """In how many rows the parts add up to the whole, as printed."""
    found = 0
    for row in table.rows[:_LOOKED_AT]:
        sums = [number(table.text(row, part.place)) for part in parts]
        stated = number(table.text(row, whole.place))
        if stated is not None and stated.value and any(sums):
            found += abs(sum(part.value for part in sums if part) - stated.value) <= 10.0**-stated.digits
    return found


def _held(table: Table, columns: Sequence[ListColumn], words: ProjectWords) -> list[ListColumn]:
    """Each column with its role taken away where what stands in it is something else."""
    return [_believed(table, column, words) if column.role else _unknown(table, column) for column in columns]


def _unknown(table: Table, column: ListColumn) -> ListColumn:
    """A column of numbers that nothing tells the meaning of is kept, and said to be."""
    texts = [text for row in table.rows[:_LOOKED_AT] if (text := table.text(row, column.place)) and not is_missing(text)]
    numbers = [found for text in texts if (found := number(text)) is not None and not found.percent]
    if column.confidence or column.skip or column.why[0] or not column.head or len(numbers) * 2 <= len(texts):
        return column
    return replace(column, why=("看不出是哪一项数，按原样保留。", "what its numbers are cannot be told; kept as printed"))


def _believed(table: Table, column: ListColumn, words: ProjectWords) -> ListColumn:
    holds = words.holds(column.role)
    texts = [text for row in table.rows[:_LOOKED_AT] if table.own(row, column.place) and (text := table.text(row, column.place))]
    texts = [text for text in texts if not is_missing(text)]
    wrong = [text for text in texts if _misfits(text, holds)]
    if not texts or len(wrong) <= _WRONG * len(texts):
        return column
    name, shown = words.columns[column.role], wrong[0][:20]
    zh = f"表头为“{column.head}”（{name.zh}），但其中是“{shown}”这样的内容，不像{name.zh}。"
    en = f"its head “{column.head}” says {name.en}, but it holds values like “{shown}”"
    return replace(column, role="", source="", confidence=0.0, why=(zh, en))


def _misfits(text: str, holds: str) -> bool:
    if holds == "name":
        return number(text) is not None or (span(text) is not None and len(text) < 20)
    if holds == "money":
        unit = money_unit("元")
        return unit is not None and amount(text, unit).wrong == "text"
    if holds in ("date", "span"):
        found = number(text)
        if text in _ANSWERS:
            return True
        return found is not None and span(text) is None and not 1 <= found.value <= 60  # 24: months of construction
    if holds == "approval":
        return approval(text) is None
    if holds == "flag":
        return flag(text) is None
    if holds == "stage":
        return stage(text) is None
    if holds == "number":
        return number(text) is None
    return False


def _once(columns: Sequence[ListColumn], words: ProjectWords) -> list[ListColumn]:
    """Each meaning once: a second column of the same is kept as printed."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for column in columns:
        key = (column.role, column.year, column.month, column.source)
        if column.role and not column.skip:
            if key in seen:
                name = words.columns[column.role]
                why = (f"前面已有“{name.zh}”列，按原样保留。", f"there is a column of {name.en} before it; kept as printed")
                column = replace(column, role="", source="", why=why)
            seen.add(key)
        found.append(column)
    return found


def _in_unit(column: ListColumn, whole: str, words: ProjectWords) -> ListColumn:
    if column.role and words.holds(column.role) == "money" and not column.unit:
        return replace(column, unit=whole)
    return column


def _timed(column: ListColumn, year: int | None, month: int | None) -> ListColumn:
    if column.role in OF_A_YEAR or (column.role == "applied"):
        return replace(column, year=column.year or year)
    if column.role in OF_A_MONTH:
        return replace(column, year=column.year or year, month=column.month or month)
    return column


def _asks(columns: Sequence[ListColumn], words: ProjectWords, *, currencies: set[str]) -> list[tuple[str, str]]:
    live = [column for column in columns if column.role and not column.skip]
    asks = []
    if not any(column.role == "name" for column in live):
        doubted = next((column for column in columns if column.why[0] and column.confidence == 0), None)
        zh, en = (f"{doubted.letter} 列{doubted.why[0]}", f"column {doubted.letter}: {doubted.why[1]}. ") if doubted else ("", "")
        asks.append(
            (f"没有项目名称列。{zh}请指出哪一列是项目名称。", f"No column holds names of projects. {en}Say which one does.")
        )
    for column in live:
        name = words.columns[column.role]
        if column.confidence < _ASKED and column.why[0]:
            asks.append(
                (f"{column.letter} 列（{name.zh}）{column.why[0]}", f"Column {column.letter} ({name.en}): {column.why[1]}")
            )
        if words.holds(column.role) == "money" and money_unit(column.unit) is None:
            asks.append(
                (
                    f"{column.letter} 列（{name.zh}）没有单位，请写明 万元 或 亿元。",
                    f"Column {column.letter} ({name.en}) has no unit: say 万元 or 亿元.",
                )
            )
        if column.role in (*OF_A_YEAR, *OF_A_MONTH) and column.year is None:
            asks.append(
                (
                    f"{column.letter} 列（{name.zh}）看不出是哪一年。",
                    f"The year of column {column.letter} ({name.en}) cannot be told.",
                )
            )
        elif column.role in OF_A_MONTH and column.month is None:
            asks.append(
                (
                    f"{column.letter} 列（{name.zh}）看不出截至哪个月。",
                    f"The month of column {column.letter} ({name.en}) cannot be told.",
                )
            )
    if len(currencies) > 1:
        told = "、".join(sorted(currencies))
        asks.append((f"表中有几种货币（{told}），请分开载入。", f"The list has several currencies ({told}); load them apart."))
    return asks


def by_role(columns: Sequence[ListColumn]) -> Mapping[str, list[ListColumn]]:
    """The columns that mean something, by role."""
    found: dict[str, list[ListColumn]] = {}
    for column in columns:
        if not column.skip:
            found.setdefault(column.role, []).append(column)
    return found
