"""The glossary's terms: what may be stored, and which of them count for a piece."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Site

from wagtail_newsroom.desk.glossary import glossary_for
from wagtail_newsroom.models import GlossaryTerm

pytestmark = pytest.mark.django_db


def term(text: str, translation: str = "", **fields: Any) -> GlossaryTerm:
    fields.setdefault("source_language", "en")
    fields.setdefault("target_language", "fa")
    made = GlossaryTerm(term=text, translation=translation, keep_as_is=not translation, **fields)
    made.full_clean()
    made.save()
    return made


def test_a_term_serves_its_direction_and_the_other() -> None:
    term("river", "رود", forbidden="رودخانه\nجوی")
    forward = glossary_for("en", "fa")
    assert forward.put("The rivers") == "The رود\u200cها"
    assert forward.forbidden("The river", "آن جوی") == ((forward.terms[0], "جوی"),)
    backward = glossary_for("fa", "en")
    assert backward.put("رودها") == "rivers"
    assert backward.terms[0].forbidden == ()


def test_a_one_way_term_serves_its_direction_only() -> None:
    term("river", "رود", one_way=True)
    assert len(glossary_for("en", "fa").terms) == 1
    assert not glossary_for("fa", "en")


def test_a_kept_term_stays_in_both_directions() -> None:
    term("Wagtail", case_sensitive=True)
    for direction in (("en", "fa"), ("fa", "en")):
        (kept,) = glossary_for(*direction).terms
        assert (kept.source, kept.is_kept, kept.case_sensitive) == ("Wagtail", True, True)


def test_related_languages_count_after_the_exact_one() -> None:
    term("colour", "فام", source_language="en-gb")
    term("color", "رنگ")
    term("colour", "رنگ")
    assert glossary_for("en-gb", "fa").put("colour") == "فام"
    assert glossary_for("en", "fa").put("colour") == "رنگ"
    assert [each.source for each in glossary_for("en-us", "fa").terms] == ["color", "colour"]
    assert not glossary_for("de", "fa")


def test_a_term_for_a_site_wins_there_and_counts_nowhere_else(paper: SimpleNamespace) -> None:
    here = Site.objects.get(is_default_site=True)
    elsewhere = Site.objects.create(hostname="sport.example", root_page=paper.home)
    term("river", "رود")
    term("river", "رودخانه", site=elsewhere)
    assert glossary_for("en", "fa", site=elsewhere).put("river") == "رودخانه"
    assert glossary_for("en", "fa", site=here).put("river") == "رود"
    assert glossary_for("en", "fa").put("river") == "رود"


def test_the_terms_of_its_own_direction_come_first() -> None:
    term("جوی", "river", source_language="fa", target_language="en")
    term("river", "رود")
    assert glossary_for("en", "fa").put("river") == "رود"


def test_a_glossary_is_one_query(django_assert_num_queries: Any) -> None:
    for number in range(20):
        term(f"word{number}", "واژه")
    with django_assert_num_queries(1):
        assert len(glossary_for("en", "fa").terms) == 20


def test_texts_are_stored_tidy() -> None:
    made = term(
        "  Delta\u00a0 Office\u202e ",
        "دفتر\n دلتا",
        forbidden=" a\r\n\r\nb  c\na ",
        note=" x\r\ny ",
    )
    assert (made.term, made.translation, made.forbidden, made.note) == (
        "Delta Office",
        "دفتر دلتا",
        "a\nb c",
        "x\ny",
    )
    assert made.variants == ("a", "b c")
    assert str(term("R<b>D & Co", "ت")) == "R<b>D & Co"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": "—", "translation": "رود"}, "A term needs a letter or a digit."),
        ({"text": "river", "translation": " "}, "Give a translation, or choose to keep the term."),
        ({"text": "river", "translation": "…"}, "Give a translation, or choose to keep the term."),
        (
            {"text": "river", "translation": "رود", "target_language": "en"},
            "Choose two different languages.",
        ),
        (
            {"text": "river", "translation": "رود", "forbidden": "رود"},
            "The approved translation is among the forbidden variants.",
        ),
    ],
)
def test_a_term_that_could_not_be_used_is_refused(fields: dict[str, str], reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        term(**fields)
    assert reason in " ".join(caught.value.messages)


def test_a_term_is_kept_or_translated_and_not_both() -> None:
    with pytest.raises(ValidationError, match="has no translation"):
        GlossaryTerm(
            source_language="en", target_language="fa", term="x", translation="y", keep_as_is=True
        ).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        GlossaryTerm.objects.create(source_language="en", target_language="fa", term="x")


def test_a_term_stands_once_for_each_site_and_once_for_all(paper: SimpleNamespace) -> None:
    site = Site.objects.get(is_default_site=True)
    term("river", "رود")
    term("river", "رود", site=site)
    term("river", "Fluss", target_language="de")
    for place in (None, site):
        with pytest.raises(ValidationError):
            term("river", "جوی", site=place)
        with pytest.raises(IntegrityError), transaction.atomic():
            GlossaryTerm.objects.create(
                source_language="en", target_language="fa", term="river", translation="جوی",
                site=place,
            )  # fmt: skip
