"""The example as a whole: every type, every block, every state, and people behind it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from example_project.gazette.content import FILES, Newspaper, Piece, read_newspaper
from wagtail_newsroom.articles.models import Byline
from wagtail_newsroom.conf import DEFAULT_ARTICLE_TYPES

NEWSPAPER = read_newspaper()
BLOCKS = {
    "paragraph",
    "heading",
    "subheading",
    "image",
    "gallery",
    "pull_quote",
    "quote",
    "embed",
    "video",
    "list",
    "table",
    "fact_box",
    "callout",
    "timeline",
    "document",
    "related_piece",
    "social_post",
    "social_follow",
    "share",
    "divider",
    "raw_html",
}


def test_there_are_twenty_pieces_of_every_type(newspaper: Newspaper) -> None:
    assert len(newspaper.articles) == 20
    types = Counter(piece.type for piece in newspaper.articles)
    assert types.keys() == {code for code, _label in DEFAULT_ARTICLE_TYPES}


def test_pieces_wait_at_each_step_of_the_desk(newspaper: Newspaper) -> None:
    assert Counter(piece.translation for piece in newspaper.articles) == {
        "reviewed": 13,
        "approved": 1,
        "drafted": 1,
        "memory": 1,
        "missing": 4,
    }
    persian_first = [piece for piece in newspaper.articles if piece.language == "fa"]
    assert [piece.translation for piece in persian_first] == ["reviewed", "missing"]


def test_every_block_is_used_in_both_languages(newspaper: Newspaper) -> None:
    used = {
        block["type"]
        for piece in newspaper.articles
        if piece.translation != "missing"
        for block in piece.body
    }
    assert used == BLOCKS


def test_everything_that_a_piece_can_have_is_there(newspaper: Newspaper) -> None:
    articles = newspaper.articles
    corrections = [correction for piece in articles for correction in piece.corrections]
    assert {correction["position"] for correction in corrections} == {"top", "bottom"}
    for name in (
        "breaking_hours",
        "embargo_days",
        "withdrawn_at",
        "updated_at",
        "dateline_date",
        "kicker_section",
        "kicker_url",
        "lead_video_url",
        "internal_note",
        "related",
        "sources",
        "later",
    ):
        assert any(getattr(piece, name) for piece in articles), name


@pytest.mark.parametrize("piece", NEWSPAPER.articles, ids=lambda piece: piece.slug)
def test_every_article_is_written_as_a_newspaper_writes(piece: Piece) -> None:
    prose = [
        re.sub(r"<[^>]*>", "", place.text[piece.language])
        for place in piece.places()
        if place.is_rich
    ]
    assert 250 <= sum(len(text.split()) for text in prose) <= 700
    text = " ".join(place.text[piece.language] for place in piece.places() if place.is_rich)
    assert re.search(r"\w <a [^>]*>[^<]+</a>[ ,;.’]", text), "a link in mid-sentence"
    assert "<b>" in text
    assert "<i>" in text
    assert piece.bylines
    assert piece.tags


def test_links_lead_to_pieces_that_were_loaded_before(newspaper: Newspaper) -> None:
    seen: set[str] = set()
    for piece in newspaper.articles:
        text = " ".join(place.text[piece.language] for place in piece.places())
        linked = {
            *re.findall(r'href="article:([^"]+)"', text),
            *piece.related,
            *(block["page"] for block in piece.body if block["type"] == "related_piece"),
        }
        assert linked <= seen, piece.slug
        seen.add(piece.slug)


def test_addresses_are_reserved_for_examples(newspaper: Newspaper) -> None:
    hosts = set()
    for piece in newspaper.articles:
        text = " ".join(place.text[piece.language] for place in piece.places())
        addresses = [
            *re.findall(r'href="(https?:[^"]+)"', text),
            *(source["url"] for source in piece.sources),
            *(block["url"] for block in piece.body if "url" in block),
            *filter(None, [piece.kicker_url, piece.lead_video_url]),
        ]
        hosts |= {address.split("/")[2] for address in addresses}
    assert len(hosts) > 10
    assert all(host.endswith(".example.org") for host in hosts)


def test_bylines_name_people_of_the_staff_in_roles_of_the_package(newspaper: Newspaper) -> None:
    staff = {author["slug"] for author in newspaper.authors}
    named = {byline["author"] for piece in newspaper.articles for byline in piece.bylines}
    translators = {slug for piece in newspaper.articles for slug in piece.translators}
    assert named | translators == staff
    roles = {byline["role"] for piece in newspaper.articles for byline in piece.bylines}
    assert roles | {"translator"} == set(Byline.Role.values)


def test_every_tag_is_used_and_has_a_name_in_each_language(newspaper: Newspaper) -> None:
    used = {slug for piece in newspaper.articles for slug in piece.tags}
    assert used == {tag["slug"] for tag in newspaper.tags}
    for language in ("en", "fa"):
        names = [tag["name"][language] for tag in newspaper.tags]
        assert len(set(names)) == len(names)
    assert sum("picture" in tag for tag in newspaper.tags) == 3


def test_every_file_is_used_and_small(newspaper: Newspaper) -> None:
    used = {
        block.get("document") or block["file"]
        for piece in newspaper.articles
        for block in piece.body
        if block["type"] in ("document", "video")
    }
    assert {path.name for path in FILES.iterdir()} == used
    for path in FILES.iterdir():
        assert 0 < path.stat().st_size < 600 * 1024


def test_each_front_page_chooses_pieces_of_its_language(newspaper: Newspaper) -> None:
    pieces = {piece.slug: piece for piece in newspaper.articles}
    for language, choice in newspaper.front.items():
        chosen = [choice["lead"], *choice["picks"]]
        assert len(set(chosen)) == 5
        for slug in chosen:
            assert pieces[slug].language == language or pieces[slug].translation == "reviewed"
