"""From which address a request comes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The caller's address: behind a proxy the last one that the proxy names, since a caller may write what it likes before that."""
    named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return named if settings.WORKSPACE.https and named else str(request.META.get("REMOTE_ADDR", ""))
