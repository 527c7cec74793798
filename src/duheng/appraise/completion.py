"""How a year's targets ended: each judged by what is known on a day, counted by nature, beside what the report says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from duheng.plan import LAST_YEAR, Assigned, InStepWith, Nature, Outcome, Rule, Statement, Target, Verdict, in_unit, judge

_USUAL = Rule()
_NATURES: Mapping[str, Nature | None] = {"indicators": None, "binding": Nature.BINDING, "expected": Nature.EXPECTED}


class OutturnOrigin(StrEnum):
    """Who says what a year came to."""

    REPORT = "report"  # the next year's report states it
    FIGURES = "figures"  # figures that came in


@dataclass(frozen=True, slots=True, kw_only=True)
class Outturn:
    """What a year came to in one indicator, or has come to so far (`whole` false, known to the month `known_to`).

    `estimate` is 全年预计, told before the year's figures were in; `comparator` a bound where no more is said (超1.5万家).
    """

    value: Decimal
    unit: str
    origin: OutturnOrigin
    comparator: str = "="
    text: str = ""
    whole: bool = True
    known_to: str = ""
    estimate: bool = False
    simulated: bool = False

    @property
    def digits(self) -> int:
        """Decimals as printed: a Decimal keeps them."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """One target to be judged: `key` is the caller's own name for it.

    `first` is the target as first set where it was revised since; `lag` the usual days from the year's end to publication;
    `listed` whether the plan's table has it, and not the text alone.
    """

    key: str
    name: str
    unit: str
    nature: Nature
    target: Target
    code: str | None = None
    first: Target | None = None
    lag: int | None = None
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One target with its verdict.

    `outturn` is what it was judged by, `so_far` what is known of a year that is not over. `at_first` is the verdict on the target
    before it was revised. `otherwise` is another source's number that gives another verdict. `due` is when the year's number is
    usually published, while it is not known.
    """

    promised: Promised
    verdict: Verdict
    outturn: Outturn | None = None
    so_far: Outturn | None = None
    at_first: Verdict | None = None
    otherwise: Outturn | None = None
    due: date | None = None

    @property
    def outcome(self) -> Outcome:
        """How it ended."""
        return self.verdict.outcome

    @property
    def provisional(self) -> bool:
        """Whether it is judged by an estimate."""
        return self.outturn is not None and self.outturn.estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many targets ended how.

    >>> Tally(met=12, basically_met=0, missed=3, open=18).bounds
    (Decimal('12'), Decimal('30'))
    """

    met: int = 0
    basically_met: int = 0
    missed: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.met + self.basically_met + self.missed + self.open

    @property
    def settled(self) -> int:
        """Those of which it is known how they ended."""
        return self.total - self.open

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The fewest and the most that can count as met: 基本完成 may be counted either way, what is open may still be met."""
        return Decimal(self.met), Decimal(self.met + self.basically_met + self.open)

    @property
    def rate(self) -> Decimal | None:
        """The share of all targets that is met for certain, in percent to one decimal: never more than what is proved."""
        return round(Decimal(self.met) / self.total * 100, 1) if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A count that the report states of itself, beside the fewest and the most that can be counted here.

    Both are None where no target of that year is known here, so that nothing can be counted.
    """

    statement: Statement
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def agrees(self) -> bool | None:
        """Whether both say the same; None where what is not settled yet leaves it open."""
        if self.low is None or self.high is None:
            return None
        if not self.low <= self.statement.value <= self.high:
            return False
        return True if self.low == self.high else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A year's targets judged on the day `as_of`: what the report states of itself and what is computed here stay apart."""

    year: int
    as_of: date
    items: tuple[Judged, ...]
    stated: tuple[Held, ...] = ()

    @property
    def counted(self) -> tuple[Judged, ...]:
        """The targets that counts are made of: those of the plan's table, else all."""
        return tuple(each for each in self.items if each.promised.listed) or self.items

    def tally(self, nature: Nature | None = None) -> Tally:
        """How the targets that count ended, all or those of one nature."""
        return tally(each for each in self.counted if nature is None or each.promised.nature is nature)

    def those(self, *outcomes: Outcome) -> tuple[Judged, ...]:
        """The list behind a number: the targets that count and ended so."""
        return tuple(each for each in self.counted if each.outcome in outcomes)


def tally(judged: Iterable[Judged]) -> Tally:
    """How many ended how."""
    found = [each.outcome for each in judged]
    return Tally(
        met=found.count(Outcome.MET),
        basically_met=found.count(Outcome.BASICALLY_MET),
        missed=found.count(Outcome.MISSED),
        open=found.count(Outcome.NOT_YET_KNOWN),
    )


def completion(
    promised: Sequence[Promised],
    outturns: Mapping[str, Sequence[Outturn]],
    *,
    year: int,
    as_of: date,
    stated: Sequence[Statement] = (),
    before: Mapping[str, Outturn] | None = None,
    rule: Rule = _USUAL,
) -> Completion:
    """The targets of `year` judged by their `outturns` (by key), as known on `as_of`.

    `before` holds last year's results by key, for targets in step with 上年水平; `stated` what reports say of this year.
    """
    chosen = {each.key: _chosen(outturns.get(each.key, ()), year=year, as_of=as_of) for each in promised}
    beside = _beside(promised, chosen)
    items = tuple(
        _judged(
            each,
            outturns.get(each.key, ()),
            chosen[each.key],
            at=_Standpoint(year=year, as_of=as_of, beside=beside, before=(before or {}).get(each.key), rule=rule),
        )
        for each in promised
    )
    made = Completion(year=year, as_of=as_of, items=items)
    held = tuple(held for each in stated if (held := _held(each, made)))
    return replace(made, stated=held)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standpoint:
    year: int
    as_of: date
    beside: Mapping[str, Outturn]
    before: Outturn | None
    rule: Rule


