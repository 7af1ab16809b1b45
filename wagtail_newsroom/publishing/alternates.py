"""The one rule that says in which languages a page can be read.

Head tags, the switcher and the sitemap all come from here, so that alternates are reciprocal:
search engines ignore a pair of which one side does not name the other
(https://developers.google.com/search/docs/specialty/international/localized-versions).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from ..articles import trails
from ..desk.provenance import ORIGIN
from .addresses import address_of, has_own_address, home_path_of
from .languages import language_tag

_ON_REQUEST = "_newsroom_trails"


@dataclass(frozen=True, slots=True)
class Alternate:
    """One language in which a page can be read."""

    page: Page
    """A base page; of its own class where that class decides its address."""
    language_code: str
    url: str
    """Absolute."""
    is_default: bool
    """Whether this is the language of the site's `LANGUAGE_CODE`."""
    origin: str | None = None
    """The code of the language that it was translated from; None for an original."""
    is_indexed: bool = True
    """Whether crawlers are told of it; readers are in any case."""

    @property
    def hreflang(self) -> str:
        """The language as search engines write it."""
        return language_tag(self.language_code)


@dataclass(frozen=True, slots=True)
class Trail:
    """A page and those above it, in all languages in which each can be read.

    With the navigation's pages, because one query gives both.
    """

    page: Page
    readable: tuple[Alternate, ...]
    """From the home pages down."""
    home: Page | None = None
    """The home page above the page, in its language."""
    sections: tuple[Page, ...] = ()
    """The pages below that home page which stand in menus."""

    @property
    def versions(self) -> list[Alternate]:
        """The page itself in each language, the default language first, then by code."""
        return _in_order(self.readable, self.page.translation_key)

    def nearest(self, language_code: str) -> Alternate | None:
        """Return the page in a language, or what stands nearest above it in that language."""
        found = [each for each in self.readable if each.language_code == language_code]
        own = [each for each in found if each.page.translation_key == self.page.translation_key]
        return own[0] if own else found[-1] if found else None


def alternates(page: Page, request: HttpRequest | None = None) -> list[Alternate]:
    """Return the languages in which a page can be read, its own included.

    Without those that crawlers are not told of, a machine's text that nobody approved: readers
    can switch to it, but it is nobody's alternate and has none.
    The default language comes first. Empty if the page itself cannot be read by everybody: what
    has no public address is nobody's alternate. One query, whatever the number of languages.
    """
    versions = [each for each in trail_of(page, request).versions if each.is_indexed]
    return versions if any(each.page.pk == page.pk for each in versions) else []


def default_of(versions: Sequence[Alternate]) -> Alternate | None:
    """Return the version for readers of no listed language (`x-default`), if there is one."""
    return next((each for each in versions if each.is_default), None)


def trail_of(page: Page, request: HttpRequest | None = None) -> Trail:
    """Return a page and those above it in all languages, in one query for each request."""
    kept: dict[int | None, Trail] = {}
    if request is not None:
        kept = request.__dict__.setdefault(_ON_REQUEST, kept)
    if page.pk is None or page.pk not in kept:
        kept[page.pk] = _read_trail(page, request)
    return kept[page.pk]


def language_of(page: Page, request: HttpRequest | None = None) -> str:
    """Return the code of a page's language, without a query of its own where the trail has it."""
    if "locale" not in page._state.fields_cache:
        for each in trail_of(page, request).readable:
            if each.page.pk == page.pk:
                return each.language_code
    code: str = page.locale.language_code
    return code


def _read_trail(page: Page, request: HttpRequest | None) -> Trail:
    above = [page.path[:end] for end in range(2 * page.steplen, len(page.path), page.steplen)]
    home_path = home_path_of(page, request)
    rows = trails.kept(request, page, home_path)
    if rows is None:
        chain = Q(translation_key=page.translation_key) | Q(path__in=above)
        query = trails.rows_of(chain, home_path=home_path, locale_id=page.locale_id)
        rows = tuple(query)
    rows = _readable(rows, request)
    trail = [
        row for row in rows if row.locale_id != page.locale_id or row.path in (*above, page.path)
    ]
    return Trail(
        page,
        readable=tuple(_with_address(trail, request)),
        home=next((row for row in trail if row.path == home_path), None),
        sections=tuple(
            row
            for row in rows
            if home_path and row.show_in_menus and row.path[: -row.steplen] == home_path
        ),
    )


def _readable(rows: Sequence[Any], request: HttpRequest | None) -> tuple[Page, ...]:
    """Return the rows that everybody may read, in languages whose home page is published.

    Without it, Wagtail shows the site's own pages under that language's addresses.
    """
    homes = {root.root_path for root in Site.get_site_root_paths()}
    hidden = {row.path for row in rows if not row.live and row.url_path in homes}
    return tuple(
        row
        for row in rows
        if row.is_readable and not (hidden and home_path_of(row, request) in hidden)
    )


def _with_address(rows: Sequence[Page], request: HttpRequest | None) -> Iterator[Alternate]:
    for row in rows:
        code = row.locale.language_code
        version = row.specific if has_own_address(row.specific_class) else row
        url = address_of(version, code, request)
        if url:
            yield Alternate(
                version,
                code,
                url,
                is_default=row.locale.is_default,
                origin=getattr(row, ORIGIN, None),
                is_indexed=getattr(row, "is_indexed", True),
            )


def _in_order(found: Sequence[Alternate], key: UUID) -> list[Alternate]:
    own = [each for each in found if each.page.translation_key == key]
    return sorted(own, key=lambda each: (not each.is_default, each.language_code))
