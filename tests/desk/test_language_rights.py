"""Rights in single languages: given on the group's page, and enough to work at the desk."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.test import Client
from django.urls import reverse

from tests.conftest import person
from tests.testapp.models import Notice, Venue
from wagtail_newsroom.articles import tag_actions
from wagtail_newsroom.desk import (
    actions,
    editing,
    list_bulk,
    localize,
    permissions,
    state_rows,
)
from wagtail_newsroom.desk.language_panel import GroupLanguageForm
from wagtail_newsroom.exceptions import NotAllowed
from wagtail_newsroom.models import ArticlePage, GroupLanguagePermission, Tag, TranslationJob


def give(user: User, locale: Any, *codenames: str) -> User:
    """Give rights in a language to the user's group; return the user as if just logged in."""
    for codename in codenames:
        GroupLanguagePermission.objects.create(
            group=user.groups.get(),
            locale=locale,
            permission=Permission.objects.get(codename=codename),
        )
    return User.objects.get(pk=user.pk)


@pytest.fixture
def wordsmith(paper: SimpleNamespace) -> User:
    """May write Persian, and nothing else."""
    return give(person("wordsmith"), paper.persian, "write_translation")


@pytest.fixture
def judge(paper: SimpleNamespace) -> User:
    """May approve Persian, and nothing else."""
    return give(person("judge"), paper.persian, "approve_translation")


def test_a_right_to_write_needs_no_right_to_edit_pages(
    paper: SimpleNamespace, article: ArticlePage, wordsmith: User, run_jobs: Callable[[], None]
) -> None:
    job = actions.request_translation(article, paper.persian, user=wordsmith)
    run_jobs()
    translation = localize.get_translation(job.translation_id)
    segment = localize.segments(translation)[0]
    saved = editing.save_text(
        translation, segment.pk, "واژه", version=editing.version_of(segment), user=wordsmith
    )
    assert saved.text == "واژه"
    target = localize.target_of(translation)
    assert not target.permissions_for_user(wordsmith).can_edit()
    assert not permissions.can_approve(target, wordsmith)
    assert not permissions.can_publish(target, wordsmith)
    with pytest.raises(NotAllowed):
        actions.approve(translation, user=wordsmith)
    with pytest.raises(NotAllowed):
        actions.publish(translation, user=wordsmith)


def test_a_right_to_approve_lets_write_and_approve_but_not_request(
    paper: SimpleNamespace, article: ArticlePage, judge: User, run_jobs: Callable[[], None]
) -> None:
    with pytest.raises(NotAllowed):
        actions.request_translation(article, paper.persian, user=judge)
    assert not TranslationJob.objects.exists()
    job = actions.request_translation(article, paper.persian, user=None)
    run_jobs()
    translation = localize.get_translation(job.translation_id)
    assert permissions.can_see(translation, judge)
    assert permissions.can_edit_texts(localize.target_of(translation), judge)
    assert actions.approve(translation, user=judge).approved_by == judge
    with pytest.raises(NotAllowed):
        actions.publish(translation, user=judge)


