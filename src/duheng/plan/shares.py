"""Whether what a target asks by quarter and of its parts comes to the target itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from duheng import measure
from duheng.errors import UnitUnknown
from duheng.measure.period import Period
from duheng.plan.plan import Mention, ReviewItem
from duheng.plan.scale import in_unit, plain
from duheng.plan.target import Checkpoint, Part, Target

_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
_UNTIL = {"Q1": "Q1", "Q2": "H1", "Q3": "01..09", "Q4": ""}
# Dimensions of which the parts' values do not make the whole's.
_NEVER = ("ratio", "points", "rank", "index", "score", "grade", "class", "temperature", "speed", "pressure", "sound", "light")


def adds(unit: str) -> bool:
    """Whether amounts in a unit of two parts make that of both: 亿元 and 人 do, %, 位 and 元/人 do not."""
    try:
        dimension = measure.unit(unit).dimension
    except UnitUnknown:
        return False
    return bool(unit) and "/" not in dimension and dimension.split(".")[0] not in _NEVER


def cumulated(found: Mapping[str, Target], whole: Target | None) -> tuple[Checkpoint, ...]:
    """The targets by quarter as checkpoints of the year to date; quarters that make up the whole are added up."""
    year = next(iter(found), "")[:4]
    single = [found.get(f"{year}-{quarter}") for quarter in _QUARTERS]
    alone = all(target is not None and target.value is not None for target in single) and _make_up(single, whole)
    made: list[Checkpoint] = []
    running = Decimal(0)
    for label, target in sorted(found.items(), key=lambda item: Period.parse(item[0]).last):
        kind = label[5:]
        if kind in _UNTIL and alone and target.value is not None:
            running += target.value
            target = replace(target, value=running)
        until = _UNTIL.get(kind, kind)
        if kind == "H2":
            continue
        made.append(Checkpoint(period=f"{year}-{until}" if until else year, target=target))
    return tuple(made)


def _make_up(single: list[Target | None], whole: Target | None) -> bool:
    """Whether four quarters are each their own (they add up to the year) rather than the year to date."""
    values = [target.value for target in single if target is not None and target.value is not None]
    unit = next((target.unit for target in single if target is not None), "")
    if not adds(unit) or len(values) < len(_QUARTERS):
        return False
    if whole is None or whole.value is None:
        return values != sorted(values)
    return abs(sum(values) - whole.value) < abs(values[-1] - whole.value)


def unsummed(name: str, target: Target, mention: Mention) -> ReviewItem | None:
    """A question where the parts of a target that adds up do not come to it, beyond what the printed digits allow."""
    values = [
        in_unit(part.target.value, unit=part.target.unit, wanted=target.unit)
        for part in target.parts
        if part.target.value is not None
    ]
    if target.value is None or not adds(target.unit) or len(values) != len(target.parts) or None in values or not values:
        return None
    total = sum((value for value in values if value is not None), Decimal(0))
    half = Decimal(1).scaleb(-max(_digits(part.target.value) for part in target.parts)) / 2
    if abs(total - target.value) <= half * len(values):
        return None
    return ReviewItem(
        kind="parts",
        item=name,
        reason=(
            f"{len(values)}个镇街或部门的目标合计{plain(total)}{target.unit}，总目标为{target.shown()}，请核实是留有余地还是漏了一项。",
            f"The targets of {len(values)} towns or offices come to {plain(total)}{target.unit}, the whole is {target.shown()}: check "
            "whether room was left or one is missing.",
        ),
        mention=mention,
    )


def _share(part: Part, target: Target) -> Decimal | None:
    value = part.target.value
    return None if value is None else in_unit(value, unit=part.target.unit, wanted=target.unit)


def _digits(value: Decimal | None) -> int:
    exponent = value.as_tuple().exponent if value is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0
