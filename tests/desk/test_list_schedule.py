"""The list tells which translations go live by themselves, as the desk's pages tell of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from tests.testapp.models import Venue
from wagtail_newsroom.desk import actions, localize, state_rows
from wagtail_newsroom.desk.list_schedule import with_schedules
from wagtail_newsroom.desk.schedule import schedule, unschedule
from wagtail_newsroom.desk.timetable import planned_for
from wagtail_newsroom.models import ArticlePage, Following, PieceState

SOON = timedelta(days=2)


def url() -> str:
    return reverse("newsroom_translations:index")


def row_of(translation: Any) -> PieceState:
    """Return the row of a translation as the list reads it."""
    return with_schedules(PieceState.objects.filter(translation=translation)).get()


def let_it_be_due(translation: Any) -> None:
    """Let the time come at which a translation is to go live."""
    past = timezone.now() - timedelta(minutes=5)
    Revision.objects.filter(pk=localize.target_of(translation).scheduled_revision.pk).update(
        approved_go_live_at=past
    )


def titles(response: Any) -> set[str]:
    """Return the titles of the rows that a page lists."""
    return {row.source_title for row in response.context["object_list"]}


@pytest.fixture
def cast(
    paper: SimpleNamespace, write: Any, venue: Venue, chief: User, run_jobs: Callable[[], None]
) -> SimpleNamespace:
    """One translation for each schedule, and one that nobody scheduled."""
    sources = {
        "time": write(title="At a time"),
        "original": write(title="With the original", live=False),
        "held": write(title="Held with the original", live=False),
        "none": write(title="Whenever"),
        "due": venue,
    }
    for source in sources.values():
        actions.request_translation(source, paper.persian, user=chief)
    run_jobs()
    found = {name: localize.translations_of(one).get() for name, one in sources.items()}
    at = timezone.now() + SOON
    schedule(found["time"], at=at, user=chief)
    schedule(found["original"], at=None, user=chief)
    schedule(found["held"], at=None, user=chief)
    Following.objects.filter(translation=found["held"]).update(held_at=timezone.now())
    schedule(found["due"], at=at, user=chief)
    let_it_be_due(found["due"])
    state_rows.rebuild()
    return SimpleNamespace(**found, at=at)


def test_a_row_tells_what_the_pages_of_the_piece_tell(cast: SimpleNamespace) -> None:
    expected = {
        "time": "time",
        "original": "original",
        "held": "held",
        "none": "",
        "due": "held",
    }
    for name, kind in expected.items():
        translation = getattr(cast, name)
        row, planned = row_of(translation), planned_for(translation, row_of(translation).target)
        assert row.schedule == kind, name
        assert (planned is not None) == bool(kind), name
        if planned is not None:
            assert row.goes_live_at == planned.at, name
            assert (row.schedule == "held") == planned.is_held, name


def test_what_is_taken_back_is_told_no_more(cast: SimpleNamespace, chief: User) -> None:
    for translation in (cast.time, cast.original, cast.held, cast.due):
        unschedule(translation, user=chief)
        row = row_of(translation)
        assert (row.schedule, row.goes_live_at, row.schedule_words) == ("", None, "")


def test_both_views_and_the_progress_show_it(
    cast: SimpleNamespace, chief: User, client: Client
) -> None:
    client.force_login(chief)
    for query in ({}, {"by": "piece"}):
        html = client.get(url(), query).content.decode()
        assert html.count("Goes live on <bdi>") == 1
        assert html.count("Goes live with its original") == 1
        # Its name stands in the filter too.
        assert html.count("</svg> Was due, and is held") == 2
    key = row_of(cast.original).pk
    told = client.get(reverse("newsroom_translations:progress"), {"id": key}).json()["cells"]
    assert "Goes live with its original" in told[str(key)]


def test_the_time_is_that_of_the_editor(
    cast: SimpleNamespace, chief: User, client: Client, settings: Any
) -> None:
    profile = UserProfile.get_for_user(chief)
    profile.current_time_zone, profile.preferred_language = "Asia/Tehran", "fa"
    profile.save()
    client.force_login(chief)
    html = client.get(url()).content.decode()
    with timezone.override("Asia/Tehran"):
        minute = timezone.localtime(cast.at).strftime("%M")
    persian = minute.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    (line,) = [one for one in html.splitlines() if "</bdi> منتشر می‌شود" in one]
    assert f":{persian}" in line


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("any", {"At a time", "With the original", "Held with the original", "The Old Mill"}),
        ("time", {"At a time"}),
        ("original", {"With the original"}),
        ("held", {"Held with the original", "The Old Mill"}),
    ],
)
@pytest.mark.parametrize("by", ["", "piece"])
def test_the_filter_finds_them(
    query: str, found: set[str], by: str, cast: SimpleNamespace, chief: User, client: Client
) -> None:
    client.force_login(chief)
    response = client.get(url(), {"schedule": query, "by": by})
    if by:
        assert {line.first.source_title for line in response.context["object_list"]} == found
    else:
        assert titles(response) == found


def test_a_filter_that_does_not_exist_finds_no_schedule(
    cast: SimpleNamespace, chief: User, client: Client
) -> None:
    client.force_login(chief)
    assert client.get(url(), {"schedule": "x' OR 1=1"}).status_code == 200


def test_the_export_names_it(cast: SimpleNamespace, chief: User, client: Client) -> None:
    client.force_login(chief)
    response = client.get(url(), {"export": "csv"})
    data = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = {line["Title"]: line for line in csv.DictReader(io.StringIO(data))}
    assert lines["At a time"]["Schedule"] == "At a time of its own"
    assert lines["At a time"]["Goes live at"].startswith(f"{cast.at:%Y-%m-%d %H:%M}")
    assert lines["With the original"]["Schedule"] == "With its original"
    assert lines["The Old Mill"]["Schedule"] == "Was due, and is held"
    assert (lines["Whenever"]["Schedule"], lines["Whenever"]["Goes live at"]) == ("", "")


def test_nobody_sees_the_schedule_of_what_they_may_not_see(
    cast: SimpleNamespace, outsider: User, client: Client
) -> None:
    client.force_login(outsider)
    key = row_of(cast.original).pk
    response = client.get(reverse("newsroom_translations:progress"), {"id": key})
    assert "Goes live" not in response.content.decode()


@pytest.mark.parametrize("query", [{}, {"schedule": "any"}, {"schedule": "any", "by": "piece"}])
def test_the_list_of_what_is_scheduled_takes_as_many_queries_for_more_rows(
    query: dict[str, str],
    paper: SimpleNamespace,
    write: Any,
    editor: User,
    client: Client,
    run_jobs: Callable[[], None],
) -> None:
    client.force_login(editor)
    counts = []
    for number in (1, 4):
        while ArticlePage.objects.filter(locale=paper.english).count() < number:
            page = write(title="A piece", live=False)
            actions.request_translation(page, paper.persian, user=editor)
            run_jobs()
            translation = localize.translations_of(page).get()
            schedule(translation, at=timezone.now() + SOON, user=editor)
        state_rows.rebuild()
        client.get(url(), query)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(), query)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16
