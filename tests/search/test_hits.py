"""What is found, the same on SQLite and PostgreSQL, by Wagtail's own search."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from tests.search.indexing import update_index
from wagtail_newsroom.models import ArticlePage, Author
from wagtail_newsroom.search.queries import search_query

TEXTS = {
    "zwnj": "او هر روز به دریا می‌رود.",
    "space": "او هر روز به دریا می رود.",
    "glued": "او هر روز به دریا ميرود.",
    "river": "این رود آرام است و مردم می‌گویند زیباست.",
    "marks": "مُعَلِّم آمد.",
    "plain": "معلم رفت.",
    "arabic": "علي كاظمي در سال ١٣٩٨",
    "persian": "علی کاظمی در سال ۱٬۳۹۸",
    "latin": "Ali in 1398 at the café",
    "ezafe": "خانهٔ بزرگ",
    "acronym": "سخنگوی «PMOI/MEK» گفت:«ایران»، و",
    "plural": "کتاب‌های بین‌المللی",
}
HITS = {
    "می‌رود": "zwnj space glued",
    "می رود": "zwnj space glued",
    "میرود": "zwnj space glued",
    "ميرود": "zwnj space glued",
    "رود": "zwnj space river",
    "معلم": "marks plain",
    "مُعَلِّم": "marks plain",
    "علي": "arabic persian",
    "علی کاظمی": "arabic persian",
    "كاظمي": "arabic persian",
    "1398": "arabic persian latin",
    "۱۳۹۸": "arabic persian latin",
    "١٬٣٩٨": "arabic persian latin",
    "cafe": "latin",
    "CAFÉ": "latin",
    "خانه": "ezafe",
    "خانه‌ی": "ezafe",
    "خانهٔ": "ezafe",
    "pmoi": "acronym",
    "MEK": "acronym",
    "«PMOI/MEK»": "acronym",
    "ایران": "acronym",
    "کتاب": "plural",
    "کتاب های": "plural",
    "كتابهای": "plural",
    "بین المللی": "plural",
    "بین‌المللی": "plural",
    "دریا آرام": "",
    "nothing": "",
}


@pytest.fixture
def texts(write: Callable[..., ArticlePage]) -> None:
    for name, text in TEXTS.items():
        write(title=f"piece {name}", body=[("paragraph", f"<p>{text}</p>")])
    update_index()


@pytest.mark.usefixtures("texts")
def test_all_spellings_find_each_other_in_bodies() -> None:
    found = {
        asked: " ".join(
            name
            for name in TEXTS
            if f"piece {name}" in {page.title for page in Page.objects.search(search_query(asked))}
        )
        for asked in HITS
    }
    assert found == HITS


@pytest.mark.parametrize("asked", ["می رود", "میرود", "مي‌رود"])
def test_headline_kicker_and_standfirst_are_folded(
    asked: str, write: Callable[..., ArticlePage]
) -> None:
    for field in ("title", "kicker", "short_title", "standfirst", "dateline", "lead_image_caption"):
        page = write(**{field: "او می‌رود"})
        update_index()
        assert list(Page.objects.search(search_query(asked))) == [page.page_ptr], field
        page.delete()


def test_note_to_editors_is_not_found(write: Callable[..., ArticlePage]) -> None:
    write(internal_note="ask Zarathustra", standfirst="ask nobody")
    update_index()
    assert list(Page.objects.search("nobody"))
    assert not list(Page.objects.search("zarathustra"))


def test_words_of_nested_blocks_are_found(write: Callable[..., ArticlePage]) -> None:
    page = write(
        body=[
            ("quote", {"text": "Nous irons", "attribution": "Mina Farrow"}),
            ("list", ["<p>tulip</p>"]),
        ]
    )
    update_index()
    for asked in ("irons", "farrow", "tulip"):
        assert list(Page.objects.search(search_query(asked))) == [page.page_ptr]


def test_sections_and_authors_are_folded(paper: SimpleNamespace) -> None:
    paper.news_fa.introduction = "كتاب‌ها"
    paper.news_fa.save_revision().publish()
    update_index()
    assert [page.pk for page in Page.objects.search(search_query("کتاب"))] == [paper.news_fa.pk]
    author = Author.objects.create(
        name="علي كاظمي", slug="ali", locale=paper.persian, bio="<p>معلّم</p>"
    )
    update_index()
    backend = get_search_backend()
    for asked in ("علی", "معلم"):
        assert list(backend.search(search_query(asked), Author)) == [author]
    assert list(backend.autocomplete("علی کا", Author)) == [author]


@pytest.mark.parametrize(
    "asked",
    [
        '"',
        "'",
        "' OR 1=1 --",
        "river AND (",
        "NEAR(river, 2)",
        "river*",
        "^title:river",
        "-river",
        "river\0",
        "%s %(x)s %",
        "\\",
        "🙂",
        "a:* & !b | <->",
        "x" * 10_000,
        "river " * 2_000,
        "{title} : river",
    ],
)
@pytest.mark.usefixtures("article")
def test_hostile_queries_are_words(asked: str) -> None:
    query = search_query(asked)
    if query is not None:
        list(Page.objects.search(query))
        list(Page.objects.autocomplete(query))
