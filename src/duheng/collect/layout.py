"""Where a sheet keeps what: title lines, heads in several rows, key columns, and the columns of values beside them.

Merged cells are taken as if each place held the text. A block is a run of key columns with the value columns to their right; two
blocks may stand side by side, each with its own keys, or share those of the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from duheng import pattern as re
from duheng.collect.number import is_missing, number
from duheng.collect.when import when
from duheng.read.sheet import Sheet, address

_COVERED = 200_000  # places that merged cells may cover
_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?年?")
_KEYED = re.compile(
    r"年份|年度|月\s*份|日期|时间|时期|报告期|统计时间|发布日期|地区|城市|区县|省份|代码|编号|序号|指标|指标名称|项目|单位|年|月"
    r"|date|time|year|month|period|id|code|[a-z_]*code|area|region|province|city|indicators?|series|pub_?date|vintage|unit",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[\s\xa0\u2002\u3000]+")
_NOTE = re.compile(r"^(?:注|说明|备注|资料来源|数据来源|note|source|data source)", re.IGNORECASE)
_NUMBERING = re.compile(r"[甲乙丙丁戊]|栏次")
_MOST_HEADS = 12
_WORD = 12  # characters of a word in place of a number; a longer one is a note
_KEYS = 0.5  # share of texts from which on a column holds keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of values: its heads from the top down, and the key columns that say what its rows are."""

    place: int
    heads: tuple[str, ...]
    keys: tuple[int, ...]

    @property
    def path(self) -> str:
        """The heads in one line, as a mapping names the column."""
        return " / ".join(dict.fromkeys(filter(None, self.heads)))

    @property
    def letter(self) -> str:
        """Its letters in the sheet, as in C or AI."""
        return address(0, self.place)[:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A sheet as a table. `titles` are the lines above it; `texts` gives what a place shows, merged cells filled."""

    name: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    keys: Mapping[int, tuple[str, ...]]  # key column: its heads
    rows: tuple[int, ...]
    texts: Mapping[tuple[int, int], str] = field(repr=False)

    def text(self, row: int, column: int) -> str:
        """What a place shows."""
        return self.texts.get((row, column), "")

    def figure_in_head(self, column: Column) -> str:
        """A figure among the heads of a column, which no head is: neither a time nor the number of a column (1, 2, 3 …)."""
        for depth, head in enumerate(column.heads):
            if not _is_figure(head) or when(head) or _YEAR.fullmatch(head):
                continue
            beside = [number(other.heads[depth]) for other in self.columns]
            values = [found.value for found in beside if found]
            if len(values) < 2 or any(right - left != 1 for left, right in pairwise(values)):
                return head
        return ""


def layout(sheet: Sheet) -> Layout | None:
    """The layout of a sheet, None where it holds no table of numbers."""
    return _Finding(sheet).layout()


def tidy(text: str) -> str:
    """A cell's text in one line without padding at its ends."""
    return _SPACE.sub(" ", text).strip()


def filled(sheet: Sheet) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], tuple[int, int]]]:
    """What each place of a sheet shows, merged cells taken as if each place held the text; and which cell covers a place."""
    texts = {place: tidy(text) for place, text in sheet.cells.items() if tidy(text)}
    origins: dict[tuple[int, int], tuple[int, int]] = {}
    covered = 0
    for top, left, bottom, right in sheet.spans():
        covered += (bottom - top + 1) * (right - left + 1)
        if covered > _COVERED or (top, left) not in texts:
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                texts.setdefault((row, column), texts[top, left])
                origins[row, column] = (top, left)
    return texts, origins


