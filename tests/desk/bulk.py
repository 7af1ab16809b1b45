"""Ticked pieces of the list of translations, and the e-mails that tell of many."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail_newsroom.desk import state_rows
from wagtail_newsroom.models import ArticlePage, PieceState


def ask(client: Client, action: str, query: str, **data: Any) -> Any:
    """Look at an action's page and agree."""
    url = reverse("wagtail_bulk_action", args=["wagtail_newsroom", "piecestate", action])
    page = client.get(f"{url}?{query}")
    seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    return client.post(f"{url}?{query}", {"seen": seen[1] if seen else "", **data})


def rows_of(*pages: ArticlePage) -> list[PieceState]:
    """Return the rows of pages that stand in the list in one other language."""
    state_rows.refresh({page.translation_key for page in pages})
    of_page = {row.source_page_id: row for row in PieceState.objects.all()}
    return [of_page[page.pk] for page in pages]


def named(letter: Any) -> list[str]:
    """Return how an e-mail names its pieces, in order."""
    return [line[2:] for line in letter.body.splitlines() if line.startswith("- ")]
