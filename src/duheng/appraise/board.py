"""Boards (晾晒): areas or offices ranked by a number, ties shared, graded by an imported rule, beside the period before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duheng.catalog import GradeRuleEntry
from duheng.errors import AppraiseError
from duheng.plan import Polarity


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade with what parts it from the better one: `distance` in the value ranked, None at the top or where nothing is better.

    `better` is the next better grade, empty at the top.
    """

    letter: str
    better: str = ""
    distance: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One row of a board: its value, its rank (None without a value), and where it stood the period before.

    `rise` is the places gained (lost: negative), `change` the value's difference.
    """

    code: str
    value: Decimal | None
    rank: int | None = None
    tied: bool = False
    value_before: Decimal | None = None
    rank_before: int | None = None
    grade: Grade | None = None

    @property
    def rise(self) -> int | None:
        """Places gained since the period before."""
        return None if self.rank is None or self.rank_before is None else self.rank_before - self.rank

    @property
    def rise_size(self) -> int:
        """How many places were gained or lost."""
        return abs(self.rise or 0)

    @property
    def change(self) -> Decimal | None:
        """How far the value moved since the period before."""
        return None if self.value is None or self.value_before is None else self.value - self.value_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Those ranked, the best first, then those without a value, in the order given."""

    rows: tuple[Placed, ...]
    rule: GradeRuleEntry | None = None

    @property
    def ranked(self) -> int:
        """How many have a rank."""
        return sum(row.rank is not None for row in self.rows)

    @property
    def grades(self) -> Mapping[str, int]:
        """How many have each grade, the best first."""
        count = Counter(row.grade.letter for row in self.rows if row.grade)
        return {letter: count[letter] for letter in (self.rule.grades if self.rule else ())}

    def of(self, code: str) -> Placed | None:
        """The row of one that takes part."""
        return next((row for row in self.rows if row.code == code), None)


def board(
    values: Mapping[str, Decimal | None],
    *,
    better: Polarity = Polarity.HIGHER,
    before: Mapping[str, Decimal | None] | None = None,
    rule: GradeRuleEntry | None = None,
) -> Board:
    """The board of `values` by code. Equal values share a rank, and the next one leaves the places out: 1, 2, 2, 4.

    Values are ranked as they are given, so round them to what is published first. Raises AppraiseError for a rule whose cuts
    cannot be, or an indicator that has no better direction.

    >>> made = board({"a": Decimal(9), "b": Decimal(7), "c": Decimal(7), "d": Decimal(5), "e": None})
    >>> [(row.code, row.rank) for row in made.rows]
    [('a', 1), ('b', 2), ('c', 2), ('d', 4), ('e', None)]
    """
    if better is Polarity.NEUTRAL:
        raise AppraiseError(
            reason="The indicator has no better direction, so nothing can be ranked by it. Say whether higher or lower is better.",
            reason_zh="该指标没有优劣方向，不能据以排名。请说明数值高者为优还是低者为优。",
        )
    if rule is not None:
        check_rule(rule)
    ranks, earlier = _ranks(values, better), _ranks(before or {}, better)
    shared = Counter(ranks.values())
    order = sorted(ranks, key=lambda code: ranks[code])
    best = [value for code in order if (value := values[code]) is not None]
    rows = [
        Placed(
            code=code,
            value=values[code],
            rank=ranks.get(code),
            tied=code in ranks and shared[ranks[code]] > 1,
            value_before=(before or {}).get(code),
            rank_before=earlier.get(code),
            grade=_grade(rule, ranks[code], values[code], best, better) if rule is not None and code in ranks else None,
        )
        for code in (*order, *(code for code in values if code not in ranks))
    ]
    return Board(rows=tuple(rows), rule=rule)


def per_head(
    totals: Mapping[str, Decimal | None], heads: Mapping[str, Decimal | None], *, digits: int = 2
) -> dict[str, Decimal | None]:
    """Each total divided by its heads, rounded to `digits`; None where either is not known.

    Raises AppraiseError where there are no heads to divide by.
    """
    found: dict[str, Decimal | None] = {}
    for code, total in totals.items():
        count = heads.get(code)
        if count is not None and count <= 0:
            raise AppraiseError(
                reason=f"{code}: cannot divide by {count}. Correct the population, or leave it empty where it is not known.",
                reason_zh=f"{code}：不能除以 {count}。请改正人口数；不清楚的请留空。",
            )
        found[code] = round(total / count, digits) if total is not None and count is not None else None
    return found


