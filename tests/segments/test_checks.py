from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.segments.pairs import PAIRS
from wagtail_newsroom.segments.checks import (
    CHECKS,
    PIECE_CHECKS,
    Finding,
    Fix,
    Severity,
    apply_fix,
    check,
    check_piece,
)
from wagtail_newsroom.segments.glossary import Glossary, Term
from wagtail_newsroom.segments.tidy.reading import Edit

LONG = (
    "The river rose by three metres over night, and the engineers who watch the dam "
    "say that it will rise again. Nobody was hurt. Three bridges are closed."
)
GOOD = (
    "رودخانه شبانه سه متر بالا آمد و مهندسانی که سد را زیر نظر دارند می‌گویند که باز هم بالا "
    "خواهد آمد. کسی آسیب ندید. سه پل بسته است."
)
GLOSSARY = Glossary(
    [
        Term("delta office", "دفتر دلتا", forbidden=("اداره دلتا",)),
        Term("Gazette"),
    ],
    source="en",
    target="fa",
)


def found(
    source: str, target: str, *, languages: str = "en fa", glossary: Glossary | None = None
) -> dict[str, Finding]:
    one, other = languages.split()
    return {
        finding.check: finding
        for finding in check(source, target, source=one, target=other, glossary=glossary)
    }


FAULTS = [
    ("empty", LONG, ""),
    ("empty", LONG, "…"),
    ("empty", LONG, "<b></b>"),
    ("unchanged", LONG, LONG),
    ("unchanged", "Culture and sport", "Culture and Sport!"),
    ("wrong-script", LONG, "Le fleuve est monté de trois mètres pendant la nuit. Personne n’est mort."),
    ("wrong-script", "The river rose over night again", "the river رودخانه rose شبانه again over"),
    ("tags", "See <b>it</b>", "آن را ببینید"),
    ("tags", "See it", "آن را <b>ببینید</b>"),
    ("tags", 'See <a id="a1">it</a>', '<a id="a2">آن</a> را ببینید'),
    ("tags", "<b>See</b> <i>it</i>", "<b>آن <i>را</b> ببینید</i>"),
    ("hostile-markup", "See it", "آن را <script>alert(1)</script> ببینید"),
    ("hostile-markup", 'See <a id="a1">it</a>', '<a id="a1" onclick="x()">آن</a> را ببینید'),
    ("hostile-markup", 'See <a id="a1">it</a>', '<a href="javascript:x()">آن</a> را ببینید'),
    ("hostile-markup", "See it", "آن را &lt;img src=x onerror=y&gt; ببینید"),
    ("hostile-markup", "See it", "آن را <!-- x --> ببینید"),
    ("hostile-markup", "See it", "آن را \u202e ببینید"),
    ("tokens", "See it now", "آن را ZQB اکنون ببینید"),
    ("numbers", "1,500 people", "۱٬۶۰۰ نفر"),
    ("numbers", "1.5 million people", "۱٫۵ میلیارد نفر"),
    ("numbers", "Five people", "۶ نفر"),
    ("numbers", "5 people", "شش نفر"),
    ("numbers", "in 2019", "در سال ۱۳۹۵"),
    ("numbers", "at 13:45", "ساعت ۱۳:۵۴"),
    ("numbers", "3.5 per cent", "۳۵ درصد"),
    ("addresses", "See https://a.example/b?c=1 now", "اکنون https://a.example/b?c=۱ را ببینید"),
    ("addresses", "Write to a@b.example today", "امروز به آدرس بنویسید"),
    ("addresses", "Ask @delta_desk today", "امروز از @deltadesk بپرسید"),
    ("addresses", "Use #flood today", "امروز #سیل را به کار ببرید"),
    ("addresses", "Hello {name}, again", "باز هم سلام {نام}"),
    ("acronyms", "The Towns Council (UTO) met", "شورای شهرها تشکیل جلسه داد"),
    ("acronyms", "The group (PMOI / MEK) met", "گروه (PMOI) تشکیل جلسه داد"),
    ("glossary-missed", "The Delta Office is closed", "این اداره بسته است"),
    ("glossary-missed", "The Gazette is closed", "روزنامه بسته است"),
    ("forbidden-variant", "The Delta Office is closed", "اداره دلتا بسته است"),
    ("length-ratio", LONG, "رودخانه شبانه سه متر بالا آمد."),
    ("length-ratio", LONG, f"{GOOD} {GOOD}"),
    ("sentences-lost", LONG, "رودخانه شبانه سه متر بالا آمد و مهندسان می‌گویند که باز هم بالا می‌آید."),
    ("unbalanced", "He said “no” to me", "او به من گفت «نه"),
    ("unbalanced", "The council (UTO) met", "شورا (UTO تشکیل جلسه داد"),
    ("unbalanced", "He said “no” to me", 'او به من گفت "نه'),
    ("repeated-word", "He was in the house", "او در در خانه بود"),
    ("repeated-word", "He saw the books", "او کتاب‌ها کتاب‌ها را دید"),
    ("arabic-letters", "The books of Ali", "كتاب‌های علي"),
    ("arabic-letters", "Ten books", "١٠ کتاب"),
    ("half-space", "They go and know", "می روند و نمی دانند"),
    ("half-space", "The books", "کتاب ها"),
    ("straight-quotes", "He said “no” to me", 'او به من گفت "نه"'),
    ("latin-punctuation", "Why, then?", "پس, چرا?"),
]  # fmt: skip


