"""The public address of a page, the same whatever language is active."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page, Site

# What Django's `reverse()` leaves as it is.
_SAFE = "/~:@!$&'()*+,;="
_PLAIN = re.compile(r"[A-Za-z0-9/_.~-]*")

# A page class that has its own version of one of these may live elsewhere.
_ADDRESS_METHODS = (
    "get_url_parts",
    "get_full_url",
    "full_url",
    "_get_site_root_paths",
    "_get_relevant_site_root_paths",
)
_SITEMAP_METHODS = (*_ADDRESS_METHODS, "get_sitemap_urls")


def has_own_address(model: type[Page] | None) -> bool:
    """Return whether a page class decides by itself where its pages live."""
    return _overrides(model, _ADDRESS_METHODS)


def has_own_sitemap_entries(model: type[Page] | None) -> bool:
    """Return whether a page class decides by itself what sitemaps say of its pages."""
    return _overrides(model, _SITEMAP_METHODS)


def _overrides(model: type[Page] | None, names: Iterable[str]) -> bool:
    # Read from `__dict__`s: `full_url` is a property, which a class would hand out anew.
    return model is not None and any(
        name in vars(base) for base in model.__mro__[: model.__mro__.index(Page)] for name in names
    )


def address_of(page: Page, language_code: str, request: HttpRequest | None = None) -> str | None:
    """Return a page's absolute address; None if no site leads to it.

    `language_code` is the page's. Wagtail puts a variant of it that happens to be active into the
    address (`/en-gb/`), which would give one page many addresses.
    """
    with translation.override(language_code):
        address: str | None = page.get_full_url(request)
    return address


def home_path_of(page: Page, request: HttpRequest | None = None) -> str:
    """Return the tree path of the home page above a page; empty if it is below none.

    Where sites are nested, the home page of the request's site, else the nearest. No query.
    """
    roots = [
        root for root in Site.get_site_root_paths() if page.url_path.startswith(root.root_path)
    ]
    if len(roots) > 1 and request is not None:
        site = Site.find_for_request(request)
        roots = [root for root in roots if site is not None and root.site_id == site.pk] or roots
    if not roots:
        return ""
    # `/home/` is at depth 2 of the tree, so that its path is two steps long.
    path: str = page.path[: roots[0].root_path.count("/") * page.steplen]
    return path


class Addresses:
    """Makes the addresses of many pages of one site from their `url_path`, without their rows.

    Asks Wagtail once for each home page, so that hosts, prefixes and slashes are Wagtail's own.
    """

    def __init__(self, homes: Iterable[tuple[str, str]], request: HttpRequest | None) -> None:
        """Takes `(url_path, language_code)` of the site's home pages."""
        self._homes: list[tuple[str, str, str, bool]] = []
        for url_path, language_code in homes:
            home = address_of(Page(url_path=url_path), language_code, request)
            probe = address_of(Page(url_path=f"{url_path}x/"), language_code, request)
            if home and probe:
                ends_with_slash = probe.endswith("/")
                prefix = probe[: -2 if ends_with_slash else -1]
                self._homes.append((url_path, home, prefix, ends_with_slash))
        # The longest first: a home page may stand below another one.
        self._homes.sort(key=lambda home: -len(home[0]))

    def of(self, url_path: str) -> str | None:
        """Return the absolute, percent-encoded address; None if it is below no home page."""
        for root, home, prefix, ends_with_slash in self._homes:
            if url_path.startswith(root):
                rest = url_path[len(root) :]
                if not rest:
                    return home
                if not ends_with_slash:
                    rest = rest.rstrip("/")
                return prefix + (rest if _PLAIN.fullmatch(rest) else quote(rest, safe=_SAFE))
        return None
