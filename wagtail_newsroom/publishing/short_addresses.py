"""Short addresses for pieces whose own would be long: `/fa/p/9k/` in place of a Persian slug.

A Persian letter takes six characters in an encoded address, so that a headline of 39 letters makes
204 of them, which messengers show in full and some of them break.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils.http import base36_to_int, int_to_base36
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ..articles.queries import readable
from .addresses import address_of
from .mirrors import at_hand
from .places import address

TOO_LONG = 120
"""From so many characters on, an address is shared in its short form if it has encoded letters."""


def shared_address(url: str, page: Page, language_code: str, request: HttpRequest) -> str:
    """Return the address to share a page with: its own, or the short one where that is encoded."""
    if "%" not in url or len(url) < TOO_LONG:
        return url
    return address("short", language_code, request, code=int_to_base36(page.pk)) or url


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """Leads from a short address to the piece; 404 for one that nobody may read.

    Not for ever, because a piece may get another slug.
    """
    try:
        key = base36_to_int(code)
    except ValueError as error:
        raise Http404 from error
    if not 0 < key < 2**63 or int_to_base36(key) != code:
        raise Http404
    page = readable(Page.objects.filter(pk=key)).select_related("locale").first()
    url = address_of(page.specific, page.locale.language_code, request) if page else None
    if not url:
        raise Http404
    answer: HttpResponse | HttpResponsePermanentRedirect = redirect(at_hand(url, request))
    return answer
