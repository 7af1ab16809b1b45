"""Near matches: what is offered, in which order, and how little is read for it."""

from __future__ import annotations

import random
import statistics
import time
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from wagtail_newsroom.desk.memory import remember
from wagtail_newsroom.desk.near import CANDIDATES, POSTINGS, Near, index_memory, near
from wagtail_newsroom.models import MemoryEntry, MemoryShingle

pytestmark = pytest.mark.django_db

FLOOD = "The river rose by 3.5 % over night and reached the old bridge on Monday."
FLOOD_FA = "رود شبانه ۳٫۵ درصد بالا آمد و دوشنبه به پل قدیمی رسید."


def keep(*pairs: tuple[str, str], source: str = "en", target: str = "fa") -> None:
    remember(
        pairs, source_language=source, target_language=target, origin=MemoryEntry.Origin.APPROVED
    )


def ask(fragment: str, *, source: str = "en", target: str = "fa", **options: Any) -> list[Near]:
    return near(fragment, source_language=source, target_language=target, **options)


@pytest.mark.parametrize(
    "asked",
    [
        "The river rose by 4.1 % over night and reached the old bridge on Monday.",
        "The river rose by 3.5 % over night and reached the new bridge on Friday.",
        "Over night the river rose by 3.5 % and reached the old bridge on Monday.",
        "The <b>river</b> rose by 3.5 % over night and reached the bridge on Monday.",
        "THE RIVER rose by 3.5 % over night and reached the old bridge on Monday!",
        f"Look: {FLOOD}",
    ],
)
def test_a_text_that_differs_a_little_is_offered(asked: str) -> None:
    keep((FLOOD, FLOOD_FA), ("The council will meet in spring to talk about schools.", "شورا"))
    (match,) = ask(asked)
    assert (match.source, match.target) == (FLOOD, FLOOD_FA)
    assert 75 <= match.score < 100


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("Delta Office opens", "The Delta Office opens"),
        ("Delta Office", "Delta Offices"),
        ("What comes next", "What came next"),
        ("Monday", "Monday:"),
    ],
)
def test_headings_of_few_words_are_offered_too(kept: str, asked: str) -> None:
    keep((kept, "تیتر"))
    assert [match.source for match in ask(asked)] == [kept]


def test_what_differs_much_is_not_offered() -> None:
    keep((FLOOD, FLOOD_FA))
    assert ask("The river rose, and nobody had thought of the people who live there.") == []
    assert ask("") == ask("<br/>") == ask("…") == []


def test_the_threshold_is_a_setting(settings: Any) -> None:
    keep((FLOOD, FLOOD_FA))
    asked = "The river rose by 4.1 % over night and reached the new bridge on Friday."
    (match,) = ask(asked)
    settings.WAGTAIL_NEWSROOM_NEAR_MATCH_THRESHOLD = match.score + 1
    assert ask(asked) == []
    assert len(ask(asked, threshold=match.score)) == 1


def test_the_most_alike_come_first_and_no_more_than_asked_for() -> None:
    numbers = ("one", "two", "three", "four", "five")
    keep(*((f"{FLOOD} It is the warning of day {word}.", f"هشدار {word}") for word in numbers))
    matches = ask(f"{FLOOD} It is the warning of day three!", limit=2)
    assert [match.target for match in matches][0] == "هشدار three"
    assert len(matches) == 2
    assert matches[0].score > matches[1].score
    assert ask(FLOOD, limit=0) == []


def test_of_equally_alike_the_newest_comes_first() -> None:
    keep((FLOOD, "کهنه"))
    keep((FLOOD, "نو"))
    assert [match.target for match in ask(FLOOD)] == ["نو", "کهنه"]
    assert {match.score for match in ask(FLOOD)} == {100}


def test_a_pair_serves_the_other_direction_and_related_languages() -> None:
    keep((FLOOD, FLOOD_FA), source="en-gb")
    asked = FLOOD_FA.replace("دوشنبه", "سه‌شنبه")
    (match,) = ask(asked, source="fa", target="en")
    assert (match.source, match.target) == (FLOOD_FA, FLOOD)
    assert len(ask(FLOOD, source="en", target="fa")) == 1
    assert ask(FLOOD, source="en", target="de") == []
    assert ask(FLOOD, source="de", target="fa") == []


