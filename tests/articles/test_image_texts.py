"""An image's words by language: where they are shown, written and refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from wagtail.images import get_image_model

from tests.publishing.conftest import translate
from wagtail_newsroom.articles.image_texts import read_image_texts, words_of
from wagtail_newsroom.articles.pictures import prefetch_renditions
from wagtail_newsroom.models import ArticlePage, Author, ImageText, Tag

from .images import give, make_image

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)


def alts(client: Client, url: str) -> list[str]:
    response = client.get(url, headers={"host": "localhost"})
    assert response.status_code == 200
    return re.findall(r'<img [^>]*alt="([^"]*)"', response.text)


def test_what_a_piece_leaves_empty_is_taken_from_the_image_in_its_language(
    image: Any,
    texts: list[ImageText],
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    client: Client,
) -> None:
    page = write(
        slug="ferries",
        lead_image=image,
        body=[
            ("image", {"image": image, "alt": "Own", "caption": "", "credit": "Own credit"}),
            ("gallery", {"images": [{"image": image}], "caption": ""}),
        ],
    )
    translate(page, paper.persian, "کشتی‌ها")
    # The first visit makes the sizes, the second finds them.
    for _visit in range(2):
        assert alts(client, "/en/news/ferries/") == ["A ferry", "Own", "A ferry"]
        assert alts(client, "/fa/news/ferries/") == ["یک کشتی", "Own", "یک کشتی"]
        assert alts(client, "/en/news/") == ["A ferry"]
        assert alts(client, "/fa/news/") == ["یک کشتی"]
    html = client.get("/fa/news/ferries/", headers={"host": "localhost"}).text
    assert html[html.index("<main") :].count("آخرین کشتی") == 3
    assert html.count("Own credit") == 1
    assert '<meta property="og:image:alt" content="یک کشتی">' in html


def test_they_are_in_structured_data_and_in_the_api_too(
    image: Any, texts: list[ImageText], write: Callable[..., ArticlePage], client: Client
) -> None:
    page = write(slug="ferries", lead_image=image)
    html = client.get("/en/news/ferries/", headers={"host": "localhost"}).text
    data = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.S)
    assert data is not None
    assert '"caption": "The last ferry"' in data[1].replace('":"', '": "')
    assert '"creditText": "Photo: Sample"' in data[1].replace('":"', '": "')
    with override_settings(ROOT_URLCONF="tests.articles.api_urls"):
        found = client.get(f"/api/v2/pages/{page.pk}/").json()["lead_image"]
    assert [found[name] for name in ("alt", "caption", "credit")] == [
        "A ferry",
        "The last ferry",
        "Photo: Sample",
    ]


def test_they_are_on_the_pages_of_tags_and_authors(
    image: Any, texts: list[ImageText], paper: SimpleNamespace, client: Client
) -> None:
    for locale, slug in ((paper.english, "harbour"), (paper.persian, "بندر")):
        Tag.objects.create(name=slug, slug=slug, locale=locale, picture=image)
        Author(name=slug, slug=slug, locale=locale, photo=image).save()
    for _visit in range(2):
        assert alts(client, "/en/tags/harbour/") == ["A ferry"]
        assert alts(client, "/fa/tags/بندر/") == ["یک کشتی"]
        assert alts(client, "/en/authors/harbour/") == ["A ferry"]
        assert alts(client, "/fa/authors/بندر/") == ["یک کشتی"]
    Author.objects.filter(locale=paper.english).update(photo_alt="Own")
    html = client.get("/en/authors/harbour/", headers={"host": "localhost"}).text
    assert '<meta property="og:image:alt" content="Own">' in html


def test_texts_cost_no_query_of_their_own(
    image: Any,
    texts: list[ImageText],
    paper: SimpleNamespace,
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(0):
        prefetch_renditions([None], paper.english.pk)
        read_image_texts([None], paper.english.pk)
        assert words_of(None).alt == ""
        assert words_of(image, alt="Own").alt == "Own"
    with django_assert_num_queries(2):
        prefetch_renditions([image], paper.english.pk)
    assert words_of(image).caption == "The last ferry"

    image.get_rendition("width-400")
    plain = make_image("plain.png")
    plain.get_rendition("width-400")
    fresh = list(get_image_model().objects.order_by("pk"))
    with django_assert_num_queries(1):
        prefetch_renditions(fresh, paper.persian.pk)
        assert [words_of(each).alt for each in fresh] == ["یک کشتی", ""]
    with django_assert_num_queries(1):
        again = get_image_model().objects.get(pk=image.pk)
    prefetch_renditions([again])
    assert words_of(again).alt == ""


def test_a_decorative_picture_takes_no_alternative_text(
    image: Any, texts: list[ImageText], paper: SimpleNamespace
) -> None:
    read_image_texts([image], paper.english.pk)
    words = words_of(image, alt="Own", is_decorative=True)
    assert (words.alt, words.caption) == ("", "The last ferry")


def test_a_text_is_written_in_each_language_and_shares_a_key(
    image: Any, paper: SimpleNamespace, librarian: User, client: Client
) -> None:
    client.force_login(librarian)
    for code, alt in (("en", "A ferry"), ("fa", "یک کشتی")):
        address = f"{reverse('newsroom_image_texts:add')}?locale={code}&image={image.pk}"
        form = client.get(address).context["form"]
        assert form.initial["image"] == image
        response = client.post(address, {"image": image.pk, "alt": alt})
        assert response.status_code == 302
    made = ImageText.objects.order_by("pk")
    assert [(each.locale.language_code, each.alt) for each in made] == [
        ("en", "A ferry"),
        ("fa", "یک کشتی"),
    ]
    assert len({each.translation_key for each in made}) == 1


def test_a_second_text_in_a_language_is_an_error_of_the_form(
    image: Any, texts: list[ImageText], librarian: User, client: Client
) -> None:
    client.force_login(librarian)
    address = f"{reverse('newsroom_image_texts:add')}?locale=fa"
    response = client.post(address, {"image": image.pk, "alt": "دوباره"})
    assert response.status_code == 200
    assert response.context["form"].errors["image"] == [
        "This image has a text in this language already."
    ]
    edit = reverse("newsroom_image_texts:edit", args=[texts[1].pk])
    assert client.post(edit, {"image": image.pk, "alt": "دوباره"}).status_code == 302
    assert ImageText.objects.get(pk=texts[1].pk).alt == "دوباره"
    with pytest.raises(IntegrityError):
        ImageText.objects.create(image=image, locale=texts[0].locale)


def test_a_text_that_moves_to_another_image_leaves_the_others_alone(
    image: Any, texts: list[ImageText], librarian: User, client: Client
) -> None:
    client.force_login(librarian)
    other = make_image("other.png")
    edit = reverse("newsroom_image_texts:edit", args=[texts[0].pk])
    assert client.post(edit, {"image": other.pk, "alt": "A quay"}).status_code == 302
    add = f"{reverse('newsroom_image_texts:add')}?locale=en"
    assert client.post(add, {"image": image.pk, "alt": "A ferry again"}).status_code == 302
    keys = dict(ImageText.objects.values_list("alt", "translation_key"))
    assert keys["A ferry again"] == keys["یک کشتی"] != keys["A quay"]


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 30, "-1"])
def test_an_address_with_a_wrong_image_starts_empty(
    librarian: User, client: Client, number: str
) -> None:
    client.force_login(librarian)
    response = client.get(f"{reverse('newsroom_image_texts:add')}?image={number}")
    assert response.status_code == 200
    assert response.context["form"].initial.get("image") is None


def test_without_the_permission_nothing_is_written(
    image: Any, texts: list[ImageText], editor: User, client: Client
) -> None:
    client.force_login(editor)
    edit = reverse("newsroom_image_texts:edit", args=[texts[0].pk])
    for address in (reverse("newsroom_image_texts:add"), edit):
        client.post(address, {"image": image.pk, "alt": "Changed"})
    assert sorted(ImageText.objects.values_list("alt", flat=True)) == ["A ferry", "یک کشتی"]


def test_an_images_own_page_leads_to_its_texts(
    image: Any, paper: SimpleNamespace, librarian: User, client: Client
) -> None:
    client.force_login(librarian)
    ImageText.objects.create(image=image, locale=paper.english, alt='<b>"A ferry"</b>')
    html = client.get(reverse("wagtailimages:edit", args=[image.pk])).text
    assert "Texts by language" in html
    assert "&lt;b&gt;&quot;A ferry&quot;&lt;/b&gt;" in html
    assert f"?locale=fa&amp;image={image.pk}" in html
    assert "Change the text in English" in html
    librarian.user_permissions.clear()
    give(librarian, "access_admin")
    html = client.get(reverse("wagtailimages:edit", args=[image.pk])).text
    assert "Texts by language" in html
    assert "Change the text in English" not in html


def test_the_list_takes_the_same_queries_for_20_and_50_texts(
    paper: SimpleNamespace, librarian: User, client: Client
) -> None:
    client.force_login(librarian)
    image = make_image()
    counts = []
    for number in (20, 50):
        while ImageText.objects.count() < number:
            copy = get_image_model().objects.create(
                title="x", file=image.file.name, width=1, height=1
            )
            ImageText.objects.create(image=copy, locale=paper.english, alt="A ferry")
        address = reverse("newsroom_image_texts:index")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.text.count("A ferry") >= number
        counts.append(len(queries))
    assert counts[0] == counts[1]
