"""The list of translations: every piece in every language, a bounded number of queries a page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet

from . import permissions
from .buttons import ICON
from .exports import SafeExportMixin
from .list_access import visible_rows
from .list_columns import RowColumn, StateColumn, TitleColumn
from .list_filters import TranslationFilterSet, searched
from .state_models import PieceState

NAMESPACE = "newsroom_translations"
PER_PAGE = 50
SHOWN_WITH = ("locale", "source_locale", "section", "assigned_to", "job")
"""What a line shows besides its row."""

_TRANSLATIONS = gettext_lazy("translations")


class TranslationPaginator(WagtailPaginator):
    """Counts translations."""

    verbose_name_plural = _TRANSLATIONS


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

    def get_base_queryset(self) -> QuerySet[PieceState]:
        """Return the rows that the user may see, with all that a line shows."""
        return visible_rows(self.request.user).select_related(*SHOWN_WITH)

    def paginate_queryset(self, queryset: QuerySet[PieceState], page_size: int) -> Any:
        """Return a page of rows; all of them are sorted by their keys alone, which are narrow."""
        keys = queryset.select_related(None).values_list("pk", flat=True)
        paginator, page, chosen, has_others = super().paginate_queryset(keys, page_size)
        chosen = list(chosen)
        rows = PieceState.objects.select_related(*SHOWN_WITH).in_bulk(chosen)
        page.object_list = [rows[key] for key in chosen if key in rows]
        return paginator, page, page.object_list, has_others

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
        """Return the list, and its rows alone."""
        return [
            path("", TranslationIndexView.as_view(), name="index"),
            path("results/", TranslationIndexView.as_view(results_only=True), name="index_results"),
        ]
