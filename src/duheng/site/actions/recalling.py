"""At an import, what was decided before is decided again on the fresh plan: visibly, and each so that it can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from duheng.errors import DuhengError
from duheng.plan.kinship import plain_name
from duheng.plan.place import Place
from duheng.plan.target_form import target_from_dict
from duheng.site.access import By
from duheng.site.actions import editing, remembering, settling
from duheng.site.actions.correction import Correction
from duheng.site.actions.journal import Journal, restored
from duheng.site.queries import known
from duheng.site.records.models import Indicator, Mention, Plan, Project, Remembered, ReviewItem


def recall(plan: Plan, *, by: By, at: datetime) -> int:
    """Settle what was decided before, inside the import's transaction; how many items that were."""
    recalling = _Recalling(plan, by=by, at=at)
    return recalling.run() if recalling.known else 0


class _Recalling:
    """One fresh plan beside what is remembered."""

    def __init__(self, plan: Plan, *, by: By, at: datetime) -> None:
        self.plan, self.by, self.at = plan, by, at
        self.known: Mapping[str, Remembered] = {row.key: row for row in Remembered.objects.all()}
        self.place = Place(area=plan.area)

    def run(self) -> int:
        self._names()
        self._splits()
        for item in self.plan.review.filter(state="open"):
            item.refresh_from_db()
            if item.state == "open" and (row := self._about(item)) is not None:
                self._settle(item, row)
        self._pairs()
        return self.plan.review.filter(recalled=True).count()

    def _about(self, item: ReviewItem) -> Remembered | None:
        names = item.item.split(" / ")
        if item.kind == "same_project" and len(names) == 2:
            return self.known.get(remembering.pair_key(self.plan, names[0], names[1]))
        if item.kind == "indicator_name" and (row := self.known.get(remembering.name_key(self.plan, item.item))):
            return row
        return self.known.get(remembering.doubt_key(self.plan, item))

    def _settle(self, item: ReviewItem, row: Remembered, part: tuple[Project, editing.Part] | None = None) -> None:
        """Decide the item as it was decided; where that cannot be done here, it stays open for a person."""
        try:
            with transaction.atomic():
                journal = Journal(by=self.by, at=self.at, kind="recall", name=item.item, plan=self.plan)
                if part:
                    editing.split(journal, *part)
                self._decide(journal, item, row)
                settling.follow(journal, self.plan)
                for each in self.plan.review.filter(decision=journal.decision):
                    journal.change(each, decided_by=row.by, decided_at=row.at, recalled=True)
                journal.close()
        except DuhengError:
            return

    def _decide(self, journal: Journal, item: ReviewItem, row: Remembered) -> None:
        if row.kind == "different" or (row.kind == "doubt" and row.state == "dismissed"):
            settling.dismiss(journal, item)
        elif row.state == "corrected" and row.correction:
            settling.correct(journal, item, _correction(item, row.correction))
        elif row.kind == "name":
            settling.accept(journal, item, choice=row.right)
        else:
            settling.accept(journal, item)

    def _names(self) -> None:
        """Indicators that were bound by a name somebody taught: shown as an item that is settled, not bound in silence."""
        taught = {row.left: row for row in self.known.values() if row.kind == "name"}
        if not taught:
            return
        asked = set(self.plan.review.filter(kind="indicator_name").values_list("item", flat=True))
        for indicator in self.plan.indicators.exclude(code=None):
            row = self.known.get(remembering.name_key(self.plan, indicator.name))
            if row is None or row.right != indicator.code or indicator.name in asked or row.right not in known.indicators():
                continue
            entry = known.indicators()[row.right]
            item = self._item(
                kind="indicator_name",
                item=indicator.name,
                reason=(f"这个名称以前已定为目录指标“{entry.zh}”。", f"This name was decided to mean “{entry.en}”."),
                refers_to=[row.right],
                mention=indicator.mentions.first(),
            )
            Indicator.objects.filter(pk=indicator.pk).update(code=None)  # bound by the decision below, which can be undone
            self._settle(item, row)

    def _splits(self) -> None:
        """Names that a reader takes for one project and a person parted."""
        for project in self.plan.projects.all():
            apart = [
                (name, row)
                for name in project.aliases
                if (row := self.known.get(remembering.pair_key(self.plan, project.name, name))) and row.kind == "different"
            ]
            if apart:
                item = self._pair_item(project.name, apart[0][0], [project.code], project.mentions.first(), same=False)
                names = tuple(name for name, _row in apart)
                part = editing.Part(name=names[0], names=names, stage=project.stage, aim=project.aim)
                self._settle(item, apart[0][1], (project, part))

    def _pairs(self) -> None:
        """Pairs that a person merged by hand, and that no reading would ask about."""
        for row, left, right in self._merged_by_hand():
            found = editing.standing(self.plan, [left, right])
            if len(found) == 2:
                mention = found[1].mentions.first() or found[0].mentions.first()
                item = self._pair_item(row.left, row.right, [left, right], mention, same=True)
                self._settle(item, row)

    def _merged_by_hand(self) -> Iterator[tuple[Remembered, str, str]]:
        pairs = [row for row in self.known.values() if row.kind == "same" and row.area == self.plan.area]
        codes: dict[str, str] = {}
        for project in self.plan.projects.all() if pairs else ():
            for name in (project.name, *project.aliases):
                codes.setdefault(plain_name(name, place=self.place), project.code)
        for row in pairs:
            left, right = (codes.get(plain_name(name, place=self.place)) for name in (row.left, row.right))
            if left and right and left != right:
                yield row, left, right

    def _pair_item(self, left: str, right: str, codes: list[str], mention: Mention | None, *, same: bool) -> ReviewItem:
        reason = (
            ("以前已定为同一个项目。", "They were decided to be one project.")
            if same
            else ("以前已定为不同的项目。", "They were decided to be two projects.")
        )
        return self._item(kind="same_project", item=f"{left} / {right}", reason=reason, refers_to=codes, mention=mention)

    def _item(
        self, *, kind: str, item: str, reason: tuple[str, str], refers_to: list[str], mention: Mention | None
    ) -> ReviewItem:
        last = self.plan.review.aggregate(last=Max("position"))["last"]
        made = ReviewItem.objects.create(
            plan=self.plan,
            position=0 if last is None else last + 1,
            kind=kind,
            item=item,
            reason_zh=reason[0],
            reason_en=reason[1],
            refers_to=refers_to,
        )
        if mention is not None:
            mention.pk, mention.project, mention.indicator, mention.review_item = None, None, None, made
            mention.position = 0
            mention.save(force_insert=True)
        return made


def _correction(item: ReviewItem, kept: Mapping[str, Any]) -> Correction:
    if "target" in kept:
        return Correction(target=target_from_dict(kept["target"]))
    model = Project if item.kind in ("stage", "project") else Indicator
    return Correction(changes=restored(model, kept["changes"]))
