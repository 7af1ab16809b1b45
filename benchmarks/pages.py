"""Queries and milliseconds of readers' pages, for lists of 20 and of 50 pieces.

The pages are asked for as readers' browsers ask, without the network, of the newspaper that
`benchmarks.load` makes. Lists that a site's addresses do not have are left out.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest import mock

from ._newspaper import counted, open_newspaper
from .load import LANGUAGES, load
from .rows import Options, Row, Wrong

ORDER = 200
SIZES = (20, 50)
SMALL, LARGE = 800, 10_000
"""Articles: enough for full pages of each list, and as many as a newspaper has after years."""
MOST_OF_AN_ARTICLE, MOST_OF_A_LIST = 14, 16


def addresses(code: str) -> dict[str, str]:
    """Return the addresses to measure in a language, by what they are."""
    from django.urls import NoReverseMatch, reverse
    from django.utils import translation
    from wagtail.models import Site

    from wagtail_newsroom.models import ArticlePage, Author, Byline, NewsIndexPage, TaggedPiece

    home = Site.objects.get(is_default_site=True).root_page
    if home.locale.language_code != code:
        home = home.get_translations().get(locale__language_code=code)
    pieces = ArticlePage.objects.descendant_of(home)
    piece = pieces.exclude(lead_image=None).order_by("-first_published_at")[0]
    tagged = TaggedPiece.objects.filter(content_object__in=pieces).order_by("-pk")[0]
    byline = Byline.objects.filter(page__in=pieces).order_by("-pk")[0]
    author = Author.objects.get(pk=byline.author_id)
    year = piece.first_published_at.year - 1
    lists: dict[str, tuple[str, dict[str, Any], str]] = {
        "tag": ("tag", {"slug": tagged.tag.slug}, ""),
        "author": ("author", {"slug": author.slug}, ""),
        "archive, all years": ("archive", {}, ""),
        "archive, a year": (
            "archive_year",
            {"year": year if code == "en" else year - 622},
            "",
        ),
        "search": ("search", {}, "?q=" + {"en": "council", "fa": "شورای"}[code]),
    }
    section = NewsIndexPage.objects.child_of(home).first()
    with translation.override(code):
        found = {
            "article page": piece.get_url(),
            "front page": home.get_url(),
            "section": section.get_url(),
        }
        for what, (name, parts, query) in lists.items():
            try:
                found[what] = reverse(f"newsroom:{name}", kwargs=parts) + query
            except NoReverseMatch:
                continue
    return found


@contextmanager
def showing(size: int) -> Iterator[None]:
    """Let lists show so many pieces on a page, and the front page as many altogether."""
    from django.core.paginator import Paginator

    from wagtail_newsroom.articles import listing
    from wagtail_newsroom.models import FrontPage

    def paginator(pieces: Any, per_page: int, **options: Any) -> Paginator[Any]:
        return Paginator(pieces, size, **options)

    with (
        mock.patch.object(listing, "Paginator", paginator),
        mock.patch.object(FrontPage, "picks_shown", 7),
        # Six sections below eight pieces at the top.
        mock.patch.object(FrontPage, "pieces_per_section", (size - 8) // 6),
    ):
        yield


def measure(url: str, runs: int, *, pieces: int = 0) -> tuple[int, float]:
    """Return the queries and the milliseconds of a page; Wrong if it does not show its pieces."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    ask = partial(client.get, url)
    # What is read once in a process, such as sites and content types, counts for nobody.
    response = ask()
    shown = response.content.count(b"<article")
    if response.status_code != 200 or shown < pieces:
        raise Wrong(f"{url} answered {response.status_code} with {shown} pieces")
    times = []
    for _ in range(runs):
        with counted() as found:
            ask()
        times.append(found.seconds * 1000)
    return found.queries, statistics.median(times)


def page_rows(articles: int, runs: int, *, sizes: tuple[int, ...]) -> Iterator[Row]:
    """Yield a row for each kind of page, measured in both languages."""
    by_language = {code: addresses(code) for code in LANGUAGES}
    for what in by_language["en"]:
        is_list = what not in ("article page", "archive, all years")
        cells, counts = [], []
        for code in LANGUAGES:
            found = []
            for size in sizes if is_list else sizes[:1]:
                with showing(size):
                    found.append(
                        measure(by_language[code][what], runs, pieces=size if is_list else 0)
                    )
            counts.append([queries for queries, _ in found])
            queries = ", ".join(str(each) for each, _ in found)
            times = ", ".join(f"{ms:.0f}" for _, ms in found)
            cells.append(f"{code}: {queries} queries, {times} ms")
        most = MOST_OF_AN_ARTICLE if what == "article page" else MOST_OF_A_LIST
        is_flat = all(len(set(each)) == 1 for each in counts)
        figure = f"≤ {most} queries"
        if is_list and len(sizes) > 1:
            figure += ", the same for all"
        is_reached = is_flat and max(max(each) for each in counts) <= most
        shown = f" of {' and '.join(map(str, sizes))} pieces" if is_list else ""
        yield Row(
            f"{what}{shown}, {articles:,} articles in two languages",
            "; ".join(cells),
            figure=figure,
            is_reached=is_reached,
        )


def rows(options: Options) -> Iterator[Row]:
    """Yield the rows about readers' pages; those of a large newspaper if everything is wanted."""
    open_newspaper()
    from django.urls import NoReverseMatch, reverse

    try:
        reverse("newsroom:search")
        has_search = True
    except NoReverseMatch:
        has_search = False
    load(SMALL, index=has_search)
    yield from page_rows(SMALL, options.runs, sizes=SIZES)
    if not options.everything:
        return
    report = load(LARGE, slug="large", index=has_search)
    seconds = sum(report.seconds.values())
    yield Row(
        f"{LARGE:,} articles made in both languages, revisions included",
        f"{seconds:.0f} s, {sum(report.rows.values()):,} rows",
        figure="≤ 300 s",
        is_reached=seconds <= 300,
    )
    yield from page_rows(LARGE, options.runs, sizes=SIZES[:1])
