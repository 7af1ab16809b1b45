"""The front page: what editors chose, the newest where they did not, and no piece twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as times
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ContentType, Page, PageViewRestriction, Site

from tests.publishing.conftest import translate
from tests.testapp.models import ReportIndexPage, ReportPage
from wagtail_newsroom.articles.front_layout import FrontLayout
from wagtail_newsroom.desk import actions
from wagtail_newsroom.exceptions import Declined
from wagtail_newsroom.models import ArticlePage, FrontPage, ImageText, NewsIndexPage, TranslationJob

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)

DAY = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def front(paper: SimpleNamespace) -> SimpleNamespace:
    """A newspaper with a front page in each language and three sections, one in another."""
    english = FrontPage(title="The Test Post", slug="front-en", locale=paper.english)
    paper.root.add_child(instance=english)
    Site.objects.update(root_page=english)
    persian = english.copy_for_translation(paper.persian)
    persian.title, persian.slug = "پست آزمایشی", "front-fa"
    persian.save_revision().publish()
    found = SimpleNamespace(en=english, fa=FrontPage.objects.get(pk=persian.pk))
    for slug, title, title_fa, parent in (
        ("city", "City", "شهر", "en"),
        ("sport", "Sport", "ورزش", "en"),
        ("football", "Football", "فوتبال", "sport"),
    ):
        page = NewsIndexPage(title=title, slug=slug, locale=paper.english)
        again(getattr(found, parent)).add_child(instance=page)
        setattr(found, slug, page)
        setattr(found, f"{slug}_fa", translate(page, paper.persian, title_fa))
    cache.clear()
    ContentType.objects.clear_cache()
    return found


def again(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def piece(front: SimpleNamespace, write: Callable[..., ArticlePage]) -> Callable[..., ArticlePage]:
    """Writes pieces, in the city unless asked otherwise, each a day newer than the last."""
    count = 0

    def make(title: str, parent: str = "city", **fields: Any) -> ArticlePage:
        nonlocal count
        count += 1
        fields.setdefault("published_at", DAY + timedelta(days=count))
        return write(title, parent=again(getattr(front, parent)), body=[], **fields)

    return make


def shown(layout: FrontLayout) -> dict[str, Any]:
    return {
        "lead": layout.lead.title if layout.lead else None,
        "picks": [each.title for each in layout.picks],
        **{block.section.title: [each.title for each in block.pieces] for block in layout.sections},
    }


def lay_out(front: FrontPage, **choices: Any) -> dict[str, Any]:
    page = again(front)
    for name, value in choices.items():
        if name == "picks":
            value = [("piece", each) for each in value]
        if name == "front_sections":
            value = [
                ("section", {"section": each, "pieces": pieces})
                for each, *pieces in (
                    each if isinstance(each, tuple) else (each,) for each in value
                )
            ]
        setattr(page, name, value)
    page.save()
    return shown(again(page).layout)


def test_without_choices_the_newest_fill_the_page_and_no_piece_stands_twice(
    front: SimpleNamespace, piece: Callable[..., ArticlePage]
) -> None:
    for number in range(1, 7):
        piece(f"City {number}")
    for number in range(1, 7):
        piece(f"Football {number}", "football")

    assert shown(front.en.layout) == {
        "lead": "Football 6",
        "picks": ["Football 5", "Football 4", "Football 3", "Football 2"],
        "City": ["City 6", "City 5", "City 4", "City 3"],
        "Sport": ["Football 1"],
    }


def test_breaking_pieces_come_first_until_they_end(
    front: SimpleNamespace, piece: Callable[..., ArticlePage]
) -> None:
    soon, past = times.now() + timedelta(hours=1), times.now() - timedelta(hours=1)
    piece("Breaking", breaking_until=soon)
    piece("Was breaking", breaking_until=past)
    piece("Newest")

    found = shown(front.en.layout)
    assert (found["lead"], found["picks"]) == ("Breaking", ["Newest", "Was breaking"])


def test_editors_choices_come_first_and_gaps_are_filled(
    front: SimpleNamespace, piece: Callable[..., ArticlePage]
) -> None:
    old, older, oldest = piece("Old"), piece("Older"), piece("Oldest")
    for number in range(1, 6):
        piece(f"New {number}")

    found = lay_out(front.en, lead=old, picks=[older, old, older, oldest])

    assert found == {
        "lead": "Old",
        "picks": ["Older", "Oldest", "New 5", "New 4"],
        "City": ["New 3", "New 2", "New 1"],
    }


def test_more_picks_than_there_is_room_for_are_left_to_their_sections(
    front: SimpleNamespace, piece: Callable[..., ArticlePage]
) -> None:
    pieces = [piece(f"Piece {number}") for number in range(1, 8)]
    found = lay_out(front.en, picks=pieces[:6])
    assert found["lead"] == "Piece 7"
    assert found["picks"] == ["Piece 1", "Piece 2", "Piece 3", "Piece 4"]
    assert found["City"] == ["Piece 6", "Piece 5"]


def test_chosen_pieces_that_cannot_be_read_here_are_passed_over(
    front: SimpleNamespace,
    paper: SimpleNamespace,
    piece: Callable[..., ArticlePage],
    write: Callable[..., ArticlePage],
) -> None:
    draft, private, fine = piece("Draft", live=False), piece("Private"), piece("Fine")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    withdrawn = piece(
        "Withdrawn", withdrawn_at=times.now() - timedelta(minutes=1), withdrawal_notice="Wrong."
    )
    elsewhere = write("Below another home", parent=paper.news)
    gone = piece("Gone")

    choices = [draft, private, withdrawn, elsewhere, front.sport, gone, fine]
    found = lay_out(front.en, lead=draft, picks=choices)
    assert (found["lead"], found["picks"]) == ("Gone", ["Fine"])

    gone.delete()
    assert shown(again(front.en).layout) == {"lead": "Fine", "picks": []}


def test_a_chosen_piece_of_another_language_is_taken_in_its_counterpart(
    front: SimpleNamespace, paper: SimpleNamespace, piece: Callable[..., ArticlePage]
) -> None:
    both, alone, newest = piece("Both"), piece("Alone"), piece("Newest")
    translate(both, paper.persian, "هر دو")
    translate(newest, paper.persian, "تازه‌ترین")

    # As a copy of the English front page has them, and as an editor may choose them.
    found = lay_out(front.fa, lead=both, picks=[alone], front_sections=[front.sport, front.city])

    assert found == {"lead": "هر دو", "picks": ["تازه‌ترین"]}


def test_sections_are_those_chosen_in_their_order_or_else_those_in_menus(
    front: SimpleNamespace, piece: Callable[..., ArticlePage]
) -> None:
    for number in range(6):
        piece(f"Newest {number}", published_at=times.now())
    piece("In the city")
    piece("In sport", "sport")
    piece("In football", "football")

    chosen = [front.football, front.sport, front.city, front.football]
    # A piece below two of them stands in the deeper one, wherever that stands.
    assert list(lay_out(front.en, front_sections=chosen).items())[2:] == [
        ("Football", ["In football"]),
        ("Sport", ["In sport"]),
        ("City", ["Newest 0", "In the city"]),
    ]
    assert list(lay_out(front.en, front_sections=[front.football])) == ["lead", "picks", "Football"]
    Page.objects.filter(pk=front.city.pk).update(show_in_menus=False)
    Page.objects.filter(pk=front.sport.pk).update(show_in_menus=True)
    assert list(lay_out(front.en, front_sections=[]))[2:] == ["Sport"]


def test_pieces_that_were_put_first_in_a_section_stand_there_and_nowhere_else(
    front: SimpleNamespace, piece: Callable[..., ArticlePage]
) -> None:
    city = [piece(f"City {number}") for number in range(1, 8)]
    sport = [piece(f"Sport {number}", "sport") for number in range(1, 8)]
    draft = piece("Draft", live=False)

    found = lay_out(
        front.en,
        lead=sport[6],
        picks=[sport[5], sport[4], sport[3], sport[2]],
        # One stands at the top, one comes from elsewhere, one is named twice, one is a draft.
        front_sections=[
            (front.city, sport[6], sport[0], draft, city[0], sport[0]),
            (front.sport, city[0], sport[0], city[6]),
        ],
    )
    assert found == {
        "lead": "Sport 7",
        "picks": ["Sport 6", "Sport 5", "Sport 4", "Sport 3"],
        "City": ["Sport 1", "City 1", "City 6", "City 5"],
        "Sport": ["City 7", "Sport 2"],
    }
    # What is put first is not taken away for the top, and more than fit are cut.
    found = lay_out(
        front.en, lead=None, picks=[], front_sections=[(front.city, *city[2:], sport[6])]
    )
    assert found == {
        "lead": "Sport 6",
        "picks": ["Sport 5", "Sport 4", "Sport 3", "Sport 2"],
        "City": ["City 3", "City 4", "City 5", "City 6"],
    }


def test_pieces_of_a_sites_own_class_stand_on_the_page(
    front: SimpleNamespace, paper: SimpleNamespace, piece: Callable[..., ArticlePage]
) -> None:
    piece("Article")
    index = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    again(front.en).add_child(instance=index)
    report = ReportPage(title="Report", slug="report", locale=paper.english, published_at=DAY)
    index.add_child(instance=report)
    found = again(front.en).layout
    assert shown(found) == {"lead": "Article", "picks": ["Report"]}
    assert type(found.picks[0]) is ReportPage


def test_an_empty_front_page_says_so(front: SimpleNamespace, client: Client) -> None:
    html = client.get("/en/", headers={"host": "localhost"}).text
    assert "Nothing has been published here yet." in html
    assert '<h1 class="nr-hidden"><bdi>The Test Post</bdi></h1>' in html


def test_readers_get_the_front_page_in_each_language(
    front: SimpleNamespace,
    paper: SimpleNamespace,
    piece: Callable[..., ArticlePage],
    client: Client,
) -> None:
    for number in range(7):
        each = piece(
            f"</script> C++ & {number}",
            short_title=f"Short {number}",
            breaking_until=times.now() + timedelta(hours=1) if number == 6 else None,
        )
        translate(each, paper.persian, f"کشتی‌ها {number}")
    english = client.get("/en/", headers={"host": "localhost"}).text
    persian = client.get("/fa/", headers={"host": "localhost"}).text

    assert "<bdi>&lt;/script&gt; C++ &amp; 6</bdi></a></h2>" in english
    assert '<span class="nr-breaking">Breaking</span>' in english
    assert "<bdi>Short 5</bdi></a></h2>" in english
    assert "<bdi>Short 1</bdi></a></h3>" in english
    assert english.count("<article") == 7
    assert '<bdi dir="rtl">کشتی‌ها ۶</bdi>' not in persian
    assert '<bdi dir="rtl">کشتی‌ها 6</bdi></a></h2>' in persian
    assert '<html lang="fa" dir="rtl">' in persian
    assert "/fa/city/" in persian


def test_every_piece_shows_its_kicker_and_the_words_of_its_picture(
    front: SimpleNamespace,
    paper: SimpleNamespace,
    piece: Callable[..., ArticlePage],
    image: Any,
    client: Client,
) -> None:
    ImageText.objects.create(image=image, locale=paper.english, alt="A quay")
    for number in range(7):
        piece(
            f"Piece {number}",
            kicker=f"Kicker {number}" if number != 5 else "",
            breaking_until=times.now() + timedelta(hours=1) if number in (4, 6) else None,
            lead_image=image,
        )
    shown = client.get("/en/", headers={"host": "localhost"}).text
    assert [shown.count(f"Kicker {number}") for number in range(7)] == [1, 1, 1, 1, 1, 0, 1]
    assert shown.count('class="nr-breaking"') == 2
    assert shown.count('alt="A quay"') == 7


def test_the_page_can_be_previewed_with_choices_that_are_not_saved(
    front: SimpleNamespace, piece: Callable[..., ArticlePage]
) -> None:
    old, _new = piece("Old"), piece("New")
    page = again(front.en)
    page.lead = old
    request = RequestFactory(headers={"host": "localhost"}).get("/")
    response = page.make_preview_request(request, page.default_preview_mode)
    html = response.render().content.decode()
    assert html.index("<bdi>Old</bdi>") < html.index("<bdi>New</bdi>")


@pytest.fixture
def image(db: None) -> Any:
    return get_image_model().objects.create(
        title="Shapes", file=ImageFile(get_test_image_file(size=(1700, 1100)).file, name="a.png")
    )


def queries_of(client: Client, url: str) -> int:
    client.get(url, headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as found:
        assert client.get(url, headers={"host": "localhost"}).status_code == 200
    return len(found)


def test_as_many_queries_for_50_pieces_as_for_20_and_for_8_sections_as_for_3(
    front: SimpleNamespace,
    paper: SimpleNamespace,
    piece: Callable[..., ArticlePage],
    client: Client,
    image: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    again(front.en).add_child(instance=index)
    report = ReportPage(title="Report", slug="report", locale=paper.english, lead_image=image)
    index.add_child(instance=report)
    first = piece("Piece", lead_image=image)
    piece("Piece in sport", "sport")

    def fill(section: Page, count: int) -> None:
        for _ in range(count):
            slug = f"copy-{section.pk}-{again(section).numchild}"
            first.copy(to=again(section), update_attrs={"slug": slug}, copy_revisions=False)

    fill(front.city, 9)
    fill(front.sport, 9)
    lay_out(front.en, lead=first, picks=[first, report])
    of_3 = queries_of(client, "/en/")
    shown_pieces = 1 + 4 + 3 * 4

    for number in range(5):
        section = NewsIndexPage(title=f"S{number}", slug=f"s{number}", locale=paper.english)
        again(front.en).add_child(instance=section)
        fill(section, 8)
    fill(index, 6)
    monkeypatch.setattr(FrontPage, "pieces_per_section", 7)
    of_8 = queries_of(client, "/en/")
    html = client.get("/en/", headers={"host": "localhost"}).text

    assert html.count("<article") > 50 > shown_pieces
    assert html.count('class="nr-block"') == 8
    assert of_3 == of_8 <= 16


def test_the_desk_declines_a_front_page_and_says_what_to_do(
    front: SimpleNamespace, paper: SimpleNamespace
) -> None:
    with pytest.raises(Declined, match="edited by hand in each language. Open the Persian page"):
        actions.request_translation(front.en, paper.persian, user=None)
    assert not TranslationJob.objects.exists()


def test_a_copy_in_another_language_opens_in_the_ordinary_editor(
    front: SimpleNamespace, client: Client, django_user_model: Any
) -> None:
    client.force_login(django_user_model.objects.create_superuser("chief"))
    response = client.get(f"/admin/pages/{front.fa.pk}/edit/")
    assert response.status_code == 200
    assert 'name="lead"' in response.text
    assert "A front page is edited by hand in each language." in response.text
    assert "newsroom-languages" not in response.text


def test_setup_copies_a_front_page_into_the_other_language(front: SimpleNamespace) -> None:
    front.fa.delete()
    call_command("newsroom_setup", verbosity=0)
    copy = front.en.get_translations().get()
    assert copy.specific_class is FrontPage
    assert copy.live
