"""What an audit finds: a rule's code, the places, what was expected and found, and a message in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize


class Severity(StrEnum):
    """How sure and how grave: an error is wrong by the document's own words; a note is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A stretch of the document that a finding points to: `document.text[offset:end]`.

    `document` names another document than the one under audit, where a finding speaks of two; it is empty otherwise.
    """

    offset: int
    end: int
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not agree, or looks as if it did not.

    `message`, `expected`, `found` and `explanation` are (zh, en). `spots` come in the order in which a reader should look;
    the first is where the finding stands. `sentence` is the sentence of the first. An `explanation` says why something that
    looks wrong is right: such a finding is shown only when explanations are asked for.
    """

    rule: str
    severity: Severity
    message: tuple[str, str]
    spots: tuple[Spot, ...]
    sentence: str
    expected: tuple[str, str] = ("", "")
    found: tuple[str, str] = ("", "")
    explanation: tuple[str, str] | None = None

    @property
    def offset(self) -> int:
        """Where the finding stands."""
        return self.spots[0].offset

    @property
    def says_a_difference(self) -> bool:
        """Whether what was expected differs from what was found, but for how it is typed; so too where either is not told."""
        return any(not a or not b or _typed(a) != _typed(b) for a, b in zip(self.expected, self.found, strict=True))

    @property
    def corrects(self) -> bool:
        """Whether it is to be shown as “expected …, found …”; a note asks in its own words, and nothing need be wrong."""
        return self.severity is not Severity.NOTE and all(map(all, zip(self.expected, self.found, strict=True)))

    @property
    def counts(self) -> bool:
        """Whether it is a finding at all, not one that only looked wrong or that somebody has accepted."""
        return self.explanation is None


def _typed(text: str) -> str:
    return "".join(normalize("NFKC", text).replace(",", "").split())
