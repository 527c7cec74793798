"""Chinese and English stand side by side in the source, and the checks know it."""

import subprocess
import sys

from tests.architecture.source import ROOT

CODE = '''"""约束性指标（共33项）：必须完成，见“四个一批”。

A binding indicator，as the report prints it；完成率≥100％。
"""

MARK = "，。；：！？（）【】《》“”‘’、…—～％‰＋－×／０１２３４５６７８９"
'''


def test_full_width_marks_are_no_error():
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "--stdin-filename", "src/duheng/plan/example.py", "-"]
    done = subprocess.run(command, input=CODE, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
