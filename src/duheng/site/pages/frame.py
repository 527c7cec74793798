"""What stands around every page: menu, language, theme, whose plan it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from duheng import __version__
from duheng.site import access
from duheng.site.queries import living_plan, pool, review
from duheng.site.records.models import Plan

THEMES = ("light", "dark")
_APPRAISAL = (
    "appraise", "appraise-areas", "appraise-offices", "appraise-items", "appraise-midterm", "appraise-scores", "appraise-score",
    "appraise-method", "appraise-unit", "appraise-sheets", "land", "land-firm", "land-appeals", "land-exempt", "land-appeal",
    "land-settle", "land-method",
)  # fmt: skip
_MENU = (
    ("overview", _("Overview"), ("overview",)),
    ("plan", _("Plan"), ("plan", "indicator", "indicator-target", "indicator-facts", "years")),
    ("figures", _("Figures"), ("figures", "series", "figure-new", "revisions", "loads", "load", "load-answer")),
    ("watch", _("Watch"), ("watch", "watch-monthly", "watch-refresh")),
    ("appraise", _("Appraisal"), _APPRAISAL),
    (
        "projects",
        _("Projects"),
        (
            "projects",
            "project",
            "project-facts",
            "projects-merge",
            "project-split",
            "pool",
            "pool-same",
            "pool-board",
            "pool-summary",
            "opportunities",
            "pool-move",
            "pool-project",
        ),
    ),
    (
        "funds",
        _("Funds"),
        (
            "funds",
            "fund",
            "fund-new",
            "fund-change",
            "gap",
            "applications",
            "application",
            "application-new",
            "application-step",
            "applications-import",
            "eligibility",
            "project-money",
            "project-funding",
            "studio",
            "scenario",
            "scenario-compare",
        ),
    ),
    ("tasks", _("Tasks"), ("tasks", "task")),
    ("offices", _("Offices"), ("offices", "office", "division", "division-apply", "owners-accept")),
    ("documents", _("Documents"), ("documents", "document", "audit", "finding", "import", "import-job")),
    ("review", _("Review"), ("review", "review-item", "review-many", "remembered")),
)


_KEYS = {
    "overview": "o",
    "plan": "p",
    "figures": "f",
    "watch": "w",
    "appraise": "a",
    "projects": "j",
    "funds": "m",
    "tasks": "t",
    "offices": "u",
    "documents": "d",
    "review": "r",
}  # after g


def language() -> str:
    """The reader's language, "zh" or "en"."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def chosen_plan(request: HttpRequest) -> Plan | None:
    """The plan that the reader chose to see, else the current one."""
    wanted = request.COOKIES.get("plan", "")
    found = Plan.objects.filter(pk=wanted).first() if wanted.isdigit() else None
    return found or living_plan.current()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Values that `base.html` shows."""
    by = getattr(request, "by", None)
    match = getattr(request, "resolver_match", None)
    here = match.url_name if match else ""
    plan = chosen_plan(request) if by else None
    theme = request.COOKIES.get("theme", "")
    return {
        "lang": language(),
        "theme": theme if theme in THEMES else "",
        "office": settings.WORKSPACE.office,
        "sample": settings.WORKSPACE.sample,
        "signs_in": settings.WORKSPACE.sign_in,
        "version": __version__,
        "by": by,
        "can": {rule.replace(".", "_"): access.may(by.role if by else None, rule) for rule in access.RULES},
        "menu": [
            {
                "name": name,
                "opens": "pool" if name == "projects" and pool.holds() else name,
                "label": label,
                "key": _KEYS.get(name, ""),
                "here": here in pages,
                "count": review.open_count(plan) if name == "review" else 0,
            }
            for name, label, pages in _MENU
        ],
        "shown_plan": plan,
        "plans": list(Plan.objects.all()) if by else [],
    }
