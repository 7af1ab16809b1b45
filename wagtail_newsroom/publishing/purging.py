"""Which addresses show a piece, so that caches before the site forget them when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from wagtail.models import Page, Site

from ..articles.article import ArticleMixin
from .addresses import address_of, home_path_of
from .feed_formats import FORMATS
from .places import NAMESPACE


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


def _site_of(page: Page) -> Site | None:
    path = home_path_of(page)
    home = Page.objects.filter(path=path).first() if path else None
    if home is None:
        return None
    homes = home.get_translations(inclusive=True)
    return Site.objects.filter(root_page__in=homes).order_by("-is_default_site").first()


def _site_addresses(page: Page, site: Site, code: str) -> Iterator[str]:
    with translation.override(code):
        for name, parts in _places(page):
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
    yield from _feeds("")
    # The sections above, without the home page and the root.
    above = [page.path[:end] for end in range(3 * page.steplen, len(page.path), page.steplen)]
    for pk in Page.objects.filter(path__in=above).values_list("pk", flat=True):
        yield from _feeds("section", pk=pk)
    yield f"{NAMESPACE}:corrections", {}
    yield f"{NAMESPACE}:archive", {}
    tags = apps.get_model("wagtail_newsroom", "TaggedPiece").objects.filter(content_object=page.pk)
    for slug in tags.values_list("tag__slug", flat=True):
        yield f"{NAMESPACE}:tag", {"slug": slug}
        yield from _feeds("tag", slug=slug)
    bylines = apps.get_model("wagtail_newsroom", "Byline").objects.filter(page=page.pk)
    for slug in bylines.values_list("author__slug", flat=True):
        if slug:
            yield f"{NAMESPACE}:author", {"slug": slug}
            yield from _feeds("author", slug=slug)


def _feeds(kind: str, **parts: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in FORMATS:
        yield f"{NAMESPACE}:{kind}_{name}" if kind else f"{NAMESPACE}:{name}", parts


def purge(page: Page) -> None:
    """Have the caches that the site names forget all that shows a page; nothing without any.

    The addresses are read now, because a page that is being deleted is not there when the
    transaction ends; the caches are asked then, by Wagtail's own module in a background task.
    """
    if not apps.is_installed("wagtail.contrib.frontend_cache"):
        return
    from wagtail.contrib.frontend_cache.utils import PurgeBatch, get_backends

    if get_backends():
        batch = PurgeBatch(sorted(addresses_showing(page)))
        # robust: a queue or cache that is down must not undo a publication.
        transaction.on_commit(batch.purge, robust=True)
