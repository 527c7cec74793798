"""What kind each row of a list is: a project, one that continues the row above, a group, a total, a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from duheng import pattern as re
from duheng.collect.number import is_missing, number
from duheng.collect.projects.columns import by_role
from duheng.collect.projects.head import ProjectWords
from duheng.collect.projects.table import Table
from duheng.collect.projects.value import ListColumn

_TOTAL = re.compile(
    r"(?:全[区县市]|总|[一-鿿]{0,6}?)?(?:总\s*计|合\s*计|共\s*计)(?:[（(：:].*)?|总\s*数(?:[（(：:].*)?|total", re.IGNORECASE
)
_SUBTOTAL = re.compile(r".{0,12}小\s*计(?:[（(：:].*)?|subtotal", re.IGNORECASE)
_MARKS = (
    ("一、", re.compile(r"\s*[一二三四五六七八九十]+\s*[、.．]\s*")),
    ("（一）", re.compile(r"\s*[（(][一二三四五六七八九十]+[)）]\s*")),
    ("第一", re.compile(r"\s*第[一二三四五六七八九十]+[类批组部]分?[：:、\s]*")),
    ("Ⅰ", re.compile(r"\s*[Ⅰ-ⅫIVX]+[、.．]\s*")),
)
_NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十]+[)）]?[、.．]?|[Ⅰ-Ⅻ]")
_COUNT = re.compile(r"[（(]?\s*共?\s*(\d{1,5})\s*[个项][^（()）]*[)）]?|(\d{1,5})\s+projects", re.IGNORECASE)
_NOTE = re.compile(
    r"^(?:注|说明|备注|填表|填报|制表|审核|联系|负责人|资料来源|数据来源|单位负责|分管领导|note|source)", re.IGNORECASE
)
_SEQ = re.compile(r"\d{1,6}(?:\.0+)?|\d{1,3}[-－.]\d{1,3}|[A-Za-z]{0,3}-?\d{1,6}")
_GROUP_LENGTH = 40
_SAYS_LITTLE = ("seq", "name")


class RowKind(StrEnum):
    """What a row is."""

    PROJECT = "project"
    CONTINUED = "continued"
    GROUP = "group"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    NOTE = "note"
    NAMELESS = "nameless"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row with its kind. Of a group or a total: its name, the mark before it (which tells its level), the count it prints."""

    at: int
    kind: RowKind
    name: str = ""
    mark: str = ""
    count: int | None = None


