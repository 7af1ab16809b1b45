"""Search fields that fold what they put into the index."""

from __future__ import annotations

from typing import Any

from wagtail.search import index

from .folding import folded_text

__all__ = ["FoldedAutocompleteField", "FoldedField", "FoldedSearchField", "text_of"]


class FoldedField:
    """Marks a search field whose values are folded."""

    def get_value(self, obj: Any) -> str:
        """Returns the value for the index: a text's own, a body's texts in one, folded."""
        return folded_text(text_of(super().get_value(obj)))  # type: ignore[misc]


class FoldedSearchField(FoldedField, index.SearchField):
    """A search field by whose words all spellings find each other."""


class FoldedAutocompleteField(FoldedField, index.AutocompleteField):
    """An autocomplete field by whose words all spellings find each other."""


def text_of(value: Any) -> str:
    """Return what a search field holds as one text; parts stand in lines of their own."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return "\n".join(map(text_of, value))
    return str(value)
