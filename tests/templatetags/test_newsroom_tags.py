"""The tags print what the functions behind them say, safely."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.core.cache import cache
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail.models import Site

from tests.publishing.conftest import translate
from wagtail_newsroom.models import ArticlePage

HOSTILE = "\u202e</script><script>alert(1)</script> & \"A\" 'B'"


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    cache.clear()


def render(source: str, page: Any = None, **context: Any) -> str:
    request = RequestFactory(headers={"host": "localhost"}).get("/")
    html = Template("{% load newsroom_tags %}" + source).render(
        Context({"request": request, "page": page, **context})
    )
    return " ".join(html.split())


def test_html_attributes_follow_the_page(paper: SimpleNamespace) -> None:
    with translation.override("en"):
        assert render("{% newsroom_html_attrs %}", paper.news) == 'lang="en" dir="ltr"'
        assert render("{% newsroom_html_attrs %}", paper.news_fa) == 'lang="fa" dir="rtl"'


@pytest.mark.parametrize(
    ("code", "attributes"), [("fa", 'lang="fa" dir="rtl"'), ("en-gb", 'lang="en-GB" dir="ltr"')]
)
def test_without_a_page_html_attributes_follow_the_active_language(
    code: str, attributes: str
) -> None:
    with translation.override(code):
        assert render("{% newsroom_html_attrs %}") == attributes


def test_head_prints_the_whole_head(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    page = write("Ferries", slug="ferries", standfirst="They run late.")
    translate(page, paper.persian, "کشتی‌ها")

    html, _end, rest = render("{% newsroom_head %}", page).partition(
        ' <meta property="article:published_time"'
    )
    assert '<meta property="article:section" content="News">' in rest
    assert '<meta name="twitter:card" content="summary">' in rest
    assert rest.count('<script type="application/ld+json">') == 1
    assert html == (
        "<title>\u2068Ferries\u2069 – \u2068The Test Post\u2069</title> "
        '<meta name="description" content="They run late."> '
        '<link rel="canonical" href="http://localhost/en/news/ferries/"> '
        '<meta name="robots" content="max-image-preview:large"> '
        '<link rel="alternate" hreflang="en" href="http://localhost/en/news/ferries/"> '
        '<link rel="alternate" hreflang="fa" href="http://localhost/fa/news/ferries/"> '
        '<link rel="alternate" hreflang="x-default" href="http://localhost/en/news/ferries/"> '
        '<link rel="alternate" type="application/rss+xml" title="The Test Post" '
        'href="http://localhost/en/feed/"> '
        '<link rel="alternate" type="application/atom+xml" title="The Test Post" '
        'href="http://localhost/en/feed/atom/"> '
        '<link rel="alternate" type="application/feed+json" title="The Test Post" '
        'href="http://localhost/en/feed/json/"> '
        '<meta property="og:type" content="article"> '
        '<meta property="og:title" content="Ferries"> '
        '<meta property="og:description" content="They run late."> '
        '<meta property="og:url" content="http://localhost/en/news/ferries/"> '
        '<meta property="og:site_name" content="The Test Post"> '
        '<meta property="og:locale" content="en_US"> '
        '<meta property="og:locale:alternate" content="fa_IR">'
    )


def test_head_prints_nothing_without_a_page(paper: SimpleNamespace) -> None:
    assert render("{% newsroom_head %}") == ""


def test_hostile_titles_are_escaped_everywhere(write: Callable[..., ArticlePage]) -> None:
    page = write(HOSTILE, kicker=HOSTILE, standfirst=HOSTILE, slug="hostile")
    html = render("{% newsroom_head %}{% language_switcher %}{{ page.title|isolate }}", page)

    assert "<script>" not in html
    # The one that ends the structured data.
    assert html.count("</script>") == 1
    assert "<bdi>\u202e&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in html
    assert '"A"' not in html


def test_the_switcher_links_the_twin_in_its_own_name(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    page = write("Ferries", slug="ferries")
    twin = translate(page, paper.persian, "کشتی‌ها")

    assert render("{% language_switcher %}", page) == (
        '<nav class="nr-languages" aria-label="Languages"> <ul> '
        '<li> <span lang="en" dir="ltr" aria-current="true">English</span> </li> '
        '<li> <a href="http://localhost/fa/news/ferries/" hreflang="fa" lang="fa" dir="rtl" '
        'rel="alternate">فارسی</a> </li> '
        "</ul> </nav>"
    )
    html = render("{% language_switcher %}", twin)
    assert '<span lang="fa" dir="rtl" aria-current="true">فارسی</span>' in html
    assert (
        '<a href="http://localhost/en/news/ferries/" hreflang="en" lang="en" dir="ltr" '
        'rel="alternate">English</a>'
    ) in html


def test_the_switcher_says_what_it_leads_to_when_there_is_no_twin(
    write: Callable[..., ArticlePage],
) -> None:
    assert (
        '<a class="nr-languages__other" href="http://localhost/fa/news/" hreflang="fa">'
        '<span lang="fa" dir="rtl">فارسی</span> <span class="nr-languages__note">'
        "This page is not available in Persian. "
        'Go to <bdi lang="fa" dir="rtl">اخبار</bdi>.</span></a>'
    ) in render("{% language_switcher %}", write("Alone"))


def test_without_a_page_the_switcher_leads_to_the_home_pages(paper: SimpleNamespace) -> None:
    with translation.override("fa"):
        html = render("{% language_switcher %}")
    assert 'href="http://localhost/en/"' in html
    assert '<span lang="fa" dir="rtl" aria-current="true">فارسی</span>' in html


def test_a_site_of_one_language_has_no_switcher(paper: SimpleNamespace) -> None:
    paper.home_fa.unpublish()
    assert render("{% language_switcher %}", paper.home) == ""


def test_the_navigation_holds_readable_sections_that_stand_in_menus(
    paper: SimpleNamespace,
) -> None:
    source = (
        "{% newsroom_navigation as it %}{{ it.site_name }}:"
        "{% for each in it.sections %} {{ each.title }}{% endfor %}"
    )
    assert render(source, paper.news) == "The Test Post: News"
    assert render(source, paper.news_fa) == "پست آزمایشی: اخبار"
    paper.news.show_in_menus = False
    paper.news.save()
    assert render(source, paper.news) == "The Test Post:"
    with translation.override("fa"):
        assert render(source) == "پست آزمایشی: اخبار"


def test_the_sites_name_stands_in_the_default_language_and_the_home_pages_title_elsewhere(
    paper: SimpleNamespace,
) -> None:
    source = "{% newsroom_navigation as it %}{{ it.site_name }}"
    paper.home.title = "Home"
    paper.home.save()

    assert render(source, paper.news) == "The Test Post"
    assert render(source, paper.news_fa) == "پست آزمایشی"
    Site.objects.update(site_name="")
    assert render(source, paper.news) == "Home"


def test_dates_are_in_the_pages_language(paper: SimpleNamespace) -> None:
    when = datetime(2019, 11, 16, 12, 0, tzinfo=timezone.utc)

    assert render("{% localised_date when %}", paper.news_fa, when=when) == (
        '<time datetime="2019-11-16T12:00:00+00:00">۲۵ آبان ۱۳۹۸</time>'
    )
    assert render("{% localised_date when %}", paper.news, when=when) == (
        '<time datetime="2019-11-16T12:00:00+00:00">16 November 2019</time>'
    )
    assert render("{% localised_date when %}", paper.news, when=None) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("C++", "<bdi>C++</bdi>"),
        (HOSTILE[1:10], "<bdi>&lt;/script&gt;</bdi>"),
        (0, "<bdi>0</bdi>"),
        ("", ""),
        (None, ""),
    ],
)
def test_isolate_wraps_and_escapes(value: Any, expected: str) -> None:
    assert render("{{ value|isolate }}", value=value) == expected


def test_isolate_keeps_a_persian_title_that_begins_with_a_latin_name_from_the_right() -> None:
    with translation.override("fa"):
        assert render("{{ value|isolate }}", value="PORTEK: پرونده") == (
            '<bdi dir="rtl">PORTEK: پرونده</bdi>'
        )


def test_digit_filters() -> None:
    with translation.override("fa"):
        assert render("{{ 1398|local_digits }} {{ 1398|fa_digits }}") == "۱۳۹۸ ۱۳۹۸"
        assert render("{{ value|local_digits }}", value="<b>1</b>") == "&lt;b&gt;۱&lt;/b&gt;"
        assert render("{{ 1240|local_number }}") == "۱٬۲۴۰"
    with translation.override("en"):
        assert render("{{ 1398|local_digits }} {{ 1398|fa_digits }}") == "1398 ۱۳۹۸"
        assert render("{{ 1240|local_number }}") == "1,240"


def test_only_persian_pages_load_the_persian_font(paper: SimpleNamespace, settings: Any) -> None:
    def fonts(path: str) -> bool:
        return "vazirmatn.woff2" in Client().get(path).content.decode()

    assert fonts("/fa/news/")
    assert not fonts("/en/news/")
    settings.WAGTAIL_NEWSROOM_PERSIAN_FONT = False
    assert not fonts("/fa/news/")


def test_the_persian_font_is_small_and_comes_with_its_licence() -> None:
    font = find("wagtail_newsroom/fonts/vazirmatn.woff2")
    assert Path(font).stat().st_size < 60_000
    assert "SIL OPEN FONT LICENSE" in Path(find("wagtail_newsroom/fonts/OFL.txt")).read_text()
