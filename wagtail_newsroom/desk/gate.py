"""The gate: no machine text, and no text in the source's language, goes live unapproved.

A page passes when each text of it that came through the desk was approved by a person, that very
text, or when the policy of its section or of the site lets it pass without. The gate declines and
says why; it does not raise.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from wagtail.log_actions import log
from wagtail.models import Revision, TranslatableMixin

from ..exceptions import Declined
from ..segments.keys import fingerprint, visible_text
from . import localize
from .copies import (
    LONG,
    approved_where_copied,
    came_with_a_copy,
    copied_from_drafts,
    remember_copy,
)
from .drafts import build
from .localize import Translation
from .models import Provenance
from .pieces import can_be_piece, has_drafts, piece_of
from .policy_models import Policy
from .slugs import SettledSlugMixin
from .texts import digest
from .unreviewed import is_marked, keep_record, policy_letting_pass, shows_what_is_live

if TYPE_CHECKING:
    from wagtail.models import Page as _Published
else:
    # A mixin for pages and snippets, but neither: sites may swap the base page.
    _Published = object

logger = logging.getLogger("wagtail_newsroom")

DECLINED = "wagtail_newsroom.decline_publication"


def has_gate(instance: Any) -> bool:
    """Return whether the desk may translate a page or snippet.

    That needs `GatedPageMixin` or `GatedSnippetMixin`. A snippet without drafts may lack it: the
    desk writes its texts when they are published, and not before.
    """
    if not can_be_piece(type(instance)):
        return False
    return isinstance(instance, GatedMixin) or not has_drafts(type(instance))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of content that would go live."""

    reasons: tuple[str, ...] = ()
    """Why it may not, a sentence each; empty when it may."""
    policy: Policy | None = None
    """The policy that lets it pass though no person approved all of it; None where none has to."""
    translation: Translation | None = None
    """The translation that made it, if one did."""
    came_through_the_desk: bool = False
    """Whether anything is known of where its texts come from."""
    own_reasons: int = 0
    """How many of the reasons have nothing to do with a translation."""


def reasons_against(instance: Any) -> list[str]:
    """Return why this content may not go live, a sentence each; empty when it may.

    As `judge` says.
    """
    return list(judge(instance).reasons)


def judge(instance: Any) -> Verdict:
    """Return whether this content may go live, and by which policy.

    `instance` is the content as it would be read: a page, a snippet, or a revision's object. What
    it says of itself (`obstacles_to_publication`) comes first.
    Three queries when it has nothing to do with a translation, four while drafts wait in its
    language, at most six otherwise; for a policy, where a text is not approved, one more and one for
    each class of sections.
    """
    own = instance.obstacles_to_publication() if isinstance(instance, GatedMixin) else []
    verdict = _judge_translation(instance)
    return replace(verdict, reasons=(*own, *verdict.reasons), own_reasons=len(own))


def is_as_approved(translation: Translation) -> bool:
    """Return whether a translation stands as it was approved, every text at its place.

    The gate knows approved texts and not their places. So this is asked as well where the site
    publishes and no person answers for it. True too where a policy lets the texts pass, and where
    no machine took part and nobody has approved anything.
    """
    return not _reasons_not_as_approved(translation)


def check_as_approved(translation: Translation) -> None:
    """Raise `Declined` with the reasons where `is_as_approved` says no."""
    reasons = _reasons_not_as_approved(translation)
    if reasons:
        raise Declined(reasons)


def _reasons_not_as_approved(translation: Translation) -> list[str]:
    verdict = judge(build(translation))
    if verdict.reasons or verdict.policy is not None:
        return list(verdict.reasons)
    approval = translation.newsroom_approvals.first()
    if approval is None:
        ledger = Provenance.objects.filter(
            object_id=translation.source.object_id, locale_id=translation.target_locale_id
        )
        stands = not ledger.exists()
    else:
        stands = approval.digest == digest(localize.segments(translation))
    return [] if stands else [gettext("The texts changed since they were approved.")]


