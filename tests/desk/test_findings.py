"""Checks at the desk: told in words, mended with one click, dismissed with a name."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from wagtail_newsroom.desk import actions, findings, localize, mending
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import ArticlePage, Dismissal
from wagtail_newsroom.segments.checks import CHECKS, PIECE_CHECKS


def standfirst(translation: Any) -> localize.Segment:
    return next(s for s in localize.segments(translation) if s.path == "standfirst")


@pytest.fixture
def flawed(draft: Any, editor: User) -> Any:
    """The same draft, with Arabic letters and a missing half-space in its standfirst."""
    text = "مهندسان سد را مي پایند."
    localize.store_person_text(standfirst(draft), text, locale=draft.target_locale, user=editor)
    return draft


def found(translation: Any) -> list[findings.Told]:
    told = findings.findings_of(translation, localize.segments(translation))
    return told.get(standfirst(translation).pk, [])


def test_every_check_has_its_sentence() -> None:
    assert findings.SENTENCES.keys() == CHECKS.keys() | PIECE_CHECKS.keys()


def test_finding_is_told_in_words_with_its_values(flawed: Any) -> None:
    assert "Letters or digits of another language: مي" in [told.message for told in found(flawed)]


def test_markup_in_a_finding_reads_from_left_to_right(draft: Any, editor: User) -> None:
    segment = next(s for s in localize.segments(draft) if "<a " in s.source)
    localize.store_person_text(segment, "رود", locale=draft.target_locale, user=editor)
    told = findings.findings_of(draft, localize.segments(draft))[segment.pk]
    (message,) = [one.message for one in told if one.finding.check == "tags"]
    assert "\u2066</b>\u2069 / \u2066<a" in message


def test_one_click_mends_what_was_found_as_the_persons_words(flawed: Any, editor: User) -> None:
    told = next(told for told in found(flawed) if told.finding.check == "arabic-letters")
    mending.take_fix(flawed, standfirst(flawed).pk, finding=told.finding.key, fix=0, user=editor)
    segment = standfirst(flawed)
    assert "ي" not in segment.text
    assert (segment.kind, segment.translated_by_id) == ("manual", editor.pk)
    assert "arabic-letters" not in [told.finding.check for told in found(flawed)]


def test_fix_for_a_text_that_changed_is_declined(flawed: Any, editor: User) -> None:
    with pytest.raises(Declined, match="changed"):
        mending.take_fix(flawed, standfirst(flawed).pk, finding="0" * 16, fix=0, user=editor)
    assert "مي" in standfirst(flawed).text


def test_tidying_happens_when_a_person_asks(flawed: Any, editor: User) -> None:
    mending.tidy_segment(flawed, standfirst(flawed).pk, user=editor)
    assert standfirst(flawed).text == "مهندسان سد را می‌پایند."


def test_dismissal_keeps_the_name_and_holds_for_these_texts(flawed: Any, editor: User) -> None:
    mending.dismiss(flawed, standfirst(flawed).pk, check_id="arabic-letters", user=editor)
    told = next(told for told in found(flawed) if told.finding.check == "arabic-letters")
    assert told.dismissed_by == "editor"
    localize.store_person_text(
        standfirst(flawed), "مهندسان سد را مي پایند!", locale=flawed.target_locale, user=editor
    )
    told = next(told for told in found(flawed) if told.finding.check == "arabic-letters")
    assert told.is_open


def test_errors_keep_a_piece_from_approval_until_dismissed(draft: Any, editor: User) -> None:
    segment = standfirst(draft)
    localize.store_person_text(segment, segment.source, locale=draft.target_locale, user=editor)
    with pytest.raises(Declined, match="neither mended nor dismissed"):
        actions.approve(draft, user=editor)
    for told in found(draft):
        mending.dismiss(draft, segment.pk, check_id=told.finding.check, user=editor)
    assert actions.approve(draft, user=editor).pk


@pytest.mark.parametrize("action", ["fix", "tidy", "dismiss"])
def test_nobody_mends_without_the_right_to_edit(action: str, flawed: Any, outsider: User) -> None:
    before = standfirst(flawed).text
    calls: dict[str, Callable[[], None]] = {
        "fix": lambda: mending.take_fix(
            flawed, standfirst(flawed).pk, finding="x", fix=0, user=outsider
        ),
        "tidy": lambda: mending.tidy_segment(flawed, standfirst(flawed).pk, user=outsider),
        "dismiss": lambda: mending.dismiss(
            flawed, standfirst(flawed).pk, check_id="half-space", user=outsider
        ),
    }
    with pytest.raises(NotAllowed):
        calls[action]()
    assert standfirst(flawed).text == before
    assert not Dismissal.objects.exists()


def test_review_offers_fixes_and_takes_them(flawed: Any, translator: User) -> None:
    client = Client()
    client.force_login(translator)
    url = reverse("wagtail_newsroom_review", args=[flawed.pk])
    html = client.get(url).content.decode()
    assert "Letters or digits of another language" in html
    assert "Tidy the typography" in html
    segment = standfirst(flawed)
    told = next(told for told in found(flawed) if told.finding.check == "arabic-letters")
    response = client.post(
        url,
        {"segment": segment.pk, "finding": told.finding.key, "check": "arabic-letters", "fix": 0},
    )
    assert response.url == f"{url}#segment-{segment.pk}"
    assert "ي" not in standfirst(flawed).text


def test_nonsense_from_a_form_changes_nothing(flawed: Any, editor: User) -> None:
    client = Client()
    client.force_login(editor)
    url = reverse("wagtail_newsroom_review", args=[flawed.pk])
    for data in (
        {"action": "tidy"},
        {"action": "tidy", "segment": "x"},
        {"action": "tidy", "segment": "999999"},
        {"fix": "-1", "segment": str(standfirst(flawed).pk), "finding": "x"},
        {"fix": "²", "segment": str(standfirst(flawed).pk)},
    ):
        assert client.post(url, data).status_code == 302
    assert "مي" in standfirst(flawed).text


def test_machine_text_is_tidied_and_a_switch_turns_that_off(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    settings: Any,
    run_jobs: Callable[[], None],
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["tests.desk.engines.Untidy"]
    settings.WAGTAIL_NEWSROOM_TIDY_RULES = []
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(article).get()
    assert "مي شود" in standfirst(translation).text
    StringTranslation.objects.all().delete()
    settings.WAGTAIL_NEWSROOM_TIDY_RULES = None
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    assert "می‌شود" in standfirst(translation).text


def test_near_match_is_offered_on_request_and_taken_by_a_person(
    draft: Any,
    editor: User,
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    run_jobs: Callable[[], None],
) -> None:
    actions.approve(draft, user=editor)
    remembered = standfirst(draft).text
    other = write(standfirst="Engineers watch the old dam.", body=[])
    actions.request_translation(other, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(other).get()
    segment = standfirst(translation)
    assert segment.text != remembered
    client = Client()
    client.force_login(editor)
    url = reverse("wagtail_newsroom_review", args=[translation.pk])
    assert "Use this" not in client.get(url).content.decode()
    assert "Use this" in client.get(f"{url}?near={segment.pk}").content.decode()
    client.post(url, {"segment": segment.pk, "near": "0"})
    assert (standfirst(translation).text, standfirst(translation).kind) == (remembered, "manual")
