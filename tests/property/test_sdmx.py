"""What is written as SDMX-CSV is read back as it was: series, period, value with its decimals, vintage, status, released."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duheng import catalog
from duheng.collect import Figure, Given, Lexicon, Status, open_figures, write_sdmx
from duheng.measure import Basis, Period, Series, SeriesMeasure
from duheng.plan import Place

ENTRIES = catalog.load("indicators")
LEXICON = Lexicon(entries=ENTRIES, place=Place(area="甲市乙区"))
CODES = sorted(code for code in ENTRIES)[::40]
OWN_NAMES = ("自有指标甲", "=危险名", "-某某率", "@甲,乙", '带"引号"的指标')

periods = st.one_of(
    st.builds(Period.year, st.integers(1990, 2030)),
    st.builds(Period.quarter, st.integers(1990, 2030), st.integers(1, 4)),
    st.builds(Period.month, st.integers(1990, 2030), st.integers(1, 12)),
    st.builds(Period.to_date, st.integers(1990, 2030), st.integers(1, 12)),
)
series = st.builds(
    Series,
    indicator=st.sampled_from([*CODES, *OWN_NAMES]),
    area=st.sampled_from(["own", "东湖区", "CN"]),
    measure=st.sampled_from(list(SeriesMeasure)),
    basis=st.sampled_from(list(Basis)),
).map(lambda one: replace(one, unit=ENTRIES[one.indicator].unit if one.indicator in ENTRIES else "某单位"))  # as it is kept
figures = st.builds(
    Figure,
    series=series,
    period=periods,
    value=st.decimals(-1_000_000, 1_000_000, places=3, allow_nan=False, allow_infinity=False),
    vintage=st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    status=st.sampled_from(list(Status)),
    released=st.booleans(),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the first loads pysdmx
@given(st.lists(figures, min_size=1, max_size=20, unique_by=lambda one: (one.series, one.period)))
def test_a_round_trip_changes_nothing(rows):
    text = io.StringIO()
    write_sdmx(rows, text)
    batch = open_figures(text.getvalue().encode(), name="x.csv", lexicon=LEXICON, given=Given(vintage=date(2000, 1, 1))).batch
    assert batch.doubts == ()
    read = list(batch.figures)
    assert [_plain(one) for one in read] == [_plain(one) for one in rows]


def _plain(figure: Figure) -> tuple[object, ...]:
    value = Decimal(f"{figure.value:f}")
    told = (figure.period, 0 if value == 0 else value, figure.digits, figure.vintage, figure.status, figure.released)
    return (figure.series, *told)
