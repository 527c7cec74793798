"""Places: where in which document something is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from duheng.site.records.models import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A sentence with the part of it that is meant, and where to open it."""

    document: int
    document_name: str
    offset: int
    before: str
    said: str
    after: str
    purpose: str
    within: int | None

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return self.before + self.said + self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One sentence with everything in it that is meant: pieces of text, each marked or not."""

    place: Place
    pieces: tuple[tuple[str, bool], ...]
    actual: bool


def quotes(found: Sequence[Place]) -> list[Quote]:
    """The places, those of one sentence together."""
    together: dict[tuple[int, str, str], list[Place]] = defaultdict(list)
    for one in found:
        together[one.document, one.sentence, one.purpose].append(one)
    return [
        Quote(place=places[0], pieces=tuple(_pieces(places)), actual=places[0].purpose == "actual")
        for places in together.values()
    ]


def _pieces(found: Sequence[Place]) -> Iterator[tuple[str, bool]]:
    sentence, at = found[0].sentence, 0
    for start, said in sorted({(one.within, one.said) for one in found if one.within is not None and one.said}):
        if start >= at:
            yield sentence[at:start], False
            yield said, True
            at = start + len(said)
    yield sentence[at:], False


def of(item: str, ids: Iterable[int]) -> dict[int, list[Place]]:
    """The places of each of these items, first the one that states it."""
    rows = (
        Mention.objects.filter(**{f"{item}__in": list(ids)}).select_related("document").defer("document__text", "document__body")
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for row in rows:
        found[getattr(row, f"{item}_id")].append(place(row))
    return found


def place(row: Mention) -> Place:
    """A mention as a page shows it: the sentence cut at what is meant."""
    text = row.sentence
    start = len(text) if row.within is None else row.within
    cut = (start, start + len(row.said))
    return Place(
        document=row.document_id,
        document_name=row.document.name,
        offset=row.offset,
        before=text[: cut[0]],
        said=text[cut[0] : cut[1]],
        after=text[cut[1] :],
        purpose=row.purpose,
        within=row.within,
    )
