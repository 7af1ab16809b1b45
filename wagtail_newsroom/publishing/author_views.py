"""Readers' pages of authors: one for each, the list of all, and a feed of what each made."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from ..articles.alphabet import sort_key
from ..articles.article import ArticleMixin
from ..articles.authors import get_author_model
from ..articles.bylines import Byline
from ..articles.image_texts import words_of
from ..articles.listing import paginate
from ..articles.pictures import prefetch_renditions
from ..articles.queries import indexed, pieces_below
from .alternates import trail_of
from .feeds import Listing, PieceFeed
from .navigation import navigation
from .places import Place, feeds_of, home_for, versions_of

PIECES_PER_PAGE = 20
AUTHORS_PER_PAGE = 60
PHOTO = "fill-320x320"
"""The size of an author's photo; templates name the same."""


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers with an author's page: who it is, and the pieces in this language."""
    home = _home(request)
    found = _find(home, slug)
    place = place_of(found, home, request)
    return render(
        request,
        "wagtail_newsroom/author.html",
        {
            "author": found,
            "place": place,
            "articles": paginate(
                pieces_by(found, home), request.GET.get("page"), per_page=PIECES_PER_PAGE
            ),
        },
    )


@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    """Answers with the authors of this language, in the order of its alphabet."""
    home = _home(request)
    code = home.locale.language_code
    readable = get_author_model().objects.filter(live=True, locale_id=home.locale_id)
    names = sorted(
        readable.values_list("name", "pk"), key=lambda row: (sort_key(row[0], code), row[1])
    )
    page = Paginator([pk for _name, pk in names], AUTHORS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    photos = Prefetch("photo", get_image_model().objects.prefetch_renditions(PHOTO))
    rows = readable.prefetch_related(photos).defer("bio", "accounts").in_bulk(page.object_list)
    page.object_list = [rows[pk] for pk in page.object_list if pk in rows]
    languages: list[tuple[str, dict[str, Any]]] = [
        (each.language_code, {}) for each in trail_of(home, request).versions
    ]
    place = Place(
        title=gettext("Authors"),
        language_code=code,
        versions=versions_of("authors", languages, request),
    )
    context = {"place": place, "authors": page, "articles": page}
    return render(request, "wagtail_newsroom/authors.html", context)


class AuthorFeed(PieceFeed):
    """The newest pieces of an author in one language."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Listing:
        """Return the author's pieces; raises `Http404` where the author cannot be read."""
        home = _home(request)
        found = _find(home, kwargs["slug"])
        return Listing(
            place=place_of(found, home, request),
            pieces=pieces_by(found, home),
            site_name=navigation(home, request).site_name,
            request=request,
        )


def place_of(author: Any, home: Page, request: HttpRequest) -> Place:
    """Return an author's page as a place.

    Its versions are the languages in which the author is live and the newspaper can be read. One
    that a machine translated and nobody approved is kept from crawlers like a piece.
    """
    languages = {each.language_code for each in trail_of(home, request).versions}
    authors = type(author).objects.filter(translation_key=author.translation_key, live=True)
    code = home.locale.language_code
    # Its own address stands in any case; without the others it stands alone.
    rows = dict(indexed(authors).values_list("locale__language_code", "slug"))
    is_indexed = code in rows
    rows = rows if is_indexed else {code: author.slug}
    feed, *others = feeds_of("author", author.name, code, request, slug=author.slug) or (None,)
    return Place(
        title=author.name,
        language_code=code,
        versions=versions_of(
            "author",
            [(other, {"slug": slug}) for other, slug in rows.items() if other in languages],
            request,
        ),
        description=". ".join(
            filter(None, (author.job_title, get_text_for_indexing(author.bio).strip()))
        ),
        is_indexed=is_indexed,
        feed=feed.url if feed is not None else "",
        other_feeds=tuple(others),
        image=author.photo,
        image_alt=words_of(author.photo, alt=author.photo_alt).alt,
        about=author,
    )


def pieces_by(author: Any, home: Page) -> QuerySet[Page]:
    """Return the readable pieces below a home that name an author, each once, newest first."""
    return pieces_below(home, ArticleMixin).filter(
        pk__in=Byline.objects.filter(author_id=author.pk).values("page_id")
    )


def _home(request: HttpRequest) -> Page:
    home = home_for(request)
    if home is None:
        raise Http404
    return home


def _find(home: Page, slug: str) -> Any:
    # PostgreSQL takes no NUL.
    if "\0" in slug:
        raise Http404
    rows = get_author_model().objects.filter(live=True, locale_id=home.locale_id, slug=slug)
    found = rows.select_related("photo").first()
    if found is None:
        raise Http404
    prefetch_renditions([found.photo], home.locale_id, also=[PHOTO])
    return found
