"""The glossary in the admin: who may see and change it, and that an import asks first."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from wagtail_newsroom.desk.glossary_import import import_terms, plan_import
from wagtail_newsroom.models import GlossaryTerm

pytestmark = pytest.mark.django_db

INDEX, IMPORT = "newsroom_glossary:index", "newsroom_glossary:import"
HEAD = "source_language,target_language,term,translation,forbidden\n"


@pytest.fixture
def sign_in(client: Client, django_user_model: type[User]) -> Callable[..., Client]:
    """Signs in somebody who may enter the admin and has these permissions on the glossary."""

    def signed_in(*actions: str) -> Client:
        user = django_user_model.objects.create_user("clerk")
        user.user_permissions.add(
            Permission.objects.get(codename="access_admin"),
            *(Permission.objects.get(codename=f"{action}_glossaryterm") for action in actions),
        )
        client.force_login(user)
        return client

    return signed_in


def keep(*lines: str) -> None:
    import_terms((HEAD + "\n".join(lines)).encode())


def page(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def upload(client: Client, *lines: str) -> Any:
    data = (HEAD + "\n".join(lines)).encode()
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile("terms.csv", data)})


def consent(client: Client, response: Any) -> Any:
    """Press the preview's button, as a browser sends it: with CRLF at the ends of lines."""
    form = page(response).select_one("form[enctype]")
    assert form is not None
    fields = {field["name"]: field["value"] for field in form.select("input[name]")}
    fields["text"] = fields["text"].replace("\n", "\r\n")
    return client.post(form["action"], fields)


def titles(response: Any) -> list[str]:
    return sorted(
        cell.get_text(strip=True) for cell in page(response).select("td.title span[lang]")
    )


def test_the_list_shows_terms_in_their_language(sign_in: Any) -> None:
    keep("en,fa,river <b>,رود")
    cells = page(sign_in("view").get(reverse(INDEX))).select("td span[dir=auto]")
    assert [(cell["lang"], cell.text) for cell in cells] == [("en", "river <b>"), ("fa", "رود")]


def test_the_list_takes_the_same_queries_for_2_and_for_50_terms(
    sign_in: Any, paper: SimpleNamespace
) -> None:
    client = sign_in("add", "change", "delete")
    site = Site.objects.get(is_default_site=True)
    counts = []
    for number in (2, 50):
        keep(*(f"en,fa,word{n},واژه" for n in range(number)))
        GlossaryTerm.objects.update(site=site)
        client.get(reverse(INDEX))
        with CaptureQueriesContext(connection) as captured:
            assert len(page(client.get(reverse(INDEX))).select("td.title")) == number
        counts.append(len(captured))
        GlossaryTerm.objects.all().delete()
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=iver", ["river"]),
        ("q=سد", ["dam"]),
        ("q=آب‌بند", ["dam"]),
        ("q=nothing", []),
        ("source_language=fa", ["پل"]),
        ("target_language=fa", ["dam", "river"]),
        ("site=null", ["river", "پل"]),
        ("site={site}", ["dam"]),
    ],
)
def test_the_list_is_searched_and_narrowed(
    sign_in: Any, paper: SimpleNamespace, query: str, found: list[str]
) -> None:
    site = Site.objects.get(is_default_site=True)
    keep("en,fa,river,رود", "en,fa,dam,سد,آب‌بند", "fa,en,پل,bridge")
    GlossaryTerm.objects.filter(term="dam").update(site=site)
    address = f"{reverse(INDEX)}?{query.format(site=site.pk)}"
    assert titles(sign_in("view").get(address)) == sorted(found)


@pytest.mark.parametrize("name", ["index", "add", "import", "export"])
def test_without_permission_there_is_nothing_to_see(sign_in: Any, name: str) -> None:
    response = sign_in().get(reverse(f"newsroom_glossary:{name}"))
    assert response.status_code in (302, 403)
    assert response.get("Location", "/admin/") == "/admin/"


def test_without_permission_an_upload_changes_nothing(sign_in: Any) -> None:
    client = sign_in("view", "change", "delete")
    data = (HEAD + "en,fa,river,رود").encode()
    assert upload(client, "en,fa,river,رود").status_code in (302, 403)
    response = client.post(
        reverse(IMPORT), {"text": data.decode(), "digest": plan_import(data).digest}
    )
    assert response.status_code in (302, 403)
    assert not GlossaryTerm.objects.exists()