@pytest.mark.parametrize(("check_id", "source", "target"), FAULTS)
def test_fault_is_found(check_id: str, source: str, target: str) -> None:
    assert check_id in found(source, target, glossary=GLOSSARY)


def test_every_check_is_shown_at_work() -> None:
    assert {check_id for check_id, _, _ in FAULTS} | {"gender"} == set(CHECKS)


SOUND = [
    (LONG, GOOD),
    ("NASA", "NASA"),
    ("Wagtail", "Wagtail"),
    ("1,500", "1,500"),
    ("—", "—"),
    ("", ""),
    ("https://a.example/b", "https://a.example/b"),
    ("The UN and NATO met in New York", "UN و NATO در نیویورک دیدار کردند"),
    ("1,500 people at 1:45 p.m.", "هزار و پانصد نفر در ساعت ۱۳:۴۵"),
    ("20,500 trees, 1.5 million crowns", "۲۰ هزار و ۵۰۰ درخت، یک و نیم میلیون کرون"),
    ("$2.3bn in the 1990s", "۲٫۳ میلیارد دلار در دههٔ ۷۰"),
    ("On 16 November 2019", "در ۲۵ آبان ۱۳۹۸"),
    ("On 16/11/2019", "در ۲۵ آبان ۱۳۹۸"),
    ("Half past five, the 2019-20 season", "ساعت ۵:۳۰، فصل ۲۰۱۹-۲۰۲۰"),
    ("World War II, the 21st century", "جنگ جهانی دوم، قرن بیست‌ویکم"),
    ("A third of 35-year-olds", "یک‌سوم ۳۵‌ساله‌ها"),
    ("3.5 metres on 9/11", "۳/۵ متر در ۱۱ سپتامبر"),
    ("The (so-called) council", "به‌اصطلاح شورا"),
    ("The Towns Council (U.T.O.) met", "شورای شهرها (UTO) تشکیل جلسه داد"),
    ("The Delta Offices are closed", "دفترهای دلتا بسته است"),
    ("a) first b) second", "الف) اول ب) دوم"),
    ("It came bit by bit", "کم کم آمد"),
    ("Very very good", "خیلی خیلی خوب"),
    ("Home and away", "خانه خانه\u0654 ما"),
    ("The lentils cost 5\" more", 'عدس 5" بیشتر است'),
    ("He left. She stayed.", "او رفت؛ آن یکی ماند."),
    ("At 1.45 p.m.", "ساعت ۱۳:۴۵"),
    ("½ cup and one and a half metres", "۰٫۵ پیمانه و ۱٫۵ متر"),
    ("On 31/2/2019", "در ۳۱/۲/۲۰۱۹"),
    ("On 25 Aban 1398 (25/8/1398)", "در ۱۶ نوامبر ۲۰۱۹ (۱۶/۱۱/۲۰۱۹)"),
    ("On 30 Esfand", "در ۲۰ مارس"),
    ("Use <mark>it</mark>", "<mark>آن</mark> را به کار ببرید"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target"), SOUND)
def test_sound_translation_is_left_alone(source: str, target: str) -> None:
    assert found(source, target, glossary=GLOSSARY) == {}


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("They go", "<b>می</b> روند", "<b>می</b>\u200cروند"),
        ("The books of Ali", '<a id="a1">كتاب</a> علي', '<a id="a1">کتاب</a> علی'),
        ("He said “no” to me", 'او گفت &quot;<i>نه</i>"', "او گفت «<i>نه</i>»"),
        ("Why, then?", "پس<b>,</b> چرا?", "پس<b>،</b> چرا؟"),
        ("He was here", "او در <b>در</b> خانه", "او در<b></b> خانه"),
        ("See https://a.example/1", "<i>https://a.example/۱</i> را ببینید",
         "<i>https://a.example/1</i> را ببینید"),
        ("See it", "آن را <u onclick='x'>ببینید</u>", "آن را ببینید"),
        ("The Delta Office", "<b>اداره\u200cدلتا</b>", "<b>دفتر دلتا</b>"),
    ],
)  # fmt: skip
def test_fix_mends_the_text_and_leaves_the_tags(source: str, target: str, mended: str) -> None:
    findings = check(source, target, source="en", target="fa", glossary=GLOSSARY)
    fixes = [fix for finding in findings for fix in finding.fixes]
    assert [apply_fix(target, fix) for fix in fixes] == [mended]


