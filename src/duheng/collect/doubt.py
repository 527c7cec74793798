"""What is wrong, or looks wrong, with a row that came in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the file; a warning is shown and kept."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A rule that a row breaks, said in both languages, with the series, the period and the place it stands at.

    Without a place it says how many more there are, which `value` counts.
    """

    rule: str
    severity: Severity
    message: tuple[str, str]  # (zh, en)
    place: str = ""
    series: str = ""
    period: str = ""
    value: str = ""


_MOST = 200  # of one rule, shown one by one; how many there are is told


class Doubts:
    """Doubts as they are gathered, by rows of a file; of each rule the first two hundred are kept and the rest counted."""

    def __init__(self, *, place: Callable[[int], str]) -> None:
        self._place = place
        self._found: dict[str, list[Doubt]] = {}
        self._counts: dict[str, int] = {}

    def error(self, rule: str, row: int, zh: str, en: str, *, value: str = "") -> None:
        """A row that cannot be taken in, and keeps the file out."""
        self._add(Doubt(rule=rule, severity=Severity.ERROR, message=(zh, en), place=self._place(row), value=value))

    def warning(self, rule: str, row: int, zh: str, en: str, *, value: str = "") -> None:
        """A row that looks wrong, or is left out."""
        self._add(Doubt(rule=rule, severity=Severity.WARNING, message=(zh, en), place=self._place(row), value=value))

    def _add(self, doubt: Doubt) -> None:
        count = self._counts[doubt.rule] = self._counts.get(doubt.rule, 0) + 1
        if count <= _MOST:
            self._found.setdefault(doubt.rule, []).append(doubt)

    def all(self) -> tuple[Doubt, ...]:
        """Everything gathered, and a line for each rule that says how many more there are."""
        return tuple(doubt for rule, found in self._found.items() for doubt in (*found, *_more(found[0], self._counts[rule])))


def _more(first: Doubt, count: int) -> tuple[Doubt, ...]:
    if count <= _MOST:
        return ()
    message = (f"另有 {count - _MOST} 行同样的问题。", f"{count - _MOST} more rows have the same problem.")
    return (Doubt(rule=first.rule, severity=first.severity, message=message, value=str(count - _MOST)),)
