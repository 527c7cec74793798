"""The two years of a report: the one it looks back on and the one it plans, and which of them a place speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from duheng import read
from duheng.audit.draft import Draft
from duheng.read import Role, Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The year a report plans, as its title has it, and where it turns from looking back to planning."""

    plan: int
    turns: tuple[Setting, ...]
    titles: tuple[str, ...]  # of the sections

    @classmethod
    def of(cls, draft: Draft) -> Years:
        """The years of a draft."""
        titles = tuple(section.title for section in draft.document.sections)
        return cls(plan=draft.plan.year, turns=read.settings(draft.document), titles=titles)

    @property
    def past(self) -> int:
        """The year before the one it plans, which it looks back on."""
        return self.plan - 1

    @property
    def known(self) -> bool:
        """Whether the headings bear out the title: one of them at least names or turns to one of the two years."""
        told = {(turn.role, turn.period) for turn in self.turns}
        turned = told & {(Role.ACTUAL, str(self.past)), (Role.TARGET, str(self.plan))}
        return bool(turned) or any(f"{year}年" in title for title in self.titles for year in (self.past, self.plan))

    def looks_back(self, offset: int) -> bool:
        """Whether a place stands in the part that tells what was, behind the heading that opens it."""
        turn = self._turn(offset)
        return turn is not None and turn.role is Role.ACTUAL

    def plans(self, offset: int) -> bool:
        """Whether a place stands in the part that plans the year, not several."""
        turn = self._turn(offset)
        return turn is not None and turn.role is Role.TARGET and turn.period.isdigit()

    def _turn(self, offset: int) -> Setting | None:
        found = None
        for turn in self.turns[1:]:
            if turn.offset > offset:
                break
            found = turn
        return found
