"""Finds out with one tiny request whether an engine works."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from ..segments.reasons import Reason
from ..segments.scripts import Script, script_of
from .base import Engine, Failed, Translated

_SAMPLES = {
    Script.ARABIC: "سلام دنیا",
    Script.CYRILLIC: "Привет, мир",
    Script.GREEK: "Γεια σου κόσμε",
    Script.HEBREW: "שלום עולם",
}
_LATIN_SAMPLE = "Hello world"
_NOBODY_ANSWERED = frozenset({Reason.UNREACHABLE, Reason.TIMEOUT})
_KEY_REFUSED = frozenset({"status 401", "status 403"})


@dataclass(frozen=True)
class Probe:
    """What one request showed; None where it showed nothing."""

    engine: str
    """The engine's name."""
    label: str
    is_reachable: bool | None = None
    is_key_accepted: bool | None = None
    """Whether it worked with the key that it has, if it has one."""
    knows_pair: bool | None = None
    """Whether it translates from the one language into the other."""
    milliseconds: int | None = None
    """How long the request took."""
    reason: str = ""
    """The code of `segments.reasons.Reason` for what went wrong; empty when it works."""
    characters: int = 0
    """Characters that the engine was sent."""

    @property
    def works(self) -> bool:
        """Whether a text came back."""
        return not self.reason


def probe(engine: Engine, source: str, target: str) -> Probe:
    """Send an engine one tiny text, outside its limits of requests; never raises.

    Takes as long as the engine's own time limits let it. The engine ends up closed.
    """
    try:
        found = _probe(engine, source, target)
        engine.close()
    except Exception:  # noqa: BLE001 - somebody else's code
        return Probe(engine.name, str(engine.label), reason=str(Reason.BROKEN))
    return found


def _probe(engine: Engine, source: str, target: str) -> Probe:
    nothing = Probe(engine.name, str(engine.label))
    if not engine.supports(source, target):
        return replace(nothing, knows_pair=False, reason=str(Reason.NOT_SUPPORTED))
    text = _SAMPLES.get(script_of(source) or Script.LATIN, _LATIN_SAMPLE)
    started = time.monotonic()
    (outcome,) = engine.translate([text], source=source, target=target)
    asked = replace(
        nothing,
        milliseconds=round(1000 * (time.monotonic() - started)),
        characters=len(text),
    )
    if isinstance(outcome, Translated) and outcome.text.strip():
        return replace(asked, is_reachable=True, is_key_accepted=True, knows_pair=True)
    failed = outcome if isinstance(outcome, Failed) else Failed(Reason.EMPTY)
    if failed.reason in _NOBODY_ANSWERED:
        return replace(asked, is_reachable=False, reason=str(failed.reason))
    answered = replace(asked, is_reachable=True, reason=str(failed.reason))
    if failed.detail in _KEY_REFUSED:
        return replace(answered, is_key_accepted=False)
    if failed.reason is Reason.NOT_SUPPORTED or (
        engine.ask_whether_supported(source, target) is False
    ):
        return replace(answered, knows_pair=False, reason=str(Reason.NOT_SUPPORTED))
    return answered
