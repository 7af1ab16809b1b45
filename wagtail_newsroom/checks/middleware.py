"""Whether a kind of middleware is in use, under whatever name."""

from __future__ import annotations

from django.utils.module_loading import import_string

from ..conf import conf


def has_middleware(kind: type) -> bool:
    """Return whether MIDDLEWARE names a class, or one that inherits from it."""
    return any(_is(path, kind) for path in conf.middleware)


def _is(path: str, kind: type) -> bool:
    try:
        found = import_string(path)
    except ImportError:
        return False
    return isinstance(found, type) and issubclass(found, kind)
