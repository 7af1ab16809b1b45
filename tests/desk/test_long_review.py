"""The review of a long piece: its first passages come with the page, the others after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from wagtail_newsroom.desk import actions, editing, localize, passages
from wagtail_newsroom.desk.localize import Segment
from wagtail_newsroom.models import ArticlePage, Provenance

from .reviewing import address, ask, browse, review

FIRST = 60
ROW = re.compile(r'<tr id="segment-(\d+)"')


@pytest.fixture
def long_draft(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> Any:
    """A machine draft of 71 passages: a title and 70 paragraphs."""
    return drafted(write, paper, editor, run_jobs, paragraphs=70)


def drafted(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    *,
    paragraphs: int,
) -> Any:
    """Return a machine draft of so many paragraphs and a title."""
    body = [
        ("paragraph", f"<p>Part <b>{number}</b> of the delta.</p>") for number in range(paragraphs)
    ]
    piece = write(body=body)
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    return localize.translations_of(piece).get()


def rest(translation: Any, after: object) -> str:
    """Return where the passages after one are read."""
    return f"{reverse('wagtail_newsroom_rest', args=[translation.pk])}?after={after}"


def keys(html: str) -> list[int]:
    """Return the keys of the rows in a piece of HTML."""
    return [int(key) for key in ROW.findall(html)]


def put(translation: Any, segment: Segment, text: str, user: User) -> None:
    """Write a text as a person."""
    editing.save_text(translation, segment.pk, text, version=editing.version_of(segment), user=user)


def test_page_and_rest_are_the_whole_piece_in_reading_order(long_draft: Any, editor: User) -> None:
    client, segments = browse(editor), localize.segments(long_draft)
    page = client.get(review(long_draft))
    shown = keys(page.content.decode())
    assert shown == [segment.pk for segment in segments[:FIRST]]
    assert page.context["rest_url"] == rest(long_draft, shown[-1])
    answer = client.get(page.context["rest_url"])
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown + keys(answer.json()["rows"]) == [segment.pk for segment in segments]
    whole = client.get(f"{review(long_draft)}?whole=1").content.decode()
    assert keys(whole) == [segment.pk for segment in segments]
    assert "data-newsroom-rest" not in whole


def test_short_piece_comes_at_once(draft: Any, editor: User) -> None:
    page = browse(editor).get(review(draft))
    assert len(page.context["rows"]) == len(localize.segments(draft))
    assert "data-newsroom-rest" not in page.content.decode()
    assert "in the first" not in page.content.decode()


def test_rows_are_the_same_wherever_they_come_from(long_draft: Any, editor: User) -> None:
    client, last = browse(editor), localize.segments(long_draft)[-1]
    put(long_draft, last, "<b>99</b> بخش دلتا", editor)
    late = client.get(rest(long_draft, localize.segments(long_draft)[FIRST - 1].pk)).json()["rows"]
    whole = client.get(f"{review(long_draft)}?whole=1").content.decode()

    def row(html: str) -> str:
        found = html[html.index(f'<tr id="segment-{last.pk}"') :]
        found = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", found[: found.index("</tr>")])
        return " ".join(found.split())

    assert "Numbers differ" in row(late)
    assert row(late) == row(whole)


@pytest.mark.parametrize("count", [FIRST, FIRST + 1])
def test_only_what_does_not_fit_comes_later(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    count: int,
) -> None:
    translation = drafted(write, paper, editor, run_jobs, paragraphs=count - 1)
    segments = localize.segments(translation)
    assert len(segments) == count
    page = browse(editor).get(review(translation))
    assert keys(page.content.decode()) == [segment.pk for segment in segments[:FIRST]]
    if count == FIRST:
        assert page.context["rest_url"] == ""
    else:
        answer = browse(editor).get(page.context["rest_url"]).json()
        assert keys(answer["rows"]) == [segments[-1].pk]


def test_rest_names_all_passages_so_that_none_is_passed_over(long_draft: Any, editor: User) -> None:
    segments = localize.segments(long_draft)
    answer = browse(editor).get(rest(long_draft, segments[-1].pk)).json()
    assert keys(answer["rows"]) == []
    assert answer["keys"] == [segment.pk for segment in segments]


def test_long_review_speaks_the_admins_language(long_draft: Any, editor: User) -> None:
    UserProfile.objects.create(user=editor, preferred_language="fa")
    client = browse(editor)
    page = client.get(review(long_draft))
    assert "خطاهای باز در ۶۰ بند نخست: ۰. بی‌ترجمه: ۰." in page.content.decode()
    assert "نمایش هر ۷۱ بند" in page.content.decode()
    rows = client.get(page.context["rest_url"]).json()["rows"]
    assert "متن‌های مشابه" in rows
    assert keys(rows) == [segment.pk for segment in localize.segments(long_draft)[FIRST:]]


def test_what_was_approved_on_an_older_page_than_the_rest_is_declined(
    long_draft: Any, editor: User, translator: User
) -> None:
    client, segments = browse(editor), localize.segments(long_draft)
    page = client.get(review(long_draft))
    seen = page.context["seen"]
    put(long_draft, segments[-1], "<b>69</b> بخش دلتا", translator)
    rows = client.get(page.context["rest_url"]).json()["rows"]
    assert "<b>69</b> بخش دلتا" in rows
    # Saving a passage of one's own does not make the page know what another wrote.
    saved = ask(client, long_draft, segments[0], action="save", text="عنوان", seen=seen)
    assert (saved.json()["status"], saved.json()["seen"]) == ("saved", "")
    for action in ("approve", "approve_sound"):
        client.post(review(long_draft), {"action": action, "seen": seen})
    assert not long_draft.newsroom_approvals.exists()
    assert not Provenance.objects.filter(approved_at__isnull=False).exists()


def test_errors_are_told_of_what_is_shown_and_then_of_all(long_draft: Any, editor: User) -> None:
    client, segments = browse(editor), localize.segments(long_draft)
    put(long_draft, segments[5], "A text <b>in</b> English", editor)
    put(long_draft, segments[-1], "Another text <b>in</b> English", editor)
    page = client.get(review(long_draft))
    assert page.context["open_errors"] == 1
    assert "Open errors in the first 60 passages: 1." in page.content.decode()
    answer = client.get(rest(long_draft, segments[FIRST - 1].pk)).json()
    assert (answer["openErrors"], answer["missing"]) == (2, 0)
    assert client.get(f"{review(long_draft)}?whole=1").context["open_errors"] == 2


def test_first_rows_know_what_shows_in_the_whole_piece_only(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    body = [("paragraph", f"<p>Part {number} of it.</p>") for number in range(70)]
    body[3] = body[68] = ("paragraph", "<p>The bridge is closed.</p>")
    piece = write(body=body)
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(piece).get()
    early, late = [one for one in localize.segments(translation) if "bridge" in one.source]
    put(translation, early, "پل بسته است.", editor)
    put(translation, late, "پل را بسته‌اند.", editor)
    rows = browse(editor).get(review(translation)).context["rows"]
    checks = {
        told.finding.check for row in rows if row.segment.pk == early.pk for told in row.findings
    }
    assert "inconsistent" in checks


def test_nobody_approves_what_did_not_come_yet(long_draft: Any, editor: User) -> None:
    client = browse(editor)
    page = client.get(review(long_draft)).content.decode()
    assert 'class="button" disabled data-newsroom-when-whole>Approve<' in page
    whole = client.get(f"{review(long_draft)}?whole=1").content.decode()
    assert 'class="button">Approve<' in whole


def test_forms_of_the_whole_page_lead_back_to_it(long_draft: Any, editor: User) -> None:
    client, last = browse(editor), localize.segments(long_draft)[-1]
    fields = {"segment": last.pk, "action": "comment", "text": "Why so?"}
    asked = f"{review(long_draft)}?open={last.pk}"
    assert keys(client.get(asked).content.decode())[-1] == last.pk
    answer = client.post(asked, fields)
    assert answer.headers["Location"] == f"{review(long_draft)}?whole=1#segment-{last.pk}"
    answer = client.post(review(long_draft), fields)
    assert answer.headers["Location"] == f"{review(long_draft)}#segment-{last.pk}"


def test_near_matches_without_script_are_shown_wherever_the_passage_stands(
    long_draft: Any, editor: User
) -> None:
    last = localize.segments(long_draft)[-1]
    page = browse(editor).get(f"{review(long_draft)}?near={last.pk}")
    assert page.context["rows"][-1].near is not None


@pytest.mark.parametrize("after", ["", "x", "999999", "-1", "9" * 30])
def test_rest_after_a_passage_that_is_gone_is_told(
    long_draft: Any, editor: User, after: str
) -> None:
    answer = browse(editor).get(rest(long_draft, after))
    assert (answer.status_code, answer.json()) == (410, {"status": "gone"})


def test_only_who_may_see_the_texts_reads_the_rest(long_draft: Any, outsider: User) -> None:
    answer = browse(outsider).get(rest(long_draft, localize.segments(long_draft)[5].pk))
    assert answer.status_code in (302, 403)
    assert b"delta" not in answer.content


def test_rest_of_a_locked_piece_is_to_be_read_only(
    long_draft: Any, translator: User, editor: User
) -> None:
    target = localize.target_of(long_draft)
    after = localize.segments(long_draft)[FIRST - 1].pk
    assert "Similar texts" in browse(translator).get(rest(long_draft, after)).json()["rows"]
    target.locked, target.locked_by = True, editor
    target.save(update_fields=["locked", "locked_by"])
    assert "Similar texts" not in browse(translator).get(rest(long_draft, after)).json()["rows"]


def test_last_passages_tell_what_changed_since_the_approval(
    long_draft: Any, editor: User, paper: SimpleNamespace, run_jobs: Callable[[], None]
) -> None:
    last = localize.segments(long_draft)[-1]
    passages.approve_passage(long_draft, last.pk, version=editing.version_of(last), user=editor)
    original = localize.sides_of(long_draft)[0].specific
    block = original.body[-1]
    original.body[-1] = ("paragraph", "<p>Part <b>69</b> of the old delta.</p>", block.id)
    original.save_revision().publish()
    actions.request_translation(original, paper.persian, user=editor)
    run_jobs()
    after = localize.segments(long_draft)[FIRST - 1].pk
    assert "<ins>old </ins>" in browse(editor).get(rest(long_draft, after)).json()["rows"]


def test_long_text_of_which_all_changed_is_compared_where_it_may_be_alike(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All paragraphs of one rich text have one place, so each may come from each."""
    count = 80
    words = [[f"{letter}{number}" for letter in "abcdef"] for number in range(count)]
    old = "".join(f"<p>{' '.join(some)}</p>" for some in words)
    new = "".join(f"<p>{' '.join([*some[:3], 'new', *some[3:]])}</p>" for some in words)
    piece = write(body=[("paragraph", old)])
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(piece).get()
    actions.approve(translation, user=editor)
    approved = [segment.text for segment in localize.segments(translation)]
    original = localize.sides_of(translation)[0].specific
    original.body[0] = ("paragraph", new, original.body[0].id)
    original.save_revision().publish()
    actions.request_translation(original, paper.persian, user=editor)
    run_jobs()
    compared: list[int] = []
    ratio = SequenceMatcher.ratio

    def counting(matcher: SequenceMatcher[Any]) -> float:
        compared.append(1)
        return ratio(matcher)

    with monkeypatch.context() as patch:
        patch.setattr(SequenceMatcher, "ratio", counting)
        rows = browse(editor).get(f"{review(translation)}?whole=1").context["rows"]
    changed = [row for row in rows if row.change]
    assert len(changed) == count
    assert all(str(row.change).count("<ins>new </ins>") == 1 for row in changed)
    assert all("<del>" not in row.change for row in changed)
    assert [row.approved_text for row in changed] == approved[-count:]
    assert len(compared) <= 2 * count


def test_queries_are_the_same_at_any_length(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    client = browse(editor)
    counts = set()
    for paragraphs in (70, 400):
        translation = drafted(write, paper, editor, run_jobs, paragraphs=paragraphs)
        after = localize.segments(translation)[FIRST - 1].pk
        page = review(translation)
        for url in (page, rest(translation, after), f"{page}?whole=1"):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.add(("rest" in url, len(queries)))
    assert counts == {(True, 11), (False, 15)}


def test_passage_of_the_rest_is_saved_as_any_other(long_draft: Any, translator: User) -> None:
    last = localize.segments(long_draft)[-1]
    answer = ask(browse(translator), long_draft, last, action="save", text="<b>69</b> بخش دلتا")
    assert answer.json()["status"] == "saved"
    assert browse(translator).get(address(long_draft, last)).json()["openErrors"] == 0
