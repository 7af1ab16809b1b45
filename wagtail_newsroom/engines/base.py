"""The contract between the newsroom and whatever translates its texts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..segments.reasons import Reason


@dataclass(frozen=True)
class Translated:
    """One text's translation, as the engine gave it; nobody has checked or cleaned it yet."""

    text: str


@dataclass(frozen=True)
class Failed:
    """Why one text has no translation."""

    reason: Reason
    retry_after: float | None = None
    """Seconds that the engine asks to wait before the next request."""
    detail: str = ""
    """A word for the log, such as an error's class; never a text, address or key."""
    is_mixed_up: bool = False
    """Whether an answer came whose texts cannot be told apart, so that each is to be sent alone."""


Outcome = Translated | Failed


class Engine(ABC):
    """Something that translates texts: a web service, a program, an offline twin.

    An engine only speaks to its service. Batches, parallel requests, retries and checks are the
    runner's. Options that carry the name of a limit below replace that limit.
    """

    name: str = ""
    """The name by which settings, counts and rows know the engine; it must not change."""
    label: str = ""
    """The name that editors read."""
    max_chars: int = 5000
    """The most characters in a request, separators included."""
    max_texts: int = 50
    """The most texts in a request."""
    parallel: int = 4
    """The most requests at a time."""
    requests_per_minute: int | None = None
    """The most requests in a minute by all workers of the site together; None for no limit."""
    keeps_markup: bool = False
    """Whether texts go out and come back as HTML; else they are plain text in one line."""
    is_private: bool = False
    """Whether texts stay on machines that the site trusts with unpublished pieces."""
    languages: frozenset[str] | None = None
    """Language codes that the engine knows, in lower case; None when it does not say."""
    setting: str | None = None
    """A digest of the settings' entry that the engine was made from, if it was.

    Engines of the same entry share what a process knows of their health.
    """

    def __init__(self, **options: Any) -> None:
        """Takes the options of the engine's setting; does not touch the network.

        Raises:
            TypeError: when an option is unknown.
        """
        for option, value in options.items():
            if option not in _LIMITS:
                raise TypeError(f"{type(self).__name__} knows no option {option!r}")
            setattr(self, option, value)

    @abstractmethod
    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Translate the texts of one request; return one outcome for each, in order.

        The texts are within the engine's limits, and travel in one request, so that limits and
        counts of requests hold: an answer whose texts got mixed up is reported as such. Languages are Wagtail's codes (`en`, `en-gb`,
        `fa`). Several threads call this at once. It has time limits of its own, and reports
        what went wrong as `Failed` instead of raising.
        """

    def supports(self, source: str, target: str) -> bool:
        """Whether the engine translates from one language into the other, as far as it knows."""
        if self.languages is None:
            return True
        return all(
            code.lower() in self.languages or code.lower().split("-")[0] in self.languages
            for code in (source, target)
        )

    def ask_whether_supported(self, source: str, target: str) -> bool | None:
        """Ask the service itself whether it knows a pair of languages; None if it does not tell.

        Only the probe calls this. It may use the network, and may raise what it likes.
        """
        return None

    def close(self) -> None:  # noqa: B027 - most engines have nothing to close
        """Drop connections and interrupt requests that are under way.

        The engine may be used again after.
        """


_LIMITS = frozenset(
    {"label", "max_chars", "max_texts", "parallel", "requests_per_minute", "is_private"}
)
