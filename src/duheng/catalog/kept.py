"""The shipped catalog as it was when it was last checked, so that a command need not parse and check it each time.

`scripts/prepare.py` (`make setup`; the wheel holds it too) writes one file beside these. It names what it was made of, every
file of this room, and is passed over where any has changed since: then the YAML is read and checked as ever.
"""

from __future__ import annotations

import dataclasses
import marshal
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.util import source_hash
from pathlib import Path
from typing import Any

_ROOM = Path(__file__).parent
KEPT = _ROOM / "catalog.prepared"
_FORMAT = 1
_WRITTEN: Mapping[type, Callable[[Any], Any]] = {
    Decimal: str,
    date: date.isoformat,
    tuple: lambda values: tuple(str(value) if isinstance(value, Decimal) else value for value in values),
}
_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        """scale yellow red slack least low high cut ceiling lead trail amount
        weight baseline cap floor bonus_most penalty_most points""".split(),
        Decimal,
    ),
    "cuts": lambda values: tuple(map(Decimal, values)),
    "day": date.fromisoformat,
    "valid_from": date.fromisoformat,
    "valid_to": date.fromisoformat,
}


def entries(kind: str, make: type[Any]) -> tuple[Any, ...] | None:
    """All entries of a kind, dated ones included; None where none are kept that are still true."""
    rows = _kept().get(kind)
    if rows is None:
        return None
    late = [name for name in _READ if name in make.__dataclass_fields__]
    return tuple(make(**{**row, **{name: _READ[name](row[name]) for name in late if name in row}}) for row in rows)


def keep(kinds: Mapping[str, Sequence[Any]]) -> None:
    """Write entries by kind, which have been checked."""
    rows = {kind: [_row(entry) for entry in entries] for kind, entries in kinds.items()}
    KEPT.write_bytes(marshal.dumps((_made_of(), rows)))


def _row(entry: Any) -> dict[str, Any]:
    """What an entry says beyond its defaults."""
    fields = [(each.name, each.default, getattr(entry, each.name)) for each in dataclasses.fields(entry)]
    return {name: _WRITTEN.get(type(value), lambda same: same)(value) for name, default, value in fields if value != default}


def _made_of() -> tuple[int, bytes]:
    """What the entries are made of: the files of this room, their loader's included."""
    files = sorted([*_ROOM.glob("*.yml"), *_ROOM.glob("*.py")])
    return _FORMAT, source_hash(b"".join(path.name.encode() + path.read_bytes() for path in files))


@cache
def _kept() -> dict[str, list[dict[str, Any]]]:
    try:
        made_of, rows = marshal.loads(KEPT.read_bytes())  # noqa: S302 -- our own, as a .pyc is
        return rows if made_of == _made_of() else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}
