"""The invented district's sixty projects, made anew from a seed: two lists as its office would keep them, and what befell them since.

`projects.csv` gives each project and the course it takes: on plan, ahead, behind, far behind, start missed, in reserve, done. The
months between are drawn. Money is in 万元. The district's last month is September 2026. Everything is simulated and says so.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

FIRST, LAST = (2024, 10), (2026, 9)  # the months reported: two years
PLAN_KNOWN, REPORT_KNOWN = date(2026, 1, 20), date(2026, 10, 10)
_PLANS = (2024, 2025, 2026)
_SPREAD = (3, 3, 7, 8, 9, 11, 9, 9, 11, 10, 10, 10)  # how a year's works are spread over its months, in %
_PACE = {"on": 1.0, "ahead": 1.12, "behind": 0.78, "far": 0.5, "missed": 0.0, "reserve": 0.0, "done": 1.0}
_SOURCES = {"自筹": "企业自筹", "贷款": "银行贷款", "中央预算内": "中央预算内", "专项债": "专项债券", "特别国债": "超长期特别国债",
            "市级补助": "市级以上补助", "本级": "本级财政"}  # fmt: skip
_PARTS = tuple(_SOURCES.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A project of the sample and the course it takes; `started` and `completed` are (year, month), None where that is to come."""

    number: int
    name: str
    group: str
    sector: str
    approval: str
    nature: str
    total: int  # 万元
    begins: tuple[int, int]
    ends: tuple[int, int]
    course: str
    place: str
    owner: str
    office: str
    sources: tuple[str, ...]
    bank: str
    public: bool
    delay: str
    started: tuple[int, int] | None
    completed: tuple[int, int] | None

    @property
    def code(self) -> str:
        """Its code, in the form of the national approval platform's."""
        year = _moved(self.begins, -9)[0]
        return f"{year}-500199-{self.number % 90 + 10}-0{self.number % 4 + 1}-{100000 + self.number * 7919 % 899999:06}"


def courses() -> list[Course]:
    """The sixty projects, in the order of their file."""
    rows = csv.DictReader(io.StringIO(files("duheng.sample").joinpath("projects.csv").read_text(encoding="utf-8")))
    return [_course(number, row) for number, row in enumerate(rows, 1)]


def annual_plan() -> str:
    """The list of the annual plan of 2026 as CSV: groups with their totals, each project's total, years and sources."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [
        "序号",
        "项目名称",
        "项目代码",
        "审批类型",
        "建设性质",
        "项目法人",
        "责任单位",
        "建设地点",
        "所属行业",
        "建设起止年限",
        "总投资",
    ]
    heads += [
        "截至2025年底累计完成投资",
        "2024年计划投资",
        "2025年计划投资",
        "2026年计划投资",
        *(f"其中：{part}" for part in _PARTS),
        "所属项目库",
    ]
    writer.writerow(["云川市澄岚区2026年区级重点项目计划（虚构，模拟数据）"])
    writer.writerow(["单位：万元"])
    writer.writerow(heads)
    found = courses()
    for place, group in enumerate(dict.fromkeys(each.group for each in found)):
        members = [each for each in found if each.group == group]
        sums = [sum(value or 0 for value in values) for values in zip(*(_amounts(each) for each in members), strict=True)]
        writer.writerow(
            ["一二三四五六"[place], f"{group}（{len(members)}个）", *[""] * 8, sum(each.total for each in members), *sums, ""]
        )
        for each in members:
            onset = "前期" if each.course == "reserve" else "新开工" if each.begins[0] == 2026 else "续建"
            span = f"{each.begins[0]}.{each.begins[1]}-{each.ends[0]}.{each.ends[1]}"
            told = [
                each.number,
                each.name,
                each.code,
                each.approval,
                onset,
                each.owner,
                each.office,
                each.place,
                each.sector,
                span,
            ]
            writer.writerow([*told, each.total, *_amounts(each), each.bank])
    return out.getvalue()


def dispatch(*, seed: int = 1) -> str:
    """The dispatch list to September 2026 as CSV: three amounts for each of 24 months, each since January; progress and problems."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    months = list(_months(FIRST, LAST))
    names = ("累计完成投资", "累计入统投资", "累计支付资金")
    writer.writerow(["云川市澄岚区2026年1-9月重点项目调度表（虚构，模拟数据）"])
    writer.writerow(["单位：万元"])
    heads = [
        "序号",
        "项目名称",
        "项目代码",
        *(f"{y}年{m}月" for y, m in months for _ in names),
        "是否纳统",
        "形象进度",
        "滞后原因",
        "存在问题",
    ]
    writer.writerow([*heads, "问题责任单位", "解决时限"])
    writer.writerow(["", "", "", *(name for _ in months for name in names), *[""] * 6])
    for each in courses():
        rng = random.Random(seed * 1000 + each.number)  # noqa: S311 -- an invented district
        done = reports(each, rng)
        amounts = ["" if done[month] is None else value for month in months for value in (done[month] or ("", "", ""))]
        writer.writerow([each.number, each.name, each.code, *amounts, *_words(each, done)])
    return out.getvalue()


