"""What readers are told of where the words of a page come from, and of what state they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from tests.publishing.conftest import restrict, translate
from wagtail_newsroom.desk import actions, list_actions, localize, state_rows
from wagtail_newsroom.desk.provenance import Facts, Kind, facts_of, facts_of_pages
from wagtail_newsroom.models import Approval, ArticlePage, Provenance
from wagtail_newsroom.publishing.provenance import provenance_of

HOST = {"host": "localhost"}


@pytest.fixture
def piece(write: Callable[..., ArticlePage]) -> ArticlePage:
    """An English piece with a title that would like to be markup."""
    return write("Rain </script> & <b>wind</b>", slug="rain")


@pytest.fixture
def into_persian(
    paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> Callable[..., ArticlePage]:
    """Has a piece translated, approved and published, by a machine or by hand."""

    def make(source: ArticlePage, *, by_hand: bool = False) -> ArticlePage:
        actions.request_translation(source, paper.persian, user=editor)
        translation = localize.translations_of(source).get()
        if by_hand:
            for segment in localize.segments(translation):
                localize.store_person_text(
                    segment, "باران بر شهر بارید", locale=paper.persian, user=editor
                )
        run_jobs()
        actions.approve(translation, user=editor)
        found: ArticlePage = actions.publish(translation, user=editor)
        return found

    return make


def line(client: Client, page: ArticlePage) -> Any:
    found = BeautifulSoup(client.get(page.get_url(), headers=HOST).content, "html.parser").select(
        ".nr-provenance"
    )
    assert len(found) <= 1
    return found[0] if found else None


def words(client: Client, page: ArticlePage) -> str:
    return " ".join(line(client, page).get_text().split())


def test_an_original_says_nothing(
    client: Client, piece: ArticlePage, into_persian: Callable[..., ArticlePage]
) -> None:
    assert line(client, piece) is None
    into_persian(piece)
    assert line(client, piece) is None


def test_a_machines_translation_names_who_reviewed_it_and_leads_to_the_original(
    client: Client,
    piece: ArticlePage,
    editor: User,
    into_persian: Callable[..., ArticlePage],
    settings: Any,
) -> None:
    twin = into_persian(piece)
    plain = "Machine-translated, reviewed by an editor."

    editor.username = "login-of-nura"
    editor.save()

    def told() -> str:
        translated = words(client, twin)
        assert editor.username not in translated
        return translated

    # An account without a name is not told by its login.
    with override("fa"):
        plain = gettext(plain)
    assert told().startswith(plain)
    editor.first_name, editor.last_name = "Nura", "<b>Vale</b>"
    editor.save()
    with override("fa"):
        by_name = gettext("Machine-translated, reviewed by %(name)s.")
    assert told().startswith(by_name % {"name": "Nura <b>Vale</b>"})
    settings.WAGTAIL_NEWSROOM_PROVENANCE_NAMES = False
    assert told().startswith(plain)

    link = line(client, twin).a
    assert link.attrs == {
        "href": "http://localhost/en/news/rain/",
        "hreflang": "en",
        "lang": "en",
        "dir": "ltr",
    }
    assert link.get_text() == piece.title
    editor.delete()
    settings.WAGTAIL_NEWSROOM_PROVENANCE_NAMES = True
    assert words(client, twin).startswith(plain)


def test_on_a_mirror_the_original_is_there_too(
    client: Client,
    piece: ArticlePage,
    into_persian: Callable[..., ArticlePage],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_MIRRORS = ["https://mirror.example.net"]
    url = into_persian(piece).get_url()
    page = client.get(url, secure=True, headers={"host": "mirror.example.net"}).content
    (link,) = BeautifulSoup(page, "html.parser").select(".nr-provenance a")
    assert link["href"] == "/en/news/rain/"


def test_a_persons_translation_says_from_which_language(
    client: Client, write: Callable[..., ArticlePage], into_persian: Callable[..., ArticlePage]
) -> None:
    body = [("paragraph", "<p>Rain fell on the town.</p>")]
    twin = into_persian(write("Rain", body=body), by_hand=True)
    found = line(client, twin)
    assert "achine" not in found.get_text()
    assert found.a["hreflang"] == "en"
    assert provenance_of(twin).facts.kind == Kind.HUMAN
    assert provenance_of(twin).facts.origin == "en"


def test_an_original_that_was_published_anew_is_told_until_the_translation_follows(
    client: Client,
    piece: ArticlePage,
    into_persian: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    twin = into_persian(piece)
    assert provenance_of(twin).updated_at is None
    fresh = ArticlePage.objects.get(pk=piece.pk)
    fresh.standfirst = "It goes on."
    fresh.save_revision().publish()
    changed = ArticlePage.objects.get(pk=piece.pk).last_published_at
    assert provenance_of(twin).updated_at == changed
    with override("fa"):
        later, since = (
            gettext(text).partition("%(updated)s")[0]
            for text in (
                "The original was updated later on %(updated)s.",
                "The original was updated on %(updated)s; this version is of %(version)s.",
            )
        )
    assert later in words(client, twin)
    Approval.objects.update(source_updated_at=changed - timedelta(days=2))
    assert since in words(client, twin)
    assert len(line(client, twin).select("time")) == 2

    # A draft of the change is no version that readers see.
    actions.request_translation(fresh, paper.persian, user=editor)
    run_jobs()
    assert provenance_of(ArticlePage.objects.get(pk=twin.pk)).updated_at == changed
    translation = localize.translations_of(piece).get()
    actions.approve(translation, user=editor)
    assert provenance_of(ArticlePage.objects.get(pk=twin.pk)).updated_at == changed
    actions.publish(translation, user=editor)
    assert provenance_of(ArticlePage.objects.get(pk=twin.pk)).updated_at is None


def test_an_original_that_was_published_again_as_it_was_is_not_told(
    piece: ArticlePage, into_persian: Callable[..., ArticlePage], editor: User
) -> None:
    twin = into_persian(piece)

    def publish(**changes: str) -> None:
        fresh = ArticlePage.objects.get(pk=piece.pk)
        vars(fresh).update(changes)
        fresh.save_revision().publish()
        state_rows.refresh({piece.translation_key})

    publish()
    assert provenance_of(twin).updated_at is None
    publish(standfirst="It goes on.")
    assert provenance_of(twin).updated_at is not None
    list_actions.waive(localize.translations_of(piece).get(), user=editor)
    state_rows.refresh({piece.translation_key})
    assert provenance_of(twin).updated_at is None
    publish(standfirst="It stopped.")
    assert provenance_of(twin).updated_at is not None


def test_an_original_that_nobody_may_read_is_not_led_to(
    client: Client, piece: ArticlePage, into_persian: Callable[..., ArticlePage]
) -> None:
    twin = into_persian(piece)
    fresh = ArticlePage.objects.get(pk=piece.pk)
    fresh.title = "Secret plans"
    fresh.save_revision().publish()
    restrict(piece)
    found = line(client, twin)
    assert found.a is None
    assert "Secret plans" not in found.get_text()
    assert "updated" not in found.get_text()


def test_a_machines_words_are_told_when_the_original_is_gone(
    client: Client, piece: ArticlePage, into_persian: Callable[..., ArticlePage]
) -> None:
    twin = into_persian(piece)
    ArticlePage.objects.get(pk=piece.pk).delete()
    assert Provenance.objects.exists()
    assert provenance_of(ArticlePage.objects.get(pk=twin.pk)).is_machine


def test_pages_that_people_wrote_side_by_side_are_originals(
    cast: SimpleNamespace,
) -> None:
    assert facts_of(cast.both) == facts_of(cast.both_fa) == Facts()
    assert facts_of_pages([]) == {}
    assert facts_of(ArticlePage(title="Not stored")) == Facts()


def test_provenance_takes_no_query_on_an_original_and_one_on_a_translation(
    client: Client,
    piece: ArticlePage,
    into_persian: Callable[..., ArticlePage],
    get_request: Callable[..., HttpRequest],
) -> None:
    twin = into_persian(piece)
    counts = []
    for page in (piece, twin):
        client.get(page.get_url(), headers=HOST)
        with CaptureQueriesContext(connection) as found:
            client.get(page.get_url(), headers=HOST)
        counts.append(sum('FROM "wagtail_newsroom_approval"' in each["sql"] for each in found))
    assert counts == [0, 1]


def test_the_approval_before_the_publication_counts_where_the_revision_is_another(
    piece: ArticlePage, into_persian: Callable[..., ArticlePage], editor: User
) -> None:
    twin = into_persian(piece)
    approval = localize.translations_of(piece).get().newsroom_approvals.get()
    type(approval).objects.update(revision=None)
    editor.first_name = "Nura"
    editor.save()
    assert provenance_of(twin).reviewer == "Nura"
    # One after it says nothing of what readers see.
    type(approval).objects.update(approved_at=twin.last_published_at + timedelta(hours=1))
    assert provenance_of(twin).reviewer == ""


def test_a_twin_by_hand_has_no_line(
    client: Client, write: Callable[..., ArticlePage], paper: SimpleNamespace
) -> None:
    twin = translate(write("Ferries"), paper.persian, "کشتی‌ها")
    assert line(client, twin) is None
    assert not re.search("nr-provenance", client.get(twin.get_url(), headers=HOST).text)
