"""Enterprises graded: a sheet worked out and kept, exemptions, publication, appeals with their window, each an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from duheng import appraise
from duheng.appraise import LandScores, Steadiness
from duheng.errors import AppraiseError
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import bulk, event
from duheng.site.actions.appraising import Sheet, store
from duheng.site.queries import appraisal, land
from duheng.site.records.models import Appeal, Appraisal, Firm

DRAWS, SEED = 1_000, 1
_AT_ONCE = 1_000
_JUDGED = ("size", "score", "rank", "grade", "exempt", "kept")
_LONG = 2_000  # characters of what an appeal says


def take_land(*, by: By, at: datetime, sheet: Sheet) -> Appraisal:
    """Grade the enterprises of a sheet under the rule set it is handed over with, and keep them.

    Raises AppraiseError, which names file, row and column; nothing is stored then.
    """
    access.require(by, "appraise.load")
    code = str(sheet.given.get("rules", ""))
    rules = land.rules_of(code)
    named = Sheet(
        kind="land",
        title=sheet.title,
        files=sheet.files[:1],
        given={**sheet.given, "rules": rules.entry.code, "draws": DRAWS, "seed": SEED},
        simulated=sheet.simulated,
    )
    known = appraisal.same(named.digest)
    if known is not None:
        return known
    file = sheet.files[0]
    scores = land.worked_out(file.data, name=file.name, rules=rules, changes={})
    steady = appraise.steadiness(scores, draws=DRAWS, seed=SEED)
    with transaction.atomic():
        made = store(by=by, at=at, sheet=named, result={"rules": appraise.rules_plain(rules)})
        Firm.objects.bulk_create(_firms(made, scores, steady), batch_size=_AT_ONCE)
    return made


@transaction.atomic
def publish(*, by: By, at: datetime, appraisal_id: int, on: date) -> Appraisal:
    """Say that the grades of a sheet are made known on a day: from then on appeals may be filed, for as long as the rule says."""
    access.require(by, "appraise.load")
    sheet = _sheet(appraisal_id)
    if sheet.published is None:
        sheet.published = on
        sheet.save(update_fields=["published"])
        event.record(by=by, at=at, kind="appraise.publish", on=sheet, after={"published": on.isoformat()})
    return sheet


@transaction.atomic
def exempt(*, by: By, at: datetime, firm_id: int, kind: str, reason: str) -> Firm:
    """Let an enterprise take part without a grade, for a kind of exemption that the rules know; empty: grade it again."""
    access.require(by, "appraise.appeal")
    firm = _firm(firm_id)
    known = land.rules_of(firm.appraisal.given["rules"]).exemptions
    if kind and kind not in known:
        told_en, told_zh = ", ".join(each.en for each in known.values()), "、".join(each.zh for each in known.values())
        raise AppraiseError(
            reason=f"The rules know no exemption “{kind}”; choose one of: {told_en}.",
            reason_zh=f"本规则没有“{kind}”这类不定等级情形，可选：{told_zh}。",
        )
    _needs_reason(reason)
    return _change(firm, {"exempt": kind}, by=by, at=at, kind="appraise.exempt", reason=reason)


@transaction.atomic
def file_appeal(*, by: By, at: datetime, firm_id: int, text: str, asks: Mapping[str, str], on: date) -> Appeal:
    """Record an enterprise's appeal, within the window; one at a time is open. Raises AppraiseError, which says why not."""
    access.require(by, "appraise.appeal")
    firm = _firm(firm_id)
    window = land.window(firm.appraisal)
    if not text.strip():
        raise AppraiseError(reason="Say what the appeal is about.", reason_zh="请写明申诉内容。")
    if not window.open_on(on):
        raise AppraiseError(reason=_closed(window, on)[1], reason_zh=_closed(window, on)[0])
    if firm.appeals.filter(state="filed").exists():
        raise AppraiseError(
            reason="An appeal of this enterprise waits for its answer already. Answer it first.",
            reason_zh="该企业已有一件申诉待答复，请先答复。",
        )
    made = Appeal.objects.create(
        firm=firm,
        text=text.strip()[:_LONG],
        asks=_asked(asks),
        filed=on,
        due=on + timedelta(days=window.rule.answer_days),
        at=at,
        by=by.name,
        grade_before=firm.grade,
    )
    event.record(by=by, at=at, kind="appeal.file", on=made, after={"text": made.text, "due": made.due.isoformat()})
    return made


