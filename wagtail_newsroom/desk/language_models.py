"""Which groups may write or approve the translations of which languages."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupLanguagePermission(models.Model):
    """A right of a group in one language, as `GroupPagePermission` is one below one page.

    The permission is `write_translation` or `approve_translation`. A group that has one of them
    among its ordinary permissions has it in every language.
    """

    WRITE, APPROVE = "write_translation", "approve_translation"

    group = models.ForeignKey(
        Group,
        on_delete=models.CASCADE,
        related_name="newsroom_languages",
        verbose_name=_("group"),
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("language"),
    )
    permission = models.ForeignKey(
        Permission,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("permission"),
        limit_choices_to={
            "content_type__app_label": "wagtail_newsroom",
            "codename__in": (WRITE, APPROVE),
        },
    )

    class Meta:
        verbose_name = _("right in a language")
        verbose_name_plural = _("rights in languages")
        default_permissions = ()
        permissions = [("write_translation", "Can write translations into every language")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "locale", "permission"], name="newsroom_one_language_right"
            )
        ]

    def __str__(self) -> str:
        return f"GroupLanguagePermission {self.pk}"
