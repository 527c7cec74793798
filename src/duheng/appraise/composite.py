"""A composite score worked out, with every stage kept: from what was given to ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duheng.appraise.impute import denominated, imputed, raw
from duheng.appraise.normalise import normalised
from duheng.appraise.rank import Ranks, ranks
from duheng.appraise.spec import CompositeSpec, Imputation, Normalisation, Treatment
from duheng.appraise.treat import Treated, treated
from duheng.appraise.unit_table import Numbers, UnitTable
from duheng.appraise.whole import wholes

STAGES = ("raw", "denominated", "imputed", "treated", "normalised", "aggregated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composite:
    """Scores and ranks of all units, and the values of every stage on the way (units × components).

    `left_out` are units with too little data, with the share they have.
    """

    spec: CompositeSpec
    units: UnitTable
    stages: Mapping[str, Numbers]
    treatments: tuple[Treated, ...]
    scores: Mapping[str, Numbers]  # of each aggregate, a number a unit
    ranks: Mapping[str, Ranks]
    left_out: Mapping[str, float]

    @property
    def score(self) -> Numbers:
        """The score of each unit."""
        return self.scores[self.spec.top.code]

    @property
    def rank(self) -> Ranks:
        """The rank of each unit, ties shared; 0 where there is no score."""
        return self.ranks[self.spec.top.code]

    def flags_of(self, unit: int) -> list[str]:
        """For each component what was done to a unit's value: "", imputed, low, high (winsorised at that end) or log."""
        before, filled, after = (self.stages[name][unit].tolist() for name in ("denominated", "imputed", "treated"))
        return [_flag(*each) for each in zip(before, filled, after, self.treatments, strict=True)]


def _flag(before: float, filled: float, after: float, how: Treated) -> str:
    if how.log:
        return "log"
    if filled != after and not np.isnan(filled):
        return "high" if after < filled else "low"
    return "imputed" if np.isnan(before) and not np.isnan(filled) else ""


def composite(spec: CompositeSpec, units: UnitTable) -> Composite:
    """The composite score of every unit. Raises `AppraiseError`, which names the place and the remedy."""
    units, left_out = _screened(spec, units)
    given = raw(spec, units)
    per = denominated(spec, units, given)
    filled = imputed(spec, units, per, spec.imputation)
    drawn = treatments(spec, filled, spec.treatment)
    even = np.column_stack([each.values for each in drawn])
    scaled = normalised(spec, even, spec.normalisation)
    found = {code: column[0] for code, column in wholes(spec, scaled).items()}
    return Composite(
        spec=spec,
        units=units,
        stages={"raw": given, "denominated": per, "imputed": filled, "treated": even, "normalised": scaled},
        treatments=drawn,
        scores=found,
        ranks={code: ranks(column, digits=spec.digits) for code, column in found.items()},
        left_out=left_out,
    )


def treatments(spec: CompositeSpec, values: Numbers, how: Treatment | None) -> tuple[Treated, ...]:
    """Each component after its treatment."""
    return tuple(
        treated(values[:, at], how) if how is not None and each.treated else Treated(values=values[:, at])
        for at, each in enumerate(spec.components)
    )


def scaled(
    spec: CompositeSpec, units: UnitTable, *, imputation: Imputation, treatment: Treatment | None, scale: Normalisation
) -> Numbers:
    """The normalised components under other choices than the specification's."""
    filled = imputed(spec, units, denominated(spec, units, raw(spec, units)), imputation)
    even = np.column_stack([each.values for each in treatments(spec, filled, treatment)])
    return normalised(spec, even, scale)


def _screened(spec: CompositeSpec, units: UnitTable) -> tuple[UnitTable, dict[str, float]]:
    """The units with enough data, and those left out with the share they have."""
    columns = np.column_stack([units.values[each.column or each.code] for each in spec.components])
    share = (~np.isnan(columns)).mean(axis=1)
    least = spec.availability.unit
    if not least and (share == 0).any():
        at = int(np.flatnonzero(share == 0)[0])
        first = spec.components[0]
        where_en, where_zh = units.place(at, first.column or first.code)
        spec.refuse(
            f"{where_en}: “{units.names[at]}” has no data at all. Fill it in, take the row out, or let units without enough data stay out "
            "(availability: {unit: 0.5}).",
            f"{where_zh}：“{units.names[at]}”一个数据也没有。请补数据、删去该行，或设 availability: {{unit: 0.5}} 让数据不足的单位不参评。",
        )
    kept: NDArray[np.bool_] = (share >= least) & (share > 0)
    if not kept.any():
        spec.refuse(
            f"no unit has {least:.0%} of the data. Lower availability, or fill data in.",
            f"没有一个单位的数据达到 {least:.0%}。请降低 availability 或补数据。",
        )
    if kept.all():
        return units, {}
    return units.take(kept), {units.codes[at]: float(share[at]) for at in np.flatnonzero(~kept)}
