"""Figures as SDMX-CSV 2.0, under a data structure that pysdmx's information model holds. The only place where pysdmx is known.

The CSV is written here: pysdmx's own writer wants pandas and pyarrow, far larger than all of duheng, for what is one line a figure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, TextIO

from duheng.collect.figure import Figure, Status
from duheng.measure import Period

if TYPE_CHECKING:
    from pysdmx.model import DataStructureDefinition

AGENCY, STRUCTURE, VERSION = "DUHENG", "FIGURES", "1.0"
_DIMENSIONS: Mapping[str, str] = {
    "INDICATOR": "Indicator: a code of the catalog or a name of the office's own",
    "REF_AREA": "Area: a code or a name; own is the workspace's",
    "MEASURE": "Level, year to date, growth, sequential growth, index, share, rank, change or ratio",
    "BASIS": "Nominal, comparable price, comparable scope or none",
    "UNIT_MEASURE": "Unit",
    "TIME_PERIOD": "Period; a year to date is a range of months",
}
_ATTRIBUTES: Mapping[str, str] = {
    "OBS_STATUS": "Observation status of the SDMX code list CL_OBS_STATUS",
    "CONF_STATUS": "F: free for publication; N: not for publication",
    "DECIMALS": "Decimals as printed",
    "FIGURE_STATUS": "Estimate, simulated, flash, preliminary, final or revised",
    "VINTAGE": "Day on which the figure became known",
}
# CL_OBS_STATUS: A normal, E estimated, P provisional, I imputed; a simulated figure says so in FIGURE_STATUS too.
_OBSERVED: Mapping[Status, str] = {
    Status.ESTIMATE: "E",
    Status.SIMULATED: "I",
    Status.FLASH: "P",
    Status.PRELIMINARY: "P",
    Status.FINAL: "A",
    Status.REVISED: "A",
}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@cache
def structure() -> DataStructureDefinition:
    """The data structure that the figures are exported under."""
    from pysdmx.model import Component, Components, Concept, DataStructureDefinition, DataType, Role

    def component(name: str, says: str, role: Role) -> Component:
        kind = DataType.PERIOD if name == "TIME_PERIOD" else DataType.STRING
        level = "O" if role is Role.ATTRIBUTE else None
        concept = Concept(id=name, name=name, description=says, dtype=kind)
        return Component(id=name, required=role is not Role.ATTRIBUTE, role=role, concept=concept, attachment_level=level)

    value = Component(
        id="OBS_VALUE", required=True, role=Role.MEASURE, concept=Concept(id="OBS_VALUE", name="Value", dtype=DataType.DECIMAL)
    )
    return DataStructureDefinition(
        id=STRUCTURE,
        agency=AGENCY,
        version=VERSION,
        name="Figures of a local government's plan",
        components=Components(
            [
                *(component(name, says, Role.DIMENSION) for name, says in _DIMENSIONS.items()),
                value,
                *(component(name, says, Role.ATTRIBUTE) for name, says in _ATTRIBUTES.items()),
            ]
        ),
    )


def heads() -> list[str]:
    """The heads of the CSV: what kind of structure, which, what to do, and the components in their order."""
    parts = structure().components
    names = [one.id for one in (*parts.dimensions, *parts.measures, *parts.attributes)]
    return ["STRUCTURE", "STRUCTURE_ID", "ACTION", *names]


def sdmx_rows(figures: Iterable[Figure]) -> Iterator[list[str]]:
    """Figures as rows of SDMX-CSV, the heads first; of each series and period one is expected, as `as_of` and `latest` give."""
    names = heads()
    yield names
    told = {"STRUCTURE": "datastructure", "STRUCTURE_ID": f"{AGENCY}:{STRUCTURE}({VERSION})", "ACTION": "I"}
    for figure in figures:
        cells = told | _cells(figure)
        yield [cells[name] for name in names]


def write_sdmx(figures: Iterable[Figure], file: TextIO) -> None:
    """Write figures to an open text file as SDMX-CSV."""
    csv.writer(file, lineterminator="\n").writerows(sdmx_rows(figures))


def time_period(period: Period) -> str:
    """A period as SDMX writes it: 2025, 2025-S1, 2025-Q3, 2025-07, or a range by its first day and how long it lasts.

    >>> [time_period(Period.parse(label)) for label in ("2025", "2025-H2", "2025-Q3", "2025-07", "2025-01..09", "2021/2025")]
    ['2025', '2025-S2', '2025-Q3', '2025-07', '2025-01-01/P9M', '2021-01-01/P5Y']
    """
    year, month = period.first
    label = period.label
    if "/" in label:
        return f"{year}-01-01/P{period.months // 12}Y"
    return f"{year}-{month:02d}-01/P{period.months}M" if ".." in label else label.replace("-H", "-S")


def _cells(figure: Figure) -> dict[str, str]:
    series = figure.series
    return {
        "INDICATOR": _safe(series.indicator),
        "REF_AREA": _safe(series.area),
        "MEASURE": series.measure.value,
        "BASIS": series.basis.value,
        "UNIT_MEASURE": _safe(series.unit),
        "TIME_PERIOD": time_period(figure.period),
        "OBS_VALUE": f"{figure.value:f}",
        "OBS_STATUS": _OBSERVED[figure.status],
        "CONF_STATUS": "F" if figure.released else "N",
        "DECIMALS": str(figure.digits),
        "FIGURE_STATUS": figure.status.value,
        "VINTAGE": figure.vintage.isoformat(),
    }


def _safe(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
