"""Jobs: claimed by one worker, taken over from a dead one, ended with honest counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from wagtail_newsroom.desk import actions, jobs, localize
from wagtail_newsroom.desk.jobs import LeaseLost
from wagtail_newsroom.engines.base import Engine, Failed, Outcome, Translated
from wagtail_newsroom.models import ArticlePage, TranslationJob
from wagtail_newsroom.segments.reasons import Reason


class Stubborn(Engine):
    """A third party's engine: refuses texts that hold a word of its options."""

    name = "stubborn"
    label = "Stubborn"
    is_private = True
    asked: list[str] = []

    def __init__(self, refuse: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.refuse = refuse

    def translate(self, texts: Any, *, source: str, target: str) -> list[Outcome]:
        """Answers in Persian letters, or refuses."""
        type(self).asked.extend(texts)
        return [
            Failed(Reason.REFUSED)
            if self.refuse and self.refuse in text
            else Translated("ترجمهٔ " + " ".join("واژه" if w.islower() else w for w in text.split()))
            for text in texts
        ]


PATH = f"{__name__}.Stubborn"


@pytest.fixture
def job(article: ArticlePage, paper: SimpleNamespace, editor: User) -> TranslationJob:
    """A job that waits."""
    Stubborn.asked.clear()
    return actions.request_translation(article, paper.persian, user=editor)


def test_one_worker_gets_a_job(job: TranslationJob) -> None:
    assert jobs.claim(job.pk).attempts == 1
    assert jobs.claim(job.pk) is None


def test_job_of_a_dead_worker_is_taken_over(job: TranslationJob) -> None:
    dead = jobs.claim(job.pk)
    TranslationJob.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.claim(job.pk).token != dead.token
    with pytest.raises(LeaseLost):
        jobs.extend(dead)


def test_worker_that_lost_its_job_stores_nothing(job: TranslationJob, settings: Any) -> None:
    from wagtail_newsroom.desk.work import Work
    from wagtail_newsroom.engines.registry import load_chain

    lost = jobs.claim(job.pk)
    work = Work(lost, engines=load_chain(["pseudo"]), extend=jobs.extend)
    work.take_stock()
    TranslationJob.objects.update(token=None)
    with pytest.raises(LeaseLost):
        work.ask_engines()
    assert not StringTranslation.objects.exists()


def test_job_that_was_interrupted_too_often_ends_as_failed(job: TranslationJob) -> None:
    TranslationJob.objects.update(attempts=5)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.trouble) == ("failed", "interrupted")


def test_counts_add_up_to_all_segments(job: TranslationJob) -> None:
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.total, job.done, job.failed) == ("done", 6, 6, 0)
    assert job.counts == {"kept": 0, "engine:pseudo": 6}
    assert (job.percent, job.token, job.lease_until) == (100, None, None)


def test_partial_job_names_each_failure_and_keeps_the_rest(
    job: TranslationJob, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [{"ENGINE": PATH, "OPTIONS": {"refuse": "ready"}}]
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.failed) == ("partial", 5, 1)
    [failure] = job.failures
    assert (failure["reason"], failure["engine"]) == ("refused", "stubborn")
    assert failure["path"].endswith(".text")
    assert "ready" not in str(job.failures)


