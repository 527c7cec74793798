"""A project that may be paid for, as far as money and years are concerned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from duheng.allocate import money


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project that may be paid for: it is in or out, and if in, starts in one year from `earliest` to `latest`.

    `yearly` is its need in its first, second … year, in fen. `ceilings` says which funds may pay it, and at most which share of
    its total need each. `requires` must be in too and start no later; none of `excludes` may be in beside it. `mandatory` must
    be in; `committed` (续建) is under way, and comes before whatever is new; `spent` is what each fund, of this plan or not, has
    paid it before, in fen: it is part of its total need and of what these funds may pay.
    """

    code: str
    name: str = ""
    priority: Decimal = Decimal(0)
    mandatory: bool = False
    committed: bool = False
    earliest: int
    latest: int
    yearly: tuple[int, ...]
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    ceilings: Mapping[str, Decimal] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # In the order of codes, so that among answers of one worth the same is found however the ceilings were written down.
        object.__setattr__(self, "ceilings", dict(sorted(self.ceilings.items())))

    @property
    def title(self) -> str:
        """Its name, else its code."""
        return self.name or self.code

    @property
    def total(self) -> int:
        """Its whole need in fen, whenever it starts, with what was spent before."""
        return sum(self.yearly) + sum(self.spent.values())

    def ceiling(self, fund: str) -> int:
        """The fen that `fund` may still pay it at most, over all years; 0 where it is not eligible."""
        return max(0, money.share(self.total, self.ceilings.get(fund, Decimal(0))) - self.spent.get(fund, 0))

    def needs(self, start: int) -> dict[int, int]:
        """Its needs in fen by year, when it starts in `start`; years without a need are left out."""
        return {start + number: need for number, need in enumerate(self.yearly) if need}
