"""A desk with something on every screen: pieces in every state, people, tags, terms, texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone as clock
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.users.models import UserProfile

from tests.conftest import ALL, person
from wagtail_newsroom.articles.withdrawal import withdraw
from wagtail_newsroom.desk import actions, jobs, localize, mending, state_rows
from wagtail_newsroom.desk.findings import findings_of
from wagtail_newsroom.desk.list_actions import assign
from wagtail_newsroom.desk.memory import remember
from wagtail_newsroom.desk.states import State
from wagtail_newsroom.engines.base import Failed, Outcome
from wagtail_newsroom.engines.pseudo import PseudoEngine
from wagtail_newsroom.models import (
    ArticlePage,
    Author,
    Byline,
    GlossaryTerm,
    ImageText,
    MemoryEntry,
    PieceState,
    SocialSettings,
    Tag,
    TranslationJob,
)
from wagtail_newsroom.segments.reasons import Reason

from .desk_shelves import CONTENT, fill_shelves, picture

LONG = 60
"""Passages of the piece at the review."""


class Bureau(PseudoEngine):
    """A third party's engine that refuses texts with a certain word in them."""

    name = "bureau"
    label = "Translation bureau"
    is_private = False

    def __init__(self, *, refuse: str | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.refuse = refuse

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Answers letter by letter, or refuses."""
        answers = super().translate(texts, source=source, target=target)
        return [
            Failed(Reason.REFUSED) if self.refuse is not None and self.refuse in text else answer
            for text, answer in zip(texts, answers, strict=True)
        ]


def bureau(refuse: str | None = None) -> list[dict[str, Any]]:
    """Return a chain of that engine alone."""
    return [{"ENGINE": f"{__name__}.Bureau", "OPTIONS": {"refuse": refuse}}]


@cache
def stories() -> list[dict[str, Any]]:
    """Return the example newspaper's pieces that began in English."""
    found = [json.loads(path.read_text()) for path in sorted((CONTENT / "articles").glob("*.json"))]
    return [story for story in found if "en" in story["fields"]["title"]]


@cache
def prose() -> list[tuple[str, str]]:
    """Return paragraphs without links in English and Persian."""
    texts = [
        block["text"]
        for story in stories()
        for block in story["body"]
        if block["type"] == "paragraph" and {"en", "fa"} <= block["text"].keys()
    ]
    return [(text["en"], text["fa"]) for text in texts if "<" not in text["en"] + text["fa"]]


RIGHTS = ("memoryentry", "glossaryterm", "tag", "author", "imagetext", "socialsettings")
"""What the desk editor may do everything with."""


def _people(paper: SimpleNamespace) -> dict[str, User]:
    """Make a desk editor and a translator, each with the admin in English and in Persian."""
    Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Author),
        codename="publish_author",
        defaults={"name": "Can publish author"},
    )
    homes = (paper.home, paper.home_fa)
    cast = {
        "desk": {
            "permissions": (
                "wagtail_localize.submit_translation",
                "wagtail_newsroom.approve_translation",
                "wagtail_newsroom.use_raw_html",
                "wagtail_newsroom.view_engineusage",
                "wagtail_newsroom.view_reviewrecord",
                "wagtail_newsroom.publish_author",
                *(
                    f"wagtail_newsroom.{action}_{model}"
                    for model in RIGHTS
                    for action in ("view", "add", "change", "delete")
                ),
            ),
            "pages": [(home, code) for home in homes for code in ALL],
        },
        "translator": {
            "permissions": ("wagtail_localize.submit_translation",),
            "pages": [(paper.home_fa, "add_page"), (paper.home_fa, "change_page")],
        },
    }
    people = {}
    for name, rights in cast.items():
        for language in ("en", "fa"):
            user = person(f"{name}-{language}", **rights)
            user.first_name, user.last_name = "Mina", "Farrow" if name == "desk" else "Vale"
            user.save()
            if name == "desk":
                GroupCollectionPermission.objects.create(
                    group=user.groups.get(),
                    collection=Collection.get_first_root_node(),
                    permission=Permission.objects.get(
                        codename="change_image", content_type__app_label="wagtailimages"
                    ),
                )
            profile = UserProfile.get_for_user(user)
            profile.preferred_language = language
            profile.save()
            people[user.username] = user
    return people


