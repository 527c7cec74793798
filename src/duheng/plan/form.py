"""A plan as JSON, and back: what `duheng plan --format json` prints and the site stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from duheng.errors import PlanError
from duheng.plan.plan import (
    Commitment,
    Earlier,
    Mention,
    Nature,
    Plan,
    PlannedIndicator,
    PlannedProject,
    PlannedTask,
    Result,
    ReviewItem,
    Stage,
    StatedResult,
    Statement,
)
from duheng.plan.scale import json_number
from duheng.plan.target_form import target_from_dict, target_to_dict


def to_dict(plan: Plan) -> dict[str, Any]:
    """The JSON form of a plan; wherever `sentences` stand, `places` beside them say where (document, offset, end)."""
    return {
        "title": plan.title,
        "area": plan.area,
        "year": plan.year,
        "documents": list(plan.documents),
        "indicators": [_indicator(each) for each in plan.indicators],
        "projects": [_project(each) for each in plan.projects],
        "tasks": [_task(each) for each in plan.tasks],
        "stated": [_statement(each) for each in plan.stated],
        "review": [_review(each) for each in plan.review],
        "results": [result_form(each) for each in plan.results],
    }


def from_dict(form: Mapping[str, Any]) -> Plan:
    """The plan that a JSON form describes. Raises PlanError if it describes none."""
    try:
        return Plan(
            title=form["title"],
            area=form["area"],
            year=int(form["year"]),
            documents=tuple(form["documents"]),
            indicators=tuple(_to_indicator(each) for each in form["indicators"]),
            projects=tuple(_to_project(each) for each in form["projects"]),
            tasks=tuple(_to_task(each) for each in form["tasks"]),
            stated=tuple(_to_statement(each) for each in form["stated"]),
            review=tuple(_to_review(each) for each in form["review"]),
            results=tuple(to_stated_result(each) for each in form.get("results", ())),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as wrong:
        raise PlanError(reason=f"This is not the JSON form of a plan ({wrong}).") from wrong


def _mentions(mentions: Sequence[Mention]) -> dict[str, Any]:
    return {"sentences": [each.sentence for each in mentions], "places": [_place(each) for each in mentions]}


def _place(mention: Mention) -> dict[str, int]:
    return {"document": mention.document, "offset": mention.offset, "end": mention.end}


def _at(mention: Mention) -> dict[str, Any]:
    return {"sentence": mention.sentence, **_place(mention)}


def _to_mentions(form: Mapping[str, Any]) -> tuple[Mention, ...]:
    pairs = zip(form["sentences"], form["places"], strict=True)
    return tuple(Mention(sentence=sentence, **place) for sentence, place in pairs)


def _to_mention(form: Mapping[str, Any]) -> Mention:
    return Mention(**{name: form[name] for name in ("sentence", "document", "offset", "end")})


def _indicator(each: PlannedIndicator) -> dict[str, Any]:
    return {
        "row": each.row,
        "code": each.code,
        "name": each.name,
        "unit": each.unit,
        "nature": each.nature.value,
        "target": target_to_dict(each.target),
        "actual": _result(each.actual) if each.actual else None,
        "owner": each.owner,
        "earlier": [earlier_form(earlier) for earlier in each.earlier],
        "offset": each.offset,
        **_mentions(each.mentions),
    }


def _to_indicator(form: Mapping[str, Any]) -> PlannedIndicator:
    return PlannedIndicator(
        row=form["row"],
        code=form["code"],
        name=form["name"],
        unit=form["unit"],
        nature=Nature(form["nature"]),
        target=target_from_dict(form["target"]),
        actual=_to_result(form["actual"]) if form["actual"] else None,
        mentions=_to_mentions(form),
        earlier=tuple(to_earlier(each) for each in form.get("earlier", ())),
        owner=form.get("owner", ""),
    )


def earlier_form(each: Earlier) -> dict[str, Any]:
    """The JSON form of an earlier year's target."""
    return {"year": each.year, "target": target_to_dict(each.target), **_at(each.mention)}


def to_earlier(form: Mapping[str, Any]) -> Earlier:
    """The earlier year's target that a JSON form describes."""
    return Earlier(year=form["year"], target=target_from_dict(form["target"]), mention=_to_mention(form))


