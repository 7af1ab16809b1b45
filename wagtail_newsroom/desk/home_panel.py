"""The panel "Waiting for you" on the admin's home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F
from django.urls import reverse
from wagtail.admin.ui.components import Component

from .list_access import visible_rows
from .list_columns import ICONS, desk_url
from .state_models import PieceState, State
from .waiting import Waiting, waiting_rows, waits

AT_MOST = 5
"""How many pieces of a kind the panel shows; the rest is in the list."""


class WaitingPanel(Component):
    """What is urgent, assigned to the user, theirs to approve, or failed of what they asked for.

    One query counts all of it, and one more for each kind brings its newest pieces.
    """

    name = "newsroom_waiting"
    template_name = "wagtail_newsroom/desk/home_panel.html"
    order = 150

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the kinds that have anything, each with its first pieces."""
        user = parent_context["request"].user
        rows = visible_rows(user)
        counts = rows.order_by().aggregate(
            **{kind.value: Count("pk", filter=waits(kind, user)) for kind in Waiting}
        )
        return {
            "groups": [
                _group(kind, counts[kind.value], user) for kind in Waiting if counts[kind.value]
            ],
            "list_url": reverse("newsroom_translations:index"),
        }


def _group(kind: Waiting, count: int, user: Any) -> dict[str, Any]:
    rows = (
        waiting_rows(kind, user)
        .select_related("locale", "source_locale")
        .order_by("-is_urgent", F("since").desc(nulls_last=True), "-pk")
    )
    query = urlencode({"waiting": kind.value})
    return {
        "kind": kind.value,
        "label": kind.label,
        "count": count,
        "url": f"{reverse('newsroom_translations:index')}?{query}",
        "pieces": [_piece(row) for row in rows[:AT_MOST]],
    }


def _piece(row: PieceState) -> dict[str, Any]:
    return {"row": row, "url": desk_url(row), "icon": ICONS[State(row.state)]}
