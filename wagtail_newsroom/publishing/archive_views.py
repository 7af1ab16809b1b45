"""The archive's pages: all years, one year, one month, of the pieces of one language."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ..articles.listing import paginate
from ..articles.models import ArticleMixin
from ..articles.queries import pieces_below
from .archive import (
    address_of_period,
    neighbours_of,
    published_in,
    title_of,
    versions_of_archive,
    versions_of_period,
    years_of,
)
from .calendars import Period, period_of
from .navigation import Crumb
from .places import Place, address, home_for, language_of_request

PER_PAGE = 20
"""How many pieces one page of a year's or month's list shows."""


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Answers with the years and months in which something was published."""
    home, pieces = _pieces(request)
    code = language_of_request(request)
    place = Place(
        title=title_of(None),
        language_code=code,
        versions=versions_of_archive(home, request),
        description=gettext("All that was published, by year and month."),
    )
    context = {"place": place, "years": years_of(pieces, code), "crumbs": [_home_crumb(home)]}
    return render(request, "wagtail_newsroom/archive/index.html", context)


@require_safe
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """Answers with one year's months, and its pieces."""
    period, context = _context(request, year, None)
    context["years"] = years_of(context.pop("pieces"), period.language_code)
    return render(request, "wagtail_newsroom/archive/year.html", context)


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Answers with one month's pieces."""
    period, context = _context(request, year, month)
    whole = period_of(period.language_code, year)
    if whole is not None:
        context["crumbs"].append(Crumb(whole.name, address_of_period(whole, request)))
    return render(request, "wagtail_newsroom/archive/month.html", context)


def _pieces(request: HttpRequest) -> tuple[Page, QuerySet[Page]]:
    home = home_for(request)
    if home is None:
        raise Http404
    return home, pieces_below(home, ArticleMixin)


def _context(request: HttpRequest, year: int, month: int | None) -> tuple[Period, dict[str, Any]]:
    """Return what both lists show.

    Outside of the time from the first piece to the last there is no page; between them a period
    without pieces says so, and search engines are not asked to list it.
    """
    code = language_of_request(request)
    period = period_of(code, year, month)
    if period is None:
        raise Http404
    home, all_pieces = _pieces(request)
    pieces = all_pieces.filter(published_in(period))
    beside = neighbours_of(period, all_pieces)
    articles = paginate(pieces, request.GET.get("page"), per_page=PER_PAGE)
    if not articles and not (beside.earlier and beside.later):
        raise Http404
    versions, nearest = versions_of_period(period, home, request)
    place = Place(
        title=title_of(period),
        language_code=code,
        versions=versions,
        description=gettext("What was published in %(period)s.") % {"period": period.name},
        is_indexed=bool(articles),
        nearest=nearest,
    )
    return period, {
        "place": place,
        "pieces": pieces,
        "articles": articles,
        "earlier": _crumb(beside.earlier, request),
        "later": _crumb(beside.later, request),
        "crumbs": [
            _home_crumb(home),
            Crumb(title_of(None), address("archive", code, request)),
        ],
    }


def _crumb(period: Period | None, request: HttpRequest) -> Crumb | None:
    return None if period is None else Crumb(period.name, address_of_period(period, request))


def _home_crumb(home: Page) -> Crumb:
    return Crumb(home.title, home.url or "")
