"""DU405 One unit in two signs · 同一单位几种写法

Tests: a document that prints one unit in several ways: ㎡ and 平方米, ％ and %, kV, KV and 千伏, km and 公里.

Fails: 盘活厂房2.3万㎡。…… 收储楼宇28.71万平方米
Passes: one sign throughout; 亩 beside 公顷 (two units)
Tolerance: none; the sign used more often is taken as the document's own.
May be wrong: inside the name of a project; hence a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.rule import Rule

# For each unit the ways it is printed.
_UNITS = tuple(
    {name: re.compile(pattern) for name, pattern in ways.items()}
    for ways in (
        {"%": "%", "％": "％"},
        {"平方米": "平方米", "㎡": "㎡", "m²": "m²", "平米": "平米"},
        {"平方公里": "平方公里", "平方千米": "平方千米", "km²": "km²", "㎢": "㎢"},
        {"立方米": "立方米", "m³": "m³", "㎥": "㎥"},
        {"千伏": "千伏", "kV": "kV", "KV": "KV", "kv": "kv"},
        {"公里": "公里", "千米": "千米", "km": r"[Kk][Mm](?![²2A-Za-z])"},
        {"千瓦": r"千瓦(?!时)", "kW": r"[Kk][Ww](?![Hh·])"},
        {"千瓦时": "千瓦时|千瓦·时", "度电": "度电", "kWh": r"[Kk][Ww]·?[Hh]"},
    )
)
_COUNTED = re.compile(r"[\d万亿百千]\s?$")  # what stands before a unit


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a unit is printed in the way that the document uses less."""
    text = draft.document.text
    for ways in _UNITS:
        places = {name: [m.span() for m in pattern.finditer(text) if _is_unit(text, m.start())] for name, pattern in ways.items()}
        used = sorted((name for name in places if places[name]), key=lambda name: -len(places[name]))
        if len(used) > 1:
            yield _mixed(draft, used, places)


def _is_unit(text: str, start: int) -> bool:
    return bool(_COUNTED.search(text[max(0, start - 2) : start]))


def _mixed(draft: Draft, used: list[str], places: dict[str, list[tuple[int, int]]]) -> Finding:
    """The rarer signs first, for those are to be changed; then the first place of the usual one."""
    rare = [place for name in used[1:] for place in places[name]]
    spots = tuple(Spot(offset=start, end=end) for start, end in [*rare, places[used[0]][0]])
    zh = "，".join(f"“{name}”{len(places[name])}处" for name in used)
    en = ", ".join(f"{name} ({len(places[name])} times)" for name in used)
    return Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(f"同一单位写法不一：{zh}。建议统一。", f"One unit in several signs: {en}. Use one."),
        spots=spots,
        sentence=draft.sentence_at(spots[0].offset),
        expected=(used[0], used[0]),
        found=(used[1], used[1]),
    )


RULE = Rule(
    code="DU405",
    name=("同一单位几种写法", "One unit in two signs"),
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