def _chosen(outturns: Sequence[Outturn], *, year: int, as_of: date) -> Outturn | None:
    """What a year is judged by: a result before an estimate, the report's before figures; nothing before the year is over."""
    whole = [each for each in outturns if each.whole and (each.estimate or as_of > date(year, 12, 31))]
    return min(whole, key=lambda each: (each.estimate, each.origin is not OutturnOrigin.REPORT), default=None)


def _beside(promised: Sequence[Promised], chosen: Mapping[str, Outturn | None]) -> dict[str, Outturn]:
    found: dict[str, Outturn] = {}
    for each in promised:
        outturn = chosen[each.key]
        if outturn is not None:
            found.setdefault(each.name, outturn)
            if each.code:
                found.setdefault(each.code, outturn)
    return found


def _judged(promised: Promised, outturns: Sequence[Outturn], chosen: Outturn | None, *, at: _Standpoint) -> Judged:
    so_far = next((each for each in outturns if not each.whole), None)
    verdict = _verdict(promised.target, chosen, at)
    due = None
    if verdict.outcome is Outcome.NOT_YET_KNOWN and chosen is None and not isinstance(promised.target, Assigned):
        due = date(at.year, 12, 31) + timedelta(days=promised.lag) if promised.lag is not None else None
        verdict = replace(verdict, why=_waiting(at, so_far, due))
    return Judged(
        promised=promised,
        verdict=verdict,
        outturn=chosen,
        so_far=so_far if chosen is None else None,
        at_first=_verdict(promised.first, chosen, at) if promised.first is not None else None,
        otherwise=_otherwise(promised.target, outturns, chosen, verdict, at),
        due=due,
    )


def _verdict(target: Target, outturn: Outturn | None, at: _Standpoint) -> Verdict:
    beside = dict(at.beside)
    if isinstance(target, InStepWith) and at.before is not None:
        beside[LAST_YEAR.text] = at.before
    return judge(target, outturn, beside=beside, rule=at.rule)


def _otherwise(
    target: Target, outturns: Sequence[Outturn], chosen: Outturn | None, verdict: Verdict, at: _Standpoint
) -> Outturn | None:
    """A result from elsewhere that would give another verdict; an estimate is no rival of a result."""
    if chosen is None:
        return None
    rivals = (each for each in outturns if each is not chosen and each.whole and each.estimate == chosen.estimate)
    known = {Outcome.MET, Outcome.BASICALLY_MET, Outcome.MISSED}
    return next((each for each in rivals if _verdict(target, each, at).outcome in known - {verdict.outcome}), None)


def _waiting(at: _Standpoint, so_far: Outturn | None, due: date | None) -> tuple[str, str]:
    """Why it is not known yet: the year runs, its number is usually published later, or should be there by now."""
    reached_zh, reached_en = "", ""
    if so_far is not None:
        shown = f"{so_far.value:f}{so_far.unit}"
        reached_zh, reached_en = f"，截至{so_far.known_to}为{shown}", f"; by {so_far.known_to} it had come to {shown}"
    if at.as_of <= date(at.year, 12, 31):
        return f"全年尚未结束{reached_zh}。", f"The year is not over{reached_en}."
    if due is not None and at.as_of < due:
        return (
            f"按发布惯例，全年数约在{due}前后公布{reached_zh}。",
            f"The year's number is usually published around {due}{reached_en}.",
        )
    if due is not None:
        return (
            f"按惯例全年数{due}前后应已公布，还没有录入{reached_zh}。",
            f"Usually published by {due}, but not taken in yet{reached_en}.",
        )
    return f"还没有全年数{reached_zh}。", f"There is no number of the whole year yet{reached_en}."


def _held(statement: Statement, made: Completion) -> Held | None:
    """A stated count with the bounds of what can be counted here; None for what is no count of targets, or of a nature without any."""
    if statement.kind == "completion_rate":
        subject, what = "indicators", "rate"
    elif statement.kind == "expected_completion_rate":
        subject, what = "expected", "rate"
    else:
        subject, _, what = statement.kind.partition("_")
    if subject not in _NATURES or what not in ("total", "met", "missed", "rate"):
        return None
    if not made.items:
        return Held(statement=statement)
    count = made.tally(_NATURES[subject])
    if not count.total:
        return None
    low, high = _bounds(what, count, digits=max(0, -int(statement.value.as_tuple().exponent)))
    return Held(statement=statement, low=low, high=high)


def _bounds(what: str, count: Tally, *, digits: int) -> tuple[Decimal, Decimal]:
    low, high = count.bounds
    if what == "total":
        return Decimal(count.total), Decimal(count.total)
    if what == "missed":
        return Decimal(count.missed), Decimal(count.missed + count.basically_met + count.open)
    if what == "rate":
        return round(low / count.total * 100, digits), round(high / count.total * 100, digits)
    return low, high


def outturn_in(outturn: Outturn, unit: str) -> Decimal | None:
    """The number of an outturn in another unit; None where the two cannot be compared."""
    return in_unit(outturn.value, unit=outturn.unit, wanted=unit)
