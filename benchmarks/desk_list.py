"""Measures the desk's list of translations, and wagtail-localize's report, at 10,000 articles."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from ._newspaper import open_newspaper
from .rows import Options, Row, Wrong

ORDER = 320
ARTICLES = 10_000
SHOWN = 50
MOST_QUERIES = 15
MOST_MILLISECONDS = 150


def prepare() -> Any:
    """Load the large newspaper with its rows, and return a client of a person at the desk."""
    open_newspaper()
    from django.contrib.auth.models import User
    from django.test import Client
    from wagtail.models import Page
    from wagtail_localize.models import Translation, TranslationSource

    from wagtail_newsroom.desk.state_rows import rebuild
    from wagtail_newsroom.models import ArticlePage, PieceState

    from .load import load

    # Beside the newspaper that readers' pages are measured in.
    load(ARTICLES, slug="desk")
    # Rows of wagtail-localize for a page of its report; made by its own functions.
    persian = {
        page.translation_key: page for page in Page.objects.filter(locale__language_code="fa")
    }
    articles = ArticlePage.objects.filter(
        locale__language_code="en", url_path__contains="/desk-en/"
    )
    for article in articles.order_by("-pk")[: 2 * SHOWN]:
        source, _created = TranslationSource.get_or_create_from_instance(article)
        Translation.objects.create(
            source=source, target_locale=persian[article.translation_key].locale, enabled=True
        )
    started = time.perf_counter()
    count = rebuild()
    seconds = time.perf_counter() - started
    if PieceState.objects.count() < ARTICLES:
        raise Wrong("rows are missing")
    client = Client()
    client.force_login(User.objects.create_superuser("bench-desk"))
    return client, count, seconds


def measured(client: Any, url: str, runs: int) -> tuple[int, float, Any]:
    """Return queries, the median of milliseconds, and the last answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        response = client.get(url)
        times.append(1000 * (time.perf_counter() - started))
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    if response.status_code != 200:
        raise Wrong(f"{url} answered {response.status_code}")
    return len(queries), statistics.median(times), response


def rows(options: Options) -> Iterator[Row]:
    """Yield the row of the list and that of its rebuilding."""
    client, count, seconds = prepare()
    from django.urls import reverse

    queries, milliseconds, response = measured(
        client, reverse("newsroom_translations:index"), options.runs
    )
    # One box for each row.
    if response.content.count(b"data-bulk-action-checkbox ") != SHOWN:
        raise Wrong("the list is short")
    theirs, their_milliseconds, response = measured(
        client, reverse("wagtail_localize:translations_report"), options.runs
    )
    shown = response.content.count(b"<tr") - 1
    if shown < 1:
        raise Wrong("wagtail-localize's report is empty")
    yield Row(
        what=f"Desk list, {SHOWN} rows of {ARTICLES:,} articles",
        ours=f"{queries} queries, {milliseconds:.0f} ms",
        others=f"wagtail-localize's report, {shown} rows of {2 * SHOWN}: "
        f"{theirs} queries, {their_milliseconds:.0f} ms",
        figure=f"≤ {MOST_QUERIES} queries, ≤ {MOST_MILLISECONDS} ms",
        is_reached=queries <= MOST_QUERIES and milliseconds <= MOST_MILLISECONDS,
    )
    yield Row(
        what=f"All rows of the desk list derived anew, {count:,} pieces",
        ours=f"{seconds:.0f} s, {1000 * seconds / count:.1f} ms a piece",
    )
