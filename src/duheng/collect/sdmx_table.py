"""SDMX-CSV as others hand it over, made a long table: versions 1.0 and 2.x, with codes alone or with their names.

Before OBS_VALUE stand the dimensions, behind it the attributes. What is no area, unit or period among the dimensions says which series
it is: the indicator's own, and of the others those that differ between rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from duheng import pattern as re
from duheng.collect import lexicon as words
from duheng.collect.sdmx import DANGEROUS
from duheng.errors import CollectError, MeasureError
from duheng.measure import Period

_OPENINGS = ("DATAFLOW", "STRUCTURE")
_LEADING = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY")
_INDICATORS = ("INDICATOR", "SUBJECT", "ECONOMIC_CONCEPT", "SERIES", "VARIABLE")
_AREAS = ("REF_AREA", "LOCATION", "GEO", "COUNTRY", "REGION")
_UNITS = ("UNIT_MEASURE", "UNIT")
_VINTAGES = ("VINTAGE", "LAST_UPDATE", "PUB_DATE")
_UNNAMED = ("FREQ", "TIME_PERIOD", "TIME_FORMAT", "UNIT_MULT", "DECIMALS", "MEASURE", "BASIS", *_AREAS, *_UNITS)
# CL_OBS_STATUS: what is missing, what an office expects before the period is over, and what is not settled yet.
_MISSING = frozenset("M O L H Q J K".split())
_STATUS: Mapping[str, str] = {"F": "estimate", "P": "preliminary"}
_RANGE = re.compile(r"(\d{4})-(\d\d)-01/P(\d+)([MY])")
_LETTERED = re.compile(r"(\d{4})-?([ASQM])(\d{1,2})")
_DELETES = "D"


def is_sdmx(heads: Sequence[str]) -> bool:
    """Whether a row of heads is that of SDMX-CSV."""
    names = [_id(head) for head in heads]
    return bool(names) and names[0] in _OPENINGS and {"TIME_PERIOD", "OBS_VALUE"} <= set(names)


def as_long(heads: Sequence[str], columns: Sequence[list[str]], *, name: str) -> tuple[list[str], list[list[str]]]:
    """The heads and columns of a long table that say the same. Raises `CollectError` for rows that delete."""
    told = {_id(head): column for head, column in zip(heads, columns, strict=True)}
    _refuse_deletes(told, name)
    plain = {key: _each(column, _code) for key, column in told.items() if key not in ("OBS_VALUE", "TIME_PERIOD")}
    dimensions = [key for key in told if key not in _LEADING and _before_value(key, list(told))]
    found = {
        "indicator": _indicator(plain, dimensions, len(columns[0])),
        "period": _each(told["TIME_PERIOD"], period),
        "value": _values(told["OBS_VALUE"], plain),
        **_known(plain),
    }
    return list(found), list(found.values())


def period(text: str) -> str:
    """A period of SDMX as data carries it.

    >>> [period(text) for text in ("2025", "2025-A1", "2025-S2", "2025-Q3", "2025-M07", "2025-07", "2025-01-01/P9M", "2021-01-01/P5Y")]
    ['2025', '2025', '2025-H2', '2025-Q3', '2025-07', '2025-07', '2025-01..09', '2021/2025']
    """
    plain = text.strip()
    if found := _RANGE.fullmatch(plain):
        start = int(found[1]) * 12 + int(found[2]) - 1
        length = int(found[3]) * (12 if found[4] == "Y" else 1)
        try:
            return Period.between(start, start + length - 1).label
        except MeasureError:
            return plain
    if found := _LETTERED.fullmatch(plain):
        year, kind, number = found.groups()
        return {"A": year, "S": f"{year}-H{number}", "Q": f"{year}-Q{number}", "M": f"{year}-{int(number):02d}"}[kind]
    return plain


def _id(head: str) -> str:
    """The id of a component, where its name stands with it (OBS_VALUE: Observation value)."""
    return head.strip().lstrip("\ufeff").partition(":")[0].strip().upper()


def _code(text: str) -> str:
    """A code without its name (CN: China), and without the mark that kept a spreadsheet from taking it for a formula."""
    code = text.strip().partition(": ")[0].strip()
    return code[1:] if code.startswith("'") and code[1:].startswith(DANGEROUS) else code


def _each(column: Sequence[str], read: Callable[[str], str]) -> list[str]:
    """A column read, each different text once."""
    known = {text: read(text) for text in set(column)}
    return [known[text] for text in column]


def _before_value(key: str, keys: Sequence[str]) -> bool:
    return keys.index(key) < keys.index("OBS_VALUE")


def _refuse_deletes(told: Mapping[str, list[str]], name: str) -> None:
    row = next((row for row, action in enumerate(told.get("ACTION", ())) if action.strip().upper() == _DELETES), None)
    if row is not None:
        raise CollectError(
            reason=f"{name}, row {row + 2}: it deletes figures, which is not done here: undo the load that brought them.",
            reason_zh=f"{name} 第 {row + 2} 行要求删除数据。这里不按文件删除，请撤销当初载入它们的那一次载入。",
        )


def _indicator(plain: Mapping[str, list[str]], dimensions: Sequence[str], count: int) -> list[str]:
    """What each row's series is about: the indicator's code, with the codes of other dimensions that differ between rows."""
    base = next((key for key in _INDICATORS if key in dimensions), "")
    others = [key for key in dimensions if key not in (base, *_UNNAMED) or (key == "MEASURE" and not _measures(plain[key]))]
    varying = [key for key in others if not base or len(set(plain[key])) > 1]
    parts = [plain[key] for key in (base, *varying) if key]
    if not parts:
        named = plain.get("DATAFLOW") or plain.get("STRUCTURE_ID") or []
        return [each.partition("(")[0].rpartition(":")[2] for each in named] or [""] * count
    return ["·".join(filter(None, row)) for row in zip(*parts, strict=True)]


def _measures(column: Sequence[str]) -> bool:
    """Whether MEASURE says how something is measured, as ours does, and not which thing."""
    return all(words.measure(text) for text in set(column) if text)


def _known(plain: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The columns that a long table has beside indicator, period and value, as far as these rows tell them."""
    found: dict[str, list[str]] = {}
    for role, keys in (("area", _AREAS), ("unit", _UNITS), ("vintage", _VINTAGES)):
        if key := next((each for each in keys if each in plain), ""):
            found[role] = [text[:10] for text in plain[key]] if role == "vintage" else plain[key]
    if _measures(plain.get("MEASURE", [])):
        found |= {"measure": plain["MEASURE"]} if "MEASURE" in plain else {}
    if "BASIS" in plain and all(words.basis(text) for text in set(plain["BASIS"]) if text):
        found["basis"] = plain["BASIS"]
    if "FIGURE_STATUS" in plain:
        found["status"] = plain["FIGURE_STATUS"]
    elif any(text in _STATUS for text in set(plain.get("OBS_STATUS", ()))):
        found["status"] = [_STATUS.get(text, "final") for text in plain["OBS_STATUS"]]
    if "CONF_STATUS" in plain:
        found["released"] = ["yes" if text == "F" else "no" for text in plain["CONF_STATUS"]]
    return found


def _values(column: list[str], plain: Mapping[str, list[str]]) -> list[str]:
    """The values: none where the status says that there is none, and multiplied out where a power of ten stands beside them."""
    values = column
    if any(text in _MISSING for text in set(plain.get("OBS_STATUS", ()))):
        values = ["" if status in _MISSING else value for value, status in zip(values, plain["OBS_STATUS"], strict=True)]
    powers = plain.get("UNIT_MULT", [])
    if any(text not in ("", "0") for text in set(powers)):
        values = [_scaled(value, power) for value, power in zip(values, powers, strict=True)]
    return values


def _scaled(value: str, power: str) -> str:
    try:
        return f"{Decimal(value).scaleb(int(power or 0)):f}" if value.strip() else value
    except (InvalidOperation, ValueError):
        return value
