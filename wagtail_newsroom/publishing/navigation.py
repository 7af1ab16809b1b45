"""The site's name and sections in one language."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page, Site

from ..articles.queries import readable
from .alternates import trail_of

_ON_REQUEST = "_newsroom_homes"


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to a page, from the home page down."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Navigation:
    """The home page and the sections of one language, as base pages that everybody may read."""

    home: Page | None = None
    sections: tuple[Page, ...] = ()
    site_name: str = ""
    """The site's name in this language."""


def homes_of(request: HttpRequest) -> dict[str, Page]:
    """Return the current site's home pages that everybody may read, by language code.

    With their locales, in one query for each request.
    """
    kept: dict[str, Page] | None = request.__dict__.get(_ON_REQUEST)
    if kept is None:
        site = Site.find_for_request(request)
        kept = {}
        if site is not None:
            homes = Page.objects.filter(translation_key=site.root_page.translation_key)
            kept = {
                home.locale.language_code: home for home in readable(homes).select_related("locale")
            }
        request.__dict__[_ON_REQUEST] = kept
    return kept


def home_of(language_code: str, request: HttpRequest) -> Page | None:
    """Return the current site's home page in a language, else in the site's own.

    No query beside that of `homes_of`.
    """
    site = Site.find_for_request(request)
    if site is None:
        return None
    return homes_of(request).get(language_code) or site.root_page


def navigation(page: Page, request: HttpRequest | None = None) -> Navigation:
    """Return the home page above a page, and the pages below that which stand in menus.

    No query beside that of `alternates`.
    """
    trail = trail_of(page, request)
    return Navigation(trail.home, trail.sections, site_name_of(trail.home, request))


def crumbs_of(page: Page, request: HttpRequest | None = None) -> list[Crumb]:
    """Return the pages above a page that everybody may read, from the home page down.

    No query beside that of `alternates`.
    """
    trail = trail_of(page, request)
    start = trail.home.path if trail.home is not None else ""
    return [
        Crumb(each.page.title, each.url)
        for each in trail.readable
        if each.page.locale_id == page.locale_id
        and each.page.path != page.path
        and page.path.startswith(each.page.path)
        and each.page.path.startswith(start)
    ]


def site_name_of(home: Page | None, request: HttpRequest | None) -> str:
    """Return the newspaper's name in a home page's language."""
    # Wagtail's site has one name for all languages; the other languages' homes are named by title.
    site = Site.find_for_request(request) if request is not None else None
    if site is not None and site.site_name and (home is None or home.locale.is_default):
        return str(site.site_name)
    return home.title if home is not None else ""