def result_form(each: StatedResult) -> dict[str, Any]:
    """The JSON form of a result without a target."""
    return {"code": each.code, "name": each.name, "unit": each.unit, "result": _result(each.result)}


def to_stated_result(form: Mapping[str, Any]) -> StatedResult:
    """The result that a JSON form describes."""
    return StatedResult(code=form["code"], name=form["name"], unit=form["unit"], result=_to_result(form["result"]))


def _result(result: Result) -> dict[str, Any]:
    return {
        "value": json_number(result.value),
        "unit": result.unit,
        "comparator": result.comparator,
        "period": result.period,
        "text": result.text,
        "digits": result.digits,
        "estimate": result.estimate,
        **_at(result.mention),
    }


def _to_result(form: Mapping[str, Any]) -> Result:
    return Result(
        value=_printed(form["value"], digits=form.get("digits", 0)),
        unit=form["unit"],
        comparator=form["comparator"],
        period=form["period"],
        text=form["text"],
        mention=_to_mention(form),
        estimate=form.get("estimate", False),
    )


def _project(each: PlannedProject) -> dict[str, Any]:
    return {
        "code": each.code,
        "name": each.name,
        "aliases": list(each.aliases),
        "stage": each.stage.value,
        "aim": each.aim.value if each.aim else None,
        "group": each.group,
        **_mentions(each.mentions),
    }


def _to_project(form: Mapping[str, Any]) -> PlannedProject:
    return PlannedProject(
        code=form["code"],
        name=form["name"],
        aliases=tuple(form["aliases"]),
        stage=Stage(form["stage"]),
        aim=Stage(form["aim"]) if form.get("aim") else None,
        group=form["group"],
        mentions=_to_mentions(form),
    )


def _task(each: PlannedTask) -> dict[str, Any]:
    return {
        "number": each.number,
        "title": each.title,
        "group": each.group,
        **_at(each.mention),
        "commitments": [_commitment(commitment) for commitment in each.commitments],
    }


def _to_task(form: Mapping[str, Any]) -> PlannedTask:
    return PlannedTask(
        number=form["number"],
        title=form["title"],
        group=form["group"],
        mention=_to_mention(form),
        commitments=tuple(_to_commitment(each) for each in form["commitments"]),
    )


def _commitment(each: Commitment) -> dict[str, Any]:
    return {
        "text": each.text,
        "subject": each.subject,
        "value": json_number(each.value),
        "value2": json_number(each.value2),
        "unit": each.unit,
        "comparator": each.comparator,
        "indicator": each.indicator,
        **_at(each.mention),
    }


def _to_commitment(form: Mapping[str, Any]) -> Commitment:
    return Commitment(
        text=form["text"],
        subject=form["subject"],
        value=_number(form["value"]),
        value2=_number(form["value2"]),
        unit=form["unit"],
        comparator=form["comparator"],
        indicator=form["indicator"],
        mention=_to_mention(form),
    )


def _statement(each: Statement) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "subject": each.subject,
        "value": json_number(each.value),
        "unit": each.unit,
        "period": each.period,
        "computed": json_number(each.computed),
        "question": each.open_question[0],
        "question_en": each.open_question[1],
        **_at(each.mention),
    }


def _to_statement(form: Mapping[str, Any]) -> Statement:
    return Statement(
        kind=form["kind"],
        subject=form["subject"],
        value=Decimal(str(form["value"])),
        unit=form["unit"],
        period=form["period"],
        mention=_to_mention(form),
        computed=_number(form["computed"]),
        open_question=(form["question"], form["question_en"]),
    )


def _review(each: ReviewItem) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "item": each.item,
        "reason": each.reason[0],
        "reason_en": each.reason[1],
        "refers_to": list(each.refers_to),
        **_at(each.mention),
    }


def _to_review(form: Mapping[str, Any]) -> ReviewItem:
    return ReviewItem(
        kind=form["kind"],
        item=form["item"],
        reason=(form["reason"], form["reason_en"]),
        mention=_to_mention(form),
        refers_to=tuple(form["refers_to"]),
    )


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _printed(value: float, *, digits: int) -> Decimal:
    """The number with the decimals it was printed with, which JSON does not keep."""
    return round(Decimal(str(value)), digits)
