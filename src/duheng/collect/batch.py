"""What one file brings: its figures with the cell each stands in, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from duheng.collect.doubt import Doubt, Severity
from duheng.collect.figures import Figures
from duheng.errors import CollectError
from duheng.measure import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Figures on their way in. `printed` is each one's text, `places` the cell or line it stands in.

    `dated` says that the file itself tells since when each figure is known: then an unchanged figure of a later day is kept too.
    `names` are the words for its indicators, `areas` the places it speaks of, both by code. `missing` counts cells
    that say there is no figure.
    """

    figures: Figures
    printed: Sequence[str]
    places: Sequence[str]
    dated: bool = False
    missing: int = 0
    doubts: tuple[Doubt, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not len(self.figures) == len(self.printed) == len(self.places):
            raise CollectError(reason="The columns of a batch differ in length.", reason_zh="各列长度不一。")

    @property
    def stops(self) -> bool:
        """Whether an error keeps the file out."""
        return any(doubt.severity is Severity.ERROR for doubt in self.doubts)
