"""What changed between two drafts of a report, number by number: sentences are paired first, then the numbers in them.

A sentence that only moved is no change. Sentences are paired by their words without numbers, else with the one most like them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from duheng import measure
from duheng import pattern as re
from duheng.audit.finding import Spot
from duheng.read import BlockKind, Document, sentences

_SIGN = "\ue000"  # stands for a number in the words of a sentence
_LIKE = 0.55  # likeness from which two sentences are taken to be one, reworded
_LONG = 3000  # characters beyond which a sentence is no sentence, and is not compared with others
_PAIRS = 4_000_000  # pairs of sentences beyond which two texts are not two drafts of one
_TRIED = 4  # sentences that share most with a new one are looked at closely
_NEAR = 4  # characters before a number by which it is known again in another sentence
_SPACE = re.compile(r"\s")
_BEHIND = re.compile(r"[\u4e00-\u9fff]*$")
_LEAD = re.compile(r"[（(]?\d+(?:[)）、．]|\.(?!\d))")  # the number of a heading, not of what it says


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of one draft: where it stands, as it is printed, and the words right before it."""

    offset: int
    end: int
    text: str
    before: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A number that is not what it was: changed where there are both, new without an old one, gone without a new one."""

    new: Number | None
    old: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A sentence or a row of a table: `words` has a sign for each of its numbers, and no spaces."""

    words: str
    numbers: tuple[Number, ...]

    @property
    def whole(self) -> tuple[str, tuple[str, ...]]:
        return self.words, tuple(number.text for number in self.numbers)


@lru_cache(maxsize=4)
def revision(new: Document, old: Document) -> tuple[Change, ...]:
    """The numbers that changed, came or went from `old` to `new`, in the order of the text."""
    ours, theirs = _without_same(list(_lines(new)), list(_lines(old)))
    changes: list[Change] = []
    pairs, left, right = _paired(ours, theirs)
    for mine, other in pairs:
        changes += _compared(mine, other)
    changes += [Change(new=number, old=None) for line in left for number in line.numbers]
    changes += [Change(new=None, old=number) for line in right for number in line.numbers]
    return tuple(sorted(_without_moved(changes), key=_order))


def spot(number: Number, *, document: str = "") -> Spot:
    """The place of a number."""
    return Spot(offset=number.offset, end=number.end, document=document)


def _order(change: Change) -> tuple[bool, int]:
    number = change.new or change.old
    return change.new is None, number.offset if number else 0


def _lines(document: Document) -> Iterator[_Line]:
    for table in document.tables:
        for row in table.rows:
            cells = {cell.offset: cell.text for cell in row if cell.text}
            if cells:
                yield _line(list(cells.items()))
    for block in document.blocks:
        if block.kind is not BlockKind.CELL:
            yield from (_line([(sentence.offset, sentence.raw)]) for sentence in sentences(block))


def _line(pieces: Sequence[tuple[int, str]]) -> _Line:
    whole = " │ ".join(" ".join(text.split()) for _, text in pieces)
    words: list[str] = []
    numbers: list[Number] = []
    for offset, text in pieces:
        lead = _LEAD.match(text)
        done = lead.end() if lead else 0
        words.append(text[:done])
        for found in measure.find(text):
            if found.start < done:
                continue
            words += [text[done : found.start], _SIGN]
            before = _BEHIND.findall(_SPACE.sub("", text[max(done, found.start - 3 * _NEAR) : found.start])[-_NEAR:])[0]
            printed = _SPACE.sub("", text[found.start : found.end])
            numbers.append(
                Number(offset=offset + found.start, end=offset + found.end, text=printed, before=before, sentence=whole)
            )
            done = found.end
        words += [text[done:], "│"]
    return _Line(words=_SPACE.sub("", "".join(words)), numbers=tuple(numbers))


def _without_same(ours: list[_Line], theirs: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Without the sentences that both have, wherever they stand."""
    return _left_over(ours, Counter(line.whole for line in theirs)), _left_over(theirs, Counter(line.whole for line in ours))


def _left_over(lines: list[_Line], known: Counter[tuple[str, tuple[str, ...]]]) -> list[_Line]:
    found = []
    for line in lines:
        if known[line.whole]:
            known[line.whole] -= 1
        else:
            found.append(line)
    return found


def _paired(ours: list[_Line], theirs: list[_Line]) -> tuple[list[tuple[_Line, _Line]], list[_Line], list[_Line]]:
    """Sentences of the same words first, then those most alike; and what is left on both sides."""
    free = dict(enumerate(theirs))
    by_words: dict[str, list[int]] = defaultdict(list)
    for place, line in free.items():
        by_words[line.words].append(place)
    pairs, rest = [], []
    for line in ours:
        if by_words[line.words]:
            pairs.append((line, free.pop(by_words[line.words].pop(0))))
        else:
            rest.append(line)
    left = []
    several = len(rest) * len(free) <= _PAIRS
    for line in rest:
        alike = _most_like(line, free) if several and len(line.words) <= _LONG else None
        if alike is None:
            left.append(line)
        else:
            pairs.append((line, free.pop(alike)))
    return pairs, left, list(free.values())


def _most_like(line: _Line, free: dict[int, _Line]) -> int | None:
    own = _runs(line.words)
    shared = {place: len(own & _runs(other.words)) for place, other in free.items() if len(other.words) <= _LONG}
    tried = sorted((place for place in shared if shared[place]), key=lambda place: -shared[place])[:_TRIED]
    alike = {place: SequenceMatcher(None, line.words, free[place].words, autojunk=False).ratio() for place in tried}
    best = max(alike, key=lambda place: alike[place], default=None)
    return best if best is not None and alike[best] >= _LIKE else None


@lru_cache(maxsize=8192)
def _runs(words: str) -> frozenset[str]:
    return frozenset(words[i : i + 2] for i in range(len(words) - 1))


def _compared(new: _Line, old: _Line) -> Iterator[Change]:
    """The numbers of a sentence against those of the same sentence before; equal ones are no change."""
    if new.words == old.words:
        pairs = zip(new.numbers, old.numbers, strict=True)
        yield from (Change(new=is_, old=was) for is_, was in pairs if is_.text != was.text)
        return
    mine, theirs = iter(new.numbers), iter(old.numbers)
    for _, a, b, c, d in SequenceMatcher(None, old.words, new.words, autojunk=False).get_opcodes():
        before = list(islice(theirs, old.words.count(_SIGN, a, b)))
        after = list(islice(mine, new.words.count(_SIGN, c, d)))
        for was, is_ in zip(before, after, strict=False):
            if was.text != is_.text:
                yield Change(new=is_, old=was)
        yield from (Change(new=number, old=None) for number in after[len(before) :])
        yield from (Change(new=None, old=number) for number in before[len(after) :])


def _without_moved(changes: Sequence[Change]) -> list[Change]:
    """Without numbers that left one sentence and came into another behind the same words."""
    gone = Counter((c.old.text, c.old.before) for c in changes if c.old and not c.new)
    came = Counter((c.new.text, c.new.before) for c in changes if c.new and not c.old)
    moved = {key: min(count, came[key]) for key, count in gone.items() if came[key]}
    left = {True: dict(moved), False: dict(moved)}
    kept = []
    for change in changes:
        number = change.new if change.old is None else change.old if change.new is None else None
        key = (number.text, number.before) if number else ("", "")
        if number is not None and left[change.new is None].get(key):
            left[change.new is None][key] -= 1
        else:
            kept.append(change)
    return kept
