"""Counts against lists, values of 分别, points, rows and boxes: DA108, DA109, DA111, DA112."""

import pytest
from tests.unit.audit.saying import raised


@pytest.mark.parametrize(
    "text",
    [
        "加快万吨、龙文三大专业市场建设。",
        "开展“补短、提升、冲刺”五个100天攻坚。",
        "实施“市场主体、消费供给、消费载体”五大提升行动。",
        "实施产业提升、集群打造、劳务协作“四项行动”。",
        "新改建坡地公园、浪潮公园（二期）、口袋公园等公园2座。",
        "引进甲公司、乙公司、丙公司等2个项目。",
        "提出促进消费、帮助企业、推进转型、推进升级等3个方面措施。",
        "培育电子信息、装备制造、食品轻纺、能源化工等三大产业。",
        "六大行动：工业固体废物、生活垃圾、建筑垃圾、农业固体废物、危险废物处置行动。",
        "“四类”即教学名师、学科带头人、骨干教师。",
        "发展壮大3个主导产业（电子信息、高端装备、新材料、新能源）。",
    ],
)
def test_a_count_is_that_of_the_names_before_it(text):
    assert len(raised("DA108", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "加快万吨、龙文两大专业市场建设。",
        "软件信息、科技服务和商务服务三大产业增势良好。",
        "聚力打造意识教育、高质量发展、教育服务发展和生态建设“三个样板”。",
        "增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
        "城乡低保、儿童福利、残疾人“两项补贴”标准提升。",
        "公路等级比例、村民小组通硬化路、农村公路一二三类桥梁比例均为100%。",
        "黑臭水体、劣五类水体动态消除。",
        "办好混合团体世界杯、铁人三项世界杯、网球公开赛等赛事。",
        "引进甲公司、乙公司等5个项目。",
        "促进消费、推动减负、落实甲政策、乙政策等2项措施。",
        "汽车、手机、摩托车出口实现两位数增长。",
        "在前端、中端、后端共提出十二项举措。",
        "10种有色金属：铜、铅、锌、镍、锡、锑、铝、镁、硅、钛。",
        "29个县（市、区）实现全覆盖。",
        "五项津补贴“免申即享”，城乡低保、特困供养提标。",
        "计划建设项目362个（新开工215个、续建147个）。",
    ],
)
def test_counts_that_fit_or_count_something_else_are_passed_over(text):
    assert raised("DA108", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "零售业、住宿业、餐饮业销售额（营业额）分别增长12%、9%。",
        "投资、消费分别增长4%、4.4%，分别居全市第3、第2、第3。",
        "甲、乙、丙分别达到600家和30家。",
        "投资、消费分别增长4%、4.4%、5%。",
        "总部、中心分别新认定60家和30家，累计分别达到1016家。",
    ],
)
def test_values_and_names_of_respectively_are_as_many(text):
    assert len(raised("DA109", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "零售业、住宿业、餐饮业销售额（营业额）分别增长12%、9%、9.9%。",
        "厕所普及率、生活垃圾和污水治理率分别达到87.8%、100%、75%。",
        "城乡居民收入分别增长4.7%、6.6%。",
        "甲产业、乙产业分别增长20%以上。",
        "总部、中心分别从771家、481家增加到1076家、636家。",
        "甲、乙分别入选第一批城市、先行区。",
        "发生事故16起、死亡11人，分别下降11.1%、8.3%。",
    ],
)
def test_every_reading_of_the_names_is_allowed(text):
    assert raised("DA109", text) == []


def test_points_announced_are_those_numbered():
    points = "一是看支撑。二是看动能。三是看需要。"
    assert raised("DA111", f"主要考虑三个方面因素：{points}") == []
    assert "3 条" in raised("DA111", f"主要考虑四个方面因素：{points}")[0]
    assert "3 条" in raised("DA111", f"部署了13项任务举措：{points}")[0]
    assert raised("DA111", f"突出抓好三个方面15项重点任务：{points}") == []
    assert raised("DA111", "提出减负、提质等6个方面18条措施。", points) == []


def test_headings_announced_are_those_that_follow():
    heads = ["（一）扩大内需", "扩大投资。", "（二）深化改革", "深化国企改革。", "（三）改善民生", "办好实事。"]
    assert raised("DA111", "重点做好三个方面工作。", *heads) == []
    assert len(raised("DA111", "重点做好四个方面工作。", *heads)) == 1


def test_kinds_announced_are_those_spoken_of():
    text = "培育{}个特色产业，引入项目7个，生态环保产业营收增长7.7%；建成园区，面食产业营业收入增长20%。"
    assert raised("DA112", text.format(2)) == []
    assert len(raised("DA112", text.format(3))) == 1
