"""Long tables: one figure a row, under the heads that engineers and offices use."""

from datetime import date

import numpy as np
import pytest

from duheng import catalog
from duheng.collect import Given, Lexicon, Status, long_table
from duheng.errors import CollectError
from duheng.plan import Place

TODAY = date(2025, 10, 20)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(entries=catalog.load("indicators"), place=Place(area="甲市乙区"), areas={"丙街道": "c", "丙": "c"})


def read(text: str, lexicon: Lexicon, **given):
    return long_table(text, name="数据.csv", lexicon=lexicon, given=Given(**{"vintage": TODAY} | given))


def test_rows_become_figures_of_the_series_they_name(lexicon):
    batch = read(
        "indicator,area,period,measure,value,unit,basis,vintage,status,released\n"
        "gdp.level,,2025-01..09,ytd,380.55,亿元,nominal,2025-10-18,flash,yes\n"
        "地区生产总值增速,乙区,2025年1—9月,累计同比,5.8,%,,2025-10-18,快报,否\n",
        lexicon,
    )
    first, second = batch.figures
    assert first.series.key == "gdp.level|own|ytd|nominal|亿元"
    assert (str(first.value), first.period.label, first.status, first.released) == ("380.55", "2025-01..09", Status.FLASH, True)
    assert second.series.key == "gdp.growth|own|ytd_growth|comparable_price|%"
    assert (second.vintage, second.released, batch.dated) == (date(2025, 10, 18), False, True)
    assert list(batch.places) == ["2", "3"]


def test_chinese_heads_and_what_is_said_of_the_whole_file(lexicon):
    batch = read(
        "指标,地区,时期,数值\n社会消费品零售总额,丙街道,2025年9月,12.5\n本所指标甲,丙,2025-09,3\n", lexicon, released=True
    )
    assert [figure.series.area for figure in batch.figures] == ["c", "c"]
    assert batch.figures.series[1].indicator == "本所指标甲"
    assert {figure.released for figure in batch.figures} == {True}
    assert {figure.vintage for figure in batch.figures} == {TODAY}


def test_the_year_to_date_is_not_the_level_of_a_month(lexicon):
    batch = read("indicator,period,value\ngdp.level,2025-01..09,380\ngdp.level,2025-Q3,130\ngdp.growth,1-9月,5\n", lexicon)
    assert [figure.series.measure for figure in batch.figures] == ["ytd", "level"]
    assert [doubt.place for doubt in batch.doubts] == ["数据.csv:4"]  # of which year


def test_another_unit_of_the_same_kind_is_brought_to_the_catalogs(lexicon):
    (figure,) = read("indicator,period,measure,value,unit\ngdp.level,2024,level,4809000,万元\n", lexicon).figures
    assert (figure.series.unit, str(figure.value)) == ("亿元", "480.9000")
    (growth,) = read("indicator,period,measure,value,unit\ngdp.growth,2024,growth,5.8,%\n", lexicon).figures
    assert (growth.series.unit, str(growth.value)) == ("%", "5.8")


def test_numbers_are_read_as_offices_write_them(lexicon):
    text = 'indicator,period,value\na,2024-01,"4,120,763"\na,2024-02,…\na,2024-03,97.80*\na,2024-04,－3.2\na,2024-05,1.5e3\n'
    batch = read(text, lexicon)
    assert [str(figure.value) for figure in batch.figures] == ["4120763", "97.80", "-3.2", "1500"]
    assert batch.missing == 1
    assert batch.printed[1] == "97.80*"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("a,2024-13,1,level,none,2024-01-01,flash", "period"),
        ("a,someday,1,level,none,2024-01-01,flash", "period"),
        ("a,2024-01,about,level,none,2024-01-01,flash", "number"),
        ("a,2024-01,=1+1,level,none,2024-01-01,flash", "number"),
        ("a,2024-01,1,weekly,none,2024-01-01,flash", "measure"),
        ("a,2024-01,1,level,odd,2024-01-01,flash", "basis"),
        ("a,2024-01,1,level,none,soon,flash", "vintage"),
        ("a,2024-01,1,level,none,2024-01-01,sure", "status"),
        (",2024-01,1,level,none,2024-01-01,flash", "indicator"),
    ],
)
def test_a_row_that_cannot_be_understood_is_an_error_at_its_line(lexicon, row, rule):
    good = "b,2024-01,1,level,none,2024-01-01,flash"
    batch = read(f"indicator,period,value,measure,basis,vintage,status\n{good}\n{row}\n", lexicon)
    (doubt,) = batch.doubts
    assert (doubt.rule, doubt.place, batch.stops, len(batch.figures)) == (rule, "数据.csv:3", True, 1)


