"""What crawlers are told of pages in the head: JSON-LD, Open Graph, cards, robots."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from tests.people import credit
from tests.publishing.conftest import restrict
from wagtail_newsroom.articles.withdrawal import withdraw
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, Author, Correction
from wagtail_newsroom.publishing.structured import script_of, shortened
from wagtail_newsroom.sharing.models import SocialSettings

Write = Callable[..., ArticlePage]
HOST = {"host": "localhost"}
DAY = datetime(2026, 3, 1, 12, 30, tzinfo=timezone.utc)
HOME = "http://localhost/en/"

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)


def page_at(client: Client, url: str) -> Any:
    return BeautifulSoup(client.get(url, headers=HOST).content, "html.parser")


def graph(client: Client, url: str) -> dict[str, Any]:
    """The things of a page's JSON-LD by their type."""
    scripts = page_at(client, url).select('script[type="application/ld+json"]')
    assert len(scripts) == 1
    data = json.loads(scripts[0].string)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def metas(client: Client, url: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page_at(client, url).select("meta[content]"):
        name = meta.get("property") or meta.get("name")
        found.setdefault(name, []).append(meta["content"])
    return found


@pytest.fixture
def ferries(
    paper: SimpleNamespace,
    write: Write,
    author: Callable[..., Author],
    in_persian: Callable[..., Author],
) -> ArticlePage:
    """A piece with everything that crawlers are told."""
    image = get_image_model().objects.create(
        title="Quay", file=ImageFile(get_test_image_file(size=(1600, 1000)).file, name="quay.png")
    )
    mina = author("Mina Farrow", job_title="Correspondent")
    in_persian(mina, "مینا فرو")
    page = write(
        "Ferries run late",
        slug="ferries",
        standfirst="Late & slow.",
        dateline="Port Lessen",
        published_at=DAY,
        updated_at=DAY + timedelta(hours=2),
        lead_image=image,
        lead_image_alt="A quay",
        lead_image_caption="The quay",
        lead_image_credit="M. Quill",
    )
    page.tags.add("Harbour", "Sea")
    credit(page, mina)
    credit(page, author("Edna Vale"), role="editor")
    for number, kind in enumerate(("correction", "clarification", "update", "editors-note")):
        Correction.objects.create(
            page_id=page.pk,
            locale=paper.english,
            kind=kind,
            text=kind,
            date=date(2026, 3, 2 + number),
        )
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def social(paper: SimpleNamespace) -> SocialSettings:
    """The English profiles of the newspaper."""
    return SocialSettings.objects.create(
        site=Site.objects.get(),
        locale=paper.english,
        profiles=[
            ("account", {"network": "x", "account": "testpost", "label": ""}),
            ("account", {"network": "telegram", "account": "testpost_news", "label": ""}),
        ],
    )


@pytest.fixture
def into_persian(
    paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> Callable[[ArticlePage], ArticlePage]:
    """Has a piece translated by the machine, approved and published."""

    def make(source: ArticlePage) -> ArticlePage:
        actions.request_translation(source, paper.persian, user=editor)
        translation = localize.translations_of(source).get()
        run_jobs()
        actions.approve(translation, user=editor)
        found: ArticlePage = actions.publish(translation, user=editor)
        return found

    return make


def test_an_article_is_told_whole(
    client: Client, ferries: ArticlePage, social: SocialSettings, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_LOGO = "mysite/logo.png"
    found = graph(client, "/en/news/ferries/")
    article = found["NewsArticle"]
    images = article.pop("image")
    assert [(each["width"], each["height"]) for each in images] == [(1200, 750), (1200, 675)]
    assert {(each["caption"], each["creditText"]) for each in images} == {("The quay", "M. Quill")}
    assert all(each["url"].startswith("http://localhost/media/images/quay") for each in images)
    url = "http://localhost/en/news/ferries/"
    assert article == {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "headline": "Ferries run late",
        "description": "Late & slow.",
        "inLanguage": "en",
        "datePublished": "2026-03-01T12:30:00+00:00",
        "dateModified": "2026-03-01T14:30:00+00:00",
        "author": [
            {
                "@type": "Person",
                "name": "Mina Farrow",
                "url": "http://localhost/en/authors/mina-farrow/",
            }
        ],
        "editor": [
            {
                "@type": "Person",
                "name": "Edna Vale",
                "url": "http://localhost/en/authors/edna-vale/",
            }
        ],
        "publisher": {"@id": f"{HOME}#organization"},
        "isPartOf": {"@id": f"{HOME}#website"},
        "articleSection": "News",
        "keywords": ["Harbour", "Sea"],
        "dateline": "Port Lessen",
        "correction": [
            {"@type": "CorrectionComment", "text": "clarification", "datePublished": "2026-03-03"},
            {"@type": "CorrectionComment", "text": "correction", "datePublished": "2026-03-02"},
        ],
        "isAccessibleForFree": True,
    }
    assert found["NewsMediaOrganization"] == {
        "@type": "NewsMediaOrganization",
        "@id": f"{HOME}#organization",
        "name": "The Test Post",
        "url": HOME,
        "logo": {"@type": "ImageObject", "url": "http://localhost/static/mysite/logo.png"},
        "sameAs": ["https://x.com/testpost", "https://t.me/testpost_news"],
    }
    way = found["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in way] == [
        (1, "The Test Post", HOME),
        (2, "News", "http://localhost/en/news/"),
        (3, "Ferries run late", url),
    ]


def test_open_graph_and_cards_say_the_same(
    client: Client, ferries: ArticlePage, social: SocialSettings
) -> None:
    found = metas(client, "/en/news/ferries/")
    assert {name: value for name, value in found.items() if name.startswith("article:")} == {
        "article:published_time": ["2026-03-01T12:30:00+00:00"],
        "article:modified_time": ["2026-03-01T14:30:00+00:00"],
        "article:section": ["News"],
        "article:tag": ["Harbour", "Sea"],
        "article:author": ["http://localhost/en/authors/mina-farrow/"],
    }
    assert found["og:image:alt"] == found["twitter:image:alt"] == ["A quay"]
    assert found["twitter:card"] == ["summary_large_image"]
    assert found["twitter:site"] == ["@testpost"]
    assert found["robots"] == ["max-image-preview:large"]
    # The account is the language's own.
    home = metas(client, "/fa/")
    assert "twitter:site" not in home
    assert home["twitter:card"] == ["summary"]


def test_a_translation_and_its_original_name_each_other(
    client: Client,
    ferries: ArticlePage,
    author: Callable[..., Author],
    into_persian: Callable[[ArticlePage], ArticlePage],
    editor: User,
) -> None:
    editor.first_name = "Nura"
    editor.save()
    assert "workTranslation" not in graph(client, "/en/news/ferries/")["NewsArticle"]
    twin = into_persian(ferries)
    english, persian = "http://localhost/en/news/ferries/", "http://localhost/fa/news/ferries/"
    original = graph(client, "/en/news/ferries/")["NewsArticle"]
    translated = graph(client, "/fa/news/ferries/")["NewsArticle"]
    assert original["workTranslation"] == [
        {
            "@type": "NewsArticle",
            "@id": translated["@id"],
            "url": persian,
            "headline": twin.title,
            "inLanguage": "fa",
        }
    ]
    assert translated["translationOfWork"] == {
        "@type": "NewsArticle",
        "@id": original["@id"],
        "url": english,
        "headline": "Ferries run late",
        "inLanguage": "en",
    }
    assert "translationOfWork" not in original
    assert "workTranslation" not in translated
    # An engine is no translator; what readers are told of it, crawlers are told too.
    assert "translator" not in translated
    line = page_at(client, "/fa/news/ferries/").select_one(".nr-provenance").get_text()
    assert translated["creditText"] in " ".join(line.split())
    assert "Nura" in translated["creditText"]
    assert translated["author"][0]["name"] == "مینا فرو"

    twin = ArticlePage.objects.get(pk=twin.pk)
    credit(twin, author("Tara Sohl", locale=twin.locale), role="translator")
    (translator,) = graph(client, "/fa/news/ferries/")["NewsArticle"]["translator"]
    assert (translator["@type"], translator["name"]) == ("Person", "Tara Sohl")

    restrict(ferries)
    assert "translationOfWork" not in graph(client, "/fa/news/ferries/")["NewsArticle"]


def test_versions_that_people_wrote_side_by_side_claim_nothing(
    client: Client, cast: SimpleNamespace
) -> None:
    for url in (cast.both.get_url(), cast.both_fa.get_url()):
        found = graph(client, url)["NewsArticle"]
        assert "translationOfWork" not in found
        assert "workTranslation" not in found


def test_nothing_can_end_the_script(client: Client, write: Write, paper: SimpleNamespace) -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028\u2029 \u202e"
    page = write(hostile, slug="x", standfirst=hostile * 20, dateline=hostile)
    page.tags.add("</script>")
    page.save_revision().publish()
    html = client.get("/en/news/x/", headers=HOST).text
    assert "<script>alert" not in html
    assert html.count('<script type="application/ld+json">') == 1
    article = graph(client, "/en/news/x/")["NewsArticle"]
    assert article["keywords"] == ["</script>"]
    assert article["dateline"] == hostile
    script = script_of([{"name": hostile}])
    assert not set("<>&\u2028\u2029") & set(script)
    assert json.loads(script)["@graph"] == [{"name": hostile}]
    assert script_of([{}]) == ""


def test_a_headline_is_cut_between_words() -> None:
    assert shortened("Short") == "Short"
    assert shortened("x" * 110) == "x" * 110
    assert shortened("x" * 111) == "x" * 109 + "…"
    cut = shortened("word " * 40)
    assert len(cut) <= 110
    assert cut.endswith("word…")


def test_a_withdrawn_piece_and_a_search_page_are_not_listed(
    client: Client, ferries: ArticlePage
) -> None:
    withdraw(ferries, "It was wrong.", user=None)
    for url in ("/en/news/ferries/", "/en/search/?q=ferries"):
        found = page_at(client, url)
        assert found.select_one("meta[name=robots]")["content"] == "noindex,follow"
        assert not found.select('script[type="application/ld+json"]')
        assert not found.select('meta[property^="article:"]')


def test_the_front_page_tells_of_the_newspaper(
    client: Client, paper: SimpleNamespace, social: SocialSettings
) -> None:
    found = graph(client, "/en/")
    assert set(found) == {"NewsMediaOrganization", "WebSite"}
    assert found["WebSite"] == {
        "@type": "WebSite",
        "@id": f"{HOME}#website",
        "name": "The Test Post",
        "url": HOME,
        "inLanguage": "en",
        "publisher": {"@id": f"{HOME}#organization"},
    }
    assert graph(client, "/fa/")["WebSite"]["name"] == "پست آزمایشی"


def test_an_authors_page_tells_who_it_is(
    client: Client, author: Callable[..., Author], ferries: ArticlePage
) -> None:
    author(
        "Omid Dale",
        job_title="Editor",
        bio="<p>Writes on <b>boats</b>.</p>",
        accounts=[("account", {"url": "https://example.org/@omid", "title": ""})],
    )
    author("Harbour Wire", is_organisation=True)
    url = "http://localhost/en/authors/omid-dale/"
    found = graph(client, url)
    assert found["Person"] == {
        "@type": "Person",
        "@id": f"{url}#author",
        "name": "Omid Dale",
        "url": url,
        "jobTitle": "Editor",
        "description": "Writes on boats.",
        "sameAs": ["https://example.org/@omid"],
        "worksFor": {"@id": f"{HOME}#organization"},
    }
    assert "Organization" in graph(client, "/en/authors/harbour-wire/")
    assert [step["name"] for step in found["BreadcrumbList"]["itemListElement"]] == [
        "The Test Post",
        "Omid Dale",
    ]


def test_lists_tell_the_way_to_them(client: Client, ferries: ArticlePage) -> None:
    for url, way in (
        ("/en/news/", ["The Test Post", "News"]),
        ("/en/tags/harbour/", ["The Test Post", "Harbour"]),
        ("/en/archive/", ["The Test Post", "Archive"]),
    ):
        steps = graph(client, url)["BreadcrumbList"]["itemListElement"]
        assert [step["name"] for step in steps] == way


def test_an_article_takes_few_queries_with_everything(
    client: Client,
    ferries: ArticlePage,
    into_persian: Callable[[ArticlePage], ArticlePage],
    write: Write,
    social: SocialSettings,
) -> None:
    into_persian(ferries)
    other = write("Other")
    other.tags.add("Harbour")
    other.save_revision().publish()
    counts = []
    for url in ("/en/news/ferries/", "/fa/news/ferries/"):
        client.get(url, headers=HOST)
        with CaptureQueriesContext(connection) as found:
            client.get(url, headers=HOST)
        counts.append(len(found))
        for table in ("byline", "tag", "correction"):
            asked = [q for q in found if q["sql"].startswith(f'SELECT "wagtail_newsroom_{table}"')]
            assert len(asked) == 1, table
    assert counts == [10, 12]
