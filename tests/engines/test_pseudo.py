from __future__ import annotations

import re
import threading
import time

import pytest

from wagtail_newsroom.engines.base import Failed, Outcome, Translated
from wagtail_newsroom.engines.pseudo import PseudoEngine, pseudo
from wagtail_newsroom.segments.reasons import Reason
from wagtail_newsroom.segments.scripts import Script, share_of_letters

TEXT = "The river rose by 3.5 % on Monday, 15 November; who knew? ZQB ask BBC ZQC"


def test_persian_is_persian_to_the_eye() -> None:
    answer = pseudo(TEXT, target="fa")
    kept = re.sub(r"\b(?:ZQB|ZQC|BBC)\b", "", answer)
    assert share_of_letters(kept, Script.ARABIC) == 1.0
    assert "۳.۵ ٪" in answer
    assert all(sign in answer for sign in "،؛؟")
    assert not re.search(r"[0-9,;?%]", answer)


def test_words_stay_as_many_and_tokens_stay_as_they_are() -> None:
    for target in ("fa", "ar", "de", "ru", "el", "he", "ja"):
        answer = pseudo(TEXT, target=target)
        assert len(answer.split()) == len(TEXT.split())
        assert re.findall(r"[A-Z]{3}", answer)[:1] == ["ZQB"]
        assert "ZQC" in answer


def test_the_same_text_reads_the_same_always_and_different_ones_differ() -> None:
    assert pseudo("river", target="fa") == pseudo("river", target="fa-ir")
    words = ["river", "rivet", "liver", "reviver"]
    assert len({pseudo(word, target="fa") for word in words}) == 4


def test_english_from_persian_is_latin_and_marked() -> None:
    answer = pseudo("رودخانه در ۱۵ آبان بالا می\u200cرود؟", target="en")
    assert share_of_letters(answer, Script.LATIN) == 1.0
    assert not answer.isascii()
    assert "15" in answer
    assert "?" in answer


def test_one_latin_language_from_another_shows_accents() -> None:
    assert pseudo("Hello Wörld", target="de") == "Ḥéĺĺó Ẃöŕĺď"


def test_latency_is_waited_out() -> None:
    engine = PseudoEngine(latency=0.05)
    started = time.monotonic()
    assert engine.translate(["x"], source="en", target="fa") == [Translated("ص")]
    assert time.monotonic() - started >= 0.05


def test_closing_cuts_the_latency_short_and_the_engine_goes_on() -> None:
    engine = PseudoEngine(latency=30)
    outcomes: list[Outcome] = []
    thread = threading.Thread(
        target=lambda: outcomes.extend(engine.translate(["x"], source="en", target="fa"))
    )
    thread.start()
    while thread.is_alive():
        engine.close()
        thread.join(0.01)
    assert outcomes == [Failed(Reason.UNREACHABLE, detail="stopped")]
    engine.latency = 0
    assert engine.translate(["x"], source="en", target="fa") == [Translated("ص")]


def test_every_so_manieth_request_fails() -> None:
    engine = PseudoEngine(fail_every=3)
    outcomes = [engine.translate(["a", "b"], source="en", target="fa") for _ in range(6)]
    failed = [Failed(Reason.SERVER_ERROR, detail="on purpose")] * 2
    assert [outcome == failed for outcome in outcomes] == [False, False, True] * 2


def test_unknown_option_is_an_error() -> None:
    with pytest.raises(TypeError, match="latencyy"):
        PseudoEngine(latencyy=1)
