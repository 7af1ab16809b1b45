"""Takes the markup out of a fragment before an engine sees it, and puts it back after."""

from __future__ import annotations

import functools
import html
import re
from dataclasses import dataclass

from .cleaning import clean_answer, plain
from .markup import Keep, Kind, Part, partners, parts_with_atoms
from .runs import Runs, runs
from .tokens import head_of, split_at_tokens, tokens_for

__all__ = ["Masked", "Runs", "Token", "mask", "runs", "unmask"]

_JOINERS = "\u200c\u200d"
_MARKS = "\u061c\u200b\u200e\u200f\u2060\ufeff"
_BEFORE_WORD = "«“‘([{"
_AFTER_WORD = ".,:!?…)]}»”’،؛؟۔٪"
_ACRONYM = r"(?:(?:[A-Z]\.){2,6}|[A-Z]{2,5}(?:-?\d+)?)"
_ACRONYMS = re.compile(
    # Several, such as "ORG / O.R.G."; one alone may as well be a word in capitals.
    rf"{_ACRONYM}(?:\s*[/,;()–-]+\s*{_ACRONYM})+\)?|(?:[A-Z]\.){{2,6}}|[A-Z]{{2,3}}"
)
_MARKUP = "\ufffc"
"""Stands for another token where a neighbor is remembered."""


@dataclass(frozen=True)
class Token:
    """One tag or atom of a fragment, and how it stood there."""

    code: str
    part: Part
    partner: int | None
    """The position of the tag that it belongs to."""
    has_content: bool
    """Whether an opening tag has something to read before its closing one."""
    before: str
    """The source's character before the token; empty at the start."""
    after: str
    """The source's character after the token; empty at the end."""

    @property
    def is_break(self) -> bool:
        """Whether it is a line break, which needs no spaces around it."""
        return self.part.name == "br"


@dataclass(frozen=True)
class Masked:
    """A fragment as plain text with tokens, and what is needed to put the markup back."""

    text: str
    """Plain, unescaped text in one line."""
    tokens: tuple[Token, ...]
    is_trivial: bool
    """Whether there is nothing to translate: no letters, or a list of acronyms."""


@functools.lru_cache(maxsize=1024)
def mask(fragment: str, keep: Keep | None = None) -> Masked:
    """Return a fragment with tokens in place of tags, addresses, placeholders and kept names.

    The latest fragments are remembered, since the way of one through an engine asks repeatedly.
    """
    sequence = [
        Part(Kind.TEXT, _one_line(part.text)) if part.kind is Kind.TEXT else part
        for part in parts_with_atoms(fragment, keep)
    ]
    sequence = [part for part in sequence if part.text]
    words = "".join(part.text if part.kind is Kind.TEXT else " " for part in sequence)
    marked = [position for position, part in enumerate(sequence) if part.kind is not Kind.TEXT]
    codes = tokens_for(len(marked), words)
    numbers = {position: number for number, position in enumerate(marked)}
    pairs = partners(sequence)

    text = ""
    tokens: list[Token] = []
    for position, part in enumerate(sequence):
        if part.kind is Kind.TEXT:
            text += part.text.lstrip() if not text or text.endswith(" ") else part.text
            continue
        partner = pairs.get(position)
        token = Token(
            code=codes[len(tokens)],
            part=part,
            partner=None if partner is None else numbers[partner],
            has_content=partner is not None and _can_be_read(sequence[position:partner]),
            before=_last_char(sequence[position - 1]) if position else "",
            after=_first_char(sequence[position + 1]) if position + 1 < len(sequence) else "",
        )
        # Spaces keep the token a word of its own; `unmask` takes out those that are ours.
        if token.before.strip() and not text.endswith(" ") and token.before not in _BEFORE_WORD:
            text += " "
        text += token.code
        if token.after.strip(_MARKUP) and token.after not in " " + _AFTER_WORD:
            text += " "
        tokens.append(token)
    return Masked(text.strip(), tuple(tokens), is_trivial=is_trivial(words))


