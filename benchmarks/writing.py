"""Time until somebody can write at the review, in a browser, beside wagtail-localize's editor.

The site runs in this process and Chromium beside it, so both share the machine's cores.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator

from ._newspaper import open_newspaper, request, write
from .review import SIZES, forget
from .rows import Options, Row, Wrong

ORDER = 31
LATER = 1.3
QUIET = 1_500
"""Milliseconds after which a page's own questions are answered, and the next can be opened."""
LONGEST = 30_000
"""Milliseconds after which nobody waits any more."""
READY = """
    ([selector, longest]) => new Promise((resolve) => {
        const look = () => {
            if (document.querySelector(selector)) resolve(performance.now());
            else if (performance.now() > longest) resolve(null);
            else requestAnimationFrame(look);
        };
        look();
    })
"""
OURS = "[data-newsroom-editor][contenteditable]"
THEIRS = ".js-translation-editor button"
"""Its script draws all segments at once, each with a button to write it."""


def measure(runs: int) -> dict[tuple[str, int], float]:
    """Return median milliseconds by `OURS` or `THEIRS`, and size."""
    paper = open_newspaper()

    from django.test import Client
    from django.urls import reverse
    from wagtail_localize.models import Translation

    from tests.proof.browsing import NAMES, Visit, running_browser, running_site
    from wagtail_newsroom.desk import jobs

    if not any(shutil.which(name) for name in NAMES):
        raise Wrong("there is no Chromium on this machine")
    addresses: dict[tuple[str, int], str] = {}
    for size in SIZES:
        page = write(size)
        jobs.run(request(page).pk)
        translation = Translation.objects.get(source__object_id=page.translation_key)
        target = page.get_translation(paper.persian)
        edit = reverse("wagtailadmin_pages:edit", args=[target.pk])
        addresses[OURS, size] = reverse("wagtail_newsroom_review", args=[translation.pk])
        addresses[THEIRS, size] = f"{edit}?editor=fields"
    client = Client()
    client.force_login(paper.editor)
    cookie = client.cookies["sessionid"].value
    with running_site() as site, running_browser() as browser:
        visit = Visit(browser, site)
        visit.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        found: dict[tuple[str, int], list[float]] = {key: [] for key in addresses}
        # The first is not counted: templates are compiled and files fetched then.
        for run in range(runs + 1):
            for (selector, size), address in addresses.items():
                forget()
                visit.page.goto(address, wait_until="commit")
                milliseconds = visit.page.evaluate(READY, [selector, LONGEST])
                visit.page.wait_for_load_state("load")
                visit.page.wait_for_timeout(QUIET)
                written = visit.page.locator(selector).count()
                if milliseconds is None or written < size:
                    raise Wrong(f"{written} of {size} segments can be written at {address}")
                if run:
                    found[selector, size].append(milliseconds)
    return {key: statistics.median(values) for key, values in found.items()}


def rows(options: Options) -> Iterator[Row]:
    """Yield one row."""
    found = measure(options.runs)
    small, large = SIZES
    times = found[OURS, large] / found[OURS, small]
    theirs = found[THEIRS, large] / found[THEIRS, small]
    yield Row(
        f"review in Chromium: until one can write, {small} and {large} segments, in a process that"
        " has not seen them",
        f"{found[OURS, small]:.0f} ms and {found[OURS, large]:.0f} ms, {times:.2f} times",
        f"wagtail-localize's editor {found[THEIRS, small]:.0f} ms and {found[THEIRS, large]:.0f} ms,"
        f" {theirs:.2f} times",
        f"≤ {LATER} times",
        times <= LATER,
    )
