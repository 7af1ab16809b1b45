from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_newsroom.segments.cleaning import MAX_ANSWER, TAG_LIKE, clean_answer, clean_markup
from wagtail_newsroom.segments.masking import mask, runs, unmask


@pytest.mark.parametrize(
    ("answer", "cleaned"),
    [
        ("&quot;سلام&quot; &amp; خداحافظ", '"سلام" & خداحافظ'),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ('<p dir="rtl" style="x">یک</p><p>دو</p>', "یک دو"),
        ("یک<br>دو", "یک دو"),
        ("یک<script>alert(1)</script>دو", "یکدو"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;یک", "یک"),
        ("<style>a{}</style>یک<!-- دو -->", "یک"),
        ('<a href="javascript:x">یک</a>', "یک"),
        ("3 < 4 > 2 & x<", "3 < 4 > 2 & x<"),
        ("x < y <b>z</b>", "x < y z"),
        ("\u202eیک\u202c \u2066دو\u2069\u200f", "یک دو"),
        ("می\u200cرود", "می\u200cرود"),
        ("یک\x00\x1b\n\t دو\u2028", "یک دو"),
        ("\ud800یک", "یک"),
    ],
)
def test_answer_becomes_plain_text(answer: str, cleaned: str) -> None:
    assert clean_answer(answer) == cleaned


@given(st.text(alphabet=st.sampled_from("<>/!?&;abscript=\"' \x00\u202e؟"), max_size=60))
def test_no_answer_leaves_a_tag_or_a_control_character(answer: str) -> None:
    cleaned = clean_answer(answer)
    assert not TAG_LIKE.search(cleaned)
    assert not set(cleaned) & {"\x00", "\u202e", "\n"}


def test_endless_answer_is_cut_off() -> None:
    assert len(clean_answer("x" * (MAX_ANSWER * 2))) == MAX_ANSWER


@pytest.mark.parametrize(
    "stretch",
    ["<", "<b", "&", "a.", "#_", "@a.", "<!--", "www.", "{a", "Z Q ", "A.B ", "a@b.c ", "<b></b>"],
)
def test_hostile_length_costs_no_more_than_its_length(stretch: str) -> None:
    text = stretch * (60_000 // len(stretch))
    started = time.process_time()
    clean_answer(text)
    masked = mask(text)
    unmask(masked, masked.text)
    runs(text)
    assert time.process_time() - started < 5


def test_markup_keeps_inline_tags_and_link_ids_only() -> None:
    answer = (
        '<p><b style="text-align:right" onclick="x()">یک</b> '
        '<a id="a1" href="javascript:alert(1)" dir="rtl">دو</a><br />'
        "<font>سه</font><script>x</script>&nbsp;چهار &amp; پنج</p>"
    )
    assert clean_markup(answer) == '<b>یک</b> <a id="a1">دو</a><br/>سه چهار &amp; پنج'
