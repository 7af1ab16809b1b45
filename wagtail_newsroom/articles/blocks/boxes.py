"""Boxes beside the running text: facts, and calls for attention."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from .text import FACT_FEATURES, ParagraphBlock
from .values import BOXES, PREVIEW_TEMPLATE, NeverNullStructBlock, TextLineBlock

CALLOUT_KINDS: dict[str, Any] = {
    "note": pgettext_lazy("kind of call-out", "Note"),
    "background": pgettext_lazy("kind of call-out", "Background"),
    "update": pgettext_lazy("kind of call-out", "Update"),
    "service": pgettext_lazy("kind of call-out", "Good to know"),
    "warning": pgettext_lazy("kind of call-out", "Warning"),
}
"""The kinds of call-outs: code and the word that readers see. A site may add its own."""


def callout_kinds() -> list[tuple[str, Any]]:
    """Return the kinds of call-outs, as choices of a field."""
    return list(CALLOUT_KINDS.items())


class FactBoxBlock(NeverNullStructBlock):
    """Facts beside the running text."""

    title = TextLineBlock(label=_("title"), required=False)
    text = ParagraphBlock(label=_("text"), features=FACT_FEATURES)

    class Meta:
        icon = "newsroom-fact-box"
        label = _("Fact box")
        description = _("Facts beside the running text, with a title.")
        group = BOXES
        template = "wagtail_newsroom/blocks/fact_box.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "title": "The ferry in figures",
            "text": "<ul><li>Built in 1968</li><li>Carries 240 passengers</li></ul>",
        }


class CalloutBlock(NeverNullStructBlock):
    """A few words that a reader should not miss."""

    kind = blocks.ChoiceBlock(label=_("kind"), choices=callout_kinds, default="note")
    text = ParagraphBlock(label=_("text"), features=FACT_FEATURES)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Adds `kind` and `kind_label`, those of a note where the kind is unknown or missing."""
        context = super().get_context(value, parent_context=parent_context)
        kind = value.get("kind")
        kind = kind if kind in CALLOUT_KINDS else "note"
        context.update(kind=kind, kind_label=CALLOUT_KINDS[kind])
        return context

    class Meta:
        icon = "newsroom-callout"
        label = _("Call-out")
        description = _("A note, an update or a warning that a reader should not miss.")
        group = BOXES
        template = "wagtail_newsroom/blocks/callout.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "kind": "service",
            "text": "<p>The last ferry leaves at 21:40, on Fridays at 23:10.</p>",
        }
