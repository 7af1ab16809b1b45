"""TMX: what is read, what is refused, and that nothing is lost on the way out and in."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_newsroom.segments import tmx
from wagtail_newsroom.segments.inline import clean, have_same_tags
from wagtail_newsroom.segments.tmx import BadTmx, Unit, read_units, write_units


def tmx_file(body: str, *, header: str = '<header srclang="en"/>', doctype: bool = True) -> bytes:
    declared = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">' if doctype else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{declared}'
        f'<tmx version="1.4">{header}<body>{body}</body></tmx>'
    ).encode()


def pair(english: str, persian: str) -> str:
    return (
        f'<tu><tuv xml:lang="en"><seg>{english}</seg></tuv>'
        f'<tuv xml:lang="fa"><seg>{persian}</seg></tuv></tu>'
    )


def read(data: bytes) -> list[Unit]:
    return list(read_units(io.BytesIO(data)))


def written(units: list[Unit], *, source_language: str | None = "en") -> bytes:
    file = io.BytesIO()
    assert write_units(file, units, source_language=source_language) == len(units)
    return file.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(BadTmx) as caught:
        read(data)
    return str(caught.value)


def test_units_are_read_with_their_languages_in_lower_case() -> None:
    data = tmx_file(
        '<tu><tuv xml:lang="EN-GB"><seg>River</seg></tuv><tuv lang="fa_IR"><seg>رود</seg></tuv></tu>'
        '<tu srclang="fa"><tuv xml:lang="fa"><seg>باران</seg></tuv>'
        '<tuv xml:lang="en"><seg>Rain</seg></tuv></tu>'
    )
    assert read(data) == [
        Unit({"en-gb": "River", "fa-ir": "رود"}, "en"),
        Unit({"fa": "باران", "en": "Rain"}, "fa"),
    ]


def test_all_is_no_source_language() -> None:
    data = tmx_file(pair("River", "رود"), header='<header srclang="*all*"/>')
    assert read(data) == [Unit({"en": "River", "fa": "رود"}, None)]


@pytest.mark.parametrize(
    ("segment", "fragment"),
    [
        ("AT&amp;T", "AT&amp;T"),
        ("AT&amp;amp;T", "AT&amp;T"),
        ("1 &lt; 2", "1 &lt; 2"),
        ("a\n      b", "a b"),
        ("&lt;b&gt;bold&lt;/b&gt;", "<b>bold</b>"),
        ("&lt;B class='x' onclick='y()'&gt;bold&lt;/B&gt;", "<b>bold</b>"),
        ('&lt;a id="a1"&gt;link&lt;/a&gt;', '<a id="a1">link</a>'),
        (
            '<bpt i="1">&lt;a id="a2"&gt;</bpt>link<ept i="1">&lt;/a&gt;</ept>',
            '<a id="a2">link</a>',
        ),
        (
            '<bpt i="1">&lt;a href="https://a.example/"&gt;</bpt>one<ept i="1">&lt;/a&gt;</ept> '
            '<bpt i="2">&lt;a href="https://b.example/"&gt;</bpt>two<ept i="2">&lt;/a&gt;</ept>',
            '<a id="a1">one</a> <a id="a2">two</a>',
        ),
        ('one<ph x="1">&lt;br&gt;</ph>two', "one<br/>two"),
        ('<bpt i="1">{\\b </bpt>bold<ept i="1">}</ept>', "bold"),
        ('<ph x="1">&lt;img alt="<sub>not here</sub>"&gt;</ph>text', "text"),
        ("<hi>water</hi> <hi>H<hi>2</hi>O</hi>", "water H2O"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;text", "text"),
        ("&lt;span style='x'&gt;text&lt;/span&gt;", "text"),
        ("&amp;lt;script&amp;gt;", "&lt;script&gt;"),
        ("\u202eevil\u202c text\u007f", "evil text"),
        ("half\u200cspace", "half\u200cspace"),
    ],
)
def test_a_segment_becomes_a_fragment(segment: str, fragment: str) -> None:
    assert read(tmx_file(pair(segment, "x")))[0].texts["en"] == fragment


def test_links_are_matched_by_address_when_their_order_changes() -> None:
    one = '<bpt i="1">&lt;a href="/one"&gt;</bpt>1<ept i="1">&lt;/a&gt;</ept>'
    two = '<bpt i="2">&lt;a href="/two"&gt;</bpt>2<ept i="2">&lt;/a&gt;</ept>'
    variants = [
        f'<tuv xml:lang="fa"><seg>{two}{one}</seg></tuv>',
        f'<tuv xml:lang="en"><seg>{one}{two}</seg></tuv>',
    ]
    for order in (variants, variants[::-1]):
        assert dict(read(tmx_file(f"<tu>{''.join(order)}</tu>"))[0].texts) == {
            "en": '<a id="a1">1</a><a id="a2">2</a>',
            "fa": '<a id="a2">2</a><a id="a1">1</a>',
        }


def test_two_links_to_one_place_stay_two() -> None:
    link = '<bpt i="1">&lt;a href="/one"&gt;</bpt>1<ept i="1">&lt;/a&gt;</ept>'
    assert dict(read(tmx_file(pair(link + link, link + link)))[0].texts) == dict.fromkeys(
        ("en", "fa"), '<a id="a1">1</a><a id="a2">1</a>'
    )


def test_a_text_that_is_too_long_is_left_out() -> None:
    data = tmx_file(pair("x" * (tmx.MAX_CHARACTERS + 1), "کوتاه"))
    assert read(data) == [Unit({"fa": "کوتاه"}, "en")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", tmx.NOT_XML),
        (b"Dear editor, see the translations below.", tmx.NOT_XML),
        (b"PK\x03\x04\x14\x00\xff\xfe", tmx.NOT_XML),
        (b"<html><body><p>Hello</p></body></html>", tmx.NOT_TMX % {"name": "html"}),
        (tmx_file(""), tmx.NO_UNITS),
        (tmx_file(pair("a", "b") * 3)[:-60], tmx.CUT_SHORT),
        (tmx_file(pair("a", "رود"))[:-35], tmx.CUT_SHORT),
        (tmx_file(pair("a", "b")).replace(b"<seg>b", b"<seg>caf\xe9"), tmx.BAD_ENCODING),
        (tmx_file(pair("a", "b")).replace(b"UTF-8", b"x-klingon"), tmx.BAD_ENCODING),
        (tmx_file(pair("a", "b")).replace(b"UTF-8", b"shift_jis"), tmx.BAD_ENCODING),
        (tmx_file(pair("a", "b")).replace(b"UTF-8", b"utf-16"), tmx.BAD_ENCODING),
        (tmx_file(pair("a", "b < c")), tmx.BROKEN % {"line": 1}),
        (tmx_file(pair("a&nbsp;b", "c"), doctype=False), tmx.BROKEN % {"line": 1}),
    ],
)
def test_what_is_no_tmx_file_is_refused_with_the_reason(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1256", "iso-8859-6"])
def test_encodings_that_the_file_states_are_read(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = tmx_file(pair("river", "باران")).decode().replace("UTF-8", name)
    assert read(text.encode(encoding)) == [Unit({"en": "river", "fa": "باران"}, "en")]


def test_entities_are_refused_before_they_grow() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    data = tmx_file(pair("&l9;", "x"), doctype=False).replace(
        b"<tmx ", f"<!DOCTYPE tmx [{laughs}]><tmx ".encode(), 1
    )
    assert refusal(data) == tmx.ENTITIES


def test_a_file_outside_is_neither_read_nor_asked_for(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the embargoed text")
    data = tmx_file(pair("&secret;", "x"), doctype=False).replace(
        b"<tmx ",
        f'<!DOCTYPE tmx [<!ENTITY secret SYSTEM "{secret.as_uri()}">]><tmx '.encode(),
        1,
    )
    assert refusal(data) == tmx.ENTITIES
    outside = tmx_file(pair("a", "b")).replace(b"tmx14.dtd", b"http://127.0.0.1:9/tmx14.dtd")
    assert len(read(outside)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<x>" * 5_000 + "</x>" * 5_000,
        "<tu>" + "<x/>" * 50_000 + "</tu>",
        "<x/>" * 50_000,
    ],
    ids=["deep", "wide unit", "wide body"],
)
def test_a_file_made_to_fill_the_memory_is_refused(body: str) -> None:
    assert refusal(tmx_file(body)) == tmx.TOO_DEEP


def many(count: int) -> Iterator[Unit]:
    for number in range(count):
        yield Unit(
            {"en": f"Sentence <b>{number}</b> &amp; more", "fa": f"جملهٔ <b>{number}</b>"}, "en"
        )


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (300, 6_000):
        path = tmp_path / f"{count}.tmx"
        with path.open("wb") as file:
            write_units(file, many(count), source_language="en")
        with path.open("rb") as file:
            tracemalloc.start()
            assert sum(1 for _unit in read_units(file)) == count
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 300_000


def test_what_is_written_is_what_other_programs_expect() -> None:
    unit = Unit({"fa": 'الف<br/><a id="a1">ب</a>', "en": 'AT&amp;T<br/><a id="a1">b</a>'}, "en")
    link = '<bpt i="1">&lt;a id="a1"&gt;</bpt>{}<ept i="1">&lt;/a&gt;</ept>'
    assert written([unit]).decode().splitlines()[4:] == [
        "<body>",
        '<tu srclang="en">'
        f'<tuv xml:lang="en"><seg>AT&amp;T<ph type="lb">&lt;br/&gt;</ph>{link.format("b")}</seg></tuv>'
        f'<tuv xml:lang="fa"><seg>الف<ph type="lb">&lt;br/&gt;</ph>{link.format("ب")}</seg></tuv>'
        "</tu>",
        "</body>",
        "</tmx>",
    ]


PLAIN = st.text(
    st.one_of(
        st.sampled_from("<>&;'\"/=abr #x1-%{}"),
        st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn")),
    ),
    max_size=40,
)
TRICKY = st.lists(
    st.one_of(PLAIN, st.sampled_from(["&amp;", "&amp;lt;", "<b>", "</b>", "&copy=1", "<br/>"]))
).map("".join)


@given(
    texts=st.lists(TRICKY, min_size=1, max_size=4),
    tags=st.lists(
        st.sampled_from(
            [("<b>", "</b>"), ('<a id="a1">', "</a>"), ("<br/>", ""), ("<sub><i>", "</i></sub>")]
        ),
        max_size=3,
    ),
)
def test_every_fragment_comes_back_as_it_was(texts: list[str], tags: list[tuple[str, str]]) -> None:
    fragment = clean("".join(texts).replace("<", "&lt;")).strip(" ")
    for start, end in tags:
        fragment = f"{start}{fragment or 'x'}{end}"
    unit = Unit({"en": fragment or "x", "fa": fragment or "x"}, "en")
    assert read(written([unit])) == [unit]


def test_cleaning_leaves_only_what_a_fragment_may_hold() -> None:
    hostile = (
        '<a href="javascript:x" id="a1">a</a><img src=x onerror=y><iframe></iframe>'
        '<a id="a1&quot; onclick=&quot;x">b</a><style>c</style><b onmouseover=x>d</b><svg/onload=x>'
    )
    assert clean(hostile) == '<a id="a1">a</a><a>b</a><b>d</b>&lt;svg/onload=x&gt;'


@pytest.mark.parametrize(
    ("source", "translation", "same"),
    [
        ("a", "ب", True),
        ("<b>a</b> <i>b</i>", "<i>ب</i> <b>ا</b>", True),
        ("a<br/>b", "ا<br>ب", True),
        ("<b>a</b>", "ا", False),
        ("a", "<b>ا</b>", False),
        ('<a id="a1">a</a>', '<a id="a2">ا</a>', False),
        ('<a id="a1">a</a>', "<a>ا</a>", False),
        ("<b>a</b>", "<b>ا", False),
        ("<b><i>a</i></b>", "<b><i>ا</b></i>", False),
        ("<b>a", "<b>ا", False),
    ],
)
def test_same_tags_means_same_names_ids_and_nesting(
    source: str, translation: str, same: bool
) -> None:
    assert have_same_tags(source, translation) is same
