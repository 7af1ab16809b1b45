"""Queries and time of the review screen, beside wagtail-localize's editor of the same piece.

Both are asked for as a browser asks, in one process and without the network. Waiting for a
browser to paint is not in it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from ._newspaper import counted, open_newspaper, request, write
from .rows import Options, Row, Wrong

ORDER = 30
SIZES = (60, 400)
MOST = 15
SHARE = 0.5


def measure(strings: int, runs: int) -> tuple[tuple[int, float], tuple[int, float]]:
    """Return queries and median seconds of our review and of wagtail-localize's editor."""
    paper = open_newspaper()

    from django.test import Client
    from django.urls import reverse
    from wagtail_localize.models import Translation

    from wagtail_newsroom.desk import jobs

    page = write(strings)
    jobs.run(request(page).pk)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    target = page.get_translation(paper.persian)
    client = Client()
    client.force_login(paper.editor)
    review = reverse("wagtail_newsroom_review", args=[translation.pk])
    stock = reverse("wagtailadmin_pages:edit", args=[target.pk]) + "?editor=fields"
    results = []
    for url, mark in ((review, b"data-newsroom-row"), (stock, b"initialStringTranslations")):
        seconds, queries = [], 0
        # The first is not counted: templates are compiled then.
        for run in range(runs + 1):
            with counted() as found:
                response = client.get(url)
            if response.status_code != 200 or mark not in response.content:
                raise Wrong(f"{url} answered with status {response.status_code}")
            queries = found.queries
            if run:
                seconds.append(found.seconds)
        results.append((queries, statistics.median(seconds)))
    return results[0], results[1]


def rows(options: Options) -> Iterator[Row]:
    """Yield a row for each size."""
    counts = []
    for size in SIZES:
        (queries, seconds), (theirs, their_seconds) = measure(size, options.runs)
        counts.append(queries)
        yield Row(
            f"review screen of {size} segments: queries and time on the server",
            f"{queries}, {seconds * 1000:.0f} ms",
            f"wagtail-localize's editor {theirs:,}, {their_seconds * 1000:.0f} ms",
            f"≤ {MOST} queries, the same for both sizes, ≤ {SHARE:.0%} of its time",
            queries <= MOST and len(set(counts)) == 1 and seconds <= SHARE * their_seconds,
        )
