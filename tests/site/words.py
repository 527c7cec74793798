"""Every word of the site that is to be translated, as the source has it."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

SITE = Path(__file__).resolve().parents[2] / "src/duheng/site"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def messages() -> Iterator[tuple[str | None, str | tuple[str, str]]]:
    """Each message with its context, if it has one; a pair where it has a plural."""
    for path in sorted([*SITE.rglob("*.py"), *SITE.rglob("*.html")]):
        source = path.read_text("utf-8")
        text = templatize(source, origin=path.name) if path.suffix == ".html" else source
        yield from _messages(text)


def _messages(text: str) -> Iterator[tuple[str | None, str | tuple[str, str]]]:
    for _line, function, found, _comments in extract_python(io.BytesIO(text.encode()), [*KEYWORDS], [], {"encoding": "utf-8"}):
        parts = [found] if isinstance(found, str) else [part for part in found if part]
        context = parts.pop(0) if function in ("pgettext", "npgettext") else None
        if parts:
            yield context, (parts[0], parts[1]) if function in ("ngettext", "npgettext") else parts[0]
