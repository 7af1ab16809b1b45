"""How services ask and answer: each dialect reads a request and words the answer to it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Word = Callable[[str], tuple[bytes, str]]
"""Takes a translation; returns a body and its content type."""


@dataclass(frozen=True)
class Question:
    """What a request asks for, whatever its dialect."""

    text: str
    """Several texts stand in lines."""
    source: str
    target: str
    word: Word
    is_html: bool = False
    key: str = ""
    needs_key: bool = False
    """Whether the dialect knows keys."""


Dialect = Callable[[Mapping[str, str], Mapping[str, str], Any], Question]
"""Takes the query, the headers with names in lower case, and the body read as JSON."""


def google(query: Mapping[str, str], headers: Mapping[str, str], body: Any) -> Question:
    """`GET /m?q=…&sl=…&tl=…`, as Google's public page."""

    def word(answer: str) -> tuple[bytes, str]:
        page = (
            '<!DOCTYPE html><html lang="en"><head><title>Google Translate</title></head><body>'
            '<div class="root-container"><div class="header">Google</div>'
            f'<div class="result-container">{html.escape(answer)}</div></div></body></html>'
        )
        return page.encode(), "text/html; charset=UTF-8"

    return Question(query.get("q", ""), query["sl"], query["tl"], word)


def mymemory(query: Mapping[str, str], headers: Mapping[str, str], body: Any) -> Question:
    """`GET /get?q=…&langpair=en-GB|fa-IR&de=…`, as MyMemory; `de` is an e-mail address."""

    def word(answer: str) -> tuple[bytes, str]:
        found = {
            "responseData": {"translatedText": answer, "match": 0.85},
            "quotaFinished": False,
            "responseDetails": "",
            "responseStatus": 200,
            "matches": [{"translation": answer}] if answer else [],
        }
        return json.dumps(found).encode(), "application/json; charset=utf-8"

    source, _, target = query["langpair"].partition("|")
    return Question(query.get("q", ""), source, target, word, key=query.get("de", ""))


def microsoft(query: Mapping[str, str], headers: Mapping[str, str], body: Any) -> Question:
    """`POST /microsoft?api-version=3.0&from=…&to=…`, as Microsoft's; the key is in a header."""
    assert query["api-version"] == "3.0"

    def word(answer: str) -> tuple[bytes, str]:
        found = [{"translations": [{"text": answer, "to": query["to"]}]}]
        return json.dumps(found).encode(), "application/json; charset=utf-8"

    (asked,) = body
    key = headers.get("ocp-apim-subscription-key", "")
    return Question(asked["text"], query["from"], query["to"], word, key=key, needs_key=True)


def libretranslate(query: Mapping[str, str], headers: Mapping[str, str], body: Any) -> Question:
    """`POST /translate`, as LibreTranslate: one text or a list, plain or HTML."""
    asked = body["q"]
    is_list = isinstance(asked, list)

    def word(answer: str) -> tuple[bytes, str]:
        found: Any = answer.split("\n") if is_list else answer
        return json.dumps({"translatedText": found}).encode(), "application/json"

    return Question(
        "\n".join(asked) if is_list else asked,
        body["source"],
        body["target"],
        word,
        is_html=body.get("format") == "html",
        key=body.get("api_key", ""),
        needs_key=True,
    )


DIALECTS: dict[tuple[str, str], Dialect] = {
    ("GET", "/m"): google,
    ("GET", "/get"): mymemory,
    ("POST", "/microsoft"): microsoft,
    ("POST", "/translate"): libretranslate,
}
"""The dialects by method and path."""
