from __future__ import annotations

import html
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wagtail_newsroom.segments.markup import is_nested, parts, tags_of
from wagtail_newsroom.segments.masking import mask, runs, unmask

SENTENCE = (
    'The <b>river</b> rose, says <a id="a1">the “report”</a> of <i>the <b>Delta</b> Office</i>.<br/>'
    "Write to desk@gazette.example (https://gazette.example/a?b=1&amp;c=2), @delta_desk or #flood."
)

TAG = re.compile(r"<[^<>]*>")


def word_for_word(text: str) -> str:
    """Stands for an engine that changes words and leaves tokens."""
    return re.sub(r"[a-z]+", lambda match: match[0][::-1], text)


class TestMask:
    def test_text_has_no_tag_address_handle_or_placeholder(self) -> None:
        text = mask(SENTENCE + " {name} %(count)s %s &amp;nbsp;").text
        assert not re.search(r"[<>@#{}%&\n]|https?:|\.example", text)

    def test_text_is_one_line_with_single_spaces(self) -> None:
        assert mask("One\u00a0 two\n\nthree<br/>four").text == "One two three ZQB four"

    def test_tokens_are_capital_letters_without_digits(self) -> None:
        masked = mask(SENTENCE)
        assert len(masked.tokens) == 13
        assert all(re.fullmatch(r"[A-Z]{3,}", token.code) for token in masked.tokens)
        assert len({token.code for token in masked.tokens}) == 13

    def test_tokens_never_occur_in_the_text_already(self) -> None:
        masked = mask("ZQB xqc Q J b <b>jx</b> zq")
        plain = "zqbxqcqjbjxzq"
        for token in masked.tokens:
            assert token.code.lower() not in plain
            assert masked.text.count(token.code) == 1

    def test_hundreds_of_tags_get_hundreds_of_tokens(self) -> None:
        fragment = " ".join(f"<b>word{'s' * (n % 3)}</b>" for n in range(400))
        masked = mask(fragment)
        assert len({token.code for token in masked.tokens}) == 800
        assert unmask(masked, masked.text) == fragment

    @pytest.mark.parametrize(
        "fragment",
        [
            "",
            "  ",
            "—",
            "1,500",
            "3.5 % – 13:45",
            "<b>2026</b>",
            "…<br/>",
            "NASA / ESA",
            "UN",
            "O.R.G.",
        ],
    )
    def test_text_without_words_is_trivial(self, fragment: str) -> None:
        assert mask(fragment).is_trivial

    @pytest.mark.parametrize(
        "fragment", ["SPORT", "A", "NASA said", "ORG / O.R.G. reports", "۵ نفر"]
    )
    def test_text_with_words_is_not_trivial(self, fragment: str) -> None:
        assert not mask(fragment).is_trivial

    def test_addresses_alone_are_trivial(self) -> None:
        assert mask("https://a.example/b @c #d").is_trivial


