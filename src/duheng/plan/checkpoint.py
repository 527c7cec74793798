"""What a target asks along the way and of whom: its checkpoints (quarters) and its parts (towns, offices)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duheng.plan.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What is to be reached by the end of a period, counted from the start of the year (一季度, 双过半, 前三季度).

    `target` is cumulative; its text is the cell as printed, which may give the quarter alone.
    """

    period: str  # 2025-Q1, 2025-H1, 2025-01..09, 2025
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The share of a target that one town, street or office answers for."""

    name: str
    target: Target
