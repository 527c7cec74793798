"""People: for administrators, who may sign in and as what."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from duheng.errors import DuhengError, NotAllowed
from duheng.site import access
from duheng.site.access import By, Role
from duheng.site.actions import people as actions
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request
from duheng.site.queries import people


def table(request: Request, problem: str = "", status: int = 200) -> HttpResponse:
    """Everyone, and a form for one more."""
    access.require(request.by, "people.edit")
    typed = request.POST.get("name", "") if problem else ""
    context = {"people": people.everyone(), "roles": list(Role), "problem": problem, "name": typed}
    return render(request, "people.html", context, status=status)


@require_POST
@sensitive_post_parameters("password")
def change(request: Request) -> HttpResponse:
    """Add someone, or change a role, a password, or whether they may sign in."""
    try:
        _do(request, request.by)
    except NotAllowed:
        raise
    except (DuhengError, ValueError) as error:
        reason = error.message(language()) if isinstance(error, DuhengError) else _("This choice is not known.")
        return table(request, problem=reason, status=422)
    messages.success(request, _("Stored."))
    return redirect("people")


def _do(request: Request, by: By) -> None:
    what, now = request.POST.get("what", ""), timezone.now()
    name, password = request.POST.get("name", ""), request.POST.get("password", "")
    if what == "add":
        actions.add(by=by, at=now, name=name, role=Role(request.POST.get("role", "")), password=password)
    elif what == "role":
        actions.change(by=by, at=now, name=name, role=Role(request.POST.get("role", "")))
    elif what == "password":
        actions.set_password(by=by, at=now, name=name, password=password)
    elif what in ("stop", "let"):
        actions.change(by=by, at=now, name=name, active=what == "let")
    else:
        access.require(by, "people.edit")