class TestUnmask:
    def test_untouched_text_gives_the_fragment_again(self) -> None:
        masked = mask(SENTENCE)
        assert unmask(masked, masked.text) == SENTENCE

    @pytest.mark.parametrize(
        "fragment",
        [
            "pre<b>fix</b>ed (<i>x</i>), «<b>y</b>»",
            "<b><i>both</i></b><b>next</b>",
            "a<br/><br/>b",
            "AT&amp;T, 5 &lt; 6, x&lt;y, &amp;lt; and &lt;b&gt;",
            '<b>«کتاب‌ها»</b>‌ها و <a id="a1">این</a>،',
            "x <b>a</b>: y",
            "<b>unclosed",
        ],
    )
    def test_spaces_and_escapes_come_back_as_they_were(self, fragment: str) -> None:
        masked = mask(fragment)
        assert unmask(masked, masked.text) == fragment

    @pytest.mark.parametrize(
        "answer",
        [
            "سلام ZQB دنیا ZQC، ZQD گزارش ZQF را.",
            "سلام zqb دنیا zqc، zqd گزارش zqf را.",
            "سلام Z Q B دنیا Z Q C، Z QD گزارش ZQ F را.",
            "سلام ZQ\u200cB دنیا Z\u200cQC، ZQD\u200c گزارش \u200cZQF را.",
            "\u200fسلام \u200eZQB\u200f دنیا ZQ\u200eC، ZQD گزارش ZQF را.\u200f",
            "سلام ZQBدنیاZQC، ZQDگزارشZQF را.",
            "سلامZQB دنیا ZQC،ZQD گزارش ZQFرا.",
            "سلام ZQB دنیا ZQC ، ZQD گزارش ZQF را.",
            "سلام ZQB دنیا ZQC، \u2066ZQD\u2069 گزارش ZQF \u202bرا\u202c.",
        ],
    )
    def test_tokens_are_found_however_the_engine_wrote_them(self, answer: str) -> None:
        masked = mask('Hello <b>world</b>, <a id="a1">report</a> there.')
        assert masked.text == "Hello ZQB world ZQC, ZQD report ZQF there."
        found = unmask(masked, answer)
        assert found is not None
        assert found.replace("،<a", "، <a") == 'سلام <b>دنیا</b>، <a id="a1">گزارش</a> را.'

    def test_paired_tags_may_move(self) -> None:
        masked = mask("See <b>one</b> and <i>two</i>.")
        assert unmask(masked, "ZQD دو ZQF و ZQB یک ZQC.") == "<i>دو</i> و <b>یک</b>."

    @pytest.mark.parametrize(
        "answer",
        [
            "",
            "یک ZQB دو",
            "ZQB یک ZQC ZQB ZQD دو ZQF",
            "ZQC یک ZQB ZQD دو ZQF",
            "ZQB یک ZQD دو ZQC سه ZQF",
            "ZQB ZQC یک ZQD دو ZQF",
            "ZQB — ZQC یک ZQD دو ZQF",
            "ZQB یک ZQC ZQD دو ZQF ZQG",
            "ZQB یک ZQC ZQD دو ZQ4",
        ],
        ids=[
            "nothing",
            "lost",
            "doubled",
            "turned around",
            "torn apart",
            "emptied",
            "emptied but for a dash",
            "invented",
            "mutilated",
        ],
    )
    def test_damaged_markup_is_not_put_back(self, answer: str) -> None:
        assert unmask(mask("See <b>one</b> and <i>two</i>."), answer) is None

    def test_hostile_markup_never_comes_through(self) -> None:
        masked = mask("See <b>one</b>.")
        answer = (
            '<script>alert(1)</script>&lt;img src=x onerror=alert(2)&gt;<p style="x">'
            'ببین <a href="javascript:alert(3)">ZQB</a> یک ZQC</p>'
        )
        assert unmask(masked, answer) == "ببین <b>یک</b>"

    def test_bidi_overrides_go_and_half_spaces_stay(self) -> None:
        assert unmask(mask("Books"), "\u202eکتاب\u200cها\u2069") == "کتاب\u200cها"


class TestRuns:
    def test_texts_are_those_between_tags_and_addresses(self) -> None:
        assert runs(
            'See <b>one</b>, “<a id="a1">two</a>” at https://x.example/y.<br/>End'
        ).texts == [
            "See",
            "one",
            "two",
            "” at",
            "End",
        ]

    def test_rebuilt_fragment_has_the_tags_the_addresses_and_the_spaces_of_the_source(self) -> None:
        apart = runs('See <b>one</b>, <a id="a1">two</a> at https://x.example/y.')
        assert (
            apart.rebuild(["A", "B & C", "<u>D</u>", "E"])
            == 'A <b>B &amp; C</b>, <a id="a1">D</a> E https://x.example/y.'
        )

    def test_another_number_of_texts_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="shorter"):
            runs("a <b>b</b>").rebuild(["x"])


# Ways in which engines damage what they are given; each takes the masked text and a random source.
Damage = Callable[[str, random.Random], str]


def _tokens(text: str) -> list[str]:
    return [token for token in re.findall(r"[A-Z]{3,}", text) if token[0] in "ZQXJ"]


def _drop(text: str, chance: random.Random) -> str:
    tokens = _tokens(text)
    return text.replace(chance.choice(tokens), "", 1) if tokens else text


def _double(text: str, chance: random.Random) -> str:
    tokens = _tokens(text)
    return f"{text} {chance.choice(tokens)}" if tokens else text


def _swap(text: str, chance: random.Random) -> str:
    tokens = _tokens(text)
    if len(tokens) < 2:
        return text
    one, other = chance.sample(tokens, 2)
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def _mutilate(text: str, chance: random.Random) -> str:
    tokens = _tokens(text)
    if not tokens:
        return text
    token = chance.choice(tokens)
    return text.replace(token, token[:-1] + chance.choice("AEOU5۵"))


def _put_in(what: str) -> Damage:
    def damage(text: str, chance: random.Random) -> str:
        place = chance.randint(0, len(text))
        return text[:place] + what + text[place:]

    return damage


def _shuffle(text: str, chance: random.Random) -> str:
    words = text.split()
    chance.shuffle(words)
    return " ".join(words)


