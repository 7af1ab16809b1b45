"""How the list of translations is narrowed: by state, language, section, kind, person, checks."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale, Page

from ..search.folding import folded_query
from .languages import name_of
from .list_access import visible_rows
from .list_schedule import CHOICES, scheduled
from .margin_models import Comment
from .state_models import PieceState, State
from .waiting import Waiting, waits

ME, ANYONE, NOBODY = "me", "anyone", "nobody"
ERRORS, WARNINGS, CLEAN, COMMENTS = "errors", "warnings", "none", "comments"

_ALL = gettext_lazy("All")


class _LanguageField(django_filters.fields.ModelChoiceField):  # type: ignore[misc]
    def label_from_instance(self, locale: Locale) -> str:
        return name_of(locale)


class LanguageFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Names the languages in the editor's own."""

    field_class = _LanguageField


class _SectionField(django_filters.fields.ModelChoiceField):  # type: ignore[misc]
    def label_from_instance(self, page: Page) -> str:
        return str(page.get_admin_display_title())


class SectionFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Offers the sections of pieces, and finds what stands anywhere below one."""

    field_class = _SectionField

    def filter(self, rows: QuerySet[PieceState], section: Page | None) -> QuerySet[PieceState]:
        """Returns the rows of pieces below the section."""
        return rows if section is None else rows.filter(section__path__startswith=section.path)


class _KindField(django_filters.fields.ModelChoiceField):  # type: ignore[misc]
    def label_from_instance(self, kind: ContentType) -> str:
        model = kind.model_class()
        return str(capfirst(str(model._meta.verbose_name))) if model is not None else kind.name


class KindFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Offers the classes of pieces."""

    field_class = _KindField


def _locales(request: HttpRequest) -> QuerySet[Locale]:
    return Locale.objects.order_by("pk")  # type: ignore[no-any-return]


def _sections(request: HttpRequest) -> QuerySet[Page]:
    shown = visible_rows(request.user).filter(section__isnull=False)
    return Page.objects.filter(pk__in=shown.order_by().values("section")).order_by("path")  # type: ignore[no-any-return]


def _kinds(request: HttpRequest) -> QuerySet[ContentType]:
    kinds = PieceState.objects.order_by().values("content_type")
    return ContentType.objects.filter(pk__in=kinds).order_by("app_label", "model")


class TranslationFilterSet(WagtailFilterSet):
    """Narrows the list; what is chosen stands in the address."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    locale = LanguageFilter(
        label=gettext_lazy("Language"),
        queryset=_locales,
        widget=forms.RadioSelect,
        empty_label=_ALL,
    )
    section = SectionFilter(
        label=gettext_lazy("Section"),
        queryset=_sections,
        empty_label=_ALL,
        widget=forms.RadioSelect,
    )
    content_type = KindFilter(
        label=gettext_lazy("Kind"), queryset=_kinds, empty_label=_ALL, widget=forms.RadioSelect
    )
    assigned = django_filters.ChoiceFilter(
        label=gettext_lazy("Assigned to"),
        choices=[
            (ME, gettext_lazy("Me")),
            (ANYONE, gettext_lazy("Anyone")),
            (NOBODY, gettext_lazy("Nobody")),
        ],
        empty_label=_ALL,
        widget=forms.RadioSelect,
        method="by_assignment",
    )
    checks = django_filters.ChoiceFilter(
        label=gettext_lazy("Checks"),
        choices=[
            (ERRORS, gettext_lazy("Open errors")),
            (WARNINGS, gettext_lazy("Open errors or warnings")),
            (COMMENTS, gettext_lazy("Open comments")),
            (CLEAN, gettext_lazy("Nothing open")),
        ],
        empty_label=_ALL,
        widget=forms.RadioSelect,
        method="by_checks",
    )

    waiting = django_filters.ChoiceFilter(
        label=gettext_lazy("Waiting"),
        choices=Waiting.choices,
        empty_label=_ALL,
        widget=forms.RadioSelect,
        method="by_waiting",
    )

    schedule = django_filters.ChoiceFilter(
        label=gettext_lazy("Schedule"),
        choices=CHOICES,
        empty_label=_ALL,
        widget=forms.RadioSelect,
        method="by_schedule",
    )

    class Meta:
        model = PieceState
        fields: ClassVar[list[str]] = []

    def by_assignment(
        self, rows: QuerySet[PieceState], name: str, value: str
    ) -> QuerySet[PieceState]:
        """Returns the rows that the user, anyone or nobody has."""
        match value:
            case "me":
                return rows.filter(assigned_to=self.request.user)
            case "anyone":
                return rows.filter(assigned_to__isnull=False)
        return rows.filter(assigned_to=None)

    def by_waiting(self, rows: QuerySet[PieceState], name: str, value: str) -> QuerySet[PieceState]:
        """Returns the rows that are urgent, or wait for the user in one way."""
        return rows.filter(waits(value, self.request.user))

    def by_schedule(
        self, rows: QuerySet[PieceState], name: str, value: str
    ) -> QuerySet[PieceState]:
        """Returns the rows that go live by themselves."""
        return scheduled(rows, value)

    def by_checks(self, rows: QuerySet[PieceState], name: str, value: str) -> QuerySet[PieceState]:
        """Returns the rows with open errors, with anything open, or with nothing."""
        match value:
            case "errors":
                return rows.filter(errors__gt=0)
            case "warnings":
                return rows.filter(Q(errors__gt=0) | Q(warnings__gt=0))
            case "comments":
                comments = Comment.objects.filter(
                    translation=OuterRef("translation_id"), resolved_at=None
                )
                return rows.filter(Exists(comments))
        return rows.filter(errors=0, warnings=0)


def searched(rows: QuerySet[PieceState], query: str) -> QuerySet[PieceState]:
    """Return the rows in whose titles all words of a query stand, in any spelling."""
    if not query.strip():
        return rows
    wanted = Q(pk=None)
    for choice in folded_query(query):
        every = Q()
        for word in choice.split():
            every &= Q(words__contains=word)
        wanted |= every
    return rows.filter(wanted)


def chosen_rows(request: HttpRequest, data: Any) -> QuerySet[PieceState]:
    """Return the rows that the list shows for a query string, of which the user may see all."""
    rows = visible_rows(request.user)
    filters = TranslationFilterSet(data, queryset=rows, request=request)
    return searched(filters.qs if filters.is_valid() else rows.none(), data.get("q", ""))
