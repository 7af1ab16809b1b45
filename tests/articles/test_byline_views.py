"""Bylines of a page that the desk holds, edited by themselves."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.people import credit
from wagtail_newsroom.desk.actions import request_translation
from wagtail_newsroom.models import ArticlePage, Author

Write = Callable[..., ArticlePage]
MakeAuthor = Callable[..., Author]


def rows(*bylines: tuple[str, int, str]) -> dict[str, str]:
    """The form of these bylines: key of the row, author, role."""
    data = {
        "newsroom_bylines-TOTAL_FORMS": str(len(bylines)),
        "newsroom_bylines-INITIAL_FORMS": str(sum(bool(pk) for pk, *_rest in bylines)),
        "newsroom_bylines-MIN_NUM_FORMS": "0",
        "newsroom_bylines-MAX_NUM_FORMS": "1000",
    }
    for number, (pk, author, role) in enumerate(bylines):
        prefix = f"newsroom_bylines-{number}"
        data |= {
            f"{prefix}-id": pk,
            f"{prefix}-author": str(author),
            f"{prefix}-role": role,
            f"{prefix}-ORDER": str(number + 1),
        }
    return data


@pytest.fixture
def persian(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    in_persian: MakeAuthor,
    editor: User,
    run_jobs: Callable[[], None],
) -> ArticlePage:
    """A page that the desk translated, with its writer's credit."""
    mina = author("Mina Farrow")
    in_persian(mina, "مینا فرو")
    page = write()
    credit(page, mina)
    request_translation(page, paper.persian, user=editor)
    run_jobs()
    return ArticlePage.objects.get(locale=paper.persian)


def test_the_translator_is_credited_in_the_draft(
    paper: SimpleNamespace,
    persian: ArticlePage,
    author: MakeAuthor,
    translator: User,
    client: Client,
) -> None:
    client.force_login(translator)
    sara = author("سارا قلم", locale=paper.persian)
    url = f"/admin/newsroom/pages/{persian.pk}/bylines/"
    shown = client.get(url)
    assert "مینا فرو" in shown.text
    assert '"ACTIVE_CONTENT_LOCALE": "fa"' in shown.text
    (row,) = persian.newsroom_bylines.all()

    client.post(url, rows((str(row.pk), row.author_id, "writer"), ("", sara.pk, "translator")))

    draft = ArticlePage.objects.get(pk=persian.pk).get_latest_revision_as_object()
    assert [(each.role, each.author.name) for each in draft.newsroom_bylines.all()] == [
        ("writer", "مینا فرو"),
        ("translator", "سارا قلم"),
    ]
    assert ArticlePage.objects.get(pk=persian.pk).newsroom_bylines.count() == 1


def test_a_form_with_an_error_saves_nothing(
    persian: ArticlePage, editor: User, client: Client
) -> None:
    client.force_login(editor)
    before = persian.latest_revision_id
    response = client.post(
        f"/admin/newsroom/pages/{persian.pk}/bylines/", rows(("", 999_999, "writer"))
    )
    assert "The bylines could not be saved." in response.text
    assert ArticlePage.objects.get(pk=persian.pk).latest_revision_id == before


def test_who_may_not_edit_the_page_is_turned_away(
    paper: SimpleNamespace, persian: ArticlePage, outsider: User, translator: User, client: Client
) -> None:
    english = ArticlePage.objects.get(locale=paper.english)
    for user, page in ((outsider, persian), (translator, english)):
        client.force_login(user)
        before = page.latest_revision_id
        url = f"/admin/newsroom/pages/{page.pk}/bylines/"
        assert client.get(url).status_code in (302, 403)
        client.post(url, rows())
        assert ArticlePage.objects.get(pk=page.pk).latest_revision_id == before


def test_a_locked_page_and_one_without_bylines_are_left_alone(
    paper: SimpleNamespace, persian: ArticlePage, editor: User, admin_client: Client, client: Client
) -> None:
    for pk in (paper.news.pk, 999_999):
        # Django offers an address that is not found again below the language.
        found = admin_client.get(f"/admin/newsroom/pages/{pk}/bylines/", follow=True)
        assert found.status_code == 404
    persian.locked = True
    persian.locked_by = None
    persian.save()
    client.force_login(editor)
    assert client.get(f"/admin/newsroom/pages/{persian.pk}/bylines/").status_code in (302, 403)


def test_the_listing_leads_to_the_bylines(persian: ArticlePage, admin_client: Client) -> None:
    text = admin_client.get(f"/admin/pages/{persian.get_parent().pk}/").text
    assert f"/admin/newsroom/pages/{persian.pk}/bylines/" in text
