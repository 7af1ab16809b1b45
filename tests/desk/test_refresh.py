"""Reading sources in bulk gives wagtail-localize's own rows, and keeps keys that it would lose."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from wagtail_newsroom.desk import localize
from wagtail_newsroom.models import ArticlePage

TABLES = {
    StringSegment: ("string__data", "attrs"),
    TemplateSegment: ("template__template", "template__template_format", "template__string_count"),
    RelatedObjectSegment: ("object_id",),
    OverridableSegment: ("data_json",),
}


def rows(source: TranslationSource) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that is stored of a source's segments, but no keys."""
    return {
        model.__name__: sorted(
            model.objects.filter(source=source).values_list(
                "order", "context__path", "context__field_path", *names
            ),
            key=repr,
        )
        for model, names in TABLES.items()
    }


def keys(source: TranslationSource) -> dict[str, set[int]]:
    """Return the primary keys of a source's segments."""
    return {
        model.__name__: set(model.objects.filter(source=source).values_list("pk", flat=True))
        for model in TABLES
    }


def paragraph(n: int) -> dict[str, Any]:
    return {
        "type": "paragraph",
        "value": f"<p>Paragraph {n} with <b>bold</b> and <a href='https://example.org/{n}'>a link</a>."
        f"</p><p>A second line of {n}.</p>",
        "id": str(uuid.uuid4()),
    }


def kitchen_sink(size: int = 6) -> list[dict[str, Any]]:
    """Return a body with every block, empty ones too."""
    blocks = [paragraph(n) for n in range(size)]
    blocks += [
        {"type": "heading", "value": "Same heading", "id": str(uuid.uuid4())},
        {"type": "heading", "value": "Same heading", "id": str(uuid.uuid4())},
        {"type": "heading", "value": "", "id": str(uuid.uuid4())},
        {"type": "quote", "value": {"text": "Well.\nSaid.", "attribution": "A & B"}, "id": "q"},
        {
            "type": "image",
            "value": {"image": None, "alt": "An alt", "caption": "", "credit": "C"},
            "id": "i",
        },
        {"type": "embed", "value": "https://example.org/film", "id": "e"},
        {
            "type": "list",
            "value": [
                {"type": "item", "value": "<p>One</p>", "id": "l1"},
                {"type": "item", "value": "<p>Two</p>", "id": "l2"},
                {"type": "item", "value": "<p>Two</p>", "id": "l3"},
            ],
            "id": "l",
        },
    ]
    return blocks


def set_body(page: ArticlePage, blocks: list[dict[str, Any]]) -> ArticlePage:
    field = ArticlePage._meta.get_field("body")
    page.body = field.stream_block.to_python(blocks)
    page.save()
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def twins(write: Callable[..., ArticlePage]) -> tuple[ArticlePage, ArticlePage]:
    """Two articles with the same content, block ids included."""
    blocks = kitchen_sink()
    return tuple(  # type: ignore[return-value]
        set_body(write("Twins", standfirst="Two of them."), blocks) for _ in range(2)
    )


def stock(page: ArticlePage) -> TranslationSource:
    return TranslationSource.update_or_create_from_instance(page)[0]


def comparable(source: TranslationSource) -> Any:
    """Return the rows without what differs between twins, their slugs."""
    return rows(source)


def test_first_reading_gives_the_same_rows(twins: tuple[ArticlePage, ArticlePage]) -> None:
    ours, theirs = twins
    assert comparable(localize.refresh_source(ours)) == comparable(stock(theirs))


def test_stock_refresh_afterwards_changes_nothing(
    twins: tuple[ArticlePage, ArticlePage],
) -> None:
    source = localize.refresh_source(twins[0])
    before = rows(source), keys(source)
    source.refresh_segments()
    assert (rows(source), keys(source)) == before


@pytest.mark.parametrize("seed", range(8))
def test_random_edits_give_the_same_rows(seed: int, twins: tuple[ArticlePage, ArticlePage]) -> None:
    ours, theirs = twins
    dice = random.Random(seed)
    localize.refresh_source(ours)
    stock(theirs)
    blocks = [dict(block) for block in ours.body.get_prep_value()]
    for _ in range(4):
        match dice.choice(["move", "drop", "add", "edit", "copy"]):
            case "move":
                blocks.insert(dice.randrange(len(blocks)), blocks.pop(dice.randrange(len(blocks))))
            case "drop":
                blocks.pop(dice.randrange(len(blocks)))
            case "add":
                blocks.insert(dice.randrange(len(blocks) + 1), paragraph(dice.randrange(90, 99)))
            case "edit":
                target = dice.choice([b for b in blocks if b["type"] in ("paragraph", "heading")])
                target["value"] = f"<p>Edited {dice.random()}</p>"
            case "copy":
                copy = dict(dice.choice(blocks))
                copy["id"] = str(uuid.uuid4())
                blocks.append(copy)
        fresh_ours = localize.refresh_source(set_body(ours, blocks))
        fresh_theirs = stock(set_body(theirs, blocks))
        assert comparable(fresh_ours) == comparable(fresh_theirs)
    before = keys(fresh_ours)
    fresh_ours.refresh_segments()
    assert keys(fresh_ours) == before


def test_moved_paragraph_keeps_its_keys(twins: tuple[ArticlePage, ArticlePage]) -> None:
    page = twins[0]
    source = localize.refresh_source(page)
    before = keys(source)
    blocks = [dict(block) for block in page.body.get_prep_value()]
    localize.refresh_source(set_body(page, [*blocks[3:], *blocks[:3]]))
    assert keys(source) == before


def test_changed_paragraph_makes_one_new_string(
    twins: tuple[ArticlePage, ArticlePage],
) -> None:
    page = twins[0]
    localize.refresh_source(page)
    strings, contexts = String.objects.count(), TranslationContext.objects.count()
    blocks = [dict(block) for block in page.body.get_prep_value()]
    blocks[0]["value"] = blocks[0]["value"].replace("A second line", "Another line")
    localize.refresh_source(set_body(page, blocks))
    assert String.objects.count() == strings + 1
    assert TranslationContext.objects.count() == contexts


def test_reading_asks_the_same_number_of_queries_at_any_size(
    write: Callable[..., ArticlePage],
) -> None:
    counts = []
    for size in (10, 100):
        page = set_body(write(), [paragraph(n) for n in range(size)])
        localize.refresh_source(set_body(write(), [paragraph(1)]))
        with CaptureQueriesContext(connection) as queries:
            localize.refresh_source(page)
        counts.append(len(queries))
    # SQLite takes a limited number of values in a statement, so inserts come in a few parts.
    assert counts[0] <= 40
    assert counts[1] <= counts[0] + 10


def test_setting_turns_back_to_the_stock_way(
    article: ArticlePage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WAGTAIL_NEWSROOM_FAST_REFRESH = False
    with CaptureQueriesContext(connection) as queries:
        source = localize.refresh_source(article)
    assert len(queries) > 60
    assert source.stringsegment_set.count() == 6
