"""Readers' pages are HTML that parsers have nothing to mend in, and whose parts fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from persiantools.jdatetime import JalaliDate

from tests.people import credit
from wagtail_newsroom.articles.withdrawal import withdraw
from wagtail_newsroom.models import ArticlePage, Author

from .conftest import translate

PATHS = [
    "",
    "news/",
    "news/?page=2",
    "news/ferries/",
    "news/gone/",
    "tags/{tag}/",
    "authors/",
    "authors/{author}/",
    "archive/",
    "archive/{year}/",
    "corrections/",
    "search/",
    "search/?q=%3Cb%3E%22",
    "not-there/",
]
# What a link or button may not hold: https://html.spec.whatwg.org/#interactive-content
INTERACTIVE = "a[href], button, input, select, textarea, summary, video[controls], iframe"
POINTING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


@pytest.fixture
def pages(
    cast: SimpleNamespace,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    author: Callable[..., Author],
    in_persian: Callable[..., Author],
    settings: Any,
) -> None:
    """A page of each kind in both languages."""
    settings.ROOT_URLCONF = "tests.publishing.error_urls"
    settings.WAGTAIL_NEWSROOM_MIRRORS = ["https://mirror.example.net"]
    mina = author("Mina <Farrow> & Co", slug="mina")
    in_persian(mina, "مینا", slug="mina")
    for page, tag in ((cast.both, 'The "sea" & <sky>'), (cast.both_fa, "دریا")):
        page.tags.add(tag)
        credit(page, mina)
    gone = write("Gone", slug="gone")
    translate(gone, paper.persian, "رفته")
    withdraw(gone, "It was <wrong>.", user=None)
    for number in range(21):
        write(f'More & "more" <{number}>', slug=f"more-{number}")


@pytest.mark.parametrize("code", ["en", "fa"])
def test_every_page_is_sound(cast: SimpleNamespace, pages: None, client: Client, code: str) -> None:
    tag = {"en": "the-sea-sky", "fa": "دریا"}[code]
    day = cast.both.first_published_at.date()
    year = JalaliDate(day).year if code == "fa" else day.year
    for template in PATHS:
        path = f"/{code}/" + template.format(tag=tag, author="mina", year=year)
        answer = client.get(path, headers={"host": "localhost"})
        expected = {"not-there/": 404, "news/gone/": 410}.get(template, 200)
        assert answer.status_code == expected, path
        html = answer.content.decode()
        # Raises at the first thing that a parser would have to mend.
        html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        soup = BeautifulSoup(html, "html.parser")
        assert mistakes(soup) == [], path


def mistakes(soup: BeautifulSoup) -> list[str]:
    """Return what no parser stumbles over, and the standard forbids."""
    ids = Counter(str(each["id"]) for each in soup.select("[id]"))
    found = [f"#{name} stands {count} times" for name, count in ids.items() if count > 1]
    for attribute in POINTING:
        for each in soup.select(f"[{attribute}]"):
            found += [
                f"{attribute} points to no #{name}"
                for name in str(each[attribute]).split()
                if name not in ids
            ]
    for each in soup.select("a[href], button"):
        found += [f"{inner.name} in {each.name}" for inner in each.select(INTERACTIVE)]
    for each in soup.select("ul > *, ol > *"):
        if each.name not in ("li", "script", "template"):
            found.append(f"{each.name} in a list")
    found += [f"no alt: {each['src']}" for each in soup.select("img:not([alt])")]
    levels = [int(each.name[1]) for each in soup.select("h1, h2, h3, h4, h5, h6")]
    if levels.count(1) != 1 or any(below - above > 1 for above, below in pairwise(levels)):
        found.append(f"headings of levels {levels}")
    if len(soup.select("main")) != 1:
        found.append("not one main")
    return found
