"""What a planning office knows before it reads anything: indicators, units, offices and themes, as dated and sourced data.

The files beside this one hold the facts; this is their only loader. `load(kind)` gives plain frozen values keyed by code,
and each room builds its own nouns from them. A workspace may keep an *overlay*: a folder with files of the same names whose
entries add to the shipped ones or, where the code is the same, override the fields they give (aliases are added).

    >>> load("indicators")["rd.intensity"].zh
    '研究与试验发展经费投入强度'
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, NoReturn, overload

from duheng import pattern as re
from duheng.catalog import field, kept
from duheng.catalog.entry import (
    AppealRuleEntry,
    BaseRateEntry,
    CheckEntry,
    FestivalEntry,
    FundKindEntry,
    FundRuleEntry,
    GradeRuleEntry,
    IndicatorEntry,
    LibraryThresholdEntry,
    LightCriterionEntry,
    LightRuleEntry,
    MidtermRuleEntry,
    OfficeEntry,
    Origin,
    PhraseEntry,
    PrefixEntry,
    ProjectColumnEntry,
    ProjectWordEntry,
    SectorEntry,
    ThemeEntry,
    UnitEntry,
)
from duheng.catalog.file import SHIPPED, refuse
from duheng.catalog.land_entry import LandCircumstanceEntry, LandMetricEntry, LandRuleEntry, LandTermEntry

__all__ = [
    "AppealRuleEntry",
    "BaseRateEntry",
    "CheckEntry",
    "FestivalEntry",
    "FundKindEntry",
    "FundRuleEntry",
    "GradeRuleEntry",
    "IndicatorEntry",
    "LandCircumstanceEntry",
    "LandMetricEntry",
    "LandRuleEntry",
    "LandTermEntry",
    "LibraryThresholdEntry",
    "LightCriterionEntry",
    "LightRuleEntry",
    "MidtermRuleEntry",
    "OfficeEntry",
    "Origin",
    "PhraseEntry",
    "PrefixEntry",
    "ProjectColumnEntry",
    "ProjectWordEntry",
    "SectorEntry",
    "ThemeEntry",
    "UnitEntry",
    "load",
    "origin",
]


class _Kind(NamedTuple):
    file: str
    make: type[Any]


_KINDS: Mapping[str, _Kind] = {
    "indicators": _Kind("indicators.yml", IndicatorEntry),
    "units": _Kind("units.yml", UnitEntry),
    "prefixes": _Kind("units.yml", PrefixEntry),
    "offices": _Kind("offices.yml", OfficeEntry),
    "themes": _Kind("themes.yml", ThemeEntry),
    "light_rules": _Kind("lights.yml", LightRuleEntry),
    "light_criteria": _Kind("lights.yml", LightCriterionEntry),
    "phrases": _Kind("lights.yml", PhraseEntry),
    "base_rates": _Kind("lights.yml", BaseRateEntry),
    "festivals": _Kind("festivals.yml", FestivalEntry),
    "land_metrics": _Kind("land.yml", LandMetricEntry),
    "land_rules": _Kind("land.yml", LandRuleEntry),
    "land_terms": _Kind("land.yml", LandTermEntry),
    "land_circumstances": _Kind("land.yml", LandCircumstanceEntry),
    "checks": _Kind("checks.yml", CheckEntry),
    "sectors": _Kind("funds.yml", SectorEntry),
    "fund_kinds": _Kind("funds.yml", FundKindEntry),
    "fund_rules": _Kind("funds.yml", FundRuleEntry),
    "grade_rules": _Kind("grades.yml", GradeRuleEntry),
    "midterm_rules": _Kind("grades.yml", MidtermRuleEntry),
    "appeal_rules": _Kind("grades.yml", AppealRuleEntry),
    "project_columns": _Kind("projects.yml", ProjectColumnEntry),
    "fund_sources": _Kind("projects.yml", ProjectWordEntry),
    "gates": _Kind("projects.yml", ProjectWordEntry),
    "delay_reasons": _Kind("projects.yml", ProjectWordEntry),
    "banks": _Kind("projects.yml", ProjectWordEntry),
    "library_thresholds": _Kind("projects.yml", LibraryThresholdEntry),
}
_FILES = sorted({kind.file for kind in _KINDS.values()})
_HEADER = ("version", "date", "source")
_ASCII_CODES = set(_KINDS) - {"units", "prefixes"}
_WRITTEN = {"valid_from": "from", "valid_to": "to"}  # attribute: its name in the files
_Row = dict[str, Any]
_Reader = Callable[[object], object]


@overload
def load(kind: Literal["indicators"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, IndicatorEntry]: ...
@overload
def load(kind: Literal["units"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, UnitEntry]: ...
@overload
def load(kind: Literal["prefixes"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, PrefixEntry]: ...
@overload
def load(kind: Literal["offices"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, OfficeEntry]: ...
@overload
def load(kind: Literal["themes"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, ThemeEntry]: ...
@overload
def load(
    kind: Literal["light_rules"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, LightRuleEntry]: ...
@overload
def load(
    kind: Literal["light_criteria"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, LightCriterionEntry]: ...
@overload
def load(kind: Literal["phrases"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, PhraseEntry]: ...
@overload
def load(kind: Literal["base_rates"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, BaseRateEntry]: ...
@overload
def load(kind: Literal["festivals"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, FestivalEntry]: ...
@overload
def load(kind: Literal["checks"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, CheckEntry]: ...
@overload
def load(
    kind: Literal["land_metrics"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, LandMetricEntry]: ...
@overload
def load(kind: Literal["land_rules"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, LandRuleEntry]: ...
@overload
def load(kind: Literal["land_terms"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, LandTermEntry]: ...
@overload
def load(
    kind: Literal["land_circumstances"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, LandCircumstanceEntry]: ...
@overload
def load(kind: Literal["sectors"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, SectorEntry]: ...
@overload
def load(kind: Literal["fund_kinds"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, FundKindEntry]: ...
@overload
def load(kind: Literal["fund_rules"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, FundRuleEntry]: ...
@overload
def load(
    kind: Literal["grade_rules"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, GradeRuleEntry]: ...
@overload
def load(
    kind: Literal["appeal_rules"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, AppealRuleEntry]: ...
@overload
def load(
    kind: Literal["midterm_rules"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, MidtermRuleEntry]: ...
@overload
def load(
    kind: Literal["project_columns"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, ProjectColumnEntry]: ...
@overload
def load(
    kind: Literal["fund_sources", "gates", "delay_reasons", "banks"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, ProjectWordEntry]: ...
@overload
def load(
    kind: Literal["library_thresholds"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, LibraryThresholdEntry]: ...
def load(kind: str, *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, Any]:
    """The entries of one kind by code, in the order of the file: those in force `on` a date, else the latest of each.

    Raises CatalogError, naming the file, the entry and the remedy, if the catalog or the overlay says something impossible.
    """
    if kind not in _KINDS:
        known = ", ".join(_KINDS)
        refuse(kind, f"there is no such kind of catalog; use one of {known}.", f"没有这一类目录，可用：{known}。")
    return _in_force(_entries(kind, overlay, _stamp(overlay)), on)


def origin(kind: str) -> Origin:
    """The version, date and sources of the shipped file that holds `kind`."""
    header = _header(_shipped(_KINDS[kind].file), SHIPPED / _KINDS[kind].file)
    return Origin(version=header["version"], date=field.day(header["date"]), source=header["source"])


def keep() -> None:
    """Keep the shipped catalog, checked, beside its files: at set-up, for commands to take up as it is."""
    kept.KEPT.unlink(missing_ok=True)
    kept.keep({kind: _entries(kind, None, ()) for kind in _KINDS})


def _in_force(entries: Iterable[Any], on: date | None) -> Mapping[str, Any]:
    current: dict[str, Any] = {}
    for entry in entries:
        start, end = _span(entry)
        latest = on is None and (entry.code not in current or start >= _span(current[entry.code])[0])
        if latest or (on is not None and start <= on <= end):
            current[entry.code] = entry
    return MappingProxyType(current)


def _span(entry: Any) -> tuple[date, date]:
    return entry.valid_from or date.min, entry.valid_to or date.max


def _stamp(overlay: Path | None) -> tuple[tuple[str, int, int], ...]:
    """The state of the overlay's files, so that an edited file is read again."""
    if overlay is None:
        return ()
    if not overlay.is_dir():
        refuse(overlay, "this folder does not exist.", "没有这个文件夹。")
    found = sorted(path for path in overlay.iterdir() if path.suffix in {".yml", ".yaml"})
    for path in found:
        if path.name not in _FILES:
            known = ", ".join(_FILES)
            refuse(path, f"an overlay holds only {known}; rename the file.", f"覆盖目录只能包含 {known}，请改文件名。")
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in found)


