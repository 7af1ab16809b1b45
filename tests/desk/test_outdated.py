"""An original that was published again is new only where it says something else to readers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.models import Comment, Page, Revision

from tests.conftest import grow
from tests.testapp.models import Notice, Venue
from wagtail_newsroom.articles.withdrawal import restore, withdraw
from wagtail_newsroom.desk import actions, list_actions, localize, state_rows
from wagtail_newsroom.desk.states import State, standings
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import ArticlePage, Correction, NewsIndexPage, PieceState, Waiver


def state_of(instance: Any) -> str:
    """Return the state of a piece's only translation, which page and list agree about."""
    instance = type(instance)._default_manager.get(pk=instance.pk)
    (standing,) = standings(instance)
    state_rows.refresh({instance.translation_key})
    assert PieceState.objects.get(translation_key=instance.translation_key).state == standing.state
    return standing.state


def publish_translation(instance: Any, *, user: Any) -> Any:
    """Approve and publish a piece's only translation."""
    translation = localize.translations_of(instance).get()
    actions.approve(translation, user=user)
    return actions.publish(translation, user=user)


def again(page: Any, **changes: Any) -> Any:
    """Publish an original again, with some changes or none."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def published(draft: Any, article: ArticlePage, chief: User) -> ArticlePage:
    """An article that is live in both languages."""
    publish_translation(article, user=chief)
    assert state_of(article) == State.PUBLISHED
    return ArticlePage.objects.get(pk=article.pk)


def picture() -> Any:
    """Store a picture of one pixel."""
    with ContentFile(b"", name="pixel.png") as file:
        PillowImage.new("RGB", (1, 1)).save(file, "PNG")
        return get_image_model().objects.create(title="Pixel", file=file)


def test_the_same_text_published_again_is_no_change(published: ArticlePage) -> None:
    again(published)
    assert state_of(published) == State.PUBLISHED


def test_another_text_and_another_picture_are_changes(published: ArticlePage) -> None:
    again(published, lead_image=picture())
    assert state_of(published) == State.OUTDATED
    again(published, lead_image=None)
    assert state_of(published) == State.PUBLISHED
    again(published, title="Another title")
    assert state_of(published) == State.OUTDATED


def test_a_text_that_was_changed_back_is_no_change(published: ArticlePage) -> None:
    title = published.title
    again(published, title="Another title")
    again(published, title=title)
    assert state_of(published) == State.PUBLISHED


def test_a_draft_of_the_original_is_no_change_before_it_is_published(
    published: ArticlePage,
) -> None:
    page = again(published)
    page.title = "Another title"
    revision = page.save_revision()
    assert state_of(published) == State.PUBLISHED
    revision.publish()
    assert state_of(published) == State.OUTDATED


def test_a_comment_and_the_bookkeeping_of_wagtail_are_no_change(
    paper: SimpleNamespace, published: ArticlePage, chief: User
) -> None:
    page = ArticlePage.objects.get(pk=published.pk)
    page.wagtail_admin_comments.add(Comment(user=chief, text="Why?", contentpath="title"))
    again(page, owner=chief, expire_at=timezone.now() + timedelta(days=9), locked=True)
    page.save_revision().publish()
    other = grow(paper.home, NewsIndexPage(title="Other", slug="other", locale=paper.english))
    ArticlePage.objects.get(pk=page.pk).move(other, "last-child")
    again(page)
    assert state_of(published) == State.PUBLISHED


def test_an_empty_field_that_a_site_added_meanwhile_is_no_change(published: ArticlePage) -> None:
    source = localize.translations_of(published).get().source
    content = json.loads(source.content_json)
    assert content.pop("lead_image_credit") == ""
    source.content_json = json.dumps(content)
    source.save(update_fields=["content_json"])
    again(published)
    assert state_of(published) == State.PUBLISHED
    again(published, lead_image_credit="Photo: Sample")
    assert state_of(published) == State.OUTDATED


def test_what_the_editor_adds_to_a_text_that_was_imported_is_no_change(
    published: ArticlePage,
) -> None:
    body = [{**one} for one in published.body.raw_data]
    assert "data-block-key" not in json.dumps(body)
    for block in body:
        if block["type"] == "paragraph":
            block["value"] = block["value"].replace("<p>", '<p data-block-key="dskji">')
    again(published, body=json.dumps(body))
    assert "data-block-key" in json.dumps(
        list(ArticlePage.objects.get(pk=published.pk).body.raw_data)
    )
    assert state_of(published) == State.PUBLISHED


def test_another_order_of_what_a_block_holds_is_no_change(published: ArticlePage) -> None:
    """PostgreSQL gives the keys of a block in an order of its own."""
    page = again(published)
    revision = page.live_revision
    blocks = json.loads(revision.content["body"])
    assert any(isinstance(block["value"], dict) for block in blocks)
    revision.content["body"] = json.dumps(turned(blocks))
    revision.save()
    assert state_of(page) == State.PUBLISHED
    revision.content["body"] = json.dumps(blocks[::-1])
    revision.save()
    assert state_of(page) == State.OUTDATED


def turned(value: Any) -> Any:
    """Return a value with the keys of all its parts in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(one) for one in value] if isinstance(value, list) else value


def test_another_address_is_no_change(published: ArticlePage) -> None:
    again(published, slug="by-hand")
    assert ArticlePage.objects.get(pk=published.pk).slug == "by-hand"
    assert state_of(published) == State.PUBLISHED


