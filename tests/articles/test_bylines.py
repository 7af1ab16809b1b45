"""Bylines: on every page the authors of its language, whatever way they came there."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from tests.people import credit
from tests.publishing.conftest import translate
from tests.testapp.models import ReportIndexPage, ReportPage
from wagtail_newsroom.articles.bylines import Byline
from wagtail_newsroom.desk.actions import request_translation
from wagtail_newsroom.desk.drafts import build_draft
from wagtail_newsroom.desk.localize import segments, store_person_text, translated_instance
from wagtail_newsroom.models import ArticlePage, Author

Write = Callable[..., ArticlePage]
MakeAuthor = Callable[..., Author]


def names(page: Any) -> list[tuple[str, str, str]]:
    """What a page's bylines say, as it is held or stored: role, name, language."""
    return [
        (byline.role, byline.author.name, byline.author.locale.language_code)
        for byline in page.newsroom_bylines.all()
    ]


def stored(page: Any) -> list[tuple[str, str, str]]:
    return names(type(page).objects.get(pk=page.pk))


def drafted(page: Any) -> list[tuple[str, str, str]]:
    fresh = type(page).objects.get(pk=page.pk)
    return names(fresh.get_latest_revision().as_object())


def test_bylines_keep_their_order_and_roles(write: Write, author: MakeAuthor) -> None:
    page = write()
    credit(page, author("B"), author("A"))
    credit(page, author("C"), role="photographer")
    assert stored(page) == [
        ("writer", "B", "en"),
        ("writer", "A", "en"),
        ("photographer", "C", "en"),
    ]


def test_a_copy_for_translation_names_the_authors_of_its_language(
    paper: SimpleNamespace, write: Write, author: MakeAuthor, in_persian: MakeAuthor
) -> None:
    mina, omid = author("Mina Farrow"), author("Omid Dale")
    in_persian(mina, "مینا فرو")
    page = write()
    credit(page, mina, omid)

    twin = page.copy_for_translation(paper.persian)

    assert stored(twin) == [("writer", "مینا فرو", "fa"), ("writer", "Omid Dale", "fa")]
    assert drafted(twin) == stored(twin)
    assert stored(page) == [("writer", "Mina Farrow", "en"), ("writer", "Omid Dale", "en")]


def test_a_missing_author_is_made_as_a_draft_with_the_sources_fields(
    paper: SimpleNamespace, write: Write, author: MakeAuthor, editor: User
) -> None:
    omid = author(
        "Omid Dale",
        job_title="Harbour correspondent",
        bio="<p>Writes of <b>boats</b>.</p>",
        accounts=[("account", {"url": "https://social.example.org/@omid", "title": "Omid"})],
        user=editor,
        is_organisation=True,
    )
    page = write()
    credit(page, omid)
    page.copy_for_translation(paper.persian)

    twin = omid.get_translation(paper.persian)
    assert (twin.live, twin.has_unpublished_changes) == (False, True)
    assert (twin.first_published_at, twin.live_revision) == (None, None)
    assert (twin.name, twin.job_title, twin.bio) == (omid.name, omid.job_title, omid.bio)
    assert (twin.slug, twin.user, twin.is_organisation) == ("omid-dale", editor, True)
    assert twin.accounts[0].value["url"] == "https://social.example.org/@omid"
    assert twin.latest_revision is not None
    assert twin.latest_revision.as_object().name == "Omid Dale"


def test_a_draft_made_for_a_byline_can_be_translated_as_any_other(
    paper: SimpleNamespace, write: Write, author: MakeAuthor
) -> None:
    omid = author("Omid Dale", job_title="Correspondent")
    page = write()
    credit(page, omid)
    page.copy_for_translation(paper.persian)
    twin = omid.get_translation(paper.persian)

    source, _created = TranslationSource.get_or_create_from_instance(omid)
    translation = Translation.objects.create(source=source, target_locale=paper.persian)
    for segment, text in zip(segments(translation), ("امید دیل", "خبرنگار"), strict=True):
        store_person_text(segment, text, locale=paper.persian, user=None)
    translated_instance(translation).save_revision().publish()

    twin.refresh_from_db()
    assert (twin.live, twin.name, twin.slug) == (True, "امید دیل", "omid-dale")


@pytest.mark.parametrize("is_live", [True, False])
def test_an_author_written_by_hand_is_never_overwritten(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    in_persian: MakeAuthor,
    editor: User,
    run_jobs: Callable[[], None],
    is_live: bool,
) -> None:
    mina = author("Mina Farrow", bio="<p>Writes.</p>")
    twin = in_persian(mina, "مینا فرو", live=is_live, bio="<p>می‌نویسد.</p>")
    before = Author.objects.filter(pk=twin.pk).values().get()
    page = write()
    credit(page, mina)

    request_translation(page, paper.persian, user=editor)
    run_jobs()
    build_draft(Translation.objects.get(), user=editor)

    assert Author.objects.filter(pk=twin.pk).values().get() == before
    assert drafted(page.get_translation(paper.persian)) == [("writer", "مینا فرو", "fa")]


