from __future__ import annotations

import pytest

from wagtail_newsroom.engines.pseudo import pseudo
from wagtail_newsroom.segments.reasons import Reason
from wagtail_newsroom.segments.scripts import Script, script_of, share_of_letters
from wagtail_newsroom.segments.verdict import reason_against

LONG = (
    "The river rose by three metres over night, and the engineers who watch the dam "
    "say that it will rise again before the week is over."
)
GOOD = (
    "رودخانه شبانه سه متر بالا آمد و مهندسانی که سد را زیر نظر دارند می‌گویند که پیش از "
    "پایان هفته باز هم بالا خواهد آمد."
)


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        (LONG, GOOD),
        ('See <b>the</b> <a id="a1">report</a>', '<a id="a1">گزارش</a> <b>را</b> ببینید'),
        ("Yes", "بله"),
        ("Mina Farrow", "مینا فارو"),
        ("Culture and sport", "فرهنگ و ورزش"),
        ("The UN and NATO met in New York", "UN و NATO در نیویورک دیدار کردند"),
        ("NASA", "NASA"),
        ("1,500", "1,500"),
        ("Write to desk@gazette.example", "به desk@gazette.example بنویسید"),
    ],
)
def test_good_persian_is_accepted(source: str, answer: str) -> None:
    assert reason_against(source, answer, source="en", target="fa") is None


@pytest.mark.parametrize(
    ("source", "answer", "reason"),
    [
        (LONG, "", Reason.EMPTY),
        (LONG, "…", Reason.EMPTY),
        ("Write to a@b.example", "a@b.example", Reason.EMPTY),
        (LONG, LONG, Reason.UNCHANGED),
        (LONG, LONG.upper() + "!", Reason.UNCHANGED),
        ("Mina Farrow", "Mina Farrow", Reason.UNCHANGED),
        ("SPORTS DESK", "Sports desk", Reason.UNCHANGED),
        (LONG, GOOD[: len(GOOD) // 3], Reason.TRUNCATED),
        (LONG, "رودخانه", Reason.TRUNCATED),
        (LONG, GOOD * 12, Reason.BAD_ANSWER),
        ("See <b>it</b>", "آن را ببینید", Reason.MARKUP),
        ("See it", "آن را <b>ببینید</b>", Reason.MARKUP),
        ('<a id="a1">a report</a>', '<a id="a2">گزارش</a>', Reason.MARKUP),
        ('<a id="a1">a report</a>', '<a id="a1" href="x">گزارش</a>', Reason.MARKUP),
        ("<b>See</b> <i>it</i>", "<b>آن <i>را</b> ببینید</i>", Reason.MARKUP),
        ("See it now", "آن را ZQB اکنون ببینید", Reason.TOKENS),
        (LONG, "Le fleuve est monté de trois mètres pendant la nuit, selon les ingénieurs du barrage.",
         Reason.WRONG_SCRIPT),
    ],
)  # fmt: skip
def test_what_is_no_translation_is_refused(source: str, answer: str, reason: Reason) -> None:
    assert reason_against(source, answer, source="en", target="fa") is reason


def test_a_word_that_looks_like_a_token_may_stay_when_the_source_has_it() -> None:
    assert reason_against("The XJB rail line", "خط آهن XJB", source="en", target="fa") is None


def test_persian_in_an_english_translation_is_the_wrong_script() -> None:
    answer = "رودخانه باز هم بالا آمد و سد پر شد"
    assert reason_against(GOOD, GOOD + answer, source="fa", target="en") is Reason.WRONG_SCRIPT


def test_a_name_may_stay_between_languages_of_one_script() -> None:
    assert reason_against("Mina Farrow", "Mina Farrow", source="en", target="de") is None
    assert (
        reason_against("culture and sport", "culture and sport", source="en", target="de")
        is Reason.UNCHANGED
    )


def test_chinese_may_be_short() -> None:
    answer = "河水一夜之间上涨了三米，大坝工程师表示本周结束前水位还会再次上涨。"
    assert reason_against(LONG, answer, source="en", target="zh-hans") is None


@pytest.mark.parametrize("target", ["fa", "ar", "ur", "he", "ru", "el", "de", "sr", "ja"])
def test_the_offline_twin_is_accepted_in_every_language(target: str) -> None:
    assert reason_against(LONG, pseudo(LONG, target=target), source="en", target=target) is None


@pytest.mark.parametrize(
    ("code", "script"),
    [
        ("fa", Script.ARABIC),
        ("fa-ir", Script.ARABIC),
        ("en-GB", Script.LATIN),
        ("sr", None),
        ("sr-latn", Script.LATIN),
        ("uz-Arab", Script.ARABIC),
        ("zh-hant", None),
    ],
)
def test_script_is_known_where_a_language_has_one(code: str, script: Script | None) -> None:
    assert script_of(code) is script


def test_share_counts_letters_only() -> None:
    assert share_of_letters("12 ab گل!", Script.ARABIC) == 0.5
    assert share_of_letters("12!", Script.ARABIC) == 1.0


def test_reason_reads_as_its_code() -> None:
    assert f"{Reason.SERVER_ERROR} {Reason.TIMEOUT!s}" == "server-error timeout"
    assert {reason for reason in Reason if reason.may_pass} == {
        Reason.UNREACHABLE,
        Reason.TIMEOUT,
        Reason.BUSY,
        Reason.SERVER_ERROR,
    }
