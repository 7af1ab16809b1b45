"""A newspaper's profiles and ways to share, for each site and language."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Site

from .blocks import AccountBlock, WayToShareBlock
from .social import Account, Social

CACHE_KEY = "wagtail_newsroom_social"
CACHE_SECONDS = 3600


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

    def facts(self) -> Social:
        """Return the settings as plain values."""
        return Social(
            language_code=self.locale.language_code,
            accounts=tuple(
                Account(block.value["network"], block.value["account"], block.value["label"])
                for block in self.profiles
            ),
            follow_style=self.follow_style,
            newsletter_url=self.newsletter_url,
            chosen_networks=tuple(str(block.value) for block in self.share_networks),
            share_style=self.share_style,
            share_size=self.share_size,
            share_position=self.share_position,
            hashtags=tuple(self.hashtags.replace("#", " ").split()),
        )


def social_of(site: Site | None, language_code: str) -> Social:
    """Return what a site offers readers of a language, the defaults where nobody has set it.

    Kept in Django's cache as Wagtail keeps the sites' roots, so that a page asks no query.
    """
    if site is None:
        return Social(language_code)
    known: dict[tuple[int, str], Social] | None = cache.get(CACHE_KEY)
    if known is None:
        known = {
            (one.site.pk, one.locale.language_code): one.facts()
            for one in SocialSettings._default_manager.select_related("site", "locale")
        }
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    return known.get((site.pk, language_code)) or Social(language_code)


def forget_social(**kwargs: Any) -> None:
    """Take the settings out of the cache; also a receiver of signals."""
    cache.delete(CACHE_KEY)


for _signal in (post_save, post_delete):
    _signal.connect(forget_social, sender=SocialSettings)
