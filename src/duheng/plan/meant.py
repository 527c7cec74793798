"""Which item of a plan a row of somebody's sheet means: an exact name binds, likeness only proposes."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duheng import pattern as re
from duheng.plan.division import Duty
from duheng.plan.kinship import Kin, Likeness
from duheng.plan.naming import Naming, likeness

_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉「」·、，。；：,.;:!！?？（）()【】\[\]\-—–]")
_NUMBER = re.compile(r"^[（(]?\d{1,3}[)）.．、]")
_WORTH = 0.55  # likeness from which a pair is worth showing
_MANY = 12  # items that share the most pairs of characters with a name; the others are not looked at
_LIKELY = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """An indicator, project or task of a plan, by all its names."""

    kind: str  # "indicator", "project", "task"
    key: int
    name: str
    names: tuple[str, ...] = ()  # other names
    number: str = ""
    unit: str = ""
    code: str | None = None  # of an indicator, in the catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An item that a row may mean. `sure` binds; anything else is for a person to confirm."""

    item: PlanItem
    sure: bool
    likeness: float
    reason: tuple[str, str]  # (zh, en)


class PlanItems:
    """The items of one plan, looked up by what somebody's sheet calls them."""

    def __init__(self, items: Iterable[PlanItem], *, naming: Naming) -> None:
        self.items = tuple(items)
        self._naming = naming
        self._kin = Kin((item.name for item in self.items if item.kind == "project"), place=naming.place)
        self._exact: dict[str, list[PlanItem]] = defaultdict(list)
        self._pairs: dict[str, list[int]] = defaultdict(list)
        for place, item in enumerate(self.items):
            for name in dict.fromkeys(folded(name) for name in (item.name, *item.names)):
                self._exact[name].append(item)
            for pair in {pair for name in (item.name, *item.names) for pair in _pairs(folded(name))}:
                self._pairs[pair].append(place)

    def of(self, duty: Duty) -> list[tuple[str, tuple[Candidate, ...]]]:
        """What the row means, for each thing it names: the name, and its candidates, the likeliest first."""
        whole = self.named(duty.name, duty=duty)
        if whole and whole[0].sure:
            return [(duty.name, whole)]
        parts = duty.parts
        if len(parts) > 1:
            apart = [(part, self.named(part, duty=duty)) for part in parts]
            if any(found for _, found in apart):
                return apart
        return [(duty.name, whole)]

    def named(self, name: str, *, duty: Duty) -> tuple[Candidate, ...]:
        """The items that `name` may mean, in the light of what else the row says."""
        same = self._exact.get(folded(name)) or self._exact.get(folded(_NUMBER.sub("", name.strip()))) or []
        exact = _narrowed(same, duty)
        if len(exact) == 1:
            return (_candidate(exact[0], 1.0, ("名称相同", "the same name"), sure=True),)
        if exact:
            reason = ("几项同名，请选定", "several items have this name; choose one")
            return tuple(_candidate(item, 1.0, reason) for item in exact[:_MANY])
        found = [*self._by_catalog(name, duty), *self._alike(name, duty)]
        best: dict[tuple[str, int], Candidate] = {}
        for one in sorted(found, key=lambda one: (-one.sure, -one.likeness)):
            best.setdefault((one.item.kind, one.item.key), one)
        sure = [one for one in best.values() if one.sure]
        if len(sure) > 1:
            return tuple(_candidate(one.item, one.likeness, one.reason) for one in sure)
        return tuple(best.values())[:5]

    def _by_catalog(self, name: str, duty: Duty) -> Iterable[Candidate]:
        """The indicator that the catalog knows under this name too."""
        if duty.kind in ("project", "task"):
            return
        unit = duty.unit
        code = self._naming.bind(name, unit=unit) if unit else None
        for item in self.items:
            if item.code is None:
                continue
            if item.code == code or (not unit and item.code == self._naming.bind(name, unit=item.unit)):
                yield _candidate(item, 0.98, ("目录中的同一指标", "the same indicator of the catalog"), sure=True)

    def _alike(self, name: str, duty: Duty) -> Iterable[Candidate]:
        form = folded(_NUMBER.sub("", name.strip()))
        shared = Counter(place for pair in set(_pairs(form)) for place in self._pairs.get(pair, ()))
        for place, _count in shared.most_common(_MANY):
            item = self.items[place]
            alike = max(_alike(form, folded(other)) for other in (item.name, *item.names))
            if item.kind == "project" and duty.kind in ("", "project"):
                kin = self._kin.compare(item.name, name)
                if kin.likeness is Likeness.SAME:
                    yield _candidate(item, max(alike, 0.97), kin.reason, sure=True)
                    continue
                if kin.likeness is Likeness.LIKELY_SAME:
                    yield _candidate(item, max(alike, 0.8), kin.reason)
                    continue
                if kin.likeness is Likeness.RELATED:
                    alike = min(alike, 0.7)
            alike = alike if duty.kind in ("", item.kind) else alike - 0.15
            if item.number and item.number == duty.number and item.kind == "task" and alike >= _WORTH:
                alike = max(alike, _LIKELY)
            if alike >= _WORTH:
                share = round(100 * alike)
                yield _candidate(item, alike, (f"名称 {share}% 相同", f"{share} % of the name agrees"))


def folded(text: str) -> str:
    """A name by which spellings agree: full-width folded, without marks and spaces."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _narrowed(items: Sequence[PlanItem], duty: Duty) -> list[PlanItem]:
    """Of items with the same name, those that the row's own number, kind and unit fit, as far as these tell."""
    left = list(items)
    tests = (
        lambda item: bool(duty.code) and item.number == duty.code,
        lambda item: bool(duty.kind) and item.kind == duty.kind,
        lambda item: bool(duty.unit) and folded(item.unit) == folded(duty.unit),
        lambda item: bool(duty.number) and item.number == duty.number,
    )
    for test in tests:
        fitting = [item for item in left if test(item)]
        if len(left) > 1 and fitting:
            left = fitting
    return left


def _alike(left: str, right: str) -> float:
    """How alike two names are; a long sentence that holds the whole of a name counts as quite like it."""
    short, long = sorted((left, right), key=len)
    held = 0.86 if len(short) >= 5 and short in long else 0.0
    return max(held, likeness(left, right))


def _candidate(item: PlanItem, alike: float, reason: tuple[str, str], *, sure: bool = False) -> Candidate:
    return Candidate(item=item, sure=sure, likeness=round(alike, 2), reason=reason)


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)] or [text]
