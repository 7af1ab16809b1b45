"""Writing into the review: what is stored, what is refused, and what nobody may overwrite."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.conftest import ALL, person
from tests.testapp.models import Notice
from wagtail_newsroom.desk import actions, editing, localize, passages
from wagtail_newsroom.desk.gate import reasons_against
from wagtail_newsroom.desk.localize import Segment
from wagtail_newsroom.desk.places import places_of
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import ArticlePage, GlossaryTerm

from .reviewing import address, browse, segment_with, stored


def save(client: Client, translation: Any, segment: Segment, text: str, **more: str) -> Any:
    """Save a text as the script does."""
    return client.post(
        address(translation, segment),
        {"action": "save", "text": text, "version": editing.version_of(segment), **more},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )


def test_what_a_person_writes_is_the_persons(draft: Any, translator: User) -> None:
    heading = segment_with(draft, "What comes next")
    answer = save(browse(translator), draft, heading, "بعد چه می‌شود؟")
    after = stored(draft, heading)
    assert answer.status_code == 200
    assert answer.json()["status"] == "saved"
    assert answer.json()["version"] == editing.version_of(after)
    assert (after.text, after.kind, after.translated_by) == (
        "بعد چه می‌شود؟",
        localize.MANUAL,
        "translator",
    )
    assert "translator" in answer.json()["origin"]


def test_a_machine_never_replaces_it(draft: Any, editor: User, article: ArticlePage) -> None:
    heading = segment_with(draft, "What comes next")
    save(browse(editor), draft, heading, "بعد چه؟")
    localize.store_machine_texts(
        [
            localize.NewText(
                heading.string_id, heading.context_id, heading.source, "ماشین", "pseudo"
            )
        ],
        locale=draft.target_locale,
        user=None,
    )
    assert stored(draft, heading).text == "بعد چه؟"


def test_second_editor_gets_a_conflict_and_the_others_text(
    draft: Any, editor: User, translator: User
) -> None:
    heading = segment_with(draft, "What comes next")
    save(browse(translator), draft, heading, "متن نخست")
    answer = save(browse(editor), draft, heading, "متن دوم")
    told = answer.json()
    assert answer.status_code == 409
    assert (told["status"], told["html"], told["by"]) == ("conflict", "متن نخست", "translator")
    assert stored(draft, heading).text == "متن نخست"
    # Whoever saw it may go on from there.
    again = save(browse(editor), draft, stored(draft, heading), "متن دوم")
    assert again.json()["status"] == "saved"
    assert stored(draft, heading).text == "متن دوم"


def test_same_text_twice_is_harmless(draft: Any, editor: User) -> None:
    heading = segment_with(draft, "What comes next")
    client = browse(editor)
    assert save(client, draft, heading, "یک متن").status_code == 200
    assert save(client, draft, heading, "یک متن").status_code == 200


def test_unchanged_text_keeps_its_origin_and_its_approval(draft: Any, editor: User) -> None:
    approval = actions.approve(draft, user=editor)
    heading = segment_with(draft, "What comes next")
    assert save(browse(editor), draft, heading, f" {heading.text} ").status_code == 200
    assert stored(draft, heading) == heading
    assert approval.digest == actions.digest(localize.segments(draft))


def test_approval_does_not_hold_for_another_text(draft: Any, editor: User) -> None:
    actions.approve(draft, user=editor)
    assert reasons_against(localize.translated_instance(draft)) == []
    heading = segment_with(draft, "What comes next")
    save(browse(editor), draft, heading, "چیزی دیگر")
    assert reasons_against(localize.translated_instance(draft)) == [
        "1 passage is waiting for approval."
    ]


def test_empty_text_is_missing_again(draft: Any, editor: User) -> None:
    heading = segment_with(draft, "What comes next")
    answer = save(browse(editor), draft, heading, " <br/> ")
    assert answer.json()["isMissing"] is True
    assert (answer.json()["missing"], answer.json()["version"]) == (1, "")
    assert stored(draft, heading).is_missing
    with pytest.raises(Declined):
        actions.approve(draft, user=editor)
    again = save(browse(editor), draft, stored(draft, heading), "از نو")
    assert again.json()["status"] == "saved"


def test_links_stay_links_and_nothing_hostile_is_stored(draft: Any, editor: User) -> None:
    paragraph = segment_with(draft, "The river <b>rose</b>")
    text = (
        'آب <b onclick="x()">بالا</b> آمد \u202e<script>alert(1)</script>'
        '<a id="a1" href="javascript:x">دوشنبه</a> <u>خط</u>'
    )
    assert save(browse(editor), draft, paragraph, text).status_code == 200
    assert stored(draft, paragraph).text == ('آب <b>بالا</b> آمد <a id="a1">دوشنبه</a> خط')


@pytest.mark.parametrize(
    "text",
    ['<a id="a9">پیوند</a>', "<b>باز", "<a>بی‌نشان</a>", "<b><i>کج</b></i>"],
)
def test_damaged_markup_is_refused_with_a_sentence(draft: Any, editor: User, text: str) -> None:
    paragraph = segment_with(draft, "The river <b>rose</b>")
    answer = save(browse(editor), draft, paragraph, text)
    assert (answer.status_code, answer.json()["status"]) == (422, "invalid")
    assert answer.json()["message"] == "The change would damage the links or the markup."
    assert stored(draft, paragraph) == paragraph


def test_plain_places_take_no_markup(draft: Any, editor: User) -> None:
    heading = segment_with(draft, "What comes next")
    save(browse(editor), draft, heading, "<b>تیتر</b> &amp; <i>زیر</i><br/>تیتر")
    assert stored(draft, heading).text == "تیتر &amp; زیر تیتر"


@pytest.mark.parametrize("length", [256, 10_000, 100_001])
def test_too_long_a_title_is_refused(draft: Any, editor: User, length: int) -> None:
    title = next(one for one in localize.segments(draft) if one.path == "title")
    answer = save(browse(editor), draft, title, "ب" * length)
    assert answer.status_code == 422
    assert stored(draft, title) == title


def test_title_of_the_draft_is_told_in_the_listing(draft: Any, editor: User) -> None:
    title = next(one for one in localize.segments(draft) if one.path == "title")
    save(browse(editor), draft, title, "رود بالا می‌آید")
    assert localize.target_of(draft).draft_title == "رود بالا می‌آید"


def test_without_permission_nothing_changes(
    draft: Any, outsider: User, paper: SimpleNamespace
) -> None:
    heading = segment_with(draft, "What comes next")
    reader = person("english_only", pages=[(paper.home, code) for code in ALL])
    for user in (outsider, reader):
        answer = save(browse(user), draft, heading, "نه")
        assert (answer.status_code, answer.json()["status"]) == (403, "forbidden")
        with pytest.raises(NotAllowed):
            editing.save_text(
                draft, heading.pk, "نه", version=editing.version_of(heading), user=user
            )
    assert browse(outsider).get(address(draft, heading)).status_code == 403
    assert browse(reader).get(address(draft, heading)).status_code == 200
    assert stored(draft, heading) == heading


def test_signed_out_browser_is_told_so(draft: Any) -> None:
    heading = segment_with(draft, "What comes next")
    assert save(Client(), draft, heading, "نه").status_code in (302, 403)
    assert stored(draft, heading) == heading


def test_locked_page_stays_locked(draft: Any, editor: User, translator: User) -> None:
    target = localize.target_of(draft)
    target.locked, target.locked_by, target.locked_at = True, editor, timezone.now()
    target.save()
    heading = segment_with(draft, "What comes next")
    answer = save(browse(translator), draft, heading, "نه")
    assert (answer.status_code, answer.json()["message"]) == (
        422,
        "This piece is locked; unlock it first.",
    )
    assert stored(draft, heading) == heading
    page = browse(translator).get(reverse("wagtail_newsroom_review", args=[draft.pk]))
    assert "data-can-edit" not in page.content.decode()


def test_unknown_segments_and_translations_are_gone(draft: Any, editor: User) -> None:
    client = browse(editor)
    for numbers in ((draft.pk, 999_999), (999_999, 1)):
        url = reverse("wagtail_newsroom_segment", args=numbers)
        assert client.post(url, {"action": "save", "text": "x"}).status_code == 410
        assert client.get(url).status_code == 410


@pytest.mark.parametrize("action", ["", "drop", "fix"])
def test_wrong_requests_change_nothing(draft: Any, editor: User, action: str) -> None:
    heading = segment_with(draft, "What comes next")
    more = {"fix": "x"} if action == "fix" else {"action": action}
    assert browse(editor).post(address(draft, heading), more).status_code == 422
    assert stored(draft, heading) == heading


def test_digest_for_an_approval_is_told_only_to_those_who_knew_all_texts(
    draft: Any, editor: User, translator: User
) -> None:
    heading = segment_with(draft, "What comes next")
    seen = actions.digest(localize.segments(draft))
    first = save(browse(editor), draft, heading, "یکم", seen=seen).json()
    assert first["seen"] == actions.digest(localize.segments(draft))
    quote = segment_with(draft, "We are ready.")
    save(browse(translator), draft, quote, "ما آماده‌ایم.")
    second = save(browse(editor), draft, stored(draft, heading), "دوم", seen=first["seen"]).json()
    assert (second["status"], second["seen"]) == ("saved", "")


def test_checks_are_told_with_the_answer(draft: Any, editor: User) -> None:
    paragraph = segment_with(draft, "3.5 %")
    answer = save(browse(editor), draft, paragraph, "The river rose on Monday.").json()
    assert answer["errors"] >= 1
    assert answer["openErrors"] >= answer["errors"]
    assert "newsroom-finding--error" in answer["findings"]


def test_places_are_named_as_in_the_editor(draft: Any) -> None:
    places = places_of(draft)
    told = {
        segment.source: places.of(segment).label
        for segment in localize.segments(draft)
        if segment.path != "slug"
    }
    assert told["What comes next"] == "Heading"
    assert told["Engineers watch the dam."] == "Standfirst"
    assert told["We are ready."].startswith("Quote · ")
    assert not places.of(segment_with(draft, "What comes next")).is_rich
    assert places.of(segment_with(draft, "<b>rose</b>")).is_rich


def test_terms_stand_marked_with_their_translation(draft: Any, editor: User) -> None:
    GlossaryTerm.objects.create(
        term="river", translation="رود", source_language="en", target_language="fa"
    )
    html = browse(editor).get(reverse("wagtail_newsroom_review", args=[draft.pk])).content.decode()
    assert '<mark class="newsroom-term">river</mark>' in html
    assert 'data-newsroom-insert="رود"' in html


def test_reason_against_publication_stands_beside(draft: Any, editor: User, outsider: User) -> None:
    url = reverse("wagtail_newsroom_beside", args=[draft.pk])
    html = browse(editor).get(url).content.decode()
    assert "This text cannot be published yet." in html
    part = browse(editor).get(url, headers={"X-Requested-With": "XMLHttpRequest"}).content.decode()
    assert "This text cannot be published yet." in part
    assert "<html" not in part
    assert browse(outsider).get(url).status_code in (302, 403)


def test_change_of_the_original_is_shown_with_the_approved_translation(
    draft: Any,
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    actions.approve(draft, user=editor)
    old = segment_with(draft, "Engineers watch the dam.")
    article.standfirst = "Engineers watch the <old> dam."
    article.save_revision().publish()
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    response = browse(editor).get(reverse("wagtail_newsroom_review", args=[draft.pk]))
    changed = [row for row in response.context["rows"] if row.change]
    assert [row.change for row in changed] == ["Engineers watch the <ins>&lt;old&gt; </ins>dam."]
    assert changed[0].approved_text == editing.cleaned(
        old.text, places_of(draft).of(old), old.source
    )
    assert "What changed since the last approval" in response.content.decode()


def test_change_of_a_passage_that_was_approved_by_itself_is_shown_too(
    draft: Any,
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    standfirst = segment_with(draft, "Engineers watch the dam.")
    passages.approve_passage(
        draft, standfirst.pk, version=editing.version_of(standfirst), user=editor
    )
    article.title = "The river falls"
    article.standfirst = "Engineers watch the old dam."
    article.save_revision().publish()
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    response = browse(editor).get(reverse("wagtail_newsroom_review", args=[draft.pk]))
    changes = [row.change for row in response.context["rows"] if row.change]
    assert changes == ["Engineers watch the <ins>old </ins>dam."]


def test_snippet_without_drafts_is_written_before_it_is_stored(
    notice: Notice, chief: User, scribe: User, paper: SimpleNamespace, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(notice, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(notice).get()
    text = segment_with(translation, "The bridge is closed.")
    assert save(browse(scribe), translation, text, "پل بسته است.").json()["status"] == "saved"
    assert stored(translation, text).text == "پل بسته است."
    assert Notice.objects.count() == 1


def test_review_asks_fifteen_queries_at_any_size(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    client = browse(editor)
    counts = []
    for size in (60, 400):
        piece = write(
            body=[("paragraph", f"<p>Part <b>{n}</b> of {size}.</p>") for n in range(size)]
        )
        actions.request_translation(piece, paper.persian, user=editor)
        run_jobs()
        url = reverse("wagtail_newsroom_review", args=[localize.translations_of(piece).get().pk])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts == [15, 15]
