"""Places: lists of pieces that are no pages, such as a tag's, an author's or the archive.

A view puts one into the template's context as `place`; head, switcher and `<html>` take the
language, the title and the other languages' addresses from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page

from .languages import language_tag
from .mirrors import at_home
from .navigation import homes_of

NAMESPACE = "newsroom"
"""The namespace of `wagtail_newsroom.reader_urls`."""


@dataclass(frozen=True, slots=True)
class Version:
    """One language of a place."""

    language_code: str
    url: str
    """Absolute."""
    is_default: bool
    title: str = ""
    """The title of the list in that language, where a reader has to be told it."""

    @property
    def hreflang(self) -> str:
        """The language as search engines write it."""
        return language_tag(self.language_code)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of what a page lists."""

    title: str
    url: str
    mime_type: str = "application/rss+xml"


@dataclass(frozen=True, slots=True)
class Place:
    """A list of pieces in one language, with what head tags and the switcher say of it."""

    title: str
    language_code: str
    versions: tuple[Version, ...] = ()
    """The languages in which this very list can be read, its own included."""
    description: str = ""
    is_indexed: bool = True
    """Whether search engines are asked to list it; they are not for a page of search results."""
    feed: str = ""
    """The absolute address of its feed, if it has one."""
    other_feeds: tuple[FeedLink, ...] = ()
    """The same feed in other formats."""
    nearest: tuple[Version, ...] = ()
    """Where readers of other languages are led that have no version of this very list."""
    image: Any = None
    image_alt: str = ""
    about: Any = None
    """The author whom the list is about, if it is about one."""

    @property
    def url(self) -> str:
        """The list's absolute address in its own language; empty where no site leads to it."""
        return next(
            (each.url for each in self.versions if each.language_code == self.language_code), ""
        )

    @property
    def feeds(self) -> tuple[FeedLink, ...]:
        """Its feed in all formats."""
        own = (FeedLink(self.title, self.feed),) if self.feed else ()
        return own + self.other_feeds


def versions_of(
    name: str, arguments: Iterable[tuple[str, dict[str, Any]]], request: HttpRequest
) -> tuple[Version, ...]:
    """Return the versions of a place: `arguments` are language codes with the address's parts.

    The default language comes first. Languages that the site's addresses do not offer are left out.
    """
    default = Locale.get_default().language_code
    found = []
    for code, parts in arguments:
        url = canonical_address(name, code, request, **parts)
        if url:
            found.append(Version(code, url, is_default=code == default))
    return tuple(sorted(found, key=lambda each: (not each.is_default, each.language_code)))


def address(name: str, language_code: str, request: HttpRequest, **parts: Any) -> str:
    """Return the absolute address of a place in a language; empty where the site includes none.

    On the host that was asked, so that readers who are on a mirror stay there.
    """
    with translation.override(language_code):
        try:
            path = reverse(f"{NAMESPACE}:{name}", kwargs=parts)
        except NoReverseMatch:
            return ""
    return request.build_absolute_uri(path)


def canonical_address(name: str, language_code: str, request: HttpRequest, **parts: Any) -> str:
    """Return a place's `address` on the site's own host, which crawlers are told on mirrors too."""
    return at_home(address(name, language_code, request, **parts), request)


_FEEDS = {
    "feed": "application/rss+xml",
    "atom": "application/atom+xml",
    "json_feed": "application/feed+json",
}


def feeds_of(
    kind: str, title: str, language_code: str, request: HttpRequest, **parts: Any
) -> tuple[FeedLink, ...]:
    """Return the feeds of a list in all formats, RSS first; none where the site includes none.

    `kind` is what the names of their addresses begin with; empty for the newspaper's own.
    """
    found = []
    for name, mime_type in _FEEDS.items():
        url = address(f"{kind}_{name}" if kind else name, language_code, request, **parts)
        if url:
            found.append(FeedLink(title, url, mime_type))
    return tuple(found)


def language_of_request(request: HttpRequest) -> str:
    """Return the content language that a request is in, as its address says."""
    active = translation.get_language() or ""
    codes = get_content_languages()
    if active in codes:
        return active
    return next(
        (code for code in codes if code.split("-")[0] == active.split("-")[0]),
        Locale.get_default().language_code,
    )


def home_for(request: HttpRequest) -> Page | None:
    """Return the home page whose tree holds the pieces that a request's lists are made of.

    The current site's, in the request's language; None where that language has none that
    everybody may read, since lists do not ask about what is above them.
    """
    return homes_of(request).get(language_of_request(request))
