"""How the words of a report become a target: one row a form, as reports print them."""

from decimal import Decimal

import pytest

from duheng.plan import Polarity, parse_target

# words, unit, polarity → kind, value, value2
FORMS = """
6                             %     higher   at_least            6
6                             人    lower    at_most             6
6                             %     neutral  exactly             6
≥300                          天    higher   at_least            300
≤14                           人    lower    at_most             14
5%左右                        %     higher   around              5
5.5%以上                      %     higher   at_least            5.5
5.5％以上                     %     higher   at_least            5.5
控制在5%以内                  %     lower    at_most             5
控制在5.5%左右                %     lower    around              5.5
控制在2%                      %     neutral  at_most             2
不低于97%                     %     higher   at_least            97
不超过30个                    个    lower    at_most             30
突破1000亿元                  亿元  higher   at_least            1000
保持在1955万吨以上            万吨  higher   at_least            1955
稳定在97%                     %     higher   at_least            97
5.0%—5.5%                     %     higher   range               5.0   5.5
5-5.5                         %     higher   range               5     5.5
9%，力争10%                   %     higher   floor_with_stretch  9     10
9%（力争10%）                 %     higher   floor_with_stretch  9     10
6%以上、力争达到7%            %     higher   floor_with_stretch  6     7
按增长5%安排                  %     higher   at_least            5
4.4万户                       家    higher   at_least            44000
11.82（建成区）               平方米 higher  at_least            11.82
正增长                        %     higher   positive            -
保持正增长                    %     higher   positive            -
保持下降                      %     higher   positive            -
进一步下降                    %     lower    in_step_with        -
保持稳定                      万吨  higher   in_step_with        -
与GDP增长同步                 %     higher   in_step_with        -
与经济增长基本同步            %     higher   in_step_with        -
和经济增长同步                %     higher   in_step_with        -
快于经济增长                  %     higher   in_step_with        -
保持在全国平均水平以上        %     higher   in_step_with        -
高于经济增速、高于全国平均水平 %    higher   in_step_with        -
完成市级下达任务              %     higher   assigned            -
完成国家下达目标              %     higher   assigned            -
达到国家要求                  %     higher   assigned            -
完成经国家审核衔接后确定的目标 %    higher   assigned            -
稳定保持在Ⅱ类及以上           -     higher   at_most             2
两位数增长                    %     higher   at_least            10
"""


def rows():
    for line in FORMS.strip().splitlines():
        words, unit, polarity, kind, *values = line.split()
        low, high = ([None if each == "-" else Decimal(each) for each in values] + [None])[:2]
        yield pytest.param(words, "" if unit == "-" else unit, Polarity(polarity), kind, low, high, id=words)


@pytest.mark.parametrize(("words", "unit", "polarity", "kind", "low", "high"), list(rows()))
def test_the_words_of_a_target(words, unit, polarity, kind, low, high):
    target = parse_target(words, unit=unit, polarity=polarity)
    assert target is not None
    assert (target.kind, target.value, target.value2) == (kind, low, high)
    assert target.text == words


@pytest.mark.parametrize("words", ["", "—", "保持全国前列", "另行下文"])
def test_what_names_no_target_is_none(words):
    assert parse_target(words, unit="%", polarity=Polarity.HIGHER) is None


def test_a_scope_in_brackets_is_a_note():
    assert parse_target("11.82\n（建成区）", unit="平方米").note == "建成区"


def test_a_wish_without_a_number_is_kept_apart():
    target = parse_target("5%左右、努力争取更好结果", unit="%", polarity=Polarity.HIGHER)
    assert (target.kind, target.ambition) == ("around", "努力争取更好结果")


def test_both_references_of_a_target_are_kept():
    target = parse_target("高于经济增速、高于全国平均水平", unit="%")
    assert [each.text for each in target.references] == ["经济增速", "全国平均水平"]
    assert target.exclusive


def test_the_unit_of_the_words_serves_where_none_is_given():
    assert parse_target("85万人", polarity=Polarity.HIGHER).unit == "万人"
