"""Template filters of the page of one project: days late, codes of the catalog of projects in words, names of rules."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duheng.site.pages.frame import language
from duheng.site.pages.outlook_chart import labels
from duheng.site.queries import pool_facts, watching, wording
from duheng.watch.projects import MilestoneState, money_en, money_zh

register = template.Library()


@register.filter
def late(state: MilestoneState) -> str:
    """How late a milestone is or was, in words; nothing where it is neither due nor done."""
    if state.late is None:
        return ""
    if state.late == 0:
        return _("on the day")
    days = abs(state.late)
    if state.late < 0:
        return ngettext("{n} day early", "{n} days early", days).format(n=days)
    if state.actual is None:
        return ngettext("{n} day overdue", "{n} days overdue", days).format(n=days)
    return ngettext("{n} day late", "{n} days late", days).format(n=days)


@register.filter
def money_said(fen: int | None) -> str:
    """Money as it is said: 11.17亿元, 1.12 billion yuan."""
    if fen is None:
        return ""
    return money_zh(fen) if language() == "zh" else money_en(fen)


@register.filter
def month_name(number: int) -> str:
    """The name of a month, as below a chart."""
    return labels(12)[number - 1]


@register.filter
def pool_word(code: str, kind: str) -> str:
    """What the catalog calls a gate, a reason for delay, a bank or a source of money; the code itself where it has no word."""
    return wording.of(pool_facts.words(kind), code, language=language())


@register.filter
def rule_name(code: str) -> str:
    """The name of a rule set."""
    rule = watching.rule_sets().get(code)
    return code if rule is None else rule.zh if language() == "zh" else rule.en


@register.filter
def criterion_name(code: str) -> str:
    """The name of what a rule set looks at."""
    entry = pool_facts.criteria().get(code)
    return code if entry is None else entry.zh if language() == "zh" else entry.en
