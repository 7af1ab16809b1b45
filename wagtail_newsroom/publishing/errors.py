"""What readers see where there is nothing: a page in the language of the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from wagtail.coreutils import get_content_languages

from .places import Place


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers 404 in the language of the address, with the way to the search and the sections.

    For a site's `handler404`. Works where there is no site and no home page yet.
    """
    code = _language()
    with translation.override(code):
        place = Place(title=gettext("Page not found"), language_code=code, is_indexed=False)
        # An empty text tells the header that the page has a search form of its own.
        context = {"place": place, "search_text": ""}
        return render(request, "wagtail_newsroom/404.html", context, status=404)


def _language() -> str:
    # By settings alone: `language_of_request` would ask the database for the default locale.
    active = translation.get_language() or ""
    codes = list(get_content_languages())
    of_language = [code for code in codes if code.split("-")[0] == active.split("-")[0]]
    return active if active in codes else [*of_language, *codes][0]