@transaction.atomic
def answer_appeal(*, by: By, at: datetime, appeal_id: int, state: str, answer: str) -> Appeal:
    """Settle an appeal: upheld (its corrections come into force and everybody is ranked anew), rejected or withdrawn."""
    access.require(by, "appraise.appeal")
    made = Appeal.objects.select_for_update().select_related("firm__appraisal").get(pk=appeal_id)
    if made.state != "filed":
        raise AppraiseError(reason="This appeal has been settled already.", reason_zh="这件申诉已经办结。")
    if state not in ("upheld", "rejected", "withdrawn"):
        raise AppraiseError(reason="An appeal is upheld, rejected or withdrawn.", reason_zh="申诉的结论应为成立、不成立或撤回。")
    if not answer.strip():
        raise AppraiseError(reason="Give the reason; the enterprise will ask for it.", reason_zh="请写明理由，以便答复企业。")
    firm = made.firm
    if state == "upheld" and made.asks:
        firm = _change(firm, made.asks, by=by, at=at, kind="appraise.correct", reason=answer)
    made.state, made.answer, made.answered_at, made.answered_by = state, answer.strip()[:_LONG], at, by.name
    made.grade_after = firm.grade
    made.save()
    told = {"state": state, "grade": made.grade_after}
    event.record(
        by=by,
        at=at,
        kind="appeal.settle",
        on=made,
        before={"state": "filed", "grade": made.grade_before},
        after=told,
        reason=answer,
    )
    return made


def _firms(made: Appraisal, scores: LandScores, steady: Steadiness) -> list[Firm]:
    found = scores.enterprises
    return [
        Firm(
            appraisal=made,
            position=row,
            code=code[:60],
            name=found.names[row][:200],
            industry=found.industries[row][:120],
            last_grade=found.last_grades[row][:12],
            **_judged(scores, steady, row),
        )
        for row, code in enumerate(found.codes)
    ]


def _judged(scores: LandScores, steady: Steadiness, row: int) -> dict[str, Any]:
    kept = float(steady.kept[row])
    return {
        "size": scores.size_of(row),
        "score": float(scores.score[row]),
        "rank": int(scores.rank[row]) or None,
        "grade": scores.grade[row][:12],
        "exempt": scores.enterprises.exempt[row],
        "kept": kept if kept == kept else None,  # a number that is none differs from itself
    }


def _change(firm: Firm, changes: Mapping[str, str], *, by: By, at: datetime, kind: str, reason: str) -> Firm:
    """Bring corrections of one enterprise into force and rank all of its sheet anew."""
    before = {"grade": firm.grade, "rank": firm.rank, "score": round(firm.score, 4)}
    firm.changes = {**firm.changes, **changes}
    firm.save(update_fields=["changes"])
    scores = land.scores(firm.appraisal)
    steady = appraise.steadiness(scores, draws=DRAWS, seed=SEED)
    changed = []
    for row in firm.appraisal.firms.only("position", *_JUDGED):
        told = tuple(_judged(scores, steady, row.position)[name] for name in _JUDGED)
        if told != tuple(getattr(row, name) for name in _JUDGED):
            changed.append((row.pk, told))
    bulk.update(Firm, _JUDGED, changed)
    firm.refresh_from_db()
    after = {
        "grade": firm.grade,
        "rank": firm.rank,
        "score": round(firm.score, 4),
        "changes": [f"{k}: {v}" for k, v in changes.items()],
    }
    event.record(by=by, at=at, kind=kind, on=firm, before=before, after=after, reason=reason)
    return firm


def _closed(window: land.Window, on: date) -> tuple[str, str]:
    if window.published is None or window.last is None:
        zh = "评价结果还没有公示，公示后才能申诉。请先登记公示日期。"
        return zh, "The grades are not published yet. Record the day of publication first."
    if on < window.published:
        return f"申诉期从 {window.published} 开始。", f"Appeals are taken from {window.published} on."
    return (
        f"申诉期为 {window.published} 至 {window.last}，{on} 已超过期限。",
        f"Appeals were taken from {window.published} to {window.last}; {on} is too late.",
    )


def _asked(asks: Mapping[str, str]) -> dict[str, str]:
    known = land.columns()
    told = {column: value.strip()[:60] for column, value in asks.items() if value.strip()}
    for column, value in told.items():
        if column not in known:
            raise AppraiseError(reason=f"There is no column “{column}”.", reason_zh=f"没有“{column}”这一项。")
        if column not in ("exempt", "scale") and appraise.decimal_of(value) is None:
            raise AppraiseError(
                reason=f"{known[column][1]}: “{value}” is not a number. Correct it.",
                reason_zh=f"{known[column][0]}：“{value}”不是数，请改正。",
            )
    return told


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise AppraiseError(reason="Give a reason; history keeps it.", reason_zh="请写明理由，历史记录会保留。")


def _sheet(pk: int) -> Appraisal:
    sheet = Appraisal.objects.select_for_update().get(pk=pk)
    if sheet.state != "done":
        raise AppraiseError(reason="This sheet has been taken back.", reason_zh="这张表已撤销。")
    return sheet


def _firm(pk: int) -> Firm:
    firm = Firm.objects.select_related("appraisal").get(pk=pk)
    _sheet(firm.appraisal_id)
    return firm
