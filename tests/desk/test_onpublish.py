"""The publication of an original has it translated where its section or the site says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction, Workflow, WorkflowTask

from tests.desk.test_policy import client_of, fresh, say
from wagtail_newsroom import tasks
from wagtail_newsroom.desk import actions, list_actions, localize, onpublish
from wagtail_newsroom.desk.schedule import schedule
from wagtail_newsroom.desk.state_rows import rebuild
from wagtail_newsroom.desk.states import State, standings
from wagtail_newsroom.desk.unpublishing import unpublish
from wagtail_newsroom.desk.workflow import send_back
from wagtail_newsroom.engines.base import Engine, Outcome, Translated
from wagtail_newsroom.models import (
    ArticlePage,
    Author,
    Following,
    NewsIndexPage,
    PieceState,
    TranslationJob,
    TranslationReviewTask,
    Unreviewed,
)

ASKED: list[str] = []


class Public(Engine):
    """Notes what it is sent; it is not private."""

    name = "public"
    label = "Public"
    is_private = False

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Answers each text with itself, turned around."""
        ASKED.extend(texts)
        return [Translated("این یک جمله است. " + text) for text in texts]


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    """Forgets what the public engine was sent in the test before."""
    ASKED.clear()


@pytest.fixture
def work(django_capture_on_commit_callbacks: Any) -> Callable[..., int]:
    """Does something as if it were committed, then what a worker finds in the queue."""

    def run(do: Callable[[], Any] = lambda: None) -> int:
        DBTaskResult.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            do()
        calls = DBTaskResult.objects.filter(task_path__endswith="translate_published")
        called = calls.count()
        for call in calls:
            with django_capture_on_commit_callbacks(execute=True):
                tasks.translate_published.func(*call.args_kwargs["args"])
        for pk in TranslationJob.objects.filter(status="queued").values_list("pk", flat=True):
            tasks.run_translation_job.func(pk)
        return called

    return run


def publish(page: Any) -> Callable[[], None]:
    return lambda: fresh(page).save_revision().publish()


def persian_of(page: ArticlePage, paper: SimpleNamespace) -> Any:
    found = page.get_translation_or_none(paper.persian)
    return fresh(found) if found is not None else None


def test_nothing_is_translated_by_itself_unless_somebody_says_so(
    article: ArticlePage, work: Callable[..., int]
) -> None:
    assert work(publish(article)) == 0
    assert not TranslationJob.objects.exists()


def test_publication_of_an_original_has_it_drafted_by_the_site(
    paper: SimpleNamespace, article: ArticlePage, work: Callable[..., int]
) -> None:
    say(paper.home, translate_on_publish="draft")
    assert work(publish(article)) == 1
    job = TranslationJob.objects.get()
    assert (job.status, job.requested_by, job.publishes) == ("done", None, False)
    assert not persian_of(article, paper).live
    assert [each.state for each in standings(article)] == [State.DRAFT]


def test_repeated_publication_and_autosave_translate_nothing_twice(
    paper: SimpleNamespace, article: ArticlePage, work: Callable[..., int]
) -> None:
    say(paper.news, translate_on_publish="draft")
    work(publish(article))
    for _again in range(2):
        work(publish(article))
    work(lambda: fresh(article).save_revision())
    assert TranslationJob.objects.count() == 1
    changed = fresh(article)
    changed.standfirst = "Now it is falling."
    assert work(lambda: changed.save_revision()) == 0
    work(publish(changed))
    assert TranslationJob.objects.count() == 1
    # The draft that autosave kept goes live now, and that is new.
    work(lambda: fresh(article).get_latest_revision().publish())
    assert TranslationJob.objects.count() == 1
    changed = fresh(article)
    changed.standfirst = "Now it is falling."
    work(lambda: changed.save_revision().publish())
    assert TranslationJob.objects.count() == 2
    assert TranslationJob.objects.first().counts["engine:pseudo"] == 1


def test_two_calls_at_once_make_one_job(
    paper: SimpleNamespace, article: ArticlePage, django_capture_on_commit_callbacks: Any
) -> None:
    say(paper.news, translate_on_publish="draft")
    first = onpublish.translate_published(article)
    assert onpublish.translate_published(article) == []
    assert TranslationJob.objects.get() == first[0]


