"""The ways from lists and editors of the admin to a piece's translations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.snippets.action_menu import ActionMenuItem

from . import permissions
from .gate import has_gate
from .pieces import Piece, piece_of

LABEL = gettext_lazy("Translations")
ICON = "wagtail-localize-language"


def translations_button(piece: Piece) -> Button:
    """Return the button in a list of snippets that leads to the translations of one."""
    return Button(
        LABEL,
        piece.address("translate"),
        attrs={"aria-label": _("Translations of “%(title)s”") % {"title": piece.title}},
        icon_name=ICON,
        priority=15,
    )


def wants_button(snippet: Any, user: Any) -> bool:
    """Return whether a snippet is translated at the desk, and the user has anything to do there."""
    return has_gate(snippet) and permissions.can_work_at_the_desk(user)


class SnippetTranslations(ActionMenuItem):
    """Leads from a snippet's editor to its translations; its header takes no buttons of others."""

    label = LABEL
    name = "action-newsroom-translations"
    icon_name = ICON

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Returns whether the snippet is stored and the user may work at the desk."""
        snippet = context.get("instance")
        return snippet is not None and wants_button(snippet, context["request"].user)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Returns the address of the translations."""
        return piece_of(parent_context["instance"]).address("translate")
