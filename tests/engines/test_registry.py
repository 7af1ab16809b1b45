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


NEEDED: dict[str, dict[str, Any]] = {
    "microsoft": {"key": "k"},
    "localize": {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"},
}
"""Options that shipped engines cannot do without."""


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_engine_goes_by_its_name(name: str) -> None:
    (engine,) = load_chain([{"ENGINE": name, "OPTIONS": NEEDED.get(name, {})}])
    assert engine.name.split(":")[0] == name
    assert engine.label


@pytest.mark.parametrize("name", NEEDED)
def test_option_that_an_engine_needs_is_asked_for(name: str) -> None:
    with pytest.raises(BadEngine) as caught:
        load_chain([name])
    assert name in str(caught.value)
    assert ", ".join(NEEDED[name]) in str(caught.value)


def test_engines_of_one_entry_are_known_as_such_without_showing_its_options() -> None:
    entry = {"ENGINE": "microsoft", "OPTIONS": {"key": "s3cret", "region": "north"}}
    turned = {"ENGINE": "microsoft", "OPTIONS": {"region": "north", "key": "s3cret"}}
    other = {"ENGINE": "microsoft", "OPTIONS": {"key": "another"}}
    first, again, elsewhere = (engine.setting for engine in load_chain([entry, turned, other]))
    assert first == again != elsewhere
    assert "s3cret" not in str(first)
    assert PseudoEngine().setting is None


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
        ("gogle", ["gogle", "google, ", ", pseudo"]),
        ("", [", pseudo"]),
        ("tests.engines.nowhere.Engine", ["tests.engines.nowhere.Engine", ", pseudo"]),
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
        ({"ENGINE": "pseudo", "OPTIONS": {"max_texts": "5"}}, ["pseudo", "at least 1"]),
        ({"ENGINE": "pseudo", "OPTIONS": {"requests_per_minute": 0}}, ["pseudo", "at least 1"]),
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
