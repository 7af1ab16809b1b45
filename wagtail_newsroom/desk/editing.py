"""What a person writes into one segment: cleaned, checked, and stored unless somebody was faster."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, ngettext

from ..exceptions import Declined, NotAllowed
from ..segments.inline import clean, pieces
from ..segments.keys import visible_text
from ..segments.markup import is_nested
from . import localize, permissions
from .localize import Segment, Translation
from .pieces import piece_of
from .places import Place, places_of

MAX_TEXT = 100_000
"""The longest text of one segment, in characters, that is looked at."""


class NotFound(Declined):  # noqa: N818 - as the others
    """The segment is not in the piece any more."""


class Conflict(Declined):  # noqa: N818 - as the others
    """Somebody else wrote the segment since it was read; `segment` is how it stands now."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        super().__init__(gettext("Somebody else changed this text since you opened it."))


def version_of(segment: Segment) -> str:
    """Return a hash (32 hex digits) of the text that is stored for a segment, empty for none.

    A time would not do: rows that are updated in bulk keep theirs.
    """
    if not segment.text:
        return ""
    return hashlib.sha256(segment.text.encode()).hexdigest()[:32]


def save_text(
    translation: Translation, segment_pk: int, text: str, *, version: str, user: Any
) -> Segment:
    """Store a person's text for one segment; return the segment as it stands afterwards.

    `text` is a fragment, links as `<a id="a1">`; an empty one makes the segment missing again.
    `version` is `version_of` the segment that the person read. The same text twice is harmless.
    An approval is for a text: it does not hold for the piece once a text of it changed.

    Raises `NotAllowed` without permission, `NotFound` for a segment that the piece does not have,
    `Conflict` when the stored text is another than the one that was read, and `Declined` with a
    sentence for a text that cannot be stored. Nothing is changed then.
    """
    if len(text) > MAX_TEXT:
        raise Declined(gettext("This text is too long."))
    with transaction.atomic():
        target = _writable(translation, user)
        # Whoever approves the piece waits here, and we for them.
        piece_of(target).lock()
        segment = find(translation, segment_pk)
        place = places_of(translation).of(segment)
        new = cleaned(text, place, segment.source)
        if new == cleaned(segment.text, place, segment.source) and not segment.has_error:
            # Nothing that a reader could tell: what stands stays byte for byte, and its approval.
            return segment
        if version_of(segment) != version:
            raise Conflict(segment)
        check(translation, segment, new, place)
        if not localize.replace_text(segment, new, locale=translation.target_locale, user=user):
            raise Conflict(find(translation, segment_pk))
    return find(translation, segment_pk)


def _writable(translation: Translation, user: Any) -> Any:
    """Return the target if the user may write its texts."""
    target = localize.target_to_be(translation)
    if target is None:
        raise NotFound(gettext("There is no version in this language yet."))
    if user is not None and not permissions.can_work_on(target, user):
        raise NotAllowed(gettext("You are not allowed to edit this translation."))
    if user is not None and piece_of(target).is_locked_for(user):
        raise Declined(gettext("This piece is locked; unlock it first."))
    check_enabled(translation)
    return target


def check_enabled(translation: Translation) -> None:
    """Raise `Declined` where a translation was stopped."""
    if not translation.enabled:
        raise Declined(gettext("This translation was stopped; the piece is edited by hand."))


def find(translation: Translation, segment_pk: int) -> Segment:
    """Return one segment as it stands; raises `NotFound`."""
    for segment in localize.segments(translation):
        if segment.pk == segment_pk:
            return segment
    raise NotFound(gettext("The original changed since you opened this page."))


def cleaned(text: str, place: Place, source: str) -> str:
    """Return a fragment as it may be stored at a place: known tags only, single spaces.

    A plain text has no tags but line breaks, and those only where the source has one.
    """
    fragment = clean(text)
    if not place.is_rich:
        line = "<br/>" if "<br/>" in source else " "
        fragment = "".join(
            piece if tag is None else line
            for piece, tag in pieces(fragment)
            if tag is None or tag["name"] == "br"
        )
    fragment = fragment.strip(" ")
    return fragment if visible_text(fragment) else ""


def check(translation: Translation, segment: Segment, text: str, place: Place) -> None:
    """Raise `Declined` with a sentence where a text cannot be stored."""
    if not text:
        return
    if not (is_nested(text) and localize.can_be_stored(segment.source, text)) or "<a>" in text:
        raise Declined(gettext("The change would damage the links or the markup."))
    limit = place.max_length or localize.longest_allowed(translation, segment.path)
    length = len(visible_text(text))
    if limit is not None and length > limit:
        raise Declined(
            ngettext(
                "This text may have %(limit)d character at most; it has %(length)d.",
                "This text may have %(limit)d characters at most; it has %(length)d.",
                limit,
            )
            % {"limit": limit, "length": length}
        )