def _judge_translation(instance: Any) -> Verdict:
    translation = localize.find_translation_to(instance)
    ledger = dict(
        Provenance.objects.filter(
            object_id=instance.translation_key, locale_id=instance.locale_id
        ).values_list("fingerprint", "approved_at")
    )
    if translation is None and not ledger:
        return Verdict(_told_of_copies(copied_from_drafts(instance)))
    approved = {mark for mark, approved_at in ledger.items() if approved_at}
    held = localize.texts_of(instance)
    texts = _fingerprints(held)
    if translation is None:
        # The original is gone, and wagtail-localize's rows with it, or this is a copy; the ledger
        # remembers.
        unapproved = texts & (ledger.keys() - approved)
        unapproved -= approved_where_copied(instance, unapproved)
        copied = came_with_a_copy(instance, unapproved)
        reasons = _told(len(unapproved) - copied, 0) + _told_of_copies(copied)
        reasons = reasons or _told_of_copies(copied_from_drafts(instance))
        return Verdict(reasons, came_through_the_desk=True)
    persons = _fingerprints(localize.persons_texts(translation))
    foreign = _fingerprints(localize.source_texts(translation)) - approved
    if not (ledger and translation.enabled):
        # An old draft may hold what the original said before it changed.
        foreign |= _once_in_the_source(translation, held) - approved - persons
    if not ledger:
        unapproved, foreign = set[str](), foreign - persons
    elif translation.enabled:
        # Once a machine took part, the piece is approved as a whole: a text that a person changed
        # afterwards, or one of an older draft, is a text that nobody has approved.
        unapproved = texts - approved
    else:
        # People edit the page by hand; what they write there is theirs.
        unapproved = (ledger.keys() | persons) - approved
    waiting = (texts & unapproved) - foreign
    verdict = Verdict(
        _told(len(waiting), len(texts & foreign)),
        translation=translation,
        came_through_the_desk=True,
    )
    if waiting and translation.enabled and not texts & foreign:
        policy = policy_letting_pass(translation, waiting)
        if policy is not None:
            return replace(verdict, reasons=(), policy=policy)
    return verdict


def _once_in_the_source(translation: Translation, texts: list[str]) -> set[str]:
    """Return the marks of those texts that a source in the original's language has or once had.

    Where people edit by hand, a name may be the same in both languages, so a few short ones do
    not count there.
    """
    known = localize.known_texts(translation.source.locale_id, texts)
    if not translation.enabled and 2 * len(known) <= len(set(texts)):
        known = {text for text in known if len(visible_text(text)) >= LONG}
    return _fingerprints(known)


def _reasons_against_copy(instance: Any) -> list[str]:
    """Return why a copy of a page that nobody reviewed may not go live without that page's mark."""
    return list(_told_of_copies(max(1, copied_from_drafts(instance))))


