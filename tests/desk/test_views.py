"""The desk's pages: who sees what, what a forged request cannot do, how many queries a page asks."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.conftest import person
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, TranslationJob


def browse(user: User) -> Client:
    """Return a client that is logged in."""
    client = Client()
    client.force_login(user)
    return client


def test_button_in_the_listing_leads_to_one_job(article: ArticlePage, editor: User) -> None:
    client = browse(editor)
    listing = client.get(reverse("wagtailadmin_explore", args=[article.get_parent().pk]))
    url = reverse("wagtail_newsroom_translate", args=[article.pk])
    assert url in listing.content.decode()
    assert "Translate into Persian" in client.get(url).content.decode()
    response = client.post(url, {"locale": "fa"})
    assert response.url == reverse("wagtail_newsroom_job", args=[TranslationJob.objects.get().pk])


def test_who_may_request_no_language_is_offered_none(
    draft: Any, editor: User, paper: SimpleNamespace
) -> None:
    reader = person("reader", pages=((paper.home_fa, "change_page"),))
    url = reverse("wagtail_newsroom_translate", args=[localize.target_of(draft).pk])
    offer = "Have this piece translated into"
    assert offer in browse(editor).get(url).content.decode()
    response = browse(reader).get(url)
    assert response.status_code == 200
    assert offer not in response.content.decode()


@pytest.mark.parametrize(
    "name", ["wagtail_localize:submit_page_translation", "wagtail_newsroom_translate"]
)
def test_submitting_through_either_address_makes_a_draft_and_a_job(
    name: str, article: ArticlePage, editor: User, paper: SimpleNamespace
) -> None:
    browse(editor).post(reverse(name, args=[article.pk]), {"locale": "fa"})
    assert TranslationJob.objects.get().status == "queued"
    assert not article.get_translation(paper.persian).live


def test_submitting_without_a_page_permission_is_refused(
    article: ArticlePage, outsider: User, paper: SimpleNamespace
) -> None:
    response = browse(outsider).post(
        reverse("wagtail_localize:submit_page_translation", args=[article.pk]), {"locale": "fa"}
    )
    assert response.status_code in (302, 403)
    assert not TranslationJob.objects.exists()
    assert not article.has_translation(paper.persian)


def test_machine_button_of_wagtail_localize_queues_a_job(draft: Any, editor: User) -> None:
    url = reverse("wagtail_localize:machine_translate", args=[draft.pk])
    assert browse(editor).get(url).status_code == 405
    browse(editor).post(url)
    assert TranslationJob.objects.filter(status="queued").count() == 1


def test_sync_button_of_wagtail_localize_opens_the_desk(draft: Any, editor: User) -> None:
    url = reverse("wagtail_localize:update_translations", args=[draft.source_id])
    html = browse(editor).get(url).content.decode()
    assert "Translations" in html
    assert "newsroom-languages" in html


def test_job_page_shows_counts_by_origin(draft: Any, editor: User) -> None:
    job = TranslationJob.objects.get()
    html = browse(editor).get(reverse("wagtail_newsroom_job", args=[job.pk])).content.decode()
    assert "6 of 6 passages" in html
    assert "data-newsroom-active" not in html
    assert "Done" in html


def test_progress_of_a_waiting_job_is_marked_active(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    job = actions.request_translation(article, paper.persian, user=editor)
    html = browse(editor).get(reverse("wagtail_newsroom_progress", args=[job.pk])).content.decode()
    assert "data-newsroom-active" in html
    assert "<html" not in html


def test_failed_job_says_why_and_offers_a_retry(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = []
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    job = TranslationJob.objects.get()
    client = browse(editor)
    html = client.get(reverse("wagtail_newsroom_job", args=[job.pk])).content.decode()
    assert "No engine is set up for this pair of languages. (6 passages)" in html
    retry = reverse("wagtail_newsroom_retry", args=[job.pk])
    assert retry in html
    assert client.post(retry).url != reverse("wagtail_newsroom_job", args=[job.pk])


def test_editing_a_translated_page_opens_the_review(draft: Any, editor: User) -> None:
    target = localize.target_of(draft)
    edit = reverse("wagtailadmin_pages:edit", args=[target.pk])
    client = browse(editor)
    assert client.get(edit).url == reverse("wagtail_newsroom_review", args=[draft.pk])
    assert client.get(f"{edit}?editor=fields").status_code == 200


def test_review_gives_each_side_its_language_and_direction(draft: Any, editor: User) -> None:
    html = browse(editor).get(reverse("wagtail_newsroom_review", args=[draft.pk])).content.decode()
    assert 'lang="en" dir="ltr">The river rises</div>' in html
    assert 'lang="fa" dir="rtl" data-newsroom-editor' in html
    beside = reverse("wagtail_newsroom_beside", args=[draft.pk])
    assert beside in html
    assert "6 passages are waiting for approval." in browse(editor).get(beside).content.decode()


def test_review_reads_persian_in_its_own_font_unless_switched_off(
    draft: Any, editor: User, settings: Any
) -> None:
    url, client = reverse("wagtail_newsroom_review", args=[draft.pk]), browse(editor)
    assert "wagtail_newsroom/persian-font.css" in client.get(url).content.decode()
    settings.WAGTAIL_NEWSROOM_PERSIAN_FONT = False
    assert "wagtail_newsroom/persian-font.css" not in client.get(url).content.decode()


def test_editor_approves_and_publishes_on_the_review_page(draft: Any, editor: User) -> None:
    client = browse(editor)
    url = reverse("wagtail_newsroom_review", args=[draft.pk])
    seen = client.get(url).context["seen"]
    client.post(url, {"action": "approve", "seen": seen})
    client.post(url, {"action": "publish"})
    assert localize.target_of(draft).live


@pytest.mark.parametrize("action", ["approve", "publish"])
def test_forged_request_of_a_translator_changes_nothing(
    action: str, draft: Any, translator: User
) -> None:
    client = browse(translator)
    url = reverse("wagtail_newsroom_review", args=[draft.pk])
    page = client.get(url)
    assert 'value="approve"' not in page.content.decode()
    assert 'value="publish"' not in page.content.decode()
    response = client.post(url, {"action": action, "seen": page.context["seen"]})
    assert response.status_code in (302, 403)
    assert not draft.newsroom_approvals.exists()
    assert not localize.target_of(draft).live


@pytest.mark.parametrize("method", ["get", "post"])
def test_desk_is_closed_to_those_without_a_page(
    method: str, draft: Any, outsider: User, article: ArticlePage
) -> None:
    job = TranslationJob.objects.get()
    client = browse(outsider)
    for url in (
        reverse("wagtail_newsroom_review", args=[draft.pk]),
        reverse("wagtail_newsroom_job", args=[job.pk]),
        reverse("wagtail_newsroom_progress", args=[job.pk]),
        reverse("wagtail_newsroom_retry", args=[job.pk]),
    ):
        response = getattr(client, method)(url)
        assert response.status_code in (302, 403, 405)
        assert "The river rises" not in response.content.decode()


def test_hostile_title_is_escaped_everywhere_at_the_desk(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    piece = write('</script><img src=x onerror="alert(1)"> & Sons')
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(piece).get()
    client = browse(editor)
    for url in (
        reverse("wagtail_newsroom_review", args=[translation.pk]),
        reverse("wagtail_newsroom_translate", args=[piece.pk]),
        reverse("wagtail_newsroom_job", args=[TranslationJob.objects.get().pk]),
    ):
        assert "<img src=x" not in client.get(url).content.decode()


def test_translations_panel_stands_in_the_page_editor(article: ArticlePage, editor: User) -> None:
    html = (
        browse(editor).get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    )
    assert 'data-controller="newsroom-progress"' in html
    assert "Translate into Persian" in html
    assert "wagtail_newsroom/desk.js" in html


def test_panel_starts_a_job_and_shows_it(article: ArticlePage, editor: User) -> None:
    client = browse(editor)
    html = client.post(
        reverse("wagtail_newsroom_translate", args=[article.pk]),
        {"locale": "fa", "fragment": "1"},
    ).content.decode()
    assert "data-newsroom-active" in html
    assert "Waiting for the machine" in html


def test_title_of_a_page_is_not_told_to_those_without_rights_on_it(
    article: ArticlePage, outsider: User
) -> None:
    for name in ("wagtail_newsroom_translate", "wagtail_newsroom_panel"):
        response = browse(outsider).get(reverse(name, args=[article.pk]))
        assert response.status_code in (302, 403)


def test_root_of_the_tree_has_no_translations(paper: SimpleNamespace, admin_user: User) -> None:
    url = reverse("wagtail_newsroom_translate", args=[paper.root.pk])
    assert browse(admin_user).get(url, follow=True).status_code == 404
