"""Appraisal sheets into the tables: all of a file or nothing, the same file once, taken back as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction

from duheng import appraise
from duheng.errors import AppraiseError
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.queries import appraisal as queries
from duheng.site.records.models import Appraisal

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A file as it was handed over."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """Its kind, as its name tells it."""
        return PurePath(self.name).suffix.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Files handed over to be appraised, and what is said of them."""

    kind: str
    title: str
    files: tuple[Handed, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    simulated: bool = False

    @property
    def digest(self) -> str:
        """What tells the same files with the same said of them."""
        told = [
            self.kind,
            self.title,
            repr(sorted(self.given.items())),
            *(hashlib.sha256(each.data).hexdigest() for each in self.files),
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def take_items(*, by: By, at: datetime, sheet: Sheet) -> Appraisal:
    """Take a sheet of graded items in. Raises AppraiseError with every row that is wrong."""
    access.require(by, "appraise.load")
    file = sheet.files[0]
    items, problems = appraise.read_items(file.data, name=file.name)
    refuse(file.name, problems)
    return store(by=by, at=at, sheet=sheet, result={"items": [appraise.item_to_dict(each) for each in items]})


def take_midterm(*, by: By, at: datetime, sheet: Sheet) -> Appraisal:
    """Take a sheet of five-year targets in. Raises AppraiseError with every row that is wrong."""
    access.require(by, "appraise.load")
    file = sheet.files[0]
    targets, problems = appraise.read_long_targets(file.data, name=file.name)
    refuse(file.name, problems)
    return store(by=by, at=at, sheet=sheet, result={"targets": [appraise.long_target_to_dict(each) for each in targets]})


def refuse(name: str, problems: Sequence[appraise.RowProblem]) -> None:
    """Raise AppraiseError that tells what is wrong, a line a row."""
    if not problems:
        return
    more_zh, more_en = "", ""
    if len(problems) > _SHOWN:
        more_zh, more_en = f"\n……共 {len(problems)} 处", f"\n… {len(problems)} in all"
    told_zh = "\n".join(f"第 {each.row} 行：{each.message[0]}" for each in problems[:_SHOWN])
    told_en = "\n".join(f"row {each.row}: {each.message[1]}" for each in problems[:_SHOWN])
    raise AppraiseError(
        reason=f"{name}: nothing was stored.\n{told_en}{more_en}", reason_zh=f"{name}：没有存入任何内容。\n{told_zh}{more_zh}"
    )


@transaction.atomic
def store(*, by: By, at: datetime, sheet: Sheet, result: Mapping[str, Any]) -> Appraisal:
    """The row of a sheet; the one there is where the same was taken in before and not taken back."""
    access.require(by, "appraise.load")
    known = queries.same(sheet.digest)
    if known is not None:
        return known
    files = [
        {"name": each.name, "digest": settings.WORKSPACE.keep(each.data, suffix=each.suffix), "suffix": each.suffix}
        for each in sheet.files
    ]
    made = Appraisal.objects.create(
        kind=sheet.kind,
        title=sheet.title[:200],
        digest=sheet.digest,
        files=files,
        given=dict(sheet.given),
        result=dict(result),
        simulated=sheet.simulated,
        at=at,
        by=by.name,
    )
    event.record(
        by=by, at=at, kind="appraise.load", on=made, after={"kind": sheet.kind, "file": [each.name for each in sheet.files]}
    )
    return made


@transaction.atomic
def undo(*, by: By, at: datetime, appraisal_id: int, reason: str) -> None:
    """Take a sheet back with all that was worked out of it: it stays in its table and counts for nothing."""
    access.require(by, "appraise.load")
    made = Appraisal.objects.select_for_update().get(pk=appraisal_id)
    if made.state != "done":
        return
    made.state, made.undone_at, made.undone_by = "undone", at, by.name
    made.save(update_fields=["state", "undone_at", "undone_by"])
    event.record(by=by, at=at, kind="appraise.undo", on=made, reason=reason)
