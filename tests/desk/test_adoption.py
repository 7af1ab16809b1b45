"""Words that a person wrote into a translated page survive the machine."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.exceptions import Declined
from wagtail_newsroom.models import ArticlePage, ReviewRecord, TranslationJob


@pytest.fixture
def handwritten(article: ArticlePage, paper: SimpleNamespace) -> ArticlePage:
    """A live Persian page that a person began by copying and then wrote."""
    page = article.copy_for_translation(paper.persian)
    page.title = "رود بالا می‌آید"
    page.standfirst = "مهندسان سد را می‌پایند."
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def test_written_words_become_the_translation_and_the_machine_fills_the_rest(
    handwritten: ArticlePage,
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    job = TranslationJob.objects.get()
    assert job.counts == {"kept": 2, "engine:pseudo": 4}
    draft = ArticlePage.objects.get(pk=handwritten.pk).get_latest_revision_as_object()
    assert (draft.title, draft.standfirst) == (handwritten.title, handwritten.standfirst)
    # Who asked for the translation did not write these words.
    actions_told = ReviewRecord.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions_told) == ["requested", "translated"]


def test_words_without_a_counterpart_stop_the_request(
    handwritten: ArticlePage, article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    handwritten.body.append(("heading", "بخشی که تنها فارسی است"))
    handwritten.save_revision()
    with pytest.raises(Declined, match="1 passage that a person wrote"):
        actions.request_translation(article, paper.persian, user=editor)
    assert not localize.translations_of(article).exists()
    assert not TranslationJob.objects.exists()


def test_untouched_copy_is_no_obstacle(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    article.copy_for_translation(paper.persian)
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    assert TranslationJob.objects.get().counts == {"kept": 0, "engine:pseudo": 6}


def test_edits_made_while_the_translation_was_stopped_are_kept(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(article).get()
    translation.enabled = False
    translation.save()
    page = localize.target_of(translation).get_latest_revision_as_object()
    page.standfirst = "مهندسان سد را می‌پایند."
    page.save_revision(user=editor)
    client = Client()
    client.force_login(editor)
    client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-restart-translation": "1"}
    )
    translation.refresh_from_db()
    assert translation.enabled
    kept = next(s for s in localize.segments(translation) if s.path == "standfirst")
    assert (kept.text, kept.kind) == ("مهندسان سد را می‌پایند.", "manual")
