"""Blocks of the social settings: a profile, and a way to share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .networks import networks, read_account


def networks_to_follow() -> list[tuple[str, Any]]:
    """Return the networks with profiles, as choices."""
    return [(one.code, one.name) for one in networks().values() if one.can_follow]


def ways_to_share() -> list[tuple[str, Any]]:
    """Return the ways to pass a piece on, as choices."""
    return [(one.code, one.name) for one in networks().values() if one.can_share]


class AccountBlock(blocks.StructBlock):
    """A profile on a network."""

    network = blocks.ChoiceBlock(label=_("network"), choices=networks_to_follow)
    account = blocks.CharBlock(
        label=_("account"),
        max_length=255,
        help_text=_(
            "The name after the last slash of the profile’s address, or the whole address."
        ),
    )
    label = blocks.CharBlock(
        label=_("label"),
        max_length=80,
        required=False,
        help_text=_("Stands in place of the network’s name, such as “Sports desk”."),
    )

    def clean(self, value: Any) -> Any:
        """Returns the account in the form that is stored, or says what is wrong with it."""
        cleaned = super().clean(value)
        network = networks().get(cleaned["network"])
        if network is None:
            return cleaned
        try:
            cleaned["account"] = read_account(network, cleaned["account"])
        except ValueError:
            sentence = (
                _now("Give the whole address of the profile, beginning with https.")
                if network.takes_address
                else _now("This is no profile on %(network)s.") % {"network": network.name}
            )
            raise StructBlockValidationError(
                block_errors={"account": ValidationError(sentence)}
            ) from None
        return cleaned

    class Meta:
        icon = "user"
        label = _("Account")


class WayToShareBlock(blocks.ChoiceBlock):
    """One way to pass a piece on."""

    choices = staticmethod(ways_to_share)

    class Meta:
        icon = "resubmit"
        label = _("Network")