class _Finding:
    def __init__(self, sheet: Sheet) -> None:
        self._name = sheet.name.strip()
        self._texts, _ = filled(sheet)
        self._by_row: dict[int, dict[int, str]] = {}
        for (row, column), text in self._texts.items():
            self._by_row.setdefault(row, {})[column] = text
        # 甲 乙 1 2 3 under the heads numbers the columns and says nothing of them.
        self._by_row = {row: texts for row, texts in self._by_row.items() if not _numbers_columns(texts)}

    def layout(self) -> Layout | None:
        body = self._body()
        if not body:
            return None
        values, keys = self._columns(body)
        if not values:
            return None
        body = self._with_words(body, values, keys)
        above = [row for row in sorted(self._by_row) if row < body[0]]
        heads = [row for row in above[-_MOST_HEADS:] if self._is_head(row, values, keys)]
        told = self._shifted(heads, values, keys)
        columns = tuple(
            Column(
                place=place,
                heads=tuple(told.get((row, place)) or self._texts.get((row, place), "") for row in heads),
                keys=_keys_of(place, keys, values),
            )
            for place in values
        )
        return Layout(
            name=self._name,
            titles=tuple(self._titles(above, heads)),
            columns=columns,
            keys={key: tuple(self._texts.get((row, key), "") for row in heads if (row, key) not in told) for key in keys},
            rows=tuple(body),
            texts=self._texts,
        )

    def _body(self) -> list[int]:
        """The rows with figures: those with a number that is no year and no date, and only them from the first on."""
        rows = [row for row in sorted(self._by_row) if self._has_figures(row)]
        if not rows:
            return []
        width = Counter(self._count(row) for row in rows).most_common(1)[0][0]
        first = next((place for place, row in enumerate(rows) if self._count(row) * 2 >= width), 0)
        first = next((place for place, row in enumerate(rows[:first]) if self._is_sparse(row, rows[first:])), first)
        words = Counter(self._words(row) for row in rows[first:]).most_common(1)[0][0]
        # A note below the table is a row of words in which a number happens to stand.
        return [row for row in rows[first:] if self._words(row) <= words + 1 or self._count(row) * 2 >= width]

    def _is_sparse(self, row: int, below: Sequence[int]) -> bool:
        """Whether a row with few figures is one of the body: words where that has words, figures where that has figures.

        A row of heads has a word over a column of figures.
        """
        kinds: Counter[int] = Counter()
        filled: Counter[int] = Counter()
        for other in below:
            for column, text in self._by_row[other].items():
                filled[column] += 1
                kinds[column] += _is_figure(text) or is_missing(text)
        texts = self._by_row[row]
        alike = all(
            filled[column] and (kinds[column] * 2 > filled[column]) == (_is_figure(text) or is_missing(text))
            for column, text in texts.items()
        )
        return alike and any(not _is_figure(text) and not is_missing(text) for text in texts.values())

    def _with_words(self, body: list[int], values: Sequence[int], keys: Sequence[int]) -> list[int]:
        """The rows of the body and those among and below them where a word stands in place of a number: to be told, not passed over."""
        found = set(body)
        for row, texts in self._by_row.items():
            told = [column for column in values if column in texts]
            short = all(len(texts[column]) <= _WORD for column in told)
            if (
                row > body[0]
                and told
                and short
                and any(key in texts for key in keys)
                and not _NOTE.match(next(iter(texts.values())))
            ):
                found.add(row)
        return sorted(found)

    def _words(self, row: int) -> int:
        return len(self._by_row[row]) - self._count(row)

    def _has_figures(self, row: int) -> bool:
        texts = self._by_row[row]
        if _NOTE.match(next(iter(texts.values()))):
            return False
        figures = [text for text in texts.values() if _is_figure(text)]
        return bool(figures) and not all(_YEAR.fullmatch(text) for text in figures)

    def _count(self, row: int) -> int:
        return sum(_is_figure(text) or is_missing(text) for text in self._by_row[row].values())

    def _columns(self, body: Sequence[int]) -> tuple[list[int], list[int]]:
        """Columns of values and columns of keys."""
        values: list[int] = []
        keys: list[int] = []
        above = [row for row in sorted(self._by_row) if row < body[0]]
        for column in sorted({column for row in body for column in self._by_row[row]}):
            texts = [text for row in body if (text := self._texts.get((row, column)))]
            figures = sum(_is_figure(text) for text in texts)
            told = [text for text in texts if not is_missing(text)]
            heads = [self._texts.get((row, column), "") for row in above]
            named = any(_KEYED.fullmatch(head) for head in heads) and not any(when(head) for head in heads)
            if told and (figures < _KEYS * len(told) or named):
                keys.append(column)
            elif figures:
                values.append(column)
        return values, keys

    def _is_head(self, row: int, values: Sequence[int], keys: Sequence[int]) -> bool:
        """Whether a row above the body heads its columns: it has several texts, or spans of some."""
        texts = {column: text for column, text in self._by_row[row].items() if column in values or column in keys}
        distinct = set(texts.values())
        if len(distinct) > 1:
            return True
        # One text: the unit of everything, a title over all, or the year of a half.
        return bool(texts) and len(texts) < len(values) + len(keys) and not _is_line(next(iter(distinct)))

    def _shifted(self, heads: Sequence[int], values: Sequence[int], keys: Sequence[int]) -> dict[tuple[int, int], str]:
        """A row of heads that stands too far left, as where a key's head covers two rows: as many texts as there are values."""
        found: dict[tuple[int, int], str] = {}
        for row in heads:
            texts = self._by_row[row]
            over = sorted(texts)
            elsewhere = any((other, over[0]) in self._texts for other in heads if other != row)
            if not elsewhere or _KEYED.fullmatch(texts[over[0]]):
                continue
            if len(over) == len(values) and over != list(values) and keys and over[0] in keys and over[-1] < values[-1]:
                found |= {(row, place): texts[at] for place, at in zip(values, over, strict=True)}
        return found

    def _titles(self, above: Sequence[int], heads: Sequence[int]) -> Iterator[str]:
        for row in above:
            if row not in heads:
                yield from dict.fromkeys(self._by_row[row].values())


def _keys_of(place: int, keys: Sequence[int], values: Sequence[int]) -> tuple[int, ...]:
    """The key columns of a value column: the run of keys next to its left, else that of the first block; and any behind it all."""
    behind = [key for key in keys if key > max(values)]
    left = [key for key in keys if key < place]
    if not left:
        return (*keys[:1], *(key for key in behind if key not in keys[:1]))
    run = [left[-1]]
    for key in reversed(left[:-1]):
        if run[0] - key != 1:
            break
        run.insert(0, key)
    return (*run, *behind)


def _is_figure(text: str) -> bool:
    return number(text) is not None and not re.fullmatch(r"(?:19|20)\d\d[-/.]\d{1,2}", text)


def _numbers_columns(texts: Mapping[int, str]) -> bool:
    words = [text for text in texts.values() if not text.isdecimal()]
    counted = [int(text) for _, text in sorted(texts.items()) if text.isdecimal()]
    return bool(words and counted) and all(map(_NUMBERING.fullmatch, words)) and counted == list(range(1, len(counted) + 1))


def _is_line(text: str) -> bool:
    """Whether a text standing alone above a table is its title or a note, not a head."""
    return len(text) > 4 and not when(text)
