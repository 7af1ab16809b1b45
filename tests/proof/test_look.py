"""Readers' pages in a real browser: every type, both languages, by rule, by keyboard, on a phone."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from tests.publishing.conftest import translate
from wagtail_newsroom.models import ArticlePage, Author, Byline, Correction, Tag

from .browsing import DESKTOP, Visit, running_site, violations
from .newsroom import Newsroom
from .test_blocks_in_browser import piece  # noqa: F401 - a piece with every block

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning"),
]

NARROW = (320, 700)
PAGES = {
    "en": [
        "/en/",
        "/en/news/",
        "/en/news/?page=2",
        "/en/news/blocks/",
        "/en/news/withdrawn/",
        "/en/tags/sea/",
        "/en/authors/",
        "/en/authors/mina/",
        "/en/archive/",
        "/en/archive/2026/",
        "/en/archive/2026/3/",
        "/en/search/",
        "/en/search/?q=ferry",
        "/en/search/?q=nothing-at-all",
        "/en/corrections/",
        "/en/not-there/",
    ],
    "fa": [
        "/fa/",
        "/fa/news/",
        "/fa/news/blocks/",
        "/fa/tags/sea/",
        "/fa/authors/",
        "/fa/archive/",
        "/fa/archive/1404/",
        "/fa/search/?q=کشتی",
        "/fa/corrections/",
        "/fa/not-there/",
    ],
}


@pytest.fixture
def db(newsroom: Newsroom) -> Newsroom:
    """A database that the server's threads see too, in place of the tests'."""
    return newsroom


@pytest.fixture
def site(
    piece: ArticlePage,  # noqa: F811 - the fixture
    paper: SimpleNamespace,
    editor: User,
    settings: Any,
) -> Iterator[str]:
    """The running site's address, with something on every page."""
    settings.ROOT_URLCONF = "tests.publishing.error_urls"
    type(paper.news).objects.filter(pk__in=[paper.news.pk, paper.news_fa.pk]).update(
        show_in_menus=True
    )
    day = datetime(2026, 3, 5, tzinfo=timezone.utc)
    mina = Author(name="Mina Farrow", slug="mina", locale=paper.english, job_title="Reporter")
    mina.save()
    tag = Tag(name="The sea", slug="sea", locale=paper.english)
    tag.save()
    for number in range(24):
        page = ArticlePage(
            title=f"Ferry number {number} & its “crew”",
            slug=f"ferry-{number}",
            locale=paper.english,
            standfirst="It was late, and nobody minded.",
            published_at=day - timedelta(days=number),
        )
        paper.news.add_child(instance=page)
        page.save_revision().publish()
        if number < 2:
            twin = translate(page, paper.persian, f"کشتی شمارهٔ {number}")
            ArticlePage.objects.filter(pk=twin.pk).update(published_at=day)
    first = ArticlePage.objects.get(slug="ferry-0", locale=paper.english)
    first.newsroom_bylines.add(Byline(author=mina, role="writer"))
    first.newsroom_corrections.add(
        Correction(text="It was the other ferry.", date=day.date(), locale=paper.english)
    )
    first.tags.add(tag)
    first_fa = ArticlePage.objects.get(slug="ferry-0", locale=paper.persian)
    tag_fa = Tag(name="دریا", slug="sea", locale=paper.persian, translation_key=tag.translation_key)
    tag_fa.save()
    first_fa.tags.add(tag_fa)
    first_fa.save_revision().publish()
    first.breaking_until = datetime(2099, 1, 1, tzinfo=timezone.utc)
    first.save_revision().publish()
    ArticlePage.objects.filter(slug="ferry-23", locale=paper.english).update(
        slug="withdrawn",
        withdrawn_at=day,
        withdrawal_notice="We could not stand by it.",
        url_path=f"{paper.news.url_path}withdrawn/",
    )
    with running_site() as url:
        yield url


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_a_narrow_phone(
    site: str, browser: Browser, language: str, scheme: str
) -> None:
    visit = Visit(browser, site, color_scheme=scheme)
    found = {}
    statuses = set()
    for path in PAGES[language]:
        visit.resize(NARROW if scheme == "dark" else DESKTOP)
        response = visit.page.goto(path)
        assert response is not None
        statuses.add((path, response.status))
        problems = [
            f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in violations(visit.page)
        ]
        for width in (320, 600, 840):
            visit.resize((width, 700))
            if visit.overflow:
                problems.append(f"{visit.overflow} px wider than {width}")
        if problems:
            found[path] = problems
    assert found == {}
    gone = {f"/{language}/not-there/": 404, "/en/news/withdrawn/": 410}
    assert statuses == {(path, gone.get(path, 200)) for path in PAGES[language]}
    assert visit.strangers == set()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_targets_are_large_enough_for_a_thumb(site: str, browser: Browser, language: str) -> None:
    visit = Visit(browser, site, viewport={"width": 360, "height": 780})
    for path in (f"/{language}/", f"/{language}/news/", f"/{language}/news/blocks/"):
        visit.page.goto(path)
        # Links within a sentence are as high as its line.
        small = visit.page.evaluate(
            """() => [...document.querySelectorAll("header a, nav a, footer a, button, summary")]
                .filter((each) => each.offsetParent && !each.closest(".nr-skip"))
                .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
                .filter(([, box]) => box.height < 24)
                .map(([text, box]) => `${text} ${box.height}`)"""
        )
        assert small == []
    # And at a desk there is room to write what one looks for.
    visit.resize(DESKTOP)
    visit.page.goto(f"/{language}/")
    field = visit.page.locator("header .nr-search__field").bounding_box()
    assert field is not None
    assert field["width"] > 180


