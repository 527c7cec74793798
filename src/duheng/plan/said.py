"""What the text says of a target, and how it joins what the plan table prints: both are kept, the richer form wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from duheng import pattern as re
from duheng.plan.plan import Mention
from duheng.plan.scale import in_unit, plain
from duheng.plan.target import (
    Around,
    Assigned,
    AtLeast,
    AtMost,
    FloorWithStretch,
    InStepWith,
    Positive,
    Range,
    Target,
)
from duheng.plan.verdict import Polarity
from duheng.plan.wording import bare, parse_target
from duheng.read import Claim, Document

_STRETCH = re.compile(r"(?:力争|争取|冲刺|奋斗目标)[^，。；、\d]{0,8}$")
_BARE = re.compile(r"[-\d][\d.,]*\s*[^\d以不左约≥≤<>—~至]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A target as one sentence states it; `stretch` where it only says what to strive for (力争10%)."""

    target: Target
    mention: Mention
    stretch: bool = False


def said_by(claim: Claim, *, document: Document, index: int, polarity: Polarity, falls: bool) -> Said:
    """A claim about the future as a target; for an indicator that counts a fall, the size of the fall."""
    before = document.text[claim.sentence_offset : claim.offset]
    target = _target(claim, polarity=polarity)
    if falls:
        behind = re.match(r"[^，。；、\d]{0,4}", document.text[claim.end :])
        words = f"{plain(abs(claim.value))}{claim.unit}{behind.group() if behind else ''}"
        target = parse_target(words, unit=claim.unit, polarity=Polarity.HIGHER) or target
    mention = Mention(document=index, offset=claim.offset, end=claim.end, sentence=claim.sentence)
    return Said(
        target=replace(target, text=claim.span, sentences=(claim.sentence,)),
        mention=mention,
        stretch=bool(_STRETCH.search(before)),
    )


def _target(claim: Claim, *, polarity: Polarity) -> Target:
    value, unit = claim.value, claim.unit
    if "正增长" in claim.span:
        return Positive(unit=unit, polarity=Polarity.HIGHER)
    if claim.comparator == "range" and claim.value2 is not None:
        return Range(value=value, value2=claim.value2, unit=unit, polarity=polarity)
    if claim.comparator in (">=", ">"):
        return AtLeast(value=value, unit=unit, exclusive=claim.comparator == ">")
    if claim.comparator in ("<=", "<"):
        return AtMost(value=value, unit=unit, exclusive=claim.comparator == "<")
    if claim.comparator == "≈":
        return Around(value=value, unit=unit, polarity=polarity)
    return bare(value, unit=unit, polarity=polarity)


def join(first: Target, others: Sequence[Said]) -> tuple[Target, tuple[Said, ...]]:
    """The one target that the table's (or first) wording and the text's give together, and what disagrees with it.

    The first wording's text stays; a bare number takes the text's operator; 力争 adds the stretch.
    """
    target, stretch = first, None
    disagreeing: list[Said] = []
    for said in others:
        value = _same_scale(said.target, first)
        if said.stretch and value is not None and target.value is not None and _beyond(value, target):
            stretch = value
        elif not _agree(target, said.target):
            disagreeing.append(said)
        else:
            target = _richer(target, said.target)
    if stretch is not None and target.value is not None:
        target = _stretched(target, stretch)
    return target, tuple(disagreeing)


def _beyond(value: Decimal, target: Target) -> bool:
    assert target.value is not None
    return value < target.value if target.polarity is Polarity.LOWER else value > target.value


def _stretched(target: Target, value2: Decimal) -> Target:
    assert target.value is not None
    return FloorWithStretch(
        value=target.value,
        value2=value2,
        text=target.text,
        unit=target.unit,
        note=target.note,
        ambition=target.ambition,
        polarity=Polarity.LOWER if target.polarity is Polarity.LOWER else Polarity.HIGHER,
    )


def _agree(first: Target, other: Target) -> bool:
    """Whether two wordings can mean one target: the same number, or the same kind where there is none."""
    if first.value is None or other.value is None:
        return first.kind == other.kind
    if _same_scale(other, first) != first.value:
        return False
    if isinstance(first, Range) != isinstance(other, Range):
        return False
    opposite = {type(first), type(other)} == {AtLeast, AtMost}
    return not opposite or bool(_is_bare(first) or _is_bare(other))


def _richer(first: Target, other: Target) -> Target:
    """`first`, with the operator of `other` if it is a bare number itself."""
    if first.value is None or isinstance(first, (Range, FloorWithStretch)) or not _is_bare(first) or _is_bare(other):
        ambition = first.ambition or other.ambition
        return replace(first, ambition=ambition) if ambition != first.ambition else first
    ambition = first.ambition or other.ambition
    if isinstance(other, (AtLeast, AtMost, Around)):
        return replace(other, value=first.value, ambition=ambition, text=first.text, unit=first.unit, note=first.note)
    if isinstance(other, FloorWithStretch):
        value2 = in_unit(other.value2, unit=other.unit, wanted=first.unit)
        return _stretched(first, value2) if value2 is not None else first
    return first


def _is_bare(target: Target) -> bool:
    if isinstance(target, (Around, Assigned, InStepWith, Positive)) or getattr(target, "exclusive", False):
        return False
    return bool(_BARE.fullmatch(target.text.split("（")[0].strip()))


def _same_scale(target: Target, first: Target) -> Decimal | None:
    return in_unit(target.value, unit=target.unit, wanted=first.unit) if target.value is not None else None
