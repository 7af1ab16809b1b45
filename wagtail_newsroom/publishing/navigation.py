"""The site's name and sections in one language."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from ..articles.queries import readable


@dataclass(frozen=True, slots=True)
class Navigation:
    """The home page and the sections of one language, as base pages."""

    home: Page | None
    sections: tuple[Page, ...]

    @property
    def site_name(self) -> str:
        """The site's name in this language, which is the title of its home page."""
        return self.home.title if self.home is not None else ""


def home_of(language_code: str, request: HttpRequest) -> Page | None:
    """Return the current site's home page in a language, else in the site's own."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    homes = readable(Page.objects.filter(translation_key=site.root_page.translation_key))
    return homes.filter(locale__language_code=language_code).first() or site.root_page


def navigation(page: Page, request: HttpRequest) -> Navigation:
    """Return the home page above a page, and the sections below that which stand in menus.

    One query.
    """
    roots = [
        root for root in Site.get_site_root_paths() if page.url_path.startswith(root.root_path)
    ]
    site = Site.find_for_request(request)
    here = [root for root in roots if site is not None and root.site_id == site.pk] or roots
    if not here:
        return Navigation(None, ())
    # `/home/` is at depth 2 of the tree, so that its path is two steps long.
    depth = here[0].root_path.count("/")
    path = page.path[: depth * page.steplen]
    rows = readable(
        Page.objects.filter(
            Q(path=path) | Q(path__startswith=path, depth=depth + 1, show_in_menus=True)
        )
    ).order_by("path")
    found = list(rows)
    home = next((row for row in found if row.depth == depth), None)
    return Navigation(home, tuple(row for row in found if row.depth > depth))
