"""The words and pictures of the example, read as a copy editor reads them."""

from __future__ import annotations

import html
import re
from collections import Counter

import pytest
from PIL import Image

from example_project.gazette.content import PICTURES, Newspaper, Piece, Place, read_newspaper

NEWSPAPER = read_newspaper()
PIECES = (NEWSPAPER.home, *NEWSPAPER.sections, *NEWSPAPER.articles)
PLACES = [
    pytest.param(place, id=f"{piece.slug}:{number}")
    for piece in PIECES
    for number, place in enumerate(piece.places())
]
PERSIAN = [param for param in PLACES if "fa" in param.values[0].text]
TAG = re.compile(r"<[^>]*>")
ZWNJ = "\u200c"


def visible(text: str) -> str:
    """Return a text without its tags."""
    return html.unescape(TAG.sub("", text))


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text, with Latin digits and without separators of thousands."""
    folded = visible(text).translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹٫٬", "0123456789.,"))
    return Counter(number.replace(",", "") for number in re.findall(r"\d+(?:[.,:]\d+)*", folded))


PERSIAN_FAULTS = {
    "an Arabic letter or digit": r"[يىكةۀ٠-٩]",
    "a Latin digit": r"[0-9]",
    "a Latin mark": r"[\"',;?%“”‘’]",
    "three dots": r"\.\.\.",
    "a stretched or invisible letter": "[\u0640\u200b\u200d-\u200f\u202a-\u202e\u2066-\u2069\ufeff]",
    "a verb's می with a space": rf"(?<![\w{ZWNJ}])ن?می\s",
    "a plural's ها with a space": rf"\s(?:ها|های|هایی|هایش|هایشان|هایمان)(?![\w{ZWNJ}])",
    "a spaced ending": rf"\s(?:تر|ترین|اند|ام|ای)(?![\w{ZWNJ}])",
    "a glued verb": rf"(?<![\w{ZWNJ}])ن?می(?:شود|کند|شوند|کنند|گوید|رود|دهد|آید)",
    "a half-space at a word's edge": rf"(?<!\w){ZWNJ}|{ZWNJ}(?!\w)",
    "ه without its ezafe's hamza": r"(?:دهانه|هزینه|محله|مؤسسه|نرده|کتابخانه|درباره|اندازه) (?:رود|ترمیم|دباغان|بوم|بالکن|ساز|ایجاد|آنچه)\b",
    "a space before a mark": r"\s[،؛؟.:!»)]",
    "no space after a mark": r"[،؛؟!:](?=[^\s»)۰-۹])",
    "a space inside quotes": r"«\s",
    "two spaces": r"\s\s",
}


def faults(text: str) -> dict[str, list[str]]:
    """Return what a copy editor marks in a Persian text, with the places."""
    found = {fault: re.findall(rule, visible(text)) for fault, rule in PERSIAN_FAULTS.items()}
    return {fault: places for fault, places in found.items() if places}


@pytest.mark.parametrize("place", PERSIAN)
def test_persian_is_set_as_persian_newspapers_set_it(place: Place) -> None:
    assert faults(place.text["fa"]) == {}


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("an Arabic letter or digit", "علي"),
        ("a verb's می with a space", "او می رود"),
        ("a plural's ها with a space", "کتاب های تازه"),
        ("a spaced ending", "رفته اند"),
        ("a glued verb", "او میکند"),
        ("a half-space at a word's edge", f"کتاب{ZWNJ} خوب"),
        ("a space before a mark", "رفت ."),
        ("no space after a mark", "رفت،گفت"),
    ],
)
def test_the_copy_editor_finds_what_is_wrong(fault: str, text: str) -> None:
    assert fault in faults(text)


@pytest.mark.parametrize("place", PERSIAN)
def test_persian_quotes_open_and_close_in_turn(place: Place) -> None:
    marks = re.sub(r"[^«»]", "", place.text["fa"])
    assert marks == "«»" * (len(marks) // 2)


@pytest.mark.parametrize("place", PERSIAN)
def test_persian_keeps_the_numbers_of_the_english(place: Place) -> None:
    missing = numbers(place.text["en"]) - numbers(place.text["fa"])
    assert not missing


@pytest.mark.parametrize("place", PERSIAN)
def test_persian_keeps_the_tags_of_the_english(place: Place) -> None:
    def tags(text: str) -> Counter[str]:
        return Counter(re.findall(r"</?(\w+)", text))

    assert tags(place.text["en"]) == tags(place.text["fa"])
    links = re.findall(r'<a id="a(\d+)">', place.text["fa"])
    assert sorted(links) == [str(number + 1) for number in range(len(links))]
    assert len(links) == place.text["fa"].count("<a ")


@pytest.mark.parametrize("place", PLACES)
def test_no_text_is_empty_or_has_spaces_at_its_ends(place: Place) -> None:
    for text in place.text.values():
        assert text
        assert text == text.strip()
        assert "  " not in text


@pytest.mark.parametrize("place", PLACES)
def test_english_uses_printers_quotes(place: Place) -> None:
    english = visible(place.text["en"])
    assert not re.findall(r"[\"']", english)
    assert english.count("“") == english.count("”")


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.slug)
def test_a_piece_is_in_persian_wholly_or_not_at_all(piece: Piece) -> None:
    has_persian = ["fa" in place.text for place in piece.places()]
    assert has_persian == [piece.persian != "missing"] * len(has_persian)


def test_three_articles_have_persian_and_one_of_them_waits_in_the_memory(
    newspaper: Newspaper,
) -> None:
    states = Counter(piece.persian for piece in newspaper.articles)
    assert states == {"reviewed": 2, "memory": 1, "missing": 2}


@pytest.mark.parametrize("piece", NEWSPAPER.articles, ids=lambda piece: piece.slug)
def test_every_article_is_written_as_a_newspaper_writes(piece: Piece) -> None:
    prose = [place.text["en"] for place in piece.places() if place.is_rich]
    assert 250 <= sum(len(visible(text).split()) for text in prose) <= 500
    text = " ".join(prose)
    assert re.search(r"\w <a [^>]*>[^<]+</a>[ ,]", text), "a link in mid-sentence"
    assert "<b>" in text
    assert "<i>" in text
    assert {block["type"] for block in piece.body} == {
        "paragraph",
        "heading",
        "image",
        "quote",
        "list",
    }


@pytest.mark.parametrize("piece", NEWSPAPER.articles, ids=lambda piece: piece.slug)
def test_every_picture_is_described_in_every_language_of_its_article(piece: Piece) -> None:
    languages = {"en"} if piece.persian == "missing" else {"en", "fa"}
    pictures = [piece.lead_image, *(block for block in piece.body if block["type"] == "image")]
    assert len(pictures) >= 2
    for picture in pictures:
        assert picture is not None
        for name in ("alt", "caption", "credit"):
            assert picture[name].keys() == languages


def test_every_picture_is_small_and_used() -> None:
    used = {
        name
        for piece in NEWSPAPER.articles
        for name in (
            (piece.lead_image or {})["file"],
            *(block["file"] for block in piece.body if block["type"] == "image"),
        )
    }
    assert {path.name for path in PICTURES.iterdir()} == used
    for name in used:
        path = PICTURES / name
        assert path.stat().st_size <= 60 * 1024
        with Image.open(path) as image:
            assert image.size == (1200, 675)
