"""What an audit found, kept as rows: stored at import and again on request; a finding is accepted for a reason, or reopened."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from duheng import audit, read
from duheng.audit import Draft, Spot, accepted
from duheng.errors import WorkspaceError
from duheng.read import Document as ReadDocument
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.queries import drafts
from duheng.site.records.models import Document, Finding

_log = logging.getLogger(__name__)


def examine(draft: Draft, *, progress: audit.Progress | None = None) -> tuple[audit.Finding, ...] | None:
    """The findings in a draft; None where a fault of ours prevents them, which must not prevent an import."""
    try:
        return audit.audit(draft, progress=progress)
    except Exception:
        _log.exception("audit of %s failed", draft.document.name)
        return None


def store(row: Document, document: ReadDocument, findings: Sequence[audit.Finding], *, at: datetime) -> None:
    """Keep these as the document's findings, inside an action's transaction.

    The same finding that was accepted here, or at the first audit in the version before, stays accepted, by whom and why.
    """
    home = row if row.audited_at else drafts.earlier(row)
    settled = list(Finding.objects.filter(document=home, state="accepted")) if home else []
    Finding.objects.filter(document=row).delete()
    Finding.objects.bulk_create(_row(row, document, finding) for finding in findings)
    row.audited_at = at
    row.save(update_fields=["audited_at"])
    for pk, old in drafts.matched(list(Finding.objects.filter(document=row, explanation_zh="")), settled).items():
        Finding.objects.filter(pk=pk).update(
            state="accepted", decided_by=old.decided_by, decided_at=old.decided_at, reason=old.reason
        )


def again(*, by: By, at: datetime, document_id: int) -> tuple[int, int]:
    """Audit a document anew, with the rules as they are now; how many findings are new, and how many are gone."""
    access.require(by, "audit.run")
    row = Document.objects.get(pk=document_id)
    place = settings.WORKSPACE.file(row.digest, f".{row.name.rpartition('.')[2]}")
    if not place.is_file():
        raise WorkspaceError(
            folder=row.name,
            reason="its original is no longer in the workspace. Import the report again.",
            reason_zh="工作区里已没有它的原件。请重新导入该报告。",
        )
    document = read.open_document(place, name=row.name)
    findings = examine(Draft.of(document))
    if findings is None:
        raise WorkspaceError(
            folder=row.name,
            reason="the audit stopped at a fault in the program; nothing was changed, and it is in the log.",
            reason_zh="审核时程序出错，没有任何改动；错误已记入日志。",
        )
    with transaction.atomic():
        before = _marks(row)
        store(row, document, findings, at=at)
        after = _marks(row)
        event.record(by=by, at=at, kind="audit.run", on=row, before={"findings": len(before)}, after={"findings": len(after)})
    return len(after - before), len(before - after)


@transaction.atomic
def accept(*, by: By, at: datetime, finding_id: int, reason: str) -> Finding:
    """Settle an open finding: it stays as it is in the report, for this reason."""
    access.require(by, "audit.accept")
    row = Finding.objects.select_for_update().get(pk=finding_id)
    if row.state != "open" or row.explanation_zh or not reason.strip():
        return row
    row.state, row.decided_by, row.decided_at, row.reason = "accepted", by.name, at, reason.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    event.record(
        by=by, at=at, kind="audit.accept", on=row, before={"accepted": False}, after={"accepted": True}, reason=row.reason
    )
    return row


@transaction.atomic
def reopen(*, by: By, at: datetime, finding_id: int) -> Finding:
    """Take an acceptance back."""
    access.require(by, "audit.accept")
    row = Finding.objects.select_for_update().get(pk=finding_id)
    if row.state == "open":
        return row
    row.state, row.decided_by, row.decided_at, row.reason = "open", "", None, ""
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    event.record(by=by, at=at, kind="audit.reopen", on=row, before={"accepted": True}, after={"accepted": False})
    return row


def _marks(row: Document) -> set[str]:
    return set(Finding.objects.filter(document=row, explanation_zh="").values_list("mark", flat=True))


def _row(row: Document, document: ReadDocument, finding: audit.Finding) -> Finding:
    spans = [(spot.offset, spot.end) for spot in finding.spots]
    explanation = finding.explanation or ("", "")
    return Finding(
        document=row,
        rule=finding.rule,
        severity=finding.severity.value,
        offset=finding.offset,
        sentence=finding.sentence,
        message_zh=finding.message[0],
        message_en=finding.message[1],
        expected_zh=finding.expected[0],
        expected_en=finding.expected[1],
        found_zh=finding.found[0],
        found_en=finding.found[1],
        explanation_zh=explanation[0],
        explanation_en=explanation[1],
        spots=[list(span) for span in spans],
        places=[_place(document, each) for each in audit.excerpts(document, spans)],
        mark=_mark(document, finding),
    )


def _place(document: ReadDocument, excerpt: audit.Excerpt) -> dict[str, Any]:
    stands = audit.place_of(document, excerpt.offset)
    return {
        "offset": excerpt.offset,
        "pieces": [[piece.text, piece.marked] for piece in excerpt.pieces],
        "section": list(stands.section),
        "paragraph": stands.paragraph,
        "table": stands.table,
        "row": stands.row,
        "page": stands.page,
        "sheet": stands.sheet,
        "cell": stands.address,
    }


def _mark(document: ReadDocument, finding: audit.Finding) -> str:
    """What the command's own acceptances tell a finding by."""

    def words(spot: Spot) -> str:
        return document.text[spot.offset : spot.end]

    known = accepted.acceptance(finding, words, why="", by="", on=date.min)
    return hashlib.sha256("\x1f".join([known.rule, known.sentence, *known.marked]).encode()).hexdigest()
