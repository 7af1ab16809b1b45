"""Snippets in the admin: the ways to the desk, wagtail-localize's buttons, who may do what."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation as languages
from wagtail.models import ModelLogEntry

from tests.conftest import person
from tests.testapp.models import Notice, Venue
from wagtail_newsroom import wagtail_hooks
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.desk.gate import DECLINED
from wagtail_newsroom.desk.views import stock
from wagtail_newsroom.models import ArticlePage, Author, Byline, TranslationJob


def browse(user: User) -> Client:
    """Return a client that is logged in."""
    client = Client()
    client.force_login(user)
    return client


def edit_url(snippet: Any) -> str:
    return reverse(snippet.snippet_viewset.get_url_name("edit"), args=[snippet.pk])


def desk_url(snippet: Any, name: str = "translate") -> str:
    options = snippet._meta
    return reverse(
        f"wagtail_newsroom_{name}_snippet", args=[options.app_label, options.model_name, snippet.pk]
    )


@pytest.fixture
def draft(venue: Venue, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]) -> Venue:
    """The venue's Persian machine draft."""
    actions.request_translation(venue, paper.persian, user=chief)
    run_jobs()
    return venue.get_translation(paper.persian)


@pytest.fixture
def unwritten(
    notice: Notice, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> Any:
    """The translation of a notice that is not stored in Persian yet."""
    actions.request_translation(notice, paper.persian, user=chief)
    run_jobs()
    return localize.translations_of(notice).get()


# The ways to the desk


@pytest.mark.parametrize("name", ["venue", "notice"])
def test_list_editor_and_panel_lead_to_the_translations(
    name: str, chief: User, request: pytest.FixtureRequest
) -> None:
    snippet = request.getfixturevalue(name)
    client = browse(chief)
    listing = client.get(reverse(snippet.snippet_viewset.get_url_name("list")))
    assert f'href="{desk_url(snippet)}"' in listing.content.decode()
    editor = client.get(edit_url(snippet)).content.decode()
    assert f'data-newsroom-progress-url-value="{desk_url(snippet, "panel")}"' in editor
    assert "Translate into Persian" in editor
    assert "wagtail_newsroom/desk.js" in editor
    assert "action-newsroom-translations" in editor or editor.count(desk_url(snippet)) >= 2


def test_person_who_has_nothing_to_do_with_translations_sees_no_button(venue: Venue) -> None:
    writer = person("writer", permissions=("testapp.change_venue", "testapp.view_venue"))
    html = browse(writer).get(reverse(venue.snippet_viewset.get_url_name("list"))).content.decode()
    assert desk_url(venue) not in html


def test_new_snippet_has_no_panel(chief: User, paper: SimpleNamespace) -> None:
    url = reverse(Venue.snippet_viewset.get_url_name("add"))  # type: ignore[attr-defined]
    html = browse(chief).get(url).content.decode()
    assert "newsroom-languages" not in html


@pytest.mark.parametrize("name", ["venue", "notice", "author"])
def test_request_from_the_desk_leads_to_the_job(
    name: str, chief: User, request: pytest.FixtureRequest
) -> None:
    snippet = request.getfixturevalue(name)
    client = browse(chief)
    html = client.get(desk_url(snippet)).content.decode()
    assert "Translate into Persian" in html
    assert "passages are to be translated" in html
    response = client.post(desk_url(snippet), {"locale": "fa"})
    job = TranslationJob.objects.get()
    assert response.url == reverse("wagtail_newsroom_job", args=[job.pk])
    page = client.get(response.url).content.decode()
    assert str(snippet) in page
    fragment = client.post(desk_url(snippet), {"locale": "fa", "fragment": "1"}).content.decode()
    assert "data-newsroom-active" in fragment
    assert "data-newsroom-active" in client.get(desk_url(snippet, "panel")).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "newsroom/snippets/nowhere/nothing/1/translate/",
        "newsroom/snippets/testapp/nothing/1/translate/",
        "newsroom/snippets/testapp/venue/999999/translate/",
        "newsroom/snippets/testapp/venue/_3Cscript_3E/translate/",
        "newsroom/snippets/testapp/venue/1_27_20OR_201/languages/",
        "newsroom/snippets/auth/user/1/translate/",
        "newsroom/snippets/wagtailcore/page/2/translate/",
        "newsroom/snippets/wagtail_newsroom/articlepage/2/translate/",
        "newsroom/snippets/wagtail_newsroom/correction/1/translate/",
        "newsroom/translations/999999/preview/",
        "localize/submit/snippet/testapp/venue/nothing/",
    ],
)
def test_address_that_names_no_piece_is_not_found(address: str, chief: User, venue: Venue) -> None:
    assert browse(chief).get(f"/admin/{address}", follow=True).status_code == 404


