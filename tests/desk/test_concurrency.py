"""People and jobs at the same rows at the same time: nobody is locked out, the person wins.

The tests' database is copied, so that what threads write is really committed and nothing of it
stays. On SQLite writers queue up; on PostgreSQL (`.ci/with-postgres`) they really meet.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, connections, transaction
from wagtail.signals import page_published
from wagtail_localize.models import StringTranslation

from wagtail_newsroom.articles.withdrawal import withdraw
from wagtail_newsroom.desk import actions, jobs, list_actions, localize
from wagtail_newsroom.desk.localize import NewText, Segment
from wagtail_newsroom.desk.memory import remember
from wagtail_newsroom.desk.near import near
from wagtail_newsroom.desk.texts import digest
from wagtail_newsroom.engines.base import Engine, Outcome, Translated
from wagtail_newsroom.exceptions import Declined
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    GlossaryTerm,
    MemoryEntry,
    MemoryShingle,
    TranslationJob,
)

SECONDS = 60
"""After so long a thread counts as locked out for ever."""


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A copy of the tests' database in its place, in which commits are commits."""
    settings = connections.settings["default"]
    usual = settings["NAME"]
    with django_db_blocker.unblock():
        connections["default"].close()
        name, drop = copy_database(settings, tmp_path)
        # The connection of each thread reads the name when it opens.
        settings["NAME"] = name
        forget_rows()
        try:
            yield
        finally:
            connections["default"].close()
            settings["NAME"] = usual
            forget_rows()
            drop()


