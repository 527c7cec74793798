"""What is wrong with the parts of a problem: whatever would make it contradict itself on its face."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from duheng.allocate import money
from duheng.allocate.circle import circle
from duheng.allocate.fault import Fault, Words
from duheng.allocate.fund import Fund
from duheng.allocate.pin import Pin
from duheng.allocate.project import Project

_YEARS = range(1900, 2201)
_MOST_YEARS = 30  # of a plan
_MOST_NEEDS = 40  # years of one project: no works last longer, so these are months or something else
_LARGEST_PRIORITY = Decimal(10) ** 9


def faults(years: Sequence[int], funds: Sequence[Fund], projects: Sequence[Project], pins: Sequence[Pin] = ()) -> Iterator[Fault]:
    """Every fault of a problem made of these parts."""
    yield from _of_years(years)
    if not projects:
        yield _empty("项目", "project", "projects")
    if not funds:
        yield _empty("资金", "fund", "funds")
    yield from _twice([fund.code for fund in funds], ("资金", "fund"))
    yield from _twice([project.code for project in projects], ("项目", "project"))
    for fund in funds:
        yield from _of_fund(fund, years)
    known, eligible = {project.code for project in projects}, {fund.code for fund in funds}
    for project in projects:
        yield from _of_project(project, years)
        yield from _of_links(project, known, eligible)
    yield from _of_circle(projects)
    yield from _of_pins(pins, years, {project.code: project for project in projects}, eligible)


def _empty(zh: str, en: str, key: str) -> Fault:
    message = (f"没有任何{zh}。请至少列出一个。", f"there is no {en}. List at least one.")
    return Fault(code="allocate.empty", place=(key, key), message=message)


def _of_years(years: Sequence[int]) -> Iterator[Fault]:
    def wrong(zh: str, en: str) -> Fault:
        return Fault(code="allocate.years", place=("years", "years"), message=(zh, en))

    if not years:
        yield wrong("没有年份。请写成 [2025, 2026, 2027]。", "there are no years. Write [2025, 2026, 2027].")
        return
    if bad := [year for year in years if year not in _YEARS]:
        yield wrong(f"{bad[0]} 不是年份。请写四位年份。", f"{bad[0]} is not a year. Write four digits.")
    elif list(years) != list(range(years[0], years[0] + len(years))):
        told = ", ".join(map(str, years))
        yield wrong(
            f"{told} 不是逐年相连、由先到后的年份。请补齐并排好。",
            f"{told} are not consecutive years in order. Fill the gaps, name each once, and put them in order.",
        )
    if len(years) > _MOST_YEARS:
        yield wrong(
            f"有 {len(years)} 年，最多 {_MOST_YEARS} 年。", f"there are {len(years)} years; at most {_MOST_YEARS} can be planned."
        )


def _twice(codes: Sequence[str], kind: Words) -> Iterator[Fault]:
    for code, count in Counter(codes).items():
        if count > 1:
            places = [number for number, each in enumerate(codes, start=1) if each == code]
            zh, en = "、".join(f"第 {place}" for place in places), " and ".join(f"number {place}" for place in places)
            yield Fault(
                code="allocate.twice",
                place=(f"{kind[0]} {code}", f"{kind[1]} {code}"),
                message=(
                    f"同一编码出现 {count} 次（{zh} 项）。请合并，或改其中一个的编码。",
                    f"the same code stands {count} times ({en}). Merge them, or give one another code.",
                ),
            )
        if not code.strip():
            message = ("有一项没有编码。请给每一项一个编码。", "one has no code. Give each a code.")
            yield Fault(code="allocate.code", place=kind, message=message)


def _at(kind: Words, title: str, field: str) -> Callable[[str, str, str], Fault]:
    """What makes faults at one field of one thing."""
    place = (f"{kind[0]} {title}，{field}", f"{kind[1]} {title}, {field}")
    return lambda code, zh, en: Fault(code=f"allocate.{code}", place=place, message=(zh, en))


def _money(value: int, wrong: Callable[[str, str, str], Fault]) -> Iterator[Fault]:
    if value < 0:
        yield wrong(
            "negative",
            f"金额为负（{money.printed(value, money.WAN)}）。请写成零或正数；已收回的资金从总额中减去。",
            f"the amount is negative ({money.printed(value, money.WAN)}). Write nought or more; subtract money that was taken back.",
        )
    if value > money.LARGEST:
        yield wrong(
            "large",
            f"金额过大（{money.printed(value, '亿元')}）。请核对单位。",
            f"the amount is too large ({money.printed(value, '亿元')}). Check the unit.",
        )


def _outside(year: int, years: Sequence[int], wrong: Callable[[str, str, str], Fault]) -> Iterator[Fault]:
    if years and year not in years:
        span = f"{years[0]}–{years[-1]}"
        yield wrong(
            "outside",
            f"{year} 年不在规划年份（{span}）之内。请改正年份，或把它加入 years；上年结转的资金写入第一年。",
            f"{year} is outside the years of the plan ({span}). Correct the year or add it to years; what was carried over from before "
            "belongs in the first year.",
        )


def _of_fund(fund: Fund, years: Sequence[int]) -> Iterator[Fault]:
    for year, value in fund.amounts.items():
        wrong = _at(("资金", "fund"), fund.code, f"amounts {year}")
        yield from _money(value, wrong)
        yield from _outside(year, years, wrong)
    for year, part in fund.likelihood.items():
        wrong = _at(("资金", "fund"), fund.code, f"likelihood {year}")
        yield from _part(part, wrong)
        yield from _outside(year, years, wrong)


def _part(part: Decimal, wrong: Callable[[str, str, str], Fault]) -> Iterator[Fault]:
    if not part.is_finite() or not 0 <= part <= 1:
        yield wrong(
            "share",
            f"{part} 不在 0 到 1 之间。比例请写成小数：百分之五十写 0.5。",
            f"{part} is not from 0 to 1. Write a share as a decimal: fifty percent is 0.5.",
        )


def _of_project(project: Project, years: Sequence[int]) -> Iterator[Fault]:
    kind = ("项目", "project")
    wrong = _at(kind, project.code, "yearly")
    if not project.yearly:
        yield wrong(
            "needs", "没有分年需求。请逐年写出，从开工当年起。", "no yearly needs. Write one for each year from its start."
        )
    if len(project.yearly) > _MOST_NEEDS:
        yield wrong(
            "needs",
            f"有 {len(project.yearly)} 个年度，超过 {_MOST_NEEDS} 年。请核对是不是按月写的。",
            f"it names {len(project.yearly)} years, more than {_MOST_NEEDS}. Check that these are years, not months.",
        )
    for number, need in enumerate(project.yearly, start=1):
        yield from _money(need, _at(kind, project.code, f"yearly {number}"))
    for fund, value in project.spent.items():
        yield from _money(value, _at(kind, project.code, f"spent {fund}"))
    if not project.priority.is_finite() or abs(project.priority) > _LARGEST_PRIORITY:
        yield _at(kind, project.code, "priority")(
            "priority",
            f"{project.priority} 不能作为优先级。请写 0 到 {_LARGEST_PRIORITY:,f} 之间的数。",
            f"{project.priority} cannot be a priority. Write a number from 0 to {_LARGEST_PRIORITY:,f}.",
        )
    yield from _of_window(project, years)


def _of_window(project: Project, years: Sequence[int]) -> Iterator[Fault]:
    wrong = _at(("项目", "project"), project.code, "earliest, latest")
    if project.earliest > project.latest:
        yield wrong(
            "window",
            f"最早开工 {project.earliest} 年晚于最迟 {project.latest} 年。请对调或改正。",
            f"its earliest start {project.earliest} is after its latest {project.latest}. Exchange or correct them.",
        )
    elif years and (project.latest < years[0] or project.earliest > years[-1]):
        yield wrong(
            "window",
            f"只能在 {project.earliest}–{project.latest} 年开工，不在规划年份（{years[0]}–{years[-1]}）之内。请改正，或移出本规划；"
            f"已开工的续建项目写 {years[0]} 年，只列尚需资金。",
            f"it may start in {project.earliest}–{project.latest} only, outside the years of the plan ({years[0]}–{years[-1]}). Correct "
            f"this, or take it out of this plan; for one under way write {years[0]} and what it still needs.",
        )


def _of_links(project: Project, known: set[str], eligible: set[str]) -> Iterator[Fault]:
    kind = ("项目", "project")
    for field, codes in (("requires", project.requires), ("excludes", project.excludes)):
        wrong = _at(kind, project.code, field)
        for code in codes:
            if code == project.code:
                yield wrong("itself", "指向它自己。请删去。", "it names itself. Remove it.")
            elif code not in known:
                yield wrong(
                    "unknown",
                    f"没有编码为 {code} 的项目。请改正编码，或补上该项目。",
                    f"there is no project {code}. Correct the code, or add it.",
                )
    for fund, part in project.ceilings.items():
        wrong = _at(kind, project.code, f"ceilings {fund}")
        yield from _part(part, wrong)
        if fund not in eligible:
            yield wrong(
                "unknown",
                f"没有编码为 {fund} 的资金。请改正编码，或补上该资金。",
                f"there is no fund {fund}. Correct the code, or add it.",
            )


def _of_circle(projects: Iterable[Project]) -> Iterator[Fault]:
    found = circle({project.code: project.requires for project in projects})
    if found:
        path = " → ".join(found)
        yield _at(("项目", "project"), found[0], "requires")(
            "circle",
            f"互为前提，成了一个环：{path}。请去掉其中一条。",
            f"projects require each other in a circle: {path}. Remove one of these links.",
        )


def _of_pins(pins: Sequence[Pin], years: Sequence[int], projects: Mapping[str, Project], funds: set[str]) -> Iterator[Fault]:
    for pin in pins:
        wrong = _at(("指定", "pin"), pin.project, "project")
        if pin.project not in projects:
            yield wrong(
                "unknown",
                f"没有编码为 {pin.project} 的项目。请改正编码。",
                f"there is no project {pin.project}. Correct the code.",
            )
            continue
        yield from _of_pin(pin, projects[pin.project], years, funds)
    for code in {pin.project for pin in pins}:
        yield from _contradictions(code, [pin for pin in pins if pin.project == code])


def _contradictions(code: str, pins: Sequence[Pin]) -> Iterator[Fault]:
    wrong = _at(("指定", "pin"), code, "project")
    if {True, False} <= {pin.included for pin in pins}:
        yield wrong("pins", "同时指定纳入和不纳入。请只留一个。", "it is pinned both in and out. Keep one of them.")
    starts = sorted({pin.start for pin in pins if pin.start is not None})
    if len(starts) > 1:
        told = ", ".join(map(str, starts))
        yield wrong(
            "pins", f"指定了几个开工年份：{told}。请只留一个。", f"it is pinned to several starts: {told}. Keep one of them."
        )


def _of_pin(pin: Pin, project: Project, years: Sequence[int], funds: set[str]) -> Iterator[Fault]:
    if pin.start is not None and not (project.earliest <= pin.start <= project.latest and pin.start in years):
        yield _at(("指定", "pin"), pin.project, "start")(
            "pins",
            f"{pin.start} 年不在它可开工的年份（{project.earliest}–{project.latest}）和规划年份之内。请改正。",
            f"{pin.start} is not among the years in which it may start ({project.earliest}–{project.latest}) within the plan. Correct it.",
        )
    if pin.fund is None:
        if pin.amount is not None:
            yield _at(("指定", "pin"), pin.project, "amount")(
                "pins", "有金额而没有资金。请写明资金。", "an amount without a fund. Name the fund."
            )
        return
    wrong = _at(("指定", "pin"), pin.project, f"fund {pin.fund}")
    if pin.fund not in funds:
        yield wrong("unknown", f"没有编码为 {pin.fund} 的资金。请改正编码。", f"there is no fund {pin.fund}. Correct the code.")
    elif pin.fund not in project.ceilings:
        yield wrong(
            "pins",
            "该项目不能使用这项资金（ceilings 中没有）。请改正。",
            "this fund may not pay it (it is not among its ceilings). Correct it.",
        )
    if pin.amount is not None:
        yield from _money(pin.amount, wrong)
