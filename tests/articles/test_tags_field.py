"""The tags of a piece are of its own language, on every way in which they get there."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import prefetch_related_objects
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.models import Translation, TranslationSource

from tests.testapp.models import ReportPage
from wagtail_newsroom.models import ArticlePage, Tag, TaggedPiece

Write = Callable[..., ArticlePage]


def names(page: Any) -> list[str]:
    return [tag.name for tag in page.tags.all()]


def everything(page: Any) -> list[tuple[str, str, bool]]:
    return [(tag.locale.language_code, tag.name, tag.needs_name) for tag in page.tags.everything()]


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def latest(page: Any) -> Any:
    return fresh(page).get_latest_revision_as_object()


def persian_tag(tag_name: str, name: str) -> Tag:
    """Name an English tag's Persian counterpart, which is made if need be."""
    from wagtail.models import Locale

    persian = Locale.objects.get(language_code="fa")
    source = Tag.objects.get(name=tag_name, locale__language_code="en")
    tag = source.get_translation_or_none(persian) or source.copy_for_translation(persian)
    tag.name, tag.needs_name = name, False
    tag.save()
    return tag


@pytest.fixture
def tagged(write: Write) -> ArticlePage:
    """A live English piece about climate and the sea."""
    page = write("The sea rises", slug="sea-rises")
    page.tags.add("Climate", "Sea")
    page.save_revision().publish()
    return fresh(page)


@pytest.fixture
def twin(tagged: ArticlePage, paper: SimpleNamespace) -> ArticlePage:
    """Its Persian version, of which only the climate has a name."""
    page = tagged.copy_for_translation(paper.persian)
    persian_tag("Climate", "اقلیم")
    return fresh(page)


# Writing and reading


def test_names_are_tags_of_the_page_s_language(
    tagged: ArticlePage, write: Write, paper: SimpleNamespace
) -> None:
    persian = write("پیش‌نویس", parent=paper.news_fa, locale=paper.persian)
    persian.tags.set(["Sea", "دریا"])
    persian.save()
    assert everything(fresh(persian)) == [("fa", "Sea", False), ("fa", "دریا", False)]
    assert everything(tagged) == [("en", "Climate", False), ("en", "Sea", False)]


def test_another_spelling_finds_the_tag(write: Write, paper: SimpleNamespace) -> None:
    one = write(parent=paper.news_fa, locale=paper.persian)
    one.tags.add("می\u200cرود", "علی")
    one.save()
    other = write(parent=paper.news_fa, locale=paper.persian)
    other.tags.add("مي رود", "علي", "میرود")
    other.save()
    assert names(other) == names(one)
    assert Tag.objects.count() == 2


def test_tags_before_a_language_are_refused(db: None) -> None:
    with pytest.raises(ValueError, match="locale"):
        ArticlePage(title="x").tags.add("Sea")


def test_unsaved_page_may_be_given_tags(paper: SimpleNamespace) -> None:
    page = ArticlePage(title="x", slug="x", locale=paper.english, tags=["Sea"])
    assert names(page) == ["Sea"]
    paper.news.add_child(instance=page)
    assert names(fresh(page)) == ["Sea"]
    assert names(ArticlePage(title="y")) == []


def test_what_is_no_tag_is_refused(tagged: ArticlePage) -> None:
    with pytest.raises(ValueError, match="name or a Tag"):
        tagged.tags.add(7)
    with pytest.raises(ValidationError):
        tagged.tags.add("x" * 101)
    tagged.tags.add("-", "", "،")
    assert names(tagged) == ["Climate", "Sea"]


def test_tag_of_another_language_becomes_its_counterpart(
    tagged: ArticlePage, write: Write, paper: SimpleNamespace
) -> None:
    persian_tag("Climate", "اقلیم")
    persian = write(parent=paper.news_fa, locale=paper.persian)
    persian.tags.add(*Tag.objects.filter(locale=paper.english))
    persian.save()
    persian = fresh(persian)
    assert everything(persian) == [("fa", "اقلیم", False), ("fa", "Sea", True)]
    assert names(persian) == ["اقلیم"]


