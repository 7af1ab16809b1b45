"""Content checks: what the editor is told of a draft, and our rules in Wagtail's own checker."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from wagtail_newsroom.articles.checker import CheckerScript, add_rules
from wagtail_newsroom.articles.content_checks import LONGEST_HEADLINE, find_problems
from wagtail_newsroom.models import ArticlePage, ImageText

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)


@pytest.fixture
def image(db: None) -> Any:
    return get_image_model().objects.create(
        title="IMG_0001.JPG", file=ImageFile(get_test_image_file().file, name="ferry.png")
    )


def codes(page: ArticlePage) -> list[str]:
    return [problem.code for problem in find_problems(page)]


def test_a_sound_piece_has_no_problems(write: Callable[..., ArticlePage], image: Any) -> None:
    page = write(
        "x" * LONGEST_HEADLINE,
        lead_image=image,
        lead_image_alt="A ferry",
        body=[
            ("heading", "First"),
            ("subheading", "Below"),
            ("image", {"image": image, "alt": "A ferry"}),
            ("image", {"image": image, "decorative": True}),
            ("paragraph", '<p><a href="https://e.org/"><b>words</b></a></p>'),
        ],
    )
    assert find_problems(page) == []


def test_lead_image_that_is_decorative_needs_no_alternative_text(
    write: Callable[..., ArticlePage], image: Any
) -> None:
    page = write(lead_image=image)
    assert codes(page) == ["missing-alt"]
    page.lead_image_decorative = True
    assert codes(page) == []


def test_every_problem_is_told_with_its_count(
    write: Callable[..., ArticlePage], image: Any
) -> None:
    page = write(
        "x" * (LONGEST_HEADLINE + 1),
        lead_image=image,
        body=[
            ("subheading", "Deep"),
            ("heading", "Late"),
            ("image", {"image": image, "alt": "  "}),
            ("gallery", {"images": [{"image": image}], "caption": ""}),
            (
                "paragraph",
                '<p><a href="https://e.org/"></a><a href="https://e.org/"> <b></b></a></p>',
            ),
            ("fact_box", {"title": "T", "text": '<p><a href="https://e.org/">&nbsp;</a></p>'}),
            ("timeline", {"entries": [{"text": '<p><a href="https://e.org/"></a></p>'}]}),
        ],
    )
    assert [(each.code, each.message) for each in find_problems(page)] == [
        (
            "headline-length",
            "The headline has 111 characters; search engines and lists cut it off after 110.",
        ),
        (
            "missing-alt",
            "3 pictures have no alternative text and are not marked as decorative.",
        ),
        ("heading-order", "The subheading “Deep” comes before any heading."),
        ("empty-link", "4 links have no words."),
    ]


def test_an_images_text_in_the_pages_language_counts(
    write: Callable[..., ArticlePage], image: Any, paper: SimpleNamespace
) -> None:
    page = write(lead_image=image, body=[("image", {"image": image, "alt": ""})])
    ImageText.objects.create(image=image, locale=paper.persian, alt="یک کشتی")
    assert codes(page) == ["missing-alt"]
    ImageText.objects.create(image=image, locale=paper.english, alt="A ferry")
    assert codes(page) == []


def test_checks_take_a_bounded_number_of_queries(
    write: Callable[..., ArticlePage], image: Any, django_assert_num_queries: Any
) -> None:
    page = write(lead_image=image, body=[("image", {"image": image, "alt": ""})] * 20)
    with django_assert_num_queries(3):  # the lead image, the body's images, their texts
        assert codes(page) == ["missing-alt"]
    plain = write(body=[])
    with django_assert_num_queries(0):
        assert codes(plain) == []


def test_long_markup_is_searched_in_time(write: Callable[..., ArticlePage]) -> None:
    page = write(body=[("paragraph", "<a" + " <b>" * 5_000 + "<a href=x>" * 2_000)])
    assert codes(page) == []


def test_the_editor_is_told_and_hears_nothing_of_a_sound_piece(
    write: Callable[..., ArticlePage], editor: User, client: Client
) -> None:
    client.force_login(editor)
    bad = write("<b>" + "x" * 200)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[bad.pk])).text
    assert 'data-problem="headline-length"' in html
    good = write("Fine")
    html = client.get(reverse("wagtailadmin_pages:edit", args=[good.pk])).text
    assert "data-problem" not in html
    new = client.get(
        reverse(
            "wagtailadmin_pages:add",
            args=["wagtail_newsroom", "articlepage", good.get_parent().pk],
        )
    ).text
    assert "data-problem" not in new


def test_our_rules_stand_beside_wagtails(rf: Any) -> None:
    items: list[Any] = [ContentCheckerItem()]
    stock = ContentCheckerItem().get_axe_configuration(None)
    add_rules(items)
    configuration = items[0].get_axe_configuration(None)

    rules = [rule["id"] for rule in configuration["spec"]["rules"]]
    assert rules == [
        *(rule["id"] for rule in stock["spec"]["rules"]),
        "newsroom-missing-alt",
        "newsroom-headline-length",
    ]
    assert {"link-name", "heading-order", *rules} <= set(configuration["options"]["runOnly"])
    assert set(configuration["messages"]) - set(stock["messages"]) == {
        "newsroom-missing-alt",
        "newsroom-headline-length",
    }
    # The class itself, which other pages use, is as it was.
    assert ContentCheckerItem().get_axe_configuration(None) == stock
    assert "content-checks.js" in str(items[1].media)
    assert items[1].render_html({}) == ""


def test_a_sites_own_checker_keeps_its_rules() -> None:
    class OwnChecker(ContentCheckerItem):
        axe_run_only = ("wcag2a", "best-practice")
        axe_custom_rules = ()

    checker = OwnChecker()
    items: list[Any] = [checker, object()]
    add_rules(items)
    assert checker.axe_run_only == ("wcag2a", "best-practice")
    assert [rule["id"] for rule in checker.axe_custom_rules] == [
        "newsroom-missing-alt",
        "newsroom-headline-length",
    ]
    add_rules(items)
    assert len(checker.axe_custom_rules) == 2
    nobody: list[Any] = []
    add_rules(nobody)
    assert nobody == []


def test_wagtail_asks_us_when_it_builds_a_user_bar(
    write: Callable[..., ArticlePage], editor: User, client: Client
) -> None:
    names = [hook.__module__ for hook in hooks.get_hooks("construct_wagtail_userbar")]
    assert "wagtail_newsroom.wagtail_hooks" in names
    client.force_login(editor)
    html = client.get(write().get_url(), headers={"host": "localhost"}).text
    assert "newsroom-missing-alt" in html
    assert "wagtail_newsroom/content-checks.js" in html
    page = write()
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert "newsroom-headline-length" in html


def test_the_script_knows_every_check_that_our_rules_name() -> None:
    from pathlib import Path

    import wagtail_newsroom
    from wagtail_newsroom.articles.checker import CHECKS, RULES

    script = (
        Path(wagtail_newsroom.__file__).parent / "static/wagtail_newsroom/content-checks.js"
    ).read_text()
    for check in CHECKS:
        assert f'registerCheck("{check["id"]}"' in script.replace("(\n    ", "(")
    assert {name for rule in RULES for name in rule["any"]} == {check["id"] for check in CHECKS}
    assert CheckerScript().render_html() == ""
