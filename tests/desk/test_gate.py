"""The gate: unapproved machine text stays away from readers on every route."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.blocks import BlockField
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Workflow, WorkflowTask
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    querydict_from_html,
    streamfield,
)

from wagtail_newsroom.desk import actions, base_saves, localize
from wagtail_newsroom.desk.drafts import build_draft
from wagtail_newsroom.desk.gate import DECLINED, is_as_approved, reasons_against
from wagtail_newsroom.desk.schedule import HELD, schedule
from wagtail_newsroom.models import ArticlePage


@pytest.fixture
def draft(
    article: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> ArticlePage:
    """A Persian machine draft that nobody has approved."""
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    return ArticlePage.objects.get(translation_key=article.translation_key, locale=paper.persian)


@pytest.fixture
def published(draft: ArticlePage, editor: User) -> ArticlePage:
    """The same piece, approved and live in Persian."""
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    return ArticlePage.objects.get(pk=draft.pk)


@pytest.fixture
def outdated(
    published: ArticlePage,
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> ArticlePage:
    """Live in Persian, with an unapproved machine draft of an update."""
    article.standfirst = "Engineers now watch two dams."
    article.save_revision().publish()
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    return ArticlePage.objects.get(pk=published.pk)


def publish_in_editor(page: ArticlePage, user: User) -> None:
    # The ordinary editor opens for a translation that was stopped.
    translation = localize.find_translation_to(page)
    translation.enabled = False
    translation.save()
    client = Client()
    client.force_login(user)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(url).context["form"]
    data = post_data(form)
    data["action-publish"] = "1"
    response = client.post(url, data, follow=True)
    assert response.status_code == 200
    assert "was not published" in response.content.decode()


def post_data(form: Any) -> dict[str, Any]:
    """Return what a browser would send for a page's edit form as it was rendered."""
    html = f"<form>{form}</form>"
    query = querydict_from_html(html)
    data = {key: query.getlist(key) for key in query}
    # Streams are filled in by a script, so their part of the form is not in the HTML.
    streams = {
        name: streamfield([])
        for name, field in form.fields.items()
        if isinstance(field, BlockField)
    }
    rows = {name: inline_formset([]) for name in form.formsets}
    return {**data, **nested_form_data({**streams, **rows})}


def publish_in_bulk(page: ArticlePage, user: User) -> None:
    client = Client()
    client.force_login(user)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(
        f"{url}?id={page.pk}&next=/admin/", {"include_descendants": ""}, follow=True
    )
    html = response.content.decode()
    assert "was not published" in html
    assert "1 page has been published" not in html


def publish_by_schedule(page: ArticlePage, user: User) -> None:
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    # The schedule waits for the approval, and the history tells once.
    assert PageLogEntry.objects.filter(page=page.pk, action=DECLINED).count() == 1


def publish_by_workflow(page: ArticlePage, user: User) -> None:
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    task.groups.set(user.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    state = workflow.start(page, user)
    state.current_task_state.approve(user=user)


def publish_revision(page: ArticlePage, user: User) -> None:
    page.get_latest_revision().publish(user=user)


def publish_by_action_class(page: ArticlePage, user: User) -> None:
    PublishPageRevisionAction(page.get_latest_revision(), user=user).execute()


def publish_by_admin_api(page: ArticlePage, user: User) -> None:
    client = Client()
    client.force_login(user)
    client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))


def publish_by_code(page: ArticlePage, user: User) -> None:
    content = page.get_latest_revision_as_object()
    content.live = True
    content.save()


def publish_in_localize_editor(page: ArticlePage, user: User) -> None:
    client = Client()
    client.force_login(user)
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True
    )
    assert "waiting for approval" in response.content.decode()


def publish_by_localize_code(page: ArticlePage, user: User) -> None:
    localize.find_translation_to(page).save_target(user=user, publish=True)


ROUTES = [
    publish_in_editor,
    publish_in_bulk,
    publish_by_schedule,
    publish_by_workflow,
    publish_revision,
    publish_by_action_class,
    publish_by_admin_api,
    publish_by_code,
    publish_in_localize_editor,
    publish_by_localize_code,
]


