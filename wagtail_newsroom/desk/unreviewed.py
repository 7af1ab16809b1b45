"""Text that no person approved and that a policy lets pass, and the record of what went live so."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.log_actions import log
from wagtail.models import Revision

from ..conf import conf
from ..engines.runner import COPY
from ..segments.keys import fingerprint
from . import localize
from .drafts import build
from .findings import open_errors
from .localize import Segment, Translation
from .models import Approval, Provenance
from .policy import policy_for, strings_in
from .policy_models import Policy, Unreviewed
from .texts import digest, live_texts
from .timetable import take_over

TRUSTED = "wagtail_newsroom.trust_translation"


def policy_letting_pass(translation: Translation, marks: set[str]) -> Policy | None:
    """Return the policy by which texts that nobody approved may go live; None if none lets them.

    `marks` are their fingerprints. A policy lets pass only what stands at the desk now, complete
    and without an open error; `label` only what a machine wrote or the memory gave, and `trust`
    only what comes from the memory or from trusted engines. What a person wrote waits.
    """
    original = localize.source_of(translation)
    if original is None:
        # Nothing is left to check the texts against.
        return None
    policy = policy_for(original, translation.target_locale.language_code)
    if policy is Policy.REVIEW or (policy is Policy.TRUST and marks - _let_by(policy, translation)):
        return None
    segments = localize.segments(translation)
    if any(segment.is_missing for segment in segments) or not _stand(marks, translation, segments):
        return None
    if policy is Policy.LABEL and _some_are_persons(translation, segments):
        # Readers would be told that a machine wrote them.
        return None
    return None if open_errors(translation, segments) else policy


def _some_are_persons(translation: Translation, segments: list[Segment]) -> bool:
    """Return whether a person wrote some of the texts and nobody approved those."""
    approved = _ledger(translation).exclude(approved_at=None)
    return bool(
        {fingerprint(segment.text) for segment in segments}
        - _let_by(Policy.LABEL, translation)
        - set(approved.values_list("fingerprint", flat=True))
    )


def _stand(marks: set[str], translation: Translation, segments: list[Segment]) -> bool:
    """Return whether the texts are those that stand at the desk, and none of an older draft."""
    rest = marks - {fingerprint(segment.text) for segment in segments}
    # Some texts of a page are made of several segments, or of none.
    return not rest or not rest - {
        fingerprint(one) for one in localize.texts_of(build(translation))
    }


def _let_by(policy: Policy, translation: Translation) -> set[str]:
    """Return the marks of the texts of the memory and of engines, for `trust` of trusted ones."""
    memory = Q(origin=Provenance.Origin.MEMORY)
    machine = Q(origin=Provenance.Origin.MACHINE)
    if policy is Policy.TRUST:
        # What is the same in all languages, such as a number, was translated by nobody.
        machine &= Q(engine__in=[*strings_in(conf.trusted_engines), COPY])
    rows = _ledger(translation).filter(memory | machine)
    return set(rows.values_list("fingerprint", flat=True))


def _ledger(translation: Translation) -> Any:
    return Provenance.objects.filter(
        object_id=translation.source.object_id, locale_id=translation.target_locale_id
    )


def trust(translation: Translation, revision: Revision | None) -> Approval | None:
    """Record that the policy `trust` approves a draft as it stands; None if it does not.

    No person is named, and nothing is remembered: the memory holds what people approved.
    """
    segments = localize.segments(translation)
    marks = {fingerprint(segment.text) for segment in segments if not segment.is_missing}
    marks -= set(
        _ledger(translation).exclude(approved_at=None).values_list("fingerprint", flat=True)
    )
    if not marks or policy_letting_pass(translation, marks) is not Policy.TRUST:
        return None
    approval = Approval.objects.create(
        translation=translation,
        approved_by=None,
        policy=Policy.TRUST,
        digest=digest(segments),
        source_updated_at=translation.source.last_updated_at,
        revision=revision,
    )
    target = localize.target_of(translation)
    take_over(target, revision)
    log(
        instance=target if target is not None else localize.source_of(translation),
        action=TRUSTED,
        revision=revision,
    )
    return approval


def is_unreviewed(instance: Any) -> bool:
    """Return whether readers of a live page or snippet see text that nobody approved; one query."""
    return is_marked(instance.translation_key, instance.locale_id)


def is_marked(translation_key: Any, locale_id: Any) -> bool:
    """Return whether what is live for this piece in this language went live unreviewed."""
    return Unreviewed.objects.filter(object_id=translation_key, locale_id=locale_id).exists()


def keep_record(instance: Any, translation: Translation | None, policy: Policy | None) -> None:
    """Write down whether what goes live was let pass by a policy, for readers and crawlers."""
    if policy is None or translation is None:
        Unreviewed.objects.filter(
            object_id=instance.translation_key, locale_id=instance.locale_id
        ).delete()
        return
    Unreviewed.objects.update_or_create(
        object_id=instance.translation_key,
        locale_id=instance.locale_id,
        defaults={
            "policy": policy,
            "source_updated_at": translation.source.last_updated_at,
        },
    )


def shows_what_is_live(instance: Any) -> bool:
    """Return whether an unreviewed page is saved with no other texts than readers have already.

    So it can still be moved or given another address when its policy was made stricter.
    """
    return is_unreviewed(instance) and set(localize.texts_of(instance)) <= live_texts(instance)