def test_a_term_is_added_by_hand_and_edited(sign_in: Any) -> None:
    client = sign_in("add", "change")
    fields = {
        "source_language": "en",
        "target_language": "fa",
        "term": " river ",
        "translation": "رود",
    }
    assert client.post(reverse("newsroom_glossary:add"), fields).status_code == 302
    term = GlossaryTerm.objects.get()
    assert (term.term, term.translation) == ("river", "رود")
    again = client.post(reverse("newsroom_glossary:add"), fields)
    assert "The glossary has this term already." in page(again).get_text()
    address = reverse("newsroom_glossary:edit", args=[term.pk])
    document = page(client.get(address))
    assert [document.select_one(f"[name={name}]")["lang"] for name in ("term", "translation")] == [
        "en",
        "fa",
    ]
    changed = {**fields, "translation": "", "keep_as_is": "on", "forbidden": "جوی\r\nنهر"}
    assert client.post(address, changed).status_code == 302
    term.refresh_from_db()
    assert (term.translation, term.keep_as_is, term.variants) == ("", True, ("جوی", "نهر"))


def test_a_term_without_translation_must_be_kept(sign_in: Any) -> None:
    fields = {"source_language": "en", "target_language": "fa", "term": "river"}
    response = sign_in("add").post(reverse("newsroom_glossary:add"), fields)
    assert "Give a translation, or choose to keep the term." in page(response).get_text()
    assert not GlossaryTerm.objects.exists()


def test_an_upload_shows_its_changes_and_stores_them_after_consent(sign_in: Any) -> None:
    keep("en,fa,river,رود", "en,fa,dam,سد")
    client = sign_in("add", "change")
    response = upload(
        client, 'en,fa,river,رودخانه,"جوی\nنهر"', "en,fa,dam,سد", "en,fa,<i>bridge,پل"
    )
    document = page(response)
    assert "New terms: 1. Changed: 1. As before: 1." in document.get_text()
    assert [cell.get_text() for cell in document.select("ins")] == ["رودخانه", "جوینهر"]
    assert not document.select("#main i")
    assert GlossaryTerm.objects.get(term="river").translation == "رود"
    done = consent(client, response)
    assert (done.status_code, done["Location"]) == (302, reverse(INDEX))
    assert "New terms: 1, changed: 1, as before: 1." in page(client.get(reverse(INDEX))).get_text()
    river = GlossaryTerm.objects.get(term="river")
    assert (river.translation, river.variants) == ("رودخانه", ("جوی", "نهر"))
    assert GlossaryTerm.objects.count() == 3


def test_a_glossary_that_changed_meanwhile_is_shown_anew(sign_in: Any) -> None:
    keep("en,fa,river,رود")
    client = sign_in("add", "change")
    response = upload(client, "en,fa,river,رودخانه")
    GlossaryTerm.objects.update(translation="نهر")
    again = consent(client, response)
    assert "The glossary changed in the meantime." in page(again).get_text()
    assert page(again).select_one("del").get_text() == "نهر"
    assert GlossaryTerm.objects.get().translation == "نهر"
    assert consent(client, again).status_code == 302
    assert GlossaryTerm.objects.get().translation == "رودخانه"


def test_errors_are_shown_by_line_and_leave_no_button(sign_in: Any) -> None:
    document = page(upload(sign_in("add"), "en,fa,river,رود", "xx,fa,dam,سد"))
    assert [cell.get_text() for cell in document.select("#main td")] == [
        "3",
        "The site has no language “xx”.",
    ]
    assert not document.select("form[enctype]")
    assert not GlossaryTerm.objects.exists()


def test_a_file_with_nothing_new_says_so(sign_in: Any) -> None:
    keep("en,fa,river,رود")
    document = page(upload(sign_in("add"), "en,fa,river,رود"))
    assert "The glossary has all of this already." in document.get_text()
    assert not document.select("form[enctype]")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04\xff\xff", "This file is not in UTF-8."),
        (b"x" * 1_000_001, "This file is larger than 1000 kB."),
        (HEAD.encode(), "This file holds no terms."),
        (b"", "The submitted file is empty."),
    ],
)
def test_a_bad_file_brings_the_form_back_with_the_reason(
    sign_in: Any, data: bytes, reason: str
) -> None:
    response = sign_in("add").post(reverse(IMPORT), {"file": SimpleUploadedFile("terms.csv", data)})
    assert reason in page(response).select_one(".error-message").get_text()


def test_consent_to_something_else_stores_nothing(sign_in: Any) -> None:
    client = sign_in("add")
    forged = {"text": f"{HEAD}xx,fa,river,رود", "digest": "0" * 64}
    assert client.post(reverse(IMPORT), forged)["Location"] == reverse(IMPORT)
    assert client.post(reverse(IMPORT), {"digest": "x" * 65})["Location"] == reverse(IMPORT)
    page(client.post(reverse(IMPORT), {"text": f"{HEAD}en,fa,river,رود", "digest": "0" * 64}))
    assert not GlossaryTerm.objects.exists()


def test_the_glossary_goes_out_as_csv(sign_in: Any) -> None:
    keep("en,fa,river,رود")
    response = sign_in("view").get(reverse("newsroom_glossary:export"))
    exported = b"".join(response)
    assert response["Content-Disposition"] == 'attachment; filename="glossary.csv"'
    assert plan_import(exported).same == 1
