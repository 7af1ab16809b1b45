"""Single passages that are approved: by whom, of which text, and the piece with the last one."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from tests.conftest import person
from wagtail_newsroom.desk import actions, editing, localize, mending, passages
from wagtail_newsroom.desk.findings import findings_of
from wagtail_newsroom.desk.gate import reasons_against
from wagtail_newsroom.desk.margin import margin_of
from wagtail_newsroom.desk.workflow import submit
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import Approval, MemoryEntry, Provenance, TranslationReviewTask

from .bulk import ask as ask_list
from .reviewing import address, ask, beside, browse, review, segment_with, stored
from .test_list_actions import row_of


def waiting(translation: Any) -> str:
    """Return the gate's word on the piece as it stands."""
    return " ".join(reasons_against(localize.translated_instance(translation)))


def test_one_passage_is_approved_with_name_and_time(draft: Any, editor: User) -> None:
    heading = segment_with(draft, "What comes next")
    before = int(waiting(draft).split()[0])
    answer = ask(browse(editor), draft, heading, action="approve").json()
    approved = beside(draft, heading).approved
    assert (answer["status"], answer["isApproved"]) == ("saved", True)
    assert "Approved by" in answer["origin"]
    assert "approve_passage" not in answer["origin"]
    assert approved.by == "editor"
    assert timezone.now() - approved.at < timedelta(minutes=1)
    assert int(waiting(draft).split()[0]) == before - 1
    assert MemoryEntry.objects.filter(source_text="What comes next").count() == 1
    assert not Approval.objects.exists()


def test_the_approval_is_lost_with_the_text_and_comes_back_with_it(
    draft: Any, editor: User
) -> None:
    heading = segment_with(draft, "What comes next")
    passages.approve_passage(draft, heading.pk, version=editing.version_of(heading), user=editor)
    editing.save_text(
        draft, heading.pk, "چیزی دیگر", version=editing.version_of(heading), user=editor
    )
    assert beside(draft, heading).approved is None
    html = browse(editor).get(review(draft)).content.decode()
    assert f'value="{heading.pk}:{editing.version_of(stored(draft, heading))}"' in html


def test_another_text_than_the_one_that_was_read_is_not_approved(
    draft: Any, editor: User, translator: User
) -> None:
    heading = segment_with(draft, "What comes next")
    editing.save_text(
        draft, heading.pk, "متن تازه", version=editing.version_of(heading), user=translator
    )
    answer = ask(browse(editor), draft, heading, action="approve")
    assert (answer.status_code, answer.json()["status"]) == (409, "conflict")
    assert beside(draft, heading).approved is None


def test_a_passage_with_an_open_error_or_without_a_text_is_not_approved(
    draft: Any, editor: User
) -> None:
    paragraph = segment_with(draft, "3.5 %")
    editing.save_text(
        draft, paragraph.pk, "The river", version=editing.version_of(paragraph), user=editor
    )
    paragraph = stored(draft, paragraph)
    answer = ask(browse(editor), draft, paragraph, action="approve")
    assert answer.status_code == 422
    assert answer.json()["message"] == ("An error of this passage is neither mended nor dismissed.")
    editing.save_text(draft, paragraph.pk, "", version=editing.version_of(paragraph), user=editor)
    answer = ask(browse(editor), draft, stored(draft, paragraph), action="approve")
    assert answer.json()["message"] == "This passage has no translation yet."
    assert not Provenance.objects.filter(approved_at__isnull=False).exists()


def test_the_last_passage_approves_the_piece(draft: Any, editor: User) -> None:
    everything = localize.segments(draft)
    client = browse(editor)
    for segment in everything[:-1]:
        assert ask(client, draft, segment, action="approve").json()["message"] == ""
    assert not Approval.objects.exists()
    answer = ask(client, draft, everything[-1], action="approve").json()
    assert answer["message"] == "All passages are approved, and so is the piece."
    assert Approval.objects.get().approved_by == editor
    actions.publish(draft, user=editor)
    assert localize.target_of(draft).live


def test_all_without_open_errors_are_approved_and_the_others_are_not(
    draft: Any, editor: User
) -> None:
    paragraph = segment_with(draft, "3.5 %")
    editing.save_text(
        draft, paragraph.pk, "The river", version=editing.version_of(paragraph), user=editor
    )
    everything = localize.segments(draft)
    response = browse(editor).post(
        review(draft),
        {"action": "approve_sound", "seen": actions.digest(everything)},
        follow=True,
    )
    assert f"{len(everything) - 1} passages are approved." in response.content.decode()
    margin = margin_of(draft, everything)
    assert [pk for pk, one in margin.by_segment.items() if one.approved is None] == [paragraph.pk]
    assert not Approval.objects.exists()
    response = browse(editor).post(
        review(draft), {"action": "approve_sound", "seen": "another"}, follow=True
    )
    assert "The texts changed since you opened this page." in response.content.decode()


def test_approval_of_a_passage_needs_no_script(draft: Any, editor: User) -> None:
    heading = segment_with(draft, "What comes next")
    response = browse(editor).post(
        review(draft), {"approve_passage": f"{heading.pk}:{editing.version_of(heading)}"}
    )
    assert response.url.endswith(f"#segment-{heading.pk}")
    assert beside(draft, heading).approved.by == "editor"


