"""Filters by day and by person, for reports of what happened."""

from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy


class _DayInput(forms.DateInput):
    """The browser's own input: Wagtail's needs an inline script."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_filter(field: str, *, lookup: str, label: Any) -> Any:
    """Return a filter by the day of a time, in the site's time zone; `lookup` is `gte` or `lte`."""
    return django_filters.DateFilter(
        field_name=field, lookup_expr=f"date__{lookup}", label=label, widget=_DayInput()
    )


class _PersonField(django_filters.fields.ModelChoiceField):  # type: ignore[misc]
    def label_from_instance(self, user: Any) -> str:
        return str(user.get_full_name() or user.get_username())


class PersonFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Offers the people who occur in a report."""

    field_class = _PersonField

    def __init__(self, **kwargs: Any) -> None:
        """Takes what any filter takes."""
        super().__init__(**{"empty_label": gettext_lazy("All"), **kwargs})


def people_in(rows: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Return the people whom a field of some rows names."""
    users = get_user_model()
    named = rows.order_by().values(field)
    return users._default_manager.filter(pk__in=named).order_by(users.USERNAME_FIELD)
