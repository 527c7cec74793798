"""An invented district, so that duheng can show and test itself: 云川市澄岚区 (Chenglan District, Yunchuan City).

Neither the district nor its city exists; every place, body, project and figure in the report is made up, and only the shape of
a real plan report is kept. 云川市澄岚区为虚构行政区，报告中的地区、单位、项目和数据均为虚构。

`report.docx` is the report, `annex.xlsx` the tables beside it. `truth/` says, by hand, what the report holds: each quantitative
claim, the plan it makes, and twenty corruptions that a careful reader would notice.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

__all__ = ["annex_path", "composite_path", "enterprises_path", "graded_items_path", "long_targets_path", "report_path", "truth"]


def report_path() -> Path:
    """Where the sample report lies."""
    return Path(__file__).with_name("report.docx")


def annex_path() -> Path:
    """Where the sample report's annex lies: its table with last year's plan and results, targets by quarter and by town."""
    return Path(__file__).with_name("annex.xlsx")


def enterprises_path() -> Path:
    """Where the table of the sample's enterprises lies, for land productivity; simulated."""
    return Path(__file__).with_name("enterprises.csv")


def composite_path() -> Path:
    """Where the specification of the sample's composite score lies, its districts beside it; simulated."""
    return Path(__file__).with_name("composite.yml")


def graded_items_path() -> Path:
    """Where the sample's graded items of the eight reports lie; simulated."""
    return Path(__file__).with_name("graded_items.csv")


def long_targets_path() -> Path:
    """Where the sample's five-year targets at mid-term lie; simulated."""
    return Path(__file__).with_name("long_targets.csv")


def truth(name: str) -> Any:
    """Hand-made truth about the report: "claims" and "mutants" are lists, "plan" is one mapping."""
    folder = files("duheng.sample").joinpath("truth")
    if name == "plan":
        return json.loads(folder.joinpath("plan.json").read_text(encoding="utf-8"))
    lines = folder.joinpath(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
