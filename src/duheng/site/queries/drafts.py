"""Drafts: an earlier version of the same report, and what became of its findings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duheng.site.records.models import Document, Finding, PlanDocument

_NUMBERED = re.compile(r"第\d+(?=段|行)")  # where a thing stands may move from draft to draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What an earlier draft's findings became: `new` and `remaining` are findings of this draft, `fixed` of the earlier one."""

    earlier: Document
    new: frozenset[int]
    remaining: frozenset[int]
    fixed: tuple[Finding, ...]


def earlier(document: Document) -> Document | None:
    """The version before: the last other file imported for the same place in a plan of the same area and year."""
    own = PlanDocument.objects.filter(document=document).select_related("plan").order_by("plan__imported_at", "plan_id").first()
    if own is None:
        return None
    plan = own.plan
    same = {"plan__area": plan.area} if plan.area else {"plan__title": plan.title}
    found = (
        PlanDocument.objects.filter(**same, plan__year=plan.year, position=own.position)
        .filter(document__pk__lt=document.pk)
        .exclude(plan=plan)
        .exclude(document__plans__plan=plan)
        .order_by("-document_id")
        .select_related("document")
        .defer("document__text", "document__body")
        .first()
    )
    return found.document if found else None


def since(document: Document) -> Since | None:
    """The comparison with the version before, where there is one that was audited."""
    before = earlier(document)
    if before is None or before.audited_at is None:
        return None
    now = _counting(document)
    left = matched(now, _counting(before))
    gone = {row.pk for row in left.values()}
    return Since(
        earlier=before,
        new=frozenset(row.pk for row in now if row.pk not in left),
        remaining=frozenset(left),
        fixed=tuple(row for row in _counting(before) if row.pk not in gone),
    )


def matched(now: Sequence[Finding], before: Iterable[Finding]) -> dict[int, Finding]:
    """The earlier finding that each of these already was, by the key of its row.

    They are told by the sentence and the words pointed to; where these were changed, by what they say.
    """
    left = list(before)
    found: dict[int, Finding] = {}
    for key in (_mark, _says):
        by_key: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for row in left:
            by_key[key(row)].append(row)
        for row in now:
            if row.pk not in found and by_key[key(row)]:
                found[row.pk] = by_key[key(row)].pop(0)
        taken = {id(row) for row in found.values()}
        left = [row for row in left if id(row) not in taken]
    return found


def _counting(document: Document) -> Sequence[Finding]:
    return list(Finding.objects.filter(document=document, explanation_zh=""))


def _mark(row: Finding) -> tuple[str, str]:
    return row.rule, row.mark


def _says(row: Finding) -> tuple[str, str]:
    return row.rule, _NUMBERED.sub("", row.message_zh)
