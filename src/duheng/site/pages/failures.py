"""Pages for what went wrong: what it is, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duheng.errors import DuhengError
from duheng.site.pages.frame import language


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    reason = exception.message(language()) if isinstance(exception, DuhengError) else _("Your role does not permit this.")
    return _page(request, 403, _("Not permitted"), reason)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: more files or fields at once than the site takes, or a request that makes no sense."""
    reason = _(
        "The request cannot be taken: it holds too many files or fields, or is damaged. Send fewer files at once and try again."
    )
    return _page(request, 400, _("Not taken"), reason)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    reason = _("There is nothing at this address. The item may have been withdrawn, or the link is incomplete.")
    return _page(request, 404, _("Nothing here"), reason)


def fault(request: HttpRequest) -> HttpResponse:
    """500."""
    reason = _("A fault in the program. Nothing you entered was half stored. The fault is in the server's log.")
    return _page(request, 500, _("A fault of ours"), reason)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is too old, or that came from elsewhere."""
    advice = _("This form has expired. Go back, reload the page and send it again; what you typed is still in the form.")
    return _page(request, 403, _("Form expired"), advice)


def _page(request: HttpRequest, status: int, title: str, reason: str) -> HttpResponse:
    return render(request, "failure.html", {"title": title, "reason": reason, "status": status}, status=status)
