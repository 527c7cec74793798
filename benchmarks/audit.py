"""How well the audit notices corruptions, and how often it raises its voice: writes its part of docs/accuracy.md.

    make bench            or    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/audit.py

A corruption is noticed when an error or warning appears that the clean report does not have (by rule, sentence and message, with
the edit undone in both). Without DUHENG_TRUTH only the sample is scored, and the page says so.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import mutate
import page

from duheng import audit, read, sample
from duheng.audit import Draft, Finding
from duheng.read import Document

_SEEDS = (mutate.SEED, mutate.SEED + 1)
_PLACE = re.compile(r"第 ?\d+ ?[段行列]|(?:paragraph|row|column) \d+")
Key = tuple[str, str, str]
Tally = dict[str, list[bool]]


def main() -> None:
    """Score what is there and write the page's part."""
    folder = os.environ.get("DUHENG_TRUTH")
    truth = Path(folder) if folder else None
    parts = [_GIVEN, *_given(truth), "", _FRESH.format(seeds=" and ".join(map(str, _SEEDS)), each=mutate.EACH), *_fresh(truth)]
    parts += ["", *_loudness(truth)] if truth else ["", "DUHENG_TRUTH was not set: only the sample was scored."]
    page.write("accuracy", "audit", "\n".join(parts))


_GIVEN = """Corruptions made by hand, each a single edit that a careful reader could notice; *noticed* is the share for which an error or a
warning appears that the clean report does not have.

| report | on the clean report | noticed | by relation |
|---|---|--:|---|"""

_FRESH = """Corruptions made by `benchmarks/mutate.py` (seeds {seeds}), up to {each} of a kind in each report. The last two kinds
touch numbers whether or not anything in the report depends on them: what they show is how much of a report can be checked at all.

| kind | noticed | made |
|---|--:|--:|"""

_LOUD = """Findings on the provincial reports as published. What was read by eye, and whether it was right, is listed below this part.

| report | errors | warnings | notes | seconds of processor time |
|---|--:|--:|--:|--:|"""


def _given(truth: Path | None) -> Iterator[str]:
    document = read.open_document(sample.report_path())
    made = ((m["rule"], mutate.find_and_replace(document, m["find"], m["replace"]), m) for m in sample.truth("mutants"))
    yield _row("sample (invented district, .docx)", document, made)
    for gold in sorted(truth.glob("gold/*/mutants.jsonl")) if truth else ():
        text = (truth / "reports" / f"{gold.parent.name}.txt").read_text(encoding="utf-8") if truth else ""
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
        clean = _opened(text)
        yield _row(
            f"{gold.parent.name} (.txt)", clean, ((m["rule"], _opened(text.replace(m["find"], m["replace"])), m) for m in rows)
        )


def _opened(text: str) -> Document:
    return read.open_document(data=text.encode(), name="report.txt")


def _row(name: str, clean: Document, made: Iterable[tuple[str, Document, Mapping[str, str]]]) -> str:
    base = _keys(_findings(clean))
    told = Counter(finding.severity.value for finding in audit.audit(clean) if finding.counts)
    tally: Tally = defaultdict(list)
    for rule, document, edit in made:
        tally[rule].append(_noticed(document, base, edit["replace"], edit["find"]))
    relations = ", ".join(f"{rule} {sum(got)}/{len(got)}" for rule, got in sorted(tally.items()))
    every = [got for each in tally.values() for got in each]
    clean_told = ", ".join(f"{told[severity]} {severity}s" for severity in ("error", "warning", "note"))
    return f"| {name} | {clean_told} | {sum(every)}/{len(every)} = {sum(every) / len(every):.3f} | {relations} |"


def _fresh(truth: Path | None) -> Iterator[str]:
    tally: Tally = defaultdict(list)
    for document in _reports(truth):
        draft = Draft.of(document)
        base = _keys(_findings(document))
        for seed in _SEEDS:
            for mutant in mutate.mutants(draft, seed=seed):
                tally[mutant.kind].append(_noticed(mutant.document, base, mutant.new, mutant.old))
    for kind in mutate.KINDS:
        got = tally[kind]
        yield f"| {kind} | {sum(got) / len(got):.2f} | {len(got)} |" if got else f"| {kind} | – | 0 |"


def _reports(truth: Path | None) -> Iterator[Document]:
    """The reports that are corrupted: the sample, those with truth, and one province of each year."""
    yield read.open_document(sample.report_path())
    if truth:
        yield from (read.open_document(path) for path in sorted(truth.glob("reports/*.txt")))
        for year in sorted(truth.glob("reports/prov*")):
            yield read.open_document(min(year.iterdir()))


def _loudness(truth: Path) -> Iterator[str]:
    yield _LOUD
    sums: dict[str, list[int]] = defaultdict(list)
    for path in sorted(truth.glob("reports/prov*/*")):
        start = time.process_time()
        told = Counter(finding.severity.value for finding in audit.audit(read.open_document(path)) if finding.counts)
        seconds = time.process_time() - start
        sums[path.parent.name].append(told["error"] + told["warning"])
        yield f"| {path.stem} | {told['error']} | {told['warning']} | {told['note']} | {seconds:.2f} |"
    means = "; ".join(f"{year}: {statistics.mean(found):.1f}" for year, found in sums.items())
    yield f"\nErrors and warnings together, a report on average: {means}."


def _findings(document: Document) -> Iterator[Finding]:
    return (f for f in audit.audit(document) if f.counts and f.severity.value in ("error", "warning"))


def _keys(findings: Iterable[Finding]) -> set[Key]:
    return {_key(finding) for finding in findings}


def _key(finding: Finding, *, new: str = "", old: str = "") -> Key:
    """A finding without the places it names, which move; with the edit undone where one is given."""
    texts = finding.sentence, _PLACE.sub("", finding.message[0])
    sentence, message = (text.replace(new, old) for text in texts) if new else texts
    return finding.rule, sentence, message


def _noticed(document: Document, base: set[Key], new: str, old: str) -> bool:
    findings = list(_findings(document))
    return any(_key(f) not in base and _key(f, new=new, old=old) not in base for f in findings)


if __name__ == "__main__":
    main()
