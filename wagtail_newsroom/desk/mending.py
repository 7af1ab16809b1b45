"""What people do with single segments: take a fix, tidy the typography, dismiss a finding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from ..conf import conf
from ..exceptions import Declined, NotAllowed
from ..segments.checks import apply_fix
from ..segments.keys import fingerprint
from ..segments.tidy import tidy
from . import localize, permissions
from .editing import check_enabled
from .findings import findings_of
from .localize import Segment, Translation
from .models import Dismissal
from .near import Near, near
from .pieces import piece_of


def take_fix(
    translation: Translation, segment_pk: int, *, finding: str, fix: int, user: Any
) -> None:
    """Apply one offered fix to a segment, as the person's own words.

    `finding` is the finding's key and `fix` the fix's place in its list.

    Raises `NotAllowed` without permission, `Declined` when the text changed in the meantime.
    """

    def mend(segment: Segment, everything: list[Segment]) -> str:
        for told in findings_of(translation, everything).get(segment.pk, []):
            if told.finding.key == finding and 0 <= fix < len(told.finding.fixes):
                return apply_fix(segment.text, told.finding.fixes[fix])
        raise Declined(gettext("The text changed since you opened this page."))

    _change(translation, segment_pk, mend, user=user)


def tidy_segment(translation: Translation, segment_pk: int, *, user: Any) -> None:
    """Give a segment the typography of its language, because a person asks for it.

    Raises `NotAllowed` without permission.
    """
    language = translation.target_locale.language_code
    _change(
        translation,
        segment_pk,
        lambda segment, _all: tidy(segment.text, language, rules=conf.tidy_rules),
        user=user,
    )


def dismiss(translation: Translation, segment_pk: int, *, check_id: str, user: Any) -> None:
    """Leave a finding as it is, for the texts as they stand; the person's name is kept.

    Raises `NotAllowed` without permission.
    """
    segment, _everything = _find(translation, segment_pk, user)
    Dismissal.objects.get_or_create(
        object_id=translation.source.object_id,
        locale=translation.target_locale,
        check_id=check_id[:64],
        source_fingerprint=fingerprint(segment.source),
        fingerprint=fingerprint(segment.text),
        defaults={"dismissed_by": user},
    )


def take_back(translation: Translation, segment_pk: int, *, check_id: str, user: Any) -> None:
    """Have a finding that was dismissed for these texts speak again.

    Raises `NotAllowed` without permission, `Declined` where nobody dismissed it.
    """
    segment, _everything = _find(translation, segment_pk, user)
    dismissals = Dismissal.objects.filter(
        object_id=translation.source.object_id,
        locale=translation.target_locale,
        check_id=check_id[:64],
        source_fingerprint=fingerprint(segment.source),
        fingerprint=fingerprint(segment.text),
    )
    found = list(dismissals)
    if not found:
        raise Declined(gettext("Nothing was changed."))
    for dismissal in found:
        # One by one, so that the lists are told.
        dismissal.delete()


def near_matches(translation: Translation, segment: Segment) -> list[Near]:
    """Return what the memory knows of texts almost like a segment's source, to be offered."""
    return near(
        segment.source,
        source_language=translation.source.locale.language_code,
        target_language=translation.target_locale.language_code,
    )


def take_near_match(translation: Translation, segment_pk: int, *, match: int, user: Any) -> None:
    """Take over a near match that was offered, as the person's own words to go on from.

    Raises `NotAllowed` without permission, `Declined` when the match is gone or does not fit.
    """

    def mend(segment: Segment, _everything: list[Segment]) -> str:
        offered = near_matches(translation, segment)
        if not 0 <= match < len(offered):
            raise Declined(gettext("The memory changed since you opened this page."))
        return offered[match].target

    _change(translation, segment_pk, mend, user=user, may_be_missing=True)


def _change(
    translation: Translation,
    segment_pk: int,
    mend: Callable[[Segment, list[Segment]], str],
    *,
    user: Any,
    may_be_missing: bool = False,
) -> None:
    with transaction.atomic():
        target = localize.target_to_be(translation)
        if target is not None:
            # Two people at one segment wait for each other here.
            piece_of(target).lock()
        segment, everything = _find(translation, segment_pk, user, may_be_missing=may_be_missing)
        text = mend(segment, everything)
        if text == segment.text:
            return
        if not localize.can_be_stored(segment.source, text):
            raise Declined(gettext("The change would damage the links or the markup."))
        localize.store_person_text(segment, text, locale=translation.target_locale, user=user)


def _find(
    translation: Translation, segment_pk: int, user: Any, *, may_be_missing: bool = False
) -> tuple[Segment, list[Segment]]:
    target = localize.target_to_be(translation)
    if target is None or (user is not None and not permissions.can_edit_texts(target, user)):
        raise NotAllowed(gettext("You are not allowed to edit this translation."))
    check_enabled(translation)
    everything = localize.segments(translation)
    for segment in everything:
        if segment.pk == segment_pk and (may_be_missing or not segment.is_missing):
            return segment, everything
    raise Declined(gettext("The original changed since you opened this page."))
