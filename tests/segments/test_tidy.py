from __future__ import annotations

import time

import pytest

from tests.segments.pairs import PAIRS
from wagtail_newsroom.segments.tidy import LANGUAGES, edits_by, rules_for, tidy
from wagtail_newsroom.segments.tidy.persian import RULES
from wagtail_newsroom.segments.tidy.reading import read
from wagtail_newsroom.segments.tidy.verbs import AMBIGUOUS, FORMS

CHANGES = [
    ("letters", "علي و كتاب مصطفى", "علی و کتاب مصطفی"),
    ("letters", "ﺳﻼﻡ", "سلام"),
    ("letters", "خانۀ ما", "خانه\u0654 ما"),
    ("invisible", "ســلام\u200b دنیا\ufeff", "سلام دنیا"),
    ("digits", "12 نفر و ٣٤ خانه", "۱۲ نفر و ۳۴ خانه"),
    ("digits", "1500", "۱۵۰۰"),
    ("times-and-dates", "ساعت 13:45 در 2019/11/16", "ساعت ۱۳:۴۵ در ۲۰۱۹/۱۱/۱۶"),
    ("number-signs", "۱,۵۰۰ نفر", "۱٬۵۰۰ نفر"),
    ("number-signs", "1,234,567.5 کرون", "1٬234٬567٫5 کرون"),
    ("number-signs", "۳.۵ % از", "۳٫۵٪ از"),
    ("quotes", 'گفت: "سلام" و رفت', "گفت: «سلام» و رفت"),
    ("quotes", "گفت: “سلام” و رفت", "گفت: «سلام» و رفت"),
    ("quotes", '«او گفت "سلام" و رفت»', "«او گفت “سلام” و رفت»"),
    ("punctuation", "چرا? کتاب, دفتر; خانه...", "چرا؟ کتاب، دفتر؛ خانه…"),
    ("punctuation", "سازمان (PMOI), گفت", "سازمان (PMOI)، گفت"),
    ("punctuation", "واقعا?!", "واقعا؟!"),
    ("spacing", "سلام ، دنیا", "سلام، دنیا"),
    ("spacing", "سلام،دنیا", "سلام، دنیا"),
    ("spacing", "سازمان(PMOI)گفت :« سلام »", "سازمان (PMOI) گفت: «سلام»"),
    ("spacing", "یک  دو", "یک دو"),
    ("spacing", "رفتند.آنها آمدند", "رفتند. آنها آمدند"),
    ("half-space-edges", "می\u200c\u200cرود \u200cو\u200c آمد\u200c", "می\u200cرود و آمد"),
    ("verb-prefixes", "او می رود و نمی‌داند", "او می\u200cرود و نمی\u200cداند"),
    ("verb-prefixes", "نمی خواهند برنمی گردند", "نمی\u200cخواهند برنمی\u200cگردند"),
    ("plural-endings", "کتاب ها و خانه های ما", "کتاب\u200cها و خانه\u200cهای ما"),
    ("to-be-endings", "رفته اند و خسته ام", "رفته\u200cاند و خسته\u200cام"),
    ("superlatives", "بزرگ ترین شهر", "بزرگ\u200cترین شهر"),
]

KEPT = [
    ("letters", "﷼ ﷺ"),
    ("letters", "مسئول، رأی، مؤسسه، حتماً، مدرسهٔ"),
    ("digits", "v2.1 و COVID-19 و H1N1 و 5G"),
    ("digits", "نشانی 192.168.1.1 و تلفن +98 21 1234 5678 و 021 8888 9999"),
    ("digits", "https://gazette.example/2026/3 و desk3@gazette.example و #سیل1 و {0} و %(n)s"),
    ("digits", "Apollo 11"),
    ("number-signs", "13:45 و 2019.11.16 و 10.5.2020 و 1,5 و 1,50"),
    ("quotes", 'صفحهٔ 5" و 7"'),
    ("quotes", 'یک " تنها'),
    ("quotes", "«سلام “دنیا”»"),
    ("punctuation", "Reuters, AP"),
    ("punctuation", "a, b; c?"),
    ("spacing", "ساعت ۱۳:۴۵، ۱٬۵۰۰ نفر، ه.ش. ۳٫۵"),
    ("half-space-edges", "می\u200cرود، PMOI\u200cها، «کتاب»\u200cها، خانه\u200eو"),
    # The month of May, square miles and a name.
    ("verb-prefixes", "در ماه می برگزار شد"),
    ("verb-prefixes", "در ماه می خواهند آمد"),
    ("verb-prefixes", "۵ می گفت"),
    ("verb-prefixes", "در می ۱۹۶۹ و ده می مربع"),
    ("verb-prefixes", "ترزا می گفت"),
    ("verb-prefixes", "در می مردم و در می بازی"),
    ("verb-prefixes", "قدیمی رفت"),
    ("plural-endings", "و ها، DVD ها"),
    ("to-be-endings", "به ام و که اند و البته ای"),
    ("superlatives", "لباس تر"),
]


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES)
def test_rule_by_itself_changes_what_it_is_for(rule: str, before: str, after: str) -> None:
    assert tidy(before, "fa", rules=[rule]) == after


