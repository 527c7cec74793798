"""Which projects of the pool may be one under two names, and what speaks for and against it: code, name, owner, place, money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from duheng.plan.evidence import Evidence, shared_words
from duheng.plan.kinship import Kin, Kinship, Likeness
from duheng.plan.place import Place

_CLOSE = 0.05  # share of the larger amount within which two totals are close
_FAR = 3  # times the smaller from which on they are far apart
_MOST = 6  # projects with one owner and one amount beyond which these tell nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A project as it is compared. `lists` are the lists that tell of it: two rows of one list are mostly two projects."""

    key: int
    names: tuple[str, ...]
    approval_code: str = ""
    owner: str = ""
    place: str = ""
    total: int | None = None
    begins: date | None = None
    lists: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two projects that may be one, by their keys, with the reasons; what speaks for it first."""

    left: int
    right: int
    reasons: tuple[Evidence, ...]


def likely_pairs(entries: Sequence[Entry], *, place: Place, among: Collection[int] | None = None) -> Iterator[Pair]:
    """The pairs worth a person's look; only those with a member `among` these keys, where that is given.

    Names decide who is compared: those that share something few others have, and those with one owner and one amount. Two codes
    of the approval platform that differ mean two projects, unless even the names are the same.
    """
    holders: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in entry.names:
            holders[name].append(entry)
    kin = Kin(holders, place=place)
    wanted = None if among is None else frozenset(among)
    seen: set[tuple[int, int]] = set()
    for left, right in [*_same_names(holders), *_by_names(kin, holders), *_by_facts(entries)]:
        key = (min(left.key, right.key), max(left.key, right.key))
        if left.key == right.key or key in seen or (wanted is not None and not wanted.intersection(key)):
            continue
        seen.add(key)
        if left.lists & right.lists and (left.owner, left.total) != (right.owner, right.total):
            continue  # two rows of one list, and not even alike
        first, second = (left, right) if left.key < right.key else (right, left)
        kinship = _nearest(kin, first, second)
        reasons = pool_evidence(first, second, kinship=kinship, place=place)
        if _worth_it(first, second, kinship, reasons):
            yield Pair(left=first.key, right=second.key, reasons=reasons)


def pool_evidence(left: Entry, right: Entry, *, kinship: Kinship, place: Place) -> tuple[Evidence, ...]:
    """Everything that speaks for or against two projects being one, what speaks for it first."""
    found = [*_names(left, right, kinship, place), *_codes(left, right), *_whose(left, right), *_money(left, right)]
    if left.lists & right.lists:
        found.append(_against("list", "同一份清单里各列一行", "one list has a row for each"))
    return tuple(sorted(found, key=lambda each: not each.likely))


def _same_names(holders: dict[str, list[Entry]]) -> Iterator[tuple[Entry, Entry]]:
    for found in holders.values():
        for place, left in enumerate(found[:_MOST]):
            for right in found[place + 1 : _MOST]:
                yield left, right


def _by_names(kin: Kin, holders: dict[str, list[Entry]]) -> Iterator[tuple[Entry, Entry]]:
    for one, two in kin.candidates():
        for left in holders[one][:_MOST]:
            for right in holders[two][:_MOST]:
                yield left, right


def _by_facts(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Those with one owner and one amount, where not many have both."""
    alike: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.owner and entry.total:
            alike[entry.owner, entry.total].append(entry)
    for found in alike.values():
        if len(found) <= _MOST:
            for place, left in enumerate(found):
                for right in found[place + 1 :]:
                    yield left, right


def _nearest(kin: Kin, left: Entry, right: Entry) -> Kinship:
    """How the two names stand to each other that are nearest."""
    order = (Likeness.SAME, Likeness.LIKELY_SAME, Likeness.RELATED, Likeness.DIFFERENT)
    found = (kin.compare(one, two) for one in left.names for two in right.names)
    return min(found, key=lambda kinship: order.index(kinship.likeness))


def _worth_it(left: Entry, right: Entry, kinship: Kinship, reasons: Sequence[Evidence]) -> bool:
    kinds = {each.kind for each in reasons if each.likely}
    same = kinship.likeness is Likeness.SAME
    if left.approval_code and right.approval_code and left.approval_code != right.approval_code and not same:
        return False
    if left.lists & right.lists:
        return same and {"owner", "money"} <= kinds
    if same or kinship.likeness is Likeness.LIKELY_SAME:
        return True
    return {"owner", "money", "words"} <= kinds and left.total == right.total


def _names(left: Entry, right: Entry, kinship: Kinship, place: Place) -> Iterator[Evidence]:
    if kinship.likeness in (Likeness.SAME, Likeness.LIKELY_SAME):
        yield Evidence(kind="name", likely=True, text=kinship.reason)
        return
    pairs = [(one, two) for one in left.names for two in right.names]
    shared = max((shared_words(one, two, place=place) for one, two in pairs), key=lambda words: sum(map(len, words)), default=())
    if shared:
        quoted = "".join(f"“{word}”" for word in shared)
        yield _for("words", f"名称都有{quoted}", f"both names have {quoted}")
    else:
        yield _against("name", *kinship.reason)


def _codes(left: Entry, right: Entry) -> Iterator[Evidence]:
    if left.approval_code and right.approval_code:
        if left.approval_code == right.approval_code:
            yield _for("code", f"项目代码都是 {left.approval_code}", f"the same code, {left.approval_code}")
        else:
            yield _against("code", "项目代码不同", "their codes differ")


def _whose(left: Entry, right: Entry) -> Iterator[Evidence]:
    if left.owner and right.owner:
        if left.owner == right.owner:
            yield _for("owner", f"项目法人都是{left.owner}", f"the same owner, {left.owner}")
        else:
            zh, en = f"项目法人不同（{left.owner}／{right.owner}）", f"their owners differ ({left.owner} / {right.owner})"
            yield _against("owner", zh, en)
    if left.place and right.place and (left.place in right.place or right.place in left.place):
        where = min(left.place, right.place, key=len)
        yield _for("place", f"都在{where}", f"both at {where}")


def _money(left: Entry, right: Entry) -> Iterator[Evidence]:
    if not left.total or not right.total:
        return
    small, large = sorted((left.total, right.total))
    if small == large:
        yield _for("money", "总投资相同", "the same total investment")
    elif large - small <= _CLOSE * large:
        yield _for("money", "总投资相近", "their totals are close")
    elif large >= _FAR * small:
        yield _against("money", "总投资相差很大", "their totals are far apart")


def _for(kind: str, zh: str, en: str) -> Evidence:
    return Evidence(kind=kind, likely=True, text=(zh, en))


def _against(kind: str, zh: str, en: str) -> Evidence:
    return Evidence(kind=kind, likely=False, text=(zh, en))
