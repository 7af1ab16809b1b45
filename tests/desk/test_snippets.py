"""Snippets at the desk: drafted, approved and published like pages, live by no other way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.publish_revision import PublishPermissionError, PublishRevisionAction
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    GroupApprovalTask,
    Locale,
    ModelLogEntry,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from tests.testapp.models import Notice, Venue
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.desk.companions import drafts_beside
from wagtail_newsroom.desk.gate import DECLINED, reasons_against
from wagtail_newsroom.desk.pieces import piece_of
from wagtail_newsroom.desk.states import State, standings
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    Author,
    Byline,
    ImageText,
    MemoryEntry,
    TranslationJob,
)

Piece = Any


@pytest.fixture(params=["author", "venue"])
def original(request: pytest.FixtureRequest) -> Piece:
    """Each kind of snippet with drafts, live in English."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def draft(
    original: Piece, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> Piece:
    """Its Persian machine draft that nobody has approved."""
    actions.request_translation(original, paper.persian, user=chief)
    run_jobs()
    return original.get_translation(paper.persian)


@pytest.fixture
def outdated(
    draft: Piece,
    original: Piece,
    paper: SimpleNamespace,
    chief: User,
    run_jobs: Callable[[], None],
) -> Piece:
    """Live in Persian, with an unapproved machine draft of an update."""
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=chief)
    actions.publish(translation, user=chief)
    original.name = "A new name for it"
    original.save_revision().publish()
    actions.request_translation(original, paper.persian, user=chief)
    run_jobs()
    return fresh(draft)


def fresh(snippet: Piece) -> Piece:
    return type(snippet).objects.get(pk=snippet.pk)


def words(snippet: Piece) -> list[str]:
    return localize.texts_of(snippet)


def state(snippet: Piece) -> State:
    """Where a piece stands in Persian, its only other language."""
    (standing,) = standings(snippet)
    return standing.state


# With drafts


def test_request_makes_a_draft_that_no_reader_sees(
    original: Piece, paper: SimpleNamespace, chief: User
) -> None:
    job = actions.request_translation(original, paper.persian, user=chief)
    target = original.get_translation(paper.persian)
    assert (job.status, job.requested_by) == ("queued", chief)
    assert (target.live, target.slug, target.has_unpublished_changes) == (
        False,
        original.slug,
        True,
    )
    assert (target.live_revision_id, target.first_published_at, target.last_published_at) == (
        None,
        None,
        None,
    )
    assert fresh(original).live


def test_asking_twice_gives_the_same_job(
    original: Piece, paper: SimpleNamespace, chief: User
) -> None:
    first = actions.request_translation(original, paper.persian, user=chief)
    assert actions.request_translation(original, paper.persian, user=chief) == first
    assert type(original).objects.count() == 2


def test_job_ends_with_a_revision_and_leaves_the_row_alone(draft: Piece, original: Piece) -> None:
    assert not draft.live
    assert draft.name == original.name
    drafted = draft.get_latest_revision_as_object()
    assert drafted.name != original.name
    assert TranslationJob.objects.get().status == "done"


def test_approve_and_publish_show_the_persian_text(
    draft: Piece, original: Piece, chief: User
) -> None:
    translation = localize.find_translation_to(draft)
    assert state(original) == State.DRAFT
    approval = actions.approve(translation, user=chief)
    assert (fresh(draft).live, state(original)) == (False, State.APPROVED)
    assert approval.revision == fresh(draft).latest_revision
    published = actions.publish(translation, user=chief)
    assert (published.pk, published.live) == (draft.pk, True)
    assert published.name != original.name
    assert state(original) == State.PUBLISHED
    assert MemoryEntry.objects.filter(source_text=original.name).exists()
    entries = ModelLogEntry.objects.for_instance(draft).order_by("timestamp", "pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        (actions.REQUESTED, chief),
        (actions.APPROVED, chief),
        ("wagtail.rename", chief),
        ("wagtail.publish", chief),
    ]


