"""Template tags for readers' pages: thin shells over the functions in `publishing/`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from django import template
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from ..articles.blocks import film_context, values
from ..articles.image_texts import PictureWords, words_of
from ..articles.listing import numbers_around
from ..articles.pictures import sizes_of
from ..conf import conf
from ..desk import numbers
from ..publishing import dates
from ..publishing.alternates import Alternate, language_of
from ..publishing.bidi import isolate_left_to_right
from ..publishing.bylines import Line, byline_lines
from ..publishing.head import head_of, head_of_place
from ..publishing.languages import direction_of, direction_of_text, language_tag, own_name
from ..publishing.mirrors import Mirror, at_hand, mirrors_of
from ..publishing.navigation import Crumb, Navigation, crumbs_of, home_of
from ..publishing.navigation import navigation as navigation_of
from ..publishing.piece_facts import facts_for
from ..publishing.places import Place
from ..publishing.provenance import Told, provenance_of
from ..publishing.structured import graph_of, graph_of_place, script_of, x_account
from ..publishing.switcher import Choice, choices
from ..publishing.tag_views import tag_links
from ..segments import figures

register = template.Library()

_Link = TypeVar("_Link", Alternate, Choice, Crumb)


@register.simple_tag(takes_context=True)
def newsroom_html_attrs(context: Context) -> SafeString:
    """Prints `lang` and `dir` of the page for the `<html>` element."""
    return _attributes(_language_of(context))


@register.inclusion_tag("wagtail_newsroom/includes/head.html", takes_context=True)
def newsroom_head(context: Context) -> dict[str, Any]:
    """Prints what the page says to search engines and social networks: title, description,
    canonical address, alternates, feeds, robots, Open Graph, Twitter card and JSON-LD.

    Prints nothing where the template has no `page`.
    """
    page, place, request = _page_of(context), _place_of(context), context.get("request")
    if page is None and place is None:
        return {}
    number = getattr(context.get("articles"), "number", 1)
    navigation = _navigation_of(context)
    code = _language_of(context)
    piece, graph = None, list[dict[str, Any]]()
    if page is not None:
        head = head_of(page, code, site_name=navigation.site_name, number=number, request=request)
        piece = facts_for(page, code, request)
        graph = graph_of(page, head, piece, code, request)
    elif place is not None:
        head = head_of_place(place, site_name=navigation.site_name, number=number)
        graph = graph_of_place(place, head, navigation.home, request)
    return {
        "head": head,
        "piece": piece,
        "x_account": x_account(code, request),
        "json_ld": script_of(graph),
    }


@register.inclusion_tag("wagtail_newsroom/includes/fonts.html", takes_context=True)
def newsroom_fonts(context: Context) -> dict[str, Any]:
    """Prints the link to the font of Persian pages, on Persian pages only."""
    is_persian = _language_of(context).split("-")[0] == "fa"
    return {"is_needed": is_persian and conf.persian_font}


@register.inclusion_tag("wagtail_newsroom/includes/language_switcher.html", takes_context=True)
def language_switcher(context: Context) -> dict[str, Any]:
    """Prints the languages of the site, each with where it leads from the page."""
    found = _choices_of(context)
    return {"choices": found if len(found) > 1 else []}


@register.inclusion_tag("wagtail_newsroom/includes/suggestion.html", takes_context=True)
def newsroom_suggestion(context: Context) -> dict[str, Any]:
    """Prints, for each other language of the page, a hidden bar that says so in that language.

    A script shows the one of the reader's own language; without it the switcher says the same.
    """
    found = [each for each in _choices_of(context) if each.is_this_page and not each.is_current]
    return {"choices": found, "language": language_tag(_language_of(context))}


@register.simple_tag(takes_context=True)
def newsroom_mirrors(context: Context) -> list[Mirror]:
    """Returns the same page at the site's mirrors, to be used with `as`; see `publishing.mirrors`."""
    request = context.get("request")
    return mirrors_of(request) if isinstance(request, HttpRequest) else []


@register.simple_tag(takes_context=True)
def newsroom_navigation(context: Context) -> Navigation:
    """Returns the home page and the sections of the page's language, to be used with `as`."""
    return _navigation_of(context)


@register.inclusion_tag("wagtail_newsroom/includes/breadcrumbs.html", takes_context=True)
def newsroom_breadcrumbs(context: Context) -> dict[str, Any]:
    """Prints the way from the home page down to the page, or the `crumbs` of a list's template."""
    page = _page_of(context)
    if page is None:
        return {"crumbs": context.get("crumbs", [])}
    request = context.get("request")
    return {"crumbs": [_at_hand(each, request) for each in crumbs_of(page, request)]}


@register.simple_tag
def list_numbers(articles: Any) -> list[int | None]:
    """Returns the numbers of a list's pages to show, None where some are left out."""
    return numbers_around(articles)


@register.simple_tag(takes_context=True)
def newsroom_bylines(context: Context) -> list[Line]:
    """Returns the credits of the page, a sentence for each role, to be used with `as`."""
    page = _page_of(context)
    return byline_lines(page, _language_of(context), context.get("request")) if page else []


@register.simple_tag(takes_context=True)
def newsroom_provenance(context: Context) -> Told | None:
    """Returns where the words of the page come from, None for an original; use it with `as`."""
    page, request = _page_of(context), context.get("request")
    told = provenance_of(page, request) if page is not None else None
    if told is None or not told.is_translation:
        return None
    return replace(told, original=told.original and _at_hand(told.original, request))


