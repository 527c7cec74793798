"""Reads Markdown: its headings, lists and tables, by way of the page that it makes.

The only place where markdown-it is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from duheng import pattern as re
from duheng.errors import BrokenDocument
from duheng.read.document import Document
from duheng.read.encoding import decode
from duheng.read.html import document_of_html

_ENDS = re.compile(r"[。！？；：.!?]\s*$")
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.、]|[—―─]{2}|第[一二三四五六七八九十]+)"
)
_FRONT = re.compile(r"\A---\r?\n(?:[^\n]*\n){0,60}?---[ \t]*(?:\r?\n|\Z)")
_SHORT = 30


def read_markdown(data: bytes, *, name: str) -> Document:
    """The document that a Markdown file makes."""
    text = _FRONT.sub("", decode(data, name=name))
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])
    parser.add_render_rule("softbreak", _line_end)
    try:
        page = parser.render(text)
    except (RecursionError, ValueError, IndexError) as wrong:
        raise BrokenDocument(name=name, reason="it is nested too deeply.", reason_zh="内容嵌套过深。") from wrong
    return document_of_html(f"<html><body>{page}</body></html>", name=name, format="md")


def _line_end(renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    """The end of a line inside a paragraph: many files begin a new paragraph with each line, others break long lines anywhere."""
    before, after = tokens[place - 1].content if place else "", tokens[place + 1].content if place + 1 < len(tokens) else ""
    parts = _ENDS.search(before) or _BEGINS.match(after) or (len(before) < _SHORT and _BEGINS.match(before))
    return "<br>" if parts else "\n"
