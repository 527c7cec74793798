"""How a name sounds: the initials and the whole of its pronunciation. The only door to pypinyin, opened when entries are made."""

from __future__ import annotations

from collections.abc import Iterable


def sounds(names: Iterable[str]) -> str:
    r"""The initials and the whole pronunciation of each name, one a line, each line after a line break.

    >>> sounds(["地区生产总值"])
    '\ndqsczz\ndiqushengchanzongzhi'
    """
    from pypinyin import Style, lazy_pinyin

    lines: list[str] = []
    for name in names:
        heard = lazy_pinyin(name, style=Style.NORMAL, errors=_plain)  # type: ignore[arg-type]
        if any(len(syllable) > 1 or not syllable.isascii() for syllable in heard):
            lines += ["".join(syllable[:1] for syllable in heard), "".join(heard)]
    return "".join(f"\n{line}" for line in dict.fromkeys(lines) if line)


def _plain(text: str) -> list[str]:
    """What has no pronunciation: Latin letters and digits sound as they are written."""
    return [character for character in text.casefold() if character.isalnum() and character.isascii()]
