"""Loading the example: whole, through the desk, and harmless to repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Revision

from example_project.gazette.content import MEMORY, Newspaper
from example_project.gazette.management.commands import load_example
from example_project.gazette.memory import as_tmx, pairs_for_memory
from example_project.gazette.newspaper import load
from wagtail_newsroom.desk import actions, jobs, permissions
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    MemoryEntry,
    Provenance,
    TranslationJob,
)

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    """Return how many rows of each kind there are."""
    models = (
        ArticlePage,
        Page,
        Revision,
        Locale,
        User,
        get_image_model(),
        Approval,
        MemoryEntry,
        Provenance,
        TranslationJob,
    )
    return {model.__name__: model.objects.count() for model in models}


def test_loading_twice_changes_nothing(loaded: list[str], newspaper: Newspaper) -> None:
    before = counts()
    told: list[str] = []
    load(newspaper, tell=told.append)
    assert counts() == before
    assert told == ["5 articles stand in English."]
    assert before["ArticlePage"] == 7
    assert before["Image"] == 10


def test_a_page_that_somebody_changed_stays_as_it_is(
    loaded: list[str], newspaper: Newspaper
) -> None:
    page = ArticlePage.objects.get(slug="borrow-a-cello", locale__language_code="fa")
    # The gate would hold back a live text that nobody approved; the loader is what is tried here.
    ArticlePage.objects.filter(pk=page.pk).update(title="تیتری دیگر")
    load(newspaper, tell=lambda sentence: None)
    page.refresh_from_db()
    assert page.title == "تیتری دیگر"


@pytest.mark.usefixtures("loaded")
def test_the_pages_stand_in_both_languages() -> None:
    found = {
        language: {
            page.slug: page.title
            for page in Page.objects.filter(
                locale__language_code=language, depth__gt=1, live=True, alias_of=None
            )
        }
        for language in ("en", "fa")
    }
    assert len(found["en"]) == 8
    assert found["fa"] == {
        "home-fa": "پیک بندر",
        "science-climate": "علم و اقلیم",
        "culture-sport": "فرهنگ و ورزش",
        "field-given-back-to-the-sea": "زمینی که به دریا پس دادند",
        "borrow-a-cello": "در گاراژ قدیمی تراموا ویولنسل امانت می‌دهند",
    }
    assert not Page.objects.filter(live=False).exists()


@pytest.mark.usefixtures("loaded")
def test_each_persian_page_was_written_by_the_translator_and_approved_by_the_editor() -> None:
    editor = User.objects.get(username="editor")
    translator = User.objects.get(username="translator")
    assert Approval.objects.count() == 5
    assert {approval.approved_by for approval in Approval.objects.all()} == {editor}
    assert {job.requested_by for job in TranslationJob.objects.all()} == {translator}
    for job in TranslationJob.objects.all():
        assert job.status == TranslationJob.Status.DONE
        assert job.counts == {"kept": job.total}
    assert set(Provenance.objects.values_list("origin", flat=True)) == {"person"}


@pytest.mark.usefixtures("loaded")
def test_no_english_is_left_on_a_persian_page(newspaper: Newspaper) -> None:
    for piece in newspaper.articles:
        if piece.persian != "reviewed":
            continue
        page = ArticlePage.objects.get(slug=piece.slug, locale__language_code="fa")
        shown = " ".join(
            [page.title, page.standfirst, page.lead_image_alt, str(page.body.raw_data)]
        )
        for place in piece.places():
            assert place.text["en"] not in shown
        assert page.lead_image is not None
        assert 'href="https://' in shown
        assert "<a id=" not in shown


@pytest.mark.usefixtures("loaded")
def test_a_link_to_another_piece_leads_to_that_page() -> None:
    marsh = ArticlePage.objects.get(slug="field-given-back-to-the-sea", locale__language_code="en")
    bats = ArticlePage.objects.get(slug="four-hundred-ears")
    assert f'<a id="{marsh.pk}" linktype="page">' in str(bats.body.raw_data)
    assert "article:" not in str(bats.body.raw_data)


@pytest.mark.usefixtures("loaded")
def test_the_translator_may_ask_and_write_but_not_approve_or_publish() -> None:
    persian = Locale.objects.get(language_code="fa")
    page = ArticlePage.objects.get(slug="ferry-hands-win-the-mile")
    target = ArticlePage.objects.get(slug="borrow-a-cello", locale=persian)
    translator = User.objects.get(username="translator")
    editor = User.objects.get(username="editor")
    assert translator.has_perm("wagtailadmin.access_admin")
    assert permissions.can_request(page, persian, translator)
    assert target.permissions_for_user(translator).can_edit()
    assert not permissions.can_approve(target, translator)
    assert not permissions.can_publish(target, translator)
    assert not translator.is_superuser
    assert permissions.can_request(page, persian, editor)
    assert permissions.can_approve(target, editor)
    assert permissions.can_publish(target, editor)
    assert not editor.is_superuser


@pytest.mark.usefixtures("loaded")
def test_the_memory_file_holds_what_wagtail_localize_cuts() -> None:
    assert MEMORY.read_text(encoding="utf-8") == as_tmx(pairs_for_memory())


@pytest.mark.usefixtures("loaded")
def test_the_waiting_piece_becomes_persian_without_any_engine(
    settings: Any, newspaper: Newspaper
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = []
    piece = next(piece for piece in newspaper.articles if piece.persian == "memory")
    page = ArticlePage.objects.get(slug=piece.slug)
    persian = Locale.objects.get(language_code="fa")
    job = actions.request_translation(page, persian, user=User.objects.get(username="translator"))
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.failures) == (TranslationJob.Status.DONE, [])
    assert job.from_memory == job.total > 20
    draft = page.get_translation(persian).get_latest_revision_as_object()
    assert draft.title == piece.fields["title"]["fa"]
    assert not draft.live


def test_the_example_is_not_loaded_into_a_site_that_is_open_to_others(
    settings: Any, newspaper: Newspaper
) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="only while DEBUG is on"):
        call_command(load_example.Command())
    assert not User.objects.exists()


def test_a_site_with_a_home_of_its_own_is_left_alone(
    settings: Any, add_home: Callable[[], Page]
) -> None:
    settings.DEBUG = True
    home = add_home()
    with pytest.raises(CommandError, match="has a home of its own"):
        call_command(load_example.Command())
    home.refresh_from_db()
    assert not ArticlePage.objects.exists()
