"""One claim for each number of a document, each with its subject, measure, period and role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from duheng import pattern as re
from duheng.measure import Comparator, Form, Found, find
from duheng.read import words
from duheng.read.cells import claims_of_tables
from duheng.read.claim import Claim, Measure, Role
from duheng.read.document import Document
from duheng.read.folded import folded
from duheng.read.names import is_name
from duheng.read.sentence import Sentence, sentences
from duheng.read.setting import Setting, at, holds_prose, place, settings, years
from duheng.read.subject import Reading, Thread, readings
from duheng.read.whole import Said, goes_on, tied

# Counts of the plan's own indicators, reasons and anniversaries are facts in any part of a report.
_COUNTS_THE_PLAN = re.compile(r"指标$|因素|原因|周年|建[区市省县]$")
_JOINTS = frozenset({"、", "和", "及", "与", "，", "以及"})


def claims(document: Document) -> tuple[Claim, ...]:
    """Every number the document states, in the order of the text; see `Claim` for what each says."""
    plain = folded(document)
    found = _claims(plain)
    return found if plain is document else tuple(_as_printed(claim, document.text) for claim in found)


def _as_printed(claim: Claim, text: str) -> Claim:
    """The claim with its words as the document has them, digits at full width included."""
    start = claim.sentence_offset
    return replace(
        claim,
        span=text[claim.offset : claim.offset + len(claim.span)],
        sentence=text[start : start + len(claim.sentence)],
    )


def _claims(document: Document) -> tuple[Claim, ...]:
    places = settings(document)
    found = list(claims_of_tables(document, years(document)))
    for block in document.blocks:
        if holds_prose(block):
            before: list[Said] = []
            for sentence in sentences(block):
                said = tied(sentence, list(_said(sentence, at(places, sentence.offset))), before)
                found.extend(each.claim for each in said)
                before = before if goes_on(sentence) else said
    return tuple(sorted(found, key=lambda c: c.offset))


def _said(sentence: Sentence, setting: Setting) -> Iterator[Said]:
    numbers = [f for f in find(sentence.text) if not is_name(sentence, f)]
    if not numbers:
        return
    thread = Thread()
    previous: Found | None = None
    groups = _groups(sentence, numbers)
    for group, following in zip_longest(groups, groups[1:]):
        comparator = group[-1].quantity.comparator
        shares = "分别" in sentence.text[sentence.clause_start(group[0].start) : group[0].start]
        if previous and "；" in sentence.text[previous.end : group[0].start]:
            thread.owner = thread.main or thread.owner
        for reading in readings(sentence, group, (previous, following[0] if following else None), thread):
            claim = _claim(sentence, reading, setting, comparator if shares else reading.found.quantity.comparator)
            thread.main = thread.main or reading.subject
            thread.said.append(reading.subject)
            yield Said(found=reading.found, claim=claim)
        previous = group[-1]


def _groups(sentence: Sentence, numbers: Sequence[Found]) -> list[list[Found]]:
    """Numbers in a row with nothing but a joint between them, of one form and, unless 分别 lists them, of one dimension."""
    text = sentence.text
    groups = [[numbers[0]]]
    for before, after in pairwise(numbers):
        listed = "分别" in text[sentence.clause_start(before.start) : before.start]
        alike = before.form is after.form and (listed or before.quantity.unit.dimension == after.quantity.unit.dimension)
        joined = text[before.end : after.start] in _JOINTS or after.form is Form.RATIO
        if alike and joined:
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups


def _claim(sentence: Sentence, reading: Reading, setting: Setting, comparator: Comparator) -> Claim:
    found, quantity = reading.found, reading.found.quantity
    start, end = sentence.original(found.start, found.end)
    measure = _measure(reading)
    falls = (bool(words.DOWN.match(reading.verb)) and not reading.reached) or bool(words.FALL_NOUN.search(reading.subject))
    sign = -1 if falls and measure in (Measure.GROWTH, Measure.CHANGE) and quantity.value > 0 else 1
    period, role = place(sentence, found.start, setting)
    if _COUNTS_THE_PLAN.search(reading.subject) and quantity.unit.dimension in ("count", "time.calendar"):
        role = Role.ACTUAL
    raw_start = start - sentence.offset
    return Claim(
        offset=start,
        span=sentence.raw[raw_start : raw_start + end - start],
        sentence=sentence.raw,
        sentence_offset=sentence.offset,
        subject=reading.subject,
        value=quantity.value * sign,
        value2=None if quantity.value2 is None else quantity.value2 * sign,
        unit="%" if found.form is Form.RATIO and "产业" in reading.subject else quantity.unit.symbol,
        measure=measure,
        comparator=comparator.value,
        period=period,
        role=role,
        digits=quantity.digits,
    )


def _measure(reading: Reading) -> Measure:
    found, symbol = reading.found, reading.found.quantity.unit.symbol
    if found.form is Form.RANK:
        return Measure.RANK
    if symbol in words.POINTS:
        return Measure.CHANGE
    if symbol in ("倍", "番") or (found.form is Form.RATIO and ":" in found.printed):
        return Measure.MULTIPLE
    if found.form is Form.WORDS:
        return Measure.GROWTH
    if symbol in ("%", "‰", "成") or found.form is Form.RATIO:
        return _measure_of_rate(reading)
    return Measure.CHANGE if reading.verb and not reading.reached else Measure.LEVEL


def _measure_of_rate(reading: Reading) -> Measure:
    if (reading.verb and not reading.reached) or words.GROWTH_NOUN.search(reading.subject):
        return Measure.GROWTH
    return Measure.COMPLETION if words.COMPLETION_NOUN.search(reading.subject) else Measure.SHARE
