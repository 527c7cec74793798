"""Periods as offices write them."""

from datetime import date

import pytest

from duheng.collect.when import when


@pytest.mark.parametrize(
    ("label", "period", "to_date"),
    [
        ("2025", "2025", False), ("2025年", "2025", False), ("2025.0", "2025", False), ("2025年全年", "2025", False),
        ("2025-09", "2025-09", False), ("2025年9月", "2025-09", False), ("2025年9月份", "2025-09", False), ("2025.9", "2025-09", False),
        ("202509", "2025-09", False), ("2025/09", "2025-09", False), ("Sep 2025", "2025-09", False), ("2025 September", "2025-09", False),
        ("2025年1—9月", "2025-01..09", True), ("2025年1至9月累计", "2025-01..09", True), ("2025-01..09", "2025-01..09", True),
        ("2025.1-9", "2025-01..09", True), ("Jan–Sep 2025", "2025-01..09", True), ("2025年1-2月", "2025-01..02", True),
        ("2025年三季度", "2025-Q3", False), ("2025年第3季度", "2025-Q3", False), ("2025Q3", "2025-Q3", False), ("3Q 2025", "2025-Q3", False),
        ("2025年前三季度", "2025-01..09", True), ("2025年上半年", "2025-H1", True), ("2025年下半年", "2025-H2", False),
        ("2025-H1", "2025-H1", False), ("2025年10-12月", "2025-Q4", False), ("2025-09-30", "2025-09", False), ("2025年9月30日", "2025-09", False),
        ("2025-09-01 00:00:00", "2025-09", False), ("2021/2025", "2021/2025", False),
    ],
)  # fmt: skip
def test_a_label_is_read_as_its_period(label, period, to_date):
    found = when(label)
    assert found is not None
    assert (found.period.label, found.to_date) == (period, to_date)


@pytest.mark.parametrize(
    ("label", "period"), [("1至11月", "2025-01..11"), ("11月", "2025-11"), ("三季度", "2025-Q3"), ("上半年", "2025-H1")]
)
def test_the_year_may_be_told_elsewhere(label, period):
    assert when(label) is None
    found = when(label, year=2025)
    assert found is not None
    assert found.period.label == period


@pytest.mark.parametrize(
    "label", ["", "合计", "2025年13月", "9-3月", "2025-02-30", "12345", "1999.5.5.5", "增长8.2%", "2025年9月至明年"]
)
def test_what_is_no_period_is_none(label):
    assert when(label, year=2025) is None


def test_a_day_stands_for_its_month():
    found = when(date(2025, 9, 30))
    assert found is not None
    assert (found.period.label, found.dated) == ("2025-09", True)