def test_a_withdrawal_is_no_change(published: ArticlePage) -> None:
    withdraw(published, "It was not so.", user=None)
    again(published)
    assert state_of(published) == State.PUBLISHED
    restore(ArticlePage.objects.get(pk=published.pk), user=None)
    assert state_of(published) == State.PUBLISHED


def test_what_is_bookkeeping_of_a_page_may_be_said_by_a_notice(db: None) -> None:
    said = {"owner": "Mina Farrow", "path": "Along the river"}
    assert localize.content_in({**said, "locked": True}, Notice()) == {**said, "locked": True}
    assert localize.content_in({**said, "locked": True}, ArticlePage()) == {}


def test_a_correction_is_a_change(published: ArticlePage) -> None:
    page = ArticlePage.objects.get(pk=published.pk)
    page.newsroom_corrections.add(Correction(text="It was Tuesday.", locale=page.locale))
    page.save_revision().publish()
    assert state_of(published) == State.OUTDATED


def test_what_was_drafted_before_publication_is_the_same_after_it(
    paper: SimpleNamespace, write: Any, chief: User, run_jobs: Callable[[], None]
) -> None:
    page = write(live=False)
    actions.request_translation(page, paper.persian, user=chief)
    run_jobs()
    # A child of a draft gets its key when the draft is published.
    page.newsroom_corrections.add(
        Correction(text="It was Tuesday.", locale=page.locale, sort_order=0)
    )
    revision = page.save_revision()
    page = ArticlePage.objects.get(pk=page.pk)
    actions.request_translation(page, paper.persian, user=chief)
    run_jobs()
    revision.publish()
    publish_translation(page, user=chief)
    assert state_of(page) == State.PUBLISHED
    again(page, title="Another title")
    assert state_of(page) == State.OUTDATED


def test_a_section_is_not_changed_by_what_stands_in_it(
    paper: SimpleNamespace, write: Any, chief: User, run_jobs: Callable[[], None]
) -> None:
    section = NewsIndexPage(title="Sport", slug="sport", locale=paper.english)
    grow(paper.home, section).save_revision().publish()
    actions.request_translation(section, paper.persian, user=chief)
    run_jobs()
    publish_translation(section, user=chief)
    write(parent=NewsIndexPage.objects.get(pk=section.pk))
    again(section)
    assert state_of(section) == State.PUBLISHED
    again(section, title="Sports")
    assert state_of(section) == State.OUTDATED


def test_snippets_with_drafts_and_without(
    paper: SimpleNamespace,
    venue: Venue,
    notice: Notice,
    chief: User,
    run_jobs: Callable[[], None],
) -> None:
    for snippet in (venue, notice):
        actions.request_translation(snippet, paper.persian, user=chief)
    run_jobs()
    for snippet in (venue, notice):
        publish_translation(snippet, user=chief)
    again(venue)
    notice.save()
    assert (state_of(venue), state_of(notice)) == (State.PUBLISHED, State.PUBLISHED)
    again(venue, description="A hall behind the river.")
    notice.text = "The bridge is open."
    notice.save()
    assert (state_of(venue), state_of(notice)) == (State.OUTDATED, State.OUTDATED)


def test_what_has_no_live_revision_any_more_is_read_itself(published: ArticlePage) -> None:
    page = again(published)
    Revision.objects.filter(pk=page.live_revision_id).delete()
    Page.objects.filter(pk=page.pk).update(live_revision=None)
    assert state_of(published) == State.PUBLISHED
    Page.objects.filter(pk=page.pk).update(title="Another title")
    assert state_of(published) == State.OUTDATED


def test_only_a_change_can_be_waived_and_it_stays_waived_until_the_next(
    published: ArticlePage, chief: User, translator: User
) -> None:
    again(published)
    translation = localize.translations_of(published).get()
    with pytest.raises(Declined, match="The original did not change since"):
        list_actions.waive(translation, user=chief)
    again(published, title="A comma, moved")
    with pytest.raises(NotAllowed):
        list_actions.waive(translation, user=translator)
    assert not Waiver.objects.exists()
    list_actions.waive(translation, user=chief)
    assert state_of(published) == State.PUBLISHED
    again(published)
    assert state_of(published) == State.PUBLISHED
    again(published, title="Two commas, moved")
    assert state_of(published) == State.OUTDATED


def test_many_that_were_published_again_take_two_queries_more(
    paper: SimpleNamespace, write: Any, chief: User, run_jobs: Callable[[], None]
) -> None:
    articles = [write(title=f"Piece {number}") for number in range(4)]
    for article in articles:
        actions.request_translation(article, paper.persian, user=chief)
    run_jobs()
    for article in articles:
        publish_translation(article, user=chief)

    def queries(some: list[ArticlePage]) -> int:
        state_rows.refresh({article.translation_key for article in some})
        with CaptureQueriesContext(connection) as found:
            state_rows.refresh({article.translation_key for article in some})
        return len(found)

    before = queries(articles)
    for article in articles:
        again(article)
    assert queries(articles) == queries(articles[:2]) == before + 2


def test_the_review_of_a_piece_that_was_published_again_takes_one_query_more(
    published: ArticlePage, chief: User, client: Client
) -> None:
    client.force_login(chief)
    url = reverse("wagtail_newsroom_review", args=[localize.translations_of(published).get().pk])

    def queries() -> int:
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    before = queries()
    again(published)
    assert queries() == before + 1
