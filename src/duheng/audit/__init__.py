"""Whether a report is true to itself: rules that look at its numbers, tables, references, units, times and names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from duheng.audit.accepted import Acceptance
from duheng.audit.comparison import Beside, Comparison, comparisons
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.rule import Rule, rules
from duheng.audit.where import Excerpt, Where, excerpts, sentence_around
from duheng.audit.where import where as place_of
from duheng.read import Document

__all__ = [
    "Acceptance",
    "Beside",
    "Comparison",
    "Draft",
    "Excerpt",
    "Finding",
    "Rule",
    "Severity",
    "Spot",
    "Where",
    "all_rules",
    "audit",
    "compare",
    "comparisons",
    "excerpts",
    "place_of",
    "rules",
    "sentence_around",
]

Progress = Callable[[int, int], None]

MOST = 1000  # findings of one rule in one document: a report has a few, a file that is no report may have a million


def audit(
    document: Document | Draft, *, select: Sequence[str] = (), ignore: Sequence[str] = (), progress: Progress | None = None
) -> tuple[Finding, ...]:
    """Every finding of the rules in a document, in the order of the text; explained ones included.

    `select` and `ignore` are codes or their beginnings ("DA", "DT201"); what is ignored is never run.
    `progress` is called before each rule with how many are done and how many there are; what it raises ends the audit.
    """
    draft = document if isinstance(document, Draft) else Draft.of(document)
    chosen = [rule for rule in rules() if _wanted(rule.code, select=select, ignore=ignore)]
    found: dict[Finding, None] = {}
    for done, rule in enumerate(chosen):
        if progress:
            progress(done, len(chosen))
        found.update(dict.fromkeys(_first(_telling(rule.check(draft)))))
    return tuple(sorted(found, key=lambda f: (f.offset, f.severity.rank, f.rule)))


def compare(
    draft: Draft, others: Sequence[Draft], *, beside: Beside, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Every finding between a document and others that are laid beside it: together with it, earlier or above, or an old draft.

    A place in another document names it; documents are told apart by their names.
    """
    chosen = [each for each in comparisons() if each.beside is beside and _wanted(each.code, select=select, ignore=ignore)]
    return tuple(dict.fromkeys(finding for each in chosen for finding in _telling(each.check(draft, others))))


def all_rules() -> tuple[Rule | Comparison, ...]:
    """Every rule within a document and between documents, by code."""
    found: list[Rule | Comparison] = [*rules(), *comparisons()]
    return tuple(sorted(found, key=lambda rule: rule.code))


def _telling(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Those that tell a difference: whatever a rule got wrong, nobody is shown “expected 86, found 86”."""
    return (each for each in findings if each.says_a_difference)


def _first(findings: Iterator[Finding]) -> Iterator[Finding]:
    """What one rule finds, up to the most that anybody would read of it; the last says that there is more."""
    for number, finding in enumerate(findings, start=1):
        if number < MOST:
            yield finding
            continue
        zh, en = finding.message
        more = (
            f"（这条规则发现的问题太多，只列出前{MOST}处。）",
            f" (This rule finds too much: only the first {MOST} are listed.)",
        )
        yield replace(finding, message=(zh + more[0], en + more[1]))
        return


def _wanted(code: str, *, select: Sequence[str], ignore: Sequence[str]) -> bool:
    chosen = not select or any(code.startswith(each) for each in select)
    return chosen and not any(code.startswith(each) for each in ignore)
