"""A whole and its parts, as a report sets them side by side; and whether the parts are all there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise

from duheng import pattern as re
from duheng.audit.around import before, behind, between
from duheng.audit.draft import Draft, interval, quantity
from duheng.audit.interval import Interval, total
from duheng.read import Claim, Measure

_PASSAGE = 300  # characters
_CUE = re.compile(r"其中|，(?:主要)?包括|按[^，。；]{1,8}?(?:划?分|看)|（")
_SPLIT = re.compile(r"按[^，。；]{1,8}?(?:划?分|看)[，：]?")
_DONE = re.compile(r"(?:完成|推进|办结|整改|销号|达标|实现)(?:建设|整改|目标)?[了达]?到?$")
_REST = re.compile(r"其余|其他|其它|剩余|余下")
_OPEN_LIST = re.compile(r"等$|主要|包括|含|重点是")
_SECTORS = re.compile(r"第?一(?:产业)?、第?二(?:产业)?[、和]第?三(?:次)?产业增加值分别")
# Words that divide a whole between them.
_COMPLEMENTS = (
    ("约束性", "预期性"), ("新开工", "续建"), ("新建", "续建"), ("出口", "进口"), ("城镇", "农村"), ("城镇", "乡村"), ("税收", "非税"),
)  # fmt: skip
_SECTOR_CODES = tuple(f"gdp.{sector}.level" for sector in ("primary", "secondary", "tertiary"))


class How(StrEnum):
    """How parts are set beside their whole."""

    SOME = "some"  # named parts, of which there may be more
    ALL = "all"  # parts that divide the whole
    DONE = "done"  # how many of a set are done


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A whole with parts named together."""

    whole: Claim
    parts: tuple[Claim, ...]
    how: How

    @property
    def added(self) -> Interval | None:
        """What the parts come to; None where one has no known unit."""
        bounds = [bound for bound in map(interval, self.parts) if bound is not None]
        return total(bounds) if len(bounds) == len(self.parts) else None

    @property
    def sum(self) -> Decimal:
        """The printed parts added up, in the unit of the whole."""
        known = [found for found in map(quantity, self.parts) if found is not None]
        whole = quantity(self.whole)
        return sum((found.base for found in known), Decimal(0)) / (whole.unit.scale if whole else 1)

    @property
    def digits(self) -> int:
        """Decimals to print the sum with, in the unit of the whole."""
        return max(0, -int(str(self.sum.normalize().as_tuple().exponent)))


@lru_cache(maxsize=8)
def families(draft: Draft) -> tuple[Family, ...]:
    """Every whole of the document with its parts, in order; a whole that is divided twice makes two."""
    by_offset = {claim.offset: claim for claim in draft.claims}
    parts = sorted((claim for claim in draft.claims if claim.of in by_offset), key=lambda c: (c.of or 0, c.offset))
    found = [
        _family(draft, by_offset[of], run)
        for of, group in groupby(parts, key=lambda c: c.of)
        if of is not None
        for run in _runs(draft, by_offset[of], tuple(group))
    ]
    return (*found, *_sectors(draft))


def _runs(draft: Draft, whole: Claim, parts: Sequence[Claim]) -> Iterator[tuple[Claim, ...]]:
    """The parts that are named in one go: behind one 其中, in one bracket, in one breakdown."""
    run = [parts[0]]
    for last, part in pairwise(parts):
        words = between(draft, last, part)
        if "。" in words or _CUE.search(words) or is_done(draft, part) or is_done(draft, run[0]):
            yield tuple(run)
            run = []
        run.append(part)
    yield tuple(run)


def is_done(draft: Draft, claim: Claim) -> bool:
    """Whether a number says how many of a set are done: 共完成25项, rather than naming some of them."""
    return bool(_DONE.search(before(draft, claim))) and not behind(draft, claim)


def _family(draft: Draft, whole: Claim, run: tuple[Claim, ...]) -> Family:
    if len(run) == 1 and is_done(draft, run[0]):
        return Family(whole=whole, parts=run, how=How.DONE)
    how = How.ALL if len(run) > 1 and _is_all(draft, whole, run) else How.SOME
    return Family(whole=whole, parts=run, how=how)


def _is_all(draft: Draft, whole: Claim, run: Sequence[Claim]) -> bool:
    lead = draft.document.text[whole.end : run[0].offset]
    if _REST.search(before(draft, run[-1])) or any(_divide(run, words) for words in _COMPLEMENTS):
        return True
    if _SPLIT.search(lead):
        return True
    opened = re.fullmatch(r"[^，。；：）]{0,6}（(?P<inside>[^（）]*)", lead)
    closing = behind(draft, run[-1], marks="）")
    return bool(opened) and "其中" not in lead and not _OPEN_LIST.search(lead) and not _OPEN_LIST.search(closing)


def _divide(run: Sequence[Claim], words: Sequence[str]) -> bool:
    if len(run) != len(words):
        return False
    return all(any(part.subject.startswith(word) or f"的{word}" in part.subject for part in run) for word in words)


def _sectors(draft: Draft) -> Iterator[Family]:
    """Regional product and the value added of its three sectors, which are all of it."""
    levels = [claim for claim in draft.claims if claim.measure is Measure.LEVEL]
    for place, three in enumerate(zip(levels, levels[1:], levels[2:], strict=False)):
        if not _are_sectors(draft, three):
            continue
        wholes = [
            claim
            for claim in levels[bisect_right(levels, three[0].offset - _PASSAGE, key=lambda c: c.offset) : place]
            if draft.keys[claim.offset].code == "gdp.level" and (claim.period, claim.role) == (three[0].period, three[0].role)
        ]
        if wholes:
            yield Family(whole=wholes[-1], parts=three, how=How.ALL)


def _are_sectors(draft: Draft, three: Sequence[Claim]) -> bool:
    if tuple(draft.keys[claim.offset].code for claim in three) == _SECTOR_CODES:
        return True
    listed = all(between(draft, one, other) in ("、", "和") for one, other in pairwise(three))
    return listed and _SECTORS.search(before(draft, three[0])) is not None
