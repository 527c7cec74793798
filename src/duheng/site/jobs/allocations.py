"""The job of a scenario: the problem is built, solved, checked, kept, and then explained bit by bit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.timezone import localdate
from django_tasks import task

from duheng import allocate
from duheng.allocate import Answer, AnswerStatus, Bought, Problem, Remedy, kept, money
from duheng.errors import DuhengError
from duheng.site.actions import allocating
from duheng.site.actions.import_jobs import Cancelled
from duheng.site.queries import allocation
from duheng.site.queries.allocation import Ask
from duheng.site.records.models import Scenario

_log = logging.getLogger(__name__)
_REMEDIES = 12  # projects left out that are told the cheapest change, the most wanted first
_SECONDS = 3.0  # for each explanation


@task()
def run(scenario_id: str) -> None:
    """What the worker calls."""
    work(scenario_id)


def work(scenario_id: str) -> None:
    """Work it out; whatever happens, the row says so."""
    row = allocating.begin(scenario_id)
    if row is None:
        return
    try:
        _work(row)
    except Cancelled:
        return
    except DuhengError as error:
        allocating.fail(row.pk, at=_now(), zh=error.message("zh"), en=error.message("en"))
    except Exception:
        _log.exception("scenario %s failed", scenario_id)
        allocating.fail(
            row.pk,
            at=_now(),
            zh="程序出错，没有得出结果；错误已记入日志。请把日志交给维护人员。",
            en="A fault in the program; there is no answer, and it is in the log. Hand the log to the maintainers.",
        )


def _work(row: Scenario) -> None:
    asked = Ask.of(row.asked)
    told: dict[str, Any] = {}
    if row.problem is None:
        built = allocation.build(asked, as_of=localdate(row.at), name=row.name)
        problem, simulated, told["left_out"] = built.problem, built.simulated, built.left_out
    else:
        problem, simulated = kept.problem_of(row.problem), bool(row.rolled_from and row.rolled_from.simulated)
    allocating.advance(row.pk, "solve")
    answer = allocate.solve(problem, seconds=float(asked.seconds))  # checked, or it raises
    allocating.answered(row.pk, at=_now(), problem=problem, answer=answer, told=told, simulated=simulated)
    for step, (place, key, words) in enumerate(_explanations(problem, answer), 1):
        told.setdefault(place, {})[key] = words
        allocating.explained(row.pk, told=told, step=step, more=True)
    allocating.explained(row.pk, told=told, step=0, more=False)


def _explanations(problem: Problem, answer: Answer) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What one more 亿元 in each fund's first year would buy, and the cheapest change that lets each project in."""
    if answer.status is AnswerStatus.INFEASIBLE:
        return
    for fund in problem.funds if answer.unfunded else ():
        try:
            bought = allocate.more(problem, answer, fund=fund.code, year=problem.years[0], seconds=_SECONDS)
        except DuhengError as error:
            yield "more", fund.code, {"words": [error.message("zh"), error.message("en")]}
            continue
        yield "more", fund.code, _bought(problem, bought)
    wanted = sorted(answer.unfunded, key=lambda each: -problem.by_code[each.project].priority)
    for each in wanted[:_REMEDIES]:
        try:
            found = allocate.remedy(problem, answer, project=each.project, seconds=_SECONDS)
        except DuhengError as error:
            yield "remedies", each.project, {"words": [error.message("zh"), error.message("en")]}
            continue
        yield "remedies", each.project, {"words": list(_remedy(problem, found))}


def _bought(problem: Problem, bought: Bought) -> dict[str, Any]:
    changes = bought.comparison
    entered = [problem.by_code[code].title for code in changes.entered]
    left = [problem.by_code[code].title for code in changes.left]
    zh = f"可新纳入：{'、'.join(entered)}" if entered else "不会多纳入项目"
    en = f"lets in: {', '.join(entered)}" if entered else "lets no further project in"
    if left:
        zh, en = f"{zh}；移出：{'、'.join(left)}", f"{en}; takes out: {', '.join(left)}"
    return {"entered": list(changes.entered), "left": list(changes.left), "gain": str(changes.gain), "words": [zh, en]}


def _remedy(problem: Problem, found: Remedy) -> tuple[str, str]:
    """The cheapest change in (zh, en)."""
    if found.shortage is None:
        words = [each.words for each in found.obstacles]
        return "".join(zh for zh, _ in words), " ".join(en for _, en in words)
    zh, en = [], []
    names = allocation.names(problem)
    for (fund, year), amount in found.shortage.money.items():
        printed = money.printed(amount, problem.unit)
        zh.append(f"{year}年“{names[1][fund]}”增加{printed}")
        en.append(f"{printed} more in “{names[1][fund]}” in {year}")
    for (project, fund), amount in found.shortage.ceilings.items():
        printed = money.printed(amount, problem.unit)
        zh.append(f"“{names[1][fund]}”对“{names[0][project]}”的比例上限放宽{printed}")
        en.append(f"the ceiling of “{names[1][fund]}” for “{names[0][project]}” raised by {printed}")
    if not zh:
        return "无需增加资金即可纳入，但总优先级不会更高。", "It could come in without more money, at no gain in priority."
    along = [names[0][code] for code in found.along]
    if along:
        zh.append(f"并同时纳入{'、'.join(along)}")
        en.append(f"with {', '.join(along)} coming in too")
    return "，".join(zh) + "。", "; ".join(en) + "."


def _now() -> datetime:
    return datetime.now(UTC)
