"""The panel on the admin's home: what waits for whom, in few queries, and the lists behind it."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import person
from tests.desk.test_language_rights import give
from wagtail_newsroom.desk import actions, list_actions, state_rows
from wagtail_newsroom.desk.home_panel import WaitingPanel
from wagtail_newsroom.desk.waiting import Waiting, waiting_rows
from wagtail_newsroom.models import ArticlePage, PieceState, TranslationJob


def home(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.get(reverse("wagtailadmin_home")).content.decode())


def counts(user: User) -> dict[str, int]:
    """Return how many pieces the panel says wait, by kind."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=user.pk)
    groups = WaitingPanel().get_context_data({"request": request})["groups"]
    return {group["kind"]: group["count"] for group in groups}


def row_of(page: Any) -> PieceState:
    return PieceState.objects.get(source_page=page.pk, locale__language_code="fa")


@pytest.fixture
def cast(
    paper: SimpleNamespace, write: Any, editor: User, translator: User, run_jobs: Any
) -> SimpleNamespace:
    """A draft to approve that the translator has, one that is published, one that failed."""
    drafted, published, failed = write("Drafted"), write("Published"), write("Failed")
    for page in (drafted, published, failed):
        actions.request_translation(page, paper.persian, user=translator)
        run_jobs()
    state_rows.rebuild()
    job = row_of(failed).job
    assert job is not None
    PieceState.objects.filter(source_page=failed.pk).update(state="failed")
    translation = row_of(published).translation
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    state_rows.refresh([published.translation_key])
    for page in (drafted, published):
        list_actions.assign(row_of(page), translator, user=editor)
        state_rows.refresh([page.translation_key])
    return SimpleNamespace(drafted=drafted, published=published, failed=failed)


def test_panel_names_what_waits_for_the_user_and_leads_there(
    cast: SimpleNamespace, translator: User
) -> None:
    text = home(translator)
    assert "Translations waiting for you" in text
    assert "Assigned to me" in text
    assert "Drafted" in text
    assert "Failed of what I asked for" in text
    # Who may not approve is asked for no approval, and what is done waits for nobody.
    assert "For me to approve" not in text
    assert counts(translator) == {"assigned": 1, "failed": 1}
    assert reverse("wagtail_newsroom_review", args=[row_of(cast.drafted).translation_id]) in text


def test_counts_are_those_of_the_lists_that_they_lead_to(
    cast: SimpleNamespace, editor: User, translator: User
) -> None:
    for user in (editor, translator):
        client = Client()
        client.force_login(user)
        links = re.findall(r'href="([^"]*\?waiting=(\w+))"', home(user))
        assert {kind for _url, kind in links} == set(counts(user))
        for url, kind in links:
            listed = client.get(url).context["object_list"]
            assert len(listed) == counts(user)[kind] == waiting_rows(kind, user).count(), kind
    assert counts(editor) == {"approve": 1}


def test_only_translations_that_one_may_edit_are_to_be_approved(
    cast: SimpleNamespace, paper: SimpleNamespace
) -> None:
    one_sided = person(
        "one-sided",
        permissions=("wagtail_localize.submit_translation", "wagtail_newsroom.approve_translation"),
        pages=[(paper.home, "change_page")],
    )
    assert counts(one_sided) == {}
    assert "Nothing is waiting for you." in home(one_sided)
    boss = User.objects.create_superuser("boss", "boss@example.org")
    assert counts(boss) == {"approve": 1}


def test_who_may_approve_one_language_is_asked_for_that_one(
    cast: SimpleNamespace, paper: SimpleNamespace
) -> None:
    judge = give(person("judge"), paper.persian, "approve_translation")
    assert counts(judge) == {"approve": 1}
    elsewhere = give(person("elsewhere"), paper.english, "approve_translation")
    assert counts(elsewhere) == {}
    wordsmith = give(person("wordsmith"), paper.persian, "write_translation")
    assert counts(wordsmith) == {}


def test_without_work_at_the_desk_there_is_no_panel(
    cast: SimpleNamespace, paper: SimpleNamespace
) -> None:
    writer = person("writer", pages=[(paper.home, "change_page")])
    assert "newsroom-waiting" not in home(writer)
    assert all(not waiting_rows(kind, writer).exists() for kind in Waiting)


def test_jobs_of_others_that_failed_are_not_told(cast: SimpleNamespace, editor: User) -> None:
    assert not waiting_rows(Waiting.FAILED, editor).exists()
    TranslationJob.objects.update(requested_by=editor)
    assert waiting_rows(Waiting.FAILED, editor).count() == 1


def test_a_wrong_kind_in_the_address_leaves_the_whole_list(
    cast: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    url = reverse("newsroom_translations:index")
    everything = len(client.get(url).context["object_list"])
    for wrong in ("nonsense", "'", "<script>"):
        response = client.get(url, {"waiting": wrong})
        assert response.status_code == 200
        assert len(response.context["object_list"]) == everything


def test_the_panel_asks_no_more_with_more_pieces(
    cast: SimpleNamespace, paper: SimpleNamespace, write: Any, translator: User, editor: User
) -> None:
    found = []
    for number in (3, 12):
        while PieceState.objects.filter(assigned_to=translator).count() < number:
            page = write(f"More {ArticlePage.objects.count()}")
            state_rows.refresh([page.translation_key])
            list_actions.assign(row_of(page), translator, user=editor)
            state_rows.refresh([page.translation_key])
        request = RequestFactory().get("/")
        request.user = User.objects.get(pk=translator.pk)
        with CaptureQueriesContext(connection) as queries:
            WaitingPanel().render_html({"request": request})
        found.append(len(queries))
    assert found[0] == found[1]
    assert found[0] <= 7