class Maker:
    """Brings pieces into their states, as people and a worker would."""

    def __init__(self, paper: SimpleNamespace, people: dict[str, User], settings: Any) -> None:
        self.paper, self.settings = paper, settings
        self.user = people["desk-en"]
        self.told = iter(stories())
        self.image = picture("marsh.webp")

    def write(self, *, paragraphs: int = 3, **fields: Any) -> ArticlePage:
        """Write the next piece in English, live."""
        story = next(self.told)
        texts = [block["text"]["en"] for block in story["body"] if block["type"] == "paragraph"]
        page = ArticlePage(
            title=story["fields"]["title"]["en"],
            slug=story["slug"],
            kicker=story["fields"]["kicker"]["en"],
            standfirst=story["fields"]["standfirst"]["en"],
            locale=self.paper.english,
            body=[("paragraph", f"<p>{text}</p>") for text in texts[:paragraphs]],
            **fields,
        )
        self.paper.news.add_child(instance=page)
        page.save_revision().publish()
        return ArticlePage.objects.get(pk=page.pk)

    def request(self, page: Any) -> Any:
        """Ask for the Persian version; return its translation."""
        actions.request_translation(page, self.paper.persian, user=self.user)
        return localize.translations_of(page).get()

    def draft(self, page: Any, *, refuse: str | None = None) -> Any:
        """Have the machine make the Persian draft; return its translation."""
        self.settings.WAGTAIL_NEWSROOM_ENGINES = bureau(refuse)
        translation = self.request(page)
        jobs.run(TranslationJob.objects.get(translation=translation, status="queued").pk)
        self.settings.WAGTAIL_NEWSROOM_ENGINES = bureau()
        return translation

    def say(self, translation: Any, texts: dict[str, str]) -> None:
        """Store a person's words for passages, by how their sources begin."""
        for segment in localize.segments(translation):
            for beginning, text in texts.items():
                if segment.source.startswith(beginning):
                    localize.store_person_text(
                        segment, text, locale=self.paper.persian, user=self.user
                    )

    def finish(self, translation: Any) -> Any:
        """Let pass what the checks say, approve and publish; return the Persian page."""
        told = findings_of(translation, localize.segments(translation))
        for key, findings in told.items():
            for each in findings:
                if key is not None and each.is_open:
                    mending.dismiss(translation, key, check_id=each.finding.check, user=self.user)
        actions.approve(translation, user=self.user)
        return actions.publish(translation, user=self.user)

    def change(self, page: ArticlePage, title: str) -> None:
        """Publish the original with another headline."""
        page.title = title
        page.save_revision().publish()

    def at_work(self) -> Any:
        """Return a translation that a worker is busy with."""
        translation = self.request(self.write())
        TranslationJob.objects.filter(translation=translation).update(
            status=TranslationJob.Status.RUNNING,
            total=24,
            counts={"memory": 7, "engine:bureau": 4},
            started_at=clock.now(),
            lease_until=clock.now() + timedelta(hours=9),
        )
        return translation

    def withdrawn(self) -> ArticlePage:
        """Return a piece that was taken away from readers."""
        page = self.write()
        withdraw(page, "We could not stand by it.", user=self.user)
        return page

    def rich(self) -> ArticlePage:
        """Return a piece whose editor has all panels to show: tags, bylines, problems."""
        page = self.write()
        page.body = [
            *((child.block_type, child.value) for child in page.body),
            ("subheading", "Too deep for a first one"),
            ("image", {"image": self.image, "alt": ""}),
        ]
        page.tags.add("The sea", "Half-empty harbours")
        for author in Author.objects.filter(locale=self.paper.english):
            page.newsroom_bylines.add(Byline(author=author, role="writer"))
        page.save_revision().publish()
        return page

    def persian(self) -> ArticlePage:
        """Return a piece that was written in Persian first."""
        page = ArticlePage(
            title="چهارصد گوش برای یک شب گرم در نسخهٔ ۲٫۰ (TMON)",
            slug="four-hundred",
            kicker="طبیعت",
            standfirst=prose()[2][1],
            locale=self.paper.persian,
            body=[("paragraph", f"<p>{target}</p>") for _source, target in prose()[3:6]],
        )
        self.paper.news_fa.add_child(instance=page)
        page.tags.add("دریا")
        page.save_revision().publish()
        return page

    def long(self) -> Any:
        """Return the translation of a long piece with all that the review shows."""
        marsh = self.image
        pairs = prose()[20 : 20 + LONG - 8]
        body: list[tuple[str, Any]] = [
            ("paragraph", f"<p>{source}</p>") for source, _target in pairs
        ]
        body[0] = (
            "paragraph",
            '<p>The last ferry left <b>on time</b>, and <a href="https://example.org/">nobody</a> '
            "on the pier had expected that; 1,240 people waited behind the old harbour.</p>",
        )
        words = {"alt": "A salt marsh at low tide", "caption": "The creek, seen from the dyke."}
        body[4:4] = [
            ("heading", "What the harbour master says"),
            ("image", {"image": marsh, "credit": "Drawing: The Test Post", **words}),
        ]
        page = ArticlePage(
            title="A long evening at the harbour, and what the ferry’s new timetable has to do with it",
            slug="long-evening",
            kicker="Harbour",
            standfirst="It was late, and nobody on the 17:45 ferry minded.",
            locale=self.paper.english,
            body=body,
        )
        self.paper.news.add_child(instance=page)
        page.save_revision().publish()
        remember(
            pairs[: LONG // 2],
            source_language="en",
            target_language="fa",
            origin=MemoryEntry.Origin.APPROVED,
        )
        remember(
            [
                (
                    "It was late, and nobody on the 16:30 ferry minded.",
                    "دیروقت بود و کسی در کشتی ۱۶:۳۰ گله نداشت.",
                )
            ],
            source_language="en",
            target_language="fa",
            origin=MemoryEntry.Origin.APPROVED,
        )
        translation = self.draft(page)
        self.finish(translation)
        # Afterwards the original changed in two places, and somebody wrote carelessly.
        page = ArticlePage.objects.get(pk=page.pk)
        page.standfirst = "It was very late, and nobody on the 17:50 ferry minded at all."
        body[1] = ("paragraph", f"<p>{pairs[1][0]} Nobody said why.</p>")
        page.body = body
        page.save_revision().publish()
        self.draft(ArticlePage.objects.get(pk=page.pk), refuse="Nobody said why")
        self.say(
            translation,
            {
                "The last ferry": 'آخرين كشتي <b>سر وقت</b> رفت و <a id="a1">هيچكس</a> در اسکله منتظر نبود؛ '
                "1,204 نفر پشت بندر قدیمی مانده بودند.",
                "What the harbour": "رئیس بندر چه مي گويد",
            },
        )
        return translation


def build(paper: SimpleNamespace, settings: Any) -> SimpleNamespace:
    """Make it all; return what the addresses of the screens need, by name."""
    settings.WAGTAIL_GRAVATAR_PROVIDER_URL = None
    settings.WAGTAIL_NEWSROOM_ENGINES = bureau()
    people = _people(paper)
    make = Maker(paper, people, settings)
    fill_shelves(paper, user=make.user, image=make.image)
    world = SimpleNamespace(
        people=people,
        english=paper.english,
        persian=paper.persian,
        news=paper.news,
        image=make.image,
        missing=make.write(),
        published=make.write(),
        draft=make.draft(make.write()),
        partial=make.draft(make.write(), refuse="the "),
        failed=make.draft(make.write(), refuse=""),
        long=make.long(),
        running=make.at_work(),
        withdrawn=make.withdrawn(),
        article=make.rich(),
        article_fa=make.persian(),
        term=GlossaryTerm.objects.first(),
        entry=MemoryEntry.objects.first(),
        author=Author.objects.get(name="Mina Farrow"),
        tag=Tag.objects.get(slug="sea", locale=paper.english),
        image_text=ImageText.objects.first(),
        social=SocialSettings.objects.first(),
    )
    make.finish(make.draft(world.published))
    outdated = make.write()
    make.finish(make.draft(outdated))
    make.change(outdated, f"{outdated.title} – and why")
    actions.approve(make.draft(make.write()), user=make.user)
    checked = make.draft(make.write())
    make.say(checked, {localize.segments(checked)[0].source: "متنی از یک آدم"})
    make.draft(make.write(embargoed_until=clock.now() + timedelta(days=30)))
    labelled = make.draft(make.write())
    section = type(paper.news).objects.filter(pk=paper.news.pk)
    section.update(translation_policy="label")
    actions.publish(labelled, user=make.user)
    section.update(translation_policy="")
    make.request(make.write())
    state_rows.rebuild()
    of_articles = PieceState.objects.filter(section=paper.news)
    named = {row.state: row for row in of_articles}
    for state, name in (
        ("draft", "translator-fa"),
        ("partial", "desk-en"),
        ("in_review", "translator-en"),
    ):
        assign(named[state], people[name], user=make.user)
    world.rows = {row.state: row for row in of_articles.order_by("pk")}
    absent = set(State.values) - world.rows.keys()
    assert not absent, f"no piece of the world is {absent}"
    for name in ("draft", "partial", "failed", "running"):
        job = TranslationJob.objects.filter(translation=getattr(world, name)).first()
        setattr(world, f"{name}_job", job)
    world.tags = list(Tag.objects.values_list("pk", flat=True))
    world.source_of_partial = localize.sides_of(world.partial)[0]
    world.near = next(
        segment for segment in localize.segments(world.long) if segment.path == "standfirst"
    )
    return world
