"""Names that are to be kept: they travel as tokens and come back letter by letter."""

from __future__ import annotations

from tests.engines.thirdparty import HtmlEngine, ScriptedEngine
from tests.loopback import LoopbackServer
from wagtail_newsroom.engines.base import Engine, Translated
from wagtail_newsroom.engines.google import GoogleEngine
from wagtail_newsroom.engines.pseudo import pseudo
from wagtail_newsroom.engines.runner import COPY, Draft, Result, Runner
from wagtail_newsroom.segments.glossary import Glossary, Term

GLOSSARY = Glossary([Term("Wagtail"), Term("AT&T"), Term("river", "رود")], source="en", target="fa")


def run(engine: Engine, *fragments: str) -> list[Result]:
    """Run fragments with the glossary; return their results in order."""
    results: dict[int, Result] = {}
    runner = Runner([engine], source="en", target="fa", prepare=GLOSSARY.put, keep=GLOSSARY.kept)
    for batch in runner.run(dict(enumerate(fragments))):
        results |= batch.results
    return [results[number] for number in range(len(fragments))]


def persian(text: str) -> str:
    return pseudo(text, target="fa")


def test_a_kept_name_is_not_seen_by_the_engine_and_comes_back_as_it_was(
    loopback: LoopbackServer, google: GoogleEngine
) -> None:
    (result,) = run(google, "The <b>Wagtail</b> team of AT&amp;T left the river.")
    (sent,) = loopback.texts
    assert "Wagtail" not in sent
    assert "AT&" not in sent
    assert result == Draft(
        f"{persian('The')} <b>Wagtail</b> {persian('team of')} AT&amp;T {persian('left the')} رود.",
        "google",
    )


def test_a_kept_name_survives_an_engine_that_spells_everything_anew() -> None:
    engine = ScriptedEngine(
        lambda texts, number: [
            Translated(persian(text.replace("Wagtail", "واگتیل"))) for text in texts
        ]
    )
    (result,) = run(engine, "Wagtail’s editors and Wagtail")
    assert isinstance(result, Draft)
    assert result.text.count("Wagtail") == 2
    assert "واگتیل" not in result.text


def test_it_is_kept_when_the_texts_between_tags_are_sent_one_by_one(
    loopback: LoopbackServer, google: GoogleEngine
) -> None:
    loopback.fail("lost-tokens", times=1)
    (result,) = run(google, "See <b>the Wagtail team</b> now")
    assert isinstance(result, Draft)
    assert (
        result.text
        == f"{persian('See')} <b>{persian('the')} Wagtail {persian('team')}</b> {persian('now')}"
    )


def test_a_text_that_is_nothing_but_kept_names_is_sent_nowhere(
    loopback: LoopbackServer, google: GoogleEngine
) -> None:
    assert run(google, "<b>Wagtail</b>, AT&amp;T", "Wagtail") == [
        Draft("<b>Wagtail</b>, AT&amp;T", COPY),
        Draft("Wagtail", COPY),
    ]
    assert loopback.texts == []


def test_an_engine_that_speaks_html_gets_names_as_they_are(loopback: LoopbackServer) -> None:
    run(HtmlEngine(url=loopback.libre_url), "The Wagtail <b>river</b>")
    assert loopback.texts == ["The Wagtail <b>رود</b>"]
