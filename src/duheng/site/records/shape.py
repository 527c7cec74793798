"""A target as a row's fields and back: the one place that knows both shapes."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

from duheng.plan.target import Checkpoint, Part, Reference, Target
from duheng.plan.verdict import Polarity

_COLUMNS = ("value", "value2", "note", "text")


def target_columns(target: Target) -> dict[str, Any]:
    """The columns of a `TargetVersion` that hold `target`."""
    extra: dict[str, Any] = {}
    for field in fields(target):
        value = getattr(target, field.name)
        said = field.name == "confirmed" and value is not None  # that the superior found it not done is said, too
        if field.name in _COLUMNS or value is None or value == () or (value is False and not said):
            continue
        extra[field.name] = _plain(value)
    return {"kind": target.kind, **{column: getattr(target, column) for column in _COLUMNS}, "extra": extra}


def target_of(
    *, kind: str, value: Decimal | None, value2: Decimal | None, note: str | None, text: str, extra: dict[str, Any]
) -> Target:
    """The target that a `TargetVersion`'s columns hold."""
    made = _BY_KIND[kind]
    known = {field.name for field in fields(made)}
    given: dict[str, Any] = {"note": note, "text": text} | {key: _rich(key, of) for key, of in extra.items()}
    given |= {key: number for key, number in (("value", value), ("value2", value2)) if number is not None}
    return made(**{key: of for key, of in given.items() if key in known})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Checkpoint):
        return {"period": value.period, "target": _form(value.target)}
    if isinstance(value, Part):
        return {"name": value.name, "target": _form(value.target)}
    if isinstance(value, Reference):
        return {"text": value.text, "code": value.code}
    return value.value if isinstance(value, Polarity) else value


def _rich(key: str, value: Any) -> Any:
    if key == "references":
        return tuple(Reference(text=item["text"], code=item["code"]) for item in value)
    if key == "checkpoints":
        return tuple(Checkpoint(period=item["period"], target=_target(item["target"])) for item in value)
    if key == "parts":
        return tuple(Part(name=item["name"], target=_target(item["target"])) for item in value)
    if key == "polarity":
        return Polarity(value)
    return tuple(value) if isinstance(value, list) else value


def _form(target: Target) -> dict[str, Any]:
    """A target inside another one's column: numbers as text, so that none loses a digit."""
    columns = target_columns(target)
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in columns.items()}


def _target(form: dict[str, Any]) -> Target:
    numbers = {name: None if form[name] is None else Decimal(form[name]) for name in ("value", "value2")}
    return target_of(kind=form["kind"], note=form["note"], text=form["text"], extra=form["extra"], **numbers)


_BY_KIND = {made.kind: made for made in Target.__subclasses__()}
