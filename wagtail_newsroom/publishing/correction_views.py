"""The page of corrections: what the newspaper got wrong, newest first, in one language."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ..articles.models import ArticleMixin, Correction
from ..articles.queries import pieces_below
from .addresses import has_own_address
from .navigation import homes_of
from .places import Place, home_for, versions_of

PER_PAGE = 20
"""How many corrections one page of the list shows."""


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Answers with the corrections of all readable pieces in the request's language."""
    home = home_for(request)
    if home is None:
        raise Http404
    page = Paginator(corrections_below(home), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    for note in page.object_list:
        if has_own_address(note.page.specific_class):
            note.page = note.page.specific
    place = Place(
        title=_("Corrections"),
        language_code=home.locale.language_code,
        versions=versions_of("corrections", [(code, {}) for code in homes_of(request)], request),
        description=_("What we got wrong, and when we put it right."),
    )
    return render(request, "wagtail_newsroom/corrections.html", {"place": place, "articles": page})


def corrections_below(home: Page) -> QuerySet[Correction]:
    """Return the corrections of the readable pieces below a page, newest first, with their pages."""
    pieces = pieces_below(home, ArticleMixin).order_by().values("pk")
    return (
        Correction.objects.filter(page__in=pieces, locale_id=home.locale_id)
        .select_related("page")
        .order_by("-date", "-pk")
    )
