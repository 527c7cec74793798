"""DC802 A target below that of the level above · 目标低于上级目标

Tests: rates that the plan aims at against those of the report of the level above for the same year, given with `--against`.

Fails: 市计划报告：地区生产总值增长5.5%左右。 区计划报告：地区生产总值增长5%左右。
Passes: 区计划报告：地区生产总值增长6%左右。
Tolerance: none; the numbers as printed, by the better direction of the indicator.
May be wrong: a lower target may be meant; it is a note, so that somebody has seen it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng.audit.comparison import Beside, Comparison
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.likewise import Topic, name_of, same_place, spot_in, topics
from duheng.plan import Polarity
from duheng.read import Claim, Measure, Role

_RATES = {Measure.GROWTH.value, Measure.SHARE.value, "fall"}


def check(draft: Draft, others: Sequence[Draft]) -> Iterator[Finding]:
    """Findings where a target falls short of that of a report of another area for the same year."""
    for above in others:
        if same_place(draft, above):
            continue
        theirs = topics(above)
        for topic, ours in topics(draft).items():
            if topic.known and topic.role is Role.TARGET and topic.measure in _RATES and topic in theirs:
                polarity = draft.naming.polarity(topic.what)
                if _short(ours[0], theirs[topic][0], polarity):
                    yield _below(topic, (draft, ours[0]), (above, theirs[topic][0]))


def _short(ours: Claim, theirs: Claim, polarity: Polarity) -> bool:
    if ours.unit != theirs.unit or polarity is Polarity.NEUTRAL:
        return False
    falls = ours.value < 0 and theirs.value < 0 and polarity is Polarity.HIGHER  # a fall is printed as its size
    mine, other = (abs(ours.value), abs(theirs.value)) if falls else (ours.value, theirs.value)
    if polarity is Polarity.LOWER:
        return mine > max(other, theirs.value2 or other)
    return max(mine, ours.value2 or mine) < other


def _below(topic: Topic, ours: tuple[Draft, Claim], above: tuple[Draft, Claim]) -> Finding:
    (draft, claim), (other, aim) = ours, above
    name = name_of(draft, topic)
    return Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(
            f"{name[0]}目标{claim.span}，不及《{other.document.name}》的{aim.span}。如为有意安排，可接受此提示。",
            f"The target for {name[1]}, {claim.span}, falls short of {aim.span} in “{other.document.name}”. "
            "If that is meant, accept this note.",
        ),
        spots=(spot_in(draft, claim, home=draft), spot_in(other, aim, home=draft)),
        sentence=claim.sentence,
        expected=(f"不低于 {aim.span}", f"no worse than {aim.span}"),
        found=(claim.span, claim.span),
    )


RULE = Comparison(
    code="DC802",
    name=("目标低于上级目标", "A target below that of the level above"),
    severity=Severity.NOTE,
    beside=Beside.AGAINST,
    check=check,
    page=__doc__,
)
