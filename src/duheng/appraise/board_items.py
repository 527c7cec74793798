"""Items that the level above grades (八张报表): each item's grade by period, as given, or by an imported rule from its rank or score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duheng.appraise.board import Grade, check_rule, graded, last_places
from duheng.appraise.sheet_rows import Column, RowProblem, SheetRows, sheet_rows
from duheng.catalog import GradeRuleEntry

COLUMNS: Sequence[Column] = (
    Column(key="report", names=("报表", "报表名称", "report"), required=True),
    Column(key="item", names=("事项", "指标", "项目", "item", "indicator"), required=True),
    Column(key="period", names=("时期", "期间", "季度", "period", "quarter"), required=True),
    Column(key="grade", names=("等次", "等级", "评价", "grade")),
    Column(key="score", names=("得分", "分数", "score"), number=True),
    Column(key="rank", names=("位次", "排名", "rank"), number=True),
    Column(key="of", names=("参评数", "总数", "of"), number=True),
    Column(key="office", names=("牵头单位", "责任单位", "单位", "office")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedItem:
    """One item of a report in one period: the grade as `given` by who issues it, else the one a rule makes of rank or score."""

    report: str
    item: str
    period: str
    office: str = ""
    given: str = ""
    score: Decimal | None = None
    rank: Decimal | None = None
    of: Decimal | None = None

    def by(self, rule: GradeRuleEntry) -> Grade | None:
        """The grade that `rule` makes of it; None where what the rule looks at was not given."""
        if rule.graded_by == "score":
            return graded(self.score, rule) if self.score is not None else None
        if self.rank is None:
            return None
        if rule.graded_by == "rank":
            return graded(self.rank, rule)
        return _of_share(self.rank, self.of, rule) if self.of else None

    def letter(self, rule: GradeRuleEntry) -> str:
        """Its grade: as given, else by the rule; empty where there is none."""
        made = None if self.given else self.by(rule)
        return self.given or (made.letter if made else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsPeriod:
    """One period of the items: how many have each grade, and which ones turned since the period before."""

    period: str
    count: Mapping[str, int]
    better: tuple[str, ...]
    worse: tuple[str, ...]


def read_items(data: bytes, *, name: str) -> tuple[tuple[GradedItem, ...], tuple[RowProblem, ...]]:
    """The items of a sheet with the columns `COLUMNS`, and what is wrong with it by row; an item twice in a period is wrong."""
    read: SheetRows = sheet_rows(data, name=name, columns=COLUMNS)
    problems = list(read.problems)
    items: dict[tuple[str, str, str], GradedItem] = {}
    for row, cells in read.rows:
        key = (cells["report"], cells["item"], cells["period"])
        if key in items:
            problems.append(
                RowProblem(
                    row=row,
                    column="item",
                    message=(
                        f"“{key[1]}”在 {key[2]} 已出现过，请只留一行。",
                        f"“{key[1]}” of {key[2]} was given already. Keep one row.",
                    ),
                )
            )
            continue
        numbers = {field: Decimal(cells[field]) if cells[field] else None for field in ("score", "rank", "of")}
        if not cells["grade"] and numbers["score"] is None and numbers["rank"] is None:
            message = ("等次、得分、位次至少填一项。", "Give a grade, a score or a rank.")
            problems.append(RowProblem(row=row, column="grade", message=message))
            continue
        items[key] = GradedItem(
            report=key[0],
            item=key[1],
            period=key[2],
            office=cells["office"],
            given=cells["grade"].upper(),
            score=numbers["score"],
            rank=numbers["rank"],
            of=numbers["of"],
        )
    return tuple(items.values()), tuple(sorted(problems, key=lambda each: each.row))


def items_by_period(items: Iterable[GradedItem], rule: GradeRuleEntry) -> tuple[ItemsPeriod, ...]:
    """The history of grades, the oldest period first."""
    check_rule(rule)
    periods: dict[str, dict[tuple[str, str], str]] = {}
    for each in items:
        periods.setdefault(each.period, {})[each.report, each.item] = each.letter(rule)
    found: list[ItemsPeriod] = []
    last: Mapping[tuple[str, str], str] = {}
    order = {letter: place for place, letter in enumerate(rule.grades)}
    for period in sorted(periods):
        now = periods[period]
        count = Counter(now.values())
        letters = [*rule.grades, *sorted(letter for letter in count if letter and letter not in order)]
        moved = {
            key: order[last[key]] - order[letter] for key, letter in now.items() if letter in order and last.get(key) in order
        }
        found.append(
            ItemsPeriod(
                period=period,
                count={letter: count[letter] for letter in letters},
                better=tuple(item for (_, item), step in moved.items() if step > 0),
                worse=tuple(item for (_, item), step in moved.items() if step < 0),
            )
        )
        last = now
    return tuple(found)


def _of_share(rank: Decimal, of: Decimal, rule: GradeRuleEntry) -> Grade:
    """The grade of a rank among so many; its distance is told in places."""
    places = last_places(rule, int(of))
    at = next((number for number, last in enumerate(places) if rank <= last), len(places))
    if at == 0:
        return Grade(letter=rule.grades[0])
    return Grade(letter=rule.grades[at], better=rule.grades[at - 1], distance=rank - places[at - 1])


def item_to_dict(item: GradedItem) -> dict[str, str]:
    """An item as plain data, numbers as text so that none loses a digit."""
    numbers = {name: f"{value:f}" for name in ("score", "rank", "of") if (value := getattr(item, name)) is not None}
    return {name: getattr(item, name) for name in ("report", "item", "period", "office", "given")} | numbers


def item_from_dict(told: Mapping[str, str]) -> GradedItem:
    """The item that plain data tell."""
    numbers = {name: Decimal(told[name]) for name in ("score", "rank", "of") if name in told}
    words = {name: told.get(name, "") for name in ("report", "item", "period", "office", "given")}
    return GradedItem(**words, score=numbers.get("score"), rank=numbers.get("rank"), of=numbers.get("of"))
