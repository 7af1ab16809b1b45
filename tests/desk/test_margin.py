"""What stands beside passages: single approvals, comments, suggestions, dismissals and the way back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.conftest import ALL, person
from wagtail_newsroom.desk import (
    actions,
    comments,
    editing,
    localize,
    mending,
    passages,
    suggestions,
)
from wagtail_newsroom.desk.findings import open_errors
from wagtail_newsroom.desk.gate import reasons_against
from wagtail_newsroom.desk.localize import Segment
from wagtail_newsroom.desk.margin import margin_of
from wagtail_newsroom.desk.work import Work
from wagtail_newsroom.engines.base import Engine, Outcome, Translated
from wagtail_newsroom.engines.registry import load_chain
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    Comment,
    Dismissal,
    EngineUsage,
    MemoryEntry,
    Provenance,
    Suggestion,
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


class Suggester(Engine):
    """Answers in Persian, with the same tokens, and notes each text that it was sent."""

    name = "suggester"
    label = "Suggester"
    is_private = False
    sent: ClassVar[list[str]] = []

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Answers each text."""
        self.sent.extend(texts)
        return [
            Translated(
                " ".join([*(word for word in text.split() if word.isupper()), "پیشنهاد تازه"])
            )
            for text in texts
        ]


class House(Suggester):
    """The same on a machine of the site's own."""

    name = "house"
    label = "House"
    is_private = True


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


def test_the_review_tells_who_else_is_there_and_what_changed(
    draft: Any, editor: User, translator: User
) -> None:
    heading = segment_with(draft, "What comes next")
    here = reverse("wagtail_newsroom_here", args=[draft.pk])
    one, other = browse(editor), browse(translator)
    first = one.post(here).json()
    assert first["people"] == []
    assert first["marks"][str(heading.pk)]
    assert other.post(here).json()["people"] == ["editor"]
    again = one.post(here, {"known": first["mark"]}).json()
    assert again["people"] == ["translator"]
    assert "marks" not in again
    changes: list[Callable[[], Any]] = [
        lambda: ask(other, draft, stored(draft, heading), action="save", text="تازه"),
        lambda: ask(other, draft, heading, action="comment", text="Look"),
        lambda: ask(one, draft, stored(draft, heading), action="approve"),
    ]
    known = first
    for change in changes:
        assert change().status_code == 200
        told = one.post(here, {"known": known["mark"]}).json()
        assert {pk for pk, mark in told["marks"].items() if mark != known["marks"][pk]} == {
            str(heading.pk)
        }
        known = told
    other.post(here, {"leave": "1"})
    assert one.post(here).json()["people"] == []
    assert one.get(here).status_code == 405
    assert one.post(reverse("wagtail_newsroom_here", args=[999_999])).status_code == 410


def test_the_poll_asks_as_many_queries_at_any_size(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    translator: User,
    run_jobs: Callable[[], None],
) -> None:
    counts = []
    for size in (3, 60):
        piece = write(body=[("paragraph", f"<p>Part {n} of {size}.</p>") for n in range(size)])
        actions.request_translation(piece, paper.persian, user=editor)
        run_jobs()
        translation = localize.translations_of(piece).get()
        for segment in localize.segments(translation):
            comments.add_comment(translation, segment.pk, text="Hm", user=editor)
        here = reverse("wagtail_newsroom_here", args=[translation.pk])
        client = browse(editor)
        client.post(here)
        browse(translator).post(here)
        with CaptureQueriesContext(connection) as queries:
            client.post(here)
        counts.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.get(review(translation))
        counts.append(len(queries))
    assert counts[0] == counts[2] <= 12, [query["sql"][:200] for query in queries]
    assert counts[1] == counts[3] <= 15
