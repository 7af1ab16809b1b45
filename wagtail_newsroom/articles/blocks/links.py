"""What leads on: a document, another piece, and what somebody posted elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from ..reading import piece_of
from .values import (
    ELSEWHERE,
    LINKS,
    PREVIEW_TEMPLATE,
    DayBlock,
    NeverNullStructBlock,
    NeverNullURLBlock,
    PlainTextBlock,
    TextLineBlock,
    host_of,
)

NETWORKS: dict[str, Any] = {
    "x": "X",
    "telegram": pgettext_lazy("social network", "Telegram"),
    "instagram": pgettext_lazy("social network", "Instagram"),
    "facebook": pgettext_lazy("social network", "Facebook"),
    "mastodon": pgettext_lazy("social network", "Mastodon"),
    "bluesky": pgettext_lazy("social network", "Bluesky"),
    "threads": pgettext_lazy("social network", "Threads"),
    "linkedin": pgettext_lazy("social network", "LinkedIn"),
    "youtube": pgettext_lazy("social network", "YouTube"),
    "reddit": pgettext_lazy("social network", "Reddit"),
}
"""The networks that a quoted post may come from; one of no network is told by its address."""


def networks() -> list[tuple[str, Any]]:
    """Return the networks of quoted posts, as choices of a field."""
    return list(NETWORKS.items())


class DocumentLinkBlock(NeverNullStructBlock):
    """A file that readers can download."""

    document = DocumentChooserBlock(label=_("document"))
    title = TextLineBlock(
        label=_("title"),
        required=False,
        help_text=_("Leave empty to use the document’s own title, which is not translated."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Document link")
        description = _("A file to download, with its type and size.")
        group = LINKS
        template = "wagtail_newsroom/blocks/document.html"
        preview_template = "wagtail_newsroom/blocks/preview_document.html"
        preview_value = {"document": None, "title": "The timetable for winter"}


class RelatedPieceBlock(NeverNullStructBlock):
    """Another piece, in the page's language, shown only where readers can open it."""

    page = blocks.PageChooserBlock(label=_("piece"))
    note = TextLineBlock(
        label=_("note"),
        required=False,
        help_text=_("Why a reader should go there, in a few words."),
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Adds `piece`, the page in the reader's language, or None if nobody can read it."""
        context = super().get_context(value, parent_context=parent_context)
        context["piece"] = piece_of(value.get("page"), parent_context)
        return context

    class Meta:
        icon = "newsroom-related"
        label = _("Related piece")
        description = _("A link to another piece, in the language of this page.")
        group = LINKS
        template = "wagtail_newsroom/blocks/related_piece.html"
        preview_template = "wagtail_newsroom/blocks/preview_related_piece.html"
        preview_value = {"page": None, "note": "How the timetable came about"}


class SocialPostBlock(NeverNullStructBlock):
    """What somebody posted on a network, quoted in place; nothing of the network is loaded."""

    url = NeverNullURLBlock(label=_("address"), required=False)
    network = blocks.ChoiceBlock(label=_("network"), choices=networks, required=False, default="")
    author = TextLineBlock(label=_("author"), required=False)
    text = PlainTextBlock(label=_("text"))
    date = DayBlock(label=_("date"), required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Adds `host` and `network`, the names of the site and the network as readers know them."""
        context = super().get_context(value, parent_context=parent_context)
        context["host"] = host_of(value.get("url"))
        context["network"] = NETWORKS.get(value.get("network") or "", "")
        return context

    class Meta:
        icon = "newsroom-post"
        label = _("Social post")
        description = _("What somebody posted, quoted in place, with author, date and link.")
        group = ELSEWHERE
        template = "wagtail_newsroom/blocks/social_post.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "url": "https://mastodon.example.org/@harbour/1",
            "network": "mastodon",
            "author": "Port of Sample",
            "text": "The 21:40 leaves on time tonight. Bring a coat.",
            "date": date(2026, 3, 1),
        }
