"""How long a search takes over many projects and many sentences: writes its part of docs/scale.md.

    make bench            or    .venv/bin/python benchmarks/search.py

The names and sentences are invented. Each query is timed through the whole site, as the part sent while one types
and as a page.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import page

_PROJECTS, _DOCUMENTS, _SENTENCES = 5000, 100, 500
_RUNS = 15
_QUERIES = ("产业园", "东湖路 改造", "dhl", "gongcheng", "增长", "不存在的词", "P0042")
_PLACES = "东湖 西山 南岭 北塘 青石 白马 长桥 新河 红星 松台 望江 云岭 桂林 梅园 柳溪 竹海".split()
_THINGS = "路 大道 片区 产业园 学校 医院 水库 河道 市场 小区 广场 管网 桥 中心 公园 厂房".split()
_WORKS = "改造工程 扩建项目 新建项目 综合整治 提升工程 一期 二期 配套设施".split()
_WHAT = "工业增加值 固定资产投资 社会消费品零售总额 新增就业 财政收入 绿地面积 空气质量 进出口 研发投入".split()
_MOVES = "增长 下降 达到 突破 完成 实现".split()


def main() -> None:
    """Fill a workspace, ask, and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        client = _filled(Path(folder))
        rows = [_row(client, query) for query in _QUERIES]
    page.write("scale", "search", _HEAD + "\n".join(rows))


_HEAD = f"""{_PROJECTS:,} projects and {_DOCUMENTS} documents of {_SENTENCES} sentences each (invented), in SQLite; median of {_RUNS}:
milliseconds of the processor for the whole answer (so that other work on the machine does not count), while typing and as a page.

| query | found | while typing, ms | page, ms |
|---|--:|--:|--:|
"""


def _row(client, query: str) -> str:
    from duheng.site.queries import living_plan, search

    typed = _median(lambda: client.get("/search", {"q": query}, headers={"HX-Request": "true"}))
    full = _median(lambda: client.get("/search", {"q": query}))
    total = search.find(query, plan=living_plan.current(), language="zh", limit=10).total
    return f"| {query} | {total:,} | {1000 * typed:.0f} | {1000 * full:.0f} |"


def _median(ask) -> float:
    times = []
    for _ in range(_RUNS):
        start = time.process_time()
        assert ask().status_code == 200
        times.append(time.process_time() - start)
    return statistics.median(times)


def _filled(folder: Path):
    from duheng.site import settings, workspace

    opened = workspace.make(folder, office="", sign_in=False, sample=True)
    settings.prepare(opened)
    from django.test import Client

    _store()
    return Client(headers={"Host": "127.0.0.1"})


def _store() -> None:
    from django.db import transaction

    from duheng.site.actions import searching
    from duheng.site.records.models import Document, Plan, Project

    at, chance = datetime(2026, 1, 15, tzinfo=UTC), random.Random(7)  # noqa: S311 -- invented names
    with transaction.atomic():
        plan = Plan.objects.create(
            title="虚构计划", area="虚构区", year=2026, fingerprint="x", imported_at=at, imported_by="bench"
        )
        Project.objects.bulk_create(
            Project(plan=plan, position=n, code=f"P{n:04d}", name=_name(chance), aliases=[], stage="unknown")
            for n in range(_PROJECTS)
        )
        documents = [_document(number, at, chance) for number in range(_DOCUMENTS)]
        searching.enter_plan(plan, Document.objects.bulk_create(documents))


def _name(chance: random.Random) -> str:
    return f"{chance.choice(_PLACES)}{chance.choice(_THINGS)}{chance.choice(_PLACES)}段{chance.choice(_WORKS)}"


def _document(number: int, at: datetime, chance: random.Random):
    from duheng.site.records.models import Document

    sentences = [_sentence(chance) for _ in range(_SENTENCES)]
    text = "".join(sentences)
    return Document(
        name=f"虚构报告{number}.txt",
        format="txt",
        digest=f"{number:064d}",
        size=len(text),
        text=text,
        body={"blocks": [[0, len(text), "paragraph", None, None, None]], "tables": [], "boxes": [], "sections": []},
        imported_at=at,
        imported_by="bench",
    )


def _sentence(chance: random.Random) -> str:
    parts = [f"{chance.choice(_WHAT)}{chance.choice(_MOVES)}{chance.randint(10, 999) / 10}%" for _ in range(3)]
    return f"{chance.choice(_PLACES)}片区{'，'.join(parts)}，推进{_name(chance)}等一批重点任务落地见效。"


if __name__ == "__main__":
    sys.exit(main())
