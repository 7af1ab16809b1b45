"""The record of human review as a report: who did what to which translation, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.coreutils import get_content_languages

from ..engines.runner import COPY
from .day_filters import PersonFilter, day_filter, people_in
from .exports import SafeExportMixin
from .languages import name_of_code
from .list_access import visible_rows
from .list_columns import RowColumn, desk_url
from .record_csv import COLUMNS
from .record_models import ReviewRecord
from .rows import engine_labels

VIEW = "wagtail_newsroom.view_reviewrecord"


def _languages() -> list[tuple[str, str]]:
    """Return the languages that occur in the record, those that the site had once among them."""
    codes = ReviewRecord.objects.order_by("language").values_list("language", flat=True).distinct()
    return [(code, _name_of(code)) for code in codes]


def _name_of(code: str) -> str:
    return name_of_code(code, str(get_content_languages().get(code, code)))


def _names_of(entry: ReviewRecord, labels: Mapping[str, str]) -> list[str]:
    """Return who did it: a person, or the engines by the names that people know them by."""
    if entry.action != ReviewRecord.Action.TRANSLATED:
        return [entry.name] if entry.name else []
    return [labels.get(name, name) for name in entry.name.split(", ") if name]


class RecordFilterSet(WagtailFilterSet):
    """Narrows the record; what is chosen stands in the address."""

    action = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("What was done"),
        choices=ReviewRecord.Action.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"),
        choices=_languages,
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )
    user = PersonFilter(
        label=gettext_lazy("Person"),
        queryset=lambda request: people_in(ReviewRecord.objects.all(), "user"),
    )
    since = day_filter("at", lookup="gte", label=gettext_lazy("From day"))
    until = day_filter("at", lookup="lte", label=gettext_lazy("To day"))

    class Meta:
        model = ReviewRecord
        fields: ClassVar[list[str]] = []


class RecordView(SafeExportMixin, ReportView):
    """Lists the record, newest first, and exports it."""

    model = ReviewRecord
    page_title = gettext_lazy("Record of review")
    header_icon = "clipboard-list"
    filterset_class = RecordFilterSet
    is_searchable = True
    default_ordering = "-at"
    index_url_name = "wagtail_newsroom_record"
    index_results_url_name = "wagtail_newsroom_record_results"
    results_template_name = "wagtail_newsroom/desk/record/results.html"
    export_filename = "record-of-review"
    list_export = [*COLUMNS[:2], "get_action_display", *COLUMNS[2:]]
    export_headings = {
        "action": gettext_lazy("Code"),
        "get_action_display": gettext_lazy("What was done"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only those who may see the record get further."""
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns; those with a key can be sorted by."""
        return [
            DateColumn("at", label=_("When"), sort_key="at"),
            Column("action", label=_("What was done"), accessor="get_action_display"),
            RowColumn("who", label=pgettext("column of the record", "Who"), folder="record"),
            RowColumn("piece", label=_("Title"), folder="record"),
            Column("language", label=_("Language"), accessor="language_name"),
            RowColumn("passages", label=_("Passages"), folder="record"),
        ]

    def order_queryset(self, queryset: QuerySet[ReviewRecord]) -> QuerySet[ReviewRecord]:
        """Return the entries in order; those of one moment stay in place."""
        return queryset.order_by(self.ordering, "-pk")

    def search_queryset(self, queryset: QuerySet[ReviewRecord]) -> QuerySet[ReviewRecord]:
        """Return the entries whose titles or names hold the query."""
        if not self.is_searching:
            return queryset
        wanted = self.search_query
        return queryset.filter(
            Q(source_title__icontains=wanted)
            | Q(title__icontains=wanted)
            | Q(name__icontains=wanted)
        )

    def get_filtered_queryset(self) -> QuerySet[ReviewRecord]:
        """Return the entries, narrowed; the base class would narrow them twice."""
        return self.get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Adds to each entry of a page where its piece is, for pieces that the user may see."""
        if self.is_export:
            return object_list
        entries = list(object_list)
        labels = {
            "memory": _("Translation memory"),
            COPY: _("Copied as they are"),
            **engine_labels(),
        }
        rows = visible_rows(self.request.user).filter(
            translation_key__in={entry.translation_key for entry in entries}
        )
        urls = {
            (row.translation_key, row.locale.language_code): desk_url(row)
            for row in rows.select_related("locale")
        }
        for entry in entries:
            entry.url = urls.get((entry.translation_key, entry.language), "")
            entry.language_name = _name_of(entry.language)
            entry.names = _names_of(entry, labels)
        return entries


class RecordMenuItem(MenuItem):
    """Leads to the record, for those who may see it."""

    def __init__(self) -> None:
        """Stands among the reports."""
        super().__init__(
            gettext_lazy("Record of review"),
            reverse("wagtail_newsroom_record"),
            name="newsroom-record",
            icon_name="clipboard-list",
            order=1210,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may see the record."""
        return bool(request.user.has_perm(VIEW))


def record_urls() -> list[URLPattern]:
    """Return the addresses of the record in the admin."""
    return [
        path("newsroom/record/", RecordView.as_view(), name="wagtail_newsroom_record"),
        path(
            "newsroom/record/results/",
            RecordView.as_view(results_only=True),
            name="wagtail_newsroom_record_results",
        ),
    ]
