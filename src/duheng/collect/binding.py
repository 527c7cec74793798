"""From a name in a table to the code of an indicator, as far as the name proves it."""

from __future__ import annotations

from duheng.collect import lexicon as words
from duheng.collect.lexicon import Lexicon

VAGUE = frozenset("value values 值 数值 数据 合计 总计 小计 data amount number".split())
"""Heads that name nothing."""
_SHORT = 6  # a name of fewer characters says little without its table's


def qualified(name: str, title: str) -> str:
    """A name that says little without its table's, with it."""
    if not name or name.casefold() in VAGUE:
        return title
    if title and title != name and len(name) < _SHORT and name not in title:
        return f"{title}：{name}"
    return name


def bind(name: str, unit: str, lexicon: Lexicon, *, growth: bool = False) -> str:
    """The code a name in a table means. A short name without a unit (从业人员, in a table of an index) proves nothing."""
    code = lexicon.indicator(name, unit="" if unit.endswith("=100") else unit, growth=growth)
    entry = lexicon.entries.get(code)
    unproved = entry is not None and code != name and not unit and entry.unit not in ("", "%") and len(name) < _SHORT
    return words.own_code(name) if unproved else code