def test_wagtail_localizes_own_submission_overwrites_no_author(
    paper: SimpleNamespace, write: Write, author: MakeAuthor, in_persian: MakeAuthor
) -> None:
    mina, omid = author("Mina Farrow"), author("Omid Dale")
    twin = in_persian(mina, "مینا فرو")
    before = Author.objects.filter(pk=twin.pk).values().get()
    page = write()
    credit(page, mina, omid)

    translate_object(page, [paper.persian])
    translation = Translation.objects.get()
    translation.source.update_from_db()
    translation.save_target(publish=False)

    assert Author.objects.filter(pk=twin.pk).values().get() == before
    persian = page.get_translation(paper.persian)
    assert stored(persian) == [("writer", "مینا فرو", "fa"), ("writer", "Omid Dale", "fa")]
    assert not omid.get_translation(paper.persian).live


def test_what_the_desk_drafts_follows_the_original_and_keeps_its_own_credits(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    in_persian: MakeAuthor,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    mina, omid, lena = author("Mina"), author("Omid"), author("Lena")
    for source, name in ((mina, "مینا"), (omid, "امید"), (lena, "لنا")):
        in_persian(source, name)
    sara = author("سارا", locale=paper.persian)
    page = write()
    credit(page, mina, omid)
    request_translation(page, paper.persian, user=editor)
    run_jobs()
    persian = page.get_translation(paper.persian).get_latest_revision_as_object()
    credit(persian, sara, role="translator")
    assert drafted(persian)[-1] == ("translator", "سارا", "fa")

    english = ArticlePage.objects.get(pk=page.pk)
    english.newsroom_bylines.set(
        [Byline(author=lena, sort_order=0), Byline(author=mina, sort_order=1)]
    )
    english.save_revision().publish()
    translation = Translation.objects.get()
    translation.source.update_from_db()
    build_draft(translation, user=editor)

    assert drafted(persian) == [
        ("writer", "لنا", "fa"),
        ("writer", "مینا", "fa"),
        ("translator", "سارا", "fa"),
    ]
    # And again, with nothing changed.
    build_draft(translation, user=editor)
    assert len(drafted(persian)) == 3


def test_the_live_page_keeps_its_rows_where_nothing_changed(
    paper: SimpleNamespace, write: Write, author: MakeAuthor, in_persian: MakeAuthor
) -> None:
    mina = author("Mina")
    in_persian(mina, "مینا")
    page = write()
    credit(page, mina)
    translate_object(page, [paper.persian])
    persian = page.get_translation(paper.persian)
    persian.get_latest_revision().publish()
    before = list(Byline.objects.filter(page=persian).values())

    translation = Translation.objects.get()
    translation.source.update_from_db()
    build_draft(translation, user=None).publish()

    assert list(Byline.objects.filter(page=persian).values()) == before
    assert before[0]["is_carried"]


def test_a_preview_of_a_translation_makes_no_author(
    paper: SimpleNamespace, write: Write, author: MakeAuthor
) -> None:
    page = write()
    translate_object(page, [paper.persian])
    credit(page, author("Mina"))
    translation = Translation.objects.get()
    translation.source.update_from_db()

    instance = translated_instance(translation)

    assert names(instance) == [("writer", "Mina", "en")]
    assert Author.objects.count() == 1


def test_an_alias_in_another_language_names_that_languages_authors(
    paper: SimpleNamespace, write: Write, author: MakeAuthor, in_persian: MakeAuthor
) -> None:
    mina, omid = author("Mina"), author("Omid")
    in_persian(mina, "مینا")
    page = write()
    credit(page, mina)
    alias = page.copy_for_translation(paper.persian, alias=True)
    assert stored(alias) == [("writer", "مینا", "fa")]
    rows = list(Byline.objects.filter(page=page).values_list("pk", flat=True))

    page = ArticlePage.objects.get(pk=page.pk)
    credit(page, omid)

    assert stored(alias) == [("writer", "مینا", "fa"), ("writer", "Omid", "fa")]
    assert stored(page) == [("writer", "Mina", "en"), ("writer", "Omid", "en")]
    assert rows[0] in Byline.objects.filter(page=page).values_list("pk", flat=True)


def test_a_foreign_author_chosen_by_hand_becomes_the_pages_own(
    paper: SimpleNamespace, write: Write, author: MakeAuthor, in_persian: MakeAuthor
) -> None:
    mina = author("Mina")
    in_persian(mina, "مینا")
    persian = translate(write(), paper.persian, "رود")
    credit(persian, mina)
    assert stored(persian) == drafted(persian) == [("writer", "مینا", "fa")]
    assert not Byline.objects.get(page=persian).is_carried


def test_a_new_page_without_a_locale_takes_its_parents(
    paper: SimpleNamespace, author: MakeAuthor, in_persian: MakeAuthor
) -> None:
    mina = author("Mina")
    in_persian(mina, "مینا")
    page = ArticlePage(title="رود", slug="rud", newsroom_bylines=[Byline(author=mina)])
    paper.news_fa.add_child(instance=page)
    assert page.locale == paper.persian
    assert stored(page) == [("writer", "مینا", "fa")]


def test_a_sites_own_page_class_is_aligned_too(
    paper: SimpleNamespace, author: MakeAuthor, in_persian: MakeAuthor
) -> None:
    mina = author("Mina")
    in_persian(mina, "مینا")
    index = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    paper.home.add_child(instance=index)
    translate(index, paper.persian, "گزارش‌ها")
    report = ReportPage(title="Report", slug="report", locale=paper.english)
    index.add_child(instance=report)
    credit(report, mina)
    assert stored(report.copy_for_translation(paper.persian)) == [("writer", "مینا", "fa")]


def test_a_page_copied_in_its_language_keeps_its_authors(write: Write, author: MakeAuthor) -> None:
    page = write()
    credit(page, author("Mina"))
    page = ArticlePage.objects.get(pk=page.pk)
    assert stored(page.copy(update_attrs={"slug": "again"})) == [("writer", "Mina", "en")]
    assert Author.objects.count() == 1


def test_persian_pieces_get_english_authors(paper: SimpleNamespace, author: MakeAuthor) -> None:
    page = ArticlePage(title="رود", slug="rud", locale=paper.persian)
    paper.news_fa.add_child(instance=page)
    credit(page, author("مینا فرو", locale=paper.persian))
    twin = page.copy_for_translation(paper.english)
    assert stored(twin) == [("writer", "مینا فرو", "en")]
    made = Author.objects.get(locale=paper.english)
    assert not made.live
    made.name = "Mina Farrow"
    made.save_revision().publish()
    assert Author.objects.get(pk=made.pk).slug == "mina-farrow"


def test_two_saves_at_once_make_one_author(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    monkeypatch: pytest.MonkeyPatch,
    in_persian: MakeAuthor,
) -> None:
    from wagtail_newsroom.articles import counterparts

    mina = author("Mina")
    there = in_persian(mina, "مینا")
    # As if somebody else had made it between the look and the write.
    assert counterparts.make_counterpart(mina, paper.persian) == there


def test_saving_a_page_whose_bylines_are_right_costs_one_query_and_none_without(
    write: Write, author: MakeAuthor, django_assert_num_queries: Any
) -> None:
    from wagtail_newsroom.articles.bylines import align

    page = write()
    with django_assert_num_queries(0):
        align(page, make_missing=True)
    page.newsroom_bylines = [Byline(author=author(f"A{count}")) for count in range(20)]
    with django_assert_num_queries(1):
        align(page, make_missing=True)


def test_a_draft_that_names_a_deleted_author_can_still_be_opened(
    write: Write, author: MakeAuthor
) -> None:
    page, gone, stays = write(), author("Gone"), author("Stays")
    page.newsroom_bylines = [Byline(author=gone), Byline(author=stays, sort_order=1)]
    revision = page.save_revision()
    Author.objects.filter(pk=gone.pk).delete()
    assert names(Revision.objects.get(pk=revision.pk).as_object()) == [("writer", "Stays", "en")]


def test_an_author_in_use_is_protected(write: Write, author: MakeAuthor) -> None:
    mina = author("Mina")
    credit(write(), mina)
    with pytest.raises(ProtectedError):
        mina.delete()


def test_deletion_in_the_admin_names_the_pieces_in_the_way(
    write: Write, author: MakeAuthor, admin_client: Client
) -> None:
    mina, free = author("Mina"), author("Free")
    credit(write("Named & live"), mina)
    draft = write("Named in a draft")
    draft.newsroom_bylines = [Byline(author=mina)]
    draft.save_revision()
    url = f"/admin/snippets/wagtail_newsroom/author/delete/{mina.pk}/"

    shown = admin_client.get(url).text
    assert "Named &amp; live" in shown
    assert "Named in a draft" in shown
    assert "Yes, delete" not in shown
    refused = admin_client.post(url)
    assert "Named in a draft" in refused.text
    assert Author.objects.filter(pk=mina.pk).exists()

    admin_client.post(f"/admin/snippets/wagtail_newsroom/author/delete/{free.pk}/")
    assert not Author.objects.filter(pk=free.pk).exists()


def test_deletion_of_many_in_the_admin_keeps_those_that_pieces_name(
    write: Write, author: MakeAuthor, admin_client: Client
) -> None:
    live, drafted, free = author("Live"), author("Drafted"), author("Free")
    credit(write(), live)
    draft = write()
    draft.newsroom_bylines = [Byline(author=drafted)]
    draft.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtail_newsroom", "author", "delete"])

    def delete(*authors: Author) -> str:
        keys = "&".join(f"id={each.pk}" for each in authors)
        back = reverse("wagtailsnippets_wagtail_newsroom_author:list")
        return admin_client.post(f"{url}?{keys}&next={back}", follow=True).text

    told = delete(live, drafted)
    assert "Pieces name “Live”, so it was not deleted." in told
    assert "Pieces name “Drafted”, so it was not deleted." in told
    assert Author.objects.count() == 3
    assert "Pieces name “Drafted”" in delete(drafted, free)
    assert set(Author.objects.values_list("name", flat=True)) == {"Live", "Drafted"}
