"""Films: another site's, which load after a reader's click, and files of the newsroom's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .players import PLAYERS, find_player
from .text import ParagraphBlock
from .values import (
    ELSEWHERE,
    PICTURES,
    PREVIEW_TEMPLATE,
    NeverNullStructBlock,
    NeverNullURLBlock,
    TextLineBlock,
    host_of,
)


class EmbedBlock(NeverNullStructBlock):
    """The address of something that another site shows, such as a film.

    Nothing of the other site is loaded before a reader asks for it. Not Wagtail's own block:
    wagtail-localize cannot read one that is empty, and it asks the other site at each save
    (https://github.com/wagtail/wagtail-localize/issues/875).
    """

    url = NeverNullURLBlock(
        label=_("address"), help_text=_("The address of the film or post, as readers open it.")
    )
    title = TextLineBlock(
        label=_("title"),
        required=False,
        help_text=_("What it shows, for the button that loads it."),
    )
    caption = TextLineBlock(label=_("caption"), required=False)
    poster = ImageChooserBlock(
        label=_("poster"),
        required=False,
        help_text=_("A picture that stands in its place until a reader loads it."),
    )

    players = PLAYERS
    """The hosts whose films can be played in place; a subclass may name more."""

    def fields_of(self, value: Any) -> Mapping[str, Any]:
        """Return the stored fields; an address alone is what older drafts hold."""
        return {"url": value} if isinstance(value, str) else super().fields_of(value)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Adds `host`, the other site's name as readers know it, and `player`, its address.

        Both are empty for an unusable address, the player's for a host that is not known.
        """
        context = super().get_context(value, parent_context=parent_context)
        context.update(film_context(value.get("url"), self.players))
        return context

    class Meta:
        icon = "media"
        label = _("Embed")
        description = _("A film on another site; it is loaded only after a reader’s click.")
        group = ELSEWHERE
        template = "wagtail_newsroom/blocks/embed.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "url": "https://www.youtube.com/watch?v=abcdefghijk",
            "title": "The ferry in a storm",
            "caption": "The crossing took three times as long as usual.",
            "poster": None,
        }


def film_context(url: Any, players: Any = PLAYERS) -> dict[str, str]:
    """Return what `includes/player.html` needs for a film's address: `url`, `host`, `player`."""
    found = find_player(url, players)
    return {"url": url or "", "host": host_of(url), "player": found[1] if found else ""}


class VideoBlock(NeverNullStructBlock):
    """A film of the newsroom's own, with subtitles and the words that are spoken in it."""

    file = DocumentChooserBlock(label=_("film file"))
    poster = ImageChooserBlock(label=_("poster"), required=False)
    title = TextLineBlock(label=_("title"), required=False)
    caption = TextLineBlock(label=_("caption"), required=False)
    credit = TextLineBlock(label=_("credit"), required=False)
    subtitles = DocumentChooserBlock(
        label=_("subtitles"),
        required=False,
        help_text=_("A WebVTT file in the language of this page."),
    )
    transcript = ParagraphBlock(
        label=_("transcript"),
        required=False,
        help_text=_("What is said and shown, for readers who cannot hear or see it."),
    )

    def clean(self, value: Any) -> Any:
        """Refuses a file that browsers do not play, and subtitles in another format."""
        value = super().clean(value)
        errors = {}
        film, subtitles = value.get("file"), value.get("subtitles")
        if film is not None and not film.content_type.startswith(("video/", "audio/")):
            errors["file"] = ValidationError(_("This is not a film: choose a video file."))
        if subtitles is not None and subtitles.file_extension.lower() != "vtt":
            errors["subtitles"] = ValidationError(_("Subtitles must be a WebVTT file (.vtt)."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value

    class Meta:
        icon = "newsroom-film"
        label = _("Video file")
        description = _("A film of your own, with subtitles and transcript.")
        group = PICTURES
        template = "wagtail_newsroom/blocks/video.html"
        preview_template = "wagtail_newsroom/blocks/preview_video.html"
        preview_value = {
            "file": None,
            "poster": None,
            "title": "The crossing",
            "caption": "Eleven minutes from pier to pier.",
            "credit": "Film: A. Sample",
            "subtitles": None,
            "transcript": "<p>Wind. A voice: “All aboard.”</p>",
        }
