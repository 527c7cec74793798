"""The two years of a report: the one it looks back on and the one it plans, and which of them a place speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from duheng import read
from duheng.read import Document, Role, Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The years of a report, and where it turns from one to the other; None where it does not tell."""

    past: int | None
    plan: int | None
    turns: tuple[Setting, ...]

    @classmethod
    def of(cls, document: Document) -> Years:
        """The years of a document, as its title and headings give them."""
        turns = read.settings(document)
        past = next((int(turn.period) for turn in turns if turn.role is Role.ACTUAL and turn.period.isdigit()), None)
        plan = next((int(turn.period) for turn in turns if turn.role is Role.TARGET and turn.period.isdigit()), None)
        return cls(past=past, plan=plan, turns=turns)

    @property
    def known(self) -> bool:
        """Whether the report tells both, one behind the other."""
        return self.past is not None and self.plan == self.past + 1

    def looks_back(self, offset: int) -> bool:
        """Whether a place stands in the part that tells what was, behind the heading that opens it."""
        turn = self._turn(offset)
        return turn is not None and turn.role is Role.ACTUAL and turn.period == str(self.past)

    def plans(self, offset: int) -> bool:
        """Whether a place stands in the part that plans the year."""
        turn = self._turn(offset)
        return turn is not None and turn.role is Role.TARGET and turn.period == str(self.plan)

    def _turn(self, offset: int) -> Setting | None:
        found = None
        for turn in self.turns[1:]:
            if turn.offset > offset:
                break
            found = turn
        return found
