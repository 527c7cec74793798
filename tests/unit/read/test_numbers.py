"""What each number of a sentence is about: its subject, measure, sign, bound, period and role."""

import pytest

from duheng import read

HEAD = "关于甲市乙区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告\n"
PAST = HEAD + "一、2024年计划执行情况\n"
PLAN = PAST + "二、2025年主要目标和重点任务\n"


def claims(sentence, before=PAST):
    return read.claims(read.open_document(data=(before + sentence).encode(), name="报告.txt"))


def said(sentence, before=PAST):
    return [(c.subject, float(c.value), c.unit, c.measure.value) for c in claims(sentence, before)]


def test_a_growth_rate_goes_on_with_the_subject_of_the_level():
    assert said("实现地区生产总值506亿元，同比增长5.8%。") == [
        ("地区生产总值", 506, "亿元", "level"),
        ("地区生产总值", 5.8, "%", "growth"),
    ]


def test_each_number_of_a_list_has_its_own_subject():
    assert said("工业投资、民间投资分别增长11.2%、8.1%。") == [
        ("工业投资", 11.2, "%", "growth"),
        ("民间投资", 8.1, "%", "growth"),
    ]


def test_a_list_shares_what_only_its_last_name_says():
    assert [c.subject for c in claims("城乡居民养老保险、医疗保险参保率分别达97%、95%。")] == [
        "城乡居民养老保险参保率",
        "医疗保险参保率",
    ]


def test_a_list_shares_what_only_its_first_name_says():
    assert [c.subject for c in claims("规上工业企业亩均产值、税收分别达885万元、36.8万元。")] == [
        "规上工业企业亩均产值",
        "规上工业企业亩均税收",
    ]


def test_town_and_country_are_two():
    assert [c.subject for c in claims("城乡居民人均可支配收入分别增长4%、6%。")] == [
        "城镇居民人均可支配收入",
        "农村居民人均可支配收入",
    ]


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("城镇、农村居民人均可支配收入分别增长4.8%、6.2%。", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("第一、二、三产业增加值分别为9亿元、238亿元、316亿元。", ["第一产业增加值", "第二产业增加值", "第三产业增加值"]),
        ("工业、民间投资分别增长8.3%、5.1%。", ["工业投资", "民间投资"]),
        ("客运、货运周转量分别增长3%、5%。", ["客运周转量", "货运周转量"]),
    ],
)
def test_words_that_stand_side_by_side_share_their_noun(sentence, subjects):
    assert [c.subject for c in claims(sentence)] == subjects


def test_a_second_list_without_a_word_for_it_goes_on_with_the_first():
    assert [c.subject for c in claims("城乡居民人均可支配收入分别达6.9万元、3.4万元，增长4.2%、5.3%。")] == [
        "城镇居民人均可支配收入",
        "农村居民人均可支配收入",
    ] * 2


def test_what_grew_to_a_number_is_named_without_its_verb():
    assert said("国家先进制造业集群增至14个。") == [("国家先进制造业集群", 14, "个", "level")]


def test_numbers_behind_a_list_of_numbers_belong_to_the_same_things():
    assert [c.subject for c in claims("发生事故16起、死亡11人，分别下降11.1%、8.3%。")][2:] == ["事故", "事故死亡"]


def test_ranks_of_a_list_say_what_is_ranked_and_where():
    ranks = claims("工业投资、民间投资分别增长11.2%、8.1%，分别居全市第3、第2。")[2:]
    assert [(c.subject, c.measure.value, int(c.value)) for c in ranks] == [
        ("工业投资在全市位次", "rank", 3),
        ("民间投资在全市位次", "rank", 2),
    ]


def test_what_falls_has_a_negative_rate_but_not_what_falls_to_a_level():
    assert [c[1:] for c in said("PM2.5平均浓度为35.3微克/立方米、同比下降9.5%，失业率下降到5%。")] == [
        (35.3, "微克/立方米", "level"),
        (-9.5, "%", "growth"),
        (5, "%", "share"),
    ]


def test_days_more_than_last_year_are_a_change():
    assert [c[3] for c in said("优良天数达313天、同比增加27天。")] == ["level", "change"]


def test_points_are_a_change_and_times_a_multiple():
    assert [(c[1], c[3]) for c in said("融资成本压降110个基点，处置效率提高3倍。")] == [(-110, "change"), (3, "multiple")]


def test_a_structure_names_the_three_industries():
    assert said("三次产业比重优化为0.3:40.7:59。") == [
        ("第一产业比重", 0.3, "%", "share"),
        ("第二产业比重", 40.7, "%", "share"),
        ("第三产业比重", 59, "%", "share"),
    ]


def test_a_rate_of_work_done_is_a_completion():
    assert [(c[0], c[3]) for c in said("盘活资产69.2亿元，完成率163.7%。")] == [
        ("盘活资产", "level"),
        ("盘活资产完成率", "completion"),
    ]