def test_same_spelling_without_a_counterpart_is_linked(
    tagged: ArticlePage, write: Write, paper: SimpleNamespace
) -> None:
    tagged.tags.set(["NATO"])
    tagged.save()
    own = Tag.objects.create(name="nato", locale=paper.persian)
    twin = tagged.copy_for_translation(paper.persian)
    assert everything(fresh(twin)) == [("fa", "nato", False)]
    own.refresh_from_db()
    assert own.translation_key == Tag.objects.get(name="NATO").translation_key


def test_same_spelling_with_another_counterpart_stays_apart(
    tagged: ArticlePage, paper: SimpleNamespace
) -> None:
    tagged.tags.set(["NATO", "Alliance"])
    tagged.save()
    persian_tag("Alliance", "NATO")
    twin = fresh(tagged.copy_for_translation(paper.persian))
    assert everything(twin) == [("fa", "NATO", True), ("fa", "NATO", False)]
    assert names(twin) == ["NATO"]


def test_all_and_prefetch_give_named_tags_only(twin: ArticlePage, tagged: ArticlePage) -> None:
    assert everything(twin) == [("fa", "اقلیم", False), ("fa", "Sea", True)]
    assert names(twin) == ["اقلیم"]
    assert list(twin.tags.names()) == ["اقلیم"]
    pages = list(ArticlePage.objects.prefetch_related("tags").order_by("pk"))
    assert [names(page) for page in pages if page.pk in (tagged.pk, twin.pk)] == [
        ["Climate", "Sea"],
        ["اقلیم"],
    ]
    assert names(latest(twin)) == ["اقلیم"]


def test_row_of_another_language_is_never_read(tagged: ArticlePage, paper: SimpleNamespace) -> None:
    stray = Tag.objects.create(name="دریا", locale=paper.persian)
    TaggedPiece.objects.create(tag=stray, content_object=tagged)
    assert names(tagged) == ["Climate", "Sea"]
    (page,) = ArticlePage.objects.filter(pk=tagged.pk).prefetch_related("tags")
    assert names(page) == ["Climate", "Sea"]
    assert "دریا" not in [tag.name for tag in tagged.tags.everything()]


def test_search_and_api_read_named_tags_of_the_language_only(twin: ArticlePage) -> None:
    from wagtail.api.v2.serializers import TagsField

    field = index.RelatedFields("tags", [index.SearchField("name")])
    assert [tag.name for tag in field.get_value(twin).all()] == ["اقلیم"]
    (page,) = field.select_on_queryset(ArticlePage.objects.filter(pk=twin.pk))
    assert [tag.name for tag in field.get_value(page).all()] == ["اقلیم"]
    assert TagsField().to_representation(twin.tags) == ["اقلیم"]


def test_filtering_pieces_by_tag(tagged: ArticlePage, twin: ArticlePage) -> None:
    assert list(ArticlePage.objects.filter(tags__slug="climate", locale=tagged.locale)) == [tagged]
    assert list(ArticlePage.objects.filter(tags__name="اقلیم")) == [twin]
    assert ArticlePage.objects.exclude(tags__name="اقلیم").filter(pk=twin.pk).count() == 0
    assert list(Tag.objects.filter(articlepage__short_title="", name="اقلیم")) == [
        Tag.objects.get(name="اقلیم")
    ]


def test_removing_takes_any_spelling_and_any_language(
    tagged: ArticlePage, twin: ArticlePage
) -> None:
    tagged.tags.remove("CLIMATE")
    assert names(tagged) == ["Sea"]
    twin.tags.remove(Tag.objects.get(name="Climate", locale=tagged.locale))
    assert everything(twin) == [("fa", "Sea", True)]
    twin.tags.clear()
    twin.save()
    assert everything(fresh(twin)) == []


def test_rows_that_stay_keep_their_keys(tagged: ArticlePage) -> None:
    before = dict(TaggedPiece.objects.values_list("tag__name", "pk"))
    tagged.tags.set(["Sea", "climate", "Air"])
    tagged.save()
    after = dict(TaggedPiece.objects.values_list("tag__name", "pk"))
    assert {name: after[name] for name in before} == before
    assert names(fresh(tagged)) == ["Climate", "Sea", "Air"]
    content = tagged.serializable_data()
    page = latest(tagged)
    page.tags.set(["Climate", "Sea"])
    assert page.serializable_data()["newsroom_tagged_items"] == [
        row
        for row in content["newsroom_tagged_items"]
        if row["tag"] != Tag.objects.get(name="Air").pk
    ]


