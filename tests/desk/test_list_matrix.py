"""The list with a column for each language, and the states that follow by themselves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from tests.conftest import person
from wagtail_newsroom.checks import check_prices
from wagtail_newsroom.desk import actions, comments, localize, state_rows
from wagtail_newsroom.desk.costs import cost_notes
from wagtail_newsroom.models import ArticlePage, PieceState, TranslationJob

from .test_list import url


@pytest.fixture
def cast(paper: SimpleNamespace, write: Any, editor: User, run_jobs: Any) -> SimpleNamespace:
    """A missing article, one with a machine draft and one that waits for the machine."""
    missing, drafted, waiting = (
        write(title=title) for title in ("The river rises", "Elections in spring", "Snow <b>x</b>")
    )
    actions.request_translation(drafted, paper.persian, user=editor)
    run_jobs()
    actions.request_translation(waiting, paper.persian, user=editor)
    state_rows.rebuild()
    return SimpleNamespace(missing=missing, drafted=drafted, waiting=waiting)


def row_of(page: Any) -> PieceState:
    """Return the row of a piece in Persian."""
    return PieceState.objects.get(source_page=page, locale__language_code="fa")


def by_piece(client: Client, **query: Any) -> Any:
    """Open the list with a column for each language."""
    return client.get(url(), {"by": "piece", **query})


def test_each_piece_has_a_line_and_each_language_a_column(
    cast: SimpleNamespace, editor: User, client: Client
) -> None:
    Locale.objects.get_or_create(language_code="de")
    state_rows.rebuild()
    client.force_login(editor)
    response = by_piece(client)
    lines = {line.first.source_title: line for line in response.context["object_list"]}
    html = response.content.decode()
    assert {"The river rises", "Elections in spring", "Snow <b>x</b>"} <= lines.keys()
    assert [column.label for column in response.context["table"].columns.values()][1:3] == [
        "English",
        "Persian",
    ]
    drafted = row_of(cast.drafted)
    assert drafted in lines["Elections in spring"].cells.values()
    review = reverse("wagtail_newsroom_review", args=[drafted.translation_id])
    assert f'href="{review}"' in html
    assert f'data-object-id="{drafted.pk}" data-bulk-action-checkbox' in html
    assert "Snow <b>" not in html


def test_what_the_filters_leave_out_is_shown_and_not_ticked(
    cast: SimpleNamespace, paper: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    response = by_piece(client, state=["missing"])
    lines = response.context["object_list"]
    assert "Elections in spring" not in {line.first.source_title for line in lines}
    html = response.content.decode()
    assert f'data-object-id="{row_of(cast.missing).pk}"' in html
    for line in lines:
        for row in line.cells.values():
            assert (row.pk in line.matching) == (row.state == "missing")


def test_columns_stay_in_the_address_with_filters_order_and_search(
    cast: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    response = by_piece(client, q="spring", ordering="source_title")
    html = response.content.decode()
    assert '<input type="hidden" name="by" value="piece">' in html
    assert [line.first.source_title for line in response.context["object_list"]] == [
        "Elections in spring"
    ]
    assert f'href="{url()}?q=spring"' in html
    plain = client.get(url(), {"q": "spring"})
    assert f'href="{url()}?q=spring&amp;by=piece"' in plain.content.decode()
    names = [
        line.first.source_title
        for line in by_piece(client, ordering="source_title").context["object_list"]
    ]
    assert names == sorted(names)
    down = by_piece(client, ordering="-source_title").context["object_list"]
    assert [line.first.source_title for line in down] == names[::-1]


def test_the_number_of_queries_is_the_same_for_more_pieces(
    paper: SimpleNamespace, write: Any, editor: User, client: Client
) -> None:
    client.force_login(editor)
    counts = []
    for number in (10, 30):
        while ArticlePage.objects.filter(locale=paper.english).count() < number:
            write(title=f"Piece {ArticlePage.objects.count()}")
        state_rows.rebuild()
        by_piece(client)
        with CaptureQueriesContext(connection) as queries:
            response = by_piece(client, state=["missing", "published"], q="i")
        assert len(response.context["object_list"]) >= number - 1
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15, [query["sql"][:150] for query in queries]


def test_progress_is_told_for_rows_that_the_user_may_see(
    cast: SimpleNamespace, editor: User, outsider: User, client: Client
) -> None:
    waiting = row_of(cast.waiting)
    where = reverse("newsroom_translations:progress")
    client.force_login(editor)
    html = client.get(url()).content.decode()
    assert f'data-newsroom-live="{waiting.pk}" data-newsroom-active' in html
    told = client.get(where, {"id": [waiting.pk, "x", "9" * 40, 999_999]}).json()["cells"]
    assert list(told) == [str(waiting.pk)]
    assert "data-newsroom-active" in told[str(waiting.pk)]
    assert told[str(waiting.pk)] in html
    TranslationJob.objects.update(status="done")
    state_rows.rebuild()
    told = client.get(where, {"id": waiting.pk, "linked": 1}).json()["cells"]
    assert "data-newsroom-active" not in told[str(waiting.pk)]
    assert "<a href=" in told[str(waiting.pk)]
    client.force_login(outsider)
    assert client.get(where, {"id": waiting.pk}).json()["cells"] == {}


def test_progress_takes_as_many_queries_for_more_rows(
    cast: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    where = reverse("newsroom_translations:progress")
    keys = list(PieceState.objects.values_list("pk", flat=True))
    client.get(where, {"id": keys})
    counts = []
    for some in (keys[:1], keys):
        with CaptureQueriesContext(connection) as queries:
            client.get(where, {"id": some})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_open_comments_are_counted_and_found(
    cast: SimpleNamespace, editor: User, client: Client
) -> None:
    translation = localize.get_translation(row_of(cast.drafted).translation_id)
    segment = localize.segments(translation)[0]
    comment = comments.add_comment(translation, segment.pk, text="Why?", user=editor)
    client.force_login(editor)
    response = client.get(url(), {"checks": "comments"})
    assert [row.source_title for row in response.context["object_list"]] == ["Elections in spring"]
    assert "1 open comment" in response.content.decode()
    comments.resolve_comment(translation, comment.pk, user=editor)
    assert "1 open comment" not in client.get(url()).content.decode()


def test_the_cost_is_told_before_anything_is_sent(
    cast: SimpleNamespace, editor: User, client: Client, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINE_PRICES = {"pseudo": ("2500", "EUR"), "google": ("9", "USD")}
    client.force_login(editor)
    where = reverse(
        "wagtail_bulk_action", args=["wagtail_newsroom", "piecestate", "newsroom_translate"]
    )
    html = client.get(where, {"id": row_of(cast.missing).pk, "next": "/admin/"}).content.decode()
    characters = int(html.split(" characters would be sent")[0].rpartition(" ")[2])
    cost = f"{characters * 2500 / 1_000_000:.2f} EUR."
    assert f"If Pseudo-translation translates all of it: about {cost}" in html
    assert "USD" not in html
    piece = reverse("wagtail_newsroom_translate", args=[cast.missing.pk])
    assert cost in client.get(piece).content.decode()
    # Nothing failed there, so that trying again would send nothing.
    again = where.replace("newsroom_translate", "newsroom_retry")
    html = client.get(again, {"id": row_of(cast.missing).pk, "next": "/admin/"}).content.decode()
    assert "0 passages are to be translated" in html
    assert "EUR" not in html


@pytest.mark.parametrize("price", [5, ("x", "EUR"), ("-1", "EUR"), ("1", ""), ("NaN", "EUR"), None])
def test_a_price_that_cannot_be_read_is_found_by_a_check_and_told_to_nobody(
    price: Any, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINE_PRICES = {"pseudo": price}
    assert [message.id for message in check_prices()] == ["wagtail_newsroom.E045"]
    assert cost_notes(1000) == []
    settings.WAGTAIL_NEWSROOM_ENGINE_PRICES = {"pseudo": ("1", "EUR")}
    assert check_prices() == []


def test_who_does_not_work_at_the_desk_sees_neither(paper: SimpleNamespace, client: Client) -> None:
    client.force_login(person("reader"))
    for where in (url() + "?by=piece", reverse("newsroom_translations:progress")):
        assert client.get(where).status_code in (302, 403)
