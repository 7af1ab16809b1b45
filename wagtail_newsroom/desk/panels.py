"""The panel in the editor that shows a piece's languages and has them translated."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from .pieces import can_be_piece, piece_of
from .rows import rows_for


class TranslationsPanel(Panel):
    """Shows where the piece stands in each language, with progress while a machine is at work."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Translations"))
        kwargs.setdefault("icon", "wagtail-localize-language")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel for one piece; absent while it is new or cannot be translated."""

        template_name = "wagtail_newsroom/desk/panel.html"

        def is_shown(self) -> bool:
            """Returns whether the piece is stored already and somebody looks at it."""
            return bool(
                super().is_shown()
                and self.request is not None
                and self.instance.pk
                and can_be_piece(type(self.instance))
                and not piece_of(self.instance).is_alias
            )

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Adds the rows of the piece's languages."""
            piece = piece_of(self.instance)
            return {
                **super().get_context_data(parent_context),
                "translate_url": piece.address("translate"),
                "panel_url": piece.address("panel"),
                "rows": rows_for(self.instance, self.request.user),
            }
