"""Template filters and tags of the project pool: money in fen, shares, lights of rows that the database joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duheng.site.pages import pool_columns, pool_lights, pool_rows
from duheng.site.pages.frame import language
from duheng.site.queries import watching, wording
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
    return pool_columns.percent(share)


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
        (colour, pool_lights.mark(colour), count, wording.of(watching.COLOURS, colour, language=language()))
        for colour, count in lights.items()
        if count
    )
    return format_html_join(
        " ",
        '<span class="light light-{}" title="{}">{}{}<span class="sr">{}</span></span>',
        ((colour, word, mark, count, word) for colour, mark, count, word in told),
    )


@register.simple_tag
def pool_stated(against: GroupTotal, what: str) -> SafeString:
    """Whether a group comes to what is stated of it: by how much its "count" or "money" does not; said once where both do."""
    count, money = against.count_off or 0, against.money_off or 0
    if what == "money" and against.agrees:
        return format_html('<span class="under">{}</span>', _("as stated"))
    if not (count if what == "count" else money):
        return format_html("{}", "")
    told = (
        ngettext("{n} project", "{n} projects", abs(count)).format(n=f"{count:+}".replace("-", "−"))
        if what == "count"
        else f"{'+' if money > 0 else '−'}{pool_columns.in_words(abs(money))}"
    )
    among = _(" (all that the list has, preliminary and past ones too)")
    return format_html('<span class="under off">{}{}{}</span>', _("beside what is stated: "), told, among)


@register.simple_tag(takes_context=True)
def pool_light(context: Context, row: Any) -> SafeString:
    """The light of a row: colour, shape and word, its reason as the tip, how far behind below it; the usual one where it differs."""
    why = pool_columns.why(row, rule=context["view"].rule, numbers=context["can"]["watch_chance"])
    return pool_lights.light(row, why=why, tried=bool(context.get("tried")))


@register.simple_tag
def pool_link(project: PoolProject) -> SafeString:
    """The project's name, leading to its page."""
    return mark_safe(pool_rows.link(project))  # noqa: S308 -- the name went through `escape`


@register.simple_tag(takes_context=True)
def pool_move(context: Context, row: Any) -> SafeString:
    """The button that asks for the project's next stage; nothing after the last."""
    return mark_safe(pool_rows.move_link(row, context["request"].get_full_path()))  # noqa: S308 -- the name went through `escape`