class RowKinds:
    """Tells the kinds of a table's rows."""

    def __init__(self, table: Table, columns: Sequence[ListColumn], words: ProjectWords) -> None:
        self._table = table
        roles = by_role(columns)
        self._name = roles["name"][0].place
        self._seq = roles["seq"][0].place if "seq" in roles else None
        self._telling = [
            column.place
            for role, found in roles.items()
            for column in found
            if role and role not in _SAYS_LITTLE and words.holds(role) != "money"
        ]
        self._money = [column.place for role, found in roles.items() for column in found if words.holds(role) == "money"]
        self._all = [column.place for column in columns]
        self._numbered = self._seq is not None and self._mostly_numbered(self._seq)

    def rows(self) -> Iterator[Row]:
        """Every row, in order."""
        seen, found = False, []
        for at in self._table.rows:
            row = self._row(at, seen=seen)
            seen = seen or row.kind is RowKind.PROJECT
            found.append(row)
        for place, row in enumerate(found):
            yield self._project_after_all(row, found[place + 1] if place + 1 < len(found) else None)

    def _project_after_all(self, row: Row, after: Row | None) -> Row:
        """A name that stands alone heads the rows below it; with none below it is a project of which nothing more is told."""
        heads_nothing = after is None or after.kind in (RowKind.GROUP, RowKind.TOTAL, RowKind.SUBTOTAL, RowKind.NOTE)
        bare = row.kind is RowKind.GROUP and not row.mark and row.count is None
        if bare and heads_nothing and not self._numbered and self._table.own(row.at, self._name):
            covered = any(self._table.origins.get((row.at, place), (row.at, place)) != (row.at, place) for place in self._all)
            return row if covered else Row(at=row.at, kind=RowKind.PROJECT)
        return row

    def _row(self, at: int, *, seen: bool) -> Row:
        table = self._table
        name, seq = table.text(at, self._name), table.text(at, self._seq) if self._seq is not None else ""
        own = {place: table.text(at, place) for place in self._all if table.text(at, place)}
        distinct = list(dict.fromkeys(own.values()))
        first = distinct[0] if distinct else ""
        if seen and name and not table.own(at, self._name):
            return Row(at=at, kind=RowKind.CONTINUED)
        if _NOTE.match(first) and not _SEQ.fullmatch(seq):
            return Row(at=at, kind=RowKind.NOTE, name=first)
        headed = next((text for text in (seq, name, first) if text and _TOTAL.fullmatch(text)), "")
        if headed and not self._tells(at):
            return Row(at=at, kind=RowKind.TOTAL, name=headed, count=self._count(at))
        headed = next((text for text in (seq, name, first) if text and _SUBTOTAL.fullmatch(text)), "")
        if headed and not self._tells(at):
            return Row(at=at, kind=RowKind.SUBTOTAL, name=headed, count=self._count(at))
        if group := self._group(at, name, seq, distinct):
            return group
        if not name or is_missing(name):
            return self._unnamed(at, seq, own, seen=seen)
        return Row(at=at, kind=RowKind.PROJECT)

    def _unnamed(self, at: int, seq: str, own: Mapping[int, str], *, seen: bool) -> Row:
        if seq and _SEQ.fullmatch(seq):
            money = len(own) > 1
            return Row(at=at, kind=RowKind.NAMELESS if money else RowKind.NOTE, name=seq)
        if len(own) == 1 and len(next(iter(own.values()))) > _GROUP_LENGTH:
            return Row(at=at, kind=RowKind.NOTE, name=next(iter(own.values())))
        # Without a name of its own and not under a merged one, a row may add words to the project above, and no amounts.
        amounts = any(place in own for place in self._money)
        return Row(at=at, kind=RowKind.CONTINUED if seen and not amounts else RowKind.NAMELESS)

    def _group(self, at: int, name: str, seq: str, distinct: Sequence[str]) -> Row | None:
        if self._tells(at) and len(distinct) > 1:
            return None
        text = (
            name
            if name and not _NUMERAL.fullmatch(name)
            else next((each for each in distinct if not _NUMERAL.fullmatch(each)), "")
        )
        if not text or number(text) is not None or len(text) > _GROUP_LENGTH or _SEQ.fullmatch(seq):
            return None
        mark = next((kind for kind, form in _MARKS if form.match(text)), "")
        if not mark and seq and _NUMERAL.fullmatch(seq):
            mark = "（一）" if seq[0] in "（(" else "一、"
        count = self._count(at)
        alone = len(distinct) == 1
        if not (mark or (count is not None and _COUNT.search(text)) or alone or (self._numbered and not seq)):
            return None
        return Row(at=at, kind=RowKind.GROUP, name=plain_group(text), mark=mark, count=count)

    def _tells(self, at: int) -> bool:
        """Whether a row says more than a name and amounts: an owner, a place, a time."""
        name = self._table.text(at, self._name)
        return any(
            (text := self._table.text(at, place))
            and self._table.own(at, place)
            and text != name
            and not is_missing(text)
            and not _COUNT.fullmatch(text)
            for place in self._telling
        )

    def _count(self, at: int) -> int | None:
        """How many projects a group's row says it has, in its name or in a cell of its own."""
        for place in self._all:
            found = _COUNT.search(self._table.text(at, place))
            if found:
                return int(found[1] or found[2])
        return None

    def _mostly_numbered(self, seq: int) -> bool:
        texts = [text for row in self._table.rows if (text := self._table.text(row, seq))]
        return len(texts) * 2 > len(self._table.rows) and sum(bool(_SEQ.fullmatch(text)) for text in texts) * 2 > len(texts)


def plain_group(text: str) -> str:
    """A group's name without its mark and its count.

    >>> plain_group("一、产业升级类（66个）"), plain_group("（二）基础设施")
    ('产业升级类', '基础设施')
    """
    for _, form in _MARKS:
        if found := form.match(text):
            text = text[found.end() :]
            break
    return _COUNT.sub("", text).strip(" ：:，,、\u3000")


class Groups:
    """The groups that rows stand in, told by their marks: what has a mark met before closes all below it."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []

    def enter(self, row: Row) -> None:
        """A group's row has been reached."""
        marks = [mark for mark, _ in self._open]
        if row.mark in marks:
            del self._open[marks.index(row.mark) :]
        self._open.append((row.mark, row.name))

    @property
    def path(self) -> str:
        """The open groups from the outermost in, parted by " / "."""
        return " / ".join(name for _, name in self._open)
