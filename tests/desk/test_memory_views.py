"""The memory in the admin: who may see and change it, and what an editor is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail_newsroom.desk.memory import import_tmx, remember
from wagtail_newsroom.models import MemoryEntry

pytestmark = pytest.mark.django_db

INDEX = "newsroom_memory:index"
TMX = (
    '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>'
    '<tu><tuv xml:lang="en"><seg>River</seg></tuv><tuv xml:lang="fa"><seg>رود</seg></tuv></tu>'
    "</body></tmx>"
).encode()


@pytest.fixture
def sign_in(client: Client, django_user_model: type[User]) -> Callable[..., Client]:
    """Signs in somebody who may enter the admin and has these permissions on the memory."""

    def signed_in(*actions: str) -> Client:
        user = django_user_model.objects.create_user("clerk")
        user.user_permissions.add(
            Permission.objects.get(codename="access_admin"),
            *(Permission.objects.get(codename=f"{action}_memoryentry") for action in actions),
        )
        client.force_login(user)
        return client

    return signed_in


def remember_english(*pairs: tuple[str, str]) -> None:
    remember(pairs, source_language="en", target_language="fa", origin=MemoryEntry.Origin.APPROVED)


def page(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def links(response: Any) -> set[str]:
    return {link["href"] for link in page(response).select("#main a[href]")}


def form_of(**changes: str) -> dict[str, str]:
    return {
        "source_language": "en",
        "target_language": "fa",
        "source_text": "River",
        "target_text": "رود",
        **changes,
    }


def upload(client: Client, data: bytes) -> Any:
    return client.post(
        reverse("newsroom_memory:import"), {"file": SimpleUploadedFile("memory.tmx", data)}
    )


def test_the_list_shows_texts_in_their_language_and_direction(sign_in: Any) -> None:
    remember_english(("1 &lt; 2 <b>rivers</b>", "۱ &lt; ۲ <b>رود</b>"))
    cells = page(sign_in("change").get(reverse(INDEX))).select("td span[dir=auto]")
    assert [(cell["lang"], cell.text) for cell in cells] == [
        ("en", "1 < 2 rivers"),
        ("fa", "۱ < ۲ رود"),
    ]


def test_a_text_cannot_bring_markup_into_the_list(sign_in: Any) -> None:
    remember_english(("&lt;img src=x onerror=alert(1)&gt;", "رود"))
    response = sign_in("change").get(reverse(INDEX))
    assert not page(response).select("td img")


def test_the_list_takes_the_same_queries_for_2_and_for_50_entries(sign_in: Any) -> None:
    client = sign_in("add", "change", "delete")
    counts = []
    for number in (2, 50):
        remember_english(*((f"River {n}", f"رود {n}") for n in range(number)))
        client.get(reverse(INDEX))
        with CaptureQueriesContext(connection) as captured:
            assert len(page(client.get(reverse(INDEX))).select("td.title")) == number
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=iver", ["River"]),
        ("q=باران", ["Rain"]),
        ("q=nothing", []),
        ("source_language=en", ["River"]),
        ("target_language=en", ["باد"]),
        ("origin=imported", ["Rain"]),
        ("origin=approved", ["River", "باد"]),
        ("source_language=tlh", ["River", "Rain", "باد"]),
    ],
)
def test_the_list_is_searched_and_narrowed(sign_in: Any, query: str, found: list[str]) -> None:
    remember_english(("River", "رود"))
    import_tmx(io.BytesIO(TMX.replace(b"River", b"Rain").replace("رود".encode(), "باران".encode())))
    MemoryEntry.objects.filter(source_text="Rain").update(source_language="en-gb")
    remember([("باد", "Wind")], source_language="fa", target_language="en", origin="approved")
    response = sign_in("change").get(f"{reverse(INDEX)}?{query}")
    titles = [cell.get_text(strip=True) for cell in page(response).select("td.title a span")]
    assert sorted(titles) == sorted(found)


def test_buttons_are_shown_to_those_who_may_use_them(sign_in: Any) -> None:
    remember_english(("River", "رود"))
    entry = MemoryEntry.objects.get()
    add, imports = reverse("newsroom_memory:add"), reverse("newsroom_memory:import")
    edit = reverse("newsroom_memory:edit", args=[entry.pk])
    delete = reverse("newsroom_memory:delete", args=[entry.pk])
    export = reverse("newsroom_memory:export")
    everything = {add, imports, edit, delete, export}
    client = sign_in("view")
    assert links(client.get(reverse(INDEX))) & everything == {export}
    clerk = User.objects.get(username="clerk")
    for action in ("add", "change", "delete"):
        clerk.user_permissions.add(Permission.objects.get(codename=f"{action}_memoryentry"))
    assert links(client.get(reverse(INDEX))) & everything == everything


@pytest.mark.parametrize("name", ["index", "add", "import", "export"])
def test_without_permission_there_is_nothing_to_see(sign_in: Any, name: str) -> None:
    response = sign_in().get(reverse(f"newsroom_memory:{name}"))
    assert response.status_code in (302, 403)
    assert response.get("Location", "/admin/") == "/admin/"


def test_without_permission_an_upload_changes_nothing(sign_in: Any) -> None:
    response = upload(sign_in("view", "change", "delete"), TMX)
    assert response.status_code in (302, 403)
    assert not MemoryEntry.objects.exists()


def test_a_file_is_imported_and_the_result_told(sign_in: Any) -> None:
    client = sign_in("add")
    response = upload(client, TMX)
    assert (response.status_code, response["Location"]) == (302, reverse(INDEX))
    assert (
        "The file was imported. Units: 1, new pairs: 1, known pairs: 0, left out: 0."
        in page(client.get(reverse(INDEX))).get_text()
    )
    entry = MemoryEntry.objects.get()
    assert (entry.source_text, entry.target_text) == ("River", "رود")
    assert entry.created_by == User.objects.get(username="clerk")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Dear editor", "This file is not a TMX file: it is not XML."),
        (b"<html></html>", "This file is XML but not TMX: it begins with <html>."),
        (TMX[:-20], "This TMX file is cut short: its end is missing."),
        (TMX.replace(b"River", b"R\xedo"), "This file is not in the encoding that it states."),
        (b"", "The submitted file is empty."),
    ],
)
def test_a_bad_file_brings_the_form_back_with_the_reason(
    sign_in: Any, data: bytes, reason: str
) -> None:
    document = page(upload(sign_in("add"), data))
    assert reason in document.select_one(".error-message").get_text()
    assert not MemoryEntry.objects.exists()


def test_a_file_over_the_limit_is_refused_in_the_form(sign_in: Any, settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_TMX_MAX_BYTES = 1024 * 1024
    document = page(upload(sign_in("add"), TMX + b" " * 1024 * 1024))
    assert "This file is larger than 1 MB." in document.select_one(".error-message").get_text()
    assert not MemoryEntry.objects.exists()


def test_the_memory_goes_out_as_tmx(sign_in: Any) -> None:
    remember_english(("River", "رود"))
    response = sign_in("view").get(reverse("newsroom_memory:export"))
    exported = b"".join(response)
    assert response["Content-Disposition"] == 'attachment; filename="memory.tmx"'
    MemoryEntry.objects.all().delete()
    import_tmx(io.BytesIO(exported))
    assert MemoryEntry.objects.get().target_text == "رود"


def test_a_new_pair_begins_with_two_languages(sign_in: Any) -> None:
    document = page(sign_in("add").get(reverse("newsroom_memory:add")))
    chosen = [
        document.select_one(f"select[name={side}_language] option[selected]")
        for side in ("source", "target")
    ]
    assert [option and option["value"] for option in chosen] == [None, "fa"]


def test_the_list_counts_entries(sign_in: Any) -> None:
    remember_english(("River", "رود"), ("Rain", "باران"))
    assert "2 memory entries" in page(sign_in("view").get(reverse(INDEX))).get_text()


def test_a_pair_is_added_by_hand(sign_in: Any) -> None:
    client = sign_in("add")
    response = client.post(
        reverse("newsroom_memory:add"),
        form_of(source_text=" <b class=x>River</b>\r\nbank ", target_text="<B>رود</B> کناره"),
    )
    assert response.status_code == 302
    entry = MemoryEntry.objects.get()
    assert (entry.source_text, entry.target_text) == ("<b>River</b> bank", "<b>رود</b> کناره")
    assert entry.origin == MemoryEntry.Origin.APPROVED
    assert entry.created_by == User.objects.get(username="clerk")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"target_text": "<b>رود</b>"}, "The translation must hold the same tags as the source."),
        ({"target_language": "en"}, "Choose two different languages."),
        ({"source_text": "<br>"}, "This text says nothing."),
        ({"target_language": "tlh"}, "Select a valid choice."),
        ({}, "The memory holds this pair already."),
    ],
)
def test_a_pair_that_cannot_be_used_is_refused(
    sign_in: Any, changes: dict[str, str], reason: str
) -> None:
    remember_english(("River", "رود"))
    response = sign_in("add").post(reverse("newsroom_memory:add"), form_of(**changes))
    assert reason in page(response).get_text()
    assert MemoryEntry.objects.count() == 1


def test_an_edited_pair_is_found_by_its_new_text(sign_in: Any) -> None:
    from wagtail_newsroom.desk.memory import recall

    remember_english(("River", "رود"))
    entry = MemoryEntry.objects.get()
    address = reverse("newsroom_memory:edit", args=[entry.pk])
    client = sign_in("change")
    assert {
        field["name"]: (field["lang"], field["dir"])
        for field in page(client.get(address)).select("textarea")
    } == {"source_text": ("en", "auto"), "target_text": ("fa", "auto")}
    assert client.post(address, form_of(source_text="Stream")).status_code == 302
    assert recall(["River", "Stream"], source_language="en", target_language="fa") == {
        "Stream": "رود"
    }


def test_a_language_that_the_site_gave_up_survives_an_edit(sign_in: Any) -> None:
    remember_english(("River", "رود"))
    entry = MemoryEntry.objects.get()
    MemoryEntry.objects.update(source_language="tlh")
    address = reverse("newsroom_memory:edit", args=[entry.pk])
    changed = form_of(source_language="tlh", target_text="رودخانه")
    assert sign_in("change").post(address, changed).status_code == 302
    entry.refresh_from_db()
    assert (entry.source_language, entry.target_text) == ("tlh", "رودخانه")


def test_a_pair_is_deleted(sign_in: Any) -> None:
    remember_english(("River", "رود"))
    address = reverse("newsroom_memory:delete", args=[MemoryEntry.objects.get().pk])
    client = sign_in("delete")
    assert page(client.get(address))
    assert client.post(address).status_code == 302
    assert not MemoryEntry.objects.exists()
