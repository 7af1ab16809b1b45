"""A withdrawn piece: a notice in its place, in all languages at once, and nothing left elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.signals import page_published, page_unpublished

from tests.conftest import ALL, person
from tests.publishing.conftest import translate
from tests.testapp.models import ReportIndexPage, ReportPage
from wagtail_newsroom.articles.queries import pieces_below, readable
from wagtail_newsroom.articles.withdrawal import RESTORED, WITHDRAWN, restore, withdraw
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.desk.gate import reasons_against
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import ArticleMixin, ArticlePage, Correction
from wagtail_newsroom.publishing.alternates import alternates

NOTICE = "The letter that it rests on was forged."


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    cache.clear()


@pytest.fixture
def pair(paper: SimpleNamespace, write: Callable[..., ArticlePage]) -> SimpleNamespace:
    """A piece that readers have in both languages."""
    english = write(
        "The letter",
        slug="letter",
        standfirst="It was written in ink.",
        internal_note="Ask the lawyer.",
        newsroom_corrections=[Correction(text="The date was wrong.", locale=paper.english)],
    )
    return SimpleNamespace(english=english, persian=translate(english, paper.persian, "نامه"))


@pytest.fixture
def english_editor(paper: SimpleNamespace) -> User:
    """May publish in English only."""
    return person("english-editor", pages=[(paper.home, code) for code in ALL])


def again(page: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def get(url: str) -> Any:
    return Client().get(url, headers={"host": "localhost"})


def test_readers_get_the_notice_in_every_language_and_nothing_of_the_piece(
    pair: SimpleNamespace, editor: User
) -> None:
    pages = withdraw(pair.english, NOTICE, user=editor, other_notices={"fa": "نامه جعلی بود. <b>"})
    assert {page.pk for page in pages} == {pair.english.pk, pair.persian.pk}

    english, persian = get(pair.english.url), get(pair.persian.url)
    for response in (english, persian):
        assert response.status_code == 410
        assert response["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex,follow">' in response.text
        assert 'rel="alternate" hreflang' not in response.text
        for hidden in ("river <b>rose</b>", "written in ink", "lawyer", "date was wrong"):
            assert hidden not in response.text
    assert "<h1><bdi>The letter</bdi></h1>" in english.text
    assert f"<p>{NOTICE}</p>" in english.text
    assert f'<meta name="description" content="{NOTICE}">' in english.text
    assert "<p>نامه جعلی بود. &lt;b&gt;</p>" in persian.text


def test_a_language_without_a_notice_is_told_in_its_own_words(
    pair: SimpleNamespace, editor: User
) -> None:
    withdraw(pair.english, NOTICE, user=editor)
    notice = again(pair.persian).withdrawal_notice
    assert notice
    assert NOTICE not in notice


def test_it_leaves_lists_alternates_and_the_sitemap_and_comes_back(
    pair: SimpleNamespace, paper: SimpleNamespace, editor: User
) -> None:
    def found() -> tuple[bool, ...]:
        sitemap = b"".join(get(f"/sitemaps/en/{paper.news.pk}.xml")).decode()
        return (
            "letter" in get("/en/news/").text,
            "letter" in get("/fa/news/").text,
            "letter" in sitemap,
            bool(alternates(again(pair.english))),
            bool(alternates(again(pair.persian))),
            pieces_below(paper.home, ArticleMixin).filter(pk=pair.english.pk).exists(),
            readable(Page.objects.filter(translation_key=pair.english.translation_key)).exists(),
            "The date was wrong" in get("/en/corrections/").text,
        )

    assert all(found())
    withdraw(pair.english, NOTICE, user=editor)
    assert not any(found())
    pages = restore(pair.persian, user=editor)
    assert len(pages) == 2
    assert all(found())
    assert get(pair.english.url).status_code == 200
    assert again(pair.english).withdrawal_notice == ""


def test_only_one_language_of_a_pair_can_be_named_as_readable_after_a_partial_change(
    pair: SimpleNamespace,
) -> None:
    # As a site's own code may do it: then the other language stands alone.
    ArticlePage.objects.filter(pk=pair.persian.pk).update(withdrawn_at=timezone.now())
    assert [each.language_code for each in alternates(pair.english)] == ["en"]
    assert alternates(again(pair.persian)) == []


def test_a_time_that_has_not_come_does_nothing_yet(pair: SimpleNamespace) -> None:
    later = timezone.now() + timedelta(hours=1)
    ArticlePage.objects.filter(pk=pair.english.pk).update(withdrawn_at=later)
    assert not again(pair.english).is_withdrawn
    assert get(pair.english.url).status_code == 200


def test_no_draft_brings_it_back(pair: SimpleNamespace, editor: User) -> None:
    old = pair.english.get_latest_revision()
    withdraw(pair.english, NOTICE, user=editor)
    old.publish(user=editor)
    assert get(pair.english.url).status_code == 410
    new = again(pair.english)
    new.title = "The letter, again"
    new.save_revision().publish(user=editor)
    page = again(pair.english)
    assert (page.title, page.withdrawal_notice) == ("The letter, again", NOTICE)
    assert get(pair.english.url).status_code == 410


def test_a_language_that_was_still_a_draft_cannot_be_published(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    piece = write("The letter", slug="letter")
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    actions.approve(localize.translations_of(piece).get(), user=editor)
    withdraw(piece, NOTICE, user=editor)
    twin = again(piece.get_translation(paper.persian))
    twin.get_latest_revision().publish(user=editor)
    assert get("/fa/news/letter/").status_code in (404, 410)
    assert not readable(Page.objects.filter(pk=twin.pk)).exists()


def test_a_translation_made_afterwards_cannot_be_published(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], editor: User
) -> None:
    piece = write("The letter", slug="letter")
    withdraw(piece, NOTICE, user=editor)
    twin = again(piece).copy_for_translation(paper.persian)
    assert twin.withdrawn_at is None
    assert twin.withdrawal_notice == ""
    assert reasons_against(twin)[0] == "It was withdrawn in English."
    twin.get_latest_revision().publish()
    assert get("/fa/news/letter/").status_code == 404


def test_a_copy_is_a_piece_of_its_own(pair: SimpleNamespace, editor: User) -> None:
    withdraw(pair.english, NOTICE, user=editor)
    copy = again(pair.english).copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert get(copy.url).status_code == 200
    assert again(copy).internal_note == ""
    correction = copy.newsroom_corrections.get()
    assert correction.translation_key != pair.english.newsroom_corrections.get().translation_key


def test_aliases_go_and_come_back_with_it(
    pair: SimpleNamespace, paper: SimpleNamespace, editor: User
) -> None:
    alias = pair.english.create_alias(parent=paper.home, update_slug="mirror")
    further = alias.create_alias(parent=paper.home, update_slug="mirror-2")
    withdraw(pair.english, NOTICE, user=editor)
    assert [get(page.url).status_code for page in (alias, further)] == [410, 410]
    restore(pair.english, user=editor)
    assert [get(page.url).status_code for page in (alias, further)] == [200, 200]
    with pytest.raises(Declined, match="withdrawn already|alias"):
        withdraw(again(alias), NOTICE, user=editor)


@pytest.mark.parametrize("act", [lambda page, user: withdraw(page, NOTICE, user=user), restore])
def test_who_may_not_publish_every_language_changes_nothing(
    pair: SimpleNamespace, english_editor: User, editor: User, act: Any
) -> None:
    if act is restore:
        withdraw(pair.english, NOTICE, user=editor)
    before = again(pair.english).withdrawn_at
    with pytest.raises(NotAllowed, match="in this language: Persian"):
        act(pair.english, user=english_editor)
    assert again(pair.english).withdrawn_at == before
    assert again(pair.persian).withdrawn_at == before


def test_a_draft_in_another_language_needs_no_permission(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], english_editor: User
) -> None:
    piece = write("The letter")
    translate(piece, paper.persian, "نامه", live=False)
    withdraw(piece, NOTICE, user=english_editor)
    assert again(piece).is_withdrawn


def test_what_makes_no_sense_is_declined(
    pair: SimpleNamespace,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    editor: User,
) -> None:
    cases: list[tuple[Any, str, str]] = [
        (pair.english, "  ", "Say to readers why"),
        (write("Draft", live=False), NOTICE, "not published in any language"),
        (paper.news, NOTICE, "cannot be withdrawn"),
    ]
    for page, notice, reason in cases:
        with pytest.raises(Declined, match=reason):
            withdraw(page, notice, user=editor)
    with pytest.raises(Declined, match="is not withdrawn"):
        restore(pair.english, user=editor)
    withdraw(pair.english, NOTICE, user=editor)
    with pytest.raises(Declined, match="withdrawn already"):
        withdraw(pair.english, NOTICE, user=editor)
    restore(pair.english, user=editor)
    Page.objects.filter(pk=pair.persian.pk).update(locked=True)
    with pytest.raises(Declined, match="Persian page is locked"):
        withdraw(pair.english, NOTICE, user=editor)
    assert not again(pair.english).is_withdrawn


def test_update_that_waits_for_its_time_keeps_no_piece_from_being_withdrawn(
    pair: SimpleNamespace, editor: User
) -> None:
    page = again(pair.english)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    # Wagtail locks what is scheduled.
    assert again(pair.english).get_lock().for_user(editor)
    withdraw(pair.english, NOTICE, user=editor)
    assert again(pair.english).is_withdrawn
    assert again(pair.persian).is_withdrawn


def test_both_are_logged_and_told_to_caches(pair: SimpleNamespace, editor: User) -> None:
    heard: list[tuple[str, int]] = []

    def gone(instance: Page, **kwargs: Any) -> None:
        heard.append(("gone", instance.pk))

    def back(instance: Page, **kwargs: Any) -> None:
        heard.append(("back", instance.pk))

    page_unpublished.connect(gone)
    page_published.connect(back)
    try:
        withdraw(pair.english, NOTICE, user=editor)
        restore(pair.english, user=editor)
    finally:
        page_unpublished.disconnect(gone)
        page_published.disconnect(back)
    keys = (pair.english.pk, pair.persian.pk)
    assert heard == [*(("gone", pk) for pk in keys), *(("back", pk) for pk in keys)]
    entries = PageLogEntry.objects.filter(action__in=[WITHDRAWN, RESTORED]).order_by("pk")
    assert [(entry.action, entry.page_id, entry.user) for entry in entries] == [
        *((WITHDRAWN, pk, editor) for pk in keys),
        *((RESTORED, pk, editor) for pk in keys),
    ]
    assert entries[0].message == "Withdrawn from readers"


def test_a_sites_own_article_is_withdrawn_too(paper: SimpleNamespace, editor: User) -> None:
    index = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    paper.home.add_child(instance=index)
    report = ReportPage(title="Report", slug="report", locale=paper.english)
    index.add_child(instance=report)
    withdraw(report, NOTICE, user=editor)
    assert get(report.url).status_code == 410
    assert not readable(Page.objects.filter(pk=report.pk)).exists()


def test_the_rule_costs_no_query(pair: SimpleNamespace, editor: User) -> None:
    counts = []
    for _ in range(2):
        get("/en/news/")
        with CaptureQueriesContext(connection) as queries:
            get("/en/news/")
            get("/sitemap.xml")
        counts.append(len(queries))
        withdraw(pair.english, NOTICE, user=editor) if len(counts) == 1 else None
    # An empty list is not asked for its cards.
    assert counts[1] <= counts[0]


def admin(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_editor_withdraws_and_restores_in_the_admin(pair: SimpleNamespace, editor: User) -> None:
    client = admin(editor)
    url = reverse("wagtail_newsroom_withdraw", args=[pair.english.pk])
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[pair.english.pk])).text
    form = client.get(url).text
    assert "Readers have it in: English · Persian." in form
    assert 'lang="fa" dir="rtl"' in form

    empty = client.post(url, {"notice_en": " ", "notice_fa": ""})
    assert empty.status_code == 200
    assert not again(pair.english).is_withdrawn

    response = client.post(url, {"notice_en": NOTICE, "notice_fa": "جعلی بود."}, follow=True)
    assert "is withdrawn" in response.text
    assert again(pair.english).withdrawal_notice == NOTICE
    assert again(pair.persian).withdrawal_notice == "جعلی بود."
    twice = client.post(url, {"notice_en": NOTICE})
    assert "The piece is withdrawn already." in twice.text

    back = reverse("wagtail_newsroom_restore", args=[pair.english.pk])
    assert back in client.get(reverse("wagtailadmin_pages:edit", args=[pair.english.pk])).text
    assert "It comes back in: English · Persian." in client.get(back).text
    assert again(pair.english).is_withdrawn
    client.post(back)
    assert not again(pair.english).is_withdrawn


def test_the_admin_pages_are_for_those_who_may_publish(
    pair: SimpleNamespace, paper: SimpleNamespace, translator: User, english_editor: User
) -> None:
    for name in ("withdraw", "restore"):
        url = reverse(f"wagtail_newsroom_{name}", args=[pair.persian.pk])
        assert admin(translator).post(url, {"notice_fa": "x"}).status_code == 302
        assert Client().post(url, {"notice_fa": "x"}).status_code == 302
        section = reverse(f"wagtail_newsroom_{name}", args=[paper.news.pk])
        assert admin(english_editor).get(section, follow=True).status_code == 404
    url = reverse("wagtail_newsroom_withdraw", args=[pair.english.pk])
    response = admin(english_editor).post(url, {"notice_en": NOTICE})
    assert "not allowed to publish the piece in this language: Persian" in response.text
    assert not again(pair.english).is_withdrawn
    assert not again(pair.persian).is_withdrawn
