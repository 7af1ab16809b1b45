"""The readers' search page: the pieces of one language in which all the words stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ..articles.listing import paginate
from ..articles.models import ArticleMixin
from ..articles.passages import passages_of
from ..articles.queries import pieces_below
from ..search.folding import LONGEST_QUERY, folded_query
from ..search.marking import marked, passage
from ..search.queries import search_query
from .alternates import trail_of
from .places import Place, home_for, language_of_request, versions_of

RESULTS_PER_PAGE = 20
"""How many pieces one page of results shows."""
_MOST_FROM_ELSEWHERE = 1000
"""How many hits are taken from a search engine that is no database."""


@dataclass(frozen=True, slots=True)
class Result:
    """A piece that was found, with what was sought marked in its words."""

    article: Any
    title: SafeString
    words: SafeString
    """The standfirst, or the passage of the body where a sought word stands; may be empty."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answers with the pieces in the address's language that have all words of `?q=`, newest first."""
    home = home_for(request)
    if home is None:
        raise Http404
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    text = typed[:LONGEST_QUERY]
    articles = paginate(find(home, text), request.GET.get("page"), per_page=RESULTS_PER_PAGE)
    kept = urlencode({"q": text}) if text else ""
    return TemplateResponse(
        request,
        "wagtail_newsroom/search.html",
        {
            "place": _place(home, request, kept),
            "search_text": text,
            "is_cut": len(typed) > len(text),
            "longest_query": LONGEST_QUERY,
            "articles": articles,
            "results": results_of(articles, text),
        },
    )


def find(home: Page, text: str) -> QuerySet[Page]:
    """Return the readable pieces below a home page that have all words of a text, newest first.

    Not by relevance: what Wagtail's SQLite search takes to rank grows with the square of the hits.
    """
    pieces = pieces_below(home, ArticleMixin)
    query = search_query(text)
    if query is None:
        return pieces.none()
    # Everything else is asked of the database: Wagtail's search takes few conditions.
    hits = Page.objects.search(query, order_by_relevance=False)
    if hasattr(hits, "get_queryset"):
        found = hits.get_queryset().order_by().values("pk")
    else:
        found = [hit.pk for hit in hits[:_MOST_FROM_ELSEWHERE]]
    return pieces.filter(pk__in=found)


def results_of(articles: Iterable[Any], text: str) -> list[Result]:
    """Return pieces with their words marked; one query for each class of pieces."""
    sought = frozenset(" ".join(folded_query(text)).split())
    pieces = list(articles)
    bodies = _bodies(pieces)
    return [_result(piece, bodies.get(piece.pk), sought) for piece in pieces]


def _result(piece: Any, body: Any, sought: Collection[str]) -> Result:
    words = marked(piece.standfirst, sought)
    if "<mark>" not in words and body is not None:
        words = passage(passages_of(body), sought) or words
    return Result(piece, marked(piece.title, sought), words)


def _bodies(pieces: Iterable[Any]) -> dict[int, Any]:
    keys: defaultdict[type[Any], list[int]] = defaultdict(list)
    for piece in pieces:
        keys[type(piece)].append(piece.pk)
    return {
        pk: body
        for model, found in keys.items()
        for pk, body in model.objects.filter(pk__in=found).values_list("pk", "body")
    }


def _place(home: Page, request: HttpRequest, kept: str) -> Place:
    codes = [each.language_code for each in trail_of(home, request).versions]
    versions = versions_of("search", [(code, {}) for code in codes], request)
    return Place(
        title=gettext("Search"),
        language_code=language_of_request(request),
        versions=tuple(
            replace(each, url=f"{each.url}?{kept}") if kept else each for each in versions
        ),
        is_indexed=False,
    )
