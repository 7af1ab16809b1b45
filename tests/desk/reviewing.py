"""The review as tests ask it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from wagtail_newsroom.desk import editing, localize
from wagtail_newsroom.desk.localize import Segment
from wagtail_newsroom.desk.margin import margin_of


def browse(user: User) -> Client:
    """Return a client that is logged in."""
    client = Client()
    client.force_login(user)
    return client


def segment_with(translation: Any, source: str) -> Segment:
    """Return the segment whose source holds a text."""
    return next(one for one in localize.segments(translation) if source in one.source)


def address(translation: Any, segment: Segment) -> str:
    """Return where a segment is read and saved."""
    return reverse("wagtail_newsroom_segment", args=[translation.pk, segment.pk])


def stored(translation: Any, segment: Segment) -> Segment:
    """Return a segment as it stands now."""
    return editing.find(translation, segment.pk)


def ask(client: Any, translation: Any, segment: Segment, **fields: Any) -> Any:
    """Ask something of a passage as the script does."""
    fields.setdefault("version", editing.version_of(segment))
    return client.post(
        address(translation, segment), fields, headers={"X-Requested-With": "XMLHttpRequest"}
    )


def review(translation: Any) -> str:
    """Return the address of the review."""
    return reverse("wagtail_newsroom_review", args=[translation.pk])


def beside(translation: Any, segment: Segment) -> Any:
    """Return what stands beside a passage."""
    return margin_of(translation, localize.segments(translation)).by_segment[segment.pk]