def test_rerun_asks_only_for_what_is_missing(
    job: TranslationJob, article: ArticlePage, paper: SimpleNamespace, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [{"ENGINE": PATH, "OPTIONS": {"refuse": "ready"}}]
    jobs.run(job.pk)
    Stubborn.asked.clear()
    settings.WAGTAIL_NEWSROOM_ENGINES = [PATH]
    again = actions.request_translation(article, paper.persian, user=editor)
    jobs.run(again.pk)
    again.refresh_from_db()
    assert Stubborn.asked == ["We are ready."]
    assert (again.status, again.counts) == ("done", {"kept": 5, "engine:stubborn": 1})


def test_person_who_is_faster_than_the_machine_wins(
    job: TranslationJob, paper: SimpleNamespace, editor: User, settings: Any
) -> None:
    translation = localize.get_translation(job.translation_id)
    title = localize.segments(translation)[0]

    class Slow(Stubborn):
        def translate(self, texts: Any, *, source: str, target: str) -> list[Outcome]:
            return super().translate(texts, source=source, target=target)

    from wagtail_newsroom.desk.work import Work

    claimed = jobs.claim(job.pk)
    work = Work(claimed, engines=[Slow()], extend=jobs.extend)
    work.take_stock()
    localize.store_person_text(title, "رود سر برداشت", locale=paper.persian, user=editor)
    work.ask_engines()
    assert localize.segments(translation)[0].text == "رود سر برداشت"
    assert localize.segments(translation)[0].kind == "manual"
    assert claimed.counts == {"kept": 1, "engine:stubborn": 5}


def test_only_the_changed_paragraph_is_sent_after_an_update(
    job: TranslationJob, article: ArticlePage, paper: SimpleNamespace, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [PATH]
    jobs.run(job.pk)
    article.standfirst = "Engineers now watch two dams."
    article.save_revision().publish()
    Stubborn.asked.clear()
    jobs.run(actions.request_translation(article, paper.persian, user=editor).pk)
    assert Stubborn.asked == ["Engineers now watch two dams."]


def test_text_too_long_for_its_field_is_flagged_and_not_stored(
    write: Callable[..., ArticlePage], paper: SimpleNamespace, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [PATH]
    piece = write(kicker="a b c d e f g h i j k l m n o p q r s t", body=[])
    jobs.run(actions.request_translation(piece, paper.persian, user=editor).pk)
    job = TranslationJob.objects.get()
    assert (job.status, [f["reason"] for f in job.failures]) == ("partial", ["field-length"])


def test_deleted_target_is_told(job: TranslationJob, article: ArticlePage, settings: Any) -> None:
    translation = localize.get_translation(job.translation_id)
    claimed = jobs.claim(job.pk)
    localize.target_of(translation).delete()
    # wagtail-localize may remove the translation, and the job with it.
    if TranslationJob.objects.filter(pk=job.pk).exists():
        TranslationJob.objects.update(token=None, status="queued")
        jobs.run(job.pk)
        assert TranslationJob.objects.get().trouble == "target-deleted"
    assert claimed is not None


def test_broken_chain_ends_the_job_without_texts_in_the_log(
    job: TranslationJob, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["no-such-engine"]
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.trouble) == ("failed", "unexpected")
    assert "river" not in caplog.text.lower()


def test_forgotten_job_is_called_again_once_a_minute(
    job: TranslationJob, django_capture_on_commit_callbacks: Any
) -> None:
    long_ago = timezone.now() - timedelta(minutes=5)
    TranslationJob.objects.update(status="running", lease_until=long_ago, woken_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.resume_jobs() == 1
    assert actions.resume_jobs() == 0


def test_call_that_waits_in_the_queue_is_not_doubled(
    job: TranslationJob, django_capture_on_commit_callbacks: Any
) -> None:
    from wagtail_newsroom.tasks import TaskQueue

    TaskQueue().wake(job.pk)
    TranslationJob.objects.update(woken_at=timezone.now() - timedelta(minutes=5))
    assert actions.resume_jobs() == 0


def test_machine_text_is_stored_in_a_bounded_number_of_queries(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    django_assert_max_num_queries: Any,
) -> None:
    from wagtail_newsroom.desk.localize import NewText

    for size in (20, 80):
        piece = write(body=[("heading", f"Heading {size} {n}") for n in range(size)])
        actions.request_translation(piece, paper.persian, user=editor)
        translation = localize.translations_of(piece).get()
        texts = [
            NewText(s.string_id, s.context_id, source=s.source, text=f"تیتر {s.pk}", tool="x")
            for s in localize.segments(translation)
        ]
        with django_assert_max_num_queries(3):
            localize.store_machine_texts(texts, locale=paper.persian, user=editor)
            assert len(localize.stored_machine_texts(texts, locale=paper.persian)) == len(texts)


def test_what_changes_while_a_job_runs_is_translated_by_it(
    job: TranslationJob,
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from wagtail_newsroom.desk.work import Work

    finish = Work.ask_engines

    def change_first(work: Work) -> None:
        if article.standfirst != "A line that came in late.":
            article.standfirst = "A line that came in late."
            article.save_revision().publish()
            again = actions.request_translation(article, paper.persian, user=editor)
            assert again.pk == job.pk
        finish(work)

    monkeypatch.setattr(Work, "ask_engines", change_first)
    jobs.run(job.pk)
    translation = localize.get_translation(job.translation_id)
    assert not any(segment.is_missing for segment in localize.segments(translation))
