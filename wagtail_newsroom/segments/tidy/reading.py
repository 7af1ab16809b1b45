"""A fragment as its reader sees it, and changes to that which leave every tag where it was.

Rules and checks think in plain text: they say which characters to replace by which. Tags are
kept beside the text, by position, so that a rule looks through them and cannot harm them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..cleaning import TAG_LIKE

BREAK = "\u2028"
"""Stands for `<br/>` in the text: a line ends, and no space stands there."""

_MARK = re.compile(
    rf"(?P<tag>{TAG_LIKE.pattern})|&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|\w{{1,32}});"
)
_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)


@dataclass(frozen=True)
class Edit:
    """A change of plain text: at `start`, `old` becomes `new`; an empty `old` is an insertion."""

    start: int
    """Counted in characters of `Reading.text`."""
    old: str
    new: str

    @property
    def end(self) -> int:
        """The position after the last character that is replaced."""
        return self.start + len(self.old)


@dataclass(frozen=True)
class Mark:
    """A tag or a character reference, as it is written in the fragment."""

    start: int
    width: int
    """How many characters of the text it stands for; 0 for tags other than a line break."""
    raw: str

    @property
    def is_tag(self) -> bool:
        """Whether it is a tag and not a character reference."""
        return self.raw.startswith("<")


@dataclass(frozen=True)
class Reading:
    """The plain text of a fragment, and its marks in order."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def fragment(self) -> str:
        """The fragment that this is the reading of."""
        written = []
        position = 0
        for mark in self.marks:
            written += [html.escape(self.text[position : mark.start], quote=False), mark.raw]
            position = mark.start + mark.width
        return "".join(written) + html.escape(self.text[position:], quote=False)

    def changed(self, edits: Iterable[Edit]) -> Reading:
        """Return the reading after some edits; every tag stays, in the same order.

        Raises:
            ValueError: when the text does not read as an edit says, when two edits overlap, or
                when one would take away a line break.
        """
        written: list[str] = []
        marks: list[Mark] = []
        waiting = list(reversed(self.marks))
        position = shift = 0
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            if edit.start < position or not self.text.startswith(edit.old, edit.start):
                raise ValueError("the text has changed since the edit was made")
            marks += _moved(_before(waiting, edit), shift)
            written += [self.text[position : edit.start], edit.new]
            marks += _inside(waiting, edit, shift)
            position = edit.end
            shift += len(edit.new) - len(edit.old)
        marks += _moved(reversed(waiting), shift)
        return Reading("".join(written) + self.text[position:], tuple(marks))


def _before(waiting: list[Mark], edit: Edit) -> Iterator[Mark]:
    """Take the marks that an edit leaves on its left.

    What is inserted comes after closing tags and before opening ones: between two words that
    touch, where one of them is in bold, the space is not bold.
    """
    while waiting and (
        waiting[-1].start < edit.start
        or (
            waiting[-1].start == edit.start
            and waiting[-1].width == 0
            and (edit.old or waiting[-1].raw.startswith("</"))
        )
    ):
        yield waiting.pop()


def _inside(waiting: list[Mark], edit: Edit, shift: int) -> Iterator[Mark]:
    while waiting and waiting[-1].start < edit.end:
        mark = waiting.pop()
        if mark.is_tag and mark.width:
            raise ValueError("an edit may not take away a line break")
        if mark.is_tag:
            inside = min(mark.start - edit.start, len(edit.new))
            yield Mark(edit.start + inside + shift, 0, mark.raw)


def _moved(marks: Iterable[Mark], shift: int) -> Iterator[Mark]:
    for mark in marks:
        yield Mark(mark.start + shift, mark.width, mark.raw)


def read(fragment: str) -> Reading:
    """Return the reading of an HTML fragment; its `fragment` is the same again, but for bare
    `&`, `<` and `>`, which come back escaped.
    """
    if "<" not in fragment and "&" not in fragment:
        return Reading(fragment)
    text = ""
    marks = []
    position = 0
    for match in _MARK.finditer(fragment):
        if match["tag"]:
            plain = BREAK if _BREAK_TAG.match(match[0]) else ""
        else:
            plain = html.unescape(match[0])
            if plain == match[0]:
                continue
        text += fragment[position : match.start()]
        # The few references that stand for two characters are written out.
        if match["tag"] or len(plain) == 1:
            marks.append(Mark(len(text), len(plain), match[0]))
        text += plain
        position = match.end()
    return Reading(text + fragment[position:], tuple(marks))
