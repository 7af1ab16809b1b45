"""Every block in a real browser: films after a click, both directions, narrow windows, checks."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse
from playwright.sync_api import Browser, expect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.publishing.conftest import translate
from wagtail_newsroom.models import ArticlePage

from .browsing import DESKTOP, PHONE, Visit, running_browser, running_site
from .newsroom import ROOT, Newsroom

# Wagtail leaves the files open in which it makes a picture's sizes (wagtail/images/models.py,
# `generate_rendition_file`); Python says so when it collects them.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file <:ResourceWarning"),
]

FILM = "https://www.youtube.com/watch?v=abcdefghijk"
PLAYER = "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&rel=0&start=0"
PICTURES = ROOT / "example_project" / "content" / "pictures"


@pytest.fixture
def db(newsroom: Newsroom) -> Newsroom:
    """A database that the server's threads see too, in place of the tests'."""
    return newsroom


def picture(name: str) -> Any:
    image = get_image_model()(title=name)
    image.file = ImageFile(ContentFile((PICTURES / name).read_bytes()), name=name)
    image.save()
    return image


def file(name: str, content: bytes = b"WEBVTT\n") -> Any:
    made = get_document_model().objects.create(title=name, file=ContentFile(content, name=name))
    made.get_file_size()
    return made


def body_of(words: dict[str, str], piece: ArticlePage) -> list[tuple[str, Any]]:
    """Every block, in the words of one language."""
    marsh, bats = picture("marsh.webp"), picture("bats.webp")
    say = words.__getitem__
    one = {"image": marsh, "alt": say("alt"), "caption": say("caption"), "credit": say("credit")}
    return [
        ("paragraph", f"<p>{say('paragraph')}</p>"),
        ("heading", say("heading")),
        ("paragraph", f"<p>{say('paragraph')}</p>"),
        ("subheading", say("subheading")),
        ("list", [f"<p>{say('caption')}</p>", f"<p>{say('note')}</p>"]),
        ("image", one),
        ("pull_quote", {"text": say("quote"), "attribution": say("name")}),
        ("gallery", {"images": [one, {**one, "image": bats}, one], "caption": say("note")}),
        ("quote", {"text": say("quote"), "attribution": say("name")}),
        (
            "embed",
            {"url": FILM, "title": say("title"), "caption": say("caption"), "poster": marsh},
        ),
        ("embed", {"url": "https://vimeo.com/123456", "title": say("title"), "caption": ""}),
        ("embed", {"url": "https://tube.example.org/1", "title": say("title"), "caption": ""}),
        (
            "video",
            {
                "file": file("film.mp4", b"no film"),
                "poster": bats,
                "title": say("title"),
                "caption": say("caption"),
                "credit": say("credit"),
                "subtitles": file("words.vtt"),
                "transcript": f"<p>{say('paragraph')}</p>",
            },
        ),
        (
            "table",
            {
                "data": [
                    [say("heading"), say("subheading"), "C++", "2024", "2025", "2026"],
                    [say("name"), "1,240", "3.5", "1,240,000", "980,000", "12"],
                    [say("title"), "980", "12", "1,240,000", "980,000", "12"],
                ],
                "cell": [{"row": 1, "col": 1, "className": "htRight"}],
                "first_row_is_table_header": True,
                "first_col_is_header": True,
                "table_header_choice": "both",
                "table_caption": say("title"),
            },
        ),
        (
            "fact_box",
            {
                "title": say("title"),
                "text": f"<ul><li>{say('caption')}</li><li>{say('note')}</li></ul>",
            },
        ),
        ("callout", {"kind": "service", "text": f"<p>{say('note')}</p>"}),
        ("callout", {"kind": "warning", "text": f"<p>{say('note')}</p>"}),
        (
            "timeline",
            {
                "heading": say("heading"),
                "entries": [
                    {"when": say("when"), "date": "2026-03-01", "text": f"<p>{say('caption')}</p>"},
                    {
                        "date": "2026-03-08",
                        "heading": say("title"),
                        "text": f"<p>{say('note')}</p>",
                    },
                    {"when": "21:40", "heading": say("subheading")},
                    {"when": say("note"), "text": f"<p>{say('paragraph')}</p>"},
                ],
            },
        ),
        ("related_piece", {"page": piece, "note": say("note")}),
        ("document", {"document": file("plan.pdf", b"%PDF" * 400_000), "title": say("title")}),
        ("divider", None),
        (
            "social_post",
            {
                "url": "https://social.example.org/@port/1",
                "network": "mastodon",
                "author": say("name"),
                "text": say("quote"),
                "date": "2026-03-01",
            },
        ),
        ("raw_html", "<p>Tide: <meter value='0.7'>0.7</meter></p>"),
    ]


ENGLISH = {
    "paragraph": "The last ferry of the evening left <b>on time</b>, and "
    '<a href="https://example.org/">nobody</a> on the pier had expected that.',
    "heading": "What the harbour master says",
    "subheading": "On stormy days",
    "alt": "A salt marsh with a creek at low tide",
    "caption": "The creek at low tide, seen from the old dyke.",
    "credit": "Drawing: The Test Post",
    "quote": "Nobody builds a pier for the weather we had that night.",
    "name": "Mina Farrow, harbour master",
    "note": "The winter timetable begins on the first Sunday of October.",
    "title": "The ferry in a storm",
    "when": "Sunday, 9 a.m.",
}
PERSIAN = {
    "paragraph": "آخرین کشتی شب <b>به‌موقع</b> راه افتاد و "
    '<a href="https://example.org/">هیچ‌کس</a> روی اسکله انتظارش را نداشت؛ شمارهٔ تلفن +33 1 23 45 67.',
    "heading": "رئیس بندر چه می‌گوید",
    "subheading": "در روزهای توفانی",
    "alt": "مرداب نمکی با آبراهه‌ای در جزر",
    "caption": "آبراهه هنگام جزر، از روی دیوارهٔ قدیمی.",
    "credit": "طرح: پست آزمایشی",
    "quote": "هیچ‌کس اسکله را برای هوای آن شب نمی‌سازد.",
    "name": "مینا فارو، رئیس بندر",
    "note": "برنامهٔ زمستانی از نخستین یکشنبهٔ مهر آغاز می‌شود.",
    "title": "کشتی در توفان",
    "when": "یکشنبه، ۹ صبح",
}


@pytest.fixture
def piece(paper: SimpleNamespace, settings: Any, editor: User) -> ArticlePage:
    """A piece with every block, live in both languages."""
    settings.WAGTAIL_GRAVATAR_PROVIDER_URL = None
    other = ArticlePage(title="How the timetable came about", slug="other", locale=paper.english)
    paper.news.add_child(instance=other)
    translate(other, paper.persian, "برنامه چگونه پدید آمد")
    page = ArticlePage(
        title="Every block of a piece",
        slug="blocks",
        locale=paper.english,
        body=body_of(ENGLISH, other),
    )
    paper.news.add_child(instance=page)
    page.save_revision().publish()
    persian = translate(page, paper.persian, "همهٔ بلوک‌های یک مطلب")
    persian.body = body_of(PERSIAN, other)
    persian.save_revision().publish()
    return page


@pytest.fixture
def site(piece: ArticlePage) -> Iterator[str]:
    """The running site's address."""
    with running_site() as url:
        yield url


