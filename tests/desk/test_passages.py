"""Single passages that are approved: by whom, of which text, and the piece with the last one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from wagtail_newsroom.desk import actions, editing, localize, passages
from wagtail_newsroom.desk.gate import reasons_against
from wagtail_newsroom.desk.margin import margin_of
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import Approval, MemoryEntry, Provenance

from .reviewing import address, ask, beside, browse, review, segment_with, stored


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
