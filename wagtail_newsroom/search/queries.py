"""Queries as Wagtail's search takes them, folded."""

from __future__ import annotations

from typing import Any

from wagtail.search.query import (
    MATCH_NONE,
    And,
    Boost,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from .folding import fold, folded_query

__all__ = ["folded", "search_query"]


def search_query(text: str, *, operator: str = "and") -> SearchQuery | None:
    """Return a query for what somebody typed; None when nothing is left of it."""
    choices = [PlainText(choice, operator=operator) for choice in folded_query(text)]
    if not choices:
        return None
    return choices[0] if len(choices) == 1 else Or(choices)


def folded(query: Any, *, operator: str | None = None) -> Any:
    """Return a query of Wagtail's, or a string, with its texts folded.

    A kind of query that is not known here stays as it is.
    """
    match query:
        case str():
            # Wagtail finds nothing by an empty string.
            return search_query(query, operator=operator or "and") or ""
        case PlainText():
            return search_query(query.query_string, operator=query.operator) or MATCH_NONE
        case Phrase():
            words = fold(query.query_string)
            return Phrase(words) if words else MATCH_NONE
        case And() | Or():
            # What matches nothing may only stand alone: no backend takes it inside another query.
            parts = [folded(each) for each in query.subqueries]
            parts = [each for each in parts if each is not MATCH_NONE]
            return type(query)(parts) if parts else MATCH_NONE
        case Not():
            return Not(folded(query.subquery))
        case Boost():
            return Boost(folded(query.subquery), query.boost)
        case _:
            return query
