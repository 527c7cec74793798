"""A request as every view behind the door gets it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from duheng.site.access import By


class Request(HttpRequest):
    """A request that tells who acts, and whether htmx asks for a part of the page."""

    by: By
    htmx: HtmxDetails


def wants_part(request: Request) -> bool:
    """Whether only the part that changes is asked for; going back in the browser needs the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request
