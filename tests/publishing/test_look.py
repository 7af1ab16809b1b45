"""The stylesheet and the pictures keep their promises."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.safestring import SafeString
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

import wagtail_newsroom
from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.templatetags.newsroom_tags import newsroom_picture

STATIC = Path(wagtail_newsroom.__file__).parent / "static" / "wagtail_newsroom"
DOCS = Path(wagtail_newsroom.__file__).parent.parent / "docs"
CSS = (STATIC / "reader.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|overflow-[xy]-)\s*:"
    r"|(?:text-align|float|clear):\s*(?:left|right)"
)

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)


def test_the_stylesheet_knows_start_and_end_but_no_left_and_right() -> None:
    # Windows are measured by their width, whatever the direction.
    rules = re.sub(r"\((?:min|max)-width:", "(", RULES)
    assert PHYSICAL.findall(rules) == []


def test_the_stylesheet_is_whole() -> None:
    depth = 0
    for sign in re.findall(r"[{}]", RULES):
        depth += 1 if sign == "{" else -1
        assert 0 <= depth <= 2
    assert depth == 0
    # Rules within rules would be ones that a merge has put there.
    assert re.findall(r"\{[^{}@]*\{", re.sub(r"@media[^{]*\{", "", RULES)) == []


def test_the_stylesheet_is_small_and_says_nothing_twice() -> None:
    assert len(CSS.encode()) <= 34 * 1024
    outside = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", RULES)
    selectors = [" ".join(found.split()) for found in re.findall(r"([^{}]+)\{", outside)]
    assert [each for each in selectors if selectors.count(each) > 1] == []


@pytest.mark.parametrize(
    "query",
    [
        "prefers-color-scheme: dark",
        "prefers-reduced-motion: no-preference",
        "forced-colors: active",
        "print",
    ],
)
def test_the_stylesheet_heeds_how_it_is_looked_at(query: str) -> None:
    assert re.search(rf"@media \(?{re.escape(query)}\)? \{{", RULES)


def test_custom_properties_are_documented() -> None:
    page = (DOCS / "how-to" / "templates-and-styles.md").read_text(encoding="utf-8")
    root = RULES[RULES.index(":root {") : RULES.index("}", RULES.index(":root {"))]
    names = set(re.findall(r"(--nr-[\w-]+):", root))
    assert len(names) > 15
    assert {name for name in names if f"| `{name}` |" not in page} == set()


def test_nothing_is_asked_of_anybody_else() -> None:
    for path in (*STATIC.glob("*.css"), *STATIC.glob("*.js")):
        assert re.findall(r"(?:url\(|import |src=)[\"']?(?:https?:)?//", path.read_text()) == []


@pytest.fixture
def make_image(db: None) -> Callable[..., Any]:
    def make(size: tuple[int, int], name: str = "a.png") -> Any:
        file = ImageFile(get_test_image_file(size=size).file, name=name)
        return get_image_model().objects.create(title="Shapes", file=file)

    return make


def image_of(html: SafeString) -> Any:
    image = BeautifulSoup(html, "html.parser").img
    assert image is not None
    return image


def widths(image: Any) -> list[str]:
    return [each.split(" ")[-1] for each in image["srcset"].split(", ")]


@pytest.mark.parametrize(
    ("size", "shape", "expected"),
    [
        ((1700, 1100), "whole", ["400w", "800w", "1200w", "1600w"]),
        ((1000, 700), "whole", ["400w", "800w", "1000w"]),
        ((300, 200), "whole", ["300w"]),
        ((1700, 1100), "small", ["400w", "800w"]),
        ((1700, 1100), "card", ["400w", "800w"]),
    ],
)
def test_a_picture_names_each_width_once(
    make_image: Callable[..., Any], size: tuple[int, int], shape: str, expected: list[str]
) -> None:
    image = image_of(newsroom_picture(make_image(size), shape, sizes="100vw", alt='"> &'))
    assert widths(image) == expected
    assert all(part.split(" ")[0].endswith(".webp") for part in image["srcset"].split(", "))
    assert image["alt"] == '"> &'
    assert image["width"] == expected[-1].removesuffix("w")
    assert image["height"].isdecimal()
    assert (image["loading"], image["decoding"]) == ("lazy", "async")


def test_the_lead_comes_first_and_is_not_lazy(make_image: Callable[..., Any]) -> None:
    made = make_image((900, 600))
    lead = image_of(newsroom_picture(made, "whole", sizes="100vw", lead=True))
    assert lead["fetchpriority"] == "high"
    assert not lead.has_attr("loading")
    eager = image_of(newsroom_picture(made, "card", sizes="100vw", eager=True))
    assert not eager.has_attr("loading")
    assert not eager.has_attr("fetchpriority")
    assert eager["alt"] == ""


def test_a_vector_stays_one(db: None) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 600"></svg>'
    image = get_image_model().objects.create(
        title="Chart", file=SimpleUploadedFile("chart.svg", svg), width=900, height=600
    )
    found = image_of(newsroom_picture(image, "whole", sizes="100vw"))
    assert ".svg" in found["src"]
    assert ".webp" not in found["srcset"]


def test_a_label_does_not_repeat_the_kicker(
    write: Callable[..., ArticlePage], client: Client
) -> None:
    told = write("Told", slug="told", kicker="The numbers", article_type="analysis")
    once = write("Once", slug="once", kicker="Analysis", article_type="analysis")
    for page, expected in ((told, ["Analysis"]), (once, [])):
        html = BeautifulSoup(client.get(page.url).content, "html.parser")
        labels = [each.text for each in html.select("article header .nr-labels__type")]
        assert labels == expected
