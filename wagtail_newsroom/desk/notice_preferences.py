"""The panel in a person's account settings: of which events they are told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.admin.widgets import SwitchInput

from . import permissions
from .events import Kind
from .notice_models import NotificationPreferences


class NotificationPreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """A switch for each event."""

    class Meta:
        model = NotificationPreferences
        fields = tuple(kind.value for kind in Kind)
        widgets = {kind.value: SwitchInput() for kind in Kind}


class NewsroomNotificationsPanel(BaseSettingsPanel):
    """Stands below Wagtail's own notifications, for who works at the desk."""

    name = "newsroom_notifications"
    title = gettext_lazy("Translation desk")
    tab = notifications_tab
    order = 200

    def is_active(self) -> bool:
        """Returns whether the user has anything to do with translations."""
        return permissions.can_work_at_the_desk(self.user)

    def get_form(self) -> NotificationPreferencesForm:
        """Returns the form with what the user chose, or with everything switched on."""
        chosen = NotificationPreferences.objects.filter(user=self.user).first()
        data = self.request.POST if self.request.method == "POST" else None
        return NotificationPreferencesForm(
            data, instance=chosen or NotificationPreferences(user=self.user), prefix=self.name
        )
