"""Marking: on the text as it was written, escaped."""

from __future__ import annotations

import pytest

from wagtail_newsroom.search.folding import folded_query
from wagtail_newsroom.search.marking import PASSAGE, marked, passage


def sought(text: str) -> set[str]:
    return set(" ".join(folded_query(text)).split())


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("می رود", "او می‌رود.", "او <mark>می‌رود</mark>."),
        ("می‌رود", "او می  رود.", "او <mark>می  رود</mark>."),
        ("میرود", "او ميرود.", "او <mark>ميرود</mark>."),
        ("معلم", "مُعَلِّمِ ما", "<mark>مُعَلِّمِ</mark> ما"),
        ("1398", "سال ۱٬۳۹۸،", "سال <mark>۱٬۳۹۸</mark>،"),
        ("خانه", "خانهٔ بزرگ", "<mark>خانهٔ</mark> بزرگ"),
        ("pmoi", "«PMOI/MEK»", "«<mark>PMOI</mark>/MEK»"),
        ("cafe", "The Café&Bar", "The <mark>Café</mark>&amp;Bar"),
        ("الله", "ﷲ", "<mark>ﷲ</mark>"),
        (
            "script",
            "</script><script>alert(1)</script>",
            "&lt;/<mark>script</mark>&gt;&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;",
        ),
        ("", "nothing <b>", "nothing &lt;b&gt;"),
    ],
)
def test_sought_words_are_marked_as_they_were_written(asked: str, text: str, expected: str) -> None:
    assert marked(text, sought(asked)) == expected


def test_passage_is_the_first_that_has_a_word() -> None:
    assert passage(["nothing", "the river & the sea"], {"river"}) == (
        "the <mark>river</mark> &amp; the sea"
    )
    assert passage(["nothing"], {"river"}) == ""
    assert passage([], {"river"}) == ""


def test_long_passage_is_cut_at_words() -> None:
    text = "before " * 100 + "river " + "after " * 100
    found = passage([text], {"river"})
    assert found.startswith("… before ")
    assert found.endswith(" after …")
    assert "<mark>river</mark>" in found
    assert len(found) < PASSAGE + 40


def test_passage_without_spaces_is_cut_all_the_same() -> None:
    found = passage(["x" * 5000 + "-river-" + "y" * 5000], {"river"})
    assert "<mark>river</mark>" in found
    assert len(found) < PASSAGE + 40
