"""Broken files of every kind through every reader: each is read, or refused in words; none hangs, crashes or eats the memory.

Each file goes through reading, claims, plan and audit in a process of 1 GiB, within 10 seconds.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from duheng.read import KNOWN
from tests.hostile.mutation import mutants
from tests.hostile.originals import originals
from tests.hostile.trial import Outcome, Trial

SEED = 20261127
FEW, MANY = 60, 2000
_WRITTEN = {".docx", ".txt", ".xlsx", ".xls", ".ods", ".pdf", ".html", ".mht", ".md"}
_ALIKE = {".docm": ".docx", ".xlsm": ".xlsx", ".et": ".xls", ".htm": ".html", ".mhtml": ".mht", ".markdown": ".md"}
_SLOW = {".doc", ".wps", ".rtf", ".odt"}  # turned by another program first


def outcomes(folder: Path, *, seed: int, count: int) -> list[Outcome]:
    """What comes of so many broken files; the seed is printed, so that a failure can be had again."""
    with Trial(folder) as trial:
        found = list(trial.all_of(mutants(originals(), seed=seed, count=count)))
    counted = Counter(outcome.outcome for outcome in found)
    longest = max(outcome.seconds for outcome in found)
    print(f"seed {seed}: {count} files, {dict(counted.most_common())}, longest {longest:.1f} s")
    return found


def test_every_kind_of_file_that_is_read_is_broken_here() -> None:
    kinds = {_ALIKE.get(suffix, suffix) for suffix in KNOWN} - _SLOW
    assert {name[name.rindex(".") :] for name in originals()} == kinds <= _WRITTEN


def test_valid_files_are_read(tmp_path: Path) -> None:
    with Trial(tmp_path) as trial:
        found = list(trial.all_of(originals().items()))
    assert [outcome for outcome in found if outcome.outcome != "read"] == []


def test_sixty_broken_files_are_read_or_refused_in_words(tmp_path: Path) -> None:
    assert [outcome for outcome in outcomes(tmp_path, seed=SEED, count=FEW) if outcome.bad] == []


@pytest.mark.long
def test_two_thousand_broken_files_are_read_or_refused_in_words(tmp_path: Path) -> None:
    found = outcomes(tmp_path, seed=SEED + 1, count=MANY)
    assert len(found) == MANY
    assert [outcome for outcome in found if outcome.bad] == []
