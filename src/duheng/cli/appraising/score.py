"""`duheng appraise score`: composite scores and how sure their ranks are."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from duheng.cli import output as output_
from duheng.cli.appraising.giving import give, plain, table
from duheng.cli.language import say
from duheng.errors import AppraiseError

if TYPE_CHECKING:
    from duheng.appraise import Composite, Uncertainty

_OUTPUT = typer.Option(None, help=say("写入文件，而不是屏幕", "Write to this file instead of the screen"), show_default=False)
_STAGES = (
    "raw",
    "denominated",
    "imputed",
    "treated",
    "normalised",
    "aggregated",
)  # appraise.STAGES; its room is loaded when needed
_SEED = typer.Option(1, min=0, help=say("随机种子，相同则结果相同", "Seed of the draws; the same gives the same"))


class Form(StrEnum):
    """How scores are printed."""

    CSV = "csv"
    JSON = "json"


def score(
    spec: Path = typer.Argument(help=say("方案文件（YAML）", "Specification (YAML)"), show_default=False),
    *,
    form: Form = typer.Option(Form.CSV, "--format", help=say("输出格式", "How to print it")),
    stage: str = typer.Option(
        "", help=say(f"只输出某一步的数值：{'、'.join(_STAGES)}", f"Values of one stage: {', '.join(_STAGES)}")
    ),
    draws: int = typer.Option(
        0, "--uncertainty", help=say("抽样次数，给出名次区间与敏感性", "How many draws for bands of ranks and sensitivity")
    ),
    seed: int = _SEED,
    output: Path = _OUTPUT,
) -> None:
    """Work out a composite score from its specification."""
    from duheng import appraise

    if stage and stage not in appraise.STAGES:
        raise AppraiseError(
            reason=f"There is no stage “{stage}”; use one of {', '.join(appraise.STAGES)}.",
            reason_zh=f"没有“{stage}”这一步，可用：{'、'.join(appraise.STAGES)}。",
        )
    file = appraise.CompositeFile.open(spec)
    output_.check(output, [spec, *(source.path for source in file.sources)])
    made = appraise.composite(file.spec, file.units())
    _tell_left_out(made)
    unsure = appraise.uncertainty(made, draws=draws, seed=seed) if draws else None
    if unsure:
        _tell_sensitivity(unsure)
    if form is Form.JSON:
        give(plain(appraise.composite_plain(made, unsure)), output)
    else:
        give(table(appraise.stage_rows(made, stage) if stage else appraise.composite_rows(made, unsure)), output)


def _tell_sensitivity(unsure: Uncertainty) -> None:
    """What the shifts in rank are owed to, beside the table."""
    words = {
        "imputation": ("插补", "imputation"),
        "treatment": ("异常值处理", "outlier treatment"),
        "normalisation": ("归一化", "normalisation"),
        "aggregation": ("汇总方法", "aggregation"),
        "weights": ("权重", "weights"),
        "leave_out": ("去掉一项指标", "an indicator left out"),
    }
    told = say("、", ", ").join(
        f"{say(*words[factor])} {max(0.0, unsure.first_order[factor]):.0%}/{unsure.total[factor]:.0%}"
        for factor in unsure.choices.factors
    )
    typer.echo(
        say(
            f"{unsure.draws} 次抽样，名次平均变动 {unsure.shift:.1f} 位；变动的来源（单独/含交互）：{told}。",
            f"Over {unsure.draws} draws a rank moves by {unsure.shift:.1f} on average; owed to (alone / with interactions): {told}.",
        ),
        err=True,
    )


def _tell_left_out(made: Composite) -> None:
    if made.left_out:
        few = ", ".join(list(made.left_out)[:10])
        count = len(made.left_out)
        typer.echo(
            say(f"数据不足、未参评的有 {count} 个：{few}。", f"{count} units do not have enough data and take no part: {few}."),
            err=True,
        )
