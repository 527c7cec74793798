"""Every sheet of real files, as offices keep them, held against its cells, with values that were looked up by eye."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from duheng import catalog
from duheng.collect import Given, Lexicon, open_figures
from duheng.read.sheet import place_of

BOOKS = ("data.xlsx", "housing_price.xlsx")
# Sheet: figures, cells that say there is none.
COUNTS = {
    "社会融资规模增量统计": (1040, 0),
    "固投月度增长": (155, 5),
    "USD-CNY": (605, 0),
    "消费（没有1-2月）": (483, 0),
    "M2": (1080, 0),
    "PMI": (594, 0),
    "工业品出厂价格指数(PPI)": (360, 0),
    "新增信贷数据（亿元）": (500, 0),
    "工业增加值增长（没有一月）": (191, 9),
    "出口": (108, 18),
    "新房价指数": (160, 0),
}
SPOTS = [
    ("data.xlsx", "社会融资规模增量：委托贷款|own|level|none|亿元", "2025-08", -165),
    ("data.xlsx", "社会融资规模增量|own|level|none|亿元", "2015-01", 20516),
    ("data.xlsx", "汽车制造业固定资产投资额|own|ytd_growth|none|%", "2025-01..02", 27.0),
    ("data.xlsx", "汽车制造业固定资产投资额|own|ytd_growth|none|%", "2024", 7.5),
    ("data.xlsx", "USD-CNY：收盘|own|level|none|", "2025-12", 6.9888),
    ("data.xlsx", "USD-CNY|own|sequential|none|%", "2025-12", -1.22),
    ("data.xlsx", "retail.total.level|own|level|nominal|亿元", "2025-03", 40940.5),
    ("data.xlsx", "服务业生产指数|own|growth|none|%", "2018-11", 7.3),
    ("data.xlsx", "货币和准货币(M2)|own|growth|none|%", "2025-11", 8.0),
    ("data.xlsx", "货币(M1)|own|sequential|none|%", "2025-07", -2.54),
    ("data.xlsx", "流通中的现金(M0)|own|level|none|亿元", "2015-12", 63216.58),
    ("data.xlsx", "PMI|own|level|none|", "2025-12", 50.1),
    ("data.xlsx", "PMI：从业人员|own|level|none|", "2017-12", 48.5),
    ("data.xlsx", "工业品出厂价格指数(PPI)|own|ytd|none|", "2025-01..11", 97.3),
    ("data.xlsx", "新增信贷数据|own|sequential|none|%", "2025-11", 2760),
    ("data.xlsx", "新增信贷数据|own|ytd_growth|none|%", "2025-01..11", -7.87),
    ("data.xlsx", "新增信贷数据|own|growth|none|%", "2025-11", -21.47),
    ("data.xlsx", "industry.growth|own|ytd_growth|comparable_price|%", "2025-01..02", 5.9),
    ("data.xlsx", "trade.total.level|总值|ytd|nominal|亿元", "2025-01..11", 412076.3635),
    ("data.xlsx", "trade.exports.level|美国|level|nominal|亿元", "2024-11", 3364.7438),
    ("data.xlsx", "trade.imports.growth|欧洲联盟|ytd_growth|nominal|%", "2024-01..11", -3.3),
    ("data.xlsx", "二手住宅价格指数|上海|index|none|上年同月=100", "2025-11", 95.4),
    ("housing_price.xlsx", "新房|北京|index|none|上月=100", "2025-12", 99.6),
    ("housing_price.xlsx", "新房|秦皇岛|ytd_index|none|上年同期=100", "2025-H1", 93.3),
    ("housing_price.xlsx", "二手房|大理|index|none|上年同月=100", "2025-06", 94.4),
    ("housing_price.xlsx", "新房|唐山|index|none|上年同月=100", "2025-01", 92.4),
    ("housing_price.xlsx", "二手房|乌鲁木齐|ytd_index|none|上年同期=100", "2025", 95.0),
    ("nbs_quarterly_gdp_current_prices.csv", "Gross Domestic Product|own|ytd|none|亿元", "2025-Q1", 318466.4),
    ("nbs_quarterly_gdp_current_prices.csv", "Gross Domestic Product|own|ytd|none|亿元", "2024", 1348066.2),
    ("nbs_quarterly_gdp_current_prices.csv", "Value-added of Finance|own|level|none|亿元", "2025-Q4", 24686.6),
    ("nbs_quarterly_gdp_current_prices.csv", "Value-added of Finance|own|ytd|none|亿元", "2025-H1", 50458.8),
    ("nbs_quarterly_gdp_indices.csv", "Value-added of Construction|own|ytd_index|none|上年同期=100", "2025-01..09", 99.5),
    ("nbs_quarterly_gdp_indices.csv", "Value-added of Construction|own|index|none|上年同期=100", "2025-Q3", 97.7),
    ("cn_prov_gdp_growth_target_1998_2017.csv", "target|13|level|none|", "2016", 7.0),
]  # fmt: skip


@cache
def opened(path: Path):
    lexicon = Lexicon(entries=catalog.load("indicators"))
    return open_figures(path.read_bytes(), name=path.name, lexicon=lexicon, given=Given(vintage=date(2026, 1, 5)))


@pytest.fixture
def statistics(truth) -> Path:
    return truth / "data" / "statistics"


@pytest.mark.parametrize("book", BOOKS)
def test_each_figure_is_what_its_cell_holds(statistics, book):
    sheets = load_workbook(statistics / book, data_only=True)
    batch = opened(statistics / book).batch
    for figure, printed, place in zip(batch.figures, batch.printed, batch.places, strict=True):
        name, _, address = place.rpartition("!")
        row, column = place_of(address)
        held = sheets[name].cell(row + 1, column + 1).value
        number = float(str(held).replace(",", "").strip())
        factor = 100 if printed.endswith("%") else 1e-4 if name == "出口" and figure.unit == "亿元" else 1
        assert float(figure.value) == pytest.approx(number * factor, rel=1e-12), place


def test_each_sheet_brings_the_figures_it_holds(statistics):
    batch = opened(statistics / "data.xlsx").batch
    assert Counter(place.rpartition("!")[0] for place in batch.places) == {name: count for name, (count, _) in COUNTS.items()}
    # The five blank cells of January in 固投月度增长 hold nothing at all; the others say so by a dash.
    assert batch.missing == 27
    assert [doubt.place for doubt in batch.doubts] == ["固投月度增长!1", "消费（没有1-2月）!71"]


def test_seventy_cities_in_two_blocks_and_every_month_of_a_year(statistics):
    found = opened(statistics / "housing_price.xlsx")
    figures = found.batch.figures
    assert len(found.sheets) == 24
    assert len({series.area for series in figures.series}) == 70
    assert len(figures) == 22 * 210 + 2 * 140
    assert {figures.figure(place).period.label for place in range(0, len(figures), 7)} >= {"2025-07", "2025-01..10", "2025"}
    assert found.batch.doubts == ()


@pytest.mark.parametrize("name", ["nbs_quarterly_gdp_current_prices.csv", "nbs_quarterly_gdp_indices.csv"])
def test_quarters_across_with_commas_in_names(statistics, name):
    batch = opened(statistics / name).batch
    assert len(batch.figures) == 32 * 18
    assert (batch.missing, batch.doubts) == (0, ())
    assert {figure.period.label for figure in batch.figures} >= {"2021", "2021-Q4", "2026-Q1", "2025-01..09", "2025-H1"}


def test_targets_of_provinces_by_code_and_year(statistics):
    figures = opened(statistics / "cn_prov_gdp_growth_target_1998_2017.csv").batch.figures
    assert (len(figures), len(figures.series)) == (540, 27)


@pytest.mark.parametrize(("book", "key", "period", "value"), SPOTS)
def test_values_looked_up_by_eye(statistics, book, key, period, value):
    figures = opened(statistics / book).batch.figures
    found = [figure for figure in figures.of_series(lambda series: series.key == key) if figure.period.label == period]
    assert {float(figure.value) for figure in found} == {value}
