"""A stock and what was added to it, as reports pair them: 新增科技型企业249家，累计达785家; 净增20家、达到176家."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from duheng import pattern as re
from duheng.audit.around import atom, before, behind, between
from duheng.audit.draft import Draft
from duheng.read import Claim

_ADDED = re.compile(r"新增|净增|新认定|认定|新设立?|新培育|新建成?|新登记|新引进|新获批|新创建")
_SINCE = re.compile(r"以来|[五近\d]年|十[三四五]五")
_STOCK = re.compile(r"(?P<word>累计|总数|总量|存量|保有量|在库|有效期内?|数量达|共有|总计|合计)[^，。；]{0,14}$")
_REACHED = re.compile(r"^(?:总数|总量|累计|数量)?(?:达到?|增至|增加到|扩大到)$")
_IDLE = re.compile(
    r"累计|总数|总量|存量|保有量|在库|有效期内?|数量|共有|总计|合计|达到?|增至|增加到|为|的|有|认定|培育|建成|创建"
)
_MARKS = "，；。：（、"


def additions(draft: Draft, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Of the claims of one sentence, each pair of what was added in the year and the stock it was added to."""
    for added, stock in pairwise(claims):
        alike = (atom(added), added.role, added.period) == (atom(stock), stock.role, stock.period)
        if not alike or "；" in between(draft, added, stock):
            continue
        if _is_added_to(draft, added, stock):
            yield added, stock
        elif _is_of_which_new(draft, stock, added):  # the stock first: 总量达1461万户，新登记147万户
            yield stock, added


def _is_added_to(draft: Draft, added: Claim, stock: Claim) -> bool:
    grown = before(draft, added, marks=_MARKS)
    if not _ADDED.search(grown) or _SINCE.search(before(draft, added)):
        return False
    words = before(draft, stock, marks=_MARKS)
    return bool(_REACHED.search(words)) or (bool(_STOCK.search(words)) and _same_noun(draft, added, stock, words))


def _is_of_which_new(draft: Draft, added: Claim, stock: Claim) -> bool:
    """Whether a number told after a stock is what is new in it: it names nothing of its own, or the same thing."""
    if not _ADDED.match(before(draft, added, marks=_MARKS)) or not _STOCK.search(before(draft, stock, marks=_MARKS)):
        return False
    mine = noun(added)
    return not behind(draft, added) and (not mine or mine == noun(stock))


def _same_noun(draft: Draft, added: Claim, stock: Claim, words: str) -> bool:
    """Whether both count the same thing: 累计 alone goes on with it, and a short form keeps its characters (高企)."""
    mine, other = noun(added), _IDLE.sub("", words) or _IDLE.sub("", behind(draft, stock))
    return not other or other == mine or _is_short_for(other, mine) or _is_short_for(mine, other)


def noun(claim: Claim) -> str:
    """What a claim counts, without the words that say whether it is added or there."""
    return _IDLE.sub("", _ADDED.sub("", claim.subject))


def is_net(draft: Draft, added: Claim) -> bool:
    """Whether what was added is what the stock grew by: 净增."""
    return "净增" in before(draft, added, marks=_MARKS)


def is_cumulative(draft: Draft, stock: Claim) -> bool:
    """Whether a stock counts all there ever were, so that nothing leaves it: 累计."""
    return "累计" in before(draft, stock, marks=_MARKS)


def _is_short_for(short: str, long: str) -> bool:
    """Whether the characters of one name stand in the other, in order, from its first on."""
    rest = iter(long)
    return len(short) > 1 and short[0] == long[:1] and all(char in rest for char in short)
