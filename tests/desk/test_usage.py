"""What is sent is counted, estimated before, and held against the month's cap."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from wagtail_newsroom.desk import actions, localize, usage
from wagtail_newsroom.models import ArticlePage, EngineUsage, TranslationJob


def test_estimate_of_an_untranslated_piece_counts_what_readers_see(
    article: ArticlePage, paper: SimpleNamespace
) -> None:
    assert usage.estimate(article, paper.persian) == usage.Estimate(
        passages=6,
        from_memory=0,
        characters=sum(
            map(
                len,
                [
                    "The river rises",
                    "Engineers watch the dam.",
                    "The river rose by 3.5 % on Monday.",
                    "What comes next",
                    "We are ready.",
                    "Mina Farrow, engineer",
                ],
            )
        ),
    )


def test_estimate_leaves_out_what_is_translated_or_remembered(
    article: ArticlePage,
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    assert usage.estimate(article, paper.persian) == usage.Estimate(0, 0, 0)
    actions.approve(localize.translations_of(article).get(), user=editor)
    twin = write(standfirst="A new line.")
    assert usage.estimate(twin, paper.persian) == usage.Estimate(6, 5, len("A new line."))


def test_counts_add_up_within_a_month(db: None) -> None:
    usage.count("google", characters=100, requests=1)
    usage.count("google", characters=50, requests=2)
    usage.count("google", characters=0, requests=0)
    row = EngineUsage.objects.get()
    assert (row.engine, row.month, row.characters, row.requests) == (
        "google",
        usage.this_month(),
        150,
        3,
    )


def test_allowance_is_what_the_cap_leaves(db: None, settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_CHARACTER_CAPS = {"google": 120, "mymemory": 10}
    usage.count("google", characters=100, requests=1)
    usage.count("mymemory", characters=100, requests=1)
    assert usage.allowances(["google", "mymemory", "pseudo"]) == {"google": 20, "mymemory": 0}


def test_page_tells_the_estimate_and_what_is_left(
    article: ArticlePage, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_CHARACTER_CAPS = {"pseudo": 2500}
    client = Client()
    client.force_login(editor)
    html = client.get(reverse("wagtail_newsroom_translate", args=[article.pk])).content.decode()
    assert "6 passages are to be translated; the memory knows 0, and 122 characters" in html
    assert "may still be sent 2,500 characters this month." in html


def test_job_counts_what_engines_were_sent(
    article: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    row = EngineUsage.objects.get()
    assert (row.engine, row.requests) == ("pseudo", 1)
    assert row.characters >= 122


def test_cap_stops_a_job_with_its_reason_and_a_higher_one_lets_it_go_on(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    settings: Any,
    run_jobs: Callable[[], None],
) -> None:
    settings.WAGTAIL_NEWSROOM_CHARACTER_CAPS = {"pseudo": 60}
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    job = TranslationJob.objects.get()
    assert job.status == "partial"
    assert {failure["reason"] for failure in job.failures} == {"cap"}
    assert EngineUsage.objects.get().characters <= 60
    settings.WAGTAIL_NEWSROOM_CHARACTER_CAPS = {"pseudo": 1000}
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    assert TranslationJob.objects.first().status == "done"
