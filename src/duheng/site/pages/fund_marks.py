"""Template filters of the pages of money: shares, what a rule asks, why a project is not eligible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from duheng.allocate import Eligibility
from duheng.catalog import FundRuleEntry
from duheng.site.pages.frame import language
from duheng.site.queries import eligible, known, wording

register = template.Library()


@register.filter
def share(part: Decimal) -> str:
    """A share of one as a percentage, without digits that say nothing."""
    return f"{(part * 100).normalize():f}%"


@register.filter
def nth(items: Sequence[Any], place: int) -> Any:
    """The item at a place."""
    return items[place]


@register.filter
def iso(value: date | str | None) -> str:
    """A day as a form's field takes it."""
    return value.isoformat() if isinstance(value, date) else str(value or "")


@register.filter
def rule_words(rule: FundRuleEntry) -> str:
    """What a rule asks, in words."""
    side = 0 if language() == "zh" else 1
    sectors = known.rulebook().named(rule.sectors)[side]
    regions = ("、", ", ")[side].join(eligible.REGIONS[each][side] for each in rule.regions)
    about = ("；", "; ")[side].join(filter(None, (sectors, regions)))
    words = {
        "sector_in": _("sector is one of: {about}"),
        "sector_out": _("sector is none of: {about}"),
        "negative": _("name and content say none of: {words}"),
        "ceiling": _("at most {ceiling} of the total cost") + (f" ({about})" if about else ""),
        "gate": _("it is met, with its day"),
        "revenue": _("the project earns revenue"),
        "cover": _("income covers debt service at least {cut} times"),
        "library": _("in the library by {deadline} of the year before"),
        "region": _("the region is one of: {about}"),
    }[rule.asks]
    ceiling = "" if rule.ceiling is None else share(rule.ceiling)
    listed = ("、", ", ")[side].join(rule.words)
    return words.format(about=about, words=listed, ceiling=ceiling, cut=rule.cut, deadline=rule.deadline)


@register.filter
def why_not(cell: Eligibility) -> str:
    """All that stands between a project and a pool, in one line."""
    side = 0 if language() == "zh" else 1
    return ("；", "; ")[side].join(each.why[side] for each in cell.obstacles)


@register.filter
def times(unit: str) -> str:
    """A unit of money behind a number in a sentence: 12 万元, 12 × 10,000 yuan."""
    words = wording.unit_words(unit, language=language())
    return words if language() == "zh" else f"× {words}"
