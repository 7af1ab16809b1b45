"""Every screen of ours in the admin: in both languages, light and dark, by rule, on a phone.

`NEWSROOM_ARTIFACTS=folder` keeps pictures of them all, and `NEWSROOM_SCREENS="list review"` looks
at some alone. A new screen is a line in `screens.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .browsing import DESKTOP, GRAVE, Visit, running_site, violations
from .desk_world import build
from .newsroom import Newsroom
from .screens import SCREENS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning"),
]

NARROW = (320, 720)
PICTURES = os.environ.get("NEWSROOM_ARTIFACTS")
"""Where pictures of the screens go; none are made without it, because they take their time."""

KNOWN: dict[str, list[str]] = {
    # Draftail, whose label stands beside it; a block of plain text straight in a stream; the
    # field in which tags are typed.
    "aria-input-field-name": [".Draftail-Editor__wrapper"],
    "label": ["[data-streamfield-child]", ".tagit-new"],
    # The map of a form's sections, and the summary of references before something is deleted.
    "scrollable-region-focusable": [".w-minimap__list"],
    "target-size": ["#w-minimap-toggle", ".w-panel__toggle"],
    "link-in-text-block": ["a[href*='describe_on_delete']"],
    # Red buttons in the dark, and how many may see a page.
    "color-contrast": ["button.serious", ".remove-focal-point", ".page-status-tag"],
    # The chooser of blocks.
    "aria-required-children": [".w-combobox__menu"],
    # The people who edit the same thing, and the filters' button while they narrow the list.
    "button-name": ["[data-controller~='w-session'] button"],
    "label-content-name-mismatch": [".w-dropdown--drilldown > button"],
}
"""What axe finds in Wagtail's own markup: selectors of it, by rule."""


@pytest.fixture
def db(newsroom: Newsroom) -> Newsroom:
    """A database that the server's threads see too, in place of the tests'."""
    return newsroom


@pytest.fixture
def world(paper: SimpleNamespace, settings: Any) -> SimpleNamespace:
    """A desk with something on every screen, and the addresses of the screens."""
    world = build(paper, settings)
    world.addresses = {screen.name: screen.address(world) for screen in SCREENS}
    return world


@pytest.fixture
def site(world: SimpleNamespace) -> Iterator[str]:
    """The running site's address."""
    with running_site() as url:
        yield url


def grave(page: Page) -> list[str]:
    """Return what axe finds to be serious or critical, but for what is known of Wagtail."""
    # A bar that stays in sight covers half of some button, wherever one stops; that is no finding.
    stick = (
        "(value) => document.querySelector('.newsroom-tools')?.style.setProperty('position', value)"
    )
    page.evaluate(stick, "static")
    found = violations(page)
    page.evaluate(stick, "")
    told = []
    for each in found:
        if each["impact"] not in GRAVE:
            continue
        for node in each["nodes"]:
            selector = node["target"][0]
            known = KNOWN.get(each["id"], [])
            is_known = page.evaluate(
                """([selector, known]) => {
                  const node = document.querySelector(selector);
                  return known.some((each) => node && node.closest(each));
                }""",
                [selector, known],
            )
            if not is_known:
                told.append(f"{each['id']}: {selector} {node['html'][:200]}")
    return told


def settle(page: Page) -> None:
    """Waits for the parts of the admin that scripts make."""
    if page.locator("#wagtail-sidebar").count():
        page.locator("#wagtail-sidebar nav").first.wait_for(state="attached")


def too_wide(page: Page) -> int:
    """Return by how many pixels the page is wider than its window, wherever it scrolls.

    Wagtail's listings are tables, which may scroll; its editors keep a panel out of sight.
    """
    return int(
        page.evaluate(
            """() => {
              const places = document.querySelector("#listing-results, .form-side") ? "html"
                : "html, .content-wrapper, #main, .content";
              return Math.max(...[...document.querySelectorAll(places)].map(
                (each) => each.scrollWidth - each.clientWidth));
            }"""
        )
    )


