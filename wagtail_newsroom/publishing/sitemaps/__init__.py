"""Sitemaps: an index, pages by language and section with their alternates, news by language."""
