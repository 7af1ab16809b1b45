"""How our words and signs are set in the admin, which only a browser can tell, in both directions."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page

from .browsing import Visit
from .test_admin_look import (  # noqa: F401 - a desk with something on every screen, running
    db,
    site,
    world,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning"),
]

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
    world: SimpleNamespace,  # noqa: F811 - the fixture
    site: str,  # noqa: F811 - the fixture
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
