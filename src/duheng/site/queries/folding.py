"""Words as they are compared in a search: full-width forms, capitals and spaces between characters make no difference."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence


def folded(text: str) -> str:
    """The text as entries hold it and queries ask for it."""
    return "".join(character for character, _place in _characters(text)).strip()


def marked(text: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """`text` cut at the places where `words` stand in it: pieces, each marked or not."""
    characters = list(_characters(text))
    plain = "".join(character for character, _place in characters)
    hits = [False] * len(text)
    for word in words:
        at = plain.find(word) if word else -1
        while at >= 0:
            for _character, place in characters[at : at + len(word)]:
                hits[place] = True
            at = plain.find(word, at + len(word))
    pieces: list[tuple[str, bool]] = []
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or hits[place] != hits[begin]:
            pieces.append((text[begin:place], hits[begin]))
            begin = place
    return tuple(pieces)


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """Each character as compared, with its place in `text`; a space counts only between two words in Latin letters."""
    waiting: int | None = None
    last = ""
    for place, sign in enumerate(text):
        if sign.isspace():
            waiting = place if waiting is None and last else waiting
            continue
        for character in unicodedata.normalize("NFKC", sign).casefold():
            if waiting is not None and last.isascii() and character.isascii():
                yield " ", waiting
            waiting, last = None, character
            yield character, place
