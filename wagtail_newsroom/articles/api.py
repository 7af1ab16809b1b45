"""What Wagtail's API says of pieces, sections and authors.

The fields compute whole pages of results at once: the first piece that is asked for its tags
fetches those of all. Nothing here names a user, a note to editors or a page that readers may not
read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from rest_framework.fields import CharField, Field
from wagtail.api import APIField
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, Site

from ..desk import provenance
from .api_results import Results
from .blocks.pictures import WORDS_IN_CONTEXT
from .image_texts import words_of
from .pictures import SHARED_WIDTH

__all__ = ["ARTICLE_FIELDS", "AUTHOR_FIELDS", "SECTION_FIELDS"]

_IN_CONTEXT = "_newsroom_results"

Facts = dict[str, Any]


class ResultsField(Field):  # type: ignore[misc]
    """A field that is computed for all objects of an answer at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)

    def get_attribute(self, instance: Any) -> Any:
        """Returns the object itself."""
        return instance

    def results_with(self, instance: Any) -> Results:
        """Return the answer's objects, this one among them."""
        kept: dict[Any, Results] = self.context.setdefault(_IN_CONTEXT, {})
        name = (type(instance), instance.pk)
        if name not in kept:
            # A list of results keeps its objects on the serializer above all others.
            listed = getattr(self.root, "instance", None)
            listed = listed if isinstance(listed, Iterable) else ()
            objects = [each for each in listed if isinstance(each, type(instance))]
            if all(each.pk != instance.pk for each in objects):
                objects = [instance]
            results = Results(objects, self.context.get("request"))
            kept.update({(type(each), each.pk): results for each in objects})
        return kept[name]


class Translations(ResultsField):
    """The other languages in which a page can be read."""

    def to_representation(self, instance: Any) -> list[Facts]:
        """Returns locale, id, title and address of each."""
        results = self.results_with(instance)
        return [
            {"locale": page.locale.language_code, **_link(page, results)}
            for page in results.translations[instance.translation_key]
            if page.pk != instance.pk
        ]


class ProvenanceField(ResultsField):
    """Where a page's words come from: a person, or a machine and a person who approved them."""

    def to_representation(self, instance: Any) -> Facts:
        """Returns kind, language of origin, methods, and role and time of the approval."""
        facts = self.results_with(instance).provenance.get(instance.pk, provenance.Facts())
        return {
            "kind": facts.kind.value,
            "translated_from": facts.origin,
            "methods": list(facts.methods),
            "approved_by": "editor" if facts.methods else None,
            "approved_at": _iso(facts.approved_at) if facts.approved_at else None,
        }


class Tags(ResultsField):
    """The tags of a piece in its language."""

    def to_representation(self, instance: Any) -> list[Facts]:
        """Returns name and slug of each."""
        return [
            {"name": tag.name, "slug": tag.slug}
            for tag in self.results_with(instance).tags[instance.pk]
            if tag.locale_id == instance.locale_id
        ]


class Bylines(ResultsField):
    """Who made a piece, in order."""

    def to_representation(self, instance: Any) -> list[Facts]:
        """Returns role and author of each."""
        return [
            {
                "role": byline.role,
                "author": {
                    "id": byline.author_id,
                    "name": byline.author.name,
                    "slug": byline.author.slug,
                    "job_title": byline.author.job_title,
                    "is_organisation": byline.author.is_organisation,
                },
            }
            for byline in self.results_with(instance).bylines[instance.pk]
        ]


class Corrections(ResultsField):
    """What the paper says that it got wrong."""

    def to_representation(self, instance: Any) -> list[Facts]:
        """Returns kind, date, text and position of each."""
        found = self.results_with(instance).corrections[instance.pk, instance.locale_id]
        return [
            {
                "kind": correction.kind,
                "date": correction.date.isoformat(),
                "text": correction.text,
                "position": correction.position,
            }
            for correction in found
        ]


class Related(ResultsField):
    """The related pieces that editors chose, as far as they can be read in this language."""

    def to_representation(self, instance: Any) -> list[Facts]:
        """Returns id, title and address of each."""
        results = self.results_with(instance)
        keys = [item.get("value") for item in instance.related_pieces.raw_data]
        pages = (results.chosen.get((key, instance.locale_id)) for key in dict.fromkeys(keys))
        return [
            _link(page, results) for page in pages if page is not None and page.pk != instance.pk
        ]


class KickerPage(ResultsField):
    """Where the kicker leads, as far as it can be read in this language."""

    def to_representation(self, instance: Any) -> Facts | None:
        """Returns id, title and address, or nothing."""
        results = self.results_with(instance)
        page = results.chosen.get((instance.kicker_page_id, instance.locale_id))
        return _link(page, results) if page is not None else None


class Section(ResultsField):
    """The section that a piece stands in."""

    def to_representation(self, instance: Any) -> Facts | None:
        """Returns id, title and address; nothing below a home page."""
        results = self.results_with(instance)
        page = results.parents.get(instance.path[: -instance.steplen])
        homes = {root.root_path for root in Site.get_site_root_paths()}
        if page is None or page.url_path in homes:
            return None
        return _link(page, results)


