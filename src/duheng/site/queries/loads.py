"""Loads: what came in, when and by whom, and what was doubted."""

from __future__ import annotations

from collections.abc import Mapping

from duheng.collect import SheetMapping
from duheng.site.records.models import Load, SheetShape


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
    """Whether the same is said; the day a file is taken in on is not."""
    return {name: value for name, value in left.items() if name != "known"} == {
        name: value for name, value in right.items() if name != "known"
    }
