"""What has been decided already about one project."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What somebody has decided already about one project; the solver keeps to it.

    `included` says that it is in, or out. `start` is the year in which it starts if it is in. `fund` must pay for it: as much as
    its ceiling there and its needs within the years allow, or at least `amount` fen over these years where that is given.
    """

    project: str
    included: bool | None = None
    start: int | None = None
    fund: str | None = None
    amount: int | None = None
