"""Three invented lists as offices keep them, made by XlsxWriter with their merged heads: plain rows are below, merges beside them."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import xlsxwriter

from duheng.collect.projects import ListMapping, ProjectList, open_projects, project_words

WORDS = project_words()
KNOWN = date(2025, 2, 10)
Merge = tuple[int, int, int, int]


def book(rows: Sequence[Sequence[object]], merges: Sequence[Merge] = (), *, name: str = "Sheet1") -> bytes:
    """A workbook with one sheet; a date is written as Excel keeps it, shown as 2024/3/1."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet(name)
    day = workbook.add_format({"num_format": "yyyy/m/d"})
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, "")
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            elif value is not None:
                sheet.write(row, column, value)
    workbook.close()
    return buffer.getvalue()


def opened(
    data: bytes | str, *said: ListMapping, name: str = "清单.xlsx", known: date = KNOWN, memory=lambda _: None
) -> ProjectList:
    raw = data.encode() if isinstance(data, str) else data
    return open_projects(raw, name=name, words=WORDS, known=known, said=said, memory=memory)


# An annual plan: heads in three rows, groups of two levels, a project in two rows, the heads again on the second page.
_HEADS = [
    ["序号", "项目名称", "项目代码", "建设性质", "主要建设内容及规模", "项目业主", "建设起止年限", "总投资", "截至2024年底累计完成投资",
     "2025年计划投资", None, None, None, "2025年形象进度", "牵头单位", "备注"],
    [None, None, None, None, None, None, None, None, None, "小计", "其中", None, None, None, None, None],
    [None, None, None, None, None, None, None, None, None, None, "中央预算内", "专项债券", "企业自筹", None, None, None],
]  # fmt: skip
ANNUAL = [
    ["乙区2025年重点项目投资计划表", *[None] * 15],
    [*[None] * 14, "单位：亿元", None],
    *_HEADS,
    ["总计（5个）", None, None, None, None, None, None, 26.35, 3.2, 9.45, 0.5, 2.2, 6.75, None, None, None],
    ["一", "产业升级类（3个）", None, None, None, None, None, 17.05, 2.1, 6.05, None, None, 6.05, None, None, None],
    [None, "（一）先进制造", *[None] * 14],
    [1, "甲材碳纤维生产线", "2411-500199-04-01-123456", "新开工", "年产碳纤维2000万件", "甲材公司", "2025-2026", 8.5, None, 3,
     None, None, 3, "主体完工", "区经信委", "领导包联"],
    [2, "丙芯封装基地（一期）", None, "续建", "厂房3万平方米", "丙芯公司", "2024.3—2026年底", "6.05亿元", 1.6, 2.25,
     None, None, 2.25, "设备安装", "区经信委", None],
    [None, "（二）现代服务", *[None] * 14],
    [3, "望江物流园", None, "续建", "仓库两栋", "望江公司", date(2023, 9, 1), 2.5, 0.5, 0.8, None, None, 0.8, "竣工投用", "区商务委", None],
    _HEADS[0],
    ["二", "城建民生类（2个）", None, None, None, None, None, 9.3, 1.1, 3.4, 0.5, 2.2, 0.7, None, None, None],
    [4, "滨江大道北延", None, "续建", "道路2.4公里", "城投公司", "2024年6月至2026年6月", 7.1, 1.1, 2.4, 0.2, 1.5, 0.7, "路基完成", "区交通局", None],
    [None, None, None, None, "含跨线桥1座", None, None, None, None, None, None, None, None, None, None, None],
    [5, "第二人民医院迁建", None, "前期", "床位500张", "区卫健委", "2025年四季度-2028", 2.2, None, 1, 0.3, 0.7, None, "完成可研", "区卫健委", None],
    ["注：投资为计划数，以下达为准。", *[None] * 15],
]  # fmt: skip
ANNUAL_MERGES: tuple[Merge, ...] = (
    (0, 0, 0, 15), *((2, column, 4, column) for column in (0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 14, 15)),
    (2, 9, 2, 12), (3, 9, 4, 9), (3, 10, 3, 12), (5, 0, 5, 6), (7, 1, 7, 15), (10, 1, 10, 15),
    *((14, column, 15, column) for column in (0, 1, 2, 3, 5, 6, 7)), (17, 0, 17, 15),
)  # fmt: skip

# A monthly dispatch list in 万元: three amounts of each project since January, the month in the title.
DISPATCH = [
    ["乙区重点项目调度表（2025年1—8月）", *[None] * 14],
    ["序号", "项目名称", "业主单位", "总投资\n（万元）", "2025年计划投资（万元）", "8月累计（万元）", None, None, "完成率", "当月完成投资（万元）",
     "是否纳统", "项目进展情况", "存在问题", "问题责任单位", "解决时限"],
    [None, None, None, None, None, "完成投资", "入统投资", "资金支付", None, None, None, None, None, None, None],
    ["甲", "乙", "丙", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    [1, "甲材碳纤维生产线", "甲材公司", "85,000", "30,000", "18,500", "17,200", "12,300", "61.7%", 2400, "是", "主体结构施工", "无", None, None],
    [2, "丙芯封装基地（一期）", "丙芯公司", 60500, 22500, 9100, 8800, 7000, "40.4%", 900, "已纳统", "二层浇筑", "蒸汽管线迁改未完成", "区城管局", "2025年10月底前"],
    [3, "滨江大道北延", "城投公司", 71000, 24000, 16000, "—", 15100, "66.7%", 2000, "未纳统", "路基完成80%", "/", None, None],
    ["合计", None, None, 216500, 76500, 43600, 26000, 34400, None, 5300, None, None, None, None, None],
]  # fmt: skip
DISPATCH_MERGES: tuple[Merge, ...] = (
    (0, 0, 0, 14), *((1, column, 2, column) for column in (0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 14)), (1, 5, 1, 7)
)  # fmt: skip

# An application for special bonds in 亿元, with what was applied for; applied is not granted.
BOND = [
    ["附件2", *[None] * 11],
    ["乙区2025年地方政府专项债券项目申报表", *[None] * 11],
    ["填报单位：乙区发展改革委", *[None] * 9, "金额单位：亿元", None],
    ["序号", "申报项目名称", "项目单位", "主管部门", "投向领域", "项目统一代码", "开工时间", "竣工时间", "总投资", "资金来源", None, "2025年专项债券需求"],
    [*[None] * 9, "资本金", "专项债券", None],
    [1, "城东污水处理厂二期", "水务公司", "区住建委", "生态环保", "2408-500199-04-01-654321", "2024年11月", "2026年12月", 3.6, 1.2, 2.4, 1.5],
    [2, "北部冷链物流中心", "物流公司", "区商务委", "城乡冷链", "2412-500199-04-01-111222", 45748, "2027.6", 2.05, 0.65, 1.4, 0.8],
]  # fmt: skip
BOND_MERGES: tuple[Merge, ...] = ((1, 0, 1, 11), *((3, column, 4, column) for column in (*range(9), 11)), (3, 9, 3, 10))
