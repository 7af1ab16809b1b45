"""The blocks of an article's body: safe for wagtail-localize whatever value they hold."""

from __future__ import annotations

from .body import ArticleBody
from .boxes import CALLOUT_KINDS, CalloutBlock, FactBoxBlock
from .choice import ARTICLE_BLOCKS
from .links import NETWORKS, DocumentLinkBlock, RelatedPieceBlock, SocialPostBlock
from .media import EmbedBlock, VideoBlock, film_context
from .pictures import ArticleImageBlock, GalleryBlock, PictureListBlock
from .players import PLAYERS, Player, find_player
from .raw import ArticleHTMLBlock
from .social import ShareBlock, SocialFollowBlock
from .stored import stored_form
from .tables import ArticleTableBlock
from .text import (
    FACT_FEATURES,
    INLINE_FEATURES,
    DividerBlock,
    HeadingBlock,
    ItemListBlock,
    ParagraphBlock,
    PullQuoteBlock,
    QuoteBlock,
    SubheadingBlock,
)
from .timelines import TimelineBlock, TimelineEntriesBlock, TimelineEntryBlock
from .values import (
    DayBlock,
    LinkBlock,
    NeverNullMixin,
    NeverNullStructBlock,
    NeverNullURLBlock,
    PlainTextBlock,
    TextLineBlock,
    host_of,
)
from .walk import walk

__all__ = [
    "ARTICLE_BLOCKS",
    "CALLOUT_KINDS",
    "FACT_FEATURES",
    "INLINE_FEATURES",
    "NETWORKS",
    "PLAYERS",
    "ArticleBody",
    "ArticleHTMLBlock",
    "ArticleImageBlock",
    "ArticleTableBlock",
    "CalloutBlock",
    "DayBlock",
    "DividerBlock",
    "DocumentLinkBlock",
    "EmbedBlock",
    "FactBoxBlock",
    "GalleryBlock",
    "HeadingBlock",
    "ItemListBlock",
    "LinkBlock",
    "NeverNullMixin",
    "NeverNullStructBlock",
    "NeverNullURLBlock",
    "ParagraphBlock",
    "PictureListBlock",
    "PlainTextBlock",
    "Player",
    "PullQuoteBlock",
    "QuoteBlock",
    "RelatedPieceBlock",
    "ShareBlock",
    "SocialFollowBlock",
    "SocialPostBlock",
    "SubheadingBlock",
    "TextLineBlock",
    "TimelineBlock",
    "TimelineEntriesBlock",
    "TimelineEntryBlock",
    "VideoBlock",
    "film_context",
    "find_player",
    "host_of",
    "stored_form",
    "walk",
]
