"""The gate: no machine text, and no text in the source's language, goes live unapproved.

A page passes when each text of it that came through the desk was approved by a person, that very
text. The gate declines and says why; it does not raise.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from ..segments.keys import fingerprint, visible_text
from . import localize
from .models import Provenance
from .slugs import SettledSlugMixin

logger = logging.getLogger("wagtail_newsroom")

DECLINED = "wagtail_newsroom.decline_publication"


def reasons_against(instance: Any) -> list[str]:
    """Return why this content may not go live, a sentence each; empty when it may.

    `instance` is the content as it would be read: a page, or a revision's object.
    Three queries when it has nothing to do with a translation, at most five otherwise.
    """
    translation = localize.find_translation_to(instance)
    ledger = dict(
        Provenance.objects.filter(
            object_id=instance.translation_key, locale_id=instance.locale_id
        ).values_list("fingerprint", "approved_at")
    )
    if translation is None and not ledger:
        return _told(_copied_from_drafts(instance), 0)
    approved = {mark for mark, approved_at in ledger.items() if approved_at}
    texts = _fingerprints(localize.texts_of(instance))
    if translation is None:
        # The original is gone, and wagtail-localize's rows with it; the ledger remembers.
        return _told(len(texts & (ledger.keys() - approved)), 0)
    persons = _fingerprints(localize.persons_texts(translation))
    foreign = _fingerprints(localize.source_texts(translation)) - approved
    if not ledger:
        unapproved, foreign = set[str](), foreign - persons
    elif translation.enabled:
        # Once a machine took part, the piece is approved as a whole: a text that a person changed
        # afterwards, or one of an older draft, is a text that nobody has approved.
        unapproved = texts - approved
    else:
        # People edit the page by hand; what they write there is theirs.
        unapproved = (ledger.keys() | persons) - approved
    return _told(len((texts & unapproved) - foreign), len(texts & foreign))


LONG = 40
"""From so many characters on, a text that equals a draft's is taken for a copy of it."""


def _copied_from_drafts(instance: Any) -> int:
    """Return how many texts of a page are unapproved drafts of other pieces, as in a copy."""
    waiting = Provenance.objects.filter(locale_id=instance.locale_id, approved_at=None)
    if not waiting.exists():
        return 0
    marks = {
        fingerprint(text) for text in localize.texts_of(instance) if len(visible_text(text)) >= LONG
    }
    found = Provenance.objects.filter(
        locale_id=instance.locale_id, fingerprint__in=marks
    ).values_list("fingerprint", "approved_at")
    approved = {mark for mark, approved_at in found if approved_at}
    return len({mark for mark, _approved_at in found} - approved)


def _told(unchecked: int, untranslated: int) -> list[str]:
    reasons = []
    if unchecked:
        reasons.append(
            ngettext(
                "%(count)d passage is waiting for approval.",
                "%(count)d passages are waiting for approval.",
                unchecked,
            )
            % {"count": unchecked}
        )
    if untranslated:
        reasons.append(
            ngettext(
                "%(count)d passage is still in the language of the original.",
                "%(count)d passages are still in the language of the original.",
                untranslated,
            )
            % {"count": untranslated}
        )
    return reasons


def _fingerprints(texts: Iterable[str]) -> set[str]:
    return {fingerprint(text) for text in texts}


class GatedPageMixin(SettledSlugMixin):
    """Puts the gate before every way in which a page goes live.

    `publish()` is the way of `revision.publish()`, bulk actions, schedules, workflows and the
    API; `save()` is the last line, for code that makes a page live by itself. After a refusal
    `publication_declined` holds the reasons.
    """

    publication_declined: list[str]

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publishes a revision, unless the gate declines."""
        content = revision.as_object()
        waits = content.go_live_at and content.go_live_at > timezone.now()
        # A schedule may be set before the approval; the gate is asked again when it is due.
        reasons = [] if waits else reasons_against(content)
        if reasons:
            user = kwargs.get("user") or (args[0] if args else None)
            decline(self, reasons, user=user, revision=revision)
            return
        super().publish(revision, *args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Saves the page; live content that the gate declines stays out of the live row."""
        fields = kwargs.get("update_fields")
        if self.pk and self.live and writes_text(type(self), fields):
            reasons = reasons_against(self)
            if reasons:
                return self._save_declined(reasons, *args, **kwargs)
        return super().save(*args, **kwargs)

    def _save_declined(self, reasons: list[str], *args: Any, **kwargs: Any) -> Any:
        decline(self, reasons)
        stored = (
            type(self)
            .objects.filter(pk=self.pk)
            .values("live", "first_published_at", "last_published_at", "live_revision_id")
            .first()
        ) or {"live": False}
        self.live = False
        if stored["live"]:
            # Readers keep what they have.
            return None
        for name, value in stored.items():
            setattr(self, name, value)
        return super().save(*args, **kwargs)

    def update_aliases(self, *args: Any, **kwargs: Any) -> None:
        """Carries published content to the page's aliases, unless it was declined."""
        if not getattr(self, "publication_declined", None):
            super().update_aliases(*args, **kwargs)

    update_aliases.alters_data = True  # type: ignore[attr-defined]


def writes_text(model: type[Model], fields: Iterable[str] | None) -> bool:
    """Return whether saving these fields (None: all) may bring other text to readers."""
    return fields is None or not {"live", *localize.text_fields(model)}.isdisjoint(fields)


def decline(
    instance: Any, reasons: list[str], *, user: Any = None, revision: Revision | None = None
) -> None:
    """Keep a refusal: on the instance, in its history (once for a revision) and in the log."""
    instance.publication_declined = reasons
    logger.info("Publication declined: %s pk=%s", instance._meta.label, instance.pk)
    if revision is not None and _already_told(instance, revision):
        return
    log(
        instance=instance,
        action=DECLINED,
        user=user,
        revision=revision,
        data={"reasons": reasons},
    )


def _already_told(instance: Any, revision: Revision) -> bool:
    entries = PageLogEntry if hasattr(instance, "url_path") else ModelLogEntry
    return entries.objects.filter(action=DECLINED, revision=revision).exists()
