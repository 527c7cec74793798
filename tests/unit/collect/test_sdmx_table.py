"""SDMX-CSV in: what others hand over, and what we wrote ourselves."""

from datetime import date

import pytest

from duheng import catalog
from duheng.collect import Given, Lexicon, open_figures
from duheng.errors import CollectError
from duheng.plan import Place

LEXICON = Lexicon(entries=catalog.load("indicators"), place=Place(area="甲市乙区"))
TODAY = date(2025, 10, 20)

OLD = """DATAFLOW,FREQ,REF_AREA,INDICATOR,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT
X:GDP(1.0),Q,CN,GDP,CNY,2024-Q4,134.5,A,8
X:GDP(1.0),Q,CN,GDP,CNY,2025-Q1,31.87,P,8
X:GDP(1.0),Q,CN,GDP,CNY,2025-Q2,,M,8
X:GDP(1.0),Q,CN,GDP,CNY,2025-Q3,35,F,8
"""
NEW = """STRUCTURE;STRUCTURE_ID;ACTION;FREQ: Frequency;GEO: Area;INDIC: Indicator;S_ADJ: Adjustment;TIME_PERIOD: Time;OBS_VALUE: Value
dataflow;ESTAT:UNE(1.0);I;M: Monthly;CN: China;TOTAL: Total;SA: Adjusted;2025-M08;5.3
dataflow;ESTAT:UNE(1.0);I;M: Monthly;CN: China;TOTAL: Total;NSA: Not adjusted;2025-M08;5.4
"""


def read(text: str, **more):
    given = Given(vintage=TODAY, **more)
    return open_figures(text.encode(), name="sdmx.csv", lexicon=LEXICON, given=given).batch


def rows(batch):
    return [(each.series.key, each.period.label, str(each.value), each.status.value) for each in batch.figures]


def test_version_1_with_a_power_of_ten_a_missing_value_and_statuses():
    batch = read(OLD)
    assert rows(batch) == [
        ("GDP|CN|level|none|CNY", "2024-Q4", "13450000000", "final"),
        ("GDP|CN|level|none|CNY", "2025-Q1", "3187000000", "preliminary"),
        ("GDP|CN|level|none|CNY", "2025-Q3", "3500000000", "estimate"),
    ]
    assert (batch.missing, batch.doubts) == (1, ())


def test_version_2_with_names_beside_the_codes_and_dimensions_that_part_series():
    batch = read(NEW)
    assert [key.split("|")[:2] for key, *_ in rows(batch)] == [["TOTAL·SA", "CN"], ["TOTAL·NSA", "CN"]]
    assert {label for _, label, *_ in rows(batch)} == {"2025-08"}


def test_what_is_said_of_the_file_holds_where_its_rows_say_nothing():
    text = "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,TIME_PERIOD,OBS_VALUE\ndataflow,A:B(1.0),A,gdp.growth,2025-01-01/P9M,5.8\n"
    (figure,) = read(text, released=True).figures
    assert (figure.series.key, figure.period.label, figure.released) == (
        "gdp.growth|own|ytd_growth|comparable_price|%",
        "2025-01..09",
        True,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NEW.replace(";I;", ";D;", 1), "撤销"),
        ("DATAFLOW,INDICATOR,TIME_PERIOD,OBS_VALUE\nA:B(1.0)\n", "列"),
    ],
)
def test_what_cannot_be_taken_is_told(text, said):
    with pytest.raises(CollectError) as wrong:
        read(text)
    assert said in wrong.value.message("zh")


def test_a_row_that_is_a_little_too_short_has_no_value():
    batch = read("DATAFLOW,INDICATOR,TIME_PERIOD,OBS_VALUE\nA:B(1.0),x,2025-Q1\n")
    assert (len(batch.figures), batch.missing) == (0, 1)


@pytest.mark.parametrize(
    ("period", "value", "rule"), [("2025-W07", "1", "period"), ("nonsense", "1", "period"), ("2025-Q1", "1x", "number")]
)
def test_a_period_or_value_that_means_nothing_is_an_error_on_its_row(period, value, rule):
    batch = read(f"DATAFLOW,INDICATOR,TIME_PERIOD,OBS_VALUE\nA:B(1.0),x,{period},{value}\nA:B(1.0),x,2025-Q2,2\n")
    assert [(doubt.rule, doubt.place) for doubt in batch.doubts] == [(rule, "sdmx.csv:2")]
    assert batch.stops
