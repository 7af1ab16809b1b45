"""Measures how fast a piece is translated, beside two other ways, at the loopback server.

Run from the project's root: `python benchmarks/engines.py`. Each way translates the same English
strings at a server on this machine that answers each request after 150 ms. The work is checked:
a way that loses a string is no way.

The bound is what the limit of 5,000 characters forces: so many requests, divided by as many as
run at a time, each as long as the server takes; at least one.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from deep_translator import GoogleTranslator  # noqa: E402

from tests.loopback import LoopbackServer, translate  # noqa: E402
from wagtail_newsroom.engines.google import GoogleEngine  # noqa: E402
from wagtail_newsroom.engines.runner import Draft, Runner  # noqa: E402

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


def ours(texts: list[str], url: str) -> list[str]:
    """Translate with the runner and its Google engine, new connections included."""
    engine = GoogleEngine(base_url=url)
    found: dict[int, str] = {}
    for batch in Runner([engine], source="en", target="fa").run(dict(enumerate(texts))):
        for key, result in batch.results.items():
            if isinstance(result, Draft):
                found[key] = result.text
    return [found[key] for key in range(len(texts))]


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


def measure(way: Way, texts: list[str], runs: int) -> tuple[float, int]:
    """Return the median of the wall times in seconds, and the number of requests."""
    expected = [translate(text, target="fa") for text in texts]
    times = []
    requests = 0
    for _ in range(runs):
        with LoopbackServer(latency=LATENCY) as server:
            started = time.perf_counter()
            answers = way(texts, server.google_url)
            times.append(time.perf_counter() - started)
            requests = len(server.asked)
        if answers != expected:
            raise SystemExit(f"{way.__name__} lost text")
    return statistics.median(times), requests


def main() -> None:
    """Prints the table; ends with status 1 when a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of ours; the median counts")
    parser.add_argument("--slow", action="store_true", help="let the others do 600 strings too")
    options = parser.parse_args()

    missed = []
    print(
        f"{'way':<34}{'strings':>8}{'chars':>8}{'requests':>10}{'seconds':>9}{'bound':>8}{'ratio':>7}"
    )
    for count in (60, 600):
        texts = strings(count)
        floor = bound(texts)
        ways: list[tuple[str, Way, int]] = [("wagtail-newsroom", ours, options.runs)]
        if count == 60 or options.slow:
            ways += [
                ("8 threads, a request each", eight_threads, 1),
                ("deep-translator translate_batch", translate_batch, 1),
            ]
        for name, way, runs in ways:
            seconds, requests = measure(way, texts, runs)
            print(
                f"{name:<34}{count:>8}{sum(map(len, texts)):>8}{requests:>10}{seconds:>9.3f}"
                f"{floor:>8.3f}{seconds / floor:>7.2f}"
            )
            if way is ours and (seconds > 1.5 * floor or (count == 60 and seconds > 0.45)):
                missed.append(f"{count} strings took {seconds:.3f} s")
    for miss in missed:
        print("MISSED:", miss)
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
