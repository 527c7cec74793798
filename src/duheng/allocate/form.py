"""JSON taken apart: every value with its place, and what is wrong with it gathered rather than raised."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from duheng.allocate import money
from duheng.allocate.fault import Fault, Words, refuse_any

_LONGEST = 64_000_000  # characters of a file: thousands of projects are some hundred thousand
_DIGITS = 40  # of a number
_SHOWN = 20


class Unreadable(str):
    """A number that JSON has no place for, as written: NaN, Infinity, a thousand digits."""


class Doubled(dict[str, Any]):
    """An object in which some keys stand twice."""

    again: tuple[str, ...] = ()


def parsed(text: str, name: str) -> Any:
    """What a JSON text holds, its numbers as decimals. Raises `ProblemUnusable` where it is no JSON."""

    def refuse(zh: str, en: str) -> NoReturn:
        refuse_any([Fault(code="allocate.json", place=("文件", "file"), message=(zh, en))], name=name)
        raise AssertionError

    if len(text) > _LONGEST:
        refuse(
            f"有 {len(text):,} 字，最多 {_LONGEST:,} 字。", f"it holds {len(text):,} characters; at most {_LONGEST:,} are read."
        )
    if not text.strip("\ufeff \t\r\n"):
        refuse("是空的。请写明 years、funds 和 projects。", "it is empty. State years, funds and projects.")
    try:
        return json.loads(
            text.lstrip("\ufeff"), parse_float=_decimal, parse_int=_decimal, parse_constant=Unreadable, object_pairs_hook=_object
        )
    except json.JSONDecodeError as wrong:
        refuse(
            f"从第 {wrong.lineno} 行第 {wrong.colno} 列起不是 JSON。请检查逗号、引号和括号。",
            f"from line {wrong.lineno}, column {wrong.colno} on it is not JSON. Check commas, quotes and brackets.",
        )
    except RecursionError:
        refuse("嵌套太深，不是分配问题。", "it is nested too deeply to be a problem of allocation.")


def _decimal(digits: str) -> Decimal | Unreadable:
    if len(digits) > _DIGITS:
        return Unreadable(f"{digits[:_SHOWN]}…")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return Unreadable(digits)
    return value if value == 0 or -_DIGITS < value.adjusted() < _DIGITS else Unreadable(digits)


def _object(pairs: Sequence[tuple[str, Any]]) -> Doubled:
    made = Doubled(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        made.again = tuple(key for key in made if keys.count(key) > 1)
    return made


def kind(value: object) -> Words:
    """What a JSON value is, in words."""
    match value:
        case None:
            return ("空值 null", "null")
        case bool():
            return (str(value).lower(), str(value).lower())
        case Decimal() | Unreadable():
            return (str(value), str(value))
        case str():
            shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
            return (f"文字“{shown}”", f"the text “{shown}”")
        case list():
            return ("一个列表", "a list")
        case _:
            return ("一个对象", "an object")


@dataclass(slots=True)
class Form:
    """What is wrong with a JSON text, gathered while it is taken apart."""

    faults: list[Fault] = field(default_factory=list)

    def part(self, value: object, place: Words) -> Part:
        """An object of the text, its code added to its place; something else is told, and is an object without keys."""
        if not isinstance(value, dict):
            Item(self, value, place).wrong("应为对象 { … }", "should be an object { … }")
            return Part(self, {}, place, sound=False)
        code = value.get("code", value.get("project"))
        if isinstance(code, str) and code:
            place = (f"{place[0]}（{code[:_SHOWN]}）", f"{place[1]} ({code[:_SHOWN]})")
        part = Part(self, value, place)
        for key in getattr(value, "again", ()):
            part.wrong(key, "写了两次。请只留一个。", "stands twice. Keep one of them.")
        return part


@dataclass(frozen=True, slots=True)
class Item:
    """One value with its place. Each reader gives None for what is wrong, and tells it."""

    form: Form
    value: object
    place: Words

    def wrong(self, zh: str, en: str) -> None:
        """Tell that this value is not what it should be."""
        is_zh, is_en = kind(self.value)
        self.say(f"{zh}，现为{is_zh}。请改正。", f"{en}, not {is_en}. Correct it.")

    def say(self, zh: str, en: str) -> None:
        """Tell something about this place."""
        self.form.faults.append(Fault(code="allocate.form", place=self.place, message=(zh, en)))

    def number(self) -> Decimal | None:
        """A number."""
        if isinstance(self.value, Decimal):
            return self.value
        quoted = isinstance(self.value, str) and not isinstance(self.value, Unreadable)
        self.wrong("应为数" + ("（不加引号）" if quoted else ""), "should be a number" + (" without quotes" if quoted else ""))
        return None

    def money(self, unit: str) -> int | None:
        """An amount of `unit` as whole fen."""
        value = self.number()
        if value is None:
            return None
        fen = money.fen(value, unit)
        if fen != fen.to_integral_value():
            self.say(
                f"{value:f}{unit} 有不足一分的零头。请四舍五入到分，或核对单位。",
                f"{value:f} {unit} is not whole to the fen (分). Round it to fen, or check the unit.",
            )
            return None
        return int(fen)

    def year(self) -> int | None:
        """A year, four digits."""
        if isinstance(self.value, Decimal) and self.value == self.value.to_integral_value() and abs(self.value) < 10**6:
            return int(self.value)
        self.wrong("应为年份（如 2025）", "should be a year, as 2025")
        return None

    def code(self) -> str:
        """A code: a text, or a whole number taken as one; empty where it is neither."""
        if isinstance(self.value, str) and not isinstance(self.value, Unreadable):
            return self.value.strip()
        if isinstance(self.value, Decimal) and self.value == self.value.to_integral_value():
            return str(int(self.value))
        self.wrong("应为编码（文字）", "should be a code, a text")
        return ""


@dataclass(frozen=True, slots=True)
class Part:
    """An object with its place; absent keys are nothing, unless they are required."""

    form: Form
    given: dict[str, Any]
    place: Words
    sound: bool = True

    def item(self, key: str, *, required: bool = False) -> Item | None:
        """The value under `key`; null is as good as absent."""
        if self.given.get(key) is not None:
            return Item(self.form, self.given[key], self._at(key))
        if required and self.sound:
            self.wrong(key, "没有写。请补上。", "is missing. Add it.")
        return None

    def wrong(self, key: str, zh: str, en: str) -> None:
        """Tell something about `key`."""
        Item(self.form, None, self._at(key)).say(zh, en)

    def number(self, key: str, *, required: bool = False) -> Decimal | None:
        """The number under `key`."""
        item = self.item(key, required=required)
        return item.number() if item else None

    def money(self, key: str, unit: str) -> int | None:
        """The amount under `key` as whole fen."""
        item = self.item(key)
        return item.money(unit) if item else None

    def year(self, key: str) -> int | None:
        """The year under `key`."""
        item = self.item(key)
        return item.year() if item else None

    def code(self, key: str, *, required: bool = False) -> str:
        """The code under `key`, else the empty text."""
        item = self.item(key, required=required)
        return item.code() if item else ""

    def text(self, key: str) -> str:
        """The text under `key`, else the empty text."""
        return self.code(key)

    def flag(self, key: str) -> bool | None:
        """The true or false under `key`."""
        item = self.item(key)
        if item is None or isinstance(item.value, bool):
            return None if item is None else bool(item.value)
        item.wrong("应为 true 或 false", "should be true or false")
        return None

    def items(self, key: str, *, required: bool = False) -> Iterator[Item]:
        """The values of the list under `key`, each with its number, from 1."""
        item = self.item(key, required=required)
        if item is None:
            return
        if not isinstance(item.value, list):
            item.wrong("应为列表 [ … ]", "should be a list [ … ]")
            return
        for number, value in enumerate(item.value, start=1):
            yield Item(self.form, value, (f"{item.place[0]} 第 {number} 项", f"{item.place[1]} number {number}"))

    def entries(self, key: str) -> Iterator[tuple[str, Item]]:
        """The values of the object under `key`, by their own keys."""
        item = self.item(key)
        if item is None:
            return
        if not isinstance(item.value, dict):
            item.wrong("应为对象 { … }", "should be an object { … }")
            return
        inner = self.form.part(item.value, item.place)
        for name in inner.given:
            found = inner.item(name, required=True)
            if found:
                yield name.strip(), found

    def by_year(self, key: str, *, required: bool = False) -> Iterator[tuple[int, Item]]:
        """The values of the object under `key`, by year."""
        if self.item(key, required=required) is None:
            return
        for name, item in self.entries(key):
            if name.isascii() and name.isdigit() and len(name) <= 4:
                yield int(name), item
            else:
                item.say(f'“{name}”不是年份。请写成 "2025"。', f'“{name}” is not a year. Write "2025".')

    def _at(self, key: str) -> Words:
        return (f"{self.place[0]}，{key}", f"{self.place[1]}, {key}") if self.place[1] != "file" else (key, key)