@lru_cache(maxsize=64)
def _entries(kind: str, overlay: Path | None, stamp: tuple[tuple[str, int, int], ...]) -> tuple[Any, ...]:
    """All entries of a kind, dated ones included; `stamp` only tells the cache that the overlay has changed."""
    if overlay is None and (checked := kept.entries(kind, _KINDS[kind].make)) is not None:
        return checked
    home = SHIPPED / _KINDS[kind].file
    rows = [(row, home) for row in _rows(kind, _shipped(home.name), home)]
    if any(name == home.name for name, *_ in stamp) and overlay is not None:
        rows = _overlaid(kind, rows, overlay / home.name)
    entries = tuple(_entry(kind, row, path) for row, path in rows)
    paths = [path for _, path in rows]
    _check_versions(entries, paths)
    if kind == "indicators":
        _check_references(entries, paths, overlay)
    return entries


def _parse(path: Path) -> _Row:
    """The content of a file; YAML is loaded only here, where nothing kept will do."""
    from duheng.catalog.written import parse

    return parse(path)


@lru_cache(maxsize=16)
def _shipped(file: str) -> _Row:
    content = _parse(SHIPPED / file)
    _header(content, SHIPPED / file)
    return content


def _overlaid(kind: str, rows: list[tuple[_Row, Path]], path: Path) -> list[tuple[_Row, Path]]:
    """The shipped rows without those the overlay overrides, and the overlay's own behind them."""
    base = {row["code"]: row for row, _ in rows}
    new: dict[str, list[tuple[_Row, Path]]] = {}
    for row in _rows(kind, _parse(path), path):
        new.setdefault(row["code"], []).append((_merged(base.get(row["code"], {}), row), path))
    kept = [pair for pair in rows if pair[0]["code"] not in new]
    return kept + [pair for pairs in new.values() for pair in pairs]


