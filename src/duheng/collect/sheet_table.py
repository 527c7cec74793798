"""Figures out of a sheet whose columns and rows are understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duheng import pattern as re
from duheng.collect import lexicon as words
from duheng.collect.binding import VAGUE, bind
from duheng.collect.doubt import Doubts
from duheng.collect.figure import Figure, Status
from duheng.collect.head import Head, expected, read_head
from duheng.collect.lexicon import Lexicon
from duheng.collect.long_table import Given
from duheng.collect.mapping import Meaning
from duheng.collect.number import Number, is_missing, number
from duheng.collect.propose import ProposedColumn, ProposedSheet, roles_have
from duheng.collect.when import When, frequency, when, year_before
from duheng.measure import Area, Basis, Period, Series, SeriesMeasure
from duheng.read.sheet import address

_MEASURE_TO_DATE = {
    SeriesMeasure.LEVEL: SeriesMeasure.YTD,
    SeriesMeasure.GROWTH: SeriesMeasure.YTD_GROWTH,
    SeriesMeasure.INDEX: SeriesMeasure.YTD_INDEX,
}
_CODE = re.compile(r"^(\d+)\.0$")  # a code that a program took for a number
_GROWING = (SeriesMeasure.GROWTH, SeriesMeasure.YTD_GROWTH)
_RATES = (*_GROWING, SeriesMeasure.SEQUENTIAL, SeriesMeasure.SHARE)  # never in the unit of the level that the row names


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure of a sheet, with what its cell shows and where it stands."""

    figure: Figure
    printed: str
    place: str


