"""What the words of lists of projects mean here: the catalog with the workspace's overlay, and what was said of lists before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings

from duheng import catalog
from duheng.collect.projects import ListMapping, ProjectWords, lists_projects
from duheng.site.records.models import SheetShape


@lru_cache(maxsize=1)
def words() -> ProjectWords:
    """The words for heads and cells, overlaid."""
    overlay = settings.WORKSPACE.catalog
    return ProjectWords(
        columns=catalog.load("project_columns", overlay=overlay),
        sources=catalog.load("fund_sources", overlay=overlay),
        delays=catalog.load("delay_reasons", overlay=overlay),
        banks=catalog.load("banks", overlay=overlay),
    )


@lru_cache(maxsize=1)
def gates() -> Mapping[str, catalog.ProjectWordEntry]:
    """The gates by code."""
    return catalog.load("gates", overlay=settings.WORKSPACE.catalog)


def is_list(data: bytes, *, name: str, holds: str) -> bool:
    """Whether a file is a list of projects: as was said, else by what it holds. Raises `DuhengError` for what cannot be opened."""
    if holds in ("figures", "projects"):
        return holds == "projects"
    return lists_projects(data, name=name, words=words())


def said(told: Sequence[Mapping[str, Any]], *, where: str) -> tuple[ListMapping, ...]:
    """What was said of a list's sheets, from what is kept of it."""
    return tuple(ListMapping.of(each, words=words(), where=where) for each in told)


def remembered(fingerprint: str) -> ListMapping | None:
    """What was said of lists of this shape."""
    found = SheetShape.objects.filter(fingerprint=fingerprint).first()
    if found is None:
        return None
    said = {name: value for name, value in found.mapping.items() if name != "kind"}
    return ListMapping.of(said, words=words(), where=fingerprint)
