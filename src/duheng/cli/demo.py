"""`duheng demo`: the sample district's plan, imported from its report and served without signing in."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import typer

from duheng.cli.init import import_files
from duheng.cli.language import say
from duheng.site import settings
from duheng.site import workspace as workspaces

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def demo(
    folder: Path = typer.Option(Path("demo"), "--dir", help=say("样例工作区的文件夹", "Folder of the sample workspace")),
    port: int = typer.Option(8000, min=1, max=65535, help=say("端口；被占用则用下一个", "Port; the next free one if taken")),
) -> None:
    """Serve the sample district without signing in, until Ctrl-C."""
    workspace = workspaces.make(folder, sign_in=False, sample=True)
    settings.prepare(workspace)
    from duheng.site.queries import living_plan
    from duheng.site.server import free_port, run

    if living_plan.current() is None:
        typer.echo(say("正在导入样例报告……", "Importing the sample report …"), err=True)
        with resources.as_file(resources.files("duheng.sample")) as here:
            import_files([here / "report.docx", here / "annex.xlsx"], by_name="duheng", quiet=True)
    _take_figures_in()
    _take_projects_in()
    _take_appraisals_in()
    run(workspace, host="127.0.0.1", port=free_port("127.0.0.1", port), ready=lambda url: typer.echo(url))


def _take_figures_in() -> None:
    """The sample district's simulated figures; where they are in already, nothing changes."""
    from datetime import UTC, date, datetime

    from duheng.collect import Given, Status
    from duheng.sample import simulate
    from duheng.site.access import By, Role
    from duheng.site.actions import intake

    sent = intake.Sent(name="simulated.csv", data=simulate.figures().encode())
    given = Given(vintage=date(simulate.LAST[0], simulate.LAST[1], 1), status=Status.SIMULATED)
    intake.take_file(
        by=By(name="duheng", role=Role.ADMINISTRATOR), at=datetime.now(UTC), sent=sent, request=intake.Request(given=given)
    )


def _take_appraisals_in() -> None:
    """The sample district's simulated sheets to be appraised; where they are in already, nothing changes."""
    from datetime import UTC, datetime

    from duheng.site.access import By, Role
    from duheng.site.actions import appraisal_sample

    appraisal_sample.take_in(by=By(name="duheng", role=Role.ADMINISTRATOR), at=datetime.now(UTC))


def _take_projects_in() -> None:
    """The sample district's sixty projects and its money; where they are in already, nothing changes."""
    from datetime import UTC, datetime

    from duheng.site.access import By, Role
    from duheng.site.actions import fund_sample, pool_sample

    by, at = By(name="duheng", role=Role.ADMINISTRATOR), datetime.now(UTC)
    pool_sample.take_in(by=by, at=at)
    fund_sample.take_in(by=by, at=at)
