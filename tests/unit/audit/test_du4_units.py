"""Units and magnitude: 万 for 亿, % for points, what cannot be, and amounts that do not go with their kind."""

import pytest
from tests.unit.audit.saying import findings, raised

GDP = "实现地区生产总值506亿元，同比增长5.8%。"


@pytest.mark.parametrize(
    ("past", "plan"),
    [
        ("兑现区级科技项目资金1500余万元。", "全年兑现区级科技项目资金不少于1500亿元。"),
        ("技术合同交易额达20亿元。", "企业技术合同认定登记金额达到22万元。"),
        ("帮助企业获得知识价值信用贷款1200亿元。", "知识价值信用贷款放款金额达到1000万元。"),
        ("民营经济市场主体达4.2万户。", "民营经济市场主体达到4.4亿户。"),
        ("实现地区生产总值506亿元。", "2025年地区生产总值总量达到530万元左右。"),
    ],
)
def test_orders_between_two_numbers_of_one_thing_are_found(past, plan):
    found = raised("DU401", past, plan=plan)
    assert len(found) == 1
    assert "万" in found[0]


@pytest.mark.parametrize(
    ("past", "plan"),
    [
        ("兑现区级科技项目资金1500余万元。", "全年兑现区级科技项目资金不少于3000万元。"),
        ("新增充电桩50个。", "充电桩累计达到5万个。"),
        ("引进项目5个。", "引进项目800个。"),
        ("人均地区生产总值达11.2万元。", "地区生产总值达到530亿元。"),
        (GDP, "地区生产总值超2亿元的镇（街）达5个。"),
    ],
)
def test_growth_additions_and_other_things_are_not(past, plan):
    assert raised("DU401", past, plan=plan) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "社会消费品零售总额增长5.4%，低于年初目标0.6%。",
        "战略性新兴产业产值占规上工业总产值比重达52.2%、提高1.8%。",
        "工业投资占比提高1.9%。",
        "地区生产总值增长5.8个百分点。",
        "居民消费价格涨幅2个百分点左右。",
        "常住人口城镇化率达80.6个百分点。",
        "零售业、住宿业销售额分别增长12%、9个百分点。",
    ],
)
def test_percent_for_points_and_points_for_percent_are_found(sentence):
    assert len(raised("DU402", sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "社会消费品零售总额增长5.4%，低于年初目标0.6个百分点。",
        "战略性新兴产业产值占规上工业总产值比重达52.2%、提高1.8个百分点。",
        "消费拉动经济增长2.1个百分点。",
        "全员劳动生产率提高5%。",
        "城乡低保平均保障标准增长4.2%。",
        "基本医保参保率稳定在95%以上，城乡低保平均保障标准增长19.2%。",
        "国企综合融资成本下降0.5个百分点。",
        "城镇居民收入增长4.2%，高于全国平均水平20%。",
        "设施产量占比分别提高15、22个百分点。",
        "单位地区生产总值能耗下降率达14.5%。",
    ],
)
def test_rates_and_distances_in_their_own_units_are_not(sentence):
    assert raised("DU402", sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "全区经营性收入超过50万元的村集体达176%。",
        "一般公共预算支出中民生支出占比达180%。",
        "生产安全事故死亡人数下降120%。",
        "空气质量优良天数达380天。",
    ],
)
def test_what_cannot_be_is_found(sentence):
    assert len(raised("DU403", sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "国有资产集中统一监管比例达100%。",
        "盘活国有资产69.2亿元，完成率163.7%。",
        "城镇新增就业1.2万人，完成年度目标的107.3%。",
        "知识产权质押融资增长850%。",
        "规上工业产销率达101.2%。",
        "国有资产保值增值率达110%。",
        "高等教育毛入学率达102%。",
        "空气质量优良天数达366天。",
    ],
)
def test_what_may_exceed_a_hundred_is_not(sentence):
    assert raised("DU403", sentence) == []


def test_a_rate_without_its_unit_is_found():
    assert len(raised("DU404", "地区生产总值增长5.8，投资增长4.4%。")) == 1
    assert raised("DU404", "零售、住宿业销售额分别增长8.4、9.1和6.7个百分点。") == []
    assert raised("DU404", "地区生产总值增长5.8%。") == []


def test_one_unit_in_two_signs_is_one_note_with_the_rarer_places_first():
    found = findings("DU405", "盘活厂房2.3万㎡。", "收储楼宇28.71万平方米，新建厂房3万平方米。")
    assert len(found) == 1
    assert found[0].severity == "note"
    assert (found[0].expected[0], found[0].found[0]) == ("平方米", "㎡")
    assert findings("DU405", "盘活厂房2.3万平方米。", "流转土地300亩。") == ()


def test_an_amount_beyond_the_product_of_the_place_is_found():
    assert len(raised("DU406", GDP, "帮助企业获得信用贷款1200亿元。")) == 1
    assert raised("DU406", GDP, "存贷款余额达1200亿元。") == []
    assert raised("DU406", GDP, "全国获得信用贷款1200亿元。") == []
    assert raised("DU406", "帮助企业获得信用贷款1200亿元。") == []


def test_an_amount_per_head_by_orders_wrong_is_found():
    assert len(raised("DU407", GDP, "人均GDP达11.2亿元左右。")) == 1
    assert len(raised("DU407", "人均GDP达11.2万元。", "全区居民人均可支配收入达51868万元。")) == 1
    assert raised("DU407", GDP, "人均GDP达11.2万元左右，居民人均可支配收入达51868元。") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "制造业年度计划投资41.17亿元，商贸业年度计划投资14.7万元，房地产业年度计划投资36.5亿元。",
        "电子信息、高端装备、新材料产值分别达168.3亿元、142.6万元、121.8亿元。",
    ],
)
def test_one_of_a_list_that_is_orders_off_is_found(sentence):
    assert len(raised("DU408", sentence)) == 1
    assert raised("DU408", sentence.replace("万元", "亿元")) == []


def test_a_headline_amount_orders_off_the_product_is_found():
    assert len(raised("DU409", GDP, "社会消费品零售总额186.3万元。")) == 1
    assert raised("DU409", GDP, "社会消费品零售总额186.3亿元，外贸进出口总额3.2亿元。") == []


def test_a_slip_of_the_product_itself_is_said_once():
    said = ["社会消费品零售总额186.3亿元。", "完成固定资产投资248.6亿元。", "一般公共预算收入31.86亿元，税收收入22.49亿元。"]
    (message,) = raised("DU409", GDP.replace("亿元", "万元"), *said)
    assert "4 个主要总量" in message
    assert "506万元" in message


def test_one_number_that_all_others_of_its_thing_are_apart_from_is_said_once():
    said = ["城镇新增就业1.2亿人。", "全年城镇新增就业1.2万人，就业形势稳定。"]
    (message,) = raised("DU401", *said, plan="城镇新增就业1万人以上。")
    assert "此处为1.2亿人" in message


@pytest.mark.parametrize(
    "sentence", ["城镇新增就业71.9亿人。", "改造老旧小区9个，惠及12亿户。", "外贸进出口总额达到4.51万万元、增长5.6%。"]
)
def test_more_people_than_there_are_and_a_unit_doubled_are_found(sentence):
    assert len(raised("DU403", sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    ["接待游客21.4亿人次。", "服务全球20亿人。", "城镇新增就业71.9万人。", "实现千千万万家庭的期盼。", "总额达到2.5万亿元。"],
)
def test_times_of_people_and_larger_units_are_not(sentence):
    assert raised("DU403", sentence) == []
