"""The list of translations: every piece in every language, a bounded number of queries a page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet

from . import permissions
from .buttons import ICON
from .exports import SafeExportMixin
from .list_access import visible_rows
from .list_columns import RowColumn, StateColumn, TitleColumn, state_context
from .list_filters import TranslationFilterSet, searched
from .list_matrix import LanguageColumn, PieceColumn, keys_of_pieces, lines_of, locales_of
from .list_schedule import with_schedules
from .margin_models import Comment
from .state_models import PieceState

NAMESPACE = "newsroom_translations"
PER_PAGE = 50
MOST_AT_ONCE = 200
"""How many rows' progress one request tells."""
BY_PIECE = "piece"
"""The value of `by` in the address for a line for each piece, with a column for each language."""
SHOWN_WITH = ("locale", "source_locale", "section", "assigned_to", "job")
"""What a line shows besides its row."""

_TRANSLATIONS = gettext_lazy("translations")


class TranslationPaginator(WagtailPaginator):
    """Counts translations."""

    verbose_name_plural = _TRANSLATIONS


class PiecePaginator(WagtailPaginator):
    """Counts pieces, each once for all its languages."""

    # After a number, which other languages follow with a singular.
    verbose_name_plural = pgettext_lazy("number of", "pieces")


class TranslationIndexView(SafeExportMixin, generic.IndexView):
    """Lists what the user may see, with filters, search, order and pages in the address."""

    model = PieceState
    page_title = gettext_lazy("Translations")
    header_icon = ICON
    verbose_name_plural = _TRANSLATIONS
    paginator_class = TranslationPaginator
    paginate_by = PER_PAGE
    filterset_class = TranslationFilterSet
    is_searchable = True
    any_permission_required = None
    default_ordering = "-since"
    index_url_name = f"{NAMESPACE}:index"
    index_results_url_name = f"{NAMESPACE}:index_results"
    template_name = "wagtail_newsroom/desk/list/index.html"
    results_template_name = "wagtail_newsroom/desk/list/results.html"
    export_filename = "translations"
    list_export = [
        "source_title",
        "title",
        "source_locale.language_code",
        "locale.language_code",
        "state",
        "get_state_display",
        "since",
        "schedule_words",
        "goes_live_at",
        "section_title",
        "is_urgent",
        "assigned_name",
        "errors",
        "warnings",
        "segments",
        "missing",
        "characters",
        "machine_percent",
    ]
    export_headings = {
        "source_locale.language_code": gettext_lazy("From"),
        "locale.language_code": gettext_lazy("Into"),
        "state": gettext_lazy("State code"),
        "get_state_display": gettext_lazy("State"),
        "schedule_words": gettext_lazy("Schedule"),
        "goes_live_at": gettext_lazy("Goes live at"),
        "section_title": gettext_lazy("Section"),
        "assigned_name": gettext_lazy("Assigned to"),
        "machine_percent": gettext_lazy("Machine text in percent"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only those who work at the desk get further."""
        if not permissions.can_work_at_the_desk(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def is_by_piece(self) -> bool:
        """Whether a line stands for a piece in all its languages."""
        return self.request.GET.get("by") == BY_PIECE

    @cached_property
    def columns(self) -> list[Column]:
        """The columns; those with a key can be sorted by."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="translation"),
            TitleColumn("title", label=_("Title"), sort_key="source_title"),
            StateColumn("state", label=_("State"), sort_key="state"),
            RowColumn("languages", label=_("Language"), sort_key="locale"),
            RowColumn("section", label=_("Section")),
            DateColumn("since", label=_("Since"), sort_key="since"),
            RowColumn("assigned", label=_("Assigned to")),
            RowColumn("checks", label=_("Checks"), sort_key="errors"),
            RowColumn("size", label=_("Characters"), sort_key="characters"),
        ]

    def get_valid_orderings(self) -> list[str]:
        """Return what the columns can be sorted by; those by piece follow from what is found."""
        if self.is_by_piece:
            return ["source_title", "-source_title", "since", "-since"]
        orderings: list[str] = super().get_valid_orderings()
        return orderings

    def get_table(self, object_list: Any) -> Any:
        """Return the table, with a column for each language where a line is a piece."""
        if self.is_by_piece:
            self.columns = [
                PieceColumn("piece", label=_("Title"), sort_key="source_title"),
                *(LanguageColumn(locale) for locale in locales_of(object_list)),
                DateColumn("since", label=_("Since"), sort_key="since", accessor="latest"),
            ]
        return super().get_table(object_list)

    def get_base_queryset(self) -> QuerySet[PieceState]:
        """Return the rows that the user may see, with all that a line shows."""
        rows = visible_rows(self.request.user).select_related(*SHOWN_WITH)
        return with_schedules(rows) if self.is_export else rows

    def paginate_queryset(self, queryset: QuerySet[PieceState], page_size: int) -> Any:
        """Return a page of rows; all of them are sorted by their keys alone, which are narrow."""
        if self.is_by_piece:
            return self.paginate_pieces(queryset, page_size)
        keys = queryset.select_related(None).values_list("pk", flat=True)
        paginator, page, chosen, has_others = super().paginate_queryset(keys, page_size)
        chosen = list(chosen)
        rows = shown(PieceState.objects.all()).in_bulk(chosen)
        page.object_list = [rows[key] for key in chosen if key in rows]
        return paginator, page, page.object_list, has_others

    def paginate_pieces(self, queryset: QuerySet[PieceState], page_size: int) -> Any:
        """Return a page of pieces, each with all its rows that the user may see."""
        self.paginator_class = PiecePaginator
        keys = keys_of_pieces(queryset, str(self.ordering))
        paginator, page, chosen, has_others = super().paginate_queryset(keys, page_size)
        page.object_list = lines_of(
            list(chosen), rows=shown(visible_rows(self.request.user)), matching=queryset
        )
        return paginator, page, page.object_list, has_others

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds where the other arrangement of the same rows is, and where progress is asked for."""
        query = self.request.GET.copy()
        for name in ("p", "by", "_w_filter_fragment", "ordering"):
            query.pop(name, None)
        progress_url = reverse(f"{NAMESPACE}:progress")
        if self.is_by_piece:
            progress_url += "?linked=1"
        else:
            query["by"] = BY_PIECE
        return {
            **super().get_context_data(*args, **kwargs),
            "is_by_piece": self.is_by_piece,
            "columns_url": f"{self.index_url}?{query.urlencode()}",
            "progress_url": progress_url,
        }

    def order_queryset(self, queryset: QuerySet[PieceState]) -> QuerySet[PieceState]:
        """Return the rows in order; what has no value comes last, and equal rows stay in place."""
        name = str(self.ordering).lstrip("-")
        order = F(name)
        is_down = str(self.ordering).startswith("-")
        by = order.desc(nulls_last=True) if is_down else order.asc(nulls_last=True)
        # What is urgent stands first, unless the user chose an order.
        first = () if self.ordering != self.default_ordering else ("-is_urgent",)
        return queryset.order_by(*first, by, "-pk")

    def search_queryset(self, queryset: QuerySet[PieceState]) -> QuerySet[PieceState]:
        """Return the rows with the words of the query, in any spelling."""
        return searched(queryset, self.search_query)


def shown(rows: QuerySet[PieceState]) -> QuerySet[PieceState]:
    """Return rows with all that a line shows, in the same query."""
    comments = Comment.objects.filter(translation=OuterRef("translation_id"), resolved_at=None)
    count = comments.order_by().values("translation").annotate(count=Count("pk")).values("count")
    rows = with_schedules(rows).select_related(*SHOWN_WITH)
    return rows.annotate(open_comments=Coalesce(Subquery(count), 0))


class ProgressView(View):
    """The states of some rows as the list shows them, for its script."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Answers with those that the user may see, at most as many as a page has."""
        if not permissions.can_work_at_the_desk(request.user):
            raise PermissionDenied
        keys = [int(key) for key in request.GET.getlist("id") if key.isdecimal() and len(key) < 19]
        rows = visible_rows(request.user).filter(pk__in=keys[:MOST_AT_ONCE])
        rows = with_schedules(rows).select_related("job")
        is_linked = "linked" in request.GET
        return JsonResponse(
            {
                "cells": {
                    row.pk: render_to_string(
                        "wagtail_newsroom/desk/list/state.html",
                        state_context(row, is_linked=is_linked),
                        request,
                    ).strip()
                    for row in rows
                }
            },
            headers={"Cache-Control": "no-store"},
        )


class DeskMenuItem(MenuItem):
    """Leads to the list, for those who work at the desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user has anything to do with translations."""
        return permissions.can_work_at_the_desk(request.user)


class TranslationViewSet(ViewSet):
    """The list of translations in the admin; register it as `TranslationViewSet()`."""

    icon = ICON
    url_prefix = "newsroom/translations"
    add_to_admin_menu = True
    menu_label = gettext_lazy("Translations")
    menu_order = 210
    menu_item_class = DeskMenuItem

    def __init__(self) -> None:
        """Takes the name that its addresses begin with."""
        super().__init__(NAMESPACE)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the list, its rows alone, and the states of rows at which a machine works."""
        return [
            path("", TranslationIndexView.as_view(), name="index"),
            path("progress/", ProgressView.as_view(), name="progress"),
            path("results/", TranslationIndexView.as_view(results_only=True), name="index_results"),
        ]
