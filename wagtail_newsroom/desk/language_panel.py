"""The part of a group's page in the admin that says which languages its people write and approve."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.models import Locale

from .language_models import GroupLanguagePermission
from .languages import name_of

WRITE, APPROVE = GroupLanguagePermission.WRITE, GroupLanguagePermission.APPROVE


def our_permissions() -> Any:
    """Return the permissions that can be given in one language."""
    return Permission.objects.filter(
        content_type__app_label="wagtail_newsroom", codename__in=(WRITE, APPROVE)
    )


class GroupLanguageForm(forms.Form):
    """A line for each language with a box for each right; Wagtail saves it with the group.

    A form that was sent without this part, as a script or another page would, changes nothing.
    """

    template_name = "wagtail_newsroom/desk/group_languages.html"
    was_shown = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, instance: Group | None = None) -> None:
        """Takes what was sent, if it was, and the group, which may be new."""
        super().__init__(data, files, prefix="newsroom_languages")
        self.group = instance
        self.locales = list(Locale.objects.order_by("pk"))
        held = self._held()
        for locale in self.locales:
            language = name_of(locale)
            labels = {
                WRITE: _("Write translations into %(language)s"),
                APPROVE: _("Approve translations into %(language)s"),
            }
            for codename, label in labels.items():
                self.fields[_field(codename, locale.pk)] = forms.BooleanField(
                    label=label % {"language": language},
                    required=False,
                    initial=(codename, locale.pk) in held,
                )

    @property
    def rows(self) -> list[tuple[str, list[BoundField]]]:
        """The languages by name, each with its boxes."""
        return [
            (
                name_of(locale),
                [self[_field(codename, locale.pk)] for codename in (WRITE, APPROVE)],
            )
            for locale in self.locales
        ]

    def as_admin_panel(self) -> str:
        """Return the part as HTML."""
        return render_to_string(self.template_name, {"form": self})

    @transaction.atomic
    def save(self) -> None:
        """Gives and takes rights, so that the group has those whose boxes are ticked."""
        if self.group is None or not self.cleaned_data["was_shown"]:
            return
        held = self._held()
        wanted = {
            (codename, locale.pk)
            for locale in self.locales
            for codename in (WRITE, APPROVE)
            if self.cleaned_data[_field(codename, locale.pk)]
        }
        permissions = {permission.codename: permission for permission in our_permissions()}
        for codename, locale in held - wanted:
            self.group.newsroom_languages.filter(
                permission__codename=codename, locale=locale
            ).delete()
        GroupLanguagePermission.objects.bulk_create(
            GroupLanguagePermission(
                group=self.group, locale_id=locale, permission=permissions[codename]
            )
            for codename, locale in sorted(wanted - held)
        )

    def _held(self) -> set[tuple[str, int]]:
        """Return what the group has in the languages that are shown."""
        if self.group is None or self.group.pk is None:
            return set()
        found = self.group.newsroom_languages.filter(locale__in=self.locales)
        return set(found.values_list("permission__codename", "locale_id"))


def _field(codename: str, locale_id: int) -> str:
    return f"{codename}-{locale_id}"
