"""Values taken plainly are the values that Typer's own checks give, and what is wrong is told in Typer's words."""

import contextlib
import io
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest
import typer

from duheng.cli.plain import take_plainly


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def _command(got: list[object]) -> typer.core.TyperCommand:
    app = typer.Typer(add_completion=False)

    @app.command()
    def paint(
        *,
        files: list[Path] = typer.Argument(),
        beside: list[Path] = typer.Option([]),
        since: Path = typer.Option(None),
        colour: Colour = typer.Option(Colour.RED),
        only: list[str] = typer.Option([]),
        by: str = typer.Option(""),
        times: int = typer.Option(2),
        share: float = typer.Option(None),
        wet: bool = typer.Option(False, "--wet"),
    ) -> None:
        got.append((files, beside, since, colour, only, by, times, share, wet))

    return typer.main.get_command(app)


def _run(arguments: list[str], *, plainly: bool) -> tuple[object, str, list[object]]:
    got: list[object] = []
    command = _command(got)
    if plainly:
        take_plainly(command)
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        try:
            command.main(arguments, prog_name="paint")
        except SystemExit as end:
            return end.code, told.getvalue(), got
    return 0, told.getvalue(), got


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.txt"],
        ["a.txt", "b c.txt", "--beside", "d", "--beside", "e"],
        ["a", "--since", "", "--by", "", "--only", "DA", "--only", "DT,DU"],
        ["a", "--colour", "blue", "--times", "3", "--share", "0.5", "--wet"],
        ["a", "--colour", "green"],
        ["a", "--times", "many"],
        ["a", "--share", "half"],
        ["a", "--since"],
        ["a", "--unheard-of"],
        [],
        ["--help"],
    ],
)
def test_plain_values_are_the_same(arguments: list[str]):
    assert _run(arguments, plainly=True) == _run(arguments, plainly=False)


def test_plain_values_need_no_pydantic(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("2025年，地区生产总值增长6%以上。", encoding="utf-8")
    run = (
        f"import sys; sys.argv = ['duheng', '--lang', 'en', 'audit', {str(report)!r}, '--format', 'json', '--select', 'DA']\n"
        "from duheng.cli.main import app\n"
        "try: app()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('pydantic', 'rich')])"
    )
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["audit", "no such file"], 2), (["audit", "--bad"], 2)])
def test_a_process_that_ends_at_once_has_said_everything(arguments: list[str], code: int):
    done = subprocess.run([sys.executable, "-m", "duheng.cli.main", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout + done.stderr


def test_output_that_cannot_be_written_is_no_success():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "duheng.cli.main", "--version"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode != 0