def test_a_film_is_asked_for_only_after_a_click(site: str, browser: Browser) -> None:
    visit = Visit(browser, site)
    page = visit.page
    page.goto("/en/news/blocks/")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    expect(page.locator("iframe")).to_have_count(0)
    assert visit.strangers == set()

    button = page.get_by_role("button", name="Play “The ferry in a storm”").first
    button.click()
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", PLAYER)
    expect(frame).to_have_attribute("title", "The ferry in a storm")
    assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "allow-top-navigation")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    page.wait_for_timeout(200)
    assert visit.strangers == {"www.youtube-nocookie.com"}
    assert page.get_by_role("button", name="Play").count() == 1


def test_without_scripts_a_film_is_a_link(site: str, browser: Browser) -> None:
    visit = Visit(browser, site, java_script_enabled=False)
    page = visit.page
    page.goto("/en/news/blocks/")
    expect(page.get_by_role("link", name="Open on youtube.com")).to_have_attribute("href", FILM)
    # The search form's button stands in the header.
    expect(page.locator("article").get_by_role("button")).to_have_count(0)
    visit.assert_clean()


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_block_fits_every_window(
    site: str, browser: Browser, language: str, scheme: str
) -> None:
    visit = Visit(browser, site, color_scheme=scheme)
    page = visit.page
    page.goto(f"/{language}/news/blocks/")
    page.locator(".nr-transcript summary").click()
    for name, size in (("desktop", DESKTOP), ("phone", PHONE), ("narrow", (320, 700))):
        visit.resize(size)
        assert visit.overflow == 0, name
        if name != "narrow":
            visit.picture(f"blocks-{language}-{name}-{scheme}")
    table = page.locator(".nr-table")
    assert table.evaluate("each => each.scrollWidth > each.clientWidth")
    visit.assert_clean()


