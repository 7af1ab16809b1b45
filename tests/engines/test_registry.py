from __future__ import annotations

from typing import Any

import pytest

from tests.engines.thirdparty import HtmlEngine
from wagtail_newsroom.engines.google import GoogleEngine
from wagtail_newsroom.engines.pseudo import PseudoEngine
from wagtail_newsroom.engines.registry import SHIPPED, BadEngine, load_chain
from wagtail_newsroom.exceptions import NewsroomError


def test_names_become_engines_in_their_order() -> None:
    assert [type(engine) for engine in load_chain(["pseudo", "google"])] == [
        PseudoEngine,
        GoogleEngine,
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_engine_goes_by_its_name(name: str) -> None:
    (engine,) = load_chain([name])
    assert engine.name == name
    assert engine.label


def test_options_reach_the_engine_and_limits_can_be_set() -> None:
    pseudo, html = load_chain(
        [
            {"ENGINE": "pseudo", "OPTIONS": {"latency": 1.5, "parallel": 9, "max_chars": 100}},
            {
                "ENGINE": "tests.engines.thirdparty.HtmlEngine",
                "OPTIONS": {"url": "http://127.0.0.1", "is_private": False},
            },
        ]
    )
    assert isinstance(pseudo, PseudoEngine)
    assert (pseudo.latency, pseudo.parallel, pseudo.max_chars) == (1.5, 9, 100)
    assert PseudoEngine.parallel == 4
    assert isinstance(html, HtmlEngine)
    assert html.url == "http://127.0.0.1"
    assert not html.is_private


def test_empty_setting_is_an_empty_chain() -> None:
    assert load_chain([]) == []


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("gogle", ["gogle", "google, pseudo"]),
        ("", ["google, pseudo"]),
        ("tests.engines.nowhere.Engine", ["tests.engines.nowhere.Engine", "google, pseudo"]),
        ("tests.engines.thirdparty.Missing", ["tests.engines.thirdparty.Missing"]),
        ("tests.engines.thirdparty.NoEngine", ["tests.engines.thirdparty.NoEngine", "Engine"]),
        ("wagtail_newsroom.engines.base.Engine", ["wagtail_newsroom.engines.base.Engine"]),
        ("tests.engines.thirdparty.HtmlEngine", ["tests.engines.thirdparty.HtmlEngine"]),
        ({"ENGINE": "pseudo", "OPTION": {}}, ["ENGINE", "OPTIONS"]),
        ({"OPTIONS": {}}, ["ENGINE"]),
        ({"ENGINE": "pseudo", "OPTIONS": {1: 2}}, ["OPTIONS"]),
        ({"ENGINE": "pseudo", "OPTIONS": None}, ["OPTIONS"]),
        (5, ["WAGTAIL_NEWSROOM_ENGINES"]),
        ({"ENGINE": "pseudo", "OPTIONS": {"parallel": 0}}, ["pseudo", "at least 1"]),
    ],
)
def test_bad_entry_is_named_with_what_is_accepted(entry: Any, named: list[str]) -> None:
    with pytest.raises(NewsroomError) as caught:
        load_chain(["pseudo", entry])
    for part in named:
        assert part in str(caught.value)


def test_chain_that_is_a_single_name_is_refused() -> None:
    with pytest.raises(BadEngine, match="list"):
        load_chain("pseudo")


def test_options_that_are_refused_are_named_but_their_values_stay_secret() -> None:
    with pytest.raises(BadEngine) as caught:
        load_chain([{"ENGINE": "pseudo", "OPTIONS": {"api_key": "s3cret"}}])
    assert "api_key" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None
