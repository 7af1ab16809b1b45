"""The action on ticked rows of the list of translations that withdraws whole pieces."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from ..desk.languages import content_locales
from ..desk.list_bulk import SeenForm, TranslationBulkAction
from ..desk.state_models import PieceState
from ..exceptions import Declined
from .withdrawal import withdraw
from .withdrawal_forms import NoticesForm


class WithdrawForm(NoticesForm, SeenForm):
    """What readers of each language are told in place of the pieces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Asks for a notice in each language of the site."""
        super().__init__(*args, **kwargs)
        for locale in content_locales():
            self.add_notice(locale, required=False)


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
