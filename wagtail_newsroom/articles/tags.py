"""Tags: one row for each language, joined by their translation key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from taggit.models import ItemBase, NaturalKeyManager, TagBase
from wagtail.images import get_image_model_string
from wagtail.models import TranslatableMixin

from ..conf import conf
from .tag_keys import KEY_LENGTH, NAME_LENGTH, clean_name, key_of, names_in, slug_of, unnamed_key


class TagManager(NaturalKeyManager):
    """Finds tags by language and slug, as fixtures name them."""

    def get_by_natural_key(self, language_code: str, slug: str) -> Any:
        """Return the tag of that language with that slug."""
        return self.get(locale__language_code=language_code, slug=slug)


class AbstractTag(TranslatableMixin, TagBase):
    """What a piece is about, in one language; a site's own tag is built on it."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        allow_unicode=True,
        blank=True,
        help_text=_(
            "The end of the address of the tag’s page. Leave empty to make it of the name."
        ),
    )
    key = models.CharField(max_length=KEY_LENGTH, editable=False)
    """The name with everything folded that two spellings of one word may differ in."""
    needs_name = models.BooleanField(_("needs a name"), default=False, editable=False)
    """Whether the name is still another language's; readers do not see such a tag."""
    proposed_name = models.CharField(
        _("proposed name"), max_length=NAME_LENGTH, blank=True, editable=False
    )
    """What memory, glossary or an engine proposes as the name."""
    proposed_by = models.CharField(max_length=100, blank=True, editable=False)
    """Where the proposal comes from: `memory`, `glossary` or `engine:<name>`."""
    description = models.TextField(
        _("description"), blank=True, help_text=_("Stands at the head of the tag's page.")
    )
    picture = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    picture_alt = models.CharField(_("alternative text"), max_length=255, blank=True)

    objects = TagManager()

    # wagtail-localize may copy a tag, but finds no text of ours to send: names are proposed by the
    # desk and given by people. https://wagtail-localize.org/stable/how-to/field-configuration/
    translatable_fields: list[Any] = []
    localize_default_translation_mode = "simple"

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                name="%(app_label)s_%(class)s_one_per_locale",
            ),
            models.UniqueConstraint(
                fields=["locale", "slug"], name="%(app_label)s_%(class)s_one_slug"
            ),
            models.UniqueConstraint(
                fields=["locale", "key"], name="%(app_label)s_%(class)s_one_spelling"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the tag with its key, and with a slug that is free in its language.

        taggit's own search for a slug knows no languages, so it is passed over.
        """
        self.name = clean_name(self.name)[:NAME_LENGTH]
        self.key = self.own_key()
        if not self.slug:
            self.slug = self.free_slug()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "key", "slug"}
        super(TagBase, self).save(*args, **kwargs)

    save.alters_data = True  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Checks name and slug against the language's other tags.

        Forms leave out constraints on fields that they do not show, such as the language.
        """
        super().clean()
        self.name = clean_name(self.name)
        if names_in(self.name) != [self.name]:
            raise ValidationError(
                {"name": _("A name needs a letter or a digit, and holds no comma or semicolon.")}
            )
        self.key = self.own_key()
        others = type(self)._default_manager.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        if others.filter(key=self.key).exists():
            raise ValidationError(
                {"name": _("There is a tag with this name already, perhaps spelled differently.")}
            )
        if not self.slug:
            self.slug = self.free_slug()
        elif others.filter(slug=self.slug).exists():
            raise ValidationError({"slug": _("Another tag of this language has this slug.")})

    def own_key(self) -> str:
        """Return the key that the tag has by its name, or by its counterparts while it has none."""
        return unnamed_key(self.translation_key) if self.needs_name else key_of(self.name)

    def free_slug(self) -> str:
        """Return a slug for the tag that no other one of its language has.

        A counterpart takes over an ASCII slug, so that the addresses of all languages are alike.
        """
        siblings = type(self)._default_manager.filter(translation_key=self.translation_key)
        wanted = next(
            (
                slug
                for slug in siblings.exclude(pk=self.pk).values_list("slug", flat=True)
                if slug.isascii()
            ),
            None,
        )
        if wanted is None:
            # A word of another language is no address for this one.
            wanted = (
                f"tag-{self.translation_key.hex[:8]}" if self.needs_name else slug_of(self.name)
            )
        taken = set(
            type(self)
            ._default_manager.filter(locale_id=self.locale_id, slug__startswith=wanted)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        number = 1
        slug = wanted
        while slug in taken:
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    def has_placeholder_slug(self) -> bool:
        """Return whether the slug was made for want of a name."""
        return self.slug.startswith(f"tag-{self.translation_key.hex[:8]}")

    def copy_for_translation(self, locale: Any, exclude_fields: Any = None) -> Any:
        """Return an unsaved counterpart in another language, which waits for its name."""
        copy = super().copy_for_translation(locale, exclude_fields=exclude_fields)
        copy.needs_name = True
        copy.proposed_name = copy.proposed_by = copy.slug = ""
        # Words in the other language have no place on this one's page.
        copy.description = copy.picture_alt = ""
        copy.key = copy.own_key()
        copy.slug = copy.free_slug()
        return copy

    copy_for_translation.alters_data = True  # type: ignore[attr-defined]

    def natural_key(self) -> tuple[str, str]:
        """Returns the language and the slug."""
        return (self.locale.language_code, self.slug)

    natural_key.dependencies = ["wagtailcore.locale"]  # type: ignore[attr-defined]


class Tag(AbstractTag):
    """What a piece is about, in one language."""

    class Meta(AbstractTag.Meta):
        abstract = False
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("name",)


def get_tag_model() -> type[Any]:
    """Return the class of tags: `Tag`, or the site's own by `WAGTAIL_NEWSROOM_TAG_MODEL`."""
    return apps.get_model(conf.tag_model)


class TaggedPieceManager(NaturalKeyManager):
    """Finds what ties a tag to a piece by both."""

    def get_by_natural_key(self, page_id: int, language_code: str, slug: str) -> Any:
        """Return the row that ties that tag to that page."""
        return self.get(
            content_object_id=page_id, tag__locale__language_code=language_code, tag__slug=slug
        )


class TaggedPiece(ItemBase):
    """That a piece has a tag."""

    tag = models.ForeignKey(conf.tag_model, on_delete=models.CASCADE, related_name="tagged_pieces")
    content_object = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="newsroom_tagged_items"
    )

    objects = TaggedPieceManager()

    class Meta:
        verbose_name = _("tagged piece")
        verbose_name_plural = _("tagged pieces")
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="newsroom_one_tagging")
        ]

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> TaggedPiece:
        """Returns a revision's row without looking its tag up, as modelcluster would twice for each.

        `with_tags` leaves out all rows whose tag is gone, in one query.
        """
        row: TaggedPiece = model_from_serializable_data(cls, data, check_fks=False)
        return row

    def natural_key(self) -> tuple[int, str, str]:
        """Returns the page's primary key, and the language and slug of the tag."""
        return (self.content_object_id, *self.tag.natural_key())

    natural_key.dependencies = [conf.tag_model, "wagtailcore.page"]  # type: ignore[attr-defined]


def with_tags(items: Iterable[TaggedPiece]) -> list[TaggedPiece]:
    """Return those of these rows whose tag exists, each with its tag read, in one query.

    Rows that hold their tags already cost none.
    """
    rows = list(items)
    field: Any = TaggedPiece._meta.get_field("tag")
    waiting = {row.tag_id for row in rows if not field.is_cached(row)}
    tags = get_tag_model()._default_manager.in_bulk(waiting) if waiting else {}
    for row in rows:
        if row.tag_id in tags and not field.is_cached(row):
            row.tag = tags[row.tag_id]
    return [row for row in rows if field.is_cached(row) and row.tag is not None]
