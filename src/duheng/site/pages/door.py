"""Who comes in: nobody sees a page unless signed in, except where the workspace is a demonstration."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duheng.errors import NotAllowed
from duheng.site.access import By, Role
from duheng.site.pages import failures

# What anybody may see; the opportunities are the projects marked public, and only what is public of them.
_OPEN = ("/alive", "/look", "/sign-in", "/sign-out", "/static/", "/opportunities")


class Door:
    """Puts `request.by`, who acts and as what, on every request; sends the others to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.by = _by(request)  # type: ignore[attr-defined]
        if request.by is None and not request.path.startswith(_OPEN):  # type: ignore[attr-defined]
            return redirect(f"{reverse('sign-in')}?next={quote(request.get_full_path())}")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What the role does not permit is a page, not a fault."""
        return failures.forbidden(request, error) if isinstance(error, NotAllowed) else None


def _by(request: HttpRequest) -> By | None:
    if not settings.WORKSPACE.sign_in:
        return By(name=_("visitor"), role=Role.EDITOR)
    user = request.user
    return By(name=user.name, role=Role(user.role)) if user.is_authenticated else None
