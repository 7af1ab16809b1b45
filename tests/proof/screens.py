"""The screens of the newsroom in the admin, a line for each, and how each is brought to show all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

Address = Callable[[SimpleNamespace], str]

TMX = (
    b'<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>'
    b'<tu><tuv xml:lang="en"><seg>River</seg></tuv></tu></body>'
)
CSV = """source_language,target_language,term,translation,note
en,fa,harbour,بندرگاه,
en,fa,tide (of 2.5 m),کشند,
"""
BAD_CSV = """source_language,target_language,term,translation
en,fa,,بندر
xx,fa,tide,کشند
"""


def at(view: str, *names: str, query: str = "") -> Address:
    """Return the address of a view whose arguments are the keys of things in the world."""
    return lambda world: reverse(view, args=[getattr(world, name).pk for name in names]) + query


def many(model: str, action: str, *names: str) -> Address:
    """Return the address of a bulk action on rows in the given states, or on all tags."""

    def address(world: SimpleNamespace) -> str:
        things = [world.rows[name].pk for name in names] if model == "piecestate" else world.tags
        url = reverse("wagtail_bulk_action", args=["wagtail_newsroom", model, action])
        return f"{url}?{'&'.join(f'id={key}' for key in things)}"

    return address


@dataclass(frozen=True)
class Screen:
    """A page of the admin, and what is done there before it is looked at."""

    name: str
    address: Address
    prepare: Callable[[Page], Any] | None = None
    who: str = "desk"
    status: int = 200


def agree(page: Page) -> None:
    """Confirms a bulk action."""
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".newsroom-outcomes")).to_be_visible()


def open_filters(page: Page) -> None:
    """Opens the list's filters, and the first of them."""
    page.locator(".w-dropdown--drilldown button").first.click()
    page.locator(".w-drilldown__toggle").first.click()
    expect(page.locator(".w-drilldown__submenu:visible input").first).to_be_visible()


def upload(name: str, content: str | bytes) -> Callable[[Page], None]:
    """Return what uploads a file and waits for the answer."""

    def act(page: Page) -> None:
        data = content.encode() if isinstance(content, str) else content
        page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/plain", "buffer": data}
        )
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()

    return act


def wait_for(selector: str) -> Callable[[Page], None]:
    """Return what waits until something is there."""
    return lambda page: expect(page.locator(selector).first).to_be_visible()


def reviewing(page: Page) -> None:
    """Waits for what the review asks for afterwards."""
    expect(page.locator("[data-newsroom-beside] #newsroom-reasons")).to_be_visible()
    expect(page.locator("[contenteditable]").first).to_be_visible()


def open_changes(page: Page) -> None:
    """Opens what changed since the last approval."""
    reviewing(page)
    page.locator(".newsroom-change summary").first.click()
    page.locator(".newsroom-change").first.scroll_into_view_if_needed()


def disagree(page: Page) -> None:
    """Writes over what somebody else wrote meanwhile."""
    reviewing(page)
    # The browser keeps what was not saved on an earlier visit.
    page.evaluate("localStorage.clear()")
    page.reload()
    reviewing(page)
    width = (page.viewport_size or {"width": 0})["width"]
    place = page.locator("[data-newsroom-editor]").nth(3)
    other = page.context.new_page()
    other.goto(page.url)
    place.click()
    for who, text in ((other, f"متن کسی دیگر {width}"), (page, "متن من")):
        field = who.locator("[data-newsroom-editor]").nth(3)
        field.click()
        who.keyboard.press("Control+a")
        who.keyboard.insert_text(text)
        if who is other:
            expect(field.locator("xpath=..").locator("[data-newsroom-status]")).not_to_be_empty()
            other.wait_for_timeout(1200)
    expect(page.locator(".newsroom-conflict [data-theirs]")).to_be_visible()
    other.close()


def press(*names: str) -> Callable[[Page], None]:
    """Return what clicks on things, one after the other."""

    def act(page: Page) -> None:
        for name in names:
            page.locator(name).first.click()

    return act


LIST = "newsroom_translations:index"
REVIEW = "wagtail_newsroom_review"
EDIT = "wagtailadmin_pages:edit"
AUTHORS = "wagtailsnippets_wagtail_newsroom_author"
ADD_BLOCK = '[data-contentpath="body"] .c-sf-add-button'

