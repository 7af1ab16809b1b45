"""Handles, hashtags and telephone numbers stay whole in right-to-left text."""

from __future__ import annotations

import pytest

from wagtail_newsroom.publishing.bidi import isolate_left_to_right

WRAPPED = [
    "desk@tmon.example",
    "@tmon_field",
    "#RiverWatch",
    "+33 1 23 45 67",
    "021-555-0134",
    "H.N.A.",
    "C++",
]


@pytest.mark.parametrize("text", WRAPPED)
def test_left_to_right_string_is_isolated(text: str) -> None:
    assert (
        isolate_left_to_right(f"<p>نشانی: {text}، همین.</p>")
        == f'<p>نشانی: <bdi dir="ltr">{text}</bdi>، همین.</p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<a href="mailto:desk@tmon.example" title="#x">پیوند</a>',
        "<p>۱٬۵۰۰ نفر در ۱۳:۴۵، 3.5 درصد، 2019</p>",
        "<p>برچسب #رود و &#39;نقل&#39; &amp; دیگران</p>",
        '<p><img alt="@x" src="/a@b.png"></p>',
        "",
    ],
)
def test_tags_entities_numbers_and_persian_are_left_alone(html: str) -> None:
    assert isolate_left_to_right(html) == html


def test_link_text_is_isolated_inside_its_link() -> None:
    assert (
        isolate_left_to_right('<a href="https://social.example/@x">@tmon_field</a>')
        == '<a href="https://social.example/@x"><bdi dir="ltr">@tmon_field</bdi></a>'
    )
