"""Coming in, going out, and how the pages look."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from duheng.site.pages.frame import THEMES
from duheng.site.pages.pool_columns import UNITS
from duheng.site.queries import people

_YEAR = 365 * 24 * 3600


def alive(request: HttpRequest) -> HttpResponse:
    """Whether the site answers."""
    return HttpResponse("ok", content_type="text/plain")


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and what it says when name and password do not fit."""
    back = _back(request, request.POST.get("next") or request.GET.get("next", ""))
    if not settings.WORKSPACE.sign_in:
        return redirect(back)
    name, problem = request.POST.get("name", "").strip(), ""
    if request.method == "POST":
        person = authenticate(request, username=name, password=request.POST.get("password", ""))
        if person is not None:
            login(request, person)
            return redirect(back)
        problem = _("Name and password do not fit. After several attempts, signing in is blocked for a quarter of an hour.")
    context = {"name": name, "problem": problem, "next": back, "nobody": not people.any_yet()}
    return render(request, "sign_in.html", context, status=403 if problem else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Go out."""
    logout(request)
    return redirect("sign-in")


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep a choice of language, theme, unit of money or plan in a cookie, and go back to the page."""
    response = redirect(_back(request, request.POST.get("next", "")))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    theme = request.POST.get("theme")
    if theme is not None:
        _keep(response, "theme", theme if theme in THEMES else "auto")
    if request.POST.get("money") in UNITS:
        _keep(response, "money", request.POST["money"])
    if request.POST.get("plan", "").isdigit():
        _keep(response, "plan", request.POST["plan"])
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def _back(request: HttpRequest, address: str) -> str:
    """`address` if it is on this site, else the overview."""
    here = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if here and address else reverse("overview")
