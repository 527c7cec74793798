"""Missing values and denominators: what stands before any indicator of a composite can be compared."""

from __future__ import annotations

from typing import Any

import numpy as np

from duheng.appraise.spec import CompositeSpec, Imputation
from duheng.appraise.unit_table import Numbers, UnitTable


def raw(spec: CompositeSpec, units: UnitTable) -> Numbers:
    """The components of every unit as they were given: units × components, NaN where there is nothing.

    Raises `AppraiseError` for a unit or a component without any data.
    """
    found = np.column_stack([units.values[each.column or each.code] for each in spec.components])
    for at, each in enumerate(spec.components):
        if np.isnan(found[:, at]).all():
            spec.refuse(
                f"“{each.code}” holds no data for any unit. Fill its column in, or take it out of the indicators.",
                f"“{each.code}”一个数据也没有。请补上该列，或从 indicators 中去掉。",
            )
    return found


def denominated(spec: CompositeSpec, units: UnitTable, values: Numbers) -> Numbers:
    """Components per head, per output, per area: each divided by the column it names. Raises `AppraiseError` for a zero."""
    found = values.copy()
    for at, each in enumerate(spec.components):
        if each.denominator:
            below = units.values[each.denominator]
            if (zeros := np.flatnonzero(below == 0)).size:
                where_en, where_zh = units.place(int(zeros[0]), each.denominator)
                spec.refuse(
                    f"{where_en}: it is 0, and “{each.code}” is divided by it. Correct it, or leave it empty if it is not known.",
                    f"{where_zh}：为 0，而“{each.code}”要除以它。请改正；未知请留空。",
                )
            found[:, at] = values[:, at] / below
    return found


def imputed(spec: CompositeSpec, units: UnitTable, values: Numbers, how: Imputation) -> Numbers:
    """The values with what stands in for those that are missing.

    Raises `AppraiseError` where a group has no value to take a mean of.
    """
    holes = np.isnan(values)
    if how.method == "none" or not holes.any():
        return values
    found = values.copy()
    if not how.method.startswith("group"):
        found[holes] = np.broadcast_to(_middle(values, how.method), values.shape)[holes]
        return found
    names = np.array(units.groups[how.group])
    for name in dict.fromkeys(units.groups[how.group]):
        rows = np.flatnonzero(names == name)
        here = holes[rows]
        empty = np.flatnonzero(here.all(axis=0))
        if empty.size:
            code = spec.components[empty[0]].code
            spec.refuse(
                f"no unit of the group “{name}” ({how.group}) has a value of “{code}”, so there is nothing to take a mean of. Fill one "
                "in, or choose the imputation mean.",
                f"“{how.group}”为“{name}”的一组没有任何“{code}”数据，无法取组内均值。请补数据，或改用 mean。",
            )
        middles = np.broadcast_to(_middle(values[rows], how.method.removeprefix("group_")), here.shape)
        found[rows] = np.where(here, middles, values[rows])
    return found


def _middle(values: Numbers, method: str) -> Numbers:
    if method == "zero":
        return np.zeros(values.shape[1])
    takes: dict[str, Any] = {"mean": np.nanmean, "median": np.nanmedian, "lowest": np.nanmin, "highest": np.nanmax}
    return np.asarray(takes[method](values, axis=0))