def test_translation_sets_nothing_off(
    paper: SimpleNamespace, article: ArticlePage, editor: User, work: Callable[..., int]
) -> None:
    for section in (paper.news, paper.news_fa):
        say(section, translate_on_publish="draft")
    work(publish(article))
    translation = localize.translations_of(article).get()
    actions.approve(translation, user=editor)
    assert work(lambda: actions.publish(translation, user=editor)) == 0
    twin = persian_of(article, paper)
    assert twin.live
    assert work(publish(twin)) == 0
    assert TranslationJob.objects.count() == 1
    assert ArticlePage.objects.count() == 2


def test_what_people_write_deleted_or_mirror_is_left_alone(
    paper: SimpleNamespace,
    article: ArticlePage,
    write: Callable[..., ArticlePage],
    work: Callable[..., int],
) -> None:
    say(paper.news, translate_on_publish="live")
    by_hand = article.copy_for_translation(paper.persian)
    by_hand.title = "به دست انسان"
    by_hand.save_revision().publish()
    article.create_alias(parent=paper.news, update_slug="mirror")
    work(publish(article))
    assert not TranslationJob.objects.exists()
    assert persian_of(article, paper).title == "به دست انسان"
    deleted = write()
    work(publish(deleted))
    persian_of(deleted, paper).delete()
    changed = fresh(deleted)
    changed.standfirst = "It goes on."
    work(lambda: changed.save_revision().publish())
    assert persian_of(deleted, paper) is None
    locked = write()
    work(publish(locked))
    twin = persian_of(locked, paper)
    twin.locked = True
    twin.save()
    changed = fresh(locked)
    changed.standfirst = "It goes on."
    before = TranslationJob.objects.count()
    work(lambda: changed.save_revision().publish())
    assert TranslationJob.objects.count() == before


@pytest.mark.parametrize(
    ("fields", "setting", "jobs"),
    [
        ({"translate_on_publish": "draft", "translate_into": ["fa"]}, {}, 1),
        ({"translate_on_publish": "draft", "translate_into": ["en"]}, {}, 0),
        ({"translate_on_publish": "draft", "translate_into": ["xx", None]}, {}, 0),
        ({"translate_on_publish": "never"}, {"TRANSLATE_ON_PUBLISH": "draft"}, 0),
        ({}, {"TRANSLATE_ON_PUBLISH": "draft"}, 1),
        ({}, {"TRANSLATE_ON_PUBLISH": "draft", "TRANSLATE_INTO": ["en"]}, 0),
        ({}, {"TRANSLATE_ON_PUBLISH": "draft", "TRANSLATE_INTO": "fa"}, 1),
        ({}, {"TRANSLATE_ON_PUBLISH": True}, 0),
        ({}, {"TRANSLATE_ON_PUBLISH": ["draft"]}, 0),
        # A section that names languages without saying when says nothing.
        ({"translate_into": ["fa"]}, {}, 0),
    ],
)
def test_section_and_then_the_setting_say_when_and_into_what(
    fields: dict[str, Any],
    setting: dict[str, Any],
    jobs: int,
    paper: SimpleNamespace,
    article: ArticlePage,
    work: Callable[..., int],
    settings: Any,
) -> None:
    for name, value in setting.items():
        setattr(settings, f"WAGTAIL_NEWSROOM_{name}", value)
    NewsIndexPage.objects.filter(pk=paper.news.pk).update(**fields)
    work(publish(article))
    assert TranslationJob.objects.count() == jobs


