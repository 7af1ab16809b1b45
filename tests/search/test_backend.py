"""The opt-in backend: the admin's own searches find every spelling too."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import MATCH_ALL, MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText

from tests.search.indexing import update_index
from wagtail_newsroom.models import ArticlePage, Author
from wagtail_newsroom.publishing.search_views import find
from wagtail_newsroom.search.queries import folded


@pytest.fixture
def folding(settings: Any) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {"BACKEND": "wagtail_newsroom.search.backends.database"}
    }


@pytest.fixture
def pieces(paper: SimpleNamespace, write: Callable[..., ArticlePage]) -> SimpleNamespace:
    """A piece, a page without folded fields and an author, all in Persian with Arabic letters."""
    piece = write(title="علي می‌رود", parent=paper.news_fa, locale=paper.persian)
    plain = paper.home_fa.add_child(
        instance=Page(title="كتاب‌هاي علي ۱۳۹۸", slug="plain", locale=paper.persian)
    )
    author = Author.objects.create(name="علي كاظمي", slug="ali", locale=paper.persian)
    update_index()
    return SimpleNamespace(piece=piece, plain=plain, author=author)


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    return client


@pytest.mark.usefixtures("folding")
def test_backend_is_that_of_the_database(db: None) -> None:
    backend = get_search_backend()
    kind = {"sqlite": "SQLite", "postgresql": "Postgres"}[connection.vendor]
    assert type(backend).__name__ == f"Folding{kind}SearchBackend"
    assert type(backend) is type(get_search_backend())


@pytest.mark.usefixtures("folding")
def test_options_reach_the_stock_backend(settings: Any, db: None) -> None:
    settings.WAGTAILSEARCH_BACKENDS["default"].update(SEARCH_CONFIG="simple", ATOMIC_REBUILD=False)
    backend = get_search_backend()
    if connection.vendor == "postgresql":
        assert backend.config == "simple"
    assert "Atomic" not in backend.rebuilder_class.__name__


@pytest.mark.usefixtures("folding", "pieces")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("علی", {"piece", "plain"}),
        ("علي", {"piece", "plain"}),
        ("می رود", {"piece"}),
        ("ميرود", {"piece"}),
        ("میرو", {"piece"}),
        ("می‌رو", {"piece"}),
        ("کتاب های", {"plain"}),
        ("کتابه", {"plain"}),
        ("1398", {"plain"}),
        ("139", {"plain"}),
        ("کتابی", set()),
        ("", set()),
        ("«»", set()),
    ],
)
def test_autocomplete_finds_every_spelling(
    asked: str, found: set[str], pieces: SimpleNamespace
) -> None:
    names = {pieces.piece.pk: "piece", pieces.plain.pk: "plain"}
    assert {names[page.pk] for page in Page.objects.autocomplete(asked)} == found


@pytest.mark.usefixtures("folding")
@pytest.mark.parametrize("asked", ["علی", "علي", "می رود"])
def test_page_explorer_and_choosers_find_every_spelling(
    asked: str, pieces: SimpleNamespace, admin: Client
) -> None:
    for name, args in [
        ("wagtailadmin_pages:search", []),
        ("wagtailadmin_explore", [pieces.piece.get_parent().pk]),
        ("wagtailadmin_choose_page_search", []),
    ]:
        response = admin.get(reverse(name, args=args), {"q": asked})
        assert response.status_code == 200
        assert "علي می‌رود" in response.content.decode(), name


@pytest.mark.usefixtures("folding", "pieces")
def test_snippets_and_images_find_every_spelling(pieces: SimpleNamespace) -> None:
    backend = get_search_backend()
    assert list(backend.autocomplete("علی كا", Author)) == [pieces.author]
    assert list(backend.search("كاظمی", Author)) == [pieces.author]
    image = get_image_model()(title="عكس كتاب‌ها", width=1, height=1, file="x.png")
    image.save()
    update_index()
    assert list(backend.search("عکس کتابها", get_image_model())) == [image]


@pytest.mark.usefixtures("pieces")
def test_without_the_backend_editors_find_one_spelling_of_other_pages(
    pieces: SimpleNamespace,
) -> None:
    assert {page.pk for page in Page.objects.autocomplete("علي")} >= {pieces.plain.pk}
    assert pieces.plain.pk not in {page.pk for page in Page.objects.autocomplete("علی")}


@pytest.mark.usefixtures("folding")
def test_one_object_is_indexed_as_all_are(write: Callable[..., ArticlePage]) -> None:
    page = write(title="علي")
    get_search_backend().add(page)
    assert [each.pk for each in Page.objects.search("علی")] == [page.pk]
    page.title = "حسين"
    get_search_backend().add(page)
    assert [each.pk for each in Page.objects.search("حسین")] == [page.pk]
    assert not list(Page.objects.search("علی"))
    get_search_backend().delete(page)
    assert not list(Page.objects.search("حسین"))


@pytest.mark.usefixtures("folding", "pieces")
def test_readers_search_works_by_it_too() -> None:
    page = Client(headers={"host": "localhost"}).get("/fa/search/", {"q": "مي‌رود"})
    assert "<mark>می‌رود</mark>" in page.content.decode()


def test_readers_search_works_by_an_engine_that_is_no_database(
    pieces: SimpleNamespace, paper: SimpleNamespace, settings: Any
) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "tests.search.engine"}}
    assert [page.pk for page in find(paper.home_fa, "علی")] == [pieces.piece.pk]


def text(query: Any) -> str:
    return repr(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (PlainText("علي كا", operator="or"), PlainText("علی کا", operator="or")),
        (Phrase("علي «كا»"), Phrase("علی کا")),
        (
            And([PlainText("علي"), Not(PlainText("كا")), Phrase("!")]),
            And([PlainText("علی"), Not(PlainText("کا"))]),
        ),
        (Or([PlainText("!"), PlainText("؟")]), MATCH_NONE),
        (Boost(PlainText("علي"), 2), Boost(PlainText("علی"), 2)),
        (MATCH_ALL, MATCH_ALL),
        (MATCH_NONE, MATCH_NONE),
        (PlainText("…"), MATCH_NONE),
    ],
    ids=text,
)
def test_queries_of_every_kind_are_folded(query: Any, expected: Any) -> None:
    assert text(folded(query)) == text(expected)
