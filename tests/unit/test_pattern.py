"""Patterns kept from set-up find what freshly compiled ones do, and are passed over where they cannot be used."""

import importlib.util
import marshal
import re

import pytest
from tests.architecture.source import ROOT

from duheng import pattern

TEXT = "2025年，地区生产总值增长5.8%，达到506亿元；“三大行动”实施12个项目（一期），R&D 经费占比2.9:1。Abc GDP\n第一，完成。"


@pytest.fixture(scope="module")
def kept() -> dict[tuple[str, int], pattern.Made]:
    """What set-up keeps of the patterns that the library asks for."""
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "scripts/prepare.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    modules = [path for room in ("read", "plan", "audit") for path in (ROOT / "src/duheng" / room).rglob("*.py")]
    written = {
        found
        for path in modules
        for found in re.findall(r'^_\w+ = re\.compile\(r?"(.+)"\)$', path.read_text("utf-8"), re.MULTILINE)
    }
    return {(text, 0): script.taken_apart(text, 0) for text in sorted(written)}


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """A module that has taken nothing up yet, and keeps its patterns elsewhere."""
    monkeypatch.setattr(pattern, "KEPT", tmp_path / "kept")
    for cached in (pattern.compile, pattern._kept):
        cached.cache_clear()
    yield tmp_path / "kept"
    for cached in (pattern.compile, pattern._kept):
        cached.cache_clear()


def test_a_kept_pattern_is_the_pattern_that_re_compiles(fresh, kept):
    fresh.write_bytes(marshal.dumps((pattern.PYTHON, kept)))
    assert len(kept) > 100
    for text, flags in kept:
        ready, compiled = pattern.compile(text, flags), re.compile(text, flags)
        assert _shape(ready) == _shape(compiled)
        assert [(m.span(), m.groups(), m.lastgroup) for m in ready.finditer(TEXT)] == [
            (m.span(), m.groups(), m.lastgroup) for m in compiled.finditer(TEXT)
        ]


def test_what_is_kept_is_taken_up_by_the_pattern_it_is_kept_for(fresh, kept):
    other = next(key for key in kept if re.search(key[0], TEXT))
    fresh.write_bytes(marshal.dumps((pattern.PYTHON, {("never here", 0): kept[other]})))
    assert pattern.compile("never here").search(TEXT).span() == re.search(other[0], TEXT).span()


@pytest.mark.parametrize(
    "content",
    [None, b"", b"not marshal", marshal.dumps(7), marshal.dumps((("another python",), {("a+", 0): ()})), marshal.dumps(("a",))],
)
def test_a_file_that_cannot_be_used_is_passed_over(fresh, content):
    if content is not None:
        fresh.write_bytes(content)
    assert pattern.compile("a+").fullmatch("aa")


def test_the_functions_are_those_of_re():
    assert pattern.search(r"\d+", TEXT).group() == re.search(r"\d+", TEXT).group()
    assert pattern.match(r"(\d+)年", TEXT).groups() == ("2025",)
    assert pattern.fullmatch(r"\d+", "12年") is None
    assert pattern.findall(r"\d+", TEXT) == re.findall(r"\d+", TEXT)
    assert [m.span() for m in pattern.finditer("一", TEXT)] == [m.span() for m in re.finditer("一", TEXT)]
    assert pattern.split("([，；])", TEXT, maxsplit=2) == re.split("([，；])", TEXT, maxsplit=2)
    assert pattern.sub("[一二]", lambda found: f"<{found.group()}>", "一二三", count=1) == "<一>二三"
    assert pattern.search("gdp", TEXT, pattern.IGNORECASE).group() == "GDP"


def _shape(compiled: re.Pattern[str]) -> tuple[object, ...]:
    return compiled.pattern, compiled.flags, compiled.groups, dict(compiled.groupindex)
