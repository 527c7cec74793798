"""What an OLE file (of Word, Excel or WPS before 2007) holds at its root, which tells what kind of document it is."""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_FREE = 0xFFFFFFFA  # from here on, numbers of sectors have other meanings
_NONE = 0xFFFFFFFF
_MOST = 4096  # entries that are looked at


def streams(data: bytes) -> frozenset[str]:
    """The names of the streams at the root; whatever can still be told of a damaged file."""
    try:
        entries = [data[at : at + _ENTRY] for at in _entries(data)]
        return frozenset(_children(entries))
    except (struct.error, IndexError, ValueError):
        return frozenset()


def _entries(data: bytes) -> Iterator[int]:
    """Where the entries of the directory begin, through the chain of its sectors."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if not 7 <= shift <= 16:
        raise ValueError(shift)
    size = 1 << shift
    table = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _FREE]
    sector, seen = struct.unpack_from("<I", data, 48)[0], 0
    while sector < _FREE and seen < _MOST:
        start = (sector + 1) * size
        yield from range(start, start + size, _ENTRY)
        seen += size // _ENTRY
        place, inside = divmod(sector, size // 4)
        sector = struct.unpack_from("<I", data, (table[place] + 1) * size + 4 * inside)[0]


def _children(entries: list[bytes]) -> Iterator[str]:
    waiting, seen = [struct.unpack_from("<I", entries[0], 76)[0]], set()
    while waiting:
        place = waiting.pop()
        if place == _NONE or place in seen or place >= len(entries):
            continue
        seen.add(place)
        entry = entries[place]
        length, left, right = struct.unpack_from("<H", entry, 64)[0], *struct.unpack_from("<II", entry, 68)
        yield entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        waiting += [left, right]