def test_handing_over_another_page_s_tags_leaves_each_its_own(
    tagged: ArticlePage, write: Write, paper: SimpleNamespace
) -> None:
    other = write(parent=paper.news_fa, locale=paper.persian)
    other.tags = tagged.tags
    other.tags.add("دریا")
    assert everything(other) == [
        ("fa", "Climate", True),
        ("fa", "Sea", True),
        ("fa", "دریا", False),
    ]
    assert names(tagged) == ["Climate", "Sea"]
    other.tags = ["آب"]
    assert names(other) == ["آب"]
    other.tags = None
    assert names(other) == []


def test_page_whose_language_changes_gets_its_tags_in_the_new_one(
    tagged: ArticlePage, paper: SimpleNamespace
) -> None:
    tagged.locale = paper.persian
    tagged.translation_key = Tag().translation_key
    tagged.save()
    assert everything(fresh(tagged)) == [("fa", "Climate", True), ("fa", "Sea", True)]


# Copies, aliases, revisions, schedules


def test_copy_has_the_same_tags(tagged: ArticlePage) -> None:
    copy = tagged.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert names(fresh(copy)) == names(latest(copy)) == ["Climate", "Sea"]
    assert Tag.objects.count() == 2


def test_copy_for_translation_has_its_own_language_s(
    twin: ArticlePage, tagged: ArticlePage
) -> None:
    assert everything(twin) == [("fa", "اقلیم", False), ("fa", "Sea", True)]
    assert [tag.locale_id for tag in latest(twin).tags.everything()] == [twin.locale_id] * 2
    keys = Tag.objects.filter(locale=tagged.locale).values_list("translation_key", flat=True)
    assert twin.tags_of_source == sorted(str(key) for key in keys)
    assert Tag.objects.get(name="Sea", needs_name=True).slug == "sea"


def test_alias_follows_its_source_in_its_own_language(
    tagged: ArticlePage, paper: SimpleNamespace
) -> None:
    alias = tagged.copy_for_translation(paper.persian, alias=True)
    assert everything(fresh(alias)) == [("fa", "Climate", True), ("fa", "Sea", True)]
    tagged.tags.set(["Sea", "Air"])
    tagged.save_revision().publish()
    assert everything(fresh(alias)) == [("fa", "Sea", True), ("fa", "Air", True)]
    alias = fresh(alias)
    alias.alias_of = None
    alias.save()
    alias.save_revision()
    assert everything(latest(alias)) == [("fa", "Sea", True), ("fa", "Air", True)]
    same = fresh(tagged).create_alias(update_slug="alias")
    assert names(fresh(same)) == ["Sea", "Air"]


def test_revision_holds_its_tags_until_it_is_published(tagged: ArticlePage) -> None:
    page = latest(tagged)
    page.tags.set(["Air"])
    revision = page.save_revision()
    assert names(fresh(tagged)) == ["Climate", "Sea"]
    assert names(latest(tagged)) == ["Air"]
    revision.publish()
    assert names(fresh(tagged)) == ["Air"]
    first = tagged.revisions.order_by("pk").first()
    reverted = first.as_object()
    reverted.tags.add("Climate")
    reverted.save_revision().publish()
    assert names(fresh(tagged)) == ["Climate"]


def test_tag_deleted_since_drops_out_of_a_draft_without_harm(
    tagged: ArticlePage, paper: SimpleNamespace
) -> None:
    page = latest(tagged)
    page.tags.add("Air")
    page.save_revision()
    Tag.objects.get(name="Sea").delete()
    assert names(latest(tagged)) == ["Climate", "Air"]
    draft = latest(tagged)
    draft.tags.add("Fog")
    assert names(draft) == ["Climate", "Air", "Fog"]
    latest(tagged).save_revision().publish()
    assert names(fresh(tagged)) == ["Climate", "Air"]
    unpublished = latest(tagged)
    Tag.objects.get(name="Air").delete()
    unpublished.save()
    assert names(fresh(tagged)) == ["Climate"]
    draft_page = fresh(tagged)
    draft_page.unpublish()
    twin = draft_page.copy_for_translation(paper.persian)
    assert everything(fresh(twin)) == [("fa", "Climate", True)]