def unmask(masked: Masked, answer: str) -> str | None:
    """Return an engine's answer as a clean fragment with the source's markup, or None.

    Tokens are found in any case, with spaces, half-spaces or marks inside. None means that the
    markup cannot be put back: a token is missing, doubled or mutilated, or tags would no longer
    be nested, or a link would have nothing to click on.
    """
    found = split_at_tokens(clean_answer(answer), [token.code for token in masked.tokens])
    numbers = [piece for piece in found if isinstance(piece, int)]
    if sorted(numbers) != list(range(len(masked.tokens))):
        return None
    head = head_of(masked.tokens[0].code).lower() if masked.tokens else ""
    # What still starts like a token was one, or wants to be taken for one.
    if head and any(head in piece.lower() for piece in found if isinstance(piece, str)):
        return None
    if not _is_rightly_nested(masked.tokens, found):
        return None
    keeps_joiners = any(joiner in masked.text for joiner in _JOINERS)
    stretches = [piece for piece in found if isinstance(piece, str)]
    for place, number in enumerate(numbers):
        token = masked.tokens[number]
        stretches[place] = _fit_before(stretches[place], token, keeps_joiners)
        stretches[place + 1] = _fit_after(stretches[place + 1], token, keeps_joiners)
    fragment = html.escape(stretches[0], quote=False)
    for place, number in enumerate(numbers):
        fragment += masked.tokens[number].part.html
        fragment += html.escape(stretches[place + 1], quote=False)
    return fragment.strip()


def _one_line(text: str) -> str:
    """Return a text in one line that keeps one space at each end where it had any."""
    inner = plain(text)
    if not inner:
        return " " if text.isspace() else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _last_char(part: Part) -> str:
    return part.text[-1] if part.kind is Kind.TEXT else _MARKUP


def _first_char(part: Part) -> str:
    return part.text[0] if part.kind is Kind.TEXT else _MARKUP


def _can_be_read(sequence: list[Part]) -> bool:
    return any(part.kind is Kind.ATOM or _has_words(part) for part in sequence)


def _has_words(part: Part) -> bool:
    return part.kind is Kind.TEXT and any(char.isalnum() for char in part.text)


def is_trivial(words: str) -> bool:
    """Return whether there is nothing to translate in a plain text: no letters, or acronyms alone."""
    words = plain(words)
    return not any(char.isalpha() for char in words) or bool(_ACRONYMS.fullmatch(words))


def _is_rightly_nested(tokens: tuple[Token, ...], found: list[str | int]) -> bool:
    open_pairs: list[tuple[int, int]] = []
    for place, piece in enumerate(found):
        if isinstance(piece, str) or tokens[piece].partner is None:
            continue
        token = tokens[piece]
        if token.part.kind is Kind.OPEN:
            open_pairs.append((piece, place))
            continue
        if not open_pairs or open_pairs[-1][0] != token.partner:
            return False
        start, opened_at = open_pairs.pop()
        if tokens[start].has_content and not _content(tokens, found[opened_at:place]):
            return False
    return not open_pairs


def _content(tokens: tuple[Token, ...], found: list[str | int]) -> bool:
    return any(
        any(char.isalnum() for char in piece)
        if isinstance(piece, str)
        else tokens[piece].part.kind is Kind.ATOM
        for piece in found
    )


def _fit_before(text: str, token: Token, keeps_joiners: bool) -> str:
    """Return the text before a token, ending in the space that belongs there."""
    bare = text.rstrip(_MARKS + " " if keeps_joiners else _MARKS + _JOINERS + " ")
    is_inside = token.part.kind is Kind.CLOSE
    if _is_glued(token, bare[-1:], token.before, is_inside=is_inside):
        return bare
    needs_space = not is_inside and bare[-1:].isalnum()
    return f"{bare} " if needs_space or " " in text[len(bare) :] else bare


def _fit_after(text: str, token: Token, keeps_joiners: bool) -> str:
    """Return the text after a token, starting with the space that belongs there."""
    bare = text.lstrip(_MARKS + " " if keeps_joiners else _MARKS + _JOINERS + " ")
    is_inside = token.part.kind is Kind.OPEN
    if _is_glued(token, bare[:1], token.after, is_inside=is_inside):
        return bare
    needs_space = not is_inside and bare[:1].isalnum()
    return f" {bare}" if needs_space or " " in text[: len(text) - len(bare)] else bare


def _is_glued(token: Token, neighbor: str, former: str, *, is_inside: bool) -> bool:
    """Whether no space may stand between a token and its neighbor.

    `former` is the character that stood there in the source, on the same side.
    """
    if token.is_break or former == " ":
        return token.is_break
    if is_inside or not neighbor:
        return bool(former) or is_inside
    is_word = former.isalnum() or (former != "" and former in _JOINERS)
    return is_word or (former not in ("", _MARKUP) and not neighbor.isalnum())