def test_of_many_rows_with_the_same_fault_the_rest_is_counted(lexicon):
    batch = read("indicator,period,value\n" + "a,2024,x\n" * 1000, lexicon)
    assert len(batch.doubts) == 201
    assert "800" in batch.doubts[-1].message[1]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\n", "indicator,value\na,1\n"])
def test_a_file_without_the_columns_is_refused(lexicon, text):
    with pytest.raises(CollectError, match="indicator, period and value"):
        read(text, lexicon)


def test_a_row_cut_short_is_refused_with_its_number(lexicon):
    with pytest.raises(CollectError, match="row 2"):
        read("indicator,period,value\na\n", lexicon)


@pytest.mark.parametrize("text", ['indicator,period,value\na,2024-01,"1\n', "indicator,period,value\r\na,2024,1\r\n\r\n"])
def test_an_open_quote_and_empty_lines_do_no_harm(lexicon, text):
    assert len(read(text, lexicon).figures) == 1


def test_tabs_and_semicolons_part_columns_too(lexicon):
    assert len(read("indicator\tperiod\tvalue\na\t2024\t1\n", lexicon).figures) == 1
    assert len(read("indicator;period;value\na;2024;1\n", lexicon).figures) == 1


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (("2020-01-01", "2020-04-01", "2020-10-01"), ["2020-Q1", "2020-Q2", "2020-Q4"]),
        (("2019-01-01", "2020-01-01"), ["2019", "2020"]),
        (("2020-01-31", "2020-02-29"), ["2020-01", "2020-02"]),
    ],
)
def test_days_stand_for_the_month_quarter_or_year_that_all_of_them_begin(lexicon, days, labels):
    batch = read("indicator,date,value\n" + "".join(f"a,{day},1\n" for day in days), lexicon)
    assert [figure.period.label for figure in batch.figures] == labels


def test_vintages_of_a_real_file_answer_as_of_any_day(lexicon, truth):
    import csv
    import gzip

    path = truth / "data" / "statistics" / "gdp_vintages_CHE_US_EA_JP.csv.gz"
    text = gzip.decompress(path.read_bytes()).decode()
    batch = read(text, lexicon, columns={"id": "area"}, constants={"indicator": "gdp.level", "unit": "本币"})
    assert (len(batch.figures), batch.doubts) == (47980, ())
    rows = [(row["id"], row["time"], row["pub_date"], float(row["value"])) for row in csv.DictReader(text.splitlines())]
    for day in ("2002-09-30", "2002-10-01", "2009-05-17", "2016-01-01", "2024-12-31"):
        wanted: dict[tuple[str, int], tuple[str, float]] = {}
        for area, time, known, value in rows:
            key = (area, int(time[:4]) * 12 + int(time[5:7]) - 1)
            if known <= day and wanted.get(key, ("",))[0] <= known:
                wanted[key] = (known, value)
        then = batch.figures.as_of(date.fromisoformat(day))
        areas = [then.series[number].area for number in then.number]
        got = dict(zip(zip(areas, then.start.tolist(), strict=True), then.value.tolist(), strict=True))
        assert got == {key: value for key, (_, value) in wanted.items()}
    assert np.all(batch.figures.end - batch.figures.start == 2)
