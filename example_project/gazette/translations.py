"""Translations, made the way in which a newsroom makes them: asked for, written, approved."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from wagtail.models import Locale, Page, Revision

from wagtail_newsroom.desk import actions, jobs, localize, memory

from .authors import credit
from .content import Piece
from .pages import change_later, withdraw
from .people import account, translator_into
from .tags import tag_piece
from .words import ANYWHERE


def translate(piece: Piece, page: Page, *, locale: Locale) -> str:
    """Bring a piece as far in another language as its file says; returns a sentence, or nothing.

    All or nothing: a page is there with every text of its own, or there is none.
    """
    title = piece.fields["title"][piece.language].strip("“”«»")
    if page.has_translation(locale):
        return ""
    match piece.translation:
        case "reviewed":
            _publish(piece, page, locale)
            return f"“{title}” was approved and published in {locale.language_name}."
        case "approved":
            _approve(piece, page, locale)
            return f"“{title}” was approved in {locale.language_name} and waits to be published."
        case "drafted":
            _draft(page, locale)
            return f"“{title}” was sent to be drafted in {locale.language_name}."
    return ""


@transaction.atomic
def _publish(piece: Piece, page: Page, locale: Locale) -> None:
    translation = _approve(piece, page, locale)
    target = actions.publish(translation, user=account("editor"))
    if piece.later:
        change_later(piece, page, user=account("editor"))
    if piece.withdrawn_at:
        withdraw(piece, page)
        withdraw(piece, target)


@transaction.atomic
def _approve(piece: Piece, page: Page, locale: Locale) -> localize.Translation:
    translator, editor = translator_into(locale.language_code), account("editor")
    job = actions.request_translation(page, locale, user=translator)
    translation = localize.get_translation(job.translation_id)
    find = words(piece, locale.language_code)
    for segment in localize.segments(translation):
        text = find(segment.path, segment.source)
        localize.store_person_text(segment, text, locale=locale, user=translator)
    # Nothing is missing, so the job asks no engine: it counts, and makes the draft.
    jobs.run(job.pk)
    approval = actions.approve(translation, user=editor)
    if piece.bylines:
        _sign(piece, approval.revision)
    return translation


def _sign(piece: Piece, revision: Revision) -> None:
    """Put credits and tags of its own language into a draft that is approved already."""
    draft = revision.as_object()
    translators = [{"author": slug, "role": "translator"} for slug in piece.translators]
    credit(draft, [*piece.bylines, *translators])
    tag_piece(draft, piece.tags)
    # Not as a new draft: what was approved is this revision, and none of its texts changes.
    Revision.objects.filter(pk=revision.pk).update(content=draft.serializable_data())


@transaction.atomic
def _draft(page: Page, locale: Locale) -> None:
    """Have a machine draft made of what the memory knows; if it lacks a text, the worker goes on."""
    job = actions.request_translation(page, locale, user=translator_into(locale.language_code))
    translation = localize.get_translation(job.translation_id)
    sources = {segment.source for segment in localize.segments(translation)}
    known = memory.recall(
        sources,
        source_language=page.locale.language_code,
        target_language=locale.language_code,
    )
    if sources <= known.keys():
        jobs.run(job.pk)


def words(piece: Piece, language: str) -> Callable[[str, str], str]:
    """Return what finds the translation of a string by its path and its source."""
    by_path: dict[str, str] = {}
    by_source: dict[tuple[str, str], str] = {}
    for place in piece.places():
        block, _, end = place.path.rpartition(".")
        if end == ANYWHERE:
            by_source[block, place.source(piece.language)] = place.translated(language)
        else:
            by_path[place.path] = place.translated(language)

    def find(path: str, source: str) -> str:
        if path in by_path:
            return by_path[path]
        return by_source[path.rpartition(".")[0], source]

    return find
