"""What a planning office knows before it reads anything: indicators, units, offices and themes, as dated and sourced data.

The files beside this one hold the facts; this is their only reader. `load(kind)` gives plain frozen values keyed by code,
each room builds its own nouns from them. A workspace may keep an *overlay*: a folder with files of the same names whose
entries add to the shipped ones or, where the code is the same, override the fields they give (aliases are added to).

    >>> load("indicators")["rd.intensity"].zh
    '研究与试验发展经费投入强度'
    >>> load("prefixes")["亿"].scale
    Decimal('100000000')
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, NoReturn, overload

import yaml

from duheng.errors import CatalogError

__all__ = ["IndicatorEntry", "OfficeEntry", "Origin", "PrefixEntry", "ThemeEntry", "UnitEntry", "load", "origin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorEntry:
    """One indicator as plans and statistics use it; a level and its growth are two indicators.

    `polarity` says which way the value, signed by meaning, is better. `fall` marks those whose plan table prints the size of
    a fall as a positive number (单位能耗降低 2.5 means −2.5 %). `owner` is the office that usually leads: a suggestion.
    `lag` is the usual number of days from the end of the period to publication. `unit_variants` are other units it is
    printed in that are not the same dimension as `unit` (万人发明专利拥有量: 件 or 件/万人).
    """

    code: str
    zh: str
    en: str
    unit: str
    measure: str  # level growth share rank change completion multiple
    polarity: str  # higher lower neutral
    frequency: str  # month quarter half year
    lag: int
    owner: str
    theme: str
    basis: str = "none"  # nominal comparable_price comparable_scope none
    aliases: tuple[str, ...] = ()
    formula: str | None = None
    unit_variants: tuple[str, ...] = ()
    fall: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """One unit of measurement, written without 万 or 亿: its exact scale within a dimension, and its words.

    Counted nouns (个, 家, 户, 件 …) share the dimension `count`, so that 44000家 and 4.4万户 compare; 个百分点 is not %.
    """

    code: str
    en: str
    scale: Decimal
    dimension: str
    zh: str = ""  # a fuller name, where the code is a sign
    plural: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixEntry:
    """A numeral that multiplies the unit behind it: 万, 亿 …"""

    code: str
    en: str
    scale: Decimal
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeEntry:
    """A kind of government office, under the names that differ from place to place."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeEntry:
    """A field of the plan under which indicators are grouped; the order of the file is the order of display."""

    code: str
    zh: str
    en: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a file's facts come from: its version, its date and its sources."""

    version: str
    date: date
    source: str


class _Kind(NamedTuple):
    file: str
    make: Callable[..., Any]


_KINDS: Mapping[str, _Kind] = {
    "indicators": _Kind("indicators.yml", IndicatorEntry),
    "units": _Kind("units.yml", UnitEntry),
    "prefixes": _Kind("units.yml", PrefixEntry),
    "offices": _Kind("offices.yml", OfficeEntry),
    "themes": _Kind("themes.yml", ThemeEntry),
}
_HEADER = ("version", "date", "source")
_SHIPPED = Path(__file__).parent
_LARGEST = 5_000_000  # bytes: a catalog file is written by hand


