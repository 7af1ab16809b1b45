"""What stands on the desk's shelves: terms, the memory, tags, authors, pictures' texts, profiles."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.models import Site

from wagtail_newsroom.desk.memory import remember
from wagtail_newsroom.desk.usage import this_month
from wagtail_newsroom.models import (
    Author,
    EngineUsage,
    GlossaryTerm,
    ImageText,
    MemoryEntry,
    SocialSettings,
    Tag,
)

from .newsroom import ROOT

CONTENT = ROOT / "example_project" / "content"
TERMS = [
    ("harbour", "بندر", "", ""),
    ("ferry", "کشتی", "فری\nقایق", "Never “قایق”: that is a boat."),
    ("The Test Post", "", "", ""),
    ("paragraph (of a law, 2.1)", "بند", "", ""),
]
PAIRS = [
    ("Nature", "طبیعت"),
    ("Four hundred ears for one warm night", "چهارصد گوش برای یک شب گرم"),
    ("She said: <b>no</b> (at 9:30).", "گفت: <b>نه</b> (ساعت ۹:۳۰)."),
]


def picture(name: str, **fields: Any) -> Any:
    """Store one of the example newspaper's pictures."""
    image = get_image_model()(title=name.partition(".")[0].capitalize(), **fields)
    data = (CONTENT / "pictures" / name).read_bytes()
    image.file = ImageFile(ContentFile(data), name=name)
    image.save()
    return image


def fill_shelves(paper: SimpleNamespace, *, user: User, image: Any) -> None:
    """Store some of everything that the desk keeps beside pieces."""
    site = Site.objects.get(is_default_site=True)
    for number, (term, translation, forbidden, note) in enumerate(TERMS):
        GlossaryTerm.objects.create(
            term=term,
            translation=translation,
            keep_as_is=not translation,
            forbidden=forbidden,
            note=note,
            one_way=number == 0,
            site=site if number == 1 else None,
            source_language="en",
            target_language="fa",
        )
    for origin in MemoryEntry.Origin.values:
        remember(PAIRS, source_language="en", target_language="fa", origin=origin, user=user)
    remember(
        [(target, source) for source, target in PAIRS],
        source_language="fa",
        target_language="en",
        origin=MemoryEntry.Origin.APPROVED,
    )
    _tags(paper)
    _authors(paper)
    ImageText.objects.create(
        image=image,
        locale=paper.english,
        alt="A salt marsh with a creek at low tide",
        caption="The creek at low tide.",
        credit="Drawing: The Test Post",
    )
    SocialSettings.objects.create(
        site=site,
        locale=paper.persian,
        profiles=[("account", {"network": "telegram", "account": "testpost", "label": "میز ورزش"})],
    )
    EngineUsage.objects.create(
        engine="bureau", month=this_month(), characters=1_234_567, requests=89
    )


def _tags(paper: SimpleNamespace) -> None:
    """Store tags with a Persian name, with a proposed one, without any, and Persian ones alone."""
    for name, slug, named, proposed in (
        ("The sea", "sea", "دریا", ""),
        ("Climate", "climate", "اقلیم", ""),
        ("Half-empty harbours", "harbours", "", "بندرهای نیمه‌خالی"),
        ("Timetables of 2026", "timetables", "", ""),
    ):
        tag = Tag(name=name, slug=slug, locale=paper.english)
        tag.save()
        twin = tag.copy_for_translation(paper.persian)
        if named:
            twin.name, twin.needs_name = named, False
        twin.proposed_name = proposed
        twin.proposed_by = "engine:bureau" if proposed else ""
        twin.save()
    for name, slug in (("دریانوردی", "daryanavardi"), ("علی‌آباد", "aliabad")):
        Tag(name=name, slug=slug, locale=paper.persian).save()


def _authors(paper: SimpleNamespace) -> None:
    """Store authors with and without a photo, one of them in both languages."""
    photo = picture("bench.webp")
    for name, slug, role, image in (
        ("Mina Farrow", "mina-farrow", "Reporter", photo),
        ("Tidal Marsh Observation Network (TMON)", "tmon", "", None),
    ):
        author = Author(
            name=name,
            slug=slug,
            job_title=role,
            photo=image,
            photo_alt="Mina Farrow" if image else "",
            bio="<p>Writes about <b>rivers</b>.</p>" if image else "",
            is_organisation=image is None,
            locale=paper.english,
            live=False,
        )
        author.save()
        author.save_revision().publish()
        if image:
            twin = author.copy_for_translation(paper.persian)
            twin.name, twin.latest_revision = "مینا فارو", None
            twin.save()
            twin.save_revision().publish()
