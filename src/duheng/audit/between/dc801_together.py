"""DC801 One thing in several documents · 各报告之间的同一数据

Tests: the same indicator, measure and period in reports that go to one meeting (government work report, plan report, budget
report, bulletin), given with `--together`. Somewhere in each, one number must be able to be the others'.

Fails: 政府工作报告：地区生产总值达到562.4亿元。 计划报告：地区生产总值526.4亿元。
Passes: 政府工作报告：地区生产总值突破560亿元。 计划报告：地区生产总值562.4亿元。
Tolerance: the rounding of the printed digits, and what 突破, 以上, 约 leave open.
May be wrong: where one document speaks of a narrower scope without saying so. A name that the catalog does not know gives a
warning only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from duheng.audit.apart import apart
from duheng.audit.comparison import Beside, Comparison
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.likewise import Topic, agree, falls, name_of, same_place, spot_in, topics
from duheng.read import Claim


def check(draft: Draft, others: Sequence[Draft]) -> Iterator[Finding]:
    """Findings where documents of one place state one thing with numbers that cannot be one."""
    drafts = [draft, *(other for other in others if same_place(draft, other))]
    said = [topics(each) for each in drafts]
    for topic in dict.fromkeys(topic for each in said for topic in each):
        stated = [(each, claims[topic]) for each, claims in zip(drafts, said, strict=True) if topic in claims]
        sizes = falls(draft, topic)
        two = [(a[0], b[0]) for (_, a), (_, b) in combinations(stated, 2) if not agree(a, b, falls=sizes)]
        if two:
            yield _differs(topic, stated, two[0], draft)


def _differs(topic: Topic, stated: Sequence[tuple[Draft, list[Claim]]], two: tuple[Claim, Claim], home: Draft) -> Finding:
    name = name_of(home, topic)
    year = f"{topic.period}年" if topic.period.isdecimal() else topic.period
    firsts = [(draft, claims[0]) for draft, claims in stated]
    one, other = apart(*((claim.value, claim.span) for claim in two))
    said = {id(claim): words for claim, words in zip(two, (one, other), strict=True)}
    zh = "；".join(f"《{draft.document.name}》{said.get(id(claim), (claim.span,))[0]}" for draft, claim in firsts)
    en = "; ".join(f"“{draft.document.name}” {said.get(id(claim), (claim.span,))[-1]}" for draft, claim in firsts)
    return Finding(
        rule=RULE.code,
        severity=RULE.severity if topic.known else Severity.WARNING,
        message=(
            f"各报告数据不一致：{name[0]}（{year}）{zh}。请核对以哪一份为准。",
            f"The documents differ on {name[1]} ({topic.period}): {en}. Check which of them is right.",
        ),
        spots=tuple(spot_in(draft, claim, home=home) for draft, claim in firsts),
        sentence=firsts[0][1].sentence,
        expected=one,
        found=other,
    )


RULE = Comparison(
    code="DC801",
    name=("各报告之间的同一数据", "One thing in several documents"),
    severity=Severity.ERROR,
    beside=Beside.TOGETHER,
    check=check,
    page=__doc__,
)
