"""DC803 A promise not spoken of again · 上年目标今年未提

Tests: every indicator that an earlier plan of the same place aims at, given with `--against`, against what this report speaks of.

Fails: the plan of 2025 aims at 城镇登记失业率控制在3.5%以内; the report of 2026 never names 城镇登记失业率.
Passes: it is named anywhere, in the text or in a table, under any of its names.
Tolerance: a name counts without its idle words (全区, 增速, 总额); an indicator of the catalog counts under all its names.
May be wrong: where a promise was renamed. It is a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng import pattern as re
from duheng.audit.comparison import Beside, Comparison
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.likewise import same_place
from duheng.plan import PlannedIndicator

_IDLE = re.compile(r"[\s“”\"（）()、，的]")


def check(draft: Draft, others: Sequence[Draft]) -> Iterator[Finding]:
    """Findings for indicators of an earlier plan that this report does not name."""
    text = _IDLE.sub("", draft.document.text)
    codes = {key.code for key in draft.keys.values()} | {each.code for each in draft.plan.indicators}
    cores = {key.name for key in draft.keys.values()}
    for earlier in others:
        if earlier.plan.year >= draft.plan.year or not same_place(draft, earlier):
            continue
        for indicator in earlier.plan.indicators:
            core = draft.naming.name(indicator.name).core
            named = _IDLE.sub("", indicator.name) in text or core in text or core in cores
            if not named and (indicator.code is None or indicator.code not in codes):
                yield _unspoken(indicator, earlier)


def _unspoken(indicator: PlannedIndicator, earlier: Draft) -> Finding:
    mention = indicator.mentions[0]
    target = indicator.target.text or indicator.target.shown()
    return Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(
            f"《{earlier.document.name}》提出的目标“{indicator.name} {target}”，本报告没有提及。请补写完成情况，或说明原因。",
            f"“{earlier.document.name}” set the target “{indicator.name} {target}”, which this report does not speak of. "
            "Say how it ended, or why it was dropped.",
        ),
        spots=(Spot(offset=mention.offset, end=mention.end, document=earlier.document.name),),
        sentence=mention.sentence,
    )


RULE = Comparison(
    code="DC803",
    name=("上年目标今年未提", "A promise not spoken of again"),
    severity=Severity.NOTE,
    beside=Beside.AGAINST,
    check=check,
    page=__doc__,
)
