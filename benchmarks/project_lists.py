"""How long lists of projects take into a workspace: 5,000 generated ones, a month told of each, and a real city's 2,010.

    make bench            or    .venv/bin/python benchmarks/project_lists.py

The generated list is drawn from a fixed seed and written as .xlsx, with groups and totals as an office keeps it. Each load is a
process of its own, from nothing to the end of the command. The real list is used where DUHENG_TRUTH names a folder with it.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import page
import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
PROJECTS = 5000
_SEED = 20260120
_COMMAND = [sys.executable, "-m", "duheng.cli.main", "--lang", "en"]
_PLACES = [
    f"{first}{last}"
    for first in "东西南北中松柏竹兰桂青石金白云"
    for last in ("山镇", "溪镇", "桥街道", "湾街道", "岭乡", "泉街道")
]
_WHATS = (
    "污水处理厂", "标准厂房", "农村公路", "老旧小区改造", "中学", "水库除险加固", "产业园", "冷链物流中心", "卫生院", "变电站",
    "雨污管网", "高标准农田",
)  # fmt: skip
_FIRMS = [
    f"{first}{last}公司" for first in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳" for last in ("城投", "建设", "水务", "交投", "实业")
]
_GROUPS = ("产业升级类", "城乡建设类", "社会民生类", "生态环保类", "数字安全类", "交通能源类")
_HEADS = (
    "序号", "项目名称", "项目代码", "建设性质", "项目法人", "责任单位", "建设地点", "建设起止年限", "总投资", "2026年计划投资",
    "其中：中央预算内", "专项债券", "企业自筹",
)  # fmt: skip


def main() -> None:
    """Make the lists, load them, undo nothing, and write what it took."""
    with tempfile.TemporaryDirectory() as folder:
        annual, monthly = Path(folder, "annual.xlsx"), Path(folder, "monthly.xlsx")
        rows = list(generated())
        write_annual(annual, rows)
        write_monthly(monthly, rows)
        workspace = Path(folder, "w")
        subprocess.run([*_COMMAND, "init", workspace], check=True, stdout=subprocess.DEVNULL)
        told = [
            _row(f"{PROJECTS:,} projects of an annual plan, new", annual, workspace),
            _row("the same file again", annual, workspace),
            _row(f"a month's three amounts of {PROJECTS:,} projects", monthly, workspace),
        ]
        real = Path(os.environ.get("DUHENG_TRUTH", ""), "data/projects/nyc_projects_multiyear.csv")
        if "DUHENG_TRUTH" in os.environ and real.exists():
            mapping = ROOT / "docs" / "mappings" / "nyc_projects_multiyear.yml"
            told.append(_row("a real city's 2,010 projects, five years by fund", real, workspace, "--map", mapping))
    page.write("scale", "lists", _HEAD.format(load=os.getloadavg()[0]) + "\n".join(told))


_HEAD = f"""Lists of projects into the pool on SQLite, the whole command: read, checked, groups held to their totals, likely pairs looked
for among all projects, and every project's standing worked out. Processor is what the command itself computes. The list of
{PROJECTS:,} is generated (seed {_SEED}). Other work ran on the two cores: the load was {{load:.1f}} at the end.

| what | seconds | of them processor |
|---|--:|--:|
"""


def generated(count: int = PROJECTS) -> list[tuple[object, ...]]:
    """Rows of a generated annual plan: group, name, code, nature, owner, office, place, years, total, plan, three sources (万元)."""
    chance = random.Random(_SEED)  # noqa: S311 — simulated projects
    found: list[tuple[object, ...]] = []
    for number in range(count):
        place, what = chance.choice(_PLACES), chance.choice(_WHATS)
        own = "".join(chance.choice("安宁兴盛和顺丰泰祥瑞康达永昌新源") for _ in range(2))
        total = round(chance.lognormvariate(9, 1)) + 500
        begins = chance.choice((2023, 2024, 2025, 2026))
        plan = round(total / chance.choice((2, 3, 4)))
        central, bond = round(plan * 0.1), round(plan * 0.3)
        nature = "新开工" if begins == 2026 else "续建"
        code = f"{begins - 1}-500199-{number % 90 + 10}-01-{100000 + number:06}"
        span = f"{begins}-{begins + chance.randint(1, 3)}"
        named = (_GROUPS[number * len(_GROUPS) // count], f"{place}{own}{what}项目", code, nature, chance.choice(_FIRMS))
        found.append((*named, "区发展改革委", place, span, total, plan, central, bond, plan - central - bond))
    return found


def write_annual(path: Path, rows: list[tuple[object, ...]]) -> None:
    """The annual plan as a workbook, with a row for each group and its totals."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("计划")
        sheet.write_row(0, 0, ["某区2026年重点项目计划（模拟）"])
        sheet.write_row(1, 0, ["单位：万元"])
        sheet.write_row(2, 0, _HEADS)
        at, number = 3, 0
        for group in _GROUPS:
            mine = [row for row in rows if row[0] == group]
            sums = [sum(int(str(row[column])) for row in mine) for column in range(8, 13)]
            sheet.write_row(at, 0, ["", f"{group}（{len(mine)}个）", *[""] * 6, *sums])
            at += 1
            for row in mine:
                number += 1
                sheet.write_row(at, 0, [number, *row[1:]])
                at += 1


def write_monthly(path: Path, rows: list[tuple[object, ...]]) -> None:
    """A dispatch list of March with three amounts of each project."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("调度")
        sheet.write_row(0, 0, ["某区2026年1-3月重点项目调度表（模拟）"])
        sheet.write_row(
            1, 0, ["序号", "项目名称", "项目代码", "完成投资（万元）", "入统投资（万元）", "资金支付（万元）", "形象进度"]
        )
        for number, row in enumerate(rows, 1):
            done = round(int(str(row[9])) * 0.2)
            sheet.write_row(number + 1, 0, [number, row[1], row[2], done, round(done * 0.9), round(done * 0.7), "主体施工"])


def _row(what: str, file: Path, workspace: Path, *options: object) -> str:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        list(map(str, [*_COMMAND, "load", "--projects", file, "--workspace", workspace, *options])),
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{what}: {seconds:.1f} s; {done.stdout.splitlines()[0]}")
    return f"| {what} | {seconds:.1f} | {processor:.1f} |"


if __name__ == "__main__":
    main()
