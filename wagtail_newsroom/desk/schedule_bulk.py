"""Actions on the ticked rows of the list that say when translations are live: schedule, unpublish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy

from .list_bulk import SeenForm, TranslationBulkAction, translation_of
from .schedule import schedule, unschedule
from .schedule_forms import WhenForm
from .state_models import PieceState
from .unpublishing import unpublish


class ScheduleForm(WhenForm, SeenForm):
    """When the pieces are to go live."""


class ScheduleMany(TranslationBulkAction):
    """Has translations go live with their originals, or at a time of their own."""

    display_name = gettext_lazy("Schedule")
    aria_label = gettext_lazy("Schedule the selected translations")
    action_type = "newsroom_schedule"
    action_priority = 62
    form_class = ScheduleForm
    question = gettext_lazy(
        "These translations go live by themselves. One that is not approved when its time comes is "
        "held, and goes live once it is approved."
    )
    done_words = gettext_lazy("Scheduled.")

    def act(self, row: PieceState) -> None:
        """Schedules it."""
        form: Any = self.cleaned_form
        schedule(translation_of(row), at=form.chosen, user=self.request.user)


class UnscheduleMany(TranslationBulkAction):
    """Takes back what was said about when translations go live."""

    display_name = gettext_lazy("Unschedule")
    aria_label = gettext_lazy("Unschedule the selected translations")
    action_type = "newsroom_unschedule"
    action_priority = 64
    question = gettext_lazy("These translations do not go live by themselves any more.")
    done_words = gettext_lazy("Not scheduled any more.")

    def act(self, row: PieceState) -> None:
        """Takes the schedule back."""
        unschedule(translation_of(row), user=self.request.user)


class UnpublishMany(TranslationBulkAction):
    """Takes translations away from readers; the originals stay."""

    display_name = gettext_lazy("Unpublish")
    aria_label = gettext_lazy("Unpublish the selected translations")
    action_type = "newsroom_unpublish"
    action_priority = 66
    action_classes = frozenset({"serious"})
    question = gettext_lazy(
        "Readers do not get these translations any more; they stay as drafts. The originals stay "
        "live."
    )
    done_words = gettext_lazy("Unpublished.")

    def act(self, row: PieceState) -> None:
        """Unpublishes it."""
        unpublish(translation_of(row), user=self.request.user)


SCHEDULE_ACTIONS: list[Callable[..., Any]] = [ScheduleMany, UnscheduleMany, UnpublishMany]
"""What can be done with ticked rows, in order."""
