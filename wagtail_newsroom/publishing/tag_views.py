"""The page of a tag: what it says, and the readable pieces that have it, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ..articles.image_texts import words_of
from ..articles.listing import paginate
from ..articles.models import ArticleMixin, get_tag_model
from ..articles.pictures import prefetch_renditions
from ..articles.queries import pieces_below
from ..articles.tag_keys import slug_of
from .feeds import Listing, PieceFeed
from .navigation import homes_of, site_name_of
from .places import NAMESPACE, Place, address, feeds_of, home_for, versions_of

_ON_REQUEST = "_newsroom_tag_links"

PER_PAGE = 20
"""How many pieces one page of the list shows."""


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answers with the pieces in the request's language that have a tag, newest first.

    404 for a tag that has no name in this language, or where the site has no home page in it. A
    slug that is spelled with other letters leads to the tag's own.
    """
    home = home_for(request)
    # PostgreSQL takes no NUL.
    if home is None or "\0" in slug:
        raise Http404
    found = _find(slug, home)
    if found is None:
        raise Http404
    if found.slug != slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse(f"{NAMESPACE}:tag", args=[found.slug]) + query, permanent=True)
    articles = paginate(pieces_with(found, home), request.GET.get("page"), per_page=PER_PAGE)
    prefetch_renditions([found.picture], home.locale_id)
    place = place_of(found, home, request, has_pieces=bool(articles.paginator.count))
    return render(
        request,
        "wagtail_newsroom/tag.html",
        {"tag": found, "articles": articles, "place": place},
    )


class TagFeed(PieceFeed):
    """The newest pieces that have a tag in one language."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Listing:
        """Return the tag's pieces; raises `Http404` where the tag has no page by this very slug."""
        home = home_for(request)
        slug = kwargs["slug"]
        found = _find(slug, home) if home is not None and "\0" not in slug else None
        if home is None or found is None or found.slug != slug:
            raise Http404
        return Listing(
            # Its versions in other languages are the page's to tell.
            place=place_of(found, home, request, has_pieces=False),
            pieces=pieces_with(found, home),
            site_name=site_name_of(home, request),
            request=request,
        )


def pieces_with(tag: Any, home: Page) -> QuerySet[Page]:
    """Return the readable pieces below a home page that have a tag, newest first."""
    return pieces_below(home, ArticleMixin).filter(newsroom_tagged_items__tag=tag)


def place_of(tag: Any, home: Page, request: HttpRequest, *, has_pieces: bool) -> Place:
    """Return what head tags and the switcher say of a tag's page.

    A version exists in another language where the counterpart has a name and at least one readable
    piece; so both sides name each other, or neither. A page without pieces stands alone, and search
    engines are asked not to list it. One query, and one for each language of a counterpart.
    """
    code = home.locale.language_code
    arguments = [(code, {"slug": tag.slug})]
    if has_pieces:
        arguments += [
            (other.locale.language_code, {"slug": other.slug})
            for other in _with_pieces(_counterparts(tag), request)
        ]
    feed, *others = feeds_of("tag", tag.name, code, request, slug=tag.slug) or (None,)
    return Place(
        title=tag.name,
        language_code=code,
        feed=feed.url if feed is not None else "",
        other_feeds=tuple(others),
        versions=versions_of("tag", arguments, request),
        description=tag.description,
        is_indexed=has_pieces,
        image=tag.picture,
        image_alt=words_of(tag.picture, alt=tag.picture_alt).alt,
    )


def tag_links(page: Any, language_code: str, request: HttpRequest | None) -> list[dict[str, Any]]:
    """Return name and address of a piece's tags in its language; one query for each request.

    The address is empty where the site does not include the newsroom's addresses for readers.
    """
    if not hasattr(page, "tags"):
        return []
    kept: dict[int, tuple[Any, list[dict[str, Any]]]] = {}
    if request is not None:
        kept = request.__dict__.setdefault(_ON_REQUEST, kept)
    # By the object: a preview shows another content of the same page.
    if id(page) not in kept:
        links = [
            {
                "name": tag.name,
                "url": address("tag", language_code, request, slug=tag.slug) if request else "",
            }
            for tag in page.tags.all()
        ]
        kept[id(page)] = (page, links)
    return kept[id(page)][1]


def _find(slug: str, home: Page) -> Any:
    named = (
        get_tag_model()
        ._default_manager.select_related("picture")
        .filter(locale_id=home.locale_id, needs_name=False)
    )
    wanted = {slug, slug_of(slug)}
    found = {tag.slug: tag for tag in named.filter(slug__in=wanted)}
    return found.get(slug) or next(iter(found.values()), None)


def _counterparts(tag: Any) -> list[Any]:
    return list(
        type(tag)
        ._default_manager.filter(translation_key=tag.translation_key, needs_name=False)
        .exclude(pk=tag.pk)
        .select_related("locale")
    )


def _with_pieces(tags: Iterable[Any], request: HttpRequest) -> list[Any]:
    """Return those of these tags that are on a readable piece below the site's home in their language."""
    homes = homes_of(request)
    return [
        tag
        for tag in tags
        if (home := homes.get(tag.locale.language_code)) is not None
        and pieces_with(tag, home).exists()
    ]
