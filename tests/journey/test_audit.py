"""The night before the meeting, by the command alone: audit, accept, compare drafts, hand back the file with comments."""

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from tests.journey.conftest import environment

from duheng import read, sample


def duheng(*arguments: object, language: str = "zh", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", language, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment(), cwd=folder)


@pytest.mark.slow
def test_a_slip_is_found_commented_accepted_and_told_between_drafts(tmp_path):
    old, new = tmp_path / "一稿.docx", tmp_path / "二稿.docx"
    old.write_bytes(sample.report_path().read_bytes())
    opened = docx.Document(str(old))
    slip = next(p for p in opened.paragraphs if "新开工74个、续建112个" in p.text)
    for run in slip.runs:
        run.text = run.text.replace("新开工74个", "新开工47个")
    opened.save(str(new))
    assert "新开工47个" in read.open_document(new).text

    found = json.loads(duheng("audit", new, "--format", "json", "--select", "DA").stdout)["findings"]
    errors = [finding for finding in found if finding["severity"] == "error"]
    assert any("47个" in place["text"] for finding in errors for place in finding["places"])

    since = duheng("audit", new, "--since", old, "--select", "DC81", folder=tmp_path)
    assert since.returncode == 0
    assert since.stdout.rstrip().endswith("改动 1 个数、新增 0 个、删去 0 个。")
    assert "74个 → 47个" in since.stdout

    commented = tmp_path / "批注.docx"
    assert duheng("audit", new, "--format", "docx", "--output", commented, "--select", "DA").returncode == 1
    after = docx.Document(str(commented))
    assert [p.text for p in after.paragraphs] == [p.text for p in docx.Document(str(new)).paragraphs]
    assert len(list(after.comments)) >= len(errors)

    asked = [word for finding in errors for word in ("--accept", f"{finding['rule']}@{finding['offset']}")]
    assert duheng("audit", new, *asked, "--why", "续建口径调整", "--by", "李四").returncode == 0
    after = duheng("audit", new, "--select", "DA", "--explain")
    assert after.returncode == 0
    assert "续建口径调整（李四，" in after.stdout


def test_a_file_that_cannot_be_read_gets_one_clear_line_and_code_two(tmp_path):
    broken = tmp_path / "坏.docx"
    broken.write_bytes(sample.report_path().read_bytes()[:5000])
    ran = duheng("audit", broken, language="en")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("坏.docx cannot be opened")
    assert len(ran.stderr.splitlines()) == 1
