"""The social settings in the admin: one row for each site and language."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from .models import SocialSettings


class SocialSettingsViewSet(ModelViewSet):
    """Lists and edits what readers of each language are offered to follow and to share with."""

    model = SocialSettings
    url_prefix = "newsroom/social"
    icon = "group"
    menu_label = gettext_lazy("Social")
    menu_order = 500
    add_to_settings_menu = True
    inspect_view_enabled = False
    copy_view_enabled = False
    list_display: ClassVar[list[Column]] = [
        "__str__",
        Column("site", label=gettext_lazy("Site")),
        Column("locale", label=gettext_lazy("Language")),
        Column(
            "share_position",
            label=gettext_lazy("Share links"),
            accessor="get_share_position_display",
        ),
    ]
    list_filter: ClassVar[list[str]] = ["site", "locale"]
