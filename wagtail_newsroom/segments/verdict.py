"""Says why a machine's answer is no translation of its source, if it is none.

These are the few faults that make an answer unfit to be stored at all. What a person should
look at again is another matter.
"""

from __future__ import annotations

import re

from .keys import visible_text
from .markup import Kind, is_nested, parts_with_atoms, tags_of
from .masking import is_trivial
from .reasons import Reason
from .scripts import script_of, share_of_letters
from .tokens import leftover_tokens

_NOT_WORD = re.compile(r"[\W_]+")
# Shares of a text's letters and lengths; the worst thousandth of good English-to-Persian
# translations has half of its letters in Arabic script, the shortest hundredth two thirds of
# its source's length.
_LEAST_SCRIPT = 0.25
_LEAST_LENGTH = ((200, 0.6), (80, 0.5), (40, 0.35), (15, 0.2))
"""From so many characters on, an answer must have this part of its source's length."""
_DENSE = frozenset({"zh", "ja", "ko", "yue"})
"""Languages that say the same in a third of the characters."""
_MOST_LENGTH = 4
_WORDS_FOR_SCRIPT = 3
_WORDS_OF_A_NAME = 4


def reason_against(
    source_fragment: str, answer_fragment: str, *, source: str, target: str
) -> Reason | None:
    """Return why an answer is not to be accepted as a translation, or None when it may be.

    Both texts are HTML fragments; `source` and `target` are language codes such as `en`, `fa`.
    """
    if tags_of(source_fragment) != tags_of(answer_fragment) or (
        is_nested(source_fragment) and not is_nested(answer_fragment)
    ):
        return Reason.MARKUP
    before = _words(source_fragment)
    if is_trivial(before):
        return None
    after = _words(answer_fragment)
    if not _fold(after):
        return Reason.EMPTY
    if leftover_tokens(after) - leftover_tokens(before):
        return Reason.TOKENS
    if _fold(before) == _fold(after) and not _may_stay(before, source, target):
        return Reason.UNCHANGED
    if len(before.split()) >= _WORDS_FOR_SCRIPT and _is_in_wrong_script(after, target):
        return Reason.WRONG_SCRIPT
    return _reason_by_length(before, after, source=source, target=target)


def _words(fragment: str) -> str:
    """Return what is to be translated in a fragment: no tags, addresses or placeholders."""
    return visible_text(
        "".join(part.html if part.kind is Kind.TEXT else " " for part in parts_with_atoms(fragment))
    )


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()


def _may_stay(text: str, source: str, target: str) -> bool:
    """Whether a text may read the same in both languages: an acronym, or a name in one script."""
    words = text.split()
    if len(words) == 1 and text.isupper():
        return len(text) <= 5
    return (
        script_of(source) == script_of(target)
        and len(words) <= _WORDS_OF_A_NAME
        and all(not word[:1].islower() for word in words)
    )


def _is_in_wrong_script(text: str, target: str) -> bool:
    script = script_of(target)
    return script is not None and share_of_letters(text, script) < _LEAST_SCRIPT


def _reason_by_length(before: str, after: str, *, source: str, target: str) -> Reason | None:
    if len(after) > _MOST_LENGTH * len(before) + 100:
        return Reason.BAD_ANSWER
    density = (0.3 if _is_dense(target) else 1) / (0.3 if _is_dense(source) else 1)
    for length, share in _LEAST_LENGTH:
        if len(before) >= length:
            return Reason.TRUNCATED if len(after) < share * density * len(before) else None
    return None


def _is_dense(code: str) -> bool:
    return code.lower().split("-")[0] in _DENSE
