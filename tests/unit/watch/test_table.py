"""Tables of series: periods in any usual hand, gaps counted, and mistakes named by their line."""

import pytest

from duheng import watch
from duheng.errors import WatchError


@pytest.mark.parametrize(
    ("labels", "after"),
    [
        (["2024-11", "2024-12"], ["2025-01", "2025-02"]),
        (["202411", "202412"], ["202501", "202502"]),
        (["2024年11月", "2024年12月"], ["2025年1月", "2025年2月"]),
        (["2024-Q3", "2024-Q4"], ["2025-Q1", "2025-Q2"]),
        (["2024年三季度", "2024年四季度"], ["2025年一季度", "2025年二季度"]),
        (["2023", "2024"], ["2025", "2026"]),
        (["7", "8"], ["9", "10"]),
        (["2024-01-31", "2024-02-29"], ["2024-03-31", "2024-04-30"]),
        (["2024-01-01", "2024-02-01"], ["2024-03-01", "2024-04-01"]),
        (["2024-01-01", "2024-01-08", "2024-01-15"], ["2024-01-22", "2024-01-29"]),
        (["2024/12/30", "2024/12/31"], ["2025/01/01", "2025/01/02"]),
    ],
)
def test_periods_go_on_as_they_are_written(labels, after):
    line = watch.Timeline.of(labels)
    assert [line.label(max(line.places) + step) for step in (1, 2)] == after


@pytest.mark.parametrize("labels", [["2024-01", "Jan"], ["2024-13"], ["2024-02-30"], [""], ["2024-01", "2024Q2"]])
def test_what_is_no_period_is_named(labels):
    with pytest.raises(WatchError) as wrong:
        watch.Timeline.of(labels)
    assert f"“{labels[-1]}”" in str(wrong.value)


def test_rows_come_in_any_order_and_gaps_are_closed():
    text = 'period,value,series\n2024-03,3,a\n2024-01,1,a\n2024-06,6,a\n2024-05,…,a\n\n2024-01,"1,200",b\n'
    table = watch.SeriesTable.of(text, name="x.csv")
    assert table.panel.names == ("a", "b")
    assert table.panel.values[0].tolist() == [1, 2, 3, 4, 5, 6]
    assert (table.panel.values[1, -1], table.filled) == (1200, 3)
    rows = list(table.rows(watch.forecast(table.panel, horizon=2)))
    assert rows[0] == ["series", "period", "mean", "lo80", "hi80", "lo95", "hi95"]
    assert [row[:2] for row in rows[1:]] == [["a", "2024-07"], ["a", "2024-08"], ["b", "2024-02"], ["b", "2024-03"]]


def test_chinese_headings_do():
    table = watch.SeriesTable.of("指标,时期,数值\n地区生产总值,2024,5.0\n地区生产总值,2025,5.5\n", name="x.csv")
    assert table.panel.names == ("地区生产总值",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("series,period\na,1\n", "“value”"),
        ("series,period,value\na,2024-01,many\n", "line 2"),
        ("series,period,value\na,2024-01,inf\n", "line 2"),
        ("series,period,value\na,2024-01,1\na,2024-01,2\n", "line 3"),
        ("series,period,value\na,Jan,1\n", "“a”"),
        ("series,period,value\na,1,1\na,99999,1\n", "20000 periods"),
        ("series,period,value\n", "holds no series"),
        ("", "“period”"),
    ],
)
def test_a_mistake_is_named_by_its_place(text, says):
    with pytest.raises(WatchError) as wrong:
        watch.SeriesTable.of(text, name="x.csv")
    assert says in str(wrong.value)
    assert "x.csv" in wrong.value.message("zh")