class SheetReading:
    """One understood sheet on its way to figures; `missing`, `doubts`, `names` and `areas` fill while its cells are read."""

    def __init__(self, sheet: ProposedSheet, lexicon: Lexicon, given: Given) -> None:
        self.missing = 0
        self.names: dict[str, str] = {}
        self.areas: dict[str, Area] = {}
        self.doubts = Doubts(place=lambda row: f"{sheet.layout.name}!{row + 1}")
        self._sheet, self._layout, self._lexicon, self._given = sheet, sheet.layout, lexicon, given
        self._months = self._length_of_days()
        self._carried = {place: self._carry(place) for place, role in sheet.roles.items() if role in ("period", "area")}

    def cells(self) -> Iterator[Cell]:
        """The figures of the sheet, row by row."""
        live = [one for one in self._sheet.columns if not one.meaning.skip]
        for one in self._sheet.columns:
            if one.meaning.skip and one.why[0]:
                at = one.column.letter
                self.doubts.warning("head", self._layout.rows[0] - 1, f"{at} 列{one.why[0]}。", f"Column {at}: {one.why[1]}.")
        for row in self._layout.rows:
            for one in live:
                text = self._layout.text(row, one.column.place)
                if not text:
                    continue
                found = number(text)
                if found is None:
                    self._not_a_number(row, one, text)
                elif (figure := self._figure(row, one, found)) is not None:
                    yield Cell(figure=figure, printed=text, place=f"{self._layout.name}!{address(row, one.column.place)}")

    def _not_a_number(self, row: int, one: ProposedColumn, text: str) -> None:
        if is_missing(text):
            self.missing += 1
            return
        at = address(row, one.column.place)
        zh, en = f"{at}：“{text[:40]}”不是数字。", f"{at}: “{text[:40]}” is not a number."
        self.doubts.error(
            "number", row, f"{zh}缺值请留空或写“…”。", f"{en} Leave the cell empty where there is none.", value=text[:40]
        )

    def _figure(self, row: int, one: ProposedColumn, found: Number) -> Figure | None:
        keys = self._keys(row, one)
        row_text = keys.get("indicator", (0, ""))[1]
        row_head = read_head(row_text) if row_text else Head()
        said = self._sheet.said.row(row_text or keys.get("area", (0, ""))[1])
        if said.skip:
            return None
        period_text, estimated = self._period_text(keys.get("period", (0, ""))[1])
        time = self._time(one, period_text, said)
        if row_head.expected and time and not said.period:
            time, estimated = row_head.time or When(period=Period.year(time.period.last[0]), to_date=time.to_date), True
        if time is None:
            self.doubts.warning("period", row, "看不出时期，未载入。", "Its period cannot be told; it was not taken in.")
            return None
        series = self._series(one, row_head, said, keys.get("area", (0, ""))[1], keys.get("unit", (0, ""))[1])
        measure = series.measure
        if time.to_date and measure in _MEASURE_TO_DATE and not (one.meaning.measure and not one.time):
            series = series.measured(_MEASURE_TO_DATE[measure])
        series, factor, digits = words.in_usual_unit(series, self._lexicon.usual(series.indicator)[2])
        value = (
            Decimal(repr(found.value)) if found.digits == 0 and found.value % 1 else Decimal(f"{found.value:.{found.digits}f}")
        )
        if one.meaning.percent == "fraction":
            value = value.scaleb(2)
        if factor != 1.0:
            value = round(value * Decimal(str(factor)), found.digits + digits)
        status = self._status(one, said, estimated=estimated)
        # What an office expects is its own until somebody hands it over as a file of estimates to be released.
        released = self._given.released and (status is not Status.ESTIMATE or self._given.status is Status.ESTIMATE)
        return Figure(
            series=series,
            period=_period(time, self._months, to_date=series.measure.accumulates or self._to_date(one, series)),
            value=value,
            vintage=self._vintage(keys.get("vintage", (0, ""))[1]),
            status=status,
            released=released,
        )

    def _to_date(self, one: ProposedColumn, series: Series) -> bool:
        """Whether a change in points stands beside a rate of the year to date."""
        return series.measure is SeriesMeasure.CHANGE and one.meaning.measure == SeriesMeasure.YTD_GROWTH.value

    def _period_text(self, text: str) -> tuple[str, bool]:
        """The period that a row names, and whether it is an office's estimate of it: 全年预计 among months is of their year."""
        told = expected(text) if text and not when(text) else None
        if told is None:
            return text, False
        rest, _ = told
        return rest or self._year_of_rows(), True

    def _year_of_rows(self) -> str:
        """The year of a table whose rows are periods, from January on where they are."""
        year = self._sheet.time.period.last[0] if self._sheet.time else None
        texts = {text for place, role in self._sheet.roles.items() if role == "period" for text in self._texts(place)}
        times = [found for text in texts if (found := when(text, year=year))]
        last = max((time.period.last[0] for time in times), default=year)
        return "" if last is None else f"{last}年1-12月" if any(time.to_date for time in times) else f"{last}年"

    def _texts(self, place: int) -> Iterator[str]:
        return (self._layout.text(row, place) for row in self._layout.rows)

    def _keys(self, row: int, one: ProposedColumn) -> dict[str, tuple[int, str]]:
        """What the keys of a row say, by their role."""
        told: dict[str, tuple[int, str]] = {}
        for key in one.column.keys:
            text = self._carried.get(key, {}).get(row) or self._layout.text(row, key)
            told[self._sheet.roles[key]] = (key, _CODE.sub(r"\1", text))
        return told

    def _vintage(self, text: str) -> date:
        found = when(text) if text else None
        try:
            return date.fromisoformat(text[:10].replace("/", "-")) if found else self._given.vintage
        except ValueError:
            return self._given.vintage

    def _status(self, one: ProposedColumn, said: Meaning, *, estimated: bool) -> Status:
        told = said.status or one.meaning.status or ("estimate" if estimated else "")
        return (words.status(told) if told else None) or self._given.status

    def _time(self, one: ProposedColumn, text: str, said: Meaning) -> When | None:
        """The period of a cell: what is said of its row, its column's, its row's, else the table's."""
        if said.period:
            return when(said.period)
        year = self._sheet.time.period.last[0] if self._sheet.time else None
        by_row = when(text, year=year) if text else None
        time = self._present(one, by_row)
        return year_before(time, whole=one.ago == "year") if time and one.ago else time

    def _present(self, one: ProposedColumn, by_row: When | None) -> When | None:
        if one.time and (by_row is None or one.time.period.months < 12 or one.time.to_date):
            return one.time
        if by_row or any(self._sheet.roles.get(key) == "period" for key in one.column.keys):
            return by_row
        return one.time or self._sheet.time

    def _series(self, one: ProposedColumn, head: Head, said: Meaning, area: str, unit_text: str) -> Series:
        meaning = said.over(one.meaning)
        measure = words.measure(meaning.measure) if meaning.measure else head.measure
        if said.measure == "" and one.meaning.measure == "" and head.measure:
            measure = head.measure
        printed = head.unit or unit_text
        if measure is SeriesMeasure.YTD and head.measure is SeriesMeasure.GROWTH and not said.measure:
            measure = SeriesMeasure.YTD_GROWTH  # 增速 in a row, 累计 above it
        unit = said.unit or printed or meaning.unit
        if measure in _RATES and not said.unit:
            unit = next((each for each in (meaning.unit, printed) if words.rate_unit(each)), "%")
        name = self._name(one, head, said)
        code = bind(name, unit, self._lexicon, growth=measure in _GROWING)
        if measure in _GROWING and code not in self._lexicon.entries:
            level = bind(name, printed, self._lexicon)
            code = self._lexicon.growth_of(level) or (level if level in self._lexicon.entries else code)
            if words.rate_unit(self._lexicon.usual(code)[2]) and code == level:  # a rate changes by points
                measure, unit = SeriesMeasure.CHANGE, said.unit or "个百分点"
        usual, basis, usual_unit = self._lexicon.usual(code)
        areas = self._lexicon.areas_of(
            said.area or area or meaning.area or self._given.constants.get("area", "") or self._sheet.area
        )
        for each in areas:
            self.areas.setdefault(each.code, each)
        self.names.setdefault(code, name)
        return Series(
            indicator=code,
            area=areas[-1].code,
            measure=measure or usual,
            basis=Basis(meaning.basis) if meaning.basis else basis,
            unit=unit or usual_unit,
        )

    def _name(self, one: ProposedColumn, head: Head, said: Meaning) -> str:
        """The indicator's name: of the row, where rows are indicators, with the column's where it has one too; else the column's."""
        if said.indicator:
            return said.indicator
        column = one.meaning.indicator
        if roles_have(self._sheet.roles, one.column, "indicator") and head.name:
            return f"{head.name}：{column}" if column and column.casefold() not in VAGUE else head.name
        return column or self._sheet.title or self._layout.name

    def _carry(self, place: int) -> Mapping[int, str]:
        """Keys written once for several rows, where another key parts those rows; else an empty cell says nothing."""
        if not any(place in one.column.keys and len(one.column.keys) > 1 for one in self._sheet.columns):
            return {}
        carried: dict[int, str] = {}
        last = ""
        for row in self._layout.rows:
            last = self._layout.text(row, place) or last
            carried[row] = last
        return carried

    def _length_of_days(self) -> int:
        """How many months the days in keys and heads stand for."""
        if self._given.months:
            return self._given.months
        keys = [place for place, role in self._sheet.roles.items() if role == "period"]
        texts = {self._layout.text(row, key) for row in self._layout.rows for key in keys}
        times = [found for text in texts if (found := when(text)) and found.dated]
        times += [one.time for one in self._sheet.columns if one.time and one.time.dated]
        return frequency(time.period.start for time in times)


def _period(time: When, months: int, *, to_date: bool) -> Period:
    """The period that a time means: the year to date for what accumulates, and for a day what days stand for."""
    if to_date:
        year, month = time.period.last
        return Period.to_date(year, month + months - 1 if time.dated and months > 1 else month)
    if time.dated and months > 1:
        start = time.period.start - time.period.start % months
        return Period.between(start, start + months - 1)
    return time.period
