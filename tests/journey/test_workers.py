"""Two servers on one workspace: a job is run once, whoever gets it, and one report imported twice at once is one plan."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.journey.conftest import environment

REPORT = """关于甲市乙区{year}年国民经济和社会发展计划草案的报告

{year}年主要预期目标：地区生产总值增长6%以上，城镇新增就业1万人以上。
"""
ASK = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from duheng.site import settings, workspace
settings.prepare(workspace.find(sys.argv[1]))
from duheng.site.access import By, Role
from duheng.site.actions import import_jobs
by = By(name="吴编", role=Role.EDITOR)
for path in sys.argv[2:]:
    import_jobs.ask(by=by, at=datetime.now(UTC), files=[(Path(path).name, Path(path).read_bytes())])
"""
LOOK = """
import json, sys
from duheng.site import settings, workspace
settings.prepare(workspace.find(sys.argv[1]))
from django_tasks_db.models import DBTaskResult
from duheng.site.records.models import Event, ImportJob
print(json.dumps({
    "states": sorted(ImportJob.objects.values_list("state", flat=True)),
    "tries": sorted(len(task.worker_ids) for task in DBTaskResult.objects.all()),
    "imports": Event.objects.filter(kind="plan.import").count(),
}))
"""


def python(code: str, *arguments: object) -> str:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout


def worker(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "duheng.site.jobs.worker", str(os.getpid())]
    return subprocess.Popen(command, env=environment() | {"DUHENG_WORKSPACE": str(folder)})


pytestmark = pytest.mark.long


def test_no_job_is_run_twice_by_two_workers(tmp_path):
    reports = [tmp_path / f"{year}.txt" for year in range(2020, 2028)]
    for path in reports:
        path.write_text(REPORT.format(year=path.stem), "utf-8")
    subprocess.run([sys.executable, "-m", "duheng.cli.main", "init", tmp_path / "w"], check=True, env=environment())
    python(ASK, tmp_path / "w", *reports)
    workers = [worker(tmp_path / "w"), worker(tmp_path / "w")]
    done = {"states": ["done"] * 8, "tries": [1] * 8, "imports": 8}
    try:
        begin = time.monotonic()
        while (seen := json.loads(python(LOOK, tmp_path / "w"))) != done and time.monotonic() - begin < 120:
            time.sleep(1)
    finally:
        for process in workers:
            process.terminate()
            process.wait(timeout=30)
    assert seen == done
    assert [process.returncode for process in workers] == [0, 0]
    assert list((tmp_path / "w" / "workers").iterdir()) == []


def test_the_same_report_imported_twice_at_once_is_one_plan(tmp_path):
    report = tmp_path / "报告.txt"
    report.write_text(REPORT.format(year=2026), "utf-8")
    command = [sys.executable, "-m", "duheng.cli.main", "init", tmp_path / "w", "--from", report]
    both = [subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) for _ in range(2)]
    told = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert '"imports": 1' in python(LOOK, tmp_path / "w")
