"""The choice of blocks that our own article page offers."""

from __future__ import annotations

from typing import Any

from .boxes import CalloutBlock, FactBoxBlock
from .links import DocumentLinkBlock, RelatedPieceBlock, SocialPostBlock
from .media import EmbedBlock, VideoBlock
from .pictures import ArticleImageBlock, GalleryBlock
from .raw import ArticleHTMLBlock
from .social import ShareBlock, SocialFollowBlock
from .tables import ArticleTableBlock
from .text import (
    DividerBlock,
    HeadingBlock,
    ItemListBlock,
    ParagraphBlock,
    PullQuoteBlock,
    QuoteBlock,
    SubheadingBlock,
)
from .timelines import TimelineBlock

ARTICLE_BLOCKS: list[tuple[str, Any]] = [
    ("paragraph", ParagraphBlock()),
    ("heading", HeadingBlock()),
    ("subheading", SubheadingBlock()),
    ("list", ItemListBlock()),
    ("quote", QuoteBlock()),
    ("pull_quote", PullQuoteBlock()),
    ("divider", DividerBlock()),
    ("image", ArticleImageBlock()),
    ("gallery", GalleryBlock()),
    ("video", VideoBlock()),
    ("table", ArticleTableBlock()),
    ("fact_box", FactBoxBlock()),
    ("callout", CalloutBlock()),
    ("timeline", TimelineBlock()),
    ("related_piece", RelatedPieceBlock()),
    ("document", DocumentLinkBlock()),
    ("embed", EmbedBlock()),
    ("social_post", SocialPostBlock()),
    ("social_follow", SocialFollowBlock()),
    ("share", ShareBlock()),
    ("raw_html", ArticleHTMLBlock()),
]
"""The blocks of our own article page; a site's page may take them, more or others."""