def reports(each: Course, rng: random.Random) -> Mapping[tuple[int, int], tuple[int, int, int] | None]:
    """Works done, counted and paid, since January, in 万元, of each month of `FIRST` to `LAST`; None before the start."""
    found: dict[tuple[int, int], tuple[int, int, int] | None] = {}
    for year in _PLANS:
        plan, works = planned(each, year), 0.0
        counted = paid = 0.0
        for month in range(1, 13):
            if each.started and each.started <= (year, month) and (each.completed is None or (year, month) <= each.completed):
                step = plan * _share(each, year, month) * _PACE[each.course] * rng.uniform(0.85, 1.15)
                works += step
                counted += step * rng.uniform(0.8, 0.98)
                paid += step * rng.uniform(0.6, 0.9)
            if FIRST <= (year, month) <= LAST:
                live = each.started is not None and each.started <= (year, month)
                found[year, month] = (round(works), round(counted), round(paid)) if live else None
    return found


def planned(each: Course, year: int) -> int:
    """What a project is to invest in a year, in 万元: its total over the months of its construction, rounded to 100."""
    months = list(_months(each.begins, each.ends))
    share = sum(month[0] == year for month in months) / len(months)
    if each.course == "reserve" and year >= LAST[0]:
        return 0 if each.begins[0] > year else max(100, round(each.total * share / 500) * 100)
    return round(each.total * share / 100) * 100


def stages(each: Course) -> list[tuple[str, date, str]]:
    """The stages a project has reached: (stage, day, paper)."""
    year, month = _moved(each.begins, -9)
    kind = {"审批": "可行性研究报告批复", "核准": "核准批复", "备案": "企业投资项目备案证"}[each.approval]
    found = [("reserve", date(year, month, 12), f"澄发改〔{year}〕{each.number + 20}号 {kind}")]
    if each.started:
        begun = date(*each.started, 18)
        found.append(("started", begun, f"{each.name}开工令"))
        found.append(("under_construction", date(*_moved(each.started, 6), 6), ""))
    if each.completed:
        found.append(("completed", date(*each.completed, 26), f"{each.name}竣工验收报告"))
    return [row for row in found if row[1] <= REPORT_KNOWN]


def milestones(each: Course) -> list[tuple[str, date, date | None]]:
    """The steps of the works: (name, planned, done)."""
    names = ("施工许可", "主体开工", "主体完工", "竣工验收")
    length = len(list(_months(each.begins, each.ends)))
    late = {"behind": 2, "far": 4, "missed": 6}.get(each.course, 0)
    found = []
    for name, share in zip(names, (0.0, 0.1, 0.7, 1.0), strict=True):
        due = _moved(each.begins, int((length - 1) * share))
        actual = _moved(due, late if share else 0)
        finished = each.started is not None and actual <= LAST and (share < 1.0 or each.completed is not None)
        found.append((name, date(*due, 25), date(*actual, 22) if finished else None))
    return found


