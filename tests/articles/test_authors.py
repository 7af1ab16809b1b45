"""Authors: their addresses, their place in the admin, and a site's own class of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.test import Client
from django.utils.timezone import now, timedelta
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.search.index import insert_or_update_object
from wagtail.snippets.models import get_snippet_models

from tests.conftest import person
from tests.people import credit
from wagtail_newsroom.models import ArticlePage, Author
from wagtail_newsroom.segments.slugs import slug_of

MakeAuthor = Callable[..., Author]
ROOT = Path(__file__).resolve().parents[2]
ADMIN = "/admin/snippets/wagtail_newsroom/author/"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Mina Farrow", "mina-farrow"),
        ("José  Ñandú–Łucas", "jose-nandu-łucas"),
        ("مریم خامنه‌ای", "مریم-خامنه-ای"),
        ("علي كاظمي ۱۲", "علی-کاظمی-12"),
        ("آزاد مُحَمَّد", "آزاد-محمد"),
        ("</script><b>", "scriptb"),
        ("\u202eevil\u202c name\u200f", "evil-name"),
        ("— …", ""),
        ("", ""),
        ("a" * 500, "a" * 70),
        ("word " * 40, "-".join(["word"] * 14)),
    ],
)
def test_a_slug_is_made_of_letters_and_hyphens(text: str, slug: str) -> None:
    assert slug_of(text) == slug
    assert slug_of(slug) == slug


def test_an_address_is_made_of_the_name_and_no_other_author_has_it(
    paper: SimpleNamespace, author: MakeAuthor
) -> None:
    assert [author("Mina Farrow").slug for _ in range(3)] == [
        "mina-farrow",
        "mina-farrow-2",
        "mina-farrow-3",
    ]
    assert author("Mina Farrow", locale=paper.persian).slug == "mina-farrow"
    assert author("مریم خامنه‌ای", locale=paper.persian).slug == "مریم-خامنه-ای"
    assert author("…").slug == "author"
    long = [author("Long", slug="a" * 120).slug for _ in range(3)]
    assert long == ["a" * 120, "a" * 110 + "-2", "a" * 110 + "-3"]


def test_an_address_of_latin_letters_is_kept_in_the_other_language(
    author: MakeAuthor, in_persian: MakeAuthor
) -> None:
    assert in_persian(author("Mina Farrow"), "مینا فرو", slug="").slug == "mina-farrow"


def test_an_address_stays_when_the_name_changes_or_the_field_is_emptied(
    author: MakeAuthor,
) -> None:
    mina = author("Mina Farrow")
    mina.name = "Mina Dale"
    mina.save_revision().publish()
    assert Author.objects.get().slug == "mina-farrow"
    mina.slug = ""
    mina.save_revision().publish()
    assert Author.objects.get().slug == "mina-farrow"


def test_a_draft_in_another_script_gets_a_latin_address_with_its_latin_name(
    paper: SimpleNamespace, author: MakeAuthor
) -> None:
    draft = author("مینا فرو", live=False)
    assert draft.slug == "مینا-فرو"
    draft.name = "Mina Farrow"
    draft.save_revision().publish()
    assert Author.objects.get().slug == "mina-farrow"


def test_an_address_that_somebody_has_is_refused_in_forms(author: MakeAuthor) -> None:
    author("Mina Farrow")
    other = author("Omid Dale")
    other.slug = "mina-farrow"
    with pytest.raises(ValidationError) as caught:
        other.full_clean()
    assert set(caught.value.message_dict) == {"slug"}
    # Code that does not ask gets a free one rather than an error of the database.
    other.save()
    assert Author.objects.get(pk=other.pk).slug == "mina-farrow-2"


def test_accounts_are_web_addresses_only(author: MakeAuthor) -> None:
    mina = author(
        accounts=[
            ("account", {"url": "https://www.social.example.org/@m", "title": ""}),
            ("account", {"url": "https://example.org/", "title": "Home"}),
            ("account", {"url": "javascript:alert(1)", "title": "Bad"}),
            ("account", None),
        ]
    )
    assert mina.account_links == [
        ("https://www.social.example.org/@m", "social.example.org"),
        ("https://example.org/", "Home"),
    ]


@pytest.fixture
def photo(db: None) -> Any:
    return get_image_model().objects.create(
        title="face", file=ImageFile(get_test_image_file(size=(400, 500)).file, name="face.png")
    )


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile")
@pytest.mark.parametrize("count", [20, 50])
def test_the_list_takes_the_same_queries_for_20_and_50_authors(
    author: MakeAuthor,
    photo: Any,
    admin_client: Client,
    count: int,
    write: Callable[..., ArticlePage],
    django_assert_num_queries: Any,
) -> None:
    made = [author(f"Author {number}", photo=photo, photo_alt="Face") for number in range(count)]
    credit(write(), made[0], made[1])
    admin_client.get(ADMIN)
    with django_assert_num_queries(12):
        response = admin_client.get(ADMIN)
    assert response.text.count("nr-author-name__photo") == count
    assert [each.pieces for each in response.context["object_list"]][:3] == [1, 1, 0]


def test_the_list_shows_one_language_narrows_and_searches(
    paper: SimpleNamespace, author: MakeAuthor, in_persian: MakeAuthor, admin_client: Client
) -> None:
    mina = author("Mina Farrow", job_title="Editor")
    in_persian(mina, "مینا فرو", live=False)
    author("Harbour Wire", is_organisation=True)

    def listed(query: str) -> list[str]:
        response = admin_client.get(f"{ADMIN}?{query}")
        return [each.name for each in response.context["object_list"]]

    assert listed("") == ["Harbour Wire", "Mina Farrow", "مینا فرو"]
    assert listed("locale=fa") == ["مینا فرو"]
    assert listed("locale=en") == ["Harbour Wire", "Mina Farrow"]
    assert listed("live=false") == ["مینا فرو"]
    assert listed("is_organisation=true") == ["Harbour Wire"]
    # By the address too, which is the same in both languages.
    assert listed("q=farrow") == ["Mina Farrow", "مینا فرو"]
    assert listed("q=editor&locale=en") == ["Mina Farrow"]
    assert listed("live=nonsense&locale=en&p=99") == ["Harbour Wire", "Mina Farrow"]


def test_the_list_says_what_readers_see(author: MakeAuthor, admin_client: Client) -> None:
    author("A live")
    author("B draft", live=False)
    changed = author("C changed")
    changed.job_title = "New"
    changed.save_revision()
    planned = author("D planned", live=False)
    planned.go_live_at = now() + timedelta(days=1)
    planned.save_revision().publish()
    page = BeautifulSoup(admin_client.get(ADMIN).text, "html.parser")
    shown = [
        [cell.get_text(" ", strip=True) for cell in row.select(".w-status:not(.w-status--label)")]
        for row in page.select("table.listing tbody tr")
    ]
    assert shown == [["Live"], ["Draft"], ["Live, with a newer draft"], ["Scheduled"]]


def test_the_menu_leads_to_the_authors(admin_client: Client) -> None:
    assert ADMIN in admin_client.get("/admin/").text


def test_the_chooser_offers_the_authors_of_the_pieces_language(
    paper: SimpleNamespace, author: MakeAuthor, in_persian: MakeAuthor, admin_client: Client
) -> None:
    mina = author("Mina Farrow", job_title="Harbour correspondent")
    in_persian(mina, "مینا فرو")
    url = "/admin/snippets/choose/wagtail_newsroom/author/"
    persian = admin_client.get(f"{url}?locale=fa").json()["html"]
    assert "مینا فرو" in persian
    assert "Mina Farrow" not in persian
    insert_or_update_object(mina)
    assert "Harbour correspondent" in admin_client.get(f"{url}results/?locale=en&q=mina").text


def test_the_chooser_takes_the_same_queries_for_any_number_of_authors(
    author: MakeAuthor, admin_client: Client, django_assert_num_queries: Any
) -> None:
    url = "/admin/snippets/choose/wagtail_newsroom/author/results/"
    for number in range(3):
        author(f"Author {number}")
    admin_client.get(url)
    with django_assert_num_queries(6):
        admin_client.get(url)
    for number in range(15):
        author(f"Author {number}")
    with django_assert_num_queries(6):
        admin_client.get(url)


def form_data(**fields: str) -> dict[str, str]:
    return {
        "name": "Mina Farrow",
        "slug": "",
        "job_title": "",
        "bio": "null",
        "photo": "",
        "photo_alt": "",
        "accounts-count": "0",
        "user": "",
        **fields,
    }


def test_an_author_is_written_in_the_admin_as_a_draft_and_published(
    paper: SimpleNamespace, admin_client: Client
) -> None:
    admin_client.post(f"{ADMIN}add/?locale=fa", form_data(name="مینا فرو"))
    made = Author.objects.get()
    assert (made.slug, made.live, made.locale) == ("مینا-فرو", False, paper.persian)
    admin_client.post(
        f"{ADMIN}edit/{made.pk}/", form_data(name="مینا فرو", **{"action-publish": "yes"})
    )
    assert Author.objects.get().live


def test_a_taken_address_is_told_in_the_form(author: MakeAuthor, admin_client: Client) -> None:
    author("Mina Farrow")
    response = admin_client.post(f"{ADMIN}add/?locale=en", form_data(slug="mina-farrow"))
    assert "Another author of this language has this address already." in response.text
    assert Author.objects.count() == 1


def test_a_preview_is_in_the_authors_language(
    paper: SimpleNamespace, author: MakeAuthor, admin_client: Client
) -> None:
    mina = author("مینا فرو", locale=paper.persian, job_title="خبرنگار")
    url = f"{ADMIN}preview/{mina.pk}/"
    assert admin_client.post(url, form_data(name="مینا فرو", job_title="دبیر")).json()["is_valid"]
    text = admin_client.get(url).text
    assert '<html lang="fa" dir="rtl">' in text
    assert "دبیر" in text


@pytest.fixture
def change_only(paper: SimpleNamespace) -> User:
    return person("changer", permissions=("wagtail_newsroom.change_author",))


def test_who_may_only_change_cannot_add_delete_or_publish(
    change_only: User, author: MakeAuthor, client: Client
) -> None:
    mina = author("Mina Farrow")
    client.force_login(change_only)
    assert client.get(ADMIN).status_code == 200
    client.post(f"{ADMIN}add/?locale=en", form_data(name="New"))
    client.post(f"{ADMIN}delete/{mina.pk}/")
    client.post(f"{ADMIN}edit/{mina.pk}/", form_data(name="Changed", **{"action-publish": "yes"}))
    stored = Author.objects.get()
    assert stored.name == "Mina Farrow"
    assert stored.get_latest_revision_as_object().name == "Changed"


def test_who_has_no_permission_sees_no_authors(outsider: User, client: Client) -> None:
    client.force_login(outsider)
    assert client.get(ADMIN).status_code == 302
    assert ADMIN not in client.get("/admin/").text


def test_authors_are_registered_once() -> None:
    assert get_snippet_models().count(Author) == 1


OWN = """
import django
django.setup()
from django.core.management import call_command
from wagtail.search.index import insert_or_update_object
from wagtail.snippets.models import get_snippet_models
from wagtail_newsroom.models import Author, Byline
from wagtail_newsroom.articles.models import get_author_model
from tests.articles.ownauthors.models import Columnist
from wagtail_newsroom.setup import set_up
assert get_author_model() is Columnist
assert Byline._meta.get_field("author").related_model is Columnist
assert Columnist in get_snippet_models() and Author not in get_snippet_models()
call_command("check", fail_level="WARNING")
call_command("migrate", verbosity=0)
set_up()
from django.contrib.auth.models import Group
print(sorted(
    Group.objects.get(name="Newsroom editors").permissions
    .filter(content_type__app_label="ownauthors").values_list("codename", flat=True)
))
from wagtail.models import Locale, Page
from wagtail_newsroom.models import ArticlePage, NewsIndexPage
english, persian = (Locale.objects.get(language_code=code) for code in ("en", "fa"))
news = NewsIndexPage.objects.get(locale=english)
writer = Columnist.objects.create(name="Mina Farrow", column="Harbour", locale=english)
page = ArticlePage(title="Late", slug="late", locale=english, newsroom_bylines=[Byline(author=writer)])
news.add_child(instance=page)
page.save_revision().publish()
twin = page.copy_for_translation(persian)
made = twin.newsroom_bylines.get().author
print(type(made).__name__, made.column, made.locale.language_code, made.live)
from django.test import Client
text = Client(headers={"host": "localhost"}).get("/en/news/late/").content.decode()
print('href="/en/authors/mina-farrow/"' in text)
print(Client(headers={"host": "localhost"}).get("/en/authors/mina-farrow/").status_code)
"""


def run_python(*arguments: str, scratch: Path) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.articles.ownauthors.settings",
            "NEWSROOM_TEST_SCRATCH": str(scratch),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_site_may_have_authors_of_its_own_class(tmp_path: Path) -> None:
    assert run_python("-c", OWN, scratch=tmp_path).splitlines()[-4:] == [
        "['add_columnist', 'change_columnist', 'publish_columnist']",
        "Columnist Harbour fa False",
        "True",
        "200",
    ]


def test_a_site_with_its_own_authors_has_nothing_to_migrate(tmp_path: Path) -> None:
    output = run_python(
        *"-m django makemigrations --check --dry-run wagtail_newsroom testapp ownauthors".split(),
        scratch=tmp_path,
    )
    assert "No changes detected" in output
