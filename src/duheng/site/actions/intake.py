"""A file of figures on its way in: read outside any transaction, then stored, its original kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.conf import settings

from duheng import collect
from duheng.collect import Given
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import collecting
from duheng.site.actions.collecting import Source, Taken
from duheng.site.queries import loads
from duheng.site.queries.lexicon import lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file as it was handed over."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """Its kind, as its name tells it: .xlsx, .csv.gz."""
        return "".join(
            PurePath(self.name).suffixes[-2:] if self.name.endswith(".gz") else PurePath(self.name).suffixes[-1:]
        ).lower()


def take_file(
    *, by: By, at: datetime, sent: Sent, given: Given, trial: bool = False, progress: Callable[[str], None] = lambda _: None
) -> Taken:
    """Take a file in: all of it or nothing. The very same file, with the same said of it, changes nothing."""
    access.require(by, "figures.load")
    source = Source(name=sent.name, digest=hashlib.sha256(sent.data).hexdigest(), suffix=sent.suffix, given=said(given))
    if known := loads.same(source.digest, source.given):
        return Taken(again=known, missing=0)
    progress("read")
    batch = collect.figures_of(sent.data, name=sent.name, lexicon=lexicon(), given=given)
    progress("store")
    taken = collecting.take_in(by=by, at=at, batch=batch, source=source, trial=trial)
    if taken.load:
        settings.WORKSPACE.keep(sent.data, suffix=sent.suffix)
    return taken


def said(given: Given) -> dict[str, object]:
    """What is said of a whole file, as its load keeps it."""
    told: dict[str, object] = {"status": given.status.value, "released": given.released}
    told |= {"columns": dict(given.columns), "constants": dict(given.constants), "months": given.months}
    return {"known": given.vintage.isoformat()} | {name: value for name, value in told.items() if value}