@pytest.mark.parametrize("name", ["venue", "notice", "author"])
def test_person_without_a_right_sees_nothing_and_changes_nothing(
    name: str, outsider: User, request: pytest.FixtureRequest
) -> None:
    snippet = request.getfixturevalue(name)
    client = browse(outsider)
    for url in (desk_url(snippet), desk_url(snippet, "panel")):
        assert client.get(url).status_code in (302, 403)
    assert client.post(desk_url(snippet), {"locale": "fa"}).status_code in (302, 403)
    assert not TranslationJob.objects.exists()


# wagtail-localize's own buttons


@pytest.mark.parametrize("name", ["venue", "notice", "author"])
def test_submit_button_of_wagtail_localize_makes_a_job_and_nothing_live(
    name: str, chief: User, paper: SimpleNamespace, request: pytest.FixtureRequest
) -> None:
    snippet = request.getfixturevalue(name)
    options = snippet._meta
    url = reverse(
        "wagtail_localize:submit_snippet_translation",
        args=[options.app_label, options.model_name, snippet.pk],
    )
    client = browse(chief)
    assert "newsroom-languages" in client.get(url).content.decode()
    client.post(url, {"locale": "fa", "locales": [paper.persian.pk]})
    assert TranslationJob.objects.get().status == "queued"
    version = snippet.get_translation_or_none(paper.persian)
    assert version is None or not version.live


def test_submit_button_without_a_right_is_refused(
    venue: Venue, outsider: User, paper: SimpleNamespace
) -> None:
    url = reverse(
        "wagtail_localize:submit_snippet_translation", args=["testapp", "venue", venue.pk]
    )
    browse(outsider).post(url, {"locale": "fa", "locales": [paper.persian.pk]})
    assert not venue.has_translation(paper.persian)


def test_snippet_without_the_gate_stays_with_wagtail_localize(
    venue: Venue, draft: Venue, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stock, "has_gate", lambda instance: False)
    monkeypatch.setattr(wagtail_hooks, "has_gate", lambda instance: False)
    client = browse(chief)
    url = reverse(
        "wagtail_localize:submit_snippet_translation", args=["testapp", "venue", venue.pk]
    )
    assert "newsroom-languages" not in client.get(url).content.decode()
    translation = localize.find_translation_to(draft)
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    assert "newsroom-languages" not in client.get(url).content.decode()
    assert client.get(edit_url(draft)).status_code == 200


def test_machine_and_sync_buttons_lead_to_the_desk(draft: Venue, chief: User) -> None:
    translation = localize.find_translation_to(draft)
    client = browse(chief)
    client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))
    assert TranslationJob.objects.filter(status="queued").count() == 1
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    assert "newsroom-languages" in client.get(url).content.decode()
    client.post(url, {"publish_translations": "on", "use_machine_translation": "on"})
    assert not Venue.objects.get(pk=draft.pk).live


def test_translated_snippet_opens_at_the_desk_and_the_other_editor_is_a_click_away(
    draft: Venue, chief: User
) -> None:
    translation = localize.find_translation_to(draft)
    review = reverse("wagtail_newsroom_review", args=[translation.pk])
    client = browse(chief)
    response = client.get(edit_url(draft))
    assert (response.status_code, response.url) == (302, review)
    html = client.get(review).content.decode()
    fields = edit_url(draft) + "?editor=fields"
    assert f'href="{fields}"' in html
    assert "wagtail_localize" in client.get(fields).content.decode()


def test_publish_button_of_wagtail_localize_asks_the_gate(draft: Venue, chief: User) -> None:
    response = browse(chief).post(edit_url(draft), {"action": "publish"}, follow=True)
    assert "waiting for approval" in response.content.decode()
    assert not Venue.objects.get(pk=draft.pk).live


def test_publish_button_of_wagtail_localize_publishes_what_is_approved(
    draft: Venue, chief: User
) -> None:
    actions.approve(localize.find_translation_to(draft), user=chief)
    response = browse(chief).post(edit_url(draft), {"action": "publish"}, follow=True)
    assert "is published" in response.content.decode()
    assert Venue.objects.get(pk=draft.pk).live


