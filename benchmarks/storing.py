"""Queries to submit an article and to store its machine text, beside wagtail-localize's own way.

Both ways work on equal articles in the same temporary database; the machine answers at once.
wagtail-localize reads what is missing string by string while it stores, so that its count holds
both; ours to read is told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ._newspaper import counted, open_newspaper, request, write
from .rows import Options, Row, Wrong

ORDER = 20
SIZES = (23, 63, 400)
MOST_TO_STORE = 10
MOST_TO_SUBMIT = 200
MOST_TO_READ = 2
PARAMETERS = 5000
"""Where a statement takes fewer than this, Django cuts long ones: SQLite before Django 6."""


def submit(strings: int) -> tuple[int, int]:
    """Return the queries with which we and wagtail-localize submit an article."""
    from wagtail_localize.models import StringSegment, Translation
    from wagtail_localize.operations import translate_object

    paper = open_newspaper()
    page, other = write(strings), write(strings)
    with counted() as ours:
        request(page)
    with counted() as stock:
        translate_object(other, [paper.persian], user=paper.editor)
    for piece in (page, other):
        found = Translation.objects.get(source__object_id=piece.translation_key)
        segments = StringSegment.objects.filter(source=found.source).exclude(context__path="slug")
        if segments.count() != strings or found.get_target_instance().live:
            raise Wrong(f"{segments.count()} of {strings} strings were submitted")
    return ours.queries, stock.queries


def store(strings: int) -> tuple[int, int]:
    """Return the queries with which we and wagtail-localize store an article's machine text.

    Raises Wrong when reading what is missing took us more than a few.
    """
    from wagtail_localize.models import StringTranslation, Translation
    from wagtail_localize.operations import translate_object
    from wagtail_localize.views.edit_translation import apply_machine_translation

    from tests.engines.worn import GoodTranslator
    from wagtail_newsroom.desk import jobs
    from wagtail_newsroom.desk.work import Work
    from wagtail_newsroom.engines.runner import Draft

    paper = open_newspaper()
    page, other = write(strings), write(strings)
    job = jobs.claim(request(page).pk)
    if job is None:
        raise Wrong("there was no job")
    work = Work(job, engines=[], extend=jobs.extend)
    with counted() as reading:
        work.take_stock()
    if reading.queries > MOST_TO_READ:
        raise Wrong(f"reading what is missing took {reading.queries} queries")
    drafts: dict[Any, Any] = {
        key: Draft(persian(segment.source), "bench") for key, segment in work.missing.items()
    }
    with counted() as ours:
        work.take(drafts)
    translate_object(other, [paper.persian], user=paper.editor)
    theirs = Translation.objects.get(source__object_id=other.translation_key)
    with counted() as stock:
        apply_machine_translation(theirs.pk, paper.editor, GoodTranslator({}))
    for piece in (page, other):
        stored = StringTranslation.objects.filter(
            context__object_id=piece.translation_key, has_error=False
        ).exclude(context__path="slug")
        if stored.count() != strings:
            raise Wrong(f"{stored.count()} of {strings} texts were stored")
    return ours.queries, stock.queries


def persian(fragment: str) -> str:
    """Return the offline twin's translation of a fragment, tags kept."""
    from tests.loopback import translate

    return translate(fragment, target="fa", is_html=True)


def row(what: str, counts: list[tuple[int, int]], most: int, *, is_flat: bool) -> Row:
    """Return the row of one kind of work at several sizes.

    `is_flat` says that the count must not grow at all.
    """
    from django.db import connection

    ours, stock = zip(*counts, strict=True)
    limit = connection.features.max_query_params
    is_reached = max(ours) <= most and (len(set(ours)) == 1 or not is_flat)
    figure = f"≤ {most}, the same for all" if is_flat else f"≤ {most}"
    if is_flat and limit is not None and limit < PARAMETERS:
        is_reached = ours[0] <= most and max(ours) <= 2 * most
        figure = f"≤ {most}; more where statements are cut at {limit:,} parameters, as here"
    return Row(
        what,
        ", ".join(f"{count:,}" for count in ours),
        "wagtail-localize " + ", ".join(f"{count:,}" for count in stock),
        figure,
        is_reached,
    )


def rows(options: Options) -> Iterator[Row]:
    """Yield the rows about queries; counts need no medians."""
    open_newspaper()
    # What is done for the first time, such as looking up content types, counts for nobody.
    store(2)
    yield row(
        "queries to store the machine text of an article of 23, 63, 400 strings (2 more to read)",
        [store(strings) for strings in SIZES],
        MOST_TO_STORE,
        is_flat=True,
    )
    yield row(
        "queries to submit an article of 63, 400 strings",
        [submit(strings) for strings in SIZES[1:]],
        MOST_TO_SUBMIT,
        is_flat=False,
    )
