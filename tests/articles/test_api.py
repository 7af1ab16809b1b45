"""Wagtail's API: what it says of pieces, sections and authors, and what it never says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
import wagtail
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from tests.publishing.conftest import restrict, translate
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, Author, Byline, Correction, Tag, TaggedPiece

pytestmark = pytest.mark.urls("tests.articles.api_urls")

V2 = "/api/v2/pages/"
only_with_v3 = pytest.mark.skipif(wagtail.VERSION < (8, 0), reason="Wagtail 8.0 has the API v3")


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    from django.core.cache import cache

    cache.clear()


def ask(address: str, status: int = 200, **data: Any) -> Any:
    # Django's middleware sends a reader of what is not there to the same address in a language.
    response = Client(headers={"host": "localhost"}).get(address, data, follow=status == 404)
    assert response.status_code == status, response.content
    return None if status == 404 else json.loads(response.content)


@pytest.fixture
def full(paper: SimpleNamespace, write: Callable[..., ArticlePage]) -> SimpleNamespace:
    """A piece with everything, in both languages, and what must not be told of it."""
    image = get_image_model().objects.create(title="Dam", file=get_test_image_file())
    other = write(title="The dam", slug="dam")
    other_fa = translate(other, paper.persian, "سد")
    draft = write(title="Secret draft", slug="secret", live=False)
    piece = write(
        title="The river rises",
        slug="river",
        kicker="Floods",
        kicker_page=other,
        short_title="River up",
        standfirst="Engineers watch.",
        dateline="Delta",
        dateline_date=date(2026, 3, 1),
        published_at=datetime(2026, 3, 2, 10, 30, tzinfo=timezone.utc),
        lead_image=image,
        lead_image_alt="A dam",
        lead_image_caption="The dam",
        lead_image_credit="A. Sample",
        internal_note="Call Zarathustra",
        related_pieces=[("piece", other), ("piece", draft), ("piece", other)],
    )
    user = User.objects.create_user("zarathustra")
    author = Author.objects.create(
        name="Mina Farrow", slug="mina", job_title="Reporter", locale=paper.english, user=user
    )
    hidden = Author.objects.create(name="Hidden", slug="hidden", locale=paper.english, live=False)
    Byline.objects.create(page=piece, author=author, role="writer", sort_order=1)
    Byline.objects.create(page=piece, author=hidden, role="editor", sort_order=2)
    for name, locale, needs_name in [
        ("Floods", paper.english, False),
        ("سیل", paper.persian, False),
        ("Unnamed", paper.english, True),
    ]:
        tag = Tag.objects.create(
            name=name, slug=name, key=name, locale=locale, needs_name=needs_name
        )
        TaggedPiece.objects.create(tag=tag, content_object=piece)
    Correction.objects.create(
        page=piece, locale=paper.english, date=date(2026, 3, 3), text="It was Monday."
    )
    twin = translate(piece, paper.persian, "رود بالا می‌آید")
    return SimpleNamespace(
        piece=piece,
        twin=twin,
        other=other,
        other_fa=other_fa,
        draft=draft,
        author=author,
        image=image,
    )


def test_piece_says_all_that_a_front_end_needs(full: SimpleNamespace) -> None:
    found = ask(f"{V2}{full.piece.pk}/")
    assert found["meta"]["locale"] == "en"
    assert found["meta"]["html_url"] == "http://localhost/en/news/river/"
    body = found.pop("body")
    assert [block["type"] for block in body] == ["paragraph", "heading", "quote"]
    image = found.pop("lead_image")
    assert image.pop("url").startswith("http")
    assert image == {
        "id": full.image.pk,
        "width": 640,
        "height": 480,
        "alt": "A dam",
        "caption": "The dam",
        "credit": "A. Sample",
        "licence": "",
        "licence_url": "",
    }
    assert {name: found[name] for name in found if name not in ("id", "meta", "title")} == {
        "kicker": "Floods",
        "kicker_page": {
            "id": full.other.pk,
            "title": "The dam",
            "html_url": "http://localhost/en/news/dam/",
        },
        "kicker_url": "",
        "section": {
            "id": full.piece.get_parent().pk,
            "title": "News",
            "html_url": "http://localhost/en/news/",
        },
        "short_title": "River up",
        "article_type": "news",
        "standfirst": "Engineers watch.",
        "dateline": "Delta",
        "dateline_date": "2026-03-01",
        "date": "2026-03-02T10:30:00+00:00",
        "updated_at": None,
        "breaking_until": None,
        "withdrawn_at": None,
        "withdrawal_notice": "",
        "bylines": [
            {
                "role": "writer",
                "author": {
                    "id": full.author.pk,
                    "name": "Mina Farrow",
                    "slug": "mina",
                    "job_title": "Reporter",
                    "is_organisation": False,
                },
            }
        ],
        "lead_video_url": "",
        "sources": [],
        "tags": [{"name": "Floods", "slug": "Floods"}],
        "related": [
            {
                "id": full.other.pk,
                "title": "The dam",
                "html_url": "http://localhost/en/news/dam/",
            }
        ],
        "corrections": [
            {
                "kind": "correction",
                "date": "2026-03-03",
                "text": "It was Monday.",
                "position": "bottom",
            }
        ],
        "translations": [
            {
                "locale": "fa",
                "id": full.twin.pk,
                "title": "رود بالا می‌آید",
                "html_url": "http://localhost/fa/news/river/",
            }
        ],
        "provenance": {
            "kind": "original",
            "translated_from": None,
            "methods": [],
            "approved_by": None,
            "approved_at": None,
        },
    }


def test_translation_points_to_pages_of_its_own_language(full: SimpleNamespace) -> None:
    found = ask(f"{V2}{full.twin.pk}/")
    assert found["meta"]["locale"] == "fa"
    assert found["section"]["title"] == "اخبار"
    assert [each["id"] for each in found["related"]] == [full.other_fa.pk]
    assert found["kicker_page"]["id"] == full.other_fa.pk
    assert [each["locale"] for each in found["translations"]] == ["en"]


def test_translations_are_those_that_can_be_read(cast: SimpleNamespace) -> None:
    for piece, _twin in cast.withheld:
        assert ask(f"{V2}{piece.pk}/")["translations"] == [], piece.title
    assert [each["id"] for each in ask(f"{V2}{cast.both.pk}/")["translations"]] == [cast.both_fa.pk]


def test_only_readable_pieces_are_told(cast: SimpleNamespace, full: SimpleNamespace) -> None:
    restrict(cast.alone)
    unreadable = [*[twin for _piece, twin in cast.withheld], cast.alone, full.draft]
    for page in unreadable:
        ask(f"{V2}{page.pk}/", status=404)
    listed = {page["id"] for page in ask(V2, limit=20)["items"]}
    assert listed.isdisjoint(page.pk for page in unreadable)
    assert {cast.both.pk, cast.both_fa.pk, full.piece.pk} <= listed


def test_nothing_private_is_told(full: SimpleNamespace) -> None:
    for address in [
        f"{V2}{full.piece.pk}/?fields=*",
        f"{V2}?type=wagtail_newsroom.ArticlePage&fields=*",
        f"{V2}?fields=*",
        f"/api/stock/pages/{full.piece.pk}/?fields=*",
        "/api/v2/authors/?fields=*",
        f"/api/v2/authors/{full.author.pk}/?fields=*",
    ]:
        text = json.dumps(ask(address), ensure_ascii=False).lower()
        for private in ("zarathustra", "secret", "hidden", "unnamed", "internal_note", "owner"):
            assert private not in text, (address, private)
    for field in ("internal_note", "user", "owner"):
        ask(f"{V2}{full.piece.pk}/?fields={field}", status=400)
        ask(f"{V2}?type=wagtail_newsroom.ArticlePage&{field}=x", status=400)
        ask(f"/api/v2/authors/?fields={field}", status=400)


def test_withdrawn_piece_says_its_notice_and_not_its_body(
    write: Callable[..., ArticlePage],
) -> None:
    now = datetime.now(timezone.utc)
    facts = {
        "standfirst": "It was said.",
        "lead_image": get_image_model().objects.create(title="Dam", file=get_test_image_file()),
        "lead_video_url": "https://example.org/film",
        "sources": [("link", {"url": "https://example.org/", "title": "A source"})],
    }
    gone = write(withdrawn_at=now - timedelta(hours=1), withdrawal_notice="It was wrong.", **facts)
    assert gone.pk not in [each["id"] for each in ask(V2)["items"]]
    found = ask(f"{V2}{gone.pk}/")
    assert (found["body"], found["withdrawal_notice"]) == ([], "It was wrong.")
    assert [found[name] for name in facts] == ["", None, "", []]
    later = write(
        withdrawn_at=now + timedelta(hours=1), withdrawal_notice="It will be wrong.", **facts
    )
    found = ask(f"{V2}{later.pk}/")
    assert len(found["body"]) == 3
    assert (found["standfirst"], found["lead_video_url"]) == (
        "It was said.",
        "https://example.org/film",
    )
    assert found["lead_image"]["id"] == facts["lead_image"].pk
    assert found["sources"][0]["value"]["title"] == "A source"


@pytest.mark.parametrize("by_hand", [False, True])
def test_provenance_of_a_translation(
    by_hand: bool,
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    article = write(title="Rain", body=[("paragraph", "<p>Rain fell on the town.</p>")])
    actions.request_translation(article, paper.persian, user=editor)
    translation = localize.translations_of(article).get()
    if by_hand:
        for segment in localize.segments(translation):
            localize.store_person_text(
                segment, "باران بر شهر بارید", locale=paper.persian, user=editor
            )
    run_jobs()
    actions.approve(translation, user=editor)
    page = actions.publish(translation, user=editor)
    found = ask(f"{V2}{page.pk}/")["provenance"]
    assert datetime.fromisoformat(found.pop("approved_at"))
    assert found == {
        "kind": "human" if by_hand else "machine-reviewed",
        "translated_from": "en",
        "methods": ["person"] if by_hand else ["machine"],
        "approved_by": "editor",
    }
    assert editor.username not in json.dumps({**found, "approved_by": ""})
    assert ask(f"{V2}{article.pk}/")["provenance"]["kind"] == "original"


def test_listing_filters_by_language_type_and_field(full: SimpleNamespace) -> None:
    kind = "wagtail_newsroom.ArticlePage"
    assert {each["id"] for each in ask(V2, type=kind, locale="fa")["items"]} == {
        full.twin.pk,
        full.other_fa.pk,
    }
    assert [each["id"] for each in ask(V2, type=kind, kicker="Floods", locale="en")["items"]] == [
        full.piece.pk
    ]
    assert ask(V2, translation_of=full.piece.pk)["items"][0]["id"] == full.twin.pk
    ask(V2, type=kind, kicker="\0", status=400)
    ask(V2, type="nothing", status=400)


def test_listing_can_be_searched(full: SimpleNamespace, settings: Any) -> None:
    from tests.search.indexing import update_index

    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {"BACKEND": "wagtail_newsroom.search.backends.database"}
    }
    update_index()
    assert [each["id"] for each in ask(V2, search="مي آید")["items"]] == [full.twin.pk]
    kind = "wagtail_newsroom.ArticlePage"
    assert [each["id"] for each in ask(V2, search="zarathustra", type=kind)["items"]] == []
    assert [each["id"] for each in ask("/api/v2/authors/", search="mina")["items"]] == [
        full.author.pk
    ]


@pytest.mark.parametrize("endpoint", ["v2", "stock"])
def test_queries_of_a_listing_are_the_same_for_few_and_many(
    endpoint: str, full: SimpleNamespace, write: Callable[..., ArticlePage], paper: SimpleNamespace
) -> None:
    # Wagtail reads a body's pictures and, in its own endpoint, each page's language by itself.
    fields = (
        "_,id,kicker,kicker_page,section,date,bylines,lead_image,tags,related,corrections,"
        "translations,provenance"
    )
    if endpoint == "v2":
        fields += ",html_url,slug,locale,body"
    counts = []
    for number in (4, 12):
        while ArticlePage.objects.filter(locale=paper.english, live=True).count() < number:
            piece = write(
                lead_image=full.image,
                kicker_page=full.other,
                related_pieces=[("piece", full.other)],
            )
            Byline.objects.create(page=piece, author=full.author)
            TaggedPiece.objects.create(tag=Tag.objects.first(), content_object=piece)
            Correction.objects.create(page=piece, locale=paper.english, text="x")
            translate(piece, paper.persian, "پاره")
        address = f"/api/{endpoint}/pages/"
        data = {"type": "wagtail_newsroom.ArticlePage", "locale": "en", "fields": fields}
        ask(address, **data)
        with CaptureQueriesContext(connection) as queries:
            found = ask(address, **data, limit=20)
        assert len(found["items"]) == number
        assert all(each["lead_image"] for each in found["items"][3:])
        counts.append(len(queries))
    assert counts == [20, 20]


def test_section_says_its_introduction_and_languages(paper: SimpleNamespace) -> None:
    paper.news.introduction = "What is new."
    paper.news.save_revision().publish()
    found = ask(f"{V2}{paper.news.pk}/")
    assert found["introduction"] == "What is new."
    assert [each["html_url"] for each in found["translations"]] == ["http://localhost/fa/news/"]
    assert found["provenance"]["kind"] == "original"


def test_authors_are_told_in_their_languages(full: SimpleNamespace, paper: SimpleNamespace) -> None:
    twin = Author.objects.get(translation_key=full.author.translation_key, locale=paper.persian)
    twin.name = "مینا فارو"
    twin.live = True
    twin.save()
    found = ask(f"/api/v2/authors/{full.author.pk}/")
    assert {name: found[name] for name in found if name != "meta"} == {
        "id": full.author.pk,
        "name": "Mina Farrow",
        "slug": "mina",
        "language": "en",
        "is_organisation": False,
        "job_title": "Reporter",
        "bio": "",
        "photo": None,
        "accounts": [],
        "translations": [{"locale": "fa", "id": twin.pk, "name": "مینا فارو", "slug": "mina"}],
    }
    assert [each["name"] for each in ask("/api/v2/authors/", locale="fa")["items"]] == ["مینا فارو"]
    ask(
        f"/api/v2/authors/{Author.objects.get(name='Hidden', locale=paper.english).pk}/", status=404
    )
    ask("/api/v2/authors/", locale="xx", status=404)


# The API v3 of Wagtail 8.0, a preview


@only_with_v3
def test_v3_says_the_same_of_a_piece(full: SimpleNamespace) -> None:
    found = ask(f"/api/v3/pages/{full.piece.pk}/")
    expected = ask(f"{V2}{full.piece.pk}/")
    for name in expected:
        if name not in ("meta", "id", "title"):
            assert found[name] == expected[name], name
    text = json.dumps(found, ensure_ascii=False).lower()
    for private in ("zarathustra", "secret", "hidden", "unnamed", "internal_note"):
        assert private not in text


@only_with_v3
def test_v3_shows_no_draft_and_nothing_private(
    full: SimpleNamespace, cast: SimpleNamespace
) -> None:
    restrict(cast.alone)
    for page in (full.draft, cast.alone, cast.withheld[0][1], cast.withheld[3][1]):
        ask(f"/api/v3/pages/{page.pk}/", status=404)
    text = json.dumps(ask("/api/v3/pages/?limit=20"), ensure_ascii=False).lower()
    for private in ("zarathustra", "secret", "only in english"):
        assert private not in text
    # Wagtail's own endpoints show aliases; the guide says so.
    alias = cast.withheld[4][1]
    assert ask(f"/api/v3/pages/{alias.pk}/")["id"] == alias.pk
    assert ask(f"/api/stock/pages/{alias.pk}/")["id"] == alias.pk
    schema = json.dumps(ask("/api/v3/openapi.json"))
    assert "internal_note" not in schema
    assert "embargoed_until" not in schema


@only_with_v3
def test_v3_publishes_no_machine_draft(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    from wagtail.models import APIToken

    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    page = localize.target_of(localize.translations_of(article).get())
    _token, key = APIToken.create_token(user=editor, name="test")
    with django_capture_on_commit_callbacks(execute=True):
        response = Client(headers={"host": "localhost"}).patch(
            f"/api/v3/pages/{page.pk}/",
            json.dumps({"meta": {"action": "publish"}}),
            content_type="application/json",
            headers={"authorization": f"Bearer {key}"},
        )
    assert response.status_code == 200, response.content
    assert not Page.objects.get(pk=page.pk).live
