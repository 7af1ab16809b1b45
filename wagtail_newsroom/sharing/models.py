"""A newspaper's profiles and ways to share, for each site and language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Locale, Site

from .blocks import AccountBlock, WayToShareBlock
from .links import Link
from .networks import default_share_networks, networks


class SocialSettings(models.Model):
    """What readers of one language are offered to follow and to share with, on one site."""

    class Style(models.TextChoices):
        """How links look."""

        ICON = "icon", _("Icons")
        ICON_LABEL = "icon-label", _("Icons with labels")
        LABEL = "label", _("Labels")

    class Size(models.TextChoices):
        """How large links are."""

        SMALL = "s", _("Small")
        MEDIUM = "m", _("Medium")
        LARGE = "l", _("Large")

    class Position(models.TextChoices):
        """Where an article's share links stand."""

        NONE = "none", _("Nowhere")
        START = "start", _("Below the headline")
        END = "end", _("At the end")
        BOTH = "both", _("Below the headline and at the end")
        STICKY = "sticky", _("Beside the text, staying in view")

    site = models.ForeignKey(
        "wagtailcore.Site", verbose_name=_("site"), on_delete=models.CASCADE, related_name="+"
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    profiles = StreamField(
        StreamBlock([("account", AccountBlock())], required=False),
        verbose_name=_("profiles"),
        blank=True,
        help_text=_("In the order in which readers see them."),
    )
    follow_style = models.CharField(
        _("style of the profiles"), max_length=16, choices=Style.choices, default=Style.ICON_LABEL
    )
    newsletter_url = models.URLField(
        _("sign-up page of the newsletter"),
        blank=True,
        help_text=_("Where readers can subscribe by e-mail; offered beside the profiles."),
    )
    share_networks = StreamField(
        StreamBlock([("network", WayToShareBlock())], required=False),
        verbose_name=_("ways to share"),
        blank=True,
        help_text=_("Leave empty for those that readers of this language use most."),
    )
    share_style = models.CharField(
        _("style of the share links"), max_length=16, choices=Style.choices, default=Style.ICON
    )
    share_size = models.CharField(
        _("size"), max_length=1, choices=Size.choices, default=Size.MEDIUM
    )
    share_position = models.CharField(
        _("place in an article"), max_length=8, choices=Position.choices, default=Position.END
    )
    hashtags = models.CharField(
        _("hashtags"),
        max_length=120,
        blank=True,
        help_text=_("Put into shared posts where the network takes them; separated by spaces."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("site"), FieldPanel("locale")], heading=_("For")),
        MultiFieldPanel(
            [FieldPanel("profiles"), FieldPanel("newsletter_url"), FieldPanel("follow_style")],
            heading=_("Following"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("share_networks"),
                FieldPanel("share_style"),
                FieldPanel("share_size"),
                FieldPanel("share_position"),
                FieldPanel("hashtags"),
            ],
            heading=_("Sharing"),
        ),
    ]

    class Meta:
        verbose_name = _("social settings")
        verbose_name_plural = _("social settings")
        ordering = ("site", "locale")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "locale"],
                name="newsroom_one_social_settings",
                violation_error_message=_("This site has settings for this language already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.site} – {self.locale}"

    def accounts(self) -> Iterator[tuple[str, str, str]]:
        """Yields network code, account and label of each profile, in order."""
        for block in self.profiles:
            value: Any = block.value
            yield value["network"], value["account"], value["label"]

    def follow_links(self) -> list[Link]:
        """Return the links to the profiles; one of a network that is gone is left out."""
        known = networks()
        return [
            Link(known[code], known[code].profile_url(account), label)
            for code, account, label in self.accounts()
            if code in known and known[code].can_follow
        ]

    def share_codes(self) -> list[str]:
        """Return the ways to share that were chosen, else the language's usual ones."""
        chosen = [block.value for block in self.share_networks]
        return chosen or list(default_share_networks(self.locale.language_code))

    def handle_on(self, network: str) -> str:
        """Return the newspaper's handle on a network; empty if it has no profile there."""
        return next((account for code, account, _label in self.accounts() if code == network), "")


def social_settings(site: Site | None, language_code: str) -> SocialSettings:
    """Return a site's settings for a language, unsaved ones with the defaults if there are none.

    One query.
    """
    found = (
        SocialSettings._default_manager.filter(site=site, locale__language_code=language_code)
        .select_related("locale")
        .first()
        if site is not None
        else None
    )
    if found is not None:
        return found
    return SocialSettings(site=site, locale=Locale(language_code=language_code))
