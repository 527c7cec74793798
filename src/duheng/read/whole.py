"""Which number is a part of which: behind 其中, in a bracket, of a total broken down (按行业分), 80个…中有75个, 33项…完成25项."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from duheng import pattern as re
from duheng.measure import Comparator, Found
from duheng.read import words
from duheng.read.claim import Claim, Measure
from duheng.read.sentence import Sentence

_SCALES = "十百千万亿"
# Words that count the same things: an enterprise is a 家, a 户 or a 个; a person a 人 or a 名.
_SAME_COUNT = (frozenset("家户个"), frozenset("人名"), frozenset("项个件"), frozenset("所家个"))
_AMONG = re.compile(r"其中(?![^，。；]{0,6}之一)")
_DEFINES = re.compile(r"；“[^”]{1,14}”是?指")  # “六横”指…；“六纵”指…: another thing is spoken of
_INCLUDING = re.compile(r"，(?:主要)?包括")
_SPLIT = re.compile(r"(?:^|[，；。：])按[^，。；]{1,8}?(?:划?分|看)[，：]?")
_SOME = re.compile(r"中(?:已|就)?有?$|^[^，；、（）]{1,12}中，[^；]*$")
_OF_THEM = re.compile(r"^[^，；、（）]{1,12}中，[^，；]*$")
_AVERAGE = re.compile(r"[人户亩地村]均|平均|均[价值]|每|单价|标准$|[率比]$")
_REST = re.compile(r"^[，；、]?(?:其余|其他|其它|剩余|余下)")
_DONE = re.compile(
    r"(?:^|[，；、：）])(?:共|已|全年|累计|当年|年内|目前|实际|按期|如期|顺利|预计|[^，；、：）]{0,4}年)*(?:完成|推进|办结|整改|销号|达标|实现)(?:建设|整改|目标)?[了达]?到?$"
)
# Sets whose members are done one by one, so that more cannot be done than there are.
_SETS = re.compile(r"(?:指标|项目|任务|实事|事项|工程|问题|措施|举措|改革|课题|建议|提案|议案|条款)")
_LENT = re.compile(r"放款|放贷|用信|提款|投放$|发放$")
_GRANTED = re.compile(r"授信")
# What a registered market entity can be, by law.
_KINDS = {"市场主体": ("企业", "个体工商户", "个体户", "合作社"), "经营主体": ("企业", "个体工商户", "个体户", "合作社")}
_MARKS = "，；、：（）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A number as found in a sentence, with the claim it makes."""

    found: Found
    claim: Claim


class _Cue(Enum):
    """What opens a run of parts."""

    AMONG = "其中"
    SPLIT = "按…分"
    INCLUDING = "包括"
    BRACKET = "（"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """A run of parts: the numbers before `first` may be their wholes; it ends with the bracket or clause it stands in."""

    cue: _Cue
    first: int
    depth: int
    nested: bool = False


def tied(sentence: Sentence, said: Sequence[Said], before: Sequence[Said]) -> list[Said]:
    """The numbers of a sentence, each tied to its whole; one that `goes_on` may have its wholes in the sentence before."""
    ties = _Ties(sentence, before if goes_on(sentence) else ())
    for each in said:
        ties.add(each)
    return ties.done[ties.carried :]


def goes_on(sentence: Sentence) -> bool:
    """Whether a sentence breaks down what the one before it said: 其中，… and 按行业分，…."""
    return bool(_AMONG.match(sentence.text) or _SPLIT.match(sentence.text))


