"""The panel in the page editor that tells what is wrong with the stored draft's content."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from .content_checks import Problem, find_problems


class ContentChecksPanel(Panel):
    """Shows what readers would stumble over; absent while nothing is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Content checks"))
        kwargs.setdefault("icon", "warning")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page."""

        template_name = "wagtail_newsroom/articles/content_checks.html"

        @cached_property
        def problems(self) -> list[Problem]:
            """What is wrong with the page as it is stored; nothing for a page that is new."""
            return find_problems(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            """Returns whether there is anything to tell to somebody who looks."""
            return bool(super().is_shown() and self.request is not None and self.problems)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Adds the problems."""
            return {**super().get_context_data(parent_context), "problems": self.problems}