SCREENS = [
    Screen("home", at("wagtailadmin_home")),
    Screen("list", at(LIST)),
    Screen("list-filters", at(LIST), open_filters),
    Screen("list-filtered", at(LIST, query="?state=draft&state=partial&ordering=-since")),
    Screen("list-empty", at(LIST, query="?q=nothing-at-all")),
    Screen("list-translator", at(LIST), who="translator"),
    Screen("list-by-piece", at(LIST, query="?by=piece")),
    Screen("jobs", at("wagtail_newsroom_jobs")),
    Screen("record", at("wagtail_newsroom_record")),
    Screen("schedule", at("wagtail_newsroom_schedule", "draft")),
    Screen("bulk-schedule", many("piecestate", "newsroom_schedule", "draft", "approved")),
    Screen("bulk-unpublish", many("piecestate", "newsroom_unpublish", "published")),
    Screen("bulk-withdraw", many("piecestate", "newsroom_withdraw", "published")),
    Screen("section-settings", at(EDIT, "news"), press("[role=tab] >> nth=2")),
    Screen("account", at("wagtailadmin_account"), press("[role=tab] >> nth=1")),
    Screen("bulk-translate", many("piecestate", "newsroom_translate", "missing", "draft")),
    Screen("bulk-assign", many("piecestate", "newsroom_assign", "missing", "draft", "outdated")),
    Screen("bulk-nothing", many("piecestate", "newsroom_approve")),
    Screen("bulk-result", many("piecestate", "newsroom_retry", "missing", "draft"), agree),
    Screen("translate", at("wagtail_newsroom_translate", "article")),
    Screen("translate-partial", at("wagtail_newsroom_translate", "source_of_partial")),
    Screen("job-running", at("wagtail_newsroom_job", "running_job")),
    Screen("job-done", at("wagtail_newsroom_job", "draft_job")),
    Screen("job-partial", at("wagtail_newsroom_job", "partial_job")),
    Screen("job-failed", at("wagtail_newsroom_job", "failed_job")),
    Screen("review", at(REVIEW, "long"), reviewing),
    Screen("review-translator", at(REVIEW, "long"), reviewing, who="translator"),
    Screen("review-changed", at(REVIEW, "long"), open_changes),
    Screen(
        "review-near", lambda world: at(REVIEW, "long")(world) + f"?near={world.near.pk}", reviewing
    ),
    Screen("review-keys", at(REVIEW, "long"), press("[data-newsroom-help]")),
    Screen("review-conflict", at(REVIEW, "long"), disagree),
    Screen("beside", at("wagtail_newsroom_beside", "long")),
    Screen("preview", at("wagtail_newsroom_preview", "long")),
    Screen("editor", at(EDIT, "article")),
    Screen("editor-fa", at(EDIT, "article_fa")),
    Screen("editor-blocks", at(EDIT, "article"), press(ADD_BLOCK)),
    Screen("editor-newsroom", at(EDIT, "article"), press("[role=tab] >> nth=2")),
    Screen("bylines", at("wagtail_newsroom_bylines", "article")),
    Screen("memory", at("newsroom_memory:index")),
    Screen("memory-empty", at("newsroom_memory:index", query="?q=nothing-at-all")),
    Screen("memory-edit", at("newsroom_memory:edit", "entry")),
    Screen("memory-import", at("newsroom_memory:import")),
    Screen("memory-refused", at("newsroom_memory:import"), upload("memory.tmx", TMX)),
    Screen("glossary", at("newsroom_glossary:index")),
    Screen("glossary-edit", at("newsroom_glossary:edit", "term")),
    Screen("glossary-import", at("newsroom_glossary:import")),
    Screen("glossary-preview", at("newsroom_glossary:import"), upload("terms.csv", CSV)),
    Screen("glossary-refused", at("newsroom_glossary:import"), upload("terms.csv", BAD_CSV)),
    Screen("engines", at("wagtail_newsroom_engines")),
    Screen("tags", at("newsroom_tags:index")),
    Screen("tags-edit", at("newsroom_tags:edit", "tag")),
    Screen("tags-delete", at("newsroom_tags:delete", "tag")),
    Screen("tags-names", many("tag", "accept_names")),
    Screen("tags-merge", many("tag", "merge_tags")),
    Screen("authors", at(f"{AUTHORS}:list")),
    Screen("author-edit", at(f"{AUTHORS}:edit", "author")),
    Screen("author-delete", at(f"{AUTHORS}:delete", "author")),
    Screen("image-texts", at("newsroom_image_texts:index")),
    Screen("image-text-edit", at("newsroom_image_texts:edit", "image_text")),
    Screen("image", at("wagtailimages:edit", "image")),
    Screen("withdraw", at("wagtail_newsroom_withdraw", "published")),
    Screen("restore", at("wagtail_newsroom_restore", "withdrawn")),
    Screen("social", at("newsroom_social:index")),
    Screen("social-edit", at("newsroom_social:edit", "social")),
    Screen("page-listing", at("wagtailadmin_explore", "news")),
    Screen("page-history", at("wagtailadmin_pages:history", "published")),
]
