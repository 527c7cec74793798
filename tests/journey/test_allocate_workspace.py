"""The same question asked of a workspace: its projects and pools make the problem."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.journey.conftest import environment
from tests.journey.test_allocate import duheng

FILL = """
import sys
from datetime import UTC, date, datetime
from duheng.site import settings, workspace
settings.prepare(workspace.make(sys.argv[1], sign_in=False))
from duheng.site.access import By, Role
from duheng.site.actions import funds
from duheng.site.records.models import PoolGate, PoolProject
at, by = datetime(2026, 11, 1, tzinfo=UTC), By(name="周", role=Role.EDITOR)
for code, total in (("A", 300), ("B", 900)):
    row = PoolProject.objects.create(
        position=1, code=code, name=code + "路", sector="交通", stage="reserve", total=total * 10**6,
        begins=date(2027, 1, 1), ends=date(2027, 12, 31),
    )
    PoolGate.objects.create(project=row, kind="approval", met=date(2026, 1, 1), at=at, by="周")
pool = funds.PoolFacts(code="QJ", name="区级政府投资", kind="own_budget", amounts={2027: 400 * 10**6})
funds.put_pool(by=by, at=at, facts=pool)
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("w")
    subprocess.run([sys.executable, "-c", FILL, str(folder)], check=True, env=environment())
    return folder


def test_the_projects_and_pools_of_a_workspace_make_the_problem(workspace):
    done = duheng("--workspace", workspace, "--years", "2027-2028", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["selected"] == [{"project": "A", "start": 2027}]
    assert told["payments"] == [{"project": "A", "fund": "QJ", "year": 2027, "amount": 300}]
    assert [each["project"] for each in told["unfunded"]] == ["B"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--years", "soon"], "不是年份"),
        (["--years", "2028-2027"], "不是年份"),
        (["problem.json"], "请只指定一个"),
    ],
)
def test_what_cannot_be_asked_is_told_with_exit_code_2(workspace, words, said):
    done = duheng("--workspace", workspace, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_workspace_is_told(tmp_path):
    done = duheng("--workspace", tmp_path)
    assert done.returncode == 2
    assert "duheng init" in done.stderr