@pytest.mark.parametrize(("rule", "text"), KEPT)
def test_rule_by_itself_leaves_what_only_looks_like_it(rule: str, text: str) -> None:
    assert tidy(text, "fa", rules=[rule]) == text


def test_every_rule_is_shown_at_work_above() -> None:
    assert {rule for rule, _, _ in CHANGES} == set(RULES)


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES)
def test_no_other_rule_does_the_same(rule: str, before: str, after: str) -> None:
    others = [name for name in RULES if name != rule]
    assert tidy(before, "fa", rules=others) != tidy(before, "fa", rules=RULES)


def test_all_rules_work_together() -> None:
    assert tidy('او گفت "2,500 كتاب می خواهم" , و رفت ...', "fa") == (
        "او گفت «۲٬۵۰۰ کتاب می‌خواهم»، و رفت…"
    )


def test_rules_see_through_tags_and_leave_them() -> None:
    fragment = '<b>کتاب</b> <i>ها</i> , <a id="a1">می</a> <b>رود</b><br/>"<i>سلام</i>"'
    assert tidy(fragment, "fa") == (
        '<b>کتاب</b>\u200c<i>ها</i>، <a id="a1">می</a>\u200c<b>رود</b><br/>«<i>سلام</i>»'
    )


def test_space_that_is_added_stands_outside_tags() -> None:
    assert tidy("<b>سلام،</b>دنیا", "fa") == "<b>سلام،</b> دنیا"
    assert tidy("سلام،<b>دنیا</b>", "fa") == "سلام، <b>دنیا</b>"


def test_character_references_stay_as_they_are_written() -> None:
    assert tidy("AT&amp;T&nbsp;5 نفر &lt;b&gt; &quot;خوب&quot;", "fa") == (
        "AT&amp;T&nbsp;۵ نفر &lt;b&gt; «خوب»"
    )


def test_text_without_anything_to_tidy_comes_back_unchanged() -> None:
    fragment = "a < b & c > d"
    assert tidy(fragment, "fa") is fragment


def test_line_break_parts_what_a_space_would_join() -> None:
    assert tidy("کتاب<br/>ها", "fa") == "کتاب<br/>ها"


def test_no_rules_means_no_change() -> None:
    assert tidy("علي  رفت ?", "fa", rules=[]) == "علي  رفت ?"


def test_unknown_rule_is_an_error() -> None:
    with pytest.raises(ValueError, match="no tidying rule called commas"):
        tidy("سلام", "fa", rules=["letters", "commas"])


def test_rule_of_another_language_is_no_error() -> None:
    assert tidy("علي", "ar", rules=["digits"]) == "علي"


@pytest.mark.parametrize("code", ["fa", "fa-IR", "fa_AF", "FA", "prs"])
def test_region_makes_no_difference(code: str) -> None:
    assert tidy("علي", code) == "علی"
    assert rules_for(code) is RULES


def test_arabic_gets_its_own_letters_and_marks() -> None:
    assert tidy("الکتاب الجدید, لماذا ?", "ar") == "الكتاب الجديد، لماذا؟"


def test_arabic_keeps_its_digits_and_final_letters() -> None:
    assert tidy("على ٣ أو 3 مدى", "ar") == "على ٣ أو 3 مدى"


def test_verbs_are_many_and_hold_no_noun_unmarked() -> None:
    assert len(FORMS) > 3500
    assert {"رود", "کنند", "گفت", "توان", "خواهیم", "آورد"} <= FORMS
    assert "مردم" in AMBIGUOUS
    assert "مربع" not in FORMS


def test_edits_say_what_they_replace() -> None:
    reading = read("<b>می</b> رود")
    edits = edits_by(RULES["verb-prefixes"], reading)
    assert [(edit.start, edit.old, edit.new) for edit in edits] == [(2, " ", "\u200c")]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    "piece",
    [
        "می ",
        '"',
        "1,",
        "۱٫۵",
        "https://a.",
        " ،",
        "،",
        "\u200c",
        "ا\u200c",
        "<b",
        "&#",
        "A-",
        "0 0",
        "…",
    ],
)
def test_work_grows_with_the_text_and_not_with_its_square(language: str, piece: str) -> None:
    text = piece * (40_000 // len(piece)) + "ب"
    started = time.perf_counter()
    assert tidy(text, language)
    assert time.perf_counter() - started < 4


def test_good_translations_exist_in_number() -> None:
    assert len(PAIRS) == 100
    assert len({english for english, _ in PAIRS}) == 100
