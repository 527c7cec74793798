"""Which characters the bytes of a text file stand for: UTF-8, UTF-16 or GB18030, with or without a mark."""

from __future__ import annotations

import codecs
from pathlib import Path

from duheng import pattern as re
from duheng.errors import BrokenDocument, EncodingUnknown, FileUnreachable

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# What Chinese official prose is made of. Bytes read in a wrong encoding give other characters.
_USUAL = re.compile(
    "[\t\n\r\f -~\u00a0-\u00ff\u0370-\u03ff\u2000-\u206f\u2100-\u22ff\u2460-\u25ff\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 100_000
_USUAL_SHARE = 0.9
_DAMAGE = 20  # one wrong byte among this many good ideographs is damage, not another encoding


def text_of(path: Path) -> str:
    """The text of a file that is no document: a table of numbers, say.

    Raises `FileUnreachable`, `EncodingUnknown`.
    """
    try:
        return decode(path.read_bytes(), name=path.name)
    except (OSError, ValueError) as wrong:
        raise FileUnreachable(name=path.name) from wrong


def decode(data: bytes, *, name: str) -> str:
    """The text of a file, its byte order mark dropped and its newlines as they stand."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, name, len(bom))
    if b"\0" in data:
        return _wide(data, name)
    try:
        return _sound(data.decode("utf-8"), name)
    except UnicodeDecodeError as wrong:
        if _is_damaged_utf8(data):
            raise EncodingUnknown(name=name, place=wrong.start + 1) from wrong
        return _chinese(data, name)


def _strictly(data: bytes, encoding: str, name: str, skipped: int) -> str:
    try:
        return _sound(data.decode(encoding), name)
    except UnicodeDecodeError as wrong:
        raise EncodingUnknown(name=name, place=skipped + wrong.start + 1) from wrong


def _wide(data: bytes, name: str) -> str:
    """UTF-16 without a mark: whichever byte order gives usual characters."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_usual(text):
            return text
    raise EncodingUnknown(name=name, place=data.index(b"\0") + 1)


def _chinese(data: bytes, name: str) -> str:
    text = _strictly(data, "gb18030", name, 0)
    if not _is_usual(text):
        raise EncodingUnknown(name=name, place=1)
    return text


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    ideographs = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return ideographs > _DAMAGE * text.count("\ufffd")


def _is_usual(text: str) -> bool:
    sample = text[:_SAMPLE]
    return not _CONTROL.search(sample) and len(_USUAL.findall(sample)) >= _USUAL_SHARE * len(sample)


def _sound(text: str, name: str) -> str:
    if _CONTROL.search(text):
        raise BrokenDocument(
            name=name,
            reason="it holds control characters, so it is not a text.",
            reason_zh="含有控制字符，不是文本文件。",
        )
    return text