def test_examples_before_a_count_are_no_part_of_its_subject():
    assert said("引进甲公司总部、乙园区等项目7个。") == [("引进项目", 7, "个", "level")]


def test_what_is_counted_may_stand_behind_the_number():
    assert said("帮助5家企业完成备案，改造1.4万户小微企业厂房。")[0] == ("帮助企业完成备案", 5, "家", "level")


def test_parts_are_tied_to_their_whole():
    whole, part, other = claims("争取资金16.3亿元，其中中央资金5.51亿元，专项债1.1亿元。")
    assert (whole.of, part.of, other.of) == (None, whole.offset, whole.offset)


def test_parts_in_a_bracket_are_tied_to_the_number_before_it():
    whole, new, old, done = claims("计划建设项目362个（新开工215个、续建147个），推进308个。")
    assert (new.of, old.of, done.of) == (whole.offset, whole.offset, whole.offset)


def test_some_of_a_number_are_tied_to_it():
    whole, part = claims("80个重点项目中有75个按计划推进。")
    assert (part.subject, part.of) == ("按计划推进", whole.offset)


@pytest.mark.parametrize(
    ("printed", "comparator"),
    [
        ("突破2亿元", ">"),
        ("2万余元", ">"),
        ("约2亿元", "≈"),
        ("近2亿元", "≈"),
        ("2亿元左右", "≈"),
        ("2亿元以上", ">="),
        ("不超过2亿元", "<="),
    ],
)
def test_the_words_around_a_number_bound_it(printed, comparator):
    (claim,) = claims(f"交易额{printed}。")
    assert (claim.comparator, claim.span) == (comparator, printed)


def test_a_bound_behind_a_list_holds_for_all_of_it():
    assert [c.comparator for c in claims("批发业、零售业销售额分别增长10%、15%以上。", PLAN)] == [">=", ">="]


def test_a_range_has_two_ends():
    (claim,) = claims("地区生产总值增长5%—5.5%。", PLAN)
    assert (claim.comparator, float(claim.value), float(claim.value2)) == ("range", 5, 5.5)


@pytest.mark.parametrize(
    ("sentence", "period", "role"),
    [
        ("实现增加值5亿元。", "2024", "actual"),
        ("2023年实现增加值5亿元。", "2023", "actual"),
        ("能耗较2020年下降5%。", "2024", "actual"),
        ("“十四五”期间累计完成投资5亿元。", "2021/2025", "actual"),
        ("到2027年产值达到5亿元。", "2027", "target"),
        ("上半年完成投资5亿元。", "2024-H1", "actual"),
        ("1—9月完成投资5亿元。", "2024-01..09", "actual"),
    ],
)
def test_the_words_tell_the_period_where_they_differ_from_the_part(sentence, period, role):
    (claim,) = claims(sentence)
    assert (claim.period, claim.role.value) == (period, role)


def test_the_plan_part_speaks_of_the_coming_year():
    (claim,) = claims("增加值达到5亿元。", PLAN)
    assert (claim.period, claim.role.value) == ("2025", "target")


def test_last_year_in_the_plan_part_is_a_result():
    (claim,) = claims("去年实现增加值5亿元，", PLAN)
    assert (claim.period, claim.role.value) == ("2024", "actual")


@pytest.mark.parametrize(
    "sentence",
    [
        "以“885”机制为引领推进四个一批，落实“1+5+N”政策。",
        "建成“15分钟健身圈”，推进15分钟生活圈建设。",
        "铺设DN1400给水管道，迁改110kV线路和G331国道。",
        "十四届人大四次会议和六届五次、六次全会召开。",
        "第三届文化节、第26届洽谈会举办，获评360碗美食。",
        "“十四五”规划收官，《行动方案（2024—2027）》印发。",
        "实施三年行动计划，做好第五次全国经济普查。",
        "3岁以下婴幼儿照护、21号线和4号仓库建设。",
        "三次产业协调发展，跻身四大博物馆之一。",
        "2024年5月20日下午，专题会议召开。",
    ],
)
def test_numbers_that_only_name_are_no_claims(sentence):
    assert said(sentence) == []


def test_the_cells_of_the_plan_table_are_targets_in_the_units_of_their_rows():
    table = "表1：2025年预期目标\n\t指标名称\n\t单位\n\t属性\n\t2025年目标\n\n\t工业投资增速\n\t（%）\n\t预期性\n\t≥20\n\n\t实际使用外资\n\t万美元\n\t预期性\n\t完成市级下达任务\n\n"
    (claim,) = claims(table, PLAN)
    assert (claim.subject, float(claim.value), claim.unit, claim.measure.value, claim.comparator) == (
        "工业投资增速",
        20,
        "%",
        "growth",
        ">=",
    )
    assert (claim.role.value, claim.period, claim.span) == ("target", "2025", "≥20")
