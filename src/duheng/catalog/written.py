"""One catalog file as plain text values. Every scalar is text: no date, number or “no” is guessed, each field knows its type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from duheng.catalog.file import refuse

_LARGEST = 5_000_000  # bytes: a catalog file is written by hand
_DEEPEST = 5  # file, section, entry, field, list


def parse(path: Path) -> dict[str, Any]:
    """The content of a catalog file; CatalogError if it is not one mapping in UTF-8 YAML."""
    try:
        data = path.read_bytes()
    except OSError as error:
        refuse(path, f"the file cannot be read ({error.strerror}).", f"文件读不出来（{error.strerror}）。")
    if len(data) > _LARGEST:
        refuse(path, "the file is larger than 5 MB.", "文件超过 5 MB。")
    try:
        events = yaml.CSafeLoader(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        refuse(path, "the file is not UTF-8; save it as UTF-8.", "文件不是 UTF-8 编码，请另存为 UTF-8。")
    try:
        return _document(events, path)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        refuse(path, f"line {line} is not YAML ({error.problem}).", f"第 {line} 行不符合 YAML 格式（{error.problem}）。")
    except yaml.YAMLError:
        refuse(path, "this is not YAML: it holds a control character; remove it.", "不符合 YAML 格式：含有控制字符，请删除。")
    finally:
        events.dispose()


def _document(events: yaml.CSafeLoader, path: Path) -> dict[str, Any]:
    """The one mapping of a YAML file, from the parser's events: three times as fast as PyYAML's own construction."""
    events.get_event()
    if isinstance(events.get_event(), yaml.StreamEndEvent):
        refuse(path, "the file is empty; give it a header and a list of entries.", "文件是空的，应有文件头和条目列表。")
    first = events.get_event()
    value = _value(events.get_event, first, path, 0)
    events.get_event()
    if not isinstance(value, dict) or not isinstance(events.get_event(), yaml.StreamEndEvent):
        refuse(path, "the file must be one mapping: a header and a section.", "文件应是一个映射：文件头加条目部分。")
    return value


def _value(next_event: Callable[[], Any], event: Any, path: Path, depth: int) -> Any:
    """An event and what belongs to it as text, list or dict; anchors and deep nesting are refused."""
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent):
        refuse(path, f"line {line}: anchors are not used here; write it out.", f"第 {line} 行：请勿使用锚点引用，应写全。")
    if depth > _DEEPEST:
        refuse(path, f"line {line}: nested too deeply.", f"第 {line} 行：嵌套过深。")
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(inner := next_event(), yaml.SequenceEndEvent):
            items.append(_value(next_event, inner, path, depth + 1))
        return items
    return _mapping(next_event, path, depth)


def _mapping(next_event: Callable[[], Any], path: Path, depth: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    while not isinstance(key := next_event(), yaml.MappingEndEvent):
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarEvent):
            refuse(path, f"line {line}: a field's name must be a word.", f"第 {line} 行：字段名应是一个词。")
        if key.value in values:
            refuse(
                path, f"line {line}: “{key.value}” is given twice; keep one.", f"第 {line} 行：“{key.value}”重复，请保留一个。"
            )
        values[key.value] = _value(next_event, next_event(), path, depth + 1)
    return values
