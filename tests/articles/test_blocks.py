"""No block crashes or loses text in wagtail-localize, whatever value it holds."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.template.loader import render_to_string
from wagtail.blocks import BoundBlock
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from wagtail_newsroom.articles.blocks import ARTICLE_BLOCKS, host_of
from wagtail_newsroom.models import ArticlePage

# Wagtail leaves the temporary file of a new rendition to the collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)

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
    "embed": [None, ""],
    "list": [None, [], [None], [""], [{"type": "item", "value": None, "id": "a"}]],
    "social_follow": [None, {}, {"heading": None, "style": None}],
    "share": [None, {}, {"heading": None, "size": None}],
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
    assert [block["value"] for block in again.body.raw_data] == [
        "",
        "",
        {"image": None, "alt": "", "caption": "", "credit": ""},
        {"text": "", "attribution": ""},
        "",
        [],
    ]


def kitchen_sink(picture: Any) -> list[tuple[str, Any]]:
    return [
        ("paragraph", "<p>H<sub>2</sub>O rose by 10<sup>th</sup>s &amp; <b>more</b>.</p>"),
        ("paragraph", "<p>First.</p><p>See <a href='https://example.org/'>the map</a>.</p>"),
        ("heading", "Ships & piers"),
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
        ("quote", {"text": "We counted.\nTwice.", "attribution": "Mina Sample"}),
        ("embed", "https://video.example.org/1"),
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
    ]


SOURCE = [
    "H<sub>2</sub>O rose by 10<sup>th</sup>s &amp; <b>more</b>.",
    "First.",
    'See <a id="a1">the map</a>.',
    "Ships &amp; piers",
    "A ferry",
    "The last ferry",
    "Photo: Sample",
    "A second ferry",
    "We counted.<br/>Twice.",
    "Mina Sample",
    "Two boats",
    "Four <i>boats</i>",
    "New form",
]


def test_every_human_text_of_every_block_is_extracted_in_order(
    paper: SimpleNamespace, picture: Any
) -> None:
    assert strings_of(stored(paper.news, kitchen_sink(picture))) == SOURCE


def test_plain_lists_keep_their_ids_from_reading_to_reading(
    paper: SimpleNamespace, picture: Any
) -> None:
    page = stored(paper.news, kitchen_sink(picture))
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


def test_every_translated_text_comes_to_its_place(paper: SimpleNamespace, picture: Any) -> None:
    page = stored(
        paper.news,
        kitchen_sink(picture),
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
    assert [block.value for block in draft.body if block.block_type == "embed"] == [
        "https://video.example.org/1"
    ]
    assert 'href="https://example.org/"' in render(draft)


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
    assert block.meta.preview_value
    shown = {
        "paragraph": "last ferry of the evening",
        "heading": "harbour master says",
        "image": "Photo: A. Sample",
        "quote": "Mina Sample, harbour master",
        "embed": "video.example.org",
        "list": "Four in summer",
        "social_follow": "Follow us",
        "share": "Share this",
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


def test_an_embed_is_a_plain_link_and_nothing_is_fetched(paper: SimpleNamespace) -> None:
    page = stored(
        paper.news,
        [("embed", "https://video.example.org/?a=1&b=2"), ("embed", "javascript:alert(1)")],
    )
    html = render(page)

    assert html.count("<a ") == 1
    assert 'href="https://video.example.org/?a=1&amp;b=2"' in html
    assert '<bdi dir="ltr">video.example.org</bdi>' in html
    assert "javascript" not in html
    assert "<iframe" not in html
    assert "<script" not in html
