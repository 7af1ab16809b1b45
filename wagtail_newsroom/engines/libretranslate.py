"""LibreTranslate, a free program on a server of the site's own, spoken to directly.

deep-translator puts texts and key into the address, knows no Persian and sends no HTML.
The interface: https://docs.libretranslate.com/guides/api_usage/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..segments.reasons import Reason
from .base import Engine, Failed, Outcome, Translated
from .fetch import Fetcher, FetchError, Limits

# Codes of the models of Argos, which LibreTranslate runs.
_OTHER_NAMES = {
    "no": "nb",
    "pt-br": "pb",
    "zh-hant": "zt",
    "zh-hk": "zt",
    "zh-tw": "zt",
}


class LibreTranslateEngine(Engine):
    """A LibreTranslate server; texts travel as HTML in the body, a key only if there is one.

    It counts as private, since it is the site's own: where it is not, set `is_private` to False.
    Options beside the limits: `url`, the server's address, `key`, `proxies` (as `requests` takes
    them), and the seconds `connect_timeout`, `read_timeout` and `total_timeout`.
    """

    name = "libretranslate"
    label = "LibreTranslate"
    max_chars = 2000
    """A machine without a graphics card translates about so much in ten seconds."""
    max_texts = 20
    parallel = 2
    keeps_markup = True
    is_private = True

    def __init__(
        self,
        *,
        url: str = "http://127.0.0.1:5000",
        key: str = "",
        proxies: Mapping[str, str] | None = None,
        connect_timeout: float = 5.0,
        read_timeout: float = 60.0,
        total_timeout: float = 90.0,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.url = url.rstrip("/").removesuffix("/translate")
        self.proxies = dict(proxies) if proxies else None
        self._key = key
        limits = Limits(connect=connect_timeout, read=read_timeout, total=total_timeout)
        self._fetcher = Fetcher(limits)

    def supports(self, source: str, target: str) -> bool:
        """Whether there is anything to translate; which models it has only the server can say."""
        return libre_code(source) != libre_code(target)

    def ask_whether_supported(self, source: str, target: str) -> bool | None:
        """Ask the server for its languages; return whether the pair is among them."""
        try:
            known = self._fetcher.line().get(f"{self.url}/languages", proxies=self.proxies).json()
            targets = {entry["code"]: entry.get("targets") for entry in known}
        except (FetchError, ValueError, TypeError, KeyError, AttributeError):
            return None
        source, target = libre_code(source), libre_code(target)
        if source not in targets:
            return False
        # Older servers do not list targets, and translate from each language into each.
        return target in (targets[source] or targets)

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Translate HTML texts in one request."""
        if not texts:
            return []
        asked = {
            "q": list(texts),
            "source": libre_code(source),
            "target": libre_code(target),
            "format": "html",
        }
        if self._key:
            asked["api_key"] = self._key
        try:
            page = self._fetcher.line().post(
                f"{self.url}/translate", json=asked, proxies=self.proxies
            )
            answers = page.json()["translatedText"]
        except FetchError as error:
            return [Failed(error.reason, error.retry_after, error.detail)] * len(texts)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            return [Failed(Reason.BAD_ANSWER, detail=type(error).__name__)] * len(texts)
        if not isinstance(answers, list) or not all(isinstance(text, str) for text in answers):
            return [Failed(Reason.BAD_ANSWER, detail="no list")] * len(texts)
        if len(answers) != len(texts):
            return [Failed(Reason.BAD_ANSWER, detail="count", is_mixed_up=True)] * len(texts)
        return [Translated(text) for text in answers]

    def close(self) -> None:
        """Drops connections and interrupts requests that are under way."""
        self._fetcher.close()


def libre_code(code: str) -> str:
    """Return LibreTranslate's code for a language of Wagtail's."""
    code = code.replace("_", "-").lower()
    while "-" in code and code not in _OTHER_NAMES:
        code = code.rpartition("-")[0]
    return _OTHER_NAMES.get(code, code)