def test_an_editor_without_the_right_can_only_read_raw_html(
    paper: SimpleNamespace, piece: ArticlePage, site: str
) -> None:
    plain = ArticlePage.objects.get(slug="other", locale=paper.english)
    with running_browser() as browser:
        read_raw_html(piece, plain, site, browser)


def read_raw_html(piece: ArticlePage, plain: ArticlePage, site: str, browser: Browser) -> None:
    visit = Visit(browser, site)
    page = visit.page
    visit.log_in("editor")
    page.goto(reverse("wagtailadmin_pages:edit", args=[piece.pk]))
    html = page.locator('textarea[name^="body-"][readonly]')
    expect(html).to_have_count(1)
    assert "Tide:" in html.input_value()
    add = page.locator("#panel-child-content-body-content button[title='Insert a block']")
    page.goto(reverse("wagtailadmin_pages:edit", args=[plain.pk]))
    add.first.click()
    choice = page.get_by_role("listbox")
    expect(choice).to_contain_text("Pull quote")
    expect(choice).not_to_contain_text("HTML (not translated)")
    visit.picture("blocks-chooser", whole=False)


def test_wagtails_checker_runs_our_rules(
    paper: SimpleNamespace, piece: ArticlePage, editor: User, site: str
) -> None:
    bad = ArticlePage(
        title="A headline that goes on and on, " * 6,
        slug="bad",
        locale=paper.english,
        body=[
            ("subheading", "Too deep"),
            ("image", {"image": picture("marsh.webp"), "alt": ""}),
            ("image", {"image": picture("marsh.webp"), "alt": "", "decorative": True}),
            ("raw_html", '<a href="https://example.org/"></a>'),
        ],
    )
    paper.news.add_child(instance=bad)
    bad.save_revision().publish()
    editor.user_permissions.add(Permission.objects.get(codename="use_raw_html"))
    with running_browser() as browser:
        visit = Visit(browser, site)
        page = visit.page
        visit.log_in("editor")
        page.goto("/en/news/bad/")
        results = page.locator("#checker-results")
        expect(page.locator("#checker-trigger")).to_have_count(1)
        page.locator("#wagtail-userbar-trigger").click()
        page.locator("#checker-trigger").click()
        names = results.locator("[data-content-checker-name]").all_inner_texts()
        assert names.count("Picture without alternative text") == 1
        assert names.count("Headline is too long") == 1
        assert names.count("Link text is empty") == 1
        assert names.count("Incorrect heading hierarchy") == 1
        visit.picture("blocks-checker", whole=False)

        page.goto(reverse("wagtailadmin_pages:edit", args=[bad.pk]))
        panel = page.locator("[data-problem]")
        assert [each.get_attribute("data-problem") for each in panel.all()] == [
            "headline-length",
            "missing-alt",
            "heading-order",
        ]
        visit.picture("blocks-checks-panel", whole=False)
