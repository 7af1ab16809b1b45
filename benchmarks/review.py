"""Queries and time of the review screen, beside wagtail-localize's editor of the same piece.

Both are asked for as a browser asks, in one process and without the network. Waiting for a
browser to paint is not in it.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Iterator
from typing import NamedTuple

from ._newspaper import counted, open_newspaper, request, write
from .rows import Options, Row, Wrong

ORDER = 30
SIZES = (60, 400)
MOST = 15
SHARE = 0.5


class Measured(NamedTuple):
    """Queries and median seconds of a page."""

    queries: int
    seconds: float
    first: float
    """Seconds where the process has seen none of the piece's texts before."""


def forget() -> None:
    """Forget what the process remembers of texts, as if it had never seen the piece."""
    for name, module in list(sys.modules.items()):
        if name.startswith("wagtail_newsroom.segments"):
            for remembering in vars(module).values():
                if hasattr(remembering, "cache_clear"):
                    remembering.cache_clear()


def measure(strings: int, runs: int) -> dict[str, Measured]:
    """Return what the review takes, what follows it, all in one page, and the rival's editor."""
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
    follows = re.search(r'data-newsroom-rest="([^"]*)"', client.get(review).content.decode())
    asked = {
        "page": (review, b"data-newsroom-row"),
        "rest": (follows[1] if follows else "", b"data-newsroom-row"),
        "whole": (f"{review}?whole=1", b"data-newsroom-row"),
        "rival": (stock, b"initialStringTranslations"),
    }
    results = {}
    for name, (url, mark) in asked.items():
        if not url:
            continue
        seconds: dict[bool, list[float]] = {True: [], False: []}
        queries = 0
        # The first is not counted: templates are compiled then.
        for run in range(2 * runs + 1):
            is_first = bool(run % 2)
            if is_first:
                forget()
            with counted() as found:
                response = client.get(url)
            if response.status_code != 200 or mark not in response.content:
                raise Wrong(f"{url} answered with status {response.status_code}")
            queries = found.queries
            if run:
                seconds[is_first].append(found.seconds)
        medians = [statistics.median(seconds[is_first]) for is_first in (False, True)]
        results[name] = Measured(queries, *medians)
    return results


def words(measured: Measured) -> str:
    """Return a measurement as the table shows it."""
    return (
        f"{measured.queries}, {measured.first * 1000:.0f} ms and {measured.seconds * 1000:.0f} ms"
    )


def rows(options: Options) -> Iterator[Row]:
    """Yield a row for each size."""
    counts = set()
    for size in SIZES:
        found = measure(size, options.runs)
        page, whole, theirs = found["page"], found["whole"], found["rival"]
        counts |= {page.queries, whole.queries}
        ours = words(page)
        if "rest" in found:
            ours += f"; what follows it {words(found['rest'])}; all in one page {words(whole)}"
        yield Row(
            f"review screen of {size} segments: queries and time on the server, opened and opened"
            " again",
            ours,
            f"wagtail-localize's editor {theirs.queries:,}, {theirs.seconds * 1000:.0f} ms",
            f"≤ {MOST} queries, the same for both sizes, ≤ {SHARE:.0%} of its time",
            max(one.queries for name, one in found.items() if name != "rival") <= MOST
            and len(counts) == 1
            and max(page.first, whole.first) <= SHARE * theirs.seconds,
        )