def test_revision_with_many_tags_is_read_without_a_query_for_each(
    tagged: ArticlePage, django_assert_num_queries: Any
) -> None:
    counted = []
    for number in (1, 20):
        page = latest(tagged)
        page.tags.set([f"Topic {each}" for each in range(number)])
        revision = page.save_revision()
        with CaptureQueriesContext(connection) as queries:
            assert len(names(revision.as_object())) == number
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_loading_many_tags_of_a_revision_asks_once(
    tagged: ArticlePage, django_assert_num_queries: Any
) -> None:
    for number in (3, 20):
        page = latest(tagged)
        page.tags.set([f"Topic {each}" for each in range(number)])
        page.save_revision()
        page = latest(tagged)
        with django_assert_num_queries(1):
            assert len(names(page)) == number
        with django_assert_num_queries(0):
            assert len(names(page)) == number


def test_tags_of_a_list_are_read_in_one_query_for_each_class(
    paper: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    for number in range(6):
        model = (ArticlePage, ReportPage)[number % 2]
        page = model(title=f"Piece {number}", slug=f"p-{number}", locale=paper.english)
        page.tags.add("Sea", f"Topic {number}")
        paper.news.add_child(instance=page)
    pages = list(Page.objects.child_of(paper.news).specific())
    with django_assert_num_queries(2):
        for model in (ArticlePage, ReportPage):
            prefetch_related_objects([page for page in pages if type(page) is model], "tags")
        assert [names(page) for page in pages] == [["Sea", f"Topic {n}"] for n in range(6)]


def test_setting_known_tags_costs_few_queries(
    tagged: ArticlePage, django_assert_max_num_queries: Any
) -> None:
    Tag.objects.bulk_create(
        Tag(name=f"T{n}", key=f"t{n}", slug=f"t{n}", locale=tagged.locale) for n in range(30)
    )
    page = fresh(tagged)
    with django_assert_max_num_queries(4):
        page.tags.set([f"T{number}" for number in range(30)])


# wagtail-localize's own ways, past the desk


def submit(page: ArticlePage, locale: Any) -> Translation:
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    return translation


def test_submitting_and_synchronising_keep_the_translation_s_tags(
    tagged: ArticlePage, paper: SimpleNamespace
) -> None:
    translation = submit(tagged, paper.persian)
    twin = tagged.get_translation(paper.persian)
    assert everything(twin) == [("fa", "Climate", True), ("fa", "Sea", True)]
    persian_tag("Climate", "اقلیم")
    page = latest(twin)
    page.tags.remove("Sea")
    page.tags.add("دریای شمال")
    page.save()
    tagged.tags.set(["Climate", "Sea", "Air"])
    tagged.save_revision().publish()
    translation.source.update_from_db()
    translation.save_target(publish=False)
    assert names(fresh(twin)) == names(latest(twin)) == ["اقلیم", "دریای شمال"]
    assert names(fresh(tagged)) == ["Climate", "Sea", "Air"]


def test_tags_are_nothing_to_be_translated(tagged: ArticlePage, paper: SimpleNamespace) -> None:
    translation = submit(tagged, paper.persian)
    paths = translation.source.stringsegment_set.values_list("context__path", flat=True)
    assert not [path for path in paths if "tag" in path]
    assert not translation.source.relatedobjectsegment_set.exists()
    assert not translation.source.overridablesegment_set.filter(
        context__path__contains="tag"
    ).exists()


def test_stopped_translation_and_simple_mode_keep_what_people_write(
    tagged: ArticlePage, paper: SimpleNamespace
) -> None:
    translation = submit(tagged, paper.persian)
    translation.enabled = False
    translation.save()
    twin = tagged.get_translation(paper.persian)
    page = latest(twin)
    page.tags.set(["دریا"])
    page.save_revision()
    assert names(latest(twin)) == ["دریا"]


def test_class_that_lost_our_overrides_still_stores_its_own_language_s_tags(
    tagged: ArticlePage, paper: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArticlePage, "override_translatable_fields", [], raising=False)
    translation = submit(tagged, paper.persian)
    tagged.tags.add("Air")
    tagged.save_revision().publish()
    translation.source.update_from_db()
    translation.save_target(publish=False)
    twin = tagged.get_translation(paper.persian)
    assert {code for code, _name, _waits in everything(twin)} == {"fa"}
    assert {code for code, _name, _waits in everything(latest(twin))} == {"fa"}
    assert names(fresh(tagged)) == ["Climate", "Sea", "Air"]
