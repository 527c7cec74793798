"""Every noun of the library has one agreed Chinese term, in GLOSSARY.md."""

import ast
import importlib
import inspect
import re

import pytest

from tests.architecture.source import LIBRARY, PACKAGE, ROOT, modules, tree

ROOMS = [room for room in LIBRARY if room != "errors" and (PACKAGE / room / "__init__.py").exists()]
ROW = re.compile(r"^\|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|$", re.MULTILINE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _terms() -> dict[str, str]:
    """Chinese term by the name in code."""
    rows = ROW.findall((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))
    return {noun: chinese.strip() for _, chinese, code, _ in rows for noun in re.findall(r"`(\w+)`", code)}


def _nouns(room: str) -> set[str]:
    """The classes that a room hands over its counter."""
    module = importlib.import_module(f"duheng.{room}")
    things = {noun: getattr(module, noun) for noun in getattr(module, "__all__", ())}
    return {noun for noun, thing in things.items() if inspect.isclass(thing) and thing.__module__.startswith(f"duheng.{room}")}


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_noun_has_a_chinese_term(room: str):
    terms = _terms()
    assert {noun for noun in _nouns(room) if not CHINESE.search(terms.get(noun, ""))} == set()


def test_no_term_is_left_over_from_a_noun_that_is_gone():
    defined = {
        node.name
        for room in ROOMS
        for path in modules(PACKAGE / room)
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
    }
    assert set(_terms()) - defined == set()
