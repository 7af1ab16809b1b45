"""Suggestions: a machine's text beside the one that stands there, asked for and taken by a person.

No engine is called inside a request: a button queues, a worker asks, the review shows what came.
What puts a call in a queue stands above the desk and registers here.
"""

from __future__ import annotations

import logging
import traceback
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from html import unescape
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from ..conf import conf
from ..engines.base import Engine
from ..engines.registry import load_chain
from ..engines.runner import Draft, Refusal, Runner
from ..exceptions import Declined, NewsroomError, NotAllowed
from ..segments.keys import fingerprint
from ..segments.reasons import Reason
from ..segments.tidy import tidy
from . import editing, localize, permissions
from .glossary import glossary_for
from .localize import Segment, Translation
from .margin_models import Suggestion
from .models import Provenance
from .pieces import piece_of
from .usage import allowances, count
from .work import is_embargoed

logger = logging.getLogger("wagtail_newsroom")

LOST_CALL = timedelta(seconds=60)
"""After this time a suggestion that nobody works on gets another call."""
MOST = 500
"""How many passages one request takes."""

Status = Suggestion.Status


class SuggestionQueue(Protocol):
    """What the desk needs of a queue for suggestions."""

    def wake(self, translation_id: int) -> None:
        """Puts a call in the queue, which is to run `make` for a translation."""


_registered: list[SuggestionQueue] = []


def register(queue: SuggestionQueue) -> None:
    """Set the queue that calls go to."""
    _registered[:] = [queue]


def engines_for(translation: Translation, *, source: Any) -> list[Engine]:
    """Return the engines of the chain that may see a piece and know its languages."""
    try:
        chain = load_chain(conf.engines)
    except NewsroomError:
        # A system check tells what is wrong with the setting.
        return []
    pair = translation.source.locale.language_code, translation.target_locale.language_code
    return [engine for engine in chain if _supports(engine, *pair) and _may_see(engine, source)]


def ask(
    translation: Translation, segment_pks: Iterable[int] | None, *, engine: str, user: Any
) -> int:
    """Have an engine translate passages again, in the background; return how many it is asked for.

    None stands for all passages that people wrote. What the engine has answered for the same
    words before is not asked for again. Nothing that stands in the piece changes.

    Raises `NotAllowed` without permission to have the piece translated, `NotFound` for a passage
    that the piece does not have, `Declined` for an engine that may not see the piece.
    """
    source, target = localize.source_of(translation), localize.target_to_be(translation)
    if source is None or target is None:
        raise Declined(gettext("There is no version in this language yet."))
    if user is not None and not (
        permissions.can_edit_texts(target, user)
        and permissions.can_request(source, translation.target_locale, user)
    ):
        raise NotAllowed(gettext("You are not allowed to have this piece translated."))
    editing.check_enabled(translation)
    if engine not in {one.name for one in engines_for(translation, source=source)}:
        raise Declined(gettext("This engine cannot be asked for this piece."))
    everything = localize.segments(translation)
    if segment_pks is None:
        chosen = [one for one in everything if one.kind == localize.MANUAL and one.path != "slug"]
    else:
        wanted = set(segment_pks)
        chosen = [one for one in everything if one.pk in wanted]
        if len(chosen) < len(wanted):
            raise editing.NotFound(gettext("The original changed since you opened this page."))
    return _queue(translation, chosen[:MOST], engine=engine, user=user)


