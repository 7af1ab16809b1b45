"""Copies and aliases of what nobody reviewed: none of them goes live without the mark."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from wagtail_newsroom.desk import actions, localize, memory
from wagtail_newsroom.desk.copies import LONG
from wagtail_newsroom.desk.gate import DECLINED, reasons_against
from wagtail_newsroom.desk.provenance import Kind, facts_of
from wagtail_newsroom.models import ArticlePage, MemoryEntry, Provenance
from wagtail_newsroom.segments.keys import visible_text

from .reviewing import browse


def drafted(
    piece: ArticlePage, paper: SimpleNamespace, run_jobs: Callable[[], None]
) -> ArticlePage:
    """Have a piece drafted in Persian by the machine; return the draft."""
    actions.request_translation(piece, paper.persian, user=None)
    run_jobs()
    found: ArticlePage = piece.get_translation(paper.persian)
    return found


@pytest.fixture
def draft(
    article: ArticlePage, paper: SimpleNamespace, run_jobs: Callable[[], None]
) -> ArticlePage:
    """A Persian machine draft of short texts that nobody has approved."""
    page = drafted(article, paper, run_jobs)
    assert max(len(visible_text(text)) for text in localize.texts_of(page)) < LONG
    return page


def fresh(page: Any) -> Any:
    """Return a page as it is stored."""
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def labelled(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    run_jobs: Callable[[], None],
    settings: Any,
) -> ArticlePage:
    """A live Persian page that nobody approved, under a policy that is strict again."""
    long = "Engineers watch the dam while the river goes on rising all night."
    page = drafted(write(standfirst=long), paper, run_jobs)
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    page.get_latest_revision().publish()
    settings.WAGTAIL_NEWSROOM_POLICY = "review"
    page = fresh(page)
    assert page.live
    return page


def test_copy_of_an_unreviewed_page_is_stored_as_a_draft(
    labelled: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    answer = browse(editor).post(
        reverse("wagtailadmin_pages:copy", args=[labelled.pk]),
        {
            "new_title": "نسخه",
            "new_slug": "a-copy",
            "new_parent_page": str(paper.news_fa.pk),
            "publish_copies": "on",
        },
    )
    assert answer.status_code == 302
    copy = ArticlePage.objects.get(slug="a-copy")
    assert (copy.live, copy.has_unpublished_changes) == (False, True)
    assert (copy.first_published_at, copy.last_published_at) == (None, None)
    assert copy.live_revision_id is None
    assert PageLogEntry.objects.filter(page=copy.pk, action=DECLINED).count() == 1
    assert not PageLogEntry.objects.filter(page=copy.pk, action="wagtail.publish").exists()
    # Nor does it go live afterwards.
    copy.get_latest_revision().publish(user=editor)
    assert not fresh(copy).live
    assert fresh(labelled).live


def test_copy_of_an_unreviewed_page_with_short_texts_alone_is_a_draft_too(
    article: ArticlePage, draft: ArticlePage, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    draft.get_latest_revision().publish()
    page = fresh(draft)
    copy = fresh(page.copy(update_attrs={"slug": "a-copy"}, keep_live=True))
    assert (copy.live, copy.live_revision_id, copy.last_published_at) == (False, None, None)
    assert PageLogEntry.objects.filter(page=copy.pk, action=DECLINED).count() == 1
    # A copy of the original is nobody's draft.
    assert fresh(article.copy(update_attrs={"slug": "another"}, keep_live=True)).live


def test_reasons_say_where_the_words_of_a_copy_are_approved(
    draft: ArticlePage, labelled: ArticlePage, paper: SimpleNamespace
) -> None:
    page = fresh(draft)
    copy = fresh(page.copy(update_attrs={"slug": "a-copy"}, keep_live=False))
    count = Provenance.objects.filter(object_id=copy.translation_key).count()
    assert reasons_against(copy.get_latest_revision_as_object()) == [
        f"{count} passages are drafts of other pieces that nobody has approved there. Approve "
        "them there, or write them anew here."
    ]
    pasted = by_hand(paper, labelled.standfirst)
    assert reasons_against(pasted) == [
        "1 passage is a draft of another piece that nobody has approved there. Approve it there, "
        "or write it anew here."
    ]


def test_copy_of_an_approved_page_is_live(draft: ArticlePage, editor: User) -> None:
    translation = localize.find_translation_to(draft)
    actions.approve(translation, user=editor)
    page = actions.publish(translation, user=editor)
    copy = fresh(page.copy(update_attrs={"slug": "a-copy"}, keep_live=True))
    assert copy.live
    assert copy.first_published_at is not None
    assert copy.live_revision_id is not None


def test_alias_of_an_unreviewed_page_is_marked_and_becomes_a_draft_of_its_own(
    labelled: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    alias = labelled.create_alias(parent=paper.home_fa, update_slug="mirror")
    assert fresh(alias).live
    assert facts_of(fresh(alias)).kind == Kind.MACHINE
    browse(editor).post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    page = fresh(alias)
    assert (page.alias_of_id, page.live, page.live_revision_id) == (None, False, None)
    assert PageLogEntry.objects.filter(page=page.pk, action=DECLINED).count() == 1


def test_alias_of_an_original_becomes_a_live_page_of_its_own(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    alias = article.create_alias(parent=paper.home, update_slug="mirror")
    browse(editor).post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    page = fresh(alias)
    assert (page.alias_of_id, page.live) == (None, True)


def test_alias_of_an_alias_is_marked_and_no_copy_of_one_goes_live(
    draft: ArticlePage, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    draft.get_latest_revision().publish()
    alias = fresh(fresh(draft).create_alias(update_slug="mirror"))
    further = fresh(alias.create_alias(update_slug="mirror-2"))
    assert (further.live, further.alias_of_id) == (True, draft.pk)
    assert facts_of(further).kind == Kind.MACHINE
    assert not fresh(alias.copy(update_attrs={"slug": "a-copy"}, keep_live=True)).live
    browse(editor).post(reverse("wagtailadmin_pages:convert_alias", args=[further.pk]))
    assert (fresh(further).alias_of_id, fresh(further).live) == (None, False)


# Trust


def copy_of(page: ArticlePage, slug: str = "a-copy", *, keep_live: bool = False) -> ArticlePage:
    """Copy a page with its versions, as the admin does."""
    copy: ArticlePage = fresh(page.copy(update_attrs={"slug": slug}, keep_live=keep_live))
    return copy


def publish(page: ArticlePage) -> bool:
    """Publish the latest version of a page; return whether it is live afterwards."""
    page.get_latest_revision().publish()
    return bool(fresh(page).live)


def test_copy_of_a_draft_with_short_texts_alone_does_not_go_live(draft: ArticlePage) -> None:
    copy = copy_of(draft)
    assert not publish(copy)
    assert not publish(copy_of(copy, "a-copy-of-it"))
    rows = Provenance.objects.filter(object_id=copy.translation_key)
    assert {row.copied_from for row in rows} == {draft.translation_key}


def test_declined_copy_of_a_marked_page_does_not_go_live_afterwards(
    draft: ArticlePage, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    assert publish(draft)
    copy = copy_of(fresh(draft), keep_live=True)
    assert not copy.live
    assert not publish(copy)
    assert facts_of(copy).kind == Kind.ORIGINAL


def test_converted_alias_of_a_marked_page_does_not_go_live_afterwards(
    draft: ArticlePage, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_POLICY = "label"
    assert publish(draft)
    alias = fresh(draft).create_alias(update_slug="mirror")
    browse(editor).post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    page = fresh(alias)
    assert not publish(page)


def test_copy_goes_live_once_its_texts_are_approved_where_they_come_from(
    draft: ArticlePage, editor: User
) -> None:
    copy = copy_of(copy_of(draft), "a-copy-of-it")
    assert reasons_against(copy.get_latest_revision_as_object())
    actions.approve(localize.find_translation_to(draft), user=editor)
    assert publish(copy)


def test_approval_of_the_same_words_in_another_piece_is_none_of_a_copy(
    draft: ArticlePage,
    editor: User,
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    run_jobs: Callable[[], None],
) -> None:
    copy = copy_of(draft)
    other = drafted(write(slug="the-same-again"), paper, run_jobs)
    actions.approve(localize.find_translation_to(other), user=editor)
    assert set(localize.texts_of(other)) >= {copy.title}
    assert not publish(copy)


def test_copy_that_a_person_wrote_anew_goes_live(draft: ArticlePage) -> None:
    copy = copy_of(draft).get_latest_revision_as_object()
    copy.title, copy.standfirst, copy.body = "رود", "سخنی دیگر", []
    copy.save_revision()
    assert publish(copy)


def test_draft_of_another_piece_pasted_into_a_copy_is_known(
    draft: ArticlePage, labelled: ArticlePage
) -> None:
    copy = copy_of(draft).get_latest_revision_as_object()
    copy.title, copy.standfirst, copy.body = "رود", labelled.standfirst, []
    copy.save_revision()
    assert not publish(copy)


def test_version_in_another_language_is_no_copy(draft: ArticlePage) -> None:
    rows = Provenance.objects.filter(object_id=draft.translation_key)
    assert set(rows.values_list("copied_from", flat=True)) == {None}


@pytest.mark.parametrize("slug", ["an-original", ""])
def test_copying_asks_a_query_more_and_another_where_drafts_wait(
    article: ArticlePage, draft: ArticlePage, slug: str
) -> None:
    page = article if slug else draft
    with CaptureQueriesContext(connection) as queries:
        page.copy(update_attrs={"slug": "a-copy"}, keep_live=False)
    ours = [one["sql"] for one in queries if "newsroom_provenance" in one["sql"].lower()]
    assert len(ours) == (1 if slug else 2)


LONG_SOURCE = "Engineers watch the dam while the river goes on rising all night."


def by_hand(paper: SimpleNamespace, text: str, *, slug: str = "a-dam") -> ArticlePage:
    """Write a Persian original that holds a text."""
    page = ArticlePage(title="بند", slug=slug, standfirst=text, locale=paper.persian, live=False)
    paper.news_fa.add_child(instance=page)
    return page


def test_words_that_readers_see_already_are_no_copy_of_a_later_draft(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], run_jobs: Callable[[], None]
) -> None:
    draft = drafted(write(standfirst=LONG_SOURCE), paper, run_jobs)
    words = draft.get_latest_revision().as_object().standfirst
    assert len(words) >= LONG
    # The page was there first.
    rows = list(Provenance.objects.all())
    Provenance.objects.all().delete()
    page = by_hand(paper, words)
    page.save_revision().publish()
    Provenance.objects.bulk_create(rows)
    page = fresh(page)
    page.title = "بندی دیگر"
    page.save_revision().publish()
    assert (fresh(page).live, fresh(page).title) == (True, "بندی دیگر")
    # A page that readers do not have yet may be a copy.
    fresh(page).unpublish()
    fresh(page).save_revision().publish()
    assert not fresh(page).live


def test_words_of_the_memory_are_no_copy_of_a_draft_that_has_them_too(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], run_jobs: Callable[[], None]
) -> None:
    words = "مهندسان تمام شب بند را زیر نظر دارند و آب رودخانه هنوز بالا می‌آید."
    memory.remember(
        [(LONG_SOURCE, words)],
        source_language="en",
        target_language="fa",
        origin=MemoryEntry.Origin.IMPORTED,
        user=None,
    )
    drafted(write(standfirst=LONG_SOURCE), paper, run_jobs)
    of_memory = Provenance.objects.get(origin=Provenance.Origin.MEMORY)
    assert of_memory.approved_at is None
    page = by_hand(paper, words)
    page.save_revision().publish()
    assert fresh(page).live
    # The same words from an engine are taken for a copy.
    Provenance.objects.filter(pk=of_memory.pk).update(origin=Provenance.Origin.MACHINE)
    another = by_hand(paper, words, slug="another-dam")
    another.save_revision().publish()
    assert not fresh(another).live
