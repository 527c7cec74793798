"""What each column and row of a sheet is proposed to mean, from its heads, its values and what was said before."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from duheng import pattern as re
from duheng.collect import lexicon as words
from duheng.collect import why as reasons
from duheng.collect.binding import VAGUE, bind, qualified
from duheng.collect.head import Head, expected, read_head, unit_of
from duheng.collect.layout import Column, Layout
from duheng.collect.lexicon import Lexicon
from duheng.collect.mapping import Meaning, SheetMapping, fingerprint, pattern
from duheng.collect.number import number
from duheng.collect.when import When, named_in, when
from duheng.collect.whose import place_of_table
from duheng.measure import Period, SeriesMeasure

SURE = 0.5
"""The confidence below which a person is asked."""

_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0)?年?")
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        ("vintage", r"pub_?date|vintage|.*(?:发布|公布)日期"),
        ("period", r"日期|月\s*份|年份|年度|时间|时期|报告期|统计时间|年|月|date|time|year|month|period"),
        ("area", r".*(?:城市|地区|区县|省份|国（地）|行政区).*|.*(?:area|region|prov|province|city|country).*|id|code"),
        ("indicator", r".*(?:指标|项目).*|indicators?|series"),
        ("unit", r"(?:计量)?单位|unit"),
        ("ignore", r"序号|编号|no\.?|备注|说明"),
    )
)
_PLAIN_SHEET = re.compile(r"(?:sheet|工作表|表)\s*\d*|[a-z0-9. -]*_[a-z0-9_. -]*", re.IGNORECASE)  # Sheet1, or a file's name
_REMARK = re.compile(r"^(?:database|time|source|注|单位|资料来源|制表|填报)\s*[：:]|统计$", re.IGNORECASE)
_LOOKED_AT, _ANY_YEAR = 40, 2000
_CHANGES = (SeriesMeasure.GROWTH, SeriesMeasure.YTD_GROWTH)
_LEVELS = (SeriesMeasure.LEVEL, SeriesMeasure.YTD)
_TO_DATE = {
    None: SeriesMeasure.YTD,
    SeriesMeasure.LEVEL: SeriesMeasure.YTD,
    SeriesMeasure.GROWTH: SeriesMeasure.YTD_GROWTH,
    SeriesMeasure.INDEX: SeriesMeasure.YTD_INDEX,
}
_BASES = {SeriesMeasure.GROWTH: "上年同月=100", SeriesMeasure.SEQUENTIAL: "上月=100", SeriesMeasure.YTD_GROWTH: "上年同期=100"}
_AROUND_100 = (40, 250)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedColumn:
    """What a column of values means. `meaning` is said or proposed; `confidence` runs from 0 to 1, `why` says what lowers it."""

    column: Column
    meaning: Meaning
    time: When | None = None
    ago: str = ""  # as in `Head`: its figures are of a year before the period that is told
    confidence: float = 1.0
    why: tuple[str, str] = ("", "")  # (zh, en)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSheet:
    """What a sheet means: the roles of its key columns, and its columns of values; `title` is what its lines name."""

    layout: Layout
    said: SheetMapping
    shape: str
    title: str
    time: When | None
    roles: Mapping[int, str]
    columns: tuple[ProposedColumn, ...] = field(repr=False)
    area: str = ""  # that its title names, where nothing else says
    confidence: float = 1.0
    why: tuple[str, str] = ("", "")

    @property
    def asks(self) -> bool:
        """Whether a person must say what something means."""
        return not self.said.skip and self.confidence < SURE

    def remembered(self) -> SheetMapping:
        """What a person said of it that holds for the next table of the same shape: everything but periods."""
        columns = {pattern(name): replace(meaning, period="") for name, meaning in self.said.columns.items()}
        return replace(self.said, sheet="*", whole=replace(self.said.whole, period=""), columns=columns)


def propose(layout: Layout, said: SheetMapping, lexicon: Lexicon, *, year: int = 0) -> ProposedSheet:
    """What a sheet means, as far as can be told; what is `said` of it counts before anything found.

    `year` is that of a table that names months but no year.
    """
    return _Proposing(layout, said, lexicon, year or None).sheet()


class _Proposing:
    def __init__(self, layout: Layout, said: SheetMapping, lexicon: Lexicon, year: int | None) -> None:
        self._layout, self._said, self._lexicon = layout, said, lexicon
        lines = [line for line in layout.titles if not _REMARK.match(line)]
        self._heads = [read_head(text) for text in (*lines, *([] if _PLAIN_SHEET.fullmatch(layout.name) else [layout.name]))]
        self._unit = (
            said.whole.unit
            or next((unit for text in (*layout.titles, *self._all_heads()) if (unit := unit_of(text))), "")
            or next((head.unit for head in self._heads if head.unit), "")
        )
        told = when(said.whole.period) if said.whole.period else None
        texts = (*layout.titles, layout.name, *_over_keys(layout))
        named = next(filter(None, map(named_in, texts)), None) or next((t for x in texts if (t := named_in(x, year=year))), None)
        self._time = told or named or (When(period=Period.year(year)) if year else self._only_period())
        self._title = next((head.name.removesuffix("统计") for head in self._heads if head.name), "")
        self._title_measure = next((head.measure for head in self._heads if head.measure), None)

    def sheet(self) -> ProposedSheet:
        roles = dict(self._roles())
        columns = tuple(self._with_neighbours([self._column(column, roles) for column in self._layout.columns]))
        found = ProposedSheet(
            layout=self._layout,
            said=self._said,
            shape=fingerprint(self._layout),
            title=self._said.whole.indicator or self._title,
            time=self._time,
            roles=roles,
            columns=columns,
            area=self._area(roles),
        )
        live = [one for one in columns if not one.meaning.skip]
        least = min(live, key=lambda one: one.confidence, default=None)
        return found if least is None else replace(found, confidence=least.confidence, why=least.why)

    def _area(self, roles: Mapping[int, str]) -> str:
        """The place that the table is of, where it has no column of places and nobody said."""
        if self._said.whole.area or "area" in roles.values():
            return ""
        plain = _PLAIN_SHEET.fullmatch(self._layout.name)
        return place_of_table([*self._layout.titles, *([] if plain else [self._layout.name])], self._lexicon)

    def _all_heads(self) -> Iterator[str]:
        for column in self._layout.columns:
            yield from column.heads

    def _roles(self) -> Iterator[tuple[int, str]]:
        named = any(self._named(column) for column in self._layout.columns)
        taken: set[str] = set()
        for place, heads in self._layout.keys.items():
            told = next((self._said.keys[head] for head in (*heads, _key_name(heads)) if head in self._said.keys), None)
            role = told or self._role(place, heads, named=named, taken=taken)
            taken.add(role)
            yield place, role

    def _role(self, place: int, heads: Sequence[str], *, named: bool, taken: set[str]) -> str:
        texts = [text for row in self._layout.rows if (text := self._layout.text(row, place))]
        year = self._time.period.last[0] if self._time else None
        dated = sum(when(text, year=year) is not None or expected(text) == ("", True) for text in texts) >= 0.8 * len(texts)
        by_head = next((role for head in heads for role, words_ in _ROLES if head and words_.fullmatch(head)), None)
        if by_head in ("vintage", "ignore", "unit") or (by_head == "period") == dated:
            return by_head or "indicator" if by_head else self._by_values(texts, named=named, taken=taken)
        if dated:
            return "period"
        return by_head if by_head and by_head != "period" else self._by_values(texts, named=named, taken=taken)

    def _by_values(self, texts: Sequence[str], *, named: bool, taken: set[str]) -> str:
        """Areas where the columns name the indicators or the table does, else the indicators themselves."""
        known = sum(self._lexicon.area(text) != words.own_code(text) for text in texts)
        if known * 2 > len(texts) or (named and "area" not in taken):
            return "area"
        return "indicator"

    def _said_of(self, column: Column) -> Meaning:
        return self._said.column(column.heads, column.letter)

    def _named(self, column: Column) -> bool:
        return any(read_head(head).name for head in column.heads)

    def _column(self, column: Column, roles: Mapping[int, str]) -> ProposedColumn:
        said = self._said_of(column)
        head = self._with_left(self._head(column), column, roles)
        shown, fraction, values = self._values(column)
        unit = said.unit or head.unit or ("%" if shown else "")
        measure = words.measure(said.measure) if said.measure else head.measure
        if measure is None and not head.name and not roles_have(roles, column, "indicator"):
            measure = self._title_measure
        if head.time and head.time.to_date and measure in _TO_DATE and not said.measure:
            measure = _TO_DATE[measure]
        name = said.indicator or head.name
        measure, unit = self._as_index(measure, unit, name or self._title, values, said)
        growing = measure in (SeriesMeasure.GROWTH, SeriesMeasure.YTD_GROWTH, SeriesMeasure.SEQUENTIAL, SeriesMeasure.SHARE)
        if not unit:
            unit = "%" if growing else self._unit
        meaning = Meaning(
            indicator=name,
            area=said.area or self._said.whole.area,
            measure=measure.value if measure else "",
            basis=said.basis,
            unit=unit,
            status=said.status or ("estimate" if head.expected else ""),
            period=said.period,
            percent=said.percent or ("fraction" if fraction and growing and not shown else ""),
            skip=said.skip or self._said.skip,
        )
        time = when(said.period) if said.period else head.time
        one = ProposedColumn(column=column, meaning=meaning, time=time, ago="" if said.period else head.ago)
        if head.planned and said == Meaning():
            return replace(one, meaning=replace(meaning, skip=True), why=reasons.PLANNED)
        return self._judged(one, roles, said)

    def _head(self, column: Column) -> Head:
        """The heads of a column as one: names joined, the last measure and unit, the period with the year above it."""
        texts = list(dict.fromkeys(filter(None, column.heads)))
        year = next((int(found[1]) for text in texts if (found := _YEAR.fullmatch(text))), None)
        year = year or (self._time.period.last[0] if self._time else None)
        heads = [read_head(text, year=year) for text in texts]
        times = [head.time for head in heads if head.time]
        finer = [time for time in times if time.period.months < 12 or time.to_date]
        measures = [head.measure for head in heads if head.measure]
        measure = measures[-1] if measures else None
        if SeriesMeasure.YTD in measures[:-1] and measure is SeriesMeasure.GROWTH:
            measure = SeriesMeasure.YTD_GROWTH
        if SeriesMeasure.YTD in measures and measure is SeriesMeasure.LEVEL:
            measure = SeriesMeasure.YTD
        if SeriesMeasure.INDEX in measures and any(head.time and head.time.to_date for head in heads):
            measure = SeriesMeasure.YTD_INDEX
        units = [head.unit for head in heads if head.unit]
        names = [head.name for head in heads if head.name]
        standings = [head.planned for head in heads if head.planned is not None]
        guess = next((head for head in reversed(heads) if head.expected), Head())
        time = (finer or times)[-1] if times else None
        if guess.expected == "year" or (guess.expected and time is None):
            time = When(period=Period.year(year)) if year else None
        if any(head.of_which for head in heads):
            names.insert(0, self._whole_of(column))
        return Head(
            name="：".join(dict.fromkeys(filter(None, names))),
            measure=measure,
            unit=units[-1] if units else "",
            time=guess.time or time,
            expected=guess.expected,
            planned=standings[-1] if standings else None,
            ago=next((head.ago for head in reversed(heads) if head.ago), ""),
        )

    def _with_left(self, head: Head, column: Column, roles: Mapping[int, str]) -> Head:
        """A head that says only 上年同期 or 同比, with the name (and unit) of the column to its left that it is compared with."""
        if not head.ago and (head.name or head.measure not in _CHANGES or roles_have(roles, column, "indicator")):
            return head
        others = (self._head(each) for each in reversed(self._layout.columns) if each.place < column.place)
        if not head.ago:
            return replace(head, name=next((each.name for each in others if each.name and not each.planned), ""))
        left = next((each for each in others if not each.ago and not each.planned and not words.rate_unit(each.unit)), Head())
        name = head.name or ("" if roles_have(roles, column, "indicator") else left.name)
        return replace(head, name=name, unit=head.unit or left.unit)

    def _whole_of(self, column: Column) -> str:
        """What 其中 is of: the nearest column to the left that is not headed so itself."""
        for other in reversed([each for each in self._layout.columns if each.place < column.place]):
            heads = [read_head(text) for text in other.heads]
            if not any(head.of_which for head in heads):
                return next((head.name for head in heads if head.name), "")
        return ""

    def _values(self, column: Column) -> tuple[bool, bool, list[float]]:
        """Whether the values are shown with %, whether they look like fractions, and what they are."""
        found = [number(self._layout.text(row, column.place)) for row in self._layout.rows]
        numbers = [each for each in found if each is not None]
        shown = sum(each.percent for each in numbers) * 2 > len(numbers)
        small = sum(abs(each.value) < 1 for each in numbers)
        fine = sum(each.digits >= 3 for each in numbers)
        fraction = len(numbers) > 2 and small >= 0.95 * len(numbers) and fine * 2 >= len(numbers)
        return shown, fraction, [each.value for each in numbers]

    def _as_index(
        self, measure: SeriesMeasure | None, unit: str, name: str, values: Sequence[float], said: Meaning
    ) -> tuple[SeriesMeasure | None, str]:
        """A growth whose values lie around 100 is printed as an index."""
        if said.measure or unit or measure not in _BASES or not values or "指数" not in name:
            return measure, unit
        if _AROUND_100[0] < statistics.median(values) < _AROUND_100[1]:
            return (SeriesMeasure.YTD_INDEX if measure.accumulates else SeriesMeasure.INDEX), _BASES[measure]
        return measure, unit

    def _judged(self, one: ProposedColumn, roles: Mapping[int, str], said: Meaning) -> ProposedColumn:
        """The column with how sure its meaning is, and why it is not surer."""
        if not one.column.path and one.meaning.indicator == "" and one.time is None and len(self._layout.columns) > 1:
            return replace(one, meaning=replace(one.meaning, skip=True), why=reasons.NO_HEAD)
        by_row = roles_have(roles, one.column, "indicator")
        name = one.meaning.indicator
        if said.indicator or by_row:
            confidence, why = 1.0, ("", "")
        elif name and name.casefold() not in VAGUE:
            bound = bind(name, one.meaning.unit, self._lexicon) in self._lexicon.entries
            confidence, why = (1.0, ("", "")) if bound else (0.7, reasons.OWN_NAME)
            if not bound:
                one = replace(one, meaning=replace(one.meaning, indicator=qualified(name, self._title)))
        elif self._said.whole.indicator or self._title:
            confidence, why = (1.0, ("", "")) if self._said.whole.indicator else (0.6, reasons.BY_TITLE)
            one = replace(one, meaning=replace(one.meaning, indicator=self._said.whole.indicator or self._title))
        else:
            confidence, why = 0.2, reasons.NO_NAME
        timed = one.time or self._time or one.ago or roles_have(roles, one.column, "period")
        adding = bool(one.meaning.measure) and SeriesMeasure(one.meaning.measure).accumulates
        if not timed and not (adding and self._somewhere_timed()):
            confidence, why = 0.2, reasons.NO_YEAR if self._lacks_year() else reasons.NO_TIME
        if not said.indicator and (printed := self._layout.figure_in_head(one.column)):
            zh, en = reasons.HEAD_OF_FIGURES
            confidence, why = 0.2, (zh.format(printed), en.format(printed))
        if one.meaning.percent and not said.percent:
            confidence, why = min(confidence, 0.6), reasons.FRACTION if confidence >= 0.6 else why
        return replace(one, confidence=confidence, why=why)

    def _somewhere_timed(self) -> bool:
        """Whether another column tells a period, which one that is only said to be to date may share."""
        return any(read_head(text).time for text in self._all_heads())

    def _only_period(self) -> When | None:
        """The one period that heads name, which is then that of the columns beside it too."""
        named = {time for text in self._all_heads() if (time := read_head(text).time)}
        return named.pop() if len(named) == 1 else None

    def _lacks_year(self) -> bool:
        """Whether the table names months or quarters, and no year anywhere."""
        texts = [*self._all_heads(), *self._layout.titles, self._layout.name, *_over_keys(self._layout)]
        texts += [self._layout.text(row, key) for row in self._layout.rows[:_LOOKED_AT] for key in self._layout.keys]
        return any(named_in(text, year=_ANY_YEAR) for text in texts) and not any(map(named_in, texts))

    def _with_neighbours(self, columns: list[ProposedColumn]) -> Iterator[ProposedColumn]:
        """Columns that only their neighbours explain: a bare 同比 behind 累计, and a growth to date without its period."""
        before: dict[tuple[str, ...], ProposedColumn] = {}
        for one in columns:
            heads = tuple(dict.fromkeys(filter(None, one.column.heads)))
            key = heads[:-1]
            measure = one.meaning.measure
            beside = before.get(key)
            if one.ago:
                yield self._of_year_before(one, beside, columns)
                continue
            if one.meaning.status == "estimate" and not self._said_of(one.column).measure:
                yield self._as_observed(one, columns)
                continue
            if measure in _LEVELS or not (measure or one.meaning.skip or beside):
                before[key] = one
            bare = read_head(heads[-1]) if heads else Head()
            said = self._said_of(one.column)
            if measure == "growth" and not said.measure and not bare.name and beside and beside.meaning.measure == "ytd":
                one = replace(one, meaning=replace(one.meaning, measure="ytd_growth"))
            if one.time is None or one.time.period.months == 12:
                one = replace(one, time=self._period_beside(one, columns) or one.time)
            yield one

    def _as_observed(self, one: ProposedColumn, columns: Sequence[ProposedColumn]) -> ProposedColumn:
        """An office's estimate as a figure of the series that the columns beside it tell: from January on where they are."""
        measure, name = one.meaning.measure, one.meaning.indicator
        beside = [each for each in columns if not (each.meaning.skip or each.ago or each.meaning.status == "estimate")]
        beside = [each for each in beside if each.meaning.indicator == name] or beside
        to_date = any(each.time and each.time.to_date for each in beside) or bool(self._time and self._time.to_date)
        adding = any(each.meaning.measure in ("ytd", "ytd_growth") for each in beside)
        if adding and measure in ("", "level", "growth"):
            return replace(one, meaning=replace(one.meaning, measure="ytd_growth" if measure == "growth" else "ytd"))
        if to_date and measure == "growth":
            return replace(one, meaning=replace(one.meaning, measure="ytd_growth"))
        return replace(one, time=replace(one.time, to_date=True)) if to_date and one.time else one

    def _of_year_before(
        self, one: ProposedColumn, beside: ProposedColumn | None, columns: Sequence[ProposedColumn]
    ) -> ProposedColumn:
        """A column of the year before: to date and of the period that the column before it has, a year earlier."""
        if one.ago == "period" and beside and not one.meaning.measure:
            one = replace(one, meaning=replace(one.meaning, measure=beside.meaning.measure))
        if one.ago == "period":
            return replace(one, time=one.time or (beside.time if beside else None) or self._period_beside(one, columns))
        return replace(one, time=one.time or (None if self._time else next((each.time for each in columns if each.time), None)))

    def _period_beside(self, one: ProposedColumn, columns: Sequence[ProposedColumn]) -> When | None:
        """The period to date that columns of the same year have, for one that says only that it is to date."""
        if not one.meaning.measure or not SeriesMeasure(one.meaning.measure).accumulates:
            return None
        year = one.time.period.last[0] if one.time else None
        times = [each.time for each in columns if each.time and each.time.to_date]
        fitting = [time for time in times if year is None or time.period.last[0] == year]
        return fitting[0] if fitting else None


def roles_have(roles: Mapping[int, str], column: Column, role: str) -> bool:
    """Whether one of a column's keys has this role."""
    return any(roles.get(key) == role for key in column.keys)


def _over_keys(layout: Layout) -> Iterator[str]:
    """The heads of the columns of keys: a period written there, 2025年9月 over 指标, is the whole table's."""
    for heads in layout.keys.values():
        yield from filter(None, heads)


def _key_name(heads: Sequence[str]) -> str:
    return next((head for head in heads if head), "")
