"""The people and organisations that make pieces, in each language."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.models import (
    DraftStateMixin,
    Locale,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
)
from wagtail.search import index

from ..conf import conf
from ..desk.gate import GatedSnippetMixin
from ..desk.localize import BaseTranslatableField
from ..desk.panels import TranslationsPanel
from ..search.fields import FoldedAutocompleteField, FoldedSearchField
from ..segments.slugs import slug_of
from .api import AUTHOR_FIELDS
from .blocks import INLINE_FEATURES, LinkBlock, host_of


class AbstractAuthor(
    GatedSnippetMixin,
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
        help_text=_("The end of the address of the author’s page; made from the name if empty."),
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

    # Each language's own: an address stays once it is made, and dates are of this row.
    override_translatable_fields = [
        BaseTranslatableField("slug"),
        BaseTranslatableField("first_published_at"),
        BaseTranslatableField("go_live_at"),
        BaseTranslatableField("expire_at"),
    ]

    preview_template: ClassVar[str] = "wagtail_newsroom/author_preview.html"
    """What the editor's preview shows."""

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("job_title"), FieldPanel("is_organisation")],
            heading=_("Who"),
        ),
        FieldPanel("bio"),
        MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_alt")], heading=_("Photo")),
        FieldPanel("accounts"),
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("user")], heading=_("Address and login")),
        TranslationsPanel(),
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

    def clean(self) -> None:
        """Makes the address, and refuses one that another author of the language has."""
        super().clean()
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        if self.slug and self._free(self.slug) != self.slug:
            raise ValidationError(
                {"slug": _("Another author of this language has this address already.")}
            )
        self.settle_slug()

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Saves the author, with an address that nobody else of the language has."""
        if kwargs.get("update_fields") is None:
            self.settle_slug()
        return super().save(*args, **kwargs)

    def settle_slug(self) -> None:
        """Give the author an address, if it has none or somebody else has the same.

        One of Latin letters that the author has in another language, or one made from the name.
        It stays as it is from then on; only before the first publication does one in another
        script give way, when the name has got a Latin form.
        """
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        is_new = not self.live and self.first_published_at is None
        if is_new and self.slug and not self.slug.isascii() and slug_of(self.name).isascii():
            self.slug = ""
        kept = self.slug or ("" if is_new else self._stored_slug())
        self.slug = self._free(kept or self._latin_slug() or slug_of(self.name) or "author")

    def _stored_slug(self) -> str:
        rows = type(self)._default_manager.filter(pk=self.pk)
        return rows.values_list("slug", flat=True).first() or ""

    def _latin_slug(self) -> str:
        """Return the address of Latin letters that the author has in another language."""
        slugs = (
            type(self)
            ._default_manager.filter(translation_key=self.translation_key)
            .exclude(pk=self.pk)
            .order_by("pk")
            .values_list("slug", flat=True)
        )
        return next((slug for slug in slugs if slug.isascii()), "")

    def _free(self, wanted: str) -> str:
        taken = set(
            type(self)
            ._default_manager.filter(locale_id=self.locale_id, slug__startswith=wanted[:110])
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        slug, count = wanted, 1
        while slug in taken:
            count += 1
            slug = f"{wanted[:110]}-{count}"
        return slug

    @property
    def account_links(self) -> list[tuple[str, str]]:
        """The author's accounts as `(address, name)`, without what is no web address."""
        links = []
        for block in self.accounts:
            host = host_of(block.value["url"])
            if host:
                links.append((block.value["url"], block.value["title"] or host))
        return links

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Return the template of the editor's preview."""
        return self.preview_template

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Return what the preview shows: the author, with nothing that was written yet."""
        return {"request": request, "author": self, "object": self}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Answers with the preview in the author's own language, not in the editor's."""
        locale: Locale = self.locale  # type: ignore[has-type]
        with translation.override(locale.language_code):
            response = super().serve_preview(request, mode_name)
            if hasattr(response, "render"):
                response.render()
        return response


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
