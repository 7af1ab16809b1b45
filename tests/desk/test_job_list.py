"""The list of jobs: who sees which, narrowed, in few queries; and what each job's page tells."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests.conftest import person
from wagtail_newsroom.desk import actions, localize, state_rows
from wagtail_newsroom.desk.job_list_views import visible_jobs
from wagtail_newsroom.models import ArticlePage, TranslationJob

ENGINES = "wagtail_newsroom.view_engineusage"


@pytest.fixture
def cast(
    paper: SimpleNamespace, write: Any, editor: User, translator: User, run_jobs: Any, settings: Any
) -> SimpleNamespace:
    """A job of the editor's that is done, and one of the translator's that failed."""
    done, failed = write("Done well"), write("Went wrong")
    actions.request_translation(done, paper.persian, user=editor)
    run_jobs()
    settings.WAGTAIL_NEWSROOM_ENGINES = []
    # What the memory and earlier jobs know is never asked for again, so the text must be new.
    failed.body = [("paragraph", "<p>Never seen before.</p>")]
    failed.save_revision().publish()
    actions.request_translation(failed, paper.persian, user=translator)
    run_jobs()
    settings.WAGTAIL_NEWSROOM_ENGINES = ["pseudo"]
    state_rows.rebuild()
    return SimpleNamespace(done=done, failed=failed)


def listed(client: Client, **query: Any) -> list[str]:
    """Return the titles of the jobs that the page lists."""
    response = client.get(reverse("wagtail_newsroom_jobs"), query)
    assert response.status_code == 200
    return [job.translation.source.object_repr for job in response.context["object_list"]]


def test_jobs_are_listed_with_counts_and_reasons(
    cast: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    response = client.get(reverse("wagtail_newsroom_jobs"))
    text = response.content.decode()
    assert [job.status for job in response.context["object_list"]] == ["failed", "done"]
    assert "No engine is set up for this pair of languages." in text
    assert "Never seen before" not in text
    for job in TranslationJob.objects.all():
        assert reverse("wagtail_newsroom_job", args=[job.pk]) in text


def test_a_persian_admin_counts_in_persian_digits(
    cast: SimpleNamespace, paper: SimpleNamespace, editor: User, client: Client, settings: Any
) -> None:
    UserProfile.objects.create(user=editor, preferred_language="fa")
    settings.WAGTAIL_NEWSROOM_ENGINE_PRICES = {"pseudo": ("2500", "EUR")}
    client.force_login(editor)
    failed = TranslationJob.objects.get(status="failed")
    new = ArticlePage(title="New", slug="new", locale=paper.english)
    paper.news.add_child(instance=new)
    count = "(۲ بند)"
    assert len(failed.failures) == 2
    shown = {
        reverse("wagtail_newsroom_jobs"): count,
        reverse("wagtail_newsroom_job", args=[failed.pk]): count,
        reverse("wagtail_newsroom_translate", args=[cast.failed.pk]): count,
        reverse("wagtail_newsroom_review", args=[failed.translation_id]): count,
        reverse("wagtail_newsroom_translate", args=[new.pk]): "۰٫۰۱ EUR",
    }
    for address, words in shown.items():
        text = client.get(address).content.decode()
        assert words in text, address
        assert "(2 بند)" not in text, address
        assert "0.01 EUR" not in text, address


def test_filters_narrow_the_list(
    cast: SimpleNamespace,
    paper: SimpleNamespace,
    editor: User,
    translator: User,
    client: Client,
) -> None:
    client.force_login(editor)
    day = timezone.localdate()
    assert listed(client, status="failed") == ["Went wrong"]
    assert listed(client, requested_by=editor.pk) == ["Done well"]
    assert listed(client, locale=paper.english.pk) == []
    assert len(listed(client, locale=paper.persian.pk, since=day, until=day)) == 2
    assert listed(client, since=day + timedelta(days=1)) == []
    assert listed(client, ordering="created_at") == ["Done well", "Went wrong"]
    for wrong in ("x", "'", "9" * 30, "\x00", "-1"):
        for name in ("status", "locale", "requested_by", "since", "until", "ordering", "p"):
            assert len(listed(client, **{name: wrong})) == 2, (name, wrong)


def test_people_see_jobs_of_their_pieces_and_who_sees_engines_sees_all(
    cast: SimpleNamespace, paper: SimpleNamespace, outsider: User
) -> None:
    assert list(visible_jobs(outsider)) == []
    one = person(
        "one",
        permissions=("wagtail_localize.submit_translation",),
        pages=[(cast.done, "change_page")],
    )
    assert [job.status for job in visible_jobs(one)] == ["done"]
    manager = person("manager", permissions=(ENGINES,))
    assert visible_jobs(manager).count() == 2
    writer = person("writer", pages=[(paper.home, "change_page")])
    assert list(visible_jobs(writer)) == []
    client = Client()
    client.force_login(writer)
    for name in ("wagtail_newsroom_jobs", "wagtail_newsroom_jobs_results"):
        assert client.get(reverse(name)).status_code == 302
    assert reverse("wagtail_newsroom_jobs") not in client.get("/admin/").content.decode()
    client.force_login(manager)
    assert reverse("wagtail_newsroom_jobs") in client.get("/admin/").content.decode()
    assert len(listed(client)) == 2


def test_a_jobs_page_tells_times_and_attempts_and_the_manager_may_not_ask_again(
    cast: SimpleNamespace, paper: SimpleNamespace, outsider: User
) -> None:
    job = TranslationJob.objects.get(status="failed")
    url = reverse("wagtail_newsroom_job", args=[job.pk])
    client = Client()
    client.force_login(person("manager", permissions=(ENGINES,)))
    text = client.get(url).content.decode()
    for words in ("Times", "Requested", "Started", "Ended", "Attempts"):
        assert words in text
    assert "Try again what is missing" not in text
    assert reverse("wagtail_newsroom_review", args=[job.translation_id]) not in text
    client.post(reverse("wagtail_newsroom_retry", args=[job.pk]))
    assert TranslationJob.objects.count() == 2
    client.force_login(outsider)
    assert client.get(url).status_code == 302


@pytest.fixture
def keeping(settings: Any) -> None:
    """Has wagtail-localize keep translations of what is deleted; else their jobs go with them."""
    settings.WAGTAILLOCALIZE_DISABLE_ON_DELETE = True


def test_a_jobs_page_outlives_its_piece(
    keeping: None, cast: SimpleNamespace, outsider: User, translator: User
) -> None:
    job = TranslationJob.objects.get(status="failed")
    cast.failed.get_translations().get().delete()
    cast.failed.delete()
    translator.delete()
    page, retry = (reverse(f"wagtail_newsroom_{name}", args=[job.pk]) for name in ("job", "retry"))
    client = Client()
    client.force_login(person("manager", permissions=(ENGINES,)))
    assert page in client.get(reverse("wagtail_newsroom_jobs")).content.decode()
    text = client.get(page).content.decode()
    for words in (
        "The original was deleted.",
        "“Went wrong”",
        "from English into Persian",
        "No engine is set up for this pair of languages.",
        f'href="{reverse("wagtail_newsroom_jobs")}"',
    ):
        assert words in text
    assert "Try again what is missing" not in text
    assert reverse("wagtail_newsroom_review", args=[job.translation_id]) not in text
    progress = client.get(reverse("wagtail_newsroom_progress", args=[job.pk]))
    assert "Not translated" in progress.content.decode()
    assert client.post(retry).url == page
    assert "The original was deleted." in client.get(page).content.decode()
    assert TranslationJob.objects.count() == 2
    client.force_login(outsider)
    assert client.get(page).status_code == 302


def test_whoever_may_edit_what_was_translated_sees_the_job_of_a_deleted_original(
    keeping: None, cast: SimpleNamespace, editor: User, client: Client
) -> None:
    job = TranslationJob.objects.get(status="done")
    cast.done.delete()
    client.force_login(editor)
    text = client.get(reverse("wagtail_newsroom_job", args=[job.pk])).content.decode()
    assert "The original was deleted." in text
    assert "Review the translation" not in text


def test_the_list_asks_no_more_with_more_jobs(
    cast: SimpleNamespace, paper: SimpleNamespace, write: Any, editor: User, client: Client
) -> None:
    client.force_login(editor)
    found = []
    for number in (4, 30):
        while TranslationJob.objects.count() < number:
            page = write(f"More {ArticlePage.objects.count()}")
            source = localize.refresh_source(page)
            translation = localize.get_or_create_translation(source, paper.persian)
            TranslationJob.objects.create(
                translation=translation, requested_by=editor, status="done"
            )
        state_rows.rebuild()
        client.get(reverse("wagtail_newsroom_jobs"))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse("wagtail_newsroom_jobs"))
        assert len(response.context["object_list"]) == number
        found.append(len(queries))
    assert found[0] == found[1]
    assert found[0] <= 13
