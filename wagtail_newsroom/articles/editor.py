"""The page editor of a piece: a tab of its own for the facts around the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.utils.decorators import cached_classmethod

if TYPE_CHECKING:
    from wagtail.models import Page as _Page
else:
    # A mixin for pages, but no page: sites may swap the base page.
    _Page = models.Model


class NewsroomTabMixin(_Page):
    """Adds the tab “Newsroom” to the page editor, unless a class has an `edit_handler`."""

    newsroom_panels: ClassVar[list[Any]] = []
    """The panels of the tab."""

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls) -> Any:  # noqa: N805 - a class method, which Wagtail caches
        """Returns the tabs of the editor: content, promote, newsroom, settings."""
        if hasattr(cls, "edit_handler"):
            return cls.edit_handler.bind_to_model(cls)
        tabs = [
            (cls.content_panels, _("Content")),
            (cls.promote_panels, _("Promote")),
            (cls.newsroom_panels, _("Newsroom")),
            (cls.settings_panels, _("Settings")),
        ]
        return TabbedInterface(
            [ObjectList(panels, heading=heading) for panels, heading in tabs if panels],
            base_form_class=cls.base_form_class,
        ).bind_to_model(cls)
