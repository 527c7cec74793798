"""By what projects of the pool are judged: the catalog's rule sets and what else they look at, the workspace's own over them."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from duheng import catalog
from duheng.watch import projects

SEED = 20260120  # of the ways a year may go on: the same facts give the same chance


@lru_cache(maxsize=1)
def rules() -> projects.ProjectRules:
    """Rule sets, their criteria and base rates, read once per process."""
    overlay = settings.WORKSPACE.catalog
    return projects.ProjectRules(
        lights=catalog.load("light_rules", overlay=overlay),
        criteria=catalog.load("light_criteria", overlay=overlay),
        rates=catalog.load("base_rates", overlay=overlay),
    )
