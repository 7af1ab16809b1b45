"""Wagtail's database search with everything folded, for the admin's own lists and choosers too.

    WAGTAILSEARCH_BACKENDS = {
        "default": {"BACKEND": "wagtail_newsroom.search.backends.database"}
    }

`update_index` has to run once afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from wagtail.search.backends import database
from wagtail.search.index import AutocompleteField, RelatedFields, SearchField

from ..fields import FoldedField, text_of
from ..folding import folded_text
from ..queries import folded

__all__ = ["FoldingBackend", "SearchBackend"]


def SearchBackend(params: Mapping[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """Return the backend for the site's database, which folds."""
    stock: Any = type(database.SearchBackend(dict(params)))
    return _folding(stock)(dict(params))


@cache
def _folding(stock: Any) -> type[Any]:
    """Return a subclass of one of Wagtail's backends that folds queries and values."""
    indexes = type(f"Folding{stock.index_class.__name__}", (FoldingIndex, stock.index_class), {})
    name = f"Folding{stock.__name__}"
    return type(name, (FoldingBackend, stock), {"index_class": indexes})


class FoldingBackend:
    """Folds what is asked."""

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Searches for whole words, in any spelling."""
        query = folded(query, operator=kwargs.get("operator"))
        return super().search(query, *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Searches for words that begin so, in any spelling."""
        query = folded(query, operator=kwargs.get("operator"))
        return super().autocomplete(query, *args, **kwargs)  # type: ignore[misc]


class FoldingIndex:
    """Folds what is put into the index."""

    def add_items(self, model: Any, items: Iterable[Any]) -> None:
        """Adds objects with the values of all their search fields folded."""
        super().add_items(model, [_Item(item) for item in items])  # type: ignore[misc]


class _Item:
    """An object as an index reads it: its key and its search fields."""

    def __init__(self, instance: Any) -> None:
        self.instance = instance
        self.pk = instance.pk

    def get_search_fields(self) -> list[Any]:
        return [_folding_field(field) for field in self.instance.get_search_fields()]


def _folding_field(field: Any) -> Any:
    match field:
        case RelatedFields():
            return _Related(field)
        case SearchField():
            return _Words(field)
        case AutocompleteField():
            return _Beginnings(field)
        case _:
            return field


class _Worn:
    """A search field that reads its value by another one."""

    inner: Any

    def get_value(self, obj: Any) -> Any:
        value = self.inner.get_value(obj.instance if isinstance(obj, _Item) else obj)
        return value if isinstance(self.inner, FoldedField) else folded_text(text_of(value))


class _Words(_Worn, SearchField):
    def __init__(self, inner: Any) -> None:
        super().__init__(inner.field_name, boost=inner.boost)
        self.inner = inner


class _Beginnings(_Worn, AutocompleteField):
    def __init__(self, inner: Any) -> None:
        super().__init__(inner.field_name)
        self.inner = inner


class _Related(RelatedFields):
    def __init__(self, inner: Any) -> None:
        super().__init__(inner.field_name, [_folding_field(field) for field in inner.fields])
        self.inner = inner

    def get_value(self, obj: Any) -> Any:
        return self.inner.get_value(obj.instance if isinstance(obj, _Item) else obj)
