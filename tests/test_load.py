"""The large newspaper for measurements: a sound tree, whole pages, and pages that readers can read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from wagtail_newsroom.articles.queries import pieces_below
from wagtail_newsroom.models import (
    ArticleMixin,
    ArticlePage,
    Author,
    Byline,
    FrontPage,
    NewsIndexPage,
    Tag,
    TaggedPiece,
)

large = pytest.importorskip("benchmarks.load")
measured = pytest.importorskip("benchmarks.pages")

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)


@pytest.fixture
def report(new_site: None) -> Any:
    return large.load(50)


def test_the_newspaper_is_whole(report: Any, client: Client, django_user_model: Any) -> None:
    english, persian = (FrontPage.objects.get(slug=f"load-{code}") for code in ("en", "fa"))

    assert [each for each in Page.find_problems() if each] == []
    assert report.rows["article pages"] == ArticlePage.objects.count() == 100
    assert report.rows["revisions"] == Revision.objects.count() == 100
    assert report.rows["bylines"] == Byline.objects.count() >= 100
    assert report.rows["tagged pieces"] == TaggedPiece.objects.count() >= 100
    assert report.rows["sections"] == NewsIndexPage.objects.count() == 48
    assert (Author.objects.count(), Tag.objects.count()) == (24, 40)
    assert report.lines()[-1].endswith("altogether")

    for home in (english, persian):
        pieces = pieces_below(home, ArticleMixin)
        assert pieces.count() == 50
        assert {piece.locale_id for piece in pieces} == {home.locale_id}
    for piece in ArticlePage.objects.filter(locale=english.locale):
        twin = piece.get_translation(persian.locale)
        assert twin.get_parent().translation_key == piece.get_parent().translation_key
        assert [each.author.translation_key for each in twin.newsroom_bylines.all()] == [
            each.author.translation_key for each in piece.newsroom_bylines.all()
        ]
        assert twin.first_published_at == piece.first_published_at
    own = [page.slug for page in ArticlePage.objects.filter(locale=persian.locale)]
    assert 10 < sum(not slug.isascii() for slug in own) < 40
    assert len({page.url_path for page in Page.objects.all()}) == Page.objects.count()

    # What Wagtail computes anew is what was written.
    for page in ArticlePage.objects.order_by("?")[:5]:
        path = page.url_path
        assert page.set_url_path(page.get_parent()) == path
        page.full_clean()
        draft = page.get_latest_revision_as_object()
        assert [draft.title, draft.body.raw_data[0]["value"]] == [
            page.title,
            page.body.raw_data[0]["value"],
        ]
        assert draft.newsroom_tagged_items.count() == page.newsroom_tagged_items.count()
        assert client.get(page.url, headers={"host": "localhost"}).status_code == 200

    client.force_login(django_user_model.objects.create_superuser("chief"))
    piece = ArticlePage.objects.filter(locale=english.locale).first()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[piece.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:history", args=[piece.pk])).status_code == 200


def test_the_same_number_gives_the_same_newspaper(report: Any) -> None:
    with pytest.raises(FileExistsError):
        large.load(1)
    titles = set(ArticlePage.objects.values_list("title", flat=True))
    assert len(titles) > 90
    large.load(50, slug="again")
    again = ArticlePage.objects.descendant_of(FrontPage.objects.get(slug="again-en"))
    assert again.count() == 50
    assert set(again.values_list("title", flat=True)) < titles
    assert (Author.objects.count(), Tag.objects.count()) == (24, 40)
    assert [each for each in Page.find_problems() if each] == []


def test_each_kind_of_page_is_measured(report: Any) -> None:
    found = measured.addresses("fa")
    assert set(found) >= {"article page", "front page", "section", "archive, all years"}
    queries, milliseconds = measured.measure(found["front page"], 1, pieces=5)
    assert 5 < queries <= 16
    assert milliseconds > 0
    with pytest.raises(Exception, match="answered 404"):
        measured.measure("/en/nowhere/", 1)
