"""The licence of an image: written once, told in every language, with no query of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from wagtail.models import ReferenceIndex

from tests.conftest import person
from tests.publishing.conftest import translate
from wagtail_newsroom.articles.image_licences import licence_of, set_licence
from wagtail_newsroom.articles.image_texts import read_image_texts, words_of
from wagtail_newsroom.articles.pictures import prefetch_renditions
from wagtail_newsroom.models import ArticlePage, ImageLicence, ImageText

from .images import make_image

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)

HOST = {"host": "localhost"}
NAME, ADDRESS = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
LINK = (
    '<a class="nr-figure__licence" rel="license noopener noreferrer" '
    rf'href="{ADDRESS}"><bdi[^>]*>{NAME}</bdi></a>'
)


def pictures_in(html: str) -> list[dict[str, Any]]:
    """Return the pictures of a piece's structured data."""
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.S)
    assert found is not None
    (piece,) = [each for each in json.loads(found[1])["@graph"] if each["@type"] == "NewsArticle"]
    return list(piece["image"])


def licence_form(image: Any, **fields: str) -> dict[str, Any]:
    return {"image": image.pk, "alt": "A ferry", "licence": "", "licence_url": "", **fields}


def test_readers_of_both_languages_are_told_after_the_credit(
    image: Any,
    texts: list[ImageText],
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    client: Client,
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_FEEDS_FULL_TEXT = True
    set_licence(image, name=NAME, url=ADDRESS)
    # The second picture has no text in either language, but a licence all the same.
    bare = make_image("bare.png")
    set_licence(bare, name="All rights reserved")
    body = [("gallery", {"images": [{"image": image, "credit": "Own"}, {"image": bare}]})]
    page = write(slug="ferries", lead_image=image, body=body)
    translate(page, paper.persian, "کشتی‌ها")
    for language, credit in (("en", "Photo: Sample"), ("fa", "عکس: نمونه")):
        # The first visit makes the sizes, the second finds them.
        for _visit in range(2):
            html = client.get(f"/{language}/news/ferries/", headers=HOST).text
            assert len(re.findall(LINK, html)) == 2
            assert re.search(rf"{credit}</bdi></span>\s*{LINK}", html)
            assert re.search(r'licence"><bdi[^>]*>All rights reserved</bdi></span>', html)
        assert [each["license"] for each in pictures_in(html)] == [ADDRESS, ADDRESS]
        assert [each["creditText"] for each in pictures_in(html)] == [credit, credit]
        (item,) = json.loads(client.get(f"/{language}/feed/json/", headers=HOST).content)["items"]
        assert f'<a href="{ADDRESS}">' in item["content_html"]


def test_nothing_is_claimed_that_is_not_known(
    image: Any,
    write: Callable[..., ArticlePage],
    client: Client,
) -> None:
    write(slug="ferries", lead_image=image)
    html = client.get("/en/news/ferries/", headers=HOST).text
    assert "nr-figure__licence" not in html
    assert all("license" not in each for each in pictures_in(html))
    set_licence(image, name="All rights reserved")
    html = client.get("/en/news/ferries/", headers=HOST).text
    assert "All rights reserved" in html
    assert 'rel="license' not in html
    assert all("license" not in each for each in pictures_in(html))


def test_a_film_behind_the_picture_does_not_get_its_licence(
    image: Any,
    write: Callable[..., ArticlePage],
    client: Client,
) -> None:
    set_licence(image, name=NAME, url=ADDRESS)
    write(slug="film", lead_image=image, lead_video_url="https://youtu.be/abcdefghijk")
    assert "nr-figure__licence" not in client.get("/en/news/film/", headers=HOST).text


def test_hostile_words_are_escaped_and_a_hostile_address_is_not_shown(
    image: Any,
    write: Callable[..., ArticlePage],
    client: Client,
) -> None:
    ImageLicence.objects.create(image=image, name='"><script>x()</script>', url="javascript:x()")
    write(slug="ferries", lead_image=image, body=[("image", {"image": image})])
    html = client.get("/en/news/ferries/", headers=HOST).text
    assert html.count("&quot;&gt;&lt;script&gt;x()&lt;/script&gt;") == 2
    assert "javascript:" not in html
    assert "<script>x()" not in html


def test_the_api_tells_it(
    image: Any,
    write: Callable[..., ArticlePage],
    client: Client,
) -> None:
    set_licence(image, name=NAME, url=ADDRESS)
    page = write(slug="ferries", lead_image=image)
    with override_settings(ROOT_URLCONF="tests.articles.api_urls"):
        found = client.get(f"/api/v2/pages/{page.pk}/").json()["lead_image"]
    assert (found["licence"], found["licence_url"]) == (NAME, ADDRESS)


def test_it_costs_no_query_of_its_own(
    image: Any,
    paper: SimpleNamespace,
    django_assert_num_queries: Any,
) -> None:
    set_licence(image, name=NAME, url=ADDRESS)
    with django_assert_num_queries(1):
        read_image_texts([image], paper.persian.pk)
    assert words_of(image).licence == NAME
    image.get_rendition("width-400")
    fresh = type(image).objects.get(pk=image.pk)
    with django_assert_num_queries(1):
        prefetch_renditions([fresh], paper.persian.pk)
        assert (words_of(fresh).licence, words_of(fresh).licence_url) == (NAME, ADDRESS)
    assert words_of(None, credit="Own").licence == ""


def test_an_editor_writes_it_with_a_text_and_for_all_languages(
    image: Any,
    paper: SimpleNamespace,
    librarian: User,
    client: Client,
) -> None:
    client.force_login(librarian)
    add = f"{reverse('newsroom_image_texts:add')}?locale=en&image={image.pk}"
    assert client.post(add, licence_form(image, licence=NAME)).status_code == 302
    add = f"{reverse('newsroom_image_texts:add')}?locale=fa&image={image.pk}"
    html = client.get(add).text
    assert f'value="{NAME}"' in html
    # What was not touched is not written.
    fields = licence_form(image, licence=NAME, licence_url=ADDRESS)
    assert client.post(add, fields).status_code == 302
    assert ImageLicence.objects.values_list("image", "name", "url").get() == (
        image.pk,
        NAME,
        ADDRESS,
    )
    html = client.get(reverse("wagtailimages:edit", args=[image.pk])).text
    assert f"Licence, in all languages: <bdi>{NAME}</bdi>" in html
    assert not ReferenceIndex.get_references_to(image).filter(
        base_content_type__model="imagelicence"
    )

    text = ImageText.objects.get(locale=paper.persian)
    edit = reverse("newsroom_image_texts:edit", args=[text.pk])
    assert client.post(edit, licence_form(image)).status_code == 302
    assert licence_of(image) is None
    assert ImageText.objects.count() == 2


def test_a_text_that_moves_to_another_image_leaves_its_licence_behind(
    image: Any,
    texts: list[ImageText],
    librarian: User,
    client: Client,
) -> None:
    other = make_image("other.png")
    set_licence(image, name=NAME, url=ADDRESS)
    set_licence(other, name="All rights reserved")
    client.force_login(librarian)
    edit = reverse("newsroom_image_texts:edit", args=[texts[0].pk])
    fields = licence_form(other, licence=NAME, licence_url=ADDRESS)
    assert client.post(edit, fields).status_code == 302
    assert {each.image_id: each.name for each in ImageLicence.objects.all()} == {
        image.pk: NAME,
        other.pk: "All rights reserved",
    }


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"licence": NAME, "licence_url": "javascript:alert(1)"}, "licence_url"),
        ({"licence": NAME, "licence_url": "ftp://example.org/by"}, "licence_url"),
        ({"licence": NAME, "licence_url": "no address"}, "licence_url"),
        ({"licence": NAME, "licence_url": f"https://e.org/{'x' * 500}"}, "licence_url"),
        ({"licence": "x" * 101}, "licence"),
        ({"licence": "x" * 101, "licence_url": ADDRESS}, "licence"),
        ({"licence_url": ADDRESS}, "licence"),
    ],
)
def test_what_is_no_licence_is_an_error_of_the_form(
    image: Any,
    paper: SimpleNamespace,
    librarian: User,
    client: Client,
    fields: dict[str, str],
    wrong: str,
) -> None:
    client.force_login(librarian)
    add = f"{reverse('newsroom_image_texts:add')}?locale=en"
    response = client.post(add, licence_form(image, **fields))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [wrong]
    assert not ImageText.objects.exists()
    assert not ImageLicence.objects.exists()