def test_translator_publishes_by_no_button(draft: Venue, chief: User, scribe: User) -> None:
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=chief)
    client = browse(scribe)
    review = reverse("wagtail_newsroom_review", args=[translation.pk])
    client.post(edit_url(draft), {"action": "publish"})
    client.post(review, {"action": "publish"})
    client.post(review, {"action": "approve"})
    translation.enabled = False
    translation.save()
    form = {"name": "نام", "slug": "old-mill", "description": "شرح", "action-publish": "1"}
    client.post(edit_url(draft), form)
    after = Venue.objects.get(pk=draft.pk)
    assert not after.live


def test_editor_of_a_stopped_translation_asks_the_gate(draft: Venue, chief: User) -> None:
    translation = localize.find_translation_to(draft)
    translation.enabled = False
    translation.save()
    drafted = draft.get_latest_revision_as_object()
    form = {
        "name": drafted.name,
        "slug": drafted.slug,
        "description": drafted.description,
        "action-publish": "1",
    }
    client = browse(chief)
    html = client.post(edit_url(draft), form, follow=True).content.decode()
    assert "was not published" in html
    assert not Venue.objects.get(pk=draft.pk).live
    form |= {"name": "نامی دیگر", "description": "شرحی که آدمی نوشت."}
    client.post(edit_url(draft), form, follow=True)
    assert Venue.objects.get(pk=draft.pk).live


def test_new_snippet_is_published_by_the_editor(chief: User, paper: SimpleNamespace) -> None:
    url = reverse(Venue.snippet_viewset.get_url_name("add"))  # type: ignore[attr-defined]
    form = {"name": "Pier", "slug": "pier", "description": "", "action-publish": "1"}
    browse(chief).post(url, form, follow=True)
    assert Venue.objects.get(slug="pier").live


def test_words_are_kept_when_a_stopped_translation_is_started_again(
    draft: Venue, chief: User
) -> None:
    translation = localize.find_translation_to(draft)
    translation.enabled = False
    translation.save()
    drafted = draft.get_latest_revision_as_object()
    drafted.name = "نامی که آدمی نوشت"
    drafted.save_revision(user=chief)
    browse(chief).post(edit_url(draft), {"localize-restart-translation": "1"})
    translation.refresh_from_db()
    texts = {segment.text: segment.kind for segment in localize.segments(translation)}
    assert (translation.enabled, texts["نامی که آدمی نوشت"]) == (True, "manual")


def test_bulk_publication_leaves_out_what_the_gate_declines(
    draft: Venue, venue: Venue, article: ArticlePage, chief: User
) -> None:
    request = RequestFactory().get("/")
    request.user = chief
    told: list[str] = []
    messages = SimpleNamespace(error=lambda request, message: told.append(message))
    objects: list[Any] = [venue, Venue.objects.get(pk=draft.pk)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wagtail_hooks, "messages", messages)
        wagtail_hooks.ask_the_gate_for_many(request, "publish", objects, None)
    assert objects == [venue]
    assert "was not published" in told[0]


# The review


def review(client: Client, translation: Any, **query: str) -> str:
    url = reverse("wagtail_newsroom_review", args=[translation.pk])
    return client.get(url, query).content.decode()


def test_snippet_is_reviewed_approved_and_published_at_the_desk(draft: Venue, chief: User) -> None:
    translation = localize.find_translation_to(draft)
    client = browse(chief)
    url = reverse("wagtail_newsroom_review", args=[translation.pk])
    response = client.get(url)
    assert "The Old Mill" in response.content.decode()
    client.post(url, {"action": "approve", "seen": response.context["seen"]})
    html = client.post(url, {"action": "publish"}, follow=True).content.decode()
    assert "is published" in html
    assert Venue.objects.get(pk=draft.pk).live


def test_snippet_that_is_not_stored_is_reviewed_approved_and_published(
    unwritten: Any, notice: Notice, paper: SimpleNamespace, chief: User
) -> None:
    client = browse(chief)
    url = reverse("wagtail_newsroom_review", args=[unwritten.pk])
    response = client.get(url)
    html = response.content.decode()
    assert "The bridge is closed." in html
    assert "editor=fields" not in html
    assert reverse("wagtail_newsroom_preview", args=[unwritten.pk]) not in html
    client.post(url, {"action": "approve", "seen": response.context["seen"]})
    assert not notice.has_translation(paper.persian)
    client.post(url, {"action": "publish"})
    written = notice.get_translation(paper.persian)
    assert written.text != notice.text
    assert f'href="{edit_url(written)}?editor=fields"' in client.get(url).content.decode()


