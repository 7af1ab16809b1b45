"""Addresses and placeholders end where Persian writing says that they do."""

from __future__ import annotations

import pytest

from wagtail_newsroom.segments.markup import Kind, parts_with_atoms


@pytest.mark.parametrize(
    ("text", "atom"),
    [
        ("%sی تازه", "%s"),
        ("“https://example.org/a” گفت", "https://example.org/a"),
        ("https://example.org/a\u200f است", "https://example.org/a"),
        ("«https://example.org/a» گفت", "https://example.org/a"),
    ],
)
def test_atom_ends_before_what_is_not_its_own(text: str, atom: str) -> None:
    assert [part.text for part in parts_with_atoms(text) if part.kind is Kind.ATOM] == [atom]
