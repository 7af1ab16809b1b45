"""Unpublishing and deleting an original asks about, or tells of, its other languages."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.conftest import person
from tests.testapp.models import Venue
from wagtail_newsroom.desk import actions, list_actions, localize
from wagtail_newsroom.desk.unpublishing import unpublish
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import ArticlePage


def published(source: Any, locale: Any, user: User, run_jobs: Callable[[], None]) -> Any:
    """Translate and publish a piece; returns the translation."""
    actions.request_translation(source, locale, user=user)
    run_jobs()
    translation = localize.translations_of(source).get()
    actions.approve(translation, user=user)
    actions.publish(translation, user=user)
    return translation


@pytest.fixture
def pair(
    article: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> SimpleNamespace:
    """An article that is live in English and Persian."""
    translation = published(article, paper.persian, editor, run_jobs)
    return SimpleNamespace(
        source=article, target=localize.target_of(translation), translation=translation
    )


def is_live(page: Any) -> bool:
    return bool(type(page).objects.get(pk=page.pk).live)


def told(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def unpublish_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def test_unpublishing_the_original_asks_about_the_other_languages(
    pair: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    url = unpublish_url(pair.source)
    asked = client.post(url, {"next": "/admin/pages/"}).content.decode()
    assert "also live in other languages" in asked
    assert 'name="next" value="/admin/pages/"' in asked
    assert is_live(pair.source)
    response = client.post(url, {"newsroom_asked": "1", "newsroom_version": pair.target.pk})
    assert "Also unpublished: Persian." in told(response)
    assert not is_live(pair.source)
    assert not is_live(pair.target)


def test_language_that_is_not_chosen_stays_and_is_told(
    pair: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    response = client.post(unpublish_url(pair.source), {"newsroom_asked": "1"})
    assert "is still live in: Persian." in told(response)
    assert not is_live(pair.source)
    assert is_live(pair.target)


def test_language_that_the_user_may_not_unpublish_is_neither_offered_nor_unpublished(
    pair: SimpleNamespace, paper: SimpleNamespace, client: Client
) -> None:
    english_only = person(
        "english",
        pages=[(paper.home, code) for code in ("change_page", "publish_page")],
    )
    client.force_login(english_only)
    response = client.post(unpublish_url(pair.source), {"newsroom_version": pair.target.pk})
    assert "not allowed to unpublish" in told(response)
    assert "is still live in: Persian." in told(response)
    assert not is_live(pair.source)
    assert is_live(pair.target)


def test_locked_language_is_told(pair: SimpleNamespace, editor: User, client: Client) -> None:
    Page.objects.filter(pk=pair.target.pk).update(locked=True)
    client.force_login(editor)
    response = client.post(
        unpublish_url(pair.source), {"newsroom_asked": "1", "newsroom_version": pair.target.pk}
    )
    assert "locked" in told(response)
    assert is_live(pair.target)


@pytest.mark.parametrize("version", ["x", "²", "99999999999999999999", "-1"])
def test_hostile_version_is_no_version(
    version: str, pair: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    client.post(unpublish_url(pair.source), {"newsroom_asked": "1", "newsroom_version": version})
    assert not is_live(pair.source)
    assert is_live(pair.target)


def test_unpublishing_a_translation_asks_nothing(
    pair: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    assert client.post(unpublish_url(pair.target)).status_code == 302
    assert not is_live(pair.target)
    assert is_live(pair.source)


def test_snippet_asks_like_a_page(
    venue: Venue,
    paper: SimpleNamespace,
    chief: User,
    run_jobs: Callable[[], None],
    client: Client,
) -> None:
    translation = published(venue, paper.persian, chief, run_jobs)
    target = localize.target_of(translation)
    client.force_login(chief)
    url = reverse(Venue.snippet_viewset.get_url_name("unpublish"), args=[venue.pk])
    assert "also live in other languages" in client.post(url).content.decode()
    assert is_live(venue)
    client.post(url, {"newsroom_asked": "1", "newsroom_version": target.pk})
    assert not is_live(venue)
    assert not is_live(target)


def test_many_pages_unpublished_at_once_are_told_of(
    pair: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    response = client.post(f"{url}?id={pair.source.pk}", {"next": "/admin/"})
    assert "is still live in: Persian." in told(response)


def test_deleting_the_original_tells_what_becomes_of_the_others(
    pair: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:delete", args=[pair.source.pk])
    shown = client.get(url).content.decode()
    assert "stays, live or not, and is edited by hand afterwards: Persian." in shown
    client.post(url)
    assert not ArticlePage.objects.filter(pk=pair.source.pk).exists()
    assert is_live(pair.target)
    other = reverse("wagtailadmin_pages:delete", args=[pair.target.pk])
    assert "edited by hand afterwards" not in client.get(other).content.decode()


# The action


def test_translation_is_unpublished_and_can_come_back(pair: SimpleNamespace, editor: User) -> None:
    unpublish(pair.translation, user=editor)
    assert not is_live(pair.target)
    with pytest.raises(Declined, match="not published"):
        unpublish(pair.translation, user=editor)
    actions.publish(pair.translation, user=editor)
    assert is_live(pair.target)


def test_without_the_right_to_publish_nothing_is_unpublished(
    pair: SimpleNamespace, translator: User, outsider: User
) -> None:
    for user in (translator, outsider):
        with pytest.raises(NotAllowed):
            unpublish(pair.translation, user=user)
    assert is_live(pair.target)


def test_what_keeps_no_drafts_is_not_unpublished(
    notice: Any, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    translation = published(notice, paper.persian, chief, run_jobs)
    with pytest.raises(Declined, match="keeps no drafts"):
        unpublish(translation, user=chief)
    assert localize.target_of(translation) is not None


def test_both_come_back_together(pair: SimpleNamespace, editor: User) -> None:
    pair.source.unpublish()
    unpublish(pair.translation, user=editor)
    list_actions.publish_both(pair.translation, user=editor)
    assert is_live(pair.source)
    assert is_live(pair.target)
