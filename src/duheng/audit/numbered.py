"""What a report numbers: its headings, the items of its paragraphs, its captions; each with the form of its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from duheng import pattern as re
from duheng.audit.sequence import han, runs, slips
from duheng.measure import from_chinese
from duheng.read import Block, BlockKind, Document, Section

_HAN = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WIDE = {ord("０") + digit: ord("0") + digit for digit in range(10)}
_HEADINGS: tuple[tuple[int, str, str], ...] = (
    # rank, how the number is written, and how it is found
    (0, "第{han}部分", rf"第(?P<n>[{_HAN}]+|\d+)(?:部分|[章篇编])"),
    (1, "第{han}节", rf"第(?P<n>[{_HAN}]+|\d+)节"),
    (1, "{han}、", rf"(?P<n>[{_HAN}]{{1,4}})\s*[、．.]"),
    (2, "（{han}）", rf"[（(]?\s*(?P<n>[{_HAN}]{{1,4}})\s*[）)]"),
    (3, "{n}.", r"(?P<n>\d{1,3})\s*[.．、]"),
    (4, "（{n}）", r"[（(]?\s*(?P<n>\d{1,3})\s*[）)]"),
)
_FORMS = tuple((rank, shown, re.compile(pattern)) for rank, shown, pattern in _HEADINGS)
_RUNS_ON = 3  # 1. to 21. may run on through （一） to （六）
_INLINE = 5  # 一是, 第一，: items rather than headings
_BREAK = r"(?:^|(?<=[。；：！？!?;:\n”]))"
_SOFT = r"(?:^|(?<=[。；：！？，、!?;:,\n”—]))"
_ITEMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("{han}是", re.compile(rf"{_SOFT}\s*(?P<n>[{_HAN}]{{1,3}})是")),
    ("{han}要", re.compile(rf"{_BREAK}\s*(?P<n>[{_HAN}]{{1,3}})要")),
    ("第{han}，", re.compile(rf"{_BREAK}\s*第(?P<n>[{_HAN}]{{1,3}})(?:[，,、]|是)")),
    ("其{han}，", re.compile(rf"{_SOFT}\s*其(?P<n>[{_HAN}]{{1,2}})(?:[，,]|是)")),
    ("（{n}）", re.compile(r"(?<=[。；：，;:])\s*[（(](?P<n>\d{1,2})[）)](?=[一-鿿“])")),
    ("{circled}", re.compile(rf"(?P<n>[{_CIRCLED}])")),
)
ITEM_FORMS = frozenset(shown for shown, _ in _ITEMS)
_CAPTION = re.compile(
    rf"\s*(?P<kind>专栏|附?表|附?图|附件|附录)\s*(?P<n>\d{{1,2}}|[{_HAN}]{{1,3}})(?=$|[\s：:、.．—-]|[^\d年月个张份项一-鿿])"
)
_LONG_CAPTION = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A number in the text: `document.text[offset:end]` is as printed; `form` says how its like are written."""

    value: int
    form: str
    offset: int
    end: int

    def like(self, value: int) -> str:
        """Another number in the same form: what （四） would be as 3 is （三）."""
        circled = _CIRCLED[value - 1] if value <= len(_CIRCLED) else str(value)
        return self.form.format(han=han(value), n=value, circled=circled)

    @property
    def label(self) -> str:
        """The number as its form writes it."""
        return self.like(self.value)


Row = tuple[Mark, ...]


def headings(document: Document) -> tuple[Row, ...]:
    """The numbered headings that are siblings, each row in the order of the text."""
    rows: list[list[list[Mark]]] = []
    open_: dict[int, list[list[Mark]]] = {}
    for section in document.sections:
        if section.level >= _INLINE:
            continue
        found = _heading(document, section)
        rank = found[0] if found else section.level
        for deeper in [each for each in open_ if each > rank]:
            if deeper == _RUNS_ON and rank == _RUNS_ON - 1:
                open_[deeper].append([])  # the count may go on below the next （二）
            else:
                del open_[deeper]
        if found:
            if rank not in open_:
                open_[rank] = [[]]
                rows.append(open_[rank])
            open_[rank][-1].append(found[1])
        elif rank in open_:
            del open_[rank]
    return tuple(_by_form([row for pieces in rows for row in _joined(pieces)]))


def items(document: Document) -> tuple[Row, ...]:
    """The items that a paragraph or its neighbours number in their sentences: 一是…二是…, 第一，…第二，…."""
    parts = groupby(_prose(document), key=lambda block: _part(document, block))
    return tuple(row for _, blocks in parts for row in _items([*blocks]))


def captions(document: Document) -> dict[str, Row]:
    """The numbered captions of tables, boxes, figures and annexes, by kind: 表, 专栏, 图, 附件, 附表."""
    found: dict[str, list[Mark]] = {}
    for block in document.blocks:
        caption = _CAPTION.match(block.text) if _may_be_caption(document, block) else None
        if caption:
            shown = "{han}" if caption["n"][0] in _HAN else "{n}"
            mark = _mark(
                caption["n"], caption["kind"] + shown, block.offset + caption.start("kind"), block.offset + caption.end()
            )
            found.setdefault(caption["kind"], []).append(mark)
    return {kind: tuple(row) for kind, row in found.items()}


def number(text: str) -> int:
    """The value of a number in digits, Chinese numerals or a circle."""
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    narrow = text.translate(_WIDE)
    return int(narrow) if narrow.isdigit() else int(from_chinese(narrow)[0])


def _mark(text: str, form: str, offset: int, end: int) -> Mark:
    return Mark(value=number(text), form=form, offset=offset, end=end)


def _heading(document: Document, section: Section) -> tuple[int, Mark] | None:
    head = document.text[section.offset : section.offset + 16].translate(_WIDE)
    for rank, shown, pattern in _FORMS:
        if section.number and (found := pattern.match(head)):
            return rank, _mark(found["n"], shown, section.offset, section.offset + found.end())
    return None


def _joined(pieces: Sequence[list[Mark]]) -> list[Row]:
    """One count through several parents or one for each, whichever leaves less out of turn."""
    filled = [tuple(piece) for piece in pieces if piece]
    through = tuple(mark for piece in filled for mark in piece)
    apart = sum(len(slips([mark.value for mark in piece])) for piece in filled)
    return [through] if len(slips([mark.value for mark in through])) < apart else filled


def _by_form(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        for run in runs([mark.value for mark in row]):
            yield row[run]


def _prose(document: Document) -> Iterator[Block]:
    return (block for block in document.blocks if block.kind in (BlockKind.PARAGRAPH, BlockKind.BOX))


def _part(document: Document, block: Block) -> tuple[int, int]:
    """The innermost heading above a block: items are not counted on behind it."""
    path = [section.offset for section in document.path_at(block.offset) if section.level < _INLINE]
    return (path[-1] if path else -1), (block.box if block.box is not None else -1)


def _items(blocks: Sequence[Block]) -> Iterator[Row]:
    for shown, pattern in _ITEMS:
        row = tuple(
            _mark(found["n"], shown, block.offset + found.start("n"), block.offset + found.end())
            for block in blocks
            for found in pattern.finditer(block.text)
        )
        for run in runs([mark.value for mark in row]):
            if len(row[run]) > 1:
                yield row[run]


def _may_be_caption(document: Document, block: Block) -> bool:
    if len(block.text) > _LONG_CAPTION or block.text.rstrip().endswith(("。", "；", "，")):
        return False
    framed = [table.caption for table in document.tables]
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.BOX) or any(block is caption for caption in framed)
