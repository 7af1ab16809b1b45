"""Actions on the ticked rows of the list: asked for once, then told row by row."""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from ..exceptions import Declined, NotAllowed
from . import actions, deeds, list_actions, localize, permissions
from .buttons import ICON
from .costs import cost_notes
from .list_access import visible_rows
from .list_columns import desk_url
from .list_filters import chosen_rows
from .numbers import local_number
from .review_task import task_state_of, unfinished_words
from .state_models import PieceState
from .texts import digest
from .usage import estimate

logger = logging.getLogger("wagtail_newsroom")

MOST = 100
"""How many pieces one action takes; each is a transaction of its own."""


class SeenForm(forms.Form):
    """What the person saw when they agreed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class TranslationBulkAction(BulkAction):
    """An action on rows of the list; each row is done whole or not at all, and told of."""

    models = [PieceState]  # noqa: RUF012 - Wagtail's own form
    template_name = "wagtail_newsroom/desk/list/bulk.html"
    result_template_name = "wagtail_newsroom/desk/list/result.html"
    form_class = SeenForm
    question: Any = ""
    done_words: Any = ""
    """What is said of a row that it worked for."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only those who work at the desk get further."""
        if not permissions.can_work_at_the_desk(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def rows(self) -> list[PieceState]:
        """The rows that are meant and that the user may see, one more than are taken at most."""
        keys = self.request.GET.getlist("id")
        if "all" in keys:
            rows = chosen_rows(self.request, self.request.GET)
        else:
            numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
            rows = visible_rows(self.request.user).filter(pk__in=numbers[: MOST + 1])
        return list(
            rows.select_related(
                "locale", "source_locale", "content_type", "job", "translation"
            ).order_by("-since", "-pk")[: MOST + 1]
        )

    def get_actionable_objects(self) -> tuple[list[PieceState], dict[str, Any]]:
        """Return the rows, at most as many as are taken at once."""
        return self.rows[:MOST], {"items_with_no_access": []}

    def seen(self) -> str:
        """Return a mark of what the person is shown, so that nothing else is done."""
        parts = [f"{row.pk}:{self.mark_of(row)}" for row in self.rows[:MOST]]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def mark_of(self, row: PieceState) -> str:
        """Return what of a row must not change between the question and the answer."""
        return str(row.state)

    def get_initial(self) -> dict[str, Any]:
        """Return the mark of what is shown."""
        return {**super().get_initial(), "seen": self.seen()}

    def notes(self) -> list[str]:
        """Return sentences that help to decide."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the words of the page."""
        return {
            **super().get_context_data(**kwargs),
            "title": self.display_name,
            "question": self.question,
            "header_icon": ICON,
            "notes": self.notes(),
            "is_cut": len(self.rows) > MOST,
            "most": MOST,
        }

    def prepare_action(self, objects: Any, objects_without_access: Any) -> HttpResponseBase:
        """Does it row by row, and shows what happened to each."""
        if self.cleaned_form.cleaned_data["seen"] != self.seen():
            messages.warning(
                self.request, _("Something changed since you looked. Please look again.")
            )
            return self.render_to_response(
                self.get_context_data(form=self.form_class(initial=self.get_initial()))
            )
        with deeds.together():
            results = [self.outcome(row) for row in objects]
        done = sum(result["is_done"] for result in results)
        return render(
            self.request,
            self.result_template_name,
            {
                "title": self.display_name,
                "header_icon": ICON,
                "results": results,
                "summary": ngettext(
                    "Done for %(done)d of %(count)d piece.",
                    "Done for %(done)d of %(count)d pieces.",
                    len(results),
                )
                % {"done": done, "count": len(results)},
                "next": self.next_url,
            },
        )

    def outcome(self, row: PieceState) -> dict[str, Any]:
        """Do it for one row; return what to tell of it."""
        try:
            more = self.act(row)
        except Declined as declined:
            told = {"is_done": False, "words": " ".join(declined.reasons)}
        except NotAllowed as refused:
            told = {"is_done": False, "words": str(refused)}
        except Exception as error:  # noqa: BLE001 - the other rows must be told of
            # Its message may hold text of a piece, so only its place is logged.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("%s failed with %s\n%s", self.action_type, type(error).__name__, where)
            told = {
                "is_done": False,
                "words": _("Something unexpected went wrong; nothing was changed."),
            }
        else:
            words = " ".join(filter(None, (str(self.done_words), more)))
            told = {"is_done": True, "words": words}
        return {**told, "row": row, "url": desk_url(row)}

    def act(self, row: PieceState) -> str | None:
        """Do it for one row; return what else is to be told. Raises `Declined` and `NotAllowed`."""
        raise NotImplementedError


def translation_of(row: PieceState) -> Any:
    """Return the translation of a row. Raises `Declined` where there is none."""
    if row.translation_id is None:
        raise Declined(_("There is no version in this language yet."))
    return localize.get_translation(row.translation_id)


class TranslateMany(TranslationBulkAction):
    """Has pieces translated in the background."""

    display_name = gettext_lazy("Translate")
    aria_label = gettext_lazy("Have the selected pieces translated")
    action_type = "newsroom_translate"
    action_priority = 10
    question = gettext_lazy("These pieces are translated in the background; none goes live.")
    done_words = gettext_lazy("Waiting for the machine.")

    def notes(self) -> list[str]:
        """Return what the memory knows and what engines would be sent; reads each piece."""
        passages = known = characters = 0
        for row in self.rows[:MOST]:
            if row.source is not None and self.is_sent(row):
                one = estimate(row.source, row.locale)
                passages += one.passages
                known += one.from_memory
                characters += one.characters
        return [
            ngettext(
                "%(count)s passage is to be translated; the memory knows %(known)s, and "
                "%(characters)s characters would be sent to an engine.",
                "%(count)s passages are to be translated; the memory knows %(known)s, and "
                "%(characters)s characters would be sent to an engine.",
                passages,
            )
            % {
                "count": local_number(passages),
                "known": local_number(known),
                "characters": local_number(characters),
            },
            *cost_notes(characters),
        ]

    def is_sent(self, row: PieceState) -> bool:
        """Return whether something of a row would be translated."""
        return True

    def act(self, row: PieceState) -> None:
        """Requests the translation."""
        list_actions.request(row, user=self.request.user)


class RetryMany(TranslateMany):
    """Has what failed translated again."""

    display_name = gettext_lazy("Try again")
    aria_label = gettext_lazy("Have what failed of the selected pieces translated again")
    action_type = "newsroom_retry"
    action_priority = 20
    question = gettext_lazy("What is missing of these pieces is asked for again.")

    def is_sent(self, row: PieceState) -> bool:
        """Return whether something of a row failed or was withheld; what did not is declined."""
        return row.state in list_actions.RETRIED

    def act(self, row: PieceState) -> None:
        """Requests what is missing."""
        list_actions.retry(row, user=self.request.user)


class AssignForm(SeenForm):
    """Who is to see to the pieces."""

    assignee: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Assigned to"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offers the people who work at the desk."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignee"]
        field.queryset = people_at_the_desk()


class AssignMany(TranslationBulkAction):
    """Gives pieces to a person."""

    display_name = gettext_lazy("Assign")
    aria_label = gettext_lazy("Assign the selected pieces to a person")
    action_type = "newsroom_assign"
    action_priority = 30
    form_class = AssignForm
    question = gettext_lazy("These pieces get somebody who sees to them.")

    def act(self, row: PieceState) -> str:
        """Assigns it."""
        assignee = self.cleaned_form.cleaned_data["assignee"]
        list_actions.assign(row, assignee, user=self.request.user)
        return _("Assigned.") if assignee is not None else _("Assigned to nobody.")


def people_at_the_desk() -> Any:
    """Return the active users who may submit, write or approve translations, in any language."""
    wanted = Q(is_superuser=True) | Q(groups__newsroom_languages__isnull=False)
    for permission in (permissions.SUBMIT, permissions.WRITE, permissions.APPROVE):
        app, codename = permission.split(".")
        for through in ("groups__permissions", "user_permissions"):
            wanted |= Q(
                **{f"{through}__content_type__app_label": app, f"{through}__codename": codename}
            )
    users = get_user_model()._default_manager.filter(wanted, is_active=True).distinct()
    return users.order_by(get_user_model().USERNAME_FIELD)


class ApproveMany(TranslationBulkAction):
    """Approves translations as they stand."""

    display_name = gettext_lazy("Approve")
    aria_label = gettext_lazy("Approve the selected translations")
    action_type = "newsroom_approve"
    action_priority = 40
    question = gettext_lazy(
        "You say that you have read these translations, and that they may go live as they stand."
    )
    done_words = gettext_lazy("Approved.")

    @cached_property
    def _digests(self) -> dict[int, str]:
        found = [row.translation for row in self.rows[:MOST] if row.translation is not None]
        return {key: digest(segments) for key, segments in localize.segments_of_many(found).items()}

    def mark_of(self, row: PieceState) -> str:
        """Return the digest of the texts: what is approved is what stood there."""
        return self._digests.get(row.translation_id or 0, "")

    def act(self, row: PieceState) -> str:
        """Approves it; returns what its workflow waits for still."""
        translation = translation_of(row)
        waited = task_state_of(localize.target_of(translation))
        actions.approve(translation, user=self.request.user, seen=self.mark_of(row))
        return unfinished_words(waited)


class PublishMany(TranslationBulkAction):
    """Publishes translations."""

    display_name = gettext_lazy("Publish")
    aria_label = gettext_lazy("Publish the selected translations")
    action_type = "newsroom_publish"
    action_priority = 50
    question = gettext_lazy("These translations go live, if they are approved.")
    done_words = gettext_lazy("Published.")

    def act(self, row: PieceState) -> None:
        """Publishes it."""
        actions.publish(translation_of(row), user=self.request.user)


class PublishBothMany(TranslationBulkAction):
    """Publishes originals together with their translations."""

    display_name = gettext_lazy("Publish both languages")
    aria_label = gettext_lazy("Publish the selected pieces in both languages")
    action_type = "newsroom_publish_both"
    action_priority = 60
    question = gettext_lazy(
        "The newest draft of each original and its approved translation go live together, or "
        "neither of them."
    )
    done_words = gettext_lazy("Both are published.")

    def act(self, row: PieceState) -> None:
        """Publishes both."""
        list_actions.publish_both(translation_of(row), user=self.request.user)


class DismissMany(TranslationBulkAction):
    """Says that changes of originals need no translation."""

    display_name = gettext_lazy("No translation needed")
    aria_label = gettext_lazy(
        "Say that the last change of the selected originals needs no translation"
    )
    action_type = "newsroom_waive"
    action_priority = 70
    question = gettext_lazy(
        "The last change of these originals needs no translation. The next change asks again."
    )
    done_words = gettext_lazy("No longer marked as changed.")

    def mark_of(self, row: PieceState) -> str:
        """Return the state and since when: a later change is another one."""
        return f"{row.state}:{row.since}"

    def act(self, row: PieceState) -> None:
        """Dismisses the change."""
        list_actions.waive(translation_of(row), user=self.request.user)


BULK_ACTIONS: list[Callable[..., Any]] = [
    TranslateMany,
    RetryMany,
    AssignMany,
    ApproveMany,
    PublishMany,
    PublishBothMany,
    DismissMany,
]
"""What can be done with ticked rows, in order."""