def _merged(base: _Row, row: _Row) -> _Row:
    merged = {**base, **row}
    if isinstance(row.get("aliases"), list):
        known = base.get("aliases", [])
        merged["aliases"] = [*known, *(alias for alias in row["aliases"] if alias not in known)]
    return merged


def _header(content: _Row, path: Path) -> dict[str, str]:
    missing = [name for name in _HEADER if not content.get(name)]
    if missing:
        names = ", ".join(missing)
        refuse(path, f"the header lacks {names}; add it at the top.", f"文件头缺少 {names}，请在开头补上。")
    return {name: str(content[name]) for name in _HEADER}


def _rows(kind: str, content: _Row, path: Path) -> list[_Row]:
    """The raw entries of one section of a file, each with its code."""
    sections = {name for name, other in _KINDS.items() if other.file == path.name}
    known = ", ".join(sorted(sections))
    for name in content:
        if name not in sections and name not in _HEADER:
            refuse(
                path,
                f"“{name}” is not a section of this file; beside the header it may hold {known}.",
                f"“{name}”不是本文件的部分；文件头之外只能有 {known}。",
            )
    rows = content.get(kind, [])
    if not isinstance(rows, list):
        refuse(path, f"“{kind}” must be a list of entries.", f"“{kind}”应当是条目列表。")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get("code"), str) or not row["code"]:
            refuse(path, f"{kind}, entry {number}: it has no code; give it one.", f"{kind} 第 {number} 条没有 code，请补上。")
    return rows


