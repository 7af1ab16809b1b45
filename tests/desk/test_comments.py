"""What people say to each other about passages."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from wagtail_newsroom.desk import actions, comments, localize
from wagtail_newsroom.desk.margin import margin_of
from wagtail_newsroom.models import ArticlePage, Comment

from .reviewing import ask, beside, browse, review, segment_with, stored


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
