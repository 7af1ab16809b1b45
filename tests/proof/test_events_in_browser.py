"""The panel, the record, the jobs, the chart and the account in a real browser, both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from playwright.sync_api import Browser, expect
from wagtail.users.models import UserProfile

from wagtail_newsroom.desk import actions, list_actions, localize, state_rows
from wagtail_newsroom.desk.usage import this_month
from wagtail_newsroom.models import ArticlePage, Correction, EngineUsage, PieceState

from .browsing import DESKTOP, GRAVE, Visit, running_site, violations
from .newsroom import Newsroom

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning"),
]

NARROW = (320, 720)
OURS = {
    "home": ("wagtailadmin_home", "", ".newsroom-waiting"),
    "record": ("wagtail_newsroom_record", "", "#listing-results"),
    "jobs": ("wagtail_newsroom_jobs", "", "#listing-results"),
    "engines": ("wagtail_newsroom_engines", "", ".newsroom-usage"),
    "account": ("wagtailadmin_account", "#tab-notifications", "#tab-notifications"),
}
"""The pages by name: the address, its fragment, and what of each is ours."""


@pytest.fixture
def db(newsroom: Newsroom) -> Newsroom:
    """The database of a running site, in place of the tests'."""
    return newsroom


@pytest.fixture
def site(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    translator: User,
    run_jobs: Callable[[], None],
    settings: Any,
) -> Iterator[str]:
    """The running site's address, with something of everything on its pages."""
    settings.WAGTAIL_GRAVATAR_PROVIDER_URL = None
    urgent, drafted = write("The river rises"), write("Elections in spring")
    for piece in (urgent, drafted):
        actions.request_translation(piece, paper.persian, user=translator)
        run_jobs()
    translation = localize.translations_of(urgent).get()
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    urgent = ArticlePage.objects.get(pk=urgent.pk)
    urgent.newsroom_corrections.add(Correction(text="By 2.5 %.", locale=urgent.locale))
    urgent.save_revision().publish(user=editor)
    state_rows.rebuild()
    row = PieceState.objects.get(source_page=drafted.pk)
    list_actions.assign(row, editor, user=translator)
    state_rows.rebuild()
    for number, engine in enumerate(("google", "microsoft", "pseudo")):
        month = this_month()
        for ago in range(12):
            count = month.year * 12 + month.month - 1 - ago
            EngineUsage.objects.update_or_create(
                engine=engine,
                month=date(count // 12, count % 12 + 1, 1),
                defaults={"characters": (ago * 7919 + number * 104_729) % 90_000},
            )
    editor.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_engineusage", "view_reviewrecord"])
    )
    with running_site() as url:
        yield url


@pytest.fixture(params=["en", "fa"])
def language(request: pytest.FixtureRequest, editor: User, site: str) -> str:
    """The language of the editor's admin; dark in Persian, so that both themes are looked at."""
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = request.param
    profile.theme = "dark" if request.param == "fa" else "light"
    profile.save()
    return str(request.param)


def test_pages_read_well_in_both_directions_and_on_a_phone(
    site: str, language: str, browser: Browser
) -> None:
    visit = Visit(browser, site)
    visit.log_in("editor")
    page = visit.page
    for name, (address, fragment, ours) in OURS.items():
        page.goto(reverse(address) + fragment)
        expect(page.locator(ours)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "fa" else "ltr")
        told = [
            (one["id"], [node["html"] for node in one["nodes"]])
            for one in violations(page, within=ours)
            if one["impact"] in GRAVE
        ]
        assert told == [], name
        visit.picture(f"events-{name}-{language}", DESKTOP)
        visit.picture(f"events-{name}-{language}-phone", NARROW)
        assert visit.overflow <= 0, name
        visit.resize(DESKTOP)
    visit.assert_clean()


def test_counts_of_the_panel_lead_by_keyboard_to_their_lists(
    site: str, language: str, browser: Browser
) -> None:
    visit = Visit(browser, site)
    visit.log_in("editor")
    page = visit.page
    group = page.locator(".newsroom-waiting__group--urgent")
    expect(group.locator("li")).to_have_count(1)
    group.locator("h3 a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**waiting=urgent*")
    expect(page.locator(".newsroom-list__urgent")).to_have_count(1)
    expect(page.locator("#listing-results .listing tbody tr")).to_have_count(1)
    visit.assert_clean()
