"""Loads: what came in, when and by whom, and what was doubted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from duheng import collect
from duheng.collect import SheetMapping
from duheng.site.access import Role
from duheng.site.queries import figures as stored
from duheng.site.queries import known, series_table, visible
from duheng.site.records.models import Load, LoadDoubt, Series, SheetShape

STATES: Mapping[str, tuple[str, str]] = {
    "asked": ("待确认", "waits for an answer"),
    "refused": ("未入库", "refused"),
    "done": ("已入库", "taken in"),
    "undone": ("已撤销", "undone"),
}
KINDS: Mapping[str, tuple[str, str]] = {
    "file": ("文件", "file"),
    "hand": ("手工录入", "by hand"),
    "formula": ("公式", "formula"),
    "projects": ("项目清单", "list of projects"),
}
RULES: Mapping[str, tuple[str, str]] = {
    "number": ("不是数字", "not a number"),
    "period": ("时期看不出", "no period"),
    "head": ("未载入的列", "columns left out"),
    "twice": ("同一数据给了两个值", "two values for one figure"),
    "vintage": ("发布日期有误", "no date of release"),
    "status": ("数据状态有误", "no status"),
    "released": ("是否公开有误", "neither yes nor no"),
    "measure": ("口径有误", "no measure"),
    "basis": ("计价有误", "no basis"),
    "indicator": ("没有指标名称", "no indicator"),
}
_SERIES = 300  # of a load whose revisions are listed one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One figure that a load changed."""

    series_id: int
    name: tuple[str, str]
    area: str
    measure: str
    unit: str
    period: str
    before: float
    value: str
    moved: float
    place: str


def revisions(load: Load, *, role: Role, limit: int = 100) -> list[Revision]:
    """The figures that a load changed, the largest change first; of a load of very many series, of its first."""
    rows = list(Series.objects.filter(figures__load=load).distinct().select_related("area")[:_SERIES])
    figures = visible.figures(stored.of_series(rows), role)
    mine = dict(load.figures.filter(series__in=rows).values_list("pk", "place")[:20_000])
    ours = np.isin(figures.row, list(mine))
    if not load.revised or not ours.any():
        return []
    weighing = collect.weigh(figures.take(~ours), figures.take(ours), dated=True)
    fresh = figures.take(ours)
    changed = np.flatnonzero(weighing.revised)
    by_size = sorted(
        changed.tolist(), key=lambda row: -abs(fresh.value[row] - weighing.before[row]) / (abs(weighing.before[row]) or 1)
    )
    return [_revision(rows, fresh, row, float(weighing.before[row]), mine) for row in by_size[:limit]]


def _revision(rows: list[Series], fresh: collect.Figures, row: int, before: float, places: Mapping[int, str]) -> Revision:
    series, figure = rows[int(fresh.number[row])], fresh.figure(row)
    return Revision(
        series_id=series.pk,
        name=series_table.names(series),
        area=series.area.zh,
        measure=series.measure,
        unit=series.unit,
        period=figure.period.label,
        before=before,
        value=f"{figure.value:,f}",
        moved=float(fresh.value[row]) - before,
        place=places[int(fresh.row[row])],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtGroup:
    """What one rule doubts in a load: how often, and the first rows."""

    rule: tuple[str, str]
    severity: str
    count: int
    rows: tuple[LoadDoubt, ...]


def doubts(load: Load, *, role: Role) -> list[DoubtGroup]:
    """What was doubted, by rule: errors first, then the rule that doubts most."""
    found: dict[tuple[str, str], list[LoadDoubt]] = {}
    for doubt in visible.doubts(load, role):
        found.setdefault((doubt.rule, doubt.severity), []).append(doubt)
    groups = [
        DoubtGroup(
            rule=_rule_words(rule),
            severity=severity,
            count=sum(map(_counted, rows)),
            rows=tuple(one for one in rows if one.place),
        )
        for (rule, severity), rows in found.items()
    ]
    return sorted(groups, key=lambda group: (group.severity != "error", -group.count))


def _counted(doubt: LoadDoubt) -> int:
    """How many rows a doubt stands for: one, or as many more as it counts."""
    return int(doubt.value) if not doubt.place and doubt.value.isdigit() else 1


def _rule_words(rule: str) -> tuple[str, str]:
    entry = known.checks().get(rule)
    return (entry.zh, entry.en) if entry else RULES.get(rule, (rule, rule))


def same(digest: str, given: Mapping[str, object], mapping: Mapping[str, object]) -> int | None:
    """The load that took this very file in with the same said of it and of its sheets, if it still counts."""
    found = Load.objects.filter(state="done", digest=digest)
    wanted = mapping.get("sheets", [])
    return next((load.pk for load in found if _alike(load.given, given) and load.mapping.get("sheets", []) == wanted), None)


def remembered(fingerprint: str) -> SheetMapping | None:
    """What was said of tables of this shape."""
    found = SheetShape.objects.filter(fingerprint=fingerprint).first()
    return SheetMapping.of(found.mapping, where=fingerprint) if found else None


def _alike(left: Mapping[str, object], right: Mapping[str, object]) -> bool:
    """Whether the same is said, of the same day or a later one; a file said to be known earlier than before tells something new."""
    rest = [{name: value for name, value in told.items() if name != "known"} for told in (left, right)]
    return rest[0] == rest[1] and str(left.get("known", "")) <= str(right.get("known", ""))
