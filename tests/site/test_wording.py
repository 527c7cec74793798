"""Targets, numbers and units in words."""

from decimal import Decimal

import pytest

from duheng.plan import Polarity, parse_target
from duheng.site.queries import wording


@pytest.mark.parametrize(
    ("words", "unit", "zh", "en", "sign"),
    [
        ("6", "%", "6%以上", "at least 6%", "≥ 6"),
        ("≥300", "天", "300天以上", "at least 300 days", "≥ 300"),
        ("突破650", "亿元", "超过650亿元", "above 65 billion yuan", "> 650"),
        ("5%—5.5%", "%", "5%—5.5%", "5–5.5%", "5–5.5"),
        ("6%左右", "%", "6%左右", "around 6%", "≈ 6"),
        ("9%、力争10%", "%", "9%，力争10%", "9%, striving for 10%", "≥ 9 → 10"),
        ("正增长", "%", "正增长", "positive growth", "> 0"),
        ("与经济增长同步", "%", "与经济增长同步", "in step with economic growth", ""),
        ("完成市级下达任务", "%", "完成市级下达任务", "as assigned by the superior", ""),
    ],
)
def test_a_target_is_said_in_both_languages(words, unit, zh, en, sign):
    aim = parse_target(words, unit=unit, polarity=Polarity.HIGHER)
    assert wording.target(aim, unit=unit, language="zh") == zh
    assert wording.target(aim, unit=unit, language="en") == en
    assert wording.symbol(aim) == sign


def test_a_ceiling_and_its_scope_are_said():
    aim = parse_target("控制在14以内（建成区）", unit="人", polarity=Polarity.LOWER)
    assert wording.target(aim, unit="人", language="zh") == "14人以内（建成区）"
    assert wording.target(aim, unit="人", language="en") == "at most 14 people (建成区)"


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("1.18", "万人", "1.18万人", "11,800 people"),
        ("562.4", "亿元", "562.4亿元", "56.24 billion yuan"),
        ("44000", "家", "44000家", "44,000 firms"),
        ("7.02", "公里/平方公里", "7.02公里/平方公里", "7.02 kilometres/square kilometre"),
        ("-9.5", "%", "-9.5%", "-9.5%"),
        ("5.0", "%", "5.0%", "5.0%"),
    ],
)
def test_a_number_keeps_its_digits_and_is_multiplied_out_in_english(value, unit, zh, en):
    assert wording.quantity(Decimal(value), unit, language="zh") == zh
    assert wording.quantity(Decimal(value), unit, language="en") == en
