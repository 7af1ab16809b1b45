"""How the history of a page or snippet names what was done at the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import LogFormatter

from . import actions, history, list_actions, passages, schedule
from .gate import DECLINED
from .record import EDITED
from .unreviewed import TRUSTED
from .workflow_models import APPROVAL_DECLINED

ENTRIES = {
    actions.REQUESTED: (_("Request translation"), _("Translation requested")),
    actions.REPEATED: (_("Request translation again"), _("Translation requested again")),
    actions.APPROVED: (_("Approve translation"), _("Translation approved")),
    passages.APPROVED: (_("Approve passages"), _("Passages approved")),
    TRUSTED: (_("Trust translation"), _("Translation approved by policy, by no person")),
    history.STOPPED: (_("Stop translation"), _("Translation stopped")),
    history.RESTARTED: (_("Restart translation"), _("Translation started again")),
    list_actions.ASSIGNED: (_("Assign translation"), _("Translation assigned")),
    list_actions.WAIVED: (
        _("Need no translation"),
        _("Change of the original needs no translation"),
    ),
    schedule.FOLLOWS: (_("Follow the original"), _("Scheduled to go live with the original")),
    schedule.UNSCHEDULED: (_("Unschedule translation"), _("Not scheduled any more")),
}
"""The label and the message of each action that says the same every time."""


class Edited(LogFormatter):
    """Tells how many passages somebody wrote."""

    label = _("Edit translation")

    def format_message(self, log_entry: Any) -> str:
        """Returns the message with their number."""
        count = int(log_entry.data.get("passages", 1))
        return ngettext(
            "%(count)d passage of the translation edited",
            "%(count)d passages of the translation edited",
            count,
        ) % {"count": count}


class Refused(LogFormatter):
    """Tells why something was not done."""

    def format_message(self, log_entry: Any) -> str:
        """Returns the message with the reasons."""
        return str(self.message) % {"reasons": " ".join(log_entry.data.get("reasons", []))}


class ApprovalDeclined(Refused):
    """Tells why an approval in a workflow was declined."""

    label = _("Decline approval")
    message = _("Approval declined. %(reasons)s")


class PublicationDeclined(Refused):
    """Tells why the gate declined a publication."""

    label = _("Decline publication")
    message = _("Publication declined. %(reasons)s")


class Held(Refused):
    """Tells why a translation did not go live with its original."""

    label = _("Hold translation")
    message = _("The original went live, the translation was held. %(reasons)s")


def register(log_actions: Any) -> None:
    """Register the desk's actions with Wagtail."""
    for action, (label, message) in ENTRIES.items():
        log_actions.register_action(action, label, message)
    log_actions.register_action(EDITED)(Edited)
    log_actions.register_action(APPROVAL_DECLINED)(ApprovalDeclined)
    log_actions.register_action(DECLINED)(PublicationDeclined)
    log_actions.register_action(schedule.HELD)(Held)
