"""Folding: what two spellings of one word may differ in goes away, words stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_newsroom.search.folding import (
    LONGEST_QUERY,
    fold,
    folded_query,
    folded_text,
    joined,
    words,
)


def meets(query: str, text: str) -> bool:
    """Whether one of a query's choices has all its words in an index of the text."""
    index = set(folded_text(text).split())
    return any(set(choice.split()) <= index for choice in folded_query(query))


FORMS_OF_GOES = ["می‌رود", "می رود", "میرود", "مي‌رود", "مي رود", "ميرود", "می\u200c\u200cرود"]


@pytest.mark.parametrize("asked", FORMS_OF_GOES)
@pytest.mark.parametrize("written", FORMS_OF_GOES)
def test_all_forms_of_a_verb_find_each_other(asked: str, written: str) -> None:
    assert meets(asked, f"او هر روز به دریا {written} و برمی‌گردد.")


@pytest.mark.parametrize("asked", FORMS_OF_GOES)
def test_a_verb_does_not_find_its_parts_elsewhere(asked: str) -> None:
    assert not meets(asked, "این رود آرام است و مردم می‌گویند زیباست.")


@pytest.mark.parametrize(
    "spellings",
    [
        ["1398", "۱۳۹۸", "١٣٩٨", "1,398", "۱٬۳۹۸", "1٬398"],
        ["معلم", "مُعَلِّم", "معـلـم", "معلّم", "\u202bمعلم\u202c"],
        ["علی", "علي", "على", "ﻋﻠﯽ"],
        ["کاظمی", "كاظمي", "ﮐﺎﻇﻤﯽ"],
        ["خانه", "خانهٔ", "خانۀ", "خانه‌ی", "خانة"],
        ["کتاب‌ها", "کتاب ها", "کتابها", "كتاب‌ها"],
        ["خامنه‌ای", "خامنه ای", "خامنهای"],
        ["مسئول", "مسیول"],
        ["رأی", "رای", "رأي"],
        ["آب", "اب", "آبِ"],
        ["café", "cafe", "CAFÉ", "cafe\u0301"],
        ["straße", "STRASSE", "strasse"],
        ["ﬁnance", "finance"],
        ["PMOI", "pmoi", "ＰＭＯＩ"],
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_of_a_word_find_each_other(spellings: list[str]) -> None:
    for asked in spellings:
        for written in spellings:
            assert meets(asked, f"پیش {written} پس"), (asked, written)


@pytest.mark.parametrize("asked", ["بین‌المللی", "بین المللی"])
@pytest.mark.parametrize("written", ["بین‌المللی", "بین المللی"])
def test_half_space_that_tidying_does_not_know_is_found_with_a_space(
    asked: str, written: str
) -> None:
    assert meets(asked, f"همکاری {written} گسترش یافت")


def test_half_space_finds_a_word_written_in_one() -> None:
    assert meets("سخن‌گو", "سخنگو گفت")


def test_a_part_finds_the_word() -> None:
    assert meets("کتاب", "کتاب‌ها رسیدند")


@pytest.mark.parametrize("text", ["«PMOI/MEK»", "(PMOI / MEK)", "PMOI-MEK", "pmoi_mek"])
def test_signs_part_words(text: str) -> None:
    assert folded_text(text) == "pmoi mek"


def test_scripts_in_which_marks_are_letters_keep_them() -> None:
    assert folded_text("हिन्दी が 한국") == "हिन्दी が 한국"


def test_decimals_are_two_words_and_thousands_one() -> None:
    assert folded_text("3.5 13:45 1,500,000 1,50") == "3 5 13 45 1500000 1 50"


def test_long_query_is_cut() -> None:
    [choice] = folded_query("word " * 5000 + "x" * 5000)
    assert choice == "word"
    [choice] = folded_query("x" * 10_000)
    assert len(choice) <= 60
    [choice] = folded_query(" ".join(f"w{number}" for number in range(100)))
    assert len(choice.split()) == 16
    assert LONGEST_QUERY == 200


@pytest.mark.parametrize("text", ["", "   ", "\0\0", "؟!«»", "\u200c", "\u202e\u200f", "…", '"*"'])
def test_query_without_words_asks_nothing(text: str) -> None:
    assert folded_query(text) == []


LETTERS = st.text(
    st.sampled_from("abé ÇßIكکيیىۀهٔآأئؤة‌‌ می رود ها ای ترین 12۱۲٣,٬.-_/\0\u202eـًٌ'\"*"), max_size=60
)


@given(LETTERS)
def test_joining_keeps_the_length(text: str) -> None:
    assert len(joined(text)) == len(text)


@given(LETTERS)
def test_index_holds_only_words(text: str) -> None:
    found = folded_text(text)
    assert all(word.isalnum() for word in found.split(" ")) or found == ""
    assert fold(found) == found


@given(LETTERS)
def test_a_text_is_found_by_itself(text: str) -> None:
    if folded_query(text):
        assert meets(text, text)


@given(LETTERS)
def test_words_are_places_of_the_text_in_order(text: str) -> None:
    end = 0
    for start, stop, forms in words(text):
        assert end <= start < stop <= len(text)
        assert forms
        end = stop


@given(LETTERS)
def test_words_cover_what_a_query_seeks(text: str) -> None:
    found = set().union(*(forms for _start, _end, forms in words(text)))
    assert set(folded_text(text).split()) <= found
