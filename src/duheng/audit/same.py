"""Which claims of a draft speak of one thing: the same name or indicator, measure, kind of unit, period, role and area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, groupby
from typing import TypeVar

from duheng import pattern as re
from duheng.audit.apart import Said, apart
from duheng.audit.draft import Draft, quantity
from duheng.audit.interval import Interval
from duheng.audit.where import where
from duheng.measure import Comparator
from duheng.read import Claim, Measure, Role

# Words before a number that make it another year's, or of several years, than the sentence around it.
_BEFORE_IT_MOVED = re.compile(r"(?:由|从)[^，。；]{0,12}$")
_MOVED_ON = re.compile(
    r"^[^，。；\d]{0,8}(?:提高|提升|增加|增长|增|上升|扩大|下降|降低|缩小|减少|拓展|调整|优化|跃升|升)[^，。；\d]{0,4}[到至为]"
)
_SEVERAL_YEARS = re.compile(
    r"年均(?!浓度|气温|降[水雨])|[近过这][去]?[两三四五六七八九十\d]+年|[两三四五六七八九十\d]+年(?:来|间|累计)|十[二三四五六]五|每年|第[一二三四]季度|以来"
)
_YEAR = re.compile(r"20\d\d年")
_SPANS = re.compile(
    r"用[两三四五\d]年|[两三四五\d]年(?:时间|内)|十[二三四五六]五|[五5]年(?:来|回顾|工作|发展)|过去五年|今后五年|未来五年"
)
# A number that only says which ones are meant: 50万元以上的村, 10亿元以上项目, 亿元级企业.
_CRITERION = re.compile(r"^(?:的|级|项目|企业|工程|以上)|^[^，。；、\d]{1,10}(?:达|有|共)?\d+[个家户名所座条](?!百分)")
_STRETCH = re.compile(r"(?:力争|努力|争取|奋力|冲刺)[^，。；、\d]{0,6}$")
# What is done in pieces: the same words may count a different piece each time (引进3个项目 here, 5个 there).
_DOING = re.compile(
    r"^(?:新|建|改|扩|完|开|实施|推进|创建|培育|引进|引入|招引|获|荣|举办|组织|签|争取|支持|帮助|服务|惠及|吸引|承接|布局|打造|增设|设|投|启动|"
    r"办|兑现|发放|拨付|提供|安排|力促|成立|整治|治理|修复|关停|淘汰|盘活|收|加快|促成|选派|出台|制定|发布|推出|入选|纳入|评|认定|列入|惠|处置|化解|交付)"
)
_AMOUNT = re.compile(r"(?:总量|总数|总额|总规模)$")  # says no more than the number itself
_SHORT = 4  # a name of fewer characters says too little without an indicator of the catalog: 项目, 资金, 改造

_PAIRED = 100  # a report says a thing a handful of times
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What is measured, so far as its words tell: by the catalog's code where there is one, else by its name."""

    name: str
    measure: str
    dimension: str
    known: bool  # named by the catalog


@lru_cache(maxsize=1)  # several rules ask in turn for the things of one draft
def things(draft: Draft) -> Mapping[Thing, tuple[Claim, ...]]:
    """The claims of each thing of which there are several, in the order of the text."""
    named = [(thing, claim) for claim in draft.claims if (thing := thing_of(draft, claim))]
    found: dict[Thing, list[Claim]] = {}
    for thing, claim in named:
        found.setdefault(thing, []).append(claim)
    return {thing: tuple(claims) for thing, claims in found.items() if len(claims) > 1}


def thing_of(draft: Draft, claim: Claim) -> Thing | None:
    """What a claim measures; None where its words do not say enough to compare it with another."""
    key, found = draft.keys[claim.offset], quantity(claim)
    if found is None or claim.measure in (Measure.RANK, Measure.MULTIPLE) or _is_named_elsewhere(draft, claim):
        return None
    if key.code is None and len(key.name) < _SHORT:
        return None
    code = key.code or draft.naming.bind(_AMOUNT.sub("", claim.subject), unit=claim.unit, measure=claim.measure)
    return Thing(name=code or key.name, measure=key.measure, dimension=found.unit.dimension, known=code is not None)