def test_persian_half_spaces_and_arabic_letters_make_little_difference() -> None:
    keep((FLOOD_FA, FLOOD), source="fa", target="en")
    asked = FLOOD_FA.replace("ی", "ي").replace("ک", "ك")
    assert ask(asked, source="fa", target="en")[0].score == 100


def test_languages_without_spaces_have_near_matches() -> None:
    keep(
        ("川は一晩で三パーセント上昇し、月曜日に古い橋に達した。", FLOOD), source="ja", target="en"
    )
    assert (
        len(ask("川は一晩で四パーセント上昇し、月曜日に古い橋に達した。", source="ja", target="en"))
        == 1
    )


def test_an_edited_entry_is_found_by_its_new_text_only() -> None:
    keep((FLOOD, FLOOD_FA))
    entry = MemoryEntry.objects.get()
    entry.source_text = "The council will meet in spring to talk about schools."
    entry.save()
    assert ask(FLOOD) == []
    assert len(ask("The council will meet in autumn to talk about schools.")) == 1
    entry.delete()
    assert not MemoryShingle.objects.exists()


def test_a_known_pair_is_not_indexed_twice() -> None:
    keep((FLOOD, FLOOD_FA))
    count = MemoryShingle.objects.count()
    assert 2 <= count <= 10
    keep((FLOOD, FLOOD_FA))
    assert MemoryShingle.objects.count() == count


def test_entries_from_before_the_index_are_added_once() -> None:
    keep(*((f"{FLOOD} Part {number}.", FLOOD_FA) for number in range(3)))
    MemoryShingle.objects.all().delete()
    assert ask(FLOOD) == []
    assert (index_memory(), index_memory()) == (3, 0)
    assert len(ask(FLOOD)) == 3


def test_three_queries_whatever_is_asked(django_assert_num_queries: Any) -> None:
    long = " ".join(f"{FLOOD} {letter}" for letter in "abcdefghij" * 5)
    keep((FLOOD, FLOOD_FA), (long, "بلند"))
    with django_assert_num_queries(3):
        assert len(ask(FLOOD)) == 1
    with django_assert_num_queries(3):
        assert len(ask(f"{long} k")) == 1
    with django_assert_num_queries(0):
        ask("")


def news(number: int) -> str:
    """Return a sentence of a news piece; no two of different numbers are alike."""
    dice = random.Random(number)
    words = ["".join(dice.choices("aeioubcdfglmnprst", k=dice.randint(4, 9))) for _ in range(12)]
    return f"The government said {' '.join(words)} of the country."


def test_words_that_everybody_uses_do_not_make_a_search_read_everything() -> None:
    def said(word: str) -> str:
        return f"The government said on Monday that {word} won."

    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(6000)]
    keep(*((said(word), word) for word in words))
    hot = MemoryShingle.objects.values("key").annotate(rows=models.Count("pk")).order_by("-rows")
    assert hot[0]["rows"] == len(words) > POSTINGS
    with CaptureQueriesContext(connection) as captured:
        matches = ask(said("bcd").replace("Monday", "Tuesday"))
    assert matches[0].target == "bcd"
    _counts, rows, texts = (query["sql"] for query in captured)
    assert rows.endswith(f"LIMIT {POSTINGS}")
    assert texts.count(",") <= CANDIDATES + 10


@pytest.mark.slow
def test_a_large_memory_answers_in_a_moment() -> None:
    size = 20_000
    for start in range(0, size, 5000):
        keep(*((news(n), f"ترجمهٔ {n}") for n in range(start, start + 5000)))
    times = []
    for number in range(0, size, size // 40):
        asked = news(number).replace("of the country", "of that small country")
        started = time.perf_counter()
        (match,) = ask(asked)
        times.append(time.perf_counter() - started)
        assert match.target == f"ترجمهٔ {number}"
    # The same time holds for a hundred thousand; `benchmarks` measures that.
    assert statistics.median(times) < 0.15
