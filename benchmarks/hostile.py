"""What broken, harmful and very long files do: writes the part of docs/scale.md on bad input.

.venv/bin/python benchmarks/hostile.py [COUNT]      COUNT broken files, 2,000 unless told
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page

from duheng import audit, plan, read, sample

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.hostile.mutation import mutants
from tests.hostile.originals import originals
from tests.hostile.trial import Trial

SEED = 20261127
_SIZES = (20_000, 100_000, 300_000, 650_000)


def main() -> None:
    """Try the broken files, time the long ones, and write both."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder, Trial(Path(folder)) as trial:
        found = list(trial.all_of(mutants(originals(), seed=SEED, count=count)))
    counted = Counter(outcome.outcome for outcome in found)
    outcomes = "\n".join(f"| {name} | {number} |" for name, number in counted.most_common())
    longest, largest = max(o.seconds for o in found), max(o.megabytes for o in found)
    table = "\n".join("| " + " | ".join((f"{size:,}", *(f"{s:.1f}" for s in _stages(size)))) + " |" for size in _SIZES)
    page.write(
        "scale",
        "hostile",
        f"{count:,} broken files (seed {SEED}; byte flips, cut tails, runs put in, parts of archives shuffled, damage inside the XML) of "
        f"{len(originals())} originals, each read, planned and audited in a process of 1 GiB. Longest {longest:.1f} s, most memory "
        f"{largest} MB.\n\n| outcome | files |\n|---|--:|\n{outcomes}\n\nThe sample report over and over, as .txt; seconds of work:\n\n"
        f"| characters | read | claims | plan | audit |\n|--:|--:|--:|--:|--:|\n{table}",
    )


def _stages(size: int) -> list[float]:
    text = sample.report_path().with_suffix(".txt").read_text("utf-8")
    data = (text * (size // len(text) + 1))[:size].encode()
    spent: list[float] = []

    def timed(work: Callable[[], Any]) -> Any:
        start = time.process_time()
        made = work()
        spent.append(time.process_time() - start)
        return made

    document = timed(lambda: read.open_document(data=data, name="report.txt"))
    claims = timed(lambda: read.claims(document))
    timed(lambda: plan.from_reports(document, claims))
    timed(lambda: audit.audit(audit.Draft(document=document, claims=claims)))
    return spent


if __name__ == "__main__":
    main()
