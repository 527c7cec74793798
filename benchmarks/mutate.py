"""Fresh corruptions of a report, one small edit each, of the kinds that slip into reports: for measuring the audit.

    .venv/bin/python benchmarks/mutate.py REPORT [SEED]     prints them, one JSON object a line

The same report and seed always give the same corruptions. Each keeps the document's structure, so a .docx is corrupted as well.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from duheng import read
from duheng.audit import Draft
from duheng.audit.likewise import topics
from duheng.read import Block, Claim, Document, Table
from duheng.read.outline import sections

SEED = 20260120
EACH = 4  # corruptions of a kind in one report


@dataclass(frozen=True, kw_only=True)
class Edit:
    """`text[start:end]` becomes `new`; `kind` says what was broken."""

    kind: str
    start: int
    end: int
    new: str
    also: tuple[Edit, ...] = ()  # edits that belong to it


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A corrupted document, what was edited, and the words before and after."""

    kind: str
    document: Document
    old: str
    new: str
    offset: int


def mutants(draft: Draft, *, seed: int = SEED, each: int = EACH) -> Iterator[Mutant]:
    """Up to `each` corruptions of every kind that the report offers."""
    for kind, make in KINDS.items():
        chance = random.Random(f"{seed} {kind}")  # noqa: S311 -- corruptions, not secrets
        offered = list(make(draft, chance))
        for edit in sorted(chance.sample(offered, min(each, len(offered))), key=lambda edit: edit.start):
            document = draft.document
            old = document.text[edit.start : edit.end]
            if old != edit.new:
                yield Mutant(kind=kind, document=edited(document, [edit, *edit.also]), old=old, new=edit.new, offset=edit.start)


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """The document with edits that do not cross the ends of its blocks; every block keeps its place in the structure."""
    edits = sorted(edits, key=lambda edit: edit.start)

    def moved(place: int, *, end: bool = False) -> int:
        before = [e for e in edits if e.end < place or (e.end == place and (end or e.start < e.end or e.new == ""))]
        return place + sum(len(e.new) - (e.end - e.start) for e in before)

    pieces, done = [], 0
    for edit in edits:
        pieces += [document.text[done : edit.start], edit.new]
        done = edit.end
    text = "".join([*pieces, document.text[done:]])
    made: dict[int, Block] = {}

    def block(old: Block) -> Block:
        if id(old) not in made:
            start, stop = moved(old.offset), moved(old.end, end=True)
            made[id(old)] = replace(old, offset=start, text=text[start:stop])
        return made[id(old)]

    blocks = tuple(block(old) for old in document.blocks)
    tables = tuple(
        Table(index=t.index, caption=t.caption and block(t.caption), rows=tuple(tuple(block(c) for c in row) for row in t.rows))
        for t in document.tables
    )
    boxes = tuple(replace(b, caption=b.caption and block(b.caption), blocks=tuple(map(block, b.blocks))) for b in document.boxes)
    return replace(document, text=text, blocks=blocks, tables=tables, boxes=boxes, sections=sections(blocks))


def find_and_replace(document: Document, find: str, new: str) -> Document:
    """The document with a text, which stands in it once, replaced line by line."""
    if document.text.count(find) != 1 or find.count("\n") != new.count("\n"):
        raise ValueError(f"not one edit of one place: {find}")
    start, edits = document.text.index(find), []
    for old, fresh in zip(find.split("\n"), new.split("\n"), strict=True):
        if old != fresh:
            edits.append(Edit(kind="given", start=start, end=start + len(old), new=fresh))
        start += len(old) + 1
    return edited(document, edits)


def _digit(claim: Claim, kind: str, chance: random.Random) -> Iterator[Edit]:
    """Another leading digit: a slip that matters."""
    found = re.search(r"[1-9]", claim.span)
    if found:
        start = claim.offset + found.start()
        other = chance.choice([digit for digit in "123456789" if digit != found.group()])
        yield Edit(kind=kind, start=start, end=start + 1, new=other)


