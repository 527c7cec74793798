"""What a project's page says of it in sentences: where it stands in its year, and what asks to be looked at."""

from __future__ import annotations

from collections.abc import Iterator

from duheng.site.queries.pool_project import Shown
from duheng.watch.projects import MONTHS, Amount, Progress, TimeBy, money_en, money_zh

Words = tuple[str, str]
_DONE: dict[Amount, Words] = {
    Amount.WORKS: ("完成投资", "done"),
    Amount.COUNTED: ("入统投资", "counted by statistics"),
    Amount.PAID: ("支付资金", "paid"),
}


def sentence(shown: Shown) -> Words:
    """Where the project stands in its year: what is planned, what is done, and how that lies to its time."""
    year, plan, at = shown.year, shown.plan, shown.now.progress
    if plan is None or not plan.planned:
        return f"没有{year}年的投资计划", f"there is no investment plan for {year}"
    zh, en = f"{year}年计划投资{money_zh(plan.planned)}", f"{money_en(plan.planned)} are planned for {year}"
    if at is None:
        return f"{zh}，还没有月度数据", f"{en}, and no month is reported yet"
    word_zh, word_en = _DONE[at.by]
    lag_zh, lag_en = beside_time(at)
    share = f"{at.share * 100:.1f}"
    return (
        f"{zh}，至{at.reported}月末{word_zh}{money_zh(at.done)}（{share}%），{lag_zh}",
        f"{en}; by the end of {MONTHS[at.reported - 1]} {money_en(at.done)} were {word_en} ({share} %), {lag_en}",
    )


def beside_time(at: Progress) -> Words:
    """How far a project is ahead of its time, or behind it."""
    time_zh, time_en = {
        TimeBy.PLAN: ("本项目月度计划", "its own plan of the months"),
        TimeBy.SPAN: ("按起止日期计算的时间进度", "time progress between its start and end"),
        TimeBy.LINEAR: ("时间进度", "time progress"),
    }[at.time_by]
    size = f"{abs(at.lag):.1f}"
    if size == "0.0":
        return f"与{time_zh}一致", f"level with {time_en}"
    side_zh, side_en = ("超前", "ahead of") if at.lag > 0 else ("落后", "behind")
    return f"{side_zh}{time_zh}{size}个百分点", f"{size} points {side_en} {time_en}"


def warnings(shown: Shown) -> list[Words]:
    """What asks to be looked at: a missed start, a standstill, the library, reports that stay away, problems, amounts apart."""
    return list(_warnings(shown))


def _warnings(shown: Shown) -> Iterator[Words]:
    now = shown.now
    if now.missed:
        why_zh, why_en = (
            (f"，原因：{now.missed.reason}", f" ({now.missed.reason})")
            if now.missed.reason
            else ("，未说明原因", " without a reason")
        )
        yield (
            f"计划{now.missed.planned}开工，已过{now.missed.months}个月未开工{why_zh}",
            f"the start planned for {now.missed.planned} has been missed for {_many(now.missed.months, 'month')}{why_en}",
        )
    if now.stalled:
        yield (
            f"已停滞{now.stalled.months}个月：{'；'.join(zh for zh, _ in now.stalled.reasons)}",
            f"it has stood still for {_many(now.stalled.months, 'month')}: {'; '.join(en for _, en in now.stalled.reasons)}",
        )
    if now.library_late:
        late = now.library_late
        yield f"开工后{late}个月未纳统", f"{_many(late, 'month')} after its start it is not in the statistical library"
    if now.progress and now.progress.silent:
        silent = now.progress.silent
        yield f"已{silent}个月未报进度", f"nothing has been reported for {_many(silent, 'month')}"
    if now.problems:
        overdue_zh, overdue_en = (f"，其中{now.overdue}个逾期", f", {now.overdue} of them overdue") if now.overdue else ("", "")
        yield f"{len(now.problems)}个问题待解决{overdue_zh}", f"{_many(len(now.problems), 'problem')} to be settled{overdue_en}"
    for each in now.differences:
        yield each.words


def stay(shown: Shown) -> Words | None:
    """How long it has been in its stage, beside its kind."""
    if shown.stay is None:
        return None
    days = shown.stay.days
    if shown.stay.median is None:
        return f"已{days}天", f"for {_many(days, 'day')}"
    return (
        f"已{days}天，同类中位数{shown.stay.median}天",
        f"for {_many(days, 'day')}; the median of its kind is {shown.stay.median}",
    )


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
