"""How far a target has come and what the rest must bring, in words of both languages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from duheng.site.queries import wording

Words = tuple[str, str]
_POINTS = ("个百分点", "points")
_SHARES = ("%", "‰")


def number(value: float, digits: int = 2) -> str:
    """A computed number as people write it: no more decimals than tell something."""
    size = abs(value)
    digits = 0 if size >= 1000 else 1 if size >= 100 else digits
    shown = f"{value:.{digits}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown == "-0" else shown.replace("-", "−")


def moved(value: float | None) -> str:
    """A computed difference with its sign; what rounds to nothing has none."""
    shown = "" if value is None else number(value)
    return shown if shown in ("", "0") or shown.startswith("−") else f"+{shown}"


def amount(value: float, unit: str, *, digits: int = 2) -> str:
    """A number with its unit as printed."""
    return f"{number(value, digits)}{unit}"


def _amount_en(value: float, unit: str, *, digits: int = 2) -> str:
    """A number with its unit in English, 万 and 亿 multiplied out: 181.5亿元 is 18.15 billion yuan."""
    shown = number(value, digits)
    return wording.quantity(Decimal(shown.replace("−", "-")), unit, language="en").replace("-", "−")


def _english(unit: str) -> str:
    return wording.unit_words(unit, language="en")


def progress(pace: Mapping[str, Any] | None, *, unit: str) -> Words | None:
    """Where it stands beside its time: ahead or behind, or how much room is left."""
    if pace is None:
        return None
    if pace["lag"] is not None:
        return _beside_time(pace)
    if pace["ahead"] is not None:
        return _beside_goal(pace["ahead"], unit)
    return _room(pace["headroom"], unit) if pace["headroom"] is not None else None


def _beside_time(pace: Mapping[str, Any]) -> Words:
    lag, done = pace["lag"], number(pace["progress"] * 100, 1)
    size = number(abs(lag), 1)
    time_zh, time_en = ("计划节点", "its checkpoints") if pace["by_plan"] else ("时间进度", "time progress")
    if abs(lag) < 0.05:
        return f"完成{done}%，与{time_zh}一致", f"{done} % done, level with {time_en}"
    side_zh, side_en = ("超前", "ahead of") if lag > 0 else ("落后", "behind")
    return f"完成{done}%，{side_zh}{time_zh}{size}个百分点", f"{done} % done, {size} points {side_en} {time_en}"


def _beside_goal(ahead: float, unit: str) -> Words:
    size = number(abs(ahead), 1)
    per_zh, per_en = _POINTS if unit in _SHARES else (unit, _english(unit))
    if abs(ahead) < 0.05:
        return "与目标持平", "level with the target"
    side_zh, side_en = ("好于", "better than") if ahead > 0 else ("差于", "worse than")
    return f"{side_zh}目标{size}{per_zh}", f"{size} {per_en} {side_en} the target"


def _room(room: float, unit: str) -> Words:
    size = amount(abs(room), _POINTS[0] if unit in _SHARES else unit, digits=1)
    english = f"{number(abs(room), 1)} {_POINTS[1]}" if unit in _SHARES else _amount_en(abs(room), unit, digits=1)
    if room >= 0:
        return f"在目标以内，余{size}", f"within the target by {english}"
    return f"已超出目标{size}", f"beyond the target by {english}"


def needed(pace: Mapping[str, Any] | None, *, unit: str, accumulation: str) -> Words | None:
    """What the steps that are left must bring (倒算)."""
    if pace is None or pace["needed"] is None:
        return None
    need = pace["needed"]
    mark = ("（估）", " (estimated)") if pace["estimate"] else ("", "")
    if accumulation == "growth":
        return _growth_needed(need, mark)
    if accumulation == "mean":
        return f"后期平均需为{amount(need, unit, digits=1)}", f"the rest must average {_amount_en(need, unit, digits=1)}"
    if need <= 0:
        return "已达到全年目标", "the year's target is reached"
    zh, en = f"后期需{amount(need, unit)}", f"{_amount_en(need, unit)} still to come"
    if accumulation == "last":
        if unit in _SHARES:  # a share gains points, and its own growth in percent would be taken for them
            return f"还需提高{number(need)}{_POINTS[0]}", f"{number(need)} {_POINTS[1]} still to gain"
        zh, en = f"还需提高{amount(need, unit)}", f"{_amount_en(need, unit)} still to gain"
    growth = pace["needed_growth"]
    if growth is None:
        return zh, en
    side_zh, side_en = ("增长", "growth of") if growth >= 0 else ("下降", "a fall of")
    return f"{zh}，同比{side_zh}{number(abs(growth), 1)}%", f"{en}: {side_en} {number(abs(growth), 1)} %"


def _growth_needed(need: float, mark: Words) -> Words:
    """The growth that the rest of the year must bring; below nothing, how far it may fall."""
    size = number(abs(need), 1)
    if need < 0:
        return f"后期降幅不超过{size}%即可{mark[0]}", f"the rest may fall by up to {size} %{mark[1]}"
    return f"后期需增长{size}%{mark[0]}", f"the rest must grow by {size} %{mark[1]}"