def gates(each: Course) -> list[tuple[str, date | None]]:
    """What must stand before the works begin: (gate, day it was met)."""
    met = 6 if each.started else 3 if each.course == "missed" else 2
    kinds = ("approval", "planning", "environment", "land", "funds", "permit")
    return [(kind, date(*_moved(each.begins, place - 7), 10) if place < met else None) for place, kind in enumerate(kinds)]


def _course(number: int, row: Mapping[str, str]) -> Course:
    begins = int(row["begins"][:4]), int(row["begins"][5:])
    ends, course = _moved(begins, int(row["months"]) - 1), row["course"]
    late = {"behind": 1, "far": 1}.get(course, 0)
    started = _moved(begins, late) if course not in ("missed", "reserve") else None
    return Course(
        number=number,
        name=row["name"],
        group=row["group"],
        sector=row["sector"],
        approval=row["approval"],
        nature=row["nature"],
        total=int(row["total"]),
        begins=begins,
        ends=ends,
        course=course,
        place=row["place"],
        owner=row["owner"],
        office=row["office"],
        sources=tuple(_SOURCES[part] for part in row["source"].split("+")),
        bank=row["bank"],
        public=row["public"] == "1",
        delay=row["delay"],
        started=started if started and started <= LAST else None,
        completed=ends if started and ends <= LAST and course in ("on", "ahead", "done") else None,
    )


def _amounts(each: Course) -> list[int | None]:
    """Of the annual plan: done before 2026, the plans of three years, this year's by source; None where there is nothing."""
    before = sum(planned(each, year) for year in (2023, 2024, 2025)) if each.started and each.started[0] < 2026 else 0
    plans = [planned(each, year) for year in _PLANS]
    parts = dict.fromkeys(_PARTS, 0)
    first, *rest = each.sources
    parts[first] = plans[-1] if not rest else round(plans[-1] * 0.6 / 100) * 100
    for other in rest:
        parts[other] = plans[-1] - parts[first]
    return [value or None for value in (min(before, each.total), *plans, *parts.values())]


def _words(each: Course, done: Mapping[tuple[int, int], tuple[int, int, int] | None]) -> Sequence[str]:
    """In the statistical library or not, progress, reason for delay, problem, whose, by when."""
    counted = "是" if each.started and each.course != "far" else "否"
    if each.completed:
        return (counted, "已竣工投用", "", "", "", "")
    if each.started is None:
        return (
            "否",
            "正在开展前期工作",
            each.delay,
            each.delay if each.course == "missed" else "",
            each.office if each.course == "missed" else "",
            "2026-11-30" if each.course == "missed" else "",
        )
    works = done[LAST]
    share = works[0] / max(1, planned(each, LAST[0])) if works else 0
    told = "主体结构施工" if share < 0.6 else "主体完工，正在进行安装"
    problem = each.delay if each.course == "far" else ""
    return (
        counted,
        told,
        each.delay,
        problem,
        "区规划自然资源局" if "地" in problem else each.office if problem else "",
        "2026-12-15" if problem else "",
    )


def _share(each: Course, year: int, month: int) -> float:
    """The share of a year's plan that falls into a month: of the months in which the project is built."""
    months = [m for y, m in _months(each.begins, each.ends) if y == year]
    return _SPREAD[month - 1] / sum(_SPREAD[m - 1] for m in months) if month in months else 0.0


def _months(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    place = first
    while place <= last:
        yield place
        place = _moved(place, 1)


def _moved(month: tuple[int, int], by: int) -> tuple[int, int]:
    year, rest = divmod(month[0] * 12 + month[1] - 1 + by, 12)
    return year, rest + 1
