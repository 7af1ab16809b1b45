"""The glossary as a file: what comes in, what is refused, and that it goes out safe to open."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from wagtail_newsroom.desk.glossary_csv import read_lines, write_terms
from wagtail_newsroom.desk.glossary_import import LineError, import_terms, plan_import
from wagtail_newsroom.exceptions import BadFile, Declined, NotAllowed
from wagtail_newsroom.models import GlossaryTerm

pytestmark = pytest.mark.django_db

HEAD = "source_language,target_language,term,translation,keep_as_is,forbidden,site"


def file(*lines: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *lines]).encode()


def stored() -> list[tuple[Any, ...]]:
    return list(
        GlossaryTerm.objects.order_by("pk").values_list("term", "translation", "keep_as_is")
    )


def exported() -> bytes:
    out = io.BytesIO()
    write_terms(out)
    return out.getvalue()


def test_a_file_comes_in() -> None:
    plan = import_terms(
        file(
            'en,fa,river,رود,,"رودخانه\nجوی",', "en,fa,Wagtail,,yes,,", ",,,,,,", "EN,fa,dam,سد,no"
        )
    )
    assert (len(plan.new), plan.changed, plan.same) == (3, [], 0)
    assert stored() == [("river", "رود", False), ("Wagtail", "", True), ("dam", "سد", False)]
    assert GlossaryTerm.objects.get(term="river").variants == ("رودخانه", "جوی")


@pytest.mark.parametrize(
    "data",
    [
        file("en,fa,river,رود").decode().encode("utf-8-sig"),
        file("en,fa,river,رود").decode().encode("utf-16"),
        file("en;fa;river;رود", head=HEAD.replace(",", ";")),
        file("en\tfa\triver\tرود", head=HEAD.replace(",", "\t")),
        b"\n".join(file("en,fa,river,رود".encode().decode()).split(b"\r\n")),
        file("رود,river,fa,en", head="translation,TERM, target_language ,source_language,,"),
    ],
)
def test_what_spreadsheets_write_is_read(data: bytes) -> None:
    import_terms(data)
    assert stored() == [("river", "رود", False)]


def test_a_plan_tells_what_would_change_and_changes_nothing() -> None:
    import_terms(file("en,fa,river,رود", "en,fa,dam,سد"))
    before = stored()
    plan = plan_import(file("en,fa,river,رودخانه,,جوی", "en,fa,dam,سد", "en,fa,bridge,پل"))
    assert [term.term for term in plan.new] == ["bridge"]
    assert [(change.term.term, change.fields) for change in plan.changed] == [
        ("river", (("translation", "رود", "رودخانه"), ("forbidden variants", "", "جوی")))
    ]
    assert (plan.same, plan.errors) == (1, [])
    assert stored() == before


def test_a_column_that_a_file_leaves_out_stays_as_it_is() -> None:
    import_terms(file("en,fa,river,رود,,جوی"))
    head = "source_language,target_language,term,translation"
    import_terms(file("en,fa,river,رودخانه", head=head))
    term = GlossaryTerm.objects.get()
    assert (term.translation, term.forbidden) == ("رودخانه", "جوی")
    assert term.updated_at > term.created_at


def test_each_error_is_told_with_its_line_and_nothing_comes_in() -> None:
    data = file(
        "en,fa,river,رود",
        '"en",fa,"two\nlines",دو',
        "xx,fa,dam,سد",
        "en,fa,bridge,",
        "en,fa,—,پل",
        "en,fa,river,جوی",
        "en,fa,dam,سد,maybe,,nowhere.example",
        f"en,fa,{'x' * 300},سد",
    )
    plan = plan_import(data)
    assert plan.errors[:5] == [
        LineError(5, "The site has no language “xx”."),
        LineError(6, "translation: Give a translation, or choose to keep the term."),
        LineError(7, "term: A term needs a letter or a digit."),
        LineError(8, "The term stands on line 2 already."),
        LineError(9, "“keep_as_is” must be “yes” or empty."),
    ]
    assert plan.errors[5] == LineError(9, "There is no site “nowhere.example”.")
    assert [error.line for error in plan.errors[6:]] == [10]
    with pytest.raises(BadFile, match="Line 5: The site has no language “xx”"):
        import_terms(data)
    assert stored() == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "Missing: source_language, target_language, term."),
        (b"term,translation\nriver,x", "Missing: source_language, target_language."),
        (file(head=HEAD), "This file holds no terms."),
        (file("en,fa,x,y", head=f"{HEAD},term,colour"), "there twice: term, colour."),
        ("é".encode("latin-1") + file("en,fa,x,y"), "not in UTF-8"),
        (file('en,fa,"x,y'), "line 2 cannot be read"),
        (b"\x00\x01\x02" + file("en,fa,x,y"), "not a CSV file"),
    ],
)
def test_a_file_that_is_no_glossary_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadFile) as caught:
        import_terms(data)
    assert reason in str(caught.value)
    assert stored() == []


def test_what_a_spreadsheet_would_run_goes_out_as_text_and_comes_back_as_it_was() -> None:
    terms = ['=HYPERLINK("http://x.example")', "+1 office", "-ism", "@home", "'=x", "''+y", "o'x"]
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(
            source_language="en", target_language="fa", term=term, translation="ترجمه",
            forbidden="=1\n+2", note="-x",
        )
        for term in terms
    )  # fmt: skip
    out = exported()
    assert out.startswith(b"\xef\xbb\xbfsource_language,")
    cells = [cell for row in csv.reader(io.StringIO(out.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    plan = plan_import(out)
    assert (plan.new, plan.changed, plan.same, plan.errors) == ([], [], len(terms), [])


def test_what_goes_out_comes_back_as_it_was(paper: SimpleNamespace) -> None:
    site = Site.objects.create(hostname="sport.example", port=8000, root_page=paper.home)
    import_terms(
        file(
            'en,fa,"a ""b"", c",پ,,"د\nه",',
            "en,fa,Wagtail,,yes,,",
            "en,fa,dam,سد,,,sport.example:8000",
        )
    )
    out = exported()
    rows = list(GlossaryTerm.objects.order_by("term").values_list("term", "forbidden", "site"))
    assert rows[2] == ("dam", "", site.pk)
    assert plan_import(out).same == 3
    GlossaryTerm.objects.all().delete()
    import_terms(out)
    assert exported() == out
    assert rows == list(
        GlossaryTerm.objects.order_by("term").values_list("term", "forbidden", "site")
    )


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: file(text)))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    try:
        lines = list(read_lines(data))
    except BadFile:
        return
    assert all(line.number >= 2 and line.cells for line in lines)


def test_queries_do_not_grow_with_the_number_of_lines(django_assert_max_num_queries: Any) -> None:
    for size in (10, 300):
        data = file(*(f"en,fa,word{size}x{number},واژه" for number in range(size)))
        with django_assert_max_num_queries(3):
            plan_import(data)
        with django_assert_max_num_queries(12):
            import_terms(data)
        changed = data.replace("واژه".encode(), "کلمه".encode())
        with django_assert_max_num_queries(12):
            assert len(import_terms(changed).changed) == size


def test_what_changed_since_a_person_looked_is_not_stored() -> None:
    data = file("en,fa,river,رود")
    digest = plan_import(data).digest
    import_terms(file("en,fa,river,جوی"))
    with pytest.raises(Declined, match="changed in the meantime"):
        import_terms(data, digest=digest)
    assert stored() == [("river", "جوی", False)]
    import_terms(data, digest=plan_import(data).digest)
    assert stored() == [("river", "رود", False)]


def test_without_permission_nothing_comes_in(django_user_model: type[User]) -> None:
    import_terms(file("en,fa,river,رود"))
    clerk = django_user_model.objects.create_user("clerk")
    with pytest.raises(NotAllowed):
        import_terms(file("en,fa,dam,سد"), user=clerk)
    clerk.user_permissions.add(Permission.objects.get(codename="add_glossaryterm"))
    clerk = django_user_model.objects.get(pk=clerk.pk)
    with pytest.raises(NotAllowed, match="may not change"):
        import_terms(file("en,fa,dam,سد", "en,fa,river,جوی"), user=clerk)
    assert stored() == [("river", "رود", False)]
    import_terms(file("en,fa,dam,سد", "en,fa,river,رود"), user=clerk)
    assert len(stored()) == 2


def test_the_commands_import_look_and_export(tmp_path: Path) -> None:
    source, target = tmp_path / "terms.csv", tmp_path / "out.csv"
    source.write_bytes(file("en,fa,river,رود"))
    out = io.StringIO()
    call_command("newsroom_import_glossary", str(source), "--dry-run", stdout=out)
    assert out.getvalue() == "New terms: 1, changed: 0, as before: 0, errors: 0.\n"
    assert stored() == []
    call_command("newsroom_import_glossary", str(source), stdout=out)
    assert stored() == [("river", "رود", False)]
    call_command("newsroom_export_glossary", str(target), stdout=out)
    assert target.read_bytes() == exported()
    assert out.getvalue().endswith("1 term was written.\n")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("newsroom_export_glossary", str(target), stdout=out)


def test_the_commands_say_what_is_wrong(tmp_path: Path) -> None:
    source = tmp_path / "terms.csv"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("newsroom_import_glossary", str(source))
    source.write_bytes(file("xx,fa,river,رود"))
    out = io.StringIO()
    with pytest.raises(CommandError, match="as it is"):
        call_command("newsroom_import_glossary", str(source), "--dry-run", stdout=out)
    assert "Line 2: The site has no language “xx”." in out.getvalue()
    with pytest.raises(CommandError, match="Line 2"):
        call_command("newsroom_import_glossary", str(source))
    assert stored() == []