@pytest.mark.parametrize("route", ROUTES)
def test_machine_draft_goes_live_by_no_route(
    route: Callable[[ArticlePage, User], None],
    draft: ArticlePage,
    editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        route(draft, editor)
    page = ArticlePage.objects.get(pk=draft.pk)
    assert not page.live
    assert page.first_published_at is None
    assert Client().get(f"/fa/news/{page.slug}/").status_code == 404
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 0


@pytest.mark.parametrize("route", ROUTES)
def test_live_translation_is_untouched_by_an_unapproved_update(
    route: Callable[[ArticlePage, User], None],
    outdated: ArticlePage,
    editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = ArticlePage.objects.get(pk=outdated.pk)
    published = PageLogEntry.objects.filter(page=outdated.pk, action="wagtail.publish").count()
    with django_capture_on_commit_callbacks(execute=True):
        route(outdated, editor)
    after = ArticlePage.objects.get(pk=outdated.pk)
    assert after.live
    assert (after.title, after.standfirst) == (before.title, before.standfirst)
    assert after.body.get_prep_value() == before.body.get_prep_value()
    assert (
        PageLogEntry.objects.filter(page=outdated.pk, action="wagtail.publish").count() == published
    )


@pytest.mark.parametrize("route", [publish_revision, publish_by_action_class, publish_by_code])
def test_refusal_is_told_in_the_page_history(
    route: Callable[[ArticlePage, User], None], draft: ArticlePage, editor: User
) -> None:
    route(draft, editor)
    entry = PageLogEntry.objects.filter(page=draft.pk, action=DECLINED).first()
    assert "waiting for approval" in entry.message


def test_approved_text_passes(draft: ArticlePage, editor: User) -> None:
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=editor)
    page = ArticlePage.objects.get(pk=draft.pk)
    assert not page.live
    page.get_latest_revision().publish(user=editor)
    assert ArticlePage.objects.get(pk=draft.pk).live


def test_old_draft_with_replaced_machine_text_is_still_declined(
    draft: ArticlePage, editor: User
) -> None:
    old = draft.get_latest_revision()
    translation = localize.find_translation_to(draft)
    first = localize.segments(translation)[0]
    localize.store_person_text(first, "تیتر دیگر", locale=draft.locale, user=editor)
    actions.approve(translation, user=editor)
    old.publish(user=editor)
    assert not ArticlePage.objects.get(pk=draft.pk).live


def test_text_changed_after_approval_is_declined(draft: ArticlePage, editor: User) -> None:
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=editor)
    first = localize.segments(translation)[0]
    localize.store_person_text(first, "تیتر دیگر", locale=draft.locale, user=editor)
    assert reasons_against(localize.translated_instance(translation)) == [
        "1 passage is waiting for approval."
    ]


