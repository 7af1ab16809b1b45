"""Puts the newspaper into the database: locales, staff, pages, the translation memory."""

from __future__ import annotations

from collections.abc import Callable

from wagtail.models import Locale, Page

from wagtail_newsroom.desk.memory import import_tmx
from wagtail_newsroom.models import MemoryEntry
from wagtail_newsroom.setup import Report, make_locales, make_roles

from . import front
from .authors import make_authors
from .content import MEMORY, Newspaper, Piece
from .pages import make_article, make_home, make_home_in, make_section
from .people import account, make_users
from .tags import make_tags
from .translations import translate
from .words import OTHER

Tell = Callable[[str], None]


def load(newspaper: Newspaper, *, tell: Tell) -> None:
    """Make what is missing of the newspaper; what is there stays as it is.

    Each page is made whole or not at all, so a load that was interrupted goes on where it stood.
    `tell` gets a sentence for each step.
    """
    report = Report()
    make_locales(report)
    home = make_home(newspaper.home)
    for locale in Locale.objects.exclude(pk=home.locale_id):
        other = make_home_in(locale, newspaper.home, home=home)
        if other is not None:
            report.made.append(f"The home in {locale.language_name}: “{other.title}”.")
    make_roles(report)
    make_users()
    for sentence in report.made:
        tell(sentence)
    _import_memory(tell)
    editor = account("editor")
    authors = make_authors(newspaper.authors, user=editor)
    tags = make_tags(newspaper.tags, user=editor)
    if authors or tags:
        tell(f"{authors} authors and {tags} tags were made, counting both languages.")

    pages = Pages(tell)
    pages.add(newspaper.home, home)
    for piece in newspaper.sections:
        parent = pages.section(piece.section or newspaper.home.slug, piece)
        pages.add(piece, make_section(piece, parent=parent, user=account("editor")))
    for piece in newspaper.articles:
        section = pages.section(piece.section, piece)
        pages.add(piece, make_article(piece, section=section, user=account("editor")))
    tell(f"{len(newspaper.articles)} articles stand in the language in which they were written.")

    for language, choice in newspaper.front.items():
        of_language = home.get_translations(inclusive=True).get(locale__language_code=language)
        if front.choose(of_language.specific, choice, user=account("editor")):
            tell(f"The front page has its lead and its picks: “{of_language.title}”.")


class Pages:
    """The pages that stand, each with its translation as far as its file says."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self._found: dict[str, Page] = {}
        self._locales = {locale.language_code: locale for locale in Locale.objects.all()}

    def add(self, piece: Piece, page: Page) -> None:
        """Keep a page, and have it translated."""
        self._found[piece.slug] = page
        sentence = translate(piece, page, locale=self._locales[OTHER[piece.language]])
        if sentence:
            self.tell(sentence)

    def section(self, slug: str, piece: Piece) -> Page:
        """Return a section in the language in which a piece was written."""
        page = self._found[slug]
        return page.get_translations(inclusive=True).get(locale=self._locales[piece.language])


def _import_memory(tell: Tell) -> None:
    # Once only: a second import would put its texts above those that people approved since.
    if MemoryEntry.objects.filter(origin=MemoryEntry.Origin.IMPORTED).exists():
        return
    with MEMORY.open("rb") as file:
        result = import_tmx(file, user=account("editor"))
    tell(f"The translation memory took in {result.added} texts from {MEMORY.name}.")
