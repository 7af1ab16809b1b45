"""Shingles: texts that are alike share a key, and few others do."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from wagtail_newsroom.segments.shingles import KEPT, TRIED, compared, kept_keys, tried_keys

FLOOD = "The river rose by 3.5 % over night and reached the old bridge on Monday."


def kept(text: str, language: str = "en") -> set[int]:
    return set(kept_keys(text, language=language, other="fa"))


def tried(text: str, language: str = "en") -> set[int]:
    return set(tried_keys(text, language=language, other="fa"))


def test_a_text_finds_itself_whatever_its_tags_case_spaces_and_figures_are() -> None:
    for text in (FLOOD, f"<b>{FLOOD}</b>", FLOOD.upper(), FLOOD.replace("3.5", "12.75")):
        assert kept(FLOOD) <= tried(text)
    assert kept("كتاب‌هاي شهر", "fa") == kept("کتابهای شهر", "fa")


def test_a_text_keeps_a_handful_and_tries_a_bounded_number() -> None:
    assert len(kept(FLOOD)) == KEPT
    long = " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(600))
    assert (len(kept(long)), len(tried(long))) == (KEPT, TRIED)
    assert kept("") == kept("<br/>") == kept("… —") == set()


def test_keys_are_of_one_pair_of_languages() -> None:
    assert kept(FLOOD) == set(kept_keys(FLOOD, language="en-gb", other="fa-ir"))
    assert not kept(FLOOD) & set(kept_keys(FLOOD, language="fa", other="en"))
    assert not kept(FLOOD) & set(kept_keys(FLOOD, language="en", other="de"))


def test_keys_fit_into_a_database_s_integers() -> None:
    keys = {key for n in range(200) for key in kept(f"The office of {n * 'x'} opened again")}
    assert min(keys) < 0 < max(keys)
    assert all(-(2**63) <= key < 2**63 for key in keys)


@pytest.mark.parametrize("words", [4, 8, 20, 35])
def test_texts_that_are_three_quarters_alike_share_a_key(words: int) -> None:
    dice = random.Random(words)
    vocabulary = [
        "".join(dice.choices("aeiobcdflmnprst", k=dice.randint(1, 9))) for _ in range(9000)
    ]
    # Words of a language are as frequent as Zipf's law has it.
    weights = [1 / (rank + 2) for rank in range(len(vocabulary))]
    alike = lost = 0
    while alike < 200:
        one = dice.choices(vocabulary, weights, k=words)
        other = list(one)
        for _change in range(dice.randint(1, max(1, words // 3))):
            place = dice.randrange(len(other))
            match dice.randrange(4):
                case 0:
                    other.insert(place, dice.choice(vocabulary))
                case 1 if len(other) > 2:
                    del other[place]
                case _:
                    other[place] = dice.choice(vocabulary)
        if fuzz.ratio(" ".join(one), " ".join(other)) >= 75:
            alike += 1
            lost += not kept(" ".join(one)) & tried(" ".join(other))
    assert lost <= 0.03 * alike


@given(st.text(max_size=200))
def test_any_text_has_keys_and_is_found_by_them(text: str) -> None:
    for language in ("en", "fa", "ja"):
        assert kept(text, language) <= tried(text, language) or len(compared(text)) > 64
