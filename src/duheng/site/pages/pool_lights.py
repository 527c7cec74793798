"""The light of a row of the pool: colour, shape and word, with its reason as the tip and how far behind below it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from duheng.site.pages.frame import language
from duheng.site.queries import watching, wording


def light(row: Any, *, why: str, tried: bool) -> SafeString:
    """The light; where another rule set is tried, below it the one that is shown here, if it differs."""
    shown = f'<span class="light light-{escape(row.colour)}" title="{escape(why)}">{mark(row.colour)}{escape(word(row.colour))}</span>'
    below = _("here: {colour}").format(colour=word(row.usual)) if tried and row.usual != row.colour else behind(row.lag)
    under = f'<span class="under">{escape(below)}</span>' if below else ""
    return mark_safe(shown + under)  # noqa: S308 -- every text in it went through `escape`


def behind(lag: float | None) -> str:
    """How far a project is ahead of its time, or behind it, in points; nothing where that cannot be told."""
    if lag is None:
        return ""
    points = round(lag, 1)
    if points == 0:
        return _("on time")
    return (_("{n} points behind") if points < 0 else _("{n} points ahead")).format(n=abs(points))


def word(colour: str) -> str:
    """What a colour is called."""
    return wording.of(watching.COLOURS, colour, language=language())


@lru_cache(maxsize=8)
def mark(colour: str) -> SafeString:
    """The shape that tells a colour without it."""
    return mark_safe(render_to_string("_light_mark.html", {"colour": colour}).strip())  # noqa: S308 -- a template of ours
