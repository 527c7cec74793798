"""DR304 The same twice · 重复的行、条目和段落

Tests: two rows of one table with the same words; one name twice in one list of a box, or in one 、-list of a sentence; a whole
paragraph or sentence that stands twice.

Fails: 新兴产业项目：甲项目；乙项目；甲项目。
Passes: one project in the list of starts and again in the list of completions: those are two lists.
May be wrong: where a table repeats a label below another group on purpose; rows below different group rows are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.pointing import Span, pointed
from duheng.audit.rule import Rule
from duheng.read import Block, BlockKind, Table

_LABEL = re.compile(r"[一-鿿]{4,}")
_TOTAL = re.compile(r"合计|小计|总计|其中|其他|其它")
_SERIAL = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[）).、]?")
_HEAD = re.compile(r"^[^：；。]{2,30}：")
# Both begin where a stretch begins: tried from each of its characters, a long line would take the square of its length.
_LISTED = re.compile(
    r"(?<![^，。；：！？、,;:（）()“”\n])[^，。；：！？、,;:（）()“”\n]++(?:、[^，。；：！？、,;:（）()“”\n]++){2,}"
)
_ENDS = re.compile(r"(?<![^。！？\n])[^。！？\n]++[。！？]")
_LONG = 24  # characters from which the same sentence twice is no chance
_NAME = 4  # the same, for a name in a list


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a row, a list item, a sentence or a paragraph is repeated."""
    for table in draft.document.tables:
        yield from _rows(draft, table)
    for block in draft.document.blocks:
        if block.kind is not BlockKind.CELL:
            yield from _names(draft, block)
    yield from _sentences(draft)


def _rows(draft: Draft, table: Table) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], Block] = {}
    group = ""
    for row in table.rows:
        cells = [cell for cell in dict.fromkeys(row) if cell.text.strip()]
        words = tuple(_bare(cell.text) for cell in cells if not _SERIAL.fullmatch(cell.text.strip()) and _is_word(cell.text))
        if len(cells) < 3 or not words:
            group, seen = words[0] if words else group, {}
            continue
        label = next((cell for cell in cells if _LABEL.search(cell.text)), None)
        if label is None or _TOTAL.search(label.text):
            continue
        if words in seen:
            yield _twice(draft, ("表格的行", "table row"), label.text, [_span(label), _span(seen[words])])
        seen[words] = label


def _names(draft: Draft, block: Block) -> Iterator[Finding]:
    """The names of a list, cut at ；, or at 、 within one clause."""
    if block.text.count("；") >= 2 and block.kind is BlockKind.BOX:
        head = _HEAD.match(block.text)
        start = head.end() if head else 0
        yield from _in_list(draft, list(_cut(block, start, len(block.text), "；;")))
    for found in _LISTED.finditer(block.text):
        yield from _in_list(draft, list(_cut(block, found.start(), found.end(), "、")))


def _in_list(draft: Draft, entries: Sequence[Span]) -> Iterator[Finding]:
    seen: dict[str, Span] = {}
    names = [_bare(draft.document.text[slice(*span)]) for span in entries]
    for span, name in zip(entries, _bounded(names), strict=True):
        if len(name) >= _NAME and not any(character.isdigit() for character in name[:1]) and name in seen:
            yield _twice(draft, ("列举项", "list item"), name, [span, seen[name]])
        seen.setdefault(name, span)


def _bounded(names: Sequence[str]) -> list[str]:
    """The names without the verb before the first, where it ends as another does, and without 等… behind the last."""
    first, *rest = [*names[:-1], names[-1].split("等")[0]]
    same = next((name for name in rest if len(name) >= _NAME and first.endswith(name)), first)
    return [same, *rest]


def _sentences(draft: Draft) -> Iterator[Finding]:
    seen: dict[str, Span] = {}
    for block in draft.document.blocks:
        if block.kind is BlockKind.CELL:
            continue
        for found in _ENDS.finditer(block.text):
            bare, span = _bare(found.group()), (block.offset + found.start(), block.offset + found.end())
            if len(bare) >= _LONG and bare in seen:
                yield _twice(draft, ("句子", "sentence"), f"{bare[:20]}…", [span, seen[bare]])
            seen.setdefault(bare, span)


def _twice(draft: Draft, kind: tuple[str, str], shown: str, spans: Sequence[Span]) -> Finding:
    shown = shown.strip().replace("\n", "")
    return pointed(
        draft,
        RULE,
        (
            f"同一{kind[0]}“{shown}”出现了两次。请核对是否重复录入，或其中一处应为另一项。",
            f"The same {kind[1]} “{shown}” stands twice. Was it entered twice, or should one be something else?",
        ),
        spans,
    )


def _cut(block: Block, start: int, end: int, marks: str) -> Iterator[Span]:
    begin = start
    for i in range(start, end + 1):
        if i == end or block.text[i] in marks:
            if block.text[begin:i].strip():
                yield block.offset + begin, block.offset + i
            begin = i + 1


def _bare(text: str) -> str:
    return re.sub(r"[\s。；;]+", "", text)


def _is_word(text: str) -> bool:
    return bool(re.search(r"[一-鿿A-Za-z%％]", text))


def _span(block: Block) -> Span:
    return block.offset, block.end


RULE = Rule(code="DR304", name=("重复", "The same twice"), severity=Severity.WARNING, check=check, page=__doc__)
