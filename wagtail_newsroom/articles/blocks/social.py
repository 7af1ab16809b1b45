"""Blocks for following the newspaper and for passing a piece on, anywhere in a text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .values import NeverNullStructBlock, TextLineBlock

STYLES = [
    ("", _("As set for the language")),
    ("icon", _("Icons")),
    ("icon-label", _("Icons with labels")),
    ("label", _("Labels")),
]
"""How links look; empty for the site's choice."""

SIZES = [
    ("", _("As set for the language")),
    ("s", _("Small")),
    ("m", _("Medium")),
    ("l", _("Large")),
]
"""How large links are; empty for the site's choice."""


class SocialFollowBlock(NeverNullStructBlock):
    """Links to the newspaper's profiles in the page's language."""

    heading = TextLineBlock(label=_("heading"), required=False, max_length=120)
    style = blocks.ChoiceBlock(label=_("style"), choices=STYLES, required=False, default="")
    size = blocks.ChoiceBlock(label=_("size"), choices=SIZES, required=False, default="")

    class Meta:
        icon = "group"
        label = _("Follow us")
        group = _("Social")
        description = _("The newspaper’s profiles in the language of the page.")
        template = "wagtail_newsroom/blocks/social_follow.html"
        preview_template = "wagtail_newsroom/blocks/preview_social.html"
        preview_value = {"heading": "Follow us", "style": "icon-label", "size": ""}


class ShareBlock(NeverNullStructBlock):
    """Links that pass the page on."""

    heading = TextLineBlock(label=_("heading"), required=False, max_length=120)
    style = blocks.ChoiceBlock(label=_("style"), choices=STYLES, required=False, default="")
    size = blocks.ChoiceBlock(label=_("size"), choices=SIZES, required=False, default="")

    class Meta:
        icon = "resubmit"
        label = _("Share")
        group = _("Social")
        description = _("Links that pass the page on, in the language of the page.")
        template = "wagtail_newsroom/blocks/share.html"
        preview_template = "wagtail_newsroom/blocks/preview_social.html"
        preview_value = {"heading": "Share this", "style": "icon-label", "size": ""}
