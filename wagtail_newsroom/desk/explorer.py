"""The state of each page's languages in Wagtail's list of pages, without a query for a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page

from . import permissions
from .languages import content_locales, name_of
from .list_columns import ICONS
from .state_models import PieceState, State

_STATES = "newsroom_states"
"""What the list of pages asks along: for each language its name, and the names of its columns."""


class StateBadge(Button):
    """A language of a page with its state, that leads to the desk."""

    template_name = "wagtail_newsroom/desk/state_badge.html"

    def __init__(self, locale: Locale, state: State, url: str, **kwargs: Any) -> None:
        """Takes what is shown and where it leads."""
        super().__init__(
            _("%(language)s: %(state)s") % {"language": name_of(locale), "state": state.label},
            url,
            classname=f"w-status newsroom-state newsroom-state--{state}",
            icon_name=ICONS.get(state, "help"),
            **kwargs,
        )


def with_states(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """Return a queryset of pages that brings along the state of each of their languages.

    Two columns for each language of the site, and no query for a page.
    """
    if not permissions.can_work_at_the_desk(user):
        return pages
    columns: dict[str, Any] = {}
    for locale in _locales_of(user):
        as_source = PieceState.objects.filter(source_page=OuterRef("pk"), locale=locale.pk)
        as_target = PieceState.objects.filter(target_page=OuterRef("pk"), locale=locale.pk)
        for kind, rows in (("source", as_source), ("target", as_target)):
            for column in ("state", "translation"):
                columns[_column(kind, column, locale.pk)] = Subquery(rows.values(column)[:1])
    return pages.annotate(**columns)


def badges(page: Any, user: Any) -> Iterator[StateBadge]:
    """Yield a badge for each language of a page that `with_states` has been asked for."""
    known = [name for name in vars(page) if name.startswith(_STATES)]
    if not known or not permissions.can_work_at_the_desk(user):
        return
    for locale in _locales_of(user):
        for kind in ("source", "target"):
            state = getattr(page, _column(kind, "state", locale.pk), None)
            if state is None:
                continue
            translation = getattr(page, _column(kind, "translation", locale.pk))
            if translation and state != State.MISSING:
                url = reverse("wagtail_newsroom_review", args=[translation])
            else:
                url = reverse("wagtail_newsroom_translate", args=[page.pk])
            yield StateBadge(locale, State(state), url, priority=90)


def _column(kind: str, name: str, locale: int) -> str:
    return f"{_STATES}_{kind}_{name}_{locale}"


def _locales_of(user: Any) -> list[Locale]:
    """Return the languages, asked for once for a user and thus for a request."""
    if not hasattr(user, "_newsroom_locales"):
        user._newsroom_locales = content_locales()
    locales: list[Locale] = user._newsroom_locales
    return locales
