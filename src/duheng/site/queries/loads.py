"""Loads: what came in, when and by whom, and what was doubted."""

from __future__ import annotations

from collections.abc import Mapping

from duheng.site.records.models import Load


def same(digest: str, given: Mapping[str, object]) -> int | None:
    """The load that took this very file in with the same said of it, if it still counts."""
    found = Load.objects.filter(state="done", digest=digest)
    return next((load.pk for load in found if _alike(load.given, given)), None)


def _alike(left: Mapping[str, object], right: Mapping[str, object]) -> bool:
    """Whether the same is said; the day a file is taken in on is not."""
    return {name: value for name, value in left.items() if name != "known"} == {
        name: value for name, value in right.items() if name != "known"
    }
