"""How well the numbers of a report are read: writes the first part of docs/accuracy.md.

    make bench            or    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/claims.py

Without DUHENG_TRUTH only the sample is scored, and the page says so.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import page

from duheng import read, sample
from duheng.sample.score import Score, score


def main() -> None:
    """Score what is there and write the table."""
    rows = [_row(name, result) for name, result in _scores()]
    note = "" if os.environ.get("DUHENG_TRUTH") else "\n\nDUHENG_TRUTH was not set: only the sample was scored."
    page.write("accuracy", "claims", _HEAD + "\n".join(rows) + note + "\n\n" + _speed())


_HEAD = """Every number of the text counts, not only those recognised. A label is *found* when a claim overlaps it and has its value;
*exact* is the share of all labels found with unit, measure, bound, role, period and subject right.

| report | labels | claims | precision | recall | exact | unit | measure | bound | role | period | subject |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
"""


def _scores() -> Iterator[tuple[str, Score]]:
    document = read.open_document(sample.report_path())
    yield "sample (invented district, .docx)", score(sample.truth("claims"), read.claims(document))
    folder = os.environ.get("DUHENG_TRUTH")
    if folder:
        for gold in sorted(Path(folder).glob("gold/*/claims.jsonl")):
            labels = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
            text = read.open_document(Path(folder) / "reports" / f"{gold.parent.name}.txt")
            yield f"{gold.parent.name} (.txt)", score(labels, read.claims(text))


def _row(name: str, result: Score) -> str:
    shares = [result.precision, result.recall, result.exact, *result.fields.values()]
    return f"| {name} | {result.labels} | {result.claims} | " + " | ".join(f"{share:.4f}" for share in shares) + " |"


def _speed() -> str:
    """All real reports in one process, so that speed stands beside accuracy."""
    folder = os.environ.get("DUHENG_TRUTH")
    reports = sorted(Path(folder).glob("reports/prov*/*")) if folder else []
    if not reports:
        return ""
    start = time.perf_counter()
    found = [len(read.claims(read.open_document(path))) for path in reports]
    seconds = time.perf_counter() - start
    return f"{len(reports)} provincial reports in one process: {sum(found)} claims in {seconds:.1f} s."


if __name__ == "__main__":
    main()
