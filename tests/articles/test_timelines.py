"""A timeline from the editor to readers in both directions, translated at the real desk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.test.utils import override_settings
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page
from wagtail.rich_text import RichText

from tests.search.indexing import update_index
from wagtail_newsroom.articles.blocks import TimelineEntryBlock
from wagtail_newsroom.articles.passages import passages_of
from wagtail_newsroom.desk import actions, editing, localize
from wagtail_newsroom.desk.places import places_of
from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.search.queries import search_query

from .test_blocks import render, stored

HOST = {"host": "localhost"}
TIMELINE = {
    "heading": "How it went",
    "entries": [
        {"when": "Monday, 9 a.m.", "date": "2026-03-02", "text": "<p>A <b>call</b> comes.</p>"},
        {"date": "2026-03-21", "heading": "The answer", "text": "<p>Nobody knew.</p>"},
        {"when": "21:40", "heading": "The end"},
    ],
}
PERSIAN = {
    "Timeline": "گاه‌شمار",
    "How it went": "چه گذشت",
    "Monday, 9 a.m.": "دوشنبه، ۹ صبح",
    "A <b>call</b> comes.": "<b>تلفنی</b> می‌رسد.",
    "The answer": "پاسخ",
    "Nobody knew.": "هیچ‌کس نمی‌دانست.",
    "The end": "پایان",
}


@pytest.fixture
def page(write: Callable[..., ArticlePage]) -> ArticlePage:
    """A live piece whose body is a timeline."""
    return write("Timeline", slug="timeline", body=[("timeline", TIMELINE)])


@pytest.fixture
def translated(
    page: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> Any:
    """Its translation: drafted by the machine, written by a person, approved and published."""
    actions.request_translation(page, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(page).get()
    for segment in localize.segments(translation):
        if segment.source in PERSIAN:
            editing.save_text(
                translation,
                segment.pk,
                PERSIAN[segment.source],
                version=editing.version_of(segment),
                user=editor,
            )
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    return translation


def entries(client: Client, url: str) -> list[list[str]]:
    """Return the lines of each entry that a reader sees."""
    soup = BeautifulSoup(client.get(url, headers=HOST).text, "html.parser")
    return [
        [line.get_text(" ", strip=True) for line in entry.find_all("p")]
        for entry in soup.select("section.nr-timeline > ol > li")
    ]


def test_readers_get_the_entries_in_order(page: ArticlePage, client: Client) -> None:
    assert entries(client, "/en/news/timeline/") == [
        ["Monday, 9 a.m.", "A call comes."],
        ["21 March 2026", "The answer", "Nobody knew."],
        ["21:40", "The end"],
    ]
    html = client.get("/en/news/timeline/", headers=HOST).text
    assert re.search(r'<time datetime="2026-03-02"><bdi[^>]*>Monday, 9 a\.m\.</bdi></time>', html)
    assert '<section class="nr-timeline" aria-label="How it went">' in html


def test_a_translation_is_read_in_its_own_words_calendar_and_digits(
    translated: Any, client: Client
) -> None:
    assert entries(client, "/fa/news/timeline/") == [
        ["دوشنبه، ۹ صبح", "تلفنی می‌رسد."],
        ["۱ فروردین ۱۴۰۵", "پاسخ", "هیچ‌کس نمی‌دانست."],
        ["۲۱:۴۰", "پایان"],
    ]
    html = client.get("/fa/news/timeline/", headers=HOST).text
    assert '<time datetime="2026-03-02">' in html
    assert '<time datetime="2026-03-21">' in html
    assert 'aria-label="چه گذشت"' in html


def test_every_word_has_its_place_at_the_review(translated: Any) -> None:
    places = places_of(translated)
    named = {one.source: places.of(one) for one in localize.segments(translated)}
    del named["Timeline"]  # the headline
    assert {source: (place.label, place.is_rich) for source, place in named.items()} == {
        "How it went": ("Timeline · heading", False),
        "Monday, 9 a.m.": ("Timeline · entries · when", False),
        "A <b>call</b> comes.": ("Timeline · entries · text", True),
        "The answer": ("Timeline · entries · heading", False),
        "Nobody knew.": ("Timeline · entries · text", True),
        "21:40": ("Timeline · entries · when", False),
        "The end": ("Timeline · entries · heading", False),
    }


def test_it_is_found_counted_and_told_passage_by_passage(page: ArticlePage) -> None:
    update_index()
    for asked in ("monday", "answer", "nobody"):
        assert list(Page.objects.search(search_query(asked))) == [page.page_ptr]
    assert list(passages_of(page.body)) == [
        "How it went",
        "Monday, 9 a.m.",
        "A call comes.",
        "The answer",
        "Nobody knew.",
        "21:40",
        "The end",
    ]
    assert page.reading_minutes == 1


def test_feeds_carry_it_without_what_feed_readers_do_not_know(
    translated: Any, client: Client, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_FEEDS_FULL_TEXT = True
    feed = json.loads(client.get("/fa/feed/json/", headers=HOST).content)
    html = feed["items"][0]["content_html"]
    assert '<time datetime="2026-03-02"><bdi dir="rtl">دوشنبه، ۹ صبح</bdi></time>' in html
    assert '<time datetime="2026-03-21">۱ فروردین ۱۴۰۵</time>' in html
    assert "<b>تلفنی</b>" in html
    assert html.count("<li>") == 3
    assert "class=" not in html


def test_the_api_tells_it_as_it_is_stored(page: ArticlePage, client: Client) -> None:
    with override_settings(ROOT_URLCONF="tests.articles.api_urls"):
        body = client.get(f"/api/v2/pages/{page.pk}/", headers=HOST).json()["body"]
    assert body[0]["type"] == "timeline"
    assert body[0]["value"] == {
        "heading": "How it went",
        "entries": [
            {
                "when": "Monday, 9 a.m.",
                "date": "2026-03-02",
                "heading": "",
                "text": "<p>A <b>call</b> comes.</p>",
            },
            {
                "when": "",
                "date": "2026-03-21",
                "heading": "The answer",
                "text": "<p>Nobody knew.</p>",
            },
            {"when": "21:40", "date": None, "heading": "The end", "text": ""},
        ],
    }


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"heading": "Nothing below"},
        {"heading": "", "entries": []},
        {"heading": "x", "entries": [{"text": '<p data-block-key="a1b2c"></p>'}, {"when": ""}]},
    ],
)
def test_without_anything_to_tell_nothing_is_shown(paper: SimpleNamespace, value: Any) -> None:
    assert render(stored(paper.news, [("timeline", value)])).strip() == ""


def test_an_entry_that_says_nothing_is_passed_over(paper: SimpleNamespace) -> None:
    entries = [{"text": "<p></p>"}, {"text": "<p>It rained.</p>"}, None]
    html = render(stored(paper.news, [("timeline", {"entries": entries})]))
    assert html.count("<li") == 1
    assert 'aria-label="Timeline"' in html
    assert "nr-timeline__when" not in html


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"when", "text"}),
        ({"when": "At noon"}, {"text"}),
        ({"when": "At noon", "text": RichText('<p data-block-key="a1b2c"></p>')}, {"text"}),
        ({"heading": "The end"}, {"when"}),
        ({"when": "At noon", "heading": "The end"}, set()),
        ({"date": date(2026, 3, 1), "text": RichText("<p>It rained.</p>")}, set()),
    ],
)
def test_an_entry_says_when_and_what(fields: dict[str, Any], wrong: set[str]) -> None:
    block = TimelineEntryBlock()
    value = block.normalize(fields)
    if not wrong:
        assert block.clean(value) == value
        return
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(value)
    assert set(error.value.block_errors) == wrong
