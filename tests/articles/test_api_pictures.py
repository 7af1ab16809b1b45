"""Pictures in bodies, as Wagtail's API tells of them: with all words that readers get to see."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.articles.test_api import V2, ask
from tests.publishing.conftest import translate
from wagtail_newsroom.articles.image_licences import set_licence
from wagtail_newsroom.models import ArticlePage, ImageText

pytestmark = pytest.mark.urls("tests.articles.api_urls")

LICENCE = {
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
}


@pytest.fixture
def image(paper: SimpleNamespace) -> Any:
    """An image with its words in both languages and a licence."""
    image = get_image_model().objects.create(title="IMG_1", file=get_test_image_file())
    for locale, alt, credit in (
        (paper.english, "A ferry", "Photo: Sample"),
        (paper.persian, "یک کشتی", "عکس: نمونه"),
    ):
        ImageText.objects.create(image=image, locale=locale, alt=alt, credit=credit)
    set_licence(image, name=LICENCE["licence"], url=LICENCE["licence_url"])
    return image


@pytest.fixture
def piece(image: Any, write: Callable[..., ArticlePage]) -> ArticlePage:
    """A piece with pictures that say something of their own, and that do not."""
    return write(
        body=[
            ("image", {"image": image, "caption": "At the pier"}),
            ("image", {"image": image, "alt": "Own", "credit": "A. Sample", "decorative": True}),
            ("gallery", {"images": [{"image": image}], "caption": "One picture"}),
        ]
    )


def pictures(page: ArticlePage) -> list[dict[str, Any]]:
    """Return the words of a piece's pictures as the API tells them."""
    one, other, gallery = (block["value"] for block in ask(f"{V2}{page.pk}/")["body"])
    return [one, other, *gallery["images"]]


def test_pictures_have_the_words_of_their_images_and_the_licence(
    piece: ArticlePage, image: Any
) -> None:
    assert pictures(piece) == [
        {
            "image": image.pk,
            "alt": "A ferry",
            "caption": "At the pier",
            "credit": "Photo: Sample",
            "decorative": False,
            **LICENCE,
        },
        {
            "image": image.pk,
            "alt": "",
            "caption": "",
            "credit": "A. Sample",
            "decorative": True,
            **LICENCE,
        },
        {
            "image": image.pk,
            "alt": "A ferry",
            "caption": "",
            "credit": "Photo: Sample",
            "decorative": False,
            **LICENCE,
        },
    ]


def test_words_are_those_of_the_language_of_the_piece(
    piece: ArticlePage, paper: SimpleNamespace
) -> None:
    twin = translate(piece, paper.persian, "کشتی")
    assert [one["alt"] for one in pictures(twin)] == ["یک کشتی", "", "یک کشتی"]
    assert pictures(twin)[1]["credit"] == "A. Sample"


def test_picture_whose_image_is_gone_is_told_without_words_of_it(
    piece: ArticlePage, image: Any
) -> None:
    image.delete()
    one, other, _of_gallery = pictures(ArticlePage.objects.get(pk=piece.pk))
    assert (one["image"], one["alt"], one["caption"]) == (None, "", "At the pier")
    assert (other["credit"], other["licence"]) == ("A. Sample", "")


def test_words_of_all_results_take_one_query_for_each_language(
    piece: ArticlePage, image: Any, write: Callable[..., ArticlePage], paper: SimpleNamespace
) -> None:
    asked = []
    for count in (1, 4):
        while ArticlePage.objects.filter(locale=paper.english, live=True).count() < count:
            translate(write(body=[("image", {"image": image})]), paper.persian, "کشتی")
        with CaptureQueriesContext(connection) as queries:
            found = ask(V2, type="wagtail_newsroom.ArticlePage", fields="body")
        assert all(each["body"][0]["value"]["alt"] for each in found["items"])
        asked.append(sum("imagetext" in one["sql"].lower() for one in queries))
    assert asked == [1, 2]
