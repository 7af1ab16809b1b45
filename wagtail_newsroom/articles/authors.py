"""The people who make a piece, and the credits that name them."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.models import (
    DraftStateMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
)
from wagtail.search import index

from ..conf import conf
from ..desk.localize import SLUG_OF_THE_SOURCE
from ..search.fields import FoldedAutocompleteField, FoldedSearchField
from .api import AUTHOR_FIELDS
from .blocks import INLINE_FEATURES, LinkBlock


class AbstractAuthor(
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A person or an organisation that makes pieces, in one language; a site's own author is built on it."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        allow_unicode=True,
        blank=True,
        help_text=_("The end of the address of the author's page."),
    )
    is_organisation = models.BooleanField(
        _("organisation"),
        default=False,
        help_text=_("For an agency or a desk, which is no person."),
    )
    job_title = models.CharField(_("role"), max_length=160, blank=True)
    bio = RichTextField(_("biography"), blank=True, features=INLINE_FEATURES)
    photo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("photo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    photo_alt = models.CharField(_("alternative text"), max_length=255, blank=True)
    accounts = StreamField(
        StreamBlock([("account", LinkBlock())], required=False),
        verbose_name=_("accounts"),
        blank=True,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The login of this person, if there is one."),
    )

    override_translatable_fields = [SLUG_OF_THE_SOURCE]

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("is_organisation"),
        FieldPanel("job_title"),
        FieldPanel("bio"),
        FieldPanel("photo"),
        FieldPanel("photo_alt"),
        FieldPanel("accounts"),
        FieldPanel("user"),
    ]
    search_fields = [
        FoldedSearchField("name", boost=2),
        FoldedAutocompleteField("name"),
        FoldedSearchField("job_title"),
        FoldedSearchField("bio"),
        index.FilterField("locale_id"),
        index.FilterField("live"),
        index.FilterField("id"),
    ]
    api_fields = AUTHOR_FIELDS

    class Meta(TranslatableMixin.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "slug"], name="%(app_label)s_%(class)s_one_slug"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Author(AbstractAuthor):
    """A person or an organisation that makes pieces, in one language."""

    class Meta(AbstractAuthor.Meta):
        abstract = False
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ("name",)


def get_author_model() -> type[Any]:
    """Return the class of authors: `Author`, or the site's own by `WAGTAIL_NEWSROOM_AUTHOR_MODEL`."""
    return apps.get_model(conf.author_model)


class Byline(Orderable):
    """One credit of a piece: who did what.

    The same on every page of the site, whatever its class, so that a class of a site's own needs
    none of its own; only pieces show it.
    """

    class Role(models.TextChoices):
        """What somebody did for a piece."""

        WRITER = "writer", pgettext_lazy("credit", "Writer")
        TRANSLATOR = "translator", pgettext_lazy("credit", "Translator")
        EDITOR = "editor", pgettext_lazy("credit", "Editor")
        PHOTOGRAPHER = "photographer", pgettext_lazy("credit", "Photographer")
        AGENCY = "agency", pgettext_lazy("credit", "Agency")

    page = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="newsroom_bylines"
    )
    author = models.ForeignKey(
        conf.author_model,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.WRITER)

    panels = [FieldPanel("author"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.author_id}"
