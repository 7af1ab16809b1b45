"""The record of human review: kept when it happens, kept when people and pieces go, exported."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests.conftest import person
from tests.testapp.models import Notice
from wagtail_newsroom.desk import actions, editing, localize, state_rows
from wagtail_newsroom.desk.history import RESTARTED, STOPPED
from wagtail_newsroom.engines.pseudo import PseudoEngine
from wagtail_newsroom.exceptions import NotAllowed
from wagtail_newsroom.models import ArticlePage, ReviewRecord

VIEW = "wagtail_newsroom.view_reviewrecord"


@pytest.fixture
def drafted(article: ArticlePage, paper: SimpleNamespace, translator: User, run_jobs: Any) -> Any:
    """The Persian translation of an article that the translator asked for."""
    actions.request_translation(article, paper.persian, user=translator)
    run_jobs()
    return localize.translations_of(article).get()


@pytest.fixture
def auditor(paper: SimpleNamespace) -> User:
    """May see the record, and nothing else."""
    return person("auditor", permissions=(VIEW,))


def write(translation: Any, place: int, text: str, user: User) -> None:
    """Write a text as a person does at the review."""
    segment = localize.segments(translation)[place]
    editing.save_text(translation, segment.pk, text, version=editing.version_of(segment), user=user)


def story() -> list[tuple[str, str, int | None]]:
    """Return the record, oldest first: what, who, how many passages."""
    return [
        (entry.action, entry.name, entry.passages)
        for entry in ReviewRecord.objects.order_by("at", "pk")
    ]


def history(page: Any) -> list[str]:
    """Return what a page's history says, newest first."""
    return [
        str(entry.message)
        for entry in PageLogEntry.objects.filter(
            page=page.pk, action__startswith="wagtail_newsroom."
        )
    ]


def test_the_translated_title_is_that_of_the_draft(
    drafted: Any, article: ArticlePage, editor: User, translator: User
) -> None:
    def title(action: str) -> str:
        return ReviewRecord.objects.get(action=action).title

    drafts = localize.segments(drafted)[0]
    assert drafts.path == "title"
    assert title("translated") == drafts.text != article.title
    write(drafted, 0, "رود بالا می‌آید", translator)
    actions.approve(drafted, user=editor)
    assert title("approved") == "رود بالا می‌آید"
    actions.publish(drafted, user=editor)
    assert title("published") == "رود بالا می‌آید"


def test_the_way_of_a_piece_is_told_from_request_to_publication(
    drafted: Any, article: ArticlePage, paper: SimpleNamespace, editor: User, translator: User
) -> None:
    total = len(localize.segments(drafted))
    translator.first_name, translator.last_name = "Tara", "Rad"
    translator.save()
    write(drafted, 0, "رود بالا می‌آید", translator)
    approval = actions.approve(drafted, user=editor)
    actions.publish(drafted, user=editor)
    assert story() == [
        ("requested", "translator", None),
        ("translated", "pseudo", total),
        ("edited", "Tara Rad (translator)", 1),
        ("approved", "editor", total),
        ("published", "editor", None),
    ]
    approved = ReviewRecord.objects.get(action="approved")
    assert (approved.by_person, approved.digest) == (1, approval.digest)
    assert (approved.source_language, approved.language) == ("en", "fa")
    assert approved.model == "wagtail_newsroom.articlepage"
    assert approved.source_title == "The river rises"
    assert ReviewRecord.objects.get(action="published").digest == approval.digest
    assert history(article.get_translation(paper.persian)) == [
        "Translation approved",
        "1 passage of the translation edited",
        "Translation requested",
    ]


def test_edits_of_a_sitting_are_one_entry_that_counts_passages(
    drafted: Any, article: ArticlePage, paper: SimpleNamespace, editor: User, translator: User
) -> None:
    write(drafted, 0, "یک", translator)
    write(drafted, 0, "دو", translator)
    write(drafted, 1, "سه", translator)
    edits = ReviewRecord.objects.filter(action="edited")
    assert [(entry.name, entry.passages) for entry in edits] == [("translator", 2)]
    target = article.get_translation(paper.persian)
    assert history(target)[0] == "2 passages of the translation edited"
    write(drafted, 2, "چهار", editor)
    write(drafted, 2, "پنج", translator)
    assert [(entry.name, entry.passages) for entry in edits.order_by("at")] == [
        ("translator", 2),
        ("editor", 1),
        ("translator", 1),
    ]
    ReviewRecord.objects.update(at=timezone.now() - timedelta(hours=2))
    write(drafted, 0, "شش", translator)
    assert edits.all().count() == 4


