"""Every word of the site stands in both languages."""

import re

import pytest
from babel.messages.pofile import read_po
from tests.site.words import SITE, messages

PLACE = re.compile(r"%\(\w+\)s|<[^>]+>")


@pytest.fixture(scope="module")
def chinese():
    with (SITE / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="zh_Hans")


def test_every_word_is_translated(chinese):
    lacking = []
    for context, message in messages():
        key = message[0] if isinstance(message, tuple) else message
        found = chinese.get(key, context)
        if found is None or not found.string or found.string == ("",):
            lacking.append(key)
    assert lacking == []


def test_no_translation_is_left_over(chinese):
    used = {message[0] if isinstance(message, tuple) else message for _context, message in messages()}
    assert [
        str(entry.id) for entry in chinese if entry.id and (entry.id[0] if entry.pluralizable else entry.id) not in used
    ] == []


def test_a_translation_keeps_every_place_to_be_filled(chinese):
    for entry in chinese:
        if entry.id:
            source = entry.id[1] if entry.pluralizable else entry.id
            made = entry.string[0] if entry.pluralizable else entry.string
            assert sorted(PLACE.findall(source)) == sorted(PLACE.findall(made)), source


def test_chinese_uses_full_width_marks(chinese):
    for entry in chinese:
        made = entry.string[0] if entry.pluralizable else entry.string
        if entry.id:
            assert not re.search(r"[\u4e00-\u9fff][,;:!?()]", str(made)), made
