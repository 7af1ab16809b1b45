"""Machine texts beside what stands there: asked for in the background, taken by a person."""

from __future__ import annotations

import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.conftest import ALL, person
from wagtail_newsroom.desk import actions, editing, localize, suggestions
from wagtail_newsroom.desk.work import Work
from wagtail_newsroom.engines.registry import load_chain
from wagtail_newsroom.exceptions import NotAllowed
from wagtail_newsroom.models import ArticlePage, EngineUsage, Provenance, Suggestion

from .engines import Suggester
from .reviewing import address, ask, browse, review, segment_with, stored

SUGGESTER = "tests.desk.engines.Suggester"


@pytest.fixture
def chain(draft: Any, settings: Any) -> None:
    """A chain of three engines, of which one is not private."""
    Suggester.sent.clear()
    settings.WAGTAIL_NEWSROOM_ENGINES = [
        "pseudo",
        SUGGESTER,
        SUGGESTER.replace("Suggester", "House"),
    ]


def test_a_suggestion_is_made_in_the_background_and_stands_beside_the_text(
    draft: Any, chain: None, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    heading = segment_with(draft, "What comes next")
    client = browse(editor)
    forms = client.get(address(draft, heading), {"open": 1}).json()["margin"]
    assert '<option value="suggester">Suggester</option>' in forms
    with django_capture_on_commit_callbacks() as calls:
        answer = ask(client, draft, heading, action="suggest", engine="suggester").json()
    assert (answer["status"], answer["isWaiting"], Suggester.sent) == ("saved", True, [])
    assert "Being translated…" in answer["margin"]
    assert len(calls) >= 1
    assert suggestions.make(draft.pk) == 1
    assert Suggester.sent == ["What comes next"]
    answer = client.get(address(draft, heading)).json()
    assert "پیشنهاد تازه" in answer["margin"]
    assert not answer["isWaiting"]
    assert stored(draft, heading) == heading
    usage = EngineUsage.objects.get(engine="suggester")
    assert (usage.characters, usage.requests) == (len("What comes next"), 1)
    # The same again is not paid for again.
    assert suggestions.ask(draft, [heading.pk], engine="suggester", user=editor) == 0
    assert suggestions.make(draft.pk) == 0
    assert Suggester.sent == ["What comes next"]


def test_a_suggestion_is_put_in_by_a_person_and_the_words_that_stood_there_are_kept(
    draft: Any, chain: None, editor: User, translator: User
) -> None:
    heading = segment_with(draft, "What comes next")
    editing.save_text(
        draft, heading.pk, "واژه‌های من", version=editing.version_of(heading), user=translator
    )
    suggestions.ask(draft, [heading.pk], engine="suggester", user=editor)
    suggestions.make(draft.pk)
    assert stored(draft, heading).text == "واژه‌های من"
    offer = Suggestion.objects.get(engine="suggester")
    # Who saw another text does not overwrite this one.
    assert ask(browse(editor), draft, heading, take=offer.pk).status_code == 409
    assert stored(draft, heading).text == "واژه‌های من"
    now = stored(draft, heading)
    answer = ask(browse(editor), draft, now, take=offer.pk).json()
    taken = stored(draft, heading)
    assert (taken.text, taken.kind, taken.tool) == (
        "پیشنهاد تازه",
        localize.MACHINE,
        "suggester",
    )
    assert "Before: translator" in answer["margin"]
    assert "واژه‌های من" in answer["margin"]
    assert Provenance.objects.filter(engine="suggester", approved_at=None).count() == 1
    # And back.
    words = Suggestion.objects.get(engine="")
    assert ask(browse(editor), draft, taken, take=words.pk).status_code == 200
    assert (stored(draft, heading).text, stored(draft, heading).kind) == (
        "واژه‌های من",
        localize.MANUAL,
    )


def test_taking_a_suggestion_needs_no_script(draft: Any, chain: None, editor: User) -> None:
    heading = segment_with(draft, "What comes next")
    client = browse(editor)
    client.post(review(draft), {"segment": heading.pk, "action": "suggest", "engine": "suggester"})
    suggestions.make(draft.pk)
    offer = Suggestion.objects.get()
    html = client.get(review(draft)).content.decode()
    assert f'name="take" value="{offer.pk}"' in html
    client.post(
        review(draft),
        {"segment": heading.pk, "version": editing.version_of(heading), "take": offer.pk},
    )
    assert stored(draft, heading).text == "پیشنهاد تازه"


def test_a_private_piece_is_offered_to_private_engines_only(
    draft: Any, chain: None, editor: User, article: ArticlePage
) -> None:
    heading = segment_with(draft, "What comes next")
    suggestions.ask(draft, [heading.pk], engine="suggester", user=editor)
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    # It became private after it was asked for.
    assert suggestions.make(draft.pk) == 0
    row = Suggestion.objects.get()
    assert (row.status, row.reason, Suggester.sent) == ("failed", "withheld", [])
    answer = ask(browse(editor), draft, heading, action="suggest", engine="suggester")
    assert answer.status_code == 422
    forms = browse(editor).get(address(draft, heading), {"open": 1}).json()["margin"]
    assert 'value="house"' in forms
    assert 'value="suggester"' not in forms
    assert suggestions.ask(draft, [heading.pk], engine="house", user=editor) == 1
    assert suggestions.make(draft.pk) == 1


def test_a_cap_holds_for_suggestions_and_is_told(
    draft: Any, chain: None, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_CHARACTER_CAPS = {"suggester": 3}
    heading = segment_with(draft, "What comes next")
    suggestions.ask(draft, [heading.pk], engine="suggester", user=editor)
    assert suggestions.make(draft.pk) == 0
    assert (Suggestion.objects.get().reason, Suggester.sent) == ("cap", [])
    margin = browse(editor).get(address(draft, heading)).json()["margin"]
    assert "Suggester has reached the month&#x27;s cap of characters." in margin
    settings.WAGTAIL_NEWSROOM_CHARACTER_CAPS = {}
    assert suggestions.ask(draft, [heading.pk], engine="suggester", user=editor) == 1
    assert suggestions.make(draft.pk) == 1


def test_a_killed_workers_suggestions_are_taken_over(draft: Any, chain: None, editor: User) -> None:
    heading = segment_with(draft, "What comes next")
    suggestions.ask(draft, [heading.pk], engine="suggester", user=editor)
    Suggestion.objects.update(
        status="running", token=uuid.uuid4(), lease_until=timezone.now() + timedelta(minutes=1)
    )
    assert suggestions.make(draft.pk) == 0
    Suggestion.objects.update(
        lease_until=timezone.now() - timedelta(seconds=1),
        woken_at=timezone.now() - timedelta(minutes=2),
    )
    assert suggestions.call_again(draft)
    assert not suggestions.call_again(draft)
    assert suggestions.make(draft.pk) == 1


def test_machine_texts_are_offered_beside_all_that_people_wrote(
    draft: Any, chain: None, editor: User
) -> None:
    heading = segment_with(draft, "What comes next")
    quote = segment_with(draft, "We are ready.")
    for segment in (heading, quote):
        editing.save_text(
            draft, segment.pk, "نوشتهٔ من", version=editing.version_of(segment), user=editor
        )
    client = browse(editor)
    part = client.get(reverse("wagtail_newsroom_beside", args=[draft.pk])).content.decode()
    assert "2 passages were written by people." in part
    response = client.post(
        review(draft), {"action": "suggest_all", "engine": "suggester"}, follow=True
    )
    assert "2 passages are being translated again" in response.content.decode()
    assert suggestions.make(draft.pk) == 2
    assert {stored(draft, one).text for one in (heading, quote)} == {"نوشتهٔ من"}
    assert sorted(Suggester.sent) == ["We are ready.", "What comes next"]


def test_what_a_job_brings_for_words_written_meanwhile_is_kept_beside_them(
    article: ArticlePage, paper: SimpleNamespace, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["pseudo"]
    job = actions.request_translation(article, paper.persian, user=editor)
    translation = localize.get_translation(job.translation_id)
    heading = segment_with(translation, "What comes next")
    work = Work(job, engines=load_chain(["pseudo"]), extend=lambda *args, **kwargs: None)
    work.take_stock()
    localize.store_person_text(heading, "من زودتر", locale=paper.persian, user=editor)
    work.ask_engines()
    assert stored(translation, heading).text == "من زودتر"
    offer = Suggestion.objects.get()
    assert (offer.string_id, offer.engine, offer.status) == (heading.string_id, "pseudo", "done")
    assert offer.text


def test_nobody_asks_an_engine_without_the_right_to(
    draft: Any, chain: None, paper: SimpleNamespace, outsider: User
) -> None:
    heading = segment_with(draft, "What comes next")
    writer = person("writer", pages=[(paper.home_fa, code) for code in ALL])
    for user in (outsider, writer):
        answer = ask(browse(user), draft, heading, action="suggest", engine="suggester")
        assert answer.status_code == 403
        with pytest.raises(NotAllowed):
            suggestions.ask(draft, None, engine="suggester", user=user)
    Suggestion.objects.create(
        translation=draft,
        string_id=heading.string_id,
        context_id=heading.context_id,
        engine="suggester",
        text="نه",
        status="done",
    )
    offer = Suggestion.objects.get()
    assert ask(browse(outsider), draft, heading, take=offer.pk).status_code == 403
    assert stored(draft, heading) == heading
    assert Suggestion.objects.count() == 1
    assert (
        "<select" not in browse(writer).get(address(draft, heading), {"open": 1}).json()["margin"]
    )


@pytest.mark.parametrize("engine", ["", "nobody", "<b>"])
def test_an_engine_outside_the_chain_is_not_asked(
    draft: Any, chain: None, editor: User, engine: str
) -> None:
    heading = segment_with(draft, "What comes next")
    answer = ask(browse(editor), draft, heading, action="suggest", engine=engine)
    assert (answer.status_code, Suggestion.objects.count()) == (422, 0)
