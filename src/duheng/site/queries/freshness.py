"""How up to date the workspace's figures are, and how reliable first releases have been."""

from __future__ import annotations

from datetime import date

from duheng import collect
from duheng.measure import OWN
from duheng.site.access import Role
from duheng.site.queries import figures as stored
from duheng.site.queries import known, living_plan, series_table, visible
from duheng.site.records.models import Series


def owners(*, on: date, role: Role) -> tuple[collect.Freshness, ...]:
    """The freshness of the plan's indicators, and of what else the workspace keeps of its own area, by owner (指标动态率)."""
    plan = living_plan.current()
    planned = set(plan.indicators.exclude(code=None).values_list("code", flat=True)) if plan else set()
    kept = set(visible.series(role).filter(area__code=OWN).values_list("indicator", flat=True))
    entries = [entry for code, entry in known.indicators().items() if code in planned | kept]
    if not entries or not kept:
        return ()
    figures = visible.figures(stored.of_indicators({entry.code for entry in entries}, area=OWN), role)
    return collect.freshness(figures, entries, as_of=on)


def reliabilities(*, role: Role) -> list[tuple[Series, tuple[str, str], collect.Reliability]]:
    """The series of which figures were revised, those first whose first releases were furthest off."""
    rows = list(visible.series(role))
    figures = visible.figures(stored.of_series(rows), role)
    by_key = {row.key: row for row in rows}
    told = [each for each in collect.reliability(figures) if each.revisions]
    return [(by_key[each.series.key], series_table.names(by_key[each.series.key]), each) for each in told]
