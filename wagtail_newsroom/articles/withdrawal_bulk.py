"""The action on ticked rows of the list of translations that withdraws whole pieces."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page

from ..desk.languages import direction_of, name_of
from ..desk.list_bulk import SeenForm, TranslationBulkAction
from ..desk.state_models import PieceState
from ..exceptions import Declined
from .withdrawal import withdraw


class WithdrawForm(SeenForm):
    """What readers of each language are told in place of the pieces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Asks for a notice in each language of the site."""
        super().__init__(*args, **kwargs)
        codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
        for locale in Locale.objects.filter(language_code__in=codes).order_by("pk"):
            self.fields[f"notice_{locale.language_code}"] = forms.CharField(
                label=_("Notice in %(language)s") % {"language": name_of(locale)},
                required=False,
                widget=forms.Textarea(
                    attrs={"rows": 3, "lang": locale.language_code, "dir": direction_of(locale)}
                ),
            )

    @property
    def notices(self) -> dict[str, str]:
        """The notices by language code."""
        return {
            name.removeprefix("notice_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("notice_") and text
        }


class WithdrawMany(TranslationBulkAction):
    """Withdraws pieces in all their languages, with a notice in their place."""

    display_name = gettext_lazy("Withdraw in all languages")
    aria_label = gettext_lazy("Withdraw the selected pieces in all languages")
    action_type = "newsroom_withdraw"
    action_priority = 68
    action_classes = frozenset({"serious"})
    form_class = WithdrawForm
    question = gettext_lazy(
        "Readers get a notice in place of these pieces, in all their languages at once. The notice "
        "in the language of the original is required."
    )
    done_words = gettext_lazy("Withdrawn in all languages.")

    def act(self, row: PieceState) -> None:
        """Withdraws it."""
        source = row.source
        if not isinstance(source, Page):
            raise Declined(_("Pages of this kind cannot be withdrawn."))
        form: Any = self.cleaned_form
        notices = form.notices
        notice = notices.pop(source.locale.language_code, "")
        withdraw(source, notice, user=self.request.user, other_notices=notices)
