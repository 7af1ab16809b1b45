from __future__ import annotations

import pytest

from wagtail_newsroom.segments.tidy.reading import BREAK, Edit, read


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "سلام",
        'a <b>b</b> <a id="a1">c</a><br/>d',
        "a&nbsp;b &amp;amp; &#39;c&#x27; &quot;d&quot; &bogus; &lt;i&gt;",
        "<!-- x --><b></b><i/>",
    ],
)
def test_fragment_reads_back_byte_for_byte(fragment: str) -> None:
    assert read(fragment).fragment == fragment.replace("&bogus;", "&amp;bogus;")


def test_text_has_no_tags_and_no_references() -> None:
    assert read('a&nbsp;<b>b</b><br/><a id="a1">&lt;c&gt;</a>').text == f"a\u00a0b{BREAK}<c>"


def test_insertion_between_tags_is_outside_of_both() -> None:
    assert read("<b>a</b><i>c</i>").changed([Edit(1, "", " ")]).fragment == "<b>a</b> <i>c</i>"


def test_edit_across_a_tag_keeps_the_tag() -> None:
    assert read("a <b> c</b>").changed([Edit(1, "  ", " ")]).fragment == "a <b>c</b>"
    assert read("a<b>bc</b>d").changed([Edit(0, "abcd", "x")]).fragment == "x<b></b>"


def test_edit_replaces_a_character_reference() -> None:
    assert read("&quot;a&quot; &amp;").changed([Edit(0, '"', "«")]).fragment == "«a&quot; &amp;"


def test_new_text_is_escaped() -> None:
    assert read("a").changed([Edit(0, "a", "<b>&")]).fragment == "&lt;b&gt;&amp;"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, "b", "x")],
        [Edit(9, "a", "x")],
        [Edit(0, "ab", "x"), Edit(1, "b", "y")],
        [Edit(2, BREAK, " ")],
    ],
)
def test_edit_of_another_text_is_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="text has changed|line break"):
        read("ab<br/>c").changed(edits)
