"""What is wrong, or looks wrong, with a problem of allocation, said in both languages with its place and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from duheng.errors import ProblemUnusable

Words = tuple[str, str]  # (zh, en)
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: a code, where it stands, and what is wrong and what to do, each in (zh, en)."""

    code: str
    place: Words
    message: Words

    @property
    def line(self) -> Words:
        """Place and message as one line."""
        return (f"{self.place[0]}：{self.message[0]}", f"{self.place[1]}: {self.message[1]}")


def refuse_any(faults: Iterable[Fault], *, name: str) -> None:
    """Raise `ProblemUnusable` with every fault, if there is any; of many, the first twenty are told and the rest counted."""
    found = tuple(faults)
    if not found:
        return
    told = [fault.line for fault in found[:_SHOWN]]
    more = len(found) - len(told)
    zh, en = ([line[language] for line in told] for language in (0, 1))
    if more:
        zh.append(f"另有 {more} 处。")
        en.append(f"{more} more.")
    gap_zh, gap_en = ("\n  ", "\n  ") if len(zh) > 1 else ("", " ")
    raise ProblemUnusable(
        name=name or "problem",
        name_zh=name or "分配问题",
        reason=gap_en + gap_en.join(en),
        reason_zh=gap_zh + gap_zh.join(zh),
        faults=found,
    )
