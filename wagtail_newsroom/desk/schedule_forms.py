"""The form that asks when a translation is to go live."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FOLLOW, AT = "follow", "at"


class WhenForm(forms.Form):
    """With the original, or at a time of its own, in the editor's time zone."""

    when = forms.ChoiceField(
        label=gettext_lazy("Goes live"),
        choices=[
            (FOLLOW, gettext_lazy("When the original does")),
            (AT, gettext_lazy("At a time of its own")),
        ],
        initial=FOLLOW,
        widget=forms.RadioSelect,
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Date and time"),
        required=False,
        # The browser's own input: Wagtail's needs an inline script.
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Names the time zone that the time is read in: the one of the editor's account."""
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = _("Only for a time of its own; time zone: %(zone)s.") % {
            "zone": timezone.get_current_timezone_name()
        }

    def clean(self) -> dict[str, Any]:
        """Asks for the time where there is to be one."""
        data = super().clean() or {}
        if data.get("when") == AT and not data.get("at") and "at" not in self.errors:
            self.add_error("at", _("Say when."))
        return data

    @property
    def chosen(self) -> datetime | None:
        """The time that was chosen, None for going live with the original."""
        at: datetime | None = self.cleaned_data["at"]
        return at if self.cleaned_data["when"] == AT else None
