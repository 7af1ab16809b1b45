"""A newspaper in a database of its own, for what has to do with one."""

from __future__ import annotations

import atexit
import os
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail_newsroom.articles.models import ArticlePage

# Plain words, so that each string is sent and none is found in another.
WORDS = (
    "the river rose over night and people who live below the dam say that they have never seen "
    "so much water in autumn while engineers of the delta office expect it to fall by friday"
).split()


@cache
def open_newspaper() -> SimpleNamespace:
    """Make a temporary SQLite database with a newspaper in English and Persian; the same each time."""
    folder = tempfile.TemporaryDirectory(prefix="newsroom-benchmarks-")
    atexit.register(folder.cleanup)
    os.environ["NEWSROOM_TEST_SCRATCH"] = folder.name
    os.environ.pop("NEWSROOM_TEST_POSTGRES", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

    import django

    django.setup()

    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection
    from wagtail.models import Locale, Page, Site

    from wagtail_newsroom.articles.models import NewsIndexPage

    call_command("migrate", verbosity=0)
    # Rivals need more than the 9,000 queries that Django remembers.
    connection.queries_limit = 100_000
    connection.queries_log = deque(maxlen=connection.queries_limit)
    english = Locale.objects.get_or_create(language_code="en")[0]
    persian = Locale.objects.get_or_create(language_code="fa")[0]
    home = Page.get_first_root_node().add_child(
        instance=NewsIndexPage(title="The Bench", slug="bench", locale=english)
    )
    site = Site.objects.get_or_create(is_default_site=True, defaults={"root_page": home})[0]
    site.root_page = home
    site.save()
    home_fa = home.copy_for_translation(persian)
    home_fa.title, home_fa.slug = "نیمکت", "bench-fa"
    home_fa.save_revision().publish()
    return SimpleNamespace(
        english=english,
        persian=persian,
        home=home,
        home_fa=home_fa,
        editor=User.objects.create_superuser("editor"),
        written=0,
    )


def write(strings: int, *, mark: str | None = None) -> ArticlePage:
    """Write a live English article with so many strings; articles of one mark have the same text."""
    from wagtail_newsroom.articles.models import ArticlePage

    paper = open_newspaper()
    paper.written += 1
    mark = mark or f"{paper.written}"
    body = [("paragraph", f"<p>{text}</p>") for text in paragraphs(strings - 1, mark)]
    page = ArticlePage(
        title=f"Piece {letters(mark)}",
        slug=f"piece-{paper.written}",
        locale=paper.english,
        body=body,
    )
    paper.home.add_child(instance=page)
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def paragraphs(count: int, mark: str) -> list[str]:
    """Return distinct paragraphs, each with a link and something bold."""
    made = []
    for number in range(count):
        start = number % len(WORDS)
        words = " ".join((WORDS * 2)[start : start + 18])
        made.append(
            f"Part {letters(str(number))} of {letters(mark)}: <b>{words}</b>, says "
            f'<a href="https://example.org/{number}">a report</a>.'
        )
    return made


def letters(digits: str) -> str:
    """Return digits as letters, since numbers alone are not sent."""
    return "".join(chr(97 + int(digit)) for digit in digits if digit.isdigit())


@contextmanager
def counted() -> Iterator[SimpleNamespace]:
    """Count the queries and the seconds of what is done inside."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = SimpleNamespace(queries=0, seconds=0.0)
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        yield found
    found.seconds = time.perf_counter() - started
    found.queries = len(queries)


def request(page: Any) -> Any:
    """Request the Persian of an article; return the job."""
    from wagtail_newsroom.desk import actions

    paper = open_newspaper()
    return actions.request_translation(page, paper.persian, user=paper.editor)
