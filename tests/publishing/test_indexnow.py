"""IndexNow: engines are told what changed, in the background, and only what readers may read."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from wagtail_newsroom.checks import check_indexnow
from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.publishing import indexnow

from .conftest import restrict

pytestmark = pytest.mark.django_db

KEY = "a1b2c3d4-e5f6"


@pytest.fixture
def engine() -> Iterator[SimpleNamespace]:
    """A search engine on this machine that keeps what it is told."""
    heard: list[Any] = []
    state = SimpleNamespace(heard=heard, status=200, url="")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802 - the base class's name
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(state.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/indexnow"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def switched_on(settings: Any, engine: SimpleNamespace) -> SimpleNamespace:
    settings.WAGTAIL_NEWSROOM_INDEXNOW_KEY = KEY
    settings.WAGTAIL_NEWSROOM_INDEXNOW_ENDPOINT = engine.url
    return engine


def waiting() -> list[list[str]]:
    """Return the addresses of each call that waits in the queue."""
    calls = DBTaskResult.objects.filter(task_path__endswith="tell_indexnow")
    return [call.args_kwargs["args"][0] for call in calls.order_by("enqueued_at")]


def test_a_publication_is_told_in_the_background(
    switched_on: SimpleNamespace,
    write: Callable[..., ArticlePage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        piece = write()
    url = piece.get_full_url()
    assert waiting() == [[url]]
    assert switched_on.heard == []
    assert indexnow.submit([url]) == 200
    assert switched_on.heard == [
        {
            "host": "localhost",
            "key": KEY,
            "keyLocation": "http://localhost/indexnow-key.txt",
            "urlList": [url],
        }
    ]


def test_a_piece_that_is_gone_is_told_and_a_private_one_is_not(
    switched_on: SimpleNamespace,
    article: ArticlePage,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish()
    assert waiting() == [[article.get_full_url()]]
    restrict(paper.news)
    with django_capture_on_commit_callbacks(execute=True):
        private = write("Private")
        private.unpublish()
        private.delete()
    assert len(waiting()) == 1


def test_without_a_key_nothing_is_told(
    article: ArticlePage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert waiting() == []
    assert Client().get("/indexnow-key.txt").status_code == 404


def test_the_key_can_be_fetched(switched_on: SimpleNamespace, paper: SimpleNamespace) -> None:
    answer = Client().get("/indexnow-key.txt")
    assert answer.content.decode() == KEY
    assert answer["Content-Type"].startswith("text/plain")


def test_an_engine_that_fails_harms_nothing(
    switched_on: SimpleNamespace, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    switched_on.status = 429
    assert indexnow.submit(["http://localhost/en/a/"]) == 429
    settings.WAGTAIL_NEWSROOM_INDEXNOW_ENDPOINT = "http://127.0.0.1:9/"
    assert indexnow.submit(["http://localhost/en/a/"]) == 0
    assert KEY not in caplog.text


@pytest.mark.parametrize("key", ["short", "with space 12", "x" * 129, "ключключключ"])
def test_a_key_that_cannot_be_used_is_a_system_check(settings: Any, key: str) -> None:
    settings.WAGTAIL_NEWSROOM_INDEXNOW_KEY = key
    assert [message.id for message in check_indexnow()] == ["wagtail_newsroom.E017"]
    assert not indexnow.is_on()
