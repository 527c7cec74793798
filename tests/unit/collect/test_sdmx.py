"""Figures as SDMX-CSV, under a structure of the SDMX information model."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from duheng.collect import Figure, Status, structure, write_sdmx
from duheng.measure import Period, Series


def written(*figures: Figure) -> list[dict[str, str]]:
    text = io.StringIO()
    write_sdmx(figures, text)
    return list(csv.DictReader(io.StringIO(text.getvalue())))


def figure(key: str, period: str, **more) -> Figure:
    return Figure(
        series=Series.parse(key), period=Period.parse(period), value=Decimal("480.90"), vintage=date(2025, 1, 20), **more
    )


def test_a_figure_is_a_row_under_the_structures_components():
    (row,) = written(figure("gdp.level|own|ytd|nominal|亿元", "2025-01..09", released=True))
    assert row == {
        "STRUCTURE": "datastructure", "STRUCTURE_ID": "DUHENG:FIGURES(1.0)", "ACTION": "I",
        "INDICATOR": "gdp.level", "REF_AREA": "own", "MEASURE": "ytd", "BASIS": "nominal", "UNIT_MEASURE": "亿元",
        "TIME_PERIOD": "2025-01-01/P9M", "OBS_VALUE": "480.90", "OBS_STATUS": "P", "CONF_STATUS": "F", "DECIMALS": "2",
        "FIGURE_STATUS": "preliminary", "VINTAGE": "2025-01-20",
    }  # fmt: skip
    parts = structure().components
    assert [one.id for one in parts.dimensions][-1] == "TIME_PERIOD"
    assert structure().short_urn == "DataStructure=DUHENG:FIGURES(1.0)"


@pytest.mark.parametrize(
    ("status", "code"), [(Status.ESTIMATE, "E"), (Status.SIMULATED, "I"), (Status.FLASH, "P"), (Status.FINAL, "A")]
)
def test_the_status_is_told_in_sdmxs_words_and_in_ours(status, code):
    (row,) = written(figure("x|own|level|none|", "2025", status=status))
    assert (row["OBS_STATUS"], row["FIGURE_STATUS"], row["CONF_STATUS"]) == (code, status.value, "N")


def test_a_name_is_never_a_formula():
    (row,) = written(figure("=cmd|own|level|none|", "2025"))
    assert row["INDICATOR"] == "'=cmd"