def graded(value: Decimal, rule: GradeRuleEntry) -> Grade:
    """The grade of a score or a rank by itself, under a rule that looks at no others. Raises AppraiseError for shares."""
    check_rule(rule)
    if rule.graded_by == "share":
        raise AppraiseError(
            reason=f"{rule.en}: a share of all ranked cannot be told from one value alone. Give all of them.",
            reason_zh=f"{rule.zh}：按比例定等需要全部对象，单个数值无法定等。",
        )
    return _by_cuts(rule, value)


def check_rule(rule: GradeRuleEntry) -> None:
    """Raise AppraiseError, with the remedy, for a rule whose grades or cuts cannot be."""
    reason = _wrong(rule)
    if reason:
        raise AppraiseError(
            reason=f"Grade rule “{rule.code}”: {reason[1]} Correct grades.yml in the workspace's catalog folder.",
            reason_zh=f"定等规则“{rule.code}”：{reason[0]}请改正工作区 catalog 目录中的 grades.yml。",
        )


def last_places(rule: GradeRuleEntry, ranked: int) -> list[int]:
    """The last place that each grade but the worst still holds among so many ranked, for rules by share or rank.

    A third has no end as a decimal: a share written to four places or more means what rounds to it.
    """
    if rule.graded_by == "rank":
        return [int(cut) for cut in rule.cuts]
    return [int((cut + _meant(cut)) * ranked) for cut in rule.cuts]


def _meant(cut: Decimal) -> Decimal:
    exponent = cut.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) and exponent <= -4 else Decimal(0)


def grade_history(boards: Sequence[tuple[str, Board]]) -> dict[str, tuple[tuple[str, Placed], ...]]:
    """Where everybody stood in each of several periods, the oldest first: (period, row) by code."""
    codes = dict.fromkeys(row.code for _, one in boards for row in one.rows)
    told = {code: [(period, row) for period, one in boards if (row := one.of(code)) is not None] for code in codes}
    return {code: tuple(rows) for code, rows in told.items()}


def _ranks(values: Mapping[str, Decimal | None], better: Polarity) -> dict[str, int]:
    known = {code: value for code, value in values.items() if value is not None}
    for code, value in known.items():
        if not value.is_finite():
            raise AppraiseError(
                reason=f"{code}: {value} is not a number and cannot be ranked.",
                reason_zh=f"{code}：{value} 不是数，不能参加排名。",
            )
    ordered = sorted(known.values(), reverse=better is Polarity.HIGHER)
    first: dict[Decimal, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {code: first[value] for code, value in known.items()}


def _wrong(rule: GradeRuleEntry) -> tuple[str, str] | None:
    if len(set(rule.grades)) != len(rule.grades) or len(rule.grades) < 2:
        return "等次至少两个且不能重复。", "it needs two grades or more, none of them twice."
    if len(rule.cuts) != len(rule.grades) - 1:
        return f"{len(rule.grades)} 个等次需要 {len(rule.grades) - 1} 条界线。", (
            f"{len(rule.grades)} grades need {len(rule.grades) - 1} cuts."
        )
    rising = rule.graded_by != "score"
    pairs = list(zip(rule.cuts, rule.cuts[1:], strict=False))
    if any(after <= cut if rising else after >= cut for cut, after in pairs):
        return "各等次的界线重叠或次序有误。", "the cuts overlap, or are out of order."
    if rule.graded_by == "share" and not all(0 < cut < 1 for cut in rule.cuts):
        return "比例界线应在 0 和 1 之间。", "the cuts of shares must lie between 0 and 1."
    return None


def _grade(rule: GradeRuleEntry, rank: int, value: Decimal | None, best: Sequence[Decimal], better: Polarity) -> Grade:
    """The grade of one that is ranked; its distance is told in the value, up to the weakest of the better grade."""
    if rule.graded_by == "score":
        return _by_cuts(rule, value if value is not None else Decimal(0))
    places = last_places(rule, len(best))
    at = next((number for number, last in enumerate(places) if rank <= last), len(places))
    if at == 0:
        return Grade(letter=rule.grades[0])
    number = next((each for each in range(at - 1, -1, -1) if places[each] > 0), None)
    if number is None or value is None:
        return Grade(letter=rule.grades[at], better=rule.grades[at - 1])
    weakest = best[min(places[number], len(best)) - 1]
    distance = weakest - value if better is Polarity.HIGHER else value - weakest
    return Grade(letter=rule.grades[at], better=rule.grades[number], distance=distance)


def _by_cuts(rule: GradeRuleEntry, value: Decimal) -> Grade:
    upwards = rule.graded_by == "score"
    at = next((number for number, cut in enumerate(rule.cuts) if (value >= cut if upwards else value <= cut)), len(rule.cuts))
    if at == 0:
        return Grade(letter=rule.grades[0])
    return Grade(letter=rule.grades[at], better=rule.grades[at - 1], distance=abs(rule.cuts[at - 1] - value))
