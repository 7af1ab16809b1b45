"""How far a newsroom trusts its machines: what sections say, and what went live unreviewed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.coreutils import get_content_languages

from .languages import name_of_code


class Policy(models.TextChoices):
    """What a machine's text needs before readers see it."""

    REVIEW = "review", _("A person approves it before it goes live")
    LABEL = "label", _("It may go live unreviewed, marked as such and kept from search engines")
    TRUST = "trust", _("It needs no approval where all of it comes from a trusted source")


class OnPublish(models.TextChoices):
    """What the publication of an original sets off."""

    NEVER = "never", _("Nothing; people ask for translations")
    DRAFT = "draft", _("It is translated, and the drafts wait")
    LIVE = "live", _("It is translated, and what needs no approval goes live")


class Unreviewed(models.Model):
    """A piece in one language whose live text a machine wrote and no person approved.

    There is a row while it is so; the gate writes it with what goes live, and takes it away.
    """

    object_id = models.UUIDField()
    """The `translation_key` of the piece."""
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    policy = models.CharField(max_length=16, choices=Policy.choices)
    """The policy that let it pass: `label` or `trust`."""
    source_updated_at = models.DateTimeField()
    """The state of the original that the text renders."""
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("unreviewed publication")
        verbose_name_plural = _("unreviewed publications")
        constraints = [
            models.UniqueConstraint(fields=["object_id", "locale"], name="newsroom_one_unreviewed")
        ]

    def __str__(self) -> str:
        return f"Unreviewed {self.pk} ({self.policy})"


def _language_choices() -> list[tuple[str, str]]:
    return [(code, name_of_code(code, str(name))) for code, name in get_content_languages().items()]


class LanguagesField(models.JSONField):
    """A list of the codes of content languages, ticked in a form."""

    def formfield(self, **kwargs: Any) -> Any:
        """Returns a box to tick for each content language."""
        return forms.MultipleChoiceField(
            choices=_language_choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
        )


class SectionPolicyMixin(models.Model):
    """What a section says of the translations of the pieces in it, at any depth below.

    What it leaves open says the section above, and at last the site's settings. The section's
    original says it for all languages, so the fields are neither translated nor carried over.
    """

    translation_policy = models.CharField(
        _("machine translations"),
        max_length=16,
        blank=True,
        default="",
        choices=[("", _("As in the section above")), *Policy.choices],
        help_text=_(
            "What a machine’s translation of a piece in this section needs before readers see it. "
            "Counts for all languages once the section is published."
        ),
    )
    translate_on_publish = models.CharField(
        _("when a piece is published"),
        max_length=16,
        blank=True,
        default="",
        choices=[("", _("As in the section above")), *OnPublish.choices],
        help_text=_("Only what people write sets this off, never a translation."),
    )
    translate_into = LanguagesField(
        _("into these languages"),
        blank=True,
        default=list,
        help_text=_("All other languages if none is ticked. Counts with the choice above."),
    )

    class Meta:
        abstract = True


POLICY_FIELDS = ("translation_policy", "translate_on_publish", "translate_into")
"""The fields of a section that are not translated."""

POLICY_PANEL = MultiFieldPanel(
    [
        # Whoever may not approve a text may not do away with the approval either.
        FieldPanel(name, permission="wagtail_newsroom.approve_translation")
        for name in POLICY_FIELDS
    ],
    heading=_("Translation"),
)
"""The part of a section's editor where they are set, for those who may approve."""
