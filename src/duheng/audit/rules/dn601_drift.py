"""DN601 One thing under two names · 名称一字之差

Tests: two quoted names that differ by one character and stand beside the same quoted neighbour; a name of a list or box, or one
that the report uses more than once, of which another place gives all characters but one.

Fails: “十项行动”“四张清单” and “十项行动”“四重清单”; “生物科技园” in a box and “生物科枝园” in the text.
Passes: names that differ by a number, a direction, a level (市, 区) or another word that tells things apart: 供水管网, 排水管网.
May be wrong: where two things really differ by one character; so these are warnings that show both places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.pointing import Span, pointed
from duheng.audit.rule import Rule
from duheng.read import BlockKind

# A character of these on either side tells two things apart; it is no slip.
_APART = frozenset(
    "一二三四五六七八九十百千万亿两首零〇双多几各全本市区县省州镇乡村国街东西南北中上下左右前后内外大小新老旧高低长短深浅远近"
    "年月日季个项条家户次届期第类种级度率量额值甲乙丙丁男女公私内进出输收支增减升降供排给污雨横纵交直生产"
    "和与及或在对的为向从以之到至等将把是了并又再已也要能可不被让使由于而且各该此其"
    "建设成改开竣完投强快促推优提深做办加好"
)
_HAN = re.compile(r"[一-鿿]+")
_QUOTED = re.compile(r"“([^“”，。；：\n]{2,14})”")
_NEAR = 2  # characters between two quoted names that stand side by side
_NAME = 7  # characters from which a listed name is looked for in the text
_SIDE = 2  # characters that must agree on each side of the one that differs
_WORD = 7  # the same on both sides together, for words that are used more than once


@dataclass(frozen=True, slots=True)
class _Quote:
    text: str
    span: Span
    beside: dict[str, int]  # the names next to it, and where they stand


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where two names are one character apart and must be one."""
    done: set[frozenset[str]] = set()
    for found in (_quoted, _listed, _repeated):
        for odd, other in found(draft):
            pair = frozenset(draft.document.text[slice(*span)] for span in (odd, other))
            if not any(pair & each for each in done):
                done.add(pair)
                yield _finding(draft, odd, other)


def _quoted(draft: Draft) -> Iterator[tuple[Span, Span]]:
    """Quoted names beside the same neighbour: the later one is shown first."""
    quotes = _quotes(draft)
    together = {frozenset((quote.text, name)) for quote in quotes for name in quote.beside}
    for left, right in combinations(quotes, 2):
        if frozenset((left.text, right.text)) in together:
            continue  # “氢走廊”“电走廊”: named side by side, so both are meant
        same = {name for name in left.beside.keys() & right.beside.keys() if left.beside[name] != right.beside[name]}
        if same and _differing(left.text, right.text) is not None:
            yield right.span, left.span


def _quotes(draft: Draft) -> list[_Quote]:
    found: list[_Quote] = []
    for block in draft.document.blocks:
        row = list(_QUOTED.finditer(block.text))
        for i, quote in enumerate(row):
            beside = {
                other[1]: block.offset + other.start()
                for other in row[max(0, i - 1) : i + 2]
                if other is not quote and 0 <= max(other.start() - quote.end(), quote.start() - other.end()) <= _NEAR
            }
            if beside and len(quote[1]) > 2:
                span = (block.offset + quote.start(1), block.offset + quote.end(1))
                found.append(_Quote(quote[1], span, beside))
    return found


def _listed(draft: Draft) -> Iterator[tuple[Span, Span]]:
    """Names that boxes list, and near copies of them elsewhere."""
    text = draft.document.text
    for start, end in _names(draft):
        name = text[start:end]
        for i, wrong in _near(name, text):
            whole = text[wrong - i : wrong - i + len(name)]
            if text.count(whole) == 1 and not _is_name(whole, draft):
                yield (wrong - i, wrong - i + len(name)), (start, end)


def _names(draft: Draft) -> Iterator[Span]:
    for block in draft.document.blocks:
        if block.kind is BlockKind.BOX:
            for found in re.finditer(r"[^；;：:\n。]+", block.text):
                run = _HAN.search(found.group())
                if run and len(run.group()) >= _NAME:
                    yield block.offset + found.start() + run.start(), block.offset + found.start() + run.end()


def _is_name(text: str, draft: Draft) -> bool:
    """Whether a stretch is listed on its own, so that both names are meant."""
    return any(draft.document.text[slice(*span)] == text for span in _names(draft))


def _near(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the text has a name with one inner character changed: the place in the name, and in the text."""
    half = len(name) // 2
    for part, shift in ((name[:half], 0), (name[half:], half)):
        at = text.find(part)
        while at >= 0:
            start = at - shift
            other = text[start : start + len(name)] if start >= 0 else ""
            place = _differing(name, other)
            if place is not None and place >= 1:
                yield place, start + place
            at = text.find(part, at + 1)


def _differing(left: str, right: str) -> int | None:
    """The place of the only character by which two texts differ, where it does not tell things apart."""
    if len(left) != len(right):
        return None
    places = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(places) != 1 or not _HAN.fullmatch(left[places[0]] + right[places[0]]):
        return None
    return None if {left[places[0]], right[places[0]]} & _APART else places[0]


def _repeated(draft: Draft) -> Iterator[tuple[Span, Span]]:
    """Words used more than once, and a place that gives them with one character changed."""
    text = draft.document.text
    around: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for run in _HAN.finditer(text):
        for at in range(run.start() + _SIDE, run.end() - _SIDE):
            around[text[at - _SIDE : at], text[at + 1 : at + 1 + _SIDE]][text[at]].append(at)
    for seen in around.values():
        common = [at for at in seen.values() if len(at) > 1]
        for character, places in seen.items():
            if len(places) == 1 and character not in _APART:
                yield from _against(text, places[0], common)


def _against(text: str, odd: int, common: list[list[int]]) -> Iterator[tuple[Span, Span]]:
    for places in common:
        if text[places[0]] in _APART:
            continue
        left, right = _agreement(text, odd, places[0])
        if left + right >= _WORD and sum(_agreement(text, odd, at) == (left, right) or _wide(text, odd, at) for at in places) > 1:
            yield (odd - left, odd + right + 1), (places[0] - left, places[0] + right + 1)


def _wide(text: str, odd: int, at: int) -> bool:
    return sum(_agreement(text, odd, at)) >= _WORD


def _agreement(text: str, a: int, b: int) -> tuple[int, int]:
    """How many characters agree before and behind two places."""
    counts = []
    for step in (-1, 1):
        n = 1
        while min(a, b) + step * n >= 0 and max(a, b) + step * n < len(text) and _alike(text[a + step * n], text[b + step * n]):
            n += 1
        counts.append(n - 1)
    return counts[0], counts[1]


def _alike(a: str, b: str) -> bool:
    return a == b and bool(_HAN.match(a))


def _finding(draft: Draft, odd: Span, other: Span) -> Finding:
    here, there = (draft.document.text[slice(*span)] for span in (odd, other))
    return pointed(
        draft,
        RULE,
        (
            f"名称一字之差：此处为“{here}”，另一处为“{there}”。如指同一事物，请统一写法。",
            f"Two names differ by one character: “{here}” here, “{there}” elsewhere. If one thing is meant, write it one way.",
        ),
        [odd, other],
    )


RULE = Rule(
    code="DN601", name=("名称一字之差", "One thing under two names"), severity=Severity.WARNING, check=check, page=__doc__
)
