"""DN601 One thing under two names · 名称一字之差

Tests: two quoted names that differ by one character, beside the same quoted neighbour, long enough to be told alone, or the one
written once and the other more often; words of a list or box, or words used more than once, of which another place gives all
characters but one.

Fails: “十项行动”“四张清单” and “十项行动”“四重清单”; “生物科技园” in a box and “生物科枝园” in the text.
Passes: names that differ by a number, a direction, a level (市, 区) or another word that tells things apart: 供水管网, 排水管网.
May be wrong: where two things really differ by one character; so these are warnings that show both places.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.pointing import Span, pointed
from duheng.audit.rule import Rule
from duheng.read import BlockKind

# A character of these on either side tells two things apart, or another thing of them; it is no slip.
_COUNTS = frozenset(
    "一二三四五六七八九十百千万亿两首零〇双多几各全本市区县省州镇乡村国街东西南北中上下左右前后内外大小新老旧高低长短甲乙丙丁男女公私"
)
_APART = _COUNTS | frozenset(
    "深浅远近年月日季个项条家户次届期第类种级度率量额值进出输收支增减升降供排给污雨横纵交直生产"
    "和与及或在对的为向从以之到至等将把是了并又再已也要能可不被让使由于而且该此其建设成改开竣完投强快促推优提做办加好"
)
_HAN = re.compile(r"[一-鿿]+")
_QUOTED = re.compile(r"“([^“”，。；：\n]{2,14})”")
_NEAR = 2  # characters between two quoted names that stand side by side
_LONG = 6  # characters of a quoted name that tell it without its neighbours
_SHORT = 4  # ... and of one that the report has written otherwise more than once
_USUAL = 2  # times that a name is quoted for it to be the usual writing
_SIDES = ((2, 2), (1, 5), (5, 1))  # characters that must agree before and behind the one that differs
_WORD = 7  # the same on both sides together, where one writing is used more than once
_LISTED = 8  # the same, where one of the two stands in a list of names
_EDGE = 2  # more of them where only one character stands on one side: 模范 and 示范 are two words


@dataclass(frozen=True, slots=True)
class _Quote:
    text: str
    span: Span
    beside: dict[str, int]  # the names next to it, and where they stand


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where two names are one character apart and must be one."""
    done: set[str] = set()
    for found in (_quoted, _repeated):
        for odd, other in found(draft):
            texts = {draft.document.text[slice(*span)] for span in (odd, other)}
            if not texts & done:
                done |= texts
                yield _finding(draft, odd, other)


def _quoted(draft: Draft) -> Iterator[tuple[Span, Span]]:
    """Quoted names one character apart: the later one is shown first."""
    quotes = _quotes(draft)
    often = Counter(quote.text for quote in quotes)
    together = {frozenset((quote.text, name)) for quote in quotes for name in quote.beside}
    for left, right, place in _near(quotes):
        if frozenset((left.text, right.text)) in together:
            continue  # “氢走廊”“电走廊”: named side by side, so both are meant
        same = {name for name in left.beside.keys() & right.beside.keys() if left.beside[name] != right.beside[name]}
        apart = {left.text[place], right.text[place]}
        if same or (len(left.text) >= _LONG and not apart & _COUNTS):
            yield right.span, left.span
        elif len(left.text) >= _SHORT and not apart & _APART and _is_slip(draft, left.text, right.text, often):
            yield (left.span, right.span) if often[left.text] == 1 else (right.span, left.span)


def _is_slip(draft: Draft, left: str, right: str, often: Counter[str]) -> bool:
    """Whether one of two names is written once in all, and the other is the report's usual one."""
    rare, usual = sorted((left, right), key=lambda name: often[name])
    return often[usual] >= _USUAL and draft.document.text.count(rare) == 1


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
            if len(quote[1]) > 2:
                found.append(_Quote(quote[1], (block.offset + quote.start(1), block.offset + quote.end(1)), beside))
    return found


def _near(quotes: Sequence[_Quote]) -> Iterator[tuple[_Quote, _Quote, int]]:
    """Pairs of quoted names that differ by one Chinese character, with its place; of each writing only the first is taken."""
    seen: dict[tuple[int, str], dict[str, _Quote]] = defaultdict(dict)
    for quote in quotes:
        for i, character in enumerate(quote.text):
            alike = seen[i, quote.text[:i] + quote.text[i + 1 :]]
            if _HAN.match(character):
                yield from ((other, quote, i) for known, other in alike.items() if known != character)
                alike.setdefault(character, quote)


def _repeated(draft: Draft) -> Iterator[tuple[Span, Span]]:
    """Words used more than once or listed, and the one place that gives them with a character changed."""
    text = draft.document.text
    lists = _lists(draft)
    for before, behind in _SIDES:
        around: dict[str, list[int]] = {}
        for run in _HAN.finditer(text):
            for at in range(run.start() + before, run.end() - behind):
                around.setdefault(text[at - before : at] + text[at + 1 : at + 1 + behind], []).append(at)
        for places in around.values():
            if len(places) > 1:
                seen: dict[str, list[int]] = defaultdict(list)
                for at in places:
                    seen[text[at]].append(at)
                yield from _against(text, seen, lists) if len(seen) > 1 else ()


def _lists(draft: Draft) -> Callable[[int], bool]:
    """Tells whether a place stands in a list of names."""
    spans = [(block.offset, block.end) for block in draft.document.blocks if block.kind is BlockKind.BOX and "；" in block.text]
    return lambda at: any(start <= at < end for start, end in spans)


def _against(text: str, seen: dict[str, list[int]], lists: Callable[[int], bool]) -> Iterator[tuple[Span, Span]]:
    for odd, other in permutations(seen, 2):
        if len(seen[odd]) > 1 or {odd, other} & _APART:
            continue
        at = seen[odd][0]
        agreeing = [(_agreement(text, at, place), place) for place in seen[other]]
        many = [each for each in agreeing if _enough(text, at, each, least=_WORD)]
        listed = [each for each in agreeing if lists(at) != lists(each[1]) and _enough(text, at, each, least=_LISTED)]
        for (left, right), place in many[:1] if len(many) > 1 else listed[:1]:
            yield (at - left, at + right + 1), (place - left, place + right + 1)


def _enough(text: str, at: int, agreeing: tuple[tuple[int, int], int], *, least: int) -> bool:
    """Whether two places agree in so much that they name one thing."""
    (left, right), place = agreeing
    ends = [text[end : end + 1] for end in (at + right + 1, place + right + 1)]
    on_edge = min(left, right) < 2 and any(_HAN.match(end) for end in ends)
    return left + right >= least + (_EDGE if on_edge else 0)


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
