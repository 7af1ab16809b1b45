"""The glossary at work: its translations go to the engine, and a missed one is found."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Site

from tests.desk.test_jobs import PATH, Stubborn
from wagtail_newsroom.desk import actions, findings, jobs, localize
from wagtail_newsroom.models import ArticlePage, GlossaryTerm


def test_term_of_the_site_is_put_into_the_text_that_is_sent(
    article: ArticlePage, paper: SimpleNamespace, editor: User, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [PATH]
    GlossaryTerm.objects.create(
        source_language="en",
        target_language="fa",
        term="dam",
        translation="سد بزرگ",
        site=Site.objects.get(is_default_site=True),
    )
    Stubborn.asked.clear()
    jobs.run(actions.request_translation(article, paper.persian, user=editor).pk)
    assert "Engineers watch the سد بزرگ." in Stubborn.asked
    translation = localize.translations_of(article).get()
    told = [
        one.message
        for several in findings.findings_of(translation, localize.segments(translation)).values()
        for one in several
    ]
    assert ("The glossary wants “سد بزرگ” for “dam”." in told) is (
        "سد بزرگ" not in " ".join(s.text for s in localize.segments(translation))
    )
