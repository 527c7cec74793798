"""What a person says of a list of projects: which column holds what, in which unit and year.

In a file (`duheng load --projects --map`), and in the workspace's memory, it is plain data:

    known: 2025-02-10          # of the whole file, as are year, month, unit, code and negative
    unit: 千美元                # or 万元, 亿元, thousand USD: of all amounts without a unit of their own
    year: 2025
    code: [agency, project_id]  # the columns that make a project's own code
    negative: leave             # amounts below zero are left out and told; without it they are errors
    sheets:
      - sheet: "*产业*"
        columns:
          city2021: {role: planned, year: 2021, source: own_budget}
          remarks: skip
          scope: keep           # as printed, beside the project
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from typing import Any

import yaml

from duheng import pattern as re
from duheng.collect.layout import tidy
from duheng.collect.mapping import pattern
from duheng.collect.projects.amounts import money_unit
from duheng.collect.projects.head import ProjectWords
from duheng.errors import CollectError

_WHOLE = ("year", "month", "unit", "code", "negative")
_SHEET = (*_WHOLE, "sheet", "skip", "columns")
_TOP = (*_WHOLE, "known", "kind", "columns", "sheets")
_COLUMN = ("role", "year", "month", "source", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSaid:
    """What is said of one column; `keep` where it means nothing here and is kept as printed."""

    role: str = ""
    year: int | None = None
    month: int | None = None
    source: str = ""
    unit: str = ""
    skip: bool = False
    keep: bool = False

    def plain(self) -> Any:
        """As plain data, as `of` reads it."""
        if self.skip or self.keep:
            return "skip" if self.skip else "keep"
        return {name: getattr(self, name) for name in _COLUMN if getattr(self, name)}

    @classmethod
    def of(cls, said: object, *, words: ProjectWords, where: str) -> ColumnSaid:
        """What plain data says. Raises `CollectError`."""
        if said in ("skip", "keep"):
            return cls(skip=said == "skip", keep=said == "keep")
        told = {"role": said} if isinstance(said, str) else said
        if not isinstance(told, Mapping):
            raise _wrong(where, "give a role, “skip” or “keep”.", "应写出 role、skip 或 keep。")
        _known(told, _COLUMN, where)
        role = _choice(told.get("role"), words.columns, "role", where)
        source = _choice(told.get("source"), words.sources, "source", where)
        year, month = _whole(told, "year", where), _whole(told, "month", where)
        return cls(role=role, source=source, year=year, month=month, unit=_unit(told.get("unit"), where))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMapping:
    """What is said of one sheet of a list, or of all that its pattern names."""

    sheet: str = "*"
    skip: bool = False
    year: int | None = None
    month: int | None = None
    unit: str = ""
    code: tuple[str, ...] = ()
    negative: str = ""
    columns: Mapping[str, ColumnSaid] = field(default_factory=dict)

    def column(self, heads: Sequence[str], letter: str) -> ColumnSaid | None:
        """What is said of a column by all its heads in one line, by any of them, or by its letter; the whole line counts most."""
        path = " / ".join(dict.fromkeys(filter(None, heads)))
        for name in filter(None, (path, *reversed(heads), letter)):
            for key in dict.fromkeys((name, pattern(name))):
                if key in self.columns:
                    return self.columns[key]
        return None

    def plain(self) -> dict[str, Any]:
        """As plain data, as `of` reads it."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in ("columns", "code")}
        told |= {"code": list(self.code), "columns": {head: said.plain() for head, said in self.columns.items()}}
        return {name: value for name, value in told.items() if value}

    @classmethod
    def of(cls, said: object, *, words: ProjectWords, where: str) -> ListMapping:
        """What plain data says. Raises `CollectError`."""
        if not isinstance(said, Mapping):
            raise _wrong(where, "write it as names and values.", "应写成“名称: 值”。")
        _known(said, _SHEET, where)
        columns = said.get("columns") or {}
        if not isinstance(columns, Mapping):
            raise _wrong(where, "columns must give a meaning for each head.", "columns 应逐个表头给出含义。")
        negative = str(said.get("negative") or "")
        if negative not in ("", "leave"):
            raise _wrong(
                where, f"negative is “leave” or not there, not “{negative}”.", f"negative 只能是 leave，不能是“{negative}”。"
            )
        code = said.get("code") or ()
        told = {tidy(str(head)): ColumnSaid.of(one, words=words, where=f"{where}, {head}") for head, one in columns.items()}
        return cls(
            sheet=str(said.get("sheet") or "*").strip(),
            skip=str(said.get("skip", "")).lower() == "true",
            year=_whole(said, "year", where),
            month=_whole(said, "month", where),
            unit=_unit(said.get("unit"), where),
            code=tuple(tidy(str(each)) for each in ([code] if isinstance(code, str) else code)),
            negative=negative,
            columns=told,
        )


