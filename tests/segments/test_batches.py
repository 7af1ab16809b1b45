from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_newsroom.segments.batches import cut, join, make_batches

texts = st.text(st.sampled_from("ab .!?؟۔,،\u200c\u0301 \n"), max_size=120)


@given(st.lists(texts, max_size=40), st.integers(1, 200), st.integers(1, 10))
def test_batches_hold_every_text_once_in_order_and_within_the_limits(
    given_texts: list[str], max_chars: int, max_texts: int
) -> None:
    batches = make_batches(given_texts, max_chars=max_chars, max_texts=max_texts)

    assert [position for batch in batches for position in batch] == list(range(len(given_texts)))
    for batch in batches:
        assert 1 <= len(batch) <= max_texts
        sent = "\n".join(given_texts[position] for position in batch)
        assert len(sent) <= max_chars or len(batch) == 1


def test_batches_are_as_full_as_they_can_be() -> None:
    assert make_batches(["aaaa", "bbbb", "cc", "d"], max_chars=9, max_texts=9) == [[0, 1], [2, 3]]
    assert make_batches(["aaaa", "bbbbb"], max_chars=9, max_texts=9) == [[0], [1]]


@given(texts, st.integers(1, 50))
def test_pieces_are_the_text_again_and_fit(text: str, limit: int) -> None:
    pieces = cut(text, limit)
    assert "".join(pieces) == text
    assert all(len(piece) <= limit for piece in pieces)


@given(texts, st.integers(1, 50))
def test_joined_translations_have_the_spaces_of_the_pieces(text: str, limit: int) -> None:
    text = " ".join(text.split())
    pieces = cut(text, limit)
    assert join(pieces, [piece.strip() for piece in pieces]) == text


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("One. Two! Three? Four.", 12, ["One. Two! ", "Three? Four."]),
        ("یک است؟ دو است. سه۔ چهار", 17, ["یک است؟ دو است. ", "سه۔ چهار"]),
        ("He said “go.” She went.", 17, ["He said “go.” ", "She went."]),
        ("no sentence here, only a clause", 25, ["no sentence here, ", "only a clause"]),
        ("only words without end", 12, ["only words ", "without end"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("می\u200cروم", 3, ["می\u200c", "روم"]),
        ("abe\u0301d", 3, ["ab", "e\u0301d"]),
        ("short", 10, ["short"]),
        ("", 10, [""]),
        ("Version 1.5 is out now", 16, ["Version 1.5 is ", "out now"]),
    ],
)
def test_cuts_come_after_sentences_then_clauses_then_words(
    text: str, limit: int, pieces: list[str]
) -> None:
    assert cut(text, limit) == pieces


def test_a_limit_that_fits_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        cut("x", 0)
