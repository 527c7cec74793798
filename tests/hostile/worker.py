"""Reads, plans and audits one file after another, each named on a line of stdin, in a process of bounded memory.

    python -m tests.hostile.worker MEGABYTES

For each file one line of JSON: {"outcome": "read" | the name of a ReadError | "FAULT", "says": …, "seconds": … of work, "megabytes": …}.
A fault is anything else that a reader raised, and any broken promise of a document that was read.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import traceback
from itertools import pairwise
from pathlib import Path

from duheng import audit, plan, read
from duheng.errors import ReadError


def main() -> None:
    """Work until stdin ends."""
    megabytes = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20,) * 2)
    for line in sys.stdin:
        path, name = json.loads(line)
        start = time.process_time()
        outcome, says = tried(Path(path).read_bytes(), name)
        told = {
            "outcome": outcome,
            "says": says,
            "seconds": round(time.process_time() - start, 3),
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        print(json.dumps(told), flush=True)


def tried(data: bytes, name: str) -> tuple[str, str]:
    """What came of a file, and in which words."""
    try:
        document = read.open_document(data=data, name=name)
        claims = read.claims(document)
        plan.from_reports(document, claims)
        audit.audit(audit.Draft(document=document, claims=claims))
        return "read", promises_kept(document, claims)
    except ReadError as error:
        return type(error).__name__, said_well(error, name)
    except BaseException as fault:
        return "FAULT", "".join(traceback.format_exception(fault)[-4:]) or repr(fault)


def promises_kept(document: read.Document, claims: tuple[read.Claim, ...]) -> str:
    """Blocks and claims stand where they say; nothing overlaps."""
    cells = {cell for table in document.tables for row in table.rows for cell in row}
    for block in (*document.blocks, *cells):
        assert document.text[block.offset : block.end] == block.text, f"block at {block.offset}"
    for above, below in pairwise(document.blocks):
        assert above.end <= below.offset, f"blocks overlap at {below.offset}"
    for claim in claims:
        assert document.text[claim.offset : claim.end] == claim.span, f"claim at {claim.offset}"
    document.text.encode("utf-8")  # no half of a surrogate pair, which no database takes
    assert "\0" not in document.text, "a null character"
    return f"{len(document.text)} characters"


def said_well(error: ReadError, name: str) -> str:
    """The message, which names the file in both languages and shows no innards."""
    words = [error.message(language) for language in ("zh", "en")]
    for message in words:
        assert name in message, f"{message} does not name {name}"
        assert "Traceback" not in message, message
        assert "{" not in message.replace(name, ""), message
    return words[1]


if __name__ == "__main__":
    main()
