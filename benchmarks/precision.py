"""What the audit says of corrupted reports, drawn by lot for a person to read: is each error or warning true of that text?

    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/precision.py [SEED] [HOW MANY]

Every kind of corruption of `mutate.py` is made once in each report that offers it. Of the errors and warnings that the clean report
does not have, as many as asked for are drawn by lot and printed with the corruption; *at* means that the finding points to the
corrupted place itself, *near* to its sentence, *far* elsewhere: those are the ones to doubt. The same seed prints the same.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import mutate

from duheng import audit, read, sample
from duheng.audit import Draft, Finding
from duheng.read import Document

_SEED, _DRAWN = 20260301, 120
_AROUND = 24  # characters of the text shown on either side of a corruption


def main(seed: str = str(_SEED), drawn: str = str(_DRAWN)) -> None:
    """Draw, print, and sum up by rule and place."""
    told = [each for document in _reports() for each in _told(document, seed=int(seed))]
    shown = random.Random(seed).sample(told, min(int(drawn), len(told)))  # noqa: S311 -- a lot, not a secret
    for i, (mutant, finding, where) in enumerate(sorted(shown, key=lambda each: each[1].rule), 1):
        text = mutant.document.text
        around = text[max(0, mutant.offset - _AROUND) : mutant.offset + len(mutant.new) + _AROUND].replace("\n", "⏎")
        print(f"{i}. [{finding.rule} {finding.severity.value}, {where}] {mutant.document.name}: {mutant.kind}")
        print(f"   {mutant.old!r} → {mutant.new!r}  in  …{around}…")
        print(f"   {finding.message[0]}")
    print(f"\n{len(told)} in all, {len(shown)} drawn;", Counter(where for *_, where in told))
    print(sorted(Counter(finding.rule for _, finding, _ in told).items()))


def _reports() -> Iterator[Document]:
    yield read.open_document(sample.report_path())
    folder = os.environ.get("DUHENG_TRUTH")
    for path in sorted(Path(folder).glob("reports/**/*.*")) if folder else ():
        yield read.open_document(path)


def _told(document: Document, *, seed: int) -> Iterator[tuple[mutate.Mutant, Finding, str]]:
    draft = Draft.of(document)
    base = {(finding.rule, finding.message[0]) for finding in _loud(draft)}
    for mutant in mutate.mutants(draft, seed=seed, each=1):
        for finding in _loud(Draft.of(mutant.document)):
            if (finding.rule, finding.message[0]) not in base:
                yield mutant, finding, _where(finding, mutant)


def _loud(draft: Draft) -> Iterator[Finding]:
    return (f for f in audit.audit(draft) if f.counts and f.severity.value in ("error", "warning"))


def _where(finding: Finding, mutant: mutate.Mutant) -> str:
    start, end = mutant.offset, mutant.offset + len(mutant.new)
    if any(spot.offset <= end and spot.end >= start for spot in finding.spots):
        return "at"
    lines = [audit.sentence_around(mutant.document, spot.offset, spot.end) for spot in finding.spots]
    here = audit.sentence_around(mutant.document, start, max(end, start + 1))
    return "near" if here in lines else "far"


if __name__ == "__main__":
    main(*sys.argv[1:3])
