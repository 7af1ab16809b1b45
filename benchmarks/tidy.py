"""How fast Persian is tidied and checked, and how often the checks are wrong about good text.

Good text is a hundred pairs of news sentences written for the tests, and the Persian catalogues
of the installed Django and Wagtail. What is tidied is the hundred, as an engine would have
written them: no half-spaces, ASCII digits and marks.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Iterator

from benchmarks.rows import Options, Row, Wrong
from tests.segments.pairs import PAIRS, catalog
from wagtail_newsroom.segments.checks import Severity, check
from wagtail_newsroom.segments.tidy import tidy

ORDER = 60
ROUNDS = 20
TYPOGRAPHY = ("half-space", "straight-quotes", "latin-punctuation", "arabic-letters")
_ENGINE = str.maketrans("۰۱۲۳۴۵۶۷۸۹٬٫،؟«»\u200c", '0123456789,.,?"" ')


def as_an_engine_writes(persian: str) -> str:
    """Return good Persian as engines that know little of its typography write it."""
    return persian.translate(_ENGINE)


def rows(options: Options) -> Iterator[Row]:
    """Yield the rates of tidying and checking, and of alarms on good text."""
    yield _tidied(options)
    yield _checked(options)
    for name, pairs in (
        ("a hundred news sentences", list(PAIRS)),
        ("Django’s Persian", catalog("django")),
        ("Wagtail’s Persian", catalog("wagtail")),
    ):
        yield from _alarms(name, pairs)


def _tidied(options: Options) -> Row:
    texts = [as_an_engine_writes(persian) for _, persian in PAIRS]
    if sum(tidy(text, "fa") != text for text in texts) < 70:
        raise Wrong("there was nothing to tidy")
    back = sum(tidy(text, "fa") == persian for text, (_, persian) in zip(texts, PAIRS, strict=True))
    rates = []
    for _ in range(options.runs):
        started = time.perf_counter()
        for _ in range(ROUNDS):
            for text in texts:
                tidy(text, "fa")
        rates.append(ROUNDS * len(texts) / (time.perf_counter() - started))
    return Row(
        f"Persian sentences tidied, all rules; {back} of {len(texts)} become as a person wrote them",
        f"{statistics.median(rates):,.0f} a second",
    )


def _checked(options: Options) -> Row:
    rates = []
    for run in range(options.runs):
        # A mark at the end keeps what was remembered of the run before from helping.
        pairs = [(f"{english} {'!' * run}", f"{persian} {'!' * run}") for english, persian in PAIRS]
        started = time.perf_counter()
        for english, persian in pairs:
            check(english, persian, source="en", target="fa")
        rates.append(len(pairs) / (time.perf_counter() - started))
    return Row("segments checked, all checks", f"{statistics.median(rates):,.0f} a second")


def _alarms(name: str, pairs: list[tuple[str, str]]) -> Iterator[Row]:
    counts: Counter[str] = Counter()
    for english, persian in pairs:
        findings = check(english, persian, source="en", target="fa")
        counts.update({finding.check for finding in findings})
        counts["any error"] += any(finding.severity is Severity.ERROR for finding in findings)
        counts["any but typography"] += any(finding.check not in TYPOGRAPHY for finding in findings)
        counts["any of typography"] += any(finding.check in TYPOGRAPHY for finding in findings)
    for what, most in (
        ("numbers", 0.02),
        ("any error", 0.01),
        ("any but typography", 0.02),
        ("any of typography", None),
    ):
        share = counts[what] / len(pairs)
        yield Row(
            f"alarms in good text, {what}: {name} ({len(pairs)})",
            f"{share:.1%}",
            figure="–" if most is None else f"≤ {most:.0%}",
            is_reached=None if most is None else share <= most,
        )
