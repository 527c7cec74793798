"""The document under audit, with all that a rule may ask of it, each thing worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TypeVar

from duheng import catalog, plan, read
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.interval import Interval
from duheng.errors import UnitUnknown
from duheng.measure import Comparator, Quantity, unit
from duheng.plan import Naming, Place, Plan
from duheng.read import BlockKind, Claim, Document

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a claim measures, so that two claims of one thing can be told: its name without idle words, and its measure."""

    name: str
    measure: str
    code: str | None  # the catalog's indicator, where the name is one


@dataclass(frozen=True, kw_only=True, eq=False)
class Draft:
    """A document with its claims; sentences, names and the plan it states are worked out when first asked for.

    Two drafts are the same only if they are one object, so that what is worked out for one can be kept beside it.
    """

    document: Document
    claims: tuple[Claim, ...]

    @classmethod
    def of(cls, document: Document) -> Draft:
        """The draft of a document."""
        return cls(document=document, claims=read.claims(document))

    @classmethod
    def of_plan(cls, ledger: Plan, *, name: str) -> Draft:
        """A living plan to lay beside a report: no text, but what is planned."""
        draft = cls(document=Document(name=name, format="plan", text="", blocks=()), claims=())
        draft.__dict__["plan"] = ledger
        return draft

    @cached_property
    def sentences(self) -> tuple[tuple[Claim, ...], ...]:
        """The claims of each sentence (or table row) that has any, in order."""
        return tuple(tuple(group) for _, group in groupby(self.claims, key=lambda c: c.sentence_offset))

    @cached_property
    def naming(self) -> Naming:
        """Tells which indicator of the catalog a name means, in a report of this place."""
        return Naming(entries=catalog.load("indicators"), place=Place.of(plan.head_of(self.document)))

    @cached_property
    def plan(self) -> Plan:
        """The plan that the document states."""
        return plan.from_reports(self.document, self.claims)

    @cached_property
    def keys(self) -> dict[int, Key]:
        """What each claim measures, by the claim's offset."""
        return {claim.offset: self._key(claim) for claim in self.claims}

    def _key(self, claim: Claim) -> Key:
        name = self.naming.name(claim.subject, measure=claim.measure)
        code = self.naming.bind(claim.subject, unit=claim.unit, measure=claim.measure)
        return Key(name=name.core, measure=claim.measure.value, code=code)

    def by_sentence(self, offset: int) -> tuple[Claim, ...]:
        """The claims of the sentence that begins at `offset`."""
        return self._by_sentence.get(offset, ())

    def beside(self, claim: Claim) -> tuple[Claim, ...]:
        """The claims of the block in which a claim stands, itself included."""
        return self._by_block.get(self._block(claim), ())

    @cached_property
    def _by_sentence(self) -> dict[int, tuple[Claim, ...]]:
        return _grouped(self.claims, lambda claim: claim.sentence_offset)

    @cached_property
    def _by_block(self) -> dict[int, tuple[Claim, ...]]:
        return _grouped(self.claims, self._block)

    def _block(self, claim: Claim) -> int:
        block = self.document.block_at(claim.offset)
        return -1 if block is None else block.offset

    def named(self, name: str) -> tuple[Claim, ...]:
        """The claims whose name, without idle words, is `name`."""
        return self._by_name.get(name, ())

    @cached_property
    def _by_name(self) -> dict[str, tuple[Claim, ...]]:
        return _grouped(self.claims, lambda claim: self.keys[claim.offset].name)

    def in_table(self, claim: Claim) -> bool:
        """Whether the claim is a cell of a table."""
        block = self.document.block_at(claim.offset)
        return block is not None and block.kind is BlockKind.CELL

    def sentence_at(self, offset: int) -> str:
        """The sentence around a character, for findings that no claim carries; the block itself where it is short."""
        block = self.document.block_at(offset)
        if block is None:
            return ""
        at = offset - block.offset
        start = max(block.text.rfind(mark, 0, at) for mark in "。！？\n") + 1
        ends = [place for mark in "。！？\n" if (place := block.text.find(mark, at)) >= 0]
        return block.text[start : min(ends) + 1 if ends else len(block.text)].strip()


def _grouped(claims: Sequence[Claim], key: Callable[[Claim], T]) -> dict[T, tuple[Claim, ...]]:
    found: dict[T, list[Claim]] = {}
    for claim in claims:
        found.setdefault(key(claim), []).append(claim)
    return {place: tuple(group) for place, group in found.items()}


def quantity(claim: Claim) -> Quantity | None:
    """A claim's number as a quantity, sign dropped; None where its unit is not one of the catalog's."""
    return _quantity(claim.value, claim.value2, claim.unit, digits=claim.digits, comparator=claim.comparator)


@lru_cache(maxsize=2048)  # rules ask for the quantities of the same claims in turn
def _quantity(first: Decimal, second: Decimal | None, symbol: str, *, digits: int, comparator: str) -> Quantity | None:
    try:
        found = unit(symbol)
    except UnitUnknown:
        return None
    value, upper = abs(first), None if second is None else abs(second)
    if upper is not None and upper < value:
        value, upper = upper, value
    return Quantity(value=value, value2=upper, unit=found, digits=digits, comparator=Comparator(comparator))


def interval(claim: Claim) -> Interval | None:
    """What a claim's printed number allows, in the base unit; None where its unit is unknown."""
    found = quantity(claim)
    return None if found is None else Interval.of(found)


def spots(*claims: Claim) -> tuple[Spot, ...]:
    """The places of claims, in the order given."""
    return tuple(Spot(offset=claim.offset, end=claim.end) for claim in claims)


def finding(rule: str, severity: Severity, message: tuple[str, str], claims: Sequence[Claim], **more: tuple[str, str]) -> Finding:
    """A finding at claims: the first is where it stands, and gives the sentence."""
    return Finding(rule=rule, severity=severity, message=message, spots=spots(*claims), sentence=claims[0].sentence, **more)


Check = Callable[[Draft], Iterator[Finding]]
