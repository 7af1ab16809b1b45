"""Corrections of a live original that its live translation lacks: urgent in list and panel."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from wagtail_newsroom.desk import actions, list_actions, state_rows
from wagtail_newsroom.models import ArticlePage, Correction, PieceState


def row_of(page: Any) -> PieceState:
    state_rows.refresh([page.translation_key])
    return PieceState.objects.get(source_page=page.pk, locale__language_code="fa")


def correct(page: ArticlePage, kind: str = Correction.Kind.CORRECTION) -> None:
    """Publish a page with a correction."""
    page = ArticlePage.objects.get(pk=page.pk)
    page.newsroom_corrections.add(
        Correction(kind=kind, text="It rose by 2.5 %.", locale=page.locale)
    )
    page.save_revision().publish()


@pytest.fixture
def both(article: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Any) -> ArticlePage:
    """An article that is live in both languages."""
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    translation = row_of(article).translation
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    assert not row_of(article).is_urgent
    return article


def test_a_published_correction_makes_the_translation_urgent_until_it_has_it(
    both: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Any
) -> None:
    draft = ArticlePage.objects.get(pk=both.pk)
    draft.newsroom_corrections.add(Correction(text="A draft.", locale=both.locale))
    draft.save_revision()
    assert not row_of(both).is_urgent
    correct(both)
    assert row_of(both).is_urgent
    actions.request_translation(both, paper.persian, user=editor)
    run_jobs()
    # A draft with the correction is nothing that readers see.
    assert row_of(both).is_urgent
    translation = row_of(both).translation
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    assert not row_of(both).is_urgent


def test_what_only_adds_to_a_piece_is_not_urgent(both: ArticlePage) -> None:
    correct(both, Correction.Kind.UPDATE)
    assert not row_of(both).is_urgent
    correct(both, Correction.Kind.CLARIFICATION)
    assert row_of(both).is_urgent


def test_a_waived_correction_and_a_translation_that_is_not_live_are_not_urgent(
    both: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    correct(both)
    list_actions.waive(row_of(both).translation, user=editor)
    assert not row_of(both).is_urgent
    correct(both)
    assert row_of(both).is_urgent
    both.get_translation(paper.persian).unpublish()
    assert not row_of(both).is_urgent


def test_what_is_urgent_stands_first_is_marked_and_can_be_filtered(
    both: ArticlePage, write: Any, editor: User, client: Client
) -> None:
    correct(both)
    newer = write("Newer and not urgent")
    state_rows.refresh([both.translation_key, newer.translation_key])
    client.force_login(editor)
    url = reverse("newsroom_translations:index")
    response = client.get(url)
    assert response.context["object_list"][0].source_title == both.title
    assert "newsroom-list__urgent" in response.content.decode()
    urgent = client.get(url, {"waiting": "urgent"}).context["object_list"]
    assert [row.source_title for row in urgent] == [both.title]
    # An order that the user chose is kept.
    by_title = client.get(url, {"ordering": "source_title"}).context["object_list"]
    assert by_title[0].source_title != both.title
    panel = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "newsroom-waiting__group--urgent" in panel
