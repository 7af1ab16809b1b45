"""Policies: what goes live without a person's approval, and where; by section and by setting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Workflow, WorkflowTask

from tests.conftest import ALL, person
from tests.desk.bulk import ask
from tests.testapp.models import Notice
from wagtail_newsroom.desk import actions, localize, mending
from wagtail_newsroom.desk.editing import save_text, version_of
from wagtail_newsroom.desk.findings import findings_of
from wagtail_newsroom.desk.gate import DECLINED, judge, reasons_against
from wagtail_newsroom.desk.policy import policies_for, policy_for
from wagtail_newsroom.desk.policy_models import Policy
from wagtail_newsroom.desk.schedule import schedule
from wagtail_newsroom.desk.state_rows import rebuild, refresh_trusted_below, trusted_below
from wagtail_newsroom.desk.states import State, standings
from wagtail_newsroom.desk.unreviewed import TRUSTED, policy_letting_pass
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    Author,
    MemoryEntry,
    NewsIndexPage,
    PieceState,
    Provenance,
    ReviewRecord,
    Unreviewed,
)
from wagtail_newsroom.segments.keys import fingerprint

WAITS = "waiting for approval"


@pytest.fixture
def translated(paper: SimpleNamespace, run_jobs: Callable[[], None]) -> Callable[..., Any]:
    """Has a piece drafted in Persian by the machine; returns the draft."""

    def make(original: Any, *, locale: Any = None) -> Any:
        locale = locale or paper.persian
        actions.request_translation(original, locale, user=None)
        run_jobs()
        return original.get_translation_or_none(locale)

    return make


@pytest.fixture
def draft(article: ArticlePage, translated: Callable[..., Any]) -> ArticlePage:
    """A Persian machine draft that nobody has approved."""
    found: ArticlePage = translated(article)
    return found


def say(section: Any, **fields: Any) -> None:
    """Have a section say something, as its editor would publish it."""
    section = type(section).objects.get(pk=section.pk)
    for name, value in fields.items():
        setattr(section, name, value)
    section.save_revision().publish()


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def is_held(page: ArticlePage) -> bool:
    """Return whether the gate keeps a page's latest draft from readers."""
    page.get_latest_revision().publish()
    live = fresh(page).live
    assert not live or Unreviewed.objects.filter(object_id=page.translation_key).exists()
    return not live


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def by_review_screen(page: ArticlePage, user: User) -> None:
    translation = localize.find_translation_to(page)
    client_of(user).post(
        reverse("wagtail_newsroom_review", args=[translation.pk]), {"action": "publish"}
    )


def by_fields_editor(page: ArticlePage, user: User) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client_of(user).post(url, {"action": "publish"})


def in_bulk(page: ArticlePage, user: User) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client_of(user).post(f"{url}?id={page.pk}&next=/admin/", {"include_descendants": ""})


def by_list(page: ArticlePage, user: User) -> None:
    rebuild()
    row = PieceState.objects.get(translation_key=page.translation_key)
    ask(client_of(user), "newsroom_publish", f"id={row.pk}&next=/admin/")


def by_schedule(page: ArticlePage, user: User) -> None:
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")


def by_workflow(page: ArticlePage, user: User) -> None:
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    task.groups.set(user.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    workflow.start(page, user).current_task_state.approve(user=user)


def by_revision(page: ArticlePage, user: User) -> None:
    page.get_latest_revision().publish(user=user)


def by_action_class(page: ArticlePage, user: User) -> None:
    PublishPageRevisionAction(page.get_latest_revision(), user=user).execute()


def by_admin_api(page: ArticlePage, user: User) -> None:
    client_of(user).post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))


def by_code(page: ArticlePage, user: User) -> None:
    content = page.get_latest_revision_as_object()
    content.live = True
    content.save()


def by_localize_code(page: ArticlePage, user: User) -> None:
    localize.find_translation_to(page).save_target(user=user, publish=True)


ROUTES = [
    by_review_screen,
    by_fields_editor,
    in_bulk,
    by_list,
    by_schedule,
    by_workflow,
    by_revision,
    by_action_class,
    by_admin_api,
    by_code,
    by_localize_code,
]


