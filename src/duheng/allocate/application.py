"""A fund application and its life: applied, reviewed, allotted, arrived, spent (申报 → 审核 → 下达 → 到位 → 支出).

Applied for is not granted. Each step has its day, its paper and its amount in fen; an amount may shrink from step to step and
never grows in silence. What arrives and what is spent comes in parts: these two steps may be told again, with what it is so far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duheng.allocate import money
from duheng.errors import StepRefused

Words = tuple[str, str]  # (zh, en)


class Step(StrEnum):
    """A step in the life of an application; refused ends it."""

    APPLIED = "applied"  # 申报
    REVIEWED = "reviewed"  # 审核
    ALLOTTED = "allotted"  # 下达
    ARRIVED = "arrived"  # 到位
    SPENT = "spent"  # 支出
    REFUSED = "refused"  # 未获批准


ORDER = (Step.APPLIED, Step.REVIEWED, Step.ALLOTTED, Step.ARRIVED, Step.SPENT)
WORDS: Mapping[Step, Words] = {
    Step.APPLIED: ("申报", "applied"),
    Step.REVIEWED: ("审核", "reviewed"),
    Step.ALLOTTED: ("下达", "allotted"),
    Step.ARRIVED: ("到位", "arrived"),
    Step.SPENT: ("支出", "spent"),
    Step.REFUSED: ("未获批准", "refused"),
}
_PARTS = (Step.ARRIVED, Step.SPENT)  # told again as more comes


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step on a day. `amount` is whole fen: of arrived and spent, what it is so far. `words` say why, where a reason is due."""

    step: Step
    on: date
    amount: int
    paper: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundApplication:
    """Money of one pool, asked for one project and one year. Raises StepRefused where its steps contradict each other."""

    project: str
    fund: str
    year: int
    moves: tuple[Move, ...]
    likelihood: Decimal = Decimal(1)  # of being granted, from 0 to 1; 1 where nobody doubts it

    def __post_init__(self) -> None:
        for number, move in enumerate(self.moves):
            _may_follow(self.moves[:number], move)

    def after(self, move: Move) -> FundApplication:
        """The application with one more step."""
        return replace(self, moves=(*self.moves, move))

    @property
    def step(self) -> Step:
        """How far it has come."""
        return self.moves[-1].step

    @property
    def following(self) -> tuple[Step, ...]:
        """The steps that it may take now."""
        return following(self.moves)

    def amount(self, step: Step) -> int | None:
        """What was told at a step, last; None where it was not told."""
        return next((move.amount for move in reversed(self.moves) if move.step is step), None)

    @property
    def granted(self) -> int:
        """The fen that were allotted: what arrived or was spent without an allotment told was allotted too."""
        return next((told for told in map(self.amount, (Step.ALLOTTED, Step.ARRIVED, Step.SPENT)) if told is not None), 0)

    @property
    def arrived(self) -> int:
        """The fen that have arrived so far."""
        return next((told for told in map(self.amount, (Step.ARRIVED, Step.SPENT)) if told is not None), 0)

    @property
    def spent(self) -> int:
        """The fen that have been spent so far."""
        return self.amount(Step.SPENT) or 0

    @property
    def spending_told(self) -> bool:
        """Whether anybody has recorded what was spent of it."""
        return self.amount(Step.SPENT) is not None

    @property
    def left(self) -> int:
        """The fen that were allotted and are not recorded as spent."""
        return max(0, self.granted - self.spent)

    @property
    def pending(self) -> int:
        """The fen that are applied for and neither granted nor refused: the least that its steps still speak of."""
        return self.moves[-1].amount if self.moves[-1].step in (Step.APPLIED, Step.REVIEWED) else 0

    @property
    def likely(self) -> int:
        """The pending fen at their likelihood, rounded down."""
        return money.share(self.pending, self.likelihood)

    def day(self, step: Step) -> date | None:
        """The day of a step: of one told in parts, the first."""
        return next((move.on for move in self.moves if move.step is step), None)


def following(moves: tuple[Move, ...]) -> tuple[Step, ...]:
    """The steps that may follow these. Steps may be left out where nobody recorded them; none may be gone back to.

    >>> [step.value for step in following((Move(step=Step.ARRIVED, on=date(2026, 3, 1), amount=5),))]
    ['arrived', 'spent']
    """
    if not moves:
        return (Step.APPLIED, Step.ALLOTTED)
    last = moves[-1].step
    if last is Step.REFUSED:
        return ()
    place = ORDER.index(last)
    if last in _PARTS:
        return _PARTS
    ahead = ORDER[place + 1 :]
    return (*ahead, Step.REFUSED) if place < ORDER.index(Step.ALLOTTED) else ahead


def _may_follow(before: tuple[Move, ...], move: Move) -> None:
    """Raise StepRefused unless `move` may follow: in order, not before the last day, not growing without a reason."""
    if move.amount < 0:
        _refuse(move, "the amount is negative; write nought or more.", "金额为负；请写零或正数。")
    if move.amount > money.LARGEST:
        _refuse(move, "the amount is larger than any budget; check its unit.", "金额过大，请核对单位。")
    if move.step not in following(before):
        last = WORDS[before[-1].step] if before else ("", "")
        said = f"“{last[1]}”" if before else "nothing"
        _refuse(
            move,
            f"it cannot follow {said}; take the last step back first if it is wrong.",
            f"不能接在“{last[0]}”之后；上一步如有误，请先撤销。" if before else "应先申报或下达。",
        )
    if not before:
        return
    last_move = before[-1]
    if move.on < last_move.on:
        _refuse(
            move,
            f"{move.on} lies before the last step ({last_move.on}); correct the day.",
            f"{move.on} 早于上一步的 {last_move.on}，请改正日期。",
        )
    _not_grown(before, move)


def _not_grown(before: tuple[Move, ...], move: Move) -> None:
    """An amount larger than the step's before it needs a reason, and so does less than what had arrived or been spent already."""
    if move.step is Step.REFUSED or move.words:
        return
    told = {each.step: each.amount for each in before}  # the last of each
    ahead = ORDER[: ORDER.index(move.step)]
    step = next((step for step in reversed(ahead) if step in told), None)
    shown = money.printed(move.amount, money.WAN)
    if step is not None and move.amount > told[step]:
        most = money.printed(told[step], money.WAN)
        _refuse(
            move,
            f"{shown} is more than the {most} {WORDS[step][1]}; correct it, or say why it grew.",
            f"{shown}多于“{WORDS[step][0]}”的{most}；请改正，或说明增加的原因。",
        )
    if move.amount < told.get(move.step, 0):
        least = money.printed(told[move.step], money.WAN)
        _refuse(
            move,
            f"{shown} is less than the {least} told before; write what it is so far, or say why it fell.",
            f"{shown}少于此前的{least}；请填累计数，或说明减少的原因。",
        )


def _refuse(move: Move, en: str, zh: str) -> None:
    raise StepRefused(step=WORDS[move.step][1], step_zh=WORDS[move.step][0], reason=en, reason_zh=zh)
