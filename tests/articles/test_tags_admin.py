"""Tags in the admin: listed, named, merged and cleaned up by those who may, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail_localize.models import TranslationSource

from tests.conftest import person
from wagtail_newsroom.articles.tag_actions import accept_proposal, merge_tags, name_tag
from wagtail_newsroom.articles.tag_merging import absorb
from wagtail_newsroom.desk import memory
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import ArticlePage, Tag, TaggedPiece

from .test_tags_field import everything, fresh, latest, names, persian_tag, tagged, twin

__all__ = ["tagged", "twin"]

Write = Callable[..., ArticlePage]
TAG_RIGHTS = tuple(
    f"wagtail_newsroom.{action}_tag" for action in ("view", "add", "change", "delete")
)


@pytest.fixture
def keeper(paper: SimpleNamespace) -> User:
    """May do everything with tags."""
    return person("keeper", permissions=TAG_RIGHTS)


@pytest.fixture
def waiting(twin: ArticlePage) -> Tag:
    """The Persian counterpart of Sea, for which a name is proposed."""
    Tag.objects.filter(needs_name=True).update(proposed_name="دریا", proposed_by="engine:pseudo")
    return Tag.objects.get(needs_name=True)


def browse(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# Naming


def test_accepting_a_proposal_shows_the_tag_to_readers(
    waiting: Tag, twin: ArticlePage, keeper: User
) -> None:
    tag = accept_proposal(waiting, user=keeper)
    assert (tag.name, tag.needs_name, tag.slug, tag.key) == ("دریا", False, "sea", "دریا")
    assert (tag.proposed_name, tag.proposed_by) == ("", "")
    assert names(fresh(twin)) == ["اقلیم", "دریا"]
    entry = ModelLogEntry.objects.get(action="wagtail_newsroom.name_tag")
    assert (entry.user, entry.data) == (keeper, {"from": "Sea", "name": "دریا"})
    assert memory.recall(["Sea"], source_language="en", target_language="fa") == {"Sea": "دریا"}
    with pytest.raises(Declined):
        name_tag(tag, "آب", user=keeper)


def test_who_approves_translations_may_name_tags(waiting: Tag, editor: User) -> None:
    assert name_tag(waiting, "دریای بزرگ", user=editor).name == "دریای بزرگ"


def test_others_may_not_name_or_merge(
    waiting: Tag, translator: User, outsider: User, paper: SimpleNamespace
) -> None:
    before = list(Tag.objects.order_by("pk").values())
    for user in (translator, outsider, person("viewer", permissions=TAG_RIGHTS[:1])):
        for act in (
            lambda user=user: name_tag(waiting, "آب", user=user),
            lambda user=user: accept_proposal(waiting, user=user),
            lambda user=user: merge_tags(*Tag.objects.filter(locale=paper.english), user=user),
        ):
            with pytest.raises(NotAllowed):
                act()
        client = browse(user)
        url = reverse("wagtail_newsroom_name_tag", args=[waiting.pk])
        assert client.post(url, {"name": "آب"}).status_code in (302, 403)
        for action in ("accept_names", "merge_tags"):
            bulk = reverse("wagtail_bulk_action", args=["wagtail_newsroom", "tag", action])
            client.post(
                f"{bulk}?" + "&".join(f"id={tag.pk}" for tag in Tag.objects.all()),
                {"keep": Tag.objects.first().pk},
            )
    assert list(Tag.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("name", ["", " - ", "آب، دریا", "x" * 101])
def test_what_is_no_name_is_declined(waiting: Tag, name: str) -> None:
    with pytest.raises(Declined):
        name_tag(waiting, name, user=None)
    waiting.refresh_from_db()
    assert waiting.needs_name


def test_nothing_proposed_is_nothing_to_accept(twin: ArticlePage) -> None:
    with pytest.raises(Declined):
        accept_proposal(Tag.objects.get(needs_name=True), user=None)


def test_name_of_a_tag_that_stands_alone_joins_the_two(
    waiting: Tag, twin: ArticlePage, write: Write, paper: SimpleNamespace
) -> None:
    own = write(parent=paper.news_fa, locale=paper.persian)
    own.tags.add("دریا")
    own.save()
    alone = Tag.objects.get(name="دریا")
    assert name_tag(waiting, "دريا", user=None) == alone
    alone.refresh_from_db()
    english = Tag.objects.get(name="Sea")
    assert alone.translation_key == english.translation_key
    assert not Tag.objects.filter(pk=waiting.pk).exists()
    assert names(fresh(twin)) == names(latest(twin)) == ["اقلیم", "دریا"]
    assert names(fresh(own)) == ["دریا"]
    # What is linked now comes along with further pieces.
    piece = write("More sea")
    piece.tags.add("Sea")
    piece.save()
    assert names(fresh(piece.copy_for_translation(paper.persian))) == ["دریا"]


def test_name_of_another_pair_is_declined(waiting: Tag, twin: ArticlePage) -> None:
    with pytest.raises(Declined, match="Climate"):
        name_tag(waiting, "اقلیم", user=None)
    assert Tag.objects.filter(pk=waiting.pk, needs_name=True).exists()


def test_naming_in_english_replaces_the_placeholder_slug(
    write: Write, paper: SimpleNamespace
) -> None:
    page = write("پیش‌نویس", parent=paper.news_fa, locale=paper.persian)
    page.tags.add("دریا")
    page.save()
    page.copy_for_translation(paper.english)
    tag = Tag.objects.get(locale=paper.english)
    assert tag.slug.startswith("tag-")
    assert name_tag(tag, "The Sea", user=None).slug == "the-sea"


def test_form_of_an_unnamed_tag_gives_it_a_name(waiting: Tag, keeper: User) -> None:
    client = browse(keeper)
    url = reverse("newsroom_tags:edit", args=[waiting.pk])
    shown = client.get(url)
    assert shown.context["form"].initial["name"] == "دریا"
    assert "Still without a name" in shown.content.decode()
    response = client.post(url, {"name": "", "slug": "sea", "description": "", "picture_alt": ""})
    assert response.status_code == 200
    client.post(
        url, {"name": "دریای آزاد", "slug": waiting.slug, "description": "x", "picture_alt": ""}
    )
    waiting.refresh_from_db()
    assert (waiting.name, waiting.needs_name, waiting.slug) == ("دریای آزاد", False, "sea")
    assert waiting.description == "x"
    assert memory.recall(["Sea"], source_language="en", target_language="fa") == {
        "Sea": "دریای آزاد"
    }


def test_tag_is_made_in_the_language_of_its_list(keeper: User, paper: SimpleNamespace) -> None:
    client = browse(keeper)
    url = reverse("newsroom_tags:add") + "?locale=fa"
    client.post(url, {"name": "دريا", "slug": "", "description": "", "picture_alt": ""})
    tag = Tag.objects.get()
    assert (tag.locale, tag.name, tag.slug) == (paper.persian, "دريا", "دریا")
    again = client.post(url, {"name": "دریا", "slug": "", "description": "", "picture_alt": ""})
    assert "name" in again.context["form"].errors
    taken = client.post(url, {"name": "آب", "slug": "دریا", "description": "", "picture_alt": ""})
    assert "slug" in taken.context["form"].errors
    bad = client.post(url, {"name": "الف، ب", "slug": "", "description": "", "picture_alt": ""})
    assert "name" in bad.context["form"].errors
    assert Tag.objects.count() == 1


# The list


def listed(client: Client, **query: str) -> list[str]:
    response = client.get(reverse("newsroom_tags:index"), query)
    assert response.status_code == 200
    return [tag.name for tag in response.context["object_list"]]


def test_list_is_narrowed_by_language_name_usage_and_search(
    waiting: Tag, keeper: User, paper: SimpleNamespace
) -> None:
    Tag.objects.create(name="کتاب\u200cها", locale=paper.persian)
    client = browse(keeper)
    assert sorted(listed(client)) == sorted(["Climate", "Sea", "Sea", "اقلیم", "کتاب\u200cها"])
    assert listed(client, locale="en") == ["Climate", "Sea"]
    assert listed(client, locale="fa", needs_name="waits") == ["Sea"]
    assert listed(client, locale="fa", needs_name="proposed") == ["Sea"]
    assert listed(client, locale="fa", needs_name="named", usage="used") == ["اقلیم"]
    assert listed(client, usage="unused") == ["کتاب\u200cها"]
    assert listed(client, q="كتابها") == ["کتاب\u200cها"]
    assert listed(client, q="clim", locale="en") == ["Climate"]
    assert listed(client, needs_name="nonsense", usage="x") is not None
    assert listed(client, q="\0 \u202e") == listed(client)
    page = client.get(reverse("newsroom_tags:index"), {"locale": "fa"}).content.decode()
    assert "Needs a name" in page
    assert "Pseudo-translation" in page
    counts = {
        tag.name: tag.pieces
        for tag in client.get(reverse("newsroom_tags:index"), {"locale": "en"}).context[
            "object_list"
        ]
    }
    assert counts == {"Climate": 1, "Sea": 1}


def test_list_asks_as_many_queries_for_fifty_tags_as_for_five(
    keeper: User, paper: SimpleNamespace
) -> None:
    client = browse(keeper)
    counted = []
    for number in (5, 50):
        while Tag.objects.count() < number:
            tag = Tag(
                name=f"Topic {Tag.objects.count()}",
                locale=paper.persian,
                needs_name=Tag.objects.count() % 2 == 0,
                proposed_name="نام",
                proposed_by="engine:pseudo",
            )
            tag.save()
        client.get(reverse("newsroom_tags:index"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("newsroom_tags:index"), {"locale": "fa"})
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 20


def test_list_is_for_those_with_a_right_on_tags(outsider: User, keeper: User) -> None:
    assert browse(outsider).get(reverse("newsroom_tags:index")).status_code == 302
    assert browse(keeper).get(reverse("newsroom_tags:index")).status_code == 200


def test_hostile_names_are_escaped(keeper: User, paper: SimpleNamespace) -> None:
    Tag.objects.create(
        name="</script><img src=x>",
        locale=paper.persian,
        needs_name=True,
        proposed_name="<b>x</b>",
        proposed_by="engine:<i>",
    )
    page = browse(keeper).get(reverse("newsroom_tags:index")).content.decode()
    assert "<img src=x>" not in page
    assert "<b>x</b>" not in page
    assert "<i>" not in page


def test_proposals_are_accepted_from_the_list_one_or_many(
    waiting: Tag, keeper: User, paper: SimpleNamespace
) -> None:
    other = Tag.objects.create(
        name="Air", locale=paper.persian, needs_name=True, proposed_name="هوا", proposed_by="memory"
    )
    bare = Tag.objects.create(name="Fog", locale=paper.persian, needs_name=True)
    client = browse(keeper)
    here = reverse("newsroom_tags:index") + "?locale=fa"
    url = reverse("wagtail_newsroom_name_tag", args=[other.pk])
    response = client.post(url, {"next": here})
    assert (response.status_code, response.url) == (302, here)
    other.refresh_from_db()
    assert other.name == "هوا"
    assert client.post(url, {"next": "https://evil.example/"}).url == reverse("newsroom_tags:index")
    bulk = reverse("wagtail_bulk_action", args=["wagtail_newsroom", "tag", "accept_names"])
    query = f"?id=all&locale=fa&needs_name=waits&next={reverse('newsroom_tags:index')}"
    confirmation = client.get(bulk + query)
    assert {each["item"] for each in confirmation.context["items"]} == {waiting, bare}
    told = client.post(bulk + query, follow=True)
    said = [str(message) for message in told.context["messages"]]
    assert any("1 tag has its name" in each for each in said)
    assert any("Fog" in each for each in said)
    assert set(Tag.objects.filter(needs_name=True)) == {bare}


# Merging


@pytest.fixture
def pair(tagged: ArticlePage, twin: ArticlePage, write: Write) -> SimpleNamespace:
    """Two English tags that mean one thing, on pieces, in a draft, in versions and in a source."""
    both = write("Both")
    both.tags.add("Sea", "Ocean")
    both.save_revision().publish()
    draft = write("Drafted")
    draft.tags.add("Ocean")
    draft.save_revision()
    source, _created = TranslationSource.update_or_create_from_instance(fresh(both))
    return SimpleNamespace(
        sea=Tag.objects.get(name="Sea", locale=tagged.locale),
        ocean=Tag.objects.get(name="Ocean"),
        both=both,
        draft=draft,
        source=source,
    )


def test_merging_puts_one_tag_wherever_the_other_stood(pair: SimpleNamespace, keeper: User) -> None:
    key = pair.ocean.pk
    merge_tags(pair.sea, pair.ocean, user=keeper)
    assert not Tag.objects.filter(pk=key).exists()
    assert names(fresh(pair.both)) == names(latest(pair.both)) == ["Sea"]
    assert names(latest(pair.draft)) == ["Sea"]
    latest(pair.draft).save_revision().publish()
    assert names(fresh(pair.draft)) == ["Sea"]
    pair.source.refresh_from_db()
    assert names(pair.source.as_instance()) == ["Sea"]
    entry = ModelLogEntry.objects.get(action="wagtail_newsroom.merge_tags")
    assert entry.user == keeper
    assert entry.data == {"merged": {"id": key, "name": "Ocean", "slug": "ocean"}}
    assert TaggedPiece.objects.filter(content_object=pair.both).count() == 1


def test_merging_asks_as_many_queries_for_ten_pieces_as_for_two(
    paper: SimpleNamespace, write: Write
) -> None:
    counts = []
    for number in (2, 10):
        keep = Tag.objects.create(name=f"Keep {number}", locale=paper.english)
        drop = Tag.objects.create(name=f"Drop {number}", locale=paper.english)
        for place in range(number):
            page = write()
            for tag in (drop, keep) if place % 2 else (drop,):
                TaggedPiece.objects.create(tag=tag, content_object=page)
        with CaptureQueriesContext(connection) as queries:
            absorb(keep, drop)
        assert TaggedPiece.objects.filter(tag=keep).count() == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_merging_leaves_tags_with_similar_keys_alone(
    pair: SimpleNamespace, tagged: ArticlePage
) -> None:
    """`"tag": 1` is the beginning of `"tag": 12`."""
    more = [Tag.objects.create(name=f"T{n}", locale=tagged.locale) for n in range(30)]
    page = latest(tagged)
    page.tags.set(more)
    page.save_revision()
    merge_tags(pair.sea, pair.ocean, user=None)
    assert names(latest(tagged)) == [tag.name for tag in more]


def test_merged_tag_s_counterpart_is_taken_over_or_absorbed(
    pair: SimpleNamespace, twin: ArticlePage, paper: SimpleNamespace
) -> None:
    # Sea waits for its Persian name; Ocean has one.
    persian = persian_tag("Ocean", "اقیانوس")
    merge_tags(pair.ocean, pair.sea, user=None)
    assert everything(fresh(twin)) == [("fa", "اقلیم", False), ("fa", "اقیانوس", False)]
    assert set(Tag.objects.filter(translation_key=pair.ocean.translation_key)) == {
        pair.ocean,
        persian,
    }


def test_merging_takes_over_a_counterpart_that_is_missing(
    pair: SimpleNamespace, twin: ArticlePage
) -> None:
    persian = Tag.objects.get(name="Sea", needs_name=True)
    merge_tags(pair.ocean, pair.sea, user=None)
    persian.refresh_from_db()
    assert persian.translation_key == pair.ocean.translation_key
    assert persian.key == f"unnamed:{pair.ocean.translation_key}"
    assert everything(fresh(twin))[1] == ("fa", "Sea", True)


def test_two_named_counterparts_stay_for_a_person_to_merge(pair: SimpleNamespace) -> None:
    persian_tag("Sea", "دریا")
    persian_tag("Ocean", "اقیانوس")
    merge_tags(pair.ocean, pair.sea, user=None)
    assert Tag.objects.filter(name="دریا", needs_name=False).exists()


def test_what_cannot_be_merged_is_declined(
    pair: SimpleNamespace, paper: SimpleNamespace, waiting: Tag
) -> None:
    for keep, drop in (
        (pair.sea, pair.sea),
        (pair.sea, Tag.objects.get(name="اقلیم")),
        (waiting, Tag.objects.get(name="اقلیم")),
        (pair.sea, Tag(pk=10_000)),
    ):
        with pytest.raises(Declined):
            merge_tags(keep, drop, user=None)
    assert Tag.objects.count() == 5


def test_merging_from_the_list_asks_first(pair: SimpleNamespace, keeper: User) -> None:
    client = browse(keeper)
    url = reverse("wagtail_bulk_action", args=["wagtail_newsroom", "tag", "merge_tags"])
    url += f"?id={pair.sea.pk}&id={pair.ocean.pk}"
    page = client.get(url).content.decode()
    assert "cannot be undone" in page
    assert "Ocean" in page
    assert Tag.objects.filter(pk=pair.ocean.pk).exists()
    assert client.post(url, {}).status_code == 200
    assert client.post(url, {"keep": "77777"}).status_code == 200
    assert Tag.objects.filter(pk=pair.ocean.pk).exists()
    client.post(url, {"keep": pair.sea.pk})
    assert not Tag.objects.filter(pk=pair.ocean.pk).exists()
    assert names(fresh(pair.both)) == ["Sea"]


# Cleaning up


def clean(**options: Any) -> str:
    out = StringIO()
    call_command("newsroom_clean_tags", stdout=out, **options)
    return out.getvalue()


def test_cleaning_deletes_what_nothing_names(
    tagged: ArticlePage, twin: ArticlePage, paper: SimpleNamespace
) -> None:
    english = paper.english
    page = latest(tagged)
    page.tags.set(["Drafted"])
    page.save_revision()
    orphan = Tag.objects.create(name="Half typed", locale=english)
    described = Tag.objects.create(name="Described", locale=english, description="x")
    drafted = Tag.objects.get(name="Drafted")
    translated = persian_tag("Drafted", "ترجمه")
    stray = described.copy_for_translation(paper.persian)
    stray.save()
    assert clean(dry_run=True) == ("Half typed (en)\nDescribed (fa)\n2 tags would be deleted.\n")
    assert Tag.objects.filter(pk=orphan.pk).exists()
    assert clean() == "Half typed (en)\nDescribed (fa)\n2 tags deleted.\n"
    assert set(Tag.objects.exclude(name__in=["Climate", "Sea", "اقلیم"])) == {
        described,
        drafted,
        translated,
    }
    assert clean() == "0 tags deleted.\n"
    assert everything(fresh(twin)) == [("fa", "اقلیم", False), ("fa", "Sea", True)]
