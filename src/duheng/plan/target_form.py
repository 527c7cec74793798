"""A target as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from duheng.errors import PlanError
from duheng.plan.scale import json_number
from duheng.plan.target import (
    Around,
    Assigned,
    AtLeast,
    AtMost,
    Checkpoint,
    Exactly,
    FloorWithStretch,
    InStepWith,
    Part,
    Positive,
    Range,
    Reference,
    Target,
)
from duheng.plan.verdict import Polarity

_Kinds = (AtLeast, AtMost, Exactly, Around, Range, Positive, InStepWith, Assigned, FloorWithStretch)
KINDS: Mapping[str, type[Target]] = {kind.kind: kind for kind in _Kinds}
_PLAIN = ("unit", "note", "ambition", "deadline", "exclusive", "loosely", "confirmed")


def target_to_dict(target: Target) -> dict[str, Any]:
    """The JSON form: kind, value, value2, note, text, sentences, and what else the kind holds.

    >>> target_to_dict(AtLeast(value=Decimal("6"), unit="%", text="6"))["kind"]
    'at_least'
    """
    form: dict[str, Any] = {
        "kind": target.kind,
        "value": json_number(target.value),
        "value2": json_number(target.value2),
        "note": target.note,
        "text": target.text,
        "sentences": list(target.sentences),
        "polarity": target.polarity.value,
    }
    form.update({name: getattr(target, name) for name in _PLAIN if hasattr(target, name)})
    if isinstance(target, InStepWith):
        form["references"] = [{"text": each.text, "code": each.code} for each in target.references]
    if target.checkpoints:
        form["checkpoints"] = [{"period": each.period, "target": target_to_dict(each.target)} for each in target.checkpoints]
    if target.parts:
        form["parts"] = [{"name": each.name, "target": target_to_dict(each.target)} for each in target.parts]
    return form


def target_from_dict(form: Mapping[str, Any]) -> Target:
    """The target that a JSON form describes. Raises PlanError if it describes none."""
    kind = KINDS.get(str(form.get("kind")))
    if kind is None:
        known = ", ".join(KINDS)
        raise PlanError(reason=f"“{form.get('kind')}” is no kind of target; use one of {known}.")
    named = {each.name for each in fields(kind)}
    given: dict[str, Any] = {name: form[name] for name in _PLAIN if name in named and form.get(name) is not None}
    for name in ("value", "value2"):
        if form.get(name) is not None:
            given[name] = Decimal(str(form[name]))
    if "references" in named:
        given["references"] = tuple(Reference(text=each["text"], code=each.get("code")) for each in form.get("references", ()))
    given["text"] = str(form.get("text") or "")
    given["sentences"] = tuple(form.get("sentences", ()))
    if form.get("polarity"):
        given["polarity"] = Polarity(form["polarity"])
    given["checkpoints"] = tuple(
        Checkpoint(period=each["period"], target=target_from_dict(each["target"])) for each in form.get("checkpoints", ())
    )
    given["parts"] = tuple(Part(name=each["name"], target=target_from_dict(each["target"])) for each in form.get("parts", ()))
    try:
        return kind(**given)
    except TypeError as wrong:
        raise PlanError(reason=f"A target of kind “{kind.kind}” lacks its number.") from wrong
