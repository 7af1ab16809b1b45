"""The tags of one language by name or by counterpart: found in one query, or made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, router, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from .tag_keys import NAME_LENGTH, key_of, names_in, unnamed_key
from .tags import get_tag_model

_ATTEMPTS = 5


def resolve(wanted: Iterable[Any], locale_id: int, *, attached: Sequence[Any] = ()) -> list[Any]:
    """Return tags of one language for names and tags of any language, in order, each once.

    A name finds the tag that is spelled so, or one of the `attached` that has no name of its own
    yet; otherwise it is made. A tag of another language becomes its counterpart. Two queries where
    everything exists.

    Raises `ValidationError` for a name that is too long.
    """
    model = get_tag_model()
    unnamed = {key_of(tag.name): tag for tag in attached if tag.needs_name}
    slots: list[Any] = []
    names: dict[str, str] = {}
    foreign: dict[UUID, Any] = {}
    for each in wanted:
        if isinstance(each, str):
            for name in names_in(each):
                slot = unnamed.get(key_of(name), key_of(name))
                slots.append(slot)
                if isinstance(slot, str):
                    names.setdefault(slot, name)
        elif not isinstance(each, model):
            raise ValueError(f"A tag is a name or a {model.__name__}, not {type(each).__name__}.")
        elif each.locale_id == locale_id:
            slots.append(each)
        else:
            foreign.setdefault(each.translation_key, each)
            slots.append(each.translation_key)
    too_long = [name for name in names.values() if len(name) > NAME_LENGTH]
    if too_long:
        raise ValidationError(
            _("A tag has at most %(limit)d characters."), params={"limit": NAME_LENGTH}
        )
    found = _find(names, foreign, locale_id)
    _make(names, foreign, locale_id, found)
    tags = [found[slot] if isinstance(slot, (str, UUID)) else slot for slot in slots]
    return list({tag.pk: tag for tag in tags}.values())


def counterparts(tags: Iterable[Any], locale_id: int) -> dict[UUID, Any]:
    """Return the counterparts of tags in a language by translation key; missing ones are made."""
    foreign = {tag.translation_key: tag for tag in tags}
    found = _find({}, foreign, locale_id)
    _make({}, foreign, locale_id, found)
    return {key: found[key] for key in foreign}


def _find(names: Iterable[str], foreign: Iterable[UUID], locale_id: int) -> dict[Any, Any]:
    keys, translation_keys = set(names), set(foreign)
    if not keys and not translation_keys:
        return {}
    found: dict[Any, Any] = {}
    for tag in get_tag_model()._default_manager.filter(
        Q(key__in=keys) | Q(translation_key__in=translation_keys), locale_id=locale_id
    ):
        if tag.key in keys:
            found[tag.key] = tag
        if tag.translation_key in translation_keys:
            found[tag.translation_key] = tag
    return found


def _make(
    names: dict[str, str], foreign: dict[UUID, Any], locale_id: int, found: dict[Any, Any]
) -> None:
    """Add the tags that were not found to those that were.

    In one order everywhere, so that two editors who save at once cannot lock each other out.
    """
    model = get_tag_model()
    missing = {key: tag for key, tag in foreign.items() if key not in found}
    alike = _spelled_alike(missing.values(), locale_id) if missing else {}
    steps: list[tuple[str, Any]] = [(key, key) for key in names if key not in found]
    for key, tag in missing.items():
        same = key_of(tag.name)
        steps.append((same if same in alike else unnamed_key(key), key))
    for step, slot in sorted(steps, key=lambda pair: pair[0]):
        if isinstance(slot, str):
            found[slot] = _create(model(name=names[slot], locale_id=locale_id))
            continue
        source = missing[slot]
        # What was just made from a name may be the very counterpart that is looked for.
        twin = alike.pop(step, None)
        if twin is not None and _link(twin, source):
            found[slot] = twin
        else:
            found[slot] = _create(
                model(
                    name=source.name,
                    locale_id=locale_id,
                    translation_key=source.translation_key,
                    picture_id=source.picture_id,
                    needs_name=True,
                )
            )


def _spelled_alike(sources: Iterable[Any], locale_id: int) -> dict[str, Any]:
    """Return the tags of a language, by key, that are written as these and have no counterpart."""
    model = get_tag_model()
    siblings = model._default_manager.filter(translation_key=OuterRef("translation_key")).exclude(
        pk=OuterRef("pk")
    )
    alone = model._default_manager.filter(
        ~Exists(siblings),
        locale_id=locale_id,
        needs_name=False,
        key__in={key_of(source.name) for source in sources if not source.needs_name},
    )
    return {tag.key: tag for tag in alone}


def _link(tag: Any, source: Any) -> bool:
    """Make a tag the counterpart of another; False if somebody else was faster."""
    try:
        with transaction.atomic(using=router.db_for_write(type(tag))):
            linked = (
                type(tag)
                ._default_manager.filter(pk=tag.pk, translation_key=tag.translation_key)
                .update(translation_key=source.translation_key)
            )
    except IntegrityError:
        return False
    tag.translation_key = source.translation_key
    return bool(linked)


def _create(tag: Any) -> Any:
    """Save a new tag; the one that somebody else makes at the same moment counts as ours."""
    model = type(tag)
    same = Q(key=tag.own_key()) | Q(translation_key=tag.translation_key)
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic(using=router.db_for_write(model)):
                tag.save(force_insert=True)
            return tag
        except IntegrityError:
            other = model._default_manager.filter(same, locale_id=tag.locale_id).first()
            if other is not None:
                return other
            # The slug was taken in the meantime.
            if attempt == _ATTEMPTS - 1:
                raise
            tag.pk, tag.slug = None, ""
    return tag
