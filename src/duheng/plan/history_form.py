"""A history as JSON: what `duheng plan --history --format json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from duheng.plan.history import Cited, History, HistoryYear
from duheng.plan.plan import Plan
from duheng.plan.scale import json_number
from duheng.plan.target_form import target_to_dict


def history_to_dict(histories: Sequence[History], plans: Sequence[Plan]) -> dict[str, Any]:
    """The JSON form; each citation names its document, with the offset and the sentence."""
    return {
        "area": next((plan.area for plan in plans if plan.area), ""),
        "plans": [{"year": plan.year, "title": plan.title, "documents": list(plan.documents)} for plan in plans],
        "indicators": [
            {"code": each.code, "name": each.name, "unit": each.unit, "years": [_year(year, plans) for year in each.years]}
            for each in histories
        ],
    }


def _year(year: HistoryYear, plans: Sequence[Plan]) -> dict[str, Any]:
    result, verdict = year.result, year.verdict
    return {
        "year": year.year,
        "target": target_to_dict(year.target) if year.target else None,
        "target_at": _at(year.target_at, plans),
        "result": json_number(result.value) if result else None,
        "unit": result.unit if result else None,
        "comparator": result.comparator if result else None,
        "estimate": result.estimate if result else None,
        "result_at": _at(year.result_at, plans),
        "verdict": verdict.outcome.value if verdict else None,
        "why": verdict.why[0] if verdict else None,
        "why_en": verdict.why[1] if verdict else None,
    }


def _at(cited: Cited | None, plans: Sequence[Plan]) -> dict[str, Any] | None:
    if cited is None:
        return None
    plan, mention = plans[cited.plan], cited.mention
    return {
        "plan": plan.year,
        "document": plan.documents[mention.document],
        "offset": mention.offset,
        "sentence": mention.sentence,
    }
