"""Template filters and tags: numbers, words in the reader's language, links to places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duheng.measure import OWN
from duheng.plan.target import Target
from duheng.site.access import Role
from duheng.site.pages import appraise_midterm
from duheng.site.pages.frame import language
from duheng.site.queries import (
    appraisal,
    division,
    eligible,
    findings,
    funds,
    gaps,
    known,
    land,
    loads,
    owners,
    pacing,
    pool,
    remembered,
    review,
    scenarios,
    search,
    series_table,
    watching,
    wording,
)
from duheng.site.queries.owners import Named
from duheng.site.queries.places import Place

register = template.Library()
_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "nature": wording.NATURES,
    "stage": wording.STAGES,
    "kind": wording.KINDS,
    "outcome": wording.OUTCOMES,
    "measure": wording.MEASURES,
    "role": wording.ROLES,
    "review": review.KINDS,
    "reviewed": review.STATES,
    "remembered": remembered.KINDS,
    "statement": wording.STATEMENTS,
    "severity": findings.SEVERITIES,
    "family": findings.FAMILIES,
    "finding": findings.STATES,
    "origin": owners.ORIGINS,
    "line": division.STATES,
    "found": search.NOUNS,
    "light": watching.COLOURS,
    "series": series_table.MEASURES,
    "basis": series_table.BASES,
    "status": series_table.STATUS_WORDS,
    "load": loads.STATES,
    "loaded": loads.KINDS,
    "method": watching.METHODS,
    "step": funds.STEPS,
    "scenario": scenarios.STATES,
    "deadline": funds.DEADLINES,
    "fitness": eligible.FITNESS,
    "gap": gaps.STATES,
    "appraisal": appraisal.KINDS,
    "appraised": appraisal.STATES,
    "factor": appraisal.FACTORS,
    "stage_of": appraisal.STAGES,
    "flag": appraisal.FLAGS,
    "appeal": land.STATES,
    "size": land.SIZE_WORDS,
    "baseline": land.BASELINES,
    "long": appraise_midterm.KINDS,
    "class": appraise_midterm.CLASSES,
    "onset": pool.ONSETS,
    "approval": pool.APPROVALS,
    "person": {role.value: role.words for role in Role},
}
_PERIOD = re.compile(r"^(?P<year>\d{4})(?:-(?P<part>Q[1-4]|H[12]|end|\d\d))?$")
_PARTS = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度", "H1": "上半年", "H2": "下半年", "end": "末"}


@register.filter
def num(value: Decimal | None) -> str:
    """A number, with a true minus sign."""
    return wording.number(value).replace("-", "−")


@register.filter
def num_text(shown: str) -> str:
    """A number already in words, with a true minus sign."""
    return shown.replace("-", "−")


@register.filter
def period(label: str) -> str:
    """A period as people write it: 2024年, 2024年一季度, 2021—2025年; in English as the label has it."""
    found = _PERIOD.match(label)
    if language() != "zh":
        return label.replace("/", "–").replace("-end", " (end)")
    if to_date := re.fullmatch(r"(\d{4})-(\d\d)\.\.(\d\d)", label):
        return f"{to_date[1]}年{int(to_date[2])}—{int(to_date[3])}月"
    if found is None:
        return label.replace("/", "—") + ("年" if re.fullmatch(r"\d{4}/\d{4}", label) else "")
    part = found["part"] or ""
    return f"{found['year']}年{_PARTS.get(part) or (f'{int(part)}月' if part else '')}"


@register.filter
def indicator_name(code: str) -> str:
    """What the catalog calls an indicator."""
    entry = known.entry(code)
    return code if entry is None else entry.zh if language() == "zh" else entry.en


@register.filter
def office_words(name: str) -> str:
    """An office's name in the reader's language, as the catalog has it."""
    found = next((office for office in known.offices().values() if name in (office.code, office.zh, *office.aliases)), None)
    return name if found is None or language() == "zh" else found.en


@register.filter
def series_words(key: str) -> str:
    """The key of a series in words: indicator, area, measure."""
    indicator, area, measure, *_rest = [*key.split("|"), "", ""]
    side = 0 if language() == "zh" else 1
    told = (indicator_name(indicator), "" if area == OWN else area, series_table.MEASURES.get(measure, (measure, measure))[side])
    return " · ".join(filter(None, told))


@register.filter
def figure(value: float | None) -> str:
    """A computed number, or nothing."""
    return "" if value is None else pacing.number(value)


@register.filter
def exact(value: float | None) -> str:
    """A computed number with as many digits as one needs to recompute by hand."""
    return "" if value is None else f"{value:.6g}".replace("-", "−")


@register.filter
def moved(value: float | None) -> str:
    """A computed difference, always with its sign."""
    return pacing.moved(value)


@register.filter
def percent(share: float | None) -> str:
    """A share as a whole percentage, never 0 or 100 where it is neither."""
    if share is None:
        return ""
    return f"{share:.0%}" if share in (0, 1) else f"{min(99, max(1, round(share * 100)))}%"


@register.filter
def signed(value: Decimal | None) -> str:
    """A difference, always with its sign."""
    if value is None:
        return ""
    shown = wording.number(abs(value.normalize()) if value else Decimal(0))
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{shown}"


@register.filter
def word(key: str | None, kind: str) -> str:
    """The word for a nature, stage, kind, measure or role."""
    return wording.of(_WORDS[kind], key, language=language())


@register.filter
def own(pair: tuple[str, str]) -> str:
    """The one of (zh, en) that is spoken."""
    return pair[0 if language() == "zh" else 1]


@register.filter
def undoes(message: Message) -> int | None:
    """The decision that a message tells of and can undo."""
    found = re.search(r"\bundo-(\d+)", message.tags)
    return int(found[1]) if found else None


@register.filter
def unit(name: str) -> str:
    """A unit in the reader's language."""
    return wording.unit_words(name, language=language())