def test_source_language_text_is_declined(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    target = article.get_translation(paper.persian)
    target.get_latest_revision() or target.save_revision()
    target.get_latest_revision().publish(user=editor)
    page = ArticlePage.objects.get(pk=target.pk)
    assert not page.live
    assert reasons_against(page) == ["6 passages are still in the language of the original."]


def test_piece_that_a_person_translated_needs_no_approval(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    translation = localize.translations_of(article).get()
    for segment in localize.segments(translation):
        localize.store_person_text(
            segment, segment.source.replace("r", "ر"), locale=paper.persian, user=editor
        )
    assert reasons_against(localize.translated_instance(translation)) == []


def test_page_that_is_no_translation_costs_four_queries(
    article: ArticlePage, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        assert reasons_against(article) == []


def test_gate_asks_a_bounded_number_of_queries(
    draft: ArticlePage, django_assert_max_num_queries: Any
) -> None:
    content = draft.get_latest_revision_as_object()
    # Five of them look for a policy: the original, and each of four classes of sections.
    with django_assert_max_num_queries(11):
        assert reasons_against(content)


def test_gate_asks_no_more_before_the_machine_has_written(
    article: ArticlePage, paper: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    actions.request_translation(article, paper.persian, user=None)
    content = article.get_translation(paper.persian)
    # One of them is the article's own: whether another language is embargoed or withdrawn.
    with django_assert_max_num_queries(7):
        assert reasons_against(content)


def test_deleting_the_original_does_not_open_the_gate(
    draft: ArticlePage, article: ArticlePage
) -> None:
    article.delete()
    draft.get_latest_revision().publish()
    assert not ArticlePage.objects.get(pk=draft.pk).live


def test_copy_of_a_machine_draft_is_held_like_the_draft(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    piece = write(standfirst="Engineers watch the dam while the river goes on rising all night.")
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    draft = piece.get_translation(paper.persian)
    copy = draft.copy(update_attrs={"slug": "a-copy"}, keep_live=False)
    copy.get_latest_revision().publish()
    assert not ArticlePage.objects.get(pk=copy.pk).live


def test_old_draft_in_english_is_declined_after_the_source_changed(
    article: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    old = article.get_translation(paper.persian).save_revision()
    article.title, article.standfirst, article.body = "Another headline", "Another line.", []
    article.save_revision().publish()
    run_jobs()
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    old.publish()
    assert not article.get_translation(paper.persian).live


@pytest.mark.parametrize("route", [publish_revision, publish_by_action_class, publish_by_code])
def test_what_a_page_says_against_itself_holds_back_a_page_that_is_no_translation(
    route: Callable[[ArticlePage, User], None],
    write: Callable[..., ArticlePage],
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    piece = write(live=False)
    obstacles = ["This piece is embargoed."]
    monkeypatch.setattr(ArticlePage, "obstacles_to_publication", lambda page: obstacles)
    route(piece, editor)
    assert not ArticlePage.objects.get(pk=piece.pk).live
    entry = PageLogEntry.objects.filter(page=piece.pk, action=DECLINED).first()
    assert "This piece is embargoed." in entry.message

    obstacles.clear()
    route(piece, editor)
    assert ArticlePage.objects.get(pk=piece.pk).live


def test_obstacles_are_told_beside_the_reasons_of_the_translation(
    draft: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArticlePage, "obstacles_to_publication", lambda page: ["Not yet."])
    reasons = reasons_against(draft.get_latest_revision_as_object())
    assert reasons == ["Not yet.", "6 passages are waiting for approval."]


@pytest.fixture
def old_draft(article: ArticlePage, paper: SimpleNamespace) -> Any:
    """A Persian draft of English texts that the original no longer has; no machine has written."""
    actions.request_translation(article, paper.persian, user=None)
    old = article.get_translation(paper.persian).save_revision()
    article.title, article.standfirst, article.body = "Another headline", "Another line.", []
    article.save_revision().publish()
    actions.request_translation(article, paper.persian, user=None)
    return old


def test_old_draft_in_english_is_declined_before_the_machine_has_written(
    old_draft: Any, article: ArticlePage, paper: SimpleNamespace
) -> None:
    old_draft.publish()
    target = article.get_translation(paper.persian)
    assert not target.live
    assert reasons_against(old_draft.as_object()) == [
        "6 passages are still in the language of the original."
    ]


@pytest.mark.parametrize("enabled", [True, False])
def test_scheduled_old_draft_does_not_go_live_when_it_is_due(
    enabled: bool,
    old_draft: Any,
    article: ArticlePage,
    paper: SimpleNamespace,
    run_jobs: Callable[[], None],
) -> None:
    old_draft.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    old_draft.save()
    translation = localize.translations_of(article).get()
    translation.enabled = enabled
    translation.save()
    call_command("publish_scheduled")
    assert not article.get_translation(paper.persian).live
    run_jobs()
    call_command("publish_scheduled")
    assert not article.get_translation(paper.persian).live


def test_name_that_is_the_same_in_both_languages_passes_where_people_edit_by_hand(
    article: ArticlePage, paper: SimpleNamespace
) -> None:
    actions.request_translation(article, paper.persian, user=None)
    article.title = "Reuters"
    article.save_revision().publish()
    actions.request_translation(article, paper.persian, user=None)
    article.title = "The river rises"
    article.save_revision().publish()
    actions.request_translation(article, paper.persian, user=None)
    translation = localize.translations_of(article).get()
    translation.enabled = False
    translation.save()
    target = article.get_translation(paper.persian)
    target.title, target.standfirst, target.body = "Reuters", "مهندسان سد را می‌پایند.", []
    assert reasons_against(target) == []


def test_old_words_of_a_person_pass(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    translation = localize.translations_of(article).get()
    for segment in localize.segments(translation):
        localize.store_person_text(
            segment, segment.source.replace("r", "ر"), locale=paper.persian, user=editor
        )
    old = build_draft(translation, user=editor)
    first = localize.segments(translation)[0]
    localize.store_person_text(first, "تیتر دیگر", locale=paper.persian, user=editor)
    assert reasons_against(old.as_object()) == []


# What the site publishes by itself


def test_site_publishes_no_approved_texts_that_somebody_moved(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    source = write(live=False)
    actions.request_translation(source, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(source).get()
    assert not is_as_approved(translation)
    actions.approve(translation, user=editor)
    assert is_as_approved(translation)
    schedule(translation, at=None, user=editor)
    title, other = localize.segments(translation)[:2]
    localize.replace_text(title, other.text, locale=paper.persian, user=None)
    # The gate alone knows each of these texts as approved.
    assert reasons_against(localize.translated_instance(translation)) == []
    assert not is_as_approved(translation)
    with django_capture_on_commit_callbacks(execute=True):
        ArticlePage.objects.get(pk=source.pk).get_latest_revision().publish()
    target = localize.target_of(translation)
    assert not target.live
    (held,) = PageLogEntry.objects.filter(page=target.pk, action=HELD)
    assert held.data["reasons"] == ["The texts changed since they were approved."]


def test_site_publishes_what_a_policy_lets_pass(draft: ArticlePage, settings: Any) -> None:
    translation = localize.find_translation_to(draft)
    assert not is_as_approved(translation)
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    assert is_as_approved(translation)


# Pages that code loads as their base class


def test_base_page_of_a_draft_does_not_go_live(draft: ArticlePage) -> None:
    page = Page.objects.get(pk=draft.pk)
    page.live = True
    page.save()
    after = ArticlePage.objects.get(pk=draft.pk)
    assert (after.live, after.first_published_at) == (False, None)
    assert PageLogEntry.objects.filter(page=draft.pk, action=DECLINED).exists()


def test_base_page_of_a_draft_does_not_go_live_by_one_field(draft: ArticlePage) -> None:
    page = Page.objects.get(pk=draft.pk)
    page.live = True
    page.save(update_fields=["live"])
    assert not ArticlePage.objects.get(pk=draft.pk).live


def test_base_page_brings_no_unapproved_title_to_readers(outdated: ArticlePage) -> None:
    before = ArticlePage.objects.get(pk=outdated.pk)
    page = Page.objects.get(pk=outdated.pk)
    page.title, page.search_description = "A title that nobody approved", "Neither this."
    page.save()
    after = ArticlePage.objects.get(pk=outdated.pk)
    assert (after.live, after.title, after.search_description) == (True, before.title, "")


def test_base_page_with_approved_texts_is_saved(published: ArticlePage) -> None:
    page = Page.objects.get(pk=published.pk)
    page.show_in_menus = True
    page.save()
    after = ArticlePage.objects.get(pk=published.pk)
    assert (after.live, after.show_in_menus) == (True, True)


def test_base_page_that_is_no_translation_is_saved(article: ArticlePage) -> None:
    page = Page.objects.get(pk=article.pk)
    page.title = "Another title"
    page.save()
    assert ArticlePage.objects.get(pk=article.pk).title == "Another title"


def count_of(statement: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as context:
        statement()
    return len(context)


def test_gate_of_base_pages_costs_nothing_where_it_has_nothing_to_ask(
    article: ArticlePage, draft: ArticlePage
) -> None:
    base, section = Page.objects.get(pk=article.pk), Page.objects.get(pk=article.pk).get_parent()
    not_live = Page.objects.get(pk=draft.pk)

    def saves() -> list[int]:
        return [
            count_of(article.save),
            count_of(not_live.save),
            count_of(lambda: base.save(update_fields=["has_unpublished_changes"])),
            count_of(lambda: section.specific.save()),
        ]

    saves()  # Fills what Django and Wagtail remember.
    with_gate = saves()
    pre_save.disconnect(dispatch_uid="wagtail_newsroom_base_saves")
    try:
        assert saves() == with_gate
        without = count_of(base.save)
    finally:
        base_saves.connect()
    # The page in its own class, the gate's three, and the article's one about its other languages.
    assert count_of(base.save) == without + 5


def test_page_made_in_code_beside_waiting_drafts_goes_live(
    draft: ArticlePage, paper: SimpleNamespace
) -> None:
    made = ArticlePage(
        title="نو",
        slug="new",
        locale=paper.persian,
        body=[
            ("paragraph", "<p>یک متن تازه که هیچ ماشینی آن را ننوشته است و بلند هم هست.</p>"),
            ("list", ["<p>یک</p>", "<p>دو</p>"]),
        ],
    )
    paper.news_fa.add_child(instance=made)
    assert ArticlePage.objects.get(pk=made.pk).live


def test_embargoed_page_made_live_in_code_is_stored_as_a_draft(paper: SimpleNamespace) -> None:
    later = timezone.now() + timedelta(hours=1)
    made = ArticlePage(title="Not yet", slug="not-yet", locale=paper.english, embargoed_until=later)
    paper.news.add_child(instance=made)
    stored = ArticlePage.objects.get(pk=made.pk)
    assert (stored.live, stored.has_unpublished_changes) == (False, True)
    assert PageLogEntry.objects.filter(page=made.pk, action=DECLINED).count() == 1


def test_translation_made_live_in_code_in_one_stroke_is_stored_as_a_draft(
    draft: ArticlePage, paper: SimpleNamespace
) -> None:
    content = draft.get_latest_revision_as_object()
    key, title = draft.translation_key, content.title
    draft.delete()
    made = ArticlePage(title=title, slug="made", locale=paper.persian, translation_key=key)
    paper.news_fa.add_child(instance=made)
    assert not ArticlePage.objects.get(pk=made.pk).live
