"""A verdict: whether a figure meets a target, by how much, and why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """How a target ended."""

    MET = "met"
    BASICALLY_MET = "basically_met"  # 基本完成: short of it, within the rule's margin
    MISSED = "missed"
    NOT_YET_KNOWN = "not_yet_known"


class Polarity(StrEnum):
    """Which direction of an indicator is the better one."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Figure(Protocol):
    """A published number that can be held against a target; `digits` counts its decimals as printed."""

    @property
    def value(self) -> Decimal:
        """The number, in `unit`."""

    @property
    def unit(self) -> str:
        """Its unit as printed, 万 and 亿 included."""

    @property
    def digits(self) -> int:
        """Decimals as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A bare published number, where no series stands behind it."""

    value: Decimal
    unit: str = ""

    @property
    def digits(self) -> int:
        """Decimals as printed: a Decimal keeps them."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How strictly targets are judged: an office's own choice, so never written into the targets.

    `around_points` is what 左右 forgives on a percentage, `around_share` on any other unit as a share of the target; `basically`
    is the share of the target by which a miss still counts as 基本完成 (0: no such class). All three are presets without a
    source of law.
    """

    around_points: Decimal = Decimal("0.2")
    around_share: Decimal = Decimal("0.02")
    basically: Decimal = Decimal(0)

    def forgiven(self, value: Decimal, unit: str) -> Decimal:
        """What 左右 forgives around `value`."""
        return self.around_points if unit in ("%", "个百分点", "百分点") else abs(value) * self.around_share


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a target is met; `margin` is in the target's unit, positive on the good side, None where nothing can be said."""

    outcome: Outcome
    margin: Decimal | None
    why: tuple[str, str]  # (zh, en)
