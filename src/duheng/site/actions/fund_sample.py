"""The sample district's money: pools, applications with their steps, what funds ask of projects, all simulated; once only."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duheng.sample import money as sample
from duheng.site.access import By
from duheng.site.actions import applying, funds
from duheng.site.records.models import FundPool, PoolProject


@transaction.atomic
def take_in(*, by: By, at: datetime) -> None:
    """Through the actions that take any money in; nothing where there is a pool already, or not the sample's projects."""
    projects = dict(PoolProject.objects.values_list("name", "pk"))
    if FundPool.objects.exists() or not projects:
        return
    codes = dict(PoolProject.objects.values_list("name", "code"))
    pools = {}
    for pool in sample.pools():
        facts = funds.PoolFacts(
            code=pool.code,
            name=pool.name,
            kind=pool.kind,
            amounts=pool.amounts,
            carry_over=pool.carry_over,
            opens=pool.opens,
            closes=pool.closes,
            likelihood=pool.likelihood,
            paper=pool.paper,
            simulated=True,
        )
        pools[pool.code], _ = funds.put_pool(by=by, at=at, facts=facts)
    for each in sample.funding():
        if each.project in projects:
            told = funds.ProjectFacts(
                priority=each.priority,
                mandatory=each.mandatory,
                cover=each.cover,
                revenue=each.revenue,
                requires=(codes[each.requires],) if each.requires else (),
            )
            funds.put_facts(by=by, at=at, project_id=projects[each.project], facts=told)
    for asked in sample.applications():
        given = applying.Asked(
            project=projects[asked.project], pool=pools[asked.pool], year=asked.year, moves=asked.moves, simulated=True
        )
        applying.apply(by=by, at=at, asked=given)
