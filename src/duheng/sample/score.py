"""How well claims agree with truth labelled by hand: over everything in the text, not over what was recognised."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duheng.read import Claim

# Labels tell counts, durations and per-unit ratios apart; a claim calls them all a level.
_MEASURES = {
    "growth_rate": "growth",
    "share": "share",
    "completion_rate": "completion",
    "rank": "rank",
    "change": "change",
    "gap": "change",
    "multiple": "multiple",
}
# Labels that a careful reader may leave out: thresholds that only name a group, letter grades, targets without a number.
_OPTIONAL = frozenset({"criterion", "grade", "assigned_target"})
_COMPARATORS = {"余(>)": ">", "近": "≈"}
_SCALES = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4))
_IDLE = re.compile(r"[的“”\"（）()、，\s]|增速|增长|比重|占比|数量|个数|项目数")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Shares from 0 to 1: of claims that are labelled, of labels that are found, of labels found with every field right."""

    labels: int
    claims: int
    precision: float
    recall: float
    exact: float
    fields: Mapping[str, float]
    wrong: tuple[tuple[str, Mapping[str, Any], Claim], ...]  # (field, label, claim)
    missed: tuple[Mapping[str, Any], ...]
    spurious: tuple[Claim, ...]


def score(labels: Sequence[Mapping[str, Any]], claims: Sequence[Claim]) -> Score:
    """Compare claims with labels of the same text; a label is found by one claim that overlaps it and has its value."""
    must = [label for label in labels if label["kind"] not in _OPTIONAL and label["value"] is not None]
    optional = [label for label in labels if label not in must]
    free = list(claims)
    pairs: list[tuple[Mapping[str, Any], Claim]] = []
    missed = []
    for label in must:
        found = next((claim for claim in free if _overlap(label, claim) and _same_value(label, claim)), None)
        if found is None:
            missed.append(label)
        else:
            free.remove(found)
            pairs.append((label, found))
    spurious = tuple(claim for claim in free if not any(_overlap(label, claim) for label in optional))
    wrong = tuple((name, *pair) for pair in pairs for name, right in _FIELDS.items() if not right(*pair))
    exact = len(pairs) - len({id(claim) for _, _, claim in wrong})
    return Score(
        labels=len(must),
        claims=len(claims),
        precision=1 - len(spurious) / max(1, len(claims)),
        recall=len(pairs) / max(1, len(must)),
        exact=exact / max(1, len(must)),
        fields={name: sum(right(*pair) for pair in pairs) / max(1, len(pairs)) for name, right in _FIELDS.items()},
        wrong=wrong,
        missed=tuple(missed),
        spurious=spurious,
    )


def _overlap(label: Mapping[str, Any], claim: Claim) -> bool:
    return bool(label["offset"] < claim.end and claim.offset < label["offset"] + len(label["span"]))


def _same_value(label: Mapping[str, Any], claim: Claim) -> bool:
    theirs, ours = float(label["value"]), float(claim.value)
    expanded = _scale(label["unit"])[0] * theirs, _scale(claim.unit)[0] * ours
    return any(abs(abs(a) - abs(b)) <= 1e-9 * max(abs(a), abs(b), 1e-3) for a, b in ((theirs, ours), expanded))


def _scale(unit: str | None) -> tuple[int, str]:
    bare = (unit or "").strip("（）() ")
    return next(((scale, bare[len(mark) :]) for mark, scale in _SCALES if bare.startswith(mark)), (1, bare))


def _same_unit(label: Mapping[str, Any], claim: Claim) -> bool:
    theirs, ours = _scale(label["unit"])[1], _scale(claim.unit)[1]
    return theirs == ours or {theirs, ours} <= {"", "1", "%"}


def _same_subject(label: Mapping[str, Any], claim: Claim) -> bool:
    """One holds the other, or they share most of their characters: people word a subject in more than one way."""
    theirs, ours = _IDLE.sub("", label["subject"]), _IDLE.sub("", claim.subject)
    if not theirs or not ours:
        return theirs == ours
    shared = len(set(theirs) & set(ours)) / len(set(theirs) | set(ours))
    return theirs in ours or ours in theirs or shared >= 0.6


def _same_period(label: Mapping[str, Any], claim: Claim) -> bool:
    return not re.match(r"\d{4}", label["period"]) or claim.period[:4] == label["period"][:4]


_FIELDS: Mapping[str, Callable[[Mapping[str, Any], Claim], bool]] = {
    "unit": _same_unit,
    "measure": lambda label, claim: _MEASURES.get(label["kind"], "level") == claim.measure.value,
    "comparator": lambda label, claim: _COMPARATORS.get(label["comparator"], label["comparator"]) == claim.comparator,
    "role": lambda label, claim: label["is_target"] == (claim.role.value == "target"),
    "period": _same_period,
    "subject": _same_subject,
}
