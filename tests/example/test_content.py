"""The words and pictures of the example, read as a copy editor reads them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image

from example_project.gazette.content import PICTURES, Piece, read_newspaper
from example_project.gazette.management.commands.draw_pictures import DRAWINGS
from example_project.gazette.words import OTHER, Place
from wagtail_newsroom.segments.checks import Severity, check, check_piece
from wagtail_newsroom.segments.tidy import tidy

NEWSPAPER = read_newspaper()
PIECES = (NEWSPAPER.home, *NEWSPAPER.sections, *NEWSPAPER.articles)
STAFF = [
    Place(f"{row['slug']}:{name}", text, is_rich=name == "bio")
    for row in (*NEWSPAPER.authors, *NEWSPAPER.tags)
    for name, text in (
        *(
            (name, row[name])
            for name in ("name", "job_title", "bio", "photo_alt", "description")
            if name in row
        ),
        *(
            (f"picture {name}", text)
            for name, text in row.get("picture", {}).items()
            if name == "alt"
        ),
        *(("account", account["title"]) for account in row.get("accounts", ())),
    )
]
OF_PIECES = [
    pytest.param(piece.language, place, id=f"{piece.slug}:{number}")
    for piece in PIECES
    for number, place in enumerate(piece.places())
]
PAIRS = [
    *(param for param in OF_PIECES if len(param.values[1].text) == 2),
    *(pytest.param("en", place, id=place.path) for place in STAFF),
]
PLACES = [pytest.param(param.values[1], id=param.id) for param in OF_PIECES] + [
    pytest.param(place, id=place.path) for place in STAFF
]
PERSIAN = [param for param in PLACES if "fa" in param.values[0].text]
ENGLISH = [param for param in PLACES if "en" in param.values[0].text]
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
def test_the_tidying_rules_find_nothing_to_mend_in_persian(place: Place) -> None:
    assert tidy(place.translated("fa"), "fa") == place.translated("fa")


@pytest.mark.parametrize(("language", "place"), PAIRS)
def test_a_translation_passes_the_checks_of_the_desk(language: str, place: Place) -> None:
    other = OTHER[language]
    found = check(place.source(language), place.translated(other), source=language, target=other)
    assert [finding for finding in found if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.slug)
def test_a_translation_passes_the_checks_of_the_whole_piece(piece: Piece) -> None:
    language, other = piece.language, OTHER[piece.language]
    pairs = {
        (place.path, place.source(language)): (place.source(language), place.translated(other))
        for place in piece.places()
        if other in place.text
    }
    assert check_piece(pairs, source=language, target=other) == {}


@pytest.mark.parametrize(("language", "place"), PAIRS)
def test_a_translation_keeps_the_numbers(language: str, place: Place) -> None:
    missing = numbers(place.text["en"]) - numbers(place.text["fa"])
    assert not missing


@pytest.mark.parametrize(("language", "place"), PAIRS)
def test_a_translation_keeps_the_tags(language: str, place: Place) -> None:
    def tags(text: str) -> Counter[str]:
        return Counter(re.findall(r"</?(\w+)", text))

    translated = place.text[OTHER[language]]
    assert tags(place.text["en"]) == tags(place.text["fa"])
    links = re.findall(r'<a id="a(\d+)">', translated)
    assert sorted(links) == [str(number + 1) for number in range(len(links))]
    assert len(links) == translated.count("<a ")


@pytest.mark.parametrize("place", PLACES)
def test_no_text_is_empty_or_has_spaces_at_its_ends(place: Place) -> None:
    for text in place.text.values():
        assert text
        assert text == text.strip()
        assert "  " not in text


@pytest.mark.parametrize("place", ENGLISH)
def test_english_uses_printers_quotes(place: Place) -> None:
    english = visible(place.text["en"])
    assert not re.findall(r"[\"']", english)
    assert english.count("“") == english.count("”")


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.slug)
def test_a_piece_is_translated_wholly_or_not_at_all(piece: Piece) -> None:
    languages = {piece.language}
    if piece.translation != "missing":
        languages.add(OTHER[piece.language])
    assert all(place.text.keys() == languages for place in piece.places())


def test_the_same_words_are_translated_in_the_same_way() -> None:
    translations: dict[str, set[str]] = {}
    for param in PAIRS:
        text = param.values[1].text
        translations.setdefault(text["en"], set()).add(text["fa"])
    assert {text: found for text, found in translations.items() if len(found) > 1} == {}


def test_every_picture_is_small_and_used_and_drawn_by_code() -> None:
    used = {name for piece in NEWSPAPER.articles for name, _texts in pictures(piece)}
    used |= {
        block["poster"]
        for piece in NEWSPAPER.articles
        for block in piece.body
        if block["type"] == "video"
    }
    used |= {author["photo"] for author in NEWSPAPER.authors}
    used |= {tag["picture"]["file"] for tag in NEWSPAPER.tags if "picture" in tag}
    files = list(PICTURES.iterdir())
    assert {path.name for path in files} == used == {f"{name}.webp" for name in DRAWINGS}
    assert sum(path.stat().st_size for path in files) < 3 * 1024 * 1024
    for path in files:
        assert path.stat().st_size <= 60 * 1024
        with Image.open(path) as image:
            is_portrait = path.name.startswith("portrait-")
            assert image.size == ((480, 480) if is_portrait else (1200, 675))


def pictures(piece: Piece) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the pictures of a piece with their texts."""
    lead = piece.lead_image
    assert lead is not None
    found = [(lead["file"], lead)]
    for block in piece.body:
        if block["type"] == "image":
            found.append((block["image"], block))
        if block["type"] == "gallery":
            found += [(image["image"], image) for image in block["images"]]
    return found


@pytest.mark.parametrize("piece", NEWSPAPER.articles, ids=lambda piece: piece.slug)
def test_every_picture_is_described_in_every_language_of_its_article(piece: Piece) -> None:
    languages = {piece.language}
    if piece.translation != "missing":
        languages.add(OTHER[piece.language])
    for _name, texts in pictures(piece):
        for name in ("alt", "caption", "credit"):
            assert texts[name].keys() == languages
