"""DS503 Phases that do not agree · 期次前后不一

Tests: names that end in a phase (三期) and agree in all else. In the same half of the report, a phase that only the text gives and
another that only the boxes give; in either half, phases two or more apart that nothing lies between; in the plan, a phase
behind one that the look back already told.

Fails: “建设生物医药产业园三期” in the text of the plan, “生物医药产业园五期” in its box.
Passes: 一期建成 last year and 二期开工 this year; 滨江路二期、三期 side by side.
May be wrong: where two phases really go on at once and text and box each name another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.numbered import number
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.audit.sequence import han
from duheng.audit.year import Years
from duheng.read import BlockKind

_PHASE = re.compile(
    r"(?P<base>[一-鿿A-Za-z0-9“”—·-]{3,30})[（(]?第?(?P<n>[一二三四五六七八九十]{1,2}|\d)期(?![间待望末货限满后中])[）)]?"
)
_TRIPLE = re.compile(r"[、和及](?P<n>[一二三四五六七八九十]{1,2})期")
_GENERAL = re.compile(r"(?:计划|规划|基金|债券?|课程|培训班?|班)$")  # these are issued in rounds, not built in phases
_VERB_END = re.compile(
    r"(?:建成|建设|推进|推动|加快|实施|启动|开工|完工|竣工|投产|投用|提速|力促|开展|支持|确保|区|市|县|等|和|与|及|的|了|、)$"
)
_LEAST = 5  # characters that two names must share at their end


@dataclass(frozen=True, slots=True)
class _Named:
    base: str
    phase: int
    offset: int
    end: int
    half: str
    listed: bool


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where one thing stands under phases that do not go together."""
    families: list[list[_Named]] = []
    words = draft.naming.place.words
    for named in _all(draft):
        home = next((family for family in families if _same(family[0].base, named.base, words)), None)
        if home is None:
            families.append([named])
        else:
            home.append(named)
    for family in families:
        if len({named.phase for named in family}) > 1:
            yield from _in_family(draft, family)


def _all(draft: Draft) -> Iterator[_Named]:
    years = Years.of(draft)
    for block in draft.document.blocks:
        for found in _PHASE.finditer(block.text) if "期" in block.text else ():
            if _GENERAL.search(found["base"]):
                continue
            offset, end = block.offset + found.start(), block.offset + found.end()
            half = "plan" if years.plans(offset) else "past" if years.looks_back(offset) else ""
            listed = block.kind in (BlockKind.BOX, BlockKind.CELL)
            for n in (found["n"], *(more["n"] for more in _more(block.text, found.end()))):
                yield _Named(found["base"], number(n), offset, end, half, listed)


def _more(text: str, start: int) -> Iterator[re.Match[str]]:
    """Further phases of one name: 二期、三期."""
    while more := _TRIPLE.match(text, start):
        yield more
        start = more.end()


def _same(left: str, right: str, places: tuple[str, ...]) -> bool:
    """Whether two names with what stands before them end alike, and what stands before that is a verb or the place."""
    shared = 0
    while shared < min(len(left), len(right)) and left[-1 - shared] == right[-1 - shared]:
        shared += 1
    if shared < _LEAST:
        return False
    rests = (left[: len(left) - shared], right[: len(right) - shared])
    return all(not rest or rest.endswith(places) or _VERB_END.search(rest) for rest in rests)


def _in_family(draft: Draft, family: Sequence[_Named]) -> Iterator[Finding]:
    phases = {named.phase for named in family}
    for left, right in combinations(family, 2):
        if left.phase == right.phase:
            continue
        alone = [each for each in (left, right) if sum(named.phase == each.phase for named in family) == 1]
        if alone and _clash(left, right, phases):
            odd = alone[-1]
            yield _finding(draft, odd, left if odd is right else right)
            return


def _clash(left: _Named, right: _Named, phases: set[int]) -> bool:
    low, high = sorted((left.phase, right.phase))
    if left.half == right.half:
        return left.listed != right.listed or (high - low > 1 and not any(low < phase < high for phase in phases))
    before, after = (left, right) if left.half == "past" else (right, left)
    return bool(before.half and after.half) and (after.phase < before.phase or after.phase - before.phase > 1)


def _finding(draft: Draft, odd: _Named, other: _Named) -> Finding:
    name = odd.base[-12:]
    return pointed(
        draft,
        RULE,
        (
            f"“{name}”此处为{han(odd.phase)}期，另一处为{han(other.phase)}期，其余名称相同。请核对期次。",
            f"“{name}” is in phase {odd.phase} here and in phase {other.phase} elsewhere, under the same name. Check the phase.",
        ),
        [(odd.offset, odd.end), (other.offset, other.end)],
    )


RULE = Rule(code="DS503", name=("期次不一", "Phases that do not agree"), severity=Severity.WARNING, check=check, page=__doc__)
