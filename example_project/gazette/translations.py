"""Persian pages, made the way in which a newsroom makes them: asked for, written, approved."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from wagtail_newsroom.desk import actions, jobs, localize
from wagtail_newsroom.setup import Report, make_groups

from .content import Piece
from .people import account

_HOME_DEPTH = 2


def publish_persian(piece: Piece, page: Page, *, locale: Locale) -> bool:
    """Have the translator's words approved and published; False when there is a page already.

    All or nothing: a page in Persian is live with every text of its own, or there is none.
    """
    if page.has_translation(locale):
        return False
    with transaction.atomic():
        translator = account("translator")
        job = actions.request_translation(page, locale, user=translator)
        translation = localize.get_translation(job.translation_id)
        persian = {place.path: place.persian for place in piece.places()}
        for segment in localize.segments(translation):
            localize.store_person_text(
                segment, persian[segment.path], locale=locale, user=translator
            )
        # Nothing is missing, so the job asks no engine: it counts, and makes the draft.
        jobs.run(job.pk)
        if page.depth == _HOME_DEPTH:
            # A home stands beside the others, where nobody has rights before it is there.
            make_groups(Report())
        editor = account("editor")
        actions.approve(translation, user=editor)
        actions.publish(translation, user=editor)
    return True


def segment_pairs(piece: Piece, page: Page) -> list[tuple[str, str]]:
    """Return the page's strings as wagtail-localize cuts them, each with its Persian."""
    persian = {place.path: place.persian for place in piece.places()}
    return [
        (value.string.data, persian[value.path])
        for value in extract_segments(page)
        if isinstance(value, StringSegmentValue) and not value.is_empty()
    ]
