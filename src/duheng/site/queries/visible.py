"""What a role may see of figures, and of what rests on them: the one place that decides.

Internal figures are for those who may take figures in. Everybody else sees what has been released, what was worked out of that alone, and
nothing that was said of internal figures.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from duheng.collect import Figures
from duheng.site import access
from duheng.site.access import Role
from duheng.site.records.models import AUDIENCES, Event, Load, LoadDoubt, Series

ALL, OFFICE, PUBLIC = AUDIENCES


def internal(role: Role | None) -> bool:
    """Whether a role may see figures that have not been released."""
    return access.may(role, "figures.internal")


def figures(held: Figures, role: Role | None) -> Figures:
    """The figures that a role may see."""
    return held if internal(role) else held.public()


def audiences(role: Role | None) -> tuple[str, str]:
    """Whose standings and lights a role is shown: those that rest on released figures only, and those made for the likes of it."""
    return ALL, OFFICE if internal(role) else PUBLIC


def counted(role: Role | None, *, prefix: str = "") -> Q:
    """The rows of figures that count and that a role may see; `prefix` leads from another table to figures."""
    told: dict[str, Any] = {f"{prefix}load__state": "done"}
    return Q(**told) if internal(role) else Q(**told, **{f"{prefix}released": True})


def series(role: Role | None) -> QuerySet[Series]:
    """The series that have a figure which a role may see."""
    return Series.objects.filter(counted(role, prefix="figures__")).distinct().select_related("area")


def reason(of: Load | Event, role: Role | None) -> str:
    """Why something was done; with figures a person may have written the number there."""
    about_figures = isinstance(of, Load) or of.kind.startswith("figures.")
    return of.reason if internal(role) or not about_figures else ""


def doubts(load: Load, role: Role | None) -> QuerySet[LoadDoubt]:
    """What was doubted in a load: it tells values of cells, which nobody has released."""
    return load.doubts.all() if internal(role) else load.doubts.none()
