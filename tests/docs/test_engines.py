"""What is written of engines, how-to and reference: the examples work, the tables are complete."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.module_loading import import_string

from tests.loopback import LoopbackServer, translate
from wagtail_newsroom.engines.base import Engine
from wagtail_newsroom.engines.deep import LibraryEngine
from wagtail_newsroom.engines.registry import SHIPPED, load_chain
from wagtail_newsroom.engines.runner import Draft, Refusal, Runner
from wagtail_newsroom.segments.reasons import Reason

from .reading import DOCS, code_of, rows, run_code, section


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> str:
    """The dotted path of the engine that the how-to writes."""
    page = DOCS / "how-to" / "choose-engines.md"
    (number,) = (
        number
        for number, code in enumerate(code_of(page, "python"))
        if "class HouseEngine" in code.text
    )
    engines = run_code(page, number=number, name="documented_engines")
    monkeypatch.setitem(sys.modules, "documented_engines", engines)
    return "documented_engines.HouseEngine"


def settings_in(page: Path) -> Iterator[Any]:
    for code in code_of(page, "python"):
        if code.text.startswith("WAGTAIL_NEWSROOM_ENGINES = "):
            yield ast.literal_eval(code.text.partition(" = ")[2])


def shipped_classes() -> dict[str, type[Engine]]:
    return {name: import_string(path) for name, path in SHIPPED.items()}


def test_own_engine_of_the_how_to_translates(house: str) -> None:
    texts = {"plain": "The river rises.", "marked": 'It rose on <a id="a1">Monday</a>.'}
    with LoopbackServer() as server:
        chain = load_chain([{"ENGINE": house, "OPTIONS": {"url": server.libre_url}}])
        results: dict[str, Draft | Refusal] = {}
        for batch in Runner(chain, source="en", target="fa").run(texts):
            results |= batch.results
        assert len(server.asked) == 1
    assert results["plain"] == Draft(translate(texts["plain"], target="fa"), "house")
    marked = results["marked"]
    assert isinstance(marked, Draft)
    assert re.findall(r"<[^>]*>", marked.text) == ['<a id="a1">', "</a>"]


@pytest.mark.parametrize(
    ("kind", "details", "reason"),
    [
        ("busy", {"retry_after": "1"}, Reason.BUSY),
        ("status", {"status": 503}, Reason.SERVER_ERROR),
        ("status", {"status": 403}, Reason.REFUSED),
        ("wrong", {}, Reason.BAD_ANSWER),
        ("close", {}, Reason.UNREACHABLE),
    ],
)
def test_own_engine_of_the_how_to_says_why_it_failed(
    house: str, kind: str, details: dict[str, Any], reason: Reason
) -> None:
    with LoopbackServer() as server:
        server.fail(kind, **details)
        (engine,) = load_chain([{"ENGINE": house, "OPTIONS": {"url": server.libre_url}}])
        outcomes = engine.translate(["One.", "Two."], source="en", target="fa")
    assert [outcome.reason for outcome in outcomes] == [reason, reason]


def test_engines_of_the_how_to_are_accepted(house: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mysite", types.ModuleType("mysite"))
    monkeypatch.setitem(sys.modules, "mysite.engines", sys.modules["documented_engines"])
    chains = [
        [engine.name for engine in load_chain(entries)]
        for entries in settings_in(DOCS / "how-to" / "choose-engines.md")
    ]
    assert chains == [
        ["google"],
        ["google"],
        ["libretranslate"],
        ["microsoft"],
        ["google", "mymemory"],
        ["localize:DeepLTranslator"],
        ["pseudo"],
        ["google"],
        ["house", "google"],
    ]


def test_every_shipped_engine_is_in_the_how_to() -> None:
    text = section(DOCS / "how-to" / "choose-engines.md", "The engines that come with the package")
    assert {name: private for name, _what, _needs, private in rows(text)} == {
        name: "yes" if import_string(path).is_private else "no" for name, path in SHIPPED.items()
    }
    assert set(re.findall(r"^### (\w+)$", text, re.MULTILINE)) == set(SHIPPED)
    for name in set(SHIPPED) - {"pseudo"}:
        # What nobody has tried is said of each.
        assert "Not tried: " in section(DOCS / "how-to" / "choose-engines.md", name)


def test_every_limit_of_an_engine_is_in_the_reference() -> None:
    page = DOCS / "reference" / "engines.md"
    documented = {
        name: ast.literal_eval(value.strip("`"))
        for name, value, _meaning in rows(section(page, "Class attributes"))
    }
    assert documented == {name: getattr(Engine, name) for name in Engine.__annotations__}
    assert re.findall(r"^### (\S+)$", section(page, "Shipped engines"), re.MULTILINE) == list(
        SHIPPED
    )
    text = section(page, "Shipped engines")
    assert [tuple(row) for row in rows(text)] == [
        (
            name,
            f"{engine.max_chars:,}",
            str(engine.max_texts),
            str(engine.parallel),
            "HTML" if engine.keeps_markup else "plain text",
            "yes" if engine.is_private else "no",
        )
        for name, engine in shipped_classes().items()
    ]
    assert {engine.requests_per_minute for engine in shipped_classes().values()} == {None}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_option_of_an_engine_is_in_the_reference(name: str) -> None:
    text = section(DOCS / "reference" / "engines.md", name)
    engine = shipped_classes()[name]
    initializers = [vars(kind)["__init__"] for kind in engine.__mro__ if "__init__" in vars(kind)]
    takers = [each for each in initializers if each not in (Engine.__init__, object.__init__)]
    assert takers
    if name != "google" and LibraryEngine.__init__ in takers:
        takers.remove(LibraryEngine.__init__)
        assert "the options of [google](#google)" in text
    for taker in takers:
        for option, parameter in inspect.signature(taker).parameters.items():
            if parameter.kind is parameter.KEYWORD_ONLY:
                assert f"`{option}`" in text
                if isinstance(parameter.default, float) and parameter.default:
                    assert f"`{option}` ({parameter.default:g})" in text


def test_every_reason_is_in_the_reference() -> None:
    text = section(DOCS / "reference" / "engines.md", "Reasons")
    assert [code for code, _when in rows(text)] == [reason.value for reason in Reason]
