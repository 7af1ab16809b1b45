"""Makes what a newsroom in several languages needs and a site does not have yet.

Each function adds what is missing, leaves alone what exists, and says what it did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.conf.locale import LANG_INFO
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page, Site

from .articles.models import NewsIndexMixin, NewsIndexPage
from .desk.languages import configured_name
from .desk.localize import texts_of
from .desk.roles import make_role, roles_of
from .segments.keys import visible_text

NEWS_SLUG = "news"
"""The address of the first section, the same in all languages."""

# A page may not go live in another page's language, so its title is the language's own word.
_TITLES: dict[str, tuple[str, str]] = {
    "ar": ("الرئيسية", "الأخبار"),
    "az": ("Ana səhifə", "Xəbərlər"),
    "ckb": ("سەرەتا", "هەواڵەکان"),
    "de": ("Startseite", "Nachrichten"),
    "en": ("Home", "News"),
    "es": ("Inicio", "Noticias"),
    "fa": ("خانه", "اخبار"),
    "fr": ("Accueil", "Actualités"),
    "he": ("דף הבית", "חדשות"),
    "hi": ("मुखपृष्ठ", "समाचार"),
    "it": ("Home", "Notizie"),
    "ja": ("ホーム", "ニュース"),
    "nl": ("Startpagina", "Nieuws"),
    "pl": ("Strona główna", "Aktualności"),
    "pt": ("Início", "Notícias"),
    "ru": ("Главная", "Новости"),
    "tr": ("Ana sayfa", "Haberler"),
    "uk": ("Головна", "Новини"),
    "ur": ("سرورق", "خبریں"),
    "zh-hans": ("首页", "新闻"),
    "zh-hant": ("首頁", "新聞"),
}


@dataclass
class Report:
    """What was made, and what a person should see to, a sentence each."""

    made: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@transaction.atomic
def set_up() -> Report:
    """Make everything that is missing, or nothing if one step fails."""
    report = Report()
    make_locales(report)
    make_homes(report)
    make_sections(report)
    make_roles(report)
    return report


def make_locales(report: Report) -> None:
    """Make a locale for each of the site's content languages."""
    for code, name in get_content_languages().items():
        _locale, is_new = Locale.all_objects.get_or_create(language_code=code)
        if is_new:
            report.made.append(
                _("Made the language %(language)s (%(code)s).") % {"language": name, "code": code}
            )


def make_homes(report: Report) -> None:
    """Give each site a home page in each language, beside the one that it has.

    A home that holds nothing but its title goes live with the language's own word for it; one
    with more text becomes a draft for people to translate.
    """
    sites = Site.objects.select_related("root_page__locale")
    if not sites:
        report.notes.append(_("There is no site yet. Make one under Settings, Sites."))
    for home in _root_pages(sites):
        for locale in _other_locales(home):
            translated = home.get_translation_or_none(locale)
            if translated is None:
                _make_home(home, locale, report)
            elif not translated.live:
                report.notes.append(
                    _(
                        "The home page “%(title)s” is not published; until it is, readers do not "
                        "see this language: %(language)s."
                    )
                    % {"title": translated.title, "language": configured_name(locale)}
                )
    Site.clear_site_root_paths_cache()


def _make_home(home: Page, locale: Locale, report: Report) -> None:
    try:
        translated = home.specific.copy_for_translation(locale)
    except ParentNotTranslatedError:
        report.notes.append(
            _(
                "The home page “%(title)s” stands below a page that has no translation; please "
                "translate that one first. Language: %(language)s."
            )
            % {"title": home.title, "language": configured_name(locale)}
        )
        return
    is_bare = {visible_text(text) for text in texts_of(translated)} <= {
        translated.title,
        translated.slug,
    }
    titles = _titles(locale)
    _title(translated, titles[0] if titles else None, locale, publish=is_bare)
    if translated.live:
        report.made.append(
            _("Made and published the home page “%(title)s” (%(language)s).")
            % {"title": translated.title, "language": configured_name(locale)}
        )
        return
    report.made.append(
        _("Made a draft of the home page “%(title)s” (%(language)s).")
        % {"title": translated.title, "language": configured_name(locale)}
    )
    report.notes.append(
        _("Please translate and publish the home page “%(title)s” (%(language)s).")
        % {"title": translated.title, "language": configured_name(locale)}
    )


