"""Problems and answers as plain values that a database keeps as JSON, and back: every fen and every digit stays.

Whole numbers stay numbers, decimals become text; keys of mappings, which JSON only has as text, are read back by the type of the field.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from duheng.allocate.answer import Answer
from duheng.allocate.pin import Pin
from duheng.allocate.problem import Problem


def keep(value: Problem | Answer | Pin) -> dict[str, Any]:
    """A value as what JSON holds."""
    kept = _plain(value)
    assert isinstance(kept, dict)
    return kept


def problem_of(kept: Mapping[str, Any]) -> Problem:
    """The problem that was kept. Raises `ProblemUnusable` where it is none."""
    return _read(kept, Problem)  # type: ignore[no-any-return]


def answer_of(kept: Mapping[str, Any]) -> Answer:
    """The answer that was kept."""
    return _read(kept, Answer)  # type: ignore[no-any-return]


def pin_of(kept: Mapping[str, Any]) -> Pin:
    """The pin that was kept."""
    return _read(kept, Pin)  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return f"{value:f}" if isinstance(value, Decimal) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kept: Any, kind: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if kept is None else _read(kept, next(each for each in inner if each is not NoneType))
    if dataclasses.is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        names = [each.name for each in dataclasses.fields(kind) if each.name in kept]
        return kind(**{name: _read(kept[name], hints[name]) for name in names})  # type: ignore[operator]
    if origin is tuple:
        return tuple(
            _read(each, inner[min(place, len(inner) - 1)] if inner[-1] is not Ellipsis else inner[0])
            for place, each in enumerate(kept)
        )
    if origin is not None and issubclass(origin, Mapping):
        return {_read(key, inner[0]): _read(each, inner[1]) for key, each in kept.items()}
    if isinstance(kind, type) and issubclass(kind, Enum | Decimal | int) and kind is not bool:
        return kind(kept)
    return kept
