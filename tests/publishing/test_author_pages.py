"""Authors' pages, the list of them, and credits on a piece, as readers get them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ContentType, PageViewRestriction

from tests.people import credit
from tests.publishing.conftest import restrict, translate
from wagtail_newsroom.articles.alphabet import sort_key
from wagtail_newsroom.articles.credits import credits_of, join_names, sentence
from wagtail_newsroom.models import ArticlePage, Author, Byline
from wagtail_newsroom.publishing import author_views

Write = Callable[..., ArticlePage]
MakeAuthor = Callable[..., Author]
HOST = {"host": "localhost"}

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile")

PERSIAN = {
    "By %(names)s": "نوشتهٔ %(names)s",
    "Translated by %(names)s": "ترجمهٔ %(names)s",
    "Photographs: %(names)s": "عکس: %(names)s",
    "%(names)s, %(name)s": "%(names)s، %(name)s",
    "%(names)s and %(name)s": "%(names)s و %(name)s",
}


@pytest.fixture
def persian_words() -> Iterator[None]:
    """Puts the Persian of these sentences into the loaded catalogue, as gettext finds it."""
    with translation.override("fa"):
        translation.gettext("x")
    catalogue = trans_real.translation("fa")._catalog
    for english, persian in PERSIAN.items():
        for context in ("credit", "list of names, going on", "list of names, its end"):
            catalogue[f"{context}\x04{english}"] = persian
    yield
    trans_real._translations.clear()


def bylines(text: str) -> list[str]:
    """The lines of credits on a page, with their markup."""
    return [
        " ".join(line.split())
        for line in re.findall(r'<p class="nr-byline [^"]*">(.*?)</p>', text, re.DOTALL)
    ]


def visible(line: str) -> str:
    return re.sub(r"<[^>]+>", "", line)


def test_credits_are_sentences_with_names_that_lead_to_their_pages(
    write: Write,
    author: MakeAuthor,
    client: Client,
) -> None:
    page = write(slug="late")
    credit(page, author("Mina Farrow"), author("Omid Dale"), author("Lena Voss"))
    credit(page, author("Harbour Wire", is_organisation=True), role="agency")
    credit(page, author("Sara Quill"), role="photographer")

    lines = bylines(client.get("/en/news/late/", headers=HOST).text)

    assert [visible(line) for line in lines] == [
        "By Mina Farrow, Omid Dale and Lena Voss",
        "Agency: Harbour Wire",
        "Photographs: Sara Quill",
    ]
    assert lines[2] == (
        'Photographs: <a class="nr-byline__name" rel="author" href="/en/authors/sara-quill/">'
        "<bdi>Sara Quill</bdi></a>"
    )


def test_credits_read_right_in_persian(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    in_persian: MakeAuthor,
    client: Client,
    persian_words: None,
) -> None:
    page = write(slug="late")
    people = [author("Mina Farrow"), author("Omid Dale"), author("Lena Voss")]
    for source, name in zip(people, ("مینا فرو", "امید دیل", "لنا وُس"), strict=True):
        in_persian(source, name)
    credit(page, *people)
    twin = translate(page, paper.persian, "دیر")
    credit(twin, author("سارا قلم", locale=paper.persian), role="translator")

    lines = bylines(client.get("/fa/news/late/", headers=HOST).text)

    assert [visible(line) for line in lines] == [
        "نوشتهٔ مینا فرو، امید دیل و لنا وُس",
        "ترجمهٔ سارا قلم",
    ]
    assert '<a class="nr-byline__name" rel="author" href="/fa/authors/mina-farrow/">' in lines[0]
    assert '<bdi dir="rtl">مینا فرو</bdi>' in lines[0]


def test_a_name_of_each_direction_is_isolated_and_escaped(
    write: Write,
    author: MakeAuthor,
    client: Client,
) -> None:
    page = write(slug="late")
    credit(page, author("C++ <b>"), author("\u202eevil"), author("</script>" + "x" * 100))
    (line,) = bylines(client.get("/en/news/late/", headers=HOST).text)
    assert "<bdi>C++ &lt;b&gt;</bdi>" in line
    assert "<bdi>\u202eevil</bdi>" in line
    assert "</script>" not in line


def test_a_credit_never_vanishes_while_its_author_waits(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    client: Client,
    persian_words: None,
) -> None:
    mina = author("Mina Farrow")
    page = write(slug="late")
    credit(page, mina)
    translate(page, paper.persian, "دیر")
    waiting = mina.get_translation(paper.persian)
    waiting.name = "مینای ماشین"
    waiting.save()

    def line() -> str:
        return bylines(client.get("/fa/news/late/", headers=HOST).text)[0]

    assert line() == 'نوشتهٔ <bdi class="nr-byline__name" lang="en" dir="ltr">Mina Farrow</bdi>'
    assert client.get("/fa/authors/mina-farrow/", headers=HOST).status_code == 404

    waiting.name = "مینا فرو"
    waiting.save_revision().publish()
    assert visible(line()) == "نوشتهٔ مینا فرو"
    assert 'href="/fa/authors/mina-farrow/"' in line()

    Author.objects.get(pk=waiting.pk).unpublish()
    assert 'lang="en"' in line()
    # In English nobody can be read: the name stays, in whatever language there is.
    Author.objects.get(pk=mina.pk).unpublish()
    english = bylines(client.get("/en/news/late/", headers=HOST).text)
    assert english == ['By <bdi class="nr-byline__name">Mina Farrow</bdi>']


def test_a_piece_without_bylines_has_no_line(write: Write, client: Client) -> None:
    write(slug="late")
    assert "nr-byline" not in client.get("/en/news/late/", headers=HOST).text


def test_the_same_author_in_the_same_role_is_named_once(write: Write, author: MakeAuthor) -> None:
    page = write()
    mina = author("Mina")
    credit(page, mina, mina)
    credit(page, mina, role="photographer")
    assert [(each.role, len(each.people)) for each in credits_of(page)] == [
        ("writer", 1),
        ("photographer", 1),
    ]


def test_lists_of_names_are_joined_and_escaped() -> None:
    assert join_names([]) == ""
    assert join_names(["A&B"]) == "A&amp;B"
    assert join_names(["A", "B"]) == "A and B"
    assert join_names(["A", "B", "C", "%(names)s"]) == "A, B, C and %(names)s"
    assert sentence("writer", ["A"]) == "By A"


def test_bylines_cost_one_query_stored_or_in_memory(
    write: Write,
    author: MakeAuthor,
    django_assert_num_queries: Any,
) -> None:
    page = write()
    credit(page, *(author(f"A{number}") for number in range(8)))
    page = ArticlePage.objects.get(pk=page.pk)
    with django_assert_num_queries(1):
        assert len(credits_of(page)[0].people) == 8
    held = page.get_latest_revision().as_object()
    with django_assert_num_queries(1):
        assert len(credits_of(held)[0].people) == 8


@pytest.fixture
def photo(db: None) -> Any:
    return get_image_model().objects.create(
        title="face", file=ImageFile(get_test_image_file(size=(400, 500)).file, name="face.png")
    )


def test_an_authors_page_tells_who_it_is_in_each_language(
    paper: SimpleNamespace,
    author: MakeAuthor,
    in_persian: MakeAuthor,
    photo: Any,
    client: Client,
) -> None:
    mina = author(
        "Mina Farrow",
        job_title="Harbour correspondent",
        bio="<p>Writes of <b>boats</b> &amp; tides.</p><p>Born inland.</p>",
        photo=photo,
        photo_alt="A woman at a pier",
        accounts=[
            ("account", {"url": "https://social.example.org/@mina", "title": "Social"}),
            ("account", {"url": "javascript:alert(1)", "title": "Bad"}),
        ],
    )
    in_persian(mina, "مینا فرو", job_title="خبرنگار بندر", bio="<p>از قایق می‌نویسد.</p>")

    text = client.get("/en/authors/mina-farrow/", headers=HOST).text
    assert '<html lang="en" dir="ltr">' in text
    assert "<h1><bdi>Mina Farrow</bdi></h1>" in text
    assert "<bdi>Harbour correspondent</bdi>" in text
    assert "Writes of <b>boats</b> &amp; tides." in text
    assert 'alt="A woman at a pier"' in text
    assert (
        '<a href="https://social.example.org/@mina" rel="me noopener"><bdi>Social</bdi></a>' in text
    )
    assert "javascript:" not in text
    assert (
        '<meta name="description" content="Harbour correspondent. Writes of boats &amp; tides.'
        in text
    )
    alternates = re.findall(r'<link rel="alternate" hreflang="(\S+)" href="(\S+)">', text)
    assert alternates == [
        ("en", "http://localhost/en/authors/mina-farrow/"),
        ("fa", "http://localhost/fa/authors/mina-farrow/"),
        ("x-default", "http://localhost/en/authors/mina-farrow/"),
    ]
    assert '<link rel="canonical" href="http://localhost/en/authors/mina-farrow/">' in text
    assert (
        '<link rel="alternate" type="application/rss+xml" title="Mina Farrow" '
        'href="http://localhost/en/authors/mina-farrow/feed/">' in text
    )

    persian = client.get("/fa/authors/mina-farrow/", headers=HOST).text
    assert '<html lang="fa" dir="rtl">' in persian
    assert '<h1><bdi dir="rtl">مینا فرو</bdi></h1>' in persian
    assert "Mina Farrow" not in persian.replace('title="Mina Farrow"', "")


def test_alternates_are_named_only_where_the_counterpart_can_be_read(
    paper: SimpleNamespace,
    author: MakeAuthor,
    in_persian: MakeAuthor,
    client: Client,
) -> None:
    mina = author("Mina Farrow")
    twin = in_persian(mina, "مینا فرو", live=False)

    def alternates() -> list[str]:
        text = client.get("/en/authors/mina-farrow/", headers=HOST).text
        return re.findall(r'hreflang="(\w+)"', text.split("</head>")[0])

    assert alternates() == []
    twin.save_revision().publish()
    assert alternates() == ["en", "fa"]
    restrict(paper.home_fa)
    assert alternates() == []
    assert client.get("/fa/authors/mina-farrow/", headers=HOST).status_code == 404


def test_an_authors_page_lists_readable_pieces_of_its_language_each_once(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    in_persian: MakeAuthor,
    client: Client,
) -> None:
    mina, omid = author("Mina Farrow"), author("Omid Dale")
    in_persian(mina, "مینا فرو")
    both, draft, private, other = (
        write("Both"),
        write("Draft", live=False),
        write("Private"),
        write("By another"),
    )
    credit(both, mina, omid)
    credit(both, mina, role="photographer")
    for page in (draft, private):
        credit(page, mina)
    credit(other, omid)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    translate(both, paper.persian, "هر دو")

    def listed(url: str) -> list[str]:
        return [piece.title for piece in client.get(url, headers=HOST).context["articles"]]

    assert listed("/en/authors/mina-farrow/") == ["Both"]
    assert listed("/fa/authors/mina-farrow/") == ["هر دو"]
    assert listed("/en/authors/omid-dale/") == ["By another", "Both"]


def test_what_cannot_be_read_is_not_found(
    paper: SimpleNamespace,
    author: MakeAuthor,
    client: Client,
) -> None:
    author("Mina Farrow", live=False)
    author("مینا", locale=paper.persian)
    for url in (
        "/en/authors/mina-farrow/",
        "/en/authors/nobody/",
        "/en/authors/مینا/",
        "/en/authors/mina-farrow/feed/",
        "/en/authors/nobody/feed/",
        "/en/authors/%00/",
    ):
        assert client.get(url, headers=HOST).status_code == 404, url
    assert client.get("/fa/authors/مینا/", headers=HOST).status_code == 200
    assert client.post("/fa/authors/مینا/", headers=HOST).status_code == 405


def test_an_author_without_pieces_has_a_page_that_says_so(
    paper: SimpleNamespace,
    author: MakeAuthor,
    client: Client,
) -> None:
    author("Harbour Wire", is_organisation=True)
    text = client.get("/en/authors/harbour-wire/", headers=HOST).text
    assert "Nothing has been published here yet." in text
    assert "Organisation" in text


@pytest.mark.parametrize("number", ["", "2", "abc", "-1", "99"])
def test_pieces_are_paged(
    write: Write,
    author: MakeAuthor,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    number: str,
) -> None:
    monkeypatch.setattr(author_views, "PIECES_PER_PAGE", 2)
    mina = author("Mina Farrow")
    for count in range(3):
        credit(write(f"Piece {count}"), mina)
    response = client.get(f"/en/authors/mina-farrow/?page={number}", headers=HOST)
    shown = {"": 1, "2": 2, "abc": 1, "-1": 2, "99": 2}[number]
    assert response.context["articles"].number == shown
    canonical = "http://localhost/en/authors/mina-farrow/" + ("?page=2" if shown == 2 else "")
    assert f'<link rel="canonical" href="{canonical}">' in response.text


@pytest.mark.parametrize("cards", [20, 50])
@pytest.mark.parametrize("code", ["en", "fa"])
def test_an_authors_page_takes_the_same_queries_for_20_and_50_pieces(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    in_persian: MakeAuthor,
    photo: Any,
    client: Client,
    django_assert_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
    cards: int,
    code: str,
) -> None:
    ContentType.objects.clear_cache()
    monkeypatch.setattr(author_views, "PIECES_PER_PAGE", cards)
    mina = author("Mina Farrow", photo=photo)
    here = in_persian(mina, "مینا فرو") if code == "fa" else mina
    parent = paper.news_fa if code == "fa" else paper.news
    locale = paper.persian if code == "fa" else paper.english
    for number in range(cards):
        page = ArticlePage(title=f"P{number}", slug=f"p{number}", locale=locale, lead_image=photo)
        page.newsroom_bylines = [Byline(author=here)]
        parent.add_child(instance=page)
    url = f"/{code}/authors/mina-farrow/"
    client.get(url, headers=HOST)
    with django_assert_num_queries(13):
        response = client.get(url, headers=HOST)
    assert len(response.context["articles"]) == cards


def test_the_list_of_authors_is_in_the_order_of_the_alphabet(
    paper: SimpleNamespace,
    author: MakeAuthor,
    client: Client,
) -> None:
    for name in ("یلدا", "گلنار", "پریسا", "آرش", "کاوه", "ژاله", "بهار", "هما"):
        author(name, locale=paper.persian)
    author("پنهان", locale=paper.persian, live=False)
    for name in ("zoe", "Émile", "Adam", "Eve"):
        author(name)

    def listed(url: str) -> list[str]:
        return [each.name for each in client.get(url, headers=HOST).context["authors"]]

    assert listed("/fa/authors/") == [
        "آرش",
        "بهار",
        "پریسا",
        "ژاله",
        "کاوه",
        "گلنار",
        "هما",
        "یلدا",
    ]
    assert listed("/en/authors/") == ["Adam", "Émile", "Eve", "zoe"]


def test_half_spaces_marks_and_arabic_letters_do_not_change_the_order() -> None:
    assert sort_key("علي‌رضا", "fa") == sort_key("علیرضا", "fa")
    assert sort_key("مُحمد", "fa-ir") == sort_key("محمد", "fa-ir")


def test_the_list_of_authors_leads_to_each_and_to_the_other_language(
    paper: SimpleNamespace,
    author: MakeAuthor,
    client: Client,
) -> None:
    author("Mina Farrow", job_title="Editor")
    text = client.get("/en/authors/", headers=HOST).text
    assert '<a href="/en/authors/mina-farrow/"><bdi>Mina Farrow</bdi></a>' in text
    assert '<link rel="alternate" hreflang="fa" href="http://localhost/fa/authors/">' in text
    assert 'class="nr-empty"' in client.get("/fa/authors/", headers=HOST).text


@pytest.mark.parametrize("count", [20, 50])
def test_the_list_of_authors_takes_the_same_queries_for_20_and_50(
    author: MakeAuthor,
    photo: Any,
    client: Client,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for number in range(count):
        author(f"Author {number}", photo=photo)
    client.get("/en/authors/", headers=HOST)
    with django_assert_num_queries(8):
        response = client.get("/en/authors/", headers=HOST)
    assert response.text.count("nr-authors__photo") == count
