"""What the proofs share: the far end of the network, the wire story, a newsroom of processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser

from tests.loopback import LoopbackServer
from tests.wire_story import wire_story
from wagtail_newsroom.models import ArticlePage

from .browsing import running_browser
from .newsroom import Newsroom, database_at, google_at


@pytest.fixture
def far_end() -> Iterator[LoopbackServer]:
    """A translation service on this machine."""
    with LoopbackServer() as server:
        yield server


@pytest.fixture
def google(far_end: LoopbackServer, settings: Any) -> LoopbackServer:
    """The same, with a chain of the Google engine alone that asks it."""
    settings.WAGTAIL_NEWSROOM_ENGINES = [google_at(far_end.google_url)]
    return far_end


@pytest.fixture
def story(paper: SimpleNamespace, tmp_path: Path, settings: Any) -> ArticlePage:
    """The wire story, live in English."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return wire_story(paper.news, paper.english)


@pytest.fixture(scope="session")
def empty_newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A newsroom with all tables and no content."""
    newsroom = Newsroom(tmp_path_factory.mktemp("newsroom"))
    newsroom.manage("migrate", "--verbosity", "0")
    return newsroom


@pytest.fixture
def newsroom(
    empty_newsroom: Newsroom, tmp_path: Path, django_db_blocker: Any, settings: Any
) -> Iterator[Newsroom]:
    """A newsroom whose database file this process uses too, in place of the tests' database.

    What is written is really committed, so that other threads and processes see it.
    """
    newsroom = empty_newsroom.copy_to(tmp_path)
    settings.MEDIA_ROOT = tmp_path / "media"
    usual = connections.settings["default"]
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = {
        **usual,
        **database_at(newsroom.database),
    }
    forget_rows()
    try:
        with django_db_blocker.unblock():
            yield newsroom
            connections["default"].close()
    finally:
        del connections["default"]
        connections.settings["default"] = usual
        forget_rows()


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    """A running Chromium; the last fixture of a test, because the database is shut to it."""
    with running_browser() as browser:
        yield browser


def forget_rows() -> None:
    """Drops what this process remembers of a database's rows."""
    ContentType.objects.clear_cache()
    cache.clear()
