"""Actions on many rows of the list: each is told of, and nothing happens without permission."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import person
from wagtail_newsroom.articles.withdrawal_bulk import WithdrawMany
from wagtail_newsroom.desk import actions, list_actions, list_bulk, localize, state_rows
from wagtail_newsroom.desk.schedule_bulk import SCHEDULE_ACTIONS
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    Assignment,
    Following,
    PieceState,
    TranslationJob,
    Waiver,
)

from .bulk import ask


def row_of(page: Any) -> PieceState:
    state_rows.refresh({page.translation_key})
    return PieceState.objects.get(translation_key=page.translation_key)


def told(response: Any) -> list[tuple[bool, str]]:
    """Return what happened to each piece."""
    return [(one["is_done"], one["words"]) for one in response.context["results"]]


@pytest.fixture
def drafted(paper: SimpleNamespace, article: ArticlePage, editor: User, run_jobs: Any) -> Any:
    """An article with a machine draft."""
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    return article


@pytest.fixture
def approved(drafted: ArticlePage, editor: User) -> Any:
    """The translation of an article, approved."""
    translation = localize.translations_of(drafted).get()
    actions.approve(translation, user=editor)
    return translation


def test_translate_says_what_it_takes_and_queues(
    article: ArticlePage, write: Any, editor: User, client: Client
) -> None:
    rows = [row_of(article), row_of(write(title="Another piece"))]
    query = "&".join(f"id={row.pk}" for row in rows)
    client.force_login(editor)
    url = reverse(
        "wagtail_bulk_action", args=["wagtail_newsroom", "piecestate", "newsroom_translate"]
    )
    text = client.get(f"{url}?{query}").content.decode()
    assert re.search(r"\d+ passages are to be translated; the memory knows 0, and \d+", text)
    response = ask(client, "newsroom_translate", query)
    assert told(response) == [(True, "Waiting for the machine.")] * 2
    assert "Done for 2 of 2 pieces." in response.content.decode()
    assert TranslationJob.objects.count() == 2
    assert told(ask(client, "newsroom_retry", query)) == [(False, "Nothing failed here.")] * 2


def test_approve_and_publish_from_the_list(
    drafted: ArticlePage, editor: User, client: Client
) -> None:
    client.force_login(editor)
    query = f"id={row_of(drafted).pk}"
    ((is_done, words),) = told(ask(client, "newsroom_publish", query))
    assert not is_done
    assert "waiting for approval" in words
    assert told(ask(client, "newsroom_approve", query)) == [(True, "Approved.")]
    assert told(ask(client, "newsroom_publish", query)) == [(True, "Published.")]
    assert row_of(drafted).state == "published"


def test_what_changed_after_the_question_is_not_approved(
    paper: SimpleNamespace, drafted: ArticlePage, editor: User, client: Client
) -> None:
    client.force_login(editor)
    url = reverse(
        "wagtail_bulk_action", args=["wagtail_newsroom", "piecestate", "newsroom_approve"]
    )
    url += f"?id={row_of(drafted).pk}"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(url).content.decode())
    assert seen
    translation = localize.translations_of(drafted).get()
    segment = localize.segments(translation)[0]
    localize.store_person_text(segment, "متن دیگر", locale=paper.persian, user=editor)
    response = client.post(url, {"seen": seen[1]})
    assert "Something changed since you looked." in response.content.decode()
    assert not Approval.objects.exists()


def test_assigning(
    drafted: ArticlePage, editor: User, translator: User, outsider: User, client: Client
) -> None:
    client.force_login(editor)
    row = row_of(drafted)
    assert told(ask(client, "newsroom_assign", f"id={row.pk}", assignee=translator.pk)) == [
        (True, "Assigned.")
    ]
    assert row_of(drafted).assigned_to == translator
    ((is_done, words),) = told(ask(client, "newsroom_assign", f"id={row.pk}", assignee=outsider.pk))
    assert not is_done
    assert "outsider may edit this piece in neither language." in words
    assert told(ask(client, "newsroom_assign", f"id={row.pk}", assignee="")) == [
        (True, "Assigned to nobody.")
    ]
    assert not Assignment.objects.exists()


def test_publishing_both_languages_at_once(
    drafted: ArticlePage, approved: Any, editor: User, client: Client
) -> None:
    drafted.unpublish()
    client.force_login(editor)
    query = f"id={row_of(drafted).pk}"
    assert told(ask(client, "newsroom_publish_both", query)) == [(True, "Both are published.")]
    source = ArticlePage.objects.get(pk=drafted.pk)
    target = source.get_translations().get()
    assert source.live
    assert target.live
    # The same texts: nothing is outdated because of the publication itself.
    assert row_of(drafted).state == "published"


def test_neither_is_published_where_one_cannot_be(
    drafted: ArticlePage, approved: Any, editor: User
) -> None:
    drafted.unpublish()
    page = ArticlePage.objects.get(pk=drafted.pk)
    page.title = "Quite another title"
    page.save_revision()
    with pytest.raises(Declined):
        list_actions.publish_both(approved, user=editor)
    page = ArticlePage.objects.get(pk=drafted.pk)
    assert not page.live
    assert not page.get_translations().get().live


@pytest.mark.parametrize("is_live", [True, False])
def test_neither_is_published_before_the_original_is_due(
    is_live: bool, drafted: ArticlePage, approved: Any, editor: User
) -> None:
    if not is_live:
        drafted.unpublish()
    page = ArticlePage.objects.get(pk=drafted.pk)
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision()
    with pytest.raises(Declined, match="The original is scheduled for later"):
        list_actions.publish_both(approved, user=editor)
    page = ArticlePage.objects.get(pk=drafted.pk)
    assert page.live is is_live
    assert not page.get_translations().get().live


def test_a_change_that_needs_no_translation(
    drafted: ArticlePage, approved: Any, editor: User, client: Client
) -> None:
    actions.publish(approved, user=editor)
    client.force_login(editor)
    query = f"id={row_of(drafted).pk}"
    assert told(ask(client, "newsroom_waive", query)) == [
        (False, "The original did not change since.")
    ]
    page = ArticlePage.objects.get(pk=drafted.pk)
    page.title = "A comma, moved"
    page.save_revision().publish()
    assert row_of(drafted).state == "outdated"
    assert told(ask(client, "newsroom_waive", query)) == [(True, "No longer marked as changed.")]
    assert row_of(drafted).state == "published"


def test_only_the_change_that_was_looked_at_is_waived(
    drafted: ArticlePage, approved: Any, editor: User, client: Client
) -> None:
    actions.publish(approved, user=editor)
    client.force_login(editor)

    def change(title: str) -> PieceState:
        page = ArticlePage.objects.get(pk=drafted.pk)
        page.title = title
        page.save_revision().publish()
        return row_of(page)

    query = f"id={change('A comma, moved').pk}"
    url = reverse("wagtail_bulk_action", args=["wagtail_newsroom", "piecestate", "newsroom_waive"])
    seen = re.search(r'name="seen" value="(\w+)"', client.get(f"{url}?{query}").content.decode())
    assert seen is not None
    change("The dam broke")
    answer = client.post(f"{url}?{query}", {"seen": seen[1]})
    assert "Something changed since you looked." in answer.content.decode()
    assert row_of(drafted).state == "outdated"


ACTIONS = [
    action.action_type  # type: ignore[attr-defined]
    for action in (*list_bulk.BULK_ACTIONS, *SCHEDULE_ACTIONS, WithdrawMany)
]


@pytest.mark.parametrize("action", ACTIONS)
def test_without_permission_nothing_happens(
    action: str, drafted: ArticlePage, approved: Any, outsider: User, client: Client
) -> None:
    row = row_of(drafted)
    client.force_login(outsider)
    response = ask(
        client, action, f"id={row.pk}&id=x&id=99999999", assignee="", when="follow", notice_en="No."
    )
    assert "You chose nothing that you may work on." in response.content.decode()
    assert row_of(drafted).state == "approved"
    assert not Following.objects.exists()
    assert not ArticlePage.objects.get(pk=drafted.pk).is_withdrawn
    client.force_login(person("writer"))
    url = reverse("wagtail_bulk_action", args=["wagtail_newsroom", "piecestate", action])
    assert client.get(f"{url}?id={row.pk}").status_code in (302, 403)
    assert client.post(f"{url}?id={row.pk}").status_code in (302, 403)


def test_a_translator_can_neither_approve_nor_publish_nor_waive(
    drafted: ArticlePage, translator: User, client: Client
) -> None:
    client.force_login(translator)
    query = f"id={row_of(drafted).pk}"
    for action in (
        "newsroom_approve",
        "newsroom_publish",
        "newsroom_publish_both",
        "newsroom_schedule",
        "newsroom_unschedule",
        "newsroom_unpublish",
        "newsroom_withdraw",
    ):
        data = {"when": "follow", "notice_en": "It was wrong."}
        ((is_done, words),) = told(ask(client, action, query, **data))
        assert not is_done
        assert "not allowed" in words
    translation = localize.translations_of(drafted).get()
    with pytest.raises(NotAllowed):
        list_actions.waive(translation, user=translator)
    assert not Approval.objects.exists()
    assert not Waiver.objects.exists()


def test_all_of_the_list_means_what_the_list_shows(
    article: ArticlePage, write: Any, editor: User, client: Client
) -> None:
    write(title="Snow in May")
    write(title="Snow in June")
    state_rows.rebuild()
    client.force_login(editor)
    response = ask(client, "newsroom_translate", "id=all&q=snow&state=missing")
    assert {one["row"].source_title for one in response.context["results"]} == {
        "Snow in May",
        "Snow in June",
    }
    assert TranslationJob.objects.count() == 2


def test_an_action_takes_no_more_than_it_says(
    write: Any, editor: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_bulk, "MOST", 1)
    for number in range(3):
        write(title=f"Snow {number}")
    state_rows.rebuild()
    client.force_login(editor)
    response = ask(client, "newsroom_translate", "id=all&q=snow")
    assert len(told(response)) == 1 == TranslationJob.objects.count()


@pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "-1", "²", "%00"])
def test_a_hostile_key_is_nothing_to_act_on(
    key: str, drafted: ArticlePage, editor: User, client: Client
) -> None:
    client.force_login(editor)
    url = reverse("wagtail_bulk_action", args=["wagtail_newsroom", "piecestate", "newsroom_assign"])
    assert client.get(f"{url}?id={key}").status_code in {200, 302}


def test_a_stopped_translation_is_left_to_who_edits_it_by_hand(
    drafted: ArticlePage, approved: Any, editor: User, client: Client
) -> None:
    actions.publish(approved, user=editor)
    approved.enabled = False
    approved.save()
    page = drafted.get_translation(approved.target_locale)
    page.title = "به دست نوشته"
    page.save_revision(user=editor).publish(user=editor)
    client.force_login(editor)
    review = reverse("wagtail_newsroom_review", args=[approved.pk])
    shown = client.get(review).content.decode()
    segment = localize.segments(approved)[0]
    passage = reverse("wagtail_newsroom_segment", args=[approved.pk, segment.pk])
    for action in ("approve", "publish"):
        assert f'value="{action}"' not in shown
        client.post(review, {"action": action})
    for action in ({"action": "save", "text": "متن"}, {"action": "tidy"}):
        assert client.post(passage, action).status_code == 422
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.title == page.get_latest_revision_as_object().title == "به دست نوشته"


@pytest.mark.parametrize(
    "data", [{"fix": "²"}, {"near": "²"}, {"near": "9" * 5000}, {"near": "-1"}]
)
def test_a_hostile_number_of_a_finding_is_refused(
    data: dict[str, str], drafted: ArticlePage, approved: Any, editor: User, client: Client
) -> None:
    client.force_login(editor)
    segment = localize.segments(approved)[0]
    address = reverse("wagtail_newsroom_segment", args=[approved.pk, segment.pk])
    assert client.post(address, data).status_code == 422