def test_segment_of_a_snippet_that_is_not_stored_is_tidied(unwritten: Any, chief: User) -> None:
    segment = localize.segments(unwritten)[0]
    localize.store_person_text(segment, "پل مي شود", locale=unwritten.target_locale, user=chief)
    url = reverse("wagtail_newsroom_review", args=[unwritten.pk])
    browse(chief).post(url, {"action": "tidy", "segment": segment.pk})
    assert localize.segments(unwritten)[0].text == "پل می\u200cشود"


def test_texts_of_a_snippet_are_hidden_from_who_may_edit_neither_side(
    unwritten: Any, outsider: User
) -> None:
    client = browse(outsider)
    url = reverse("wagtail_newsroom_review", args=[unwritten.pk])
    assert client.get(url).status_code in (302, 403)
    assert client.post(url, {"action": "publish"}).status_code in (302, 403)
    job = TranslationJob.objects.get()
    assert client.get(reverse("wagtail_newsroom_job", args=[job.pk])).status_code in (302, 403)


def test_review_names_an_author_who_waits_too(
    article: ArticlePage,
    author: Author,
    paper: SimpleNamespace,
    chief: User,
    run_jobs: Callable[[], None],
) -> None:
    Author.objects.filter(pk=author.pk).update(name="Mina </script><b>Farrow</b>")
    author.refresh_from_db()
    article.newsroom_bylines = [Byline(author=author)]
    article.save_revision().publish()
    actions.request_translation(author, paper.persian, user=chief)
    actions.request_translation(article, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(article).get()
    url = reverse("wagtail_newsroom_beside", args=[translation.pk])
    html = browse(chief).get(url).content.decode()
    assert "Also waiting:" in html
    assert "Mina &lt;/script&gt;&lt;b&gt;Farrow&lt;/b&gt; (author, draft)" in html


def test_preview_shows_the_texts_as_they_stand(
    draft: Venue, chief: User, outsider: User, unwritten: Any
) -> None:
    translation = localize.find_translation_to(draft)
    url = reverse("wagtail_newsroom_preview", args=[translation.pk])
    assert f'href="{url}"' in review(browse(chief), translation)
    html = browse(chief).get(url).content.decode()
    assert draft.get_latest_revision_as_object().name in html
    assert browse(outsider).get(url).status_code in (302, 403)
    url = reverse("wagtail_newsroom_preview", args=[unwritten.pk])
    assert browse(chief).get(url, follow=True).status_code == 404


def test_preview_of_a_page_shows_it_in_its_language(
    article: ArticlePage, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(article, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(article).get()
    url = reverse("wagtail_newsroom_preview", args=[translation.pk])
    response = browse(chief).get(url)
    assert response.status_code == 200
    assert localize.translated_instance(translation).title in response.content.decode()


def test_history_of_a_snippet_tells_what_happened(draft: Venue, chief: User) -> None:
    draft.get_latest_revision().publish(user=chief)
    entry = ModelLogEntry.objects.for_instance(draft).get(action=DECLINED)
    assert "waiting for approval" in entry.message
    url = reverse(draft.snippet_viewset.get_url_name("history"), args=[draft.pk])
    html = browse(chief).get(url).content.decode()
    assert "Translation requested" in html
    assert "Publication declined" in html


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_report_of_wagtail_localize_survives_a_target_that_is_not_stored(
    unwritten: Any, chief: User
) -> None:
    response = browse(chief).get(reverse("wagtail_localize:translations_report"))
    assert response.status_code == 200
    assert "The bridge is closed." in response.content.decode()


def test_desk_speaks_persian_about_snippets(unwritten: Any, notice: Notice, chief: User) -> None:
    with languages.override("fa"):
        client = browse(chief)
        client.cookies["django_language"] = "fa"
        assert client.get(desk_url(notice)).status_code == 200
        assert 'dir="rtl"' in review(client, unwritten)


def test_review_asks_the_same_number_of_queries_at_any_size(
    paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    counts = []
    for size in (1, 40):
        hall = Venue.objects.create(
            name=f"Hall {size}",
            slug=f"hall-{size}",
            description="\n\n".join(f"Line {n} of {size}." for n in range(size)),
            locale=paper.english,
        )
        actions.request_translation(hall, paper.persian, user=chief)
        run_jobs()
        client = browse(chief)
        translation = localize.translations_of(hall).get()
        review(client, translation)
        with CaptureQueriesContext(connection) as context:
            review(client, translation)
        counts.append(len(context))
    assert counts[0] == counts[1] <= 42