def test_update_is_held_like_a_first_version(outdated: Piece, original: Piece) -> None:
    assert outdated.live
    assert "A new name" not in str(words(outdated))
    assert state(original) == State.IN_REVIEW or state(original) == State.DRAFT
    drafted = outdated.get_latest_revision_as_object()
    assert drafted.name != outdated.name


def test_change_of_the_original_shows_as_outdated(
    draft: Piece, original: Piece, chief: User
) -> None:
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=chief)
    actions.publish(translation, user=chief)
    original.name = "A new name for it"
    original.save_revision().publish()
    assert state(fresh(original)) == State.OUTDATED


def publish_revision(snippet: Piece, user: User) -> None:
    snippet.get_latest_revision().publish(user=user)


def publish_by_action_class(snippet: Piece, user: User) -> None:
    # The class does not ask `publish()`, so only `save()` stands in its way.
    PublishRevisionAction(snippet.get_latest_revision(), user=user).execute()


def publish_by_schedule(snippet: Piece, user: User) -> None:
    revision = snippet.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    # The schedule waits for the approval, and the history tells once.
    assert ModelLogEntry.objects.for_instance(snippet).filter(action=DECLINED).count() == 1


def publish_by_code(snippet: Piece, user: User) -> None:
    content = snippet.get_latest_revision_as_object()
    content.live = True
    content.save()


def publish_by_localize_code(snippet: Piece, user: User) -> None:
    localize.find_translation_to(snippet).save_target(user=user, publish=True)


ROUTES = [
    publish_revision,
    publish_by_action_class,
    publish_by_schedule,
    publish_by_code,
    publish_by_localize_code,
]


