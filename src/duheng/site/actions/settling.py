"""What settling a review item does to the plan, by its kind; noted in the journal of the decision that settles it."""

from __future__ import annotations

from typing import Any

from duheng.errors import AlreadyDecided, DecisionError
from duheng.plan.target import Target
from duheng.site.actions import editing, remembering
from duheng.site.actions.correction import Correction
from duheng.site.actions.journal import Journal
from duheng.site.queries import known, review
from duheng.site.records.models import Indicator, Plan, Project, ReviewItem

_ZH = {"accepted": "采纳", "corrected": "已更正", "dismissed": "不处理"}


def locked(item_id: int) -> ReviewItem:
    """The item, held until the action ends; raises AlreadyDecided unless it is open."""
    item = ReviewItem.objects.select_for_update().get(pk=item_id)
    if item.state != "open":
        raise AlreadyDecided(
            name=item.item,
            by=item.decided_by,
            at=review.when(item.decided_at),
            state=item.state,
            state_zh=_ZH[item.state],
        )
    return item


def accept(journal: Journal, item: ReviewItem, *, choice: str = "") -> dict[str, Any]:
    """Do what accepting the item means; gives what changed, for history.

    That two names are one project merges them, `choice` being the name to keep; an indicator of the catalog (`choice`) is bound;
    all else leaves the plan as it is.
    """
    done: dict[str, Any] = {}
    if item.kind == "same_project":
        done = _merge(journal, item, name=choice)
    elif item.kind == "indicator_name" and choice:
        done = _bind(journal, item, code=choice)
    close(journal, item, state="accepted", note=choice)
    return done


def dismiss(journal: Journal, item: ReviewItem) -> None:
    """The item is set aside: two names are two projects, a doubt is none."""
    close(journal, item, state="dismissed")


def correct(journal: Journal, item: ReviewItem, correction: Correction) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put what the person typed in place of what was read; gives what it was and what it is."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    reason = correction.reason or item.reason_zh
    if correction.target is not None:
        before, after = _target(journal, item, correction.target, reason=reason)
    elif "code" in correction.changes:
        after = _bind(journal, item, code=str(correction.changes["code"]))
    elif correction.changes:
        row = review.subject(item)
        if row is None:
            raise _gone(item)
        before = {name: _shown(getattr(row, name)) for name in correction.changes}
        journal.change(row, **correction.changes)
        after = {name: _shown(value) for name, value in correction.changes.items()}
    close(journal, item, state="corrected", note=correction.reason, correction=correction)
    return before, after


def follow(journal: Journal, plan: Plan) -> None:
    """Settle the open items that ask whether two projects are one, where merging has answered them."""
    rows = list(Project.every.filter(plan=plan).values_list("pk", "code", "merged_into"))
    into = {pk: merged for pk, _code, merged in rows if merged}
    codes = {code: pk for pk, code, _merged in rows}
    for item in plan.review.filter(kind="same_project", state="open"):
        found = set()
        for code in item.refers_to:
            pk = codes.get(str(code))
            while pk in into:
                pk = into[pk]
            found.add(pk)
        if len(item.refers_to) > 1 and len(found) == 1 and None not in found:
            _settle(journal, item, state="accepted", note="follows")


def close(journal: Journal, item: ReviewItem, *, state: str, note: str = "", correction: Correction | None = None) -> None:
    """The item is settled, and what was decided is remembered for the next report."""
    remembering.item(journal, item, state=state, choice=note, correction=correction)
    _settle(journal, item, state=state, note=note)


def _settle(journal: Journal, item: ReviewItem, *, state: str, note: str) -> None:
    journal.change(item, state=state, decided_by=journal.by.name, decided_at=journal.at, note=note, decision=journal.decision)


def _merge(journal: Journal, item: ReviewItem, *, name: str) -> dict[str, Any]:
    """Merge the projects the item names; a name that is no project of its own becomes another name of the one that is."""
    found = editing.standing(item.plan, item.refers_to)
    if not found:
        raise _gone(item)
    names = item.item.split(" / ")
    kept = next((row for row in found if name and name in (row.name, *row.aliases)), found[0])
    others = [row for row in found if row.pk != kept.pk]
    if len(item.refers_to) == 1:
        _add_name(journal, kept, item, [each for each in names if each not in (kept.name, *kept.aliases)], name=name)
        return {"name": kept.name, "aliases": kept.aliases}
    if others:
        editing.merge(journal, kept, others, name=name)
    return {"name": kept.name, "aliases": kept.aliases, "merged": [row.code for row in others]}


def _add_name(journal: Journal, kept: Project, item: ReviewItem, names: list[str], *, name: str) -> None:
    chosen = name if name in names else kept.name
    every = [*dict.fromkeys([kept.name, *kept.aliases, *names])]
    journal.change(kept, loose=["name", "aliases"], name=chosen, aliases=[each for each in every if each != chosen])
    known_places = set(kept.mentions.values_list("document_id", "offset"))
    place = kept.mentions.count()
    for mention in item.mentions.all():
        if (mention.document_id, mention.offset) not in known_places:
            editing.copy_mention(journal, mention, position=place, project=kept)


def _bind(journal: Journal, item: ReviewItem, *, code: str) -> dict[str, Any]:
    if code not in known.indicators():
        raise DecisionError(
            name=item.item,
            reason=f"the catalog has no indicator “{code}”. Choose one from the list.",
            reason_zh=f"目录中没有“{code}”。请从列表中选择。",
        )
    rows = list(Indicator.objects.select_for_update().filter(plan=item.plan, name=item.item))
    if not rows:
        raise _gone(item)
    for row in rows:
        journal.change(row, code=code)
    return {"code": code}


def _target(journal: Journal, item: ReviewItem, target: Target, *, reason: str) -> tuple[dict[str, Any], dict[str, Any]]:
    row = review.subject(item)
    if isinstance(row, Indicator):
        last, new = editing.retarget(journal, row, target, reason=reason)
        return {"text": last.text}, {"text": new.text}
    editing.add_indicator(journal, item, target, reason=reason)
    return {}, {"text": target.text}


def _gone(item: ReviewItem) -> DecisionError:
    return DecisionError(
        name=item.item,
        reason="what it is about is no longer in the plan. Set the item aside.",
        reason_zh="它所涉及的内容已不在计划中。可选择不处理。",
    )


def _shown(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | list) else str(value)
