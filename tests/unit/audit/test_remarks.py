"""A remark stands at each of a few places, and once for many."""

import pytest

from duheng.report import remarks_at

STARTS = list(range(0, 200, 10))


def at(*offsets: int, language: str = "zh") -> list:
    places = [(offset, offset + 2) for offset in offsets]
    return list(remarks_at(places, starts=STARTS, text=("错误", "请核对。"), language=language))


def test_places_of_one_paragraph_share_a_remark():
    assert [(each.offset, each.end) for each in at(0, 3, 12, 17, 20)] == [(0, 2), (12, 14), (20, 22)]


def test_up_to_eight_places_each_have_theirs():
    assert len(at(*range(0, 80, 10))) == 8


@pytest.mark.parametrize(("language", "more"), [("zh", "（另有 11 处相同）"), ("en", "(11 more places like this one)")])
def test_more_than_eight_are_told_at_the_first(language: str, more: str):
    (remark,) = at(*range(0, 120, 10), language=language)
    assert (remark.offset, remark.text) == (0, ("错误", "请核对。", more))