def test_edits_in_the_editor_of_wagtail_localize_count_too(
    drafted: Any, translator: User, client: Client
) -> None:
    client.force_login(translator)
    segment = localize.segments(drafted)[0]
    url = reverse("wagtail_localize:edit_string_translation", args=[drafted.pk, segment.pk])
    answer = client.put(url, b"value=%DB%8C%DA%A9", "application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert story()[-1] == ("edited", "translator", 1)


def test_what_changes_nothing_is_no_edit(drafted: Any, translator: User) -> None:
    segment = localize.segments(drafted)[0]
    write(drafted, 0, segment.text, translator)
    assert not ReviewRecord.objects.filter(action="edited").exists()


def test_a_refused_approval_leaves_no_entry(drafted: Any, translator: User) -> None:
    with pytest.raises(NotAllowed):
        actions.approve(drafted, user=translator)
    assert not ReviewRecord.objects.filter(action="approved").exists()


def test_publication_by_any_route_is_recorded_and_that_of_originals_is_not(
    drafted: Any, article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.approve(drafted, user=editor)
    target = article.get_translation(paper.persian)
    assert not ReviewRecord.objects.filter(action="published").exists()
    client = Client()
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert client.post(url, {"action": "publish"}).status_code == 302
    published = ReviewRecord.objects.get(action="published")
    assert (published.name, published.source_title) == ("editor", "The river rises")
    article.save_revision().publish(user=editor)
    assert ReviewRecord.objects.filter(action="published").count() == 1


def test_a_snippet_without_drafts_is_recorded_when_it_is_written(
    notice: Notice, paper: SimpleNamespace, chief: User, run_jobs: Any
) -> None:
    actions.request_translation(notice, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(notice).get()
    actions.approve(translation, user=chief)
    actions.publish(translation, user=chief)
    assert [action for action, _name, _count in story()] == [
        "requested",
        "translated",
        "approved",
        "published",
    ]
    assert ReviewRecord.objects.get(action="published").model == "testapp.notice"


def test_stopping_and_starting_again_stands_in_the_history_with_who_did_it(
    drafted: Any, article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    client = Client()
    client.force_login(editor)
    client.post(reverse("wagtail_localize:stop_translation", args=[drafted.pk]))
    target = article.get_translation(paper.persian)
    stopped = PageLogEntry.objects.get(page=target.pk, action=STOPPED)
    assert stopped.user == editor
    client.post(
        reverse("wagtailadmin_pages:edit", args=[target.pk]), {"localize-restart-translation": "1"}
    )
    assert PageLogEntry.objects.get(page=target.pk, action=RESTARTED).user == editor


def test_a_second_request_is_told_as_such(
    drafted: Any, article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    assert history(article.get_translation(paper.persian))[0] == "Translation requested again"


def test_the_record_outlives_people_and_pieces(
    drafted: Any,
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    auditor: User,
) -> None:
    actions.approve(drafted, user=editor)
    before = story()
    article.get_translation(paper.persian).delete()
    article.delete()
    editor.delete()
    assert story() == before
    client = Client()
    client.force_login(auditor)
    text = client.get(reverse("wagtail_newsroom_record")).content.decode()
    assert "The river rises" in text
    assert "<bdi>editor</bdi>" in text


def test_engines_are_told_by_the_names_that_people_know(
    drafted: Any, auditor: User, client: Client
) -> None:
    entry = ReviewRecord.objects.get(action=ReviewRecord.Action.TRANSLATED)
    assert entry.name == "pseudo"
    ReviewRecord.objects.filter(pk=entry.pk).update(name="gone, memory, pseudo")

    client.force_login(auditor)
    page = client.get(reverse("wagtail_newsroom_record")).content.decode()

    for name in ("gone", "Translation memory", str(PseudoEngine.label)):
        assert f"<div><bdi>{name}</bdi></div>" in page


def test_only_who_may_see_the_record_gets_it(
    drafted: Any, auditor: User, editor: User, client: Client
) -> None:
    for name in ("wagtail_newsroom_record", "wagtail_newsroom_record_results"):
        for query in ({}, {"export": "csv"}, {"export": "xlsx"}):
            client.force_login(editor)
            assert client.get(reverse(name), query).status_code == 302
            client.force_login(auditor)
            assert client.get(reverse(name), query).status_code == 200
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtail_newsroom_record") in home
    client.force_login(editor)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtail_newsroom_record") not in home


def test_filters_narrow_the_record(
    drafted: Any, translator: User, auditor: User, client: Client
) -> None:
    client.force_login(auditor)
    today = timezone.localdate()

    def found(**query: Any) -> list[str]:
        response = client.get(reverse("wagtail_newsroom_record"), query)
        assert response.status_code == 200
        return [entry.action for entry in response.context["object_list"]]

    assert found() == ["translated", "requested"]
    assert found(action="requested") == ["requested"]
    assert found(language="fa", user=translator.pk) == ["requested"]
    assert found(since=today.isoformat(), until=today.isoformat()) == ["translated", "requested"]
    assert found(until=(today - timedelta(days=1)).isoformat()) == []
    assert found(q="RIVER") == ["translated", "requested"]
    assert found(q="pseudo") == ["translated"]
    # Wrong values leave the whole record, as everywhere in Wagtail.
    for wrong in ("x", "'", "9" * 30, "\x00"):
        for name in ("action", "language", "user", "since", "until", "ordering", "p"):
            assert found(**{name: wrong}) == ["translated", "requested"], (name, wrong)
        assert found(q=wrong) in ([], ["translated", "requested"])


def test_the_export_is_safe_to_open(drafted: Any, auditor: User, client: Client) -> None:
    ReviewRecord.objects.update(source_title="=HYPERLINK(1)", name="+cmd")
    client.force_login(auditor)
    response = client.get(
        reverse("wagtail_newsroom_record"), {"export": "csv", "action": "requested"}
    )
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert data.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert line["Title"] == "'=HYPERLINK(1)"
    assert line["Name"] == "'+cmd"
    assert (line["From"], line["Into"], line["Code"]) == ("en", "fa", "requested")


def test_the_command_writes_the_same_file(drafted: Any, tmp_path: Path, capsys: Any) -> None:
    ReviewRecord.objects.filter(action="requested").update(source_title="=HYPERLINK(1)")
    file = tmp_path / "record.csv"
    call_command("newsroom_export_record", file)
    assert "2 entries were written." in capsys.readouterr().out
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert (first["action"], second["action"]) == ("requested", "translated")
    assert first["source_title"] == "'=HYPERLINK(1)"
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("newsroom_export_record", file)
    call_command("newsroom_export_record", tmp_path / "none.csv", "--until", "2001-01-01")
    call_command("newsroom_export_record", tmp_path / "no.csv", "--language", "de")
    assert capsys.readouterr().out.count("0 entries were written.") == 2
    call_command("newsroom_export_record", tmp_path / "all.csv", "--since", "2001-01-01")
    assert "2 entries" in capsys.readouterr().out


def test_the_report_asks_no_more_with_more_entries(
    drafted: Any, article: ArticlePage, auditor: User, client: Client
) -> None:
    state_rows.refresh([article.translation_key])
    client.force_login(auditor)
    entry = ReviewRecord.objects.first()
    assert entry is not None
    found = []
    for number in (10, 45):
        while ReviewRecord.objects.count() < number:
            entry.pk = None
            entry.save()
        client.get(reverse("wagtail_newsroom_record"))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse("wagtail_newsroom_record"))
        assert len(response.context["object_list"]) == number
        found.append(len(queries))
    assert found[0] == found[1]
    # One of them asks for the languages that are open to the person, for the menu.
    assert found[0] <= 13


def test_titles_lead_to_the_pieces_that_one_may_see(
    drafted: Any, article: ArticlePage, auditor: User, client: Client
) -> None:
    state_rows.refresh([article.translation_key])
    url = reverse("wagtail_newsroom_review", args=[drafted.pk])
    client.force_login(auditor)
    assert url not in client.get(reverse("wagtail_newsroom_record")).content.decode()
    client.force_login(User.objects.create_superuser("boss", "boss@example.org"))
    assert url in client.get(reverse("wagtail_newsroom_record")).content.decode()