def test_what_is_locked_stays_locked(
    paper: SimpleNamespace,
    article: ArticlePage,
    wordsmith: User,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    job = actions.request_translation(article, paper.persian, user=wordsmith)
    run_jobs()
    target = localize.target_of(localize.get_translation(job.translation_id))
    target.locked, target.locked_by = True, editor
    target.save()
    assert not permissions.can_edit_texts(target, wordsmith)


def test_the_permission_for_every_language_is_one_for_each(
    paper: SimpleNamespace, article: ArticlePage
) -> None:
    writes = person("writes", permissions=("wagtail_newsroom.write_translation",))
    both = person(
        "both",
        permissions=(
            "wagtail_newsroom.write_translation",
            "wagtail_newsroom.approve_translation",
        ),
    )
    approves = person("approves", permissions=("wagtail_newsroom.approve_translation",))
    assert permissions.can_request(article, paper.persian, writes)
    assert not permissions.can_approve(paper.news_fa, writes)
    assert permissions.can_approve(paper.news_fa, both)
    # As it was before there were languages: to approve in all takes a page to approve.
    assert not permissions.can_approve(paper.news_fa, approves)


def test_rights_of_the_inactive_and_the_unknown_count_for_nothing(
    paper: SimpleNamespace, wordsmith: User
) -> None:
    wordsmith.is_active = False
    for user in (wordsmith, AnonymousUser()):
        assert not permissions.can_work_at_the_desk(user)
        assert not permissions.can_edit_texts(paper.news_fa, user)
        assert not permissions.can_approve(paper.news_fa, user)


def test_snippets_are_open_in_the_language_and_published_by_others(
    paper: SimpleNamespace,
    venue: Venue,
    notice: Notice,
    wordsmith: User,
    judge: User,
    run_jobs: Callable[[], None],
) -> None:
    for snippet in (venue, notice):
        job = actions.request_translation(snippet, paper.persian, user=wordsmith)
        run_jobs()
        translation = localize.get_translation(job.translation_id)
        segment = localize.segments(translation)[0]
        editing.save_text(
            translation, segment.pk, "واژه", version=editing.version_of(segment), user=wordsmith
        )
        actions.approve(translation, user=judge)
        for user in (wordsmith, judge):
            with pytest.raises(NotAllowed):
                actions.publish(translation, user=user)
    assert not Venue.objects.get(locale=paper.persian).live
    assert not Notice.objects.filter(locale=paper.persian).exists()


def test_a_right_to_approve_names_tags_of_its_language_only(
    paper: SimpleNamespace, judge: User, wordsmith: User
) -> None:
    persian = Tag.objects.create(name="Rivers", locale=paper.persian, needs_name=True)
    english = Tag.objects.create(name="رودها", locale=paper.english, needs_name=True)
    with pytest.raises(NotAllowed):
        tag_actions.name_tag(english, "Rivers", user=judge)
    with pytest.raises(NotAllowed):
        tag_actions.name_tag(persian, "رودها", user=wordsmith)
    assert Tag.objects.get(pk=english.pk).needs_name
    assert tag_actions.name_tag(persian, "رودها", user=judge).name == "رودها"


def test_people_with_a_language_can_be_given_pieces(wordsmith: User, outsider: User) -> None:
    assert set(list_bulk.people_at_the_desk()) == {wordsmith, outsider}


def field(codename: str, locale: Any) -> str:
    return f"newsroom_languages-{codename}-{locale.pk}"


def test_the_groups_page_gives_and_takes_languages(
    paper: SimpleNamespace, admin_client: Client
) -> None:
    group = Group.objects.create(name="Desk")
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    page = admin_client.get(url).content.decode()
    assert "Translations by language" in page
    assert "Write translations into Persian" in page
    form = GroupLanguageForm(
        {
            "newsroom_languages-was_shown": "True",
            field("write_translation", paper.persian): "on",
            field("approve_translation", paper.english): "on",
        },
        None,
        group,
    )
    assert form.is_valid()
    form.save()
    held = group.newsroom_languages.values_list("permission__codename", "locale")
    assert set(held) == {
        ("write_translation", paper.persian.pk),
        ("approve_translation", paper.english.pk),
    }
    again = GroupLanguageForm(
        {
            "newsroom_languages-was_shown": "True",
            field("write_translation", paper.persian): "on",
        },
        None,
        group,
    )
    assert again.is_valid()
    again.save()
    assert set(held.all()) == {("write_translation", paper.persian.pk)}


def test_a_form_without_the_languages_changes_nothing(
    paper: SimpleNamespace, wordsmith: User
) -> None:
    group = wordsmith.groups.get()
    form = GroupLanguageForm({}, None, group)
    assert form.is_valid()
    form.save()
    assert group.newsroom_languages.count() == 1


def test_the_groups_page_is_saved_as_a_browser_sends_it(
    paper: SimpleNamespace, admin_client: Client
) -> None:
    group = Group.objects.create(name="Desk")
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    panels = admin_client.get(url).context["permission_panels"]
    data = {
        "name": "Desk of Persian",
        "newsroom_languages-was_shown": "True",
        field("write_translation", paper.persian): "on",
    }
    for panel in panels:
        if hasattr(panel, "management_form"):
            for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"):
                data[f"{panel.prefix}-{name}"] = "0"
    assert admin_client.post(url, data).status_code == 302
    group.refresh_from_db()
    assert group.name == "Desk of Persian"
    assert group.newsroom_languages.get().locale == paper.persian


@pytest.mark.parametrize("pieces", [1, 4])
def test_a_translators_list_takes_as_many_queries_for_more_pieces(
    pieces: int,
    write: Callable[..., ArticlePage],
    wordsmith: User,
    client: Client,
    django_assert_num_queries: Any,
) -> None:
    for number in range(pieces):
        write(title=f"Piece {number}")
    state_rows.rebuild()
    client.force_login(wordsmith)
    url = reverse("newsroom_translations:index")
    client.get(url)
    with django_assert_num_queries(QUERIES):
        response = client.get(url)
    languages = {row.locale.language_code for row in response.context["object_list"]}
    assert languages == {"fa"}


QUERIES = 15
"""Of the list for somebody whose groups have a language and who has no other right."""
