"""The newsroom's models, gathered from the folders that own them."""

from .articles.models import ArticleMixin, ArticlePage, NewsIndexMixin, NewsIndexPage
from .desk.models import (
    Approval,
    Dismissal,
    EngineUsage,
    MemoryEntry,
    Provenance,
    TranslationJob,
)

__all__ = [
    "Approval",
    "ArticleMixin",
    "ArticlePage",
    "Dismissal",
    "EngineUsage",
    "MemoryEntry",
    "NewsIndexMixin",
    "NewsIndexPage",
    "Provenance",
    "TranslationJob",
]
