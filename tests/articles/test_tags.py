"""A tag is one row for each language, found by its spelling; two spellings of a word are one tag."""

from __future__ import annotations

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from wagtail_newsroom.articles.tag_keys import (
    KEY_LENGTH,
    SEPARATORS,
    clean_name,
    key_of,
    names_in,
    slug_of,
)
from wagtail_newsroom.models import Tag, TaggedPiece

HALF = "\u200c"


# Keys, names and slugs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علي", "علی"),
        ("كتاب", "کتاب"),
        (f"می{HALF}رود", "می رود"),
        (f"می{HALF}رود", "میرود"),
        (f"خامنه{HALF}ای", "خامنه-ای"),
        ("Climate", "CLIMATE"),
        ("Straße", "STRASSE"),
        ("۱۳۹۸", "1398"),
        ("١٣٩٨", "1398"),
        ("مُعَلِّم", "معلم"),
        ("کـــتاب", "کتاب"),
        ("خانۀ ما", "خانهٔ ما"),
        ("e-mail", "Email"),
        ("\u202bایران\u202c", "ایران"),
        ("ﻋﻠﻲ", "علی"),
        ("café", "cafe\u0301"),
    ],
)
def test_two_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("آب", "اب"),
        ("C", "C++"),
        ("C#", "C++"),
        ("café", "cafe"),
        ("مسئول", "مسول"),
        ("हिंदी", "हदी"),
    ],
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_key_of_a_name_that_grows_when_it_is_folded_fits_its_column() -> None:
    keys = {key_of("ﷺ" * 90 + str(number)) for number in range(5)}
    assert len(keys) == 5
    assert {len(key) for key in keys} == {KEY_LENGTH}


@given(st.text(max_size=150))
def test_whatever_is_typed_gives_names_that_stay_as_they_are(text: str) -> None:
    for name in names_in(text):
        assert names_in(name) == [name]
        assert clean_name(name) == name
        assert not set(name) & set(SEPARATORS + '"')
        assert key_of(name)
        assert len(key_of(name)) <= KEY_LENGTH
        assert 0 < len(slug_of(name)) <= 70


def test_commas_and_semicolons_of_both_scripts_part_names() -> None:
    assert names_in("اقلیم، دریا؛ آب , Sea; –؛؛ \u200c") == ["اقلیم", "دریا", "آب", "Sea"]


def test_name_keeps_its_half_space_and_loses_what_nobody_sees() -> None:
    assert clean_name(f" \u202e{HALF}می{HALF}{HALF} رود\u200b  \n{HALF}") == "می رود"
    assert clean_name(f"کتاب{HALF}{HALF}ها") == f"کتاب{HALF}ها"
    assert clean_name('The "Post"') == "The Post"


def test_slug_has_hyphens_for_half_spaces_and_folded_letters() -> None:
    assert slug_of(f"خامنه{HALF}اي و رئيسي") == "خامنه-ای-و-رئیسی"
    assert slug_of("Climate Change") == "climate-change"
    assert slug_of("+++") == "tag"
    assert len(slug_of("آ" * 100)) == 70


# Rows


def test_same_name_and_slug_may_stand_in_each_language(paper: SimpleNamespace) -> None:
    english = Tag.objects.create(name="NATO", locale=paper.english)
    persian = Tag.objects.create(name="NATO", locale=paper.persian)
    assert english.slug == persian.slug == "nato"


def test_second_spelling_in_one_language_is_refused(paper: SimpleNamespace) -> None:
    Tag.objects.create(name="علی", locale=paper.persian)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name="علي", slug="other", locale=paper.persian)


def test_form_is_told_of_a_second_spelling_and_of_a_taken_slug(paper: SimpleNamespace) -> None:
    Tag.objects.create(name="علی", locale=paper.persian)
    with pytest.raises(ValidationError) as spelled:
        Tag(name="علي", locale=paper.persian).full_clean(exclude=["locale", "key"])
    assert list(spelled.value.message_dict) == ["name"]
    with pytest.raises(ValidationError) as taken:
        Tag(name="رضا", slug="علی", locale=paper.persian).full_clean(exclude=["locale", "key"])
    assert list(taken.value.message_dict) == ["slug"]
    Tag(name="علي", locale=paper.english).full_clean(exclude=["locale", "key"])


@pytest.mark.parametrize("name", ["", "-", "a, b", "آب؛ هوا", "\u200c"])
def test_name_that_could_not_be_typed_again_is_refused(paper: SimpleNamespace, name: str) -> None:
    with pytest.raises(ValidationError):
        Tag(name=name, locale=paper.english).full_clean()


def test_slug_that_is_taken_in_the_language_gets_a_number(paper: SimpleNamespace) -> None:
    names = ["C", "C+", "C++", "C#"]
    slugs = [Tag.objects.create(name=name, locale=paper.english).slug for name in names]
    assert slugs == ["c", "c-2", "c-3", "c-4"]


def test_saving_some_fields_keeps_the_key_right(paper: SimpleNamespace) -> None:
    tag = Tag.objects.create(name="Sea", locale=paper.english)
    tag.name = "Ocean"
    tag.save(update_fields=["name"])
    tag.refresh_from_db()
    assert (tag.name, tag.key, tag.slug) == ("Ocean", "ocean", "sea")


def test_copy_for_translation_waits_for_its_name(paper: SimpleNamespace) -> None:
    tag = Tag.objects.create(
        name="Climate", locale=paper.english, description="On the air.", picture_alt="Air"
    )
    copy = tag.copy_for_translation(paper.persian)
    copy.full_clean()
    copy.save()
    copy.refresh_from_db()
    assert copy.needs_name
    assert copy.translation_key == tag.translation_key
    assert (copy.name, copy.slug, copy.key) == (
        "Climate",
        "climate",
        f"unnamed:{tag.translation_key}",
    )
    assert (copy.description, copy.picture_alt) == ("", "")


def test_counterpart_of_a_persian_tag_gets_no_persian_slug(paper: SimpleNamespace) -> None:
    tag = Tag.objects.create(name="اقلیم", locale=paper.persian)
    copy = tag.copy_for_translation(paper.english)
    copy.save()
    assert copy.slug == f"tag-{tag.translation_key.hex[:8]}"
    assert copy.has_placeholder_slug()


def test_fixtures_name_tags_by_language_and_slug(paper: SimpleNamespace, write: object) -> None:
    page = write(title="Tagged")  # type: ignore[operator]
    page.tags.add("Sea")
    page.save()
    rows = [*Tag.objects.all(), *TaggedPiece.objects.all()]
    text = serializers.serialize(
        "json", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    assert json.loads(text)[1]["fields"]["tag"] == ["en", "sea"]
    TaggedPiece.objects.all().delete()
    Tag.objects.all().delete()
    for row in serializers.deserialize("json", text):
        row.save()
    assert [tag.name for tag in page.tags.all()] == ["Sea"]
    assert TaggedPiece.objects.get_by_natural_key(page.pk, "en", "sea").tag.name == "Sea"


def test_key_of_an_unnamed_tag_cannot_be_typed() -> None:
    mark = uuid4()
    assert key_of(f"unnamed:{mark}") != f"unnamed:{mark}"
