"""No block crashes or loses text in wagtail-localize, whatever value it holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.template.loader import render_to_string
from wagtail.blocks import BoundBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from wagtail_newsroom.articles.blocks import ARTICLE_BLOCKS, ItemListBlock, TextLineBlock, host_of
from wagtail_newsroom.articles.blocks.values import has_words
from wagtail_newsroom.models import ArticlePage

# Wagtail leaves the temporary file of a new rendition to the collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)

LEFT_EMPTY = '<p data-block-key="abcde"></p>'
EMPTY: dict[str, list[Any]] = {
    "paragraph": [None, "", "<p></p>"],
    "heading": [None, ""],
    "image": [
        None,
        {},
        {"image": None},
        {"image": None, "alt": None, "caption": None, "credit": None},
        {"image": 999_999, "alt": "", "caption": "", "credit": ""},
    ],
    "quote": [None, {}, {"text": None, "attribution": None}, {"text": ""}],
    "embed": [
        None,
        "",
        {},
        {"url": None, "title": None, "caption": None, "poster": None},
        {"url": "", "poster": 999_999},
    ],
    "list": [None, [], [None], [""], [{"type": "item", "value": None, "id": "a"}]],
    "social_follow": [None, {}, {"heading": None, "style": None}],
    "share": [None, {}, {"heading": None, "size": None}],
    "subheading": [None, ""],
    "pull_quote": [None, {}, {"text": None, "attribution": None}],
    "divider": [None, ""],
    "gallery": [
        None,
        {},
        {"images": None, "caption": None},
        {"images": [None]},
        {"images": [{"image": None, "alt": None}]},
        {"images": [{"type": "item", "value": None, "id": "a"}]},
    ],
    "video": [
        None,
        {},
        {"file": None, "poster": None, "title": None, "subtitles": None, "transcript": None},
        {"file": 999_999, "transcript": ""},
    ],
    "table": [None, {}, "", {"data": None}, {"data": [[None, ""], [" "]], "table_caption": None}],
    "fact_box": [None, {}, {"title": None, "text": None}],
    "callout": [None, {}, {"kind": None, "text": None}, {"kind": "unheard-of", "text": ""}],
    "timeline": [
        None,
        {},
        {"heading": None, "entries": None},
        {"entries": [None]},
        {"entries": [{"when": None, "date": None, "heading": None, "text": None}]},
        {"entries": [{"type": "item", "value": None, "id": "a"}]},
    ],
    "document": [None, {}, {"document": None, "title": None}, {"document": 999_999}],
    "related_piece": [None, {}, {"page": None, "note": None}, {"page": 999_999}],
    "social_post": [
        None,
        {},
        {"url": None, "network": None, "author": None, "text": None, "date": None},
    ],
    "raw_html": [None, ""],
}


@pytest.fixture
def picture(db: None) -> Any:
    return get_image_model().objects.create(
        title="IMG_0001.JPG", file=ImageFile(get_test_image_file().file, name="ferry.png")
    )


def stored(parent: Any, blocks: list[tuple[str, Any]], **fields: Any) -> ArticlePage:
    """Make an article whose body is stored as it is, as imports and old drafts have it."""
    body = [
        {"type": kind, "value": value, "id": f"00000000-0000-4000-8000-{number:012}"}
        for number, (kind, value) in enumerate(blocks)
    ]
    page = ArticlePage(
        title="Kitchen sink",
        slug="kitchen-sink",
        locale=parent.locale,
        body=json.dumps(body),
        **fields,
    )
    parent.add_child(instance=page)
    return ArticlePage.objects.get(pk=page.pk)


def strings_of(page: ArticlePage) -> list[str]:
    return [
        segment.string.data
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue) and segment.path.startswith("body.")
    ]


def render(page: ArticlePage) -> str:
    return "".join(block.render() for block in page.body)


def test_every_block_is_in_the_kitchen_sink() -> None:
    assert set(EMPTY) == {name for name, _ in ARTICLE_BLOCKS}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        pytest.param(kind, value, id=f"{kind}-{json.dumps(value)}")
        for kind, values in EMPTY.items()
        for value in values
    ],
)
def test_an_empty_block_is_extracted_drafted_and_rendered_without_a_word(
    paper: SimpleNamespace, kind: str, value: Any
) -> None:
    page = stored(paper.news, [("heading", "Before"), (kind, value), ("heading", "After")])

    page.copy_for_translation(paper.persian)
    source, _ = TranslationSource.update_or_create_from_instance(page)
    draft = source.get_ephemeral_translated_instance(paper.persian, fallback=True)
    draft.save_revision()

    assert strings_of(page) == ["Before", "After"]
    assert [block.block_type for block in draft.body] == ["heading", kind, "heading"]
    words = render(draft)
    assert words.index("Before") < words.index("After")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("fact_box", {"title": "", "text": LEFT_EMPTY}),
        ("callout", {"kind": "note", "text": LEFT_EMPTY}),
        ("list", [LEFT_EMPTY, LEFT_EMPTY]),
        ("timeline", {"entries": [{"text": LEFT_EMPTY}]}),
    ],
)
def test_a_text_that_an_editor_left_empty_renders_nothing(
    paper: SimpleNamespace, kind: str, value: Any
) -> None:
    assert render(stored(paper.news, [(kind, value)])).strip() == ""


@pytest.mark.parametrize("day", ["2026-13-45", "x", 5, ["a"], {}, None])
def test_a_stored_day_that_is_none_breaks_nothing(paper: SimpleNamespace, day: Any) -> None:
    entry = {"when": "", "date": day, "heading": "The first pile", "text": ""}
    page = stored(
        paper.news,
        [
            ("timeline", {"entries": [entry]}),
            ("social_post", {"url": "https://example.org/post", "text": "We rowed.", "date": day}),
        ],
    )
    words = render(page)
    assert "The first pile" in words
    assert "We rowed." in words
    page.save_revision().publish()


def test_items_that_were_left_empty_are_no_points(paper: SimpleNamespace) -> None:
    page = stored(paper.news, [("list", [LEFT_EMPTY, "<p>Two boats</p>"])])
    assert render(page).count("<li>") == 1


def test_blocks_take_null_from_code(paper: SimpleNamespace) -> None:
    page = ArticlePage(
        title="Null",
        slug="null",
        locale=paper.english,
        body=[(name, None) for name in EMPTY],
    )
    paper.news.add_child(instance=page)

    again = ArticlePage.objects.get(pk=page.pk)

    assert strings_of(again) == []
    quote = {"text": "", "attribution": ""}
    assert [block["value"] for block in again.body.raw_data] == [
        "",
        "",
        {"image": None, "alt": "", "caption": "", "credit": "", "decorative": False},
        quote,
        {"url": "", "title": "", "caption": "", "poster": None},
        [],
        {"heading": "", "style": "", "size": ""},
        {"heading": "", "style": "", "size": ""},
        "",
        quote,
        None,
        {"images": [], "caption": ""},
        {
            "file": None,
            "poster": None,
            "title": "",
            "caption": "",
            "credit": "",
            "subtitles": None,
            "transcript": "",
        },
        {},
        {"title": "", "text": ""},
        {"kind": "note", "text": ""},
        {"heading": "", "entries": []},
        {"document": None, "title": ""},
        {"page": None, "note": ""},
        {"url": "", "network": "", "author": "", "text": "", "date": None},
        "",
    ]


TABLE = {
    "data": [["Route", "Winter"], ["Old pier", "2"], ["Island", "2"], ["", None]],
    "cell": [{"row": 1, "col": 1, "className": "htRight"}],
    "mergeCells": [],
    "first_row_is_table_header": True,
    "first_col_is_header": True,
    "table_header_choice": "both",
    "table_caption": "Crossings & days",
}


def kitchen_sink(picture: Any, film: Any, subtitles: Any, page: Any) -> list[tuple[str, Any]]:
    """Every block with every text, some in older forms."""
    return [
        ("paragraph", "<p>H<sub>2</sub>O rose by 10<sup>th</sup>s &amp; <b>more</b>.</p>"),
        ("paragraph", "<p>First.</p><p>See <a href='https://example.org/'>the map</a>.</p>"),
        ("heading", "Ships & piers"),
        ("subheading", "Ships"),
        (
            "image",
            {
                "image": picture.pk,
                "alt": "A ferry",
                "caption": "The last ferry",
                "credit": "Photo: Sample",
            },
        ),
        ("image", {"image": picture.pk, "alt": "A second ferry"}),
        (
            "gallery",
            {
                "images": [
                    {"image": picture.pk, "alt": "Plain list", "caption": "Old form"},
                    {"image": picture.pk, "alt": "Another", "credit": "Photo: Two"},
                ],
                "caption": "All ferries",
            },
        ),
        ("pull_quote", {"text": "Nobody knew.", "attribution": "Mina"}),
        ("quote", {"text": "We counted.\nTwice.", "attribution": "Mina Sample"}),
        ("embed", "https://video.example.org/1"),
        (
            "embed",
            {
                "url": "https://youtu.be/abcdefghijk",
                "title": "A storm",
                "caption": "Filmed from the pier",
                "poster": picture.pk,
            },
        ),
        (
            "video",
            {
                "file": film.pk,
                "poster": picture.pk,
                "title": "The crossing",
                "caption": "Eleven minutes",
                "credit": "Film: Sample",
                "subtitles": subtitles.pk,
                "transcript": "<p>Wind.</p><p>A <i>voice</i>.</p>",
            },
        ),
        ("list", ["<p>Two boats</p>", "<p>Four <i>boats</i></p>"]),
        (
            "list",
            [
                {
                    "type": "item",
                    "value": "<p>New form</p>",
                    "id": "5f0a2d3e-0000-4000-8000-000000000001",
                }
            ],
        ),
        ("table", TABLE),
        ("fact_box", {"title": "In figures", "text": "<ul><li>Built in 1968</li></ul>"}),
        ("callout", {"kind": "service", "text": "<p>Bring a coat.</p>"}),
        (
            "timeline",
            {
                "heading": "How it went",
                "entries": [
                    {"when": "Monday, 9 a.m.", "heading": "A call", "text": "<p>It rang.</p>"},
                    {"date": "2026-03-01", "text": "<ul><li>It <i>stopped</i></li></ul>"},
                ],
            },
        ),
        ("document", {"document": subtitles.pk, "title": "The timetable"}),
        ("related_piece", {"page": page.pk, "note": "How it began"}),
        (
            "social_post",
            {
                "url": "https://social.example.org/1",
                "network": "mastodon",
                "author": "Port of Sample",
                "text": "On time.\nReally.",
                "date": "2026-03-01",
            },
        ),
        ("divider", None),
        ("raw_html", "<p>Not <b>translated</b></p>"),
        ("social_follow", {"heading": "Follow us", "style": "icon", "size": ""}),
        ("share", {"heading": "Pass it on", "style": "", "size": "l"}),
    ]


SOURCE = [
    "H<sub>2</sub>O rose by 10<sup>th</sup>s &amp; <b>more</b>.",
    "First.",
    'See <a id="a1">the map</a>.',
    "Ships &amp; piers",
    "Ships",
    "A ferry",
    "The last ferry",
    "Photo: Sample",
    "A second ferry",
    "Plain list",
    "Old form",
    "Another",
    "Photo: Two",
    "All ferries",
    "Nobody knew.",
    "Mina",
    "We counted.<br/>Twice.",
    "Mina Sample",
    "A storm",
    "Filmed from the pier",
    "The crossing",
    "Eleven minutes",
    "Film: Sample",
    "Wind.",
    "A <i>voice</i>.",
    "Two boats",
    "Four <i>boats</i>",
    "New form",
    "Crossings &amp; days",
    "Route",
    "Winter",
    "Old pier",
    "2",
    "Island",
    "In figures",
    "Built in 1968",
    "Bring a coat.",
    "How it went",
    "Monday, 9 a.m.",
    "A call",
    "It rang.",
    "It <i>stopped</i>",
    "The timetable",
    "How it began",
    "Port of Sample",
    "On time.<br/>Really.",
    "Follow us",
    "Pass it on",
]


def document(name: str) -> Any:
    return get_document_model().objects.create(
        title=name, file=ContentFile(b"WEBVTT\n\n00:01.000 --> 00:02.000\nWind\n", name=name)
    )


@pytest.fixture
def sink(picture: Any, write: Callable[..., ArticlePage]) -> list[tuple[str, Any]]:
    """Every block with every text."""
    return kitchen_sink(picture, document("film.mp4"), document("words.vtt"), write("Other piece"))


def test_every_human_text_of_every_block_is_extracted_in_order(
    paper: SimpleNamespace, sink: list[tuple[str, Any]]
) -> None:
    assert strings_of(stored(paper.news, sink)) == SOURCE
    assert {kind for kind, _value in sink} == set(EMPTY)


def test_plain_lists_keep_their_ids_from_reading_to_reading(
    paper: SimpleNamespace, sink: list[tuple[str, Any]]
) -> None:
    page = stored(paper.news, sink)
    paths = [segment.path for segment in extract_segments(page)]

    source, _ = TranslationSource.update_or_create_from_instance(page)
    again, created = TranslationSource.update_or_create_from_instance(
        ArticlePage.objects.get(pk=page.pk)
    )

    assert again.pk == source.pk
    assert not created
    assert [
        segment.path for segment in extract_segments(ArticlePage.objects.get(pk=page.pk))
    ] == paths
    assert source.stringsegment_set.filter(context__path__startswith="body").count() == len(SOURCE)


def test_every_translated_text_comes_to_its_place(
    paper: SimpleNamespace, picture: Any, sink: list[tuple[str, Any]]
) -> None:
    page = stored(
        paper.news,
        sink,
        kicker="Harbour",
        standfirst="Ferries run late.",
        dateline="PORT SAMPLE",
        lead_image=picture,
        lead_image_alt="Lead alt",
        lead_image_caption="Lead caption",
        lead_image_credit="Lead credit",
    )
    page.copy_for_translation(paper.persian)
    source, _ = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.create(source=source, target_locale=paper.persian)
    for segment in source.stringsegment_set.select_related("string"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=paper.persian,
            data=f"ف {segment.string.data}",
        )

    draft = source.get_ephemeral_translated_instance(paper.persian, fallback=False)

    assert strings_of(draft) == [f"ف {text}" for text in SOURCE]
    assert {
        name: getattr(draft, name)
        for name in (
            "title",
            "kicker",
            "standfirst",
            "dateline",
            "lead_image_alt",
            "lead_image_caption",
            "lead_image_credit",
            "slug",
        )
    } == {
        "title": "ف Kitchen sink",
        "kicker": "ف Harbour",
        "standfirst": "ف Ferries run late.",
        "dateline": "ف PORT SAMPLE",
        "lead_image_alt": "ف Lead alt",
        "lead_image_caption": "ف Lead caption",
        "lead_image_credit": "ف Lead credit",
        "slug": "kitchen-sink",
    }
    assert draft.lead_image == picture
    assert [block.value["url"] for block in draft.body if block.block_type == "embed"] == [
        "https://video.example.org/1",
        "https://youtu.be/abcdefghijk",
    ]
    assert 'href="https://example.org/"' in render(draft)
    assert structure(draft) == structure(page)
    table = next(block.value for block in draft.body if block.block_type == "table")
    assert table["data"] == [
        ["ف Route", "ف Winter"],
        ["ف Old pier", "ف 2"],
        ["ف Island", "ف 2"],
        ["", None],
    ]
    assert {
        name: value for name, value in table.items() if name not in ("data", "table_caption")
    } == {name: value for name, value in TABLE.items() if name not in ("data", "table_caption")}


def structure(page: ArticlePage) -> list[Any]:
    """The stored body without the texts that are translated."""
    names = {"alt", "caption", "credit", "text", "attribution", "title", "note", "author"}
    names |= {"transcript", "data", "table_caption", "heading", "when"}

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: bare(each) for name, each in value.items() if name not in names}
        if isinstance(value, list):
            return [bare(each) for each in value]
        return value

    assert [child.value for child in page.body]  # What was read is stored in today's form.
    return [
        (block["type"], block["id"])
        if block["type"] in ("paragraph", "heading", "subheading", "list")
        else bare(block)
        for block in page.body.get_prep_value()
    ]


def test_a_picture_takes_the_articles_words_and_not_the_files(
    paper: SimpleNamespace, picture: Any
) -> None:
    page = stored(
        paper.news,
        [
            ("image", {"image": picture.pk, "alt": 'A "ferry"', "caption": "<b>", "credit": "©"}),
            ("image", {"image": picture.pk}),
        ],
    )
    html = render(page)

    assert 'alt="A &quot;ferry&quot;"' in html
    assert 'alt=""' in html
    assert "<bdi>&lt;b&gt;</bdi>" in html
    assert picture.title not in html


@pytest.mark.parametrize("name", list(EMPTY))
def test_every_block_has_an_icon_a_label_a_description_and_a_preview(name: str) -> None:
    block = dict(ARTICLE_BLOCKS)[name]
    value = block.get_preview_value()
    bound = BoundBlock(block, value)
    context = block.get_preview_context(
        value, {"block_def": block, "bound_block": bound, "page_title": ""}
    )
    html = render_to_string(block.get_preview_template(value, context), context)

    assert block.is_previewable
    assert block.meta.icon != "placeholder"
    assert str(block.label)
    assert str(block.get_description())
    assert str(block.meta.template).startswith("wagtail_newsroom/blocks/")
    assert block.meta.preview_value or name == "divider"
    assert str(block.meta.group)
    shown = {
        "paragraph": "last ferry of the evening",
        "heading": "harbour master says",
        "image": "Photo: A. Sample",
        "quote": "Mina Sample, harbour master",
        "embed": "Play “<bdi>The ferry in a storm</bdi>”",
        "list": "Four in summer",
        "social_follow": "Follow us",
        "share": "Share this",
        "subheading": "On stormy days",
        "pull_quote": "Nobody builds a pier",
        "divider": '<hr class="nr-divider">',
        "gallery": "in three pictures",
        "video": "All aboard",
        "table": "Crossings a day",
        "fact_box": "The ferry in figures",
        "callout": "Good to know",
        "timeline": "Nobody is hurt.",
        "document": "The timetable for winter",
        "related_piece": "How the timetable came about",
        "social_post": "Bring a coat",
        "raw_html": "<meter",
    }
    assert shown[name] in html


@pytest.mark.parametrize("name", ["paragraph", "list"])
def test_rich_text_offers_neither_images_nor_embeds(name: str) -> None:
    block: Any = dict(ARTICLE_BLOCKS)[name]
    rich = block if name == "paragraph" else block.child_block
    assert rich.features == [
        "bold",
        "italic",
        "link",
        "document-link",
        "superscript",
        "subscript",
    ]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.video.example.org/watch?v=1", "video.example.org"),
        ("http://example.org:8080/", "example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,hello", ""),
        ("//example.org/", ""),
        ("https://[broken", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_have_a_host(address: str | None, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    "text", ["<p></p>", "<p>&nbsp;</p>", "<p>&#8203;</p>", "<p>\u200f \u200c</p>"]
)
def test_what_nobody_sees_is_no_word(text: str) -> None:
    assert not has_words(RichText(text))
    assert has_words(RichText(text.replace("</p>", "&lt;</p>")))


def test_points_of_another_kind_are_shown_too() -> None:
    block = ItemListBlock(TextLineBlock())
    html = block.render(block.to_python(["one", "", "two"]))
    assert (html.count("<li>"), "one" in html, "two" in html) == (2, True, True)
