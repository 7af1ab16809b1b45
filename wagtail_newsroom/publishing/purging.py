"""Which addresses show a piece, so that caches before the site forget them when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from wagtail.models import Page, Site, get_page_models

from ..articles.article import ArticleMixin
from ..articles.queries import models_of
from ..articles.sections import NewsIndexMixin
from .addresses import Addresses, address_of, has_own_address, home_path_of
from .feed_formats import FORMATS
from .places import NAMESPACE

AT_MOST = 1000
"""The most addresses of one message to the caches."""


def addresses_showing(page: Page) -> set[str]:
    """Return the absolute addresses of all that show a page or name it.

    The page in each language, since each links to the others; the lists above it; for a piece its
    tags, authors, archive and corrections too; and what crawlers fetch. The first page of each
    list only: later ones change with every piece, and caches forget them by their age.

    About ten queries.
    """
    found: set[str] = set()
    versions = list(page.get_translations(inclusive=True).select_related("locale"))
    for version in versions:
        code = version.locale.language_code
        above = version.get_ancestors().filter(depth__gt=1).select_related("locale")
        for one in (version, *above):
            url = address_of(one.specific_deferred, code)
            if url:
                found.add(url)
        site = _site_of(version)
        if site is not None:
            found.update(_site_addresses(version, site, code))
    return found


def addresses_of_branch(page: Page, *, before: str = "") -> set[str]:
    """Return the absolute addresses of all that shows a page, and of all below it in each language.

    For what changes a whole branch, such as a move: its pages, their versions in other languages,
    which link to them, and the pages and feeds of its tags and authors. `before` is the `url_path`
    that the page had, whose addresses are added.

    The same number of queries for any number of pages, but for pages of classes that decide their
    own addresses, which are read.
    """
    found = addresses_showing(page)
    # Not with LIKE, for which SQLite reads every page of the site.
    branch = (page.path, page.path + "Z" * page.steplen)
    keys = Page.objects.filter(path__range=branch).order_by().values("translation_key")
    rows = Page.objects.filter(translation_key__in=keys, live=True)
    site = _site_of(page)
    if site is None:
        return found
    homes = site.root_page.get_translations(inclusive=True).values_list(
        "url_path", "locale__language_code"
    )
    addresses = Addresses(homes, None)
    own = [model for model in get_page_models() if has_own_address(model)]
    special = {kind.pk for kind in ContentType.objects.get_for_models(*own).values()}
    keys_of_special = []
    for pk, url_path, kind in rows.values_list("pk", "url_path", "content_type_id").iterator():
        if kind in special:
            keys_of_special.append(pk)
            continue
        found.add(addresses.of(url_path) or "")
        if before and url_path.startswith(page.url_path):
            found.add(addresses.of(before + url_path[len(page.url_path) :]) or "")
    for one in Page.objects.filter(pk__in=keys_of_special).select_related("locale").specific():
        found.add(address_of(one, one.locale.language_code) or "")
    here = page.locale.language_code
    found.update(_reversed(site, here, _lists_above(page)))
    sections = Page.objects.filter(path__range=branch).type(*models_of(NewsIndexMixin))
    for pk in sections.values_list("pk", flat=True):
        found.update(_reversed(site, here, _feeds("section", pk=pk)))
    for code, name, slug in _lists_of(branch):
        found.update(_reversed(site, code, _list_and_feeds(name, slug)))
    return found - {""}


def _lists_of(branch: tuple[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the tags and authors of the pieces of a branch: language, kind, slug."""
    tags = apps.get_model("wagtail_newsroom", "TaggedPiece").objects.filter(
        content_object__path__range=branch
    )
    for code, slug in tags.values_list("tag__locale__language_code", "tag__slug").distinct():
        yield code, "tag", slug
    bylines = apps.get_model("wagtail_newsroom", "Byline").objects.filter(
        page__path__range=branch, author__isnull=False
    )
    for code, slug in bylines.values_list(
        "author__locale__language_code", "author__slug"
    ).distinct():
        yield code, "author", slug


def _site_of(page: Page) -> Site | None:
    path = home_path_of(page)
    home = Page.objects.filter(path=path).first() if path else None
    if home is None:
        return None
    homes = home.get_translations(inclusive=True)
    return Site.objects.filter(root_page__in=homes).order_by("-is_default_site").first()


def _site_addresses(page: Page, site: Site, code: str) -> Iterator[str]:
    yield from _reversed(site, code, _places(page))


def _reversed(site: Site, code: str, places: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    with translation.override(code):
        for name, parts in places:
            try:
                yield site.root_url + reverse(name, kwargs=parts)
            except NoReverseMatch:
                # The site does not include these addresses.
                continue


def _places(page: Page) -> Iterator[tuple[str, dict[str, Any]]]:
    code = page.locale.language_code
    yield "wagtail_newsroom:sitemap", {}
    yield "wagtail_newsroom:sitemap_news", {"language": code}
    piece = page.specific_deferred
    if not isinstance(piece, ArticleMixin):
        return
    yield from _lists_above(page)
    tags = apps.get_model("wagtail_newsroom", "TaggedPiece").objects.filter(content_object=page.pk)
    for slug in tags.values_list("tag__slug", flat=True):
        yield from _list_and_feeds("tag", slug)
    bylines = apps.get_model("wagtail_newsroom", "Byline").objects.filter(page=page.pk)
    for slug in bylines.values_list("author__slug", flat=True):
        if slug:
            yield from _list_and_feeds("author", slug)


def _lists_above(page: Page) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what lists all pieces of a language, and the feeds of the sections above a page."""
    yield from _feeds("")
    # Without the home page and the root.
    above = [page.path[:end] for end in range(3 * page.steplen, len(page.path), page.steplen)]
    for pk in Page.objects.filter(path__in=above).values_list("pk", flat=True):
        yield from _feeds("section", pk=pk)
    yield f"{NAMESPACE}:corrections", {}
    yield f"{NAMESPACE}:archive", {}


def _list_and_feeds(name: str, slug: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield f"{NAMESPACE}:{name}", {"slug": slug}
    yield from _feeds(name, slug=slug)


def _feeds(kind: str, **parts: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in FORMATS:
        yield f"{NAMESPACE}:{kind}_{name}" if kind else f"{NAMESPACE}:{name}", parts


def purge(page: Page) -> None:
    """Have the caches that the site names forget all that shows a page; nothing without any.

    The addresses are read now, because a page that is being deleted is not there when the
    transaction ends; the caches are asked then, by Wagtail's own module in a background task.
    """
    if _has_caches():
        _forget(addresses_showing(page))


def purge_branch(page_id: int, *, before: str = "") -> None:
    """Have the caches forget all that shows a page or one below it; see `purge`.

    Called before a branch moves and after, since its addresses are others then; `before` is the
    `url_path` that it had, where that is known only afterwards.
    """
    if _has_caches():
        page = Page.objects.filter(pk=page_id).first()
        if page is not None:
            _forget(addresses_of_branch(page, before=before))


def _has_caches() -> bool:
    if not apps.is_installed("wagtail.contrib.frontend_cache"):
        return False
    from wagtail.contrib.frontend_cache.utils import get_backends

    return bool(get_backends())


def _forget(addresses: Iterable[str]) -> None:
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    waiting = iter(sorted(addresses))
    while some := list(islice(waiting, AT_MOST)):
        # robust: a queue or cache that is down must not undo a publication.
        transaction.on_commit(PurgeBatch(some).purge, robust=True)
