"""The newspaper's accounts to try it with, one for each role."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from wagtail_newsroom.desk.roles import EDITORS, ENGINE_MANAGERS, WRITERS, translators

LOGINS = (
    ("editor", "editor", EDITORS),
    ("writer", "writer", WRITERS),
    ("translator", "translator", translators("fa")),
    ("translator-en", "translator-en", translators("en")),
    ("engines", "engines", ENGINE_MANAGERS),
)
"""Name, password and group of each account."""


def make_users() -> None:
    """Make the accounts that are missing; whoever is there keeps password and groups."""
    for name, password, group in LOGINS:
        user, created = get_user_model().objects.get_or_create(username=name)
        if created:
            user.set_password(password)
            user.save()
            user.groups.add(Group.objects.get(name=group))


def account(name: str) -> Any:
    """Return an account with the rights that it has at this moment.

    Read anew each time, because a user object remembers the rights that it was once asked for.
    """
    return get_user_model().objects.get(username=name)


def translator_into(code: str) -> Any:
    """Return the account that writes translations into a language."""
    name = next(name for name, _password, group in LOGINS if group == translators(code))
    return account(name)