@overload
def load(
    kind: Literal["indicators"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, IndicatorEntry]: ...
@overload
def load(kind: Literal["units"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, UnitEntry]: ...
@overload
def load(kind: Literal["prefixes"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, PrefixEntry]: ...
@overload
def load(kind: Literal["offices"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, OfficeEntry]: ...
@overload
def load(kind: Literal["themes"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, ThemeEntry]: ...
def load(kind: str, *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, Any]:
    """The entries of one kind by code, in the order of the file; those in force `on` a date, else the latest of each.

    Raises CatalogError, naming the file, the entry and the remedy, if a file of the catalog or the overlay is wrong.
    """
    if kind not in _KINDS:
        known = ", ".join(_KINDS)
        _refuse(kind, f"there is no such kind of catalog; use one of {known}.", f"没有这一类目录，可用：{known}。")
    return _in_force(_entries(kind, overlay, _stamp(overlay)), on)


def origin(kind: str) -> Origin:
    """The version, date and sources of the shipped file that holds `kind`."""
    path = _SHIPPED / _KINDS[kind].file
    header = _header(_read(path), path)
    return Origin(version=header["version"], date=_day(header["date"]), source=header["source"])


def _in_force(entries: tuple[Any, ...], on: date | None) -> Mapping[str, Any]:
    current: dict[str, Any] = {}
    for entry in sorted(entries, key=lambda entry: entry.valid_from or date.min) if on is None else entries:
        if on is None or (entry.valid_from or date.min) <= on <= (entry.valid_to or date.max):
            current[entry.code] = entry
    return MappingProxyType(current)


def _stamp(overlay: Path | None) -> tuple[tuple[str, int, int], ...]:
    """The state of the overlay's files, so that an edited file is read again."""
    if overlay is None:
        return ()
    if not overlay.is_dir():
        _refuse(str(overlay), "this folder does not exist.", "没有这个文件夹。")
    files = {kind.file for kind in _KINDS.values()}
    found = sorted(path for path in overlay.iterdir() if path.suffix in {".yml", ".yaml"})
    for path in found:
        if path.name not in files:
            known = ", ".join(sorted(files))
            _refuse(str(path), f"an overlay holds only {known}; rename the file.", f"覆盖目录只能包含 {known}，请改文件名。")
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in found)


@lru_cache(maxsize=64)
def _entries(kind: str, overlay: Path | None, stamp: tuple[tuple[str, int, int], ...]) -> tuple[Any, ...]:
    """All entries of a kind, dated ones included; `stamp` only tells the cache when the overlay has changed."""
    file = _KINDS[kind].file
    rows = _rows(kind, _SHIPPED / file, shipped=True)
    sources = [_SHIPPED / file] * len(rows)
    if overlay is not None and (overlay / file).exists():
        added = _rows(kind, overlay / file, shipped=False)
        base = {row.get("code"): row for row in rows}
        replaced = {row["code"] for row in added}
        merged = [_merge(base.get(row["code"]), row, overlay / file) for row in added]
        kept = [row for row in rows if row["code"] not in replaced]
        rows, sources = kept + merged, [_SHIPPED / file] * len(kept) + [overlay / file] * len(merged)
    entries = tuple(_entry(kind, row, path) for row, path in zip(rows, sources, strict=True))
    _check_versions(entries, sources)
    if kind == "indicators":
        _check_references(entries, sources, overlay)
    return entries


def _merge(base: dict[str, Any] | None, row: dict[str, Any], path: Path) -> dict[str, Any]:
    if base is None:
        return row
    merged = {**base, **row}
    if "aliases" in base and "aliases" in row:
        merged["aliases"] = [*base["aliases"], *(a for a in _texts_of(row, path) if a not in base["aliases"])]
    return merged


def _texts_of(row: dict[str, Any], path: Path) -> tuple[str, ...]:
    try:
        return _texts(row["aliases"])
    except _Refused as wrong:
        _refuse(str(path), f"{row['code']}, aliases: {wrong.en}", f"{row['code']} 的 aliases：{wrong.zh}")


# Reading: every scalar is text, and each field knows its own type, so no date, number or “no” is guessed.


class _TextLoader(yaml.CSafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}


@lru_cache(maxsize=16)
def _read_shipped(path: Path) -> dict[str, Any]:
    return _parse(path)


def _read(path: Path) -> dict[str, Any]:
    return _read_shipped(path) if path.parent == _SHIPPED else _parse(path)


def _parse(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        _refuse(str(path), f"the file cannot be read ({error.strerror}).", f"文件读不出来（{error.strerror}）。")
    if len(data) > _LARGEST:
        _refuse(str(path), "the file is larger than 5 MB.", "文件超过 5 MB。")
    try:
        loader = _TextLoader(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse(str(path), "the file is not UTF-8; save it as UTF-8.", "文件不是 UTF-8 编码，请另存为 UTF-8。")
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        _refuse(str(path), f"line {line} is not YAML ({error.problem}).", f"第 {line} 行不符合 YAML 格式（{error.problem}）。")
    except yaml.YAMLError as error:
        _refuse(str(path), f"this is not YAML ({error}).", f"不符合 YAML 格式（{error}）。")
    finally:
        loader.dispose()
    value = {} if node is None else _plain(node, str(path), set())
    if not isinstance(value, dict):
        _refuse(str(path), "the file must be a mapping with a header and a section.", "文件应当由文件头和条目两部分组成。")
    return value


def _plain(node: yaml.Node, file: str, seen: set[int]) -> Any:
    """A YAML node as text, list or dict; a repeated key or an anchor used twice is refused."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    line = node.start_mark.line + 1
    if id(node) in seen:
        _refuse(file, f"line {line}: anchors are not used in catalog files; write it out.", f"第 {line} 行：请勿使用锚点引用。")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, file, seen) for child in node.value]
    values: dict[str, Any] = {}
    for key, child in node.value:
        name = str(key.value)
        if name in values:
            line = key.start_mark.line + 1
            _refuse(file, f"line {line}: “{name}” is given twice; keep one.", f"第 {line} 行：“{name}”重复，请保留一个。")
        values[name] = _plain(child, file, seen)
    return values


def _header(content: dict[str, Any], path: Path) -> dict[str, str]:
    missing = [name for name in _HEADER if not content.get(name)]
    if missing:
        names = ", ".join(missing)
        _refuse(str(path), f"the header lacks {names}; add it at the top.", f"文件头缺少 {names}，请在开头补上。")
    return {name: str(content[name]) for name in _HEADER}


def _rows(kind: str, path: Path, *, shipped: bool) -> list[dict[str, Any]]:
    """The raw entries of one section of a file, each with its code."""
    content = _read(path)
    sections = {name for name, other in _KINDS.items() if other.file == _KINDS[kind].file}
    if shipped:
        _header(content, path)
    unknown = sorted(content.keys() - sections - set(_HEADER))
    if unknown:
        known = ", ".join(sorted(sections))
        _refuse(
            str(path),
            f"“{unknown[0]}” is not a section of this file; it may hold {known} beside {', '.join(_HEADER)}.",
            f"“{unknown[0]}”不是本文件的部分；除 {'、'.join(_HEADER)} 外只能有 {known}。",
        )
    rows = content.get(kind, [])
    if not isinstance(rows, list):
        _refuse(str(path), f"“{kind}” must be a list of entries.", f"“{kind}”应当是条目列表。")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get("code"), str) or not row["code"]:
            _refuse(str(path), f"{kind}, entry {number}: it has no code; give it one.", f"{kind} 第 {number} 条没有 code，请补上。")
    return rows


# Each field's own type


class _Refused(ValueError):
    def __init__(self, en: str, zh: str) -> None:
        self.en, self.zh = en, zh
        super().__init__(en)


def _refuse(file: str, en: str, zh: str) -> NoReturn:
    error = CatalogError(file=file, reason=en, reason_zh=zh)
    error.zh = "{file}：{reason_zh}请改正后再试。"
    raise error


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Refused("it must be text and not empty.", "应为非空文字。")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Refused("it must be a list, as in [甲, 乙].", "应为列表，如 [甲, 乙]。")
    return tuple(_text(item) for item in value)


def _day(value: object) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError as error:
        raise _Refused(f"“{value}” is not a date; write it as 2025-01-31.", f"“{value}”不是日期，请写成 2025-01-31。") from error


def _number(value: object) -> Decimal:
    try:
        number = Decimal(_text(value))
    except InvalidOperation as error:
        raise _Refused(f"“{value}” is not a number.", f"“{value}”不是数。") from error
    if not number.is_finite() or number <= 0:
        raise _Refused(f"“{value}” is not above 0.", f"“{value}”应大于 0。")
    return number


def _days(value: object) -> int:
    if not re.fullmatch(r"\d{1,4}", _text(value), re.ASCII):
        raise _Refused(f"“{value}” is not a whole number of days.", f"“{value}”不是整数天数。")
    return int(str(value))


def _code(value: object) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", _text(value)):
        raise _Refused(
            f"“{value}” is not a code; use small letters, digits, _ and dots.",
            f"“{value}”不是合法代码，只能用小写字母、数字、下划线和点。",
        )
    return str(value)


def _one_of(*allowed: str) -> Callable[[object], str]:
    def parse(value: object) -> str:
        if value not in allowed:
            raise _Refused(f"“{value}” is unknown; use one of {', '.join(allowed)}.", f"“{value}”未知，可用：{'、'.join(allowed)}。")
        return str(value)

    return parse


def _flag(value: object) -> bool:
    return _one_of("true", "false")(value) == "true"


_TYPES: Mapping[str, Callable[[object], object]] = {
    "aliases": _texts,
    "unit_variants": _texts,
    "from": _day,
    "to": _day,
    "scale": _number,
    "lag": _days,
    "fall": _flag,
    "measure": _one_of("level", "growth", "share", "rank", "change", "completion", "multiple"),
    "polarity": _one_of("higher", "lower", "neutral"),
    "frequency": _one_of("month", "quarter", "half", "year"),
    "basis": _one_of("nominal", "comparable_price", "comparable_scope", "none"),
}
_ASCII_CODES = {"indicators", "offices", "themes"}
_RENAMED = {"from": "valid_from", "to": "valid_to"}


def _entry(kind: str, row: dict[str, Any], path: Path) -> Any:
    """The value of one raw entry, every field read by its own type."""
    make = _KINDS[kind].make
    fields = {field.name: field for field in dataclasses.fields(make)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for name, raw in row.items():
        field = _RENAMED.get(name, name)
        if field not in fields or name in _RENAMED.values():
            known = ", ".join(_written(fields))
            _refuse_entry(path, row, name, f"there is no such field; use one of {known}.", f"没有这个字段，可用：{known}。")
        parse = _code if name == "code" and kind in _ASCII_CODES else _TYPES.get(name, _text)
        try:
            values[field] = parse(raw)
        except _Refused as wrong:
            _refuse_entry(path, row, name, wrong.en, wrong.zh)
    for name, declared in fields.items():
        if name not in values and declared.default is dataclasses.MISSING:
            _refuse_entry(path, row, name, "it is missing; add it.", "缺少此字段，请补上。")
    return make(**values)


def _written(fields: Iterable[str]) -> list[str]:
    back = {field: name for name, field in _RENAMED.items()}
    return [back.get(name, name) for name in fields]


def _refuse_entry(path: Path, row: dict[str, Any], field: str, en: str, zh: str) -> NoReturn:
    _refuse(str(path), f"{row['code']}, {field}: {en}", f"{row['code']} 的 {field}：{zh}")


# What must hold between entries


def _check_versions(entries: Iterable[Any], sources: Iterable[Path]) -> None:
    """No code twice, unless the dates of its versions do not overlap."""
    seen: dict[str, list[tuple[date, date]]] = {}
    for entry, path in zip(entries, sources, strict=True):
        start, end = entry.valid_from or date.min, entry.valid_to or date.max
        if start > end:
            _refuse(str(path), f"{entry.code}: from is after to.", f"{entry.code}：from 晚于 to。")
        for other_start, other_end in seen.get(entry.code, ()):
            if start <= other_end and other_start <= end:
                _refuse(
                    str(path),
                    f"{entry.code}: the code is given twice; remove one, or part them by from and to.",
                    f"{entry.code}：代码重复，请删去一个，或用 from、to 分开生效时间。",
                )
        seen.setdefault(entry.code, []).append((start, end))


def _check_references(entries: Iterable[IndicatorEntry], sources: Iterable[Path], overlay: Path | None) -> None:
    """Units, offices, themes and the codes of formulas are declared."""
    entries = tuple(entries)
    units = _known_units(overlay)
    offices = {name for office in load("offices", overlay=overlay).values() for name in (office.zh, *office.aliases)}
    themes = load("themes", overlay=overlay)
    codes = {entry.code for entry in entries}
    for entry, path in zip(entries, sources, strict=True):
        wrong = [("unit", unit, "units.yml") for unit in (entry.unit, *entry.unit_variants) if not _is_unit(unit, units)]
        wrong += [("owner", entry.owner, "offices.yml")] if entry.owner not in offices else []
        wrong += [("theme", entry.theme, "themes.yml")] if entry.theme not in themes else []
        used = re.findall(r"[a-z][a-z0-9_.]*", entry.formula or "")
        wrong += [("formula", code, "indicators.yml") for code in used if code not in codes]
        for field, name, home in wrong:
            _refuse(
                str(path),
                f"{entry.code}, {field}: “{name}” is not declared; add it to {home} or correct the name.",
                f"{entry.code} 的 {field}：“{name}”未声明，请在 {home} 中添加或改正名称。",
            )


def _known_units(overlay: Path | None) -> tuple[frozenset[str], str]:
    units = load("units", overlay=overlay).values()
    return frozenset(name for unit in units for name in (unit.code, *unit.aliases)), "".join(load("prefixes", overlay=overlay))


def _is_unit(name: str, known: tuple[frozenset[str], str]) -> bool:
    """Whether `name` is declared, as it stands, behind 万 or 亿, or as A/B of such units."""
    units, prefixes = known
    return name in units or all(_is_scaled(part, units, prefixes) for part in name.split("/"))


def _is_scaled(name: str, units: frozenset[str], prefixes: str) -> bool:
    return name in units or (name[:1] in prefixes and len(name) > 1 and _is_scaled(name[1:], units, prefixes))
