"""What people say to each other about single passages: written, settled, taken away."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ..exceptions import Declined, NotAllowed
from . import editing, localize, permissions
from .localize import Translation
from .margin_models import Comment

LONGEST = 2000
"""How many characters a comment may have."""


def add_comment(translation: Translation, segment_pk: int, *, text: str, user: Any) -> Comment:
    """Say something about a passage; whoever may see the texts may.

    Raises `NotAllowed` without permission, `NotFound` for a passage that the piece does not have,
    `Declined` for a comment that is empty or too long.
    """
    _check(translation, user)
    segment = editing.find(translation, segment_pk)
    # A database keeps no NUL, and a text has no use for one.
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        raise Declined(gettext("The comment is empty."))
    if len(text) > LONGEST:
        raise Declined(
            ngettext(
                "A comment may have %(limit)d character at most.",
                "A comment may have %(limit)d characters at most.",
                LONGEST,
            )
            % {"limit": LONGEST}
        )
    return Comment.objects.create(
        translation=translation,
        context_id=segment.context_id,
        string_id=segment.string_id,
        text=text,
        author=user,
    )


def resolve_comment(translation: Translation, comment_pk: int, *, user: Any) -> Comment:
    """Settle a comment; who did is kept. Harmless to repeat.

    Raises `NotAllowed` without permission, `Declined` for a comment that is gone.
    """
    _check(translation, user)
    comment = _find(translation, comment_pk)
    Comment.objects.filter(pk=comment.pk, resolved_at=None).update(
        resolved_by=user, resolved_at=timezone.now()
    )
    return _find(translation, comment_pk)


def reopen_comment(translation: Translation, comment_pk: int, *, user: Any) -> Comment:
    """Have a comment that was settled wait again.

    Raises `NotAllowed` without permission, `Declined` for a comment that is gone.
    """
    _check(translation, user)
    comment = _find(translation, comment_pk)
    Comment.objects.filter(pk=comment.pk).update(resolved_by=None, resolved_at=None)
    return _find(translation, comment_pk)


def delete_comment(translation: Translation, comment_pk: int, *, user: Any) -> None:
    """Take one's own comment away.

    Raises `NotAllowed` for another's comment or without permission, `Declined` for one that is
    gone.
    """
    _check(translation, user)
    comment = _find(translation, comment_pk)
    if user is not None and comment.author_id != user.pk:
        raise NotAllowed(gettext("You may delete only comments of your own."))
    comment.delete()


def _check(translation: Translation, user: Any) -> None:
    if user is not None and not permissions.can_see(translation, user):
        raise NotAllowed(gettext("You are not allowed to comment on this translation."))
    if localize.target_to_be(translation) is None:
        raise Declined(gettext("There is no version in this language yet."))


def _find(translation: Translation, comment_pk: int) -> Comment:
    try:
        return Comment.objects.get(pk=comment_pk, translation=translation)
    except Comment.DoesNotExist as error:
        raise Declined(gettext("This comment is gone.")) from error
