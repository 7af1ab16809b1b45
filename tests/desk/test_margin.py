"""What stands beside passages: single approvals, comments, suggestions, dismissals and the way back."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from wagtail_newsroom.desk import (
    actions,
    comments,
    editing,
    localize,
    mending,
    passages,
)
from wagtail_newsroom.desk.findings import open_errors
from wagtail_newsroom.desk.gate import reasons_against
from wagtail_newsroom.desk.localize import Segment
from wagtail_newsroom.desk.margin import margin_of
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    Comment,
    Dismissal,
    MemoryEntry,
    Provenance,
)

from .test_editing import address, browse, segment_with, stored

SUGGESTER = "tests.desk.test_margin.Suggester"


@pytest.fixture
def draft(
    article: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> Any:
    """The translation of a machine draft."""
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    return localize.translations_of(article).get()


def ask(client: Any, translation: Any, segment: Segment, **fields: Any) -> Any:
    """Ask something of a passage as the script does."""
    fields.setdefault("version", editing.version_of(segment))
    return client.post(
        address(translation, segment), fields, headers={"X-Requested-With": "XMLHttpRequest"}
    )


def review(translation: Any) -> str:
    """Return the address of the review."""
    return reverse("wagtail_newsroom_review", args=[translation.pk])


def beside(translation: Any, segment: Segment) -> Any:
    """Return what stands beside a passage."""
    return margin_of(translation, localize.segments(translation)).by_segment[segment.pk]


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
    assert timezone.now() - approved.at < timezone.timedelta(minutes=1)
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


def test_a_dismissed_finding_is_taken_back(draft: Any, editor: User, outsider: User) -> None:
    paragraph = segment_with(draft, "3.5 %")
    editing.save_text(
        draft, paragraph.pk, "رود بالا آمد.", version=editing.version_of(paragraph), user=editor
    )
    paragraph = stored(draft, paragraph)
    client = browse(editor)
    errors = open_errors(draft, localize.segments(draft))
    found = client.get(address(draft, paragraph)).json()["findings"]
    check = "tags" if 'value="tags"' in found else "numbers"
    assert ask(client, draft, paragraph, action="dismiss", check=check).status_code == 200
    assert "Check again" in client.get(address(draft, paragraph)).json()["findings"]
    with pytest.raises(NotAllowed):
        mending.take_back(draft, paragraph.pk, check_id=check, user=outsider)
    assert Dismissal.objects.count() == 1
    answer = ask(client, draft, paragraph, action="take_back", check=check).json()
    assert "Check again" not in answer["findings"]
    assert not Dismissal.objects.exists()
    assert open_errors(draft, localize.segments(draft)) == errors
    assert ask(client, draft, paragraph, action="take_back", check=check).status_code == 422


def test_a_comment_stands_beside_its_passage_and_is_counted(
    draft: Any, editor: User, translator: User
) -> None:
    heading = segment_with(draft, "What comes next")
    client = browse(translator)
    answer = ask(
        client, draft, heading, action="comment", text="  Is this <b>right</b>?\nReally "
    ).json()
    assert (answer["status"], answer["openRemarks"]) == ("saved", 1)
    assert "Is this &lt;b&gt;right&lt;/b&gt;?<br>Really" in answer["margin"]
    html = browse(editor).get(review(draft)).content.decode()
    assert "Is this &lt;b&gt;right&lt;/b&gt;?" in html
    assert "Open comments: 1." in html
    assert stored(draft, heading) == heading


def test_a_comment_is_settled_reopened_and_deleted_by_its_author(
    draft: Any, editor: User, translator: User
) -> None:
    heading = segment_with(draft, "What comes next")
    comment = comments.add_comment(draft, heading.pk, text="Why?", user=translator)
    client = browse(editor)
    answer = ask(client, draft, heading, resolve=comment.pk).json()
    comment.refresh_from_db()
    assert (answer["openRemarks"], comment.resolved_by) == (0, editor)
    assert "Settled by" in answer["margin"]
    assert ask(client, draft, heading, reopen=comment.pk).json()["openRemarks"] == 1
    # Another's comment stays.
    assert ask(client, draft, heading, delete=comment.pk).status_code == 403
    assert Comment.objects.count() == 1
    assert ask(browse(translator), draft, heading, delete=comment.pk).status_code == 200
    assert not Comment.objects.exists()
    assert ask(client, draft, heading, resolve=comment.pk).status_code == 422


def test_comments_need_no_script(draft: Any, translator: User) -> None:
    heading = segment_with(draft, "What comes next")
    client = browse(translator)
    html = client.get(review(draft), {"open": heading.pk}).content.decode()
    assert f'id="newsroom-comment-{heading.pk}"' in html
    assert html.count("data-newsroom-comment>") == 1
    fields = {"segment": heading.pk, "action": "comment", "text": "Why?"}
    response = client.post(review(draft), fields)
    assert response.url.endswith(f"#segment-{heading.pk}")
    comment = Comment.objects.get()
    client.post(review(draft), {"segment": heading.pk, "resolve": comment.pk})
    comment.refresh_from_db()
    assert comment.resolved_by == translator


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2001, "\x00"])
def test_a_comment_that_says_nothing_or_too_much_is_declined(
    draft: Any, editor: User, text: str
) -> None:
    heading = segment_with(draft, "What comes next")
    assert ask(browse(editor), draft, heading, action="comment", text=text).status_code == 422
    assert not Comment.objects.exists()


def test_a_comment_of_another_translation_is_out_of_reach(
    draft: Any,
    editor: User,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    run_jobs: Callable[[], None],
) -> None:
    other = write(title="Another piece")
    actions.request_translation(other, paper.persian, user=editor)
    run_jobs()
    elsewhere = localize.translations_of(other).get()
    comment = comments.add_comment(
        elsewhere, localize.segments(elsewhere)[0].pk, text="Here", user=editor
    )
    heading = segment_with(draft, "What comes next")
    assert ask(browse(editor), draft, heading, delete=comment.pk).status_code == 422
    assert Comment.objects.count() == 1


def test_strangers_neither_comment_nor_read_comments(
    draft: Any, editor: User, outsider: User
) -> None:
    heading = segment_with(draft, "What comes next")
    comment = comments.add_comment(draft, heading.pk, text="Between us", user=editor)
    client = browse(outsider)
    for fields in ({"action": "comment", "text": "Hi"}, {"resolve": comment.pk}):
        assert ask(client, draft, heading, **fields).status_code == 403
    here = reverse("wagtail_newsroom_here", args=[draft.pk])
    assert client.post(here).status_code == 403
    comment.refresh_from_db()
    assert (Comment.objects.count(), comment.resolved_at) == (1, None)


def test_a_comment_stays_at_its_place_when_the_original_changes(
    draft: Any, article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    standfirst = segment_with(draft, "Engineers watch")
    comments.add_comment(draft, standfirst.pk, text="Which dam?", user=editor)
    article.standfirst = "Engineers watch another dam."
    article.save_revision().publish()
    actions.request_translation(article, paper.persian, user=editor)
    now = segment_with(draft, "another dam")
    assert [remark.text for remark in beside(draft, now).remarks] == ["Which dam?"]
    article.standfirst = ""
    article.save_revision().publish()
    actions.request_translation(article, paper.persian, user=editor)
    margin = margin_of(draft, localize.segments(draft))
    assert [remark.text for remark in margin.stray] == ["Which dam?"]
    assert "Which dam?" in browse(editor).get(review(draft)).content.decode()
    comment = Comment.objects.get()
    browse(editor).post(review(draft), {"segment": 0, "resolve": comment.pk})
    comment.refresh_from_db()
    assert comment.resolved_by == editor
