"""Targets that judge themselves (placeholder until the kinds land)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is aimed at."""

    text: str
