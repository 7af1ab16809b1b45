"""The newsroom's models, gathered from the folders that own them."""

from .articles.models import ArticleMixin, ArticlePage, NewsIndexMixin, NewsIndexPage
from .desk.models import Approval, MemoryEntry, Provenance, TranslationJob

__all__ = [
    "Approval",
    "ArticleMixin",
    "ArticlePage",
    "MemoryEntry",
    "NewsIndexMixin",
    "NewsIndexPage",
    "Provenance",
    "TranslationJob",
]
