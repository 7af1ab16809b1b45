"""Authors, and the credits of pieces, for tests of what is written and what is read."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from wagtail_newsroom.models import Author, Byline


@pytest.fixture
def author(paper: SimpleNamespace) -> Callable[..., Author]:
    """Makes authors, live and English unless asked otherwise."""

    def make(name: str = "Mina Farrow", **fields: Any) -> Author:
        fields.setdefault("locale", paper.english)
        made = Author(name=name, **fields)
        made.save()
        revision = made.save_revision()
        if made.live:
            revision.publish()
        return Author.objects.get(pk=made.pk)

    return make


@pytest.fixture
def in_persian(paper: SimpleNamespace) -> Callable[..., Author]:
    """Writes an author's Persian row by hand, live unless asked otherwise."""

    def make(source: Author, name: str, *, live: bool = True, **fields: Any) -> Author:
        twin = source.copy_for_translation(paper.persian)
        twin.name, twin.live, twin.latest_revision = name, live, None
        for field, value in fields.items():
            setattr(twin, field, value)
        twin.save()
        revision = twin.save_revision()
        if live:
            revision.publish()
        return Author.objects.get(pk=twin.pk)

    return make


def credit(page: Any, *authors: Any, role: str = Byline.Role.WRITER) -> None:
    """Give a page credits, after those that it has, and publish it if it is live."""
    for author in authors:
        page.newsroom_bylines.add(
            Byline(author=author, role=role, sort_order=page.newsroom_bylines.count())
        )
    revision = page.save_revision()
    if page.live:
        revision.publish()
