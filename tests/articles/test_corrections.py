"""Corrections: on the piece, on a page of their own, and in the other language after review."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction
from wagtail_localize.models import String, StringTranslation

from tests.publishing.conftest import translate
from tests.testapp.models import ElsewherePage
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, Correction, MemoryEntry, TranslationJob
from wagtail_newsroom.publishing import correction_views

SPRING = date(2026, 3, 21)
AUTUMN = date(2026, 9, 23)


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    cache.clear()


def get(url: str) -> Any:
    return Client().get(url, headers={"host": "localhost"})


def read(url: str) -> str:
    response = get(url)
    assert response.status_code == 200
    return " ".join(response.text.split())


def stored(page: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def fresh(translation: Any) -> Any:
    return localize.get_translation(translation.pk)


def correct(page: ArticlePage, text: str, **fields: Any) -> None:
    """Add a correction to a live piece, as an editor does."""
    page = ArticlePage.objects.get(pk=page.pk)
    fields.setdefault("date", SPRING)
    page.newsroom_corrections.add(Correction(text=text, locale=page.locale, **fields))
    page.save_revision().publish()


def test_a_correction_stands_above_or_below_the_text_with_its_kind_and_date(
    write: Callable[..., ArticlePage],
) -> None:
    page = write(slug="p")
    correct(page, "It was <b>Tuesday</b>.", position="top")
    correct(page, "Later news.", position="bottom", kind="update")
    correct(page, "Still later news.", position="bottom", kind="update", date=AUTUMN)
    text = read(page.url)

    top, body, bottom = (
        text.index("nr-corrections--top"),
        text.index('class="nr-body"'),
        text.index("nr-corrections--bottom"),
    )
    assert top < body < bottom
    assert (
        '<p class="nr-correction__head"><strong>Correction</strong> '
        '<span class="nr-correction__date"><time datetime="2026-03-21">21 March 2026</time></span>'
    ) in text[top:body]
    assert "<p>It was &lt;b&gt;Tuesday&lt;/b&gt;.</p>" in text[top:body]
    assert bottom < text.index("Still later news.") < text.index("Later news.")
    assert '<a href="/en/corrections/">All corrections</a>' in text
    assert "nr-corrections" not in read(write(slug="q").url)


def test_persian_readers_see_the_date_in_their_calendar(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    page = write(slug="p", newsroom_corrections=[])
    correct(page, "It was Tuesday.")
    twin = translate(ArticlePage.objects.get(pk=page.pk), paper.persian, "رود")
    assert '<time datetime="2026-03-21">۱ فروردین ۱۴۰۵</time>' in read(twin.url)


def test_the_page_of_corrections_lists_them_newest_first_in_its_language(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    first, second = write("First <i>", slug="a"), write("Second", slug="b")
    correct(first, "Older.", date=SPRING)
    correct(second, "Newer.", date=AUTUMN)
    translate(ArticlePage.objects.get(pk=first.pk), paper.persian, "نخست")

    english, persian = read("/en/corrections/"), read("/fa/corrections/")
    assert english.index("Newer.") < english.index("Older.")
    assert '<a href="/en/news/a/"><bdi>First &lt;i&gt;</bdi></a>' in english
    assert "نخست" not in english
    assert '<a href="/fa/news/a/"><bdi dir="rtl">نخست</bdi></a>' in persian
    assert "Newer." not in persian
    assert '<html lang="fa" dir="rtl">' in persian
    for text in (english, persian):
        for code in ("en", "fa"):
            link = f'hreflang="{code}" href="http://localhost/{code}/corrections/"'
            assert link in text


def test_only_corrections_of_what_can_be_read_are_listed(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    assert "No corrections have been published." in read("/en/corrections/")
    private, draft, gone = write(), write(), write()
    for page in (private, draft, gone):
        correct(page, "Hidden.")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    ArticlePage.objects.get(pk=draft.pk).unpublish()
    ArticlePage.objects.filter(pk=gone.pk).update(withdrawn_at="2026-01-01T00:00Z")
    other = ElsewherePage(title="No piece", slug="x", locale=paper.english)
    paper.home.add_child(instance=other)
    Correction.objects.create(page=other, text="Hidden.", locale=paper.english)

    assert "Hidden." not in read("/en/corrections/")


@pytest.mark.parametrize(
    ("number", "shown"), [("", 1), ("2", 2), ("abc", 1), ("-1", 3), ("99", 3), ("0", 3)]
)
def test_the_page_of_corrections_is_turned_like_any_list(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    monkeypatch: pytest.MonkeyPatch,
    number: str,
    shown: int,
) -> None:
    monkeypatch.setattr(correction_views, "PER_PAGE", 2)
    page = write()
    Correction.objects.bulk_create(
        Correction(page=page, text=f"Number {n}.", date=SPRING, locale=paper.english)
        for n in range(5)
    )
    response = get(f"/en/corrections/?page={number}")
    assert response.context["articles"].number == shown
    assert "Page" in response.text


@pytest.mark.parametrize("count", [20, 50])
def test_the_page_of_corrections_takes_the_same_queries_for_20_and_50(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    monkeypatch.setattr(correction_views, "PER_PAGE", 50)
    first = write()
    for number in range(count):
        page = first.copy(update_attrs={"slug": f"c{number}"}, copy_revisions=False)
        Correction.objects.create(page=page, text="Wrong.", locale=paper.english)
    get("/en/corrections/")
    with django_assert_num_queries(6):
        text = get("/en/corrections/").text
    assert text.count('class="nr-correction"') == count


def test_other_methods_and_other_languages_are_refused(paper: SimpleNamespace) -> None:
    assert Client().post("/en/corrections/", headers={"host": "localhost"}).status_code == 405
    assert get("/de/corrections/").status_code in (302, 404)
    paper.home_fa.unpublish()
    assert get("/fa/corrections/").status_code == 404


@pytest.fixture
def published(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    editor: User,
    run_jobs: Callable[[], None],
) -> SimpleNamespace:
    """A piece that went through the desk and is live in both languages."""
    piece = write(
        slug="river", standfirst="Engineers watch the dam.", internal_note="Ask the lawyer twice."
    )
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(piece).get()
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    return SimpleNamespace(
        english=piece, persian=piece.get_translation(paper.persian), translation=translation
    )


def test_a_piece_that_was_corrected_before_its_publication_is_translated_and_published(
    paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> None:
    piece = ArticlePage(title="The river", slug="draft", locale=paper.english, live=False)
    paper.news.add_child(instance=piece)
    for text in ("It rose on Tuesday.", "It rose by 2 %."):
        piece.newsroom_corrections.add(Correction(text=text, date=SPRING, locale=paper.english))
    piece.save_revision()
    actions.request_translation(stored(piece), paper.persian, user=editor)
    run_jobs()
    stored(piece).get_latest_revision().publish(user=editor)
    translation = TranslationJob.objects.get().translation
    actions.approve(translation, user=editor)
    actions.publish(fresh(translation), user=editor)
    for locale in (paper.english, paper.persian):
        assert Correction.objects.filter(page__locale=locale, locale=locale).count() == 2
    assert len(set(Correction.objects.values_list("translation_key"))) == 2


def test_a_correction_is_held_for_review_in_the_other_language(
    published: SimpleNamespace,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    before = read(published.persian.url)
    correct(published.english, "The river rose on Tuesday.", kind="clarification")
    assert "rose on Tuesday" in read(published.english.url)

    actions.request_translation(stored(published.english), paper.persian, user=editor)
    run_jobs()
    job = TranslationJob.objects.first()
    assert (job.status, job.failed) == ("done", 0)
    # Readers keep what they have; the machine's text waits in a draft.
    provenance = re.compile(r'<p class="nr-provenance".*?</p>', re.DOTALL)
    after = read(published.persian.url)
    assert provenance.sub("", after) == provenance.sub("", before)
    assert provenance.findall(after) != provenance.findall(before)
    assert not Correction.objects.filter(page=published.persian).exists()
    draft = stored(published.persian).get_latest_revision_as_object()
    (note,) = draft.newsroom_corrections.all()
    assert (note.kind, note.date, note.locale_id) == ("clarification", SPRING, paper.persian.pk)
    assert note.text not in ("", "The river rose on Tuesday.")
    draft.get_latest_revision().publish(user=editor)
    assert read(published.persian.url) == after

    actions.approve(fresh(published.translation), user=editor)
    assert provenance.sub("", read(published.persian.url)) == provenance.sub("", before)
    actions.publish(fresh(published.translation), user=editor)

    text = read(published.persian.url)
    assert note.text in text
    assert '<time datetime="2026-03-21">۱ فروردین ۱۴۰۵</time>' in text
    assert note.text in read("/fa/corrections/")
    carried = Correction.objects.get(page=published.persian)
    original = Correction.objects.get(page=published.english)
    assert carried.translation_key == original.translation_key
    assert carried.locale_id == paper.persian.pk


def test_a_correction_that_changed_or_was_taken_back_is_carried_too(
    published: SimpleNamespace,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    def carry() -> list[str]:
        actions.request_translation(stored(published.english), paper.persian, user=editor)
        run_jobs()
        actions.approve(fresh(published.translation), user=editor)
        actions.publish(fresh(published.translation), user=editor)
        notes = Correction.objects.filter(page=published.persian)
        return list(notes.values_list("text", flat=True))

    correct(published.english, "The river rose on Tuesday.")
    correct(published.english, "The dam is of earth.", date=AUTUMN)
    first = carry()
    assert len(set(first)) == 2
    key = Correction.objects.filter(page=published.persian).order_by("pk").first()

    page = ArticlePage.objects.get(pk=published.english.pk)
    note, other = page.newsroom_corrections.all()
    note.text = "The river rose on Wednesday."
    page.newsroom_corrections = [note]
    page.save_revision().publish()
    (second,) = carry()
    assert second not in first
    assert key is not None
    assert Correction.objects.get(page=published.persian).translation_key == note.translation_key


def test_a_note_to_editors_goes_nowhere(
    published: SimpleNamespace, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> None:
    secret = "Ask the lawyer twice."
    assert published.english.internal_note == secret
    # Neither in the other language's page, nor in its drafts.
    assert published.persian.internal_note == ""
    for revision in published.persian.revisions.all():
        assert secret not in str(revision.content)
    # Neither among the strings to translate, nor in the memory.
    assert not String.objects.filter(data__contains="lawyer").exists()
    assert not StringTranslation.objects.filter(data__contains="lawyer").exists()
    assert not MemoryEntry.objects.filter(source_text__contains="lawyer").exists()
    # Neither on the page, nor in a list, nor in what search engines index.
    for url in (published.english.url, "/en/news/", published.persian.url, "/en/corrections/"):
        assert "lawyer" not in read(url)
    assert not ArticlePage.objects.search("lawyer").count()
    assert "internal_note" not in [field.field_name for field in ArticlePage.search_fields]
    assert "internal_note" not in [field.name for field in ArticlePage.api_fields]

    # A note that an editor of the other language wrote is that language's, and stays.
    twin = ArticlePage.objects.get(pk=published.persian.pk)
    ArticlePage.objects.filter(pk=twin.pk).update(internal_note="Their own.")
    correct(published.english, "The river rose on Tuesday.")
    actions.request_translation(stored(published.english), paper.persian, user=editor)
    run_jobs()
    assert stored(twin).get_latest_revision_as_object().internal_note == "Their own."


def test_reading_a_piece_asks_for_its_corrections_once(
    write: Callable[..., ArticlePage],
) -> None:
    page = write(slug="p")
    correct(page, "Above.", position="top")
    correct(page, "Below.", position="bottom")
    with CaptureQueriesContext(connection) as queries:
        read(page.url)
    assert sum('FROM "wagtail_newsroom_correction"' in each["sql"] for each in queries) == 1