def keep(visit: Visit, name: str) -> None:
    """Keeps a picture of a page as far as anybody looks."""
    if not PICTURES:
        return
    size = visit.page.viewport_size or {"width": 0, "height": 0}
    height = visit.page.evaluate(
        """() => Math.max(document.documentElement.scrollHeight,
          ...[...document.querySelectorAll("#main, .content")].map((each) => each.scrollHeight))"""
    )
    visit.resize((size["width"], max(min(1900, int(height)), size["height"])))
    visit.page.wait_for_timeout(200)
    visit.picture(name, whole=False)
    visit.resize((size["width"], size["height"]))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_screen_is_accessible_and_fits_a_phone(
    language: str, world: SimpleNamespace, site: str, browser: Browser
) -> None:
    only = os.environ.get("NEWSROOM_SCREENS", "").split()
    visits: dict[str, Visit] = {}
    found: dict[str, list[str]] = {}
    for screen in SCREENS:
        if only and screen.name not in only:
            continue
        if screen.who not in visits:
            visits[screen.who] = Visit(browser, site)
            visits[screen.who].log_in(f"{screen.who}-{language}")
        visit = visits[screen.who]
        page = visit.page
        problems = []
        for size, device in ((DESKTOP, "desktop"), (NARROW, "phone")):
            visit.resize(size)
            page.emulate_media(color_scheme="light")
            response = page.goto(world.addresses[screen.name])
            assert response is not None
            if response.status != screen.status:
                problems.append(f"answers {response.status}")
                break
            settle(page)
            try:
                if screen.prepare:
                    screen.prepare(page)
            except Exception as error:
                problems.append(f"cannot be prepared: {error}")
            if extra := too_wide(page):
                problems.append(f"{extra} px wider than {size[0]}")
            # Rules are asked once for each scheme; pictures show every combination.
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                if (device, scheme) in (("desktop", "light"), ("phone", "dark")):
                    problems += [f"{scheme}, {device}: {each}" for each in grave(page)]
                keep(visit, f"{screen.name}-{language}-{device}-{scheme}")
        if problems:
            found[screen.name] = problems
    told = [f"{name}: {each}" for name, problems in found.items() for each in problems]
    assert not told, "\n".join(told)
    assert {visit.url: visit.strangers for visit in visits.values()} == {site: set()}


ENDS = """(nodes) => nodes.filter((node) => node.getClientRects().length).map((node) => {
  const cell = node.closest("td"), style = getComputedStyle(cell), range = document.createRange();
  const box = cell.getBoundingClientRect();
  range.selectNodeContents(node);
  const words = range.getBoundingClientRect();
  return style.direction === "rtl"
    ? box.right - parseFloat(style.paddingRight) - words.right
    : words.left - box.left - parseFloat(style.paddingLeft);
})"""
"""How far words stand from the side of their cell at which the page begins."""

HIDDEN_START = """(node) => {
  const range = document.createRange(), text = node.firstChild;
  const first = text.data.search(/\\S/), box = node.getBoundingClientRect();
  range.setStart(text, first);
  range.setEnd(text, first + 1);
  const letter = range.getBoundingClientRect();
  return letter.left < Math.max(box.left, 0) - 1
    || letter.right > Math.min(box.right, innerWidth) + 1;
}"""
"""Whether the first letter of a title is out of sight."""


def astray(page: Page, selector: str) -> list[float]:
    """Return by how much words of another direction stand elsewhere than those of the page."""
    ends = page.locator(selector).evaluate_all(ENDS)
    assert ends, f"nothing on the page is {selector}"
    return [round(end, 1) for end in ends if abs(end) > 2]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_words_and_signs_stand_where_they_are_read(
    language: str,
    world: SimpleNamespace,
    site: str,
    browser: Browser,
) -> None:
    visit = Visit(browser, site)
    visit.log_in(f"desk-{language}")
    page = visit.page

    page.goto(world.addresses["page-listing"])
    icons = page.locator(".newsroom-state .icon")
    heights = set(icons.evaluate_all("(nodes) => nodes.map((node) => node.clientHeight)"))
    assert heights, "no state has an icon"
    assert max(heights) <= 20, "the icons of states are larger than their words"

    page.goto(world.addresses["list"])
    assert astray(page, "td .newsroom-list__second[dir]") == []

    for name in ("review", "job-partial"):
        page.goto(world.addresses[name])
        title = page.locator(".w-breadcrumbs__sublabel")
        assert not title.evaluate(HIDDEN_START), f"{name} hides how its title begins"
