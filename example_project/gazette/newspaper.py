"""Puts the newspaper into the database: locales, staff, pages, the translation memory."""

from __future__ import annotations

from collections.abc import Callable

from wagtail.models import Locale

from wagtail_newsroom.desk.memory import import_tmx
from wagtail_newsroom.models import MemoryEntry
from wagtail_newsroom.setup import Report, make_groups, make_locales

from .content import MEMORY, Newspaper
from .pages import make_article, make_home, make_section
from .people import account, make_users
from .translations import publish_persian


def load(newspaper: Newspaper, *, tell: Callable[[str], None]) -> None:
    """Make what is missing of the newspaper; what is there stays as it is.

    Each page is made whole or not at all, so a load that was interrupted goes on where it stood.
    `tell` gets a sentence for each step.
    """
    report = Report()
    make_locales(report)
    persian = Locale.objects.get(language_code="fa")
    home = make_home(newspaper.home)
    make_groups(report)
    make_users()
    editor = account("editor")
    for sentence in report.made:
        tell(sentence)

    pages = {newspaper.home.slug: home}
    for piece in newspaper.sections:
        pages[piece.slug] = make_section(piece, home=home, user=editor)
    for piece in newspaper.articles:
        pages[piece.slug] = make_article(piece, section=pages[piece.section], user=editor)
    tell(f"{len(newspaper.articles)} articles stand in English.")

    for piece in (newspaper.home, *newspaper.sections, *newspaper.articles):
        if piece.persian == "reviewed" and publish_persian(
            piece, pages[piece.slug], locale=persian
        ):
            tell(f"“{piece.fields['title']['en']}” was approved and published in Persian.")

    if not MemoryEntry.objects.filter(origin=MemoryEntry.Origin.IMPORTED).exists():
        # Once only: a second import would put its texts above those that people approved since.
        with MEMORY.open("rb") as file:
            result = import_tmx(file, user=account("editor"))
        tell(f"The translation memory took in {result.added} texts from {MEMORY.name}.")
