"""The whole way in a real browser, with a real worker; pictures of it are kept in `artifacts/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, expect
from wagtail.users.models import UserProfile

from tests import wire_story
from tests.loopback import LoopbackServer
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, TranslationJob

from .browsing import DESKTOP, PHONE, Visit, running_site
from .newsroom import Newsroom, google_at

# Wagtail leaves the files open in which it makes a picture's sizes (wagtail/images/models.py,
# `generate_rendition_file`); Python says so when it collects them.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning"),
]

ENGLISH = "/en/news/herons-by-ear/"
PERSIAN = "/fa/news/herons-by-ear/"


@pytest.fixture
def db(newsroom: Newsroom) -> Newsroom:
    """The database of the newsroom's processes, in place of the tests'."""
    return newsroom


@pytest.fixture
def chain(far_end: LoopbackServer, newsroom: Newsroom, settings: Any) -> LoopbackServer:
    """Has server and worker ask Google at this machine, in requests small enough to be watched."""
    engines = [google_at(far_end.google_url, max_chars=600, parallel=1)]
    settings.WAGTAIL_NEWSROOM_ENGINES = engines
    newsroom.use(engines)
    return far_end


@pytest.fixture
def site(
    story: ArticlePage, editor: User, translator: User, chain: LoopbackServer, settings: Any
) -> Iterator[str]:
    """The running site's address, with the story and both people."""
    # Wagtail fetches portraits from another site unless it is told not to.
    settings.WAGTAIL_GRAVATAR_PROVIDER_URL = None
    with running_site() as url:
        yield url


@pytest.fixture
def draft(
    story: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    chain: LoopbackServer,
    run_jobs: Callable[[], None],
) -> Any:
    """A finished machine draft of the story."""
    actions.request_translation(story, paper.persian, user=editor)
    run_jobs()
    return localize.translations_of(story).get()


@pytest.fixture
def draft_job(draft: Any) -> TranslationJob:
    """The job that made the draft."""
    return TranslationJob.objects.get(translation=draft)


@pytest.fixture
def published(draft: Any, editor: User) -> Any:
    """The story, live in both languages."""
    actions.approve(draft, user=editor)
    return actions.publish(draft, user=editor)


