"""Which gates a project still has to meet before a batch, and from which day on it may have reached it."""

from __future__ import annotations

from collections.abc import Mapping

from duheng import catalog
from duheng.plan.plan import Stage
from duheng.site.queries import pool_words
from duheng.site.records.models import PoolGate, PoolProject, PoolStage

_ORDER = (Stage.RESERVE, Stage.STARTED, Stage.UNDER_CONSTRUCTION, Stage.COMPLETED)


def standing(project: PoolProject) -> Mapping[str, PoolGate]:
    """The latest entry of each gate, by its kind."""
    return {gate.kind: gate for gate in project.gates.filter(withdrawn=False).order_by("id")}


def missing(project: PoolProject, stage: Stage) -> list[catalog.ProjectWordEntry]:
    """The gates that a stage, and those it passes on the way from where it is, ask for and that are not met."""
    if stage not in _ORDER:
        return []
    now = _ORDER.index(Stage(project.stage)) if project.stage in _ORDER else -1
    passed = {each.value for place, each in enumerate(_ORDER) if now < place <= _ORDER.index(stage)}
    entered = standing(project)
    wanted = [gate for gate in pool_words.gates().values() if gate.needed_for in passed]
    return [gate for gate in wanted if not _met(gate.code, entered, project)]


def before(project: PoolProject, stage: Stage) -> PoolStage | None:
    """The newest change that stands to a batch before `stage`: the project cannot have reached it sooner."""
    sooner = [each.value for each in (_ORDER[: _ORDER.index(stage)] if stage in _ORDER else ())]
    return project.stages.filter(withdrawn=False, stage__in=sooner).order_by("on", "id").last()


def _met(kind: str, entered: Mapping[str, PoolGate], project: PoolProject) -> bool:
    if kind == "start_date" and project.begins is not None:
        return True
    return kind in entered and entered[kind].met is not None
