"""What readers get of each block, in both languages, in a bounded number of queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ContentType, PageViewRestriction

from tests.publishing.conftest import translate
from wagtail_newsroom.articles.blocks import (
    ARTICLE_BLOCKS,
    CALLOUT_KINDS,
    ArticleBody,
    EmbedBlock,
    Player,
    find_player,
)
from wagtail_newsroom.articles.reading import LONGEST_ANCHOR, Reading, make_anchor
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, ImageText

from .test_blocks import SOURCE, document, kitchen_sink, render, stored, strings_of, structure

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    cache.clear()
    ContentType.objects.clear_cache()


@pytest.fixture
def picture(db: None) -> Any:
    return get_image_model().objects.create(
        title="IMG_0001.JPG",
        file=ImageFile(get_test_image_file(size=(1700, 1100)).file, name="ferry.png"),
    )


def get(client: Client, url: str) -> str:
    response = client.get(url, headers={"host": "localhost"})
    assert response.status_code == 200
    return response.text


def test_a_page_takes_the_same_queries_for_each_block_once_and_ten_times(
    paper: SimpleNamespace, picture: Any, write: Callable[..., ArticlePage], client: Client
) -> None:
    counts = []
    film, words = document("film.mp4"), document("words.vtt")
    for number, times in enumerate((1, 10)):
        body: list[tuple[str, Any]] = []
        for _each in range(times):
            body += kitchen_sink(picture, film, words, write("Another piece"))
        page = stored(paper.news, body)
        page.slug = f"sink-{number}"
        page.lead_image = picture
        page.save_revision().publish()
        get(client, f"/en/news/sink-{number}/")
        with CaptureQueriesContext(connection) as queries:
            html = get(client, f"/en/news/sink-{number}/")
        counts.append(len(queries))
        assert html.count("Read also") == times
        assert html.count("data-nr-player") == times
    # 13 without blocks; pictures of four kinds of blocks, three documents and the pieces are eight.
    assert counts == [19, 19]


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("What comes next", "h-what-comes-next"),
        ("آنچه می‌آید؟", "h-آنچه-می-آید"),
        ("  C++ & <b>ships</b>!  ", "h-c-b-ships-b"),
        ("\u202eturned\u2066 round", "h-turned-round"),
        ("???", "h-section"),
        ("", "h-section"),
        ("word " * 100, "h-" + "-".join(["word"] * 12)),
        ("x" * 10_000, "h-" + "x" * LONGEST_ANCHOR),
    ],
)
def test_an_anchor_is_readable_in_any_script(text: str, anchor: str) -> None:
    assert make_anchor(text) == anchor


def test_anchors_are_unique_within_a_body_and_links_to_them_are_named(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    write(
        slug="anchors",
        body=[
            ("heading", "Next"),
            ("subheading", "Next"),
            ("heading", "Next 2"),
            ("heading", 'A "quoted" <b>one</b>'),
            ("heading", "content"),
        ],
    )
    html = get(client, "/en/news/anchors/")
    anchors = re.findall(r'<h[23] id="([^"]+)">', html)

    assert anchors == ["h-next", "h-next-2", "h-next-2-2", "h-a-quoted-b-one-b", "h-content"]
    assert re.findall(r'class="nr-heading__anchor" href="#([^"]+)"', html) == anchors
    assert 'aria-label="Link to the section “A &quot;quoted&quot; &lt;b&gt;one&lt;/b&gt;”"' in html
    assert html.count('id="content"') == 1


def test_an_anchor_is_as_it_is_where_no_page_reads_its_blocks(paper: SimpleNamespace) -> None:
    page = stored(paper.news, [("heading", "Next"), ("heading", "Next")])
    assert render(page).count('id="h-next"') == 2
    reading = Reading()
    assert [reading.take_anchor("Next"), reading.take_anchor("Next")] == ["h-next", "h-next-2"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&rel=0&start=0",
        ),
        (
            "https://m.youtube.com/watch?list=x&v=abc-_fghijk&t=1m30s",
            "https://www.youtube-nocookie.com/embed/abc-_fghijk?autoplay=1&rel=0&start=90",
        ),
        (
            "http://youtu.be/abcdefghijk?t=42",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&rel=0&start=42",
        ),
        (
            "https://www.youtube.com/shorts/abcdefghijk",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&rel=0&start=0",
        ),
        (
            "https://vimeo.com/123456",
            "https://player.vimeo.com/video/123456?autoplay=1&dnt=1#t=0s",
        ),
        (
            "https://www.aparat.com/v/AbC12",
            "https://www.aparat.com/video/video/embed/videohash/AbC12/vt/frame",
        ),
        (
            "https://www.dailymotion.com/video/x7tgad0",
            "https://geo.dailymotion.com/player.html?video=x7tgad0&startTime=0",
        ),
        ("https://www.youtube.com/watch?v=short", ""),
        ("https://www.youtube.com/watch?v=abcdefghijklm", ""),
        ("https://evil.example.org/?u=https://youtu.be/abcdefghijk", ""),
        ("https://youtube.com.evil.example.org/watch?v=abcdefghijk", ""),
        ("javascript:https://youtu.be/abcdefghijk", ""),
        ("https://video.example.org/watch?v=abcdefghijk", ""),
        (None, ""),
        ("", ""),
    ],
)
def test_a_player_is_found_for_known_hosts_only(url: str | None, address: str) -> None:
    found = find_player(url)
    assert (found[1] if found else "") == address


def test_an_embed_is_a_link_and_a_button_and_nothing_is_fetched(paper: SimpleNamespace) -> None:
    page = stored(
        paper.news,
        [
            ("embed", "https://video.example.org/?a=1&b=2"),
            ("embed", {"url": "javascript:alert(1)", "title": "T", "caption": "C"}),
            (
                "embed",
                {"url": "https://youtu.be/abcdefghijk", "title": '"><script>', "caption": ""},
            ),
        ],
    )
    html = render(page)

    assert 'href="https://video.example.org/?a=1&amp;b=2"' in html
    assert '<bdi dir="ltr">video.example.org</bdi>' in html
    assert "javascript:" not in html
    assert "<iframe" not in html
    assert html.count("<a ") == 2
    assert html.count("data-nr-player=") == 1
    assert 'data-nr-title="&quot;&gt;&lt;script&gt;"' in html
    assert re.findall(r'<script[^>]*src="([^"]+)"', html) == ["/static/wagtail_newsroom/player.js"]
    assert html.count("<script") == 1


def test_a_site_may_name_more_players() -> None:
    class TubeBlock(EmbedBlock):
        players = (
            Player(
                "Tube",
                r"https://tube\.example\.org/w/(?P<film>\w+)$",
                "https://tube.example.org/videos/embed/{film}",
            ),
        )

    html = TubeBlock().render(
        TubeBlock().to_python({"url": "https://tube.example.org/w/abc", "title": "Film"})
    )
    assert 'data-nr-player="https://tube.example.org/videos/embed/abc"' in html


def test_a_film_of_our_own_has_subtitles_transcript_and_no_preload(
    paper: SimpleNamespace, picture: Any, client: Client
) -> None:
    film, words = document("film.mp4"), document("words.vtt")
    value = {
        "file": film.pk,
        "poster": picture.pk,
        "title": "Crossing",
        "subtitles": words.pk,
        "transcript": "<p>Wind.</p>",
    }
    page = stored(paper.news, [("video", value)])
    page.slug = "film"
    page.save_revision().publish()
    translate(page, paper.persian, "فیلم")

    html = get(client, "/en/news/film/")
    assert 'preload="none"' in html
    assert 'srclang="en" label="English"' in html
    assert f'src="{film.url}" type="video/mp4"' in html
    assert re.search(r'poster="/media/images/ferry[\w.-]*fill-1200x675\.png"', html)
    assert re.search(r"<summary>Transcript</summary>\s*<p>Wind.</p>", html)
    assert 'srclang="fa" label="فارسی"' in get(client, "/fa/news/film/")


def test_a_film_must_be_a_film_and_subtitles_webvtt(db: None) -> None:
    block = dict(ARTICLE_BLOCKS)["video"]
    with pytest.raises(ValidationError) as caught:
        block.clean(
            block.to_python({"file": document("a.pdf").pk, "subtitles": document("b.srt").pk})
        )
    assert set(caught.value.block_errors) == {"file", "subtitles"}
    assert block.clean(block.to_python({"file": document("a.webm").pk}))


def test_a_document_tells_type_and_size_in_the_readers_digits(
    paper: SimpleNamespace,
) -> None:
    file = document("plan.pdf")
    get_size = type(file).objects.filter(pk=file.pk)
    get_size.update(file_size=1_258_291)
    page = stored(paper.news, [("document", {"document": file.pk, "title": "نقشه"})])
    with translation.override("fa"):
        html = render(page)
    assert "<bdi>PDF</bdi>" in html
    assert "۱٫۲" in html or "۱.۲" in html
    english = render(page)
    assert "<bdi>1.2\xa0MB</bdi>" in english
    assert f'href="{file.url}"' in english


def test_a_document_without_a_title_shows_the_files(paper: SimpleNamespace) -> None:
    page = stored(paper.news, [("document", {"document": document("plan.pdf").pk})])
    assert "plan.pdf" in render(page)


def test_a_related_piece_is_shown_in_the_pages_language_and_only_if_readable(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    both = write("Both languages", slug="both")
    translate(both, paper.persian, "هر دو زبان")
    english = write("English only", slug="english-only")
    draft = write("Draft", slug="draft", live=False)
    private = write("Private", slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    page = write(
        slug="hub",
        body=[
            ("related_piece", {"page": piece, "note": f"Note {number}"})
            for number, piece in enumerate((both, english, draft, private))
        ],
    )
    translate(page, paper.persian, "مرکز")

    html = get(client, "/en/news/hub/")
    assert re.findall(r'nr-related-piece__title"><a href="([^"]+)"', html) == [
        "/en/news/both/",
        "/en/news/english-only/",
    ]
    assert "Note 0" in html
    assert "Note 2" not in html
    persian = get(client, "/fa/news/hub/")
    assert re.findall(r'nr-related-piece__title"><a href="([^"]+)"', persian) == ["/fa/news/both/"]
    assert "هر دو زبان" in persian


def test_a_related_piece_is_found_where_no_page_reads_its_blocks(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    both = write("Both languages", slug="both")
    translate(both, paper.persian, "هر دو زبان")
    page = stored(paper.news, [("related_piece", {"page": both.pk})])
    assert "/en/news/both/" in render(page)
    with translation.override("fa"):
        assert "/fa/news/both/" in render(page)


def test_every_kind_of_callout_is_named_to_readers(paper: SimpleNamespace) -> None:
    kinds = [*CALLOUT_KINDS, "unheard-of"]
    page = stored(
        paper.news, [("callout", {"kind": kind, "text": "<p>Look.</p>"}) for kind in kinds]
    )
    html = render(page)
    assert re.findall(r"nr-callout--(\w+)", html) == [*CALLOUT_KINDS, "note"]
    assert 'aria-label="Good to know"' in html


def test_a_post_is_quoted_in_place_and_a_bad_address_is_no_link(paper: SimpleNamespace) -> None:
    post = {
        "url": "https://social.example.org/1",
        "network": "mastodon",
        "author": "@port",
        "text": "On time.\nالسلام",
        "date": "2026-03-01",
    }
    page = stored(
        paper.news,
        [("social_post", post), ("social_post", {**post, "url": "javascript:alert(1)"})],
    )
    html = render(page)
    assert html.count("<a ") == 1
    assert "javascript:" not in html
    assert html.count('<time datetime="2026-03-01">1 March 2026</time>') == 2
    assert "Mastodon" in html
    with translation.override("fa"):
        assert "۱۰ اسفند ۱۴۰۴" in render(page)


def test_a_table_keeps_its_headers_alignment_spans_and_escapes(paper: SimpleNamespace) -> None:
    table = {
        "data": [["A", "B"], ["<i>x</i>", "1\n2"], ["hidden", ""]],
        "cell": [
            {"row": 0, "col": 1, "className": "htRight htMiddle"},
            {"row": 2, "col": 0, "hidden": True},
        ],
        "mergeCells": [{"row": 1, "col": 0, "rowspan": 2, "colspan": 1}],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "table_caption": "<b>Cap</b>",
    }
    html = " ".join(render(stored(paper.news, [("table", table)])).split())
    assert "<caption><bdi>&lt;b&gt;Cap&lt;/b&gt;</bdi></caption>" in html
    assert '<th scope="col"><bdi>A</bdi>' in html
    assert '<th scope="col" class="nr-end"><bdi>B</bdi>' in html
    assert '<th scope="row" colspan="1" rowspan="2"><bdi>&lt;i&gt;x&lt;/i&gt;</bdi>' in html
    assert "<td><bdi>1 2</bdi>" in html
    assert "hidden" not in html
    bare = {**table, "first_row_is_table_header": False, "first_col_is_header": False}
    assert "<th" not in render(stored_again(paper, bare))


def stored_again(paper: SimpleNamespace, table: Any) -> ArticlePage:
    body = [{"type": "table", "value": table, "id": "a"}]
    return ArticlePage(title="T", locale=paper.english, body=body)


def test_raw_html_reaches_readers_as_it_is_and_is_marked(paper: SimpleNamespace) -> None:
    html = render(stored(paper.news, [("raw_html", "<p>A <b>B</b></p>"), ("raw_html", None)]))
    assert html == '<div class="nr-raw-html" data-not-translated><p>A <b>B</b></p></div>\n\n'
    assert "None" not in html


def test_a_decorative_picture_has_no_alternative_text(
    paper: SimpleNamespace, picture: Any, client: Client
) -> None:
    ImageText.objects.create(image=picture, locale=paper.english, alt="From the library")
    page = stored(
        paper.news,
        [
            ("image", {"image": picture.pk, "alt": "Own", "decorative": True}),
            ("image", {"image": picture.pk, "alt": "Own"}),
            ("image", {"image": picture.pk}),
        ],
    )
    page.save_revision().publish()
    html = get(client, "/en/news/kitchen-sink/")
    assert re.findall(r'<img [^>]*alt="([^"]*)"', html) == ["", "Own", "From the library"]
    assert html.count("data-decorative") == 1


def test_a_gallery_is_a_list_of_figures(paper: SimpleNamespace, picture: Any) -> None:
    images = [{"image": picture.pk, "alt": f"Picture {number}"} for number in range(3)]
    page = stored(
        paper.news, [("gallery", {"images": [*images, {"image": None}], "caption": "All"})]
    )
    html = render(page)
    assert html.count("<li>") == 3
    assert html.count('<figure class="nr-figure ">') == 3
    assert '<figcaption class="nr-gallery__caption"><bdi>All</bdi></figcaption>' in html


def test_hostile_words_are_words_in_every_block(
    paper: SimpleNamespace, picture: Any, write: Callable[..., ArticlePage]
) -> None:
    hostile = "</script><script>alert(1)</script>\"'\u202e" + "x" * 10_000
    file = document("plan.pdf")
    body = [
        ("heading", hostile),
        ("subheading", hostile),
        ("image", {"image": picture.pk, "alt": hostile, "caption": hostile, "credit": hostile}),
        ("gallery", {"images": [{"image": picture.pk, "alt": hostile}], "caption": hostile}),
        ("pull_quote", {"text": hostile, "attribution": hostile}),
        ("quote", {"text": hostile, "attribution": hostile}),
        ("embed", {"url": "https://youtu.be/abcdefghijk", "title": hostile, "caption": hostile}),
        ("video", {"file": file.pk, "title": hostile, "caption": hostile, "credit": hostile}),
        ("table", {"data": [[hostile]], "table_caption": hostile}),
        ("fact_box", {"title": hostile, "text": "<p>x</p>"}),
        (
            "timeline",
            {
                "heading": hostile,
                "entries": [
                    {"when": hostile, "date": "2026-03-01", "heading": hostile},
                    {"when": hostile, "text": "<p>x</p>"},
                ],
            },
        ),
        ("document", {"document": file.pk, "title": hostile}),
        ("related_piece", {"page": write("Other").pk, "note": hostile}),
        ("social_post", {"url": "https://e.org/", "author": hostile, "text": hostile}),
    ]
    html = render(stored(paper.news, body))
    assert "<script>" not in html
    assert html.count("</script>") == 1  # the player's own
    assert re.search(r"<[^>]*\son\w+=", html) is None


def test_a_site_takes_its_own_choice_of_blocks() -> None:
    body = ArticleBody([block for block in ARTICLE_BLOCKS if block[0] != "raw_html"])
    assert "raw_html" not in body.child_blocks
    assert list(ArticleBody().child_blocks) == [name for name, _block in ARTICLE_BLOCKS]


def test_pseudo_translation_changes_every_text_and_keeps_the_structure(
    paper: SimpleNamespace,
    picture: Any,
    write: Callable[..., ArticlePage],
    editor: Any,
    run_jobs: Callable[[], None],
) -> None:
    page = stored(
        paper.news,
        kitchen_sink(picture, document("film.mp4"), document("words.vtt"), write("Other piece")),
    )
    page.save_revision().publish()
    page = ArticlePage.objects.get(pk=page.pk)

    actions.request_translation(page, paper.persian, user=editor)
    run_jobs()

    draft = localize.translated_instance(localize.translations_of(page).get())
    texts = strings_of(draft)
    assert len(texts) == len(SOURCE)
    # A figure alone is nothing to translate; readers see it in their own digits.
    assert [text for text, source in zip(texts, SOURCE, strict=True) if text == source] == ["2"]
    assert structure(draft) == structure(page)
    table = next(block.value for block in draft.body if block.block_type == "table")
    assert table["data"][1][1] == "2"
    with translation.override("fa"):
        assert "<td><bdi>۲</bdi>" in render(draft)
