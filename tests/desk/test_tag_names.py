"""When a piece is translated its tags come along, and missing names are proposed for review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.articles.test_tags_field import everything, fresh, latest, names, persian_tag
from wagtail_newsroom.articles.tag_actions import merge_tags
from wagtail_newsroom.desk import actions, jobs, localize, related
from wagtail_newsroom.engines.base import Engine, Failed, Outcome, Translated
from wagtail_newsroom.models import (
    ArticlePage,
    EngineUsage,
    GlossaryTerm,
    MemoryEntry,
    Tag,
    TranslationJob,
)
from wagtail_newsroom.segments.reasons import Reason

Write = Callable[..., ArticlePage]


class Scripted(Engine):
    """An engine that says what it is told to, and remembers what it was asked."""

    name = "scripted"
    label = "Scripted"

    def __init__(self, answers: dict[str, Outcome] | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.answers = answers or {}
        self.asked: list[str] = []
        self.was_in_transaction = False

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Return what stands in the script, else Persian that is as long as the text."""
        self.asked += texts
        return [
            self.answers.get(text, Translated("متن " * max(1, len(text) // 4))) for text in texts
        ]


@pytest.fixture
def piece(write: Write) -> ArticlePage:
    """A live English piece with four tags."""
    page = write("The sea rises")
    page.tags.add("Climate", "Harbour board", "Sea", "NATO")
    page.save_revision().publish()
    return fresh(page)


@pytest.fixture
def translate(
    piece: ArticlePage, paper: SimpleNamespace, editor: User, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., ArticlePage]:
    """Has the piece translated by an engine, and returns the Persian page."""

    def run(*engines: Engine, page: ArticlePage = piece) -> ArticlePage:
        monkeypatch.setattr(jobs, "load_chain", lambda setting: list(engines))
        job = actions.request_translation(fresh(page), paper.persian, user=editor)
        jobs.run(job.pk)
        return ArticlePage.objects.get(translation_key=page.translation_key, locale=paper.persian)

    return run


def proposals() -> dict[str, tuple[str, str]]:
    return {
        tag.name: (tag.proposed_name, tag.proposed_by)
        for tag in Tag.objects.filter(needs_name=True)
    }


def test_names_come_from_memory_then_glossary_then_engine(
    translate: Callable[..., ArticlePage], piece: ArticlePage, paper: SimpleNamespace
) -> None:
    MemoryEntry.objects.all().delete()
    from wagtail_newsroom.desk.memory import remember

    remember([("Climate", "اقلیم")], source_language="en", target_language="fa", origin="imported")
    for term in ("Climate", "Harbour board"):
        GlossaryTerm.objects.create(
            source_language="en", target_language="fa", term=term, translation=f"{len(term)} واژه"
        )
    persian_tag("NATO", "ناتو")
    engine = Scripted({"Sea": Translated("دريا")})
    twin = translate(engine)
    assert proposals() == {
        "Climate": ("اقلیم", "memory"),
        "Harbour board": ("13 واژه", "glossary"),
        "Sea": ("دریا", "engine:scripted"),
    }
    assert "Sea" in engine.asked
    assert not {"Climate", "Harbour board", "NATO"} & set(engine.asked)
    assert names(latest(twin)) == ["ناتو"]
    assert len(everything(latest(twin))) == 4
    job = TranslationJob.objects.get()
    assert (job.status, job.related) == ("done", [])
    usage = EngineUsage.objects.get(engine="scripted")
    assert usage.characters >= sum(map(len, engine.asked))


def test_what_is_proposed_is_not_asked_for_again(
    translate: Callable[..., ArticlePage], write: Write
) -> None:
    translate(Scripted())
    before = proposals()
    other = write("Another piece")
    other.tags.add("Climate", "Sea")
    other.save_revision().publish()
    engine = Scripted()
    translate(engine, page=other)
    assert not {"Climate", "Sea"} & set(engine.asked)
    assert proposals() == before


def test_failure_is_told_and_fatal_to_nothing(
    translate: Callable[..., ArticlePage], editor: User
) -> None:
    engine = Scripted(
        {
            "Sea": Failed(Reason.TIMEOUT),
            "Climate": Translated("الف، ب"),
            "Harbour board": Translated("ن" * 120),
        }
    )
    twin = translate(engine)
    job = TranslationJob.objects.get()
    assert (job.status, job.failures) == ("done", [])
    reasons = sorted((each["reason"], each["engine"]) for each in job.related)
    assert reasons[0][0] == "field-length"
    assert ("timeout", "scripted") in reasons
    assert len(reasons) == 3
    assert {each["kind"] for each in job.related} == {"tag"}
    assert len(everything(latest(twin))) == 4
    client = Client()
    client.force_login(editor)
    page = client.get(reverse("wagtail_newsroom_job", args=[job.pk])).content.decode()
    assert "1 tag got no proposed name" in page
    assert "Try again what is missing" in page
    translate(Scripted())
    assert "" not in {name for name, _origin in proposals().values()}
    assert TranslationJob.objects.order_by("-pk").first().related == []


def test_fault_of_ours_is_told_and_fatal_to_nothing(
    translate: Callable[..., ArticlePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any, translation: Any) -> dict[int, str]:
        raise RuntimeError("secret text")

    monkeypatch.setattr(type(related._registered["tag"]), "unnamed", broken)
    twin = translate(Scripted())
    job = TranslationJob.objects.get()
    assert job.status == "done"
    assert job.related == [{"kind": "tag", "reason": "broken", "engine": ""}]
    assert len(everything(latest(twin))) == 4
    assert related.summarize(job.related, {}) == [
        "1 tag got no proposed name. Something unexpected went wrong."
    ]


def test_names_of_what_may_not_leave_are_sent_to_private_engines_only(
    translate: Callable[..., ArticlePage], piece: ArticlePage
) -> None:
    draft = latest(piece)
    piece.unpublish()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.live = False
    draft.save_revision()
    public = Scripted()
    translate(public)
    assert public.asked == []
    assert {name for name, _origin in proposals().values()} == {""}
    assert {each["reason"] for each in TranslationJob.objects.get().related} == {"withheld"}
    private = Scripted()
    private.is_private = True
    translate(private)
    assert "Sea" in private.asked


def test_engine_is_asked_outside_transactions(
    translate: Callable[..., ArticlePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = []

    class Watching(Scripted):
        """Notes how many transactions are open in the thread of the job."""

    original = related._ask_engines

    def watched(*args: Any) -> Any:
        depths.append(len(connection.savepoint_ids))
        yield from original(*args)

    before = len(connection.savepoint_ids)
    monkeypatch.setattr(related, "_ask_engines", watched)
    translate(Watching())
    assert depths == [before]


def test_named_by_a_person_stays_whatever_the_machine_proposes(
    translate: Callable[..., ArticlePage], piece: ArticlePage, paper: SimpleNamespace
) -> None:
    tag = persian_tag("Sea", "دریا")
    kept = related._registered["tag"].keep({tag.pk: related.Proposal("آب", "memory")})
    assert kept == {tag.pk}
    tag.refresh_from_db()
    assert (tag.name, tag.proposed_name) == ("دریا", "")


# Drafts after the first


def test_draft_keeps_the_translation_s_own_tags_and_takes_what_changed(
    translate: Callable[..., ArticlePage], piece: ArticlePage, editor: User
) -> None:
    twin = translate(Scripted())
    persian_tag("Climate", "اقلیم")
    persian_tag("Sea", "دریا")
    draft = latest(twin)
    draft.tags.remove("NATO")
    draft.tags.add("خلیج فارس")
    draft.save_revision()
    piece.tags.set(["Climate", "Harbour board", "NATO", "Air"])
    piece.title = "The sea rises again"
    piece.save_revision().publish()
    translate(Scripted())
    # Sea went with the source's, NATO stays away, the Persian one stays, Air is new.
    assert everything(latest(twin)) == [
        ("fa", "اقلیم", False),
        ("fa", "Harbour board", True),
        ("fa", "خلیج فارس", False),
        ("fa", "Air", True),
    ]
    translate(Scripted())
    assert len(everything(latest(twin))) == 4
    assert names(fresh(piece)) == ["Climate", "Harbour board", "NATO", "Air"]


def test_page_that_people_wrote_gets_the_source_s_tags_beside_its_own(
    translate: Callable[..., ArticlePage], piece: ArticlePage, paper: SimpleNamespace
) -> None:
    page = ArticlePage(
        title="دریا بالا می‌آید",
        slug="by-hand",
        locale=paper.persian,
        translation_key=piece.translation_key,
        live=False,
    )
    page.tags.add("ناتو")
    paper.news_fa.add_child(instance=page)
    page.save_revision()
    translate(Scripted())
    assert names(latest(page)) == ["ناتو"]
    assert len(everything(latest(page))) == 5


def test_merging_in_the_source_s_language_takes_nothing_from_the_draft(
    translate: Callable[..., ArticlePage],
    piece: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
) -> None:
    twin = translate(Scripted())
    persian_tag("Sea", "دریا")
    ocean = Tag.objects.create(name="Ocean", locale=paper.english)
    merge_tags(ocean, Tag.objects.get(name="Sea", locale=paper.english), user=None)
    translation = localize.translations_of(piece).get()
    actions.approve(translation, user=editor)
    assert names(latest(twin)) == ["دریا"]
    assert names(fresh(piece)) == ["Climate", "Harbour board", "NATO", "Ocean"] or sorted(
        names(fresh(piece))
    ) == ["Climate", "Harbour board", "NATO", "Ocean"]


def test_published_translation_shows_named_tags_only(
    translate: Callable[..., ArticlePage], piece: ArticlePage, editor: User, client: Client
) -> None:
    twin = translate(Scripted())
    persian_tag("Sea", "دریا")
    translation = localize.translations_of(piece).get()
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    page = client.get(f"/fa/news/{twin.slug}/", headers={"host": "localhost"}).content.decode()
    found = BeautifulSoup(page, "html.parser").select(".nr-tags a")
    assert [(a.get_text(), a["href"]) for a in found] == [("دریا", "http://localhost/fa/tags/sea/")]


def test_draft_costs_the_same_queries_for_twenty_tags(
    translate: Callable[..., ArticlePage], piece: ArticlePage
) -> None:
    translate(Scripted())
    carried = []
    for number in (4, 20):
        piece.tags.set([f"Topic {each}" for each in range(number)])
        piece.save_revision().publish()
        translate(Scripted())
        translation = localize.translations_of(piece).get()
        draft = localize.translated_instance(translation)
        with CaptureQueriesContext(connection) as queries:
            related.carry(translation, draft)
        assert len(draft.tags.everything()) == number
        carried.append(len(queries))
    assert carried[0] == carried[1] <= 4


# The review screen


def test_review_screen_lists_what_waits_for_a_name(
    translate: Callable[..., ArticlePage], piece: ArticlePage, editor: User, translator: User
) -> None:
    twin = translate(Scripted({"Sea": Translated("دریا")}))
    persian_tag("NATO", "ناتو")
    translation = localize.translations_of(piece).get()
    url = reverse("wagtail_newsroom_beside", args=[translation.pk])
    client = Client()
    client.force_login(editor)
    page = BeautifulSoup(client.get(url).content, "html.parser")
    fields = page.select(".newsroom-tags input[name=name]")
    assert len(fields) == 3
    (sea,) = (field for field in fields if field["value"] == "دریا")
    assert (sea["lang"], sea["dir"]) == ("fa", "rtl")
    assert page.find("label", attrs={"for": sea["id"]}).get_text() == "Sea"
    form = sea.find_parent("form")
    data = {field["name"]: field.get("value", "") for field in form.select("input")}
    response = client.post(form["action"], {**data, "name": "دریای آزاد"})
    assert response.url == reverse("wagtail_newsroom_review", args=[translation.pk])
    assert names(latest(twin)) == ["دریای آزاد", "ناتو"]
    told = BeautifulSoup(client.get(url).content, "html.parser")
    assert "دریای آزاد" in told.get_text()
    assert len(told.select(".newsroom-tags input[name=name]")) == 2
    other = Client()
    other.force_login(translator)
    seen = BeautifulSoup(other.get(url).content, "html.parser")
    assert seen.select(".newsroom-tags li")
    assert not seen.select(".newsroom-tags form")


def test_review_screen_asks_as_many_queries_for_twenty_unnamed_tags(
    translate: Callable[..., ArticlePage], piece: ArticlePage, editor: User
) -> None:
    client = Client()
    client.force_login(editor)
    counted = []
    for number in (1, 20):
        piece.tags.set([f"Topic {each}" for each in range(number)])
        piece.save_revision().publish()
        translate(Scripted())
        translation = localize.translations_of(piece).get()
        url = reverse("wagtail_newsroom_beside", args=[translation.pk])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        assert len(BeautifulSoup(page.content, "html.parser").select(".newsroom-tags li")) == number
        counted.append(len(queries))
    assert counted[0] == counted[1]
