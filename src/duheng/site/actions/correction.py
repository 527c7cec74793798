"""What a person typed in place of what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from duheng.plan.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A target, or values of the fields of what a review item is about, and why."""

    target: Target | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
