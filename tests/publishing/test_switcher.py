"""The switcher leads to the piece in each language, or says what it leads to instead."""

from __future__ import annotations

from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

from django.utils import translation

from wagtail_newsroom.publishing.switcher import choices

from .conftest import restrict


def facts(page: Any, code: str) -> list[dict[str, Any]]:
    return [
        {**asdict(choice), "name": choice.name, "lang": choice.lang, "dir": choice.dir}
        for choice in choices(page, code)
    ]


def test_the_current_language_is_no_link_and_the_other_leads_to_the_piece(
    cast: SimpleNamespace,
) -> None:
    assert facts(cast.both, "en") == [
        {
            "language_code": "en",
            "url": "",
            "is_current": True,
            "is_this_page": True,
            "title": "Ferries run late",
            "is_indexed": True,
            "name": "English",
            "lang": "en",
            "dir": "ltr",
        },
        {
            "language_code": "fa",
            "url": "http://localhost/fa/news/ferries/",
            "is_current": False,
            "is_this_page": True,
            "title": "تأخیر کشتی‌ها",
            "is_indexed": True,
            "name": "فارسی",
            "lang": "fa",
            "dir": "rtl",
        },
    ]


def test_a_missing_translation_leads_to_the_section(cast: SimpleNamespace) -> None:
    for page in (cast.alone, *(source for source, _ in cast.withheld)):
        assert [
            (choice.language_code, choice.url, choice.is_this_page, choice.title)
            for choice in choices(page, "en")
        ] == [
            ("en", "", True, page.title),
            ("fa", "http://localhost/fa/news/", False, "اخبار"),
        ]


def test_without_a_section_it_leads_home(cast: SimpleNamespace, paper: SimpleNamespace) -> None:
    restrict(paper.news_fa)

    assert [(choice.url, choice.title) for choice in choices(cast.both, "en")] == [
        ("", "Ferries run late"),
        ("http://localhost/fa/", "پست آزمایشی"),
    ]


def test_a_language_that_nothing_can_be_read_in_is_left_out(
    cast: SimpleNamespace, paper: SimpleNamespace
) -> None:
    restrict(paper.home_fa)

    assert [choice.language_code for choice in choices(cast.both, "en")] == ["en"]


def test_languages_are_named_in_themselves_and_in_the_readers_own(cast: SimpleNamespace) -> None:
    english, persian = choices(cast.both, "en")
    with translation.override("fa"):
        assert (english.name, english.name_here) == ("English", "انگلیسی")
    with translation.override("en"):
        assert (persian.name, persian.name_here) == ("فارسی", "Persian")