def make_sections(report: Report) -> None:
    """Give each site a section for news in each language; all are translations of one another.

    A site that has sections of its own gets none of ours.
    """
    for home in _root_pages(Site.objects.select_related("root_page__locale")):
        homes = _homes_of(home)
        sections = [section for one in homes for section in one.get_children().type(NewsIndexMixin)]
        news = next((section for section in sections if section.slug == NEWS_SLUG), None)
        if news is None and (sections or issubclass(home.specific_class or Page, NewsIndexMixin)):
            continue
        for one in homes:
            news = _make_section(one, news, report) or news


def _make_section(home: Page, news: Page | None, report: Report) -> Page | None:
    """Make the section below a home and return it; None if nothing was to be made."""
    locale = home.locale
    if news is not None and news.has_translation(locale):
        return None
    if home.get_children().filter(slug=NEWS_SLUG).exists():
        report.notes.append(
            _(
                "Below “%(home)s” (%(language)s) a page with the address “%(slug)s” exists "
                "already, so no section was made there."
            )
            % {"home": home.title, "language": configured_name(locale), "slug": NEWS_SLUG}
        )
        return None
    if not NewsIndexPage.can_create_at(home):
        report.notes.append(
            _("The page “%(home)s” (%(language)s) does not allow sections below it.")
            % {"home": home.title, "language": configured_name(locale)}
        )
        return None
    titles = _titles(locale)
    if news is None:
        section = NewsIndexPage(
            title=configured_name(locale), slug=NEWS_SLUG, locale=locale, live=False
        )
        home.add_child(instance=section)
    else:
        section = news.specific.copy_for_translation(locale)
    _title(section, titles[1] if titles else None, locale, publish=True)
    if section.live:
        report.made.append(
            _("Made and published the section “%(title)s” (%(language)s).")
            % {"title": section.title, "language": configured_name(locale)}
        )
    else:
        report.made.append(
            _("Made a draft of the section “%(title)s” (%(language)s).")
            % {"title": section.title, "language": configured_name(locale)}
        )
        report.notes.append(
            _("Please give the section “%(title)s” its title and publish it (%(language)s).")
            % {"title": section.title, "language": configured_name(locale)}
        )
    return section


def make_roles(
    report: Report,
    *,
    languages: Collection[str] | None = None,
    editors_by_language: bool = False,
) -> None:
    """Make the groups of the newsroom's roles, with their rights on every home.

    `languages` are those whose translators, and with `editors_by_language` editors, get a group
    of their own; None for all.
    """
    homes = [
        one
        for home in _root_pages(Site.objects.select_related("root_page"))
        for one in _homes_of(home)
    ]
    locales = Locale.objects.order_by("pk")
    if languages is not None:
        locales = locales.filter(language_code__in=languages)
    for role in roles_of(list(locales), editors_by_language=editors_by_language):
        report.made += make_role(role, homes)


def _root_pages(sites: Iterable[Site]) -> list[Page]:
    """Return the sites' homes, each once, though sites may share one or be each other's."""
    homes: dict[object, Page] = {}
    for site in sites:
        homes.setdefault(site.root_page.translation_key, site.root_page)
    return list(homes.values())


def _homes_of(home: Page) -> list[Page]:
    """Return a site's home in each content language that has one, the site's own first."""
    others = home.get_translations().filter(locale__in=Locale.objects.all())
    return [home, *others.select_related("locale").order_by("locale__language_code")]


def _other_locales(home: Page) -> Iterable[Locale]:
    return Locale.objects.exclude(pk=home.locale_id)


def _titles(locale: Locale) -> tuple[str, str] | None:
    """Return the words for home and news in a language; None where we do not know them."""
    code = locale.language_code
    while code:
        if code in _TITLES:
            return _TITLES[code]
        code = code.rpartition("-")[0]
    return None


def _title(page: Page, title: str | None, locale: Locale, *, publish: bool) -> None:
    """Give a new page its title and publish it if it has one in its own language."""
    code = locale.language_code
    own_name = LANG_INFO.get(code, {}).get("name_local", code)
    page.title = page.draft_title = title or own_name
    page.save()
    revision = page.save_revision()
    if publish and title:
        revision.publish()
        page.refresh_from_db()
