"""What decisions teach the workspace: which names are one project, what a name means, which doubts are none."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

from duheng.plan.kinship import plain_name
from duheng.plan.naming import read_name
from duheng.plan.place import Place
from duheng.plan.target_form import target_to_dict
from duheng.site.actions.correction import Correction
from duheng.site.actions.journal import Journal, image
from duheng.site.records.models import Indicator, Plan, Project, Remembered, ReviewItem

# Their doubts are about this year's numbers: what was said of them holds for new drafts, not for next year's report.
_OF_THE_YEAR = ("target", "actual", "stage")


def pair(journal: Journal, left: str, right: str, *, same: bool) -> None:
    """Two names are the same project in this place, or two different ones."""
    if left != right and journal.plan is not None:
        key = pair_key(journal.plan, left, right)
        _remember(journal, key=key, kind="same" if same else "different", left=left, right=right)


def item(journal: Journal, row: ReviewItem, *, state: str, choice: str = "", correction: Correction | None = None) -> None:
    """What settling this item teaches."""
    code = str((correction.changes if correction else {}).get("code") or "") or (choice if row.kind == "indicator_name" else "")
    names = row.item.split(" / ")
    if row.kind == "same_project" and len(names) == 2:
        pair(journal, names[0], names[1], same=state != "dismissed")
    elif row.kind == "indicator_name" and code and state != "dismissed":
        _remember(journal, key=name_key(row.plan, row.item), kind="name", left=row.item, right=code)
    else:
        _remember(
            journal,
            key=doubt_key(row.plan, row),
            kind="doubt",
            left=row.item,
            right=row.reason_zh,
            about=row.kind,
            state=state,
            correction=_as_json(correction),
        )


def told(row: Remembered) -> dict[str, Any]:
    """What is remembered, as history tells it."""
    return {"kind": row.kind, "name": row.left, "meaning": row.right, "state": row.state}


def pair_key(plan: Plan, left: str, right: str) -> str:
    """Tells a pair of project names of one place, whatever the spelling and the order."""
    place = Place(area=plan.area)
    names = [plain_name(name, place=place) for name in (left, right)]
    if names[0] == names[1]:  # one name to a reader, two to the person who parted them
        names = [unicodedata.normalize("NFKC", name) for name in (left, right)]
    return _key("pair", plan.area, *sorted(names))


def name_key(plan: Plan, name: str) -> str:
    """Tells an indicator's name, whatever the spelling."""
    plain = read_name(name, place=Place(area=plan.area))
    return _key("name", plain.core, plain.measure)


def doubt_key(plan: Plan, row: ReviewItem) -> str:
    """Tells a doubt by its kind, what it is about, and its words."""
    year = str(plan.year) if row.kind in _OF_THE_YEAR else ""
    return _key("doubt", plan.area, year, row.kind, unicodedata.normalize("NFKC", row.item), row.reason_zh)


def _remember(journal: Journal, *, key: str, **facts: Any) -> None:
    """Keep it, in place of what was remembered of the same thing before; what is only recalled is not learnt again."""
    if journal.decision.kind == "recall" or journal.plan is None:
        return
    columns = {"state": "accepted", "about": "", "correction": None} | facts
    columns |= {"area": journal.plan.area, "year": journal.plan.year, "by": journal.by.name, "at": journal.at}
    known = Remembered.objects.select_for_update().filter(key=key).first()
    if known is None:
        journal.create(Remembered, loose=True, key=key, **columns)
    else:
        journal.change(known, loose=columns, **columns)


def _as_json(correction: Correction | None) -> dict[str, Any] | None:
    if correction is None:
        return None
    if correction.target is not None:
        return {"target": target_to_dict(correction.target)}
    model = Project if "stage" in correction.changes else Indicator
    return {"changes": image(model(**correction.changes), correction.changes)} if correction.changes else None


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