def test_who_may_not_approve_approves_no_passage(draft: Any, translator: User) -> None:
    heading = segment_with(draft, "What comes next")
    client = browse(translator)
    assert ask(client, draft, heading, action="approve").status_code == 403
    value = {"approve_passage": f"{heading.pk}:{editing.version_of(heading)}"}
    assert client.post(review(draft), value).status_code in (302, 403)
    with pytest.raises(NotAllowed):
        passages.approve_sound(
            draft, seen=actions.digest(localize.segments(draft)), user=translator
        )
    assert "newsroom-approve-passage" not in client.get(address(draft, heading)).json()["origin"]
    assert not Provenance.objects.filter(approved_at__isnull=False).exists()
    assert not MemoryEntry.objects.exists()


def test_what_people_wrote_without_a_machine_is_approved_as_a_whole(
    draft: Any, editor: User
) -> None:
    Provenance.objects.all().delete()
    heading = segment_with(draft, "What comes next")
    with pytest.raises(Declined, match="as a whole"):
        passages.approve_passage(
            draft, heading.pk, version=editing.version_of(heading), user=editor
        )
    assert not Provenance.objects.exists()


@pytest.mark.parametrize("value", ["", "x", ":", "9" * 30, "-1:a", "٣:a"])
def test_hostile_approvals_change_nothing(draft: Any, editor: User, value: str) -> None:
    response = browse(editor).post(review(draft), {"approve_passage": value}, follow=True)
    assert response.status_code == 200
    assert not Provenance.objects.filter(approved_at__isnull=False).exists()


def test_two_passages_with_the_same_text_are_counted_as_two(draft: Any, editor: User) -> None:
    heading, quote = (segment_with(draft, source) for source in ("What comes next", "We are ready"))
    for segment in (heading, quote):
        version = editing.version_of(segment)
        editing.save_text(draft, segment.pk, "آماده‌ایم", version=version, user=editor)
    everything = localize.segments(draft)
    approved = passages.approve_sound(draft, seen=actions.digest(everything), user=editor)
    assert approved.passages == len(everything)
    again = passages.approve_sound(draft, seen=actions.digest(everything), user=editor)
    assert (again.passages, again.is_whole) == (0, True)


def test_why_the_last_passage_did_not_approve_the_piece_is_told(draft: Any, editor: User) -> None:
    paragraph = segment_with(draft, "3.5 %")
    version = editing.version_of(paragraph)
    editing.save_text(draft, paragraph.pk, "The river", version=version, user=editor)
    mark = {"version": editing.version_of(stored(draft, paragraph)), "user": editor}
    found = findings_of(draft, localize.segments(draft))[paragraph.pk]
    checks = {told.finding.check for told in found if told.is_error}
    for check in checks:
        mending.dismiss(draft, paragraph.pk, check_id=check, user=editor)
    passages.approve_passage(draft, paragraph.pk, **mark)
    mending.take_back(draft, paragraph.pk, check_id=min(checks), user=editor)
    client, everything = browse(editor), localize.segments(draft)
    *others, last = (segment for segment in everything if segment.pk != paragraph.pk)
    for segment in others:
        ask(client, draft, segment, action="approve")
    answer = ask(client, draft, last, action="approve").json()
    words = "All passages are approved, but the piece is not. 1 error is neither mended"
    assert answer["message"].startswith(words)
    assert (answer["isApproved"], answer["isWhole"]) == (True, False)
    response = client.post(
        review(draft),
        {"action": "approve_sound", "seen": actions.digest(everything)},
        follow=True,
    )
    assert words in response.content.decode()
    assert not Approval.objects.exists()


@pytest.fixture
def unfinished(draft: Any, paper: SimpleNamespace, translator: User) -> User:
    """Who may approve the last step of the draft's workflow, and not publish."""
    workflow = Workflow.objects.create(name="Translation")
    task = TranslationReviewTask.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=paper.home_fa)
    submit(draft, user=translator)
    return person(
        "approver",
        permissions=("wagtail_newsroom.approve_translation",),
        pages=[(paper.home_fa, "change_page")],
    )


@pytest.mark.parametrize("way", ["script", "form", "sound", "list"])
def test_who_approves_and_may_not_publish_hears_what_the_workflow_waits_for(
    draft: Any, unfinished: User, way: str
) -> None:
    client = browse(unfinished)
    *others, last = localize.segments(draft)
    if way in ("script", "form"):
        for segment in others:
            version = editing.version_of(segment)
            passages.approve_passage(draft, segment.pk, version=version, user=unfinished)
    match way:
        case "script":
            assert ask(client, draft, last, action="approve").json()["isWhole"]
            response = client.get(review(draft))
        case "form":
            value = f"{last.pk}:{editing.version_of(last)}"
            response = client.post(review(draft), {"approve_passage": value}, follow=True)
        case "sound":
            seen = actions.digest([*others, last])
            data = {"action": "approve_sound", "seen": seen}
            response = client.post(review(draft), data, follow=True)
        case "list":
            row = row_of(localize.target_of(draft))
            response = ask_list(client, "newsroom_approve", f"id={row.pk}")
    html = response.content.decode()
    assert ("All passages are approved, and so is the piece." in html) == (way != "list")
    assert html.count("somebody who may approve and publish has to finish it") == 1
    assert Approval.objects.get().approved_by == unfinished
    assert not localize.target_of(draft).live
