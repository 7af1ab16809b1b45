"""The whole way of a wire story: request, machine, approval, publication, readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client

from tests import wire_story
from tests.loopback import LoopbackServer
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, MemoryEntry, TranslationJob

ENGLISH = "/en/news/herons-by-ear/"
PERSIAN = "/fa/news/herons-by-ear/"
SEGMENTS = 26
"""Four above the body, three of the picture, thirteen paragraphs, six of other blocks."""

# Wagtail leaves the files open in which it makes a picture's sizes (wagtail/images/models.py,
# `generate_rendition_file`); Python says so when it collects them.
pytestmark = pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning")


@dataclass
class Draft:
    """A machine draft and how it came about."""

    translation: Any
    job: TranslationJob
    asked: int
    """Requests that the engine got."""

    @property
    def segments(self) -> list[localize.Segment]:
        """Its segments as they stand."""
        return localize.segments(self.translation)

    @property
    def revision(self) -> Any:
        """The latest revision of the translated page."""
        target = localize.target_of(self.translation)
        assert target is not None
        return target.latest_revision


@pytest.fixture
def draft(
    story: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    google: LoopbackServer,
    run_jobs: Callable[[], None],
) -> Draft:
    """The wire story as the Google engine drafts it."""
    job = actions.request_translation(story, paper.persian, user=editor)
    run_jobs()
    job.refresh_from_db()
    return Draft(localize.translations_of(story).get(), job, len(google.asked))


def tags(fragment: str) -> Counter[str]:
    """Return the tags of a fragment with their attributes, each as often as it stands there."""
    return Counter(re.findall(r"<[^<>]+>", fragment))


def hrefs(stored: Any) -> list[str]:
    """Return the addresses of all links in a stored body, sorted."""
    return sorted(unescape(found) for found in re.findall(r'href="([^"]*)"', str(stored)))


def sitemap(client: Client) -> str:
    """Return all files of the sitemap, one behind the other."""

    def read(path: str) -> str:
        # Not closed: that would close the test's own connection to the database.
        return b"".join(client.get(path)).decode()

    index = read("/sitemap.xml")
    return index + "".join(
        read(path) for path in re.findall(r"<loc>http://localhost([^<]+)</loc>", index)
    )


def latin_words(text: str) -> list[str]:
    """Return the words in Latin letters, but for addresses, handles and hashtags."""
    text = re.sub(r"https?://\S+|[\w.]+@[\w.]+\w|[@#]\w+", " ", text)
    return re.findall(r"[A-Za-z]+", text)


def test_wire_story_is_as_agencies_send_them(story: ArticlePage) -> None:
    texts = localize.texts_of(story)
    words = BeautifulSoup(" ".join(texts), "html.parser").get_text().split()
    assert 850 <= len(words) <= 1000
    assert hrefs(story.body.get_prep_value()) == wire_story.LINKS
    kinds = Counter(block.block_type for block in story.body)
    assert kinds == {"paragraph": 13, "heading": 1, "quote": 1, "list": 1, "embed": 1}
    assert (story.live, bool(story.lead_image)) == (True, True)


def test_job_counts_every_segment_by_its_origin(draft: Draft) -> None:
    job = draft.job
    assert (job.status, job.trouble, job.failures) == ("done", "", [])
    assert (job.total, job.counts) == (SEGMENTS, {"kept": 0, "engine:google": SEGMENTS})
    assert len(draft.segments) == SEGMENTS


def test_story_takes_as_few_requests_as_their_size_allows(
    draft: Draft, google: LoopbackServer
) -> None:
    sent = sum(len(asked.text) for asked in google.asked)
    assert draft.asked == 2
    assert 4999 < sent <= 2 * 4999
    assert len(google.texts) == len(set(google.texts))


def test_every_segment_is_stored_with_the_tags_and_ids_of_its_source(draft: Draft) -> None:
    assert not [segment.path for segment in draft.segments if segment.is_missing]
    assert {segment.pk: tags(segment.text) for segment in draft.segments} == {
        segment.pk: tags(segment.source) for segment in draft.segments
    }
    assert sum(bool(tags(segment.source)) for segment in draft.segments) >= 12


def test_nothing_english_is_left_in_the_draft(draft: Draft) -> None:
    texts = localize.texts_of(draft.revision.as_object())
    assert len(texts) == SEGMENTS
    assert not [
        words for text in texts if (words := latin_words(BeautifulSoup(text, "html.parser").text))
    ]


def test_addresses_and_handles_survive_letter_by_letter(draft: Draft) -> None:
    texts = " ".join(localize.texts_of(draft.revision.as_object()))
    for kept in ("count@tmon.example", "@tmon_field", "@st_orla_diary", "#NightCount"):
        assert kept in texts


def test_draft_links_to_what_the_source_links_to(draft: Draft, story: ArticlePage) -> None:
    body = draft.revision.as_object().body
    assert hrefs(body.get_prep_value()) == hrefs(story.body.get_prep_value()) == wire_story.LINKS
    embeds = [block.value["url"] for block in body if block.block_type == "embed"]
    assert embeds == [wire_story.FILM]


def test_draft_has_the_blocks_and_the_picture_of_the_source(
    draft: Draft, story: ArticlePage
) -> None:
    page = draft.revision.as_object()
    assert [block.block_type for block in page.body] == [block.block_type for block in story.body]
    assert (page.lead_image_id, page.slug) == (story.lead_image_id, story.slug)


def test_draft_is_not_live_and_readers_do_not_meet_it(draft: Draft, client: Client) -> None:
    assert client.get(PERSIAN).status_code == 404
    assert PERSIAN not in client.get(ENGLISH).content.decode()
    assert PERSIAN not in sitemap(client)


@pytest.fixture
def english_before(draft: Draft, client: Client) -> str:
    """The English article as readers saw it before the Persian one went live."""
    return str(BeautifulSoup(client.get(ENGLISH).content, "html.parser").article)


@pytest.fixture
def published(draft: Draft, english_before: str, editor: User) -> ArticlePage:
    """The Persian page, approved and published."""
    actions.approve(draft.translation, user=editor)
    page = actions.publish(draft.translation, user=editor)
    assert isinstance(page, ArticlePage)
    return page


def test_published_story_reads_right_to_left_in_persian(
    published: ArticlePage, client: Client
) -> None:
    response = client.get(PERSIAN)
    page = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, response["Content-Language"]) == (200, "fa")
    assert (page.html["lang"], page.html["dir"]) == ("fa", "rtl")
    assert page.h1.get_text() == published.title
    links = sorted(
        a["href"]
        for a in page.select(".nr-article a[href^=http]")
        if not a.find_parent(class_=["nr-share", "nr-provenance"])
    )
    assert links == sorted([*wire_story.LINKS, wire_story.FILM])
    # The original's title is in the original's language, and says so.
    assert page.select_one(".nr-provenance [lang=en]").get_text() == wire_story.TITLE
    for english in page.article.select("[lang=en], script"):
        english.decompose()
    assert not latin_words(page.article.get_text(" ").replace(host_of_film(), " "))
    assert not re.findall(r"\b[ZQXJ]{2,}[B-DF-HJ-NP-TV-XZ]{1,3}\b", page.get_text(" "))


def host_of_film() -> str:
    """Return what readers see of the film's address."""
    return wire_story.FILM.split("/")[2]


