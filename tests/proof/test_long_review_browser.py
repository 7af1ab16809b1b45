"""The review of a long piece in a real browser: the first passages can be written in at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.urls import reverse
from playwright.sync_api import APIResponse, Browser, Page, Route, expect
from wagtail.users.models import UserProfile

from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage

from .browsing import DESKTOP, PATIENCE, PHONE, Visit, running_site
from .newsroom import Newsroom

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning"),
]

FIRST, COUNT = 60, 131
REST = "**/rest/?after=*"


@pytest.fixture
def db(newsroom: Newsroom) -> Newsroom:
    """The database of a running site, in place of the tests'."""
    return newsroom


@pytest.fixture
def draft(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> Any:
    """A machine draft of a long piece."""
    body = [("paragraph", f"<p>Part <b>{n}</b> of the delta.</p>") for n in range(COUNT - 1)]
    actions.request_translation(write(body=body), paper.persian, user=editor)
    run_jobs()
    return localize.Translation.objects.get()


@pytest.fixture
def keys(draft: Any) -> list[int]:
    """The keys of the passages, in reading order."""
    return [segment.pk for segment in localize.segments(draft)]


@pytest.fixture
def review(draft: Any) -> str:
    """The address of the review."""
    return reverse("wagtail_newsroom_review", args=[draft.pk])


@pytest.fixture
def site(keys: list[int], translator: User, settings: Any) -> Iterator[str]:
    """The running site's address."""
    settings.WAGTAIL_GRAVATAR_PROVIDER_URL = None
    with running_site() as url:
        yield url


@pytest.fixture
def visit(site: str, browser: Browser) -> Visit:
    """An editor in the admin."""
    visit = Visit(browser, site)
    visit.log_in("editor")
    return visit


@pytest.fixture
def locked(draft: Any, translator: User) -> None:
    """Somebody else has locked the piece."""
    target = localize.target_of(draft)
    target.locked, target.locked_by = True, translator
    target.save(update_fields=["locked", "locked_by"])


class Held:
    """Keeps the request for the rest until it is let go."""

    def __init__(self, page: Page) -> None:
        self.is_open = False
        self.routes: list[Route] = []
        page.route(REST, self._take)

    def _take(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.routes.append(route)

    def let_go(self) -> None:
        """Lets the request through, also one that is still to come."""
        self.is_open = True
        for route in self.routes:
            route.continue_()


class Late:
    """Has an address answered at once, and keeps the answer until it is let go."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.answers: list[tuple[Route, APIResponse]] = []
        page.route(address, lambda route: self.answers.append((route, route.fetch())))

    def wait(self) -> None:
        """Waits until there is an answer."""
        until = time.monotonic() + PATIENCE / 1000
        while not self.answers and time.monotonic() < until:
            self.page.wait_for_timeout(50)
        assert len(self.answers) == 1

    def let_go(self) -> None:
        """Hands out the answer."""
        for route, response in self.answers:
            route.fulfill(response=response)
        self.answers.clear()


def hear(page: Page) -> None:
    """Have the review ask now what others changed."""
    with page.expect_response("**/here/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def expect_whole(page: Page, count: int = COUNT) -> None:
    """Wait until all passages stand there and can be written in."""
    expect(page.locator("[data-newsroom-rest]")).to_have_count(0)
    expect(page.locator("[contenteditable][role=textbox]")).to_have_count(count)


def focused(page: Page) -> int:
    """Return the key of the passage that the caret stands in."""
    return int(
        page.evaluate("document.activeElement.closest('[data-newsroom-row]').dataset.newsroomRow")
    )


def test_one_writes_before_the_rest_is_there_and_nothing_is_lost(
    visit: Visit, keys: list[int], review: str
) -> None:
    page = visit.page
    held = Held(page)
    page.goto(review)
    expect(page.locator("[contenteditable][role=textbox]")).to_have_count(FIRST)
    approve = page.get_by_role("button", name="Approve", exact=True)
    expect(approve).to_be_disabled()
    expect(page.get_by_role("link", name=f"Show all {COUNT} passages")).to_be_visible()
    expect(page.locator("#newsroom-counts")).to_contain_text(f"in the first {FIRST} passages")
    visit.picture("review-long-first", DESKTOP)
    editor = page.locator(f"#segment-{keys[2]} [data-newsroom-editor]")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("بخش یکم")
    held.let_go()
    expect_whole(page)
    page.keyboard.insert_text(" دلتا")
    expect(editor).to_have_text("بخش یکم دلتا")
    assert focused(page) == keys[2]
    expect(page.locator(f"#segment-{keys[2]} [data-newsroom-status]")).to_have_text("Saved.")
    expect(approve).to_be_enabled()
    expect(page.locator("#newsroom-counts")).to_have_text(
        "Open errors: 1. Without a translation: 0."
    )
    order = page.locator("[data-newsroom-row]").evaluate_all(
        "rows => rows.map((row) => Number(row.dataset.newsroomRow))"
    )
    assert order == keys
    visit.assert_clean()


def test_passage_of_the_rest_is_written_and_approved(
    visit: Visit, keys: list[int], review: str
) -> None:
    page, last = visit.page, keys[-1]
    page.goto(review)
    expect_whole(page)
    row = page.locator(f"#segment-{last}")
    row.locator("[data-newsroom-editor]").click()
    page.keyboard.press("End")
    page.keyboard.insert_text(" پایان")
    expect(row.locator("[data-newsroom-status]")).to_have_text("Saved.")
    page.keyboard.press("Alt+a")
    expect(row.locator(".newsroom-approved")).to_contain_text("editor")
    row.get_by_role("link", name="Comment").click()
    row.get_by_label("Comment on this passage").fill("Done.")
    row.get_by_role("button", name="Add the comment").click()
    expect(row.locator(".newsroom-remarks")).to_contain_text("Done.")
    visit.assert_clean()


def test_keys_wait_for_passages_that_are_still_to_come(
    visit: Visit, keys: list[int], review: str
) -> None:
    page = visit.page
    held = Held(page)
    page.goto(review)
    page.locator(f"#segment-{keys[0]} [data-newsroom-editor]").click()
    page.keyboard.press("Alt+ArrowDown")
    assert focused(page) == keys[1]
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    assert focused(page) == keys[0]
    held.let_go()
    expect(page.locator(f"#segment-{keys[-1]} [data-newsroom-editor]")).to_be_focused()
    visit.assert_clean()


def test_the_way_back_from_nowhere_begins_at_the_last_passage(
    visit: Visit, keys: list[int], review: str
) -> None:
    page = visit.page
    held = Held(page)
    page.goto(review)
    page.get_by_role("button", name="Previous", exact=True).click()
    held.let_go()
    expect(page.locator(f"#segment-{keys[-1]} [data-newsroom-editor]")).to_be_focused()
    visit.assert_clean()


@pytest.mark.parametrize("goes_on", ["by writing", "elsewhere", "by keys"])
def test_keys_that_wait_take_the_caret_from_nobody_who_went_on(
    visit: Visit, keys: list[int], review: str, goes_on: str
) -> None:
    page = visit.page
    held = Held(page)
    page.goto(review)
    page.locator(f"#segment-{keys[0]} [data-newsroom-editor]").click()
    page.keyboard.press("Alt+ArrowUp")
    match goes_on:
        case "by writing":
            page.keyboard.insert_text("!")
        case "elsewhere":
            page.locator(f"#segment-{keys[3]} [data-newsroom-editor]").click()
        case _:
            page.keyboard.press("Alt+ArrowDown")
    stands = focused(page)
    held.let_go()
    expect_whole(page)
    page.wait_for_timeout(300)
    assert focused(page) == stands
    visit.assert_clean()


def test_who_stands_at_the_link_stands_at_the_passages_that_replace_it(
    visit: Visit, keys: list[int], review: str
) -> None:
    page = visit.page
    held = Held(page)
    page.goto(review)
    page.locator("[data-newsroom-rest] a").focus()
    held.let_go()
    expect_whole(page)
    expect(page.locator(f"#segment-{keys[FIRST]} [data-newsroom-editor]")).to_be_focused()
    visit.assert_clean()


def test_rows_that_can_be_written_are_not_told_to_be_busy(
    visit: Visit, keys: list[int], review: str
) -> None:
    """What happens in a busy part is not read out: nobody would hear that a text is saved."""
    page = visit.page
    held = Held(page)
    page.goto(review)
    expect(page.locator("[contenteditable][role=textbox]")).to_have_count(FIRST)
    expect(page.locator("[data-newsroom-rest][aria-busy=true]")).to_have_count(1)
    expect(page.locator("[aria-busy=true] [data-newsroom-status]")).to_have_count(0)
    held.let_go()
    expect_whole(page)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def test_sound_passages_can_be_approved_when_an_error_came_before_the_rest(
    visit: Visit, keys: list[int], review: str
) -> None:
    page = visit.page
    late = Late(page, REST)
    page.goto(review)
    sound = page.get_by_role("button", name="Approve all without open errors")
    page.locator(f"#segment-{keys[2]} [data-newsroom-editor]").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("بخش یکم")
    expect(page.locator(f"#segment-{keys[2]} [data-newsroom-status]")).to_have_text("Saved.")
    late.let_go()
    expect_whole(page)
    expect(sound).to_be_enabled()
    sound.click()
    expect(page.get_by_text(f"{COUNT - 1} passages are approved.")).to_be_visible()


def test_who_may_only_read_goes_through_the_rest_and_is_not_led_away(
    locked: None, visit: Visit, keys: list[int], review: str
) -> None:
    page = visit.page
    held = Held(page)
    page.goto(f"{review}#segment-{keys[-5]}")
    page.locator("[data-newsroom-people]").wait_for(state="attached")
    expect(page.get_by_role("link", name=f"Show all {COUNT} passages")).to_be_visible()
    page.wait_for_timeout(300)
    page.keyboard.press("Alt+ArrowDown")
    assert focused(page) == keys[0]
    held.let_go()
    expect(page.locator("[data-newsroom-rest]")).to_have_count(0)
    expect(page.locator("[data-newsroom-row]")).to_have_count(COUNT)
    expect(page.locator("[contenteditable]")).to_have_count(0)
    page.wait_for_timeout(300)
    expect(page.locator(f"#segment-{keys[0]}")).to_be_in_viewport()
    page.keyboard.press("Alt+ArrowUp")
    assert focused(page) == keys[-1]
    visit.assert_clean()


def test_address_of_a_late_passage_leads_there(visit: Visit, keys: list[int], review: str) -> None:
    page, late = visit.page, keys[-5]
    page.goto(f"{review}#segment-{late}")
    expect_whole(page)
    expect(page.locator(f"#segment-{late}")).to_be_in_viewport()
    page.reload()
    expect_whole(page)
    expect(page.locator(f"#segment-{late}")).to_be_in_viewport()
    visit.assert_clean()


def test_who_loads_the_page_again_comes_back_to_the_passage(
    visit: Visit, keys: list[int], review: str
) -> None:
    page = visit.page
    page.goto(review)
    expect_whole(page)
    for key in (keys[-5], keys[40]):
        page.locator(f"#segment-{key} [data-newsroom-editor]").click()
        page.reload()
        expect_whole(page)
        expect(page.locator(f"#segment-{key}")).to_be_in_viewport()
    page.go_back()
    expect(page).not_to_have_url(f"{visit.url}{review}#segment-{keys[40]}")
    visit.assert_clean()


def test_text_of_an_earlier_visit_is_offered_where_the_passage_comes_late(
    visit: Visit, keys: list[int], review: str
) -> None:
    page, late = visit.page, keys[-1]
    page.goto(review)
    expect_whole(page)
    visit.context.clear_cookies()
    page.locator(f"#segment-{late} [data-newsroom-editor]").click()
    page.keyboard.press("End")
    page.keyboard.insert_text(" نانوشته")
    expect(page.locator(f"#segment-{late} [data-newsroom-status]")).to_contain_text("signed out")
    page = visit.come_again("editor")
    page.goto(review)
    expect_whole(page)
    panel = page.locator(f"#segment-{late} .newsroom-conflict")
    expect(panel.locator("[data-mine]")).to_contain_text("نانوشته")


def test_what_others_write_while_the_rest_comes_is_read(
    visit: Visit, keys: list[int], review: str, browser: Browser, site: str
) -> None:
    page, late = visit.page, keys[-1]
    page.goto(review)
    expect_whole(page)
    other = Visit(browser, site)
    other.log_in("translator")
    held = Held(other.page)
    other.page.goto(review)
    expect(other.page.locator("[contenteditable][role=textbox]")).to_have_count(FIRST)
    page.locator(f"#segment-{late} [data-newsroom-editor]").click()
    page.keyboard.press("End")
    page.keyboard.insert_text(" دیگر")
    expect(page.locator(f"#segment-{late} [data-newsroom-status]")).to_have_text("Saved.")
    held.let_go()
    expect_whole(other.page)
    expect(other.page.locator(f"#segment-{late} [data-newsroom-editor]")).to_contain_text("دیگر")
    other.assert_clean()


def test_what_others_write_is_read_where_the_rest_comes_amid_their_news(
    visit: Visit, keys: list[int], review: str, browser: Browser, site: str
) -> None:
    page, late = visit.page, keys[-1]
    rest = Late(page, REST)
    with page.expect_response("**/here/"):
        page.goto(review)
    rest.wait()
    other = Visit(browser, site)
    other.log_in("translator")
    other.page.goto(review)
    expect_whole(other.page)
    for key in (keys[5], late):
        row = other.page.locator(f"#segment-{key}")
        row.locator("[data-newsroom-editor]").click()
        other.page.keyboard.press("End")
        other.page.keyboard.insert_text(" دیگر")
        expect(row.locator("[data-newsroom-status]")).to_have_text("Saved.")
    # The news of both come, then the rest as it was before them, then what the first one is.
    first = Late(page, f"**/segments/{keys[5]}/")
    hear(page)
    first.wait()
    rest.let_go()
    expect_whole(page)
    first.let_go()
    expect(page.locator(f"#segment-{keys[5]} [data-newsroom-editor]")).to_contain_text("دیگر")
    hear(page)
    expect(page.locator(f"#segment-{late} [data-newsroom-editor]")).to_contain_text("دیگر")
    visit.assert_clean()


def test_what_another_took_back_after_the_rest_came_is_read(
    visit: Visit, keys: list[int], review: str, browser: Browser, site: str
) -> None:
    page, late = visit.page, keys[-1]
    other = Visit(browser, site)
    other.log_in("translator")
    other.page.goto(review)
    expect_whole(other.page)
    held = Held(page)
    with page.expect_response("**/here/"):
        page.goto(review)
    expect(page.locator("[contenteditable][role=textbox]")).to_have_count(FIRST)
    text = page.locator(f"#segment-{late} [data-newsroom-editor]")
    row = other.page.locator(f"#segment-{late}")
    row.locator("[data-newsroom-editor]").click()
    other.page.keyboard.press("End")
    other.page.keyboard.insert_text(" دیگر")
    expect(row.locator("[data-newsroom-status]")).to_have_text("Saved.")
    held.let_go()
    expect_whole(page)
    expect(text).to_contain_text("دیگر")
    with other.page.expect_response(f"**/segments/{late}/"):
        other.page.keyboard.press("Control+z")
    hear(page)
    expect(text).not_to_contain_text("دیگر")
    visit.assert_clean()


@pytest.mark.parametrize("is_gone", [False, True], ids=["moved", "gone"])
def test_passages_that_moved_before_the_rest_came_are_not_passed_over(
    is_gone: bool,
    draft: Any,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    visit: Visit,
    review: str,
) -> None:
    page = visit.page
    held = Held(page)
    page.goto(review)
    expect(page.locator("[contenteditable][role=textbox]")).to_have_count(FIRST)

    def move() -> None:
        original = localize.sides_of(draft)[0].specific
        moved = original.body.pop(FIRST - 2)
        if not is_gone:
            original.body.append((moved.block_type, moved.value, moved.id))
        original.save_revision().publish()
        actions.request_translation(original, paper.persian, user=editor)
        run_jobs()
        connections.close_all()

    with ThreadPoolExecutor(1) as other:
        other.submit(move).result()
    held.let_go()
    place = page.locator("[data-newsroom-rest]")
    expect(place).to_contain_text("The original changed since you opened this page.")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_disabled()
    place.get_by_role("link").click()
    expect_whole(page, COUNT - is_gone)
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_enabled()


@pytest.mark.parametrize("status", [500, 403, 410, None])
def test_rest_that_does_not_come_is_said_and_reached_by_the_link(
    visit: Visit, keys: list[int], review: str, status: int | None
) -> None:
    page = visit.page

    def fail(route: Route) -> None:
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, body="<h1>No</h1>")

    page.route(REST, fail)
    page.goto(review)
    place = page.locator("[data-newsroom-rest]")
    expect(place).to_contain_text("The other passages could not be read.")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_disabled()
    page.locator(f"#segment-{keys[1]} [data-newsroom-editor]").click()
    page.keyboard.insert_text("!")
    expect(page.locator(f"#segment-{keys[1]} [data-newsroom-status]")).to_have_text("Saved.")
    place.get_by_role("link").click()
    expect_whole(page)
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_enabled()


def test_rest_is_asked_for_again_when_the_connection_is_back(
    visit: Visit, keys: list[int], review: str
) -> None:
    page = visit.page
    page.route(REST, lambda route: route.abort())
    page.goto(review)
    expect(page.locator("[data-newsroom-rest]")).to_contain_text("could not be read")
    page.unroute(REST)
    visit.context.set_offline(True)
    visit.context.set_offline(False)
    expect_whole(page)
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_enabled()


def test_without_scripts_a_link_leads_to_all_passages(
    keys: list[int], review: str, site: str, browser: Browser
) -> None:
    visit = Visit(browser, site, java_script_enabled=False)
    visit.log_in("editor")
    page = visit.page
    page.goto(review)
    page.get_by_role("link", name=f"Show all {COUNT} passages").click()
    late = page.locator(f"#segment-{keys[-1]}")
    late.get_by_role("link", name="Comment").click()
    page.get_by_label("Comment on this passage").fill("Why so?")
    page.get_by_role("button", name="Add the comment").click()
    expect(late.locator(".newsroom-remarks")).to_contain_text("Why so?")
    expect(page.locator("[data-newsroom-row]")).to_have_count(COUNT)
    assert page.url.endswith(f"?whole=1#segment-{keys[-1]}")


@pytest.fixture(params=["en", "fa"])
def language(request: Any, editor: User, draft: Any) -> Any:
    """The language of the editor's admin."""
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = request.param
    profile.save()
    return request.param


def test_long_review_on_a_phone_is_not_wider_than_it(
    language: str, visit: Visit, review: str
) -> None:
    page = visit.page
    held = Held(page)
    visit.resize(PHONE)
    page.goto(review)
    expect(page.locator("[contenteditable][role=textbox]")).to_have_count(FIRST)
    first = {"en": "in the first 60 passages", "fa": "در ۶۰ بند نخست"}[language]
    expect(page.locator("#newsroom-counts")).to_contain_text(first)
    page.locator("[data-newsroom-rest] a").scroll_into_view_if_needed()
    visit.picture(f"review-long-phone-{language}", PHONE, whole=False)
    assert visit.overflow == 0
    held.let_go()
    expect_whole(page)
    assert visit.overflow == 0
    visit.assert_clean()
