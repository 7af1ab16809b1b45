"""Rules for punctuation, quotation marks and the spaces around them.

https://www.w3.org/TR/alreq/#h_punctuation lists the marks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from .characters import DIGITS, HALF_SPACE, LETTERS, MARKS, OTHER, SPACES, edits
from .reading import BREAK, Edit

_SIGNS = {",": "،", ";": "؛", "?": "؟"}
_SIGN = re.compile("[,;?]")
_ELLIPSIS = re.compile(r"(?<![.…])\.{3,}(?![.…])")
_ARABIC = re.compile(f"[{LETTERS}{MARKS}{DIGITS}]")
_LETTER = re.compile(f"[{LETTERS}]")
_NEAR = 40
"""As far as this, in characters, a mark looks for the word that it belongs to."""
_CLOSING = "»”’)]}"
_OPENING = "«“‘([{"
_SKIPPED_BEFORE = _CLOSING + SPACES + HALF_SPACE + '"!؟?…٪.'
_SKIPPED_AFTER = _OPENING + SPACES + HALF_SPACE + '"'


def signs(text: str) -> Iterator[Edit]:
    """Yield edits that write ، ؛ ؟ after words in Arabic script, and … for three dots."""
    for match in _SIGN.finditer(text):
        if _belongs_to_arabic(text, match.start()):
            yield Edit(match.start(), match[0], _SIGNS[match[0]])
    if "..." in text:
        yield from edits(_ELLIPSIS, "…", text)


def _belongs_to_arabic(text: str, place: int) -> bool:
    before = text[max(0, place - _NEAR) : place].rstrip(_SKIPPED_BEFORE + ",;،؛")[-1:]
    if _ARABIC.match(before):
        # In 1,5 nobody can tell a list from a number.
        after = text[place + 1 : place + 2]
        return not (text[place - 1].isdigit() and (after.isdigit() or after == OTHER))
    after = text[place + 1 : place + _NEAR].lstrip(_SKIPPED_AFTER)[:1]
    return before == OTHER and text[place] != "?" and bool(_LETTER.match(after))


def quotes(text: str) -> Iterator[Edit]:
    """Yield edits that write « » for straight and curly double quotes, and “ ” inside « ».

    Nothing is done where quotes do not pair, such as with inches.
    """
    if '"' not in text and "“" not in text:
        return
    depths = _depths(text)
    straight = [place for place, char in enumerate(text) if char == '"']
    pairs = list(zip(straight[::2], straight[1::2], strict=False))
    if len(straight) % 2 == 0 and all(_is_pair(text, *pair) for pair in pairs):
        for start, end in pairs:
            # Two readings of a quote in a quote are possible; a person decides.
            if not _CLOSERS.search(text, start, end):
                is_nested = depths[start] > 0
                yield Edit(start, '"', "“" if is_nested else "«")
                yield Edit(end, '"', "”" if is_nested else "»")
    if "“" in text and not straight:
        for match in _CURLY.finditer(text):
            if depths[match.start()] <= 0:
                yield Edit(match.start(), "“", "«")
                yield Edit(match.end() - 1, "”", "»")


_CLOSERS = re.compile("[«»“”]")
_CURLY = re.compile(f"“[^«»“”{BREAK}]+”")
_BEFORE_QUOTE = re.compile(r"[\s(\[{«“‘:،؛/—–-]?")
_AFTER_QUOTE = re.compile(rf"[\s.,:;!?…)\]}}»”’،؛؟/—–{HALF_SPACE}-]?")


def _is_pair(text: str, start: int, end: int) -> bool:
    return (
        end - start > 1
        and BREAK not in text[start:end]
        and bool(_BEFORE_QUOTE.fullmatch(text[max(0, start - 1) : start]))
        and bool(_AFTER_QUOTE.fullmatch(text[end + 1 : end + 2]))
    )


def _depths(text: str) -> list[int]:
    """Return, for each place of a text, in how many guillemets it stands."""
    return list(itertools.accumulate((char == "«") - (char == "»") for char in text))


_S = f"[{SPACES}]"
_WORD_END = f"[{LETTERS}{MARKS}]"
_AFFIX = f"(?!(?:ها|های|هایی|ی|ای|اند|ام|ایم|اید)(?![{LETTERS}]))"
_SPACING = [
    # None before a mark that ends something; a dot or colon may begin a name such as .ir
    (re.compile(rf"(?<=[^{SPACES}{BREAK}{OTHER}]){_S}+(?=[،؛؟»”)\]…])(?!…[{LETTERS}])"), ""),
    # An address must not run on.
    (re.compile(rf"(?<={OTHER}){_S}+(?=[،؛؟»”)\]…](?:{_S}|$))"), ""),
    (re.compile(rf"(?<={_WORD_END}){_S}+(?=[.!:](?:{_S}|$|[«»”]))"), ""),
    (re.compile(rf"(?<=[«“(\[]){_S}+(?=[^{SPACES}{BREAK}])"), ""),
    # One after a mark, unless another mark or a number follows.
    (re.compile(rf"(?<=[^{DIGITS}][،؛؟])(?=[{LETTERS}{DIGITS}{OTHER}«“(\[])"), " "),
    (re.compile(rf"(?<=[{DIGITS}][،؛؟])(?=[{LETTERS}«“(\[])"), " "),
    # Initials such as ه.ش keep together: only between words of three letters and two.
    (re.compile(rf"(?<=[{LETTERS}][{LETTERS}][{LETTERS}][.!:])(?=[{LETTERS}]{{2}})"), " "),
    (re.compile(rf"(?<=…)(?=[{LETTERS}])(?<=[{LETTERS}]…)"), " "),
    # One before what opens and after what closes.
    (re.compile(rf"(?<={_WORD_END})(?=[«(\[])|(?<={_WORD_END}:)(?=«)"), " "),
    (re.compile(rf"(?<=[»)\]])(?=[{LETTERS}]){_AFFIX}"), " "),
    (re.compile(rf"{_S}{{2,}}"), " "),
]
_MAY_NEED_SPACE = re.compile(
    rf"{_S}{{2}}|{_S}[،؛؟»”)\].!:…]|[«“(\[]{_S}|[،؛؟.!:…»)\]][{LETTERS}{DIGITS}{OTHER}«“(\[]"
    rf"|[{LETTERS}{MARKS}:][«(\[]"
)


def spacing(text: str) -> Iterator[Edit]:
    """Yield edits that leave one space between words, none before a mark and one after it."""
    if not _MAY_NEED_SPACE.search(text):
        return
    position = -1
    found = [edit for pattern, new in _SPACING for edit in edits(pattern, new, text)]
    for edit in sorted(found, key=lambda edit: (edit.start, -len(edit.old))):
        # Two rules may want the same space; what one leaves over waits for the next round.
        if edit.start > position:
            yield edit
            position = max(edit.end, edit.start)
