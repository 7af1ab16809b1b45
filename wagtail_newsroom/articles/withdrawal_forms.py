"""What readers of each language are told in place of a withdrawn piece, asked in a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.models import Locale

from ..desk.languages import direction_of, name_of


class NoticesForm(forms.Form):
    """A notice for each language that is added."""

    def add_notice(self, locale: Locale, **options: Any) -> None:
        """Asks for the notice in a language."""
        self.fields[f"notice_{locale.language_code}"] = forms.CharField(
            label=_("Notice in %(language)s") % {"language": name_of(locale)},
            widget=forms.Textarea(
                attrs={"rows": 3, "lang": locale.language_code, "dir": direction_of(locale)}
            ),
            **options,
        )

    @property
    def notices(self) -> dict[str, str]:
        """The notices by language code; none that was left empty."""
        return {
            name.removeprefix("notice_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("notice_") and text
        }
