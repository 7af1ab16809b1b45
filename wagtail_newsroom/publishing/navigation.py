"""The site's name and sections in one language."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page, Site

from ..articles.queries import readable
from .alternates import trail_of

_ON_REQUEST = "_newsroom_homes"


@dataclass(frozen=True, slots=True)
class Navigation:
    """The home page and the sections of one language, as base pages that everybody may read."""

    home: Page | None = None
    sections: tuple[Page, ...] = ()
    site_name: str = ""
    """The site's name in this language."""


def home_of(language_code: str, request: HttpRequest) -> Page | None:
    """Return the current site's home page in a language, else in the site's own.

    One query for each language and request.
    """
    site = Site.find_for_request(request)
    if site is None:
        return None
    kept: dict[str, Page | None] = request.__dict__.setdefault(_ON_REQUEST, {})
    if language_code not in kept:
        homes = readable(Page.objects.filter(translation_key=site.root_page.translation_key))
        found = homes.filter(locale__language_code=language_code).select_related("locale")
        kept[language_code] = found.first()
    return kept[language_code] or site.root_page


def navigation(page: Page, request: HttpRequest | None = None) -> Navigation:
    """Return the home page above a page, and the pages below that which stand in menus.

    No query beside that of `alternates`.
    """
    trail = trail_of(page, request)
    return Navigation(trail.home, trail.sections, _site_name(trail.home, request))


def _site_name(home: Page | None, request: HttpRequest | None) -> str:
    # Wagtail's site has one name for all languages; the other languages' homes are named by title.
    site = Site.find_for_request(request) if request is not None else None
    if site is not None and site.site_name and (home is None or home.locale.is_default):
        return str(site.site_name)
    return home.title if home is not None else ""