def _told_of_copies(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    words = ngettext(
        "%(count)d passage is a draft of another piece that nobody has approved there. Approve it "
        "there, or write it anew here.",
        "%(count)d passages are drafts of other pieces that nobody has approved there. Approve "
        "them there, or write them anew here.",
        count,
    )
    return (words % {"count": count},)


def _told(unchecked: int, untranslated: int) -> tuple[str, ...]:
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
    return tuple(reasons)


def _fingerprints(texts: Iterable[str]) -> set[str]:
    return {fingerprint(text) for text in texts}


class GatedMixin(_Published):
    """Puts the gate before every way in which a page or snippet goes live.

    `publish()` is the way of `revision.publish()`, bulk actions, schedules, workflows and the
    API; `save()` is the last line, for code that makes something live by itself. After a refusal
    `publication_declined` holds the reasons.
    """

    publication_declined: list[str]

    def obstacles_to_publication(self) -> list[str]:
        """Returns why this content may not go live yet, a sentence each, whatever its language.

        Override it for rules of your own, such as an embargo. It is asked of the content that
        would be published, on every route, and of every save of what is live.
        """
        return []

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
        """Saves the instance; live content that the gate declines stays out of the live row."""
        fields = kwargs.get("update_fields")
        if not (self._goes_live() and writes_text(type(self), fields)):
            return super().save(*args, **kwargs)
        verdict = judge(self)
        if verdict.reasons and not brings_nothing_new(self, verdict):
            return self._save_declined(list(verdict.reasons), *args, **kwargs)
        if not verdict.came_through_the_desk:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            # Together, so that nothing derived from one knows nothing of the other.
            pass_on(self, verdict)
            return super().save(*args, **kwargs)

    def _goes_live(self) -> bool:
        """Returns whether readers would see what is saved."""
        return bool(self.pk and self.live)

    def _save_declined(self, reasons: list[str], *args: Any, **kwargs: Any) -> Any:
        decline(self, reasons)
        stored = publication_of(self)
        self.live = False
        if stored["live"]:
            # Readers keep what they have.
            return None
        for name, value in stored.items():
            setattr(self, name, value)
        return super().save(*args, **kwargs)


PUBLICATION = frozenset({"live_revision", "first_published_at", "last_published_at"})
"""What Wagtail writes of a page that it takes to be live."""
ALIAS = frozenset({"alias_of", "alias_of_id"})


class GatedPageMixin(GatedMixin, SettledSlugMixin):
    """Puts the gate before every way in which a page goes live; stands before `Page`."""

    _was_stored_as_draft = False
    _copied_from: tuple[Any, Any] | None = None

    def copy_all_child_relations(self, target: Any, *args: Any, **kwargs: Any) -> Any:
        """Copies the children; a copy that is not stored yet knows whose copy it is.

        Every way in which Wagtail copies a page comes by here, before it stores the copy.
        """
        shown = _mirrored(self)
        target._copied_from = (shown.translation_key, shown.locale_id)
        copied = super().copy_all_child_relations(target, *args, **kwargs)
        # Wagtail tells no language to those that a draft alone has, such as a first correction.
        for (_relation, key), children in copied.items():
            for child in children if key is None else ():
                if isinstance(child, TranslatableMixin):
                    child.locale_id = target.locale_id
        return copied

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Saves the page; a new one, such as a copy, that the gate declines is stored as a draft."""
        fields = kwargs.get("update_fields")
        if self._state.adding:
            if self.alias_of_id:
                # The words of an alias, and their mark, are those of the page at the end of the row.
                self.alias_of = _mirrored(self)
            else:
                with transaction.atomic():
                    if self.live:
                        result = self._insert_live(*args, **kwargs)
                    else:
                        result = super().save(*args, **kwargs)
                    if self._copied_from is not None:
                        remember_copy(self, *self._copied_from)
                return result
        elif fields is not None:
            if self._was_stored_as_draft and not self.live and PUBLICATION.issuperset(fields):
                # Wagtail dates a copy that it takes to be live.
                for name in PUBLICATION:
                    setattr(self, name, None)
                return None
            if self.live and not self.alias_of_id and not ALIAS.isdisjoint(fields):
                return self._save_converted(*args, **kwargs)
        return super().save(*args, **kwargs)

    def _insert_live(self, *args: Any, **kwargs: Any) -> Any:
        verdict = judge(self)
        reasons = list(verdict.reasons)
        if not reasons and self._copied_from is not None and is_marked(*self._copied_from):
            reasons = _reasons_against_copy(self)
        if not reasons:
            with transaction.atomic():
                pass_on(self, verdict)
                return super().save(*args, **kwargs)
        for name in PUBLICATION:
            setattr(self, name, None)
        self.live, self.has_unpublished_changes = False, True
        self._was_stored_as_draft = True
        result = super().save(*args, **kwargs)
        decline(self, reasons)
        return result

    def _save_converted(self, *args: Any, **kwargs: Any) -> Any:
        """Saves an alias that becomes a page of its own; as a draft where nobody reviewed it."""
        row = type(self)._base_manager.filter(pk=self.pk)
        mirrored = row.values_list("alias_of__translation_key", "alias_of__locale_id").first()
        if mirrored is None or not is_marked(*mirrored):
            return super().save(*args, **kwargs)
        # It would lose the mark that it has from the page that it mirrors.
        self.live, self.has_unpublished_changes = False, True
        self.live_revision = None
        fields = {
            *kwargs.pop("update_fields"),
            "live",
            "has_unpublished_changes",
            "live_revision",
        }
        with transaction.atomic():
            result = super().save(*args, **kwargs, update_fields=fields)
            remember_copy(self, *mirrored)
        decline(self, _reasons_against_copy(self))
        return result

    def update_aliases(self, *args: Any, **kwargs: Any) -> None:
        """Carries published content to the page's aliases, unless it was declined."""
        if not getattr(self, "publication_declined", None):
            super().update_aliases(*args, **kwargs)

    update_aliases.alters_data = True  # type: ignore[attr-defined]


def _mirrored(page: Any) -> Any:
    """Return the page whose words a page shows: itself, or what an alias mirrors in the end."""
    while page.alias_of_id:
        page = page.alias_of
    return page


class GatedSnippetMixin(GatedMixin):
    """Puts the gate before every way in which a snippet goes live; stands before all other bases.

    Without `DraftStateMixin` each save is a publication: what the gate declines is not saved,
    and a form says why.
    """

    def clean(self) -> None:
        """Declines in a form what keeps no drafts and would be live at once."""
        super().clean()
        if not has_drafts(type(self)):
            reasons = reasons_against(self)
            if reasons:
                raise ValidationError(reasons)

    def _goes_live(self) -> bool:
        # A copy of the original is live before it is stored, unlike a page's.
        return bool(getattr(self, "live", True))

    def _save_declined(self, reasons: list[str], *args: Any, **kwargs: Any) -> Any:
        if has_drafts(type(self)):
            return super()._save_declined(reasons, *args, **kwargs)
        decline(self, reasons)
        return None


def brings_nothing_new(instance: Any, verdict: Verdict) -> bool:
    """Return whether what the gate declines is what readers have already, by an earlier policy."""
    return (
        verdict.came_through_the_desk
        and not verdict.own_reasons
        and instance.pk is not None
        and shows_what_is_live(instance)
    )


def pass_on(instance: Any, verdict: Verdict) -> None:
    """Keep a record of content that goes live, or of its review; nothing for what is declined."""
    if verdict.came_through_the_desk and not verdict.reasons:
        keep_record(instance, verdict.translation, verdict.policy)


def publication_of(instance: Any) -> dict[str, Any]:
    """Return what the stored row says of its publication; not live where there is no row."""
    names = ("live", "first_published_at", "last_published_at", "live_revision_id")
    rows = type(instance)._base_manager.filter(pk=instance.pk).values(*names)
    return rows.first() or {**dict.fromkeys(names), "live": False}


def writes_text(model: type[Model], fields: Iterable[str] | None) -> bool:
    """Return whether saving these fields (None: all) may bring other text to readers."""
    return fields is None or not {"live", *localize.text_fields(model)}.isdisjoint(fields)


def decline(
    instance: Any, reasons: list[str], *, user: Any = None, revision: Revision | None = None
) -> None:
    """Keep a refusal: on the instance, in its history (once for a revision) and in the log."""
    instance.publication_declined = reasons
    logger.info("Publication declined: %s pk=%s", instance._meta.label, instance.pk)
    if instance.pk is None:
        return
    told = piece_of(instance).log_entries(DECLINED)
    if revision is not None and told.filter(revision=revision).exists():
        return
    log(
        instance=instance,
        action=DECLINED,
        user=user,
        revision=revision,
        data={"reasons": reasons},
    )
