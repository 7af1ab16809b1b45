"""How a check is registered; its module need not know what Django passes to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.core.checks import CheckMessage, register

TAG = "wagtail_newsroom"
"""The tag of all our checks: `manage.py check --tag wagtail_newsroom`."""


def check(find: Callable[[], Iterator[CheckMessage]]) -> Callable[..., list[CheckMessage]]:
    """Registers a check, a function that yields what it finds."""

    @wraps(find)
    @register(TAG)
    def checked(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
        return list(find())

    return checked
