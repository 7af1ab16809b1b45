"""What tidying must keep, whatever it is given."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.segments.pairs import PAIRS
from wagtail_newsroom.segments.tidy import LANGUAGES, tidy

ATOMS = [
    "COVID-19",
    "PMOI",
    "Reuters, AP",
    "https://a.example/1,5?x=می",
    "desk@gazette.example",
    "@delta_desk",
    "#سیل",
    "{name}",
    "%(count)s",
    "192.168.1.1",
    "+98 21 1234 5678",
]
PIECES = [
    *"یيىكکهاتر ",
    *"٠١٢۳۴567",
    *",.;?!:…«»\"“”()[]%٪٬٫،؛؟/-–+'",
    *"\u200c\u200b\u0640\u00ad\ufeff\u200e\u00a0\u0654\u064e\ufefb",
    " ",
    "  ",
    " می ",
    "نمی ",
    "رود",
    "کتاب",
    " ها",
    " های",
    "رفته",
    " اند",
    " ای",
    "بزرگ",
    " ترین",
    "ماه",
    "...",
    "1,500",
    "3.5",
    " %",
    "13:45",
    "2019/11/16",
    "16.11.2019",
    "v2.1",
    *ATOMS,
    "<b>",
    "</b>",
    '<a id="a1">',
    "</a>",
    "<br/>",
    "&amp;",
    "&lt;",
    "&quot;",
    "&nbsp;",
    "&",
    "<",
]
fragments = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
languages = st.sampled_from(sorted(LANGUAGES))

TAG = re.compile(r"<[^<>]*>")


def numbers_in(fragment: str) -> Counter[str]:
    """Return the numbers of a text in one digit system and with one kind of signs."""
    text = fragment.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٬٫", "01234567890123456789,."))
    return Counter(
        re.findall(r"\d+(?:[.,:/]\d+)*", re.sub("[\u0640\u200b\u00ad\ufeff\u2060]", "", text))
    )


@settings(max_examples=400, deadline=None)
@given(fragments, languages)
def test_tidied_text_is_not_tidied_further(fragment: str, language: str) -> None:
    tidied = tidy(fragment, language)
    assert tidy(tidied, language) == tidied


@settings(max_examples=200, deadline=None)
@given(fragments, languages)
def test_tags_stay_byte_for_byte_and_in_order(fragment: str, language: str) -> None:
    assert TAG.findall(tidy(fragment, language)) == TAG.findall(fragment)


@settings(max_examples=400, deadline=None)
@given(fragments)
def test_numbers_keep_their_values(fragment: str) -> None:
    tagless = TAG.sub("", fragment)
    assert numbers_in(tidy(tagless, "fa")) == numbers_in(tagless)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(fragments, st.sampled_from(ATOMS)), max_size=5), languages)
def test_addresses_and_placeholders_stay_letter_by_letter(
    texts: list[tuple[str, str]], language: str
) -> None:
    # An ampersand that begins no reference hides what follows it.
    plain = [(re.sub("<[^<>]*>|&", "", text), atom) for text, atom in texts]
    tidied = tidy("".join(f"{text} {atom} " for text, atom in plain), language)
    position = 0
    for _, atom in texts:
        position = tidied.index(atom, position) + len(atom)


@settings(max_examples=200, deadline=None)
@given(fragments, st.sampled_from(["en", "de", "ur", "ckb", "zh-hans", ""]))
def test_other_languages_stay_as_they_are(fragment: str, language: str) -> None:
    assert tidy(fragment, language) == fragment


@pytest.mark.parametrize("persian", [persian for _, persian in PAIRS])
def test_good_persian_stays_as_it_is(persian: str) -> None:
    assert tidy(persian, "fa") == persian


@pytest.mark.parametrize("english", [english for english, _ in PAIRS])
def test_english_that_an_engine_left_keeps_its_words(english: str) -> None:
    latin = re.compile("[A-Za-z]+")
    assert latin.findall(tidy(english, "fa")) == latin.findall(english)
