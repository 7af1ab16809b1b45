"""Why a text has no machine translation: one list of codes for engines, checks and the desk."""

from __future__ import annotations

from enum import Enum


class Reason(str, Enum):
    """A code that is stored with a failed segment; the desk turns it into a sentence."""

    # An engine could not do its work.
    UNREACHABLE = "unreachable"
    """No connection could be made: no network, filtered, or nobody listens there."""
    TIMEOUT = "timeout"
    """The engine did not answer in time."""
    BUSY = "busy"
    """The engine asked to slow down (status 429)."""
    SERVER_ERROR = "server-error"
    """The engine failed (status 5xx) or cut the connection while it answered."""
    REFUSED = "refused"
    """The engine refused the request (status 4xx) or sent it elsewhere."""
    BAD_ANSWER = "bad-answer"
    """The engine's answer holds no translation, or cannot be one."""
    NOT_SUPPORTED = "not-supported"
    """No engine knows this pair of languages."""
    TOO_LONG = "too-long"
    """The text is longer than the engine takes."""
    CIRCUIT_OPEN = "circuit-open"
    """The engine failed repeatedly a moment ago and is left alone for a while."""
    BUDGET = "budget"
    """The job's time ran out before the text's turn came."""
    BROKEN = "broken"
    """The engine's own code raised an error."""

    # No engine was asked.
    WITHHELD = "withheld"
    """The piece is not for everybody and no engine of the chain is private."""
    NO_ENGINE = "no-engine"
    """The chain has no engine."""

    # An engine answered, and the answer is no translation.
    EMPTY = "empty"
    """Nothing to read is in the answer."""
    UNCHANGED = "unchanged"
    """The answer is the source text."""
    TRUNCATED = "truncated"
    """The answer is far shorter than the source."""
    MARKUP = "markup"
    """Tags or link ids were lost, added or torn apart."""
    TOKENS = "tokens"
    """A stand-in for a tag or an address was left in the text."""
    WRONG_SCRIPT = "wrong-script"
    """The answer is not written in the script of its language."""
    FIELD_LENGTH = "field-length"
    """The answer is longer than the field that it belongs to."""

    # An engine must not be asked any more.
    CAP = "cap"
    """The engine was sent as many characters as the site allows."""

    def __str__(self) -> str:
        return self.value

    @property
    def may_pass(self) -> bool:
        """Whether the same request may succeed a little later."""
        return self in _PASSING


_PASSING = frozenset({Reason.UNREACHABLE, Reason.TIMEOUT, Reason.BUSY, Reason.SERVER_ERROR})
