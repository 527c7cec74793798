"""Storing what was read: all of it or nothing, and the same reports only once."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from duheng.plan import form
from duheng.plan import office as offices
from duheng.plan import plan as nouns
from duheng.read import Block, fold
from duheng.read import Document as ReadDocument
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import auditing, event, owners, pool_pairing, recalling, searching
from duheng.site.actions.reading import Reading, Report, Source, fingerprint
from duheng.site.records import models as records
from duheng.site.records.shape import target_columns

_TOLD = 1500  # characters of a task's paragraph


@transaction.atomic
def store_files(*, by: By, at: datetime, readings: Sequence[Reading], files: Sequence[Report]) -> tuple[int, bool]:
    """As `store_all`, the originals kept with it: one that cannot be kept takes its plan back."""
    told = store_all(by=by, at=at, readings=readings)
    for file in files:
        settings.WORKSPACE.keep(file.path.read_bytes(), suffix=file.suffix)
    return told


@transaction.atomic
def store_all(*, by: By, at: datetime, readings: Sequence[Reading]) -> tuple[int, bool]:
    """Store the plans of several years, all or none; returns the id of the latest year's, and whether anything was new."""
    stored = [store(by=by, at=at, reading=each) for each in sorted(readings, key=lambda each: each.plan.year)]
    return stored[-1][0], any(new for _, new in stored)


def store(*, by: By, at: datetime, reading: Reading) -> tuple[int, bool]:
    """Store a reading as a plan; returns its id, and whether anything was new."""
    access.require(by, "import")
    mark = fingerprint([source.digest for source in reading.sources])
    for _ in range(2):
        known = records.Plan.objects.filter(fingerprint=mark).first()
        if known:
            return known.pk, False
        with contextlib.suppress(IntegrityError):  # somebody stored the same report meanwhile: now it is known
            return _store(by=by, at=at, reading=reading, mark=mark), True
    return _store(by=by, at=at, reading=reading, mark=mark), True


@transaction.atomic
def _store(*, by: By, at: datetime, reading: Reading, mark: str) -> int:
    documents = [_document(source, by=by, at=at) for source in reading.sources]
    plan = records.Plan.objects.create(
        title=(reading.plan.title or "；".join(source.name for source in reading.sources))[:255],
        area=reading.plan.area[:120],
        year=reading.plan.year,
        fingerprint=mark,
        imported_at=at,
        imported_by=by.name,
        results=[form.result_form(each) for each in reading.plan.results],
    )
    for position, document in enumerate(documents):
        records.PlanDocument.objects.create(plan=plan, document=document, position=position)
    _Storing(plan, documents, by=by, at=at).items(reading.plan)
    recalled = recalling.recall(plan, by=by, at=at)
    owners.know(plan)
    pool_pairing.link(plan, at=at)
    searching.enter_plan(plan, documents)
    for source, document in zip(reading.sources, documents, strict=True):
        if source.findings is not None and document.audited_at is None:
            auditing.store(document, source.document, source.findings, at=at)
    event.record(
        by=by,
        at=at,
        kind="plan.import",
        on=plan,
        after={
            "documents": [document.name for document in documents],
            "indicators": len(reading.plan.indicators),
            "projects": len(reading.plan.projects),
            "tasks": len(reading.plan.tasks),
            **({"recalled": recalled} if recalled else {}),
        },
    )
    return plan.pk


def body(document: ReadDocument) -> dict[str, Any]:
    """The blocks, tables, boxes and sections of a document as JSON; a block is named by its place in the list."""
    numbers = {block.offset: number for number, block in enumerate(document.blocks)}

    def number(block: Block | None) -> int | None:
        """None for an empty cell too: it is in its table only."""
        return numbers.get(block.offset) if block is not None and block.text else None

    return {
        "blocks": [[b.offset, b.end, b.kind.value, b.table, b.box, b.style] for b in document.blocks],
        "places": [[b.page, b.sheet, b.address] for b in document.blocks] if _is_placed(document) else [],
        "tables": [
            {"caption": number(table.caption), "rows": [[number(cell) for cell in row] for row in table.rows]}
            for table in document.tables
        ],
        "boxes": [number(box.caption) for box in document.boxes],
        "sections": [[s.level, s.number, s.title, s.offset, s.end] for s in document.sections],
    }


def _is_placed(document: ReadDocument) -> bool:
    """Whether blocks have pages, or sheets and cells."""
    return any(block.page or block.sheet for block in document.blocks)


def _document(source: Source, *, by: By, at: datetime) -> records.Document:
    """The row of this content, made with its claims unless it is there already."""
    document, new = records.Document.objects.get_or_create(
        digest=source.digest,
        defaults={
            "name": source.name,
            "format": source.document.format,
            "size": source.size,
            "text": source.document.text,
            "body": body(source.document),
            "imported_at": at,
            "imported_by": by.name,
        },
    )
    if new:
        records.Claim.objects.bulk_create(_claim(document, claim) for claim in source.claims)
    return document


def _claim(document: records.Document, claim: Any) -> records.Claim:
    return records.Claim(
        document=document,
        offset=claim.offset,
        span=claim.span,
        sentence=claim.sentence,
        sentence_offset=claim.sentence_offset,
        subject=claim.subject,
        value=claim.value,
        value2=claim.value2,
        unit=claim.unit,
        measure=claim.measure.value,
        comparator=claim.comparator,
        period=claim.period,
        role=claim.role.value,
        of=claim.of,
        digits=claim.digits,
    )


