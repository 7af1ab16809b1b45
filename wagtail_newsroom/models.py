"""The newsroom's models, gathered from the folders that own them."""

from .articles.models import ArticleMixin, ArticlePage, NewsIndexMixin, NewsIndexPage
from .desk.glossary_models import GlossaryTerm
from .desk.models import (
    Approval,
    Dismissal,
    EngineUsage,
    MemoryEntry,
    Provenance,
    TranslationJob,
)
from .desk.near_models import MemoryShingle

__all__ = [
    "Approval",
    "ArticleMixin",
    "ArticlePage",
    "Dismissal",
    "EngineUsage",
    "GlossaryTerm",
    "MemoryEntry",
    "MemoryShingle",
    "NewsIndexMixin",
    "NewsIndexPage",
    "Provenance",
    "TranslationJob",
]