class LeadImage(ResultsField):
    """The lead image, large enough to be shared."""

    def to_representation(self, instance: Any) -> Facts | None:
        """Returns id, address, size and words; nothing once the piece is withdrawn."""
        if instance.is_withdrawn:
            return None
        self.results_with(instance).read_pictures("lead_image")
        found = _picture(instance.lead_image)
        words = words_of(
            instance.lead_image,
            alt=instance.lead_image_alt,
            caption=instance.lead_image_caption,
            credit=instance.lead_image_credit,
            is_decorative=instance.lead_image_decorative,
        )
        return found and {**found, **asdict(words)}


class Photo(ResultsField):
    """An author's photo."""

    def to_representation(self, instance: Any) -> Facts | None:
        """Returns id, address, size and alternative text."""
        self.results_with(instance).read_pictures("photo")
        found = _picture(instance.photo)
        return found and {**found, "alt": words_of(instance.photo, alt=instance.photo_alt).alt}


class Date(ResultsField):
    """When a piece was published: the date that it carries, or the first time on this site."""

    def to_representation(self, instance: Any) -> str | None:
        """Returns an ISO 8601 time."""
        return _iso(instance.date) if instance.date is not None else None


class Words(ResultsField):
    """A text of a piece; empty once the piece is withdrawn."""

    def to_representation(self, instance: Any) -> str:
        """Returns the text."""
        return "" if instance.is_withdrawn else getattr(instance, self.field_name)


def _words_of_block(value: Any) -> Facts:
    words = words_of(
        value.get("image"),
        alt=value.get("alt"),
        caption=value.get("caption"),
        credit=value.get("credit"),
        is_decorative=bool(value.get("decorative")),
    )
    return asdict(words)


class Blocks(ResultsField):
    """Blocks as Wagtail's API writes them; none once the piece is withdrawn."""

    def to_representation(self, instance: Any) -> list[Any]:
        """Returns the blocks."""
        if instance.is_withdrawn:
            return []
        self.results_with(instance).read_picture_words(self.field_name)
        value = getattr(instance, self.field_name)
        context = {**self.context, WORDS_IN_CONTEXT: _words_of_block}
        return list(value.stream_block.get_api_representation(value, context))


class Twins(ResultsField):
    """The other languages in which an author can be read about."""

    def to_representation(self, instance: Any) -> list[Facts]:
        """Returns locale, id, name and slug of each."""
        return [
            {
                "locale": twin.locale.language_code,
                "id": twin.pk,
                "name": twin.name,
                "slug": twin.slug,
            }
            for twin in self.results_with(instance).twins[instance.translation_key]
            if twin.pk != instance.pk
        ]


def _link(page: Page, results: Results) -> Facts:
    return {"id": page.pk, "title": page.title, "html_url": results.address_of(page)}


def _picture(image: Any) -> Facts | None:
    if image is None:
        return None
    try:
        rendition = image.get_rendition(f"width-{SHARED_WIDTH}")
    except SourceImageIOError:
        return None
    return {
        "id": image.pk,
        "url": rendition.full_url,
        "width": rendition.width,
        "height": rendition.height,
    }


def _iso(moment: Any) -> str:
    return str(timezone.localtime(moment).isoformat())


ARTICLE_FIELDS = [
    APIField("kicker"),
    APIField("kicker_page", serializer=KickerPage()),
    APIField("kicker_url"),
    APIField("section", serializer=Section()),
    APIField("short_title"),
    APIField("article_type"),
    APIField("standfirst", serializer=Words()),
    APIField("dateline"),
    APIField("dateline_date"),
    APIField("date", serializer=Date()),
    APIField("updated_at"),
    APIField("breaking_until"),
    APIField("withdrawn_at"),
    APIField("withdrawal_notice"),
    APIField("bylines", serializer=Bylines()),
    APIField("lead_image", serializer=LeadImage()),
    APIField("lead_video_url", serializer=Words()),
    APIField("body", serializer=Blocks()),
    APIField("sources", serializer=Blocks()),
    APIField("tags", serializer=Tags()),
    APIField("related", serializer=Related()),
    APIField("corrections", serializer=Corrections()),
    APIField("translations", serializer=Translations()),
    APIField("provenance", serializer=ProvenanceField()),
]
"""What the API says of a piece, beside Wagtail's own title, addresses, slug and locale."""

SECTION_FIELDS = [
    APIField("introduction"),
    APIField("translations", serializer=Translations()),
    APIField("provenance", serializer=ProvenanceField()),
]
"""What the API says of a section."""

AUTHOR_FIELDS = [
    APIField("name"),
    APIField("slug"),
    APIField("language", serializer=CharField(source="locale.language_code", read_only=True)),
    APIField("is_organisation"),
    APIField("job_title"),
    APIField("bio"),
    APIField("photo", serializer=Photo()),
    APIField("accounts"),
    APIField("translations", serializer=Twins()),
]
"""What the API says of an author; never whose login it is."""
