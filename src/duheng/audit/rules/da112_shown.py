"""DA112 A count and what the report shows of it · 数与专栏、分述

Tests: a count of works with examples (甲、乙等4个片区管网整治工程) against the items of a box that end alike, where the examples are
among them; a number of kinds (培育2个特色产业) against those the rest of the sentence speaks of one by one (A产业…；B产业…).
The rows of the plan's table are held against the text by DT204.

Fails: 培育2个特色产业，甲产业产值增长9%；乙产业产值增长5%；丙产业产值增长7%。
Passes: the same with 培育3个特色产业
Tolerance: none: these are counted.
May be wrong: where a box lists only some, or the sentence passes one kind over; the finding says what was counted where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng import pattern as re
from duheng.audit.around import behind
from duheng.audit.draft import Draft, finding
from duheng.audit.finding import Finding, Severity
from duheng.audit.listed import clause, names, number, prose, spans
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.read import BlockKind, Claim, Measure, Sentence

_HAN = "两二三四五六七八九十"
_WORKS = re.compile(rf"等?(?P<n>\d{{1,2}}|[{_HAN}]{{1,2}})个(?P<what>[^，。；：、（）“”]{{6,24}}?(?:工程|项目))")
_KINDS = ("产业", "产业集群", "集群", "行业", "领域")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a count is not that of the rows, the items or the kinds that the report shows."""
    boxed = [item for block in draft.document.blocks if block.kind is BlockKind.BOX for item in _items(block.text)]
    for sentence in prose(draft):
        yield from _boxes(draft, sentence, boxed)
    for claims in draft.sentences:
        yield from _kinds(draft, claims)


def _items(text: str) -> Iterator[str]:
    yield from (item.rpartition("：")[2].strip("。 \n") for item in text.split("；"))


def _boxes(draft: Draft, sentence: Sentence, boxed: Sequence[str]) -> Iterator[Finding]:
    """Works counted in the text, and the like of them in a box."""
    for found in _WORKS.finditer(sentence.text):
        what = found["what"].removesuffix("项目") if found["what"].endswith("工程项目") else found["what"]
        alike = [item for item in boxed if item.endswith(what) and len(item) > len(what)]
        examples = [item for item in names(clause(sentence, found.start())).items if len(item) > 1]
        shown = [name for name in examples if any(name[-3:] in item for item in alike)]
        if len(alike) < 2 or not examples or len(shown) < len(examples) or number(found["n"]) == len(alike):
            continue
        message = (
            f"文中说 {found['n']} 个{what}，专栏中同类项目有 {len(alike)} 个（{'、'.join(alike)}），请核对。",
            f"The text counts {found['n']} of “{what}”, the boxes list {len(alike)} ({'; '.join(alike)}). Check the count.",
        )
        yield pointed(draft, RULE, message, spans(sentence, [found.span()]), Severity.WARNING)


def _kinds(draft: Draft, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Kinds counted at the head of a passage, and each with its own figure in the clauses that follow."""
    for i, head in enumerate(claims):
        kind = next((kind for kind in _KINDS if behind(draft, head).endswith(kind)), "")
        if not kind or head.measure is not Measure.LEVEL or head.comparator != "=" or not 1 < head.value <= 10:
            continue
        owners = dict.fromkeys(owner for claim in claims[i + 1 :] if (owner := _owner(claim, kind)))
        segments = draft.document.text[head.end : head.sentence_offset + len(head.sentence)].count("；") + 1
        if len(owners) > 1 and len(owners) == segments and len(owners) != head.value:
            shown = "、".join(owners)
            message = (
                f"前面说 {head.span}{kind}，其后逐一说到的有 {len(owners)} 个（{shown}），请核对。",
                f"{head.span} are announced ({kind}), then {len(owners)} are spoken of one by one ({shown}). Check the count.",
            )
            yield finding(RULE.code, Severity.WARNING, message, [head])


def _owner(claim: Claim, kind: str) -> str:
    """The kind that a figure belongs to: 生态环保产业 of 生态环保产业营收增长."""
    found = re.match(rf"(?P<owner>[^，。；、]{{2,14}}{kind})(?:营收|营业收入|产值|增加值|规模|收入)", claim.subject)
    return found["owner"] if found and claim.measure in (Measure.GROWTH, Measure.LEVEL) else ""


RULE = Rule(
    code="DA112",
    name=("数与专栏、分述", "A count and what the report shows of it"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
