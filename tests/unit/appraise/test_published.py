"""Golden: every published stage of ASEM and every country's HDI, from the raw data on."""

import pytest
from benchmarks import published


@pytest.fixture(scope="session")
def found(truth):
    return {name: difference for name, difference, _ in published.differences(truth / "data" / "composite")}


ASEM = (
    "denominated",
    "imputed",
    "treated",
    "normalised",
    "aggregated",
    "treatment flags",
    "treatment summary",
    "scores (2 decimals)",
    "ranks",
)


@pytest.mark.parametrize("stage", ASEM)
def test_every_stage_of_asem_is_the_published_one(found, stage):
    assert found[f"asem {stage}"] <= 1e-9


@pytest.mark.parametrize("year", published.YEARS)
def test_the_human_development_index_is_the_published_one_for_every_country(found, year):
    assert found[f"hdi {year}"] <= 0.0005