@pytest.mark.parametrize("route", ROUTES)
def test_machine_draft_goes_live_by_no_route(
    route: Callable[[Piece, User], None],
    draft: Piece,
    chief: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        route(draft, chief)
    after = fresh(draft)
    assert (after.live, after.first_published_at, after.live_revision_id) == (False, None, None)


@pytest.mark.parametrize("route", ROUTES)
def test_live_translation_is_untouched_by_an_unapproved_update(
    route: Callable[[Piece, User], None],
    outdated: Piece,
    chief: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = fresh(outdated)
    with django_capture_on_commit_callbacks(execute=True):
        route(outdated, chief)
    after = fresh(outdated)
    assert after.live
    assert words(after) == words(before)


def test_machine_draft_goes_live_by_no_workflow(
    venue: Venue, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(venue, paper.persian, user=chief)
    run_jobs()
    draft = venue.get_translation(paper.persian)
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    task.groups.set(chief.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowContentType.objects.create(workflow=workflow, content_type=Venue.get_content_type())
    workflow.start(draft, chief).current_task_state.approve(user=chief)
    assert not fresh(draft).live
    assert ModelLogEntry.objects.for_instance(draft).filter(action=DECLINED).exists()


def test_copy_of_the_original_saved_by_code_becomes_a_draft(
    original: Piece, paper: SimpleNamespace, chief: User
) -> None:
    actions.request_translation(original, paper.persian, user=chief)
    original.get_translation(paper.persian).delete()
    localize.get_or_create_translation(localize.refresh_source(original), paper.persian)
    copy = original.copy_for_translation(paper.persian)
    copy.latest_revision = None
    assert copy.live
    copy.save()
    assert not fresh(copy).live
    assert "still in the language of the original" in copy.publication_declined[0]


def test_old_draft_with_replaced_machine_text_is_still_declined(draft: Piece, chief: User) -> None:
    old = draft.get_latest_revision()
    translation = localize.find_translation_to(draft)
    first = localize.segments(translation)[0]
    localize.store_person_text(first, "نام دیگر", locale=draft.locale, user=chief)
    actions.approve(translation, user=chief)
    old.publish()
    assert not fresh(draft).live


def test_translator_makes_nothing_live(draft: Piece, scribe: User) -> None:
    translation = localize.find_translation_to(draft)
    with pytest.raises(NotAllowed):
        actions.approve(translation, user=scribe)
    with pytest.raises(NotAllowed):
        actions.publish(translation, user=scribe)
    draft.get_latest_revision().publish(user=scribe)
    assert not Approval.objects.exists()
    assert not fresh(draft).live


def test_translator_makes_nothing_live_even_when_it_is_approved(
    draft: Piece, chief: User, scribe: User
) -> None:
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=chief)
    with pytest.raises(NotAllowed):
        actions.publish(translation, user=scribe)
    with pytest.raises(PublishPermissionError):
        fresh(draft).get_latest_revision().publish(user=scribe)
    assert not fresh(draft).live


def test_outsider_requests_nothing(original: Piece, paper: SimpleNamespace, outsider: User) -> None:
    with pytest.raises(NotAllowed):
        actions.request_translation(original, paper.persian, user=outsider)
    assert not TranslationJob.objects.exists()
    assert not original.has_translation(paper.persian)


def test_locked_target_is_declined(
    venue: Venue, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(venue, paper.persian, user=chief)
    run_jobs()
    target = venue.get_translation(paper.persian)
    translation = localize.find_translation_to(target)
    actions.approve(translation, user=chief)
    Venue.objects.filter(pk=target.pk).update(locked=True)
    with pytest.raises(Declined, match="locked"):
        actions.publish(translation, user=chief)
    with pytest.raises(Declined, match="locked"):
        actions.request_translation(venue, paper.persian, user=chief)


def test_copy_of_a_locked_original_is_not_locked(
    venue: Venue, paper: SimpleNamespace, chief: User
) -> None:
    Venue.objects.filter(pk=venue.pk).update(locked=True, locked_by=chief)
    actions.request_translation(fresh(venue), paper.persian, user=chief)
    target = venue.get_translation(paper.persian)
    assert (target.locked, target.locked_by) == (False, None)


def test_taken_slug_gets_a_number(venue: Venue, paper: SimpleNamespace, chief: User) -> None:
    for slug in ("old-mill", "old-mill-2"):
        Venue.objects.create(name="دیگر", slug=slug, locale=paper.persian)
    actions.request_translation(venue, paper.persian, user=chief)
    assert venue.get_translation(paper.persian).slug == "old-mill-3"


def test_number_of_a_long_slug_fits_its_field(paper: SimpleNamespace, chief: User) -> None:
    long = Venue.objects.create(name="Long", slug="a" * 20, locale=paper.english)
    Venue.objects.create(name="دیگر", slug="a" * 20, locale=paper.persian)
    actions.request_translation(long, paper.persian, user=chief)
    assert long.get_translation(paper.persian).slug == "a" * 18 + "-2"


def test_own_persian_words_are_taken_over(
    author: Author, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    persian = author.copy_for_translation(paper.persian)
    persian.latest_revision, persian.name, persian.job_title = None, "مینا فارو", "نویسنده"
    persian.bio = "<p>مینا دربارهٔ <b>رودها</b> می‌نویسد.</p>"
    persian.save()
    actions.request_translation(author, paper.persian, user=chief)
    run_jobs()
    translation = localize.find_translation_to(persian)
    assert {segment.kind for segment in localize.segments(translation)} == {"manual"}
    assert fresh(persian).live
    assert fresh(persian).name == "مینا فارو"


def test_snippet_that_waits_for_its_time_is_withheld(
    paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None], settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["google"]
    secret = Venue(name="Secret", slug="secret", locale=paper.english, live=False)
    secret.go_live_at = timezone.now() + timedelta(days=1)
    secret.save()
    secret.save_revision()
    actions.request_translation(secret, paper.persian, user=chief)
    run_jobs()
    assert {one["reason"] for one in TranslationJob.objects.get().failures} == {"withheld"}


def test_ordinary_save_of_a_snippet_costs_three_queries_more(
    venue: Venue, django_assert_num_queries: Any
) -> None:
    venue.name = "The New Mill"
    with django_assert_num_queries(4):
        venue.save()
    with django_assert_num_queries(1):
        venue.save(update_fields=["has_unpublished_changes"])


# Without drafts


@pytest.fixture
def translated_notice(
    notice: Notice, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> Any:
    """The translation of a notice that the machine has drafted."""
    actions.request_translation(notice, paper.persian, user=chief)
    run_jobs()
    return localize.translations_of(notice).get()


def test_nothing_is_stored_before_publication(
    translated_notice: Any, notice: Notice, paper: SimpleNamespace, chief: User
) -> None:
    assert TranslationJob.objects.get().status == "done"
    assert state(notice) == State.DRAFT
    with pytest.raises(Declined, match="waiting for approval"):
        actions.publish(translated_notice, user=chief)
    actions.approve(translated_notice, user=chief)
    assert state(notice) == State.APPROVED
    assert not notice.has_translation(paper.persian)
    published = actions.publish(translated_notice, user=chief)
    assert (published.locale, published.translation_key) == (paper.persian, notice.translation_key)
    assert published.text not in ("", notice.text)
    assert state(notice) == State.PUBLISHED
    assert [entry.action for entry in ModelLogEntry.objects.for_instance(published)] == [
        "wagtail.create"
    ]
    assert {entry.action for entry in ModelLogEntry.objects.for_instance(notice)} == {
        actions.REQUESTED,
        actions.APPROVED,
    }


def test_slug_is_the_originals_or_has_a_number(
    notice: Notice, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    Notice.objects.create(text="دیگر", slug="bridge", locale=paper.persian)
    notice.slug = "bridge"
    notice.save()
    actions.request_translation(notice, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(notice).get()
    actions.approve(translation, user=chief)
    assert actions.publish(translation, user=chief).slug == "bridge-2"
    assert state(notice) == State.PUBLISHED


def test_update_is_written_when_it_is_published(
    translated_notice: Any,
    notice: Notice,
    paper: SimpleNamespace,
    chief: User,
    run_jobs: Callable[[], None],
) -> None:
    actions.approve(translated_notice, user=chief)
    before = actions.publish(translated_notice, user=chief)
    notice.text = "The bridge is open again."
    notice.save()
    assert state(notice) == State.OUTDATED
    actions.request_translation(notice, paper.persian, user=chief)
    run_jobs()
    assert words(fresh(before)) == words(before)
    actions.approve(translated_notice, user=chief)
    assert words(fresh(before)) == words(before)
    after = actions.publish(translated_notice, user=chief)
    assert (after.pk, state(notice)) == (before.pk, State.PUBLISHED)
    assert (after.text != before.text, after.details) == (True, before.details)
    assert Notice.objects.count() == 2


def test_translator_writes_no_notice(
    translated_notice: Any, paper: SimpleNamespace, chief: User, scribe: User
) -> None:
    actions.approve(translated_notice, user=chief)
    with pytest.raises(NotAllowed):
        actions.publish(translated_notice, user=scribe)
    assert not Notice.objects.filter(locale=paper.persian).exists()


def test_deleted_original_leaves_nothing_to_publish(
    translated_notice: Any, notice: Notice, chief: User
) -> None:
    actions.approve(translated_notice, user=chief)
    Notice.objects.all().delete()
    with pytest.raises(Declined):
        actions.publish(translated_notice, user=chief)
    assert not Notice.objects.exists()


@pytest.fixture
def image_text(paper: SimpleNamespace) -> ImageText:
    """An image's English words."""
    image = get_image_model().objects.create(title="Dam", file=get_test_image_file())
    return ImageText.objects.create(
        image=image, alt="A dam at dusk", caption="The dam holds.", locale=paper.english
    )


def test_words_of_an_image_are_translated_with_its_file_kept(
    image_text: ImageText, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(image_text, paper.persian, user=None)
    run_jobs()
    assert not image_text.has_translation(paper.persian)
    translation = localize.translations_of(image_text).get()
    actions.approve(translation, user=None)
    published = actions.publish(translation, user=None)
    assert published.image_id == image_text.image_id
    assert published.alt not in ("", image_text.alt)


def test_gate_holds_what_has_no_drafts_on_code_and_in_forms(
    image_text: ImageText, paper: SimpleNamespace, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(image_text, paper.persian, user=None)
    run_jobs()
    translation = localize.translations_of(image_text).get()
    content = localize.translated_instance(translation)
    content.save()
    assert content.pk is None
    assert not image_text.has_translation(paper.persian)
    with pytest.raises(ValidationError, match="waiting for approval"):
        content.full_clean()
    with pytest.raises(ValidationError, match="waiting for approval"):
        translation.save_target()
    assert not image_text.has_translation(paper.persian)


# Beside others


def test_article_with_a_draft_author_and_no_image_text_is_translated(
    article: ArticlePage,
    author: Author,
    image_text: ImageText,
    paper: SimpleNamespace,
    chief: User,
    run_jobs: Callable[[], None],
    django_assert_num_queries: Any,
) -> None:
    article.lead_image = image_text.image
    article.newsroom_bylines = [Byline(author=author)]
    article.save_revision().publish()
    actions.request_translation(author, paper.persian, user=chief)
    actions.request_translation(article, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(article).get()
    with django_assert_num_queries(1):
        (beside,) = drafts_beside(article, paper.persian)
    assert (beside.title, beside.kind) == ("Mina Farrow", "author")
    actions.approve(translation, user=chief)
    published = actions.publish(translation, user=chief)
    assert published.live
    assert not author.get_translation(paper.persian).live


def test_request_in_another_language_of_a_translated_snippet_is_declined(
    draft: Piece, paper: SimpleNamespace
) -> None:
    with pytest.raises(Declined, match="itself translated from English"):
        actions.request_translation(draft, paper.english, user=None)
    with pytest.raises(Declined, match="already"):
        actions.request_translation(draft, paper.persian, user=None)


def test_child_of_a_page_is_no_piece(article: ArticlePage, paper: SimpleNamespace) -> None:
    correction = article.newsroom_corrections.model(page=article, locale=paper.english)
    with pytest.raises(Declined, match="together with"):
        actions.request_translation(correction, paper.persian, user=None)


def test_piece_answers_for_pages_and_snippets_alike(
    article: ArticlePage, author: Author, venue: Venue, notice: Notice, paper: SimpleNamespace
) -> None:
    facts = {
        type(one).__name__: (
            piece_of(one).title,
            piece_of(one).has_drafts,
            piece_of(one).is_live,
            piece_of(one).is_locked,
            piece_of(one).is_private,
            piece_of(one).parent and piece_of(one).parent.pk,
        )
        for one in (article, author, venue, notice)
    }
    assert facts == {
        "ArticlePage": ("The river rises", True, True, False, False, paper.news.pk),
        "Author": ("Mina Farrow", True, True, False, False, None),
        "Venue": ("The Old Mill", True, True, False, False, None),
        "Notice": ("The bridge is closed.", False, True, False, False, None),
    }


def test_snippet_that_is_no_translation_costs_three_queries(
    author: Author, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        assert reasons_against(author) == []


def test_other_directions_work_too(
    paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    english = Locale.objects.get(language_code="en")
    persian = Venue.objects.create(name="آسیاب قدیمی", slug="asiab", locale=paper.persian)
    actions.request_translation(persian, english, user=chief)
    run_jobs()
    draft = persian.get_translation(english)
    assert not draft.live
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=chief)
    published = actions.publish(translation, user=chief)
    assert (published.live, published.slug) == (True, "asiab")
    assert published.name != persian.name
