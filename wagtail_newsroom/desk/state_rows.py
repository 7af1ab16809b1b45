"""The rows that lists show: derived for many pieces at once, by the function that pages use.

`touch` marks pieces whose rows may have changed; they are derived anew once, when the transaction
ends. What happens to many pieces behind Django's back needs `rebuild`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models, router, transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Locale, Page
from wagtail.snippets.models import get_snippet_models

from ..engines.runner import COPY
from ..search.folding import folded_text
from ..segments.keys import visible_text
from . import localize, memory
from .begun import has_begun, with_begun
from .gate import GatedMixin
from .localize import Segment, Translation
from .models import Approval, TranslationJob
from .pieces import can_be_piece, has_drafts, piece_of
from .policy_models import Policy
from .state_facts import Evidence, gather
from .state_models import PieceState, State
from .states import Facts, derive, facts_of

CHUNK = 25
"""Pieces that are derived, and locked, at a time."""

_COLUMNS = {
    field.name: field.attname
    for field in PieceState._meta.concrete_fields
    if field.name not in ("id", "translation_key", "locale")
}
"""The attributes that are derived, by field."""


@cache
def is_listed(model: type[models.Model]) -> bool:
    """Return whether the desk lists pieces of a model: pages with the gate, and snippets."""
    if not can_be_piece(model) or not getattr(model, "is_translated_at_desk", True):
        return False
    if issubclass(model, Page):
        return issubclass(model, GatedMixin)
    gated = issubclass(model, GatedMixin) or not has_drafts(model)
    return gated and model in get_snippet_models()


def listed_page_types() -> list[int]:
    """Return the keys of the content types of the pages that the desk lists."""
    pages = [model for model in apps.get_models() if issubclass(model, Page) and is_listed(model)]
    return [kind.pk for kind in ContentType.objects.get_for_models(*pages).values()]


def listed_snippets() -> list[type[models.Model]]:
    """Return the classes of snippets that the desk lists."""
    return [model for model in get_snippet_models() if is_listed(model)]


class _Batch:
    """What one transaction touched; whichever of its hooks runs first derives all of it."""

    def __init__(self) -> None:
        self.keys: set[UUID] = set()
        self.translations: set[int] = set()
        self.contexts: set[int] = set()

    def __call__(self) -> None:
        keys, self.keys = self.keys, set()
        translations, self.translations = self.translations, set()
        contexts, self.contexts = self.contexts, set()
        if translations:
            keys |= localize.keys_of_translations(translations)
        if contexts:
            keys |= localize.keys_of_contexts(contexts)
        if keys:
            refresh(keys)


def touch(
    *, keys: Iterable[UUID] = (), translations: Iterable[int] = (), contexts: Iterable[int] = ()
) -> None:
    """Have rows derived anew when the transaction ends, each piece once for a transaction.

    Pieces are named by `translation_key`, by a translation to them, or by the context of one of
    their texts.
    """
    connection = connections[router.db_for_write(PieceState)]
    hooks = (entry[1] for entry in reversed(connection.run_on_commit))
    batch = next((hook for hook in hooks if isinstance(hook, _Batch)), None) or _Batch()
    batch.keys.update(keys)
    batch.translations.update(translations)
    batch.contexts.update(contexts)
    # One hook for each call: a savepoint that is rolled back takes its own along, and no other.
    # robust: a list that is behind must not undo what it shows.
    transaction.on_commit(batch, using=connection.alias, robust=True)


def refresh(keys: Collection[UUID]) -> None:
    """Derive the rows of pieces anew, and write those that changed.

    A number of queries that does not grow with the pieces of a chunk.
    """
    rest = iter(sorted(keys))
    while chunk := list(islice(rest, CHUNK)):
        with transaction.atomic(using=router.db_for_write(PieceState)):
            # Locked before anything is read, so that the last to write has read the newest.
            stored = {
                (row.translation_key, row.locale_id): row
                for row in PieceState.objects.select_for_update()
                .filter(translation_key__in=chunk)
                .order_by("translation_key", "locale_id")
            }
            _write(stored, list(_rows(chunk)))


def _write(stored: dict[tuple[UUID, int], PieceState], rows: Sequence[PieceState]) -> None:
    changed = []
    for row in rows:
        old = stored.pop((row.translation_key, row.locale_id), None)
        if old is None or any(
            getattr(old, name) != getattr(row, name) for name in _COLUMNS.values()
        ):
            changed.append(row)
    if changed:
        features = connections[router.db_for_write(PieceState)].features
        PieceState.objects.bulk_create(
            changed,
            update_conflicts=True,
            update_fields=list(_COLUMNS),
            unique_fields=(
                ["translation_key", "locale"]
                if features.supports_update_conflicts_with_target
                else None
            ),
        )
    if stored:
        PieceState.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()


def _rows(keys: Sequence[UUID]) -> Iterator[PieceState]:
    locales = _content_locales()
    versions = _versions(keys)
    evidence = gather(versions)
    for key, in_locale in versions.items():
        translations = {
            locale: translation
            for locale, translation in evidence.translations.get(key, {}).items()
            if translation.source.locale_id in in_locale
        }
        originals = [one for code, one in in_locale.items() if code not in translations]
        original = min(originals or in_locale.values(), key=lambda one: one.pk)
        for locale in locales:
            translation = translations.get(locale)
            if locale == original.locale_id:
                continue
            source = (
                in_locale[translation.source.locale_id] if translation is not None else original
            )
            yield _row(source, in_locale.get(locale), locale, translation, evidence)


def _content_locales() -> list[int]:
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return list(
        Locale.objects.filter(language_code__in=codes).order_by("pk").values_list("pk", flat=True)
    )


def _versions(keys: Sequence[UUID]) -> dict[UUID, dict[int, Any]]:
    """Return the pieces by their keys and locales; an alias is none."""
    found: dict[UUID, dict[int, Any]] = {}
    pages = Page.objects.filter(
        translation_key__in=keys, alias_of=None, content_type__in=listed_page_types()
    )
    for page in with_begun(pages):
        found.setdefault(page.translation_key, {})[page.locale_id] = page
    left = [key for key in keys if key not in found]
    for model in listed_snippets() if left else ():
        for snippet in with_begun(model._base_manager.filter(translation_key__in=left)):
            found.setdefault(snippet.translation_key, {})[snippet.locale_id] = snippet  # type: ignore[attr-defined]
    return found


def _row(
    source: Any, target: Any, locale: int, translation: Translation | None, evidence: Evidence
) -> PieceState:
    key = source.translation_key
    is_page = isinstance(source, Page)
    row = PieceState(
        translation_key=key,
        locale_id=locale,
        source_locale_id=source.locale_id,
        content_type_id=source.content_type_id
        if is_page
        else ContentType.objects.get_for_model(source).pk,
        source_id=str(source.pk),
        target_id=str(target.pk) if target is not None else "",
        source_page_id=source.pk if is_page else None,
        target_page_id=target.pk if is_page and target is not None else None,
        section_id=evidence.section_of(source) if is_page else None,
        translation=translation,
        assigned_to_id=evidence.assigned.get((key, locale)),
        source_title=_title(source),
        title=_title(target) if target is not None else "",
        is_live=target is not None and piece_of(target).is_live,
    )
    row.words = folded_text(f"{row.source_title} {row.title}")
    if translation is None or (target is None and piece_of(source).has_drafts):
        row.state = derive(Facts(is_stored=target is not None, is_live=row.is_live))
        row.since = _since(row.state, source, target, None, None)
        return row
    job = row.job = evidence.jobs.get(translation.pk)
    approval = evidence.approvals.get(translation.pk)
    segments = evidence.segments.get(translation.pk, [])
    facts = facts_of(
        target,
        job=job,
        approval=approval,
        segments=segments,
        change=lambda: evidence.changes.since(translation),
        waived=lambda: evidence.waived.get(translation.pk, ()),
        policy=lambda: evidence.policies.get(translation.pk, Policy.REVIEW),
        unreviewed=lambda: (key, locale) in evidence.unreviewed,
        begun=lambda: has_begun(translation, target),
    )
    row.is_unreviewed = row.is_live and (key, locale) in evidence.unreviewed
    row.state = derive(facts)
    row.since = _since(row.state, source, target, job, approval)
    row.is_urgent = _is_urgent(source, target, translation, evidence)
    row.segments, row.missing = facts.segments, facts.missing
    row.characters, row.machine_characters = _characters(segments)
    if job is None or not job.is_active:
        row.errors, row.warnings = evidence.open_findings(translation, target, segments)
    return row


def _is_urgent(source: Any, target: Any, translation: Translation, evidence: Evidence) -> bool:
    """Return whether readers lack what is urgent, and nobody said that it needs no translation."""
    if not isinstance(target, Page) or (source.pk, target.pk) not in evidence.urgent:
        return False
    return evidence.changes.marks.get(translation.pk) not in evidence.waived.get(translation.pk, ())


def _title(instance: Any) -> str:
    text = instance.get_admin_display_title() if isinstance(instance, Page) else str(instance)
    return str(text)[:255]


def _characters(segments: Iterable[Segment]) -> tuple[int, int]:
    """Return the characters of the original, and those whose translation is a machine's.

    What the memory knew are people's words, and what was copied is nobody's.
    """
    everything = machine = 0
    for segment in segments:
        length = len(visible_text(segment.source))
        everything += length
        if (
            segment.kind == localize.MACHINE
            and segment.tool not in (memory.TOOL, COPY)
            and not segment.is_missing
        ):
            machine += length
    return everything, machine


def _since(state: str, source: Any, target: Any, job: Any, approval: Any) -> Any:
    """Return since when a piece is in its state, as far as what is stored tells."""
    match state:
        case State.QUEUED:
            return job.created_at
        case State.TRANSLATING:
            return job.started_at
        case State.APPROVED:
            return approval.approved_at
        case State.PUBLISHED | State.UNREVIEWED:
            return getattr(target, "last_published_at", None)
        case State.OUTDATED:
            return getattr(source, "last_published_at", None)
        case State.MISSING:
            return getattr(source, "first_published_at", None) or getattr(
                source, "latest_revision_created_at", None
            )
    if job is not None and state != State.IN_REVIEW:
        return job.finished_at
    return getattr(target, "latest_revision_created_at", None)


def rebuild() -> int:
    """Derive all rows anew, in flat memory, and remove those of what is gone; returns the pieces."""
    count = 0
    pages = Page.objects.filter(alias_of=None, content_type__in=listed_page_types())
    for chunk in _keys_of(pages):
        refresh(chunk)
        count += len(chunk)
    alive = [pages]
    for model in listed_snippets():
        alive.append(model._base_manager.all())
        for chunk in _keys_of(alive[-1]):
            refresh(chunk)
            count += len(chunk)
    gone = PieceState.objects.all()
    for rows in alive:
        gone = gone.filter(~Exists(rows.filter(translation_key=OuterRef("translation_key"))))
    gone.delete()
    return count


def trusted_below(section: Page) -> models.QuerySet[Approval]:
    """Return the approvals by policy of what stands below a section, in all languages.

    Their states hang on the section's policy.
    """
    keys = Page.objects.filter(translation_key=section.translation_key).values_list("path")
    below = Q(pk__in=[])
    for (path,) in keys:
        below |= Q(path__startswith=path)
    pieces = Page.objects.order_by().filter(below).values("translation_key")
    return Approval.objects.exclude(policy="").filter(translation__source__object_id__in=pieces)


def refresh_trusted_below(section: Page) -> int:
    """Derive anew what a section's policy makes of the pieces below; returns how many there are."""
    keys = set(
        trusted_below(section).order_by().values_list("translation__source__object_id", flat=True)
    )
    refresh(keys)
    return len(keys)


def _keys_of(rows: models.QuerySet[Any]) -> Iterator[list[UUID]]:
    """Yield the translation keys of rows, each once, a chunk at a time."""
    keys = rows.order_by("translation_key").values_list("translation_key", flat=True).distinct()
    last = None
    while chunk := list((keys.filter(translation_key__gt=last) if last else keys)[:CHUNK]):
        yield chunk
        last = chunk[-1]


def touch_job(job: TranslationJob | int) -> None:
    """Have the rows of a job's piece derived anew when the transaction ends."""
    if isinstance(job, TranslationJob):
        touch(translations=[job.translation_id])
    else:
        touch(
            translations=TranslationJob.objects.filter(pk=job).values_list(
                "translation_id", flat=True
            )
        )