def test_both_languages_name_each_other_and_the_default(
    published: ArticlePage, client: Client
) -> None:
    host = "http://localhost"
    expected = {"en": host + ENGLISH, "fa": host + PERSIAN, "x-default": host + ENGLISH}
    for path in (ENGLISH, PERSIAN):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        links = {
            link["hreflang"]: link["href"]
            for link in page.head.select("link[rel=alternate]")
            if link.get("hreflang")
        }
        assert links == expected
        assert page.head.select_one("link[rel=canonical]")["href"] == host + path


def test_switcher_leads_to_the_other_language_by_its_own_name(
    published: ArticlePage, client: Client
) -> None:
    for path, other, name in ((ENGLISH, PERSIAN, "فارسی"), (PERSIAN, ENGLISH, "English")):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        links = [
            (link["hreflang"], link["href"].removeprefix("http://localhost"), link.get_text())
            for link in page.select(".nr-languages a[hreflang]")
        ]
        assert links == [("fa" if other == PERSIAN else "en", other, name)]


def test_english_article_is_what_it_was(
    published: ArticlePage, english_before: str, client: Client
) -> None:
    response = client.get(ENGLISH)
    page = BeautifulSoup(response.content, "html.parser")
    assert (page.html["lang"], page.html["dir"]) == ("en", "ltr")
    assert str(page.article) == english_before
    assert wire_story.TITLE in english_before


def test_sitemap_holds_both_languages(published: ArticlePage, client: Client) -> None:
    text = sitemap(client)
    for path in (ENGLISH, PERSIAN):
        assert f"<loc>http://localhost{path}</loc>" in text


def test_approved_story_is_drafted_again_without_an_engine(
    published: ArticlePage,
    story: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    google: LoopbackServer,
    run_jobs: Callable[[], None],
) -> None:
    assert MemoryEntry.objects.count() == SEGMENTS
    google.asked.clear()
    again = ArticlePage(
        title=story.title,
        slug="herons-once-more",
        locale=paper.english,
        kicker=story.kicker,
        standfirst=story.standfirst,
        dateline=story.dateline,
        body=wire_story.body(),
    )
    paper.news.add_child(instance=again)
    job = actions.request_translation(again, paper.persian, user=editor)
    run_jobs()
    job.refresh_from_db()
    assert (job.status, job.from_memory, job.by_engine) == ("done", SEGMENTS - 3, {})
    assert google.asked == []
