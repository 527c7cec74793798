"""The invented district's enterprises and neighbours, to be appraised: made anew from a seed.

    python -m duheng.sample.appraising enterprises > enterprises.csv
    python -m duheng.sample.appraising districts > districts.csv

Sixty enterprises of 2025, forty above scale, for land productivity; some without emission data, one that loses money, five of kinds
that take part without a grade. Eight districts and counties of the invented city with twelve indicators, for `composite.yml`. Neither
the enterprises nor the districts exist, and every number is simulated.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterator

from duheng.appraise import DataTable, Enterprises, land, land_rules

ABOVE, BELOW = 40, 20
_PLACES = ("澄岚", "望澜", "松台", "柳溪", "桂塘", "竹屿", "鼓岭", "青杏")
_TRADES = ("精密机械", "电子器件", "新材料", "汽车零部件", "食品", "纺织", "包装印刷", "模具", "医疗器械", "仪器仪表")
_EXEMPT = {7: "公用事业", 19: "初创期", 28: "建设期", 33: "税收扶持", 52: "初创期"}
_WITHOUT_EMISSIONS = (4, 15, 26, 38)
_LOSING = 22
_HEADS = (
    "企业代码", "企业名称", "规模", "行业", "用地面积（亩）", "评价税收（万元）", "工业增加值（万元）", "营业收入（万元）",
    "工业总产值（万元）", "综合能耗（吨标准煤）", "主要污染物排放量（吨）", "年平均职工人数（人）", "研发经费（万元）",
    "用电量（万千瓦时）", "投资（万元）", "不定等级", "加分", "减分", "上年等级",
)  # fmt: skip
_DISTRICTS = ("澄岚区", "东湖区", "石桥区", "平川县", "南屏区", "白塔区", "青原县", "望江县")
_COUNTIES = ("平川县", "青原县", "望江县")
_INDICATORS = (
    # code, of a district, of a county, how far they differ, digits
    ("population", 58.0, 46.0, 0.25, 1),
    ("gdp", 545.0, 310.0, 0.25, 1),
    ("gdp_growth", 5.8, 5.4, 0.12, 1),
    ("investment_growth", 6.5, 5.0, 0.45, 1),
    ("retail", 214.0, 118.0, 0.25, 1),
    ("rd", 2.6, 1.5, 0.25, 2),
    ("patents", 1520.0, 420.0, 0.35, 0),
    ("high_tech", 46.0, 31.0, 0.18, 1),
    ("pm25", 31.0, 27.0, 0.10, 1),
    ("energy", 0.31, 0.42, 0.16, 3),
    ("green", 43.5, 47.0, 0.05, 1),
    ("income", 52300.0, 36800.0, 0.08, 0),
    ("beds", 6.9, 5.6, 0.12, 2),
    ("jobs", 12600.0, 7400.0, 0.25, 0),
)


def enterprises(*, seed: int = 1) -> str:
    """The enterprises as CSV; the same for the same seed. Last year's grades are those of last year's numbers, drawn too."""
    chance = random.Random(seed)  # noqa: S311 -- made-up data
    now = list(_rows(chance))
    rule = land_rules("huangyan-2022")
    table = DataTable.of(_text(_HEADS, [_a_year_before(row, chance) for row in now]).encode(), name="last year")
    before = land(Enterprises.of(table, rule), rule)
    return _text(_HEADS, [[*row[:-1], grade] for row, grade in zip(now, before.grade, strict=True)])


def districts(*, seed: int = 1) -> str:
    """The districts and counties with their indicators as CSV; the same for the same seed. One number is missing."""
    chance = random.Random(seed)  # noqa: S311 -- made-up data
    rows = []
    for place, name in enumerate(_DISTRICTS, start=1):
        county = name in _COUNTIES
        numbers = [
            f"{(lower if county else upper) * (1 + spread * chance.uniform(-1, 1)):.{digits}f}"
            for _, upper, lower, spread, digits in _INDICATORS
        ]
        rows.append([f"YC{place:02}", name, "county" if county else "district", *numbers])
    rows[-1][3 + [code for code, *_ in _INDICATORS].index("patents")] = ""
    return _text(("code", "name", "kind", *(code for code, *_ in _INDICATORS)), rows)


def _rows(chance: random.Random) -> Iterator[list[str]]:
    for number in range(1, ABOVE + BELOW + 1):
        above = number <= ABOVE
        land_used = chance.lognormvariate(3.6 if above else 2.0, 0.6)
        added = land_used * chance.lognormvariate(4.75 if above else 3.9, 0.5)
        tax = added * chance.uniform(0.12, 0.22) * (-0.1 if number == _LOSING else 1)
        revenue = added * chance.uniform(3.6, 5.2)
        trade = _TRADES[number % len(_TRADES)]
        emissions = added / 4900 * chance.lognormvariate(0, 0.5)
        yield [
            f"CL{number:03}",
            f"{chance.choice(_PLACES)}{trade}{'有限公司' if above else '厂'}（{number:02}）",
            "规上" if above else "规下",
            trade,
            f"{land_used:.2f}",
            f"{tax:.1f}",
            f"{added:.1f}",
            f"{revenue:.1f}",
            f"{revenue * chance.uniform(1.0, 1.08):.1f}",
            f"{added / 2.7 * chance.lognormvariate(0, 0.4):.1f}",
            "" if not above or number in _WITHOUT_EMISSIONS else f"{emissions:.3f}",
            f"{max(3, round(added / 18 * chance.lognormvariate(0, 0.3)))}",
            f"{revenue * chance.uniform(0.0, 0.055):.1f}",
            f"{tax * chance.uniform(2.6, 6.0) if tax > 0 else added * 0.6:.1f}",
            f"{land_used * chance.uniform(180, 420):.0f}",
            _EXEMPT.get(number, ""),
            "3" if number % 13 == 0 else "",
            "5" if number % 17 == 0 else "",
            "",
        ]


def _a_year_before(row: list[str], chance: random.Random) -> list[str]:
    """The same enterprise a year earlier: its money and energy otherwise, its land and people as they are."""
    changed = {place: f"{float(row[place]) * chance.lognormvariate(-0.05, 0.12):.1f}" for place in (5, 6, 7, 9)}
    return [changed.get(place, cell) for place, cell in enumerate(row)]


def _text(heads: tuple[str, ...], rows: list[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue()


if __name__ == "__main__":
    sys.stdout.write({"enterprises": enterprises, "districts": districts}[sys.argv[1]]())
