"""What people do with many tags at once: accept proposals, merge several into one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from ..exceptions import Declined
from .tag_actions import accept_proposal, can_merge, can_name, merge_tags
from .tag_admin import filter_set, searched
from .tags import get_tag_model


class TagBulkAction(BulkAction):
    """An action on tags that were ticked in the list."""

    template_name = "wagtail_newsroom/tags/bulk.html"
    question: Any = ""
    button: Any = ""

    @classproperty
    def models(cls) -> list[Any]:  # noqa: N805 - a property of the class
        """The site's class of tags."""
        return [get_tag_model()]

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """Return the keys of the tags that the list shows now, and not of all that there are."""
        shown = filter_set()(
            self.request.GET, queryset=get_tag_model()._default_manager.all(), request=self.request
        ).qs
        return searched(shown, self.request.GET.get("q", "")).values_list("pk", flat=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the words of the page."""
        return {
            **super().get_context_data(**kwargs),
            "title": self.display_name,
            "question": self.question,
            "button": self.button,
            "header_icon": "tag",
        }

    def prepare_action(self, objects: Any, objects_without_access: Any) -> HttpResponse | None:
        """Does it tag by tag, each whole or not at all, and tells of each that was declined."""
        done = 0
        for act in self.acts(objects):
            try:
                act()
                done += 1
            except Declined as declined:
                messages.error(self.request, str(declined))
        if done:
            messages.success(self.request, self.told(done))
        return redirect(self.next_url)

    def acts(self, tags: Any) -> list[Any]:
        """Return what is to be done."""
        raise NotImplementedError

    def told(self, done: int) -> str:
        """Return the sentence that says how much was done."""
        raise NotImplementedError


class AcceptProposals(TagBulkAction):
    """Gives tags the names that are proposed for them."""

    display_name = gettext_lazy("Accept names")
    aria_label = gettext_lazy("Accept the proposed names of the selected tags")
    action_type = "accept_names"
    action_priority = 10
    question = gettext_lazy("These tags get the names that are proposed for them.")
    button = gettext_lazy("Accept names")

    def check_perm(self, obj: Any) -> bool:
        """Return whether the person may name tags of its language."""
        return can_name(self.request.user, obj.locale_id)

    def acts(self, tags: Any) -> list[Any]:
        """Return one act for each tag."""
        return [lambda tag=tag: accept_proposal(tag, user=self.request.user) for tag in tags]

    def told(self, done: int) -> str:
        """Return how many got their names."""
        return ngettext("%(count)d tag has its name.", "%(count)d tags have their names.", done) % {
            "count": done
        }


class MergeForm(forms.Form):
    """Which of the tags stays."""

    keep: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("The tag that stays"),
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
    )


class MergeTags(TagBulkAction):
    """Merges the ticked tags into one of them."""

    display_name = gettext_lazy("Merge")
    aria_label = gettext_lazy("Merge the selected tags into one")
    action_type = "merge_tags"
    action_priority = 20
    form_class = MergeForm
    question = gettext_lazy(
        "The other tags are deleted, and their pieces, drafts and older versions get the one that "
        "stays. This cannot be undone."
    )
    button = gettext_lazy("Merge")

    def check_perm(self, obj: Any) -> bool:
        """Return whether the person may merge tags."""
        return can_merge(self.request.user)

    def get_form(self, form_class: Any = None) -> Any:
        """Return the form with the ticked tags as its choices."""
        form = super().get_form(form_class)
        tags = self.get_actionable_objects()[0]
        form.fields["keep"].queryset = get_tag_model()._default_manager.filter(
            pk__in=[tag.pk for tag in tags], needs_name=False
        )
        return form

    def acts(self, tags: Any) -> list[Any]:
        """Return one act for each tag that goes."""
        keep = self.cleaned_form.cleaned_data["keep"]
        return [
            lambda tag=tag: merge_tags(keep, tag, user=self.request.user)
            for tag in tags
            if tag.pk != keep.pk
        ]

    def told(self, done: int) -> str:
        """Return how many went."""
        return ngettext("%(count)d tag was merged.", "%(count)d tags were merged.", done) % {
            "count": done
        }
