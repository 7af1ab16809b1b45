"""The columns of the list of translations."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.admin.ui.tables import Column

from .state_models import PieceState, State

ICONS = {
    State.MISSING: "minus",
    State.QUEUED: "time",
    State.TRANSLATING: "rotate",
    State.PARTIAL: "warning",
    State.FAILED: "cross",
    State.WITHHELD: "lock",
    State.DRAFT: "draft",
    State.IN_REVIEW: "edit",
    State.APPROVED: "check",
    State.PUBLISHED: "view",
    State.UNREVIEWED: "warning",
    State.OUTDATED: "history",
}
"""An icon for each state, beside its words."""


def languages_url(row: PieceState) -> str:
    """Return where all languages of a piece are seen."""
    if row.source_page_id:
        return reverse("wagtail_newsroom_translate", args=[row.source_page_id])
    kind = ContentType.objects.get_for_id(row.content_type_id)
    return reverse(
        "wagtail_newsroom_translate_snippet",
        args=[kind.app_label, kind.model, quote(row.source_id)],
    )


def desk_url(row: PieceState) -> str:
    """Return where a piece is seen to: its review, or before that its languages."""
    if row.translation_id and row.state != State.MISSING:
        return reverse("wagtail_newsroom_review", args=[row.translation_id])
    return languages_url(row)


class RowColumn(Column):
    """A column whose cell has a small template of its own."""

    def __init__(self, name: str, *, folder: str = "list", **kwargs: Any) -> None:
        """Takes the template's name for the column's, and the folder that it is in."""
        super().__init__(name, accessor=lambda row: None, **kwargs)
        self.cell_template_name = f"wagtail_newsroom/desk/{folder}/{name}_cell.html"


class TitleColumn(RowColumn):
    """Both titles; the first leads to the desk."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Adds where the title leads."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "url": desk_url(instance)}


class StateColumn(RowColumn):
    """The state in words, with its icon, and the progress of a machine at work."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Adds the icon, and whether a machine is at work."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, **state_context(instance, is_linked=False)}


def state_context(row: PieceState, *, is_linked: bool) -> dict[str, Any]:
    """Return what the template of a state shows; its words lead to the desk where they are linked."""
    return {
        "instance": row,
        "icon": ICONS.get(State(row.state), "help"),
        "url": desk_url(row) if is_linked else "",
        "is_active": row.percent is not None,
    }
