"""What crawlers fetch: the index, its files, and `robots.txt`."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.coreutils import get_content_languages

from ...conf import conf
from .. import indexnow
from . import files, freshness
from .tree import Part, Tree, tree_of

CONTENT_TYPE = "application/xml"
CACHE_SECONDS = 24 * 3600
"""How long a file is kept; a change makes a new one at once, under another mark."""


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Answers with the index of the request's site's sitemaps."""
    tree = _tree(request)
    mark, modified = freshness.mark_of(tree)

    def write() -> bytes:
        at = tree.site.root_url
        named = [
            (at + reverse("wagtail_newsroom:sitemap_pages", args=[p.language_code, p.name]), last)
            for p, last in tree.parts()
        ]
        named += [
            (at + reverse("wagtail_newsroom:sitemap_news", args=[home.language_code]), modified)
            for home in tree.homes
        ]
        return _packed(files.index(named, stylesheet=_stylesheet(tree.default_language)))

    return _answer(request, "index", mark, write)


@require_safe
def sitemap_pages(request: HttpRequest, language: str, name: str) -> HttpResponseBase:
    """Answers with the pages of one language and section."""
    tree = _tree(request)
    part = Part.named(language, name)
    exists, branch = tree.branch_named(part) if part is not None else (False, None)
    if part is None or not exists:
        raise Http404
    mark, _modified = freshness.mark_of(tree)

    def write() -> bytes:
        """Write the branch in all its languages, and keep those that were not asked for too."""
        names = {
            home.locale_id: (home, replace(part, language_code=home.language_code, section=pk))
            for home in tree.homes
            if (pk := tree.file_of(branch, home))
        }
        packers = {locale_id: _Packer() for locale_id in names}
        openings = {
            locale_id: files.opening(_stylesheet(home.language_code))
            for locale_id, (home, _part) in names.items()
        }
        for locale_id, text in files.pages(tree, branch, part, openings=openings):
            packers[locale_id].add(text)
        packed = {names[key][1]: packer.done() for key, packer in packers.items()}
        for other, content in packed.items():
            cache.set(_key(_pages_name(other), mark), content, CACHE_SECONDS)
        return packed[part]

    return _answer(request, _pages_name(part), mark, write)


def _pages_name(part: Part) -> str:
    return f"pages-{part.language_code}-{part.name}"


@require_safe
def sitemap_news(request: HttpRequest, language: str) -> HttpResponseBase:
    """Answers with the news of the last two days in one language."""
    tree = _tree(request)
    home = tree.home_in(language)
    if home is None:
        raise Http404
    mark, _modified = freshness.mark_of(tree)
    return _answer(
        request,
        f"news-{language}",
        freshness.news_mark(mark),
        lambda: _packed(files.news(tree, home, stylesheet=_stylesheet(language))),
    )


@require_safe
def stylesheet(request: HttpRequest, language: str) -> HttpResponse:
    """Answers with the stylesheet that makes a sitemap readable for people, in their language."""
    if language not in get_content_languages():
        raise Http404
    with override(language):
        texts = {
            "introduction": _(
                "This is a sitemap: a list of addresses for search engines. Readers find the "
                "same pages by the menu and the search."
            ),
            "changed": _("Last changed:"),
        }
        answer = render(
            request,
            "wagtail_newsroom/sitemaps/sitemap.css",
            {name: _css_string(text) for name, text in texts.items()},
            content_type="text/css; charset=utf-8",
        )
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answers with `robots.txt`, which leads crawlers to the index."""
    tree = tree_of(request)
    url = tree.site.root_url + reverse("wagtail_newsroom:sitemap") if tree else ""
    return render(
        request,
        "wagtail_newsroom/robots.txt",
        {"sitemap": url},
        content_type="text/plain; charset=utf-8",
    )


@require_safe
def indexnow_key(request: HttpRequest) -> HttpResponse:
    """Answers with the key by which IndexNow knows that a message comes from this site."""
    if not indexnow.is_on():
        raise Http404
    return HttpResponse(conf.indexnow_key, content_type="text/plain; charset=utf-8")


def _css_string(text: str) -> SafeString:
    """Return a text as a string of CSS: https://www.w3.org/TR/css-syntax-3/#consume-string-token"""
    for sign in ("\\", '"', "<"):
        text = text.replace(sign, f"\\{ord(sign):x} ")
    # Not HTML: what CSS would end the string at is escaped as CSS wants it.
    return SafeString('"' + " ".join(text.split()) + '"')


def _tree(request: HttpRequest) -> Tree:
    tree = tree_of(request)
    if tree is None:
        raise Http404
    return tree


def _stylesheet(language: str) -> str:
    codes = list(get_content_languages())
    return reverse(
        "wagtail_newsroom:sitemap_style", args=[language if language in codes else codes[0]]
    )


def _answer(
    request: HttpRequest,
    name: str,
    mark: str,
    write: Callable[[], bytes],
) -> HttpResponseBase:
    """Answer with a file, from the cache if it is there; with 304 to those who have it already.

    The file is whole before the answer begins: an error in its middle would otherwise reach
    crawlers as half a file with status 200. There is no time beside the mark: that of the last
    change goes back when a page is taken away. Caches before the site may keep it, and ask.
    """
    etag = quote_etag(f"{name}-{mark}")
    not_modified = get_conditional_response(request, etag=etag)
    if not_modified is not None:
        return cast("HttpResponseBase", not_modified)
    packed = cache.get(_key(name, mark))
    if packed is None:
        packed = write()
        cache.set(_key(name, mark), packed, CACHE_SECONDS)
    answer: HttpResponseBase
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(packed, content_type=CONTENT_TYPE)
        answer["Content-Encoding"] = "gzip"
    else:
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(packed))  # noqa: SIM115 - the response closes it
        answer = FileResponse(unpacked, content_type=CONTENT_TYPE)
        # The packed size is known to it, which is not that of what is sent.
        del answer["Content-Length"]
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-cache"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _key(name: str, mark: str) -> str:
    return f"wagtail_newsroom_sitemap:{name}:{mark}"


class _Packer:
    """Packs a file piece by piece, so that it never stands in memory unpacked."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._file = gzip.GzipFile(fileobj=self._buffer, mode="wb", compresslevel=4, mtime=0)
        self._waiting: list[str] = []

    def add(self, text: str) -> None:
        self._waiting.append(text)
        if len(self._waiting) > 200:
            self._flush()

    def done(self) -> bytes:
        self._flush()
        self._file.close()
        return self._buffer.getvalue()

    def _flush(self) -> None:
        self._file.write("".join(self._waiting).encode())
        self._waiting.clear()


def _packed(pieces: Iterator[str]) -> bytes:
    packer = _Packer()
    for piece in pieces:
        packer.add(piece)
    return packer.done()
