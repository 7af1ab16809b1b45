"""The front page of one language: what editors chose for it, and the newest where they did not."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.blocks import ListBlock, PageChooserBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from ..desk.localize import BaseTranslatableField
from ..desk.panels import TranslationsPanel
from .front_layout import Choices, ChosenSection, FrontLayout, lay_out
from .sections import NewsIndexMixin


class FrontSectionBlock(StructBlock):
    """A section of the front page, and the pieces that stand first in it."""

    section = PageChooserBlock(label=_("section"))
    pieces = ListBlock(
        PageChooserBlock(label=_("piece")),
        label=_("pieces"),
        default=[],
        min_num=0,
        help_text=_("They stand first, wherever they are filed; the newest fill what is left."),
    )

    class Meta:
        icon = "list-ul"
        label = _("section")


class FrontPageMixin(NewsIndexMixin):
    """What a front page needs: a lead, picks and sections, chosen or found.

    The choices are made for each language by itself, because two newspapers lead with different
    pieces; they are neither translated nor copied.
    """

    lead = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("lead"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leave empty to lead with the newest piece."),
    )
    picks = StreamField(
        [("piece", PageChooserBlock(label=_("piece")))],
        verbose_name=_("picks"),
        blank=True,
        help_text=_("The pieces beside the lead; the newest fill what is left."),
    )
    front_sections = StreamField(
        [("section", FrontSectionBlock())],
        verbose_name=_("sections"),
        blank=True,
        help_text=_("Leave empty for the sections that stand in menus."),
    )

    is_translated_at_desk: ClassVar[bool] = False
    """Two newspapers lead with different pieces, so that people make each front page."""

    picks_shown: ClassVar[int] = 4
    """How many pieces stand beside the lead."""
    pieces_per_section: ClassVar[int] = 4
    """How many pieces each section shows."""

    override_translatable_fields = [
        *NewsIndexMixin.override_translatable_fields,
        BaseTranslatableField("lead"),
        BaseTranslatableField("picks"),
        BaseTranslatableField("front_sections"),
    ]

    content_panels = [
        HelpPanel(
            content=_(
                "A front page is edited by hand in each language. What is chosen here and exists "
                "in this page’s language is shown in that language; what is left empty fills "
                "itself with the newest pieces."
            )
        ),
        *(
            panel
            for panel in NewsIndexMixin.content_panels
            if not isinstance(panel, TranslationsPanel)
        ),
        FieldPanel("lead"),
        FieldPanel("picks"),
        FieldPanel("front_sections"),
    ]

    class Meta(NewsIndexMixin.Meta):
        abstract = True

    @property
    def layout(self) -> FrontLayout:
        """What stands where, read anew at each call."""
        return lay_out(
            self,  # type: ignore[arg-type]
            Choices(self.lead_id, _keys(self.picks), _sections(self.front_sections)),
            picks_shown=self.picks_shown,
            pieces_per_section=self.pieces_per_section,
        )

    def get_lists(self, request: HttpRequest) -> dict[str, Any]:
        """Returns `layout`, in the place of a section's list."""
        return {"layout": self.layout}


def _keys(chosen: Any) -> list[int]:
    # The raw values: reading the blocks themselves would ask for the pages.
    return [block["value"] for block in chosen.raw_data if block["value"]]


def _sections(chosen: Any) -> list[ChosenSection]:
    values = [block["value"] for block in chosen.raw_data]
    return [
        ChosenSection(
            value["section"],
            [item["value"] for item in value.get("pieces") or () if item["value"]],
        )
        for value in values
        if value.get("section")
    ]


class FrontPage(FrontPageMixin, Page):  # type: ignore[django-manager-missing]
    """The front page of a newspaper in one language."""

    template = "wagtail_newsroom/front_page.html"
    subpage_types: ClassVar[list[Any]] = [
        "wagtail_newsroom.ArticlePage",
        "wagtail_newsroom.NewsIndexPage",
    ]
    show_in_menus_default = False

    class Meta(FrontPageMixin.Meta):
        abstract = False
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")
