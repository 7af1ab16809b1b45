"""What engines would charge, told before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext

from ..conf import conf
from .numbers import local_number
from .rows import engine_labels

MILLION = 1_000_000


def price_of(entry: Any) -> tuple[Decimal, str] | None:
    """Return an engine's price for a million characters and its currency; None where it is no price."""
    if not isinstance(entry, (list, tuple)) or len(entry) != 2:
        return None
    amount, currency = entry
    try:
        price = Decimal(str(amount))
    except InvalidOperation:
        return None
    if not price.is_finite() or price < 0 or not isinstance(currency, str) or not currency.strip():
        return None
    return price, currency.strip()


def cost_notes(characters: int, *, engines: Iterable[str] | None = None) -> list[str]:
    """Return a sentence for each engine with a price: what these characters would cost there.

    `engines` are the names that are meant; None for all of the chain.
    """
    prices: Any = conf.engine_prices
    if characters <= 0 or not isinstance(prices, Mapping):
        return []
    labels = engine_labels()
    wanted = labels.keys() if engines is None else set(engines)
    notes = []
    for name, label in labels.items():
        price = price_of(prices.get(name)) if name in wanted else None
        if price is not None:
            amount, currency = price
            cost = (amount * characters / MILLION).quantize(Decimal("0.01"))
            notes.append(
                gettext("If %(engine)s translates all of it: about %(cost)s %(currency)s.")
                % {
                    "engine": label,
                    "cost": local_number(cost, places=2),
                    "currency": currency,
                }
            )
    return notes