def focused(page: Page) -> dict[str, Any]:
    """Return what has the keyboard, and whether one sees that."""
    found: dict[str, Any] = page.evaluate(
        """() => { const each = document.activeElement, style = getComputedStyle(each);
            const part = each.closest("header.nr-header, main, footer");
            return { tag: each.tagName, words: each.textContent.trim(),
                part: part ? part.tagName : "BODY",
                isSeen: style.outlineStyle !== "none" && each.getClientRects().length > 0 }; }"""
    )
    return found


def test_the_keyboard_goes_through_header_content_and_pages(site: str, browser: Browser) -> None:
    visit = Visit(browser, site)
    page = visit.page
    page.goto("/en/news/")
    page.keyboard.press("Tab")
    assert focused(page)["words"] == "Skip to the content"
    parts = []
    for _ in range(80):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["part"] == "BODY":
            break
        assert here["isSeen"], here
        if not parts or parts[-1] != here["part"]:
            parts.append(here["part"])
        if here["words"] == "Older":
            break
    assert parts == ["HEADER", "MAIN"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/news/?page=2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    visit.assert_clean()


def test_a_reader_is_told_once_of_their_own_language(site: str, browser: Browser) -> None:
    visit = Visit(browser, site)
    page = visit.page
    persian = browser.new_context(base_url=site, locale="fa-IR")
    theirs = persian.new_page()
    bar = ".nr-suggestion:not([hidden])"
    # In their own language, nothing is said.
    for who, path in ((page, "/en/news/blocks/"), (theirs, "/fa/news/blocks/")):
        who.goto(path)
        who.wait_for_load_state("networkidle")
        expect(who.locator(bar)).to_have_count(0)
    theirs.goto("/en/news/blocks/")
    shown = theirs.locator(bar)
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("lang", "fa")
    expect(shown).to_have_attribute("dir", "rtl")
    # At the top of a long page it is in sight, at the window's lower edge.
    expect(shown).to_be_in_viewport()
    assert theirs.locator("[aria-live=polite]").count() == 1
    link = shown.get_by_role("link")
    assert urlsplit(link.get_attribute("href") or "").path == "/fa/news/blocks/"
    # Declined, it stays away, without a cookie.
    shown.get_by_role("button").click()
    expect(theirs.locator(bar)).to_have_count(0)
    theirs.goto("/en/news/ferry-0/")
    theirs.wait_for_load_state("networkidle")
    expect(theirs.locator(bar)).to_have_count(0)
    assert persian.cookies() == []
    # Who took the switcher to Persian is told of Persian from then on, whatever the browser says.
    page.goto("/en/news/blocks/")
    page.locator(".nr-languages a[hreflang=fa]").click()
    page.wait_for_url("**/fa/news/blocks/")
    page.goto("/en/news/ferry-1/")
    expect(page.locator(bar)).to_have_count(1)
    # A piece that is in one language alone has nothing to suggest.
    page.goto("/en/news/ferry-9/")
    assert page.locator(".nr-suggestion").count() == 0


def test_without_scripts_the_suggestion_stays_hidden(site: str, browser: Browser) -> None:
    context = browser.new_context(base_url=site, locale="fa-IR", java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/news/blocks/")
    expect(page.locator(".nr-suggestion")).to_be_hidden()
    expect(page.locator(".nr-languages a[hreflang=fa]")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_first_visit_is_light(site: str, browser: Browser, language: str) -> None:
    visit = Visit(browser, site)
    sizes: dict[str, int] = {}

    def weigh(response: Any) -> None:
        kind = response.request.resource_type
        if kind in ("document", "stylesheet", "script", "font"):
            body = response.body()
            # As a web server sends it: text is compressed, a font is so already.
            sizes[response.url] = len(body if kind == "font" else gzip.compress(body))

    visit.page.on("response", weigh)
    visit.page.goto(f"/{language}/news/blocks/", wait_until="networkidle")
    assert any("vazirmatn" in url for url in sizes) is (language == "fa")
    assert sum(sizes.values()) < 110 * 1024, sizes
    visit.assert_clean()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_everything_on_every_page_is_reached_by_keys(
    site: str, browser: Browser, language: str
) -> None:
    visit = Visit(browser, site)
    page = visit.page
    for path in PAGES[language]:
        page.goto(path)
        # What can be used and is shown, the way to the content included, which is shown to keys.
        wanted = page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
                .filter((each) => each.type !== "hidden" && !each.disabled && each.tabIndex >= 0
                    && (each.checkVisibility({ visibilityProperty: true })
                        || each.matches(".nr-skip"))).length"""
        )
        reached = 0
        for _ in range(wanted + 40):
            page.keyboard.press("Tab")
            here = focused(page)
            # After the last one, the browser's own controls, or the first one again.
            is_first = page.evaluate("document.activeElement.matches('.nr-skip')")
            if here["tag"] == "BODY" or (reached and is_first):
                break
            assert here["isSeen"], (path, here)
            # A film has several controls of the browser's own.
            reached += here["tag"] != "VIDEO"
        assert reached == wanted, path


def test_less_motion_is_no_motion(site: str, browser: Browser) -> None:
    visit = Visit(browser, site, reduced_motion="reduce")
    for path in ("/en/news/blocks/", "/fa/news/blocks/", "/en/"):
        visit.page.goto(path)
        moving = visit.page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((each) => {
                const style = getComputedStyle(each);
                return [style.transitionDuration, style.animationDuration]
                    .some((all) => all.split(", ").some((one) => parseFloat(one) > 0))
                    || style.scrollBehavior === "smooth"; }).map((each) => each.outerHTML)"""
        )
        assert moving == []


@pytest.mark.parametrize("language", ["en", "fa"])
def test_paper_has_the_piece_in_black_and_nothing_to_click(
    site: str, browser: Browser, language: str
) -> None:
    visit = Visit(browser, site, color_scheme="dark")
    page = visit.page
    page.goto(f"/{language}/news/blocks/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".nr-body p").first).to_be_visible()
    assert page.locator(".nr-header__name").is_visible()
    for part in (
        ".nr-header__tools",
        ".nr-sections",
        ".nr-share",
        ".nr-follow",
        ".nr-crumbs",
        ".nr-transcript",
    ):
        for each in page.locator(part).all():
            expect(each).to_be_hidden()
    colors = page.evaluate(
        """() => [getComputedStyle(document.body).backgroundColor,
            getComputedStyle(document.querySelector(".nr-body p")).color]"""
    )
    assert colors == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    visit.picture(f"print-{language}")
