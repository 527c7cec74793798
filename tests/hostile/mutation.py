"""Valid files broken by chance, each by its own seed: byte flips, cut tails, runs put in, parts of an archive shuffled.

An archive is also broken inside: its XML is changed and packed again, so that it unpacks and the reader itself meets the damage.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath

Change = Callable[[bytes, random.Random], bytes]
Parts = dict[str, bytes]
PartsChange = Callable[[Parts, random.Random], Parts]

_RUNS = (
    b"\0",
    b"\xff",
    b"<",
    b"&amp;",
    b"PK\x03\x04",
    b"%PDF",
    "，".encode(),
    b"9",
    b"</w:p>",
    b"\r\n",
    b"\t",
    b"=cmd|'/c calc'!A1",
)


def mutants(originals: Mapping[str, bytes], *, seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """`count` broken files, of each original and each kind of damage in turn; the same seed gives the same files."""
    kinds = [(name, change) for name, data in originals.items() for change in changes(data)]
    order = random.Random(seed).sample(kinds, len(kinds))
    for number in range(count):
        name, change = order[number % len(order)]
        chance = random.Random(f"{seed} {number}")
        data = change(originals[name], chance)
        path = PurePath(name)
        suffix = chance.choice([".docx", ".txt", ".xlsx", ".pdf", ".html", ".doc", ""]) if chance.random() < 0.1 else path.suffix
        yield f"{path.stem}-{number}-{change.__name__.strip('_')}{suffix}", data


def changes(data: bytes) -> list[Change]:
    """The kinds of damage that can be done to a file."""
    return [*_BYTES, *_inside()] if data.startswith(b"PK") else list(_BYTES)


def flipped(data: bytes, chance: random.Random) -> bytes:
    """A few bits turned."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20, 200))):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The tail is missing."""
    return data[: chance.randrange(len(data))]


def beheaded(data: bytes, chance: random.Random) -> bytes:
    """The beginning is missing."""
    return data[chance.randrange(1, min(len(data), 4096)) :]


def swollen(data: bytes, chance: random.Random) -> bytes:
    """A run of one thing stands somewhere."""
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(_RUNS) * chance.choice((1, 10, 1000, 20_000)) + data[at:]


def stirred(data: bytes, chance: random.Random) -> bytes:
    """Two stretches have changed places."""
    a, b, c, d = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def doubled(data: bytes, chance: random.Random) -> bytes:
    """A stretch stands there again and again."""
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:b] + data[a:b] * min(chance.choice((1, 5, 50)), 1 + 300_000 // max(1, b - a)) + data[b:]


_BYTES: tuple[Change, ...] = (flipped, cut, beheaded, swollen, stirred, doubled)


def _shuffled(parts: Parts, chance: random.Random) -> Parts:
    contents = list(parts.values())
    chance.shuffle(contents)
    return dict(zip(parts, contents, strict=True))


def _renamed(parts: Parts, chance: random.Random) -> Parts:
    old = chance.choice(list(parts))
    new = chance.choice(["../../etc/passwd", "/" + old, old.upper(), old + "\u202e", "x" * 300, "/", old.replace("/", "\\")])
    return {new if name == old else name: content for name, content in parts.items()}


def _removed(parts: Parts, chance: random.Random) -> Parts:
    gone = chance.choice(list(parts))
    return {name: content for name, content in parts.items() if name != gone}


def _damaged(change: Change) -> PartsChange:
    def damage(parts: Parts, chance: random.Random) -> Parts:
        hit = chance.choice([name for name, content in parts.items() if content] or list(parts))
        return {name: change(content, chance) if name == hit and content else content for name, content in parts.items()}

    return damage


def _words_broken(parts: Parts, chance: random.Random) -> Parts:
    """Numbers and names inside the XML become others, so that it stays well formed and makes no sense."""
    hit = chance.choice(list(parts))
    text = parts[hit].decode("utf-8", "replace")
    for _ in range(chance.choice((1, 5, 50))):
        old = chance.choice(
            ['"1"', '"0"', "w:tc", "w:p", "w:val", "rId1", "<row", "<c ", 't="s"', "<v>", "w:tbl", "table-row", "xml", "office:"]
        )
        new = chance.choice(
            [
                '"-1"',
                '"99999999999999999999"',
                '""',
                "w:tbl",
                "w:tr",
                "w:x",
                "rId999",
                '"NaN"',
                '"1e308"',
                "w:txbxContent",
                "<w:p/>",
            ]
        )
        at = text.find(old, chance.randrange(len(text) + 1))
        text = text if at < 0 else text[:at] + new + text[at + len(old) :]
    return parts | {hit: text.encode()}


_PARTS: dict[str, PartsChange] = {
    "shuffled_parts": _shuffled,
    "renamed_part": _renamed,
    "removed_part": _removed,
    "words_broken_inside": _words_broken,
    **{f"{change.__name__}_inside": _damaged(change) for change in _BYTES},
}


def _inside() -> list[Change]:
    return [_packed_again(name, change) for name, change in _PARTS.items()]


def _packed_again(name: str, change: PartsChange) -> Change:
    def broken(data: bytes, chance: random.Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {member: archive.read(member) for member in archive.namelist()}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in change(parts, chance).items():
                archive.writestr(member, content)
        return stream.getvalue()

    broken.__name__ = name
    return broken
