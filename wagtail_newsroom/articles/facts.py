"""What readers are told of a piece, beside its text: derived from its fields."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from .blocks import host_of
from .embargo import is_ahead
from .queries import readable
from .reading_time import count_words, minutes_to_read
from .types import label_of

if TYPE_CHECKING:
    from wagtail.models import Page as _Page
else:
    # A mixin for pages, but no page: sites may swap the base page.
    _Page = models.Model


class ArticleFacts(_Page):
    """The properties of a piece that templates, feeds and head tags read."""

    words_per_minute: ClassVar[int] = 220
    """How fast readers read, for the reading time."""

    kicker: Any
    kicker_page_id: Any
    short_title: Any
    article_type: Any
    body: Any
    sources: Any
    lead_video_url: Any
    published_at: Any
    embargoed_until: Any
    breaking_until: Any

    class Meta:
        abstract = True

    @property
    def date(self) -> datetime | None:
        """When the piece was published: the date that it carries, or the first time on this site.

        None before that.
        """
        found: datetime | None = self.published_at or self.first_published_at
        return found

    @property
    def section(self) -> Page | None:
        """The section page that the piece stands in, as a base page; None below a home page.

        None too for a section that is not published: its name and address are nobody's business.

        One query, none where the parent was read already.
        """
        parent: Page | None = self.get_parent()
        # Not `is_site_root()`, which asks the database about each page; these stand in the cache.
        homes = {root.root_path for root in Site.get_site_root_paths()}
        if parent is None or parent.is_root() or parent.url_path in homes:
            return None
        return parent if parent.live else None

    @property
    def shown_kicker(self) -> str:
        """The words above the headline: the piece's own, or the name of its section."""
        if self.kicker:
            return str(self.kicker)
        section = self.section
        return section.title if section is not None else ""

    @cached_property
    def kicker_target(self) -> Page | None:
        """The page of the kicker in the language of the piece, if readers may see it.

        One query where a page is set; none otherwise.
        """
        if self.kicker_page_id is None:
            return None
        keys = Page.objects.filter(pk=self.kicker_page_id).values("translation_key")
        pages = Page.objects.filter(translation_key__in=keys, locale_id=self.locale_id)
        # Of its own class, which may decide its address, but without that class's fields.
        found: Page | None = readable(pages.specific(defer=True)).first()
        return found

    @property
    def shown_short_title(self) -> str:
        """The headline for narrow places: the short one, or else the whole."""
        return str(self.short_title or self.title)

    @property
    def type_label(self) -> Any:
        """What readers are told of the type; empty for plain news."""
        return label_of(self.article_type)

    @property
    def is_breaking(self) -> bool:
        """Whether the piece is breaking news at this moment."""
        return is_ahead(self.breaking_until)

    @property
    def is_embargoed(self) -> bool:
        """Whether nothing of this content may leave the site yet."""
        return is_ahead(self.embargoed_until)

    @property
    def reading_minutes(self) -> int:
        """How many minutes the body takes to read, rounded up; 0 for one without words."""
        texts = self.body.stream_block.get_searchable_content(self.body)
        words = sum(count_words(str(text)) for text in texts)
        return minutes_to_read(words, per_minute=self.words_per_minute)

    @property
    def lead_video_host(self) -> str:
        """The name of the site that shows the lead video; empty for an unusable address."""
        return host_of(self.lead_video_url)

    @property
    def shown_sources(self) -> list[dict[str, str]]:
        """The sources and links that lead somewhere: `url`, `title` and `host` of each."""
        found = []
        for block in self.sources:
            url, title = block.value.get("url", ""), block.value.get("title", "")
            host = host_of(url)
            if host:
                found.append({"url": url, "title": title, "host": host})
        return found

    @cached_property
    def shown_corrections(self) -> dict[str, list[Any]]:
        """The corrections by position, the newest first; one query."""
        notes: dict[str, list[Any]] = {"top": [], "bottom": []}
        for note in self.newsroom_corrections.all():
            notes.setdefault(note.position, []).append(note)
        for group in notes.values():
            group.sort(key=lambda note: note.date, reverse=True)
        return notes
