"""The catalog kept from set-up is the catalog that the files give, and is passed over when a file has changed."""

import marshal

import pytest

from duheng import catalog
from duheng.catalog import kept, shelf

KINDS = ("indicators", "units", "prefixes", "offices", "themes")


@pytest.fixture
def forgotten():
    """Nothing is remembered before and after."""
    for cached in (kept._kept, shelf.entries):
        cached.cache_clear()
    yield
    for cached in (kept._kept, shelf.entries):
        cached.cache_clear()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_kept_is_what_the_files_say(kind, forgotten, monkeypatch, tmp_path):
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    read = dict(catalog.load(kind))
    catalog.keep()
    for cached in (kept._kept, shelf.entries):
        cached.cache_clear()
    taken_up = dict(catalog.load(kind))
    assert kept._kept()
    assert taken_up == read
    assert list(taken_up) == list(read)


@pytest.mark.parametrize(
    "content", [b"", b"not marshal", marshal.dumps(((1, b"of other files"), {"themes": []})), marshal.dumps(7)]
)
def test_what_was_made_of_other_files_is_passed_over(content, forgotten, monkeypatch, tmp_path):
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    kept.KEPT.write_bytes(content)
    assert catalog.load("themes")
