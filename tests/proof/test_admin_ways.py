"""The main ways through the admin in a real browser, by people with an English and a Persian one."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image as Picture
from playwright.sync_api import Page, expect
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, PieceState, Tag

from .browsing import Visit, running_browser, running_site
from .newsroom import Newsroom

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning"),
]

LIST = "newsroom_translations:index"
APPROVE = ":is(button[value=approve], form:has(input[value=approve]) button[type=submit])"
PUBLISH = ":is(button[value=publish], form:has(input[value=publish]) button[type=submit])"


@pytest.fixture
def db(newsroom: Newsroom) -> Newsroom:
    """A database that the server's threads see too, in place of the tests'."""
    return newsroom


@pytest.fixture
def running(paper: SimpleNamespace, settings: Any) -> Iterator[str]:
    """The running site's address."""
    settings.WAGTAIL_GRAVATAR_PROVIDER_URL = None
    with running_site() as url:
        yield url


@pytest.fixture
def drafted(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> Any:
    """A machine draft beside a piece without a translation."""
    write("Ferries at dawn")
    page = write("The river rises", standfirst="Engineers watch the dam.")
    actions.request_translation(page, paper.persian, user=editor)
    run_jobs()
    return localize.translations_of(page).get()


def prefer(user: User, language: str) -> None:
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()


def tab_to(page: Page, selector: str, *, back: bool = False, most: int = 150) -> None:
    """Press Tab until something has the focus; what has it is seen to have it."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        here = page.evaluate(
            """(selector) => {
              const each = document.activeElement, style = getComputedStyle(each);
              const box = each.getBoundingClientRect();
              return each.matches(selector) && {
                isSeen: style.outlineStyle !== "none" || style.boxShadow !== "none",
                isInside: box.right > 0 && box.left < innerWidth,
              };
            }""",
            selector,
        )
        if here:
            assert here == {"isSeen": True, "isInside": True}, selector
            return
    raise AssertionError(f"The keyboard does not reach {selector}")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_desk_editor_needs_no_mouse_from_the_list_to_the_approval(
    language: str, drafted: Any, editor: User, running: str
) -> None:
    prefer(editor, language)
    row = PieceState.objects.get(translation=drafted)
    missing = PieceState.objects.get(source_title="Ferries at dawn")
    with running_browser() as browser:
        visit = Visit(browser, running)
        page = visit.page
        visit.log_in("editor")
        page.goto(reverse(LIST))
        assert page.evaluate("document.documentElement.dir") == (
            "rtl" if language == "fa" else "ltr"
        )
        # One piece is ticked and sent to the machine.
        tab_to(page, f"[data-bulk-action-checkbox][data-object-id='{missing.pk}']")
        page.keyboard.press("Space")
        tab_to(page, ".bulk-actions-choices [href*=newsroom_translate]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/newsroom_translate/**")
        tab_to(page, "main form button[type=submit]")
        page.keyboard.press("Enter")
        expect(page.locator(".newsroom-outcomes .icon-check")).to_have_count(1)
        tab_to(page, f"main a.button[href*='{reverse(LIST)}']")
        page.keyboard.press("Enter")
        # Another is opened, written and approved.
        page.wait_for_url(f"**{reverse(LIST)}**")
        tab_to(page, f".newsroom-list__title a[href='/admin/newsroom/translations/{drafted.pk}/']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/newsroom/translations/{drafted.pk}/")
        expect(page.locator("[contenteditable]").first).to_be_visible()
        page.keyboard.press("Alt+ArrowDown")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("رود بالا می‌آید")
        page.keyboard.press("Control+s")
        expect(page.locator("[data-newsroom-status]").first).not_to_be_empty()
        expect(page.locator(PUBLISH)).to_have_count(1)
        tab_to(page, APPROVE, back=True)
        page.keyboard.press("Enter")
        expect(page.locator(".messages .success")).to_be_visible()
        expect(page.locator("[data-newsroom-editor]").first).to_have_text("رود بالا می‌آید")
        visit.assert_clean()
    row.refresh_from_db()
    assert row.state == "approved"
    missing.refresh_from_db()
    assert missing.state == "queued"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_translator_writes_and_leaves_the_approval_to_others(
    language: str, drafted: Any, translator: User, running: str
) -> None:
    prefer(translator, language)
    row = PieceState.objects.get(translation=drafted)
    with running_browser() as browser:
        visit = Visit(browser, running)
        page = visit.page
        visit.log_in("translator")
        page.goto(reverse(LIST))
        page.locator(".newsroom-list__title a", has_text="The river rises").click()
        place = page.locator("[contenteditable]").first
        place.click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("رود بالا می‌آید")
        page.keyboard.press("Control+s")
        expect(page.locator("[data-newsroom-origin]").first).to_contain_text("translator")
        expect(page.locator(f"{APPROVE}, {PUBLISH}")).to_have_count(0)
        # The bulk action is there for all, and says no to each.
        page.goto(
            reverse(
                "wagtail_bulk_action",
                args=["wagtail_newsroom", "piecestate", "newsroom_approve"],
            )
            + f"?id={row.pk}"
        )
        page.locator("main form button[type=submit]").click()
        expect(page.locator(".newsroom-outcomes .icon-warning")).to_have_count(1)
        visit.assert_clean()
    row.refresh_from_db()
    assert row.state == "in_review"


def test_tags_are_typed_and_completed_in_the_pages_language(
    paper: SimpleNamespace, editor: User, running: str
) -> None:
    prefer(editor, "fa")
    for name, locale in (
        ("دریا", paper.persian),
        ("دریانوردی", paper.persian),
        ("اقلیم", paper.persian),
        ("دریا (film)", paper.english),
    ):
        Tag(name=name, locale=locale).save()
    page_fa = ArticlePage(
        title="کشتی‌ها دیر می‌رسند",
        slug="late",
        locale=paper.persian,
        body=[("paragraph", "<p>دیروقت بود.</p>")],
    )
    paper.news_fa.add_child(instance=page_fa)
    page_fa.save_revision().publish()
    with running_browser() as browser:
        visit = Visit(browser, running)
        page = visit.page
        visit.log_in("editor")
        page.goto(reverse("wagtailadmin_pages:edit", args=[page_fa.pk]))
        field = page.locator(".tagit-new input:visible")
        field.click()
        # With the Arabic letter, as many keyboards write it.
        page.keyboard.type("دري", delay=40)
        offered = page.locator(".ui-autocomplete:visible li")
        expect(offered).to_have_text(["دریا", "دریانوردی"])
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        labels = page.locator(".tagit:visible .tagit-label")
        expect(labels).to_have_text(["دریا"])
        page.keyboard.type("آب و هوا")
        page.keyboard.press("Enter")
        expect(labels).to_have_count(2)
        visit.picture("tags-typed", whole=False)
        page.keyboard.press("Control+s")
        expect(page.locator(".messages .success")).to_be_visible()
        visit.assert_clean()
    draft: Any = ArticlePage.objects.get(pk=page_fa.pk).get_latest_revision_as_object()
    assert sorted(
        (tag.name, tag.locale.language_code, tag.needs_name) for tag in draft.tags.everything()
    ) == [("آب و هوا", "fa", False), ("دریا", "fa", False)]
    assert Tag.objects.filter(name="دریا").count() == 1


def drawing(name: str, *, focal_point: dict[str, int] | None = None) -> Any:
    """Store a wide image: its left half red, its right half blue."""
    drawn = Picture.new("RGB", (1200, 400), "red")
    drawn.paste("blue", (600, 0, 1200, 400))
    data = io.BytesIO()
    drawn.save(data, "PNG")
    image = get_image_model()(title=name, **(focal_point or {}))
    image.file = ImageFile(ContentFile(data.getvalue()), name=f"{name}.png")
    image.save()
    return image


def test_the_checker_in_the_editor_runs_our_rules(
    paper: SimpleNamespace, editor: User, running: str
) -> None:
    bad = ArticlePage(
        title="A headline that goes on and on, " * 6,
        slug="bad",
        locale=paper.english,
        body=[("image", {"image": drawing("half"), "alt": ""})],
    )
    paper.news.add_child(instance=bad)
    bad.save_revision().publish()
    with running_browser() as browser:
        visit = Visit(browser, running)
        page = visit.page
        visit.log_in("editor")
        page.goto(reverse("wagtailadmin_pages:edit", args=[bad.pk]))
        page.get_by_role("button", name="Toggle checks").click()
        found = page.locator("[data-checks-panel]")
        expect(found).to_contain_text("Picture without alternative text", timeout=30_000)
        expect(found).to_contain_text("Headline is too long")
        visit.picture("editor-checks", whole=False)


def test_readers_see_the_part_of_a_picture_that_an_editor_marked(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], running: str
) -> None:
    marked = {
        "focal_point_x": 1100,
        "focal_point_y": 200,
        "focal_point_width": 100,
        "focal_point_height": 100,
    }
    write("Marked at its right", lead_image=drawing("marked", focal_point=marked))
    write("Not marked", lead_image=drawing("plain"))
    with running_browser() as browser:
        visit = Visit(browser, running)
        visit.page.goto("/en/news/", wait_until="networkidle")
        shown = visit.page.evaluate(
            """() => Object.fromEntries(["Marked", "Not"].map((word) => {
              const card = [...document.querySelectorAll("article, li")].filter(
                (each) => each.textContent.includes(word) && each.querySelector("img")).at(-1);
              const image = card.querySelector("img");
              const canvas = document.createElement("canvas");
              canvas.width = image.naturalWidth;
              canvas.height = image.naturalHeight;
              const drawn = canvas.getContext("2d");
              drawn.drawImage(image, 0, 0);
              const at = (part) => {
                const [red, , blue] = drawn.getImageData(
                  Math.floor(canvas.width * part), canvas.height / 2, 1, 1).data;
                return red > blue ? "red" : "blue";
              };
              return [word, [at(0.1), at(0.9)]];
            }))"""
        )
    assert shown == {"Marked": ["blue", "blue"], "Not": ["red", "blue"]}
