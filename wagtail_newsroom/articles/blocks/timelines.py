"""What happened when: entries in the order in which they are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlockValidationError

from .text import FACT_FEATURES, ItemListBlock, ParagraphBlock
from .values import (
    BOXES,
    PREVIEW_TEMPLATE,
    DayBlock,
    NeverNullStructBlock,
    TextLineBlock,
    has_words,
)


class TimelineEntryBlock(NeverNullStructBlock):
    """One thing that happened, and when."""

    when = TextLineBlock(
        label=_("when"),
        required=False,
        help_text=_("In words, such as “Monday, 9 a.m.”; they are translated."),
    )
    date = DayBlock(
        label=_("date"),
        required=False,
        help_text=_(
            "Shown in the calendar of each language where there are no words, and told to "
            "machines where there are."
        ),
    )
    heading = TextLineBlock(label=_("heading"), required=False)
    text = ParagraphBlock(label=_("text"), required=False, features=FACT_FEATURES)

    def clean(self, value: Any) -> Any:
        """Refuses an entry that does not say when, and one that does not say what."""
        value = super().clean(value)
        errors = {}
        if not value.get("when") and value.get("date") is None:
            errors["when"] = ValidationError(_("Say when it was, in words or by a date."))
        if not value.get("heading") and not has_words(value.get("text")):
            errors["text"] = ValidationError(_("Say what happened, in a heading or a text."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value

    class Meta:
        icon = "date"
        label = _("Entry")
        description = _("One thing that happened, and when.")


class TimelineEntriesBlock(ItemListBlock):
    """The entries of a timeline."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(TimelineEntryBlock(), **kwargs)

    class Meta:
        default: ClassVar[list[Any]] = []


class TimelineBlock(NeverNullStructBlock):
    """What happened one after the other, in the order that the editor gives."""

    heading = TextLineBlock(label=_("heading"), required=False)
    entries = TimelineEntriesBlock(label=_("entries"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Adds `entries`, those that say anything, each with `has_text` and `is_figure`.

        A time or year alone, such as 9:40, is nothing to translate and needs the reader's digits.
        """
        context = super().get_context(value, parent_context=parent_context)
        told = (
            {
                **entry,
                "has_text": has_words(entry.get("text")),
                "is_figure": not any(letter.isalpha() for letter in entry.get("when") or ""),
            }
            for entry in value.get("entries") or ()
        )
        names = ("when", "date", "heading", "has_text")
        context["entries"] = [entry for entry in told if any(entry.get(name) for name in names)]
        return context

    class Meta:
        icon = "newsroom-timeline"
        label = _("Timeline")
        description = _("What happened one after the other, each with its time or date.")
        group = BOXES
        template = "wagtail_newsroom/blocks/timeline.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value: ClassVar[Mapping[str, Any]] = {
            "heading": "How the pier was built",
            "entries": [
                {
                    "when": "",
                    "date": date(2026, 3, 1),
                    "heading": "The first pile",
                    "text": "<p>A crane from the next port drives it in.</p>",
                },
                {
                    "when": "A week later, at dawn",
                    "date": date(2026, 3, 8),
                    "heading": "",
                    "text": "<p>The storm takes the scaffolding. <b>Nobody is hurt.</b></p>",
                },
            ],
        }
