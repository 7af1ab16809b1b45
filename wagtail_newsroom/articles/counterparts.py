"""An author's row in another language: found, or made as a draft for people to translate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from wagtail.log_actions import log
from wagtail.models import Locale


def counterparts_of(
    authors: Iterable[Any], locale: Locale, *, make_missing: bool = False
) -> dict[UUID, Any]:
    """Return these authors' rows in a language, by translation key; one query.

    What is there is never changed, whoever wrote it. With `make_missing`, those that are not there
    are made, each as a draft.
    """
    by_key = {author.translation_key: author for author in authors}
    if not by_key:
        return {}
    model = type(next(iter(by_key.values())))
    found = {
        each.translation_key: each
        for each in model.objects.filter(translation_key__in=by_key, locale=locale)
    }
    if make_missing:
        # In one order for everybody, so that two saves cannot lock each other out.
        for key in sorted(by_key.keys() - found.keys()):
            found[key] = make_counterpart(by_key[key], locale)
    return found


def make_counterpart(author: Any, locale: Locale) -> Any:
    """Make an author's row in another language: a draft with the source's words, never live.

    If somebody makes it at the same moment, theirs is returned.
    """
    counterpart = author.copy_for_translation(locale)
    counterpart.live = False
    counterpart.has_unpublished_changes = True
    for field in (
        "latest_revision",
        "live_revision",
        "first_published_at",
        "last_published_at",
        "go_live_at",
        "expire_at",
    ):
        setattr(counterpart, field, None)
    counterpart.expired = False
    try:
        with transaction.atomic():
            counterpart.save()
            revision = counterpart.save_revision(clean=False)
            log(instance=counterpart, action="wagtail.create", revision=revision)
    except IntegrityError:
        return author.get_translation(locale)
    return counterpart
