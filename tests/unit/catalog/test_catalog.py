"""What the shipped catalog promises: enough indicators, none mistaken for another, every reference declared."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from duheng import catalog

INDICATORS = catalog.load("indicators")
AREA_WORDS = re.compile("^(全市|全区|全省|全县|全州|我市|我区|我省|我县)")
GROWTH_WORDS = re.compile("(增速|增长率|增长|增幅|涨幅)$")

# One way of naming each kind of row that plan tables hold; the catalog must know it under this name and measure.
PLAN_ROWS = [
    ("地区生产总值增速", "growth", "gdp.growth"),
    ("人均地区生产总值", "level", "gdp.per_capita.level"),
    ("全员劳动生产率", "level", "labour.productivity.level"),
    ("规上工业增加值增速", "growth", "industry.above_scale.value_added.growth"),
    ("固定资产投资增速", "growth", "investment.fixed.growth"),
    ("工业投资增速", "growth", "investment.industrial.growth"),
    ("社会消费品零售总额增速", "growth", "retail.total.growth"),
    ("战略性新兴制造业产值占规上工业总产值比重", "share", "industry.strategic.output.share"),
    ("服务业增加值增速", "growth", "services.growth"),
    ("数字经济核心产业增加值增速", "growth", "digital.core.growth"),
    ("文化产业增加值占地区生产总值比重", "share", "culture.value_added.share"),
    ("研究与试验发展支出占地区生产总值比重", "share", "rd.intensity"),
    ("万人发明专利拥有量", "level", "patent.invention.per_10k"),
    ("金融业增加值增速", "growth", "finance.value_added.growth"),
    ("进出口总额增速", "growth", "trade.total.growth"),
    ("实际使用外资", "level", "fdi.used.level"),
    ("民营经济市场主体", "level", "entities.private.level"),
    ("民营经济增加值增速", "growth", "economy.private.growth"),
    ("一般公共预算收入增速", "growth", "fiscal.revenue.growth"),
    ("单位地区生产总值能源消耗降低", "growth", "energy.intensity"),
    ("单位地区生产总值二氧化碳排放降低", "growth", "carbon.intensity"),
    ("国家考核断面水质优良率", "share", "water.national_sections"),
    ("环境空气质量优良天数", "level", "air.good_days.level"),
    ("森林覆盖率", "share", "forest.coverage"),
    ("人均公园绿地面积", "level", "city.parks.area_per_capita"),
    ("建成区路网密度", "level", "city.road_density"),
    ("全区居民人均可支配收入增速", "growth", "income.resident.growth"),
    ("城镇新增就业人数", "level", "employment.urban.new.level"),
    ("每千名老人养老床位数", "level", "care.elderly_beds_per_1000"),
    ("每千人口拥有3岁以下婴幼儿托位数", "level", "care.childcare_places_per_1000"),
    ("每千人口拥有执业（助理）医师数", "level", "health.doctors_per_1000"),
    ("公办园在园幼儿人数占比", "share", "education.kindergarten.public_share"),
    ("安全事故死亡人数", "level", "safety.deaths.level"),
    # other places' tables and provincial target sentences
    ("公共财政预算收入增长", "growth", "fiscal.revenue.growth"),
    ("城镇化率", "share", "population.urbanisation"),
    ("万元GDP能耗降低率", "growth", "energy.intensity"),
    ("万元GDP能耗", "level", "energy.intensity.level"),
    ("每千人口执业医师数", "level", "health.doctors_per_1000"),
    ("劳动年龄人口平均受教育年限", "level", "population.education_years"),
    ("人均预期寿命", "level", "population.life_expectancy"),
    ("基本养老保险参保率", "share", "insurance.pension_rate"),
    ("PM2.5年均浓度", "level", "air.pm25.level"),
    ("亿元GDP生产安全事故死亡率", "level", "safety.deaths_per_gdp"),
    ("居民消费价格涨幅", "growth", "price.consumer"),
    ("城镇调查失业率", "share", "employment.unemployment_surveyed"),
    ("粮食总产量", "level", "grain.output.level"),
    ("产业投资占比", "share", "investment.industrial_sector.share"),
    ("农牧区劳动力转移就业", "level", "employment.rural_transfer"),
    ("全社会研发经费支出相当于全市生产总值的比例", "share", "rd.intensity"),
]


def normalised(name: str) -> str:
    """A name as a matcher compares it: marks, 的 and area words gone, and the words that only say it is a growth."""
    bare = re.sub(r"[“”‘’\"'（）()《》〈〉「」【】\[\]、，,·\s的]", "", name)
    bare = re.sub("全市|全区|全省|全县", "", AREA_WORDS.sub("", bare))
    return GROWTH_WORDS.sub("", bare).lower()


def by_name() -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in INDICATORS.values():
        for name in (entry.zh, *entry.aliases):
            found[normalised(name), entry.measure].add(entry.code)
    return found


def test_there_are_enough_indicators_in_every_theme() -> None:
    assert len(INDICATORS) >= 180
    assert {entry.theme for entry in INDICATORS.values()} == set(catalog.load("themes"))


def test_a_name_and_a_measure_identify_one_indicator() -> None:
    assert {key: codes for key, codes in by_name().items() if len(codes) > 1} == {}


def test_an_indicators_names_are_all_different() -> None:
    for entry in INDICATORS.values():
        assert len({entry.zh, *entry.aliases}) == 1 + len(entry.aliases), entry.code


@pytest.mark.parametrize(("name", "measure", "code"), PLAN_ROWS)
def test_rows_of_plan_tables_are_known(name: str, measure: str, code: str) -> None:
    assert by_name()[normalised(name), measure] == {code}


def test_aliases_carry_no_area_words() -> None:
    assert [name for entry in INDICATORS.values() for name in (entry.zh, *entry.aliases) if AREA_WORDS.match(name)] == []


def test_growth_is_a_percentage_and_falls_are_growths() -> None:
    for entry in INDICATORS.values():
        assert entry.measure != "growth" or entry.unit in {"%", "‰"}, entry.code
        assert not entry.fall or (entry.measure, entry.polarity) == ("growth", "lower"), entry.code
        assert not entry.code.endswith(".growth") or entry.measure == "growth", entry.code
        assert not entry.code.endswith(".level") or entry.measure == "level", entry.code


def test_a_level_at_comparable_prices_is_the_exception() -> None:
    priced = {entry.code for entry in INDICATORS.values() if entry.measure == "level" and entry.basis == "comparable_price"}
    assert priced <= {"energy.intensity.level", "carbon.intensity.level", "water.intensity.level"}


def test_publication_lags_are_plausible_and_research_is_published_late() -> None:
    assert all(0 <= entry.lag <= 365 for entry in INDICATORS.values())
    assert INDICATORS["rd.intensity"].lag > 300


def test_formulas_speak_of_other_indicators_only() -> None:
    for entry in INDICATORS.values():
        if entry.formula is not None:
            codes = re.findall(r"[a-z][a-z0-9_.]*", entry.formula)
            assert entry.code not in codes, entry.code
            assert set(codes) <= set(INDICATORS), entry.code
            assert re.fullmatch(r"[a-z0-9_.]+( [-+*/] [a-z0-9_.]+)+", entry.formula), entry.code


def test_labels_come_in_both_languages() -> None:
    for kind in ("indicators", "offices", "themes"):
        for entry in catalog.load(kind).values():
            assert re.search("[一-鿿]", entry.zh), entry.code
            assert re.fullmatch("[^一-鿿]*[A-Za-z][^一-鿿]*", entry.en), entry.code


def test_units_have_exact_scales_and_one_word_each() -> None:
    units = catalog.load("units")
    words = [word for unit in units.values() for word in (unit.code, *unit.aliases)]
    assert len(words) == len(set(words))
    assert units["公顷"].scale == 15 * units["亩"].scale
    assert units["个百分点"].dimension != units["%"].dimension
    assert units["家"].dimension == units["户"].dimension == units["件"].dimension == "count"
    assert units["%"].scale == Decimal("0.01")


def test_no_unit_swallows_a_prefix() -> None:
    assert [code for code in catalog.load("units") if code.startswith(("万", "亿"))] == []
    assert catalog.load("prefixes")["万亿"].scale == Decimal(10) ** 12


@pytest.mark.parametrize("kind", ["indicators", "units", "prefixes", "offices", "themes"])
def test_every_file_is_dated_and_sourced(kind: str) -> None:
    found = catalog.origin(kind)
    assert found.version
    assert len(found.source) > 20
    assert found.date >= date(2025, 1, 1)


def test_entries_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        INDICATORS["gdp.growth"] = INDICATORS["gdp.level"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        INDICATORS["gdp.growth"].zh = "x"  # type: ignore[misc]


def test_the_catalog_needs_no_heavy_library() -> None:
    script = "import sys, duheng.catalog; print(*(m for m in ('numpy', 'pydantic', 'django') if m in sys.modules))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == ""
