"""A file of figures, opened by what it holds."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

from duheng.collect.batch import Batch
from duheng.collect.lexicon import Lexicon
from duheng.collect.long_table import Given, long_table
from duheng.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, FileUnreachable
from duheng.read.encoding import decode

_LIMIT = 512 * 2**20  # bytes of text, unpacked: ten million figures
_GZIP = b"\x1f\x8b"


def content(path: Path) -> bytes:
    """The bytes of a file.

    Raises `FileUnreachable`, `DocumentTooLarge`.
    """
    try:
        if path.stat().st_size > _LIMIT:
            raise _too_large(path.name, path.stat().st_size)
        return path.read_bytes()
    except (OSError, ValueError) as wrong:
        raise FileUnreachable(name=path.name) from wrong


def figures_of(data: bytes, *, name: str, lexicon: Lexicon, given: Given) -> Batch:
    """The figures that a file brings.

    Raises `DuhengError` where it is no file of figures; what is wrong with single rows is among the batch's doubts.
    """
    if not data.strip():
        raise EmptyDocument(name=name)
    if data.startswith(_GZIP):
        data = _unpacked(data, name)
    return long_table(decode(data, name=name), name=name, lexicon=lexicon, given=given)


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            found = packed.read(_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as wrong:
        raise BrokenDocument(name=name, reason="the packed file is damaged.", reason_zh="压缩文件已损坏。") from wrong
    if len(found) > _LIMIT:
        raise _too_large(name, len(found))
    return found


def _too_large(name: str, size: int) -> DocumentTooLarge:
    return DocumentTooLarge(name=name, size=size >> 20, limit=_LIMIT >> 20)
