from __future__ import annotations

import pytest

from wagtail_newsroom.engines.retries import (
    LONGEST_BACK_OFF,
    TRIES,
    TRIES_WHILE_ALIVE,
    Fate,
    fate_of,
    pause_after,
)
from wagtail_newsroom.segments.reasons import Reason


@pytest.mark.parametrize(
    ("reason", "tries", "texts", "is_alive", "fate"),
    [
        (Reason.TIMEOUT, 1, 5, False, Fate.AGAIN),
        (Reason.TIMEOUT, TRIES, 5, False, Fate.GIVEN_UP),
        (Reason.TIMEOUT, TRIES, 5, True, Fate.APART),
        (Reason.TIMEOUT, TRIES, 1, True, Fate.AGAIN),
        (Reason.TIMEOUT, TRIES_WHILE_ALIVE, 1, True, Fate.GIVEN_UP),
        (Reason.BUSY, TRIES, 5, True, Fate.AGAIN),
        (Reason.UNREACHABLE, TRIES, 5, False, Fate.GIVEN_UP),
        (Reason.REFUSED, 1, 5, True, Fate.GIVEN_UP),
        (Reason.TOO_LONG, 1, 2, False, Fate.APART),
        (Reason.TOO_LONG, 1, 1, False, Fate.GIVEN_UP),
        (Reason.BAD_ANSWER, 1, 2, False, Fate.APART),
        (Reason.BROKEN, 1, 2, True, Fate.GIVEN_UP),
    ],
)
def test_fate_follows_from_the_reason_and_what_was_tried(
    reason: Reason, tries: int, texts: int, is_alive: bool, fate: Fate
) -> None:
    assert fate_of(reason, tries=tries, texts=texts, is_alive=is_alive) is fate


def test_pauses_grow_and_are_never_alike() -> None:
    for tries, middle in ((1, 0.5), (2, 1.0), (3, 2.0), (4, 4.0), (9, LONGEST_BACK_OFF)):
        pauses = [pause_after(tries) for _ in range(50)]
        assert all(middle * 0.5 <= pause <= middle * 1.5 for pause in pauses)
        assert len(set(pauses)) > 40