def test_code_is_refused_an_address_that_is_not_of_the_web(image: Any) -> None:
    with pytest.raises(ValidationError):
        set_licence(image, name=NAME, url="javascript:alert(1)")
    assert licence_of(image) is None


def test_without_the_permission_no_licence_is_written(
    image: Any,
    texts: list[ImageText],
    editor: User,
    client: Client,
) -> None:
    client.force_login(editor)
    edit = reverse("newsroom_image_texts:edit", args=[texts[0].pk])
    for address in (reverse("newsroom_image_texts:add"), edit):
        client.post(address, licence_form(image, licence=NAME))
    assert not ImageLicence.objects.exists()


def test_who_may_only_add_texts_replaces_no_licence(
    image: Any, paper: SimpleNamespace, client: Client
) -> None:
    writer = person("writer", permissions=("wagtail_newsroom.add_imagetext",))
    client.force_login(writer)
    add = f"{reverse('newsroom_image_texts:add')}?locale=fa"
    set_licence(image, name="All rights reserved")
    answer = client.post(add, licence_form(image, licence=NAME))
    assert "has a licence already (All rights reserved)" in answer.text
    assert not ImageText.objects.exists()
    assert client.post(add, licence_form(image)).status_code == 302
    assert str(licence_of(image)) == "All rights reserved"
    set_licence(image, name="")
    ImageText.objects.all().delete()
    assert client.post(add, licence_form(image, licence=NAME)).status_code == 302
    assert str(licence_of(image)) == NAME


@pytest.mark.parametrize("before", [NAME, ""])
def test_a_licence_that_somebody_changed_meanwhile_is_kept(
    image: Any, texts: list[ImageText], librarian: User, client: Client, before: str
) -> None:
    client.force_login(librarian)
    set_licence(image, name=before)
    edit = reverse("newsroom_image_texts:edit", args=[texts[0].pk])
    shown = client.get(edit).context["form"]
    assert '<input type="hidden" name="licence_before"' in client.get(edit).text
    fields = {name: str(shown[name].value() or "") for name in ("licence", "licence_before")}
    set_licence(image, name="All rights reserved")
    client.post(edit, licence_form(image, **fields))
    assert str(licence_of(image)) == "All rights reserved"
    client.post(edit, licence_form(image, **{**fields, "licence": "CC0 1.0"}))
    assert str(licence_of(image)) == "CC0 1.0"
