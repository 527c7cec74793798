"""A rate that a report prints beside the part and the whole it was worked out from: 33项…完成25项，完成率76%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from duheng import pattern as re
from duheng.audit.around import atom, bare, before, between
from duheng.audit.draft import Draft, interval
from duheng.audit.family import Family
from duheng.audit.interval import Interval, shown
from duheng.audit.interval import total as added
from duheng.read import Claim, Measure

_RATES = frozenset({Measure.SHARE, Measure.COMPLETION})
_SAID = r"(?:为|达到?|约|近|超过?|仅|已|的)*$"
SHARE = re.compile(rf"^(?:仅|约)?(?:占比|占(?:全部|总数|总量|总额|总投资|全区|全市|全省|全县)?的?(?:比重|比例)?){_SAID}")
_DEED = r"(?:完成|开工|竣工|完工|投产|投用|推进|顺利|按期|达标|办结|整改|销号|处置|化解|兑现|落实|转化|开通|合格|通过|交付|建成)"
RATE = re.compile(rf"^(?:年度|总体|投资|任务|目标)*{_DEED}+(?:投资|任务|目标)?(?:率|比例){_SAID}")
_OF_PLAN = re.compile(rf"^(?:占|完成)?(?:年度|全年)?(?:目标|计划|任务)(?:任务|投资)?的?{_SAID}")
_PLANNED = re.compile(r"计划|目标|任务|预算")
_CARRIED_OUT = re.compile(r"完成|实际|实现|到位|执行")
_THEREOF = re.compile(r"(?:计划)?(?P<name>[^，。；：]{2,10}?)(?:项目|任务)?中，[^，；]*$")
_TOGETHER = re.compile(rf"^合计占(?P<of>[^，。；]+?)(?:的|比重|比例)?{_SAID}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A printed rate with what it was worked out from; `wholes` are those it may be of, the nearest first."""

    rate: Claim
    parts: tuple[Claim, ...]
    wholes: tuple[Claim, ...]

    @property
    def holds(self) -> bool | None:
        """Whether some part and whole give the rate, each within its rounding; None where a unit is unknown."""
        printed = interval(self.rate)
        if printed is None or any(interval(claim) is None for claim in (*self.parts, *self.wholes)):
            return None
        return any(self.against(whole).meets(printed) for whole in self.wholes)

    def against(self, whole: Claim) -> Interval:
        """The rate that the parts are of a whole."""
        return added(interval(part) or Interval(low=Decimal(0), high=Decimal(0)) for part in self.parts) / _known(whole)

    @property
    def worked_out(self) -> str:
        """The rate as it should be printed, of the nearest whole."""
        whole = _known(self.wholes[0]).middle
        part = added(_known(part) for part in self.parts).middle
        return f"{shown(part / whole * 100, max(1, self.rate.digits))}%" if whole else ""


def _known(claim: Claim) -> Interval:
    return interval(claim) or Interval(low=Decimal(0), high=Decimal(0))


def rated(draft: Draft) -> Iterator[Rated]:
    """Every rate of the document that stands beside its part and whole."""
    by_offset = {claim.offset: claim for claim in draft.claims}
    for claims in draft.sentences:
        for at, rate in enumerate(claims):
            if rate.measure in _RATES and rate.unit == "%" and at:
                found = _rated(draft, claims[:at], rate, by_offset)
                if found:
                    yield found


def _rated(draft: Draft, said: Sequence[Claim], rate: Claim, by_offset: dict[int, Claim]) -> Rated | None:
    words = before(draft, rate, marks="，；。：（、")
    together = _TOGETHER.match(words)
    if together:
        return _together(draft, said, rate, together["of"])
    part = _part(draft, said, rate)
    if part is None or not (SHARE.match(words) or RATE.match(words) or _OF_PLAN.match(words)):
        return None
    if not _OF_PLAN.match(words) and part.of in by_offset:
        return Rated(rate=rate, parts=(part,), wholes=tuple(_ancestors(part, by_offset)))
    if SHARE.match(words):
        return None
    whole = _planned(draft, said, part) or _named(draft, part)
    return Rated(rate=rate, parts=(part,), wholes=(whole,)) if whole else None


def _part(draft: Draft, said: Sequence[Claim], rate: Claim) -> Claim | None:
    """The amount that the rate speaks of: the one before it, growth and change passed over."""
    for claim in reversed(said):
        if "；" in between(draft, claim, rate):
            return None
        if claim.measure is Measure.LEVEL:
            return claim
        if claim.measure in _RATES:
            return None
    return None


def _ancestors(part: Claim, by_offset: dict[int, Claim]) -> Iterator[Claim]:
    while part.of is not None and part.of in by_offset:
        part = by_offset[part.of]
        yield part


def _planned(draft: Draft, said: Sequence[Claim], part: Claim) -> Claim | None:
    """What was planned of what was done: 计划投资142.5亿元，实际完成148.9亿元."""
    if not _CARRIED_OUT.search(before(draft, part, marks="，；。：（、")):
        return None
    for claim in reversed(said):
        alike = claim is not part and claim.measure is Measure.LEVEL and atom(claim) == atom(part)
        if alike and _PLANNED.search(before(draft, claim)) and "；" not in between(draft, claim, part):
            return claim
    return None


def _named(draft: Draft, part: Claim) -> Claim | None:
    """The whole that a sentence names again without its number: 计划新开工项目中，实际开工71个."""
    head = bare(draft.document.text[part.sentence_offset : part.offset])
    found = _THEREOF.search(head)
    if not found:
        return None
    fit = [c for c in draft.beside(part) if c.offset < part.sentence_offset]
    fit = [c for c in fit if c.measure is Measure.LEVEL and atom(c) == atom(part) and found["name"] in c.subject]
    return fit[-1] if fit else None


def _together(draft: Draft, said: Sequence[Claim], rate: Claim, name: str) -> Rated | None:
    """Amounts in a row, and what they come to of a whole named: 分别达168亿元、142亿元，合计占总产值的70.7%."""
    levels = [claim for claim in said if claim.measure is Measure.LEVEL]
    run = levels[-1:]
    for one, other in pairwise(reversed(levels)):
        if between(draft, other, one) not in ("、", "和"):
            break
        run.append(other)
    wholes = [c for c in draft.beside(rate) if c.measure is Measure.LEVEL and c.subject.endswith(name)]
    wholes = [whole for whole in wholes if (atom(whole), whole.period) == (atom(run[0]), run[0].period)] if run else []
    return Rated(rate=rate, parts=tuple(reversed(run)), wholes=tuple(wholes)) if wholes else None


def shares_of(family: Family, all_rated: Sequence[Rated]) -> tuple[Claim, ...]:
    """The shares printed beside each part of a family; empty where one has none."""
    by_part = {each.parts[0].offset: each.rate for each in all_rated if len(each.parts) == 1}
    found = [by_part.get(part.offset) for part in family.parts]
    return tuple(rate for rate in found if rate is not None) if None not in found else ()
