"""What is worked out of thousands of rows, kept for as long as nothing has been done.

Every change is an action that leaves one line of history, so the newest line tells whether anything has changed. A line may become
visible after a later one; hence nothing is kept for longer than a minute. Kept by each process for itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from duheng.site.records.models import Event

Value = TypeVar("Value")
_MOST = 32  # values
_SECONDS = 60.0
_kept: dict[tuple[Hashable, ...], tuple[float, Any]] = {}


def kept(key: tuple[Hashable, ...], make: Callable[[], Value]) -> Value:
    """The value under `key`, made anew where anything was done since, or a minute has passed."""
    whole = (*key, Event.objects.order_by("-pk").values_list("pk", flat=True).first())
    found = _kept.get(whole)
    if found is not None and time.monotonic() - found[0] < _SECONDS:
        value: Value = found[1]
        return value
    made = make()
    while len(_kept) >= _MOST:
        _kept.pop(next(iter(_kept)), None)
    _kept[whole] = (time.monotonic(), made)
    return made


def forget() -> None:
    """Keep nothing: for tests, which take back what was done."""
    _kept.clear()