def test_finding_is_gone_after_its_fix() -> None:
    for check_id, source, target in FAULTS:
        finding = found(source, target, glossary=GLOSSARY)[check_id]
        for fix in finding.fixes:
            after = found(source, apply_fix(target, fix), glossary=GLOSSARY)
            assert check_id not in after or after[check_id].values != finding.values


def test_fix_made_for_another_text_is_refused() -> None:
    finding = found("They go", "می روند")["half-space"]
    with pytest.raises(ValueError, match="text has changed"):
        apply_fix("آنها می روند", finding.fixes[0])


def test_fix_names_what_it_does_and_where() -> None:
    assert found("They go", "می روند")["half-space"] == Finding(
        "half-space",
        Severity.INFO,
        {"words": ["می روند"], "count": 1},
        (Fix("join-words", (Edit(2, " ", "\u200c"),)),),
    )


def test_empty_text_is_told_once() -> None:
    assert list(found(LONG, "<b></b>")) == ["empty"]


def test_gravest_findings_come_first() -> None:
    findings = check(LONG, "<b>كتاب</b> ها 7", source="en", target="fa")
    order = list(Severity)
    severities = [order.index(finding.severity) for finding in findings]
    assert severities == sorted(severities)
    assert len(set(severities)) == 3


def test_values_can_be_stored_as_json_and_keys_are_stable() -> None:
    for _, source, target in FAULTS:
        for finding in check(source, target, source="en", target="fa", glossary=GLOSSARY):
            assert json.loads(json.dumps(finding.values)) == finding.values
            again = Finding(finding.check, finding.severity, dict(finding.values))
            assert again.key == finding.key


def test_keys_of_different_findings_differ() -> None:
    keys = {
        finding.key
        for _, source, target in FAULTS
        for finding in check(source, target, source="en", target="fa", glossary=GLOSSARY)
    }
    assert len(keys) > 40


class TestGender:
    def test_he_out_of_persian_is_told(self) -> None:
        finding = found("او گفت که می‌آید.", "He said that he would come.", languages="fa en")
        assert finding["gender"].values == {"pronouns": ["he"]}

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("آن زن گفت که او می‌آید.", "The woman said that she would come."),
            ("آنها آمدند.", "They came."),
            ("او آمد.", "The doctor came."),
            ("گاو آمد.", "The cow came to her calf."),
        ],
    )
    def test_nothing_is_told_where_nobody_guessed(self, source: str, target: str) -> None:
        assert "gender" not in found(source, target, languages="fa en")

    def test_english_to_persian_has_no_such_finding(self) -> None:
        assert "gender" not in found("He came.", "او آمد.")


