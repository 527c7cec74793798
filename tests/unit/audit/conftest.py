"""A report with one plain mistake, and the command to audit it with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.unit.audit.commanding import Ran, run

HEAD = "关于甲市乙区2025年国民经济和社会发展计划执行情况及2026年国民经济和社会发展计划草案的报告\n\n"
PAST = "一、2025年计划执行情况\n全年地区生产总值增长5.8%。计划建设项目362个（新开工251个、续建147个）。\n"
PLAN = "二、2026年主要目标\n2026年主要预期目标：地区生产总值增长6%左右，城镇新增就业1万人以上。\n"


@pytest.fixture
def audit(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs `duheng audit` with these arguments."""
    return partial(run, capsys, monkeypatch)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report in which 251 + 147 is said to be 362."""
    path = tmp_path / "报告.txt"
    path.write_text(HEAD + PAST + PLAN, "utf-8")
    return path