@pytest.mark.parametrize("route", ROUTES)
def test_complete_machine_text_goes_live_marked_where_the_policy_labels(
    route: Callable[[ArticlePage, User], None],
    draft: ArticlePage,
    editor: User,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    with django_capture_on_commit_callbacks(execute=True):
        route(draft, editor)
    page = fresh(draft)
    assert page.live
    assert page.title != "The river rises"
    record = Unreviewed.objects.get()
    assert (record.object_id, record.locale, record.policy) == (
        draft.translation_key,
        draft.locale,
        "label",
    )
    assert not Provenance.objects.exclude(approved_at=None).exists()
    assert not Approval.objects.exists()


@pytest.mark.parametrize("route", ROUTES)
def test_section_that_reviews_holds_under_a_site_that_labels(
    route: Callable[[ArticlePage, User], None],
    paper: SimpleNamespace,
    draft: ArticlePage,
    editor: User,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    say(paper.news, translation_policy="review")
    with django_capture_on_commit_callbacks(execute=True):
        route(draft, editor)
    assert not fresh(draft).live
    assert not Unreviewed.objects.exists()


@pytest.mark.parametrize(
    ("setting", "home", "news", "expected"),
    [
        (None, "", "", Policy.REVIEW),
        ("label", "", "", Policy.LABEL),
        ("trust", "", "", Policy.TRUST),
        ("review", "label", "", Policy.LABEL),
        ("review", "label", "trust", Policy.TRUST),
        ("label", "", "review", Policy.REVIEW),
        ("trust", "review", "", Policy.REVIEW),
        ("label", "trust", "review", Policy.REVIEW),
        ({"fa": "label"}, "", "", Policy.LABEL),
        ({"en": "label"}, "", "", Policy.REVIEW),
        ({"*": "trust"}, "", "", Policy.TRUST),
        ({"*": "trust", "fa": "review"}, "", "", Policy.REVIEW),
        ({"fa": "label"}, "", "review", Policy.REVIEW),
        # What cannot be followed is taken for the strictest.
        ("lable", "", "", Policy.REVIEW),
        (None, "nonsense", "", Policy.REVIEW),
        (True, "", "", Policy.REVIEW),
        (["label"], "", "", Policy.REVIEW),
        ({"fa": None}, "", "", Policy.REVIEW),
    ],
)
def test_nearest_section_decides_and_at_last_the_setting(
    setting: Any,
    home: str,
    news: str,
    expected: Policy,
    paper: SimpleNamespace,
    article: ArticlePage,
    settings: Any,
) -> None:
    if setting is not None:
        settings.WAGTAIL_NEWSROOM_POLICY = setting
    for section, value in ((paper.home, home), (paper.news, news)):
        NewsIndexPage.objects.filter(pk=section.pk).update(translation_policy=value)
    assert policy_for(article, "fa") is expected
    # The section itself is a piece of its own section.
    assert policy_for(fresh(paper.news), "fa") is expected
    assert policies_for({1: (article, "fa"), 2: (paper.home, "fa")})[1] is expected


def test_section_that_was_never_published_says_nothing(
    paper: SimpleNamespace, article: ArticlePage
) -> None:
    drafted = NewsIndexPage(
        title="Never", slug="never", locale=paper.english, live=False, translation_policy="label"
    )
    fresh(paper.home).add_child(instance=drafted)
    piece = ArticlePage(title="Piece", slug="piece", locale=paper.english, live=False)
    fresh(drafted).add_child(instance=piece)
    assert policy_for(fresh(piece), "fa") is Policy.REVIEW
    drafted.save_revision().publish()
    assert policy_for(fresh(piece), "fa") is Policy.LABEL
    fresh(drafted).unpublish()
    assert policy_for(fresh(piece), "fa") is Policy.LABEL


def test_policies_of_many_pieces_cost_as_much_as_of_one(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    say(paper.news, translation_policy="label")
    pieces = {number: (write(), "fa") for number in range(6)}
    counts = []
    for size in (1, 6):
        with CaptureQueriesContext(connection) as queries:
            found = policies_for({key: pieces[key] for key in range(size)})
        counts.append(len(queries))
        assert set(found.values()) == {Policy.LABEL}
    assert counts[0] == counts[1]


def test_section_of_the_original_decides_for_both_languages(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    editor: User,
    run_jobs: Callable[[], None],
    settings: Any,
) -> None:
    science = paper.home.add_child(
        instance=NewsIndexPage(title="Science", slug="science", locale=paper.english)
    )
    say(science, translation_policy="label")
    actions.request_translation(science, paper.persian, user=editor)
    run_jobs()
    science_fa = science.get_translation(paper.persian)
    # What the translated section's own row says is not asked.
    NewsIndexPage.objects.filter(pk=science_fa.pk).update(translation_policy="trust")
    in_persian = write("رودخانه", parent=fresh(science_fa), locale=paper.persian)
    assert policy_for(in_persian, "en") is Policy.LABEL
    assert policy_for(write(parent=fresh(science)), "fa") is Policy.LABEL
    # Two sections that people wrote speak for what was written in each.
    say(paper.news_fa, translation_policy="trust")
    assert policy_for(write("باران", parent=paper.news_fa, locale=paper.persian), "en") == "trust"
    assert policy_for(write(), "fa") is Policy.REVIEW


def test_what_a_section_says_is_neither_translated_nor_carried_over(
    paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> None:
    say(paper.news, translation_policy="label", translate_on_publish="draft", translate_into=["fa"])
    job = actions.request_translation(fresh(paper.news), paper.persian, user=editor)
    run_jobs()
    paths = {segment.path for segment in localize.segments(job.translation)}
    assert not paths & {"translation_policy", "translate_on_publish", "translate_into"}
    built = localize.translated_instance(job.translation)
    assert (built.translation_policy, built.translate_on_publish, built.translate_into) == (
        "",
        "",
        [],
    )


# What a label does not let pass


def test_incomplete_text_is_held(
    article: ArticlePage, draft: ArticlePage, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    translation = localize.find_translation_to(draft)
    marks = {fingerprint(segment.text) for segment in localize.segments(translation)}
    assert policy_letting_pass(translation, marks) is Policy.LABEL
    missing = localize.segments(translation)[1]
    localize.StringTranslation.objects.filter(translation_of=missing.string_id).delete()
    # Neither the rest of its texts alone, nor with the original's in the place of the one.
    assert policy_letting_pass(translation, marks - {fingerprint(missing.text)}) is None
    assert reasons_against(localize.translated_instance(translation))
    with pytest.raises(Declined):
        actions.publish(translation, user=editor)
    assert not fresh(draft).live


def write_as_machine(translation: Any, segment: Any, text: str) -> None:
    """Have the ledger and the desk hold another text of the machine for a segment."""
    localize.replace_text(segment, text, locale=translation.target_locale, user=None)
    Provenance.objects.create(
        object_id=translation.source.object_id,
        locale=translation.target_locale,
        fingerprint=fingerprint(text),
        origin=Provenance.Origin.MACHINE,
        engine="pseudo",
    )


def test_text_with_an_open_error_is_held(draft: ArticlePage, editor: User, settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    translation = localize.find_translation_to(draft)
    segment = localize.segments(translation)[1]
    text = "Words in another script that nobody has translated."
    write_as_machine(translation, segment, text)
    content = localize.translated_instance(translation)
    assert any(WAITS in reason for reason in reasons_against(content))
    with pytest.raises(Declined):
        actions.publish(translation, user=editor)
    assert not fresh(draft).live
    for told in findings_of(translation, localize.segments(translation))[segment.pk]:
        mending.dismiss(translation, segment.pk, check_id=told.finding.check, user=editor)
    assert reasons_against(content) == []


def test_older_draft_is_held(draft: ArticlePage, editor: User, settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    old = draft.get_latest_revision()
    translation = localize.find_translation_to(draft)
    write_as_machine(translation, localize.segments(translation)[0], "تیتر دیگر")
    old.publish()
    assert not fresh(draft).live
    # What stands at the desk now passes.
    actions.publish(translation, user=editor)
    assert fresh(draft).title == "تیتر دیگر"


def test_words_of_a_person_are_not_let_pass_as_a_machines(
    draft: ArticlePage, editor: User, translator: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    translation = localize.find_translation_to(draft)
    assert reasons_against(localize.translated_instance(translation)) == []
    segment = localize.segments(translation)[0]
    save_text(translation, segment.pk, "تیتر دیگر", version=version_of(segment), user=translator)
    # Neither by the site itself, nor by a person who may publish.
    for user in (None, editor):
        with pytest.raises(Declined):
            actions.publish(translation, user=user)
    assert not fresh(draft).live
    assert not Unreviewed.objects.exists()
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    assert (fresh(draft).live, fresh(draft).title) == (True, "تیتر دیگر")
    assert not Unreviewed.objects.exists()


def test_approved_words_of_a_person_go_live_beside_new_machine_text(
    article: ArticlePage,
    draft: ArticlePage,
    translated: Callable[..., Any],
    editor: User,
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    translation = localize.find_translation_to(draft)
    segment = localize.segments(translation)[0]
    save_text(translation, segment.pk, "تیتر دیگر", version=version_of(segment), user=editor)
    actions.approve(translation, user=editor)
    article.standfirst = "Everybody watches the dam."
    article.save_revision().publish()
    translated(article)
    actions.publish(localize.get_translation(translation.pk), user=editor)
    assert fresh(draft).title == "تیتر دیگر"
    assert Unreviewed.objects.get().policy == "label"


def test_untranslated_copy_and_orphan_are_held(
    article: ArticlePage, draft: ArticlePage, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    copy = draft.get_latest_revision_as_object()
    assert reasons_against(copy) == []
    copy.title = article.title
    assert any("language of the original" in reason for reason in reasons_against(copy))
    article.delete()
    assert is_held(draft)


def test_embargo_holds_whatever_the_policy(
    article: ArticlePage, draft: ArticlePage, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    article.embargoed_until = timezone.now() + timedelta(hours=1)
    article.save_revision()
    assert is_held(draft)


def test_label_gives_nobody_the_right_to_publish(
    draft: ArticlePage, translator: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    translation = localize.find_translation_to(draft)
    with pytest.raises(NotAllowed):
        actions.publish(translation, user=translator)
    for route in (by_review_screen, by_fields_editor, in_bulk, by_list):
        route(draft, translator)
        assert not fresh(draft).live
    beside = client_of(translator).get(reverse("wagtail_newsroom_beside", args=[translation.pk]))
    assert "newsroom-policy" in beside.content.decode()
    assert 'value="publish"' not in beside.content.decode()


def test_desk_says_what_may_go_live_and_what_did(
    article: ArticlePage, draft: ArticlePage, editor: User, settings: Any
) -> None:
    translation = localize.find_translation_to(draft)
    url = reverse("wagtail_newsroom_beside", args=[translation.pk])
    client = client_of(editor)
    assert "newsroom-policy" not in client.get(url).content.decode()
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    html = client.get(url).content.decode()
    assert "newsroom-reasons" not in html
    assert "Publish without review" in html
    client.post(reverse("wagtail_newsroom_review", args=[translation.pk]), {"action": "publish"})
    assert [each.state for each in standings(article)] == [State.UNREVIEWED]
    rebuild()
    row = PieceState.objects.get(translation_key=article.translation_key)
    assert (row.state, row.is_live, row.is_unreviewed) == ("unreviewed", True, True)
    for name, arguments in (
        ("wagtail_newsroom_review", [translation.pk]),
        ("wagtail_newsroom_translate", [article.pk]),
        ("wagtail_newsroom_panel", [article.pk]),
        ("newsroom_translations:index", []),
    ):
        told = client.get(reverse(name, args=arguments)).content.decode()
        assert "Published, not reviewed" in told, name
        assert "An earlier version is live" not in told


# A stricter policy, and a review afterwards


def test_live_unreviewed_page_stays_marked_when_the_policy_is_tightened(
    article: ArticlePage, draft: ArticlePage, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    draft.get_latest_revision().publish()
    settings.WAGTAIL_NEWSROOM_POLICY = "review"
    page = fresh(draft)
    assert page.live
    # It can still be given another address, with the texts that readers have.
    page.slug = "another-address"
    page.save()
    assert fresh(draft).slug == "another-address"
    base = Page.objects.get(pk=draft.pk)
    base.slug = "a-third-address"
    base.save()
    assert (fresh(draft).slug, fresh(draft).live) == ("a-third-address", True)
    assert Unreviewed.objects.count() == 1
    assert [each.state for each in standings(article)] == [State.UNREVIEWED]
    # But with no other text, and it does not come back once it is gone.
    page.title = "تیتر دیگر"
    page.save()
    assert fresh(draft).title != "تیتر دیگر"
    page = fresh(draft)
    page.get_latest_revision().publish()
    assert PageLogEntry.objects.filter(page=page.pk, action=DECLINED).exists()
    page.unpublish()
    fresh(draft).get_latest_revision().publish()
    assert not fresh(draft).live


def test_review_and_publication_take_the_mark_away(
    article: ArticlePage, draft: ArticlePage, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    draft.get_latest_revision().publish()
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=editor)
    assert [each.state for each in standings(article)] == [State.APPROVED]
    actions.publish(translation, user=editor)
    assert not Unreviewed.objects.exists()
    assert [each.state for each in standings(article)] == [State.PUBLISHED]


# Copies and aliases of an unreviewed page


@pytest.fixture
def trusting(settings: Any) -> Any:
    """A site that trusts its memory, and no engine unless it is named."""
    settings.WAGTAIL_NEWSROOM_POLICY = "trust"
    return settings


def test_text_of_an_engine_that_is_not_named_waits_for_a_person(
    trusting: Any, draft: ArticlePage
) -> None:
    assert is_held(draft)
    assert not Approval.objects.exists()


def test_text_of_a_trusted_engine_is_approved_by_no_person(
    trusting: Any, article: ArticlePage, translated: Callable[..., Any]
) -> None:
    trusting.WAGTAIL_NEWSROOM_TRUSTED_ENGINES = ["pseudo"]
    draft = translated(article)
    approval = Approval.objects.get()
    assert (approval.approved_by, approval.policy) == (None, "trust")
    entry = PageLogEntry.objects.get(action=TRUSTED)
    assert (entry.page_id, entry.user) == (draft.pk, None)
    assert [each.state for each in standings(article)] == [State.APPROVED]
    # The memory holds what people approved.
    assert not MemoryEntry.objects.exists()
    assert not Provenance.objects.exclude(approved_at=None).exists()
    assert not is_held(draft)
    assert Unreviewed.objects.get().policy == "trust"
    assert [each.state for each in standings(article)] == [State.PUBLISHED]


def test_text_that_is_trusted_later_takes_the_time_over(
    article: ArticlePage,
    translated: Callable[..., Any],
    editor: User,
    trusting: Any,
    run_jobs: Callable[[], None],
    paper: SimpleNamespace,
) -> None:
    trusting.WAGTAIL_NEWSROOM_TRUSTED_ENGINES = ["pseudo"]
    page = translated(article)
    translation = localize.find_translation_to(page)
    at = timezone.now() + timedelta(hours=1)
    schedule(translation, at=at, user=editor)
    source = fresh(article)
    source.title = "The river falls"
    source.save_revision().publish()
    actions.request_translation(fresh(article), paper.persian, user=editor)
    run_jobs()
    approval = translation.newsroom_approvals.first()
    scheduled = fresh(page).scheduled_revision
    assert (scheduled.pk, scheduled.approved_go_live_at) == (approval.revision_id, at)
    page = actions.publish(localize.get_translation(translation.pk), user=editor)
    published = ReviewRecord.objects.get(action="published")
    # No person reviewed what went live.
    assert (page.live, published.digest) == (True, "")


def test_piece_from_the_memory_alone_is_trusted(
    trusting: Any,
    article: ArticlePage,
    draft: ArticlePage,
    write: Callable[..., ArticlePage],
    translated: Callable[..., Any],
    editor: User,
) -> None:
    actions.approve(localize.find_translation_to(draft), user=editor)
    twin = translated(write(standfirst="Engineers watch the dam."))
    assert Approval.objects.first().policy == "trust"
    assert not is_held(twin)
    # One sentence that the memory does not know, and it waits.
    other = translated(write(standfirst="Nobody has said this before."))
    assert is_held(other)


def test_a_change_by_hand_makes_a_trusted_piece_wait_for_approval(
    trusting: Any, article: ArticlePage, translated: Callable[..., Any], editor: User
) -> None:
    trusting.WAGTAIL_NEWSROOM_TRUSTED_ENGINES = ["pseudo"]
    draft = translated(article)
    translation = localize.find_translation_to(draft)
    localize.replace_text(
        localize.segments(translation)[0], "تیتر دیگر", locale=draft.locale, user=editor
    )
    # As without a policy, the piece waits as a whole.
    assert reasons_against(localize.translated_instance(translation)) == [
        "6 passages are waiting for approval."
    ]
    assert [each.state for each in standings(article)] == [State.IN_REVIEW]


def test_trust_ends_with_the_policy(
    article: ArticlePage,
    translated: Callable[..., Any],
    paper: SimpleNamespace,
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_TRUSTED_ENGINES = ["pseudo"]
    say(paper.news, translation_policy="trust")
    draft = translated(article)
    rebuild()
    assert PieceState.objects.get(translation_key=article.translation_key).state == "approved"
    say(paper.news, translation_policy="review")
    assert is_held(draft)
    assert [each.state for each in standings(article)] == [State.DRAFT]
    # The list follows in the background.
    assert trusted_below(fresh(paper.news)).count() == 1
    assert refresh_trusted_below(fresh(paper.news)) == 1
    assert PieceState.objects.get(translation_key=article.translation_key).state == "draft"


def test_hostile_names_of_trusted_engines_trust_nobody(
    trusting: Any, article: ArticlePage, translated: Callable[..., Any]
) -> None:
    for names in ("pseudo", None, 5, [None, ["pseudo"]]):
        trusting.WAGTAIL_NEWSROOM_TRUSTED_ENGINES = names
        draft = translated(article)
        assert is_held(draft)


# Snippets


def test_snippets_follow_the_setting_and_no_section(
    paper: SimpleNamespace, translated: Callable[..., Any], settings: Any
) -> None:
    say(paper.home, translation_policy="label")
    author = Author(name="Mina Farrow", slug="mina", job_title="Writer", locale=paper.english)
    author.save()
    author.save_revision().publish()
    author = Author.objects.get(pk=author.pk)
    draft = translated(author)
    draft.get_latest_revision().publish()
    assert not fresh(draft).live
    settings.WAGTAIL_NEWSROOM_POLICY = {"fa": "label"}
    draft.get_latest_revision().publish()
    assert fresh(draft).live
    assert Unreviewed.objects.get().object_id == author.translation_key
    assert [each.state for each in standings(author)] == [State.UNREVIEWED]


def test_snippet_without_drafts_is_written_marked(
    paper: SimpleNamespace, translated: Callable[..., Any], editor: User, settings: Any
) -> None:
    notice = Notice.objects.create(
        text="The bridge is closed.", details="Use the ferry.", locale=paper.english
    )
    assert translated(notice) is None
    translation = localize.translations_of(notice).get()
    with pytest.raises(Declined):
        actions.publish(translation, user=None)
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    written = actions.publish(translation, user=None)
    assert written.pk
    assert Unreviewed.objects.get().object_id == notice.translation_key
    assert [each.state for each in standings(notice)] == [State.UNREVIEWED]
    actions.approve(translation, user=None)
    actions.publish(translation, user=None)
    assert not Unreviewed.objects.exists()


# The section's editor


def section_form(client: Client, section: NewsIndexPage) -> Any:
    return client.get(reverse("wagtailadmin_pages:edit", args=[section.pk])).context["form"]


def test_only_those_who_may_approve_may_do_away_with_approval(
    paper: SimpleNamespace, editor: User
) -> None:
    publisher = person("publisher", pages=[(paper.home, code) for code in ALL])
    names = {"translation_policy", "translate_on_publish", "translate_into"}
    assert names <= set(section_form(client_of(editor), paper.news).fields)
    assert not names & set(section_form(client_of(publisher), paper.news).fields)
    url = reverse("wagtailadmin_pages:edit", args=[paper.news.pk])
    said = {
        "title": "News",
        "slug": "news",
        "introduction": "",
        "translation_policy": "label",
        "translate_on_publish": "draft",
        "translate_into": ["fa"],
        "action-publish": "1",
        **{
            f"comments-{name}": value
            for name, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0))
        },
    }
    client_of(publisher).post(url, said)
    assert fresh(paper.news).translation_policy == ""
    client_of(editor).post(url, said)
    section = fresh(paper.news)
    assert (section.translation_policy, section.translate_on_publish, section.translate_into) == (
        "label",
        "draft",
        ["fa"],
    )
    client_of(editor).post(url, {**said, "translate_into": ["xx"]})
    assert fresh(paper.news).translate_into == ["fa"]


def test_gate_names_the_policy_that_lets_text_pass(draft: ArticlePage, settings: Any) -> None:
    content = draft.get_latest_revision_as_object()
    assert judge(content).policy is None
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    verdict = judge(content)
    assert (verdict.reasons, verdict.policy) == ((), Policy.LABEL)