def _parts(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    for claim in draft.claims:
        if claim.of is not None:
            yield from _digit(claim, "part", chance)


def _wholes(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    owners = {claim.of for claim in draft.claims}
    for claim in draft.claims:
        if claim.offset in owners:
            yield from _digit(claim, "whole", chance)


def _restated(draft: Draft) -> list[Claim]:
    """Numbers that the report states more than once, the same each time."""
    same = [claims for topic, claims in topics(draft).items() if topic.known and len(claims) > 1]
    return [claim for claims in same if len({(c.value, c.unit) for c in claims}) == 1 for claim in claims]


def _restated_digits(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    for claim in _restated(draft):
        yield from _digit(claim, "restated", chance)


def _any_digits(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    for claim in draft.claims:
        yield from _digit(claim, "any", chance)


def _swapped(draft: Draft, claims: Sequence[Claim]) -> Iterator[Edit]:
    for claim in claims:
        for found in re.finditer(r"[万亿](?=元|户|人|吨|件|家)", claim.span):
            start = claim.offset + found.start()
            yield Edit(kind="unit", start=start, end=start + 1, new="亿" if found.group() == "万" else "万")


def _swapped_restated(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    yield from _swapped(draft, _restated(draft))


def _swapped_any(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    yield from _swapped(draft, draft.claims)


def _matches(draft: Draft, pattern: str, kind: str, new: Callable[[re.Match[str]], str]) -> Iterator[Edit]:
    """An edit of the part of each match that the group `x` marks."""
    for block in draft.document.blocks:
        for found in re.finditer(pattern, block.text):
            start, end = found.span("x")
            yield Edit(kind=kind, start=block.offset + start, end=block.offset + end, new=new(found))


def _values_of_each(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    number = r"\d[\d.]*(?:%|个百分点|亿元|万元|万人|家|个)"
    yield from _matches(
        draft, rf"分别[^，。；、\d]{{1,8}}(?:{number}、)+{number}(?P<x>(?:、|和){number})", "values", lambda _: ""
    )


def _points(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    yield from _matches(draft, r"\d(?P<x>个百分点)", "points", lambda _: "%")


def _cited(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    cited = r"(?:见|如|列入|根据|按照|按)[“《（(]?(?:附?表|专栏|附件|图)\s*(?P<x>\d)"
    yield from _matches(draft, cited, "citation", lambda found: str((int(found["x"]) + 3) % 10))


def _unquoted(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    yield from _matches(draft, r"“[^“”]{1,20}(?P<x>”)", "quote", lambda _: "")


def _unbracketed(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    yield from _matches(draft, r"（[^（）]{2,40}(?P<x>）)", "bracket", lambda _: "")


def _doubled(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    yield from _matches(draft, r"(?:推进|加快|实现|完成|提升)(?P<x>)[^，。]", "doubled", lambda found: found.group()[:2])


def _headings(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    digits = "一二三四五六七八九十"
    for section in draft.document.sections:
        number = section.number
        place = draft.document.text.find(number, section.offset, section.offset + 8) if number else -1
        if place >= 0 and len(number) == 1 and section.level <= 5:
            known = digits if number in digits else "123456789"
            at = known.find(number)
            if at >= 0:
                new = known[(at + 2) % len(known)]
                yield Edit(kind="heading", start=place, end=place + 1, new=new)


def _years(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    """A heading that names the wrong year."""
    for section in draft.document.sections:
        for found in re.finditer(r"20\d\d(?=年)", section.title if section.level <= 2 else ""):
            start = draft.document.text.find(found.group(), section.offset)
            yield Edit(kind="year", start=start, end=start + 4, new=str(int(found.group()) + chance.choice([-2, 2])))


def _counted(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    """One item less in a list whose length the text gives and that was complete: 建设甲、乙、丙3个园区."""
    items = r"[^、，。；：\d“”（）\s]{2,14}"
    pattern = rf"(?:{items}、)+(?P<last>{items}?)(?P<n>[2-9]|[两三四五六七八九])(?=个|项|家|大|类|条|座)"
    for block in draft.document.blocks:
        for found in re.finditer(pattern, block.text):
            count = "两三四五六七八九".find(found["n"]) + 2 if found["n"] in "两三四五六七八九" else int(found["n"])
            if found.group().count("、") + 1 == count and not found["last"].endswith("等"):
                start, end = block.offset + found.start("last") - 1, block.offset + found.end("last")
                yield Edit(kind="item", start=start, end=end, new="")


def _rows(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    """A row of a table printed over the one below, its number excepted: the same row twice."""
    for table in draft.document.tables:
        for row, below in zip(table.rows[1:], table.rows[2:], strict=False):
            if len({id(cell) for cell in (*row, *below)}) < len(row) + len(below) or not all(
                cell.text for cell in (*row, *below)
            ):
                continue
            edits = [
                Edit(kind="row", start=under.offset, end=under.end, new=over.text)
                for over, under in zip(row, below, strict=False)
                if over.text != under.text and not under.text.strip(".、").isdecimal()
            ]
            if edits:
                yield replace(edits[0], also=tuple(edits[1:]))


def _names(draft: Draft, chance: random.Random) -> Iterator[Edit]:
    """One character of a quoted name that is used more than once."""
    text = draft.document.text
    names = re.findall(r"“([\u4e00-\u9fff]{4,10})”", text)
    for name in sorted({name for name in names if text.count(name) > 1}):
        start = text.index(name) + len(name) // 2
        yield Edit(kind="name", start=start, end=start + 1, new=chance.choice([c for c in "水山田园林业" if c != text[start]]))


KINDS: dict[str, Callable[[Draft, random.Random], Iterator[Edit]]] = {
    "digit of a part": _parts,
    "digit of a whole": _wholes,
    "digit of a restated number": _restated_digits,
    "万 for 亿 in a restated number": _swapped_restated,
    "values after 分别": _values_of_each,
    "item of a counted list": _counted,
    "% for 百分点": _points,
    "citation": _cited,
    "number of a heading": _headings,
    "year of a heading": _years,
    "row of a table twice": _rows,
    "quote not closed": _unquoted,
    "bracket not closed": _unbracketed,
    "word doubled": _doubled,
    "character of a repeated name": _names,
    "万 for 亿 anywhere": _swapped_any,
    "digit of any number": _any_digits,
}


def main(report: str, seed: str = str(SEED)) -> None:
    draft = Draft.of(read.open_document(Path(report)))
    for mutant in mutants(draft, seed=int(seed)):
        row = {"rule": mutant.kind, "offset": mutant.offset, "find": mutant.old, "replace": mutant.new, "seed": int(seed)}
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__" and len(sys.argv) > 1:
    main(*sys.argv[1:3])