def pairs(claims: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Each two of what is said of one thing; of what is said a hundred times over only the first are held against each other."""
    return combinations(claims[:_PAIRED], 2)


def by_time(claims: Sequence[Claim]) -> Iterator[tuple[Claim, ...]]:
    """Claims of one thing, those of one period and role together; a year's end is the year."""
    ordered = sorted(claims, key=lambda c: (_year(c), c.role.value, c.offset))
    for _, group in groupby(ordered, key=lambda c: (_year(c), c.role)):
        yield tuple(group)


def before(draft: Draft, claim: Claim) -> str:
    """The words of the sentence before a claim's number."""
    return draft.document.text[claim.sentence_offset : claim.offset]


def clause_before(draft: Draft, claim: Claim) -> str:
    """The words of the clause before a claim's number."""
    words = before(draft, claim)
    return words[max(words.rfind(mark) for mark in "，。；：") + 1 :]


def after(draft: Draft, claim: Claim, length: int = 12) -> str:
    """The words right behind a claim's number."""
    return draft.document.text[claim.end : claim.end + length]


def is_piecework(claim: Claim) -> bool:
    """Whether a claim counts things done, of which another sentence may count others under the same words."""
    return bool(_DOING.match(claim.subject))


def is_stretch(draft: Draft, claim: Claim) -> bool:
    """Whether a claim is only wished for beyond the target before it: 增长9%、力争10%."""
    return bool(_STRETCH.search(before(draft, claim)))


def of_its_own_year(draft: Draft, claim: Claim) -> bool:
    """Whether a claim is of the one year it seems to be of, rather than of several or of the one before."""
    clause = clause_before(draft, claim)
    if _SEVERAL_YEARS.search(clause) or (_BEFORE_IT_MOVED.search(clause) and _MOVED_ON.match(after(draft, claim))):
        return False
    return not _SPANS.search(_around(draft, claim)) or bool(_YEAR.search(clause))


def _around(draft: Draft, claim: Claim) -> str:
    """The headings above a claim and the words before it: of its sentence, and for a result of its whole paragraph."""
    headings = "".join(section.title for section in draft.document.path_at(claim.offset))
    block = draft.document.block_at(claim.offset)
    start = block.offset if block and claim.role is Role.ACTUAL else claim.sentence_offset
    return headings + draft.document.text[start : claim.offset]


def is_criterion(draft: Draft, claim: Claim) -> bool:
    """Whether a number only says which ones are meant: 50万元以上的村, 10亿元以上项目."""
    bounded = claim.comparator not in (Comparator.EQUAL, Comparator.ABOUT, Comparator.RANGE)
    return bounded and bool(_CRITERION.match(after(draft, claim)))


def shares_a_qualifier(draft: Draft, claim: Claim) -> bool:
    """Whether a name in a list may go on with what only the first says: 乡村旅游人数、旅游收入分别增长 tells of 乡村旅游收入."""
    head = draft.keys[claim.offset].name[:2]
    earlier = (c for c in draft.by_sentence(claim.sentence_offset) if c.offset < claim.offset and c.measure is claim.measure)
    listed = (c for c in earlier if not re.search("[，；。]", draft.document.text[c.end : claim.offset]))
    return len(head) == 2 and any(draft.keys[c.offset].name.find(head) > 0 for c in listed)


def shown(draft: Draft, claim: Claim) -> str:
    """A claim's number as printed, with the unit that stands elsewhere: in another cell, or behind the last of a list."""
    is_bare = claim.unit not in claim.span and (draft.in_table(claim) or claim.span[-1:].isdecimal())
    return f"{claim.span}{claim.unit}" if is_bare else claim.span


def shown_apart(draft: Draft, one: Claim, other: Claim) -> tuple[Said, Said]:
    """Two claims' numbers in both languages, with their directions where only these differ."""
    return apart((one.value, shown(draft, one)), (other.value, shown(draft, other)))


def standing(draft: Draft, claim: Claim) -> tuple[str, str]:
    """Where a claim stands, in words."""
    place = where(draft.document, claim.offset)
    if place.table is not None:
        return f"第{place.table}张表第{place.row}行", f"table {place.table}, row {place.row}"
    return f"第{place.paragraph}段", f"paragraph {place.paragraph}"


def printed(claim: Claim) -> Interval | None:
    """What the digits of a number allow, whatever bound stands beside them; None where its unit is unknown."""
    found = quantity(claim)
    if found is None:
        return None
    low, high = found.interval
    return Interval(low=low, high=high)


def _is_named_elsewhere(draft: Draft, claim: Claim) -> bool:
    """Whether the clause speaks of a wider area than the report's own, while the subject does not say so."""
    clause = clause_before(draft, claim)
    wider = (word for word in draft.naming.place.foreign if word in clause and word not in claim.subject)
    return any(
        not re.search(rf"(?:居|位|列|占|较|比|高于|低于|快于|前|在|排名?|跃居|纳入|入选|获评?|为){word}", clause)
        for word in wider
    )


def _year(claim: Claim) -> str:
    return claim.period.removesuffix("-end")
