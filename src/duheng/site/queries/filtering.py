"""What the address of a table asks for: words, choices, order; kept in the URL, so that a link shows the same table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filter of a table as its address gives it."""

    words: str = ""
    sort: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or any(self.choices.values()))


def asked(query: Mapping[str, str], choices: Iterable[str]) -> Asked:
    """Read the query of an address; what it does not know is left aside."""
    return Asked(
        words=query.get("q", "").strip()[:100],
        sort=query.get("sort", ""),
        choices={name: query.get(name, "") for name in choices},
    )


def narrow(
    items: Iterable[Item],
    ask: Asked,
    *,
    text: Callable[[Item], str],
    choices: Mapping[str, Callable[[Item], object]],
    orders: Mapping[str, Callable[[Item], Any]],
) -> list[Item]:
    """The items that answer to `ask`, in its order; items that have nothing to sort by come last both ways."""
    found = [item for item in items if _answers(item, ask, text=text, choices=choices)]
    order = orders.get(ask.sort.removeprefix("-"))
    if order is None:
        return found
    able = [item for item in found if order(item) is not None]
    rest = [item for item in found if order(item) is None]
    return sorted(able, key=order, reverse=ask.sort.startswith("-")) + rest


def _answers(item: Item, ask: Asked, *, text: Callable[[Item], str], choices: Mapping[str, Callable[[Item], object]]) -> bool:
    wanted = {name: value for name, value in ask.choices.items() if value and name in choices}
    if any(not _is(choices[name](item), value) for name, value in wanted.items()):
        return False
    about = text(item).casefold()
    return all(word in about for word in ask.words.casefold().split())


def _is(choice: object, value: str) -> bool:
    """Whether an item's choice is the one asked for; an item may have several, such as its offices."""
    return value in choice if isinstance(choice, frozenset) else str(choice) == value
