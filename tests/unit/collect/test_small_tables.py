"""Small tables with few figures: a row of figures is never a head, and a figure in a head is asked about."""

from datetime import date

import pytest

from duheng import catalog
from duheng.collect import Given, Lexicon, open_figures
from duheng.plan import Place

LEXICON = Lexicon(entries=catalog.load("indicators"), place=Place(area="甲市乙区"))
HEAD = "指标,单位,1-2月,1-3月,1—4月\n"
FULL = "固定资产投资,亿元,10,20,30\n社零总额,亿元,11,21,31\n"


def opened(text: str, encoding: str = "utf-8"):
    given = Given(vintage=date(2026, 5, 20), year=2026)
    return open_figures(text.encode(encoding), name="m.csv", lexicon=LEXICON, given=given, said=(), memory=lambda _: None)


def told(found) -> list[tuple[str, str, str]]:
    return [(each.series.indicator, each.period.label, str(each.value)) for each in found.batch.figures]


def full() -> list[tuple[str, str, str]]:
    labels = ("2026-01..02", "2026-Q1", "2026-01..04")
    rows = {"investment.fixed.level": (10, 20, 30), "retail.total.level": (11, 21, 31)}
    return [(code, label, str(value)) for code, values in rows.items() for label, value in zip(labels, values, strict=True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    ("first", "figures"),
    [
        ("地区生产总值,亿元,,100,\n", [("gdp.level", "2026-Q1", "100")]),
        ("地区生产总值,亿元,…,100,…\n", [("gdp.level", "2026-Q1", "100")]),
        (
            "地区生产总值,亿元,,100,\n进出口总额,亿元,,,7\n",
            [("gdp.level", "2026-Q1", "100"), ("trade.total.level", "2026-01..04", "7")],
        ),
        ("地区生产总值,亿元,,,\n", []),
        ("地区生产总值,亿元,—,—,—\n", []),
        ("甲,乙,1,2,3\n地区生产总值,亿元,,100,\n", [("gdp.level", "2026-Q1", "100")]),
    ],
)
def test_a_first_row_with_few_figures_is_of_the_body(encoding, first, figures):
    found = opened(HEAD + first + FULL, encoding)
    assert told(found) == [*figures, *full()]
    assert set(found.batch.names.values()) <= {"地区生产总值", "进出口总额", "固定资产投资", "社零总额"}


def test_a_first_row_with_few_figures_under_heads_that_are_indicators():
    found = opened(
        "月份,地区生产总值（亿元）,固定资产投资（亿元）,社零总额（亿元）\n1-2月,,,11\n1-3月,100,20,21\n1-4月,,30,31\n1-5月,,40,41\n"
    )
    assert ("retail.total.level", "2026-01..02", "11") in told(found)
    assert ("gdp.level", "2026-Q1", "100") in told(found)
    assert len(told(found)) == 8


@pytest.mark.parametrize("row", ["地区生产总值,亿元,待定,100,待定\n", "地区生产总值,亿元,尚未核定,100.5,\n"])
def test_a_figure_in_a_head_is_asked_about_whatever_else_is_known(row):
    found = opened(HEAD + row + FULL)
    (sheet,) = found.sheets
    assert sheet.asks
    assert "表头中有数字“100" in sheet.why[0]
    assert "holds the number “100" in sheet.why[1]
    assert found.batch is None or not found.batch.figures


def test_heads_of_two_rows_with_a_year_or_a_month_as_a_number_are_heads():
    found = opened("指标,单位,2026,2026\n,,202603,202604\n地区生产总值,亿元,100,\n固定资产投资,亿元,10,20\n")
    assert not any(sheet.asks for sheet in found.sheets)