def copy_database(settings: dict[str, Any], folder: Path) -> tuple[str, Callable[[], None]]:
    """Return the name of a copy, and what takes it away."""
    if connections["default"].vendor == "sqlite":
        copy = folder / "copy.sqlite3"
        # The backup interface sees what is still in the write-ahead log; a copied file would not.
        with (
            closing(sqlite3.connect(settings["NAME"])) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        return str(copy), lambda: None
    name = f"{settings['NAME']}_{uuid.uuid4().hex[:8]}"
    template = connections["default"]

    def execute(statement: str) -> None:
        with template._nodb_cursor() as cursor:
            cursor.execute(statement)

    execute(f'CREATE DATABASE "{name}" TEMPLATE "{settings["NAME"]}"')
    return name, lambda: execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def forget_rows() -> None:
    """Drops what this process remembers of a database's rows."""
    ContentType.objects.clear_cache()
    cache.clear()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do several things in threads that start together; return what each gave or raised."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(10)
            return act()
        except Declined as declined:
            return declined
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        futures = [pool.submit(run, act) for act in acts]
        return [future.result(SECONDS) for future in futures]


@pytest.fixture
def draft(
    write: Callable[..., ArticlePage], paper: SimpleNamespace, editor: User
) -> Callable[..., localize.Translation]:
    """Requests a piece of so many headings in Persian; nothing is translated yet."""

    def make(size: int = 40) -> localize.Translation:
        piece = write(body=[("heading", f"Heading {number} of the day") for number in range(size)])
        actions.request_translation(piece, paper.persian, user=editor)
        return localize.translations_of(piece).get()

    return make


def texts_for(segments: Sequence[Segment], tool: str) -> list[NewText]:
    return [
        NewText(s.string_id, s.context_id, source=s.source, text=f"متن {s.pk}", tool=tool)
        for s in segments
    ]


def test_two_jobs_that_store_in_opposite_orders_do_not_lock_each_other_out(
    draft: Callable[..., localize.Translation], paper: SimpleNamespace, editor: User
) -> None:
    # So many that their writing takes a while, in which the other's begins.
    segments = localize.segments(draft(300))
    one, other = texts_for(segments, "one"), texts_for(segments[::-1], "other")

    def store(texts: list[NewText]) -> None:
        with transaction.atomic():
            localize.store_machine_texts(texts, locale=paper.persian, user=editor)

    for _round in range(10):
        StringTranslation.objects.all().delete()
        at_once(lambda: store(one), lambda: store(other))
        rows = StringTranslation.objects.values_list("tool_name", flat=True)
        assert len(rows) == len(segments)
        # Who came first wins as a whole; the other changes nothing.
        assert len(set(rows)) == 1


def test_two_jobs_that_mend_unusable_texts_do_not_lock_each_other_out(
    draft: Callable[..., localize.Translation], paper: SimpleNamespace, editor: User
) -> None:
    segments = localize.segments(draft(100))

    def store(texts: list[NewText]) -> None:
        with transaction.atomic():
            localize.store_machine_texts(texts, locale=paper.persian, user=editor)

    store(texts_for(segments, "broken"))
    for _round in range(5):
        StringTranslation.objects.update(has_error=True, tool_name="broken")
        at_once(
            lambda: store(texts_for(segments, "one")),
            lambda: store(texts_for(segments[::-1], "other")),
        )
        assert not StringTranslation.objects.filter(has_error=True).exists()
        assert not StringTranslation.objects.filter(tool_name="broken").exists()


def test_a_person_who_saves_while_a_job_stores_wins(
    draft: Callable[..., localize.Translation], paper: SimpleNamespace, editor: User
) -> None:
    segments = localize.segments(draft())
    for segment in segments[:5]:
        is_stored = threading.Event()

        def job(is_stored: threading.Event = is_stored) -> None:
            with transaction.atomic():
                localize.store_machine_texts(
                    texts_for(segments, "job"), locale=paper.persian, user=editor
                )
                is_stored.set()
                # The person comes now, and waits for the rows or finds them free.
                threading.Event().wait(0.2)

        def person(segment: Segment = segment, is_stored: threading.Event = is_stored) -> None:
            assert is_stored.wait(SECONDS)
            localize.store_person_text(segment, "حرف آدم", locale=paper.persian, user=editor)

        at_once(job, person)
        row = StringTranslation.objects.get(
            translation_of_id=segment.string_id, context_id=segment.context_id
        )
        assert (row.data, row.translation_type) == ("حرف آدم", "manual")
        StringTranslation.objects.all().delete()


def test_a_job_that_stores_while_a_person_saves_leaves_the_person_s_words(
    draft: Callable[..., localize.Translation], paper: SimpleNamespace, editor: User
) -> None:
    segments = localize.segments(draft())
    texts = texts_for(segments, "job")
    first = segments[0]
    is_written = threading.Event()

    def person() -> None:
        with transaction.atomic():
            localize.store_person_text(first, "حرف آدم", locale=paper.persian, user=editor)
            is_written.set()
            threading.Event().wait(0.2)

    def job() -> set[Any]:
        assert is_written.wait(SECONDS)
        with transaction.atomic():
            localize.store_machine_texts(texts, locale=paper.persian, user=editor)
            return localize.stored_machine_texts(texts, locale=paper.persian)

    _nothing, standing = at_once(person, job)
    assert standing == {(new.string_id, new.context_id) for new in texts[1:]}
    row = StringTranslation.objects.get(
        translation_of_id=first.string_id, context_id=first.context_id
    )
    assert (row.data, row.translation_type) == ("حرف آدم", "manual")


class Waiting(Engine):
    """An engine that answers when it is told to."""

    name = "waiting"
    label = "Waiting"

    def __init__(self, **options: Any) -> None:
        """Has been asked by nobody."""
        super().__init__(**options)
        self.is_asked = threading.Event()
        self.may_answer = threading.Event()

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Return Persian that is as long as the text."""
        self.is_asked.set()
        assert self.may_answer.wait(SECONDS)
        return [Translated("متن " * max(1, len(text) // 4)) for text in texts]


def test_what_a_person_wrote_while_the_engine_worked_is_kept_and_counted(
    draft: Callable[..., localize.Translation],
    paper: SimpleNamespace,
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    translation = draft(8)
    engine = Waiting()
    monkeypatch.setattr(jobs, "load_chain", lambda setting: [engine])
    job = TranslationJob.objects.get()
    segments = localize.segments(translation)
    title = next(segment for segment in segments if segment.path == "title")

    def person() -> None:
        assert engine.is_asked.wait(SECONDS)
        try:
            localize.store_person_text(title, "تیتر آدم", locale=paper.persian, user=editor)
        finally:
            engine.may_answer.set()

    at_once(lambda: jobs.run(job.pk), person)
    job.refresh_from_db()
    assert (job.status, job.trouble) == ("done", "")
    assert job.counts == {"kept": 1, "engine:waiting": len(segments) - 1}
    kept = next(s for s in localize.segments(translation) if s.path == "title")
    assert (kept.text, kept.kind) == ("تیتر آدم", "manual")
    target = localize.target_of(translation)
    assert target is not None
    assert target.get_latest_revision_as_object().title == "تیتر آدم"


def test_two_workers_that_take_the_same_job_store_each_text_once(
    draft: Callable[..., localize.Translation], monkeypatch: pytest.MonkeyPatch
) -> None:
    translation = draft(12)
    job = TranslationJob.objects.get()
    at_once(lambda: jobs.run(job.pk), lambda: jobs.run(job.pk))
    job.refresh_from_db()
    assert (job.status, job.attempts) == ("done", 1)
    assert sum(job.counts.values()) == job.total == len(localize.segments(translation))


def test_requests_at_once_give_one_job_and_one_page(
    write: Callable[..., ArticlePage], paper: SimpleNamespace, editor: User
) -> None:
    for number in range(4):
        piece = write(f"Wanted piece {number}")
        answers = at_once(
            *[lambda piece=piece: actions.request_translation(piece, paper.persian, user=editor).pk]
            * 4
        )
        (job,) = TranslationJob.objects.filter(translation__source__object_id=piece.translation_key)
        assert answers == [job.pk] * 4
        assert ArticlePage.objects.filter(translation_key=piece.translation_key).count() == 2


def test_approvals_at_once_wait_for_each_other_and_remember_each_pair_once(
    draft: Callable[..., localize.Translation], paper: SimpleNamespace, editor: User
) -> None:
    translation = draft(10)
    jobs.run(TranslationJob.objects.get().pk)
    segments = localize.segments(translation)
    seen = digest(segments)
    approvals = at_once(*[lambda: actions.approve(translation, user=editor, seen=seen)] * 3)
    assert {type(approval) for approval in approvals} == {Approval}
    assert Approval.objects.count() == 3
    assert {approval.digest for approval in approvals} == {seen}
    pairs = MemoryEntry.objects.values_list("source_text", "target_text")
    assert len(pairs) == len(set(pairs)) == len({segment.source for segment in segments})
    target = localize.target_of(translation)
    assert target is not None
    latest = Approval.objects.order_by("pk").last()
    assert latest is not None
    assert target.latest_revision_id == latest.revision_id


def test_an_approval_is_of_the_texts_that_were_seen_whoever_saves_meanwhile(
    draft: Callable[..., localize.Translation], paper: SimpleNamespace, editor: User
) -> None:
    translation = draft(6)
    jobs.run(TranslationJob.objects.get().pk)
    title = next(s for s in localize.segments(translation) if s.path == "title")
    for number in range(5):
        seen = digest(localize.segments(translation))
        before = Approval.objects.count()
        approval, _saved = at_once(
            lambda seen=seen: actions.approve(translation, user=editor, seen=seen),
            lambda number=number: localize.store_person_text(
                title, f"تیتر {number}", locale=paper.persian, user=editor
            ),
        )
        if isinstance(approval, Declined):
            assert Approval.objects.count() == before
            continue
        assert approval.digest == seen
        assert f"تیتر {number}" not in localize.texts_of(approval.revision.as_object())
    assert localize.segments(translation)[0].text == "تیتر 4"


def test_memories_kept_in_opposite_orders_do_not_lock_each_other_out(
    paper: SimpleNamespace,
) -> None:
    pairs = [(f"The river rose by {number} in all", f"رود {number}") for number in range(60)]

    def keep(some: list[tuple[str, str]]) -> int:
        return remember(some, source_language="en", target_language="fa", origin="approved")

    for _round in range(5):
        MemoryEntry.objects.all().delete()
        assert at_once(*[lambda: keep(pairs), lambda: keep(pairs[::-1])] * 2) == [60] * 4
        assert MemoryEntry.objects.count() == 60
        (match,) = near(
            "The river rose by 7 in all", source_language="en", target_language="fa", limit=1
        )
        assert (match.target, match.score) == ("رود 7", 100)
    assert MemoryShingle.objects.filter(entry=None).count() == 0


def test_glossaries_imported_at_once_come_in_once(paper: SimpleNamespace) -> None:
    from wagtail_newsroom.desk.glossary_import import ImportPlan, import_terms

    head = "source_language,target_language,term,translation\n"
    data = (head + "".join(f"en,fa,word{number},واژه\n" for number in range(50))).encode()
    results = at_once(*[lambda: import_terms(data)] * 3)
    assert GlossaryTerm.objects.count() == 50
    done = [result for result in results if isinstance(result, ImportPlan)]
    assert sum(bool(plan.new) for plan in done) == 1
    assert all("meantime" in str(result) for result in results if result not in done)


def test_who_publishes_both_and_who_withdraws_both_do_not_lock_each_other_out(
    draft: Callable[..., localize.Translation], paper: SimpleNamespace, editor: User
) -> None:
    there = draft(3)
    jobs.run(TranslationJob.objects.get().pk)
    actions.approve(there, user=editor)
    # Turned round, so that the original is the younger row.
    source = localize.target_of(there)
    assert source is not None
    there.enabled = False
    there.save()
    job = actions.request_translation(source, paper.english, user=editor)
    jobs.run(job.pk)
    actions.approve(job.translation, user=editor)
    is_midway = threading.Event()

    def wait(instance: Any, **kwargs: Any) -> None:
        if instance.pk == source.pk:
            is_midway.set()
            # The other comes now, and waits for the rows or finds them free.
            threading.Event().wait(0.5)

    def second() -> list[Any]:
        assert is_midway.wait(SECONDS)
        return withdraw(source, "نادرست بود.", user=editor)

    page_published.connect(wait)
    try:
        at_once(lambda: list_actions.publish_both(job.translation, user=editor), second)
    finally:
        page_published.disconnect(wait)
    pages = ArticlePage.objects.filter(translation_key=source.translation_key)
    assert [(page.live, page.is_withdrawn) for page in pages] == [(True, True)] * 2
