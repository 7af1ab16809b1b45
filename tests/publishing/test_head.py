"""What a page says of itself to crawlers and social networks."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.publishing.head import Head, SharedImage, document_title, head_of

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)

LINKS = (
    ("en", "http://localhost/en/news/ferries/"),
    ("fa", "http://localhost/fa/news/ferries/"),
    ("x-default", "http://localhost/en/news/ferries/"),
)


def test_a_translated_article(cast: SimpleNamespace) -> None:
    cast.both_fa.standfirst = "کشتی‌ها\n دیر می‌رسند."
    assert head_of(cast.both_fa, "fa", site_name="پست آزمایشی") == Head(
        title="تأخیر کشتی‌ها",
        document_title="\u2067تأخیر کشتی‌ها\u2069 – \u2067پست آزمایشی\u2069",
        description="کشتی‌ها دیر می‌رسند.",
        canonical="http://localhost/fa/news/ferries/",
        alternates=LINKS,
        site_name="پست آزمایشی",
        kind="article",
        locale="fa_IR",
        other_locales=("en_US",),
        image=None,
    )


def test_a_piece_without_a_readable_twin_has_no_alternates(cast: SimpleNamespace) -> None:
    for source, twin in cast.withheld:
        assert head_of(source, "en").alternates == ()
        assert head_of(source, "en").other_locales == ()
        assert head_of(twin, "fa").alternates == ()


def test_the_second_page_of_a_list_is_its_own_and_has_no_counterpart(
    paper: SimpleNamespace,
) -> None:
    first, second = head_of(paper.news, "en"), head_of(paper.news, "en", number=2)

    assert (first.kind, first.canonical) == ("website", "http://localhost/en/news/")
    assert [code for code, _ in first.alternates] == ["en", "fa", "x-default"]
    assert second.canonical == "http://localhost/en/news/?page=2"
    assert second.alternates == ()


def test_the_editors_own_title_and_description_come_first(
    write: Callable[..., ArticlePage],
) -> None:
    page = write(
        "Headline",
        seo_title="For machines",
        search_description="Described",
        standfirst="Standing first",
    )
    head = head_of(page, "en")

    assert (head.title, head.document_title, head.description) == (
        "For machines",
        "For machines",
        "Described",
    )


def test_a_home_page_is_not_named_twice() -> None:
    assert document_title("The Post", "The Post", "en") == "The Post"


def test_the_picture_is_absolute_and_has_the_articles_words(
    write: Callable[..., ArticlePage],
) -> None:
    image = get_image_model().objects.create(
        title="IMG_0001.JPG",
        file=ImageFile(get_test_image_file(size=(2000, 1000)).file, name="lead.png"),
    )
    page = write(lead_image=image, lead_image_alt="A ferry")

    found: Any = head_of(page, "en").image

    assert found == SharedImage(found.url, 1200, 600, "A ferry")
    assert found.url.startswith("http://localhost/media/images/lead")


def test_a_lost_image_file_does_not_break_the_head(write: Callable[..., ArticlePage]) -> None:
    image = get_image_model().objects.create(
        title="Lost", file=ImageFile(get_test_image_file().file, name="lost.png")
    )
    image.file.storage.delete(image.file.name)

    assert head_of(write(lead_image=image), "en").image is None