class TestPiece:
    def test_same_source_in_two_ways_is_told_at_both(self) -> None:
        segments = {
            1: ("Read <b>more</b>", "<b>بیشتر</b> بخوانید"),
            2: ("read <b>more</b>.", "ادامهٔ <b>مطلب</b>"),
            3: ("Other", "دیگر"),
        }
        findings = check_piece(segments, source="en", target="fa")
        assert set(findings) == {1, 2}
        assert findings[1][0].values == {"others": ["ادامهٔ مطلب"]}
        assert apply_fix(segments[1][1], findings[1][0].fixes[0]) == "ادامهٔ <b>مطلب</b>"

    def test_other_tags_are_not_offered(self) -> None:
        segments = {1: ("Read <b>more</b>", "<b>بیشتر</b>"), 2: ("Read more", "ادامه")}
        findings = check_piece(segments, source="en", target="fa")
        assert [findings[key][0].fixes for key in (1, 2)] == [(), ()]

    def test_marks_spaces_and_missing_text_make_no_difference(self) -> None:
        segments = {1: ("More", "می‌رود"), 2: ("More", "می رود."), 3: ("More", "")}
        assert check_piece(segments, source="en", target="fa") == {}

    def test_lost_sentences_are_told_of_the_piece(self) -> None:
        segments = dict.fromkeys(range(4), ("It rains. We stay. They go.", "باران می‌بارد."))
        (finding,) = check_piece(segments, source="en", target="fa")[None]
        assert (finding.check, finding.values) == (
            "sentences-lost-in-piece",
            {"source": 12, "target": 4},
        )

    def test_untranslated_segments_are_no_lost_sentences(self) -> None:
        segments = dict.fromkeys(range(4), ("It rains. We stay. They go.", ""))
        assert check_piece(segments, source="en", target="fa") == {}

    def test_good_piece_has_no_finding(self) -> None:
        assert check_piece(dict(enumerate(PAIRS)), source="en", target="fa") == {}

    def test_piece_checks_have_ids_of_their_own(self) -> None:
        assert not set(PIECE_CHECKS) & set(CHECKS)


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="ab1۱,.:/%-–<>&;\"«»()\u200c می وهزار٬٫½IVX'", max_size=60),
    st.text(alphabet="ab1۱,.:/%-–<>&;\"«»()\u200c می وهزار٬٫½IVX'", max_size=60),
    st.sampled_from(["en", "fa", "de", "zh-hans", "ar", ""]),
    st.sampled_from(["en", "fa", "de", "zh-hans", "ar", ""]),
)
def test_any_text_can_be_checked_and_every_fix_applied(
    one: str, other: str, source: str, target: str
) -> None:
    for finding in check(one, other, source=source, target=target, glossary=GLOSSARY):
        assert finding.check in CHECKS
        for fix in finding.fixes:
            apply_fix(other, fix)


@pytest.mark.parametrize(
    "piece",
    ["1 و ", "1,000,", "هزار ", "1/", "12:", "A(", '"', "و بیست ", "…", "\u200c", "ا\u200c", "، "],
)
def test_work_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    started = time.perf_counter()
    check(text, text + "ب", source="en", target="fa")
    assert time.perf_counter() - started < 4


@pytest.mark.parametrize(
    "text", ["9" * 5000, "1/" + "9" * 5000, "9" * 400 + ".5", "0/0", "1" * 20 + "s"]
)
def test_numbers_beyond_all_measure_are_compared(text: str) -> None:
    assert "numbers" not in found(f"A {text} b", f"یک {text} ب")
    assert "numbers" in found(f"A {text} b", f"یک ۷{text} ب")


def test_small_numbers_may_be_words_in_languages_whose_words_are_unknown() -> None:
    assert "numbers" not in found("5 people", "fünf Menschen", languages="en de")
    assert "numbers" in found("57 people", "viele Menschen", languages="en de")


def test_what_is_remembered_of_two_texts_knows_no_glossary() -> None:
    source, target = "The dam holds.", "سد نگه می دارد."
    plain = found(source, target)
    glossary = Glossary([Term("dam", "بند")], source="en", target="fa")
    with_term = found(source, target, glossary=glossary)
    assert set(with_term) - set(plain) == {"glossary-missed"}
    assert found(source, target) == plain
    # Gravest first, wherever a finding comes from.
    severities = [CHECKS[name].severity for name in with_term]
    assert severities == sorted(severities, key=list(Severity).index)
    # The same texts in other languages are others.
    assert found(source, target, languages="en de") != plain
