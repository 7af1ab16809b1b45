"""The jobs as a report: what machines were asked for, by whom, and what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale

from . import permissions
from .day_filters import PersonFilter, day_filter, people_in
from .engine_views import VIEW
from .explain import summarize
from .languages import name_of
from .list_access import visible_rows
from .list_columns import RowColumn
from .list_filters import LanguageFilter
from .models import TranslationJob
from .rows import engine_labels


def can_see_jobs(user: Any) -> bool:
    """Return whether the user may see any jobs: all with the right to see engines, or their own pieces'."""
    return bool(user.is_active) and (
        bool(user.has_perm(VIEW)) or permissions.can_work_at_the_desk(user)
    )


def visible_jobs(user: Any) -> QuerySet[TranslationJob]:
    """Return the jobs that the user may see; decided by the database, for any number of them."""
    jobs = TranslationJob.objects.all()
    if user.has_perm(VIEW):
        return jobs
    rows = visible_rows(user).filter(translation__isnull=False).order_by()
    return jobs.filter(translation__in=rows.values("translation"))


class JobFilterSet(WagtailFilterSet):
    """Narrows the list of jobs; what is chosen stands in the address."""

    status = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Status"),
        choices=TranslationJob.Status.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    locale = LanguageFilter(
        field_name="translation__target_locale",
        label=gettext_lazy("Language"),
        queryset=lambda request: Locale.objects.order_by("pk"),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )
    requested_by = PersonFilter(
        label=gettext_lazy("Requested by"),
        queryset=lambda request: people_in(visible_jobs(request.user), "requested_by"),
    )
    since = day_filter("created_at", lookup="gte", label=gettext_lazy("From day"))
    until = day_filter("created_at", lookup="lte", label=gettext_lazy("To day"))

    class Meta:
        model = TranslationJob
        fields: ClassVar[list[str]] = []


class JobListView(ReportView):
    """Lists the jobs that the user may see, newest first."""

    model = TranslationJob
    page_title = gettext_lazy("Translation jobs")
    header_icon = "tasks"
    filterset_class = JobFilterSet
    default_ordering = "-created_at"
    index_url_name = "wagtail_newsroom_jobs"
    index_results_url_name = "wagtail_newsroom_jobs_results"
    results_template_name = "wagtail_newsroom/desk/jobs/results.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only those who may see jobs get further."""
        if not can_see_jobs(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns; those with a key can be sorted by."""
        return [
            RowColumn("piece", label=_("Title"), folder="jobs"),
            RowColumn("status", label=_("Status"), sort_key="status", folder="jobs"),
            RowColumn("counts", label=_("Passages"), folder="jobs"),
            RowColumn("why", label=_("What was not translated, and why"), folder="jobs"),
            RowColumn("who", label=_("Requested by"), folder="jobs"),
            DateColumn("created_at", label=_("Requested"), sort_key="created_at"),
            DateColumn("finished_at", label=_("Ended"), sort_key="finished_at"),
        ]

    def get_base_queryset(self) -> QuerySet[TranslationJob]:
        """Return the jobs that the user may see, with all that a line shows."""
        return (
            visible_jobs(self.request.user)
            .select_related(
                "translation__source__locale", "translation__target_locale", "requested_by"
            )
            .defer("translation__source__content_json")
        )

    def order_queryset(self, queryset: QuerySet[TranslationJob]) -> QuerySet[TranslationJob]:
        """Return the jobs in order; equal ones stay in place."""
        return queryset.order_by(self.ordering, "-pk")

    def get_filtered_queryset(self) -> QuerySet[TranslationJob]:
        """Return the jobs, narrowed; the base class would narrow them twice."""
        return self.get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Adds to each job of a page its languages' names, and in words why passages failed."""
        labels = engine_labels()
        jobs = list(object_list)
        for job in jobs:
            job.language = name_of(job.translation.target_locale)
            job.reasons = summarize(job.failures, labels)
        return jobs


class JobsMenuItem(MenuItem):
    """Leads to the jobs, for those who may see any."""

    def __init__(self) -> None:
        """Stands among the reports."""
        super().__init__(
            gettext_lazy("Translation jobs"),
            reverse("wagtail_newsroom_jobs"),
            name="newsroom-jobs",
            icon_name="tasks",
            order=1190,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may see any jobs."""
        return can_see_jobs(request.user)


def job_list_urls() -> list[URLPattern]:
    """Return the addresses of the list of jobs in the admin."""
    return [
        path("newsroom/jobs/", JobListView.as_view(), name="wagtail_newsroom_jobs"),
        path(
            "newsroom/jobs/results/",
            JobListView.as_view(results_only=True),
            name="wagtail_newsroom_jobs_results",
        ),
    ]
