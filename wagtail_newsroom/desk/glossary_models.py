"""What the glossary stores: a newsroom's terms and their approved translations."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..segments.inline import clean as clean_fragment
from ..segments.keys import visible_text


def one_line(text: str) -> str:
    """Return a text as a reader sees it: single spaces, no tags, no marks that turn it around."""
    return visible_text(clean_fragment(text.replace("<", "&lt;")))


class GlossaryTerm(models.Model):
    """A term of one language and what the newsroom calls it in another.

    It serves the other direction too unless it is marked one-way. A term for one site wins there
    over a term for all sites.
    """

    source_language = models.CharField(_("source language"), max_length=100)
    target_language = models.CharField(_("target language"), max_length=100)
    term = models.CharField(_("term"), max_length=255)
    translation = models.CharField(
        _("translation"),
        max_length=255,
        blank=True,
        help_text=_("Leave it empty if the term is to be kept as it is."),
    )
    keep_as_is = models.BooleanField(
        _("keep as it is"),
        default=False,
        help_text=_("The term is written in the same way in both languages."),
    )
    case_sensitive = models.BooleanField(
        _("mind capitals"),
        default=False,
        help_text=_("Only this very spelling counts: AIDS and not aids."),
    )
    one_way = models.BooleanField(
        _("this direction only"),
        default=False,
        help_text=_("The term is not used to translate from the target language."),
    )
    forbidden = models.TextField(
        _("forbidden variants"),
        blank=True,
        help_text=_("Translations that must not be used, one on each line."),
    )
    note = models.TextField(_("note"), blank=True)
    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("site"),
        help_text=_("Leave it empty for all sites."),
    )
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ("term", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["source_language", "target_language", "term", "site"],
                name="newsroom_one_term_per_site",
                violation_error_message=_("The glossary has this term already."),
            ),
            # Of rows without a site no database would find two equal.
            models.UniqueConstraint(
                fields=["source_language", "target_language", "term"],
                condition=models.Q(site=None),
                name="newsroom_one_term",
                violation_error_message=_("The glossary has this term already."),
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(keep_as_is=True, translation="")
                    | (models.Q(keep_as_is=False) & ~models.Q(translation=""))
                ),
                name="newsroom_term_translated_or_kept",
                violation_error_message=_("Give a translation, or choose to keep the term."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["target_language", "source_language"], name="newsroom_terms_backward"
            )
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def variants(self) -> tuple[str, ...]:
        """The forbidden variants."""
        return tuple(self.forbidden.splitlines())

    def tidy(self) -> None:
        """Brings the texts into the form in which they are stored."""
        self.term = one_line(self.term)
        self.translation = one_line(self.translation)
        lines = map(one_line, self.forbidden.splitlines())
        self.forbidden = "\n".join(dict.fromkeys(filter(None, lines)))
        self.note = "\n".join(self.note.strip().splitlines())

    def clean(self) -> None:
        """Tidies the texts and refuses a term that could not be found or put."""
        self.tidy()
        errors: dict[str, Any] = {}
        if self.source_language == self.target_language:
            errors["target_language"] = _("Choose two different languages.")
        if not any(char.isalnum() for char in self.term):
            errors["term"] = _("A term needs a letter or a digit.")
        if self.keep_as_is and self.translation:
            errors["translation"] = _("A term that is kept as it is has no translation.")
        elif not self.keep_as_is and not any(char.isalnum() for char in self.translation):
            errors["translation"] = _("Give a translation, or choose to keep the term.")
        elif set(self.variants) & {self.translation or self.term}:
            errors["forbidden"] = _("The approved translation is among the forbidden variants.")
        if errors:
            raise ValidationError(errors)
