"""The search index, which Wagtail fills by tasks that no worker runs in tests."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command


def update_index() -> None:
    """Index everything, as `manage.py update_index` does."""
    call_command("update_index", stdout=StringIO())
