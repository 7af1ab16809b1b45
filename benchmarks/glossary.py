"""Measures what a glossary costs an article: nothing, whether it has no terms or 300."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from wagtail_newsroom.segments.glossary import Glossary, Term

from .rows import Options, Row, Wrong

ORDER = 300
STRINGS = 60
TERMS = 300
MOST_MILLISECONDS = 10
PROSE = (
    "People who live below the dam say that they have never seen so much water in autumn, while "
    "engineers of the delta office expect it to fall by Friday"
)


def names() -> list[str]:
    """Return distinct words that are no terms by themselves."""
    return [f"{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(TERMS)]


def milliseconds(glossary: Glossary, article: list[str], *, runs: int, found: int) -> float:
    """Return the median time in which terms are put into all strings of an article."""
    times = []
    for _run in range(runs):
        started = time.perf_counter()
        prepared = [glossary.put(text) for text in article]
        times.append(1000 * (time.perf_counter() - started))
        if sum(text != before for text, before in zip(prepared, article, strict=True)) != found:
            raise Wrong("a term was missed")
    return statistics.median(times)


def rows(options: Options) -> Iterator[Row]:
    """Yield the row of an article of sixty strings, each of which holds a term."""
    article = [f"{PROSE}, and the term{name} office waits." for name in names()[:STRINGS]]
    terms = [Term(f"term{name} office", f"دفتر {name}") for name in names()]
    none, many = (
        milliseconds(
            Glossary(some, source="en", target="fa"), article, runs=options.runs, found=found
        )
        for some, found in ((terms[:0], 0), (terms, STRINGS))
    )
    yield Row(
        what=f"Glossary of {TERMS} terms put into {STRINGS} strings, "
        f"{sum(map(len, article)):,} characters",
        ours=f"{many:.1f} ms",
        others=f"no terms: {none:.1f} ms",
        figure=f"≤ {MOST_MILLISECONDS} ms",
        is_reached=many <= MOST_MILLISECONDS,
    )