class _Ties:
    def __init__(self, sentence: Sentence, before: Sequence[Said]) -> None:
        self._sentence = sentence
        self.done: list[Said] = list(before)
        self.carried = len(before)
        self._scopes: list[_Scope] = []
        self._met: set[int] = set()  # offsets of numbers that say how many of a set are done

    def add(self, said: Said) -> None:
        """Ties one more number to its whole, if it is a part."""
        start = self.done[-1].found.end if len(self.done) > self.carried else 0
        between = self._sentence.text[start : said.found.start]
        self._close(said, between)
        self._open(said, between)
        whole = None if self._is_apart(said) else self._whole(said, between)
        self.done.append(replace(said, claim=replace(said.claim, of=whole.claim.offset)) if whole else said)

    def _is_apart(self, said: Said) -> bool:
        """Averages are no parts, nor is a bound that only names a group: 10亿元以上项目, 超过50万元的村."""
        if said.claim.measure is not Measure.LEVEL or _AVERAGE.search(said.claim.subject):
            return True
        behind = self._sentence.text[said.found.end : said.found.end + 1]
        bound = said.found.printed.endswith(("以上", "以下", "以内")) or said.found.quantity.unit.dimension != "count"
        return bound and said.found.quantity.comparator is not Comparator.EQUAL and behind not in ("", "。", "级", *_MARKS)

    def _close(self, said: Said, between: str) -> None:
        depth = self._depth(said)
        while self._scopes and self._scopes[-1].depth > depth:
            self._scopes.pop()
        if self._scopes and not self._goes_on(said, between):
            self._scopes.pop()

    def _depth(self, said: Said) -> int:
        return self._sentence.depth[said.found.start]

    def _goes_on(self, said: Said, between: str) -> bool:
        """Whether a part behind ； or a new action belongs to the run before it: 其余25项, 预期性指标25项 behind 约束性指标8项."""
        scope = self._scopes[-1]
        if self._acts_anew(scope, between) or _DEFINES.search(between):
            return False
        if "；" not in between:
            return True
        if scope.cue in (_Cue.SPLIT, _Cue.BRACKET) or _REST.search(between.rpartition("；")[2]):
            return True
        whole = self._candidate(said, scope)
        noun = whole.claim.subject[-2:] if whole else ""
        return bool(noun) and (said.claim.subject.endswith(noun) or self._kin(said, scope) is not None)

    def _open(self, said: Said, between: str) -> None:
        first, depth = len(self.done), self._depth(said)
        if "（" in between and depth > 0 and between.rfind("（") > between.rfind("）"):
            if not set(_MARKS) & set(between[: between.rfind("（")]):
                self._scopes.append(_Scope(cue=_Cue.BRACKET, first=first, depth=depth))
        elif _AMONG.search(between):
            nested = bool(self._scopes) and self._scopes[-1].cue is _Cue.AMONG and "；" not in between
            self._scopes.append(_Scope(cue=_Cue.AMONG, first=first, depth=depth, nested=nested))
        elif _INCLUDING.search(between):
            self._scopes.append(_Scope(cue=_Cue.INCLUDING, first=first, depth=depth))
        elif _SPLIT.search(between):
            self._scopes.append(_Scope(cue=_Cue.SPLIT, first=first, depth=depth))

    def _whole(self, said: Said, between: str) -> Said | None:
        last = next((s for s in reversed(self.done[self.carried :]) if _alike(s, said)), None)
        if last and self._is_some(last, said, between):
            return last
        if said.found.quantity.unit.dimension == "count" and _DONE.search(between):
            return self._set_done(said)
        if not self._scopes:
            return None
        scope = self._scopes[-1]
        return self._kin(said, scope) or self._candidate(said, scope)

    def _is_some(self, last: Said, said: Said, between: str) -> bool:
        """80个…中有75个; 23个行政村中，…达17个; 授信80亿元、放款66.8亿元."""
        since = self._sentence.text[last.found.end : said.found.start]
        if last is self.done[-1]:
            return bool(_SOME.search(between)) or self._is_lent(last, said, between)
        return bool(_OF_THEM.search(since))

    def _is_lent(self, last: Said, said: Said, between: str) -> bool:
        granted = _GRANTED.search(last.claim.subject) and not _GRANTED.search(between)
        return bool(granted) and bool(_LENT.search(between)) and said.claim.role is last.claim.role

    def _set_done(self, said: Said) -> Said | None:
        """The set of which so many are done: 33项指标，共完成25项. A noun behind the number makes it another thing's count."""
        if self._sentence.text[said.found.end : said.found.end + 1] not in ("", "。", *_MARKS):
            return None
        here = [s for s in self.done[self.carried :] if self._depth(s) <= self._depth(said) and s.claim.offset not in self._met]
        sets = [s for s in here if _alike(s, said)]
        if not sets or not _SETS.search(sets[-1].claim.subject):
            return None
        self._met.add(said.claim.offset)
        return sets[-1]

    def _acts_anew(self, scope: _Scope, between: str) -> bool:
        """Whether a clause begins with an action, where the first part of the run was a thing: 其中甲5亿元，争取到乙3亿元."""
        first = self.done[scope.first].claim.subject if scope.first < len(self.done) else ""
        *_, own = re.split("[，；]", between)
        return own != between and bool(words.DOING.match(own)) and not words.DOING.match(first)

    def _candidate(self, said: Said, scope: _Scope) -> Said | None:
        """The number before a run that the part can be a part of."""
        fit = [s for s in self.done[: scope.first] if _alike(s, said)]
        if scope.cue is _Cue.BRACKET:
            return fit[-1] if fit and fit[-1] is self.done[scope.first - 1] else None
        if scope.cue is _Cue.INCLUDING:  # of what stands in its own part of the sentence: “六横”包括…；“六纵”指…，包括…
            first = (self.done[scope.first] if scope.first < len(self.done) else said).found.start
            fit = [s for s in fit if "；" not in self._sentence.text[s.found.end : first]]
        if scope.cue is _Cue.AMONG and not scope.nested:
            fit = [s for s in fit if s.claim.of is None] or fit
        named = [s for s in fit if _shared_end(s.claim.subject, said.claim.subject) >= 2]
        chosen = named or ([] if scope.cue is _Cue.INCLUDING else fit)  # 包括 names deeds as well: 15件实事，包括改造600个…
        return chosen[-1] if chosen else None

    def _kin(self, said: Said, scope: _Scope) -> Said | None:
        """A part of this run that is itself the whole of a later one: 民营经济市场主体…；民营企业…."""
        parts = [s for s in self.done[scope.first :] if _alike(s, said) and s.claim.of is not None]
        return next((s for s in reversed(parts) if _is_kind_of(said.claim.subject, s.claim.subject)), None)


def _alike(whole: Said, part: Said) -> bool:
    """Whether both are amounts of one sort: of one dimension, and counted by words for the same things."""
    if (
        whole.claim.measure is not Measure.LEVEL
        or part.claim.measure is not Measure.LEVEL
        or _AVERAGE.search(whole.claim.subject)
    ):
        return False
    a, b = whole.found.quantity.unit, part.found.quantity.unit
    if a.dimension != b.dimension or whole.found.form is not part.found.form:
        return False
    nouns = {a.symbol.lstrip(_SCALES), b.symbol.lstrip(_SCALES)}
    return a.dimension != "count" or len(nouns) == 1 or any(nouns <= same for same in _SAME_COUNT)


def _shared_end(one: str, other: str) -> int:
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count


def _is_kind_of(part: str, whole: str) -> bool:
    """Whether one name narrows another that begins alike: 工业技改投资 of 工业投资, 民营企业 of 民营经济市场主体."""
    if part[:2] != whole[:2]:
        return False
    end = _shared_end(part, whole)
    if part != whole and 2 <= end < len(part) and part[: len(whole) - end] == whole[: len(whole) - end]:
        return True
    return any(kind in whole and any(each in part for each in narrower) for kind, narrower in _KINDS.items() if kind not in part)
