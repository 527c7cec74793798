"""What the superior says of a target that it assigned itself (完成市级下达任务): done, not done, or still to be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NoReturn

from django.db import transaction

from duheng.errors import AppraiseError
from duheng.plan import Assigned, Target, target_from_dict, target_to_dict
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.actions import plan as plans
from duheng.site.queries.indicators import target
from duheng.site.records.models import Indicator

_WORDS = {True: "met", False: "missed", None: "not_yet_known"}


@transaction.atomic
def confirm(*, by: By, at: datetime, indicator_id: int, year: int, met: bool | None, reason: str) -> None:
    """Close an assigned target of `year` without a number, or open it again (`met` None). `reason` names the paper that says so.

    The year is that of the indicator's plan, or an earlier one whose target the plan's table prints beside its own. Raises
    AppraiseError for a target that nobody assigned, or no reason.
    """
    access.require(by, "plan.edit")
    row = Indicator.objects.select_for_update().select_related("plan").get(pk=indicator_id)
    if not reason.strip():
        raise AppraiseError(reason="Name the paper or letter that says so.", reason_zh="请写明依据的文件或来函。")
    if row.plan.year == year:
        newest = target(row.targets.latest("number"))
        plans.retarget(by=by, at=at, indicator_id=row.pk, target=_closed(newest, met), reason=reason)
        return
    told = next((each for each in row.earlier if each["year"] == year), None)
    if told is None:
        _refuse()
    before = target_from_dict(told["target"])
    told["target"] = target_to_dict(_closed(before, met))
    row.save(update_fields=["earlier"])
    known = before.confirmed if isinstance(before, Assigned) else None
    facts = ({"year": str(year), "outcome": _WORDS[known]}, {"year": str(year), "outcome": _WORDS[met]})
    event.record(by=by, at=at, kind="indicator.confirm", on=row, before=facts[0], after=facts[1], reason=reason)


def _closed(aim: Target, met: bool | None) -> Target:
    if not isinstance(aim, Assigned):
        _refuse()
    return replace(aim, confirmed=met)


def _refuse() -> NoReturn:
    raise AppraiseError(
        reason="Only a target that the superior assigns is closed by its word; this one is judged by its number.",
        reason_zh="只有由上级下达任务数的目标才凭上级确认办结；该目标由数据判定。",
    )
