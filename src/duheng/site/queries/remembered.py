"""What is remembered of earlier decisions."""

from __future__ import annotations

from collections.abc import Mapping

from duheng.site.records.models import Remembered

KINDS: Mapping[str, tuple[str, str]] = {
    "same": ("同一项目", "one project"),
    "different": ("不同项目", "two projects"),
    "name": ("名称即指标", "a name and its indicator"),
    "doubt": ("看过的疑点", "a doubt that was settled"),
}


def rows(*, kind: str = "", words: str = "") -> list[Remembered]:
    """Everything remembered, newest first; of one kind, and with these words, where asked."""
    found = Remembered.objects.filter(kind=kind) if kind else Remembered.objects.all()
    asked = words.casefold().split()
    return [row for row in found if all(word in f"{row.left} {row.right} {row.area}".casefold() for word in asked)]


def taught() -> dict[str, str]:
    """The names that people bound to indicators of the catalog, with their codes."""
    return dict(Remembered.objects.filter(kind="name").order_by("at", "id").values_list("left", "right"))
