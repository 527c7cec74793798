"""What the columns, rows and whole of a sheet are taken for: proposed with a confidence, corrected by a person, remembered.

In a file (`duheng load --map`), and in the workspace's memory, a mapping is plain data:

    known: 2026-01-20          # and status, released, area: of all figures of the file
    sheets:
      - sheet: "*新房"          # which sheets; * and ? stand for anything. Without it: all
        indicator: 新建商品住宅销售价格指数
        period: 2025-12        # where neither rows nor columns say it
        keys: {城市: area}      # what a column of keys holds: period, area, indicator, unit, vintage or ignore
        columns:
          环比: {measure: index, unit: 上月=100}
          定基: skip
        rows:
          总值: {area: 全国}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from typing import Any

import yaml

from duheng import pattern as re
from duheng.collect import lexicon as words
from duheng.collect.layout import Layout, tidy
from duheng.collect.when import when
from duheng.errors import CollectError

KEY_ROLES = ("period", "area", "indicator", "unit", "vintage", "ignore")
_FIELDS = ("indicator", "area", "measure", "basis", "unit", "status", "period", "percent")
_TOP = ("known", "status", "released", "area", "columns", "constants", "months", "year", "sheets")
_SHEET = ("sheet", "skip", "indicator", "area", "period", "unit", "keys", "columns", "rows")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a column or a row is said to be; empty where nothing is said. `percent` is "fraction" where 0.048 means 4.8 %."""

    indicator: str = ""
    area: str = ""
    measure: str = ""
    basis: str = ""
    unit: str = ""
    status: str = ""
    period: str = ""
    percent: str = ""
    skip: bool = False

    def over(self, other: Meaning) -> Meaning:
        """This meaning, with the other's where this says nothing."""
        return Meaning(**{each.name: getattr(self, each.name) or getattr(other, each.name) for each in fields(self)})

    def plain(self) -> dict[str, Any]:
        """What is said, as plain data."""
        return {each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name)}

    @classmethod
    def of(cls, said: object, *, where: str) -> Meaning:
        """The meaning that plain data gives. Raises `CollectError`, which names the place."""
        if said == "skip":
            return cls(skip=True)
        if not isinstance(said, Mapping):
            raise _wrong(
                where,
                f"“{said}” is neither “skip” nor a list of {', '.join(_FIELDS)}.",
                f"“{said}”应为 skip 或 {'、'.join(_FIELDS)}。",
            )
        for name in said:
            if name not in (*_FIELDS, "skip"):
                raise _wrong(
                    where,
                    f"there is no “{name}”; use {', '.join(_FIELDS)} or skip.",
                    f"没有“{name}”，可用 {'、'.join(_FIELDS)}、skip。",
                )
        found = {name: str(said[name]).strip() for name in _FIELDS if said.get(name)}
        readers: Mapping[str, Callable[[str], object]] = {
            "measure": words.measure,
            "basis": words.basis,
            "status": words.status,
            "period": when,
        }
        for name, read in readers.items():
            if found.get(name) and read(found[name]) is None:
                raise _wrong(where, f"“{found[name]}” is no {name}.", f"“{found[name]}”不是有效的 {name}。")
        return cls(skip=said.get("skip") is True, **found)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMapping:
    """What is said of one sheet, or of all that its pattern names."""

    sheet: str = "*"
    skip: bool = False
    whole: Meaning = Meaning()
    keys: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Meaning] = field(default_factory=dict)
    rows: Mapping[str, Meaning] = field(default_factory=dict)

    def names(self, sheet: str) -> bool:
        """Whether it speaks of the sheet of this name."""
        return fnmatchcase(sheet.strip(), self.sheet)

    def column(self, heads: Sequence[str], letter: str = "") -> Meaning:
        """What is said of a column by all its heads in one line, by any of them, or by its letter; the whole line counts most."""
        path = " / ".join(dict.fromkeys(filter(None, heads)))
        found = Meaning()
        for name in filter(None, (path, *reversed(heads), letter)):
            for key in dict.fromkeys((name, pattern(name))):
                if said := self.columns.get(key):
                    found = found.over(said)
        return found

    def row(self, text: str) -> Meaning:
        """What is said of a row by the text of its key."""
        return self.rows.get(text) or self.rows.get(text.replace(" ", "")) or Meaning()

    def plain(self) -> dict[str, Any]:
        """The mapping as plain data, as `of` reads it."""
        told: dict[str, Any] = {"sheet": self.sheet, **({"skip": True} if self.skip else {}), **self.whole.plain()}
        told |= {"keys": dict(self.keys)} if self.keys else {}
        for name in ("columns", "rows"):
            if said := {key: meaning.plain() for key, meaning in getattr(self, name).items()}:
                told[name] = said
        return told

    @classmethod
    def of(cls, said: object, *, where: str) -> SheetMapping:
        """The mapping that plain data gives. Raises `CollectError`."""
        if not isinstance(said, Mapping):
            raise _wrong(where, "each sheet must be a list of names and values.", "每个工作表应写成“名称: 值”。")
        if unknown := [str(name) for name in said if name not in _SHEET]:
            raise _wrong(
                where, f"there is no “{unknown[0]}”; use {', '.join(_SHEET)}.", f"没有“{unknown[0]}”，可用 {'、'.join(_SHEET)}。"
            )
        parts: dict[str, dict[str, Any]] = {}
        for name in ("keys", "columns", "rows"):
            part = said.get(name) or {}
            if not isinstance(part, Mapping):
                raise _wrong(where, f"{name} must give a meaning for each head.", f"{name} 应逐个表头给出含义。")
            parts[name] = {tidy(str(head)): meaning for head, meaning in part.items()}
        for head, role in parts["keys"].items():
            if role not in KEY_ROLES:
                raise _wrong(
                    f"{where}, {head}", f"“{role}” is none of {', '.join(KEY_ROLES)}.", f"“{role}”应为 {'、'.join(KEY_ROLES)}。"
                )
        whole = {name: said[name] for name in ("indicator", "area", "period", "unit") if said.get(name)}
        return cls(
            sheet=str(said.get("sheet") or "*").strip(),
            skip=bool(said.get("skip")),
            whole=Meaning.of(whole, where=where),
            keys=parts["keys"],
            columns={head: Meaning.of(one, where=f"{where}, {head}") for head, one in parts["columns"].items()},
            rows={head: Meaning.of(one, where=f"{where}, {head}") for head, one in parts["rows"].items()},
        )


