"""Whatever editors do, each language of a page names the others, everywhere and truly."""

from __future__ import annotations

import os
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Locale, Page, PageViewRestriction

from tests.people import credit
from wagtail_newsroom.articles.withdrawal import restore, withdraw
from wagtail_newsroom.desk import actions, jobs, localize
from wagtail_newsroom.exceptions import Declined
from wagtail_newsroom.models import ArticlePage, Author, NewsIndexPage, TranslationJob

from .conftest import restrict, translate
from .crawling import Crawl


def open_to_everybody() -> dict[str, Page]:
    """Return the pages that readers and crawlers shall find, by address, one page at a time."""
    found = {}
    homes = [home.path for home in Page.objects.filter(depth=2, live=True)]
    for page in Page.objects.filter(depth__gt=1, live=True, alias_of=None).specific():
        if not page.path.startswith(tuple(homes)):
            continue
        if not page.get_view_restrictions().exists() and not getattr(page, "is_withdrawn", False):
            address = page.get_full_url()
            if address:
                found[address] = page
    return found


def contradictions(*, thorough: bool = True) -> list[str]:
    """Crawl the site; return where it contradicts itself or what may be read."""
    crawl = Crawl(Client(), thorough=thorough)
    expected = open_to_everybody()
    problems = crawl.problems
    problems += [f"{url} is listed by mistake" for url in set(crawl.sitemap) - set(expected)]
    problems += [f"{url} is not listed" for url in set(expected) - set(crawl.sitemap)]
    for page in Page.objects.filter(depth__gt=1):
        address = page.get_full_url()
        if address and address not in expected:
            seen = crawl.look(address)
            if seen.status == 200 and seen.is_indexed and seen.canonical == address:
                problems.append(f"{address} is shown, and not listed")
    pieces = {url: page for url, page in expected.items() if isinstance(page, ArticlePage)}
    since = timezone.now() - timedelta(hours=48)
    news = {url for url, page in pieces.items() if page.date and page.date > since}
    problems += [f"{url} is news, or is not" for url in news ^ crawl.news]
    # Pieces of one translation key, and only they, are each other's versions.
    for url, page in expected.items():
        versions = {
            each.locale.language_code: other
            for other, each in expected.items()
            if each.translation_key == page.translation_key
        }
        if len(versions) > 1 and "en" in versions:
            versions["x-default"] = versions["en"]
        named = crawl.sitemap.get(url, {})
        if named != (versions if len(versions) > 1 else {}):
            problems.append(f"{url} names {named} and not {versions}")
    for home in Page.objects.filter(depth=2):
        if home.get_full_url() not in expected or not thorough:
            continue
        code = home.locale.language_code
        wanted = {url for url, page in pieces.items() if page.path.startswith(home.path)}
        feed = f"http://localhost/{code}/feed/"
        for end, kind in {"": "rss+xml", "atom/": "atom+xml", "json/": "feed+json"}.items():
            if set(crawl.entries(feed + end, f"application/{kind}")) != wanted:
                problems.append(f"{feed}{end} has not what can be read")
    return sorted(set(problems))


def test_a_crawler_finds_no_contradiction(cast: SimpleNamespace) -> None:
    cast.both.tags.add("Sea")
    cast.both.save_revision().publish()
    assert "\n".join(contradictions()) == ""


@pytest.mark.parametrize("hidden", ["news", "news_fa", "home_fa"])
@pytest.mark.parametrize("way", ["restrict", "unpublish"])
def test_a_hidden_section_leads_nobody_astray(
    cast: SimpleNamespace, paper: SimpleNamespace, hidden: str, way: str
) -> None:
    page = getattr(paper, hidden)
    if way == "restrict":
        restrict(page)
    else:
        page.unpublish()
    assert "\n".join(contradictions()) == ""


@pytest.fixture
def author(paper: SimpleNamespace) -> Author:
    """A writer with a page in English."""
    made = Author(name="Mina Farrow", slug="mina", locale=paper.english)
    made.save()
    made.save_revision().publish()
    return Author.objects.get(pk=made.pk)


