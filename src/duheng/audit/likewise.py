"""What a document says that another may say too: its claims by what they measure, for when, and as what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from duheng.audit.draft import Draft, quantity
from duheng.audit.finding import Spot
from duheng.audit.interval import Interval
from duheng.measure import Comparator
from duheng.read import Claim, Role

_NAMED = 6  # characters from which a name that the catalog does not know is taken to mean one thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One thing that documents state: an indicator (or a long name), its measure, period, role and dimension."""

    what: str
    known: bool  # whether `what` is an indicator of the catalog
    measure: str
    period: str
    role: Role
    dimension: str


def topics(draft: Draft) -> dict[Topic, list[Claim]]:
    """The claims of a document by topic, each list in the order of the text."""
    found: dict[Topic, list[Claim]] = {}
    for claim in draft.claims:
        topic = topic_of(draft, claim)
        if topic is not None:
            found.setdefault(topic, []).append(claim)
    return found


def topic_of(draft: Draft, claim: Claim) -> Topic | None:
    """What a claim is about; None where its name says too little, or its unit is unknown."""
    key, printed = draft.keys[claim.offset], quantity(claim)
    if printed is None or (key.code is None and len(key.name) < _NAMED):
        return None
    return Topic(
        what=key.code or key.name,
        known=key.code is not None,
        measure=key.measure,
        period=claim.period.removesuffix("-end"),
        role=claim.role,
        dimension=printed.unit.dimension,
    )


def agree(left: Sequence[Claim], right: Sequence[Claim], *, falls: bool = False) -> bool:
    """Whether some number of one side may be one of the other; where a topic `falls`, its size may be printed without a sign."""
    signed = not falls
    return any(_overlap(a, b) for a in _bounds(left, signed=signed) for b in _bounds(right, signed=signed))


def _overlap(a: Interval, b: Interval) -> bool:
    """Whether one number could be both; 5.8 and 5.9, which only touch at 5.85, are two."""
    low, high = max(a.low, b.low), min(a.high, b.high)
    return low < high or (low == high and (a.low == a.high or b.low == b.high))


def falls(draft: Draft, topic: Topic) -> bool:
    """Whether a topic is the size of a fall (能耗降低率), printed as 2.5 in a table and as 下降2.5% in the text."""
    entry = draft.naming.entries.get(topic.what) if topic.known else None
    return bool(entry and entry.fall)


def _bounds(claims: Sequence[Claim], *, signed: bool) -> Iterator[Interval]:
    """What the printed numbers allow; a target counts by its number alone."""
    for claim in claims:
        printed = quantity(claim)
        if printed is None:
            continue
        if claim.role is Role.TARGET and printed.value2 is None:
            printed = replace(printed, comparator=Comparator.EQUAL)
        bound = Interval.of(printed)
        yield Interval(low=-bound.high, high=-bound.low) if signed and claim.value < 0 else bound


def name_of(draft: Draft, topic: Topic) -> tuple[str, str]:
    """What a topic is called in Chinese and English."""
    entry = draft.naming.entries.get(topic.what) if topic.known else None
    return (entry.zh, entry.en) if entry else (topic.what, topic.what)


def spot_in(draft: Draft, claim: Claim, *, home: Draft) -> Spot:
    """The place of a claim of `draft`, as a finding of `home` points to it."""
    return Spot(offset=claim.offset, end=claim.end, document="" if draft is home else draft.document.name)


def same_place(left: Draft, right: Draft) -> bool:
    """Whether two documents are of one area, as far as they say."""
    mine, theirs = left.naming.place, right.naming.place
    return not mine.area or not theirs.area or mine.parts[-1:] == theirs.parts[-1:] or mine.area == theirs.area
