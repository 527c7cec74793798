"""DP704 An indicator without last year's result · 没有给出上年结果的指标

Tests: the indicators of the plan's table against the results that the report gives; those of which it says nothing.

Fails: 金融业增加值增速 with a target of 3 and no result of last year anywhere (one note for all of them)
Passes: 森林覆盖率 55, with 森林覆盖率达55% in the part on last year
Tolerance: none; a result told as a level does not stand for a growth.
May be wrong: where the report gives the result under a name that the catalog does not know; targets set by a superior are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.rule import Rule
from duheng.plan import Assigned, PlannedIndicator

_NAMED = 8  # indicators that the message names; all are marked


def check(draft: Draft) -> Iterator[Finding]:
    """One note for all the indicators of which the report tells no result."""
    rows = [each for each in draft.plan.indicators if each.row is not None and not isinstance(each.target, Assigned)]
    silent = [each for each in rows if each.actual is None]
    if silent:
        yield _silent(silent, len(rows))


def _silent(silent: Sequence[PlannedIndicator], rows: int) -> Finding:
    names = "、".join(each.name for each in silent[:_NAMED])
    more = ("等", " …") if len(silent) > _NAMED else ("", "")
    return Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(
            f"表中{rows}项指标有{len(silent)}项在报告中找不到上年结果：{names}{more[0]}。",
            f"Of {rows} indicators in the table, {len(silent)} have no result of last year in the report: {names}{more[1]}.",
        ),
        spots=tuple(Spot(offset=each.mentions[0].offset, end=each.mentions[0].end) for each in silent),
        sentence=silent[0].mentions[0].sentence,
    )


RULE = Rule(
    code="DP704",
    name=("没有给出上年结果的指标", "An indicator without last year's result"),
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
