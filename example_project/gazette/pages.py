"""Pages made of the newspaper's words, in the language in which each piece was written."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from wagtail_newsroom.articles.image_licences import set_licence
from wagtail_newsroom.models import (
    ArticlePage,
    Correction,
    FrontPage,
    NewsIndexPage,
)

from .authors import credit
from .content import Piece
from .library import Library, make_image
from .tags import tag_piece


@transaction.atomic
def make_home(piece: Piece) -> Page:
    """Return the site's home, made in the place of Wagtail's welcome page if need be."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    old = site.root_page.specific
    if isinstance(old, FrontPage):
        return old
    if old.specific_class is not Page or old.get_children().exists():
        raise LookupError(
            "This site has a home of its own already; load the example into an empty database."
        )
    home = FrontPage(live=False, locale=Locale.get_default(), **_fields(piece))
    # The welcome page holds the slug until it is gone, and the site goes with its root page.
    home.slug = f"{piece.slug}-of-the-newspaper"
    Page.get_first_root_node().add_child(instance=home)
    site.root_page = home
    site.save()
    old.delete()
    home.refresh_from_db()
    home.slug = piece.slug
    # Nobody has rights on this page yet, so the site itself publishes it.
    return _publish(home, user=None)


@transaction.atomic
def make_home_in(locale: Locale, piece: Piece, *, home: Page) -> Page | None:
    """Make the home in another language; None if it is there.

    A front page is edited by hand in each language, so the desk does not translate it.
    """
    if home.has_translation(locale):
        return None
    twin = home.copy_for_translation(locale)
    for name, text in piece.fields.items():
        setattr(twin, name, text[locale.language_code])
    return _publish(twin, user=None)


@transaction.atomic
def make_section(piece: Piece, *, parent: Page, user: Any) -> Page:
    """Return a section below the home or another section, made if need be."""
    found = _child(parent, piece.slug)
    if found is not None:
        return found
    page = NewsIndexPage(slug=piece.slug, locale=parent.locale, live=False, **_fields(piece))
    parent.add_child(instance=page)
    return _publish(page, user=user)


@transaction.atomic
def make_article(piece: Piece, *, section: Page, user: Any) -> Page:
    """Return an article below its section, made if need be.

    One that is embargoed gets a time to go live, and stays a draft until then.
    """
    found = _child(section, piece.slug)
    if found is not None:
        return found
    library = Library(section.locale, user=user)
    page = ArticlePage(slug=piece.slug, locale=section.locale, live=False, **_fields(piece))
    _set_facts(page, piece)
    _set_picture(page, piece, user=user)
    # As JSON, because only so blocks come with ids of our choice.
    page.body = json.dumps(piece.stored_body(library))
    page.sources = json.dumps(
        [
            {
                "type": "link",
                "id": piece.id("source", index),
                "value": {"url": source["url"], "title": source["title"][piece.language]},
            }
            for index, source in enumerate(piece.sources)
        ]
    )
    page.related_pieces = json.dumps(
        [
            {"type": "piece", "id": piece.id("related", slug), "value": library.page(slug)}
            for slug in piece.related
        ]
    )
    if piece.kicker_section:
        page.kicker_page = Page.objects.get(slug=piece.kicker_section, locale=section.locale)
    page.newsroom_corrections = [
        Correction(
            translation_key=piece.id("correction", index),
            locale=section.locale,
            kind=correction["kind"],
            position=correction["position"],
            date=date.fromisoformat(correction["date"]),
            text=correction["text"][piece.language],
        )
        for index, correction in enumerate(piece.corrections)
    ]
    credit(page, piece.bylines)
    tag_piece(page, piece.tags)
    section.add_child(instance=page)
    return _publish(page, user=user)


def change_later(piece: Piece, page: Page, *, user: Any) -> Page:
    """Publish the change that a piece had after its translation was published."""
    page.body = json.dumps(piece.stored_body(Library(page.locale, user=user), later=True))
    return _publish(page, user=user)


def withdraw(piece: Piece, page: Page) -> None:
    """Withdraw a piece, with its notice in the page's language."""
    # Straight into the row: like `live`, a withdrawal belongs to the page and to no draft.
    type(page).objects.filter(pk=page.pk).update(
        withdrawn_at=datetime.fromisoformat(str(piece.withdrawn_at)),
        withdrawal_notice=piece.fields["withdrawal_notice"][page.locale.language_code],
    )


def _fields(piece: Piece) -> dict[str, str]:
    return {
        name: text[piece.language]
        for name, text in piece.fields.items()
        if name != "withdrawal_notice"
    }


def _set_facts(page: ArticlePage, piece: Piece) -> None:
    now = timezone.now()
    page.article_type = piece.type
    page.kicker_url = piece.kicker_url
    page.lead_video_url = piece.lead_video_url
    page.internal_note = piece.internal_note
    if piece.published_at:
        page.published_at = datetime.fromisoformat(piece.published_at)
    if piece.published_hours_ago is not None:
        page.published_at = now - timedelta(hours=piece.published_hours_ago)
    if piece.updated_at:
        page.updated_at = datetime.fromisoformat(piece.updated_at)
    if piece.dateline_date:
        page.dateline_date = date.fromisoformat(piece.dateline_date)
    if piece.breaking_hours is not None:
        page.breaking_until = now + timedelta(hours=piece.breaking_hours)
    if piece.embargo_days is not None:
        page.embargoed_until = page.go_live_at = now + timedelta(days=piece.embargo_days)


def _set_picture(page: ArticlePage, piece: Piece, *, user: Any) -> None:
    if piece.lead_image is None:
        return
    texts = {name: piece.lead_image[name][piece.language] for name in ("alt", "caption", "credit")}
    page.lead_image = make_image(piece.lead_image["file"], texts["alt"], user=user)
    page.lead_image_alt = texts["alt"]
    page.lead_image_caption = texts["caption"]
    page.lead_image_credit = texts["credit"]
    if "licence" in piece.lead_image:
        set_licence(page.lead_image, **piece.lead_image["licence"])


def _child(parent: Page, slug: str) -> Page | None:
    found = parent.get_children().filter(slug=slug).first()
    return found.specific if found is not None else None


def _publish(page: Page, *, user: Any) -> Any:
    page.save_revision(user=user).publish(user=user)
    return type(page).objects.get(pk=page.pk)