@register.filter
def symbol(aim: Target) -> str:
    """The target as a table's column shows it."""
    return wording.symbol(aim)


@register.simple_tag
def aim_words(aim: Target, name: str) -> str:
    """The target in words; `name` is the indicator's unit."""
    return wording.target(aim, unit=name, language=language())


@register.simple_tag
def amount(value: Decimal | None, name: str = "", value2: Decimal | None = None, comparator: str = "") -> str:
    """A number with its unit."""
    mark = wording.COMPARATORS.get(comparator, "")
    return mark + wording.quantity(value, name, language=language(), value2=value2)


@register.filter
def office(named: Named) -> str:
    """An office in the reader's language: as printed, or in English where the catalog knows it."""
    return named.english if named.english and language() != "zh" else named.name


@register.filter
def printed(offices: Sequence[Named]) -> str:
    """Offices as a sheet prints them."""
    return "、".join(named.name for named in offices)


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key."""
    return values.get(key, "")


@register.filter
def shape(severity: str) -> str:
    """A severity's mark, which tells it without colour."""
    return findings.SHAPES[severity]


@register.simple_tag
def severities(told: Sequence[tuple[str, int]]) -> str:
    """Numbers of findings in words: 1 error, 3 warnings."""
    return ("、" if language() == "zh" else ", ").join(_severity(name, number) for name, number in told)


def _severity(name: str, number: int) -> str:
    words = {
        "error": ngettext("%(n)s error", "%(n)s errors", number),
        "warning": ngettext("%(n)s warning", "%(n)s warnings", number),
        "note": ngettext("%(n)s note", "%(n)s notes", number),
    }
    return words[name] % {"n": number}


@register.simple_tag(takes_context=True)
def reason(context: Context, told: Any) -> str:
    """Why a light shows what it does, in the reader's language and as far as the reader may see."""
    return own(watching.reason(told, numbers=context["can"]["watch_chance"]))


@register.filter
def href(place: Place | None) -> str:
    """Where a place opens."""
    return f"{reverse('document', args=[place.document])}#c{place.offset}" if place else ""


@register.simple_tag
def source(place: Place | None) -> SafeString | str:
    """A link to the sentence, its text as the tip."""
    if place is None:
        return ""
    return format_html('<a class="source" href="{}" title="{}">{}</a>', href(place), place.sentence, _("source"))


@register.simple_tag(takes_context=True)
def altered(context: Context, **changes: Any) -> str:
    """This page's query with some values changed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.inclusion_tag("_sort.html", takes_context=True)
def sort(context: Context, name: str, label: str, end: bool = False, period: str = "") -> dict[str, Any]:
    """The head of a column that sorts: once up, again down."""
    now = context["request"].GET.get("sort", "")
    direction = "ascending" if now == name else "descending" if now == f"-{name}" else ""
    following = f"-{name}" if now == name else "" if now == f"-{name}" else name
    return {"label": label, "direction": direction, "link": altered(context, sort=following), "end": end, "period": period}


@register.simple_tag
def asset(name: str) -> str:
    """A static file's address, with the release in it so that a new one is fetched."""
    from duheng import __version__

    return f"{settings.STATIC_URL}{name}?{__version__}"
