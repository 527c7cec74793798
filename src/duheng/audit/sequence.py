"""Numbers that count on, 1 2 3 …: which of them are out of turn, told the shortest way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_HAN = "零一二三四五六七八九"


class Fault(StrEnum):
    """What is wrong with a number among its neighbours."""

    WRONG = "wrong"  # its neighbours leave room for one other number only
    REPEAT = "repeat"
    GAP = "gap"  # numbers before it are missing
    SWAPPED = "swapped"  # it and the next have changed places


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The number at `index` should have been `expected`."""

    index: int
    expected: int
    fault: Fault


def slips(values: Sequence[int], *, first: int = 1) -> tuple[Slip, ...]:
    """Where a count leaves its order.

    >>> [(slip.index, slip.expected, slip.fault.value) for slip in slips([1, 2, 4, 4, 5])]
    [(2, 3, 'wrong')]
    >>> [(slip.index, slip.expected, slip.fault.value) for slip in slips([1, 2, 4, 5, 5])]
    [(2, 3, 'gap'), (4, 6, 'repeat')]
    """
    found: list[Slip] = []
    seen: set[int] = set()
    expected, index, known = first, 0, 0
    while index < len(values):
        seen.update(values[known:index])
        known = index
        fault = _fault(values, index, expected, seen)
        if fault is None:
            expected += 1
        else:
            found.append(Slip(index=index, expected=expected, fault=fault))
            expected, index = _behind(values, index, expected, fault)
        index += 1
    return tuple(found)


def _fault(values: Sequence[int], index: int, expected: int, seen: set[int]) -> Fault | None:
    value, rest = values[index], values[index + 1 : index + 3]
    if value == expected:
        return None
    if value == expected + 1 and tuple(rest[:2]) in ((expected, expected + 2), (expected,)):
        return Fault.SWAPPED
    if rest and rest[0] == expected + 1:
        return Fault.WRONG
    if value < expected:
        return Fault.REPEAT if value in seen else Fault.WRONG
    return Fault.GAP


def _behind(values: Sequence[int], index: int, expected: int, fault: Fault) -> tuple[int, int]:
    """What is expected behind a slip, and the place of the last number that it explains."""
    if fault is Fault.SWAPPED:
        return expected + 2, index + 1
    if fault is Fault.GAP:
        return values[index] + 1, index
    if fault is Fault.REPEAT and values[index] == expected - 1:
        return expected, index
    return expected + 1, index


def runs(values: Sequence[int]) -> tuple[slice, ...]:
    """A row of numbers cut where the count begins anew: at a 1 with a 2 behind it, though one of its first three be wrong.

    >>> [(run.start, run.stop) for run in runs([1, 2, 3, 1, 2, 1, 4])]
    [(0, 3), (3, 7)]
    """
    starts = [0] + [i for i in range(1, len(values) - 1) if _begins(values, i)]
    return tuple(slice(start, stop) for start, stop in zip(starts, [*starts[1:], len(values)], strict=True)) if values else ()


def _begins(values: Sequence[int], index: int) -> bool:
    head = [*values[index : index + 3], 0][:3]
    if values[index] == values[index - 1] + 1 or head[0] == values[index - 1]:
        return head[:2] == [1, 2]
    return head[:2] == [1, 2] or head[1:] == [2, 3] or (head[0] == 1 and head[2] == 3)


def han(number: int) -> str:
    """A number as headings print it; from a thousand on, which no heading counts to, in digits.

    >>> [han(number) for number in (4, 10, 12, 21, 30, 100, 103, 110, 1000)]
    ['四', '十', '十二', '二十一', '三十', '一百', '一百零三', '一百一十', '1000']
    """
    if not 0 <= number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if hundreds:
        behind = f"{_HAN[tens]}十" if tens else "零" if ones else ""
        return f"{_HAN[hundreds]}百{behind}{_HAN[ones] if ones else ''}"
    lead = ("" if tens == 1 else _HAN[tens]) + "十" if tens else ""
    return lead + (_HAN[ones] if ones or not tens else "")
