"""The margin as a whole: dismissals that are taken back, who else is there, what changed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail_newsroom.desk import actions, comments, editing, localize, mending
from wagtail_newsroom.desk.findings import open_errors
from wagtail_newsroom.exceptions import NotAllowed
from wagtail_newsroom.models import ArticlePage, Dismissal

from .reviewing import address, ask, browse, review, segment_with, stored


def test_a_dismissed_finding_is_taken_back(draft: Any, editor: User, outsider: User) -> None:
    paragraph = segment_with(draft, "3.5 %")
    editing.save_text(
        draft, paragraph.pk, "رود بالا آمد.", version=editing.version_of(paragraph), user=editor
    )
    paragraph = stored(draft, paragraph)
    client = browse(editor)
    errors = open_errors(draft, localize.segments(draft))
    found = client.get(address(draft, paragraph)).json()["findings"]
    check = "tags" if 'value="tags"' in found else "numbers"
    assert ask(client, draft, paragraph, action="dismiss", check=check).status_code == 200
    assert "Check again" in client.get(address(draft, paragraph)).json()["findings"]
    with pytest.raises(NotAllowed):
        mending.take_back(draft, paragraph.pk, check_id=check, user=outsider)
    assert Dismissal.objects.count() == 1
    answer = ask(client, draft, paragraph, action="take_back", check=check).json()
    assert "Check again" not in answer["findings"]
    assert not Dismissal.objects.exists()
    assert open_errors(draft, localize.segments(draft)) == errors
    assert ask(client, draft, paragraph, action="take_back", check=check).status_code == 422


def test_the_review_tells_who_else_is_there_and_what_changed(
    draft: Any, editor: User, translator: User
) -> None:
    heading = segment_with(draft, "What comes next")
    here = reverse("wagtail_newsroom_here", args=[draft.pk])
    one, other = browse(editor), browse(translator)
    first = one.post(here).json()
    assert first["people"] == []
    assert first["marks"][str(heading.pk)]
    assert other.post(here).json()["people"] == ["editor"]
    again = one.post(here, {"known": first["mark"]}).json()
    assert again["people"] == ["translator"]
    assert "marks" not in again
    changes: list[Callable[[], Any]] = [
        lambda: ask(other, draft, stored(draft, heading), action="save", text="تازه"),
        lambda: ask(other, draft, heading, action="comment", text="Look"),
        lambda: ask(one, draft, stored(draft, heading), action="approve"),
    ]
    known = first
    for change in changes:
        assert change().status_code == 200
        told = one.post(here, {"known": known["mark"]}).json()
        assert {pk for pk, mark in told["marks"].items() if mark != known["marks"][pk]} == {
            str(heading.pk)
        }
        known = told
    other.post(here, {"leave": "1"})
    assert one.post(here).json()["people"] == []
    assert one.get(here).status_code == 405
    assert one.post(reverse("wagtail_newsroom_here", args=[999_999])).status_code == 410


def test_the_poll_asks_as_many_queries_at_any_size(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    translator: User,
    run_jobs: Callable[[], None],
) -> None:
    counts = []
    for size in (3, 60):
        piece = write(body=[("paragraph", f"<p>Part {n} of {size}.</p>") for n in range(size)])
        actions.request_translation(piece, paper.persian, user=editor)
        run_jobs()
        translation = localize.translations_of(piece).get()
        for segment in localize.segments(translation):
            comments.add_comment(translation, segment.pk, text="Hm", user=editor)
        here = reverse("wagtail_newsroom_here", args=[translation.pk])
        client = browse(editor)
        client.post(here)
        browse(translator).post(here)
        with CaptureQueriesContext(connection) as queries:
            client.post(here)
        counts.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.get(review(translation))
        counts.append(len(queries))
    assert counts[0] == counts[2] <= 12, [query["sql"][:200] for query in queries]
    assert counts[1] == counts[3] <= 15
