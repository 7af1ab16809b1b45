"""Articles and sections as readers get them, a site's own classes included."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ContentType, Page, PageViewRestriction, Site

from tests.publishing.conftest import translate
from tests.testapp.models import ReportIndexPage, ReportPage
from wagtail_newsroom.articles.queries import path_from_page, pieces_below
from wagtail_newsroom.articles.reading_time import count_words
from wagtail_newsroom.models import (
    ArticleMixin,
    ArticlePage,
    Correction,
    NewsIndexPage,
    Tag,
    TaggedPiece,
)

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)

DAY = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    cache.clear()
    # The first request after this counts no query for them.
    ContentType.objects.clear_cache()


@pytest.fixture
def image(db: None) -> Any:
    return get_image_model().objects.create(
        title="IMG_0001.JPG",
        file=ImageFile(get_test_image_file(size=(1700, 1100)).file, name="lead.png"),
    )


def tagged_pair(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], image: Any
) -> tuple[ArticlePage, ArticlePage]:
    """Write a piece in both languages with all that a page can show, and four beside it."""
    picture = {"image": image, "alt": "Inside", "caption": "", "credit": ""}
    tags = [
        Tag.objects.create(name=name, slug=name, key=name, locale=locale)
        for name, locale in (("tide", paper.english), ("جزر", paper.persian))
    ]
    others = [write(f"Other {number}", lead_image=image) for number in range(4)]
    english = write(
        slug="ferries",
        lead_image=image,
        body=[("image", picture), ("paragraph", "<p>Late.</p>"), ("image", picture)],
        sources=[("link", {"url": "https://example.org/", "title": "The harbour"})],
        related_pieces=[("piece", others[0]), ("piece", others[1])],
        newsroom_corrections=[
            Correction(text=text, position=position, locale=paper.english)
            for text, position in (("Above.", "top"), ("Below.", "bottom"))
        ],
    )
    persian = translate(english, paper.persian, "کشتی‌ها")
    twins = [translate(other, paper.persian, other.title) for other in others]
    for pieces, tag in (([english, *others], tags[0]), ([persian, *twins], tags[1])):
        TaggedPiece.objects.bulk_create(
            TaggedPiece(tag=tag, content_object=piece) for piece in pieces
        )
    return english, persian


def titles(client: Client, url: str) -> list[str]:
    response = client.get(url, headers={"host": "localhost"})
    assert response.status_code == 200
    return [piece.title for piece in response.context["articles"]]


def test_the_date_is_the_pieces_own_or_that_of_its_first_publication(
    write: Callable[..., ArticlePage],
) -> None:
    assert write(published_at=DAY).date == DAY
    first = write()
    assert first.date == first.first_published_at
    assert write(live=False).date is None


def test_the_kicker_falls_back_to_the_section_and_never_to_the_home_page(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    assert write(kicker="Harbour").shown_kicker == "Harbour"
    assert write().shown_kicker == "News"
    assert write(parent=paper.home).shown_kicker == ""


def test_a_section_lists_what_can_be_read_below_it_newest_first(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    sport = NewsIndexPage(title="Sport", slug="sport", locale=paper.english)
    paper.news.add_child(instance=sport)
    reports = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    sport.add_child(instance=reports)
    report = ReportPage(title="Report", slug="report", locale=paper.english, published_at=DAY)
    reports.add_child(instance=report)
    write("Newest")
    write("Dated before the report", published_at=DAY - timedelta(days=1), parent=sport)
    write("Dated after the report", published_at=DAY + timedelta(days=1))
    write("Draft", live=False)
    private = write("Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    write("Elsewhere", parent=paper.home)
    alias = write("Original", parent=paper.home)
    alias.create_alias(parent=paper.news, update_slug="alias")
    Page.objects.filter(title="Newest").update(first_published_at=DAY + timedelta(days=9))

    expected = ["Newest", "Dated after the report", "Report", "Dated before the report"]
    assert titles(client, "/en/news/") == expected
    assert titles(client, "/en/news/sport/") == expected[2:]
    assert titles(client, "/en/news/sport/reports/") == ["Report"]


def test_a_section_lists_its_own_language_only(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    piece = write("English")
    translate(piece, paper.persian, "فارسی")
    # A stray in the wrong tree, as a copy by hand can make it.
    write("Astray", parent=paper.news_fa)

    assert titles(client, "/en/news/") == ["English"]
    assert titles(client, "/fa/news/") == ["فارسی"]


def test_a_private_section_lists_its_pieces_to_those_who_may_read_it(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    write("Inside")
    locked = write("Locked further")
    PageViewRestriction.objects.create(page=paper.news, restriction_type="login")
    PageViewRestriction.objects.create(page=locked, restriction_type="password", password="x")

    assert [page.title for page in pieces_below(paper.news, ArticleMixin)] == ["Inside"]
    assert [page.title for page in pieces_below(paper.home, ArticleMixin)] == []


@pytest.mark.parametrize(
    ("number", "shown"),
    [("", 1), ("1", 1), ("2", 2), ("abc", 1), ("0", 2), ("-4", 2), ("99", 2), ("1.5", 1)],
)
def test_any_page_number_gives_the_nearest_page(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    client: Client,
    number: str,
    shown: int,
) -> None:
    first = write("Piece 1")
    for count in range(2, 22):
        first.copy(update_attrs={"slug": f"p{count}", "title": f"Piece {count}"})

    response = client.get(f"/en/news/?page={number}", headers={"host": "localhost"})

    assert response.context["articles"].number == shown
    assert len(response.context["articles"]) == {1: 20, 2: 1}[shown]


def test_an_empty_section_says_so(paper: SimpleNamespace, client: Client) -> None:
    response = client.get("/en/news/", headers={"host": "localhost"})
    assert "Nothing has been published here yet." in response.text


@pytest.mark.parametrize("cards", [20, 50])
def test_a_list_takes_the_same_queries_for_20_and_50_cards(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    image: Any,
    client: Client,
    django_assert_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
    cards: int,
) -> None:
    monkeypatch.setattr(NewsIndexPage, "articles_per_page", cards)
    sport = NewsIndexPage(title="Sport", slug="sport", locale=paper.english)
    paper.news.add_child(instance=sport)
    first = write("Piece", lead_image=image, lead_image_alt="A ferry")
    for count in range(cards):
        first.copy(
            to=[paper.news, sport][count % 2],
            update_attrs={"slug": f"p{count}", "lead_image": image},
            copy_revisions=False,
        )
    client.get("/en/news/", headers={"host": "localhost"})

    with django_assert_num_queries(12):
        response = client.get("/en/news/", headers={"host": "localhost"})

    assert response.text.count('<article class="nr-card">') == cards
    assert response.text.count('alt="A ferry"') == cards


def test_an_article_takes_few_queries(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    image: Any,
    client: Client,
    django_assert_num_queries: Any,
) -> None:
    english, persian = tagged_pair(paper, write, image)

    # Site, locale, home page; the way to the page with its versions and the menu; the page;
    # related pieces; images, their sizes with their texts; corrections; bylines; tags. Wagtail
    # itself asks once more for the home page of a language that is not the site's.
    for page, count in ((english, 11), (persian, 12)):
        client.get(page.url, headers={"host": "localhost"})
        with django_assert_num_queries(count):
            text = client.get(page.url, headers={"host": "localhost"}).text
        assert text.count('alt="Inside"') == 2
        assert text.count('class="nr-correction"') == 2
        assert text.count('class="nr-related__picture"') == 4
        assert 'hreflang="fa"' in text


def test_an_article_deep_in_the_tree_takes_no_more_queries(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    client: Client,
    django_assert_num_queries: Any,
) -> None:
    section: Any = paper.news
    for name in ("a", "b", "c"):
        deeper = NewsIndexPage(title=name, slug=name, locale=paper.english)
        section.add_child(instance=deeper)
        section = deeper
    page = write("Deep", slug="deep", parent=section)
    client.get(page.url, headers={"host": "localhost"})

    with django_assert_num_queries(9):
        text = client.get("/en/news/a/b/c/deep/", headers={"host": "localhost"}).text

    assert '<a href="/en/news/a/b/c/"><bdi>c</bdi></a>' in text


def test_an_article_takes_the_same_queries_among_1_and_among_40_like_it(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    image: Any,
    client: Client,
) -> None:
    _english, persian = tagged_pair(paper, write, image)
    counts = []
    for number in range(40):
        other = translate(
            write(f"Other {number}", lead_image=image), paper.persian, f"دیگر {number}"
        )
        for item in persian.newsroom_tagged_items.all():
            TaggedPiece.objects.create(tag=item.tag, content_object=other)
        if number in (0, 39):
            client.get(persian.url, headers={"host": "localhost"})
            with CaptureQueriesContext(connection) as queries:
                client.get(persian.url, headers={"host": "localhost"})
            counts.append(len(queries))

    assert counts == [12, 12]


def test_what_is_not_there_is_not_found(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    write("Draft", slug="draft", live=False)
    write("Piece", slug="piece")
    for url in ("/en/news/draft/", "/en/news/nothing/", "/en/piece/", "/en/news/piece/news/"):
        assert client.get(url, headers={"host": "localhost"}).status_code == 404, url


def test_a_restriction_anywhere_above_still_asks_who_is_there(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    piece = write(slug="piece")
    for page in (piece, paper.news, paper.home, paper.root):
        locked = PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert client.get("/en/news/piece/", headers={"host": "localhost"}).status_code == 302
        locked.delete()
    assert client.get("/en/news/piece/", headers={"host": "localhost"}).status_code == 200


def test_an_alias_of_a_restricted_page_is_restricted(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    piece = write(slug="piece")
    piece.create_alias(parent=paper.home, update_slug="mirror")
    assert client.get("/en/mirror/", headers={"host": "localhost"}).status_code == 200
    PageViewRestriction.objects.create(page=piece, restriction_type="login")
    assert client.get("/en/mirror/", headers={"host": "localhost"}).status_code == 302


def test_a_page_of_each_language_has_its_language_direction_and_names_isolated(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client, image: Any
) -> None:
    page = write(
        "C++ & <b>ferries</b>",
        slug="ferries",
        kicker="Harbour",
        standfirst="Late again.",
        dateline="PORT SAMPLE",
        published_at=DAY,
        updated_at=DAY + timedelta(days=1),
        lead_image=image,
        lead_image_alt='A "ferry"',
        lead_image_caption="At the pier",
        lead_image_credit="Photo: Sample",
    )
    translate(page, paper.persian, "کشتی‌ها")
    english = client.get("/en/news/ferries/", headers={"host": "localhost"}).text
    persian = client.get("/fa/news/ferries/", headers={"host": "localhost"}).text

    assert '<html lang="en" dir="ltr">' in english
    assert '<html lang="fa" dir="rtl">' in persian
    assert "<h1><bdi>C++ &amp; &lt;b&gt;ferries&lt;/b&gt;</bdi></h1>" in english
    assert '<h1><bdi dir="rtl">کشتی‌ها</bdi></h1>' in persian
    for part in ("Harbour", "Late again.", "PORT SAMPLE", "At the pier", "Photo: Sample"):
        assert f"<bdi>{part}</bdi>" in english
    assert '<time datetime="2026-03-01T12:00:00+00:00">1 March 2026</time>' in english
    assert '<time datetime="2026-03-01T12:00:00+00:00">۱۰ اسفند ۱۴۰۴</time>' in persian
    lead = re.search(r"<img[^>]*>", english)
    assert lead is not None
    assert 'alt="A &quot;ferry&quot;"' in lead[0]
    assert " 1600w" in lead[0]
    assert 'width="' in lead[0]
    assert "lazy" not in lead[0]


def test_a_sites_own_article_is_read_like_ours(paper: SimpleNamespace, client: Client) -> None:
    index = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    paper.home.add_child(instance=index)
    report = ReportPage(title="Report", slug="report", locale=paper.english, verdict="Fine")
    index.add_child(instance=report)

    assert titles(client, "/en/reports/") == ["Report"]
    assert (
        "<bdi>Report</bdi>" in client.get("/en/reports/report/", headers={"host": "localhost"}).text
    )
    assert path_from_page(ReportPage, "published_at") == "reportpage__published_at"
    assert path_from_page(ArticlePage, "title") == "title"


def test_articles_below_another_sites_home_are_not_listed(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    other = NewsIndexPage(title="Other", slug="other", locale=paper.english)
    paper.root.add_child(instance=other)
    Site.objects.create(hostname="other.example.org", port=80, root_page=other)
    write("Ours")
    write("Theirs", parent=other)

    assert titles(client, "/en/news/") == ["Ours"]


def read(client: Client, url: str) -> str:
    response = client.get(url, headers={"host": "localhost"})
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_the_kicker_leads_to_its_page_in_the_readers_language(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    dossier = write("Dossier", slug="dossier")
    page = write(slug="p", kicker="Tides", kicker_page=dossier, kicker_url="https://example.org/")
    twin = translate(page, paper.persian, "جزر و مد")
    assert '<a href="/en/news/dossier/"><bdi>Tides</bdi></a>' in read(client, page.url)
    # Not translated yet: the address; where there is none, the section.
    assert '<a href="https://example.org/"><bdi>Tides</bdi></a>' in read(client, twin.url)
    ArticlePage.objects.filter(pk=twin.pk).update(kicker_url="")
    assert '<a href="/fa/news/"><bdi>Tides</bdi></a>' in read(client, twin.url)

    translate(dossier, paper.persian, "پرونده")
    assert '<a href="/fa/news/dossier/"><bdi>Tides</bdi></a>' in read(client, twin.url)
    alone = write(slug="alone", parent=paper.home, kicker="Loose")
    assert '<p class="nr-kicker"> <bdi>Loose</bdi> </p>' in read(client, alone.url)


def test_a_type_is_told_unless_it_is_plain_news(
    write: Callable[..., ArticlePage], client: Client, settings: Any
) -> None:
    opinion = write(slug="opinion", article_type="opinion")
    assert "nr-labels" not in read(client, write(slug="news").url)
    assert '<span class="nr-labels__type"><bdi>Opinion</bdi></span>' in read(client, opinion.url)
    assert '<span class="nr-labels__type"><bdi>Opinion</bdi></span>' in read(client, "/en/news/")

    settings.WAGTAIL_NEWSROOM_ARTICLE_TYPES = [("report", "Report"), ("essay", "Essay")]
    assert write().article_type == "report"
    assert write(article_type="report").type_label == ""
    assert write(article_type="essay").type_label == "Essay"
    # A type that the site dropped is told no more.
    assert ArticlePage.objects.get(pk=opinion.pk).type_label == ""


def test_breaking_news_ends_by_itself(write: Callable[..., ArticlePage], client: Client) -> None:
    now = datetime.now(timezone.utc)
    page = write(slug="fire", breaking_until=now + timedelta(hours=1))
    for url in (page.url, "/en/news/"):
        assert "Breaking news" in read(client, url)
    ArticlePage.objects.filter(pk=page.pk).update(breaking_until=now - timedelta(seconds=1))
    for url in (page.url, "/en/news/"):
        assert "Breaking news" not in read(client, url)


def test_narrow_places_show_the_short_headline(
    write: Callable[..., ArticlePage], client: Client
) -> None:
    page = write("A long headline about ferries", slug="long", short_title="Ferries")
    assert page.shown_short_title == "Ferries"
    assert write("Whole").shown_short_title == "Whole"
    assert '<a href="/en/news/long/"><bdi>Ferries</bdi></a>' in read(client, "/en/news/")
    assert "<h1><bdi>A long headline about ferries</bdi></h1>" in read(client, page.url)


def test_the_dateline_is_in_the_readers_calendar_and_updated_only_where_it_is_set(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    page = write(slug="p", dateline="PORT LESSEN", dateline_date=DAY.date())
    twin = translate(page, paper.persian, "بندر")
    english, persian = read(client, page.url), read(client, twin.url)

    assert (
        '<span class="nr-meta__dateline"> <bdi>PORT LESSEN</bdi> '
        '<time datetime="2026-03-01">1 March 2026</time> </span>'
    ) in english
    assert '<time datetime="2026-03-01">۱۰ اسفند ۱۴۰۴</time>' in persian
    assert "Updated" not in english
    updated = write(published_at=DAY, updated_at=DAY + timedelta(days=1), slug="u")
    assert "Updated on <time" in read(client, updated.url)


def test_a_half_space_is_no_boundary_of_words() -> None:
    assert count_words("می\u200cرود به خانه\u200cها") == 3
    assert count_words("One word—or two — and 3.5 % «…»") == 6
    assert count_words("") == 0


def test_the_reading_time_counts_the_words_of_the_body(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    page = write(slug="p", body=[("paragraph", f"<p>{'word ' * 221}</p>")])
    assert page.reading_minutes == 2
    assert "<bdi>2</bdi> minutes to read" in read(client, page.url)
    assert write(body=[]).reading_minutes == 0
    assert "minutes to read" not in read(client, write(slug="empty", body=[]).url)
    assert "<bdi>۲</bdi>" in read(client, translate(page, paper.persian, "زمان").url)


def test_a_decorative_lead_image_is_not_read_out_anywhere(
    write: Callable[..., ArticlePage], client: Client, image: Any
) -> None:
    page = write(
        lead_image=image,
        lead_image_alt="A ferry",
        lead_image_decorative=True,
        lead_image_caption="At noon",
    )
    text = read(client, page.url)
    assert "data-decorative" in text
    assert "At noon" in text
    assert "A ferry" not in text + read(client, page.get_parent().url)


def test_a_lead_video_is_a_link_or_a_file_with_the_lead_image_before_it(
    write: Callable[..., ArticlePage], client: Client, image: Any
) -> None:
    film = get_document_model().objects.create(
        title="Film", file=ContentFile(b"film", name="film.mp4")
    )
    link = write(
        slug="link",
        lead_video_url="https://www.video.example/watch?v=1",
        lead_image=image,
        lead_image_alt="A ferry",
    )
    file = write('">', slug="file", lead_video_file=film, lead_image=image)
    text = read(client, link.url)
    assert '<a href="https://www.video.example/watch?v=1" rel="noopener noreferrer">' in text
    assert 'Watch the video on <bdi dir="ltr">video.example</bdi>' in text
    assert 'alt="A ferry"' in text
    assert "<iframe" not in text
    text = read(client, file.url)
    poster = image.get_rendition("width-1200").url
    assert f'<video controls preload="none" playsinline poster="{poster}"' in text
    assert f'<source src="{film.url}" type="video/mp4">' in text
    assert 'aria-label="&quot;&gt;"' in text
    known = write("Tide", slug="known", lead_video_url="https://vimeo.com/1", lead_image=image)
    text = read(client, known.url)
    assert 'data-nr-player="https://player.vimeo.com/video/1?autoplay=1&amp;dnt=1#t=0s"' in text
    assert "Play “<bdi>Tide</bdi>”" in text
    assert 'href="https://vimeo.com/1" rel="noopener noreferrer nofollow"' in text
    assert "<iframe" not in text
    bad = write(slug="bad", lead_image=image)
    ArticlePage.objects.filter(pk=bad.pk).update(lead_video_url="javascript:alert(1)")
    assert "javascript:" not in read(client, bad.url)


def test_sources_are_links_and_only_addresses_of_the_web(
    write: Callable[..., ArticlePage], client: Client
) -> None:
    page = write(
        slug="p",
        sources=[
            ("link", {"url": "https://www.harbour.example/log", "title": "Harbour <log>"}),
            ("link", {"url": "https://tides.example/", "title": ""}),
            ("link", {"url": "javascript:alert(1)", "title": "Bad"}),
            ("link", {"url": "", "title": "Nothing"}),
        ],
    )
    text = read(client, page.url)
    assert "<bdi>Harbour &lt;log&gt;</bdi></a>" in text
    assert '<bdi dir="ltr">tides.example</bdi></a>' in text
    assert "javascript:" not in text
    assert "Nothing" not in text
    assert "nr-sources" not in read(client, write(slug="q").url)


def test_facts_that_contradict_each_other_are_refused(
    write: Callable[..., ArticlePage], image: Any
) -> None:
    page = write(published_at=DAY, breaking_until=DAY)
    page.full_clean()
    page.lead_video_url = "https://video.example/1"
    page.lead_video_file = get_document_model().objects.create(
        title="Film", file=ContentFile(b"film", name="film.mp4")
    )
    page.updated_at = DAY - timedelta(days=1)
    page.embargoed_until = DAY + timedelta(days=1)
    page.go_live_at = DAY
    page.withdrawn_at = DAY
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert refused.value.messages == [
        "The piece would go live while it is embargoed, until 03/02/2026 noon.",
        "Choose one lead video: an address or a file.",
        "The piece cannot be updated before it is first published.",
        "Say to readers why the piece was withdrawn.",
    ]


def test_the_editor_has_a_tab_for_the_newsroom(
    write: Callable[..., ArticlePage], admin_client: Client
) -> None:
    page = write()
    text = admin_client.get(f"/admin/pages/{page.pk}/edit/").text
    for tab in ("content", "promote", "newsroom"):
        assert f'id="tab-{tab}"' in text
    assert 'name="internal_note"' in text
    assert 'name="withdrawn_at"' not in text
    assert [str(tab.heading) for tab in ReportPage.get_edit_handler().children][2] == "Newsroom"
