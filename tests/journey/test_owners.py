"""A division of tasks loaded by the command, and the target breakdown written and loaded again."""

import pytest
from tests.journey.test_workspace import REPORT, duheng

pytestmark = pytest.mark.long
SHEET = """序号,目标任务,牵头单位,配合单位,完成时限
1,地区生产总值,区统计局,"区发展改革委、区财政局",2026年12月
2,城镇新增就业,区人力社保局,,
3,举办运动会,区体育局,,
"""


@pytest.fixture
def workspace(tmp_path):
    report = tmp_path / "报告.txt"
    report.write_text(REPORT, "utf-8")
    assert duheng("init", tmp_path / "工作区", "--from", report).returncode == 0
    return tmp_path / "工作区"


def test_a_sheet_is_tried_loaded_exported_and_loaded_again(workspace, tmp_path):
    sheet = tmp_path / "分工.csv"
    sheet.write_text(SHEET, "gb18030")
    tried = duheng("owners", sheet, "--workspace", workspace, "--dry-run")
    assert tried.returncode == 1
    assert "未匹配" in tried.stdout
    assert "举办运动会" in tried.stdout
    assert "已导入" not in tried.stdout
    loaded = duheng("owners", sheet, "--workspace", workspace)
    assert (loaded.returncode, "已导入：2 项。" in loaded.stdout) == (1, True)
    assert "区统计局\t1\t0\t0" in duheng("owners", "--workspace", workspace).stdout.replace("\n统计局", "\n区统计局")
    written = tmp_path / "目标分解表.xlsx"
    assert duheng("owners", "--workspace", workspace, "--output", written).returncode == 0
    again = duheng("owners", written, "--workspace", workspace)
    assert (again.returncode, again.stderr) == (0, "")
    assert "已导入" not in again.stdout
    assert "无变化 2" in again.stdout


def test_a_file_that_is_no_sheet_is_refused_with_the_remedy(workspace, tmp_path):
    letter = tmp_path / "信.txt"
    letter.write_text("各位同志：\n请按时报送。\n", "utf-8")
    answer = duheng("owners", letter, "--workspace", workspace)
    assert answer.returncode == 2
    assert "信.txt" in answer.stderr
    assert "表头" in answer.stderr
    assert duheng("owners", tmp_path / "没有.xlsx", "--workspace", workspace).returncode == 2
