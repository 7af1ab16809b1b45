"""The panel in the page editor that shows a piece's languages and has them translated."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from .rows import rows_for


class TranslationsPanel(Panel):
    """Shows where the piece stands in each language, with progress while a machine is at work."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Translations"))
        kwargs.setdefault("icon", "wagtail-localize-language")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page; absent while the page is new or cannot be translated."""

        template_name = "wagtail_newsroom/desk/panel.html"

        def is_shown(self) -> bool:
            """Returns whether the page is stored already and somebody looks at it."""
            return bool(
                super().is_shown()
                and self.request is not None
                and self.instance.pk
                and not self.instance.alias_of_id
            )

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Adds the rows of the piece's languages."""
            return {
                **super().get_context_data(parent_context),
                "page": self.instance,
                "rows": rows_for(self.instance, self.request.user),
            }