def read_mapping(text: str, *, name: str) -> tuple[dict[str, Any], tuple[SheetMapping, ...]]:
    """What a mapping file says of the whole file, and of its sheets. Raises `CollectError`."""
    try:
        said = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 — texts, lists and mappings only
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise _wrong(f"{name}:{line}", "it is not YAML.", "不是合法的 YAML。") from error
    if not isinstance(said, dict):
        raise _wrong(name, "it says nothing.", "内容为空。")
    if unknown := [str(key) for key in said if key not in _TOP]:
        raise _wrong(name, f"there is no “{unknown[0]}”; use {', '.join(_TOP)}.", f"没有“{unknown[0]}”，可用 {'、'.join(_TOP)}。")
    sheets = said.get("sheets") or []
    if not isinstance(sheets, list):
        raise _wrong(name, "sheets must be a list.", "sheets 应为列表。")
    return {key: value for key, value in said.items() if key != "sheets"}, tuple(
        SheetMapping.of(_flags(each), where=f"{name}, sheets {place}") for place, each in enumerate(sheets, 1)
    )


def fingerprint(layout: Layout) -> str:
    """What tells tables of one shape: the names of the sheet and its heads, without their numbers and dates."""
    told = [pattern(layout.name), [pattern(" / ".join(heads)) for heads in layout.keys.values()]]
    told.append(list(dict.fromkeys(pattern(column.path) for column in layout.columns)))
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def pattern(text: str) -> str:
    """A head with every number in it made #, so that next month's is the same.

    >>> pattern("1-11月平均"), pattern("2025/11/1")
    ('#-#月平均', '#/#/#')
    """
    return _DIGITS.sub("#", text)


def merged(mappings: Sequence[SheetMapping], sheet: str) -> SheetMapping:
    """All that is said of one sheet; what is said later counts more."""
    found = SheetMapping(sheet=sheet)
    for each in mappings:
        if each.names(sheet):
            found = replace(
                found,
                skip=found.skip or each.skip,
                whole=each.whole.over(found.whole),
                keys={**found.keys, **each.keys},
                columns=_joined(found.columns, each.columns),
                rows=_joined(found.rows, each.rows),
            )
    return found


def _joined(first: Mapping[str, Meaning], more: Mapping[str, Meaning]) -> dict[str, Meaning]:
    return {**first, **{key: meaning.over(first.get(key, Meaning())) for key, meaning in more.items()}}


def _flags(said: object) -> object:
    """YAML is read as text: what says yes becomes True."""
    if isinstance(said, dict):
        return {key: (str(value).lower() == "true" if key == "skip" else _flags(value)) for key, value in said.items()}
    return said


def _wrong(where: str, en: str, zh: str) -> CollectError:
    return CollectError(reason=f"{where}: {en}", reason_zh=f"{where}：{zh}")
