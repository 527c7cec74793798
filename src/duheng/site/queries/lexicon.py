"""What the words of a table mean here: the catalog with the workspace's overlay, its place and its areas."""

from __future__ import annotations

from duheng.collect import Lexicon
from duheng.plan import Place
from duheng.site.queries import known, living_plan
from duheng.site.records.models import Area


def lexicon() -> Lexicon:
    """The lexicon of this workspace, as it stands now."""
    plan = living_plan.current()
    names: dict[str, str] = {}
    for code, zh, en in Area.objects.values_list("code", "zh", "en"):
        names |= {name: code for name in (code, zh, en) if name}
    return Lexicon(entries=known.indicators(), place=Place(area=plan.area if plan else ""), areas=names)