def test_scheduled_and_bulk_publication_set_it_off_too(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    editor: User,
    work: Callable[..., int],
) -> None:
    say(paper.news, translate_on_publish="draft")
    waiting = write(live=False, go_live_at=timezone.now() + timedelta(hours=1))
    assert work(lambda: waiting.get_latest_revision().publish()) == 0
    revision = fresh(waiting).get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = None
    revision.save()
    assert work(lambda: call_command("publish_scheduled")) == 1
    ticked = write(live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client = client_of(editor)
    assert work(lambda: client.post(f"{url}?id={ticked.pk}&next=/admin/", {})) == 1
    assert TranslationJob.objects.filter(status="done").count() == 2


def test_nobody_is_called_for_languages_that_there_are_not(
    paper: SimpleNamespace, article: ArticlePage, work: Callable[..., int]
) -> None:
    NewsIndexPage.objects.filter(pk=paper.news.pk).update(
        translate_on_publish="draft", translate_into=["xx"]
    )
    assert work(publish(article)) == 0


def test_withdrawn_piece_is_not_translated(
    paper: SimpleNamespace, article: ArticlePage, work: Callable[..., int]
) -> None:
    say(paper.news, translate_on_publish="draft")
    ArticlePage.objects.filter(pk=article.pk).update(
        withdrawn_at=timezone.now(), withdrawal_notice="It was wrong."
    )
    assert work(publish(article)) == 0


def test_snippets_follow_the_setting(
    paper: SimpleNamespace, work: Callable[..., int], settings: Any
) -> None:
    author = Author(name="Mina Farrow", slug="mina", job_title="Writer", locale=paper.english)
    author.save()
    assert work(publish(author)) == 0
    settings.WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH = "draft"
    assert work(publish(author)) == 1
    assert TranslationJob.objects.get().status == "done"
    assert not author.get_translation(paper.persian).live


def test_call_for_what_is_gone_does_nothing(article: ArticlePage, settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH = "draft"
    assert tasks.translate_published.func("wagtail_newsroom", "articlepage", "0") == 0
    article.unpublish()
    assert tasks.translate_published.func("wagtail_newsroom", "articlepage", str(article.pk)) == 0


# Live by itself


def test_what_needs_no_approval_goes_live_by_itself_and_the_rest_waits(
    paper: SimpleNamespace, article: ArticlePage, work: Callable[..., int], settings: Any
) -> None:
    say(paper.news, translate_on_publish="live")
    work(publish(article))
    assert not persian_of(article, paper).live
    assert not TranslationJob.objects.get().publishes
    # The policy alone sets nothing off; the next publication with something new does.
    say(paper.news, translation_policy="label")
    changed = fresh(article)
    changed.standfirst = "Now it is falling."
    work(lambda: changed.save_revision().publish())
    assert persian_of(article, paper).live
    assert Unreviewed.objects.get().policy == "label"
    # An update follows, because nobody reviewed what it replaces.
    changed = fresh(article)
    changed.standfirst = "It has fallen."
    before = persian_of(article, paper).standfirst
    work(lambda: changed.save_revision().publish())
    assert persian_of(article, paper).standfirst != before


@pytest.mark.parametrize(("policy", "is_replaced"), [("label", False), ("trust", True)])
def test_reviewed_page_is_not_replaced_by_text_with_a_label_by_itself(
    policy: str,
    is_replaced: bool,
    paper: SimpleNamespace,
    article: ArticlePage,
    editor: User,
    work: Callable[..., int],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_TRUSTED_ENGINES = ["pseudo"]
    say(paper.news, translate_on_publish="live", translation_policy=policy)
    job = actions.request_translation(article, paper.persian, user=None)
    work()
    actions.approve(job.translation, user=editor)
    actions.publish(job.translation, user=editor)
    reviewed = persian_of(article, paper)
    changed = fresh(article)
    changed.standfirst = "Now it is falling."
    work(lambda: changed.save_revision().publish())
    assert TranslationJob.objects.filter(status="done").count() == 2
    assert (persian_of(article, paper).standfirst != reviewed.standfirst) is is_replaced
    assert Unreviewed.objects.exists() is is_replaced
    # A person may.
    actions.publish(job.translation, user=editor)
    assert persian_of(article, paper).standfirst != reviewed.standfirst


def test_trusted_translation_goes_live_by_itself(
    paper: SimpleNamespace, article: ArticlePage, work: Callable[..., int], settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "trust"
    settings.WAGTAIL_NEWSROOM_TRUSTED_ENGINES = ["pseudo"]
    settings.WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH = "live"
    work(publish(article))
    assert persian_of(article, paper).live
    assert Unreviewed.objects.get().policy == "trust"


def test_worker_that_is_killed_before_publishing_leaves_it_to_the_next_call(
    paper: SimpleNamespace, article: ArticlePage, run_jobs: Callable[[], None], settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    settings.WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH = "live"
    onpublish.translate_published(article)
    run_jobs()
    assert TranslationJob.objects.get().publishes
    assert not persian_of(article, paper).live
    call_command("newsroom_resume")
    assert persian_of(article, paper).live
    assert onpublish.publish_finished() == 0


def test_translation_of_what_was_unpublished_meanwhile_stays_a_draft(
    paper: SimpleNamespace, article: ArticlePage, run_jobs: Callable[[], None], settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    settings.WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH = "live"
    onpublish.translate_published(article)
    article.unpublish()
    run_jobs()
    assert onpublish.publish_finished() == 0
    assert not persian_of(article, paper).live
    assert not TranslationJob.objects.get().publishes


def in_a_workflow(translation: Any, target: Any, user: User) -> None:
    workflow = Workflow.objects.create(name="Translation")
    task = TranslationReviewTask.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    workflow.start(target, user)


def sent_back(translation: Any, target: Any, user: User) -> None:
    in_a_workflow(translation, target, user)
    send_back(translation, "Not like this.", user=user)


def given_a_time(translation: Any, target: Any, user: User) -> None:
    schedule(translation, at=timezone.now() + timedelta(days=2), user=user)


def told_to_follow(translation: Any, target: Any, user: User) -> None:
    Following.objects.create(translation=translation, held_at=timezone.now())


def taken_away(translation: Any, target: Any, user: User) -> None:
    actions.publish(translation, user=user)
    unpublish(translation, user=user)


@pytest.mark.parametrize(
    "person_said", [in_a_workflow, sent_back, given_a_time, told_to_follow, taken_away]
)
def test_what_people_said_about_a_translation_goes_before_going_live_by_itself(
    person_said: Callable[..., None],
    paper: SimpleNamespace,
    article: ArticlePage,
    editor: User,
    work: Callable[..., int],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_TRUSTED_ENGINES = ["pseudo"]
    say(paper.news, translate_on_publish="draft", translation_policy="trust")
    work(publish(article))
    job = TranslationJob.objects.get()
    person_said(job.translation, persian_of(article, paper), editor)
    # As if the site had asked for it to go live by itself.
    TranslationJob.objects.filter(pk=job.pk).update(publishes=True)
    assert onpublish.publish_finished() == 0
    assert not persian_of(article, paper).live


# Withheld, whichever way the request came


def on_publish(article: ArticlePage, paper: SimpleNamespace, user: User) -> None:
    onpublish.translate_published(article)


def by_action(article: ArticlePage, paper: SimpleNamespace, user: User) -> None:
    actions.request_translation(article, paper.persian, user=user)


def by_desk(article: ArticlePage, paper: SimpleNamespace, user: User) -> None:
    client_of(user).post(
        reverse("wagtail_newsroom_translate", args=[article.pk]), {"locale": ["fa"]}
    )


def by_localize_button(article: ArticlePage, paper: SimpleNamespace, user: User) -> None:
    client: Client = client_of(user)
    client.post(f"/admin/localize/submit/page/{article.pk}/", {"locale": ["fa"]})


def by_command(article: ArticlePage, paper: SimpleNamespace, user: User) -> None:
    call_command("newsroom_translate", str(article.pk), "--to", "fa")


def by_list(article: ArticlePage, paper: SimpleNamespace, user: User) -> None:
    rebuild()
    row = PieceState.objects.get(translation_key=article.translation_key)
    list_actions.request(row, user=user)


def restrict_the_page(article: ArticlePage, paper: SimpleNamespace) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type="login")


def restrict_the_section(article: ArticlePage, paper: SimpleNamespace) -> None:
    PageViewRestriction.objects.create(page=paper.news, restriction_type="login")


def restrict_the_home(article: ArticlePage, paper: SimpleNamespace) -> None:
    PageViewRestriction.objects.create(page=paper.home, restriction_type="password", password="x")


def embargo(article: ArticlePage, paper: SimpleNamespace) -> None:
    article.embargoed_until = timezone.now() + timedelta(hours=2)
    article.save_revision()


@pytest.mark.parametrize("hide", [restrict_the_section, embargo])
@pytest.mark.parametrize(
    "ask", [on_publish, by_action, by_desk, by_localize_button, by_command, by_list]
)
def test_hidden_piece_reaches_no_public_engine_by_any_way(
    ask: Callable[..., None],
    hide: Callable[..., None],
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["tests.desk.test_onpublish.Public"]
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    settings.WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH = "live"
    hide(article, paper)
    ask(article, paper, editor)
    run_jobs()
    assert onpublish.publish_finished() == 0
    job = TranslationJob.objects.get()
    assert {failure["reason"] for failure in job.failures} == {"withheld"}
    assert ASKED == []
    assert not persian_of(article, paper).live
    assert [each.state for each in standings(article)] == [State.WITHHELD]


@pytest.mark.parametrize(
    "hide", [restrict_the_page, restrict_the_section, restrict_the_home, embargo]
)
def test_piece_that_is_hidden_after_the_request_reaches_no_public_engine(
    hide: Callable[..., None],
    article: ArticlePage,
    paper: SimpleNamespace,
    run_jobs: Callable[[], None],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["tests.desk.test_onpublish.Public"]
    settings.WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH = "draft"
    onpublish.translate_published(article)
    hide(article, paper)
    run_jobs()
    assert ASKED == []
    job = TranslationJob.objects.get()
    assert {failure["reason"] for failure in job.failures} == {"withheld"}
