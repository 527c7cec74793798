"""Keeps each benchmark's own part of a page in docs/ between two marks, so that one script never loses another's figures."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


def write(name: str, part: str, text: str) -> None:
    """Put `text` into the part of docs/<name>.md that is marked `part`, and print it."""
    path = DOCS / f"{name}.md"
    old = path.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- {part} -->\n).*?(<!-- end {part} -->)", re.DOTALL)
    if not pattern.search(old):
        raise SystemExit(f"docs/{name}.md has no part marked {part}")
    path.write_text(pattern.sub(lambda found: f"{found[1]}{text.strip()}\n{found[2]}", old), encoding="utf-8")
    print(text.strip())
