"""A running site, and a browser that notes what goes wrong in it and keeps pictures of what it saw."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Site

from .newsroom import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for, nothing beyond this machine is reached.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PATIENCE = 30_000
"""Milliseconds that a slow machine may take for one step; what is right is there long before."""
expect.set_options(timeout=PATIENCE)
DESKTOP = (1280, 900)
PHONE = (360, 780)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""Those of WCAG 2.2 at level AA, by axe's names."""
GRAVE = frozenset({"serious", "critical"})
"""How axe calls what keeps somebody from using a page."""


def chromium() -> str:
    """Return the path of the machine's Chromium; fails by a sentence where there is none."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    pytest.fail(
        f"No Chromium was found (looked for {', '.join(NAMES)}). The browser tests need one: on "
        "Debian `apt-get install chromium`, or leave them out with `-m 'not browser'`.",
        pytrace=False,
    )


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run Chromium for the time of the block.

    Django refuses to use the database in this thread meanwhile.
    """
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def running_site() -> Iterator[str]:
    """Run the site for the time of the block; yields its address, under which Wagtail knows it too."""
    server = LiveServer("localhost:0")
    with server._live_server_modified_settings:
        try:
            default = Site.objects.get(is_default_site=True)
            default.port = server.thread.port
            default.save()
            yield server.url
        finally:
            server.stop()


def violations(page: Page, *, within: str | None = None) -> list[dict[str, Any]]:
    """Return what axe finds against the rules, on the whole page or within a part of it."""
    asked = {"runOnly": RULES, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = (
        Axe().run(page, context=within, options=asked).response["violations"]
    )
    return found


class Visit:
    """One person's visit to the site, with all that went wrong in the browser."""

    def __init__(self, browser: Browser, url: str, **context: Any) -> None:
        context.setdefault("viewport", _size(DESKTOP))
        self.url = url
        self.errors: list[str] = []
        """Errors in the console and in scripts."""
        self.strangers: set[str] = set()
        """Hosts other than the site's that were asked for something."""
        self.context = browser.new_context(base_url=url, locale="en-GB", **context)
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", lambda request: self._note(request.url))
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        # A site brings its own icon; browsers ask for one whether there is one or not.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            self.errors.append(message.text)

    def _note(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "ws", "wss") and not address.startswith(self.url):
            self.strangers.add(parts.netloc)

    def log_in(self, name: str) -> None:
        """Logs a person in through the admin's form."""
        self.page.goto("/admin/login/")
        self.page.fill("input[name=username]", name)
        self.page.fill("input[name=password]", "secret")
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/admin/")

    def come_again(self, name: str) -> Page:
        """Closes the page, and logs a person in in another one of the same browser."""
        self.page.close()
        self.page = self.context.new_page()
        self.log_in(name)
        return self.page

    def resize(self, size: tuple[int, int]) -> None:
        """Gives the window another width and height."""
        self.page.set_viewport_size(_size(size))

    def picture(
        self, name: str, size: tuple[int, int] | None = None, *, whole: bool = True
    ) -> None:
        """Keeps a picture of the page, in a window of the given width and height."""
        if size:
            self.resize(size)
        folder = Path(os.environ.get("NEWSROOM_ARTIFACTS") or ROOT / "artifacts")
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png", full_page=whole)

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )

    def assert_clean(self) -> None:
        """Asserts that nothing went wrong and nobody else was asked."""
        assert (self.errors, self.strangers) == ([], set()), (self.errors, self.strangers)


def _size(size: tuple[int, int]) -> ViewportSize:
    return {"width": size[0], "height": size[1]}