def _queue(translation: Translation, chosen: Sequence[Segment], *, engine: str, user: Any) -> int:
    of_engine = Suggestion.objects.filter(translation=translation, engine=engine)
    wanted = {(one.string_id, one.context_id) for one in chosen}
    with transaction.atomic():
        Suggestion.objects.bulk_create(
            [
                Suggestion(
                    translation=translation,
                    string_id=string,
                    context_id=context,
                    engine=engine,
                    requested_by=user,
                )
                for string, context in sorted(wanted)
            ],
            ignore_conflicts=True,
        )
        failed = [
            one.pk
            for one in of_engine.filter(status=Status.FAILED)
            if (one.string_id, one.context_id) in wanted
        ]
        of_engine.filter(pk__in=failed, status=Status.FAILED).update(
            status=Status.QUEUED, reason="", requested_by=user
        )
        asked = sum(
            (one.string_id, one.context_id) in wanted
            for one in of_engine.filter(status=Status.QUEUED)
        )
        of_engine.filter(status=Status.QUEUED).update(woken_at=timezone.now())
        if asked:
            # robust: a queue that is down must not undo the request; `call_again` calls later.
            transaction.on_commit(partial(_wake, translation.pk), robust=True)
    return asked


def _wake(translation_id: int) -> None:
    for queue in _registered:
        queue.wake(translation_id)


def call_again(translation: Translation) -> bool:
    """Call a worker again for suggestions whose call got lost; return whether there were any."""
    now = timezone.now()
    forgotten = _waiting(now).filter(
        Q(woken_at=None) | Q(woken_at__lt=now - LOST_CALL), translation=translation
    )
    if not forgotten.update(woken_at=now):
        return False
    transaction.on_commit(partial(_wake, translation.pk), robust=True)
    return True


def _waiting(now: Any) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(
        Q(status=Status.QUEUED) | Q(status=Status.RUNNING, lease_until__lt=now)
    )


def make(translation_id: int) -> int:
    """Ask the engines for the suggestions of a translation that wait; return how many there are now.

    For workers only. Each worker takes what no other holds; what came back before one was killed
    stays, and the rest is taken over when its lease ends.
    """
    try:
        translation = localize.get_translation(translation_id)
    except localize.Translation.DoesNotExist:
        return 0
    now, token = timezone.now(), uuid.uuid4()
    _waiting(now).filter(translation=translation).update(
        status=Status.RUNNING, token=token, lease_until=_lease()
    )
    held = Suggestion.objects.filter(translation=translation, token=token, status=Status.RUNNING)
    by_engine: dict[str, list[Suggestion]] = defaultdict(list)
    for one in held.select_related("string", "context"):
        by_engine[one.engine].append(one)
    try:
        return sum(
            _ask_engine(translation, name, rows, held=held) for name, rows in by_engine.items()
        )
    except Exception as error:  # noqa: BLE001 - whatever it is, the editor must be told
        # The message of an unknown exception may hold article text, so only its place is logged.
        logger.error(
            "Suggestions for translation %s failed with %s\n%s",
            translation_id,
            type(error).__name__,
            "".join(traceback.format_tb(error.__traceback__)),
        )
        _give_up(held, Reason.BROKEN)
        return 0


def _lease() -> Any:
    return timezone.now() + timedelta(seconds=conf.job_lease_seconds)


def _give_up(rows: QuerySet[Suggestion], reason: str) -> None:
    rows.update(status=Status.FAILED, reason=str(reason), token=None, lease_until=None)


def _ask_engine(
    translation: Translation, name: str, rows: list[Suggestion], *, held: QuerySet[Suggestion]
) -> int:
    """Ask one engine; return how many texts it gave."""
    original = localize.source_of(translation)
    engine = next((one for one in load_chain(conf.engines) if one.name == name), None)
    of_engine = held.filter(engine=name)
    if engine is None or original is None:
        _give_up(of_engine, Reason.NO_ENGINE)
        return 0
    # The piece may have become private since it was asked for.
    if not _may_see(engine, original):
        _give_up(of_engine, Reason.WITHHELD)
        return 0
    source, target = (
        translation.source.locale.language_code,
        translation.target_locale.language_code,
    )
    glossary = glossary_for(source, target, site=piece_of(original).site)
    runner = Runner(
        [engine],
        source=source,
        target=target,
        prepare=glossary.put if glossary else None,
        keep=glossary.kept if glossary else None,
        allowance=allowances([name]),
    )
    given = 0
    by_pk = {row.pk: row for row in rows}
    try:
        with closing(runner.run({row.pk: row.string.data for row in rows})) as batches:
            for batch in batches:
                for asked, sent in batch.sent.items():
                    count(asked, characters=sent.characters, requests=sent.requests)
                held.update(lease_until=_lease())
                for pk, result in batch.results.items():
                    given += _take_answer(translation, by_pk[pk], result, held=held)
    finally:
        engine.close()
    return given


