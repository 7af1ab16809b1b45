"""How fast a piece is translated, and what failing requests cost, at the loopback server.

Each way translates the same English strings at a server on this machine that answers each request
after 150 ms. The work is checked: a way that loses a string is no way.

The bound is what the limit of 5,000 characters forces: so many requests, divided by as many as
run at a time, each as long as the server takes; at least one.
"""

from __future__ import annotations

import math
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from deep_translator import GoogleTranslator
from deep_translator.exceptions import RequestError

from tests.loopback import LoopbackServer, translate
from wagtail_newsroom.engines.google import GoogleEngine
from wagtail_newsroom.engines.runner import Draft, Runner

from .rows import Options, Row, Wrong

ORDER = 10
LATENCY = 0.15
PROSE = (
    "the river rose over night and people who live below the dam say that they have never seen "
    "so much water in autumn while engineers of the delta office expect it to fall by friday"
)
WORDS = PROSE.split()
Way = Callable[[list[str], str], list[str]]


def strings(count: int) -> list[str]:
    """Return distinct strings, a few short and most of them sentences, 8,300 characters for 60."""
    made = []
    for number in range(count):
        length = 24 if number % 5 == 0 else 166 + number % 3
        text = f"Piece {chr(97 + number // 26 % 26)}{chr(97 + number % 26)}"
        place = number
        while len(text) < length:
            text += " " + WORDS[place % len(WORDS)]
            place += 1
        made.append(text[:length].strip() + ".")
    return made


def run(texts: list[str], engine: GoogleEngine) -> list[str]:
    """Translate with the runner; raise Wrong when a text is lost."""
    found: dict[int, str] = {}
    for batch in Runner([engine], source="en", target="fa").run(dict(enumerate(texts))):
        for key, result in batch.results.items():
            if not isinstance(result, Draft):
                raise Wrong(f"ours lost a text: {result.reason}")
            found[key] = result.text
    return [found[key] for key in range(len(texts))]


def ours(texts: list[str], url: str) -> list[str]:
    """Translate with the runner and its Google engine, new connections included."""
    return run(texts, GoogleEngine(base_url=url))


def translate_batch(texts: list[str], url: str) -> list[str]:
    """Translate with deep-translator's own `translate_batch`."""
    translator = GoogleTranslator(source="en", target="fa")
    translator._base_url = url
    return translator.translate_batch(texts)


def eight_threads(texts: list[str], url: str) -> list[str]:
    """Translate with deep-translator in eight threads, a request for each string."""
    local = threading.local()

    def one(text: str) -> str:
        if not hasattr(local, "translator"):
            local.translator = GoogleTranslator(source="en", target="fa")
            local.translator._base_url = url
        return local.translator.translate(text)

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(one, texts))


def bound(texts: list[str]) -> float:
    """Return the seconds below which nobody can come who keeps the limits."""
    requests = math.ceil(sum(map(len, texts)) / GoogleEngine.max_chars)
    return max(1.0, requests / GoogleEngine.parallel) * LATENCY


def measure(way: Way, texts: list[str], runs: int, *, share: float = 0.0) -> tuple[float, int]:
    """Return the median of the wall times in seconds, and that of the numbers of requests.

    `share` of the requests fails, as evenly spread as can be. Raises Wrong when text is lost.
    """
    expected = [translate(text, target="fa") for text in texts]
    times, requests = [], []
    for _ in range(runs):
        with LoopbackServer(latency=LATENCY) as server:
            if share:
                server.fail("status", every=1 / share, status=503)
            started = time.perf_counter()
            answers = way(texts, server.google_url)
            times.append(time.perf_counter() - started)
            requests.append(len(server.asked))
        if answers != expected:
            raise Wrong(f"{way.__name__} lost text")
    return statistics.median(times), round(statistics.median(requests))


def speed(options: Options, count: int) -> Row:
    """Return the row of so many strings, beside two other ways."""
    texts = strings(count)
    floor = bound(texts)
    seconds, requests = measure(ours, texts, options.runs)
    others = "–"
    if count == 60 or options.everything:
        threads, _ = measure(eight_threads, texts, 1)
        batch, _ = measure(translate_batch, texts, 1)
        others = f"`translate_batch` {batch:.2f} s; 8 threads, a request each {threads:.2f} s"
    most = min(0.45, 1.5 * floor) if count == 60 else 1.5 * floor
    return Row(
        f"{count} strings, {sum(map(len, texts)):,} characters, the engine answers in 150 ms",
        f"{seconds:.2f} s, {requests} requests, {seconds / floor:.2f} × the bound",
        others,
        f"≤ {most:.2f} s",
        seconds <= most,
    )


def patient(texts: list[str], url: str) -> list[str]:
    """Translate with the runner in requests of five texts, so that there are many to fail."""
    return run(texts, GoogleEngine(base_url=url, max_texts=5))


def lost_in_threads(texts: list[str], share: float) -> int:
    """Return how many texts eight threads lose when a share of requests fails."""
    local = threading.local()

    def is_lost(text: str) -> bool:
        if not hasattr(local, "translator"):
            local.translator = GoogleTranslator(source="en", target="fa")
            local.translator._base_url = server.google_url
        try:
            local.translator.translate(text)
        except RequestError:
            return True
        return False

    with LoopbackServer(latency=0.01) as server, ThreadPoolExecutor(8) as threads:
        server.fail("status", every=1 / share, status=503)
        return sum(threads.map(is_lost, texts))


def faults(options: Options) -> Iterator[Row]:
    """Yield a row for each share of failing requests, beside a faultless run."""
    texts = strings(600)
    runs = min(options.runs, 3)
    well, asked = measure(patient, texts, runs)
    for share in (0.01, 0.1, 0.3):
        seconds, requests = measure(patient, texts, runs, share=share)
        yield Row(
            f"{share:.0%} of requests failing with status 503: 600 strings, 5 in a request",
            f"0 strings lost, {seconds:.1f} s, {requests} requests;"
            f" without faults {well:.1f} s, {asked} requests",
            f"8 threads, a request each: {lost_in_threads(texts, share)} strings lost;"
            " `translate_batch`: all, at the first fault",
            "0 lost",
            True,
        )


def rows(options: Options) -> Iterator[Row]:
    """Yield the rows about speed and faults."""
    for count in (60, 600):
        yield speed(options, count)
    yield from faults(options)
