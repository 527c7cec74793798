"""The rows of the pool's table, put together here and not in a template: a hundred of them must cost a page a few milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duheng.site.pages import pool_columns, pool_lights
from duheng.site.pages.frame import language
from duheng.site.pages.pool_columns import Column
from duheng.site.queries import pool, wording

_FOLLOWING = dict(zip(("unknown", *pool.BATCHES), pool.BATCHES, strict=False))  # the stage after each


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How rows are shown: which columns, money in which unit, under which rule, and what the reader may see and do."""

    columns: Sequence[Column]
    money: str
    rule: str
    tried: bool
    numbers: bool
    moves: bool
    back: str  # where a form returns to


def rows(found: Sequence[Any], shown: Shown) -> SafeString:
    """The rows of a page of the table."""
    labels = {column.key: escape(str(column.label)) for column in shown.columns}
    cells = [(_CELLS[column.key], labels[column.key]) for column in shown.columns]
    plain, differs = "<tr>", '<tr class="differs">'
    page = "".join(
        (differs if shown.tried and row.usual != row.colour else plain)
        + "".join(cell(row, shown, label) for cell, label in cells)
        + "</tr>"
        for row in found
    )
    return mark_safe(page)  # noqa: S308 -- every text in it went through `escape`


def move_link(row: Any, back: str) -> str:
    """The button that asks for the project's next stage; nothing after the last."""
    following = _FOLLOWING.get(row.stage)
    if following is None:
        return ""
    address = escape(f"{_address('pool-move', row.project_id)}?to={following}&back={quote(back, safe='')}")
    word = escape(wording.of(wording.STAGES, following, language=language()))
    return (
        f'<a class="button small move" href="{address}" hx-get="{address}" hx-target="#asked" '
        f'aria-label="{escape(row.project.name)}{_(": ")}{word}"><span aria-hidden="true">→</span> {word}</a>'
    )


def link(project: Any) -> str:
    """The project's name, leading to its page."""
    return f'<a href="{_address("pool-project", project.pk)}">{escape(project.name)}</a>'


def _address(name: str, pk: int) -> str:
    return reverse(name, args=[0]).replace("/0", f"/{pk}", 1)


def _name(row: Any, shown: Shown, label: str) -> str:
    marked = f"{_('simulated')}{_('; ')}" if row.project.simulated else ""
    marked += f"{escape(row.project.currency)}{_('; ')}" if row.project.currency != "CNY" else ""
    return f'<th scope="row">{link(row.project)}<span class="under">{marked}{escape(row.project.code)}</span></th>'


def _stage(row: Any, shown: Shown, label: str) -> str:
    kind = {"unknown": " outline", "completed": " strong"}.get(row.stage, "")
    word = escape(wording.of(wording.STAGES, row.stage, language=language()))
    button = move_link(row, shown.back) if shown.moves else ""
    since = f'<span class="under">{row.stage_since:%Y-%m-%d}</span>' if row.stage_since else ""
    return f'<td class="stage-cell" data-name="{label}"><span class="pill{kind}">{word}</span>{button}{since}</td>'


def _light(row: Any, shown: Shown, label: str) -> str:
    why = pool_columns.why(row, rule=shown.rule, numbers=shown.numbers)
    return f'<td data-name="{label}">{pool_lights.light(row, why=why, tried=shown.tried)}</td>'


def _why(row: Any, shown: Shown, label: str) -> str:
    why = escape(pool_columns.why(row, rule=shown.rule, numbers=shown.numbers))
    return f'<td class="small whole said" data-name="{label}">{why}</td>'


def _problems(row: Any, shown: Shown, label: str) -> str:
    late = ngettext("%(n)s overdue", "%(n)s overdue", row.overdue) % {"n": row.overdue} if row.overdue else ""
    under = f'<span class="under">{escape(late)}</span>' if late else ""
    return f'<td class="num" data-name="{label}">{row.problems or ""}{under}</td>'


def _text(key: str, kind: str = "") -> Callable[[Any, Shown, str], str]:
    """A cell of words, as the sheet has it."""
    value = pool_columns.BY_KEY[key].cell

    opening = f'<td class="{kind}" data-name="' if kind else '<td data-name="'

    def cell(row: Any, shown: Shown, label: str) -> str:
        return f'{opening}{label}">{escape(value(row))}</td>'

    return cell


def _money(key: str) -> Callable[[Any, Shown, str], str]:
    value = pool_columns.BY_KEY[key].cell

    def cell(row: Any, shown: Shown, label: str) -> str:
        amount: Any = value(row)
        return f'<td class="num" data-name="{label}">{pool_columns.amount(amount, shown.money)}</td>'

    return cell


def _share(row: Any, shown: Shown, label: str) -> str:
    return f'<td class="num" data-name="{label}">{pool_columns.percent(row.share)}</td>'


_CELLS: Mapping[str, Callable[[Any, Shown, str], str]] = {
    "name": _name,
    "code": _text("code", "quiet"),
    "stage": _stage,
    "light": _light,
    "why": _why,
    "onset": _text("onset"),
    "group": _text("group", "quiet text"),
    "sector": _text("sector", "quiet text"),
    "place": _text("place", "quiet text"),
    "office": _text("office", "text"),
    "total": _money("total"),
    "planned": _money("planned"),
    "works": _money("works"),
    "share": _share,
    "counted": _money("counted"),
    "paid": _money("paid"),
    "library": _text("library"),
    "problems": _problems,
}