def _take_answer(
    translation: Translation,
    row: Suggestion,
    result: Draft | Refusal,
    *,
    held: QuerySet[Suggestion],
) -> bool:
    """Keep what came back for one passage, cleaned and checked like a job's text."""
    this = held.filter(pk=row.pk)
    if isinstance(result, Refusal):
        _give_up(this, result.reason)
        return False
    text = tidy(result.text, translation.target_locale.language_code, rules=conf.tidy_rules)
    limit = localize.longest_allowed(translation, row.context.path)
    if limit is not None and len(unescape(text)) > limit:
        _give_up(this, Reason.FIELD_LENGTH)
        return False
    if not localize.can_be_stored(row.string.data, text):
        _give_up(this, Reason.MARKUP)
        return False
    return bool(this.update(text=text, status=Status.DONE, reason="", token=None, lease_until=None))


def take(
    translation: Translation, segment_pk: int, *, suggestion: int, version: str, user: Any
) -> Segment:
    """Put a suggestion in the place of the text that stands there, because a person says so.

    The text counts as the machine's and waits for approval. The one that gives way, a person's
    words above all, is kept beside it, to be taken back.

    Raises `NotAllowed` without permission, `NotFound` for a passage that the piece does not have,
    `Conflict` when the text changed since it was read, `Declined` for a suggestion that is gone.
    """
    target = localize.target_to_be(translation)
    if target is None or (user is not None and not permissions.can_edit_texts(target, user)):
        raise NotAllowed(gettext("You are not allowed to edit this translation."))
    with transaction.atomic():
        piece_of(target).lock()
        editing.check_enabled(translation)
        segment = editing.find(translation, segment_pk)
        offer = Suggestion.objects.filter(
            pk=suggestion,
            translation=translation,
            string_id=segment.string_id,
            context_id=segment.context_id,
            status=Status.DONE,
        ).first()
        if offer is None:
            raise Declined(gettext("This suggestion is gone."))
        if editing.version_of(segment) != version:
            raise editing.Conflict(segment)
        if not localize.can_be_stored(segment.source, offer.text):
            raise Declined(gettext("The change would damage the links or the markup."))
        if not segment.is_missing:
            _keep_words(translation, segment)
        if not localize.replace_text(
            segment,
            offer.text,
            locale=translation.target_locale,
            user=user,
            tool=offer.engine,
        ):
            raise editing.Conflict(editing.find(translation, segment_pk))
        if offer.engine:
            Provenance.objects.get_or_create(
                object_id=translation.source.object_id,
                locale=translation.target_locale,
                fingerprint=fingerprint(offer.text),
                defaults={"origin": Provenance.Origin.MACHINE, "engine": offer.engine},
            )
    return editing.find(translation, segment_pk)


def _keep_words(translation: Translation, segment: Segment) -> None:
    Suggestion.objects.update_or_create(
        translation=translation,
        string_id=segment.string_id,
        context_id=segment.context_id,
        engine=segment.tool if segment.kind == localize.MACHINE else "",
        defaults={
            "text": segment.text,
            "status": Status.DONE,
            "reason": "",
            "requested_by_id": segment.translated_by_id,
        },
    )


def _supports(engine: Engine, source: str, target: str) -> bool:
    try:
        return bool(engine.supports(source, target))
    except Exception as error:  # noqa: BLE001 - somebody else's code
        logger.error("Engine %s raised %s", engine.name, type(error).__name__)
        return False


def _may_see(engine: Engine, original: Any) -> bool:
    """Return whether an engine may be sent a piece: only a private one if readers may not read it yet."""
    return engine.is_private or not (piece_of(original).is_private or is_embargoed(original))
