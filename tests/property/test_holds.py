"""Many values at once are judged as each would be alone."""

from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from duheng.plan import (
    Around,
    AtLeast,
    AtMost,
    Exactly,
    FloorWithStretch,
    InStepWith,
    Outcome,
    Polarity,
    Positive,
    Range,
    Reading,
    Reference,
)

NUMBERS = some.decimals(min_value=-50, max_value=50, places=1)
POLARITIES = some.sampled_from(list(Polarity))


@given(NUMBERS, NUMBERS, POLARITIES, some.booleans(), some.lists(NUMBERS, min_size=1, max_size=8))
def test_an_array_is_judged_as_its_values_are(one, other, polarity, exclusive, values):
    low, high = sorted((one, other))
    reference = (Reference(text="经济增长", code="gdp.growth"),)
    beside = {"gdp.growth": Reading(value=other, unit="%")}
    targets = [
        AtLeast(value=one, unit="%", exclusive=exclusive),
        AtMost(value=one, unit="%", exclusive=exclusive),
        Exactly(value=one, unit="%"),
        Around(value=one, unit="%", polarity=polarity),
        Range(value=low, value2=high, unit="%", polarity=polarity),
        Positive(unit="%"),
        InStepWith(references=reference, unit="%", exclusive=exclusive, polarity=polarity),
        FloorWithStretch(value=low, value2=high, unit="%", polarity=polarity),
    ]
    array = np.array([float(value) for value in values])
    for target in targets:
        held = target.holds(array, beside={"gdp.growth": np.full(len(values), float(other))})
        alone = [target.met_by(Reading(value=value, unit="%"), beside=beside).outcome is Outcome.MET for value in values]
        assert held.tolist() == alone, target


def test_a_target_beside_an_unknown_one_is_not_settled():
    target = InStepWith(references=(Reference(text="经济增长"),), unit="%")
    assert target.holds(np.array([Decimal(1)]), beside={}) is None
