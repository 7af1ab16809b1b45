"""Embargoes: before its time nothing of a piece leaves the site, in any language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format


def is_ahead(time: datetime | None) -> bool:
    """Return whether a time is set and has not come yet."""
    return time is not None and time > timezone.now()


def embargo_of(page: Any, versions: Iterable[Any]) -> datetime | None:
    """Return until when a piece is embargoed, None if it is not.

    The latest of the times that its content, its versions in other languages and their latest
    drafts name: what is embargoed in one language is not told in another.
    """
    times = [page.embargoed_until]
    for version in versions:
        times += [version.embargoed_until, _drafted(version)]
    return max((time for time in times if time is not None and is_ahead(time)), default=None)


def _drafted(version: Any) -> datetime | None:
    draft = version.latest_revision
    stored = draft.content.get("embargoed_until") if draft is not None else None
    return parse_datetime(stored) if stored else None


def in_words(time: datetime) -> str:
    """Return a time in the active language and the current time zone, for editors."""
    return date_format(timezone.localtime(time), "SHORT_DATETIME_FORMAT")