def _entry(kind: str, row: _Row, path: Path) -> Any:
    """The value of one raw entry, every field read by its own type."""
    fields, required = _fields(kind)
    values: dict[str, Any] = {}
    for name, raw in row.items():
        if name not in fields:
            known = ", ".join(fields)
            _refuse_entry(path, row, name, f"there is no such field; use one of {known}.", f"没有这个字段，可用：{known}。")
        attribute, read = fields[name]
        try:
            values[attribute] = read(raw)
        except field.Refused as wrong:
            _refuse_entry(path, row, name, wrong.en, wrong.zh)
    for name in required:
        if name not in values:
            _refuse_entry(path, row, name, "it is missing; add it.", "缺少此字段，请补上。")
    return _KINDS[kind].make(**values)


@lru_cache(maxsize=16)
def _fields(kind: str) -> tuple[dict[str, tuple[str, _Reader]], tuple[str, ...]]:
    """The fields of a kind as files write them, each with its attribute and reader; and those that must be given."""
    declared = dataclasses.fields(_KINDS[kind].make)
    readers = {**field.READERS, "code": field.code if kind in _ASCII_CODES else field.text}
    written = {_WRITTEN.get(each.name, each.name): each.name for each in declared}
    fields = {name: (attribute, readers.get(name, field.text)) for name, attribute in written.items()}
    return fields, tuple(each.name for each in declared if each.default is dataclasses.MISSING)


def _refuse_entry(path: Path, row: _Row, name: str, en: str, zh: str) -> NoReturn:
    refuse(path, f"{row['code']}, {name}: {en}", f"{row['code']} 的 {name}：{zh}")


def _check_versions(entries: Iterable[Any], paths: Iterable[Path]) -> None:
    """No code twice, unless the dates of its versions do not overlap."""
    seen: dict[str, list[tuple[date, date]]] = {}
    for entry, path in zip(entries, paths, strict=True):
        start, end = _span(entry)
        if start > end:
            refuse(path, f"{entry.code}: from is after to; correct one.", f"{entry.code}：from 晚于 to。")
        if any(start <= other_end and other_start <= end for other_start, other_end in seen.get(entry.code, ())):
            refuse(
                path,
                f"{entry.code}: the code is given twice; remove one, or part them by from and to.",
                f"{entry.code}：代码重复，请删去一个，或用 from、to 分开生效时间。",
            )
        seen.setdefault(entry.code, []).append((start, end))


def _check_references(entries: tuple[IndicatorEntry, ...], paths: Iterable[Path], overlay: Path | None) -> None:
    """Units, offices, themes and the codes of formulas are declared."""
    units, prefixes = _names("units", overlay), "".join(load("prefixes", overlay=overlay))
    offices, themes, codes = _names("offices", overlay), load("themes", overlay=overlay), {entry.code for entry in entries}
    for entry, path in zip(entries, paths, strict=True):
        wrong = [
            ("unit", unit, "units.yml") for unit in (entry.unit, *entry.unit_variants) if not _is_unit(unit, units, prefixes)
        ]
        wrong += [("owner", entry.owner, "offices.yml")] if entry.owner not in offices else []
        wrong += [("theme", entry.theme, "themes.yml")] if entry.theme not in themes else []
        used = re.findall(r"[a-z][a-z0-9_.]*(?![a-z0-9_.]*\s*\()", entry.formula or "")
        wrong += [("formula", code, "indicators.yml") for code in used if code not in codes]
        for name, value, home in wrong:
            refuse(
                path,
                f"{entry.code}, {name}: “{value}” is not declared; add it to {home} or correct the name.",
                f"{entry.code} 的 {name}：“{value}”未声明，请在 {home} 中添加或改正名称。",
            )


def _names(kind: Literal["units", "offices"], overlay: Path | None) -> frozenset[str]:
    entries = _entries(kind, overlay, _stamp(overlay))
    return frozenset(name for entry in entries for name in (entry.code, entry.zh, *entry.aliases) if name)


def _is_unit(name: str, units: frozenset[str], prefixes: str) -> bool:
    """Whether `name` is declared: as it stands, behind 万 or 亿, or as A/B of such units."""
    if name in units:
        return True
    upper, slash, lower = name.partition("/")
    if slash:
        return _is_unit(upper, units, prefixes) and _is_unit(lower, units, prefixes)
    return len(name) > 1 and name[0] in prefixes and _is_unit(name[1:], units, prefixes)
