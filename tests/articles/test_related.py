"""Related pieces: chosen first, then by tags, in the reader's language, none twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from tests.publishing.conftest import translate
from tests.testapp.models import ReportIndexPage, ReportPage
from wagtail_newsroom.articles.related import CANDIDATES, related_to
from wagtail_newsroom.articles.whole import as_own_class, with_own_fields
from wagtail_newsroom.models import ArticleMixin, ArticlePage, NewsIndexPage, Tag, TaggedPiece

DAY = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    cache.clear()


@pytest.fixture
def tag(paper: SimpleNamespace) -> Callable[..., None]:
    """Tags pieces in their own language."""

    def put(name: str, *pieces: Page) -> None:
        for piece in pieces:
            row, _ = Tag.objects.get_or_create(
                locale_id=piece.locale_id, key=name, defaults={"name": name, "slug": name}
            )
            TaggedPiece.objects.create(tag=row, content_object_id=piece.pk)

    return put


def related(page: ArticlePage, at_most: int = 10) -> list[str]:
    return [piece.title for piece in related_to(page, ArticleMixin, at_most=at_most)]


def test_chosen_pieces_come_first_and_in_their_order_then_those_with_most_tags_in_common(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], tag: Callable[..., None]
) -> None:
    first, second = write("Chosen first"), write("Chosen second")
    one_old = write("One tag, old", published_at=DAY)
    one_new = write("One tag, new", published_at=DAY + timedelta(days=1))
    both = write("Two tags", published_at=DAY - timedelta(days=9))
    write("No tag")
    page = write("Page", related_pieces=[("piece", first), ("piece", second), ("piece", first)])
    tag("tide", page, first, one_old, one_new, both)
    tag("harbour", page, both)

    expected = ["Chosen first", "Chosen second", "Two tags", "One tag, new", "One tag, old"]
    assert related(page) == expected
    assert related(page, 3) == expected[:3]
    assert related(page, 0) == []


def test_a_chosen_piece_is_shown_in_the_language_of_the_page(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    there, missing = write("There"), write("Not in Persian")
    page = write("Page", related_pieces=[("piece", missing), ("piece", there)])
    twin = translate(page, paper.persian, "صفحه")
    assert related(twin) == []

    draft = translate(there, paper.persian, "آنجا", live=False)
    assert related(twin) == []
    draft.get_latest_revision().publish()

    assert related(twin) == ["آنجا"]
    assert related(page) == ["Not in Persian", "There"]


def test_only_what_everybody_may_read_on_this_site_is_shown(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], tag: Callable[..., None]
) -> None:
    page = write("Page")
    draft, private, gone = write("Draft", live=False), write("Private"), write("Withdrawn")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    ArticlePage.objects.filter(pk=gone.pk).update(withdrawn_at=DAY)
    other = NewsIndexPage(title="Other", slug="other", locale=paper.english)
    paper.root.add_child(instance=other)
    Site.objects.create(hostname="other.example.org", port=80, root_page=other)
    elsewhere = write("Elsewhere", parent=other)
    open_piece = write("Open")
    tag("tide", page, draft, private, gone, elsewhere, open_piece)
    page.related_pieces = [("piece", each) for each in (draft, private, gone, elsewhere, page)]

    assert related(page) == ["Open"]


def test_a_piece_is_not_related_to_itself_in_any_language(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], tag: Callable[..., None]
) -> None:
    page = write("Page")
    twin = translate(page, paper.persian, "صفحه")
    tag("tide", page)
    page.related_pieces = [("piece", page), ("piece", twin)]
    assert related(page) == []


def test_a_choice_that_was_deleted_or_left_empty_does_no_harm(
    write: Callable[..., ArticlePage],
) -> None:
    gone, there = write("Gone"), write("There")
    page = write("Page", related_pieces=[("piece", gone), ("piece", there)])
    gone.delete()
    page = ArticlePage.objects.get(pk=page.pk)
    page.related_pieces.raw_data.append({"type": "piece", "value": None, "id": "x"})
    assert related(page) == ["There"]
    assert related(ArticlePage(title="Not saved")) == []


def test_pieces_of_a_sites_own_class_are_its_own_and_come_without_bodies_in_one_query(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    tag: Callable[..., None],
    django_assert_num_queries: Any,
) -> None:
    index = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    paper.home.add_child(instance=index)
    report = ReportPage(title="Report", slug="report", locale=paper.english, verdict="Fine")
    index.add_child(instance=report)
    piece, page = write("Piece"), write("Page")
    tag("tide", page, piece, report)
    # The sites' roots stand in the cache.
    related(page)

    with django_assert_num_queries(1):
        found = related_to(page, ArticleMixin, at_most=4)
        assert {type(each) for each in found} == {ArticlePage, ReportPage}
        assert {each.lead_image for each in found} == {None}
        own = next(each for each in found if isinstance(each, ReportPage))
        assert (own.verdict, own.shown_short_title) == ("Fine", "Report")
    assert "body" in found[0].get_deferred_fields()
    assert found[0] == type(found[0]).objects.get(pk=found[0].pk)


def test_a_tag_on_very_many_pieces_is_looked_at_in_part(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], tag: Callable[..., None]
) -> None:
    page = write("Page")
    for number in range(CANDIDATES + 1):
        tag("tide", write(f"Piece {number}", live=number == 0, body=[]))
    tag("tide", page)
    assert related(page) == []


def test_readers_see_them_with_short_headlines_and_labels(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    tag: Callable[..., None],
    client: Client,
) -> None:
    page = write("Page", slug="page")
    tag("tide", page, write("A long headline", short_title="Short <b>", article_type="opinion"))
    text = client.get("/en/news/page/", headers={"host": "localhost"}).text
    shown = text[text.index('class="nr-related"') :]
    assert "<bdi>Short &lt;b&gt;</bdi>" in shown
    assert "Opinion" in shown
    assert "nr-related" not in client.get(write().url, headers={"host": "localhost"}).text


def test_a_piece_that_stands_in_the_body_is_not_shown_again_below(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    tag: Callable[..., None],
    client: Client,
) -> None:
    chosen, alike = write("Chosen & named"), write("Alike & named")
    tag("tide", alike)
    persian = translate(chosen, paper.persian, "برگزیده")
    body = [
        ("related_piece", {"page": persian, "note": ""}),
        ("related_piece", {"page": alike, "note": ""}),
        ("related_piece", None),
    ]
    page = write("Page", slug="page", body=body, related_pieces=[("piece", chosen)])
    tag("tide", page, write("Below"))
    context = client.get("/en/news/page/", headers={"host": "localhost"})
    assert [piece.title for piece in context.context["related"]] == ["Below"]
    assert context.text.count("Chosen &amp; named") == 1
    assert context.text.count("Alike &amp; named") == 1


def test_no_class_of_pages_is_nothing_to_join(db: None) -> None:
    pages = Page.objects.all()
    assert with_own_fields(pages, []) is pages
    assert as_own_class(Page(title="Base")).title == "Base"
