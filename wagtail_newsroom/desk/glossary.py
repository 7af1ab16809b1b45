"""The glossary at the desk: the terms of one direction, ready to be used."""

from __future__ import annotations

from ..segments.glossary import Glossary


def glossary_for(source_language: str, target_language: str) -> Glossary:
    """Return the terms for one direction."""
    return Glossary((), source=source_language, target=target_language)
