"""The memory: what is kept, what is found again, and that a file comes in whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail_newsroom.desk.memory import (
    ImportResult,
    are_related,
    export_tmx,
    import_tmx,
    recall,
    remember,
)
from wagtail_newsroom.exceptions import BadFile, NotAllowed
from wagtail_newsroom.models import MemoryEntry

pytestmark = pytest.mark.django_db

APPROVED, IMPORTED = MemoryEntry.Origin.APPROVED, MemoryEntry.Origin.IMPORTED


def keep(*pairs: tuple[str, str], source: str = "en", target: str = "fa") -> int:
    return remember(pairs, source_language=source, target_language=target, origin=APPROVED)


def find(*fragments: str, source: str = "en", target: str = "fa") -> dict[str, str]:
    return recall(fragments, source_language=source, target_language=target)


def tmx(*units: str, header: str = '<header srclang="en"/>') -> io.BytesIO:
    return io.BytesIO(
        f'<?xml version="1.0"?><tmx version="1.4">{header}<body>{"".join(units)}</body></tmx>'.encode()
    )


def unit(**texts: str) -> str:
    variants = (
        f'<tuv xml:lang="{code.replace("_", "-")}"><seg>{text}</seg></tuv>'
        for code, text in texts.items()
    )
    return f"<tu>{''.join(variants)}</tu>"


def stored() -> list[tuple[str, ...]]:
    return list(
        MemoryEntry.objects.order_by("pk").values_list(
            "source_language", "target_language", "source_text", "target_text"
        )
    )


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def test_what_is_remembered_is_found_again() -> None:
    assert keep(("River", "رود"), ("<b>Rain</b> falls", "<b>باران</b> می‌بارد")) == 2
    assert find("River", "<b>Rain</b> falls", "Snow") == {
        "River": "رود",
        "<b>Rain</b> falls": "<b>باران</b> می‌بارد",
    }


def test_spaces_invisible_marks_and_unicode_forms_make_no_difference() -> None:
    keep(("The café", "کافه"))
    spellings = ["The  café", "The\u00a0cafe\u0301", "\u200eThe café\u200f"]
    assert find(*spellings) == dict.fromkeys(spellings, "کافه")


def test_letters_case_and_half_spaces_make_a_difference() -> None:
    keep(("River", "رود"), ("می‌رود", "goes"))
    assert find("river", "Rivers", "می رود") == {}


def test_a_pair_serves_the_other_direction_too() -> None:
    keep(("River", "رود"))
    assert find("رود", source="fa", target="en") == {"رود": "River"}


def test_the_same_direction_wins_over_the_other() -> None:
    keep(("River", "رود"))
    keep(("رودخانه", "River"), source="fa", target="en")
    assert find("River") == {"River": "رود"}


def test_the_newest_translation_wins() -> None:
    keep(("River", "رود"))
    keep(("River", "رودخانه"))
    assert find("River") == {"River": "رودخانه"}
    keep(("River", "رود"))
    assert find("River") == {"River": "رود"}
    assert MemoryEntry.objects.count() == 2


def test_the_exact_language_wins_over_a_newer_related_one() -> None:
    keep(("Colour", "رنگ"), source="en-gb")
    keep(("Colour", "فام"), source="en")
    assert find("Colour", source="en-gb") == {"Colour": "رنگ"}
    assert find("Colour", source="en") == {"Colour": "فام"}


def test_a_related_language_serves_where_there_is_no_exact_one() -> None:
    keep(("Colour", "رنگ"), source="en-gb")
    assert find("Colour", source="en") == {"Colour": "رنگ"}
    assert find("Colour", source="en-us") == {}
    assert find("رنگ", source="fa", target="en") == {"رنگ": "Colour"}


@pytest.mark.parametrize(
    ("code", "other", "related"),
    [
        ("en", "en", True),
        ("en", "en-gb", True),
        ("zh-hans-cn", "zh-hans", True),
        ("zh-hans", "zh-hant", False),
        ("en-gb", "en-us", False),
        ("fa", "far", False),
    ],
)
def test_languages_are_related_by_their_base(code: str, other: str, related: bool) -> None:
    assert are_related(code, other) is related
    assert are_related(other, code) is related


def test_another_language_is_not_served() -> None:
    keep(("River", "Fluss"), target="de")
    assert find("River") == {}


def test_what_looks_like_a_tag_is_not_served_with_a_tag() -> None:
    keep(("<b>River</b>", "<b>رود</b>"))
    assert find("&lt;b&gt;River&lt;/b&gt;") == {}


def test_pairs_with_other_tags_or_without_text_are_not_kept() -> None:
    assert (
        keep(
            ("<b>River</b>", "رود"),
            ('<a id="a1">River</a>', '<a id="a2">رود</a>'),
            ("River", ""),
            ("<br/>", "<br/>"),
        )
        == 0
    )
    assert stored() == []


def test_a_pair_that_is_known_is_updated() -> None:
    keep(("The  river", "رود"))
    assert keep(("The river", "رود"), ("The river", "رود")) == 1
    assert stored() == [("en", "fa", "The river", "رود")]


def test_remembering_records_who_and_how(admin_user: User) -> None:
    remember(
        [("River", "رود")],
        source_language="en",
        target_language="fa",
        origin=APPROVED,
        user=admin_user,
    )
    assert MemoryEntry.objects.values_list("origin", "created_by").get() == (
        APPROVED,
        admin_user.pk,
    )


def test_queries_do_not_grow_with_the_number_of_texts() -> None:
    # 99 rows fit into one INSERT of SQLite's.
    few = [(f"Few {number}", f"کم {number}") for number in range(2)]
    many = [(f"Many {number}", f"زیاد {number}") for number in range(90)]
    assert queries(lambda: keep(*few)) == queries(lambda: keep(*many)) == 3
    assert queries(lambda: find(*(source for source, _ in few))) == 1
    assert queries(lambda: find(*(source for source, _ in many))) == 1
    assert queries(lambda: find(*(f"Unknown {number}" for number in range(500)))) == 2
    assert queries(lambda: find(*(f"Unknown {number}" for number in range(501)))) == 4
    assert queries(lambda: find()) == 0


def test_a_file_comes_in() -> None:
    result = import_tmx(tmx(unit(en="River", fa="رود"), unit(EN_gb="Rain", fa_IR="باران")))
    assert result == ImportResult(units=2, added=2)
    assert stored() == [("en", "fa", "River", "رود"), ("en", "fa", "Rain", "باران")]
    assert set(MemoryEntry.objects.values_list("origin", flat=True)) == {IMPORTED}


def test_a_second_import_adds_nothing() -> None:
    import_tmx(tmx(unit(en="River", fa="رود")))
    assert import_tmx(tmx(unit(en="River", fa="رود"))) == ImportResult(units=1, updated=1)
    assert len(stored()) == 1


def test_an_import_does_not_take_an_approval_back() -> None:
    keep(("River", "رود"))
    import_tmx(tmx(unit(en="River", fa="رود")))
    assert MemoryEntry.objects.get().origin == APPROVED


def test_an_approval_makes_an_imported_pair_approved() -> None:
    import_tmx(tmx(unit(en="River", fa="رود")))
    keep(("River", "رود"))
    assert MemoryEntry.objects.get().origin == APPROVED


def test_what_cannot_be_used_is_left_out_and_counted() -> None:
    result = import_tmx(
        tmx(
            unit(en="River", fa="رود"),
            unit(en="River", fa="رود"),
            unit(en="River", de="Fluss"),
            unit(en="&lt;b&gt;River&lt;/b&gt;", fa="رود"),
            unit(en="River", fa=""),
            unit(en="River"),
        )
    )
    assert result == ImportResult(units=6, added=1, skipped=5)


def test_hostile_text_comes_in_clean() -> None:
    import_tmx(tmx(unit(
        en="&lt;script&gt;x&lt;/script&gt;River &lt;b onclick='x'&gt;bank&lt;/b&gt; &lt;",
        fa="رود &lt;b style='x'&gt;کناره&lt;/b&gt; &lt;",
    )))  # fmt: skip
    assert stored() == [("en", "fa", "River <b>bank</b> &lt;", "رود <b>کناره</b> &lt;")]


def test_the_source_is_what_the_file_says() -> None:
    import_tmx(tmx(unit(en="River", fa="رود"), header='<header srclang="fa-IR"/>'))
    assert stored() == [("fa", "en", "رود", "River")]


def test_each_pair_of_the_site_s_languages_comes_in(settings: Any) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        ("en", "English"), ("fa", "Persian"), ("de", "German"),
    ]  # fmt: skip
    result = import_tmx(tmx(unit(de="Fluss", fa="رود", en="River", fr="Rivière")))
    assert result == ImportResult(units=1, added=3)
    assert {entry[:2] for entry in stored()} == {("en", "fa"), ("en", "de"), ("fa", "de")}
    assert find("Fluss", source="de", target="fa") == {"Fluss": "رود"}


def test_one_text_is_no_translation_of_itself(settings: Any) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        ("en-gb", "British"), ("en-us", "American"), ("fa", "Persian"),
    ]  # fmt: skip
    import_tmx(tmx(unit(en="River", fa="رود")))
    assert {entry[:2] for entry in stored()} == {("en-gb", "fa"), ("en-us", "fa")}


def test_a_file_that_breaks_at_its_end_leaves_nothing() -> None:
    whole = tmx(*(unit(en=f"River {number}", fa=f"رود {number}") for number in range(1200)))
    with pytest.raises(BadFile, match="its end is missing"):
        import_tmx(io.BytesIO(whole.getvalue()[:-30]))
    assert stored() == []


def test_a_fault_while_storing_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from wagtail_newsroom.desk import memory

    store, calls = memory._store, []

    def failing(*args: Any, **kwargs: Any) -> tuple[int, int]:
        calls.append(args)
        if len(calls) == 3:
            raise ConnectionError
        return store(*args, **kwargs)

    monkeypatch.setattr(memory, "_store", failing)
    whole = tmx(*(unit(en=f"River {number}", fa=f"رود {number}") for number in range(1200)))
    with pytest.raises(ConnectionError):
        import_tmx(whole)
    assert len(calls) == 3
    assert stored() == []


def test_a_file_that_is_too_large_is_refused(settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_TMX_MAX_BYTES = 2 * 1024 * 1024
    text = "x" * 15_000
    with pytest.raises(BadFile, match="larger than 2 MB"):
        import_tmx(tmx(*(unit(en=f"{n}{text}", fa=f"{n}{text}") for n in range(80))))
    assert stored() == []


def test_the_reason_is_told_in_the_editor_s_language() -> None:
    from wagtail_newsroom.segments import tmx as reader

    class Catalogue:
        def gettext(self, message: str) -> str:
            return {reader.NOT_TMX: "این TMX نیست: %(name)s"}.get(message, message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wagtail_newsroom.desk.memory._", Catalogue().gettext)
        with pytest.raises(BadFile) as caught:
            import_tmx(io.BytesIO(b"<html/>"))
    assert str(caught.value) == "این TMX نیست: html"


def test_without_permission_nothing_comes_in(django_user_model: type[User]) -> None:
    outsider = django_user_model.objects.create_user("outsider")
    with pytest.raises(NotAllowed):
        import_tmx(tmx(unit(en="River", fa="رود")), user=outsider)
    assert stored() == []


def test_with_permission_the_importer_is_on_record(django_user_model: type[User]) -> None:
    clerk = django_user_model.objects.create_user("clerk")
    clerk.user_permissions.add(Permission.objects.get(codename="add_memoryentry"))
    import_tmx(tmx(unit(en="River", fa="رود")), user=clerk)
    assert MemoryEntry.objects.get().created_by == clerk


def test_what_goes_out_comes_back_as_it_was() -> None:
    keep(
        (
            '1 &lt; 2 &amp; <a id="a1">link</a><br/>next',
            '۱ &lt; ۲ &amp; <a id="a1">پیوند</a><br/>بعد',
        ),
        ("River", "رود"),
    )
    keep(("رودخانه", "River"), source="fa", target="en")
    keep(("River", "رود"))
    before = stored()
    file = io.BytesIO()
    assert export_tmx(file) == 3
    MemoryEntry.objects.all().delete()
    file.seek(0)
    assert import_tmx(file) == ImportResult(units=3, added=3)
    assert sorted(stored()) == sorted(before)


def test_some_entries_go_out_alone() -> None:
    keep(("River", "رود"))
    keep(("Rain", "Regen"), target="de")
    file = io.BytesIO()
    assert export_tmx(file, entries=MemoryEntry.objects.filter(target_language="de")) == 1
    assert "Regen" in file.getvalue().decode()
    assert "رود" not in file.getvalue().decode()
