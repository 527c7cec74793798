"""The words around a number: those of its clause before it, and those between two numbers."""

from __future__ import annotations

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.read import Claim

_MARKS = re.compile(r"\[(?:foot|end)noteRef:\d+\]|\[bookmark: [^\[\]\n]*\]")
_NESTED = re.compile(r"[（(][^（()）]*[）)]")


def before(draft: Draft, claim: Claim, marks: str = "，；。：（") -> str:
    """The words of a clause before its number, back to the last of `marks`; brackets that are closed left out."""
    text = bare(draft.document.text[claim.sentence_offset : claim.offset])
    return text[max(text.rfind(mark) for mark in marks) + 1 :]


def behind(draft: Draft, claim: Claim, marks: str = "，；。：、（）") -> str:
    """The words behind a number to the end of its clause."""
    text = claim.sentence[claim.end - claim.sentence_offset :]
    ends = [at for mark in marks if (at := text.find(mark)) >= 0]
    return text[: min(ends)] if ends else text


def between(draft: Draft, first: Claim, second: Claim) -> str:
    """The words between two numbers, closed brackets left out."""
    return bare(draft.document.text[first.end : second.offset])


def bare(text: str) -> str:
    """`text` without a converter's marks and without what stands in closed brackets."""
    return _NESTED.sub("", _NESTED.sub("", _MARKS.sub("", text)))


def atom(claim: Claim) -> str:
    """The unit without 万 and 亿: what a count counts in."""
    return claim.unit.lstrip("十百千万亿")
