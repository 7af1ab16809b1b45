"""Slugs of translations: made at draft time, kept from the first publication on, wiped by nothing."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.validators import validate_unicode_slug
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.desk.drafts import build_draft
from wagtail_newsroom.desk.slugs import LONGEST_SLUG, free_slug, slug_from
from wagtail_newsroom.models import ArticlePage, NewsIndexPage

PERSIAN_TITLE = "قیام ۱۳۹۸ در خامنه‌ای PMOI"
PERSIAN_SLUG = "قیام-1398-در-خامنه-ای-pmoi"


# The slug of a title


@pytest.mark.parametrize(
    ("title", "code", "slug"),
    [
        ("رودخانه می‌رود", "fa", "رودخانه-می-رود"),
        ("خامنه‌ای و رئیسی", "fa", "خامنه-ای-و-رئیسی"),
        ("علي كاظمي", "fa", "علی-کاظمی"),
        ("خانهٔ ما، خانۀ شما", "fa", "خانه-ما-خانه-شما"),
        ("مُعَلِّم کـتاب", "fa", "معلم-کتاب"),
        ("سال ۱۳۹۸ و ٤", "fa", "سال-1398-و-4"),
        ("«PMOI / MEK»: A & B <b>", "fa", "pmoi-mek-a-b-b"),
        ("علي وكيل", "ar", "علي-وكيل"),
        ("Café au lait", "fr", "café-au-lait"),
        ("It’s the river's_end", "en", "its-the-rivers-end"),
        ("  ‮\u200f؟!  ", "fa", ""),
        ("", "fa", ""),
    ],
)
def test_slug_of_a_title(title: str, code: str, slug: str) -> None:
    assert slug_from(title, code) == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Café au lait", "cafe-au-lait"), ("The river’s rise_2", "the-rivers-rise-2"), ("رود", "")],
)
def test_ascii_slug_of_a_title(title: str, slug: str) -> None:
    assert slug_from(title, "en", unicode=False) == slug


@given(st.text(max_size=200))
def test_slug_is_valid_short_and_its_own_slug(title: str) -> None:
    slug = slug_from(title, "fa")
    assert len(slug) <= LONGEST_SLUG
    if slug:
        validate_unicode_slug(slug)
    assert slug_from(slug, "fa") == slug


def test_long_slug_is_cut_at_a_word() -> None:
    assert slug_from("کلمه " * 30, "fa") == "-".join(["کلمه"] * 14)
    assert len(slug_from("ک" * 300, "fa")) == LONGEST_SLUG


def test_free_slug_has_room_for_its_number() -> None:
    assert free_slug("river", {"river", "river-2"}) == "river-3"
    long = "-".join(["word"] * 14)
    assert free_slug(long, {long}) == "-".join(["word"] * 13) + "-2"


# From English


@pytest.fixture
def unicode_slugs(settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_SLUGS = "unicode"


@pytest.fixture
def translated(
    paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> Callable[..., ArticlePage]:
    """Has a piece drafted in the other language, with a title that a person gives."""

    def make(piece: ArticlePage, title: str) -> ArticlePage:
        target = paper.persian if piece.locale_id == paper.english.pk else paper.english
        actions.request_translation(piece, target, user=editor)
        run_jobs()
        translation = localize.translations_of(piece).get()
        retitle(translation, title, editor)
        return ArticlePage.objects.get(translation_key=piece.translation_key, locale=target)

    return make


def retitle(translation: Translation, title: str, user: User) -> None:
    """Give the translation another title, and make a draft of it."""
    [segment] = [each for each in localize.segments(translation) if each.path == "title"]
    localize.store_person_text(segment, title, locale=translation.target_locale, user=user)
    build_draft(translation, user=user)


def publish(page: ArticlePage, user: User) -> ArticlePage:
    translation = localize.find_translation_to(page)
    actions.approve(translation, user=user)
    actions.publish(translation, user=user)
    return ArticlePage.objects.get(pk=page.pk)


def test_source_slug_is_kept(
    article: ArticlePage, translated: Callable[..., ArticlePage], editor: User
) -> None:
    page = translated(article, PERSIAN_TITLE)
    assert page.slug == page.get_latest_revision_as_object().slug == "piece-1"
    assert publish(page, editor).slug == "piece-1"


@pytest.mark.usefixtures("unicode_slugs")
def test_unicode_slug_is_made_of_the_translated_title(
    article: ArticlePage, translated: Callable[..., ArticlePage], editor: User
) -> None:
    page = translated(article, PERSIAN_TITLE)
    assert page.slug == page.get_latest_revision_as_object().slug == PERSIAN_SLUG
    assert not page.live
    page = publish(page, editor)
    assert page.slug == PERSIAN_SLUG
    assert page.url_path.endswith(f"/news/{PERSIAN_SLUG}/")
    response = Client(headers={"host": "localhost"}).get(f"/fa/news/{PERSIAN_SLUG}/")
    assert response.status_code == 200
    assert ArticlePage.objects.get(pk=article.pk).slug == "piece-1"


@pytest.mark.usefixtures("unicode_slugs")
def test_unicode_slug_follows_the_title_until_the_first_publication_only(
    article: ArticlePage,
    translated: Callable[..., ArticlePage],
    editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = translated(article, "تیتر نخست")
        translation = localize.find_translation_to(page)
        retitle(translation, "تیتر دوم", editor)
        assert ArticlePage.objects.get(pk=page.pk).slug == "تیتر-دوم"
        publish(page, editor)
        retitle(translation, "تیتر سوم", editor)
        assert publish(page, editor).slug == "تیتر-دوم"
    page = ArticlePage.objects.get(pk=page.pk)
    assert (page.title, page.slug) == ("تیتر سوم", "تیتر-دوم")
    # An address that was never public needs none.
    assert not Redirect.objects.exists()


@pytest.mark.usefixtures("unicode_slugs")
def test_unicode_slugs_of_drafts_differ(
    write: Callable[..., ArticlePage], translated: Callable[..., ArticlePage], editor: User
) -> None:
    pages = [translated(write(title=f"Piece {number}"), "همان تیتر") for number in range(3)]
    assert [page.slug for page in pages] == ["همان-تیتر", "همان-تیتر-2", "همان-تیتر-3"]
    retitle(localize.find_translation_to(pages[1]), "همان تیتر", editor)
    assert [publish(page, editor).slug for page in pages] == [page.slug for page in pages]


@pytest.mark.usefixtures("unicode_slugs")
def test_addresses_below_a_section_follow_its_slug(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], editor: User, run_jobs: Any
) -> None:
    section = paper.news.add_child(
        instance=NewsIndexPage(title="Rivers", slug="rivers", locale=paper.english)
    )
    piece = write(parent=section)
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    retitle(localize.translations_of(section).get(), "رودها", editor)
    below = Page.objects.get(translation_key=piece.translation_key, locale=paper.persian)
    assert below.url_path.startswith("/home-fa/news/رودها/")


# From Persian


@pytest.mark.parametrize("setting", ["source", "unicode"])
def test_piece_from_persian_gets_its_english_slug_from_the_english_title(
    setting: str,
    settings: Any,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    translated: Callable[..., ArticlePage],
    editor: User,
) -> None:
    settings.WAGTAIL_NEWSROOM_SLUGS = setting
    piece = write(
        title=PERSIAN_TITLE, slug=PERSIAN_SLUG, parent=paper.news_fa, locale=paper.persian
    )
    page = translated(piece, "The Uprising of 1398")
    assert page.slug == page.get_latest_revision_as_object().slug == "the-uprising-of-1398"
    retitle(localize.find_translation_to(page), "The Uprising", editor)
    page = publish(page, editor)
    retitle(localize.find_translation_to(page), "Another title", editor)
    assert publish(page, editor).slug == "the-uprising"
    assert ArticlePage.objects.get(pk=piece.pk).slug == PERSIAN_SLUG


def test_drafts_of_the_original_keep_their_slug(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_SLUGS = "unicode"
    piece = write(title="رود", slug="سیل", parent=paper.news_fa, locale=paper.persian, live=False)
    piece.title = "دریا"
    piece.save_revision()
    assert ArticlePage.objects.get(pk=piece.pk).slug == "سیل"


# wagtail-localize's own routes


def through_its_editor(translation: Translation, user: User) -> None:
    client = Client()
    client.force_login(user)
    page = localize.target_of(translation)
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})


def through_its_sync_view(translation: Translation, user: User) -> None:
    request = RequestFactory().post("/", {"publish_translations": "on"})
    request.user = User.objects.create_superuser("root") if user else AnonymousUser()
    request.session = {}
    request._messages = FallbackStorage(request)
    response = localize.stock_update_translations(request, translation.source_id)
    assert response.status_code == 302


def through_save_target(translation: Translation, user: User) -> None:
    translation.save_target(user=user, publish=True)


def through_a_draft_of_save_target(translation: Translation, user: User) -> None:
    translation.save_target(user=user, publish=False)
    localize.target_of(translation).get_latest_revision().publish()


def through_its_operations(translation: Translation, user: User) -> None:
    translate_object(
        translation.source.get_source_instance(), [translation.target_locale], user=user
    )
    translation.save_target(user=user, publish=True)


ROUTES = [
    through_its_editor,
    through_its_sync_view,
    through_save_target,
    through_a_draft_of_save_target,
    through_its_operations,
]


@pytest.mark.usefixtures("unicode_slugs")
@pytest.mark.parametrize("title", [PERSIAN_TITLE, "قیام در ایران", "قیام ۲۰۱۹"])
@pytest.mark.parametrize("route", ROUTES)
def test_persian_slug_of_a_live_page_survives(
    route: Callable[[Translation, User], None],
    title: str,
    article: ArticlePage,
    translated: Callable[..., ArticlePage],
    editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = publish(translated(article, title), editor)
    slug = page.slug
    assert slug == slug_from(title, "fa")
    assert not slug.isascii()
    with django_capture_on_commit_callbacks(execute=True):
        route(localize.find_translation_to(page), editor)
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.live
    assert page.slug == page.get_latest_revision_as_object().slug == slug
    assert page.url_path.endswith(f"/{slug}/")
    assert not Redirect.objects.exists()


@pytest.mark.usefixtures("unicode_slugs")
@pytest.mark.parametrize("route", ROUTES)
def test_persian_slug_of_a_draft_survives(
    route: Callable[[Translation, User], None],
    article: ArticlePage,
    translated: Callable[..., ArticlePage],
    editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = translated(article, PERSIAN_TITLE)
    with django_capture_on_commit_callbacks(execute=True):
        route(localize.find_translation_to(page), editor)
    page = ArticlePage.objects.get(pk=page.pk)
    assert not page.live
    assert page.slug == page.get_latest_revision_as_object().slug == PERSIAN_SLUG


@pytest.mark.parametrize("route", ROUTES)
def test_source_slug_survives_a_persian_title(
    route: Callable[[Translation, User], None],
    article: ArticlePage,
    translated: Callable[..., ArticlePage],
    editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = publish(translated(article, PERSIAN_TITLE), editor)
    with django_capture_on_commit_callbacks(execute=True):
        route(localize.find_translation_to(page), editor)
    assert ArticlePage.objects.get(pk=page.pk).slug == "piece-1"


@pytest.mark.usefixtures("unicode_slugs")
def test_page_that_wagtail_localize_makes_by_itself_gets_the_slug_of_its_title(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    source = localize.refresh_source(article)
    translation = localize.get_or_create_translation(source, paper.persian)
    for segment in localize.segments(translation):
        localize.store_person_text(segment, "قیام در ایران", locale=paper.persian, user=editor)
    translation.save_target(user=editor, publish=False)
    page = localize.target_of(translation)
    assert page.slug == page.get_latest_revision_as_object().slug == "قیام-در-ایران"


# By hand


@pytest.mark.usefixtures("unicode_slugs")
def test_slug_changed_by_hand_leaves_a_redirect(
    article: ArticlePage,
    translated: Callable[..., ArticlePage],
    editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = publish(translated(article, PERSIAN_TITLE), editor)
    translation = localize.find_translation_to(page)
    translation.enabled = False
    translation.save()
    with django_capture_on_commit_callbacks(execute=True):
        content = page.get_latest_revision_as_object()
        content.slug = "1398"
        content.save_revision(user=editor).publish(user=editor)
    assert ArticlePage.objects.get(pk=page.pk).slug == "1398"
    [redirect] = Redirect.objects.all()
    assert redirect.old_path == Redirect.normalise_path(f"/fa/news/{PERSIAN_SLUG}")
    assert redirect.redirect_page_id == page.pk


@pytest.mark.usefixtures("unicode_slugs")
def test_slug_changed_by_code_is_kept(
    article: ArticlePage, translated: Callable[..., ArticlePage], editor: User
) -> None:
    page = publish(translated(article, PERSIAN_TITLE), editor)
    page.slug = "other"
    page.save()
    assert ArticlePage.objects.get(pk=page.pk).slug == "other"


def test_saves_of_what_was_public_ask_nothing_about_slugs(
    paper: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_page: Any) -> None:
        raise AssertionError("asked")

    page = NewsIndexPage.objects.get(pk=paper.news_fa.pk)
    page.unpublish()
    monkeypatch.setattr("wagtail_newsroom.desk.slugs.localize.find_translation_to", refuse)
    page = NewsIndexPage.objects.get(pk=page.pk)
    page.save()
    page.save_revision()