@register.simple_tag(takes_context=True)
def newsroom_tag_links(context: Context) -> list[dict[str, Any]]:
    """Returns `name` and `url` of the piece's tags in its language, to be used with `as`."""
    page, request = _page_of(context), context.get("request")
    if page is None or not isinstance(request, HttpRequest):
        return []
    return tag_links(page, _language_of(context), request)


@register.simple_tag(takes_context=True)
def localised_date(context: Context, value: date | datetime | None) -> SafeString | str:
    """Prints a date as `<time>`, in the calendar and digits of the page's language."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>',
        dates.machine_date(value),
        dates.format_date(value, _language_of(context)),
    )


@register.filter
def machine_date(value: date | datetime) -> str:
    """Writes a date or time for machines: ISO 8601, a time with its zone."""
    return dates.machine_date(value)


@register.simple_tag
def newsroom_picture(
    image: Any, shape: str, *, sizes: str, alt: Any = "", eager: Any = False, lead: Any = False
) -> SafeString:
    """Prints an image as `<img>` in the sizes of a shape: `whole`, `small` or `card`.

    Browsers load it when it comes near, at once where `eager`, and before all others where `lead`.
    """
    made = sizes_of(image, shape)
    attributes: dict[str, Any] = {
        "src": made[-1].url if len(made) < 3 else made[1].url,
        "srcset": ", ".join(f"{each.url} {each.width}w" for each in made),
        "sizes": sizes,
        "width": made[-1].width,
        "height": made[-1].height,
        "alt": alt or "",
    }
    if lead:
        attributes["fetchpriority"] = "high"
    elif not eager:
        attributes |= {"loading": "lazy", "decoding": "async"}
    return format_html("<img{}>", flatatt(attributes))


@register.simple_tag
def picture_words(
    image: Any, alt: Any = "", caption: Any = "", credit: Any = "", decorative: Any = False
) -> PictureWords:
    """Returns a picture's own words, or the image's texts where it has none; use it with `as`."""
    return words_of(image, alt=alt, caption=caption, credit=credit, is_decorative=bool(decorative))


@register.simple_tag
def film_player(url: Any) -> dict[str, str]:
    """Returns `url`, `host` and `player` of a film on another site, to be used with `as`."""
    return film_context(url)


@register.simple_tag(takes_context=True)
def page_language(context: Context) -> dict[str, str]:
    """Returns `tag`, `name` and `dir` of the page's language, to be used with `as`."""
    code = _language_of(context)
    return {"tag": language_tag(code), "name": own_name(code), "dir": direction_of(code)}


@register.filter(is_safe=False)
def isolate(value: object) -> SafeString:
    """Wraps a title, name or number in `<bdi>`, so that it does not disturb what stands beside it.

    https://www.w3.org/International/articles/inline-bidi-markup/
    """
    if value is None or value == "":
        return SafeString("")
    direction = direction_of_text(str(value), get_language() or "en")
    if direction:
        return format_html('<bdi dir="{}">{}</bdi>', direction, value)
    return format_html("<bdi>{}</bdi>", value)


@register.filter
def has_words(value: Any) -> bool:
    """Tells whether a rich text says anything, for one that an editor left empty is a paragraph."""
    return values.has_words(value)


@register.filter(is_safe=True)
def isolate_addresses(value: Any) -> str:
    """Keeps handles, hashtags, addresses and telephone numbers whole in right-to-left rich text.

    For rich text and other HTML that is safe already; leaves left-to-right pages as they are.
    """
    # Rich text renders itself as safe HTML; anything else is escaped here.
    html = conditional_escape(value)
    if direction_of(get_language() or "en") != "rtl":
        return html
    return SafeString(isolate_left_to_right(html))


@register.filter(is_safe=True)
def local_digits(value: object) -> str:
    """Writes digits as the active language does."""
    return figures.local_digits(value, get_language() or "en")


@register.filter
def local_number(value: int) -> str:
    """Writes a whole number as the active language does, with its sign between thousands."""
    return numbers.local_number(value)


@register.filter(is_safe=True)
def fa_digits(value: object) -> str:
    """Writes digits as Persian does, whatever language is active."""
    return figures.local_digits(value, "fa")


@register.simple_tag
def language_attrs(language_code: str) -> SafeString:
    """Prints `lang` and `dir` of a language, for words in it on a page in another one."""
    return _attributes(language_code)


def _attributes(language_code: str) -> SafeString:
    return format_html(
        'lang="{}" dir="{}"', language_tag(language_code), direction_of(language_code)
    )


def _page_of(context: Context) -> Page | None:
    page = context.get("page") or context.get("self")
    return page if isinstance(page, Page) else None


def _place_of(context: Context) -> Place | None:
    place = context.get("place")
    return place if isinstance(place, Place) else None


def _language_of(context: Context) -> str:
    page = _page_of(context)
    if page is None:
        place = _place_of(context)
        return place.language_code if place is not None else get_language() or "en"
    return language_of(page, context.get("request"))


def _choices_of(context: Context) -> list[Choice]:
    request = context.get("request")
    code = _language_of(context)
    page = _page_of(context)
    if page is None and isinstance(request, HttpRequest):
        page = home_of(code, request)
    if page is None:
        return []
    found = choices(page, code, request, place=_place_of(context))
    return [_at_hand(each, request) for each in found]


def _at_hand(link: _Link, request: HttpRequest | None) -> _Link:
    """Return a link from which readers who are on a mirror are not led away."""
    return replace(link, url=at_hand(link.url, request))


def _navigation_of(context: Context) -> Navigation:
    request = context.get("request")
    page = _page_of(context)
    if page is None and isinstance(request, HttpRequest):
        page = home_of(_language_of(context), request)
    return navigation_of(page, request) if page is not None else Navigation()
