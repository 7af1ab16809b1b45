"""Base pages read together with the fields of their own classes, in one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from .queries import path_from_page


def with_own_fields(
    pages: QuerySet[Page], models: Iterable[type[Page]], *follow: str
) -> QuerySet[Page]:
    """Return base pages of these classes, each with its own class's row, bodies left out.

    `follow` names foreign keys of every class whose rows come too. `as_own_class` makes the pages.
    """
    joined: set[str] = set()
    left_out: set[str] = set()
    for model in models:
        joined.add("__".join(_steps_to(model)))
        joined.update(path_from_page(model, name) for name in follow)
        left_out.update(path_from_page(model, name) for name in model.get_streamfield_names())
    return pages.select_related(*joined).defer(*left_out) if joined else pages


def as_own_class(row: Page) -> Any:
    """Return a base page that `with_own_fields` read as a page of its own class; no query."""
    page: Any = row
    for step in _steps_to(row.specific_class or Page):
        page = getattr(page, step)
    return page


def _steps_to(model: type[Page]) -> tuple[str, ...]:
    return tuple(path_from_page(model, model._meta.pk.name).split("__")[:-1])