def test_one_button_leads_from_the_english_editor_to_a_live_persian_page(
    story: ArticlePage, newsroom: Newsroom, chain: LoopbackServer, site: str, browser: Browser
) -> None:
    chain.latency = 0.6
    visit = Visit(browser, site)
    page = visit.page
    visit.log_in("editor")
    page.goto(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    page.evaluate("window.neverReloaded = true")
    row = page.locator(".newsroom-languages__row")
    expect(row).to_contain_text("Not translated")
    with newsroom.worker():
        row.get_by_text("Translate into Persian").click()
        expect(row.locator("progress")).to_be_visible()
        seen = [int(row.locator("progress").get_attribute("value") or 0)]
        while row.locator("progress").count():
            value = page.evaluate(
                "() => document.querySelector('.newsroom-languages__row progress')?.value ?? 100"
            )
            if value not in seen:
                seen.append(int(value))
                if 30 < value < 100:
                    visit.picture("editor-progress", whole=False)
            page.wait_for_timeout(100)
        expect(row).to_contain_text("Machine draft, to be checked")
    assert seen == sorted(seen)
    assert len([value for value in seen if 0 < value < 100]) >= 2
    assert page.evaluate("window.neverReloaded") is True
    visit.picture("editor-drafted", whole=False)

    row.get_by_role("link", name="Show the job").click()
    expect(page.locator(".newsroom-job__status")).to_have_text("Done")
    expect(page.locator(".newsroom-counts").first).to_contain_text("Google Translate")
    visit.picture("job-done")
    page.get_by_role("link", name="Review the translation").click()

    expect(page.locator(".newsroom-review tbody tr")).to_have_count(26)
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    visit.picture("review-draft")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("The translation is approved.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("is published.")
    # Wagtail lets its messages slide in.
    page.wait_for_timeout(800)
    visit.picture("review-published", whole=False)

    page.goto(page.locator(".messages a", has_text="View live").get_attribute("href") or "")
    assert page.url == site + PERSIAN
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "fa",
        "rtl",
    ]
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    page.locator("header").get_by_role("link", name="English").click()
    expect(page).to_have_url(site + ENGLISH)
    expect(page.locator("h1")).to_have_text(wire_story.TITLE)
    page.locator("header").get_by_role("link", name="فارسی").click()
    expect(page).to_have_url(site + PERSIAN)
    visit.assert_clean()


def test_job_page_shows_progress_without_reloading(
    story: ArticlePage, newsroom: Newsroom, chain: LoopbackServer, site: str, browser: Browser
) -> None:
    chain.latency = 0.6
    visit = Visit(browser, site)
    page = visit.page
    visit.log_in("editor")
    page.goto(reverse("wagtail_newsroom_translate", args=[story.pk]))
    visit.picture("translations-page", whole=False)
    page.get_by_text("Translate into Persian").click()
    page.get_by_role("link", name="Show the job").click()
    page.evaluate("window.neverReloaded = true")
    expect(page.locator(".newsroom-job__status")).to_have_text("Queued")
    with newsroom.worker():
        expect(page.locator(".newsroom-job__status")).to_have_text("Translating", timeout=30_000)
        page.wait_for_function("document.querySelector('progress').value > 40")
        visit.picture("job-progress", whole=False)
        expect(page.locator(".newsroom-job__status")).to_have_text("Done", timeout=30_000)
    assert page.evaluate("window.neverReloaded") is True
    visit.assert_clean()


def test_translator_sees_no_approval_and_a_forged_one_changes_nothing(
    draft: Any, site: str, browser: Browser
) -> None:
    review = reverse("wagtail_newsroom_review", args=[draft.pk])
    visit = Visit(browser, site)
    page = visit.page
    visit.log_in("translator")
    page.goto(review)
    expect(page.locator(".newsroom-review tbody tr")).to_have_count(26)
    for name in ("Approve", "Publish"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    visit.picture("review-translator", whole=False)
    token = next(
        cookie["value"] for cookie in visit.context.cookies() if cookie["name"] == "csrftoken"
    )
    for action in ("approve", "publish"):
        answer = visit.context.request.post(
            review,
            form={"action": action, "csrfmiddlewaretoken": token},
            headers={"Referer": site + review},
            max_redirects=0,
        )
        assert (answer.status, answer.headers["location"]) == (302, "/admin/")
        page.goto(review)
        expect(page.locator(".newsroom-state")).to_have_text("Machine draft, to be checked")
    assert visit.context.request.get(PERSIAN).status == 404
    visit.assert_clean()


def test_readers_see_both_languages_on_phone_and_desktop_in_light_and_dark(
    published: Any, site: str, browser: Browser
) -> None:
    for scheme in ("light", "dark"):
        visit = Visit(browser, site, color_scheme=scheme)
        for path, language in ((ENGLISH, "english"), (PERSIAN, "persian")):
            for size, device in ((PHONE, "phone"), (DESKTOP, "desktop")):
                visit.page.goto(path)
                visit.picture(f"{language}-{device}-{scheme}", size)
                assert visit.overflow == 0
        visit.page.goto("/fa/news/")
        visit.picture(f"persian-section-phone-{scheme}", PHONE)
        assert visit.overflow == 0
        visit.assert_clean()
        visit.context.close()


def test_article_can_be_read_without_scripts(published: Any, site: str, browser: Browser) -> None:
    visit = Visit(browser, site, java_script_enabled=False)
    visit.page.goto(PERSIAN)
    visit.page.locator("header").get_by_role("link", name="English").click()
    expect(visit.page.locator("h1")).to_have_text(wire_story.TITLE)


@pytest.fixture
def persian_editor(editor: User) -> User:
    """The editor, who likes the admin in Persian."""
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = "fa"
    profile.save()
    return editor


def test_desk_turns_round_for_an_editor_who_prefers_persian(
    draft: Any,
    draft_job: TranslationJob,
    story: ArticlePage,
    persian_editor: User,
    site: str,
    browser: Browser,
) -> None:
    job = reverse("wagtail_newsroom_job", args=[draft_job.pk])
    visit = Visit(browser, site, color_scheme="light")
    page = visit.page
    visit.log_in("editor")
    for name, path in (
        ("editor", reverse("wagtailadmin_pages:edit", args=[story.pk])),
        ("job", job),
        ("review", reverse("wagtail_newsroom_review", args=[draft.pk])),
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        visit.picture(f"{name}-persian-admin", whole=False)
    visit.assert_clean()


def test_desk_can_be_read_in_the_dark_and_on_a_phone(
    draft: Any, story: ArticlePage, site: str, browser: Browser
) -> None:
    review = reverse("wagtail_newsroom_review", args=[draft.pk])
    visit = Visit(browser, site, color_scheme="dark")
    visit.log_in("editor")
    for name, path in (
        ("editor", reverse("wagtailadmin_pages:edit", args=[story.pk])),
        ("review", review),
    ):
        visit.page.goto(path)
        visit.picture(f"{name}-dark", DESKTOP, whole=False)
    visit.resize(PHONE)
    # The admin's menu slides aside when the window shrinks.
    visit.page.reload()
    visit.picture("review-phone", whole=False)
    assert visit.overflow == 0
    visit.assert_clean()