def merged(mappings: Sequence[ListMapping], sheet: str) -> ListMapping:
    """All that is said of one sheet; what is said later counts more."""
    found = ListMapping(sheet=sheet)
    for each in mappings:
        if fnmatchcase(sheet.strip(), each.sheet):
            told = {one.name: getattr(each, one.name) for one in fields(each) if one.name not in ("sheet", "columns")}
            told = {name: value for name, value in told.items() if value}
            found = replace(found, **told, columns={**found.columns, **each.columns})
    return found


def read_list_mapping(text: str, *, name: str, words: ProjectWords) -> tuple[str, tuple[ListMapping, ...]]:
    """The day a mapping file gives ("" for none), and what it says of the list and its sheets. Raises `CollectError`."""
    try:
        said = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 — texts, lists and mappings only
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise _wrong(f"{name}:{line}", "it is not YAML.", "不是合法的 YAML。") from error
    if not isinstance(said, dict):
        raise _wrong(name, "it says nothing.", "内容为空。")
    _known(said, _TOP, name)
    sheets = said.get("sheets", [])
    if not isinstance(sheets, list):
        raise _wrong(name, "sheets must be a list.", "sheets 应为列表。")
    whole = {key: value for key, value in said.items() if key in (*_WHOLE, "columns")}
    found = [ListMapping.of(whole, words=words, where=name)] if whole else []
    found += [ListMapping.of(each, words=words, where=f"{name}, sheets {place}") for place, each in enumerate(sheets, 1)]
    return str(said.get("known") or ""), tuple(found)


def _whole(told: Mapping[Any, Any], name: str, where: str) -> int | None:
    value = str(told.get(name) or "")
    if not value:
        return None
    low, high = (1900, 2100) if name == "year" else (1, 12)
    if not re.fullmatch(r"\d{1,4}", value) or not low <= int(value) <= high:
        raise _wrong(where, f"“{value}” is no {name}.", f"“{value}”不是有效的{'年份' if name == 'year' else '月份'}。")
    return int(value)


def _unit(value: object, where: str) -> str:
    text = str(value or "").strip()
    if text and money_unit(text) is None:
        raise _wrong(
            where,
            f"“{text}” is no unit of money; write 万元, 亿元 or thousand USD.",
            f"“{text}”不是金额单位，请写 万元、亿元、千美元等。",
        )
    return text


def _choice(value: object, allowed: Mapping[str, Any], name: str, where: str) -> str:
    text = str(value or "").strip()
    if text and text not in allowed:
        known = ", ".join(allowed)
        raise _wrong(where, f"“{text}” is no {name}; use one of {known}.", f"“{text}”不是有效的 {name}，可用：{known}。")
    return text


def _known(told: Mapping[Any, Any], allowed: Sequence[str], where: str) -> None:
    unknown = next((str(name) for name in told if name not in allowed), None)
    if unknown is not None:
        raise _wrong(
            where, f"there is no “{unknown}”; use {', '.join(allowed)}.", f"没有“{unknown}”，可用 {'、'.join(allowed)}。"
        )


def _wrong(where: str, en: str, zh: str) -> CollectError:
    return CollectError(reason=f"{where}: {en}", reason_zh=f"{where}：{zh}")
