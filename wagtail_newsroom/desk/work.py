"""The work of one job: the memory first, then the engines, each chunk stored as it comes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Hashable, Iterable, Mapping, Sequence
from contextlib import closing
from html import unescape
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from ..conf import conf
from ..engines.base import Engine
from ..engines.runner import COPY, Draft, Refusal, Runner
from ..segments.keys import fingerprint
from ..segments.reasons import Reason
from ..segments.tidy import tidy
from . import localize, memory, related
from .glossary import glossary_for
from .localize import NewText, Segment
from .margin_models import Suggestion
from .models import Provenance, TranslationJob
from .pieces import piece_of
from .timetable import scheduled_revision
from .usage import allowances, count

Key = tuple[int, int]
K = TypeVar("K", bound=Hashable)

MEMORY_CHUNK = 500


def is_embargoed(instance: Any) -> bool:
    """Return whether a piece, live or not, waits for a time before which it may not leave the site.

    That is the embargo of its latest draft, or a publication that is scheduled.
    """
    piece = piece_of(instance)
    times = [getattr(piece.latest, name, None) for name in ("go_live_at", "embargoed_until")]
    scheduled = scheduled_revision(instance)
    if scheduled is not None:
        # A newer draft need not have a time of its own.
        times.append(scheduled.approved_go_live_at)
    if piece.is_live:
        times.append(getattr(instance, "embargoed_until", None))
    now = timezone.now()
    return any(time is not None and time > now for time in times)


class Work:
    """Translates what is missing of one job's piece; holds what the steps share."""

    def __init__(
        self,
        job: TranslationJob,
        *,
        engines: Sequence[Engine],
        extend: Callable[..., None],
    ) -> None:
        self.job = job
        self.engines = list(engines)
        self.extend = extend
        self.translation = localize.get_translation(job.translation_id)
        self.source_language: str = self.translation.source.locale.language_code
        self.target_language: str = self.translation.target_locale.language_code
        original = localize.source_of(self.translation)
        self.glossary = glossary_for(
            self.source_language,
            self.target_language,
            site=piece_of(original).site if original is not None else None,
        )
        self.missing: dict[Key, Segment] = {}

    def do(self) -> None:
        """Runs all steps; ends with the job's counts and failures saved."""
        try:
            self.take_stock()
            self.ask_memory()
            self.ask_engines()
            related.propose(self)
        finally:
            for engine in self.engines:
                engine.close()

    def take_stock(self) -> None:
        """Finds what is missing and counts what is there already."""
        everything = {
            (segment.string_id, segment.context_id): segment
            for segment in localize.segments(self.translation)
        }
        self.missing = {key: segment for key, segment in everything.items() if segment.is_missing}
        counts = dict(self.job.counts)
        # A run that goes on after an interruption has stored some of these itself.
        own = sum(count for name, count in counts.items() if name != "kept")
        counts["kept"] = max(0, len(everything) - len(self.missing) - own)
        self.job.total, self.job.counts, self.job.failures = len(everything), counts, []
        self.extend(self.job, total=self.job.total, counts=counts, failures=[])

    def ask_memory(self) -> None:
        """Stores what was approved or imported before, word for word the same source."""
        found = memory.recall(
            {segment.source for segment in self.missing.values()},
            source_language=self.source_language,
            target_language=self.target_language,
        )
        chunk: list[NewText] = []
        for key, segment in list(self.missing.items()):
            text = found.get(segment.source)
            if text is None or not self.fits(segment, text):
                continue
            if not localize.can_be_stored(segment.source, text):
                continue
            chunk.append(NewText(*key, source=segment.source, text=text, tool=memory.TOOL))
            if len(chunk) == MEMORY_CHUNK:
                self.store(chunk, origin=Provenance.Origin.MEMORY)
                chunk = []
        self.store(chunk, origin=Provenance.Origin.MEMORY)

    def ask_engines(self) -> None:
        """Asks the chain for the rest, outside any transaction, and stores each batch at once."""
        if not self.missing:
            return
        engines = self.allowed_engines()
        if not engines:
            reason = Reason.WITHHELD if self.engines else Reason.NO_ENGINE
            self.note_failures((key, reason, "") for key in self.missing)
            return
        texts = {key: segment.source for key, segment in self.missing.items()}
        with closing(self.answers(engines, texts)) as answers:
            for results in answers:
                if results:
                    self.take(results)
                else:
                    self.extend(self.job)

    def answers(
        self, engines: Sequence[Engine], texts: Mapping[K, str]
    ) -> Generator[dict[K, Draft | Refusal], None, None]:
        """Yields what the engines answer, batch by batch; what was sent is counted at once."""
        runner = Runner(
            engines,
            source=self.source_language,
            target=self.target_language,
            prepare=self.glossary.put if self.glossary else None,
            keep=self.glossary.kept if self.glossary else None,
            allowance=allowances(engine.name for engine in engines),
        )
        with closing(runner.run(texts)) as batches:
            for batch in batches:
                for engine, sent in batch.sent.items():
                    count(engine, characters=sent.characters, requests=sent.requests)
                yield batch.results

    def allowed_engines(self) -> list[Engine]:
        """Returns the engines that may see this piece: only private ones if readers may not yet."""
        original = localize.source_of(self.translation)
        if original is not None and (piece_of(original).is_private or is_embargoed(original)):
            return [engine for engine in self.engines if engine.is_private]
        return self.engines

    def take(self, results: dict[Key, Draft | Refusal]) -> None:
        """Stores the drafts of one batch and notes its refusals."""
        drafts: dict[str, list[NewText]] = {}
        refused: list[tuple[Key, str, str]] = []
        for key, result in results.items():
            segment = self.missing[key]
            if isinstance(result, Draft) and result.engine != COPY:
                text = tidy(result.text, self.target_language, rules=conf.tidy_rules)
                result = Draft(text, result.engine)
            match result:
                case Refusal():
                    refused.append((key, result.reason, result.engine))
                case Draft() if not self.fits(segment, result.text):
                    refused.append((key, Reason.FIELD_LENGTH, result.engine))
                case Draft() if not localize.can_be_stored(segment.source, result.text):
                    refused.append((key, Reason.MARKUP, result.engine))
                case Draft():
                    drafts.setdefault(result.engine, []).append(
                        NewText(*key, source=segment.source, text=result.text, tool=result.engine)
                    )
        for engine, chunk in drafts.items():
            self.store(chunk, origin=Provenance.Origin.MACHINE, engine=engine)
        self.note_failures(refused)

    def fits(self, segment: Segment, text: str) -> bool:
        """Returns whether a plain field can hold the text."""
        limit = localize.longest_allowed(self.translation, segment.path)
        return limit is None or len(unescape(text)) <= limit

    def store(self, chunk: Sequence[NewText], *, origin: str, engine: str = "") -> None:
        """Stores a chunk, where its texts came from and the new counts in one transaction.

        A text that a person wrote in the meantime stays and counts as kept.
        """
        if not chunk:
            return
        locale = self.translation.target_locale
        counts = dict(self.job.counts)
        with transaction.atomic():
            # First of all, so that a worker that lost the job stores nothing.
            self.extend(self.job)
            localize.store_machine_texts(chunk, locale=locale, user=self.job.requested_by)
            standing = localize.stored_machine_texts(chunk, locale=locale)
            Provenance.objects.bulk_create(
                [
                    Provenance(
                        object_id=self.translation.source.object_id,
                        locale=locale,
                        fingerprint=mark,
                        origin=origin,
                        engine=engine,
                        job=self.job,
                    )
                    for mark in sorted(
                        {
                            fingerprint(new.text)
                            for new in chunk
                            if (new.string_id, new.context_id) in standing
                        }
                    )
                ],
                ignore_conflicts=True,
            )
            name = f"engine:{engine}" if engine else "memory"
            counts[name] = counts.get(name, 0) + len(standing)
            counts["kept"] = counts.get("kept", 0) + len(chunk) - len(standing)
            if engine:
                self.keep_beside(chunk, standing, engine)
            self.extend(self.job, counts=counts)
        self.job.counts = counts
        for new in chunk:
            self.missing.pop((new.string_id, new.context_id), None)

    def keep_beside(
        self, chunk: Sequence[NewText], standing: Collection[tuple[int, int | None]], engine: str
    ) -> None:
        """Keeps what was paid for beside what people wrote in its place meanwhile."""
        Suggestion.objects.bulk_create(
            [
                Suggestion(
                    translation=self.translation,
                    string_id=new.string_id,
                    context_id=new.context_id,
                    engine=engine,
                    text=new.text,
                    status=Suggestion.Status.DONE,
                    requested_by=self.job.requested_by,
                )
                for new in chunk
                if (new.string_id, new.context_id) not in standing
            ],
            ignore_conflicts=True,
        )

    def note_failures(self, failures: Iterable[tuple[Key, str, str]]) -> None:
        """Adds failures to the job: which string, where, why and by which engine; never a text."""
        noted: list[dict[str, Any]] = [
            {
                "string": key[0],
                "path": self.missing[key].path,
                "reason": str(getattr(reason, "value", reason)),
                "engine": engine,
            }
            for key, reason, engine in failures
        ]
        if noted:
            self.job.failures = [*self.job.failures, *noted]
            self.extend(self.job, failures=self.job.failures)
