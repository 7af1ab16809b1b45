"""Codes, names and directions as readers and crawlers expect them."""

from __future__ import annotations

from typing import Any

import pytest

from wagtail_newsroom.publishing.languages import (
    direction_of,
    direction_of_text,
    language_tag,
    name_here,
    open_graph_locale,
    own_name,
)


@pytest.mark.parametrize(
    ("code", "tag", "graph", "direction", "name"),
    [
        ("en", "en", "en_US", "ltr", "English"),
        ("en-gb", "en-GB", "en_GB", "ltr", "British English"),
        ("fa", "fa", "fa_IR", "rtl", "فارسی"),
        ("fa-af", "fa-AF", "fa_AF", "rtl", "فارسی"),
        ("zh-hans", "zh-Hans", "", "ltr", "简体中文"),
        ("pt_BR", "pt-BR", "pt_BR", "ltr", "Português Brasileiro"),
        ("tlh", "tlh", "", "ltr", "tlh"),
    ],
)
def test_each_form_of_a_language_code(
    code: str, tag: str, graph: str, direction: str, name: str
) -> None:
    assert (
        language_tag(code),
        open_graph_locale(code),
        direction_of(code),
        own_name(code.lower().replace("_", "-")),
    ) == (tag, graph, direction, name)


def test_the_site_decides_which_languages_run_from_the_right(settings: Any) -> None:
    settings.LANGUAGES_BIDI = []
    assert direction_of("fa") == "ltr"


def test_a_language_that_django_does_not_know_is_named_by_its_code() -> None:
    assert name_here("tlh") == "tlh"


@pytest.mark.parametrize(
    ("text", "code", "direction"),
    [
        ("PORTEK: پرونده‌ای که باز است", "fa", "rtl"),
        ("پرونده", "fa", "rtl"),
        ("C++", "fa", ""),
        ("۱۳۹۸", "fa", ""),
        ("PORTEK: پرونده", "en", ""),
        ("پرونده", "en", ""),
    ],
)
def test_a_title_runs_as_its_page_does_when_it_has_letters_of_that_script(
    text: str, code: str, direction: str
) -> None:
    assert direction_of_text(text, code) == direction
