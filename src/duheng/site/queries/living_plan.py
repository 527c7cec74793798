"""The plan as it stands now: built from the tables, so that every correction made on the site is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from duheng.plan import form
from duheng.plan import plan as nouns
from duheng.site.records import models as records
from duheng.site.records.shape import target_of


def current() -> records.Plan | None:
    """The plan that pages show unless another is asked for: of the latest year, and of those the last imported."""
    return records.Plan.objects.first()


def outline(plan: records.Plan) -> nouns.Plan:
    """The plan's indicators, results and stated counts alone, for what compares years."""
    loading = _Loading(plan, only=("indicator", "statement"))
    return nouns.Plan(
        title=plan.title,
        area=plan.area,
        year=plan.year,
        documents=tuple(loading.names),
        indicators=tuple(loading.indicator(row) for row in plan.indicators.prefetch_related("targets", "ownership__charges")),
        projects=(),
        tasks=(),
        stated=tuple(loading.statement(row) for row in plan.statements.all()),
        review=(),
        results=tuple(form.to_stated_result(each) for each in plan.results),
    )


def load(plan: records.Plan) -> nouns.Plan:
    """The rows of `plan` as the library's nouns."""
    loading = _Loading(plan)
    return nouns.Plan(
        title=plan.title,
        area=plan.area,
        year=plan.year,
        documents=tuple(loading.names),
        indicators=tuple(loading.indicator(row) for row in plan.indicators.prefetch_related("targets", "ownership__charges")),
        projects=tuple(loading.project(row) for row in plan.projects.all()),
        tasks=tuple(loading.task(row) for row in plan.tasks.prefetch_related("commitments")),
        stated=tuple(loading.statement(row) for row in plan.statements.all()),
        review=tuple(loading.review_item(row) for row in plan.review.filter(state="open")),
        results=tuple(form.to_stated_result(each) for each in plan.results),
    )


class _Loading:
    """All mentions of a plan, fetched once and handed out by item."""

    def __init__(self, plan: records.Plan, *, only: Sequence[str] = ()) -> None:
        sources = list(plan.sources.select_related("document").defer("document__text", "document__body"))
        self.names = [source.document.name for source in sources]
        self.index = {source.document_id: source.position for source in sources}
        self.by_item: dict[tuple[str, int], list[nouns.Mention]] = defaultdict(list)
        self.actuals: dict[int, nouns.Mention] = {}
        for item, owner in ((item, owner) for item, owner in _OWNERS.items() if not only or item in only):
            for row in records.Mention.objects.filter(**{f"{owner}": plan}).order_by("position", "id"):
                self._take(item, row)

    def _take(self, item: str, row: records.Mention) -> None:
        mention = nouns.Mention(document=self.index[row.document_id], offset=row.offset, end=row.end, sentence=row.sentence)
        if row.purpose == "actual" and row.indicator_id:
            self.actuals[row.indicator_id] = mention
        else:
            self.by_item[item, getattr(row, f"{item}_id")].append(mention)

    def _all(self, item: str, row: Any) -> tuple[nouns.Mention, ...]:
        return tuple(self.by_item[item, row.pk])

    def indicator(self, row: records.Indicator) -> nouns.PlannedIndicator:
        newest = max(row.targets.all(), key=lambda version: version.number)
        return nouns.PlannedIndicator(
            row=row.row,
            code=row.code,
            name=row.name,
            unit=row.unit,
            nature=nouns.Nature(row.nature),
            target=target_of(
                kind=newest.kind,
                value=newest.value,
                value2=newest.value2,
                note=newest.note,
                text=newest.text,
                extra=newest.extra,
            ),
            actual=self._actual(row),
            mentions=self._all("indicator", row),
            earlier=tuple(form.to_earlier(each) for each in row.earlier),
            owner=_owner(row),
        )

    def _actual(self, row: records.Indicator) -> nouns.Result | None:
        if row.actual_value is None:
            return None
        mention = self.actuals.get(row.pk) or self._all("indicator", row)[0]
        return nouns.Result(
            value=row.actual_value,
            unit=row.actual_unit,
            comparator=row.actual_comparator,
            period=row.actual_period,
            text=row.actual_text,
            mention=mention,
            estimate=row.actual_estimate,
        )

    def project(self, row: records.Project) -> nouns.PlannedProject:
        return nouns.PlannedProject(
            code=row.code,
            name=row.name,
            aliases=tuple(row.aliases),
            stage=nouns.Stage(row.stage),
            aim=nouns.Stage(row.aim) if row.aim else None,
            group=row.group,
            mentions=self._all("project", row),
        )

    def task(self, row: records.Task) -> nouns.PlannedTask:
        return nouns.PlannedTask(
            number=row.number,
            title=row.title,
            group=row.group,
            mention=self._all("task", row)[0],
            commitments=tuple(self._commitment(promise) for promise in row.commitments.all()),
        )

    def _commitment(self, row: records.Commitment) -> nouns.Commitment:
        return nouns.Commitment(
            text=row.text,
            subject=row.subject,
            value=row.value,
            value2=row.value2,
            unit=row.unit,
            comparator=row.comparator,
            indicator=row.indicator_code,
            mention=self._all("commitment", row)[0],
        )

    def statement(self, row: records.Statement) -> nouns.Statement:
        return nouns.Statement(
            kind=row.kind,
            subject=row.subject,
            value=row.value,
            unit=row.unit,
            period=row.period,
            computed=row.computed,
            open_question=(row.question_zh, row.question_en),
            mention=self._all("statement", row)[0],
        )

    def review_item(self, row: records.ReviewItem) -> nouns.ReviewItem:
        return nouns.ReviewItem(
            kind=row.kind,
            item=row.item,
            reason=(row.reason_zh, row.reason_en),
            refers_to=tuple(row.refers_to),
            mention=self._all("review_item", row)[0],
        )


def _owner(row: records.Indicator) -> str:
    """The lead offices as printed; no row where nobody answers for it yet."""
    ownership = getattr(row, "ownership", None)
    return "、".join(charge.printed for charge in ownership.charges.all() if charge.role == "lead") if ownership else ""


_OWNERS = {
    "indicator": "indicator__plan",
    "project": "project__plan",
    "task": "task__plan",
    "commitment": "commitment__task__plan",
    "statement": "statement__plan",
    "review_item": "review_item__plan",
}
