"""The list of translations: who sees what, narrowed, sorted, exported, in few queries."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import person
from tests.testapp.models import Notice
from wagtail_newsroom.desk import actions, state_rows
from wagtail_newsroom.desk.list_access import visible_rows
from wagtail_newsroom.models import ArticlePage, PieceState

SUBMIT = "wagtail_localize.submit_translation"


def url() -> str:
    return reverse("newsroom_translations:index")


@pytest.fixture
def cast(paper: SimpleNamespace, write: Any, editor: User, run_jobs: Any) -> SimpleNamespace:
    """A missing article, one with a machine draft and one with a hostile title, and their rows."""
    missing = write(title="The river rises")
    drafted = write(title="Elections in spring")
    hostile = write(title="=HYPERLINK(1) </script><b>x\u202e")
    actions.request_translation(drafted, paper.persian, user=editor)
    run_jobs()
    state_rows.rebuild()
    return SimpleNamespace(missing=missing, drafted=drafted, hostile=hostile)


def titles(response: Any) -> list[str]:
    """Return the titles of the rows that a page lists."""
    return [row.source_title for row in response.context["object_list"]]


def test_every_piece_is_listed_with_its_state(
    cast: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    response = client.get(url())
    text = response.content.decode()
    assert response.status_code == 200
    assert set(titles(response)) == {
        "News",
        "The Test Post",
        "The river rises",
        "Elections in spring",
        "=HYPERLINK(1) </script><b>x\u202e",
    }
    assert "Machine draft, to be checked" in text
    assert "100% machine text" in text
    assert "&lt;/script&gt;&lt;b&gt;x" in text
    assert "Translations" in text
    row = PieceState.objects.get(source_page=cast.drafted.pk)
    assert reverse("wagtail_newsroom_review", args=[row.translation_id]) in text
    assert reverse("wagtail_newsroom_translate", args=[cast.missing.pk]) in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=draft", {"Elections in spring"}),
        ("state=draft&state=published", {"Elections in spring", "News", "The Test Post"}),
        ("q=ELECTIONS", {"Elections in spring"}),
        ("q=nothing-like-it", set()),
        ("assigned=me", set()),
        ("assigned=nobody&state=draft", {"Elections in spring"}),
        ("checks=errors&q=river", set()),
        ("checks=none&q=river", {"The river rises"}),
        ("q=%E2%80%AE", set()),
    ],
)
def test_filters_and_search(
    query: str, found: set[str], cast: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    assert set(titles(client.get(f"{url()}?{query}"))) == found


def test_a_section_and_a_language_and_a_kind(
    cast: SimpleNamespace, paper: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    in_news = titles(client.get(url(), {"section": paper.news.pk}))
    assert "The river rises" in in_news
    assert "News" not in in_news
    assert "News" in titles(client.get(url(), {"section": paper.home.pk}))
    assert titles(client.get(url(), {"locale": paper.english.pk})) == []
    kind = PieceState.objects.get(source_page=cast.missing.pk).content_type_id
    assert len(titles(client.get(url(), {"content_type": kind}))) == 3
    # Wrong values leave the whole list, as everywhere in Wagtail.
    assert client.get(url(), {"section": "x", "state": "nonsense", "p": "-1"}).status_code == 200


def test_the_order_stays_when_a_filter_changes(
    cast: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    response = client.get(url(), {"ordering": "-source_title", "q": "r"})
    assert (
        '<input type="hidden" name="ordering" value="-source_title">' in response.content.decode()
    )
    assert titles(response) == sorted(titles(response), reverse=True)
    response = client.get(url(), {"ordering": '"><script>'})
    assert '"><script>' not in response.content.decode()


def test_the_search_is_folded(
    paper: SimpleNamespace, write: Any, editor: User, client: Client
) -> None:
    write(title="مي‌روند به كتابخانه", locale=paper.persian, parent=paper.news_fa)
    state_rows.rebuild()
    client.force_login(editor)
    for query in ("می روند", "کتابخانه", "می‌روند"):
        assert len(titles(client.get(url(), {"q": query}))) == 1, query


def test_the_empty_list_says_what_will_be_there(editor: User, client: Client) -> None:
    client.force_login(editor)
    assert "There is nothing to translate yet." in client.get(url()).content.decode()
    assert "No translation matches." in client.get(url(), {"q": "x"}).content.decode()


def test_who_does_not_work_at_the_desk_is_turned_away(
    cast: SimpleNamespace, client: Client
) -> None:
    writer = person("writer", pages=[(ArticlePage.objects.get(pk=cast.missing.pk), "change_page")])
    client.force_login(writer)
    assert client.get(url()).status_code == 302
    assert list(visible_rows(writer)) == []
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert url() not in home


def test_people_see_what_they_may_edit_on_either_side(
    cast: SimpleNamespace,
    paper: SimpleNamespace,
    translator: User,
    outsider: User,
    client: Client,
) -> None:
    # Who may add Persian pages sees what has no Persian page yet, and the Persian pages.
    assert {row.source_title for row in visible_rows(translator)} >= {
        "The river rises",
        "Elections in spring",
    }
    assert list(visible_rows(outsider)) == []
    client.force_login(outsider)
    assert titles(client.get(url())) == []
    only_one = person("one", permissions=(SUBMIT,), pages=[(cast.missing, "change_page")])
    assert [row.source_title for row in visible_rows(only_one)] == ["The river rises"]
    owner = person("owner", permissions=(SUBMIT,), pages=[(paper.home, "add_page")])
    ArticlePage.objects.filter(pk=cast.drafted.pk).update(owner=owner)
    assert [row.source_title for row in visible_rows(owner)] == ["Elections in spring"]
    boss = User.objects.create_superuser("boss")
    assert visible_rows(boss).count() == PieceState.objects.count()


def test_snippets_are_seen_by_those_who_may_change_them(
    paper: SimpleNamespace, outsider: User
) -> None:
    Notice.objects.create(text="The bridge is closed.", locale=paper.english)
    state_rows.rebuild()
    scribe = person("scribe", permissions=(SUBMIT, "testapp.change_notice"))
    assert [row.source_title for row in visible_rows(scribe)] == ["The bridge is closed."]
    assert list(visible_rows(outsider)) == []


def test_the_export_is_safe_to_open(cast: SimpleNamespace, editor: User, client: Client) -> None:
    client.force_login(editor)
    response = client.get(url(), {"export": "csv", "q": "hyperlink"})
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert data.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert line["Title"] == "'=HYPERLINK(1) </script><b>x\u202e"
    assert (line["From"], line["Into"], line["State code"]) == ("en", "fa", "missing")


def test_the_number_of_queries_does_not_grow_with_the_rows(
    paper: SimpleNamespace, write: Any, editor: User, client: Client
) -> None:
    client.force_login(editor)
    counts = []
    for number in (20, 50):
        while ArticlePage.objects.filter(locale=paper.english).count() < number:
            write(title=f"Piece {ArticlePage.objects.count()}")
        state_rows.rebuild()
        client.get(url())
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url(), {"state": ["missing", "published"], "q": "i"})
        assert len(titles(response)) >= number - 1
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15, [q["sql"][:150] for q in queries]
