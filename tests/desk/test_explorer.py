"""Wagtail's list of pages tells the state of each language, at the same number of queries."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import person
from wagtail_newsroom.desk import actions, localize, state_rows
from wagtail_newsroom.models import ArticlePage


def listed(client: Client, parent: Any) -> BeautifulSoup:
    response = client.get(reverse("wagtailadmin_explore", args=[parent.pk]))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def told(page: BeautifulSoup) -> list[tuple[str, str]]:
    return [
        (" ".join(badge.get_text().split()), str(badge["href"]))
        for badge in page.select("a.newsroom-state")
    ]


def test_list_of_pages_tells_each_language_and_leads_to_the_desk(
    article: ArticlePage,
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    client: Client,
) -> None:
    other = write(title="Another piece")
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    state_rows.rebuild()
    client.force_login(editor)
    translation = localize.translations_of(article).get()
    review = reverse("wagtail_newsroom_review", args=[translation.pk])
    assert sorted(told(listed(client, paper.news))) == [
        ("Persian: Machine draft, to be checked", review),
        ("Persian: Not translated", reverse("wagtail_newsroom_translate", args=[other.pk])),
    ]
    assert told(listed(client, paper.news_fa)) == [
        ("Persian: Machine draft, to be checked", review)
    ]


def test_who_does_not_work_at_the_desk_sees_no_states(
    article: ArticlePage, paper: SimpleNamespace, client: Client
) -> None:
    state_rows.rebuild()
    client.force_login(person("writer", pages=[(paper.home, "change_page")]))
    assert told(listed(client, paper.news)) == []


def test_list_of_pages_asks_as_many_queries_for_fifty_pages(
    write: Callable[..., ArticlePage], paper: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    counts = []
    for size in (5, 45):
        for number in range(size):
            write(title=f"Piece {number} of {size}")
        state_rows.rebuild()
        listed(client, paper.news)
        with CaptureQueriesContext(connection) as queries:
            page = listed(client, paper.news)
        # wagtail-localize's own buttons ask twice for each page.
        others = sum("wagtail_localize_" in one["sql"] for one in queries)
        ours = [one for one in queries if "newsroom_piecestate" in one["sql"]]
        counts.append((len(told(page)), len(ours), len(queries) - 2 * others))
    (few, *asked), (many, *asked_again) = counts
    assert (few, many) == (5, 50)
    assert asked_again == asked
