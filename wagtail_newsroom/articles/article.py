"""Articles: the mixin with all that a piece of news needs, and the page that composes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock, StreamBlock
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

from ..desk.gate import GatedPageMixin
from ..desk.languages import name_of
from ..desk.localize import SLUG_OF_THE_SOURCE, BaseTranslatableField, SynchronizedField
from ..desk.panels import TranslationsPanel
from ..search.fields import FoldedAutocompleteField, FoldedSearchField
from .api import ARTICLE_FIELDS
from .blocks import ArticleBody, LinkBlock, RelatedPieceBlock, walk
from .bylines import BylinesMixin
from .checks_panel import ContentChecksPanel
from .editor import NewsroomTabMixin
from .embargo import embargo_of, in_words
from .facts import ArticleFacts
from .forms import ArticleForm
from .pictures import images_of, prefetch_renditions
from .reading import CONTEXT_NAME, Reading, read_pieces
from .related import related_to
from .routing import FoundFastMixin
from .tag_pages import TAGS_STAY, TaggedMixin
from .types import CODE_LENGTH, article_types, default_article_type
from .withdrawable import WithdrawableMixin


# The gate comes first: behind a mixin that is a model it would stand behind `Page`.
class ArticleMixin(
    GatedPageMixin,
    ArticleFacts,
    NewsroomTabMixin,
    FoundFastMixin,
    WithdrawableMixin,
    BylinesMixin,
    TaggedMixin,
    models.Model,
):
    """What an article needs: the fields above the body, the body and its dates."""

    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("A word or two above the headline.")
    )
    kicker_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of the kicker"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where the kicker leads; readers of another language get its page there."),
    )
    kicker_url = models.URLField(
        _("address of the kicker"), blank=True, help_text=_("Where the kicker leads elsewhere.")
    )
    short_title = models.CharField(
        _("short headline"),
        max_length=120,
        blank=True,
        help_text=_("For narrow places, such as lists on the front page."),
    )
    article_type = models.CharField(
        _("type"), max_length=CODE_LENGTH, choices=article_types, default=default_article_type
    )
    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("One or two sentences below the headline.")
    )
    dateline = models.CharField(
        _("dateline"),
        max_length=160,
        blank=True,
        help_text=_("Where the story comes from, such as a city and an agency."),
    )
    dateline_date = models.DateField(
        _("date of the dateline"),
        null=True,
        blank=True,
        help_text=_("When it was written there; readers see it in their own calendar."),
    )
    lead_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("lead image"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    lead_image_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture says nothing that the text does not say; it is not read out."),
    )
    lead_image_caption = models.CharField(_("caption"), max_length=500, blank=True)
    lead_image_credit = models.CharField(_("credit"), max_length=160, blank=True)
    lead_video_url = models.URLField(
        _("lead video on another site"),
        blank=True,
        help_text=_("Loaded only after a reader’s click; the lead image stands before it."),
    )
    lead_video_file = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("lead video file"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    published_at = models.DateTimeField(
        _("first published"),
        null=True,
        blank=True,
        help_text=_("Leave empty to use the time of the first publication on this site."),
    )
    updated_at = models.DateTimeField(
        _("updated"),
        null=True,
        blank=True,
        help_text=_("Set this after a substantial change only; readers see it."),
    )
    embargoed_until = models.DateTimeField(
        _("embargoed until"),
        null=True,
        blank=True,
        help_text=_("Before this time the piece is neither published nor sent to an engine."),
    )
    breaking_until = models.DateTimeField(
        _("breaking until"),
        null=True,
        blank=True,
        help_text=_("Until this time the piece is marked as breaking news."),
    )
    internal_note = models.TextField(
        _("note to editors"), blank=True, help_text=_("Never published and never translated.")
    )
    body = StreamField(ArticleBody(), verbose_name=_("body"), blank=True)
    sources = StreamField(
        StreamBlock([("link", LinkBlock())], required=False),
        verbose_name=_("sources and links"),
        blank=True,
    )
    related_pieces = StreamField(
        StreamBlock([("piece", PageChooserBlock(label=_("piece")))], required=False),
        verbose_name=_("related pieces"),
        blank=True,
        help_text=_("Pieces with the same tags follow by themselves."),
    )

    override_translatable_fields = [
        SLUG_OF_THE_SOURCE,
        BaseTranslatableField("internal_note"),
        SynchronizedField("related_pieces", overridable=False),
        *TAGS_STAY,
    ]

    base_form_class = ArticleForm

    content_panels = [
        TranslationsPanel(),
        ContentChecksPanel(),
        MultiFieldPanel(
            [FieldPanel("kicker"), FieldPanel("kicker_page"), FieldPanel("kicker_url")],
            heading=_("Kicker"),
        ),
        *Page.content_panels,
        FieldPanel("short_title"),
        FieldPanel("standfirst"),
        InlinePanel("newsroom_bylines", heading=_("Bylines"), label=_("byline")),
        MultiFieldPanel(
            [FieldPanel("dateline"), FieldPanel("dateline_date")], heading=_("Dateline")
        ),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_decorative"),
                FieldPanel("lead_image_caption"),
                FieldPanel("lead_image_credit"),
            ],
            heading=_("Lead image"),
        ),
        MultiFieldPanel(
            [FieldPanel("lead_video_url"), FieldPanel("lead_video_file")], heading=_("Lead video")
        ),
        FieldPanel("body"),
        FieldPanel("tags"),
        FieldPanel("related_pieces"),
        FieldPanel("sources"),
    ]
    newsroom_panels = [
        MultiFieldPanel(
            [FieldPanel("article_type"), FieldPanel("breaking_until")], heading=_("Label")
        ),
        MultiFieldPanel(
            [
                FieldPanel("published_at"),
                FieldPanel("updated_at"),
                FieldPanel("embargoed_until"),
            ],
            heading=_("Dates"),
        ),
        InlinePanel("newsroom_corrections", heading=_("Corrections"), label=_("correction")),
        MultiFieldPanel([FieldPanel("internal_note")], heading=_("Among editors")),
    ]
    search_fields = [
        *Page.search_fields,
        FoldedSearchField("title", boost=2),
        FoldedAutocompleteField("title"),
        FoldedSearchField("kicker"),
        FoldedSearchField("short_title"),
        FoldedSearchField("standfirst", boost=2),
        FoldedSearchField("dateline"),
        FoldedSearchField("lead_image_caption"),
        FoldedSearchField("body"),
        index.FilterField("published_at"),
    ]
    api_fields = ARTICLE_FIELDS

    related_shown: ClassVar[int] = 4
    """How many related pieces stand below a piece."""
    exclude_fields_in_copy = [*WithdrawableMixin.exclude_fields_in_copy, "internal_note"]
    read_with = ("lead_image", "lead_video_file")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuses facts that contradict each other."""
        super().clean()
        problems = []
        if self.go_live_at and self.embargoed_until and self.go_live_at < self.embargoed_until:
            problems.append(
                gettext("The piece would go live while it is embargoed, until %(time)s.")
                % {"time": in_words(self.embargoed_until)}
            )
        if self.lead_video_url and self.lead_video_file_id:
            problems.append(gettext("Choose one lead video: an address or a file."))
        if self.updated_at and self.date and self.updated_at < self.date:
            problems.append(gettext("The piece cannot be updated before it is first published."))
        if self.withdrawn_at and not self.withdrawal_notice.strip():
            problems.append(gettext("Say to readers why the piece was withdrawn."))
        if problems:
            # Not by field: a form without the field could not show it, and Django would fail.
            raise ValidationError(problems)

    def obstacles_to_publication(self) -> list[str]:
        """Returns the embargo, if its time has not come, and a withdrawal in another language.

        One query.
        """
        obstacles = super().obstacles_to_publication()
        versions = list(self.get_translations().select_related("latest_revision", "locale"))
        embargo = embargo_of(self, versions)
        if embargo is not None:
            obstacles.append(
                gettext("It is embargoed until %(time)s.") % {"time": in_words(embargo)}
            )
        if not self.is_withdrawn:
            obstacles += [
                gettext("It was withdrawn in %(language)s.") % {"language": name_of(version.locale)}
                for version in versions
                if version.is_withdrawn
            ]
        return obstacles

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `related`, and reads what the blocks show and all pictures of the page together."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if self.is_withdrawn:
            return context
        related = related_to(
            self,
            ArticleMixin,
            at_most=self.related_shown,
            without={page.translation_key for page in self._pieces_in_body()},
        )
        reading = self.read_blocks([piece.lead_image for piece in related])
        return {**context, "related": related, CONTEXT_NAME: reading}

    def read_blocks(self, others: Iterable[Any] = ()) -> Reading:
        """Return what the blocks need, and read all pictures with their words together.

        `others` are images that the page shows beside the body's. At most three queries, none for
        what is not there. Put the result into the context of whatever renders the body, under `reading.CONTEXT_NAME`.
        """
        locale_id: int = self.locale_id  # type: ignore[attr-defined]
        prefetch_renditions([self.lead_image, *images_of(self.body), *others], locale_id)
        return Reading(read_pieces(self._pieces_in_body(), locale_id))

    def _pieces_in_body(self) -> list[Page]:
        """Return the pages that blocks of the body lead to."""
        pages = (
            value.get("page")
            for block, value in walk(self.body)
            if isinstance(block, RelatedPieceBlock)
        )
        return [page for page in pages if page is not None]


class ArticlePage(ArticleMixin, Page):  # type: ignore[django-manager-missing]
    """A piece of news."""

    template = "wagtail_newsroom/article_page.html"
    parent_page_types = ["wagtail_newsroom.NewsIndexPage"]
    subpage_types: list[Any] = []

    class Meta(ArticleMixin.Meta):
        abstract = False
        permissions = [("use_raw_html", "Can add and change raw HTML in articles")]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
