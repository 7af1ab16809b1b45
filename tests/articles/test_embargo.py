"""Before its time nothing of an embargoed piece leaves the site, in any language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.publishing.conftest import translate
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.desk.gate import reasons_against
from wagtail_newsroom.exceptions import Declined
from wagtail_newsroom.models import ArticlePage, TranslationJob

pytestmark = pytest.mark.django_db


@pytest.fixture
def later() -> Any:
    return timezone.now().replace(microsecond=0) + timedelta(days=2)


@pytest.fixture
def embargoed(write: Callable[..., ArticlePage], later: Any) -> ArticlePage:
    """A draft that may not be published yet."""
    return write(live=False, embargoed_until=later)


def is_live(page: ArticlePage) -> bool:
    return ArticlePage.objects.get(pk=page.pk).live


def publish_in_editor(page: ArticlePage, user: User) -> None:
    client = Client()
    client.force_login(user)
    client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))


def publish_revision(page: ArticlePage, user: User) -> None:
    page.get_latest_revision().publish(user=user)


def publish_by_code(page: ArticlePage, user: User) -> None:
    content = page.get_latest_revision_as_object()
    content.live = True
    content.save()


def publish_in_bulk(page: ArticlePage, user: User) -> None:
    client = Client()
    client.force_login(user)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={page.pk}")


def publish_by_schedule(page: ArticlePage, user: User) -> None:
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")


ROUTES = [
    publish_in_editor,
    publish_revision,
    publish_by_code,
    publish_in_bulk,
    publish_by_schedule,
]


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_publishes_before_the_time(
    route: Callable[[ArticlePage, User], None], embargoed: ArticlePage, editor: User
) -> None:
    route(embargoed, editor)
    assert not is_live(embargoed)
    assert Client().get("/en/news/piece-1/", headers={"host": "localhost"}).status_code == 404


@pytest.mark.parametrize("route", ROUTES)
def test_after_the_time_it_goes_live_as_ever(
    route: Callable[[ArticlePage, User], None],
    write: Callable[..., ArticlePage],
    editor: User,
) -> None:
    page = write(live=False, embargoed_until=timezone.now() - timedelta(seconds=1))
    route(page, editor)
    assert is_live(page)


def test_the_gate_says_until_when(embargoed: ArticlePage, later: Any) -> None:
    (reason,) = reasons_against(embargoed.get_latest_revision_as_object())
    assert reason.startswith("It is embargoed until ")
    assert later.strftime("%m/%d/%Y") in reason
    assert embargoed.is_embargoed


def test_no_other_engine_than_a_private_one_sees_it(
    embargoed: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["google"]
    actions.request_translation(embargoed, paper.persian, user=editor)
    run_jobs()
    job = TranslationJob.objects.get()
    assert (job.status, {f["reason"] for f in job.failures}) == ("failed", {"withheld"})


def test_its_translation_is_embargoed_too(
    embargoed: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    later: Any,
) -> None:
    actions.request_translation(embargoed, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(embargoed).get()
    twin = embargoed.get_translation(paper.persian)
    assert twin.get_latest_revision_as_object().embargoed_until == later
    actions.approve(translation, user=editor)

    with pytest.raises(Declined, match="embargoed until"):
        actions.publish(translation, user=editor)
    twin.get_latest_revision().publish(user=editor)

    assert not is_live(twin)


def test_an_embargo_that_came_later_in_one_language_holds_in_the_other(
    write: Callable[..., ArticlePage], paper: SimpleNamespace, later: Any
) -> None:
    page = write(live=False)
    twin = translate(page, paper.persian, "رود", live=False)
    assert reasons_against(twin.get_latest_revision_as_object()) == []

    draft = page.get_latest_revision_as_object()
    draft.embargoed_until = later
    draft.save_revision()

    (reason,) = reasons_against(twin.get_latest_revision_as_object())
    assert "embargoed" in reason


def test_a_schedule_before_the_time_is_refused(embargoed: ArticlePage, later: Any) -> None:
    embargoed.go_live_at = later - timedelta(minutes=1)
    with pytest.raises(ValidationError, match="would go live while it is embargoed"):
        embargoed.full_clean()
    embargoed.go_live_at = later
    embargoed.full_clean()


def test_editors_see_a_preview_all_the_same(embargoed: ArticlePage, editor: User) -> None:
    client = Client()
    client.force_login(editor)
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[embargoed.pk]))
    assert response.status_code == 200
    assert "The river rises" in response.text


def test_the_gate_asks_once_more_whatever_the_number_of_languages(
    write: Callable[..., ArticlePage], paper: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    page = write()
    with django_assert_num_queries(1):
        assert page.obstacles_to_publication() == []
    translate(page, paper.persian, "رود")
    with django_assert_num_queries(1):
        assert page.obstacles_to_publication() == []
