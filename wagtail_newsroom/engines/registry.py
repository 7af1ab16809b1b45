"""Turns the setting that names the engines into engines."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ..exceptions import NewsroomError
from .base import Engine

SHIPPED = {
    "google": "wagtail_newsroom.engines.google.GoogleEngine",
    "libretranslate": "wagtail_newsroom.engines.libretranslate.LibreTranslateEngine",
    "localize": "wagtail_newsroom.desk.localize.engine.LocalizeEngine",
    "microsoft": "wagtail_newsroom.engines.microsoft.MicrosoftEngine",
    "mymemory": "wagtail_newsroom.engines.mymemory.MyMemoryEngine",
    "pseudo": "wagtail_newsroom.engines.pseudo.PseudoEngine",
}
"""The engines that come with the newsroom, by name."""

Entry = str | Mapping[str, Any]


class BadEngine(NewsroomError):  # noqa: N818 - named after what the setting holds
    """An entry of the chain of engines is wrong; says which, and never shows its options."""


def load_chain(entries: Iterable[Entry]) -> list[Engine]:
    """Return the engines of a setting, in its order; does not touch the network.

    Raises:
        BadEngine: when an entry is not an engine.
    """
    if isinstance(entries, (str, Mapping)):
        raise BadEngine(_("WAGTAIL_NEWSROOM_ENGINES must be a list of engines."))
    return [load_engine(entry) for entry in entries]


def load_engine(entry: Entry) -> Engine:
    """Return the engine of one entry: a name, a dotted path, or either with options.

    Raises:
        BadEngine: when the entry is not an engine.
    """
    name, options = _read(entry)
    engine_class = _engine_class(name)
    lacking = [option for option in _required(engine_class) if option not in options]
    if lacking:
        raise BadEngine(
            _("The engine “%(name)s” needs these options too: %(options)s.")
            % {"name": name, "options": ", ".join(lacking)}
        )
    try:
        engine = engine_class(**options)
    except (TypeError, ValueError):
        # The error may show an option's value, which may be a key.
        raise BadEngine(
            _("The engine “%(name)s” does not accept its options: %(options)s.")
            % {"name": name, "options": ", ".join(sorted(options)) or "–"}
        ) from None
    if not engine.name or not _has_sensible_limits(engine):
        raise BadEngine(
            _("The engine “%(name)s” needs a name, and limits of at least 1.") % {"name": name}
        )
    # Options may hold keys, which a digest does not show.
    entry_digest = hashlib.sha256(repr((name, sorted(options.items()))).encode())
    engine.setting = entry_digest.hexdigest()
    return engine


def _has_sensible_limits(engine: Engine) -> bool:
    limits = [engine.max_chars, engine.max_texts, engine.parallel]
    if engine.requests_per_minute is not None:
        limits.append(engine.requests_per_minute)
    return all(isinstance(limit, int) and limit >= 1 for limit in limits)


def _required(engine_class: type[Engine]) -> list[str]:
    """Return the options that an engine cannot be made without."""
    return [
        parameter.name
        for parameter in inspect.signature(engine_class).parameters.values()
        if parameter.kind in (parameter.KEYWORD_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        and parameter.default is parameter.empty
    ]


def _read(entry: Entry) -> tuple[str, dict[str, Any]]:
    if isinstance(entry, str):
        return entry, {}
    if isinstance(entry, Mapping) and set(entry) <= {"ENGINE", "OPTIONS"}:
        name, options = entry.get("ENGINE"), entry.get("OPTIONS", {})
        if isinstance(name, str) and isinstance(options, Mapping) and _are_names(options):
            return name, dict(options)
    raise BadEngine(
        _(
            "An entry of WAGTAIL_NEWSROOM_ENGINES must be a name or a dictionary with “ENGINE”"
            " and “OPTIONS”."
        )
    )


def _are_names(options: Iterable[object]) -> bool:
    return all(isinstance(option, str) for option in options)


def _engine_class(name: str) -> type[Engine]:
    names = {"name": name, "names": ", ".join(sorted(SHIPPED))}
    path = SHIPPED.get(name, name)
    if "." not in path:
        raise BadEngine(
            _(
                "There is no engine “%(name)s”. Use one of %(names)s, or the dotted path of an"
                " engine class."
            )
            % names
        )
    try:
        found = import_string(path)
    except ImportError as error:
        raise BadEngine(
            _(
                "The engine “%(name)s” cannot be imported (%(error)s). Use one of %(names)s, or"
                " the dotted path of an engine class."
            )
            % {**names, "error": error}
        ) from error
    if not (isinstance(found, type) and issubclass(found, Engine)):
        raise BadEngine(
            _(
                "“%(name)s” is not an engine class. Use one of %(names)s, or the dotted path of a"
                " class that inherits from wagtail_newsroom.engines.base.Engine."
            )
            % names
        )
    return found
