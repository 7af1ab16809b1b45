"""Left-to-right strings in right-to-left text: kept whole, so that their signs stay in place."""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^>]*>|&[#\w]+;)")

# Signs such as @, # and + have no direction of their own and would jump to the other end:
# https://www.w3.org/International/articles/inline-bidi-markup/
_LEFT_TO_RIGHT = re.compile(
    r"""
    (?<![\w@#&;/])
    (?:
        [\w.+-]+@[\w-]+(?:\.[\w-]+)+      # an e-mail address
      | [@#]\w+(?:\.\w+)*                 # a handle or hashtag
      | \+?\(?\d[\d\ ().-]{5,}\d          # a telephone number
      | (?:[A-Z]\.){2,}                   # an acronym with dots
      | [A-Za-z]\w*(?:\+\+|\#)            # C++
    )
    """,
    re.VERBOSE | re.ASCII,
)


def isolate_left_to_right(html: str) -> str:
    """Return HTML with e-mail addresses, handles, hashtags and telephone numbers in `<bdi>`.

    Only text is touched, never tags or entities. For right-to-left pages, at the time of reading:
    what is stored stays as it was written.
    """
    return "".join(
        piece
        if _TAG.fullmatch(piece)
        else _LEFT_TO_RIGHT.sub(lambda found: f'<bdi dir="ltr">{found[0]}</bdi>', piece)
        for piece in _TAG.split(html)
    )
