"""A site's sitemap: every readable page in every language, with its alternates.

Written by hand from rows that come in the order of their translation key, because building pages
costs ten times as much and holding them all grows with the site.
Protocol: https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from itertools import groupby, islice
from typing import Any, NamedTuple
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import is_naive, make_aware
from wagtail.models import Locale, Page, PageViewRestriction, Site, get_page_models

from ..articles.queries import is_restricted
from ..articles.withdrawable import not_withdrawn
from .addresses import Addresses, has_own_sitemap_entries
from .languages import language_tag

CONTENT_TYPE = "application/xml"

_CHUNK = 2000
"""Rows that are in memory at a time."""

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_CLOSING = "</urlset>\n"


# Tuples: there is one for each page, and a frozen dataclass takes several times as long to make.
class _Row(NamedTuple):
    pk: int
    key: UUID
    path: str
    url_path: str
    locale_id: int
    alias_of_id: int | None
    content_type_id: int
    published: datetime | None
    revised: datetime | None
    first_published: datetime | None


class Entry(NamedTuple):
    """One address of the sitemap."""

    locale_id: int
    url: str
    lastmod: datetime | None
    is_page: bool
    """Whether this is the page's own address, which may be its translations' alternate."""


def write(request: HttpRequest) -> Iterator[str]:
    """Yield the sitemap of the request's site, piece by piece.

    Queries: a constant number, plus one for each 2,000 pages of classes that make their own
    entries (`get_sitemap_urls`) or addresses. Pages that Wagtail gives no address are left out.
    """
    yield _OPENING
    site = Site.find_for_request(request)
    if site is not None:
        locales = {locale.pk: locale for locale in Locale.objects.all() if _is_in_use(locale)}
        codes = {pk: language_tag(locale.language_code) for pk, locale in locales.items()}
        default = next((pk for pk, locale in locales.items() if locale.is_default), None)
        for group in _groups(site, locales, request):
            yield _write_group(group, codes, default)
    yield _CLOSING


def _is_in_use(locale: Locale) -> bool:
    return bool(locale.language_code_is_valid())


def _groups(site: Site, locales: dict[int, Locale], request: HttpRequest) -> Iterator[list[Entry]]:
    homes = list(
        Page.objects.filter(
            translation_key=site.root_page.translation_key, locale_id__in=locales
        ).values_list("path", "url_path", "locale_id")
    )
    if not homes:
        return
    addresses = Addresses(
        [(url_path, locales[pk].language_code) for _, url_path, pk in homes], request
    )
    restricted = set(PageViewRestriction.objects.values_list("page__path", flat=True))
    special = _special_types()
    below = Q()
    for path, _, _ in homes:
        below |= Q(path__startswith=path)
    rows = (
        _Row(*values)
        for values in Page.objects.filter(
            below, not_withdrawn(), live=True, locale_id__in=list(locales)
        )
        .order_by("translation_key", "locale_id")
        .values_list(
            "pk",
            "translation_key",
            "path",
            "url_path",
            "locale_id",
            # Left out below and not by the query, which would keep SQLite from the index that
            # gives the order.
            "alias_of_id",
            "content_type_id",
            "last_published_at",
            "latest_revision_created_at",
            "first_published_at",
        )
        .iterator(chunk_size=_CHUNK)
    )
    open_rows = (
        row for row in rows if row.alias_of_id is None and not is_restricted(row.path, restricted)
    )
    groups = (list(group) for _, group in groupby(open_rows, key=lambda row: row.key))
    while chunk := list(islice(groups, _CHUNK)):
        own_entries = _own_entries(
            [row.pk for group in chunk for row in group if row.content_type_id in special], request
        )
        for group in chunk:
            yield [entry for row in group for entry in _entries(row, own_entries, addresses)]


def _special_types() -> set[int]:
    models = [model for model in get_page_models() if has_own_sitemap_entries(model)]
    return {kind.pk for kind in ContentType.objects.get_for_models(*models).values()}


def _own_entries(keys: list[int], request: HttpRequest) -> dict[int, list[dict[str, Any]]]:
    if not keys:
        return {}
    pages = Page.objects.filter(pk__in=keys).defer_streamfields().specific()
    return {page.pk: page.get_sitemap_urls(request) for page in pages}


def _entries(
    row: _Row, own_entries: dict[int, list[dict[str, Any]]], addresses: Addresses
) -> Iterator[Entry]:
    if row.pk in own_entries:
        for index, entry in enumerate(own_entries[row.pk]):
            if entry.get("location"):
                yield Entry(row.locale_id, entry["location"], entry.get("lastmod"), index == 0)
        return
    url = addresses.of(row.url_path)
    if url:
        lastmod = row.published or row.revised or row.first_published
        yield Entry(row.locale_id, url, lastmod, is_page=True)


def _write_group(group: list[Entry], codes: dict[int, str], default: int | None) -> str:
    versions = [entry for entry in group if entry.is_page]
    links = ""
    if len(versions) > 1:
        links = "".join(_link(codes[entry.locale_id], entry.url) for entry in versions)
        links += "".join(
            _link("x-default", entry.url) for entry in versions if entry.locale_id == default
        )
    return "".join(
        f"<url><loc>{escape(entry.url)}</loc>"
        + (f"<lastmod>{_w3c(entry.lastmod)}</lastmod>" if entry.lastmod else "")
        + (links if entry.is_page else "")
        + "</url>\n"
        for entry in group
    )


def _link(hreflang: str, url: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{hreflang}" href={quoteattr(url)}/>'


def _w3c(moment: datetime) -> str:
    # A date without time and zone is a day off for half of the world: https://www.w3.org/TR/NOTE-datetime
    aware = make_aware(moment) if is_naive(moment) else moment
    return aware.astimezone(timezone.utc).isoformat(timespec="seconds")
