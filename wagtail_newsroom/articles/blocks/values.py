"""What all blocks are made of: texts and groups of fields that no stored value can break.

wagtail-localize cannot read a text block whose value is null, nor the items of a list that was
stored as a plain list (https://github.com/wagtail/wagtail-localize/issues/875 and 917). Drafts,
imports and the API make such values, so these blocks turn them into what it can read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any
from unicodedata import category
from urllib.parse import urlsplit

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PREVIEW_TEMPLATE = "wagtail_newsroom/blocks/preview.html"
"""Shows a block's preview value by the block's own template, in the readers' style."""

TEXT = _("Text")
PICTURES = _("Pictures and films")
BOXES = _("Boxes and tables")
ELSEWHERE = _("From elsewhere")
LINKS = _("Links")
"""The groups of the chooser."""


def has_words(text: Any) -> bool:
    """Return whether a rich text says anything; an editor that was left empty stores a paragraph.

    So does one that holds nothing but spaces and marks that nobody sees, as copied from elsewhere.
    """
    shown = unescape(strip_tags(getattr(text, "source", "")))
    return any(not one.isspace() and category(one) not in ("Cc", "Cf") for one in shown)


class NeverNullMixin:
    """Reads a null as an empty text, wherever it comes from."""

    def to_python(self, value: Any) -> Any:
        """Returns the stored value as a text, empty for null."""
        return super().to_python("" if value is None else value)  # type: ignore[misc]

    def normalize(self, value: Any) -> Any:
        """Returns a value given by code as a text, empty for null."""
        return super().normalize("" if value is None else value)  # type: ignore[misc]

    def get_prep_value(self, value: Any) -> Any:
        """Returns what is stored, never null."""
        return super().get_prep_value("" if value is None else value)  # type: ignore[misc]


class NeverNullStructBlock(blocks.StructBlock):
    """A block of several fields that reads a null as all fields empty."""

    def fields_of(self, value: Any) -> Mapping[str, Any]:
        """Return the stored fields; a block that had an older form reads that here too."""
        return value if isinstance(value, Mapping) else {}

    def to_python(self, value: Any) -> Any:
        """Returns the stored fields, all of them empty for null."""
        return super().to_python(self.fields_of(value))

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        """Returns the stored fields of several values, all of them empty for null."""
        return super().bulk_to_python([self.fields_of(value) for value in values])

    def normalize(self, value: Any) -> Any:
        """Returns the fields given by code, all of them empty for null."""
        if value is None:
            return super().normalize(self.get_default())
        return super().normalize(
            value if isinstance(value, Mapping) else dict(self.fields_of(value))
        )


class TextLineBlock(NeverNullMixin, blocks.CharBlock):
    """A line of text."""

    class Meta:
        default = ""


class PlainTextBlock(NeverNullMixin, blocks.TextBlock):
    """Text of several lines, without markup."""

    class Meta:
        default = ""


class DayBlock(blocks.DateBlock):
    """A date, which is none where what code or an import stored is no day."""

    def to_python(self, value: Any) -> Any:
        """Returns the stored day, None for what is none."""
        try:
            return super().to_python(value)
        except (TypeError, ValueError):
            return None


class NeverNullURLBlock(NeverNullMixin, blocks.URLBlock):
    """A web address."""

    class Meta:
        default = ""


class LinkBlock(NeverNullStructBlock):
    """A web address and what it is called."""

    url = NeverNullURLBlock(label=_("address"))
    title = TextLineBlock(label=_("title"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("A web address and what it is called.")


def host_of(address: str | None) -> str:
    """Return the name of the site that a web address points to, without `www.`.

    Empty for anything that is not an absolute `http` or `https` address.
    """
    try:
        parts = urlsplit(address or "")
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    return host.removeprefix("www.")
