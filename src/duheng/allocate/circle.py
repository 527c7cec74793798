"""Circles among things that require each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def circle(requires: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A circle of requirements, its first code again at its end; empty where there is none. What requires itself is no circle.

    >>> circle({"a": ["b"], "b": ["c"], "c": ["a"]})
    ('a', 'b', 'c', 'a')
    """
    done: set[str] = set()
    for code in requires:
        found = _from(code, requires, done)
        if found:
            return found
    return ()


def _from(first: str, requires: Mapping[str, Sequence[str]], done: set[str]) -> tuple[str, ...]:
    """A circle met on the way from `first`; walked without recursion, as chains may be long."""
    path: list[str] = []
    places: dict[str, int] = {}
    ahead = [(first, False)]
    while ahead:
        code, left = ahead.pop()
        if left:
            done.add(path.pop())
            del places[code]
            continue
        if code in places:
            return (*path[places[code] :], code)
        if code in done or code not in requires:
            continue
        places[code] = len(path)
        path.append(code)
        ahead.append((code, True))
        ahead.extend((other, False) for other in requires[code] if other != code)
    return ()