DAMAGE: dict[str, Damage] = {
    "nothing": lambda text, chance: text,
    "token dropped": _drop,
    "token doubled": _double,
    "tokens swapped": _swap,
    "token mutilated": _mutilate,
    "words shuffled": _shuffle,
    "lower case": lambda text, chance: text.lower(),
    "upper case": lambda text, chance: text.upper(),
    "spaces inside tokens": lambda text, chance: re.sub(r"([A-Z])(?=[A-Z])", r"\1 ", text),
    "half-spaces inside tokens": lambda text, chance: re.sub(
        r"([A-Z])(?=[A-Z])", "\\1\u200c", text
    ),
    "all spaces lost": lambda text, chance: text.replace(" ", ""),
    "bidi marks": lambda text, chance: "\u200f" + text.replace(" ", "\u200e \u202b") + "\u202c",
    "commas glued": lambda text, chance: text.replace(" ", "، ").replace(",", "،"),
    "cut short": lambda text, chance: text[: chance.randint(0, len(text))],
    "said twice": lambda text, chance: f"{text} {text}",
    "escaped once more": lambda text, chance: html.escape(text),
    "script": _put_in("<script>alert('x')</script>"),
    "open script": _put_in("<script>"),
    "styled tag": _put_in('<b style="direction:rtl">x</b>'),
    "foreign link": _put_in('<a id="a1" href="javascript:alert(1)">x</a>'),
    "escaped tag": _put_in("&lt;i&gt;x&lt;/i&gt;"),
    "lone angle": _put_in(" < & > "),
    "closing tag": _put_in("</b></a></i>"),
    "control characters": _put_in("\x00\x08\x1b\x85"),
    "line breaks": _put_in("\r\n\u2028"),
    "tags instead of tokens": lambda text, chance: re.sub(r"\b[ZQXJ]{2}[A-Z]\b", "<b>", text),
    "empty": lambda text, chance: "",
}

words = st.text(
    alphabet=st.one_of(
        st.sampled_from("abz ZQXJB ,.;:()«»\"'&<>/@#%{}\u200c\u00a0\u202e،؟ کتاب\n۱2-–\x00"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=25,
)
phrases = st.one_of(
    words,
    st.sampled_from(
        [
            "https://x.example/a?b=1&c",
            "a@b.example",
            "@desk",
            "#tag",
            "{name}",
            "%(n)s",
            "&lt;",
            "<b>",
        ]
    ),
).map(lambda text: html.escape(text, quote=False))
TAGS = ["a", "b", "i", "em", "strong", "code", "sub", "sup", "abbr"]


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, number, content: (
            f'<a id="a{number}">{content}</a>' if name == "a" else f"<{name}>{content}</{name}>"
        ),
        st.sampled_from(TAGS),
        st.integers(1, 9),
        children,
    )


fragments = st.recursive(
    st.one_of(phrases, st.just("<br/>")),
    lambda children: st.one_of(
        _element(children), st.lists(children, min_size=1, max_size=4).map("".join)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", DAMAGE)
@settings(max_examples=60, deadline=None)
@given(fragment=fragments, chance=st.randoms(use_true_random=False))
def test_whatever_an_engine_does_the_tags_are_the_sources_or_nothing_is_stored(
    kind: str, fragment: str, chance: random.Random
) -> None:
    masked = mask(fragment)
    answer = DAMAGE[kind](word_for_word(masked.text), chance)

    stored = unmask(masked, answer)

    if stored is not None:
        assert tags_of(stored) == tags_of(fragment)
        assert is_nested(stored)
        # Whatever is left between the tags is text to a browser.
        assert set(TAG.findall(stored)) == {
            part.text for part in parts(fragment) if part.text.startswith("<") and part.name
        }


@settings(max_examples=300, deadline=None)
@given(fragment=fragments)
def test_masking_loses_nothing(fragment: str) -> None:
    masked = mask(fragment)

    stored = unmask(masked, masked.text)

    assert stored is not None
    assert _letters(stored) == _letters(fragment)


@settings(max_examples=200, deadline=None)
@given(fragment=fragments, answer=words)
def test_rebuilt_runs_always_have_the_sources_tags(fragment: str, answer: str) -> None:
    apart = runs(fragment)

    stored = apart.rebuild([answer] * len(apart.texts))

    assert tags_of(stored) == tags_of(fragment)
    assert is_nested(stored)


def _letters(fragment: str) -> str:
    plain = html.unescape(TAG.sub("", fragment))
    return "".join(char for char in plain if char.isalnum() or char in "<>&@#\u200c")
