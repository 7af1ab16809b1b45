"""A glossary's place in the runner: what is sent instead of a text, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.engines.thirdparty import HtmlEngine, ScriptedEngine
from tests.loopback import LoopbackServer
from wagtail_newsroom.engines.base import Engine, Outcome, Translated
from wagtail_newsroom.engines.google import GoogleEngine
from wagtail_newsroom.engines.pseudo import pseudo
from wagtail_newsroom.engines.runner import Draft, Refusal, Result, Runner
from wagtail_newsroom.segments.reasons import Reason

OFFICE = "ادارهٔ دلتا"


def put_terms(text: str) -> str:
    """Put a translation in the place of one term, as a glossary does."""
    return text.replace("Delta Office", OFFICE)


def run(engine: Engine, *fragments: str) -> list[Result]:
    """Run fragments with a glossary of one term; return their results in order."""
    results: dict[int, Result] = {}
    runner = Runner([engine], source="en", target="fa", prepare=put_terms)
    for batch in runner.run(dict(enumerate(fragments))):
        results |= batch.results
    return [results[number] for number in range(len(fragments))]


def persian(text: str) -> str:
    return pseudo(text, target="fa")


def echo(texts: Sequence[str], number: int) -> list[Outcome]:
    return [Translated(text) for text in texts]


def test_approved_translation_travels_in_the_place_of_its_term(
    loopback: LoopbackServer, google: GoogleEngine
) -> None:
    (result,) = run(google, 'The <b>river</b> rose, says <a id="a1">the Delta Office</a>.')
    (sent,) = loopback.texts
    assert OFFICE in sent
    assert "Delta" not in sent
    assert result == Draft(
        f"{persian('The')} <b>{persian('river')}</b> {persian('rose, says')} "
        f'<a id="a1">{persian("the")} {OFFICE}</a>.',
        "google",
    )


def test_html_engine_gets_it_between_the_tags_only(loopback: LoopbackServer) -> None:
    fragment = '<a id="a1">Delta Office</a> &amp; river<br/>See Delta Office'
    (result,) = run(HtmlEngine(url=loopback.libre_url), fragment)
    assert loopback.texts == [fragment.replace("Delta Office", OFFICE)]
    assert result == Draft(
        f'<a id="a1">{OFFICE}</a> &amp; {persian("river")}<br/>{persian("See")} {OFFICE}', "html"
    )


def test_term_is_put_between_tags_when_markup_was_damaged(
    loopback: LoopbackServer, google: GoogleEngine
) -> None:
    loopback.fail("lost-tokens", times=1)
    (result,) = run(google, "See <b>the Delta Office</b> now")
    assert isinstance(result, Draft)
    assert result.text == f"{persian('See')} <b>{persian('the')} {OFFICE}</b> {persian('now')}"


def test_html_over_the_limit_is_prepared_piece_by_piece(loopback: LoopbackServer) -> None:
    engine = HtmlEngine(url=loopback.libre_url, max_chars=60)
    (result,) = run(engine, "The <b>Delta Office</b> &amp; the river rose. " * 4)
    assert isinstance(result, Draft)
    assert result.text.count(f"<b>{OFFICE}</b>") == 4


def test_text_that_grows_over_the_limit_is_cut_after_it_was_prepared() -> None:
    engine = ScriptedEngine(
        lambda texts, number: [Translated(persian(text)) for text in texts], max_chars=20
    )
    (result,) = run(engine, "Delta Office opens. Delta Office closes.")
    assert isinstance(result, Draft)
    assert all(len(text) <= 20 for text in engine.texts)
    assert result.text.count(OFFICE) == 2


@pytest.mark.parametrize("keeps_markup", [False, True])
def test_text_of_which_only_the_terms_came_translated_is_unchanged(keeps_markup: bool) -> None:
    engine = ScriptedEngine(echo)
    engine.keeps_markup = keeps_markup
    assert run(engine, "Delta Office opens the Delta Office archive") == [
        Refusal(Reason.UNCHANGED, "scripted")
    ]


def test_text_that_is_nothing_but_terms_and_names_may_come_back_as_it_was_sent() -> None:
    assert run(ScriptedEngine(echo), "Delta Office", "Delta Office, Delta Office") == [
        Draft(OFFICE, "scripted"),
        Draft(f"{OFFICE}, {OFFICE}", "scripted"),
    ]


def test_verdict_is_about_the_source_as_it_was_written() -> None:
    engine = ScriptedEngine(lambda texts, number: [Translated("The Delta Office opens again")])
    assert run(engine, "The Delta Office opens again") == [Refusal(Reason.UNCHANGED, "scripted")]
