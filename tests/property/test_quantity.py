"""What is printed is read back: parse(print(q)) = q."""

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from duheng import measure
from duheng.measure import Comparator, Quantity

UNITS = [
    "%",
    "‰",
    "亿元",
    "万元",
    "元",
    "万户",
    "家",
    "个",
    "件",
    "人",
    "万人次",
    "亩",
    "公里",
    "吨",
    "万平方米",
    "公里/平方公里",
    "万元/人",
    "个百分点",
    "倍",
]


@st.composite
def quantities(draw):
    digits = draw(st.integers(0, 3))
    value = Decimal(draw(st.integers(0, 10**9))).scaleb(-digits)
    comparator = draw(st.sampled_from(Comparator))
    upper = value + Decimal(draw(st.integers(0, 10**6))).scaleb(-digits) if comparator is Comparator.RANGE else None
    return Quantity(
        value=value, value2=upper, unit=measure.unit(draw(st.sampled_from(UNITS))), digits=digits, comparator=comparator
    )


@given(quantities())
def test_a_printed_quantity_is_read_back(quantity):
    assert measure.parse(str(quantity)) == quantity


@given(quantities(), st.sampled_from(["全年实现产值", "其中：", "（", ""]), st.sampled_from(["，同比", "。", "）", "、"]))
def test_a_quantity_is_found_inside_a_sentence(quantity, before, after):
    text = f"{before}{quantity}{after}"
    (found,) = measure.find(text)
    assert found.quantity == quantity
    assert text[found.start : found.end] == str(quantity)


@given(st.text(alphabet="0123456789.,%万亿元个家第一二三十百分之以上约近超—:：至（）“”第位年月余多 ", max_size=40))
@example(text="0余余个")
def test_any_text_is_read_without_an_error_and_spans_do_not_overlap(text):
    end = 0
    for found in measure.find(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
