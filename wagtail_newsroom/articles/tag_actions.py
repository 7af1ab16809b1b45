"""What people do with tags: give a name, accept a proposal, merge two of a language.

Each action checks the permission, changes, and logs; none sees a request. `user=None` stands for
the site itself, as in a command, and is always allowed.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django.contrib.auth import get_permission_codename
from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log

from ..desk import memory
from ..desk.models import MemoryEntry
from ..desk.permissions import may_approve
from ..exceptions import Declined, NotAllowed
from .tag_keys import NAME_LENGTH, key_of, names_in
from .tag_merging import absorb
from .tags import get_tag_model

NAMED = "wagtail_newsroom.name_tag"
MERGED = "wagtail_newsroom.merge_tags"


def can(action: str, user: Any) -> bool:
    """Return whether the user has the model's permission to `add`, `change` or `delete` tags."""
    options = get_tag_model()._meta
    codename = get_permission_codename(action, options)
    return bool(user.is_active and user.has_perm(f"{options.app_label}.{codename}"))


def can_name(user: Any, locale_id: int) -> bool:
    """Return whether the user may give names in a language: who may change tags, or approve it."""
    return can("change", user) or bool(user.is_active and may_approve(user, locale_id))


def can_merge(user: Any) -> bool:
    """Return whether the user may merge tags, which changes one and deletes the other."""
    return can("change", user) and can("delete", user)


def name_tag(tag: Any, name: str, *, user: Any) -> Any:
    """Give a tag that waits for it a name in its language; returns the tag that has it now.

    That may be another row: a tag of that spelling which had no counterpart becomes this one's.
    The memory learns the pair.

    Raises `NotAllowed` without permission, `Declined` for a name that cannot be.
    """
    if user is not None and not can_name(user, tag.locale_id):
        raise NotAllowed(gettext("You are not allowed to name tags."))
    names = names_in(name)
    if len(names) != 1:
        raise Declined(
            gettext("A name needs a letter or a digit, and holds no comma or semicolon.")
        )
    if len(names[0]) > NAME_LENGTH:
        raise Declined(gettext("A tag has at most %(limit)d characters.") % {"limit": NAME_LENGTH})
    with transaction.atomic():
        tag = _locked(tag)
        if not tag.needs_name:
            raise Declined(gettext("This tag has a name already: “%(name)s”.") % {"name": tag.name})
        same = (
            type(tag)
            ._default_manager.filter(locale_id=tag.locale_id, key=key_of(names[0]))
            .exclude(pk=tag.pk)
            .first()
        )
        if same is not None:
            return _named_by(same, tag, user=user)
        was = tag.name
        tag.name, tag.needs_name = names[0], False
        tag.proposed_name = tag.proposed_by = ""
        if tag.has_placeholder_slug():
            tag.slug = ""
        tag.save()
        remember(tag, user=user)
        log(instance=tag, action=NAMED, user=user, data={"from": was, "name": tag.name})
    return tag


def accept_proposal(tag: Any, *, user: Any) -> Any:
    """Give a tag the name that is proposed for it; returns the tag that has it now.

    Raises `NotAllowed` without permission, `Declined` where nothing is proposed.
    """
    if user is not None and not can_name(user, tag.locale_id):
        raise NotAllowed(gettext("You are not allowed to name tags."))
    if not tag.proposed_name:
        raise Declined(gettext("No name is proposed for “%(name)s”.") % {"name": tag.name})
    return name_tag(tag, tag.proposed_name, user=user)


def merge_tags(keep: Any, drop: Any, *, user: Any) -> Any:
    """Merge one tag into another of its language: pieces, drafts and versions get the other.

    Raises `NotAllowed` without permission, `Declined` for tags that cannot be merged.
    """
    if user is not None and not can_merge(user):
        raise NotAllowed(gettext("You are not allowed to merge tags."))
    if keep.pk == drop.pk:
        raise Declined(gettext("Choose two different tags."))
    with transaction.atomic():
        keep, drop = _locked(keep, drop)
        if keep.locale_id != drop.locale_id:
            raise Declined(gettext("Only tags of one language can be merged."))
        if keep.needs_name:
            raise Declined(
                gettext("“%(name)s” has no name in its language yet; name it first.")
                % {"name": keep.name}
            )
        merged = {"id": drop.pk, "name": drop.name, "slug": drop.slug}
        absorb(keep, drop)
        log(instance=keep, action=MERGED, user=user, data={"merged": merged})
    return keep


def _named_by(same: Any, tag: Any, *, user: Any) -> Any:
    """Make a tag of that name which stands alone the counterpart of the unnamed one's."""
    model = type(tag)
    linked = (
        model._default_manager.filter(translation_key=same.translation_key)
        .exclude(pk=same.pk)
        .first()
    )
    if linked is not None:
        raise Declined(
            gettext("“%(name)s” is the name of another tag already, “%(other)s”.")
            % {"name": same.name, "other": linked.name}
        )
    was = tag.name
    absorb(same, tag)
    remember(same, user=user)
    log(instance=same, action=NAMED, user=user, data={"from": was, "name": same.name})
    return same


def remember(tag: Any, *, user: Any) -> None:
    """Have the memory learn a tag's name as the translation of its counterparts'."""
    siblings = (
        type(tag)
        ._default_manager.filter(translation_key=tag.translation_key, needs_name=False)
        .exclude(pk=tag.pk)
        .select_related("locale")
    )
    for sibling in siblings:
        memory.remember(
            [(escape(sibling.name, quote=False), escape(tag.name, quote=False))],
            source_language=sibling.locale.language_code,
            target_language=tag.locale.language_code,
            origin=MemoryEntry.Origin.APPROVED,
            user=user,
        )


def _locked(*tags: Any) -> Any:
    """Return the rows of these tags, read anew and locked in one order."""
    rows = {
        row.pk: row
        for row in get_tag_model()
        ._default_manager.select_for_update()
        .filter(pk__in=[tag.pk for tag in tags])
        .order_by("pk")
    }
    if len(rows) < len(tags):
        raise Declined(gettext("This tag does not exist any more."))
    found = [rows[tag.pk] for tag in tags]
    return found if len(found) > 1 else found[0]
