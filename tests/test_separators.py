"""Keys and sizes stay numbers on sites that write 1,234 in texts."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection, models
from django.test import Client

from tests.proof.desk_world import build
from tests.proof.screens import SCREENS
from wagtail_newsroom.desk import comments, localize

# Wagtail leaves the files open in which it makes a picture's sizes.
pytestmark = pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning")

FIRST = 12_345
WORDS = {"alt", "aria-label", "content", "title"}
"""What is read out, and may hold any number."""


@pytest.fixture(autouse=True)
def far_along(db: None, settings: Any) -> None:
    """Keys that begin at a number of five digits, and numbers that are written with separators."""
    settings.USE_THOUSAND_SEPARATOR = True
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table, key = model._meta.db_table, model._meta.pk
            if not isinstance(key, models.AutoField):
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, FIRST])
            else:
                name = [table, key.column, FIRST]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", name)


def torn(html: str) -> list[str]:
    """Return the attributes in which a number was written for people."""
    return [
        f'{tag.name} {name}="{value}"'
        for tag in BeautifulSoup(html, "html.parser").find_all(True)
        for name, value in tag.attrs.items()
        if name not in WORDS and re.search(r"\d,\d{3}\b", str(value))
    ]


def test_screens_and_pages_name_keys_and_sizes_as_numbers(
    paper: SimpleNamespace, settings: Any
) -> None:
    world = build(paper, settings)
    first = localize.segments(world.long)[0]
    comments.add_comment(world.long, first.pk, text="Why?", user=world.people["desk-en"])
    assert world.long.pk > FIRST
    client, problems, seen = Client(), [], 0
    for screen in SCREENS:
        client.force_login(world.people[f"{screen.who}-en"])
        html = client.get(screen.address(world)).content.decode()
        problems += [f"{screen.name}: {each}" for each in torn(html)]
        seen += html.count(str(FIRST // 100))
    for path in ("/en/", "/fa/", "/en/archive/", world.article.url, world.article_fa.url):
        html = client.get(path).content.decode()
        problems += [f"{path}: {each}" for each in torn(html)]
    assert "\n".join(problems) == ""
    assert seen > 100
