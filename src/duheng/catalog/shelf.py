"""Entries read from their files and the overlay's, checked, and those in force picked out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NoReturn

from duheng import pattern as re
from duheng.catalog import field, kept
from duheng.catalog.entry import IndicatorEntry
from duheng.catalog.file import SHIPPED, refuse
from duheng.catalog.kinds import ASCII_CODES, FILES, HEADER, KINDS, WRITTEN

_Row = dict[str, Any]
_Reader = Callable[[object], object]


def in_force(found: Iterable[Any], on: date | None) -> Mapping[str, Any]:
    """The entries in force `on` a date, else the latest of each code, by code."""
    current: dict[str, Any] = {}
    for entry in found:
        start, end = _span(entry)
        latest = on is None and (entry.code not in current or start >= _span(current[entry.code])[0])
        if latest or (on is not None and start <= on <= end):
            current[entry.code] = entry
    return MappingProxyType(current)


def _span(entry: Any) -> tuple[date, date]:
    return entry.valid_from or date.min, entry.valid_to or date.max


def stamp(overlay: Path | None) -> tuple[tuple[str, int, int], ...]:
    """The state of the overlay's files, so that an edited file is read again."""
    if overlay is None:
        return ()
    if not overlay.is_dir():
        refuse(overlay, "this folder does not exist.", "没有这个文件夹。")
    found = sorted(path for path in overlay.iterdir() if path.suffix in {".yml", ".yaml"})
    for path in found:
        if path.name not in FILES:
            known = ", ".join(FILES)
            refuse(path, f"an overlay holds only {known}; rename the file.", f"覆盖目录只能包含 {known}，请改文件名。")
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in found)


@lru_cache(maxsize=64)
def entries(kind: str, overlay: Path | None, state: tuple[tuple[str, int, int], ...]) -> tuple[Any, ...]:
    """All entries of a kind, dated ones included; `state` only tells the cache that the overlay has changed."""
    if overlay is None and (checked := kept.entries(kind, KINDS[kind].make)) is not None:
        return checked
    home = SHIPPED / KINDS[kind].file
    rows = [(row, home) for row in _rows(kind, shipped(home.name), home)]
    if any(name == home.name for name, *_ in state) and overlay is not None:
        rows = _overlaid(kind, rows, overlay / home.name)
    found = tuple(_entry(kind, row, path) for row, path in rows)
    paths = [path for _, path in rows]
    _check_versions(found, paths)
    if kind == "indicators":
        _check_references(found, paths, overlay)
    return found


def _parse(path: Path) -> _Row:
    """The content of a file; YAML is loaded only here, where nothing kept will do."""
    from duheng.catalog.written import parse

    return parse(path)


@lru_cache(maxsize=16)
def shipped(file: str) -> _Row:
    """The content of a shipped file, its header checked."""
    content = _parse(SHIPPED / file)
    header(content, SHIPPED / file)
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


def header(content: _Row, path: Path) -> dict[str, str]:
    """The version, date and source that stand at the top of a file."""
    missing = [name for name in HEADER if not content.get(name)]
    if missing:
        names = ", ".join(missing)
        refuse(path, f"the header lacks {names}; add it at the top.", f"文件头缺少 {names}，请在开头补上。")
    return {name: str(content[name]) for name in HEADER}


def _rows(kind: str, content: _Row, path: Path) -> list[_Row]:
    """The raw entries of one section of a file, each with its code."""
    sections = {name for name, other in KINDS.items() if other.file == path.name}
    known = ", ".join(sorted(sections))
    for name in content:
        if name not in sections and name not in HEADER:
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
    return KINDS[kind].make(**values)


@lru_cache(maxsize=16)
def _fields(kind: str) -> tuple[dict[str, tuple[str, _Reader]], tuple[str, ...]]:
    """The fields of a kind as files write them, each with its attribute and reader; and those that must be given."""
    declared = dataclasses.fields(KINDS[kind].make)
    readers = {**field.READERS, "code": field.code if kind in ASCII_CODES else field.text}
    written = {WRITTEN.get(each.name, each.name): each.name for each in declared}
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
    units, prefixes = _names("units", overlay), "".join(_latest("prefixes", overlay))
    offices, themes, codes = _names("offices", overlay), _latest("themes", overlay), {entry.code for entry in entries}
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


def _latest(kind: str, overlay: Path | None) -> Mapping[str, Any]:
    return in_force(entries(kind, overlay, stamp(overlay)), None)


def _names(kind: Literal["units", "offices"], overlay: Path | None) -> frozenset[str]:
    found = entries(kind, overlay, stamp(overlay))
    return frozenset(name for entry in found for name in (entry.code, entry.zh, *entry.aliases) if name)


def _is_unit(name: str, units: frozenset[str], prefixes: str) -> bool:
    """Whether `name` is declared: as it stands, behind 万 or 亿, or as A/B of such units."""
    if name in units:
        return True
    upper, slash, lower = name.partition("/")
    if slash:
        return _is_unit(upper, units, prefixes) and _is_unit(lower, units, prefixes)
    return len(name) > 1 and name[0] in prefixes and _is_unit(name[1:], units, prefixes)
