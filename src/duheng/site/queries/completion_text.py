"""A year judged as plain values, for programs and the terminal."""

from __future__ import annotations

from typing import Any

from duheng.appraise import Judged, Outturn, ProjectsDone, Tally
from duheng.plan import target_to_dict
from duheng.site.queries import known, wording
from duheng.site.queries.completion import NATURES, Year


def told(year: Year) -> dict[str, Any]:
    """A year judged as plain values, for programs."""
    made = year.made
    return {
        "year": made.year,
        "as_of": made.as_of.isoformat(),
        "stated": [
            {
                "kind": held.statement.kind,
                "words": list(wording.STATEMENTS[held.statement.kind]),
                "value": float(held.statement.value),
                "unit": held.statement.unit,
                "computed": None if held.low is None or held.high is None else [float(held.low), float(held.high)],
                "agrees": held.agrees,
                "sentence": held.statement.mention.sentence,
            }
            for held in made.stated
        ],
        "computed": {
            "all": _tally(made.tally()),
            **{nature.value: _tally(made.tally(nature)) for nature in NATURES},
        },
        "last_year": _tally(year.last.tally()) if year.last else None,
        "targets": [_item(each) for each in made.items],
        "projects": _projects(year.projects),
        "tasks": [{"number": each.task.number, "title": each.task.title, "outcome": each.outcome.value} for each in year.tasks],
    }


def _tally(count: Tally) -> dict[str, Any]:
    return {
        "total": count.total,
        "met": count.met,
        "basically_met": count.basically_met,
        "missed": count.missed,
        "not_yet_known": count.open,
        "rate": float(count.rate) if count.rate is not None else None,
    }


def _item(each: Judged) -> dict[str, Any]:
    entry = known.entry(each.promised.code)
    languages = ("zh", "en")
    return {
        "indicator": each.promised.code or each.promised.name,
        "name": [each.promised.name, entry.en if entry else ""],
        "unit": each.promised.unit,
        "nature": each.promised.nature.value,
        "target": target_to_dict(each.promised.target)
        | {"said": [wording.target(each.promised.target, unit=each.promised.unit, language=one) for one in languages]},
        "first": target_to_dict(each.promised.first) if each.promised.first else None,
        "result": _outturn(each.outturn),
        "so_far": _outturn(each.so_far),
        "outcome": each.outcome.value,
        "outcome_at_first": each.at_first.outcome.value if each.at_first else None,
        "margin": float(each.verdict.margin) if each.verdict.margin is not None else None,
        "why": list(each.verdict.why),
        "provisional": each.provisional,
        "otherwise": _outturn(each.otherwise),
        "due": each.due.isoformat() if each.due else None,
    }


def _outturn(each: Outturn | None) -> dict[str, Any] | None:
    if each is None:
        return None
    mark = wording.COMPARATORS.get(each.comparator, "")
    return {
        "value": float(each.value),
        "unit": each.unit,
        "said": [f"{mark}{wording.quantity(each.value, each.unit, language=one)}" for one in ("zh", "en")],
        "origin": each.origin.value,
        "comparator": each.comparator,
        "known_to": each.known_to,
        "estimate": each.estimate,
        "simulated": each.simulated,
    }


def _projects(done: ProjectsDone | None) -> dict[str, Any] | None:
    if done is None:
        return None
    return {
        "total": done.total,
        "stages": {stage.value: count for stage, count in done.stages.items()},
        "aimed": done.aimed,
        "reached": done.reached,
        "unknown": done.unknown,
        "short": [each.name for each in done.short],
    }
