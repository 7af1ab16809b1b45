"""The types of a piece, such as news or opinion, which a site may name by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..conf import DEFAULT_ARTICLE_TYPES, conf

CODE_LENGTH = 32
"""The longest code that is stored."""


def article_types() -> list[tuple[str, Any]]:
    """Return the types of a piece, as choices of a field.

    Those of the package where the setting is unusable, which a system check tells.
    """
    found = conf.article_types
    return list(DEFAULT_ARTICLE_TYPES if problem_of(found) else found)


def default_article_type() -> str:
    """Return the code of the type that a new piece has: plain news, the first of all."""
    return str(article_types()[0][0])


def label_of(code: str) -> Any:
    """Return what readers are told of a type; empty for plain news, and for one that is no more."""
    plain, *others = article_types()
    return "" if code == plain[0] else dict(others).get(code, "")


def problem_of(types: Any) -> str:
    """Return what is wrong with a list of types; empty if nothing is."""
    if not isinstance(types, Sequence) or isinstance(types, str) or not types:
        return "it is not a list with at least one type"
    codes = []
    for entry in types:
        if not isinstance(entry, Sequence) or isinstance(entry, str) or len(entry) != 2:
            return f"{entry!r} is not a pair of code and label"
        code, label = entry
        if not isinstance(code, str) or not code or len(code) > CODE_LENGTH:
            return f"{code!r} is not a code of 1 to {CODE_LENGTH} characters"
        if not str(label).strip():
            return f"the type {code!r} has no label"
        codes.append(code)
    doubled = sorted({code for code in codes if codes.count(code) > 1})
    return f"it names {doubled[0]!r} more than once" if doubled else ""
