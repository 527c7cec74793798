"""Lists of projects broken by chance, inside and out: each is read, asked about or refused in words, in bounded time; none crashes."""

import csv
import io
import time
from collections import Counter

import pytest
from tests.hostile.mutation import mutants
from tests.unit.collect.projects.lists import (
    ANNUAL,
    ANNUAL_MERGES,
    BOND,
    BOND_MERGES,
    DISPATCH,
    DISPATCH_MERGES,
    book,
    opened,
)

from duheng.errors import DuhengError

SEED = 20261128
SECONDS = 5.0


def originals() -> dict[str, bytes]:
    plain = io.StringIO()
    csv.writer(plain).writerows(DISPATCH)
    return {
        "计划.xlsx": book(ANNUAL, ANNUAL_MERGES),
        "调度.xlsx": book(DISPATCH, DISPATCH_MERGES),
        "专债.xlsx": book(BOND, BOND_MERGES),
        "调度.csv": plain.getvalue().encode("gb18030"),
    }


def broken(count: int) -> Counter[str]:
    """What becomes of so many broken lists; the name tells which seed makes it again."""
    found: Counter[str] = Counter()
    for name, data in mutants(originals(), seed=SEED, count=count):
        begun = time.monotonic()
        try:
            listed = opened(data, name=name)
        except DuhengError as error:
            found["refused" if error.message("zh") and error.message("en") else f"without words: {name}"] += 1
        else:
            found["asked" if listed.asks else "read"] += 1
        assert time.monotonic() - begun < SECONDS, name
    return found


def test_a_hundred_broken_lists_are_read_asked_about_or_refused():
    found = broken(100)
    assert set(found) <= {"refused", "asked", "read"}
    assert found.total() == 100
    assert found["refused"] > 10
    assert found["read"] > 10


@pytest.mark.long
def test_a_thousand_broken_lists_are_read_asked_about_or_refused():
    found = broken(1000)
    assert set(found) <= {"refused", "asked", "read"}
    assert found.total() == 1000


def test_a_list_in_gb18030_reads_as_one_in_utf_8():
    plain = originals()["调度.csv"]
    first, second = opened(plain, name="调度.csv"), opened(plain.decode("gb18030").encode(), name="调度.csv")
    assert first.projects == second.projects
    assert [project.months[0].works for project in first.projects] == [18500 * 10**6, 9100 * 10**6, 16000 * 10**6]
