"""Published composites as specifications, and how far what duheng works out is from what was published.

Used by `benchmarks/composites.py` and by the golden tests. ASEM: the Sustainable Connectivity index of the JRC, 51 countries and 49
indicators, as the R package COINr carries it at every stage. HDI: UNDP, Human Development Report 2021/22, technical note 1.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from duheng import appraise

ASEM = """
title: {{zh: ASEM 可持续互联互通指数, en: ASEM Sustainable Connectivity}}
data:
  - {folder}/asem_raw.csv
  - file: {folder}/asem_denominators.csv
    columns: {{Den_Area: Area, Den_Energy: Energy, Den_GDP: GDP, Den_Pop: Population}}
unit: {{code: UnitCode, name: UnitName}}
indicators: {folder}/ASEM_iMeta.csv
imputation: {{method: group_mean, group: Group_EurAsia}}
treatment: {{points: 6, skewness: 2, kurtosis: 3.5}}
normalisation: {{method: min_max, low: 0, high: 100}}
aggregation: arithmetic
digits: 2
"""
HDI = """
title: {{zh: 人类发展指数 {year}, en: Human Development Index {year}}}
data: ["{folder}/HDR21-22_Composite_indices_complete_time_series.csv"]
unit: {{code: iso3, name: country}}
indicators:
  - {{code: le, zh: 预期寿命, en: life expectancy, column: le_{year}, parent: hdi, goalposts: [20, 85]}}
  - {{code: eys, zh: 预期受教育年限, en: expected years of schooling, column: eys_{year}, parent: education, goalposts: [0, 18]}}
  - {{code: mys, zh: 平均受教育年限, en: mean years of schooling, column: mys_{year}, parent: education, goalposts: [0, 15]}}
  - {{code: gnipc, zh: 人均国民总收入, en: income, column: gnipc_{year}, parent: hdi, goalposts: [100, 75000], transform: log}}
aggregates:
  - {{code: education, zh: 教育, en: education, parent: hdi, aggregation: arithmetic}}
  - {{code: hdi, zh: 人类发展指数, en: HDI, aggregation: geometric}}
normalisation: {{method: goalposts, low: 0, high: 1}}
availability: {{unit: 1, aggregate: 1}}
digits: 3
"""
YEARS = (2000, 2010, 2021)
_STAGES = ("denominated", "imputed", "treated", "normalised")


def run(text: str, folder: Path, **facts: object) -> appraise.Composite:
    """A specification written to a file, read from it and worked out."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "spec.yml"
        path.write_text(text.format(folder=folder.resolve(), **facts), encoding="utf-8")
        file = appraise.CompositeFile.open(path)
        return appraise.composite(file.spec, file.units())


def differences(folder: Path) -> Iterator[tuple[str, float, str]]:
    """For each published result its name, the largest difference, and over how many values."""
    made = run(ASEM, folder)
    yield from _asem(made, folder)
    for year in YEARS:
        hdi = run(HDI, folder, year=year)
        told = {row["iso3"]: row[f"hdi_{year}"] for row in _rows(folder / "HDR21-22_Composite_indices_complete_time_series.csv")}
        ours = dict(zip(hdi.units.codes, hdi.score.tolist(), strict=True))
        wanted = {code for code, value in told.items() if value}
        if wanted != set(ours):
            raise SystemExit(f"hdi {year}: countries differ: {sorted(wanted ^ set(ours))}")
        yield f"hdi {year}", max(abs(ours[code] - float(told[code])) for code in wanted), f"{len(wanted)} countries"


def _asem(made: appraise.Composite, folder: Path) -> Iterator[tuple[str, float, str]]:
    codes = [each.code for each in made.spec.components]
    for stage in _STAGES:
        theirs = _matrix(folder / f"asem_{stage}.csv", made, codes)
        ours = made.stages[stage]
        if (np.isnan(ours) != np.isnan(theirs)).any():
            raise SystemExit(f"asem {stage}: what is missing differs")
        yield f"asem {stage}", float(np.nanmax(np.abs(ours - theirs))), f"{int((~np.isnan(theirs)).sum())} values"
    yield from _asem_treatment(made, folder, codes)
    wholes = [each.code for each in made.spec.aggregates]
    ours = np.column_stack([made.scores[code] for code in wholes])
    theirs = _matrix(folder / "asem_aggregated.csv", made, wholes)
    yield "asem aggregated", float(np.abs(ours - theirs).max()), f"{theirs.size} values"
    shown = _matrix(folder / "asem_results_AggregatesScore.csv", made, wholes)
    yield "asem scores (2 decimals)", float(np.abs(np.round(ours, 2) - shown).max()), f"{shown.size} values"
    ranks = _matrix(folder / "asem_results_AggregatesRank.csv", made, wholes)
    yield (
        "asem ranks",
        float(np.abs(np.column_stack([made.ranks[code] for code in wholes]) - ranks).max()),
        f"{ranks.size} values",
    )


def _asem_treatment(made: appraise.Composite, folder: Path, codes: list[str]) -> Iterator[tuple[str, float, str]]:
    words = {"high": "WHigh", "low": "WLow"}
    told = {row["UnitCode"]: row for row in _rows(folder / "asem_treat_flags.csv")}
    flags = [made.flags_of(unit) for unit in range(len(made.units.codes))]
    wrong = sum(
        words.get(flags[unit][at], "No") != told[code][name]
        for unit, code in enumerate(made.units.codes)
        for at, name in enumerate(codes)
    )
    yield "asem treatment flags", float(wrong), f"{len(flags) * len(codes)} flags"
    summary = {row["IndCode"]: row for row in _rows(folder / "asem_treat_summary.csv")}
    ends = [
        abs(each.low - float(summary[name]["Low"])) + abs(each.high - float(summary[name]["High"]))
        for name, each in zip(codes, made.treatments, strict=True)
    ]
    yield "asem treatment summary", max(ends), f"{len(ends)} indicators"


def _matrix(path: Path, made: appraise.Composite, columns: list[str]) -> np.ndarray:
    rows = {row["UnitCode"]: row for row in _rows(path)}
    return np.array([[float(rows[code][name] or "nan") for name in columns] for code in made.units.codes])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