class _Storing:
    """One plan on its way into the tables; mentions are gathered and written together at the end."""

    def __init__(self, plan: records.Plan, documents: list[records.Document], *, by: By, at: datetime) -> None:
        self.plan, self.documents, self.by, self.at = plan, documents, by, at
        self.mentions: list[records.Mention] = []
        self.plain = [fold(document.text) for document in documents]  # a plan's sentences have their digits at half width
        self.starts: list[tuple[int, int]] = []  # of tasks: document and offset

    def items(self, plan: nouns.Plan) -> None:
        self.starts = sorted((task.mention.document, task.mention.offset) for task in plan.tasks)
        for position, indicator in enumerate(plan.indicators):
            self._indicator(position, indicator)
        for position, project in enumerate(plan.projects):
            self._project(position, project)
        for position, task in enumerate(plan.tasks):
            self._task(position, task)
        for position, statement in enumerate(plan.stated):
            self._statement(position, statement)
        for position, item in enumerate(plan.review):
            self._review_item(position, item)
        records.Mention.objects.bulk_create(self.mentions)

    def _mention(self, mention: nouns.Mention, *, position: int = 0, purpose: str = "said", **item: Any) -> None:
        document = self.documents[mention.document]
        said = document.text[mention.offset : mention.end]
        self.mentions.append(
            records.Mention(
                document=document,
                offset=mention.offset,
                end=mention.end,
                sentence=mention.sentence,
                said=said,
                within=_within(self.plain[mention.document], mention, fold(said)),
                position=position,
                purpose=purpose,
                **item,
            )
        )

    def _indicator(self, position: int, item: nouns.PlannedIndicator) -> None:
        row = records.Indicator.objects.create(
            plan=self.plan,
            position=position,
            row=item.row,
            code=item.code,
            name=item.name,
            unit=item.unit,
            nature=item.nature.value,
            earlier=[form.earlier_form(each) for each in item.earlier],
            **_actual(item.actual),
        )
        records.TargetVersion.objects.create(indicator=row, number=1, at=self.at, by=self.by.name, **target_columns(item.target))
        for place, mention in enumerate(item.mentions):
            self._mention(mention, position=place, indicator=row)
        named = next((each for each in item.mentions if item.owner in each.sentence), item.mentions[0])
        self._owners("indicator", row, offices.charged(item.owner), named)
        if item.actual:
            self._mention(item.actual.mention, position=999, purpose="actual", indicator=row)

    def _project(self, position: int, item: nouns.PlannedProject) -> None:
        row = records.Project.objects.create(
            plan=self.plan,
            position=position,
            code=item.code,
            name=item.name,
            aliases=list(item.aliases),
            stage=item.stage.value,
            aim=item.aim.value if item.aim else None,
            group=item.group,
        )
        for place, mention in enumerate(item.mentions):
            self._mention(mention, position=place, project=row)

    def _task(self, position: int, item: nouns.PlannedTask) -> None:
        row = records.Task.objects.create(
            plan=self.plan, position=position, number=item.number, title=item.title, group=item.group
        )
        self._mention(item.mention, task=row)
        self._owners("task", row, offices.said(self._told(item)), item.mention)
        for place, promise in enumerate(item.commitments):
            made = records.Commitment.objects.create(
                task=row,
                position=place,
                text=promise.text,
                subject=promise.subject,
                value=promise.value,
                value2=promise.value2,
                unit=promise.unit,
                comparator=promise.comparator,
                indicator_code=promise.indicator,
            )
            self._mention(promise.mention, commitment=made)

    def _told(self, item: nouns.PlannedTask) -> str:
        """What the report says of a task: up to the next one, or to the end of a long paragraph."""
        text = self.documents[item.mention.document].text
        here = item.mention
        following = [start for document, start in self.starts if document == here.document and start > here.offset]
        return text[item.mention.offset : min([*following, item.mention.offset + _TOLD])]

    def _owners(self, noun: str, row: Any, found: owners.Roles, mention: nouns.Mention) -> None:
        name = self.documents[mention.document].name
        owners.read_from_report(row, noun, found, source=name, by=self.by, at=self.at)

    def _statement(self, position: int, item: nouns.Statement) -> None:
        row = records.Statement.objects.create(
            plan=self.plan,
            position=position,
            kind=item.kind,
            subject=item.subject,
            value=item.value,
            unit=item.unit,
            period=item.period,
            computed=item.computed,
            question_zh=item.open_question[0],
            question_en=item.open_question[1],
        )
        self._mention(item.mention, statement=row)

    def _review_item(self, position: int, item: nouns.ReviewItem) -> None:
        row = records.ReviewItem.objects.create(
            plan=self.plan,
            position=position,
            kind=item.kind,
            item=item.item,
            reason_zh=item.reason[0],
            reason_en=item.reason[1],
            refers_to=list(item.refers_to),
        )
        self._mention(item.mention, review_item=row)


def _within(text: str, mention: nouns.Mention, said: str) -> int | None:
    """Where in its sentence the mention stands; a sentence made of a table's row is not in the text as it is."""
    start = text.rfind(mention.sentence, 0, mention.offset + len(mention.sentence))
    if start >= 0 and start <= mention.offset <= start + len(mention.sentence) - len(said):
        return mention.offset - start
    found = mention.sentence.find(said)
    return found if found >= 0 else None


def _actual(result: nouns.Result | None) -> dict[str, Any]:
    if result is None:
        return {}
    return {
        "actual_value": result.value,
        "actual_unit": result.unit,
        "actual_comparator": result.comparator,
        "actual_period": result.period,
        "actual_text": result.text,
        "actual_estimate": result.estimate,
    }
