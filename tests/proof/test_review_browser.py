"""Writing at the review in a real browser: nothing typed is lost, nothing of others overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect
from wagtail.users.models import UserProfile

from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, GlossaryTerm

from .browsing import DESKTOP, Visit, running_site
from .newsroom import Newsroom

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning"),
]

NARROW = (320, 720)


@pytest.fixture
def db(newsroom: Newsroom) -> Newsroom:
    """The database of a running site, in place of the tests'."""
    return newsroom


@pytest.fixture
def draft(
    article: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> Any:
    """A machine draft with a term of the glossary in it."""
    GlossaryTerm.objects.create(
        term="river", translation="رود", source_language="en", target_language="fa"
    )
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    return localize.translations_of(article).get()


@pytest.fixture
def numbers(draft: Any) -> dict[str, int]:
    """The keys of the segments by the beginnings of their sources."""
    return {segment.source[:9]: segment.pk for segment in localize.segments(draft)}


@pytest.fixture
def review(draft: Any) -> str:
    """The address of the review."""
    return reverse("wagtail_newsroom_review", args=[draft.pk])


@pytest.fixture
def site(draft: Any, translator: User, settings: Any) -> Iterator[str]:
    """The running site's address."""
    settings.WAGTAIL_GRAVATAR_PROVIDER_URL = None
    with running_site() as url:
        yield url


def row(page: Page, number: int) -> Locator:
    """Return a segment's row."""
    return page.locator(f"#segment-{number}")


def editor_of(page: Page, number: int) -> Locator:
    """Return the place where a segment is written."""
    return row(page, number).locator("[data-newsroom-editor]")


def write(page: Page, number: int, text: str) -> None:
    """Write a text over what stands there, by keys."""
    place = editor_of(page, number)
    place.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def visit_as(name: str, browser: Browser, site: str, review: str, **context: Any) -> Visit:
    """Open the review as a person."""
    visit = Visit(browser, site, **context)
    visit.log_in(name)
    visit.page.goto(review)
    expect(visit.page.locator("[data-newsroom-beside] #newsroom-reasons")).to_be_visible()
    return visit


def test_what_is_typed_is_saved_and_there_after_a_reload(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page, heading = visit.page, numbers["What come"]
    write(page, heading, "بعد چه می‌شود؟")
    expect(row(page, heading).locator("[data-newsroom-status]")).to_have_text("Saved.")
    expect(row(page, heading).locator("[data-newsroom-origin]")).to_contain_text("editor")
    visit.picture("review-typed", DESKTOP)
    page.reload()
    expect(editor_of(page, heading)).to_have_text("بعد چه می‌شود؟")
    expect(page.locator(".newsroom-conflict")).to_have_count(0)
    visit.assert_clean()


def test_two_browsers_at_one_segment_choose_by_hand(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    heading = numbers["What come"]
    first = visit_as("editor", browser, site, review)
    second = visit_as("translator", browser, site, review)
    write(first.page, heading, "متن نخست")
    expect(row(first.page, heading).locator("[data-newsroom-status]")).to_have_text("Saved.")
    write(second.page, heading, "متن دوم")
    panel = row(second.page, heading).locator(".newsroom-conflict")
    expect(panel.locator("[data-theirs]")).to_have_text("متن نخست")
    expect(panel.locator("[data-mine]")).to_have_text("متن دوم")
    expect(panel.locator("[data-by]")).to_have_text("editor")
    second.picture("review-conflict", DESKTOP, whole=False)
    # The server said no with a status of its own, which the console tells; nothing else.
    assert all("409" in error for error in second.errors)
    first.page.reload()
    expect(editor_of(first.page, heading)).to_have_text("متن نخست")
    panel.get_by_role("button", name="Keep mine").click()
    expect(row(second.page, heading).locator("[data-newsroom-status]")).to_have_text("Saved.")
    first.page.reload()
    expect(editor_of(first.page, heading)).to_have_text("متن دوم")
    # And the other way.
    write(second.page, heading, "متن سوم")
    expect(row(second.page, heading).locator("[data-newsroom-status]")).to_have_text("Saved.")
    write(first.page, heading, "متن چهارم")
    panel = row(first.page, heading).locator(".newsroom-conflict")
    panel.get_by_role("button", name="Take theirs").click()
    expect(editor_of(first.page, heading)).to_have_text("متن سوم")


def test_a_lost_connection_loses_nothing(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page, heading = visit.page, numbers["What come"]
    visit.context.set_offline(True)
    write(page, heading, "در قطار نوشته")
    expect(row(page, heading).locator("[data-newsroom-status]")).to_contain_text(
        "kept in this browser"
    )
    visit.context.set_offline(False)
    expect(row(page, heading).locator("[data-newsroom-status]")).to_have_text("Saved.")


def test_a_text_that_the_server_never_had_is_offered_at_the_next_visit(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page, paragraph = visit.page, numbers["Engineers"]
    # Signed out, not offline: what a closing page still sends must not get through.
    visit.context.clear_cookies()
    write(page, paragraph, "نیمه‌کاره")
    expect(row(page, paragraph).locator("[data-newsroom-status]")).to_contain_text("signed out")
    page = visit.come_again("editor")
    page.goto(review)
    panel = row(page, paragraph).locator(".newsroom-conflict")
    expect(panel.locator("[data-mine]")).to_have_text("نیمه‌کاره")
    panel.get_by_role("button", name="Take it up").click()
    expect(row(page, paragraph).locator("[data-newsroom-status]")).to_have_text("Saved.")
    page.reload()
    expect(editor_of(page, paragraph)).to_have_text("نیمه‌کاره")
    expect(page.locator(".newsroom-conflict")).to_have_count(0)


def test_links_and_bold_are_kept_while_somebody_writes(
    draft: Any, numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page = visit.page
    place = page.locator("[data-rich][data-newsroom-editor]").first
    number = int((place.get_attribute("id") or "").rpartition("-")[2])
    expect(place.locator("a[data-id=a1]")).to_have_count(1)
    place.click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("آغاز ")
    # Pasted things lose what does not belong, and bring no second link.
    place.evaluate(
        """(place) => {
          const data = new DataTransfer();
          data.setData('text/plain', 'x');
          data.setData('text/html',
            '<p style="color:red" onclick="x()">دو <b>سه</b> <a data-id="a1" href="/">چهار</a>'
            + '<img src=x onerror="window.hurt = 1"></p>');
          place.dispatchEvent(new ClipboardEvent('paste',
            { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(row(page, number).locator("[data-newsroom-status]")).to_have_text("Saved.")
    page.reload()
    place = editor_of(page, number)
    expect(place.locator("a[data-id=a1]")).to_have_count(1)
    expect(place.locator("b")).to_have_count(2)
    expect(place).to_contain_text("آغاز دو سه چهار")
    assert place.locator("img, p, [style]").count() == 0
    assert page.evaluate("window.hurt") is None
    visit.assert_clean()


def test_everything_is_done_by_keys(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page = visit.page
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the review")).to_be_visible()
    visit.picture("review-keys", DESKTOP, whole=False)
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+ArrowDown")
    focused = "document.activeElement.id"
    first = page.evaluate(focused)
    assert first == page.locator("[data-newsroom-editor]").first.get_attribute("id")
    page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate(focused) != first
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate(focused) == first
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("می")
    page.keyboard.press("Shift+Space")
    page.keyboard.insert_text("رود")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    number = int(first.rpartition("-")[2])
    expect(row(page, number).locator("[data-newsroom-status]")).to_have_text("Saved.")
    page.reload()
    assert editor_of(page, number).text_content() == "می\u200cرود"
    visit.assert_clean()


def test_approving_waits_for_what_is_written(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page, heading = visit.page, numbers["What come"]
    write(page, heading, "بعد چه می‌شود؟")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("The translation is approved.")
    expect(editor_of(page, heading)).to_have_text("بعد چه می‌شود؟")
    expect(page.get_by_role("button", name="Publish")).to_be_enabled()
    visit.assert_clean()


def test_one_passage_is_approved_by_keys_and_the_text_takes_it_back(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page, heading = visit.page, numbers["What come"]
    write(page, heading, "بعد چه می‌شود؟")
    page.keyboard.press("Alt+a")
    origin = row(page, heading).locator("[data-newsroom-origin]")
    expect(origin).to_contain_text("Approved by")
    expect(row(page, heading)).to_have_attribute("data-approved", "")
    # On to the next that waits.
    focused = page.evaluate("document.activeElement.id")
    assert focused not in ("", f"newsroom-text-{heading}")
    visit.picture("review-passage-approved", DESKTOP)
    write(page, heading, "چیزی دیگر")
    expect(row(page, heading).locator("[data-newsroom-status]")).to_have_text("Saved.")
    expect(origin.get_by_role("button", name="Approve this text")).to_be_visible()
    expect(origin).not_to_contain_text("Approved by")
    origin.get_by_role("button", name="Approve this text").click()
    expect(origin).to_contain_text("Approved by")
    visit.assert_clean()


def test_keys_approve_what_was_just_written_where_a_text_was_missing_or_approved(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page, heading = visit.page, numbers["What come"]
    status = row(page, heading).locator("[data-newsroom-status]")
    origin = row(page, heading).locator("[data-newsroom-origin]")
    page.locator(f"#newsroom-text-{heading}").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Control+s")
    expect(status).to_have_text("Saved.")
    expect(origin).not_to_contain_text("Approve this text")
    for text in ("بعد چه می‌شود؟", "چیزی دیگر"):
        write(page, heading, text)
        page.keyboard.press("Alt+a")
        expect(origin).to_contain_text("Approved by")
        expect(row(page, heading)).to_have_attribute("data-approved", "")
        expect(editor_of(page, heading)).to_have_text(text)
    visit.assert_clean()


def test_what_others_write_and_say_appears_by_itself_but_not_under_the_hands(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    heading, paragraph = numbers["What come"], numbers["Engineers"]
    first = visit_as("editor", browser, site, review)
    second = visit_as("translator", browser, site, review)
    patient = 25_000
    expect(second.page.locator("[data-newsroom-people]")).to_contain_text("editor")
    expect(first.page.locator("[data-newsroom-people]")).to_contain_text(
        "translator", timeout=patient
    )
    # The second stands in the heading, and has written nothing there.
    editor_of(second.page, heading).click()
    write(first.page, heading, "متن نخست")
    expect(row(first.page, heading).locator("[data-newsroom-status]")).to_have_text("Saved.")
    row(first.page, paragraph).get_by_role("link", name="Comment").click()
    field = row(first.page, paragraph).get_by_label("Comment on this passage")
    expect(field).to_be_focused()
    field.fill("Which dam?")
    row(first.page, paragraph).get_by_role("button", name="Add the comment").click()
    expect(first.page.locator("[data-newsroom-remarks]")).to_have_text("Open comments: 1.")
    remarks = row(second.page, paragraph).locator(".newsroom-remarks")
    expect(remarks).to_contain_text("Which dam?", timeout=patient)
    expect(row(second.page, heading).locator("[data-newsroom-status]")).to_contain_text(
        "you see it when you leave the text", timeout=patient
    )
    expect(editor_of(second.page, heading)).not_to_have_text("متن نخست")
    second.picture("review-others", DESKTOP)
    editor_of(second.page, paragraph).click()
    expect(editor_of(second.page, heading)).to_have_text("متن نخست")
    # And what is written from there on is no conflict.
    write(second.page, heading, "متن دوم")
    expect(row(second.page, heading).locator("[data-newsroom-status]")).to_have_text("Saved.")
    remarks.get_by_role("button", name="Settle").click()
    expect(remarks).to_contain_text("Settled by")
    expect(second.page.locator("[data-newsroom-remarks]")).to_be_hidden()
    for visit in (first, second):
        visit.assert_clean()


def test_who_signs_in_again_in_another_tab_goes_on_and_hears_of_others(
    numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page, heading = visit.page, numbers["What come"]
    approval = row(page, heading).get_by_role("button", name="Approve this text")
    visit.context.clear_cookies()
    approval.click()
    expect(row(page, heading).locator("[data-newsroom-status]")).to_contain_text("signed out")
    visit.page = visit.context.new_page()
    visit.log_in("editor")
    with page.expect_response(lambda answer: "/here/" in answer.url and answer.ok):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    approval.click()
    expect(row(page, heading).locator("[data-newsroom-origin]")).to_contain_text("Approved by")


def test_another_engine_is_asked_in_the_background_and_its_text_taken(
    newsroom: Newsroom, numbers: dict[str, int], review: str, site: str, browser: Browser
) -> None:
    visit = visit_as("editor", browser, site, review)
    page, heading = visit.page, numbers["What come"]
    write(page, heading, "واژه‌های من")
    expect(row(page, heading).locator("[data-newsroom-status]")).to_have_text("Saved.")
    page.keyboard.press("Alt+c")
    margin = row(page, heading).locator("[data-newsroom-margin]")
    margin.get_by_label("Have a machine suggest another translation").select_option("pseudo")
    visit.picture("review-margin", DESKTOP)
    with newsroom.worker():
        margin.get_by_role("button", name="Ask for it").click()
        expect(margin).to_contain_text("Being translated…")
        expect(margin.get_by_role("button", name="Take this text")).to_be_visible(timeout=30_000)
    expect(editor_of(page, heading)).to_have_text("واژه‌های من")
    offered = margin.locator(".newsroom-offer__text").inner_text()
    margin.get_by_role("button", name="Take this text").click()
    expect(editor_of(page, heading)).to_have_text(offered)
    expect(margin).to_contain_text("Before: editor")
    visit.picture("review-suggestion", DESKTOP)
    margin.get_by_role("button", name="Take this text").click()
    expect(editor_of(page, heading)).to_have_text("واژه‌های من")
    visit.resize(NARROW)
    page.keyboard.press("Escape")
    row(page, heading).get_by_role("link", name="Comment").click()
    visit.picture("review-margin-phone")
    assert visit.overflow == 0
    visit.assert_clean()


def test_list_has_a_column_for_each_language_and_its_progress_moves(
    newsroom: Newsroom, write: Callable[..., ArticlePage], site: str, browser: Browser
) -> None:
    visit = Visit(browser, site)
    visit.log_in("editor")
    page = visit.page
    page.goto(reverse("newsroom_translations:index"))
    page.get_by_role("link", name="A column for each language").click()
    expect(page.get_by_role("columnheader", name="Persian")).to_be_visible()
    page.evaluate("window.neverReloaded = true")
    visit.picture("list-by-language", DESKTOP)
    page.locator("[data-bulk-action-checkbox][data-object-id]").first.check()
    expect(page.locator(".bulk-actions-choices")).to_contain_text("1")
    page.get_by_role("link", name="Translate").first.click()
    page.get_by_role("button", name="Translate").click()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("[data-newsroom-active]")).to_have_count(1)
    page.evaluate("window.neverReloaded = true")
    with newsroom.worker():
        expect(page.locator("[data-newsroom-active]")).to_have_count(0, timeout=30_000)
    assert page.evaluate("window.neverReloaded") is True
    visit.resize(NARROW)
    visit.picture("list-by-language-phone")
    visit.assert_clean()


@pytest.fixture
def persian_editor(editor: User) -> User:
    """The editor, who likes the admin in Persian."""
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = "fa"
    profile.save()
    return editor


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_review_in_a_persian_admin_and_on_a_narrow_phone(
    scheme: str,
    persian_editor: User,
    numbers: dict[str, int],
    review: str,
    site: str,
    browser: Browser,
) -> None:
    visit = visit_as("editor", browser, site, review, color_scheme=scheme)
    page, heading = visit.page, numbers["What come"]
    assert page.evaluate("document.documentElement.dir") == "rtl"
    place = editor_of(page, heading)
    assert place.evaluate("(place) => getComputedStyle(place).direction") == "rtl"
    visit.picture(f"review-persian-{scheme}", DESKTOP)
    visit.resize(NARROW)
    page.reload()
    expect(place).to_have_attribute("role", "textbox")
    visit.picture(f"review-persian-phone-{scheme}")
    assert visit.overflow == 0
    write(page, heading, "کوتاه")
    page.keyboard.press("Tab")
    expect(row(page, heading).locator("[data-newsroom-origin]")).to_contain_text("editor")
    row(page, heading).locator("[data-newsroom-open]").click()
    field = row(page, heading).locator("textarea")
    field.fill("این «کوتاه» بس است؟")
    row(page, heading).locator("[data-newsroom-comment] button").click()
    expect(row(page, heading).locator(".newsroom-remarks")).to_contain_text("بس است؟")
    row(page, heading).locator("[data-newsroom-origin] button").click()
    expect(row(page, heading).locator(".newsroom-approved")).to_be_visible()
    row(page, heading).scroll_into_view_if_needed()
    visit.picture(f"review-persian-phone-margin-{scheme}", whole=False)
    assert visit.overflow == 0
    visit.assert_clean()


def test_without_scripts_the_forms_and_the_way_round_remain(
    review: str, site: str, browser: Browser
) -> None:
    visit = Visit(browser, site, java_script_enabled=False)
    visit.log_in("editor")
    page = visit.page
    page.goto(review)
    expect(page.locator("[contenteditable]")).to_have_count(0)
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Approve this text").first).to_be_visible()
    page.get_by_role("link", name="Comment").first.click()
    page.get_by_label("Comment on this passage").fill("Why so?")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.locator(".newsroom-remarks")).to_contain_text("Why so?")
    page.get_by_role("link", name="What else waits").click()
    expect(page.locator("#newsroom-reasons")).to_be_visible()
