"""The invented district's graded items (八张报表), four quarters of them: `python -m duheng.sample.graded > graded_items.csv`.

Eight reports with their items; each has a rank among thirty-eight invented districts and the grade that the invented city gave it.
Nothing of it is real.
"""

from __future__ import annotations

import csv
import io
import random
import sys

REPORTS: dict[str, tuple[str, str]] = {  # report: its office, and its items
    "党建": ("组织部", "基层党组织建设 干部队伍建设 人才引进 党风廉政 两新组织覆盖 阵地建设 学习教育"),
    "经济": (
        "发展改革委",
        "地区生产总值增速 工业增加值增速 固定资产投资 社会消费品零售 外贸进出口 一般公共预算收入 招商引资到位 经营主体培育",
    ),
    "平安": ("政法委", "信访化解 安全生产 社会治安 反诈防范 食品药品安全 矛盾调处 应急处置"),
    "改革": ("改革办", "营商环境 国资国企改革 要素市场化 行政审批提速 农村改革 数字政府 试点示范"),
    "创新": ("科技局", "研发投入强度 高新技术企业 科技成果转化 专利拥有量 孵化载体 科技型中小企业 产学研合作"),
    "生态": ("生态环境局", "空气质量 水环境质量 土壤管控 污水处理 垃圾分类 绿化覆盖 能耗强度"),
    "文化": ("文化旅游委", "公共文化服务 文物保护 文明创建 旅游收入 文化产业 全民阅读 体育设施"),
    "民生": ("人力社保局", "城镇新增就业 居民收入 义务教育 医疗服务 养老托育 住房保障 社会救助 普惠金融"),
}
PERIODS = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
BEST = (29, 31, 34, 37)  # items at grade A in each quarter
_OF, _A, _B = 38, 13, 26  # districts ranked, and the last rank of each grade
_SECOND = 15  # items at grade B


def items(*, seed: int = 3) -> str:
    """The items as CSV; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 -- made-up data
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("报表", "事项", "时期", "等次", "位次", "参评数", "牵头单位"))
    every = [(report, item, office) for report, (office, named) in REPORTS.items() for item in named.split()]
    strength = {item: chance.gauss(0, 1) for _, item, _ in every}
    for period, best in zip(PERIODS, BEST, strict=True):
        now = sorted(every, key=lambda one: -(strength[one[1]] + chance.gauss(0, 0.5)))
        grades = {item: "A" if place < best else "B" if place < best + _SECOND else "C" for place, (_, item, _) in enumerate(now)}
        for report, item, office in every:
            low, high = {"A": (1, _A), "B": (_A + 1, _B), "C": (_B + 1, _OF)}[grades[item]]
            writer.writerow((report, item, period, grades[item], chance.randint(low, high), _OF, office))
    return out.getvalue()


if __name__ == "__main__":
    sys.stdout.write(items())
