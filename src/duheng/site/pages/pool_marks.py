"""Template filters and tags of the project pool: money in fen, shares, lights of rows that the database joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duheng.site.pages import pool_columns
from duheng.site.pages.frame import language
from duheng.site.queries import pool, watching, wording
from duheng.site.records.models import PoolProject
from duheng.watch.projects import GroupTotal

register = template.Library()


@register.filter
def money(fen: int | None, unit: str) -> str:
    """Money as a table shows it, in "yi" (亿元) or "wan" (万元)."""
    return pool_columns.amount(fen, unit)


@register.filter
def money_words(fen: int | None) -> str:
    """Money in a sentence, with its unit: 92.28亿元, 9.228 billion yuan."""
    return "" if fen is None else pool_columns.in_words(fen)


@register.filter
def percent1(share: float | None) -> str:
    """A share in percent with one digit; nothing where there is none."""
    return "" if share is None else f"{share * 100:.1f}%"


@register.filter
def field(holder: Any, name: str) -> Any:
    """What a value holds under a name."""
    return getattr(holder, name, "")


@register.filter
def at_place(values: Sequence[Any], place: int) -> Any:
    """The value at a place of a list."""
    return values[place]


@register.simple_tag
def pool_tally(lights: Mapping[str, int]) -> SafeString:
    """How many show each light: colour, shape, number and word."""
    told = (
        (colour, _mark(colour), count, wording.of(watching.COLOURS, colour, language=language()))
        for colour, count in lights.items()
        if count
    )
    return format_html_join(
        " ",
        '<span class="light light-{}" title="{}">{}{}<span class="sr">{}</span></span>',
        ((colour, word, mark, count, word) for colour, mark, count, word in told),
    )


@register.simple_tag
def pool_stated(against: GroupTotal) -> SafeString:
    """Whether a group comes to what is stated of it, and by how much it does not."""
    if against.agrees:
        return format_html('<span class="under">{}</span>', _("as stated"))
    count, money = against.count_off or 0, against.money_off or 0
    said = [
        ngettext("{n} project", "{n} projects", abs(count)).format(n=f"{count:+}".replace("-", "−")) if count else "",
        f"{'+' if money > 0 else '−'}{pool_columns.in_words(abs(money))}" if money else "",
    ]
    told = ("，" if language() == "zh" else ", ").join(filter(None, said))
    return format_html('<span class="under off">{}{}</span>', _("beside what is stated: "), told)


@register.simple_tag(takes_context=True)
def pool_light(context: Context, row: Any) -> SafeString:
    """The light of a row: colour, shape and word, its reason as the tip, how far behind below it; the usual one where it differs."""
    words = wording.of(watching.COLOURS, row.colour, language=language())
    light = format_html(
        '<span class="light light-{}" title="{}">{}{}</span>', row.colour, pool_why(context, row), _mark(row.colour), words
    )
    below = _below(context, row)
    return format_html('{}<span class="under">{}</span>', light, below) if below else light


def _below(context: Context, row: Any) -> str:
    if context.get("tried") and row.usual != row.colour:
        return _("here: {colour}").format(colour=wording.of(watching.COLOURS, row.usual, language=language()))
    return "" if row.lag is None else behind(row.lag)


def behind(lag: float) -> str:
    """How far a project is ahead of its time, or behind it, in points."""
    points = round(lag, 1)
    if points == 0:
        return _("on time")
    return (_("{n} points behind") if points < 0 else _("{n} points ahead")).format(n=abs(points))


@lru_cache(maxsize=8)
def _mark(colour: str) -> SafeString:
    return mark_safe(render_to_string("_light_mark.html", {"colour": colour}).strip())  # noqa: S308 -- a template of ours


@register.simple_tag
def pool_link(project: PoolProject) -> SafeString:
    """The project's name, leading to its page."""
    try:
        return format_html('<a href="{}">{}</a>', reverse("pool-project", args=[project.pk]), project.name)
    except NoReverseMatch:
        return format_html("{}", project.name)


@register.inclusion_tag("_pool_move.html", takes_context=True)
def pool_move(context: Context, row: Any) -> dict[str, Any]:
    """The button that asks for the project's next stage; nothing after the last."""
    following = dict(pairwise(("unknown", *pool.BATCHES))).get(row.stage)
    return {"row": row, "following": following, "back": context["request"].get_full_path()}


@register.simple_tag(takes_context=True)
def pool_why(context: Context, row: Any) -> str:
    """Why the light of a row shows what it does."""
    return pool_columns.why(row, rule=context["view"].rule, numbers=context["can"]["watch_chance"])
