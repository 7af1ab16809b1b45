"""What is sent when a text was translated before: nothing, or only what changed.

Articles go the whole way, from the request to the approval, with the Google engine at the
loopback server. wagtail-localize keeps texts by page and field, so it sends a known text again.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from ._newspaper import open_newspaper, paragraphs, request, write
from .rows import Options, Row, Wrong

ORDER = 30
STRINGS = 61
ENTRIES = 10_000


def translated(page: Any, server: Any) -> list[str]:
    """Translate a page into Persian as a worker does; return the texts that were sent."""
    from django.test import override_settings

    from wagtail_newsroom.desk import jobs

    before = len(server.asked)
    engine = {"ENGINE": "google", "OPTIONS": {"base_url": server.google_url}}
    with override_settings(WAGTAIL_NEWSROOM_ENGINES=[engine]):
        job = request(page)
        jobs.run(job.pk)
    job.refresh_from_db()
    if job.status != "done":
        raise Wrong(f"the job ended {job.status}: {job.failures[:2]} {job.trouble}")
    return [text for asked in server.asked[before:] for text in asked.texts]


def translation_of(page: Any) -> Any:
    """Return the translation of a page."""
    from wagtail_localize.models import Translation

    return Translation.objects.get(source__object_id=page.translation_key)


def known_text(server: Any) -> Row:
    """Return the row about another page with the same text."""
    from wagtail_localize.operations import translate_object
    from wagtail_localize.views.edit_translation import apply_machine_translation

    from tests.engines.worn import GoodTranslator
    from wagtail_newsroom.desk import actions

    paper = open_newspaper()
    first = write(STRINGS, mark="77")
    if len(translated(first, server)) < STRINGS - 1:
        raise Wrong("the first page was not sent whole")
    actions.approve(translation_of(first), user=paper.editor)
    again = translated(write(STRINGS, mark="77"), server)
    other = write(STRINGS, mark="77")
    translate_object(other, [paper.persian], user=paper.editor)
    GoodTranslator.asked.clear()
    apply_machine_translation(translation_of(other).pk, paper.editor, GoodTranslator({}))
    (stock,) = GoodTranslator.asked
    return Row(
        f"the same {STRINGS} strings on another page, after approval",
        f"{len(again)} strings sent",
        f"wagtail-localize {len(stock[2])} strings sent",
        "0 sent",
        not again,
    )


def changed_paragraph(server: Any) -> Row:
    """Return the row about one paragraph that changed after publication."""
    from wagtail_newsroom.articles.models import ArticlePage
    from wagtail_newsroom.desk import actions

    paper = open_newspaper()
    page = write(STRINGS, mark="88")
    translated(page, server)
    translation = translation_of(page)
    actions.approve(translation, user=paper.editor)
    actions.publish(translation, user=paper.editor)
    body = [("paragraph", f"<p>{text}</p>") for text in paragraphs(STRINGS - 1, "88")]
    body[29] = ("paragraph", "<p>This paragraph was written anew.</p>")
    page = ArticlePage.objects.get(pk=page.pk)
    page.body = body
    page.save_revision().publish()
    sent = translated(ArticlePage.objects.get(pk=page.pk), server)
    if sent and sent != ["This paragraph was written anew."]:
        raise Wrong(f"{len(sent)} strings were sent, or another one")
    return Row(
        "one paragraph of 60 changed after publication",
        f"{len(sent)} string sent",
        "–",
        "1 sent",
        len(sent) == 1,
    )


def look_up(options: Options) -> Row:
    """Return the row about finding an article's strings in a full memory."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from wagtail_newsroom.desk import memory
    from wagtail_newsroom.segments.keys import visible_text

    pair = {"source_language": "en", "target_language": "fa"}
    texts = [
        visible_text(text)
        for block in range(ENTRIES // 100)
        for text in paragraphs(100, f"{1000 + block}")
    ]
    memory.remember(
        [(text, f"متن {number}") for number, text in enumerate(texts)], origin="imported", **pair
    )
    wanted = texts[:: ENTRIES // 60][:60]
    times = []
    for _ in range(options.runs):
        started = time.perf_counter()
        found = memory.recall(wanted, **pair)
        times.append(time.perf_counter() - started)
        if len(found) != len(wanted):
            raise Wrong(f"{len(found)} of {len(wanted)} texts were found")
    with CaptureQueriesContext(connection) as queries:
        memory.recall(wanted, **pair)
    return Row(
        f"60 strings looked up among {ENTRIES:,} in the memory",
        f"{1000 * statistics.median(times):.0f} ms, {len(queries)} {'query' if len(queries) == 1 else 'queries'}",
    )


def rows(options: Options) -> Iterator[Row]:
    """Yield the rows about texts that are known."""
    open_newspaper()

    from tests.loopback import LoopbackServer

    with LoopbackServer() as server:
        yield known_text(server)
        yield changed_paragraph(server)
    yield look_up(options)