HISTORIES = os.environ.get("NEWSROOM_HISTORIES")
"""How many histories are made up anew; the same few in each run without it."""
some = st.integers(min_value=0, max_value=1000)
"""Which of the pages that there are, counted on from the first."""


class Newsroom(RuleBasedStateMachine):
    """A newsroom in which anything is done to any page, in any order."""

    paper: SimpleNamespace
    editor: User
    writer: Author

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.written = 0

    def teardown(self) -> None:
        """Follows every link and feed, then forgets all that happened."""
        try:
            assert "\n".join(contradictions()) == ""
        finally:
            transaction.set_rollback(True)
            self.world.__exit__(None, None, None)
            cache.clear()

    def pieces(self) -> list[ArticlePage]:
        return list(ArticlePage.objects.order_by("pk"))

    def sections(self) -> list[NewsIndexPage]:
        return list(NewsIndexPage.objects.filter(depth__gt=2).order_by("pk"))

    def has_pieces(self) -> bool:
        return ArticlePage.objects.exists()

    def is_restricted(self) -> bool:
        return PageViewRestriction.objects.exists()

    def other(self, page: Page) -> Locale:
        return self.paper.persian if page.locale == self.paper.english else self.paper.english

    @initialize(is_tagged=st.booleans(), count=st.integers(1, 3))
    def begin(self, is_tagged: bool, count: int) -> None:
        for number in range(count):
            self.write(number % 2, is_tagged)

    @rule(where=some, is_tagged=st.booleans())
    def write(self, where: int, is_tagged: bool) -> None:
        sections = [self.paper.news, self.paper.news_fa, *self.sections()]
        section = Page.objects.get(pk=sections[where % len(sections)].pk)
        self.written += 1
        page = ArticlePage(
            title=f"Piece {self.written}", slug=f"piece-{self.written}", locale=section.locale
        )
        section.add_child(instance=page)
        if is_tagged:
            page.tags.add("Sea" if section.locale == self.paper.english else "دریا")
            if section.locale == self.paper.english:
                credit(page, self.writer)
        page.save_revision().publish()

    @rule(where=some)
    def open_section(self, where: int) -> None:
        sections = self.sections()
        above = sections[where % len(sections)]
        self.written += 1
        page = NewsIndexPage(
            title=f"Section {self.written}", slug=f"section-{self.written}", locale=above.locale
        )
        above.add_child(instance=page)

    @precondition(has_pieces)
    @rule(which=some, live=st.booleans())
    def translate_by_hand(self, which: int, live: bool) -> None:
        page = self.pick(which)
        if page.alias_of_id or page.has_translation(self.other(page)):
            return
        if page.get_parent().has_translation(self.other(page)):
            self.written += 1
            translate(page, self.other(page), f"Translated {self.written}", live=live)

    @precondition(has_pieces)
    @rule(which=some, approved=st.booleans())
    def translate_by_machine(self, which: int, approved: bool) -> None:
        page = self.pick(which)
        try:
            actions.request_translation(page, self.other(page), user=self.editor)
        except Declined:
            return
        for pk in TranslationJob.objects.filter(status="queued").values_list("pk", flat=True):
            jobs.run(pk)
        for translation in localize.translations_of(page):
            try:
                if approved:
                    actions.approve(translation, user=self.editor)
                    actions.publish(translation, user=self.editor)
            except Declined:
                return

    @precondition(has_pieces)
    @rule(which=some)
    def publish(self, which: int) -> None:
        page = self.pick(which)
        # An alias has no versions of its own.
        if not page.alias_of_id:
            page.save_revision().publish()

    @precondition(has_pieces)
    @rule(which=some)
    def unpublish(self, which: int) -> None:
        page = self.pick(which)
        if page.live:
            page.unpublish()

    @rule(which=some, with_pieces=st.booleans())
    def switch_section(self, which: int, with_pieces: bool) -> None:
        sections = self.sections()
        page = sections[which % len(sections)]
        if page.live:
            page.unpublish()
            for below in page.get_descendants().live().specific() if with_pieces else ():
                below.unpublish()
        else:
            page.save_revision().publish()

    @precondition(has_pieces)
    @rule(which=some, where=some)
    def move(self, which: int, where: int) -> None:
        page = self.pick(which)
        sections = [each for each in self.sections() if each.locale_id == page.locale_id]
        target = sections[where % len(sections)]
        if not target.get_children().filter(slug=page.slug).exclude(pk=page.pk).exists():
            page.move(target, "last-child")

    @rule(which=some, where=some)
    def move_section(self, which: int, where: int) -> None:
        page = self.sections()[which % len(self.sections())]
        targets = [
            each
            for each in NewsIndexPage.objects.filter(locale=page.locale).order_by("pk")
            if not each.path.startswith(page.path)
            and not each.get_children().filter(slug=page.slug).exists()
        ]
        if targets:
            page.move(targets[where % len(targets)], "last-child")

    @rule(which=some)
    def restrict(self, which: int) -> None:
        pages = [*self.sections(), *self.pieces(), self.paper.home_fa]
        restrict(Page.objects.get(pk=pages[which % len(pages)].pk))

    @precondition(is_restricted)
    @rule(which=some)
    def lift(self, which: int) -> None:
        restrictions = list(PageViewRestriction.objects.order_by("pk"))
        restrictions[which % len(restrictions)].delete()

    @precondition(has_pieces)
    @rule(which=some)
    def rename(self, which: int) -> None:
        page = self.pick(which)
        if page.alias_of_id:
            return
        self.written += 1
        page.slug = f"باران-{self.written}" if which % 2 else f"renamed-{self.written}"
        page.save_revision().publish()

    @rule(which=some)
    def rename_section(self, which: int) -> None:
        page = self.sections()[which % len(self.sections())]
        self.written += 1
        page.slug = f"renamed-{self.written}"
        page.save_revision().publish()

    @precondition(has_pieces)
    @rule(which=some)
    def withdraw(self, which: int) -> None:
        page = self.pick(which)
        try:
            if page.is_withdrawn:
                restore(page, user=None)
            else:
                withdraw(page, "It was wrong.", user=None)
        except Declined:
            return

    @precondition(has_pieces)
    @rule(which=some, hours=st.sampled_from([-1, 24]))
    def embargo(self, which: int, hours: int) -> None:
        page = self.pick(which)
        if page.alias_of_id:
            return
        page.embargoed_until = timezone.now() + timedelta(hours=hours)
        page.save_revision().publish()

    @precondition(has_pieces)
    @rule(which=some)
    def expire(self, which: int) -> None:
        page = self.pick(which)
        page.expire_at = timezone.now() - timedelta(minutes=1)
        page.save(update_fields=["expire_at"])
        call_command("publish_scheduled")

    @precondition(has_pieces)
    @rule(which=some)
    def mirror(self, which: int) -> None:
        page = self.pick(which)
        if page.alias_of_id or page.has_translation(self.other(page)):
            return
        if page.get_parent().has_translation(self.other(page)):
            page.copy_for_translation(self.other(page), alias=True)

    @precondition(has_pieces)
    @rule(which=some)
    def delete(self, which: int) -> None:
        self.pick(which).delete()

    @invariant()
    def holds(self) -> None:
        assert "\n".join(contradictions(thorough=False)) == ""

    def pick(self, which: int) -> Any:
        pieces = self.pieces()
        return pieces[which % len(pieces)]


def run_histories(
    paper: SimpleNamespace, editor: User, author: Author, **options: Any
) -> type[Newsroom]:
    kind = type("Histories", (Newsroom,), {"paper": paper, "editor": editor, "writer": author})
    run_state_machine_as_test(
        kind,
        settings=settings(
            deadline=None, suppress_health_check=list(HealthCheck), database=None, **options
        ),
    )
    return kind


def test_it_holds_after_each_step_of_some_histories(
    paper: SimpleNamespace, editor: User, author: Author
) -> None:
    run_histories(paper, editor, author, max_examples=5, stateful_step_count=10, derandomize=True)


@pytest.mark.slow
def test_it_holds_after_each_step_of_many_histories(
    paper: SimpleNamespace, editor: User, author: Author
) -> None:
    run_histories(
        paper,
        editor,
        author,
        max_examples=int(HISTORIES or 12),
        stateful_step_count=20,
        derandomize=not HISTORIES,
    )
