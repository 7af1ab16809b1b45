"""Names of tags: cleaned, parted from one another, and folded to find two spellings of one word."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from uuid import UUID

from ..segments import slugs

NAME_LENGTH = 100
KEY_LENGTH = 140

SEPARATORS = ",،؛;"
"""What parts one tag from the next; so no name holds one."""

_HALF_SPACE = "\u200c"
_SEPARATED = re.compile(f"[{SEPARATORS}]")
# Quotation marks hold a tag of several words together in Wagtail's field.
_QUOTE = '"'
_SPACES = re.compile(r"\s+")
_EDGES = f" {_HALF_SPACE}\u200d"
_JOINED = re.compile(f" ?{_HALF_SPACE}[ {_HALF_SPACE}]*")
# Controls and direction marks; the half-space and its opposite belong to words.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u0640\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه\u0654"})
# Signs over and under letters that writers may leave out; hamza is none of them.
_HARAKAT = re.compile("[\u064b-\u0652\u0670]")
_DROPPED = re.compile(
    r"[\s\-_\u00ad\u0640\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u206f\ufeff]"
)
_UNNAMED = "unnamed:"


def clean_name(name: str) -> str:
    """Return a name without what nobody sees: single spaces, no controls, no marks at its edges."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", str(name)))
    text = _JOINED.sub(
        lambda match: " " if " " in match[0] else _HALF_SPACE, _SPACES.sub(" ", text)
    )
    return text.replace(_QUOTE, "").strip(_EDGES)


def names_in(text: str) -> list[str]:
    """Return the names that a text holds, which commas and semicolons part, in order.

    What has neither a letter nor a digit nor a sign is no name.
    """
    names = (clean_name(part) for part in _SEPARATED.split(text))
    return [name for name in names if key_of(name)]


def key_of(name: str) -> str:
    """Return a name folded: the same for all spellings that readers take for one word.

    Capitals, Arabic and Persian letters and digits, vowel signs, spaces, hyphens and half-spaces
    make no difference. Empty where nothing is left.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    text = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    text = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in _DROPPED.sub("", _HARAKAT.sub("", text))
    )
    if len(text) <= KEY_LENGTH:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    return f"{text[: KEY_LENGTH - 33]}:{digest}"


def unnamed_key(translation_key: UUID) -> str:
    """Return the key of a tag that has no name in its language yet."""
    return f"{_UNNAMED}{translation_key}"


def slug_of(name: str) -> str:
    """Return the end of an address made of a name; `tag` where nothing of it can stand in one."""
    return slugs.slug_of(name) or "tag"
