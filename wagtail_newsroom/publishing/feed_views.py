"""The feeds of a newspaper and of its sections, in one language each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page

from ..articles.models import ArticleMixin, NewsIndexMixin
from ..articles.queries import below, models_of, pieces_below, readable
from .addresses import address_of
from .feeds import Listing, PieceFeed
from .head import description_of
from .navigation import site_name_of
from .places import Place, Version, home_for


class NewspaperFeed(PieceFeed):
    """The newest pieces of the newspaper in one language."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Listing:
        """Return all pieces of the language; raises `Http404` where it has no home page."""
        home = _home(request)
        return _listing(home, home, site_name_of(home, request), request)


class SectionFeed(PieceFeed):
    """The newest pieces of a section and of those within it."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Listing:
        """Return the section's pieces; raises `Http404` where it cannot be read in the language.

        A section is known by its key, so that who follows it need not learn that it was moved.
        """
        home = _home(request)
        sections = below(home).filter(pk=kwargs["pk"], locale_id=home.locale_id)
        found = readable(sections.type(*models_of(NewsIndexMixin))).first()
        if found is None:
            raise Http404
        return _listing(home, found.specific, found.title, request)


def _home(request: HttpRequest) -> Page:
    home = home_for(request)
    if home is None:
        raise Http404
    return home


def _listing(home: Page, section: Page, title: str, request: HttpRequest) -> Listing:
    code = home.locale.language_code
    url = address_of(section, code, request)
    if not url:
        raise Http404
    return Listing(
        place=Place(
            title=title,
            language_code=code,
            versions=(Version(code, url, is_default=home.locale.is_default),),
            description=description_of(section),
        ),
        pieces=pieces_below(section, ArticleMixin),
        site_name=site_name_of(home, request),
        request=request,
    )
