"""Other places of the same newspaper, for readers whom its own address does not reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Site

from ..conf import conf

_ONION = re.compile(r"https?://[a-z2-7]{56}\.onion(?::\d{1,5})?")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Mirror:
    """The page that a reader is on, at another place."""

    host: str
    url: str


def is_onion(origin: Any) -> bool:
    """Return whether an entry of a setting is the origin of an onion service, without a path."""
    return isinstance(origin, str) and bool(_ONION.fullmatch(origin))


def is_origin(origin: Any) -> bool:
    """Return whether an entry of a setting is a scheme with a host, without a path."""
    return isinstance(origin, str) and bool(_ORIGIN.fullmatch(origin))


def mirrors_of(request: HttpRequest) -> list[Mirror]:
    """Return the same address at each of the site's mirrors, but for the one that was asked."""
    return [
        Mirror(urlsplit(origin).netloc, origin + request.get_full_path())
        for origin in conf.mirrors
        if is_origin(origin) and urlsplit(origin).netloc != request.get_host()
    ]


def onion_of(request: HttpRequest) -> str:
    """Return the same address at the site's onion service; empty where nobody is to be told.

    Browsers heed it on secure pages only, and not on an onion service itself:
    https://community.torproject.org/onion-services/advanced/onion-location/
    """
    origin = conf.onions.get(request.get_host().partition(":")[0], "")
    if not request.is_secure() or not is_onion(origin):
        return ""
    return origin + request.get_full_path()


def is_mirror(request: HttpRequest) -> bool:
    """Return whether a request was sent to a mirror or an onion service of the site."""
    host = request.get_host()
    return any(urlsplit(each).netloc == host for each in [*conf.mirrors, *conf.onions.values()])


def at_home(url: str, request: HttpRequest | None) -> str:
    """Return an address of a mirror as that of the site itself, which is the canonical one."""
    if request is None or not is_mirror(request):
        return url
    site, here = Site.find_for_request(request), f"{request.scheme}://{request.get_host()}/"
    return f"{site.root_url}/{url[len(here) :]}" if site and url.startswith(here) else url


def at_hand(url: str, request: HttpRequest | None) -> str:
    """Return an address of the site without its host on a mirror, where readers shall stay."""
    if request is None or not is_mirror(request):
        return url
    site = Site.find_for_request(request)
    return url[len(site.root_url) :] if site and url.startswith(f"{site.root_url}/") else url


class OnionLocationMiddleware:
    """Tells Tor Browser on each HTML page where the onion service has it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Takes what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers, with the header `Onion-Location` where it belongs."""
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        # Forms are answered here, and a page behind a login is nobody else's business.
        if request.method in ("GET", "HEAD") and is_page and not _has_user(request):
            onion = onion_of(request)
            if onion:
                response.headers["Onion-Location"] = onion
        return response


def _has_user(request: HttpRequest) -> bool:
    # Not by asking for the user, which would read a session on every reader's page.
    session = getattr(request, "session", None)
    return session is not None and session.accessed and not session.is_empty()
